"""Pictures as numbers: everything inside, nothing invented."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cast import DAYS, FIRST, the_trial

from provender.report.drawing import (
    nice_step,
    period_means,
    period_words,
    posterior_picture,
    series_picture,
    ticks,
    trace_picture,
)
from provender.report.trial_account import Days

PAIN, SLEEP = the_trial().outcomes


@given(st.floats(1e-6, 1e9), st.integers(1, 10))
def test_a_nice_step_cuts_a_span_into_at_most_so_many_parts(span, most):
    assert span / nice_step(span, most) <= most * (1 + 1e-6)


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4))
def test_ticks_lie_within_and_differ_in_words(low, span):
    found = ticks(low, low + span)
    assert all(low - 1e-6 * span <= value <= low + span + 1e-6 * span for value, _ in found)
    assert len({words for _, words in found}) == len(found)


def test_the_zones_of_the_posterior_cover_the_picture():
    zones = posterior_picture(PAIN)["zones"]
    assert zones[0]["from"] == 0
    assert zones[-1]["to"] == 1
    assert all(a["to"] == b["from"] for a, b in itertools.pairwise(zones))


def test_better_lies_left_where_less_is_better_and_right_where_more_is():
    assert posterior_picture(PAIN)["zones"][0]["words"].startswith("better")
    assert posterior_picture(SLEEP)["zones"][0]["words"].startswith("worse")


def test_the_areas_of_the_posterior_meet_and_say_which_is_which():
    areas = posterior_picture(PAIN)["areas"]
    ends = [(one["points"][0][0], one["points"][-1][0]) for one in areas]
    assert all(a[1] == pytest.approx(b[0]) for a, b in itertools.pairwise(ends))
    assert [one["same"] for one in areas] == [False, True]
    assert areas[0]["better"]


def test_a_posterior_without_a_curve_has_no_picture():
    assert posterior_picture(replace(PAIN, curve=((), ()))) is None
    assert posterior_picture(replace(PAIN, mean=None)) is None


def test_chances_nobody_reckoned_are_left_out():
    picture = posterior_picture(replace(PAIN, beyond=None, same=None, worse=None))
    assert [zone["chance"] for zone in picture["zones"]] == ["", "", ""]


def test_a_series_without_a_day_has_no_picture():
    assert series_picture(replace(PAIN, days=Days(first_day=FIRST))) is None


def test_every_dot_of_a_series_lies_inside():
    dots = series_picture(PAIN)["dots"]
    assert len(dots) == len(PAIN.days.day)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y, _ in dots)


def test_an_axis_never_leaves_the_scale():
    days = replace(PAIN.days, value=tuple(float(k % 11) for k in range(len(PAIN.days.day))))
    up = series_picture(replace(PAIN, days=days))["up"]
    assert (up[0]["words"], up[-1]["words"]) == ("0", "10")


def test_a_short_scale_is_shown_whole_and_a_long_one_around_its_values():
    points = [(FIRST, 4.0), (DAYS[1], 5.0)]
    short = trace_picture("PEG", "points", FIRST, 90, points, ends=(0.0, 10.0))["up"]
    long = trace_picture("Sleep", "h", FIRST, 90, points, ends=(0.0, 24.0))["up"]
    assert (short[0]["words"], short[-1]["words"]) == ("0", "10")
    assert (long[0]["words"], long[-1]["words"]) == ("4.0", "5.0")


def test_an_axis_around_values_near_an_end_stops_there():
    up = trace_picture("Sleep", "h", FIRST, 90, [(FIRST, 23.9), (DAYS[1], 13.0)], ends=(0.0, 24.0))["up"]
    assert up[-1]["at"] <= 1
    assert float(up[-1]["words"]) <= 24


def test_values_that_never_change_have_an_axis():
    picture = series_picture(replace(PAIN, days=replace(PAIN.days, value=(5.0,) * len(PAIN.days.day))))
    assert len(picture["up"]) >= 2


def test_a_period_nobody_observed_has_no_mean():
    days = Days(first_day=FIRST, arm=(0, 0, 1, 1), period=(0, 0, 1, 1), day=(0, 1), value=(4.0, 6.0), late=(False,) * 2)
    assert period_means(days) == [(0, 5.0, 2), (1, None, 0)]
    assert period_words(replace(PAIN, days=days)) == "Means of the periods in time: A 5.0, B not recorded."
    assert [one["mean"] is None for one in series_picture(replace(PAIN, days=days))["periods"]] == [False, True]


def test_a_day_outside_every_period_counts_for_none():
    days = Days(first_day=FIRST, arm=(0, 0), period=(-1, 0), day=(0, 1, 5), value=(9.0, 5.0, 1.0), late=(False,) * 3)
    assert period_means(days) == [(0, 5.0, 1)]


def test_very_many_days_are_drawn_as_weeks():
    days = Days(
        first_day=FIRST,
        arm=(0,) * 700,
        period=(0,) * 700,
        day=tuple(range(700)),
        value=tuple(float(k % 7) for k in range(700)),
        late=(False,) * 700,
    )
    picture = series_picture(replace(PAIN, days=days))
    assert len(picture["dots"]) == 100
    assert "a week’s mean" in picture["caption"]


def test_a_trace_without_a_point_has_no_picture():
    assert trace_picture("Weight", "kg", FIRST, 90, ()) is None


def test_a_trace_with_a_course_has_a_line_and_a_band():
    course = [(day, 80.0, 79.0, 81.0) for day in DAYS]
    picture = trace_picture("Weight", "kg", FIRST, 90, [(FIRST, 80.0)], course)
    assert len(picture["lines"][0]) == 90
    assert len(picture["bands"][0]) == 180


def test_a_trace_without_a_course_has_no_line():
    assert trace_picture("Weight", "kg", FIRST, 90, [(FIRST, 80.0)])["lines"] == []


@pytest.mark.parametrize("total", [1, 30, 70, 71, 365, 1500, 3650])
def test_dates_below_a_picture_are_few_and_in_order(total):
    across = trace_picture("x", "", FIRST, total, [(FIRST, 1.0)])["across"]
    places = [one["at"] for one in across]
    assert places == sorted(places)
    assert 1 <= len(places) <= 13


def test_dates_are_told_when_a_picture_begins_late_in_a_year():
    across = trace_picture("x", "", date(2025, 11, 20), 120, [(date(2025, 11, 20) + timedelta(days=3), 1.0)])["across"]
    assert [one["words"] for one in across] == ["Dec 2025", "Jan 2026", "Feb", "Mar"]
