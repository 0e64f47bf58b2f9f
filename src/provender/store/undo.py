"""Undo: every action keeps the rows as they were before it, and this puts them back."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from provender.diary.entries import Entry
from provender.store.days import now
from provender.store.models import Change, DayMark, DiaryEntry, Member
from provender.terms.errors import NotFoundError

CHANGES_KEPT = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """What an action did: its entries, the sentence to show, and the number that undoes it."""

    entries: tuple[Entry, ...]
    sentence: str
    change_id: int | None


def remember(member: Member, sentence: str, before: list[dict[str, Any]]) -> int:
    """Keep what an action changed; the number undoes it. Only a member's last fifty actions are kept."""
    change = Change.objects.create(member=member, sentence=sentence[:300], before=before)
    old = Change.objects.filter(member=member).order_by("-pk").values_list("pk", flat=True)[CHANGES_KEPT:]
    Change.objects.filter(pk__in=list(old)).delete()
    return int(change.pk)


def image_of(row: DiaryEntry) -> dict[str, Any]:
    """A row as it stands, to put back later."""
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}  # noqa: SLF001
    image: dict[str, Any] = json.loads(json.dumps(fields, default=str))
    return {"id": row.pk, "row": image}


def image_of_mark(member: Member, day: date) -> dict[str, Any]:
    """Whether a day is marked complete, to put back later."""
    return {"mark": day.isoformat(), "complete": DayMark.objects.filter(member=member, day=day, complete=True).exists()}


@transaction.atomic
def undo(member: Member, change_id: int) -> Kept:
    """Put back what an action changed; undoing twice does nothing more.

    Raises:
        NotFoundError: No such change of this member, or too long ago.
    """
    change = Change.objects.select_for_update().filter(member=member, pk=change_id).first()
    if change is None:
        raise NotFoundError("There is nothing to undo: that change is too long ago.")
    if change.undone_at is None:
        for image in change.before:
            _put_mark_back(member, image) if "mark" in image else _put_back(member, image)
        change.undone_at = now()
        change.save(update_fields=["undone_at"])
    return Kept((), f"Undone: {change.sentence}", None)


def _put_back(member: Member, image: dict[str, Any]) -> None:
    if image["row"] is None:
        DiaryEntry.objects.filter(member=member, pk=image["id"]).update(deleted_at=now())
        return
    row = DiaryEntry(
        **{
            f.attname: f.to_python(image["row"][f.attname])
            for f in DiaryEntry._meta.concrete_fields  # noqa: SLF001
        }
    )
    row.save(force_update=True)


def _put_mark_back(member: Member, image: dict[str, Any]) -> None:
    DayMark.objects.filter(member=member, day=image["mark"]).update(complete=image["complete"])


def latest_change(member: Member) -> int | None:
    """The number of the last action not yet undone; None when there is none."""
    found = Change.objects.filter(member=member, undone_at=None).order_by("-pk").values_list("pk", flat=True).first()
    return None if found is None else int(found)
