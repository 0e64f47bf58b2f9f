"""The sentences beside the curve: each is true of its numbers."""

import re
from dataclasses import replace
from datetime import date

import pytest

from provender.energy.curve_basis import curve_basis
from provender.energy.curve_words import (
    curve_sentences,
    mass_in,
    milestone_name,
    pace_words,
    signed_rate_in,
    span_words,
)
from provender.energy.plan import Goal, Person, plan
from provender.energy.projection import project

POUND = 0.45359237
START = date(2026, 11, 23)
SAM = Person(sex="female", age_y=42, height_m=1.68, weight_kg=78, activity="low_active")
BEN = Person(sex="male", age_y=50, height_m=1.80, weight_kg=110)


def told(person, goal, unit="lb"):
    found = project(plan(person, goal), START)
    return found, " ".join(curve_sentences(found, unit))


def test_the_day_of_the_goal_comes_first_with_its_range():
    found, words = told(SAM, Goal(-POUND, 150 * POUND))
    assert words.startswith("You would reach 150 lb around 11 May 2027")
    assert f"{found.goal.early:%B %Y}" in words
    assert f"{found.goal.late:%B %Y}" in words


def test_kilograms_are_told_to_who_uses_them():
    _, words = told(SAM, Goal(-0.5, 68), "kg")
    assert words.startswith("You would reach 68 kg around")
    assert "lb" not in words


def test_the_pace_told_is_the_curves():
    found, words = told(SAM, Goal(-POUND))
    twelve = next(m for m in found.milestones if m.week == 12)
    assert "1 lb a week is the pace at first" in words
    assert f"{-twelve.kg_per_week / POUND:.1f} lb at week 12" in words
    assert f"{found.milestones[-1].keep_kcal:,} kcal at week 52" in words


def test_a_goal_out_of_reach_says_where_the_weight_settles_and_promises_no_upkeep():
    found, words = told(replace(BEN, sex="female", height_m=1.6), Goal(-0.25, 60), "kg")
    assert words.startswith(f"Not 60 kg with these calories: your weight would settle at about {found.settled_kg:.1f}")
    assert "Once there" not in words


def test_a_goal_that_some_never_reach_says_how_many_do():
    found, words = told(Person(sex="male", age_y=30, height_m=1.80, weight_kg=75, activity="active"), Goal(0.25, 80))
    assert "An average person like you would reach 176 lb" in words
    assert f"About {found.goal.reached_share * 100:.0f} in 100" in words


def test_a_goal_years_away_is_said_to_be():
    barely = replace(plan(BEN, Goal(-0.2, 98)), daily_kcal=2700)
    found = project(barely, START)
    assert found.goal.day is None
    assert found.settled_kg < 98
    assert curve_sentences(found, "kg")[0] == "98 kg would take more than three years with these calories."


def test_keeping_the_weight_is_told_with_its_range_and_no_pace():
    found, words = told(SAM, Goal(0))
    assert words.startswith("These calories keep the weight of an average person like you.")
    assert mass_in(float(found.low_kg[-1]), "lb") in words
    assert "pace" not in words


def test_nobody_is_told_to_settle_underweight():
    _, words = told(SAM, Goal(-POUND))
    assert "settle at" not in words
    assert "below a body mass index of 18.5 in time" in words
    _, words = told(replace(SAM, weight_kg=55), Goal(-0.3))
    assert "where the curve ends" in words


def test_a_loss_that_settles_at_a_healthy_weight_names_it():
    found, words = told(BEN, Goal(-0.3), "kg")
    assert f"settle at about {found.settled_kg:.1f} kg" in words


def test_a_pace_below_the_floor_is_let_go():
    _, words = told(BEN, Goal(-0.9, 80))
    assert "floor of 1,500 kcal: let it slow down" in words
    assert all(int(n.replace(",", "")) >= 1500 for n in re.findall(r"([\d,]+) kcal at week", words))


@pytest.mark.parametrize(
    ("early", "late", "words"),
    [
        (date(2027, 3, 1), date(2027, 3, 30), "in March 2027"),
        (date(2027, 3, 1), date(2027, 8, 1), "between March and August 2027"),
        (date(2026, 12, 1), date(2027, 8, 1), "between December 2026 and August 2027"),
    ],
)
def test_a_span_of_days_is_told_in_months(early, late, words):
    assert span_words(early, late) == words


def test_milestones_have_names():
    found, _ = told(SAM, Goal(-POUND, 68))
    assert [milestone_name(m) for m in found.milestones] == ["week 4", "week 12", "the goal"]


def test_what_keeping_the_pace_costs_is_a_number_the_floor_or_nothing():
    found, _ = told(BEN, Goal(-0.9, 80))
    assert [pace_words(m) for m in found.milestones] == ["1,530", "below floor", "below floor", ""]


@pytest.mark.parametrize(
    ("kg", "unit", "words"),
    [(-0.45359237, "lb", "−1 lb"), (0.25, "kg", "+0.25 kg"), (-0.002, "kg", "0 kg"), (0.01, "lb", "0 lb")],
)
def test_a_pace_carries_its_sign_unless_no_scale_could_show_it(kg, unit, words):
    assert signed_rate_in(kg, unit) == words


def test_the_basis_names_this_bodys_numbers_and_every_source():
    found, _ = told(SAM, Goal(-POUND))
    words = " ".join(curve_basis(found))
    assert f"Spent = {found.plan.maintenance_kcal:,.0f} +" in words
    assert f"{found.plan.kcal_per_kg:,.0f} kcal" in words
    assert "241 kcal (standard error)" in words
    assert "217 bodies" in words
    assert "10.1016/S0140-6736(11)60812-X" in words
    assert "10.17226/26818" in words
