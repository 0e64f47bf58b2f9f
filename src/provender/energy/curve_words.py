"""The plan's curve in sentences, each true of the numbers beside it."""

from datetime import date
from typing import Final

from provender.energy.plan import FLOOR_KCAL, LOWEST_BMI
from provender.energy.projection import USUAL_WEEKS, GoalDay, Milestone, Projection
from provender.terms.units import amount_text

KG_PER_LB: Final = 0.45359237
SMALLEST_CHANGE_KG: Final = 0.05
"""A weekly change below it is none that a scale could show."""
LEAST_WATER_KG: Final = 0.2
SETTLED_WEEK: Final = 12
"""From here on the first weeks' water no longer blurs the pace."""
COVERS: Final = (
    "The range holds nine in ten people of your sex, age, size and activity who eat exactly this: it covers how far"
    " they differ in what they spend and in how much of them is fat. It leaves out eating more or less than planned,"
    " food not noted, a change of activity, and the ups and downs of a scale, often a kilogram from day to day."
    " Your own weighings will narrow it."
)


def mass_in(kg: float, unit: str) -> str:
    """A mass in one unit: ``150 lb``, ``68.2 kg``; tenths only below 100.

    Args:
        kg: The mass in kg.
        unit: ``kg`` or ``lb``.
    """
    number = kg / KG_PER_LB if unit == "lb" else kg
    return f"{amount_text(round(number, 1) if number < 100 else round(number), unit)}"


def rate_in(kg_per_week: float, unit: str) -> str:
    """A weekly change in one unit without its sign: ``0.7 lb``.

    Args:
        kg_per_week: The change in kg a week.
        unit: ``kg`` or ``lb``.
    """
    number = abs(kg_per_week) / (KG_PER_LB if unit == "lb" else 1)
    return amount_text(round(number, 1 if unit == "lb" else 2), unit)


def signed_rate_in(kg_per_week: float, unit: str) -> str:
    """A weekly change in one unit with its sign: ``−0.7 lb``; ``0 lb`` when no scale could show it.

    Args:
        kg_per_week: The change in kg a week.
        unit: ``kg`` or ``lb``.
    """
    said = rate_in(kg_per_week, unit)
    if said.startswith("0 "):
        return f"0 {unit}"
    return f"{'−' if kg_per_week < 0 else '+'}{said}"


def day_words(day: date) -> str:
    """``14 May 2027``."""
    return f"{day.day} {day:%B %Y}"


def span_words(early: date, late: date) -> str:
    """``between March and August 2027``, or ``in March 2027``."""
    if (early.year, early.month) == (late.year, late.month):
        return f"in {early:%B %Y}"
    first = f"{early:%B}" if early.year == late.year else f"{early:%B %Y}"
    return f"between {first} and {late:%B %Y}"


def curve_sentences(found: Projection, unit: str) -> tuple[str, ...]:
    """What the curve says, the answer first.

    Args:
        found: The projection.
        unit: ``kg`` or ``lb``.
    """
    said = (
        _where_to(found, unit),
        _sureness(found.goal, unit),
        _in_the_end(found, unit),
        _slowing(found, unit),
        _water(found, unit),
        _keeping_pace(found, unit),
        _afterwards(found, unit),
    )
    return tuple(sentence for sentence in said if sentence)


def _where_to(found: Projection, unit: str) -> str:
    goal = found.goal
    if goal is None:
        return _by_then(found, unit)
    wanted = mass_in(goal.weight_kg, unit)
    if goal.day is not None and goal.early and goal.late:
        span = span_words(goal.early, goal.late)
        return f"You would reach {wanted} around {day_words(goal.day)} (nine in ten people like you: {span})."
    if goal.day is not None:
        return f"An average person like you would reach {wanted} around {day_words(goal.day)}."
    if (found.settled_kg - goal.weight_kg) * (goal.weight_kg - found.plan.person.weight_kg) >= 0:
        return f"{wanted} would take more than three years with these calories."
    return f"Not {wanted} with these calories: your weight would settle at about {mass_in(found.settled_kg, unit)}."


def _by_then(found: Projection, unit: str) -> str:
    """Where a plan without a weight to reach leads to in a year, or to the end of its curve."""
    weight, low, high = (mass_in(float(line[-1]), unit) for line in (found.weight_kg, found.low_kg, found.high_kg))
    when = "after a year" if len(found.days) > USUAL_WEEKS * 7 else f"on {day_words(found.days[-1])}"
    if not found.plan.allowed_kg_per_week:
        return (
            f"These calories keep the weight of an average person like you. People differ: {when} nine in ten"
            f" would weigh between {low} and {high}, so let your own weight correct the number."
        )
    return f"You would weigh about {weight} {when}, and nine in ten people like you between {low} and {high}."


def _sureness(goal: GoalDay | None, unit: str) -> str:
    """How many people like this the calories lead there, when that is not nearly all of them."""
    if goal is None or not goal.reached_share or (goal.early and goal.late):
        return ""
    soonest = f", the quickest by {goal.early:%B %Y}" if goal.early else ""
    many = "Fewer than 1" if goal.reached_share < 0.01 else f"About {goal.reached_share * 100:.0f}"
    wanted = mass_in(goal.weight_kg, unit)
    return f"{many} in 100 people like you who eat this would be at {wanted} within three years{soonest}."


def _in_the_end(found: Projection, unit: str) -> str:
    """Where these calories lead for good; never praised when that is underweight."""
    person, rate = found.plan.person, found.plan.allowed_kg_per_week or 0.0
    if found.goal is not None or not rate:
        return ""
    if found.settled_kg < LOWEST_BMI * person.height_m**2 and rate < 0:
        until = f"on {day_words(found.days[-1])}, where the curve ends" if found.ends_lean else "in time"
        return (
            f"Eaten for good, these calories would take you below a body mass index of 18.5 {until};"
            " change to what keeps your weight before that."
        )
    return f"Eaten for good, they would let it settle at about {mass_in(found.settled_kg, unit)}."


def _slowing(found: Projection, unit: str) -> str:
    rate = found.plan.allowed_kg_per_week or 0.0
    later = [m for m in found.milestones if not m.is_goal and m.week >= SETTLED_WEEK][:2]
    if abs(rate) < SMALLEST_CHANGE_KG or not later:
        return ""
    named = " and ".join(f"{rate_in(m.kg_per_week, unit)} at week {m.week:.0f}" for m in later)
    body = "a lighter body spends less" if rate < 0 else "a heavier body spends more"
    return f"{rate_in(rate, unit)} a week is the pace at first. On the same calories it is {named}, as {body}."


def _water(found: Projection, unit: str) -> str:
    if abs(found.water_kg) < LEAST_WATER_KG or not found.plan.allowed_kg_per_week:
        return ""
    change = "gain" if found.water_kg > 0 else "loss"
    return f"About {rate_in(found.water_kg, unit)} of the first weeks' {change} is water and glycogen, not tissue."


def _keeping_pace(found: Projection, unit: str) -> str:
    rate = found.plan.allowed_kg_per_week or 0.0
    if abs(rate) < SMALLEST_CHANGE_KG:
        return ""
    verb, more = ("losing", "less and less") if rate < 0 else ("gaining", "more and more")
    costs = [f"{m.keep_kcal:,} kcal at week {m.week:.0f}" for m in found.milestones if m.keep_kcal is not None][-2:]
    said = [f"To keep {verb} {rate_in(rate, unit)} a week you would have to eat {more}: {', '.join(costs)}."]
    stop = next((m for m in found.milestones if m.below_floor), None)
    if stop is not None:
        floor = f"{FLOOR_KCAL[found.plan.person.sex]:,.0f} kcal"
        pace = f"{verb} {rate_in(rate, unit)} a week"
        said.append(f"By week {stop.week:.0f}, {pace} would take less than the floor of {floor}: let it slow down.")
    return " ".join(said if costs else said[1:])


def _afterwards(found: Projection, unit: str) -> str:
    goal = found.goal
    if goal is None or goal.day is None:
        return ""
    return f"Once there, about {goal.keep_kcal:,} kcal a day would keep you at {mass_in(goal.weight_kg, unit)}."


def milestone_name(found: Milestone) -> str:
    """``week 12``, or ``the goal``.

    Args:
        found: The milestone.
    """
    return "the goal" if found.is_goal else f"week {found.week:.0f}"


def pace_words(found: Milestone) -> str:
    """What keeping the plan's pace would cost there: ``1,580``, ``below floor``, or nothing to say.

    Args:
        found: The milestone.
    """
    if found.below_floor:
        return "below floor"
    return "" if found.keep_kcal is None else f"{found.keep_kcal:,}"
