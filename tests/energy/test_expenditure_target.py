"""The weekly target: what is proposed, what guards it."""

from dataclasses import replace

import pytest
from test_expenditure import SHE, diary

from provender.energy.expenditure import expenditure
from provender.energy.expenditure_model import Body
from provender.energy.plan import FLOOR_KCAL
from provender.energy.weekly_target import LEAST_DIFFERENCE_KCAL, weekly_target
from provender.terms.errors import InputError

POUND = 0.45359237
HE = Body(sex="male", age_y=35, height_m=1.82, activity="active")


@pytest.fixture(scope="module")
def found():
    """A man near 95 kg whose weight holds at some 2,500 logged kcal."""
    return expenditure(diary(days=70, logs=2500, start_kg=95, slope=0.0), HE)


def acted(update):
    return {g.name for g in update.guards if g.acted}


def test_staying_asks_for_about_maintenance(found):
    update = weekly_target(found, 0.0)
    assert update.new_kcal == pytest.approx(found.maintenance_kcal.middle, abs=60)
    assert "a steady weight" in update.sentence


def test_the_proposed_target_leads_to_the_wanted_rate(found):
    update = weekly_target(found, -POUND)
    assert update.expected_kg_per_week == pytest.approx(-POUND, abs=0.01)
    assert update.new_kcal % 10 == 0
    assert acted(update) == set()


def test_losing_faster_takes_a_lower_target(found):
    rates = [weekly_target(found, rate).new_kcal for rate in (0.3, 0.0, -0.3, -0.6)]
    assert rates == sorted(rates, reverse=True)


def test_a_small_difference_is_not_proposed(found):
    exact = weekly_target(found, -POUND).new_kcal
    near = weekly_target(found, -POUND, old_kcal=exact + LEAST_DIFFERENCE_KCAL - 10)
    assert near.new_kcal is None
    assert near.difference_kcal is None
    assert "still fits" in near.sentence
    far = weekly_target(found, -POUND, old_kcal=exact + LEAST_DIFFERENCE_KCAL + 10)
    assert far.difference_kcal == -(LEAST_DIFFERENCE_KCAL + 10)
    assert f"{abs(far.difference_kcal)} less than now" in far.sentence


def test_nobody_is_sent_below_the_floor_of_true_intake():
    small = expenditure(diary(days=70, logs=1300, start_kg=62, slope=0.0), replace(SHE, age_y=60, height_m=1.60))
    update = weekly_target(small, -0.6)
    most_logged = 1 - max(0.0, small.unlogged_share.low)
    assert acted(update) == {"floor"}
    assert update.new_kcal >= FLOOR_KCAL["female"] * most_logged
    assert update.expected_kg_per_week > -0.6
    assert "so the change is slower" in update.sentence


def test_the_rate_is_held_at_one_percent_of_weight(found):
    update = weekly_target(found, -2.0)
    assert update.allowed_kg_per_week == pytest.approx(-0.01 * found.weight_kg.middle)
    assert "fastest change" in acted(update)


def test_an_eating_disorder_stops_loss_not_gain(found):
    assert weekly_target(found, -0.3, eating_disorder=True).allowed_kg_per_week == 0
    assert weekly_target(found, 0.3, eating_disorder=True).allowed_kg_per_week == 0.3


def test_a_goal_weight_below_the_healthy_range_stops_loss(found):
    assert acted(weekly_target(found, -0.3, goal_weight_kg=55)) == {"goal weight"}
    assert acted(weekly_target(found, -0.3, goal_weight_kg=80)) == set()


def test_underweight_stops_loss():
    thin = expenditure(diary(days=40, start_kg=52, slope=0.0), replace(SHE, height_m=1.75))
    assert acted(weekly_target(thin, -0.2)) == {"underweight"}
    assert weekly_target(thin, 0.2).allowed_kg_per_week == 0.2


def test_three_weeks_of_very_fast_loss_stop_it():
    fast = expenditure(diary(days=56, logs=1200, start_kg=95, slope=-0.26, noise=0.2), HE)
    update = weekly_target(fast, -0.5)
    assert acted(update) == {"fast loss"}
    assert "speak with a doctor" in update.sentence


def test_nothing_is_proposed_before_anything_is_known():
    update = weekly_target(expenditure(diary(days=5), HE), -0.3, old_kcal=2000)
    assert update.new_kcal is None
    assert update.expected_kg_per_week is None
    assert update.sentence.startswith("Cannot tell yet")


def test_a_rate_no_body_can_follow_is_refused(found):
    with pytest.raises(InputError, match="is the unit right"):
        weekly_target(found, -20)
