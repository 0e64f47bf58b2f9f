"""Expenditure of a member: their diary as a series, what was learnt from it, and the calories proposed from that.

This brings SciPy; what Today needs at every opening is in ``store.targets``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Sum

from provender.diary.entries import Entry, Kind
from provender.energy.expenditure import Expenditure, expenditure
from provender.energy.expenditure_model import Body
from provender.energy.expenditure_series import Series
from provender.energy.weekly_target import TargetUpdate, weekly_target
from provender.energy.weighing import Question
from provender.store import targets
from provender.store.days import FIRST_DAY
from provender.store.members import Member
from provender.store.models import ActivityChange, DiaryEntry
from provender.store.selectors import budget_on, complete_days, entries_of_kind
from provender.store.weighings import mass_kg, said_right
from provender.terms.errors import InputError, NotFoundError

YEAR_D: Final = 365.2425
REACHED: Final = "You have reached the weight you named, so this keeps it."


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which the person says they live differently."""

    id: int
    day: date


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the diary says of a member's expenditure, or why it says nothing.

    Attributes:
        found: What was learnt; None when something is missing or refused.
        missing: What the profile and the diary lack: ``sex``, ``birth date``, ``height``, ``weight``.
        refused: Why the model does not cover this person or diary; "" when it does.
        refused_field: The field that is about.
        weighings: Every weighing, oldest first.
        questions: What only the person can answer, each with the weighing it is about; None for a day's log.
        settled: Weighings that the person said are right.
        changes: When activity changed, oldest first.
    """

    found: Expenditure | None
    missing: tuple[str, ...]
    refused: str
    refused_field: str
    weighings: tuple[Entry, ...]
    questions: tuple[tuple[Question, Entry | None], ...]
    settled: tuple[Question, ...]
    changes: tuple[Change, ...]


def body(member: Member, on: date) -> Body | None:
    """The member as the expenditure model knows people; None while sex, birth date or height is missing."""
    if not member.sex or member.birth_date is None or member.height_m is None:
        return None
    return Body(
        sex=member.sex,
        age_y=(on - member.birth_date).days / YEAR_D,
        height_m=float(member.height_m),
        activity=member.activity or None,
        weighs_everything=member.weighs_everything,
        life_stage=member.life_stage or "none",
    )


def series(member: Member, on: date) -> Series:
    """The diary up to a day as weighings and logs by day.

    The first weighing of a day counts. A day whose calories are all unknown has no log; one with a few unknown is
    never taken as complete. The day itself is still under way: its log counts once it is marked complete.
    """
    weights: dict[date, float] = {}
    for found in entries_of_kind(member, Kind.WEIGHT, FIRST_DAY, on):
        if (kg := mass_kg(found)) is not None:
            weights.setdefault(found.day, kg)
    marked = complete_days(member, FIRST_DAY, on)
    logs: dict[date, tuple[float | None, bool | None]] = {}
    for row in (
        DiaryEntry.objects.filter(
            member=member, kind__in=[Kind.FOOD.value, Kind.ENERGY.value], day__lte=on, deleted_at=None
        )
        .values("day")
        .annotate(kcal=Sum("energy_kcal"), entries=Count("pk"), known=Count("energy_kcal"))
    ):
        whole = row["day"] in marked and row["known"] == row["entries"]
        if row["day"] < on or row["day"] in marked:
            logs[row["day"]] = (row["kcal"], True if whole else None)
    days = sorted({on, *weights, *logs})
    told = [logs.get(day, (None, None)) for day in days]
    return Series(
        days,
        [weights.get(day) for day in days],
        [kcal for kcal, _ in told],
        [whole for _, whole in told],
        [change.day for change in changes(member)],
    )


def changes(member: Member) -> tuple[Change, ...]:
    """When this member said that their activity changed, oldest first."""
    return tuple(Change(row.pk, row.day) for row in ActivityChange.objects.filter(member=member).order_by("day"))


def tell_change(member: Member, day: date, *, on: date) -> None:
    """Keep that activity changed on a day; telling it twice keeps it once.

    Raises:
        InputError: A day to come.
    """
    if day > on:
        raise InputError(f"found {day}, which is yet to come; tell it on the day", field="day")
    ActivityChange.objects.get_or_create(member=member, day=day)


def forget_change(member: Member, number: int) -> None:
    """Take back that activity changed.

    Raises:
        NotFoundError: No such change of this member.
    """
    if not ActivityChange.objects.filter(member=member, pk=number).delete()[0]:
        raise NotFoundError("That change of activity is not there any more.")


def learnt(member: Member, on: date) -> Learnt:
    """What the diary up to a day says of a member's expenditure; nothing is kept, so nothing can be stale."""
    who, told = body(member, on), changes(member)
    weighed = tuple(entries_of_kind(member, Kind.WEIGHT, FIRST_DAY, on))
    lacks = (("sex", not member.sex), ("birth date", member.birth_date is None), ("height", member.height_m is None))
    missing = tuple(name for name, lacking in (*lacks, ("weight", not weighed)) if lacking)
    if who is None or not weighed:
        return Learnt(None, missing, "", "", weighed, (), (), told)
    try:
        found = expenditure(series(member, on), who)
    except InputError as error:
        return Learnt(None, (), str(error), error.field or "", weighed, (), (), told)
    by_day: dict[date, Entry] = {}
    for entry in weighed:
        by_day.setdefault(entry.day, entry)
    asked = [(q, by_day.get(q.day) if q.what == "weight" else None) for q in found.questions]
    settled = tuple(q for q, entry in asked if entry is not None and said_right(entry))
    waiting = tuple((q, entry) for q, entry in asked if q not in settled)
    return Learnt(found, (), "", "", weighed, waiting, settled, told)


def update(member: Member, found: Expenditure, on: date) -> TargetUpdate:
    """The daily calories that what was learnt speaks for, beside those in force on a day."""
    return weekly_target(
        found,
        0.0 if _reached(member, found) else float(member.goal_kg_per_week or 0),
        old_kcal=budget_on(member, on),
        eating_disorder=member.eating_disorder,
        goal_weight_kg=None if member.goal_weight_kg is None else float(member.goal_weight_kg),
    )


def _reached(member: Member, found: Expenditure) -> bool:
    if member.goal_weight_kg is None or not member.goal_kg_per_week:
        return False
    beyond = found.weight_kg.middle - float(member.goal_weight_kg)
    return beyond <= 0 if member.goal_kg_per_week < 0 else beyond >= 0


def propose(member: Member, on: date) -> targets.Proposal | None:
    """Propose new daily calories when that is due; None when it is not, or nothing is known, or nothing changes.

    With an eating disorder, now or once, fewer calories are never proposed.
    """
    if not targets.due(member, on):
        return None
    found = learnt(member, on).found
    if found is None or not found.known:
        return None
    new = update(member, found, on)
    kept = new.old_kcal if new.new_kcal is None else new.new_kcal
    if kept is None:
        return None
    if member.eating_disorder and new.old_kcal is not None:
        kept = max(kept, new.old_kcal)
    said = f"{REACHED} {new.sentence}" if _reached(member, found) else new.sentence
    made = targets.keep(member, on, old_kcal=new.old_kcal, new_kcal=kept, sentence=said)
    return made if made.accepted is None else None
