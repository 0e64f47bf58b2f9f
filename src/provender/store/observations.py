"""How a member felt, one value a day and instrument; a later value of the day takes the place of the earlier."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from provender.diary.entries import Kind
from provender.diary.instruments import instrument, unit_of
from provender.store.models import DiaryEntry, Member
from provender.store.services import change_entry, log_measure
from provender.store.undo import Kept


@transaction.atomic
def observe(member: Member, name: str, value: float, *, day: date, key: UUID | None = None) -> Kept:
    """Keep how a day was; the day's earlier value of the same instrument is changed, and undo brings it back.

    Raises:
        NotFoundError: No such instrument.
        InputError: A value outside its scale.
    """
    one = instrument(name)
    amount = Decimal(str(one.checked(value)))
    before = _rows(member, name, day, day).order_by("-at", "-pk").first()
    if before is not None:
        return change_entry(member, before.pk, amount=amount)
    title = f"{one.name[:1].upper()}{one.name[1:]}"
    return log_measure(member, Kind.OBSERVATION, day=day, amount=amount, unit=unit_of(name), name=title, key=key)


def observed(member: Member, name: str, first: date, last: date) -> Mapping[date, float]:
    """The value of each day on which there is one; the last written of a day counts."""
    rows = _rows(member, name, first, last).order_by("day", "at", "pk").values_list("day", "amount")
    return {day: float(amount) for day, amount in rows if amount is not None}


def written_late(member: Member, name: str, first: date, last: date) -> frozenset[date]:
    """Days whose value was written on a later day of the member's zone."""
    rows = _rows(member, name, first, last).order_by("day", "at", "pk")
    return frozenset(row.day for row in rows if row.at.astimezone(ZoneInfo(row.zone)).date() > row.day)


def _rows(member: Member, name: str, first: date, last: date) -> QuerySet[DiaryEntry]:
    return DiaryEntry.objects.filter(
        member=member,
        kind=Kind.OBSERVATION.value,
        unit=unit_of(name),
        day__gte=first,
        day__lte=last,
        deleted_at=None,
    )
