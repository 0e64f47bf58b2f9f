"""The studies that a claim takes together: their effects, what they come to, and the rows of a forest plot."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.library.claim_records import SynthesisSpec
from provender.library.effects import se_from_interval
from provender.library.holdings import Shelf
from provender.library.records import Study
from provender.library.study_records import EffectFigures
from provender.library.synthesis import Method, Synthesis, exponentiated, leave_one_out, synthesis
from provender.terms.errors import InputError, NotFoundError

RATIOS: Final = frozenset({"risk-ratio", "odds-ratio", "hazard-ratio", "ratio-of-means"})
"""Measures that are taken together as logarithms and shown as ratios; no effect is 1, for others 0."""
_Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One study of a forest plot, in the measure's own unit; ratios as ratios.

    Attributes:
        study: Its id.
        label: First author and year.
        effect: What it found.
        low, high: Its 95 % interval.
        weight: Its share in the summary, 0 to 1.
        people: How many were analysed; None where that is not known.
        derived: How the effect was derived, in a sentence.
        without: The summary without this study; None with fewer than two others.
    """

    study: str
    label: str
    effect: float
    low: float
    high: float
    weight: float
    people: int | None
    derived: str
    without: Synthesis | None


@dataclass(frozen=True, slots=True)
class Pooled:
    """Studies taken together, as a claim asks.

    Attributes:
        spec: What is taken together, and how.
        rows: One a study, in the order of the claim.
        summary: In the measure's own unit; its standard error is that of the logarithm for ratios.
        raw: As computed: logarithms for ratios; what ``as_prior`` takes.
        null: No effect: 1 for ratios, else 0.
    """

    spec: SynthesisSpec
    rows: tuple[ForestRow, ...]
    summary: Synthesis
    raw: Synthesis
    null: float


def synthesis_of(shelf: Shelf, claim_id: str) -> Pooled | None:
    """The studies of a claim taken together; None where the claim takes none together.

    Raises:
        NotFoundError: No such claim, study or outcome.
        InputError: An outcome without an effect and its standard error, or of another measure than the claim's.
    """
    claim = shelf.record("claims", claim_id)
    return None if claim.synthesis is None else pooled(shelf, claim.synthesis)


def pooled(shelf: Shelf, spec: SynthesisSpec) -> Pooled:
    """Outcomes of studies taken together.

    Raises:
        NotFoundError: No such study or outcome.
        InputError: As ``synthesis_of``.
    """
    ratio = spec.measure in RATIOS
    effects = [_effect(shelf, one.study, one.outcome, spec) for one in spec.studies]
    y = np.array([np.log(one.value) if ratio else one.value for one in effects], dtype=np.float64)
    se = np.array([standard_error(one, ratio=ratio) for one in effects], dtype=np.float64)
    method = Method(spec.method)
    raw = synthesis(y, se**2, method=method)
    others = leave_one_out(y, se**2, method=method) if len(y) > 1 else (None,)
    shown = np.exp if ratio else np.asarray
    rows = tuple(
        ForestRow(
            study=one.study,
            label=label(shelf, one.study),
            effect=float(shown(y[i])),
            low=float(shown(y[i] - _Z * se[i])),
            high=float(shown(y[i] + _Z * se[i])),
            weight=float(raw.weights[i]),
            people=shelf.studies[one.study].analysed,
            derived=effects[i].derived,
            without=_shown(others[i], ratio=ratio),
        )
        for i, one in enumerate(spec.studies)
    )
    return Pooled(spec, rows, exponentiated(raw) if ratio else raw, raw, 1.0 if ratio else 0.0)


def standard_error(effect: EffectFigures, *, ratio: bool) -> float:
    """Standard error of an effect, of its logarithm for a ratio: as given, else from its 95 % interval.

    Raises:
        InputError: Neither is given.
    """
    if effect.se is not None:
        return effect.se
    if effect.low is None or effect.high is None:
        raise InputError("found an effect without se and without low and high, expected one of them", field="effect")
    low, high = np.log([effect.low, effect.high]) if ratio else (effect.low, effect.high)
    return se_from_interval(float(low), float(high))


def label(shelf: Shelf, study_id: str) -> str:
    """A study by its first author and year: ``Barna 2021``."""
    source = shelf.sources.get(shelf.studies[study_id].source)
    if source is None or not source.author:
        return study_id
    first = source.author[0]
    return f"{first.family or first.literal} {source.year or ''}".strip()


def _shown(found: Synthesis | None, *, ratio: bool) -> Synthesis | None:
    return exponentiated(found) if found is not None and ratio else found


def _effect(shelf: Shelf, study_id: str, outcome_id: str, spec: SynthesisSpec) -> EffectFigures:
    study: Study = shelf.record("studies", study_id)
    outcome = study.outcome(outcome_id)
    if outcome is None:
        names = ", ".join(one.id for one in study.outcomes) or "none"
        raise NotFoundError(f"found no outcome {outcome_id} in studies/{study_id}.yaml, expected one of it: {names}")
    if outcome.effect is None or outcome.effect.measure != spec.measure:
        found = "no effect" if outcome.effect is None else f"a {outcome.effect.measure}"
        where = f"studies/{study_id}.yaml, {outcome_id}"
        raise InputError(
            f"{where}: found {found}, expected a {spec.measure}; derive it from its figures", field="effect"
        )
    return outcome.effect
