"""Proposed daily calories: when one is due, and what accepting, declining and taking back do."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Count, Min

from provender.diary.entries import Kind
from provender.store.members import Member, renew_budget
from provender.store.models import Budget, DiaryEntry, TargetProposal
from provender.store.selectors import budget_on
from provender.terms.errors import InputError, NotFoundError

QUIET_D: Final = 7
"""At most one proposal in so many days, whatever became of the last one."""
LEAST_DATA_D: Final = 14
LEAST_WEIGHED, LEAST_LOGGED = 4, 7


@dataclass(frozen=True, slots=True)
class Proposal:
    """New daily calories, proposed.

    Attributes:
        id: The store's number.
        day: When it was made.
        old_kcal: The daily calories then; None when there were none.
        new_kcal: The proposed ones.
        sentence: Why, and what they lead to.
        accepted: True, False, or None while the person has not said.
    """

    id: int
    day: date
    old_kcal: int | None
    new_kcal: int
    sentence: str
    accepted: bool | None


def _value(row: TargetProposal) -> Proposal:
    return Proposal(row.pk, row.day, row.old_kcal, row.new_kcal, row.sentence, row.accepted)


def latest(member: Member) -> Proposal | None:
    """The last thing that was proposed, whatever became of it; None when nothing was."""
    row = TargetProposal.objects.filter(member=member).order_by("-day", "-pk").first()
    return None if row is None else _value(row)


def pending(member: Member, on: date) -> Proposal | None:
    """The proposal that waits for an answer; None when there is none, or the calories have changed since."""
    found = latest(member)
    if found is None or found.accepted is not None or member.hides_calories or _age_d(found, on) >= QUIET_D:
        return None
    return found if found.old_kcal == budget_on(member, on) else None


def revocable(member: Member, on: date) -> Proposal | None:
    """The proposal that was accepted within a week and is in force: it can be taken back; None without one."""
    found = latest(member)
    if found is None or not found.accepted or _age_d(found, on) >= QUIET_D:
        return None
    return found if member.own_budget_kcal == found.new_kcal else None


def _age_d(found: Proposal, on: date) -> int:
    return (on - found.day).days


def due(member: Member, on: date) -> bool:
    """Whether it is time to look at the daily calories again; asks the tables only, and computes nothing."""
    if member.hides_calories or not (member.sex and member.birth_date and member.height_m):
        return False
    found = latest(member)
    if found is not None and _age_d(found, on) < QUIET_D:
        return False
    rows = DiaryEntry.objects.filter(member=member, deleted_at=None, day__lte=on)
    begun = rows.filter(kind=Kind.WEIGHT.value).aggregate(first=Min("day"), days=Count("day", distinct=True))
    if begun["days"] < LEAST_WEIGHED:
        return False
    eaten = rows.filter(kind__in=[Kind.FOOD.value, Kind.ENERGY.value], energy_kcal__isnull=False)
    logged = eaten.aggregate(first=Min("day"), days=Count("day", distinct=True))
    if logged["days"] < LEAST_LOGGED:
        return False
    first: date = min(begun["first"], logged["first"])
    return (on - first).days + 1 >= LEAST_DATA_D


def keep(member: Member, on: date, *, old_kcal: int | None, new_kcal: int, sentence: str) -> Proposal:
    """Keep a proposal; one with the calories as they are has nothing to decide, and only keeps quiet for a week."""
    accepted = False if old_kcal == new_kcal else None
    row, _ = TargetProposal.objects.update_or_create(
        member=member,
        day=on,
        defaults={"old_kcal": old_kcal, "new_kcal": new_kcal, "sentence": sentence, "accepted": accepted},
    )
    return _value(row)


def _row(member: Member, number: int) -> TargetProposal:
    found = TargetProposal.objects.select_for_update().filter(member=member, pk=number).first()
    if found is None:
        raise NotFoundError("That proposal is not there any more; your goal may have changed since. Look at Trends.")
    return found


@transaction.atomic
def accept(member: Member, number: int, *, on: date) -> Proposal:
    """Make the proposed daily calories the person's own from a day on; accepting twice does nothing more.

    They stay in force until the person changes their goal, writes a number of their own, or takes them back.

    Raises:
        NotFoundError: No such proposal of this member.
        InputError: The daily calories have changed since it was made.
    """
    row = _row(member, number)
    if row.accepted:
        return _value(row)
    if row.old_kcal != budget_on(member, on):
        raise InputError("your daily calories have changed since this was proposed; look at Trends for a new proposal")
    member.own_budget_kcal = row.new_kcal
    member.save(update_fields=["own_budget_kcal"])
    renew_budget(member, on=on)
    row.accepted = True
    row.save(update_fields=["accepted"])
    return _value(row)


@transaction.atomic
def decline(member: Member, number: int) -> Proposal:
    """Leave the daily calories as they are; nothing is proposed for a week.

    Raises:
        NotFoundError: No such proposal of this member.
        InputError: It was accepted; then it can be taken back.
    """
    row = _row(member, number)
    if row.accepted:
        raise InputError("this was accepted already; take it back instead")
    row.accepted = False
    row.save(update_fields=["accepted"])
    return _value(row)


@transaction.atomic
def take_back(member: Member, number: int, *, on: date) -> Proposal:
    """The daily calories as they were before a proposal was accepted, from a day on.

    Raises:
        NotFoundError: No such proposal of this member.
        InputError: It was not accepted, or other calories have been set since.
    """
    row = _row(member, number)
    if not row.accepted or member.own_budget_kcal != row.new_kcal:
        raise InputError("these daily calories are not in force any more; change them under Me")
    member.own_budget_kcal = None
    if row.old_kcal is None:
        Budget.objects.filter(member=member, from_day__gte=row.day).delete()
    if renew_budget(member, on=on) != row.old_kcal and row.old_kcal is not None:
        member.own_budget_kcal = row.old_kcal
        renew_budget(member, on=on)
    member.save(update_fields=["own_budget_kcal"])
    row.accepted = False
    row.save(update_fields=["accepted"])
    return _value(row)
