"""Loss of weight that is too fast for anybody."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.pace import losing_too_fast

FIRST = date(2026, 9, 1)


def days(many, every=1):
    return [FIRST + timedelta(days=i * every) for i in range(many)]


def falling(share_a_week, many=40, every=1):
    return 80 * (1 - share_a_week) ** (np.arange(many) * every / 7)


@pytest.mark.parametrize("share", [0.016, 0.03])
def test_more_than_one_and_a_half_percent_a_week_for_three_weeks_acts(share):
    found = losing_too_fast(days(40), falling(share))
    assert found.acted
    assert f"{share * 100:.1f} %" in found.sentence
    assert "doctor" in found.sentence


@pytest.mark.parametrize("share", [0.0, 0.01, 0.0149, -0.02])
def test_a_slower_loss_or_a_gain_does_not_act(share):
    assert not losing_too_fast(days(40), falling(share)).acted


def test_two_fast_weeks_after_a_slow_one_do_not_act():
    trend = np.concatenate([np.full(20, 80.0), falling(0.03, 15)])
    assert not losing_too_fast(days(35), trend).acted


@pytest.mark.parametrize("many", [0, 1, 21])
def test_less_than_three_weeks_is_said_to_be_too_little(many):
    found = losing_too_fast(days(many), falling(0.05, many))
    assert not found.acted
    assert "needed" in found.sentence


def test_weekly_values_are_enough():
    assert losing_too_fast(days(4, every=7), falling(0.02, 4, every=7)).acted


def test_a_gap_longer_than_a_week_is_not_filled():
    trend = falling(0.03)
    trend[25:34] = np.nan
    found = losing_too_fast(days(40), trend)
    assert not found.acted
    assert "needed" in found.sentence


def test_an_old_gap_does_not_matter():
    trend = falling(0.03)
    trend[2:15] = np.nan
    assert losing_too_fast(days(40), trend).acted


@given(st.floats(0.001, 1000))
def test_the_unit_of_the_weights_makes_no_difference(factor):
    assert losing_too_fast(days(30), falling(0.02, 30) * factor).acted
