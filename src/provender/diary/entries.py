"""What a person wrote in the diary: frozen values, each with its zone and day."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from provender.catalogue.food import Food, Portion
from provender.terms.errors import InputError
from provender.terms.units import MASS_G

LARGEST_MASS_G = Decimal(20_000)
"""No single entry weighs more: twenty kilograms of one food is a slip of the finger."""
LARGEST_QUANTITY = Decimal(10_000)
LARGEST_DOSES = Decimal(100)
"""Nobody takes more doses at once; drops are the most that are counted."""
SERVING = "serving"


class Kind(StrEnum):
    """What an entry records."""

    FOOD = "food"
    ENERGY = "energy"
    EXERCISE = "exercise"
    WATER = "water"
    WEIGHT = "weight"
    NOTE = "note"
    DOSE = "dose"
    OBSERVATION = "observation"


class Meal(StrEnum):
    """When in the day it was eaten."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    SNACKS = "snacks"


def usual_meal(hour: int) -> Meal:
    """The meal people have at this hour, 0 to 23, of their own clock."""
    if 4 <= hour < 11:
        return Meal.BREAKFAST
    if 11 <= hour < 15:
        return Meal.LUNCH
    return Meal.DINNER if 17 <= hour < 22 else Meal.SNACKS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was known of a food at the moment it was logged; it never changes afterwards.

    Attributes:
        food_id: Where it came from; the food itself may be gone.
        digest: Digest of the catalogue artifact it was read from; "" for a person's own food.
        basis_g: Mass in grams the composition refers to; None: per serving of unknown mass.
        composition: Nutrient id to amount per basis; unknown is absent.
        portions: The food's measures at that time.
    """

    food_id: str = ""
    digest: str = ""
    basis_g: Decimal | None = Decimal(100)
    composition: Mapping[str, float] = field(default_factory=dict)
    portions: tuple[Portion, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the diary.

    Attributes:
        id: The store's number, None before it is kept.
        key: Made by whoever writes it; the same key is never kept twice.
        day: The date in the person's zone, decided when it was written and never recomputed.
        zone: IANA name of that zone.
        at: When it was written, in UTC.
        kind: What it records.
        meal: Which meal, for food and quick calories.
        name: What to call it.
        amount: How many of ``unit``: portions or grams, kcal for a quick entry, minutes of exercise, volume of water,
            doses, body weight in ``unit``, score of an observation.
        unit: A portion's label, a unit of mass or volume, ``kcal``, ``min``, or an instrument.
        mass_g: Eaten mass, or body mass, in grams; None when unknown.
        energy_kcal: Eaten, or spent by exercise; None when unknown, never 0 for unknown.
        text: The words of a note.
        snapshot: The food as it was.
    """

    key: UUID
    day: date
    zone: str
    at: datetime
    kind: Kind
    name: str
    id: int | None = None
    meal: Meal | None = None
    position: int = 0
    amount: Decimal | None = None
    unit: str = ""
    mass_g: Decimal | None = None
    energy_kcal: float | None = None
    text: str = ""
    snapshot: Snapshot = field(default_factory=Snapshot)

    @property
    def intake(self) -> dict[str, float]:
        """Nutrient id to amount eaten in this entry; unknown is absent."""
        if self.kind is Kind.ENERGY:
            return {} if self.energy_kcal is None else {"ENERC_KCAL": self.energy_kcal}
        if self.kind is not Kind.FOOD:
            return {}
        factor = share_of_basis(self.snapshot, self.amount, self.mass_g)
        return {} if factor is None else {n: v * factor for n, v in self.snapshot.composition.items()}

    @property
    def doses(self) -> dict[str, float]:
        """Nutrient id to amount in the doses of this entry; never part of ``intake``, which is food alone."""
        if self.kind is not Kind.DOSE or self.amount is None:
            return {}
        return {nutrient: value * float(self.amount) for nutrient, value in self.snapshot.composition.items()}


def share_of_basis(snapshot: Snapshot, amount: Decimal | None, mass_g: Decimal | None) -> float | None:
    """How many times the composition's basis was eaten; None when that cannot be known.

    Args:
        snapshot: The food as it was logged.
        amount: How many servings, used when the composition is per serving of unknown mass.
        mass_g: Eaten mass in grams, used when the composition is per mass.
    """
    if snapshot.basis_g is None:
        return None if amount is None else float(amount)
    if mass_g is None:
        return None
    return float(mass_g / snapshot.basis_g)


def snapshot_of(food: Food, digest: str) -> Snapshot:
    """The snapshot an entry keeps of a food read from the artifact with this digest."""
    basis = None if food.basis_g is None else Decimal(str(food.basis_g))
    return Snapshot(food.id, "" if food.kind == "own" else digest, basis, dict(food.composition), food.portions)


def units_for(snapshot: Snapshot) -> tuple[str, ...]:
    """The units this food can be logged in without guessing: its own portions, then mass."""
    labels = tuple(dict.fromkeys(p.label for p in snapshot.portions))
    if snapshot.basis_g is None:
        return labels or (SERVING,)
    return labels + tuple(u for u in ("g", "oz", "kg", "lb") if u not in labels)


def eaten_mass_g(snapshot: Snapshot, amount: Decimal, unit: str) -> Decimal | None:
    """Grams in ``amount`` of ``unit`` of this food; None for a serving of unknown mass.

    Args:
        snapshot: The food as it is logged.
        amount: How many; positive.
        unit: A label of ``units_for(snapshot)``.

    Raises:
        InputError: An amount that is not a positive number, is absurdly large, or a unit this food does not have.
    """
    checked_amount(amount)
    for portion in snapshot.portions:
        if portion.label == unit:
            return None if portion.mass_g is None else _checked_mass(amount * Decimal(str(portion.mass_g)))
    if unit in MASS_G and snapshot.basis_g is not None:
        return _checked_mass(amount * MASS_G[unit])
    if unit == SERVING and snapshot.basis_g is None:
        return None
    raise InputError(
        f"found the unit “{unit}”, which this food has no measure for; choose one of its measures, or grams",
        field="unit",
    )


def checked_amount(amount: Decimal, *, field: str = "amount") -> Decimal:
    """The amount itself, if a person can have meant it.

    Raises:
        InputError: Not a number, zero, negative or over ten thousand.
    """
    if not amount.is_finite() or amount <= 0:
        raise InputError(f"found {amount}, expected a number above 0", field=field)
    if amount > LARGEST_QUANTITY:
        raise InputError(f"found {amount:,f}, expected at most {LARGEST_QUANTITY:,}; is it a slip?", field=field)
    return amount


def checked_doses(doses: Decimal) -> Decimal:
    """The number of doses itself, if a person can have taken so many at once.

    Raises:
        InputError: Not a number above 0 up to a hundred.
    """
    checked_amount(doses, field="doses")
    if doses > LARGEST_DOSES:
        raise InputError(f"found {doses:f} doses at once, expected at most {LARGEST_DOSES:f}", field="doses")
    return doses


def _checked_mass(mass_g: Decimal) -> Decimal:
    if mass_g > LARGEST_MASS_G:
        raise InputError(
            f"that comes to {mass_g / 1000:,.1f} kg of one food; at most {LARGEST_MASS_G / 1000:f} kg is kept in one"
            " entry. Is the unit right?",
            field="amount",
        )
    return mass_g.quantize(Decimal("0.0001"))


def energy_of(snapshot: Snapshot, amount: Decimal | None, mass_g: Decimal | None) -> float | None:
    """Energy in kcal of what was eaten; None when the food's energy is unknown."""
    factor = share_of_basis(snapshot, amount, mass_g)
    per_basis = snapshot.composition.get("ENERC_KCAL")
    if factor is None or per_basis is None or not math.isfinite(per_basis):
        return None
    return per_basis * factor
