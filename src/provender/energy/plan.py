"""The goal form: from a person and a weekly rate to daily calories, with every guard rail that acted."""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from provender.energy.macronutrients import MacroRange, macro_ranges, protein_rda_g
from provender.energy.requirement import (
    ADULT_AGE_Y,
    Requirement,
    energy_of_change_kcal_per_kg,
    fat_mass_kg,
    requirement,
    resting_energy_kcal,
)
from provender.terms.errors import InputError
from provender.terms.units import (
    LARGEST_HEIGHT_M,
    LARGEST_MASS_KG,
    SMALLEST_HEIGHT_M,
    SMALLEST_MASS_KG,
    amount_text,
    convert,
)

FLOOR_KCAL: Final = {"female": 1200.0, "male": 1500.0}
"""Lowest daily target. Source: Jensen MD et al. (2014), 2013 AHA/ACC/TOS guideline, DOI
10.1161/01.cir.0000437739.71477.ee."""
FASTEST_SHARE_A_WEEK: Final = 0.01
"""Fastest change offered, as a share of body weight a week (own; CDC advises 1 to 2 lb a week)."""
LOWEST_BMI: Final = 18.5
FASTEST_ASKED_KG: Final = 5.0
SAME_WEIGHT_KG: Final = 0.05
"""A goal as near as this is reached: no scale at home tells them apart."""
NORMAL_90: Final = 1.6449
"""Half-width of a 90 % interval in standard errors."""
STEP_KCAL: Final = 10
INFORMATION: Final = (
    "This is information, not treatment: an estimate for people like you, which your own scale corrects."
)
LOGGING: Final = (
    "Most people write down less than they eat, often by 10 to 25 %. If your weight does not follow, that is"
    " the first thing to look at; the number here is food eaten, not food noted."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who the plan is for; give an age, or a birth date and the day it is asked on.

    Attributes:
        sex: ``female`` or ``male``: the equations know no other.
        height_m: Height in metres, 0.5 to 2.72.
        weight_kg: Body mass in kilograms, 2 to 650; in pregnancy the present one.
        activity: The id of one of ``requirement.ACTIVITY_LEVELS``.
        age_y: Age in years, 0 to 120.
        birth_date: Instead of an age, together with ``on``.
        on: The day the plan is asked for.
        life_stage: A key of ``requirement.LIFE_STAGES``.
        eating_disorder: Has or had one; then no weight loss is planned.
        weight_before_kg: Body mass before pregnancy; None when not pregnant or not known.
    """

    sex: str
    height_m: float
    weight_kg: float
    activity: str = "inactive"
    age_y: float | None = None
    birth_date: date | None = None
    on: date | None = None
    life_stage: str = "none"
    eating_disorder: bool = False
    weight_before_kg: float | None = None

    @property
    def bmi(self) -> float:
        """Body mass index, kg/m2."""
        return self.weight_kg / self.height_m**2

    @property
    def age(self) -> float:
        """Age in years; whole years when it comes from a birth date.

        Raises:
            InputError: Neither an age nor a birth date with its day, or a birth date after that day.
        """
        if self.age_y is not None:
            return self.age_y
        if self.birth_date is None or self.on is None:
            raise InputError("found no age; give your age in years or your birth date", field="age")
        if self.birth_date > self.on:
            raise InputError(f"found the birth date {self.birth_date}, which is yet to come", field="birth_date")
        born, on = self.birth_date, self.on
        return float(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person wants.

    Attributes:
        kg_per_week: Wanted change; negative to lose, 0 to stay.
        weight_kg: The weight they want to reach; None when they named none.
    """

    kg_per_week: float = 0.0
    weight_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A guard rail: what it is called, whether it changed the plan, and a sentence that says so."""

    name: str
    acted: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to the goal form; a number that cannot be known is None and a note says why.

    Attributes:
        person: As given.
        goal: As given.
        age_y: Age in years.
        bmi: Body mass index, kg/m2.
        requirement: The estimate, its equation and source.
        maintenance_kcal: Energy that keeps the weight, kcal a day; None when no equation covers this person.
        maintenance_low_kcal: Lower end of its 90 % interval for one person; None when no error is published.
        maintenance_high_kcal: Upper end of that interval.
        resting_kcal: Resting energy (Mifflin-St Jeor), kcal a day; None under 19.
        kcal_per_kg: Energy of the first kilogram of change; None under 19.
        daily_kcal: The target, a multiple of 10; None when no target is set.
        requested_kg_per_week: The rate that was asked for.
        allowed_kg_per_week: The rate the target is made for; None when no target is set.
        guards: Every guard rail, in the order applied.
        macros: Protein, fat and carbohydrate at the target; empty without one. Source: IOM 2005 (AMDR).
        protein_rda_g: Recommended protein, g a day: see ``macronutrients``; None under 19.
        notes: What else should be known, in sentences.
    """

    person: Person
    goal: Goal
    age_y: float
    bmi: float
    requirement: Requirement
    maintenance_kcal: float | None
    maintenance_low_kcal: float | None
    maintenance_high_kcal: float | None
    resting_kcal: float | None
    kcal_per_kg: float | None
    daily_kcal: int | None
    requested_kg_per_week: float
    allowed_kg_per_week: float | None
    guards: tuple[Guard, ...]
    macros: tuple[MacroRange, ...]
    protein_rda_g: float | None
    notes: tuple[str, ...]

    @property
    def acted(self) -> tuple[Guard, ...]:
        """The guard rails that changed the plan."""
        return tuple(g for g in self.guards if g.acted)


def plan(person: Person, goal: Goal) -> Plan:
    """Daily calories for a person and a goal.

    ``daily_kcal = maintenance_kcal + allowed_kg_per_week * kcal_per_kg / 7``, held by the guard rails and
    rounded to 10 kcal. The energy of a kilogram follows fat mass, not a fixed 7,700 kcal (see
    ``requirement.energy_of_change_kcal_per_kg``); it is the rate at the start, and slows as the body changes.

    Raises:
        InputError: Something no body can be (height outside 0.5 to 2.72 m, mass outside 2 to 650 kg, age
            outside 0 to 120, a rate over 5 kg a week), or a word not in the tables; ``field`` names it.
    """
    age = _checked(person, goal)
    before = None if person.weight_before_kg is None else person.weight_before_kg / person.height_m**2
    found = requirement(person.sex, age, person.height_m, person.weight_kg, person.activity, person.life_stage, before)
    adult = age >= ADULT_AGE_Y
    rho = None
    if adult:
        fat = fat_mass_kg(person.sex, age, person.height_m, person.weight_kg)
        rho = energy_of_change_kcal_per_kg(fat)
    rate, guards = _rate(person, goal, age)
    daily: int | None = None
    allowed: float | None = None
    if found.kcal is not None and rho is not None:
        daily, allowed, floor = _target(person, found.kcal, rate, rho)
        guards = (*guards, *floor)
    low, high = _interval(found)
    return Plan(
        person=person,
        goal=goal,
        age_y=age,
        bmi=person.bmi,
        requirement=found,
        maintenance_kcal=found.kcal,
        maintenance_low_kcal=low,
        maintenance_high_kcal=high,
        resting_kcal=resting_energy_kcal(person.sex, age, person.height_m, person.weight_kg),
        kcal_per_kg=rho,
        daily_kcal=daily,
        requested_kg_per_week=goal.kg_per_week,
        allowed_kg_per_week=allowed,
        guards=guards,
        macros=() if daily is None else macro_ranges(daily),
        protein_rda_g=protein_rda_g(person.weight_kg, person.life_stage) if adult else None,
        notes=tuple(note for note in (found.note, INFORMATION, LOGGING if daily is not None else "") if note),
    )


def _checked(person: Person, goal: Goal) -> float:
    """The age, once everything is something a body can be."""
    age = person.age
    _between(person.height_m, float(SMALLEST_HEIGHT_M), float(LARGEST_HEIGHT_M), "m", "height")
    _between(person.weight_kg, float(SMALLEST_MASS_KG), float(LARGEST_MASS_KG), "kg", "weight")
    _between(age, 0, 120, "years", "birth_date" if person.age_y is None else "age")
    _between(goal.kg_per_week, -FASTEST_ASKED_KG, FASTEST_ASKED_KG, "kg a week", "goal")
    for weight, field in ((goal.weight_kg, "goal_weight"), (person.weight_before_kg, "weight_before")):
        if weight is not None:
            _between(weight, float(SMALLEST_MASS_KG), float(LARGEST_MASS_KG), "kg", field)
    return age


def _between(found: float, low: float, high: float, unit: str, field: str) -> None:
    if not low <= found <= high:
        raise InputError(
            f"found {found:g} {unit}, expected {field.replace('_', ' ')} from {low:g} to {high:g} {unit};"
            " is the unit right?",
            field=field,
        )


def _rate(person: Person, goal: Goal, age: float) -> tuple[float, tuple[Guard, ...]]:
    """The rate that remains once every guard rail on rates has been asked, and what each said."""
    rate = goal.kg_per_week
    guards: list[Guard] = []
    for name, stops, acted, quiet in _stops(person, goal, age):
        stopped = stops and rate != 0
        guards.append(Guard(name, stopped, acted if stopped else quiet))
        rate = 0.0 if stopped else rate
    fastest = FASTEST_SHARE_A_WEEK * person.weight_kg
    capped = abs(rate) > fastest
    limit = f"1 % of body weight a week, {mass_text(fastest)}"
    guards.append(
        Guard(
            "fastest change",
            capped,
            f"You asked for {mass_text(abs(rate))} a week; the plan goes no faster than {limit}."
            if capped
            else f"The rate stays within {limit}.",
        )
    )
    return (math.copysign(fastest, rate) if capped else rate), tuple(guards)


def _stops(person: Person, goal: Goal, age: float) -> tuple[tuple[str, bool, str, str], ...]:
    """The guard rails that set the rate to 0: name, whether it stops this goal, what it says if so or not."""
    losing = goal.kg_per_week < 0
    height_m = person.height_m
    least = LOWEST_BMI * height_m**2
    named = person.weight_kg if goal.weight_kg is None else goal.weight_kg
    away = goal.kg_per_week * (named - person.weight_kg) < 0
    there = goal.weight_kg is not None and abs(named - person.weight_kg) < SAME_WEIGHT_KG
    goal_bmi = None if goal.weight_kg is None else goal.weight_kg / height_m**2
    stage = person.life_stage
    return (
        (
            "age",
            age < ADULT_AGE_Y,
            "Under 19 no weight goal is set: growing needs energy. A doctor or dietitian can plan with you.",
            "You are 19 or over.",
        ),
        (
            "pregnancy",
            stage.startswith("pregnant") or (stage.startswith("lactating") and losing),
            "In pregnancy and while breastfeeding no loss is planned; the energy for both is included.",
            "No pregnancy or breastfeeding stands in the way of the goal.",
        ),
        (
            "eating disorder",
            person.eating_disorder and losing,
            "With an eating disorder, now or once, no loss is planned here; plan with those who treat you.",
            "No eating disorder was named.",
        ),
        (
            "underweight",
            losing and person.bmi < LOWEST_BMI,
            f"Your body mass index is {amount_text(person.bmi)}, below 18.5, so no loss is planned.",
            f"Your body mass index is {amount_text(person.bmi)}; loss is planned only from 18.5 up.",
        ),
        (
            "goal weight",
            losing and goal_bmi is not None and goal_bmi < LOWEST_BMI,
            f"The weight you named is below a body mass index of 18.5, at your height {mass_text(least)}.",
            f"At your height a body mass index of 18.5 is {mass_text(least)}.",
        ),
        (
            "goal direction",
            away and not there,
            _goal_disagrees(losing, named),
            "The rate and the weight you named agree.",
        ),
        (
            "goal reached",
            there,
            "You are at the weight you named, so the plan keeps it.",
            "No weight was named, or it is still to be reached.",
        ),
    )


def _goal_disagrees(losing: bool, named_kg: float) -> str:
    asked, lies = ("lose", "above") if losing else ("gain", "below")
    return (
        f"You asked to {asked}, and the weight you named, {mass_text(named_kg)}, is {lies} yours;"
        " no change is planned until the two agree."
    )


def _target(person: Person, maintenance: float, rate: float, rho: float) -> tuple[int, float, tuple[Guard, ...]]:
    """The daily target, the rate it is made for, and what the floor and the rounding did."""
    floor = FLOOR_KCAL[person.sex]
    wanted = maintenance + rate * rho / 7
    held = wanted < min(floor, maintenance)
    exact = min(floor, maintenance) if held else wanted
    allowed = (exact - maintenance) * 7 / rho if held else rate
    daily = math.floor(exact / STEP_KCAL + 0.5) * STEP_KCAL
    if not held:
        said = f"The target is not below the floor of {floor:,.0f} kcal."
    elif maintenance <= floor:
        said = (
            f"What keeps your weight is already at or below the floor of {floor:,.0f} kcal a day, so no"
            " loss is planned; moving more is the other side."
        )
    else:
        said = (
            f"The goal would need {wanted:,.0f} kcal a day. Below {floor:,.0f} kcal it is hard to get what a"
            " body needs, so the target stays there and the change is slower, about"
            f" {mass_text(abs(allowed))} a week."
        )
    return (
        daily,
        allowed,
        (
            Guard("floor", held, said),
            Guard("rounding", daily != exact, f"{exact:,.1f} kcal is shown as {daily:,} kcal."),
        ),
    )


def _interval(found: Requirement) -> tuple[float | None, float | None]:
    if found.kcal is None or found.sd_kcal is None:
        return None, None
    return max(0.0, found.kcal - NORMAL_90 * found.sd_kcal), found.kcal + NORMAL_90 * found.sd_kcal


def mass_text(kg: float) -> str:
    """A mass in both systems: ``0.45 kg (1 lb)``.

    Args:
        kg: The mass in kilograms.
    """
    pounds = convert(Decimal(repr(kg)), "kg", "lb")
    return f"{_two_digits(kg)} kg ({_two_digits(float(pounds))} lb)"


def _two_digits(number: float) -> str:
    return amount_text(round(number, 2 if number < 10 else 1))
