"""Bringing a diary from a file: what is there already stays as it is, nothing stands twice, one undo takes all back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from provender.diary.entries import Entry, Kind
from provender.diary.imported import Imported, Importing, Problem
from provender.diary.importers import ALL
from provender.store.days import now, today
from provender.store.models import DayMark, DiaryEntry, Member
from provender.store.rows import row_from_entry
from provender.store.undo import image_of, image_of_mark, remember
from provender.terms.errors import InputError

LARGEST_BYTES = 20_000_000
EATEN = (Kind.FOOD.value, Kind.ENERGY.value)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or would do.

    Attributes:
        rows: Rows in the file.
        entries: How many entries are new.
        weighings: How many of them are weighings.
        days: How many days they lie on.
        first, last: The first and last of those days; None without any.
        complete: How many days were marked complete.
        there: Entries that an earlier import of the same lines brought.
        problems: What was left out, and why.
        change_id: What undoes it; None when nothing was kept.
    """

    rows: int
    entries: int
    weighings: int
    days: int
    first: date | None
    last: date | None
    complete: int
    there: int
    problems: tuple[Problem, ...]
    change_id: int | None = None

    @property
    def sentence(self) -> str:
        """What came, in one sentence."""
        if not self.entries:
            return "Nothing new: it is all in your diary already." if self.there else "Nothing could be read."
        weighed = f", {self.weighings} weighing{'s' * (self.weighings != 1)} among them" if self.weighings else ""
        days = f"{self.days} day{'s' * (self.days != 1)}"
        entries = f"{self.entries} entr{'ies' if self.entries != 1 else 'y'}"
        return f"{entries} on {days}{weighed}, {self.first:%-d %B %Y} to {self.last:%-d %B %Y}."


@transaction.atomic
def import_diary(
    member: Member, content: bytes, name: str, *, format_id: str = "plain", only_check: bool = False
) -> Brought:
    """Keep what a file holds, or only say what it holds.

    A day on which food was logged otherwise keeps that; the file's food of that day is left out, so that nothing is
    eaten twice. So is a weighing on a day that has one. What was imported, taken back and is brought again comes back.

    Args:
        member: Whose diary.
        content: The file.
        name: What to call it in messages.
        format_id: One of ``diary.importers.ALL``.
        only_check: Whether nothing is to be kept.

    Raises:
        InputError: Over 20 MB, or a file that cannot be read at all.
    """
    if len(content) > LARGEST_BYTES:
        raise InputError(f"{name}: found {len(content) / 1e6:.0f} MB, expected at most 20; bring it year by year")
    read = ALL[format_id](content, name, Importing(member.zone, now(), today(member.zone)))
    Member.objects.select_for_update().get(pk=member.pk)  # one writer a diary: a key cannot be kept twice
    fresh, there, problems = _fresh(member, read)
    eaten = {entry.day for entry in fresh if entry.kind is Kind.FOOD}
    complete = sorted(day for day, said in read.complete.items() if said and day in eaten)
    days = sorted({entry.day for entry in fresh})
    found = Brought(
        rows=read.rows,
        entries=len(fresh),
        weighings=sum(entry.kind is Kind.WEIGHT for entry in fresh),
        days=len(days),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        complete=len(complete),
        there=there,
        problems=(*read.problems, *problems),
    )
    if only_check or not fresh:
        return found
    return replace(found, change_id=_kept(member, fresh, complete, f"Imported {name}: {found.sentence}"))


def _fresh(member: Member, read: Imported) -> tuple[list[Entry], int, list[Problem]]:
    """What is not there yet, how much is, and the days that hold something else."""
    keys = set(DiaryEntry.objects.filter(member=member, deleted_at=None).values_list("key", flat=True))
    ours = {entry.key for entry in read.entries}
    food, weighed = _held(member, EATEN, ours), _held(member, (Kind.WEIGHT.value,), ours)
    fresh: list[Entry] = []
    clashes: dict[tuple[date, str], None] = {}
    for entry in read.entries:
        if entry.key in keys:
            continue
        if entry.day in (weighed if entry.kind is Kind.WEIGHT else food):
            clashes[entry.day, "weighing" if entry.kind is Kind.WEIGHT else "food"] = None
        else:
            fresh.append(entry)
    problems = [
        Problem(None, f"{day:%-d %B %Y} has its own {what} in your diary already; the file’s is left out")
        for day, what in clashes
    ]
    return fresh, len(keys & ours), problems


def _held(member: Member, kinds: Iterable[str], ours: set[UUID]) -> set[date]:
    """The days that hold entries of these kinds which the file did not bring."""
    rows = DiaryEntry.objects.filter(member=member, kind__in=kinds, deleted_at=None).values_list("day", "key")
    return {day for day, key in rows if key not in ours}


def _kept(member: Member, fresh: list[Entry], complete: list[date], sentence: str) -> int:
    gone = {row.key: row for row in DiaryEntry.objects.filter(member=member, key__in=[e.key for e in fresh])}
    before = [image_of(row) for row in gone.values()] + [image_of_mark(member, day) for day in complete]
    rows = [row_from_entry(replace(e, position=i), member.pk) for i, e in enumerate(fresh, start=1)]
    for row in rows:
        if row.key in gone:
            row.pk = gone[row.key].pk
            row.save(force_update=True)
    new = DiaryEntry.objects.bulk_create([row for row in rows if row.key not in gone], batch_size=500)
    for day in complete:
        DayMark.objects.update_or_create(member=member, day=day, defaults={"complete": True})
    return remember(member, sentence, [*before, *({"id": row.pk, "row": None} for row in new)])
