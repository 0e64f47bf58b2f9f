"""Weighings as they were typed: what is in doubt, and what the person answers."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.db import transaction

from provender.diary.entries import Entry, Kind
from provender.store.days import FIRST_DAY, LAST_DAY
from provender.store.models import DiaryEntry, Member
from provender.store.rows import row_from_entry
from provender.store.selectors import entries_of_kind, entry
from provender.store.undo import Kept, image_of, remember
from provender.terms.errors import InputError, NotFoundError
from provender.terms.units import convert

UNITS: Final = ("kg", "lb", "st")
NEAR: Final = 0.3
"""Weighings within 30 % of one another are of one level (own; as in ``energy.weighing``)."""
POUNDS_A_KG: Final = 2.20462262


def mass_kg(weighing: Entry) -> float | None:
    """Body mass in kilograms; None when it is unknown."""
    return None if weighing.mass_g is None else float(weighing.mass_g) / 1000


def said_right(weighing: Entry) -> bool:
    """Whether the person said that this very number is right; a number changed afterwards is asked about again."""
    return bool(weighing.text) and weighing.text == _right(weighing)


def _right(weighing: Entry) -> str:
    return f"{mass_kg(weighing):g} kg is right"


def others(member: Member, entry_id: int) -> list[int]:
    """The weighings about 2.2 times this one, or 1/2.2 of it, in any year: what another unit would make its like.

    Raises:
        NotFoundError: No such weighing of this member.
        InputError: There are none.
    """
    kg = mass_kg(weighing(member, entry_id))
    every = entries_of_kind(member, Kind.WEIGHT, FIRST_DAY, LAST_DAY)
    found = [other.id for other in every if other.id is not None and _in_other_unit(mass_kg(other), kg)]
    if not found:
        raise InputError("found no weighing about 2.2 times this one; open its day to change it", field="answer")
    return found


def _in_other_unit(one_kg: float | None, kg: float | None) -> bool:
    if not one_kg or not kg:
        return False
    return any(abs(one_kg / (kg * times) - 1) <= NEAR for times in (POUNDS_A_KG, 1 / POUNDS_A_KG))


def weighing(member: Member, entry_id: int) -> Entry:
    """One weighing of this member.

    Raises:
        NotFoundError: It is not there, is another person's, or is no weighing.
    """
    found = entry(member, entry_id)
    if found.kind is not Kind.WEIGHT:
        raise NotFoundError("That entry is not a weighing; open its day to change it.")
    return found


def confirm(member: Member, entry_id: int) -> Kept:
    """Keep that the person says a weighing is right; it is not asked about again.

    Raises:
        NotFoundError: No such weighing of this member.
    """
    found = weighing(member, entry_id)
    return _rewritten(member, [replace(found, text=_right(found))], "Kept as it is.")


def reread(member: Member, entry_ids: Sequence[int], unit: str) -> Kept:
    """Read the typed numbers in another unit: 165 typed as kilograms becomes 165 lb.

    Args:
        member: Whose weighings.
        entry_ids: Which ones.
        unit: ``kg``, ``lb`` or ``st``.

    Raises:
        NotFoundError: One of them is no weighing of this member.
        InputError: Another unit.
    """
    if unit not in UNITS:
        raise InputError(f"found the unit “{unit[:20]}”, expected one of {', '.join(UNITS)}", field="unit")
    changed = [_in_unit(weighing(member, entry_id), unit) for entry_id in entry_ids]
    what = changed[0].name if len(changed) == 1 else f"{len(changed)} weighings"
    return _rewritten(member, changed, f"Read {what} in {unit}.")


def _in_unit(found: Entry, unit: str) -> Entry:
    if found.amount is None:
        raise InputError("that weighing holds no number; open its day and write one", field="amount")
    grams = (convert(found.amount, unit, "kg") * 1000).quantize(Decimal("0.0001"))
    return replace(found, unit=unit, mass_g=grams, text="")


@transaction.atomic
def _rewritten(member: Member, changed: Sequence[Entry], sentence: str) -> Kept:
    before = []
    for found in changed:
        row = DiaryEntry.objects.select_for_update().get(member=member, key=found.key)
        before.append(image_of(row))
        fresh = row_from_entry(found, member.pk)
        fresh.pk = row.pk
        fresh.save(force_update=True)
    return Kept(tuple(changed), sentence, remember(member, sentence, before))
