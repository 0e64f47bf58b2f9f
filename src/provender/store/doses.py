"""What a member takes of each nutrient from supplements, as a fixed dose a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from provender.diary.entries import Kind
from provender.store.models import DiaryEntry, Member, Supplement
from provender.terms.nutrients import NUTRIENTS

SUPPLEMENT = "supplement:"
"""How the food id of a dose begins; the supplement's number follows."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One supplement over a range of days.

    Attributes:
        name: What it is called.
        unit: What one dose is.
        doses_a_day: Mean doses a day; None when none was logged and none is said to be usual.
        logged: Whether that is the mean of logged doses rather than what is said to be usual.
        a_day: Nutrient id to amount a day; what is not on the label is absent.
    """

    name: str
    unit: str
    doses_a_day: float | None
    logged: bool
    a_day: Mapping[str, float]


def taken(member: Member, first: date, last: date) -> tuple[Taken, ...]:
    """Each supplement of a member, by name: the mean of logged doses if any was logged, else the usual number.

    A logged dose keeps the composition it had then. A supplement that was removed counts by its logged doses alone.

    Args:
        member: Whose.
        first: First day.
        last: Last day, included; a range without a day has no logged dose.
    """
    days = max(1, (last - first).days + 1)
    logged = _logged(member, first, last)
    found = []
    for row in Supplement.objects.filter(member=member).order_by("name", "pk"):
        doses = logged.pop(f"{SUPPLEMENT}{row.pk}", None)
        if doses is not None:
            found.append(_mean(row.name, row.unit, doses, days))
        elif row.deleted_at is None:
            usual = None if row.doses_a_day is None else float(row.doses_a_day)
            found.append(Taken(row.name, row.unit, usual, logged=False, a_day=_times(row.composition, usual or 0.0)))
    return (*found, *(_mean(doses[0].name, doses[0].unit, doses, days) for doses in logged.values()))


def a_day(doses: tuple[Taken, ...]) -> Mapping[str, float]:
    """Nutrient id to the amount a day of all supplements together; a nutrient on no label is absent."""
    total: dict[str, float] = {}
    for one in doses:
        for nutrient, amount in one.a_day.items():
            total[nutrient] = total.get(nutrient, 0.0) + amount
    return MappingProxyType(total)


def daily_doses(member: Member, first: date, last: date) -> Mapping[str, float]:
    """Nutrient id to its mean amount a day from supplements over a range; a nutrient on no label is absent.

    As ``taken``: logged doses where any dose of that supplement was logged in the range, else the usual number a day.
    """
    return a_day(taken(member, first, last))


@dataclass(frozen=True, slots=True)
class Brought:
    """What supplements bring of one nutrient.

    Attributes:
        nutrient: Its id.
        a_day: Mean amount a day in the nutrient's unit; a lower bound while there are supplements of unknown contents.
        by: Name of each supplement that brings it, and how much a day, most first.
    """

    nutrient: str
    a_day: float
    by: tuple[tuple[str, float], ...]


def brought(doses: tuple[Taken, ...]) -> tuple[Brought, ...]:
    """What supplements bring, a nutrient at a time in display order, and which of them bring it."""
    found = []
    for nutrient in NUTRIENTS:
        by = sorted(
            ((one.name, one.a_day[nutrient]) for one in doses if nutrient in one.a_day), key=lambda part: -part[1]
        )
        if by:
            found.append(Brought(nutrient, sum(amount for _, amount in by), tuple(by)))
    return tuple(found)


def of_unknown_contents(doses: tuple[Taken, ...]) -> tuple[str, ...]:
    """Names of supplements that are taken and hold nothing that is known: the amounts leave them out."""
    return tuple(one.name for one in doses if one.doses_a_day and not one.a_day)


def _logged(member: Member, first: date, last: date) -> dict[str, list[DiaryEntry]]:
    rows = DiaryEntry.objects.filter(
        member=member, kind=Kind.DOSE.value, day__gte=first, day__lte=last, deleted_at=None
    ).order_by("day", "pk")
    found: dict[str, list[DiaryEntry]] = {}
    for row in rows:
        found.setdefault(row.food_id or row.name, []).append(row)
    return found


def _mean(name: str, unit: str, doses: list[DiaryEntry], days: int) -> Taken:
    total: dict[str, float] = {}
    for row in doses:
        for nutrient, amount in _times(row.composition, float(row.amount or Decimal(0))).items():
            total[nutrient] = total.get(nutrient, 0.0) + amount
    count = sum(float(row.amount or 0) for row in doses)
    return Taken(name, unit, count / days, logged=True, a_day={n: v / days for n, v in total.items()})


def _times(composition: Mapping[str, float], doses: float) -> dict[str, float]:
    return {} if doses <= 0 else {nutrient: float(amount) * doses for nutrient, amount in composition.items()}
