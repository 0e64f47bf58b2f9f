"""What was learnt of weight and expenditure, as the page of trends says it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from provender.diary.entries import Entry
from provender.energy.expenditure import (
    AHEAD_D,
    LEAST_LOGS,
    LEAST_SPAN_D,
    LEAST_WEIGHINGS,
    Curve,
    Estimate,
    Expenditure,
)
from provender.energy.weighing import Ignored, Question, day_text
from provender.store.expenditures import Learnt
from provender.store.members import Member
from provender.store.weighings import mass_kg
from provender.terms.units import format_mass_kg, without_dust
from provender.web.charts import Spec
from provender.web.expenditure_charts import cut, maintenance_chart, trend_chart

LB_A_KG: Final = 1 / 0.45359237
BACK_D: Final = 28
SHOWN: Final = 12
CONTRADICTION: Final = "contradiction"
TOO_FAR: Final = "You said that this weighing is right; it is too far from the others to be counted"
CALM: Final = {
    "age": "Until 19 a body is still growing, and a growing body spends differently. So nothing is worked out here;"
    " your weights and your log are kept and shown.",
    "life_stage": "During pregnancy and while breastfeeding weight changes for good reasons that this does not know."
    " So nothing is worked out here; your midwife or doctor can say what your weight means.",
}
"""Why nothing is worked out, by the field the model refused."""
RIGHT, REMOVE = ("right", "It is right"), ("remove", "Remove it")
ANSWERS: Final = {
    ("pounds", "kg"): (("lb", "It is in lb"), RIGHT, REMOVE),
    ("pounds", "lb"): (("others-kg", "The others are in kg"), RIGHT, REMOVE),
    ("kilograms", "kg"): (("others-lb", "The others are in lb"), RIGHT, REMOVE),
    ("kilograms", "lb"): (("kg", "It is in kg"), RIGHT, REMOVE),
    ("stones", "kg"): (("st", "It is in stones"), RIGHT, REMOVE),
    ("step", "kg"): (("right", "Yes, another scale"), ("remove", "No, remove this weighing")),
}
"""The buttons under a question about a weighing, by its kind and the unit it was typed in: what is sent, and said."""
AFTER_RIGHT: Final = "Kept as it is; it is not asked about again."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the page: its sentence, its day, the weighing it is about (or None) and the buttons."""

    sentence: str
    day: date
    entry_id: int | None
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the day, what was weighed (None when nothing was), and the 90 % interval."""

    day: date
    weighed: float | None
    low: float
    middle: float
    high: float


def unit_of(member: Member) -> tuple[str, float]:
    """The person's unit of weight, and how many of it a kilogram is."""
    return ("lb", LB_A_KG) if member.system == "us" else ("kg", 1.0)


def learnt_values(member: Member, learnt: Learnt, first: date, last: date) -> dict[str, Any]:
    """What the page shows of weight and expenditure in a range of days; the numbers are those of the last day.

    Args:
        member: Whose page.
        learnt: What was learnt from the diary.
        first: First day of charts and tables.
        last: Last day of charts and tables.
    """
    found = learnt.found
    values: dict[str, Any] = {
        "learnt": learnt,
        "refused": CALM.get(learnt.refused_field, learnt.refused),
        "questions": [_asked(q, entry, member) for q, entry in learnt.questions if q.kind != CONTRADICTION],
        "contradiction": any(q.kind == CONTRADICTION for q, _ in learnt.questions),
        "changes": learnt.changes,
        "found": found,
    }
    if found is None:
        return values
    unit, times = unit_of(member)
    inside = _inside(found.days, first, last)
    return {
        **values,
        **_weight_values(found, learnt, unit, times, inside),
        **_maintenance_values(found, learnt, inside, hidden=member.hides_calories),
        "left_out": _left_out(found, learnt, member),
        "lacking": _lacking(found),
        "ahead_d": AHEAD_D,
    }


def _inside(days: Sequence[date], first: date, last: date) -> tuple[int, int]:
    """Where the range begins and ends (not included) among consecutive days."""
    size = len(days)
    return min(size, max(0, (first - days[0]).days)), max(0, min(size, (last - days[0]).days + 1))


def _weight_values(
    found: Expenditure, learnt: Learnt, unit: str, times: float, inside: tuple[int, int]
) -> dict[str, Any]:
    weighed = _by_day(found, learnt, times)
    begin, end = inside
    days = found.days[begin:end]
    shown = weighed[begin:end]
    trend = cut(found.trend_kg, begin, end, times)
    some = any(mass is not None for mass in shown)
    return {
        "weight": _scaled(found.weight_kg, times),
        "ahead": _scaled(found.weight_ahead_kg, times),
        "changed": _changed(found, weighed, times),
        "trend_spec": trend_chart(days, shown, trend, unit=unit) if some else None,
        "trend_rows": _table(days, trend, shown) if some else [],
        "scale_sd": found.scale_sd_kg * times,
    }


def _by_day(found: Expenditure, learnt: Learnt, times: float) -> list[float | None]:
    masses: dict[date, float] = {}
    for entry in learnt.weighings:
        if (kg := mass_kg(entry)) is not None:
            masses.setdefault(entry.day, round(kg * times, 1))
    odd = {(left.day) for left in found.ignored if left.what == "weight" and "left out" in left.reason}
    odd |= {question.day for question in found.questions if question.what == "weight" and question.kind != "step"}
    return [None if day in odd else masses.get(day) for day in found.days]


def _changed(found: Expenditure, weighed: Sequence[float | None], times: float) -> dict[str, Any] | None:
    """How the smoothed weight differs from four weeks ago, or from the first weighing; None within a week of it."""
    begun = next((t for t, mass in enumerate(weighed) if mass is not None), len(weighed))
    last = len(weighed) - 1
    since = max(begun, last - BACK_D)
    if last - since < 7:
        return None
    trend = found.trend_kg
    by = float(trend.middle[last] - trend.middle[since])
    sure = max(_half(trend, last), _half(trend, since))
    return {"by": abs(by) * times, "down": by < 0, "clear": abs(by) > sure, "days": last - since, "from": since}


def _half(curve: Curve, t: int) -> float:
    return float(curve.high[t] - curve.low[t]) / 2


def _scaled(found: Estimate, times: float) -> Estimate:
    return Estimate(found.low * times, found.middle * times, found.high * times)


def _maintenance_values(found: Expenditure, learnt: Learnt, inside: tuple[int, int], *, hidden: bool) -> dict[str, Any]:
    begin, end = inside
    days = found.days[begin:end]
    share = found.unlogged_share
    over = share.middle < 0
    shares = Estimate(-share.high, -share.middle, -share.low) if over else share
    spec: Spec | None = None
    rows: list[Row] = []
    if found.known and not hidden and len(days) > 1:
        part = cut(found.maintenance_by_day_kcal, begin, end)
        spec = maintenance_chart(days, part, [change.day for change in learnt.changes])
        rows = _weekly(_table(days, part, [None] * len(days)))
    return {
        "maintenance": found.maintenance_kcal,
        "true": found.true_kcal,
        "unlogged": shares,
        "overlogs": over,
        "maintenance_spec": spec,
        "maintenance_rows": rows,
    }


def _table(days: Sequence[date], curve: Curve, weighed: Sequence[float | None]) -> list[Row]:
    return [
        Row(day, weighed[t], float(curve.low[t]), float(curve.middle[t]), float(curve.high[t]))
        for t, day in enumerate(days)
    ]


def _weekly(rows: Sequence[Row]) -> list[Row]:
    """Every seventh line, ending with the last."""
    return list(rows[::-1][::7][::-1])


def _left_out(found: Expenditure, learnt: Learnt, member: Member) -> dict[str, Any]:
    """The newest of what was left out or counted for less, and how many there are in all."""
    told = [(left.day, _reason(left, member)) for left in found.ignored]
    told += [(q.day, TOO_FAR) for q in learnt.settled if q.kind != "step"]
    told.sort(key=lambda line: line[0], reverse=True)
    return {"lines": told[:SHOWN], "more": max(0, len(told) - SHOWN), "all": len(told)}


def _reason(left: Ignored, member: Member) -> str:
    if member.hides_calories and left.what == "energy":
        return "looks partly logged"
    return in_own_unit(left.reason, member)


def _asked(question: Question, entry: Entry | None, member: Member) -> Asked:
    if entry is None:
        return Asked(_of_the_log(question, hidden=member.hides_calories), question.day, None, ())
    kind = "step" if question.kind == "step" else question.kind
    answers = ANSWERS.get((kind, entry.unit), ANSWERS.get((kind, "kg"), (RIGHT, REMOVE)))
    return Asked(_of_a_weighing(question, entry, member), question.day, entry.id, answers)


def _of_the_log(question: Question, *, hidden: bool) -> str:
    if hidden:
        return f"The log of {day_text(question.day)} does not fit the others; is it right?"
    return question.sentence[:1].upper() + question.sentence[1:]


def _of_a_weighing(question: Question, entry: Entry, member: Member) -> str:
    beside = format_mass_kg(Decimal(str(question.beside)), member.system)
    typed = "" if entry.amount is None else f"{without_dust(entry.amount):f} {entry.unit}"
    if question.kind == "step":
        return (
            f"Found {typed} from {day_text(question.day)} on, after {beside}. Is that another scale? The new level is"
            " used, and the step itself is not counted as gained or lost."
        )
    return (
        f"Found {typed} on {day_text(question.day)}, beside {beside} around it. Is the unit right? Until you say so it"
        " is left out."
    )


def in_own_unit(sentence: str, member: Member) -> str:
    """The sentence with every ``12.3 kg`` in pounds, for whoever thinks in pounds."""
    if member.system != "us":
        return sentence
    return re.sub(r"(\d+(?:\.\d+)?) kg\b", lambda m: _pounds(m[1]), sentence)


def _pounds(kg: str) -> str:
    digits = len(kg.partition(".")[2])
    return f"{float(kg) * LB_A_KG:.{max(1, digits)}f} lb"


def _lacking(found: Expenditure) -> list[str]:
    """What it would take to know more, while nothing is known: sentences without a verb."""
    wants = (
        (LEAST_WEIGHINGS - found.weighings_used, "weighing"),
        (LEAST_LOGS - found.logs_used, "fully logged day"),
    )
    told = [f"{number} more {what}{'' if number == 1 else 's'}" for number, what in wants if number > 0]
    return told or [f"weighings over at least {LEAST_SPAN_D} days"]
