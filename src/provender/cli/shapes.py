"""Foods and plans as the terminal shows them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from provender.catalogue.food import Food
from provender.energy.plan import Goal, Person, Plan, plan
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import convert, parse_height, parse_mass


def food_values(food: Food) -> dict[str, Any]:
    """A food as JSON; a nutrient that is not there is unknown."""
    names = ("id", "name", "brand", "kind", "category", "source", "source_id", "release", "barcode", "basis_g")
    return {
        **{name: getattr(food, name) for name in names},
        "composition": dict(food.composition),
        "portions": [{"label": p.label, "mass_g": p.mass_g} for p in food.portions],
    }


def planned(
    sex: str,
    height: str,
    weight: str,
    age: float | None,
    birth_date: str,
    activity: str,
    rate: str,
    life_stage: str,
) -> Plan:
    """The plan for what was typed.

    Raises:
        InputError: Something that cannot be read, or that no body can be.
    """
    person = Person(
        sex=sex,
        height_m=float(parse_height(height)),
        weight_kg=float(parse_mass(weight)),
        activity=activity,
        age_y=age,
        birth_date=_date(birth_date) if birth_date else None,
        on=datetime.now(UTC).date(),
        life_stage=life_stage,
    )
    return plan(person, Goal(_kg_per_week(rate)))


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InputError(f"found {typed!r}, expected a date such as 1984-05-31", field="birth_date") from error


def _kg_per_week(typed: str) -> float:
    number, _, unit = typed.strip().partition(" ")
    value = parse_number(number, field="rate")
    return float(value if value == 0 else convert(value, unit.strip() or "kg", "kg"))


def plan_values(found: Plan) -> dict[str, Any]:
    """A plan as JSON; what cannot be known is null."""
    names = ("daily_kcal", "maintenance_kcal", "maintenance_low_kcal", "maintenance_high_kcal", "resting_kcal")
    return {
        **{name: getattr(found, name) for name in names},
        "requested_kg_per_week": found.requested_kg_per_week,
        "allowed_kg_per_week": found.allowed_kg_per_week,
        "bmi": round(found.bmi, 2),
        "equation": found.requirement.equation,
        "source": found.requirement.source,
        "guards": [{"name": g.name, "acted": g.acted, "sentence": g.sentence} for g in found.guards],
        "macros": [{"nutrient": m.nutrient, "low_g": m.low_g, "high_g": m.high_g} for m in found.macros],
        "notes": list(found.notes),
    }


def plan_text(found: Plan) -> str:
    """A plan in a few lines."""
    lines = []
    if found.daily_kcal is not None:
        lines.append(f"{found.daily_kcal:,} kcal a day")
    if found.maintenance_kcal is None:
        lines.append("No equation covers this person.")
    else:
        known = found.maintenance_low_kcal is not None and found.maintenance_high_kcal is not None
        between = f" ({found.maintenance_low_kcal:,.0f} to {found.maintenance_high_kcal:,.0f})" if known else ""
        lines.append(f"Keeps the weight: {found.maintenance_kcal:,.0f} kcal{between}, {found.requirement.equation}")
    lines += [f"{m.name}: {m.low_g:.0f} to {m.high_g:.0f} g" for m in found.macros]
    lines += [f"{g.name}: {g.sentence}" for g in found.acted if g.name != "rounding"]
    return "\n".join([*lines, *found.notes])


def decimal_text(value: Decimal | None) -> str:
    """A typed number without trailing zeros."""
    return "" if value is None else f"{value.normalize():f}"
