"""A diary as a series of days: dated rows in, consecutive days with what was set aside out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from provender.energy.expenditure_fit import Read
from provender.energy.expenditure_model import Array
from provender.energy.weighing import Ignored, Question, day_text, weighings
from provender.terms.errors import InputError

LONGEST_D: Final = 1096
"""Days of the past that count: three years (own); what came before hardly changes today's answer."""
KJ_A_KCAL: Final = 4.184
MOST_KCAL: Final = 20_000.0
KJ_NEAR: Final = 0.25
KJ_SEEN: Final = 5


@dataclass(frozen=True, slots=True)
class Series:
    """Weighings and logs by day; rows may come in any order, days may be absent.

    A weighing is taken to come before that day's food.

    Attributes:
        days: (rows,) dates, each once.
        weight_kg: (rows,) body mass; None or NaN when not weighed.
        energy_kcal: (rows,) energy as logged; None or NaN when nothing was logged (0 is a fast, if complete).
        complete: (rows,) True, False, or None when the person did not say; empty says None throughout.
        activity_changed: Days from which the person says they live differently.
    """

    days: Sequence[date]
    weight_kg: Sequence[float | None]
    energy_kcal: Sequence[float | None]
    complete: Sequence[bool | None] = ()
    activity_changed: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A series laid on consecutive days.

    Attributes:
        days: Consecutive days.
        read: What the filters read.
        ignored: What was set aside, with reasons.
        questions: What should be asked.
    """

    days: tuple[date, ...]
    read: Read
    ignored: tuple[Ignored, ...]
    questions: tuple[Question, ...]


def laid(series: Series, start_kg: float | None) -> Laid:
    """The series on consecutive days, cleaned.

    Args:
        series: As the person kept it.
        start_kg: Stated body mass, for a series without weighings.

    Raises:
        InputError: No day, lengths that differ, a day twice, a negative or infinite number, no weight anywhere.
    """
    _checked(series)
    last = max(series.days)
    first = max(min(series.days), last - timedelta(days=LONGEST_D - 1))
    size = (last - first).days + 1
    days = tuple(first + timedelta(days=d) for d in range(size))
    weight, energy = np.full(size, np.nan), np.full(size, np.nan)
    complete = np.full(size, None, dtype=object)
    ignored: list[Ignored] = []
    told = series.complete or [None] * len(series.days)
    for day, kg, kcal, whole in zip(series.days, series.weight_kg, series.energy_kcal, told, strict=True):
        at = (day - first).days
        if at < 0:
            ignored.append(Ignored(day, "day", None, f"{day:%Y-%m-%d} is more than three years before the last day"))
            continue
        weight[at] = np.nan if kg is None else kg
        energy[at] = np.nan if kcal is None else kcal
        complete[at] = whole
    weighed = weighings(days, weight)
    energy, odd = _energies(days, energy)
    if not np.isfinite(weighed.weight_kg).any() and start_kg is None:
        raise InputError(
            "found no weight that can be used, expected at least one; weigh yourself once or give your weight",
            field="weight_kg",
        )
    changed = {day for day in series.activity_changed if first <= day <= last}
    reopened = np.array([day in changed for day in days], dtype=bool)
    read = Read(weighed.weight_kg, energy, complete, reopened, weighed.stepped, start_kg)
    return Laid(days, read, (*ignored, *weighed.ignored), (*weighed.questions, *odd))


def _checked(series: Series) -> None:
    rows = len(series.days)
    if rows == 0:
        raise InputError("found no days, expected at least one with a weight", field="day")
    lengths = {len(series.weight_kg), len(series.energy_kcal), len(series.complete) or rows}
    if lengths != {rows}:
        raise InputError(
            f"found {rows} days beside {sorted(lengths)} values; each day needs its weight and energy, or None",
            field="day",
        )
    if len(set(series.days)) < rows:
        twice = next(day for i, day in enumerate(series.days) if day in series.days[:i])
        raise InputError(f"found {twice:%Y-%m-%d} twice; keep one row for each day", field="day")
    for name, values in (("weight_kg", series.weight_kg), ("energy_kcal", series.energy_kcal)):
        for day, value in zip(series.days, values, strict=True):
            if value is not None and (value < 0 or math.isinf(value)):
                raise InputError(f"found {name} {value:g} on {day:%Y-%m-%d}, expected 0 or more", field=name)


def _energies(days: Sequence[date], energy_kcal: Array) -> tuple[Array, tuple[Question, ...]]:
    """Logs without those that look like kilojoules or no day's food at all, and the questions about them."""
    kept = energy_kcal.copy()
    known = kept[np.isfinite(kept)]
    if known.size == 0:
        return kept, ()
    usual = float(np.median(known))
    kilojoules = np.abs(kept / (KJ_A_KCAL * usual) - 1) < KJ_NEAR if usual > 0 and known.size >= KJ_SEEN else kept < 0
    questions = []
    for t in np.flatnonzero(kilojoules | (kept > MOST_KCAL)).tolist():
        said = (
            f"found {kept[t]:,.0f} kcal on {day_text(days[t])} beside a usual {usual:,.0f}; is this in kJ?"
            " Until you say so it is left out."
        )
        questions.append(Question(days[t], "energy", float(kept[t]), usual, "kilojoules", said))
        kept[t] = np.nan
    return kept, tuple(questions)
