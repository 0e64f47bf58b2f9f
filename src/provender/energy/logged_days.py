"""What the log says of each day's intake, and how far to trust it: logged, partial, missing."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.energy.expenditure_model import Array, Flags, Kinds, Words

PARTIAL_BELOW: Final = 0.62
"""A day under this share of the person's median is taken as partly logged unless they say it is complete (own)."""
LOG_CV: Final = 0.15
MISSING_MORE: Final = 1.06
"""People eat a little more on days they do not log (own; the prototype's value)."""
MISSING_CV: Final = 0.26
MISSING_DAYS: Final = 8.0
PARTIAL_CV: Final = 0.33
PARTIAL_KEPT: Final = 0.3
EARLY_D: Final = 28
REACH_D: Final = 21
FADES_D: Final = 7.0
LONG_GAP_D: Final = 7
"""From this many days without a log a person is taken to eat about what they spend, with wide doubt (own)."""
GAP_KEPT: Final = 0.85

LOGGED, PARTIAL, MISSING, GAP = range(4)


@dataclass(frozen=True, slots=True)
class LoggedDays:
    """One person's intake by day; every array is (days,).

    Attributes:
        kind: ``LOGGED``, ``PARTIAL``, ``MISSING`` or ``GAP``.
        per_bias: kcal in logged terms that the bias multiplies; 0 in a gap.
        per_expenditure: 1 in a gap, else 0.
        error_kcal: Standard deviation of the day's intake, kcal of true intake.
        early_kcal: Mean of the full logs of the first four weeks; NaN without any.
        early_sd_kcal: Its standard error.
        usual_kcal: Mean of the full logs near the end; NaN without any.
    """

    kind: Kinds
    per_bias: Array
    per_expenditure: Array
    error_kcal: Array
    usual_kcal: float
    early_kcal: float
    early_sd_kcal: float


def logged_days(energy_kcal: Array, complete: Words, expected_kcal: float) -> LoggedDays:
    """Sort the days and give each an intake and its doubt.

    A full day counts as logged, with a 15 % error. A partial day counts 0.3 of its log and 0.7 of the days
    around it. A missing day takes 1.06 times the days around it, with the person's own day-to-day variation.
    A 0 that is not marked complete is a day without a log. From the eighth missing day in a row intake is taken
    to equal expenditure.

    Args:
        energy_kcal: (days,), NaN when nothing was logged.
        complete: (days,), True, False, or None when the person did not say.
        expected_kcal: Expected expenditure, for the doubt of days without any log, kcal/d.
    """
    flagged = np.array([c is False for c in complete], dtype=bool)
    sure = np.array([c is True for c in complete], dtype=bool)
    has = np.isfinite(energy_kcal) & (sure | (energy_kcal > 0))
    usable = energy_kcal[has & ~flagged]
    median = float(np.median(usable)) if usable.size else np.nan
    low = has & ~sure & (np.nan_to_num(energy_kcal, nan=np.inf) < PARTIAL_BELOW * median)
    partial = has & (flagged | low)
    full = has & ~partial
    near = _near(energy_kcal, full)
    run = _missing_run(has)
    kind = np.where(full, LOGGED, np.where(partial, PARTIAL, MISSING))
    kind = np.where(~full & (~np.isfinite(near) | ((run > LONG_GAP_D) & ~partial)), GAP, kind)
    base = np.nan_to_num(near, nan=0.0)
    log = np.nan_to_num(energy_kcal, nan=0.0)
    cv = _own_cv(energy_kcal[full], near[full])
    per_bias = np.select(
        [kind == LOGGED, kind == PARTIAL, kind == MISSING],
        [log, PARTIAL_KEPT * log + (1 - PARTIAL_KEPT) * base, MISSING_MORE * base],
        0.0,
    )
    spread = np.select(
        [kind == LOGGED, kind == PARTIAL, kind == MISSING],
        [LOG_CV * np.maximum(log, 0.3 * expected_kcal), PARTIAL_CV * base, cv * base],
        cv * expected_kcal,
    )
    tail = float(_near(energy_kcal, full, one_sided=True)[-1]) if full.any() else np.nan
    first = energy_kcal[:EARLY_D][full[:EARLY_D]]
    early = float(first.mean()) if first.size else np.nan
    early_sd = cv * early / float(np.sqrt(max(1, first.size)))
    return LoggedDays(kind, per_bias, (kind == GAP).astype(np.float64), spread * _together(run), tail, early, early_sd)


def _near(energy_kcal: Array, full: Flags, *, one_sided: bool = False) -> Array:
    """Mean of the full logs around each day, nearer ones counting more; NaN where none is within 21 days."""
    lag = np.arange(-REACH_D, REACH_D + 1)
    kernel = np.exp(-np.abs(lag) / FADES_D) * (lag >= 0 if one_sided else 1)
    pad = np.zeros(REACH_D)
    weight = np.convolve(np.concatenate([pad, full.astype(np.float64), pad]), kernel, "valid")
    total = np.convolve(np.concatenate([pad, np.where(full, energy_kcal, 0.0), pad]), kernel, "valid")
    return np.where(weight > 1e-9, total / np.maximum(weight, 1e-9), np.nan)


def _missing_run(
    has: Flags,
) -> Kinds:
    """How many days in a row, this one included, have no log."""
    place = np.arange(has.size)
    last = np.maximum.accumulate(np.where(has, place, -1))
    return place - last


def _own_cv(full_kcal: Array, near_kcal: Array) -> float:
    """Day-to-day variation of the full logs around their neighbours, drawn to 0.26 by eight days' worth."""
    squares = float(np.sum((full_kcal / np.maximum(1.0, near_kcal) - 1) ** 2)) if full_kcal.size else 0.0
    return float(np.sqrt((MISSING_DAYS * MISSING_CV**2 + squares) / (MISSING_DAYS + full_kcal.size)))


def _together(run: Kinds) -> Array:
    """How much the doubt of a day grows because the days of one gap err together."""
    later = np.maximum(run - LONG_GAP_D, 0)
    more = 1 + 2 * GAP_KEPT * (1 - GAP_KEPT**later) / (1 - GAP_KEPT)
    return np.sqrt(np.asarray(more, dtype=np.float64))
