"""What the doors may do to a diary; each call is one transaction and can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from provender.catalogue.food import Food
from provender.diary.entries import (
    Entry,
    Kind,
    Meal,
    checked_amount,
    checked_doses,
    eaten_mass_g,
    energy_of,
    snapshot_of,
)
from provender.store.catalogue_in_use import catalogue
from provender.store.days import now
from provender.store.foods import food
from provender.store.models import DayMark, DiaryEntry, Member
from provender.store.rows import entry_from_row, row_from_entry
from provender.store.selectors import entry as entry_of
from provender.store.undo import Kept, image_of, remember
from provender.terms.errors import InputError, NotFoundError

MOST_AT_ONCE = 500
LONGEST_NOTE = 10_000


def food_entry(
    member: Member,
    found: Food,
    *,
    day: date,
    meal: Meal,
    amount: Decimal,
    unit: str,
    key: UUID | None = None,
) -> Entry:
    """An entry for a food, with its snapshot, not yet kept.

    Raises:
        InputError: An amount or unit that cannot be used with this food.
    """
    snapshot = snapshot_of(found, catalogue().digest)
    mass_g = eaten_mass_g(snapshot, amount, unit)
    return _entry(
        member,
        day,
        Kind.FOOD,
        found.name if not found.brand else f"{found.name} ({found.brand})",
        key=key,
        meal=meal,
        amount=amount,
        unit=unit,
        mass_g=mass_g,
        energy_kcal=energy_of(snapshot, amount, mass_g),
        snapshot=snapshot,
    )


def _entry(member: Member, day: date, kind: Kind, name: str, *, key: UUID | None = None, **rest: Any) -> Entry:
    return Entry(key=key or uuid4(), day=day, zone=member.zone, at=now(), kind=kind, name=name, **rest)


def log_food(
    member: Member,
    food_id: str,
    *,
    day: date,
    meal: Meal,
    amount: Decimal,
    unit: str,
    key: UUID | None = None,
) -> Kept:
    """Keep one food eaten.

    Raises:
        NotFoundError: No such food.
        InputError: An amount or unit that cannot be used with it.
    """
    found = food(member, food_id)
    return keep(member, [food_entry(member, found, day=day, meal=meal, amount=amount, unit=unit, key=key)])


def energy_entry(
    member: Member, kcal: Decimal, *, day: date, meal: Meal, name: str = "", key: UUID | None = None
) -> Entry:
    """An entry of calories without a food, not yet kept.

    Raises:
        InputError: Not a positive number up to 10,000.
    """
    checked_amount(kcal, field="kcal")
    rest = {"meal": meal, "amount": kcal, "unit": "kcal", "energy_kcal": float(kcal)}
    return _entry(member, day, Kind.ENERGY, name.strip() or "Quick calories", key=key, **rest)


def log_energy(
    member: Member, kcal: Decimal, *, day: date, meal: Meal, name: str = "", key: UUID | None = None
) -> Kept:
    """Keep calories without a food: every nutrient but energy stays unknown.

    Raises:
        InputError: Not a positive number up to 10,000.
    """
    return keep(member, [energy_entry(member, kcal, day=day, meal=meal, name=name, key=key)])


def log_exercise(
    member: Member,
    name: str,
    *,
    day: date,
    minutes: Decimal | None,
    energy_kcal: float | None,
    activity_id: str = "",
    key: UUID | None = None,
) -> Kept:
    """Keep exercise with the energy it took beyond rest; None when that is unknown.

    Raises:
        InputError: No name, or minutes that do not fit in a day, or calories that are not a positive number.
    """
    if not name.strip():
        raise InputError("found no name; what did you do?", field="name")
    if minutes is not None and checked_amount(minutes, field="minutes") > 24 * 60:
        raise InputError(f"found {minutes:f} minutes; a day has 1,440", field="minutes")
    if energy_kcal is not None:
        checked_amount(Decimal(str(energy_kcal)), field="kcal")
    made = _entry(
        member, day, Kind.EXERCISE, name.strip(), key=key, amount=minutes, unit="min", energy_kcal=energy_kcal
    )
    return keep(member, [replace(made, snapshot=replace(made.snapshot, food_id=activity_id, basis_g=None))])


def log_measure(
    member: Member,
    kind: Kind,
    *,
    day: date,
    amount: Decimal,
    unit: str,
    name: str,
    mass_g: Decimal | None = None,
    key: UUID | None = None,
) -> Kept:
    """Keep water, a weighing or a score.

    Raises:
        InputError: Water or weight that is not a positive number.
    """
    if kind is not Kind.OBSERVATION:
        checked_amount(amount)
    return keep(member, [_entry(member, day, kind, name, key=key, amount=amount, unit=unit, mass_g=mass_g)])


def log_note(member: Member, text: str, *, day: date, key: UUID | None = None) -> Kept:
    """Keep a note.

    Raises:
        InputError: It is empty or longer than 10,000 characters.
    """
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise InputError(f"found {len(text):,} characters, expected 1 to {LONGEST_NOTE:,}", field="text")
    return keep(member, [_entry(member, day, Kind.NOTE, "Note", key=key, text=text.strip())])


@transaction.atomic
def keep(member: Member, entries: Sequence[Entry], *, sentence: str | None = None) -> Kept:
    """Keep new entries; an entry whose key is already there is not kept twice.

    Raises:
        InputError: More than 500 at once.
    """
    if len(entries) > MOST_AT_ONCE:
        raise InputError(f"found {len(entries)} entries, expected at most {MOST_AT_ONCE} at once")
    Member.objects.select_for_update().get(pk=member.pk)  # one writer a diary: a key cannot be kept twice
    there = {row.key: row for row in DiaryEntry.objects.filter(member=member, key__in=[e.key for e in entries])}
    fresh = [e for e in entries if e.key not in there]
    rows = [row_from_entry(e, member.pk) for e in _placed(member, fresh)]
    for row in rows:
        row.save(force_insert=True)
    sentence = sentence or _logged(fresh)
    change = remember(member, sentence, [{"id": row.pk, "row": None} for row in rows]) if rows else None
    kept = tuple(entry_from_row(row) for row in [*there.values(), *rows])
    return Kept(kept, sentence, change)


def _placed(member: Member, entries: Iterable[Entry]) -> list[Entry]:
    """Entries with positions after what is already on their day."""
    last: dict[date, int] = {}
    placed = []
    for e in entries:
        if e.day not in last:
            found = DiaryEntry.objects.filter(member=member, day=e.day).aggregate(last=Max("position"))
            last[e.day] = found["last"] or 0
        last[e.day] += 1
        placed.append(replace(e, position=last[e.day]))
    return placed


def _logged(entries: Sequence[Entry]) -> str:
    if not entries:
        return "Already logged."
    return f"Logged {entries[0].name}." if len(entries) == 1 else f"Logged {len(entries)} entries."


def _row(member: Member, entry_id: int) -> DiaryEntry:
    found = DiaryEntry.objects.select_for_update().filter(member=member, pk=entry_id, deleted_at=None).first()
    if found is None:
        raise NotFoundError("That entry is not in your diary; it may have been deleted. Undo brings it back.")
    return found


@transaction.atomic
def change_entry(
    member: Member,
    entry_id: int,
    *,
    amount: Decimal | None = None,
    unit: str | None = None,
    meal: Meal | None = None,
    day: date | None = None,
    text: str | None = None,
) -> Kept:
    """Change an entry's amount, unit, meal, day or words; what was not said stays.

    Raises:
        NotFoundError: No such entry of this member.
        InputError: An amount or unit that cannot be used with the food as it was logged.
    """
    row = _row(member, entry_id)
    before = image_of(row)
    old = entry_from_row(row)
    new = replace(old, meal=meal or old.meal, day=day or old.day, text=text if text is not None else old.text)
    if amount is not None or unit is not None:
        new = _with_amount(new, old.amount if amount is None else amount, old.unit if unit is None else unit)
    if new.day != old.day:
        new = _placed(member, [new])[0]
    fresh = row_from_entry(new, member.pk)
    fresh.pk = row.pk
    fresh.save()
    sentence = f"Changed {new.name}."
    return Kept((entry_from_row(fresh),), sentence, remember(member, sentence, [before]))


def _with_amount(entry: Entry, amount: Decimal | None, unit: str) -> Entry:
    if amount is None:
        return entry
    if entry.kind is Kind.DOSE:
        return replace(entry, amount=checked_doses(amount))
    if entry.kind is not Kind.OBSERVATION:
        checked_amount(amount)
    if entry.kind is Kind.FOOD:
        mass_g = eaten_mass_g(entry.snapshot, amount, unit)
        energy = energy_of(entry.snapshot, amount, mass_g)
        return replace(entry, amount=amount, unit=unit, mass_g=mass_g, energy_kcal=energy)
    if entry.kind is Kind.ENERGY:
        return replace(entry, amount=amount, energy_kcal=float(amount))
    if entry.kind is Kind.EXERCISE and entry.energy_kcal is not None and entry.amount:
        return replace(entry, amount=amount, energy_kcal=entry.energy_kcal * float(amount / entry.amount))
    return replace(entry, amount=amount)


@transaction.atomic
def delete_entries(member: Member, entry_ids: Sequence[int]) -> Kept:
    """Take entries out of the diary; undo brings them back.

    Raises:
        NotFoundError: One of them is not this member's.
    """
    rows = [_row(member, entry_id) for entry_id in entry_ids]
    before = [image_of(row) for row in rows]
    for row in rows:
        row.deleted_at = now()
        row.save(update_fields=["deleted_at"])
    sentence = f"Deleted {rows[0].name}." if len(rows) == 1 else f"Deleted {len(rows)} entries."
    return Kept((), sentence, remember(member, sentence, before))


def copy_entries(
    member: Member, entry_ids: Sequence[int], *, day: date, meal: Meal | None = None, key: UUID | None = None
) -> Kept:
    """Log entries again, as they were, on another day or at another meal.

    Args:
        member: Whose diary.
        entry_ids: Which entries.
        day: Onto which day.
        meal: At which meal; None keeps each one's own.
        key: One key for the whole action: the same key copies once.

    Raises:
        NotFoundError: One of them is not this member's.
    """
    source = [entry_of(member, entry_id) for entry_id in entry_ids]
    copies = [
        replace(
            e,
            id=None,
            key=uuid4() if key is None else UUID(int=(key.int + i) % 2**128),
            day=day,
            zone=member.zone,
            at=now(),
            meal=(meal or e.meal) if e.meal else None,
        )
        for i, e in enumerate(source)
    ]
    what = copies[0].name if len(copies) == 1 else f"{len(copies)} entries"
    return keep(member, copies, sentence=f"Copied {what} to {day:%A %-d %B}.")


def copy_day(member: Member, source: date, *, day: date, meal: Meal | None = None, key: UUID | None = None) -> Kept:
    """Log what was eaten on another day, or at one of its meals, again on this day.

    Raises:
        InputError: Nothing was eaten then.
    """
    rows = DiaryEntry.objects.filter(
        member=member, day=source, deleted_at=None, kind__in=[Kind.FOOD.value, Kind.ENERGY.value]
    )
    if meal:
        rows = rows.filter(meal=meal.value)
    found = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    if not found:
        what = meal.value if meal else "food"
        raise InputError(f"no {what} is logged on {source:%A %-d %B %Y}; choose another day to copy", field="source")
    return copy_entries(member, found, day=day, key=key)


def mark_day(member: Member, day: date, *, complete: bool) -> None:
    """Say that everything eaten on a day is logged, or take that back."""
    DayMark.objects.update_or_create(member=member, day=day, defaults={"complete": complete})
