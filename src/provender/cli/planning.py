"""``provender plan``: daily calories for a person and a goal."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly, table
from provender.energy.plan import Goal, Person, Plan
from provender.energy.plan import plan as planned
from provender.energy.requirement import ACTIVITY_LEVELS, LIFE_STAGES
from provender.store.days import now
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import convert, parse_height, parse_mass

LEVELS = ", ".join(level.id for level in ACTIVITY_LEVELS)
STAGES = ", ".join(LIFE_STAGES)
_RATE = re.compile(r"\s*([-+]?)\s*([0-9.,][0-9.,/ ]*)\s*([a-z]*)\s*(?:per week|a week|/week|/wk)?\s*", re.IGNORECASE)


@plainly
def plan(
    sex: Annotated[str, typer.Option(help="female or male.")],
    height: Annotated[str, typer.Option(help="As in “170 cm” or “5 ft 7 in”.")],
    weight: Annotated[str, typer.Option(help="As in “68 kg”, “150 lb” or “10 st 10 lb”.")],
    age: Annotated[float | None, typer.Option(help="In years.")] = None,
    birth_date: Annotated[str, typer.Option(help="Instead of an age: 1984-05-31.")] = "",
    activity: Annotated[str, typer.Option(help=f"{LEVELS}.")] = "inactive",
    rate: Annotated[str, typer.Option(help="Change a week: “-1 lb”, “-0.5 kg”, “0”, “1 lb”.")] = "0",
    goal_weight: Annotated[str, typer.Option(help="The weight to reach, as in “62 kg”.")] = "",
    life_stage: Annotated[str, typer.Option(help=f"{STAGES}.")] = "none",
    *,
    eating_disorder: Annotated[
        bool, typer.Option("--eating-disorder", help="Has or had one: then no loss is planned.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Daily calories for a person and a goal; nothing is kept."""
    if age is not None and birth_date:
        raise InputError("found an age and a birth date; give one of them", field="age")
    person = Person(
        sex=sex,
        height_m=float(parse_height(height)),
        weight_kg=float(parse_mass(weight)),
        activity=activity,
        age_y=age,
        birth_date=_date(birth_date) if birth_date else None,
        on=now().date(),
        life_stage=life_stage,
        eating_disorder=eating_disorder,
    )
    found = planned(person, Goal(kg_per_week(rate), float(parse_mass(goal_weight)) if goal_weight else None))
    return as_json(plan_values(found)) if json else show(found)


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InputError(f"found {typed!r}, expected a date such as 1984-05-31", field="birth_date") from error


def kg_per_week(typed: str) -> float:
    """A weekly change in kilograms from ``-1 lb``, ``-0.5 kg`` or ``0``; a bare number is kilograms.

    Raises:
        InputError: Not a number, or a unit that is no mass.
    """
    said = _RATE.fullmatch(typed.replace("\N{MINUS SIGN}", "-"))
    if said is None:
        raise InputError(
            f"found the rate {typed!r}, expected a change a week such as “-1 lb” or “0.25 kg”", field="rate"
        )
    sign, number, unit = said.groups()
    value = parse_number(number.strip(), field="rate") * (Decimal(-1) if sign == "-" else Decimal(1))
    return float(convert(value, unit, "kg")) if unit else float(value)


def plan_values(found: Plan) -> dict[str, Any]:
    """A plan as JSON; what cannot be known is null."""
    names = (
        *("daily_kcal", "maintenance_kcal", "maintenance_low_kcal", "maintenance_high_kcal", "resting_kcal"),
        *("kcal_per_kg", "requested_kg_per_week", "allowed_kg_per_week", "protein_rda_g", "age_y"),
    )
    return {
        **{name: getattr(found, name) for name in names},
        "bmi": round(found.bmi, 2),
        "equation": found.requirement.equation,
        "source": found.requirement.source,
        "guards": [{"name": g.name, "acted": g.acted, "sentence": g.sentence} for g in found.guards],
        "macros": [{"nutrient": m.nutrient, "low_g": m.low_g, "high_g": m.high_g} for m in found.macros],
        "notes": list(found.notes),
    }


def show(found: Plan) -> None:
    """Print a plan: the number, what it rests on, which guard rail acted and why."""
    if found.daily_kcal is not None:
        typer.echo(f"{found.daily_kcal:,} kcal a day\n")
    if found.maintenance_kcal is None:
        typer.echo("No equation covers this person, so no number is given.")
    else:
        typer.echo(f"keeps the weight: {found.maintenance_kcal:,.0f} kcal a day{_between(found)}")
        typer.echo(f"equation: {found.requirement.equation}")
    if found.macros:
        typer.echo("\na day")
        named = ((m.name, f"{m.low_g:.0f} to {m.high_g:.0f} g") for m in found.macros)
        table(named, indent="  ")
    sentences = [f"{g.name}: {g.sentence}" for g in found.acted if g.name != "rounding"]
    typer.echo("\n" + "\n".join([*sentences, *found.notes]))


def _between(found: Plan) -> str:
    low, high = found.maintenance_low_kcal, found.maintenance_high_kcal
    return "" if low is None or high is None else f", for nine people in ten {low:,.0f} to {high:,.0f}"
