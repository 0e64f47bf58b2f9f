"""``provender plan``: daily calories for a person and a goal."""

import re
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly, table
from provender.energy.curve_basis import curve_basis
from provender.energy.curve_words import (
    COVERS,
    curve_sentences,
    day_words,
    mass_in,
    milestone_name,
    pace_words,
    signed_rate_in,
)
from provender.energy.plan import Goal, Person, Plan
from provender.energy.plan import plan as planned
from provender.energy.projection import Projection, no_curve, project
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
    curve = project(found, now().date())
    unit = "kg" if "kg" in f"{weight} {goal_weight}".lower() else "lb"
    if json:
        return as_json({**plan_values(found), "curve": None if curve is None else curve_values(curve, unit)})
    show(found)
    return show_curve(found, curve, unit)


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


def curve_values(found: Projection, unit: str) -> dict[str, Any]:
    """A plan's curve as JSON, weekly; what is not known or does not come is null.

    Args:
        found: The projection.
        unit: ``kg`` or ``lb``, for the sentences; the numbers are in kg.
    """
    weekly = [*range(0, len(found.days) - 1, 7), len(found.days) - 1]
    names = ("week", "day", "weight_kg", "low_kg", "high_kg", "kg_per_week", "keep_kcal", "below_floor", "is_goal")
    return {
        "sentences": list(curve_sentences(found, unit)),
        "goal": None if found.goal is None else asdict(found.goal),
        "settled_kg": found.settled_kg,
        "settled_low_kg": found.settled_low_kg,
        "settled_high_kg": found.settled_high_kg,
        "water_kg": found.water_kg,
        "milestones": [{name: getattr(m, name) for name in names} for m in found.milestones],
        "days": [found.days[i] for i in weekly],
        "weight_kg": [round(float(found.weight_kg[i]), 3) for i in weekly],
        "low_kg": [round(float(found.low_kg[i]), 3) for i in weekly],
        "high_kg": [round(float(found.high_kg[i]), 3) for i in weekly],
        "interval": 0.9,
        "covers": COVERS,
        "basis": list(curve_basis(found)),
    }


def show_curve(plan: Plan, found: Projection | None, unit: str) -> None:
    """Print what the curve says and its milestones, or why there is none.

    Args:
        plan: The plan.
        found: Its projection; None when none is drawn.
        unit: ``kg`` or ``lb``.
    """
    if found is None:
        typer.echo(f"\n{no_curve(plan)}")
        return
    typer.echo("\n" + "\n".join(curve_sentences(found, unit)) + "\n")
    rows = [("", "day", "weight", "nine in ten", "a week", "kcal to keep the pace")]
    rows += [
        (
            milestone_name(m),
            day_words(m.day),
            mass_in(m.weight_kg, unit),
            f"{mass_in(m.low_kg, unit)} to {mass_in(m.high_kg, unit)}",
            signed_rate_in(m.kg_per_week, unit),
            pace_words(m),
        )
        for m in found.milestones
    ]
    table(rows, indent="  ")
    typer.echo(f"\n{COVERS}")


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
