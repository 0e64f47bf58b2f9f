"""A new daily target from what was learnt; it is proposed, the person accepts or declines."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.energy.expenditure import AHEAD_D, Expenditure, carried
from provender.energy.expenditure_posterior import tissue_row
from provender.energy.expenditure_words import kcal_text
from provender.energy.plan import FASTEST_ASKED_KG, FASTEST_SHARE_A_WEEK, FLOOR_KCAL, LOWEST_BMI, STEP_KCAL, Guard
from provender.terms.errors import InputError

STEADY_KG: Final = 0.03
LEAST_DIFFERENCE_KCAL: Final = 50
"""Smaller changes are not proposed: they are below what anyone logs to (own)."""
ALARM_SHARE_A_WEEK: Final = 0.015
ALARM_D: Final = 21
FAST_LOSS: Final = (
    "For three weeks you have lost more than 1.5 % of your weight a week; stop losing for now, and speak with a"
    " doctor if you did not mean to."
)
PROBES_KCAL: Final = (1000.0, 3000.0)


@dataclass(frozen=True, slots=True)
class TargetUpdate:
    """A proposal, or why there is none.

    Attributes:
        old_kcal: The target so far, in logged kcal; None without one.
        new_kcal: The proposed target, in logged kcal, a multiple of 10; None when none is proposed.
        difference_kcal: New less old; None when either is missing.
        requested_kg_per_week: The rate asked for.
        allowed_kg_per_week: The rate the guards leave.
        expected_kg_per_week: The rate of tissue the new target (or the old one, if kept) leads to over 28
            days; None without a target.
        guards: What was checked, and what acted.
        sentence: What to tell the person.
    """

    old_kcal: int | None
    new_kcal: int | None
    difference_kcal: int | None
    requested_kg_per_week: float
    allowed_kg_per_week: float
    expected_kg_per_week: float | None
    guards: tuple[Guard, ...]
    sentence: str


def weekly_target(
    found: Expenditure,
    goal_kg_per_week: float,
    *,
    old_kcal: int | None = None,
    eating_disorder: bool = False,
    goal_weight_kg: float | None = None,
) -> TargetUpdate:
    """The daily target, in logged kcal, that leads to the wanted rate over the next 28 days.

    The rate is that of fat and lean tissue, which lasts; water that comes or goes with a change of diet is not
    counted. Expected tissue in 28 days is a straight line in the target, so two probes find it. A target is never so
    low that true intake could fall under the floor even if the person logs as fully as the interval allows.

    Args:
        found: What was learnt.
        goal_kg_per_week: Wanted change, negative to lose.
        old_kcal: The target so far.
        eating_disorder: Has or had one; then no loss is planned.
        goal_weight_kg: The weight to reach; None when none was named.

    Raises:
        InputError: A rate over 5 kg a week.

    Source: dynamics of Hall 2011; floor of the 2013 AHA/ACC/TOS guideline, see ``plan.FLOOR_KCAL``.
    """
    if not abs(goal_kg_per_week) <= FASTEST_ASKED_KG:
        raise InputError(
            f"found {goal_kg_per_week:g} kg a week, expected at most {FASTEST_ASKED_KG:g}; is the unit right?",
            field="goal",
        )
    rate, guards = _rate(found, goal_kg_per_week, eating_disorder=eating_disorder, goal_weight_kg=goal_weight_kg)
    if not found.known:
        said = "Cannot tell yet, so no new target is proposed; go on weighing and logging."
        return TargetUpdate(old_kcal, None, None, goal_kg_per_week, rate, None, guards, said)
    base, slope = _line(found)
    wanted = (rate * AHEAD_D / 7 - base) / slope
    floor = _logged_floor(found)
    held = rate < 0 and wanted < min(floor, found.maintenance_kcal.middle)
    exact = min(floor, found.maintenance_kcal.middle) if held else wanted
    new = (math.ceil if held else round)(exact / STEP_KCAL) * STEP_KCAL
    guards = (*guards, _floor_guard(floor, held=held))
    small = old_kcal is not None and abs(new - old_kcal) < LEAST_DIFFERENCE_KCAL and not (held and old_kcal < new)
    kept = old_kcal if small and old_kcal is not None else new
    expected = (base + slope * kept) * 7 / AHEAD_D
    difference = None if small or old_kcal is None else new - old_kcal
    return TargetUpdate(
        old_kcal,
        None if small else new,
        difference,
        goal_kg_per_week,
        rate,
        expected,
        guards,
        _sentence(found, kept, difference, expected, guards, small=small),
    )


def _line(found: Expenditure) -> tuple[float, float]:
    """Expected change of tissue over 28 days, kg: at a target of 0, and for each logged kcal."""
    row, standing = tissue_row(), found.standing
    now = float(standing.weight @ (standing.mean @ row))
    low, high = (float(standing.weight @ (carried(standing, kcal, AHEAD_D)[0] @ row)) - now for kcal in PROBES_KCAL)
    slope = (high - low) / (PROBES_KCAL[1] - PROBES_KCAL[0])
    return low - slope * PROBES_KCAL[0], slope


def _logged_floor(found: Expenditure) -> float:
    """The floor of true intake, in logged kcal of someone who logs as fully as the interval allows."""
    return FLOOR_KCAL[found.person.sex] * (1 - max(0.0, found.unlogged_share.low))


def _rate(
    found: Expenditure, asked: float, *, eating_disorder: bool, goal_weight_kg: float | None
) -> tuple[float, tuple[Guard, ...]]:
    kg, height_m = found.weight_kg.middle, found.person.height_m
    losing, bmi = asked < 0, found.weight_kg.middle / height_m**2
    lowest = LOWEST_BMI * height_m**2
    stops = (
        ("eating disorder", eating_disorder, "With an eating disorder, now or once, no loss is planned here."),
        ("underweight", bmi < LOWEST_BMI, f"Your body mass index is {bmi:.1f}, below 18.5, so no loss is planned."),
        (
            "goal weight",
            goal_weight_kg is not None and goal_weight_kg < lowest,
            f"The weight you named is below a body mass index of 18.5 ({lowest:.1f} kg at your height).",
        ),
        (
            "fast loss",
            _loses_too_fast(found),
            FAST_LOSS,
        ),
    )
    guards = tuple(Guard(name, losing and acts, said if losing and acts else "") for name, acts, said in stops)
    rate = 0.0 if any(g.acted for g in guards) else asked
    fastest = FASTEST_SHARE_A_WEEK * kg
    capped = abs(rate) > fastest
    said = f"The target goes no faster than 1 % of body weight a week ({fastest:.2f} kg)."
    return (math.copysign(fastest, rate) if capped else rate), (
        *guards,
        Guard("fastest change", capped, said if capped else ""),
    )


def _loses_too_fast(found: Expenditure) -> bool:
    trend = found.trend_kg.middle
    if not found.known or trend.size <= ALARM_D:
        return False
    weeks = trend[[-1 - ALARM_D, -1 - ALARM_D + 7, -1 - ALARM_D + 14, -1]]
    return bool(np.all(1 - weeks[1:] / weeks[:-1] > ALARM_SHARE_A_WEEK))


def _floor_guard(floor: float, *, held: bool) -> Guard:
    said = (
        f"The goal would need less than {kcal_text(floor)} kcal; below that it is hard to get what a body needs,"
        " so the change is slower."
    )
    return Guard("floor", held, said if held else "")


def _sentence(
    found: Expenditure,
    kept_kcal: int,
    difference: int | None,
    expected: float,
    guards: tuple[Guard, ...],
    *,
    small: bool,
) -> str:
    why = f"Your weight holds at about {kcal_text(found.maintenance_kcal.middle)} logged kcal a day."
    acted = " ".join(g.sentence for g in guards if g.acted)
    rate = (
        f"about {abs(expected):.2f} kg a week {'down' if expected < 0 else 'up'} over the next four weeks, water aside"
    )
    if abs(expected) < STEADY_KG:
        rate = "a steady weight over the next four weeks"
    if small:
        what = f"Your target of {kept_kcal:,} kcal still fits: it leads to {rate}."
    elif difference is None:
        what = f"A target of {kept_kcal:,} kcal a day leads to {rate}."
    else:
        more = "more" if difference > 0 else "less"
        what = f"Proposed: {kept_kcal:,} kcal a day, {abs(difference):,} {more} than now; it leads to {rate}."
    return " ".join(part for part in (why, what, acted) if part)
