"""One diary against many references: the columns, days and doses they need, and what the days say of each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.daily_intakes import DailyIntakes, ExcludedDay, Screening, screening
from provender.nutrition.diet_change import recent_where_changed
from provender.nutrition.equivalents import in_equivalents
from provender.nutrition.estimates import Estimates, estimates
from provender.nutrition.estimates_iom import estimates_iom, is_normal
from provender.nutrition.intake import ENERGY
from provender.nutrition.iom2000 import UNRELIABLE_CV
from provender.nutrition.low_days import honest_share, log_correction
from provender.nutrition.reference_intakes import Reference, Scope
from provender.nutrition.usual_intake import Prior, summary
from provender.nutrition.variation import UNKNOWN, Variation
from provender.nutrition.verdicts import Method
from provender.nutrition.wording import LEAST_COVERAGE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FORMS: Final = MappingProxyType({"VITA_RAE": "RETOL", "FOLDFE": "FOLAC", "FOL": "FOLAC"})
"""The form of a nutrient that its upper level counts: retinol, folic acid."""
FORM_SCOPES: Final = (Scope.RETINOL, Scope.SUPPLEMENTS_AND_FORTIFICATION)
KCAL_PER_G: Final = MappingProxyType(
    {"PROCNT": 4.0, "CHOCDF": 4.0, "FAT": 9.0, "FASAT": 9.0, "F18D2CN6": 9.0, "F18D3CN3": 9.0}
)
"""Energy of a gram. Source: Atwater general factors, Merrill & Watt (1973), USDA Handbook 74."""
CHANGED_NOTE: Final = "Your intake of it changed: only the last 30 days are used, for they show what is usual now."
BORROWED_NOTE: Final = "How much it varies from day to day is not published; that of a middling nutrient is used."
NO_ENERGY_NOTE: Final = "Energy is unknown, so partly logged days could not be found by it."
SKEWED_NOTE: Final = "Requirements for it are skewed, and the method of 2000 has no test for that."
VARIABLE_NOTE: Final = "It varies so much from day to day (CV above 60 %) that the method of 2000 is unreliable."
LOWER_BOUND_NOTE: Final = "Not known for all you ate: the true amount is higher."
EQUIVALENT_NOTE: Final = "What else counts towards it is not known for every day, so that you get more than this."
DFE_PER_FOLIC_ACID: Final = 1.7
"""Dietary folate equivalents in 1 µg of folic acid eaten with food. Source: IOM (1998), DOI 10.17226/6015."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for beside the days and the references; see ``adequacy.adequacy``."""

    supplements: Mapping[str, float]
    method: Method
    prior: bool
    under_logging: float | None
    least_days: int
    variation: Mapping[str, Variation]


@dataclass(frozen=True, slots=True, eq=False)
class _Used:
    """The complete days: d dates, (d, n) amounts with NaN where unknown, (d) weekends, (n) the rest."""

    dates: tuple[date, ...]
    amount: Floats
    weekend: Flags
    spread: tuple[Variation, ...]
    compared: tuple[Reference | None, ...]
    dose: Floats
    correction: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything there is on n nutrients (those compared first, then the forms that upper levels count).

    Attributes:
        axis: n nutrient ids.
        references: (n) what each is compared with; None for a form.
        dose: (n) fixed daily dose.
        days: (n) complete days on which it is known.
        mean: (n) mean of those days from food; NaN without days.
        coverage: (n) share of the energy of complete days that the mean rests on.
        judged: (n) whether days and coverage allow a verdict.
        energy_share: (n) share of energy it gives; NaN where it gives none or energy is unknown.
        notes: (n) what must be said beside the numbers.
        complete_days: Complete days in all.
        excluded: Days left out, each with its reason.
        method: How it was computed.
        estimates: Usual intakes and probabilities.
    """

    axis: tuple[str, ...]
    references: tuple[Reference | None, ...]
    dose: Floats
    days: Floats
    mean: Floats
    coverage: Floats
    judged: Flags
    energy_share: Floats
    notes: tuple[tuple[str, ...], ...]
    complete_days: int
    excluded: tuple[ExcludedDay, ...]
    method: Method
    estimates: Estimates


def _columns(values: Floats, nutrients: tuple[str, ...], axis: Sequence[str], absent: float) -> Floats:
    """(d, m) the columns of these nutrients, in this order; ``absent`` where there is none."""
    place = {name: k for k, name in enumerate(nutrients)}
    found = np.full((len(values), len(axis)), absent)
    at = [k for k, name in enumerate(axis) if name in place]
    found[:, at] = values[:, [place[axis[k]] for k in at]]
    return found


def _coverage(coverage: Floats, energy: Floats | None) -> Floats:
    """(n) coverage over these days, weighted by their energy; 0 without days."""
    if not len(coverage):
        return np.zeros(coverage.shape[1])
    weights = np.ones(len(coverage)) if energy is None else np.nan_to_num(energy)
    if weights.sum() <= 0:
        weights = np.ones(len(coverage))
    return np.asarray(weights @ coverage / weights.sum())


def _energy_shares(axis: tuple[str, ...], amount: Floats, energy: Floats | None) -> Floats:
    """(n) share of energy that each gives over the days where both are known; NaN where it has no factor."""
    factor = np.array([KCAL_PER_G.get(name, np.nan) for name in axis])
    if energy is None or not len(energy):
        return np.full(len(axis), np.nan)
    both = np.isfinite(amount) & np.isfinite(energy)[:, None]
    total = (both * np.nan_to_num(energy)[:, None]).sum(axis=0)
    part = np.where(both, amount, 0.0).sum(axis=0)
    return np.where(total > 0, factor * part / np.where(total > 0, total, 1.0), np.nan)


def _fasts(days: DailyIntakes) -> Flags:
    """(d) days that the person called complete and that hold no energy: everything on them is 0."""
    energy = days.energy
    said = np.array([flag is True for flag in days.complete], dtype=np.bool_)
    return np.zeros(len(days.days), dtype=np.bool_) if energy is None else said & (energy == 0)


def _notes(
    reference: Reference | None, spread: Variation, changed: bool, coverage: float, method: Method
) -> tuple[str, ...]:
    iom = method is Method.IOM2000
    required = reference is not None and reference.requirement is not None
    said = (
        (changed, CHANGED_NOTE),
        (spread.sd_within is None and not iom, BORROWED_NOTE),
        (LEAST_COVERAGE <= coverage < 0.995, LOWER_BOUND_NOTE),
        (iom and required and not is_normal(reference), SKEWED_NOTE),
        (iom and spread.sd_within is not None and spread.cv_within > UNRELIABLE_CV, VARIABLE_NOTE),
    )
    return tuple(note for holds, note in said if holds)


def _parent(form: str) -> str:
    """The nutrient whose variation stands in for that of a form."""
    return next((name for name, other in FORMS.items() if other == form), form)


def _dose(name: str, supplements: Mapping[str, float]) -> float:
    """The dose of a nutrient, or of a form from its nutrient: supplement folate is folic acid, vitamin A retinol."""
    if name in supplements or name not in FORMS.values():
        return supplements.get(name, 0.0)
    if name == "FOLAC":
        return supplements.get("FOL", supplements.get("FOLDFE", 0.0) / DFE_PER_FOLIC_ACID)
    return supplements.get(_parent(name), 0.0)


def _correction(days: DailyIntakes, amount: Floats, screened: Screening, energy: Variation) -> Floats:
    """(n) logarithm of the correction for honest days of little energy."""
    sd_log = math.sqrt(math.log1p(energy.cv_within**2))
    low = int(screened.low.sum())
    stayed = np.empty(0) if days.energy is None else days.energy[screened.unconfirmed]
    share = honest_share(stayed[np.isfinite(stayed)], low, screened.least_energy, sd_log)
    return log_correction(amount, screened.used, screened.low, share)


def _array(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


_Found = tuple[Floats, Floats, Flags, Estimates]


def _provender(used: _Used, options: Options) -> _Found:
    """(n) days, (n) mean, (n) whether the diet changed, and the estimates, by Provender's method."""
    cv, group_mean = _array([s.cv_within for s in used.spread]), _array([s.mean for s in used.spread])
    known = np.isfinite(used.amount)
    known, changed = recent_where_changed(used.dates, used.amount, known, used.weekend, cv, group_mean)
    found = replace(summary(used.amount, known, used.weekend, cv, group_mean), correction=used.correction)
    sd = _array([s.sd_usual_log if options.prior else None for s in used.spread])
    prior = Prior(np.log(group_mean) - sd**2 / 2, sd)
    usual = estimates(found, used.compared, used.dose, group_mean, prior, options.under_logging)
    return found.days, found.mean, changed, usual


def _iom(used: _Used) -> _Found:
    """The same by the method of 2000: simple means, pooled SD."""
    known = np.isfinite(used.amount)
    n = known.sum(axis=0).astype(np.float64)
    total = np.where(known, used.amount, 0.0).sum(axis=0)
    mean = np.where(n > 0, total / np.maximum(n, 1), np.nan)
    found = estimates_iom(mean, n, used.compared, used.dose, _array([s.sd_within for s in used.spread]))
    return n, mean, np.zeros(len(n), dtype=np.bool_), found


def case_of(days: DailyIntakes, references: Mapping[str, Reference], options: Options) -> Case:
    """What the complete days of a diary say of each reference's nutrient."""
    forms = (FORMS[n] for n, r in references.items() if n in FORMS and r.ul_scope in FORM_SCOPES)
    axis = tuple(dict.fromkeys((*references, *forms)))
    days, bounded = in_equivalents(days, references)
    screened = screening(days)
    use = screened.used
    energy = None if days.energy is None else days.energy[use]
    amount = _columns(days.amount, days.nutrients, axis, np.nan)
    coverage = _columns(days.coverage, days.nutrients, axis, 0.0)
    fasts = _fasts(days)
    amount[fasts], coverage[fasts] = 0.0, 1.0
    correction = _correction(days, amount, screened, options.variation.get(ENERGY, UNKNOWN))
    amount = amount[use]
    used = _Used(
        tuple(day for day, keep in zip(days.days, use.tolist(), strict=True) if keep),
        amount,
        days.weekend[use],
        tuple(options.variation.get(name, options.variation.get(_parent(name), UNKNOWN)) for name in axis),
        tuple(references.get(name) for name in axis),
        np.array([_dose(name, options.supplements) for name in axis], dtype=np.float64),
        correction,
    )
    n, mean, changed, found = _iom(used) if options.method is Method.IOM2000 else _provender(used, options)
    covered = _coverage(np.where(np.isfinite(amount), coverage[use], 0.0), energy)
    each = zip(used.compared, used.spread, changed.tolist(), covered.tolist(), strict=True)
    said = tuple(_notes(*one, options.method) for one in each)
    notes = tuple((*n, *([EQUIVALENT_NOTE] if name in bounded else [])) for name, n in zip(axis, said, strict=True))
    return Case(
        axis,
        used.compared,
        used.dose,
        n,
        mean,
        covered,
        (n >= options.least_days) & (covered >= LEAST_COVERAGE),
        _energy_shares(axis, amount, energy),
        notes if ENERGY in days.nutrients else tuple((*said, NO_ENERGY_NOTE) for said in notes),
        int(use.sum()),
        screened.excluded,
        options.method,
        found,
    )
