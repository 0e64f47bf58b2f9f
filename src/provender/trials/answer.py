"""From a trial's file to its answer: the posterior of one outcome, what could be wrong, and the verdict in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials import checks
from provender.trials.check import Check, Passed
from provender.trials.fitted import fitted
from provender.trials.posterior import Posterior, posterior
from provender.trials.priors import Priors, priors_for
from provender.trials.randomisation_test import randomisation_test
from provender.trials.scale import OutcomeKind
from provender.trials.series import Series
from provender.trials.trial_file import TrialFile
from provender.trials.verdict import Asked, Doubt, Kind, Verdict, verdict

SENSITIVE_SDS: Final = (0.5, 2.0)
"""The effect's prior sd is halved and doubled to see whether the answer stands."""
UNIT_SDS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trial says of one outcome.

    Attributes:
        series: The days it rests on.
        priors: What was believed beforehand.
        posterior: What is believed now; its contrast as run is the headline.
        verdict: The same in words, with what could be wrong.
        others: The verdict under a prior of half and of double the spread.
        checks: What could be wrong, the gravest first; what was found in order comes last.
    """

    series: Series
    priors: Priors
    posterior: Posterior
    verdict: Verdict
    others: tuple[Verdict, Verdict]
    checks: tuple[Check, ...]


def answer(trial: TrialFile, outcome: str = "") -> Answer:
    """What a trial says of one of its outcomes.

    Args:
        trial: The trial as it was kept.
        outcome: The outcome's name; "" is the primary one.

    Raises:
        InputError: No such outcome, or a count, for which there is no answer here yet.
    """
    series = _series(trial, outcome)
    if series.scale.kind is OutcomeKind.COUNT:
        raise InputError(
            f"found {series.scale.name}, a count; expected a score or a measure: counts are not answered here yet",
            field="outcome",
        )
    believed = _priors(trial, series)
    asked = Asked(
        treatment=trial.header.treatment or "the treatment",
        outcome=series.scale.name,
        unit=series.scale.unit,
        mcid=series.scale.mcid,
        lower_is_better=series.scale.lower_is_better,
    )
    found = _posterior(series, believed, verified=True)
    others = []
    for times in SENSITIVE_SDS:
        other = replace(believed, effect=(believed.effect[0], believed.effect[1] * times))
        again = _posterior(series, other)
        others.append(verdict(again.as_run, asked, steady=again.effect))
    plain = verdict(found.as_run, asked, steady=found.effect)
    every = _checks(trial, series, believed, found, [plain.kind, *(one.kind for one in others)])
    doubts = [Doubt(one.sentence, one.spoils) for one in every if one.verdict is Passed.FAILED]
    said = verdict(found.as_run, asked, steady=found.effect, doubts=doubts)
    return Answer(series, believed, found, said, (others[0], others[1]), every)


def _checks(
    trial: TrialFile, series: Series, priors: Priors, found: Posterior, kinds: Sequence[Kind]
) -> tuple[Check, ...]:
    """Every check, the gravest first."""
    fit = fitted(series.day, series.outcome, series.assigned, priors)
    every = [
        checks.of_arms(series),
        checks.of_order(trial),
        randomisation_test(series, trial.design, trial.sequence),
        checks.of_onset(series, found),
        checks.of_missing_by_arm(series),
        checks.of_missing_after(series),
        checks.of_adherence(series),
        checks.of_blinding(trial),
        checks.of_bounds(series),
        checks.of_residuals(series, fit),
        checks.of_outliers(fit),
        checks.of_priors(kinds[0], kinds[1:]),
        checks.of_looks(trial),
        checks.of_other_changes(trial, series),
        checks.of_late_notes(series),
    ]
    gravity = {Passed.FAILED: 0, Passed.NO_VERDICT: 1, Passed.PASSED: 2}
    return tuple(sorted(every, key=lambda one: (not one.spoils, gravity[one.verdict])))


def _series(trial: TrialFile, outcome: str) -> Series:
    if not outcome:
        return trial.primary
    if outcome not in trial.series:
        raise InputError(
            f"found no outcome “{outcome[:40]}”, expected one of {', '.join(trial.series)}", field="outcome"
        )
    return trial.series[outcome]


def _posterior(series: Series, priors: Priors, *, verified: bool = False) -> Posterior:
    counted = series.period >= 0
    return posterior(series.day, series.outcome, series.assigned, priors, counted=counted, verified=verified)


def _priors(trial: TrialFile, series: Series) -> Priors:
    """The defaults of the scale, or of the outcome's own spread where it has no ends; then what the file states."""
    scale = series.scale
    if scale.low is not None and scale.high is not None:
        found = priors_for(scale)
    else:
        spread = float(np.std(series.outcome)) if len(series.outcome) > 1 else 0.0
        found = priors_for(scale, unit=max(spread / UNIT_SDS, scale.mcid))
        middle = float(np.median(series.outcome)) if len(series.outcome) else found.intercept[0]
        found = replace(found, intercept=(middle, found.intercept[1]))
    return replace(found, **trial.header.priors)  # type: ignore[arg-type]
