"""The plan's curve: the weight to expect day by day, how sure that is, the day of the goal, and what a pace costs."""

import math
from dataclasses import dataclass, fields
from datetime import date, timedelta
from statistics import NormalDist
from typing import Final

import numpy as np

from provender.energy.body import (
    BETA_TEF,
    LEAST_FAT_SHARE,
    MOST_FAT_SHARE,
    Array,
    Baseline,
    baseline,
    energy_of_change,
    energy_of_keeping,
)
from provender.energy.dynamics import simulate
from provender.energy.plan import FLOOR_KCAL, LOWEST_BMI, STEP_KCAL, Plan
from provender.energy.requirement import ADULT_AGE_Y
from provender.energy.steady import intake_kcal, keeping_kcal, settled_weight_kg, water_gained_kg

FAT_SPREAD: Final = 0.17
"""Standard deviation of fat mass about its prediction, as a share of it (own)."""
MOST_KCAL: Final = 5000.0
"""Beyond about 5,800 kcal a day, glycogen swings from one step to the next; the crowd needs room below that."""
LOW, HIGH = 0.05, 0.95
USUAL_WEEKS: Final = 52
LONGEST_WEEKS: Final = 156
MILESTONE_WEEKS: Final = (4, 12, 26, 52, 104, 156)
_SPENDERS, _BUILDS = 31, 7
"""Equally likely values of expenditure and of fat: their product is the crowd of bodies like this one."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day of the curve.

    Attributes:
        week: Weeks since the start; the day of the goal need not be a whole one.
        day: The day.
        weight_kg: Expected weight in kg.
        low_kg: Lower end of its 90 % interval.
        high_kg: Upper end.
        kg_per_week: Change over the seven days that end here.
        keep_kcal: Energy a day that would still give the plan's own rate, had it been kept until here, a multiple
            of 10; None for a plan without a rate, past the goal, or below the floor.
        below_floor: Whether that would be less than the floor.
        is_goal: Whether this is the day of the goal.
    """

    week: float
    day: date
    weight_kg: float
    low_kg: float
    high_kg: float
    kg_per_week: float
    keep_kcal: int | None
    below_floor: bool
    is_goal: bool = False


@dataclass(frozen=True, slots=True)
class GoalDay:
    """When the weight that was named is reached on the plan's calories.

    Attributes:
        weight_kg: The weight that was named, kg.
        day: The expected day; None when the calories do not lead there within three years.
        early: The day by which one in twenty people like this would be there; None when fewer would be.
        late: The day by which nineteen in twenty would be; None when more than one in twenty would be later
            than three years or never.
        reached_share: Share of people like this whom these calories lead there within three years, 0 to 1.
        keep_kcal: Energy a day that keeps the weight once there, kcal, a multiple of 10.
    """

    weight_kg: float
    day: date | None
    early: date | None
    late: date | None
    reached_share: float
    keep_kcal: int


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """What the plan's calories, eaten every day, would make of the weight.

    Attributes:
        plan: The plan.
        start: The first day; its weight is the plan's.
        days: D + 1 days, beginning with ``start``. It ends with the goal, or where a body mass index of 18.5 is
            reached, or after 52 weeks.
        weight_kg: Expected weight in kg, (D + 1,).
        low_kg: Lower end of its 90 % interval, (D + 1,).
        high_kg: Upper end, (D + 1,).
        milestones: Weeks 4, 12, 26, 52, 104 and 156 as far as the curve goes, and the day of the goal.
        goal: The day of the goal; None when no weight was named, or no change towards it is planned.
        settled_kg: Where the weight would come to rest on these calories, kg.
        settled_low_kg: Lower end of its 90 % interval.
        settled_high_kg: Upper end.
        water_kg: Of the change, what is water and glycogen; most of it in the first week.
        ends_lean: Whether the curve was ended at a body mass index of 18.5.
        body: The typical body at the start.
        maintenance_sd_kcal: Standard error of its expenditure, kcal a day.
        crowd: How many bodies the interval rests on.
    """

    plan: Plan
    start: date
    days: tuple[date, ...]
    weight_kg: Array
    low_kg: Array
    high_kg: Array
    milestones: tuple[Milestone, ...]
    goal: GoalDay | None
    settled_kg: float
    settled_low_kg: float
    settled_high_kg: float
    water_kg: float
    ends_lean: bool
    body: Baseline
    maintenance_sd_kcal: float
    crowd: int = _SPENDERS * _BUILDS


def no_curve(plan: Plan) -> str:
    """Why no curve and no date are drawn for this plan, in a calm sentence; "" when they are.

    Args:
        plan: The plan.
    """
    person = plan.person
    if plan.age_y < ADULT_AGE_Y:
        return "Under 19 no curve of weight is drawn: a body that grows follows no plan of this kind."
    if person.eating_disorder:
        return "With an eating disorder, now or once, no curve of weight and no date are drawn here."
    if person.life_stage != "none":
        return "In pregnancy and while breastfeeding no curve of weight is drawn: the body has other work to do."
    if plan.daily_kcal is None or plan.maintenance_kcal is None or plan.requirement.sd_kcal is None:
        return "No equation covers this body, so no curve is drawn."
    if max(plan.maintenance_kcal, plan.daily_kcal) > MOST_KCAL:
        return f"Above {MOST_KCAL:,.0f} kcal a day the model's steps of a day are too long, so no curve is drawn."
    if (1 - BETA_TEF) * plan.maintenance_kcal < (plan.resting_kcal or math.inf):
        return "The estimates of resting and of daily energy do not fit one another here, so no curve is drawn."
    return ""


def project(
    plan: Plan, start: date, *, maintenance_kcal: float | None = None, maintenance_sd_kcal: float | None = None
) -> Projection | None:
    """The expected curve of weight if the plan's calories are eaten every day from ``start``.

    One typical body follows ``dynamics.simulate``. About it stands a crowd of 217 equally likely bodies: 31
    expenditures, normal with the standard error of the estimate, times 7 fat masses (standard deviation 17 %); the
    interval is their 5th to 95th percentile. It covers how far people of this sex, age, size and activity differ;
    it leaves out eating other than planned, food not noted, a change of activity, and the scale's own scatter.

    Args:
        plan: The plan.
        start: The day on which the weight is the plan's.
        maintenance_kcal: What keeps the weight, where it was learnt from this person, kcal a day of food eaten;
            None takes the plan's estimate.
        maintenance_sd_kcal: Standard error of that, kcal a day; None takes that of the estimate.

    Returns:
        The projection; None when none is drawn, for which ``no_curve`` says why.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X; standard errors of the DRI 2023, DOI 10.17226/26818.
    """
    if no_curve(plan) or plan.daily_kcal is None or plan.maintenance_kcal is None or plan.requirement.sd_kcal is None:
        return None
    spent = plan.maintenance_kcal if maintenance_kcal is None else maintenance_kcal
    error = plan.requirement.sd_kcal if maintenance_sd_kcal is None else maintenance_sd_kcal
    crowd = _crowd(plan, spent, error)
    settled = settled_weight_kg(crowd, float(plan.daily_kcal))
    goal_kg = _goal_kg(plan)
    weights = simulate(crowd, float(plan.daily_kcal), days=_days_needed(crowd, settled, goal_kg)).weight_kg
    reached = _reached(weights, goal_kg)
    end, lean = _end(plan, weights[0], reached)
    low, high = np.quantile(weights[1:, : end + 1], (LOW, HIGH), axis=0)
    typical = _one(crowd, 0)
    goal = None if goal_kg is None else _goal_day(typical, goal_kg, reached, start)
    curve = weights[0, : end + 1].copy()
    return Projection(
        plan=plan,
        start=start,
        days=tuple(start + timedelta(days=i) for i in range(end + 1)),
        weight_kg=curve,
        low_kg=low,
        high_kg=high,
        milestones=_milestones(plan, typical, start, (curve, low, high), goal),
        goal=goal,
        settled_kg=float(settled[0]),
        settled_low_kg=float(np.quantile(settled[1:], LOW)),
        settled_high_kg=float(np.quantile(settled[1:], HIGH)),
        water_kg=float(water_gained_kg(typical, float(plan.daily_kcal))),
        ends_lean=lean,
        body=typical,
        maintenance_sd_kcal=error,
    )


def _crowd(plan: Plan, spent: float, error: float) -> Baseline:
    """The typical body first, then every pairing of an expenditure with a fat mass, all equally likely."""
    person = plan.person
    female = person.sex == "female"
    typical = baseline(female, plan.age_y, person.height_m, person.weight_kg, spent)
    spenders, builds = np.meshgrid(_normal(_SPENDERS), _normal(_BUILDS), indexing="ij")
    least = float(typical.resting_kcal) / (1 - BETA_TEF)  # below it the model has people move at a gain
    kcal = np.clip(spent + error * np.concatenate(([0.0], spenders.ravel())), least, max(least, 1.1 * MOST_KCAL))
    fat = float(typical.fat_kg) * (1 + FAT_SPREAD * np.concatenate(([0.0], builds.ravel())))
    fat = np.clip(fat, LEAST_FAT_SHARE * person.weight_kg, MOST_FAT_SHARE * person.weight_kg)
    return baseline(female, plan.age_y, person.height_m, person.weight_kg, kcal, fat_kg=fat)


def _normal(many: int) -> Array:
    """The middles of so many equally likely parts of a standard normal distribution."""
    return np.array([NormalDist().inv_cdf((i + 0.5) / many) for i in range(many)])


def _one(base: Baseline, which: int) -> Baseline:
    return Baseline(*(float(np.asarray(getattr(base, f.name))[which]) for f in fields(base)))


def _goal_kg(plan: Plan) -> float | None:
    """The weight that was named, if the plan moves towards it."""
    named, rate = plan.goal.weight_kg, plan.allowed_kg_per_week or 0.0
    if named is None or rate * (named - plan.person.weight_kg) <= 0:
        return None
    return named


def _days_needed(crowd: Baseline, settled: Array, goal_kg: float | None) -> int:
    """Days to simulate: a year, or to the goal of the slowest that count, at most three years."""
    usual = USUAL_WEEKS * 7
    if goal_kg is None:
        return usual
    # the straight-line model reaches a share x of its end after -tau ln(1 - x) days
    share = (goal_kg - crowd.weight_kg) / (settled - crowd.weight_kg)
    tau = energy_of_change(crowd.fat_kg) / energy_of_keeping(crowd)
    within = (share >= 0) & (share < 1)
    days = np.where(within, -tau * np.log1p(-np.where(within, share, 0.0)), np.inf)
    slow = max(float(np.quantile(days[1:], HIGH, method="higher")), float(days[0]))
    return int(min(max(1.3 * slow + 28, usual), LONGEST_WEEKS * 7))


def _reached(weights: Array, goal_kg: float | None) -> Array:
    """The day each body reaches the goal, counted from 0; infinity for never in these days."""
    if goal_kg is None:
        return np.full(len(weights), np.inf)
    there = weights <= goal_kg if goal_kg < weights[0, 0] else weights >= goal_kg
    return np.where(there.any(axis=1), there.argmax(axis=1), np.inf)


def _end(plan: Plan, typical: Array, reached: Array) -> tuple[int, bool]:
    """The last day of the curve, and whether it ends at a body mass index of 18.5."""
    end = int(min(reached[0], USUAL_WEEKS * 7)) if not math.isfinite(reached[0]) else int(reached[0])
    least = LOWEST_BMI * plan.person.height_m**2
    below = np.flatnonzero(typical[: end + 1] < least)
    if typical[0] >= least and len(below):
        return max(int(below[0]) - 1, 1), True
    return end, False


def _goal_day(typical: Baseline, goal_kg: float, reached: Array, start: date) -> GoalDay:
    early, late = np.quantile(reached[1:], (LOW, HIGH), method="higher")
    return GoalDay(
        weight_kg=goal_kg,
        day=_day(start, float(reached[0])),
        early=_day(start, float(early)),
        late=_day(start, float(late)),
        reached_share=float(np.isfinite(reached[1:]).mean()),
        keep_kcal=_tens(float(keeping_kcal(typical, goal_kg))),
    )


def _day(start: date, after: float) -> date | None:
    return start + timedelta(days=int(after)) if math.isfinite(after) else None


def _tens(kcal: float) -> int:
    return math.floor(kcal / STEP_KCAL + 0.5) * STEP_KCAL


def _milestones(
    plan: Plan, typical: Baseline, start: date, curve: tuple[Array, Array, Array], goal: GoalDay | None
) -> tuple[Milestone, ...]:
    weight, low, high = curve
    end = len(weight) - 1
    days = [week * 7 for week in MILESTONE_WEEKS if week * 7 <= end]
    ends_there = goal is not None and goal.day is not None and (goal.day - start).days == end
    if ends_there:
        days = [*(day for day in days if day != end), end]
    found = []
    for day in days:
        keep, below = _pace(plan, typical, day / 7, goal)
        found.append(
            Milestone(
                week=day / 7,
                day=start + timedelta(days=day),
                weight_kg=float(weight[day]),
                low_kg=float(low[day]),
                high_kg=float(high[day]),
                kg_per_week=float(weight[day] - weight[max(day - 7, 0)]),
                keep_kcal=keep,
                below_floor=below,
                is_goal=ends_there and day == end,
            )
        )
    return tuple(found)


def _pace(plan: Plan, typical: Baseline, week: float, goal: GoalDay | None) -> tuple[int | None, bool]:
    """What the plan's rate would cost at a week, had it been kept so far; and whether that is below the floor."""
    rate = plan.allowed_kg_per_week or 0.0
    changed = rate * week
    if rate == 0 or (goal is not None and abs(changed) >= abs(goal.weight_kg - plan.person.weight_kg)):
        return None, False
    kcal = float(intake_kcal(typical, changed, rate / 7))
    below = rate < 0 and kcal < FLOOR_KCAL[plan.person.sex]
    return (None if below else _tens(kcal)), below
