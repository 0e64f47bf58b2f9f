"""Outcomes laid on the days of a trial: missing days absent, bad days refused with their line."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.design import Design
from provender.trials.randomise import sequence_at
from provender.trials.scale import PAIN, OutcomeKind, Scale
from provender.trials.schedule import schedule, schedule_from_assigned
from provender.trials.series import Exclusion, Observation, Series, laid

FIRST = date(2026, 1, 5)
CALENDAR = schedule(Design(2, 7, run_in_days=3, washout_days=1), (0, 1, 1, 0), FIRST)
MEASURE = Scale("weight", "kg", mcid=1, kind=OutcomeKind.MEASURE)


def on(day, value=5.0, **fields):
    return Observation(FIRST + timedelta(days=day), value, **fields)


def everywhere(calendar, value=5.0):
    return [Observation(calendar.first_day + timedelta(days=d), value) for d in range(calendar.days)]


@given(st.sets(st.integers(0, CALENDAR.days - 1)))
def test_missing_days_are_absent_and_the_others_in_place(days):
    series = laid([on(day, float(day % 11)) for day in sorted(days)], CALENDAR, PAIN)
    assert series.day.tolist() == sorted(days)
    assert series.outcome.tolist() == [day % 11 for day in sorted(days)]
    assert series.days == CALENDAR.days == 3 + 4 * 7 + 3
    assert series.periods == 4
    assert [series.date_of(day) for day in series.day.tolist()] == [FIRST + timedelta(days=day) for day in sorted(days)]


def test_an_unobserved_day_changes_nothing_but_the_calendar():
    longer = schedule(Design(2, 7), (0, 1, 1, 0), FIRST)
    series = laid([on(0), on(4)], longer, PAIN)
    assert (series.day == laid([on(0), on(4)], CALENDAR, PAIN).day).all()


def test_what_was_taken_is_unknown_where_nothing_is_said():
    series = laid(
        [on(0)], CALENDAR, PAIN, taken={FIRST: 0.0, FIRST + timedelta(days=12): 0.5, FIRST - timedelta(days=1): 1.0}
    )
    assert series.taken[0] == 0.0
    assert series.taken[12] == 0.5
    assert np.isnan(np.delete(series.taken, [0, 12])).all()


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_share_taken_outside_zero_to_one_is_refused(share):
    with pytest.raises(InputError, match=r"0 \(nothing\) to 1 \(all\)"):
        laid([on(0)], CALENDAR, PAIN, taken={FIRST: share})


def test_excluded_days_are_set_aside_with_their_reason():
    flu = Exclusion(FIRST + timedelta(days=4), FIRST + timedelta(days=5), "flu")
    series = laid([on(3), on(4, 9.0), on(6)], CALENDAR, PAIN, exclusions=[flu])
    assert series.day.tolist() == [3, 6]
    assert [(aside.day, aside.value, aside.reason) for aside in series.set_aside] == [
        (FIRST + timedelta(days=4), 9.0, "flu")
    ]


def test_days_after_the_trial_are_set_aside_and_said():
    series = laid([on(3), on(CALENDAR.days)], CALENDAR, PAIN)
    assert series.day.tolist() == [3]
    assert "after the last day of the trial" in series.set_aside[0].reason


@pytest.mark.parametrize(
    ("first", "last", "reason", "said"), [(5, 4, "flu", "in order"), (4, 5, "  ", "without a reason")]
)
def test_an_exclusion_without_reason_or_backwards_is_refused(first, last, reason, said):
    with pytest.raises(InputError, match=said):
        Exclusion(FIRST + timedelta(days=first), FIRST + timedelta(days=last), reason)


@pytest.mark.parametrize(
    ("observations", "said"),
    [
        ([on(2, where="line 4"), on(2, 6, where="line 5")], "line 5, 2026-01-07: found this day twice (first: line 4"),
        ([on(3, where="line 4"), on(2, where="line 5")], "line 5, 2026-01-07: found after line 4, 2026-01-08"),
        ([on(-1, where="line 2")], "before the first day of the trial, 2026-01-05"),
        ([on(6, where="line 9")], "found a day in the future (today is 2026-01-10)"),
        ([on(0, float("nan"), where="line 2")], "line 2, 2026-01-05, pain: found nan, expected a number"),
        ([on(0, float("inf"))], "found inf"),
        ([on(0, 11, where="line 2")], "found 11, expected 0 to 10 in steps of 1"),
        ([on(0, -1)], "found -1, expected 0 to 10"),
        ([on(0, 4.5)], "found 4.5, expected 0 to 10 in steps of 1"),
    ],
)
def test_a_bad_day_says_its_line_what_was_found_and_what_was_expected(observations, said):
    with pytest.raises(InputError) as caught:
        laid(observations, CALENDAR, PAIN, today=FIRST + timedelta(days=5))
    assert said in str(caught.value)


def test_all_bad_days_are_named_at_once_up_to_eight():
    with pytest.raises(InputError) as caught:
        laid([on(day, 12) for day in range(11)], CALENDAR, PAIN)
    lines = str(caught.value).splitlines()
    assert len(lines) == 9
    assert lines[-1] == "and 3 more"


def test_one_arm_never_observed_is_carried_and_named():
    only_comparison = [on(day) for day in range(CALENDAR.days) if CALENDAR.assigned[day] == 0]
    series = laid(only_comparison, CALENDAR, PAIN)
    assert series.unobserved_arms == (1,)
    assert series.observed_by_arm == (14, 0)
    assert laid(everywhere(CALENDAR), CALENDAR, PAIN).unobserved_arms == ()


def test_no_outcome_at_all_is_carried():
    series = laid([], CALENDAR, PAIN)
    assert series.day.size == 0
    assert series.last_observed is None
    assert series.is_constant
    assert series.longest_gap_days == 0
    assert series.unobserved_arms == (0, 1)


def test_a_constant_outcome_is_carried_and_named():
    assert laid(everywhere(CALENDAR), CALENDAR, PAIN).is_constant
    assert not laid([on(0, 4), on(1, 5)], CALENDAR, PAIN).is_constant


def test_ten_years_of_days_and_a_gap_of_400_are_carried():
    calendar = schedule(Design(130, 14), sequence_at(Design(130, 14), 12345), date(2016, 1, 1))
    seen = [each for each in everywhere(calendar) if not 1000 <= (each.day - calendar.first_day).days < 1400]
    series = laid(seen, calendar, PAIN, today=date(2026, 1, 1))
    assert series.days == 3640
    assert series.longest_gap_days == 400
    assert series.last_observed == calendar.last_day


def test_a_measure_takes_any_number_and_a_count_only_whole_ones():
    assert laid([on(0, -3.25)], CALENDAR, MEASURE).outcome.tolist() == [-3.25]
    count = Scale("cramps", mcid=1, kind="count")
    assert laid([on(0, 3)], CALENDAR, count).outcome.tolist() == [3]
    for value in (-1.0, 2.5):
        with pytest.raises(InputError, match="0 or more in steps of 1"):
            laid([on(0, value)], CALENDAR, count)


def test_a_series_until_a_day_knows_nothing_later_but_the_schedule():
    series = laid(
        everywhere(CALENDAR), CALENDAR, PAIN, taken={FIRST + timedelta(days=d): 1.0 for d in range(CALENDAR.days)}
    )
    early = series.until(9)
    assert early.day.tolist() == list(range(10))
    assert (early.assigned == series.assigned).all()
    assert np.isnan(early.taken[10:]).all()
    assert early.taken[9] == 1.0


def test_backfilled_days_are_marked():
    assert laid([on(0), on(1, backfilled=True)], CALENDAR, PAIN).backfilled.tolist() == [False, True]


@settings(max_examples=30)
@given(st.data())
def test_arrays_that_do_not_fit_are_refused(data):
    series = laid(everywhere(CALENDAR), CALENDAR, PAIN)
    name = data.draw(st.sampled_from(["taken", "period", "pair", "outcome", "backfilled"]))
    with pytest.raises(InputError, match="different lengths"):
        replace(series, **{name: getattr(series, name)[1:]})


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("day", lambda day: day[::-1], "out of order"),
        ("day", lambda day: day + 1, "out of order or outside"),
        ("day", lambda day: day * 0, "each observed day once"),
        ("outcome", lambda outcome: outcome * np.nan, "not a number"),
        ("assigned", lambda assigned: assigned + 0.5, "other than 0 and 1"),
    ],
)
def test_a_series_made_by_hand_is_checked(name, change, said):
    series = laid(everywhere(CALENDAR), CALENDAR, PAIN)
    with pytest.raises(InputError, match=said):
        replace(series, **{name: change(getattr(series, name))})


def test_a_series_of_runs_needs_no_design():
    calendar = schedule_from_assigned(FIRST, [0, 0, 1, 1, 0, 1])
    series = laid([on(1), on(2)], calendar, PAIN)
    assert isinstance(series, Series)
    assert series.periods == 4


def test_the_smallest_difference_that_matters_is_a_tenth_of_the_range_unless_said():
    assert Scale("mood", low=0, high=100).mcid == 10
    assert Scale("mood", low=0, high=100, mcid=7).mcid == 7
    assert PAIN.span == 10


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "without a name"),
        ({"name": "mood"}, "no mcid"),
        ({"name": "mood", "low": 0, "high": 10, "mcid": 0}, "mcid 0"),
        ({"name": "mood", "low": 0, "high": 10, "mcid": -1}, "above 0"),
        ({"name": "mood", "low": 0, "high": 10, "mcid": "one"}, "'one'"),
        ({"name": "mood", "low": 10, "high": 0}, "low below high"),
        ({"name": "mood", "low": "0", "high": 10}, "low '0'"),
        ({"name": "mood", "low": 0, "high": float("inf")}, "high inf"),
        ({"name": "mood", "low": 0, "high": 10, "step": 0}, "step 0"),
        ({"name": "mood", "low": 0, "high": 10, "kind": "feeling"}, "score, measure, count"),
        ({"name": "cramps", "mcid": 1, "low": -1, "kind": "count"}, "whole numbers"),
        ({"name": "cramps", "mcid": 1, "step": 0.5, "kind": "count"}, "whole numbers"),
    ],
)
def test_a_scale_that_cannot_be_says_what_was_found(fields, said):
    with pytest.raises(InputError) as caught:
        Scale(**fields)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        (PAIN, "0 to 10 in steps of 1"),
        (MEASURE, "a number"),
        (Scale("sleep", "h", low=0, mcid=0.5), "0 or more"),
        (Scale("loss", low=None, high=0, mcid=0.5), "0 or less"),
    ],
)
def test_a_scale_says_which_values_it_takes(scale, words):
    assert scale.words() == words
    assert scale.fault(0.0) is None
