"""Rows to core values and back."""

from typing import Any

from provender.catalogue.food import Food, Portion
from provender.diary.entries import Entry, Kind, Meal, Snapshot
from provender.store.models import DiaryEntry, OwnFood

OWN = "own"


def portions_to_json(portions: tuple[Portion, ...]) -> list[list[Any]]:
    """Portions as JSON keeps them: ``[amount, measure, mass_g]``."""
    return [[p.amount, p.measure, p.mass_g] for p in portions]


def portions_from_json(kept: list[list[Any]]) -> tuple[Portion, ...]:
    """Portions from ``[amount, measure, mass_g]``."""
    return tuple(Portion(float(a), str(m), None if g is None else float(g)) for a, m, g in kept)


def entry_from_row(row: DiaryEntry) -> Entry:
    """The value of a row."""
    return Entry(
        id=row.pk,
        key=row.key,
        day=row.day,
        zone=row.zone,
        at=row.at,
        kind=Kind(row.kind),
        meal=Meal(row.meal) if row.meal else None,
        position=row.position,
        name=row.name,
        amount=row.amount,
        unit=row.unit,
        mass_g=row.mass_g,
        energy_kcal=row.energy_kcal,
        text=row.text,
        snapshot=Snapshot(
            food_id=row.food_id,
            digest=row.digest,
            basis_g=row.basis_g,
            composition=row.composition,
            portions=portions_from_json(row.portions),
        ),
    )


def row_from_entry(entry: Entry, member_id: int) -> DiaryEntry:
    """An unsaved row of a value."""
    return DiaryEntry(
        member_id=member_id,
        key=entry.key,
        day=entry.day,
        zone=entry.zone,
        at=entry.at,
        kind=entry.kind.value,
        meal=entry.meal.value if entry.meal else "",
        position=entry.position,
        name=entry.name[:300],
        amount=entry.amount,
        unit=entry.unit[:160],
        mass_g=entry.mass_g,
        energy_kcal=entry.energy_kcal,
        text=entry.text,
        food_id=entry.snapshot.food_id,
        digest=entry.snapshot.digest,
        basis_g=entry.snapshot.basis_g,
        composition=dict(entry.snapshot.composition),
        portions=portions_to_json(entry.snapshot.portions),
    )


def food_from_row(row: OwnFood) -> Food:
    """A person's own food as every other room knows foods."""
    return Food(
        id=f"{OWN}:{row.pk}",
        name=row.name,
        source=OWN,
        source_id=str(row.pk),
        release=row.changed_at.date().isoformat(),
        category="My recipes" if row.is_recipe else "My foods",
        kind=OWN,
        brand=row.brand or None,
        barcode=row.barcode or None,
        basis_g=None if row.basis_g is None else float(row.basis_g),
        composition=row.composition,
        portions=portions_from_json(row.portions),
    )
