"""The plan's curve: its day of the goal, its range, what a pace costs, and for whom none is drawn."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.body import baseline
from provender.energy.dynamics import simulate
from provender.energy.plan import FLOOR_KCAL, Goal, Person, plan
from provender.energy.projection import no_curve, project

POUND = 0.45359237
START = date(2026, 11, 23)
SAM = Person(sex="female", age_y=42, height_m=1.68, weight_kg=78, activity="low_active")
TOM = Person(sex="male", age_y=30, height_m=1.80, weight_kg=75, activity="active")
BEN = Person(sex="male", age_y=50, height_m=1.80, weight_kg=110)


def projected(person, goal, **more):
    return project(plan(person, goal), START, **more)


def test_the_curve_is_halls_model_on_the_plans_calories():
    found = projected(SAM, Goal(-POUND))
    base = baseline(True, 42, 1.68, 78, found.plan.maintenance_kcal)
    expected = simulate(base, float(found.plan.daily_kcal), days=364).weight_kg[0]
    assert np.allclose(found.weight_kg, expected)
    assert found.days[0] == START
    assert found.days[-1] == START + timedelta(days=364)


def test_the_goal_is_reached_on_the_first_day_the_curve_is_there():
    found = projected(SAM, Goal(-POUND, 68))
    assert found.goal.day == found.days[-1]
    assert found.weight_kg[-1] <= 68 < found.weight_kg[-2]
    assert found.milestones[-1].is_goal
    assert found.milestones[-1].day == found.goal.day


def test_ten_kilos_at_a_pound_a_week_take_longer_than_ten_kilos_divided_by_a_pound():
    found = projected(SAM, Goal(-POUND, 68))
    assert (found.goal.day - START).days > 10 / POUND * 7


def test_the_range_of_the_day_holds_the_expected_day():
    goal = projected(SAM, Goal(-POUND, 68)).goal
    assert goal.early < goal.day < goal.late
    assert goal.reached_share > 0.95


def test_a_late_day_is_not_named_when_many_would_never_be_there():
    goal = projected(TOM, Goal(0.25, 80)).goal
    assert goal.day is not None
    assert goal.late is None
    assert 0.5 < goal.reached_share < 0.95


def test_calories_that_settle_above_the_goal_name_no_day():
    found = projected(replace(BEN, sex="female", height_m=1.6), Goal(-0.25, 60))
    assert found.goal.day is None
    assert found.settled_kg > 60
    assert not any(m.is_goal for m in found.milestones)
    assert len(found.days) == 365


def test_the_interval_begins_at_the_scale_and_widens():
    found = projected(SAM, Goal(-POUND))
    width = found.high_kg - found.low_kg
    assert width[0] == pytest.approx(0, abs=1e-9)
    assert (np.diff(width[7:]) > 0).all()
    assert (found.low_kg[1:] < found.weight_kg[1:]).all()
    assert (found.weight_kg[1:] < found.high_kg[1:]).all()


def test_the_interval_holds_nine_in_ten_of_bodies_drawn_at_random():
    """4,000 women whose expenditure and fat scatter as the docstring says; 86 to 94 % lie within after half a year."""
    found = projected(SAM, Goal(-POUND))
    rng = np.random.default_rng(5)
    spent = found.plan.maintenance_kcal + 241 * rng.standard_normal(4000)
    fat = float(baseline(True, 42, 1.68, 78).fat_kg) * (1 + 0.17 * rng.standard_normal(4000))
    truth = simulate(baseline(True, 42, 1.68, 78, spent, fat_kg=fat), float(found.plan.daily_kcal), days=182).weight_kg
    inside = (truth[:, -1] >= found.low_kg[182]) & (truth[:, -1] <= found.high_kg[182])
    assert 0.86 < inside.mean() < 0.94


def test_knowing_ones_own_maintenance_narrows_the_range():
    wide = projected(SAM, Goal(-POUND))
    narrow = projected(SAM, Goal(-POUND), maintenance_kcal=wide.plan.maintenance_kcal, maintenance_sd_kcal=70.0)
    assert np.allclose(narrow.weight_kg, wide.weight_kg)
    assert (narrow.high_kg - narrow.low_kg)[364] < 0.5 * (wide.high_kg - wide.low_kg)[364]


def test_a_lower_maintenance_than_estimated_makes_the_loss_slower():
    usual = projected(SAM, Goal(-POUND))
    lower = projected(SAM, Goal(-POUND), maintenance_kcal=usual.plan.maintenance_kcal - 200)
    assert lower.weight_kg[-1] > usual.weight_kg[-1]


def test_the_pace_slows_on_constant_calories_and_keeping_it_costs_more_each_time():
    found = projected(SAM, Goal(-POUND))
    assert [m.week for m in found.milestones] == [4, 12, 26, 52]
    rates = [m.kg_per_week for m in found.milestones]
    assert rates == sorted(rates)
    assert rates[0] == pytest.approx(-POUND, abs=0.02)
    assert rates[-1] > -0.5 * POUND
    costs = [m.keep_kcal for m in found.milestones]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] < found.plan.daily_kcal


def test_eating_what_keeps_the_pace_keeps_it():
    """Week by week at the calories named for that week, the loss stays a pound a week within a tenth of it."""
    found = projected(SAM, Goal(-POUND))
    base = baseline(True, 42, 1.68, 78, found.plan.maintenance_kcal)
    from_week = np.array([0, *(m.week for m in found.milestones)])
    kcal = np.array([found.plan.daily_kcal, *(m.keep_kcal for m in found.milestones)])
    eaten = np.interp(np.arange(364) / 7, from_week, kcal)
    weight = simulate(base, eaten, reads_ahead=False).weight_kg[0]
    for week in (8, 20, 40, 52):
        assert weight[week * 7] - weight[week * 7 - 28] == pytest.approx(-4 * POUND, rel=0.1)


def test_a_pace_that_would_need_less_than_the_floor_names_no_calories():
    found = projected(BEN, Goal(-0.9, 80))
    below = [m for m in found.milestones if m.below_floor]
    assert below
    assert all(m.keep_kcal is None for m in below)
    assert all(m.keep_kcal is None or m.keep_kcal >= FLOOR_KCAL["male"] for m in found.milestones)


def test_what_keeps_the_goal_is_less_than_what_keeps_the_start():
    found = projected(SAM, Goal(-POUND, 68))
    assert found.plan.daily_kcal < found.goal.keep_kcal < found.plan.maintenance_kcal


def test_keeping_ones_weight_draws_a_level_curve_without_a_goal():
    found = projected(SAM, Goal(0, 68))
    assert np.abs(found.weight_kg - 78).max() < 0.1
    assert found.goal is None
    assert all(m.keep_kcal is None for m in found.milestones)


def test_the_curve_ends_before_underweight():
    thin = replace(SAM, weight_kg=55)
    found = projected(thin, Goal(-0.3))
    assert found.ends_lean
    assert found.weight_kg[-1] >= 18.5 * 1.68**2
    assert len(found.days) < 365


def test_the_range_of_weights_is_the_same_each_time():
    one, other = (projected(SAM, Goal(-POUND, 68)) for _ in range(2))
    assert np.array_equal(one.low_kg, other.low_kg)
    assert one.goal == other.goal
    assert one.milestones == other.milestones


@pytest.mark.parametrize(
    ("person", "word"),
    [
        (replace(SAM, age_y=16), "Under 19"),
        (replace(SAM, eating_disorder=True), "eating disorder"),
        (replace(SAM, life_stage="pregnant-2"), "pregnancy"),
        (replace(SAM, life_stage="lactating-0-6"), "breastfeeding"),
        (Person(sex="male", age_y=40, height_m=0.5, weight_kg=2), "No equation"),
        (Person(sex="male", age_y=25, height_m=2.1, weight_kg=200, activity="very_active"), "Above 5,000 kcal"),
        (Person(sex="female", age_y=112, height_m=1.55, weight_kg=39), ""),
    ],
)
def test_for_some_no_curve_is_drawn_and_the_sentence_says_why(person, word):
    found = plan(person, Goal(0.2))
    assert (no_curve(found) == "") == (project(found, START) is not None)
    assert word in no_curve(found)


def test_estimates_that_do_not_fit_one_another_draw_no_curve():
    found = replace(plan(SAM, Goal(-0.3)), resting_kcal=2300.0)
    assert "do not fit" in no_curve(found)
    assert project(found, START) is None


ADULTS = st.builds(
    Person,
    sex=st.sampled_from(["female", "male"]),
    age_y=st.integers(15, 100),
    height_m=st.floats(1.2, 2.3),
    weight_kg=st.floats(30, 300),
    activity=st.sampled_from(["inactive", "low_active", "active", "very_active"]),
    eating_disorder=st.booleans(),
)


@given(ADULTS, st.floats(-2, 2), st.none() | st.floats(35, 250))
def test_every_curve_is_finite_ordered_and_never_for_those_it_is_not_meant_for(person, rate, wanted):
    found = plan(person, Goal(rate, wanted))
    curve = project(found, START)
    assert (curve is None) == bool(no_curve(found))
    if curve is None:
        return
    assert person.age_y >= 19
    assert not person.eating_disorder
    for line in (curve.weight_kg, curve.low_kg, curve.high_kg):
        assert np.isfinite(line).all()
        assert len(line) == len(curve.days)
    assert (curve.low_kg <= curve.high_kg).all()
    if found.allowed_kg_per_week < 0 and person.bmi >= 18.5:
        assert curve.weight_kg[-1] >= min(18.5 * person.height_m**2, curve.weight_kg[0]) - 0.5
    if curve.goal is not None:
        assert 0 <= curve.goal.reached_share <= 1
        assert (curve.goal.late is None) or curve.goal.early <= curve.goal.late
