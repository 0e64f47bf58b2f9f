"""What the doors may ask of a diary: rows in, core values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from provender.diary.entries import Entry, Kind, Meal
from provender.nutrition.intake import Intake, RangeIntake, per_day, total
from provender.store.catalogue_in_use import catalogue
from provender.store.models import Budget, DayMark, DiaryEntry, Member
from provender.store.rows import entry_from_row
from provender.terms.errors import InputError, NotFoundError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import convert

LONGEST_RANGE_DAYS = 3660
HEAVY_FIELDS = ("composition", "portions")


@dataclass(frozen=True, slots=True)
class EnergyBalance:
    """The calories of one day, in kcal.

    Attributes:
        budget: What the day allows; None when the person has no plan.
        eaten: Sum over entries whose energy is known.
        burned: Sum over exercise whose energy is known.
        entries: How many eaten entries there are; without any, ``eaten`` of 0 says nothing of the day.
        unknown: How many eaten entries have no known energy; ``eaten`` is then a lower bound.
        exercise_counts: Whether exercise adds to what is left.
    """

    budget: int | None
    eaten: float
    burned: float
    entries: int
    unknown: int
    exercise_counts: bool

    @property
    def net(self) -> float:
        """Eaten minus burned."""
        return self.eaten - self.burned

    @property
    def left(self) -> float | None:
        """What is left of the budget, negative when it is exceeded; None without a budget."""
        if self.budget is None:
            return None
        return self.budget - (self.net if self.exercise_counts else self.eaten)

    @property
    def over(self) -> float | None:
        """How far the budget is exceeded, 0 when it is not; None without a budget."""
        return None if self.left is None else max(0.0, -self.left)


@dataclass(frozen=True, slots=True)
class Day:
    """Everything a person wrote on one day."""

    day: date
    entries: tuple[Entry, ...]
    complete: bool
    balance: EnergyBalance

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """The entries of one kind, in order."""
        return tuple(e for e in self.entries if e.kind is kind)

    def of_meal(self, meal: Meal) -> tuple[Entry, ...]:
        """What was eaten at one meal, in order."""
        return tuple(e for e in self.entries if e.meal is meal)

    @property
    def water_ml(self) -> Decimal:
        """The sum of water drunk, in ml."""
        return sum((convert(e.amount, e.unit, "ml") for e in self.of_kind(Kind.WATER) if e.amount), Decimal(0))


@dataclass(frozen=True, slots=True)
class EnergyDay:
    """One day of the energy chart, in kcal; None where nothing was logged or nothing was planned."""

    day: date
    eaten: float | None
    burned: float | None
    budget: int | None
    complete: bool


def _rows(member: Member, first: date, last: date) -> list[DiaryEntry]:
    return list(
        DiaryEntry.objects.filter(member=member, day__gte=first, day__lte=last, deleted_at=None).order_by(
            "day", "position", "pk"
        )
    )


def balance(entries: Iterable[Entry], budget: int | None, *, exercise_counts: bool) -> EnergyBalance:
    """The calories of these entries against a budget."""
    eaten = burned = 0.0
    eaten_entries = unknown = 0
    for entry in entries:
        if entry.kind in (Kind.FOOD, Kind.ENERGY):
            eaten_entries += 1
            eaten += entry.energy_kcal or 0.0
            unknown += entry.energy_kcal is None
        elif entry.kind is Kind.EXERCISE:
            burned += entry.energy_kcal or 0.0
    return EnergyBalance(budget, eaten, burned, eaten_entries, unknown, exercise_counts)


def day(member: Member, on: date) -> Day:
    """One day of a member's diary."""
    entries = tuple(entry_from_row(row) for row in _rows(member, on, on))
    complete = DayMark.objects.filter(member=member, day=on, complete=True).exists()
    return Day(on, entries, complete, balance(entries, budget_on(member, on), exercise_counts=member.exercise_counts))


def entry(member: Member, entry_id: int) -> Entry:
    """One entry of this member.

    Raises:
        NotFoundError: It is not there, was deleted, or is another person's.
    """
    row = DiaryEntry.objects.filter(member=member, pk=entry_id, deleted_at=None).first()
    if row is None:
        raise NotFoundError("That entry is not in your diary; it may have been deleted. Undo brings it back.")
    return entry_from_row(row)


def budget_on(member: Member, on: date) -> int | None:
    """The daily calories in force on a day; None before there was any plan."""
    found = Budget.objects.filter(member=member, from_day__lte=on).order_by("-from_day").first()
    return found.daily_kcal if found else None


def checked_range(first: date, last: date) -> tuple[date, date]:
    """The two days in order.

    Raises:
        InputError: The range is reversed or longer than ten years.
    """
    if last < first:
        raise InputError(f"the range ends on {last}, before it begins on {first}; swap the two dates", field="first")
    if (last - first).days >= LONGEST_RANGE_DAYS:
        raise InputError("the range is longer than ten years; choose a shorter one", field="first")
    return first, last


def day_intake(on: Day) -> Intake:
    """What one day amounts to, for every nutrient of the catalogue."""
    return total([e.intake for e in _eaten(on.entries)], nutrient_axis())


def range_intake(member: Member, first: date, last: date, *, only_complete: bool = False) -> RangeIntake:
    """What a range of days amounts to, for every nutrient of the catalogue.

    Args:
        member: Whose diary.
        first: First day.
        last: Last day, included.
        only_complete: Leave out days not marked complete.

    Raises:
        InputError: A reversed or absurdly long range.
    """
    checked_range(first, last)
    marked = complete_days(member, first, last) if only_complete else None
    days: dict[date, list[Mapping[str, float]]] = {}
    for row in _rows(member, first, last):
        if marked is not None and row.day not in marked:
            continue
        for eaten in _eaten([entry_from_row(row)]):
            days.setdefault(row.day, []).append(eaten.intake)
    return per_day(days, nutrient_axis())


def _eaten(entries: Iterable[Entry]) -> list[Entry]:
    return [e for e in entries if e.kind in (Kind.FOOD, Kind.ENERGY)]


def nutrient_axis() -> tuple[str, ...]:
    """The nutrients of the catalogue in use, in display order."""
    known = set(catalogue().nutrients)
    return tuple(n for n in NUTRIENTS if n in known)


def complete_days(member: Member, first: date, last: date) -> set[date]:
    """The days a person marked complete."""
    return set(
        DayMark.objects.filter(member=member, complete=True, day__gte=first, day__lte=last).values_list(
            "day", flat=True
        )
    )


def entries_of_kind(member: Member, kind: Kind, first: date, last: date) -> list[Entry]:
    """Entries of one kind in a range, oldest first, without their snapshots."""
    rows = DiaryEntry.objects.filter(
        member=member, kind=kind.value, day__gte=first, day__lte=last, deleted_at=None
    ).order_by("day", "at", "pk")
    return [entry_from_row(row) for row in rows]


def latest_weight(member: Member, on: date) -> Entry | None:
    """The last weighing up to a day; None when there is none."""
    row = (
        DiaryEntry.objects.filter(member=member, kind=Kind.WEIGHT.value, day__lte=on, deleted_at=None)
        .order_by("-day", "-at", "-pk")
        .first()
    )
    return entry_from_row(row) if row else None


def energy_days(member: Member, first: date, last: date) -> list[EnergyDay]:
    """Calories eaten, burned and allowed on each day of a range; days without food have None, not 0."""
    checked_range(first, last)
    sums: dict[tuple[date, str], float | None] = {
        (row["day"], row["kind"]): row["kcal"]
        for row in DiaryEntry.objects.filter(
            member=member,
            kind__in=[Kind.FOOD.value, Kind.ENERGY.value, Kind.EXERCISE.value],
            day__gte=first,
            day__lte=last,
            deleted_at=None,
        )
        .values("day", "kind")
        .annotate(kcal=Sum("energy_kcal"), entries=Count("pk"))
    }
    budgets = list(Budget.objects.filter(member=member, from_day__lte=last).order_by("from_day"))
    marked = complete_days(member, first, last)
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return [
        EnergyDay(
            d,
            _sum_known(sums.get((d, Kind.FOOD.value)), sums.get((d, Kind.ENERGY.value))),
            sums.get((d, Kind.EXERCISE.value)),
            _in_force(budgets, d),
            d in marked,
        )
        for d in days
    ]


def _sum_known(*values: float | None) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _in_force(budgets: Sequence[Budget], on: date) -> int | None:
    past = [b.daily_kcal for b in budgets if b.from_day <= on]
    return past[-1] if past else None
