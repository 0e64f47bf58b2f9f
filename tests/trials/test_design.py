"""Designs: periods on calendar days, bad designs, and what is said of them before day 1."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.design import (
    Design,
    Scheme,
    assigned_days,
    pair_of_day,
    period_of_day,
    sequence_from_text,
    sequence_text,
)
from provender.trials.design_words import (
    design_sentences,
    resolution,
    resolution_sentence,
    serious,
    serious_sentence,
)
from provender.trials.randomise import sequence_at, sequence_count
from provender.trials.schedule import day_in_zone, schedule, schedule_from_assigned

designs = st.builds(
    Design,
    pairs=st.integers(1, 8),
    period_days=st.integers(1, 21),
    washout_days=st.integers(0, 5),
    run_in_days=st.integers(0, 14),
    scheme=st.sampled_from(["pairs", "stratified", "abab"]),
)


def test_a_trial_lasts_its_run_in_its_periods_and_the_washouts_between_them():
    design = Design(pairs=2, period_days=3, washout_days=1, run_in_days=2)
    assert design.days == 2 + 4 * 3 + 3 * 1
    assert period_of_day(design).tolist() == [-1, -1, 0, 0, 0, -1, 1, 1, 1, -1, 2, 2, 2, -1, 3, 3, 3]


def test_run_in_and_washout_days_are_comparison_days_outside_every_period():
    design = Design(pairs=1, period_days=2, washout_days=1, run_in_days=1)
    assert assigned_days(design, (1, 0)).tolist() == [0, 1, 1, 0, 0, 0]
    assert assigned_days(design, (0, 1)).tolist() == [0, 0, 0, 0, 1, 1]


@given(designs)
def test_every_period_has_its_days_and_every_set_both_arms_equally_often(design):
    sequence = sequence_at(design, sequence_count(design) - 1)
    period, assigned, pair = period_of_day(design), assigned_days(design, sequence), pair_of_day(design)
    assert len(period) == len(assigned) == len(pair) == design.days
    assert np.bincount(period[period >= 0]).tolist() == [design.period_days] * design.periods
    for each in range(pair.max() + 1):
        assert assigned[pair == each].mean() == 0.5
    assert assigned[period < 0].sum() == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"pairs": 0}, "pairs 0"),
        ({"pairs": 2.0}, "whole number"),
        ({"pairs": True}, "whole number"),
        ({"pairs": "six"}, "'six'"),
        ({"pairs": 2, "period_days": 0}, "period_days 0"),
        ({"pairs": 2, "washout_days": -1}, "washout_days -1"),
        ({"pairs": 2, "scheme": "ABBA"}, "pairs, blocks, stratified, abab"),
        ({"pairs": 3, "scheme": "blocks"}, "2, 6"),
        ({"pairs": 3, "scheme": "blocks", "block_periods": 3}, "even size"),
        ({"pairs": 3, "block_periods": 2}, "does not use it"),
        ({"pairs": 3, "longest_run": 2}, "does not use it"),
        ({"pairs": 3, "scheme": "stratified", "longest_run": 0}, "longest_run 0"),
        ({"pairs": 61, "scheme": "stratified"}, "at most 60"),
        ({"pairs": 600, "period_days": 14}, "twenty years"),
    ],
)
def test_a_design_that_cannot_be_says_what_was_found_and_expected(fields, said):
    with pytest.raises(InputError, match="found") as caught:
        Design(**fields)
    assert said in str(caught.value)


def test_ten_years_of_single_days_are_a_design():
    design = Design(pairs=1826, period_days=1)
    assert design.days == 3652
    assert assigned_days(design, sequence_at(design, 0)).sum() == 1826


@pytest.mark.parametrize(
    ("sequence", "said"),
    [((0, 1), "2 periods, expected 4"), ((0, 1, 2, 0), "found 2"), ((0, 1, None, 0), "found None")],
)
def test_a_sequence_that_does_not_fit_is_refused(sequence, said):
    with pytest.raises(InputError, match=said):
        assigned_days(Design(2), sequence)


@given(st.lists(st.integers(0, 1), min_size=1, max_size=40))
def test_a_sequence_in_letters_reads_back(sequence):
    assert list(sequence_from_text(sequence_text(sequence))) == sequence


@pytest.mark.parametrize("text", ["", "ABC", "01"])
def test_letters_other_than_a_and_b_are_refused(text):
    with pytest.raises(InputError, match="letters A"):
        sequence_from_text(text)


@given(designs, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_each_day_of_the_schedule_is_the_next_date(design, first):
    calendar = schedule(design, sequence_at(design, 0), first)
    assert calendar.last_day == first + timedelta(days=design.days - 1)


def test_clocks_going_forward_or_back_never_move_a_period():
    """In Berlin 2026-03-29 has 23 hours and 2026-10-25 has 25."""
    design = Design(pairs=16, period_days=7)
    calendar = schedule(design, sequence_at(design, 0), date(2026, 3, 23))
    first_after = (date(2026, 3, 30) - calendar.first_day).days
    assert calendar.period[first_after - 1] == 0
    assert calendar.period[first_after] == 1
    autumn = (date(2026, 10, 26) - calendar.first_day).days
    assert calendar.period[autumn] == calendar.period[autumn - 1] + 1
    assert np.bincount(calendar.period).tolist() == [7] * 32


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-28T22:59:59+00:00", date(2026, 3, 28)),
        ("2026-03-28T23:00:00+00:00", date(2026, 3, 29)),
        ("2026-03-29T21:59:59+00:00", date(2026, 3, 29)),
        ("2026-03-29T22:00:00+00:00", date(2026, 3, 30)),
        ("2026-10-24T22:00:00+00:00", date(2026, 10, 25)),
        ("2026-10-25T22:59:59+00:00", date(2026, 10, 25)),
        ("2026-10-25T23:00:00+00:00", date(2026, 10, 26)),
    ],
)
def test_an_instant_lies_on_the_date_of_the_persons_own_clock(instant, day):
    from datetime import datetime

    assert day_in_zone(datetime.fromisoformat(instant), "Europe/Berlin") == day


def test_an_instant_without_offset_or_an_unknown_zone_is_refused():
    from datetime import UTC, datetime

    with pytest.raises(InputError, match="without an offset"):
        day_in_zone(datetime(2026, 1, 1, 12), "Europe/Berlin")  # noqa: DTZ001
    for zone in ("Europe/Atlantis", "../secret", "Europe", ""):
        with pytest.raises(InputError, match="IANA name"):
            day_in_zone(datetime(2026, 1, 1, 12, tzinfo=UTC), zone)


def test_a_trial_past_the_end_of_the_calendar_is_refused():
    with pytest.raises(InputError, match="first_day"):
        schedule(Design(1, 14), (0, 1), date(9999, 12, 20))


def test_without_a_design_each_run_of_one_arm_is_a_period():
    calendar = schedule_from_assigned(date(2026, 1, 1), [0, 0, 1, 0, 1, 1])
    assert calendar.period.tolist() == [0, 0, 1, 2, 3, 3]
    assert calendar.pair.tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("assigned", [[], [1, 1, 1], [0], [0, 0.5, 1], [0] * 8000])
def test_fewer_than_two_periods_or_other_arms_are_refused(assigned):
    with pytest.raises(InputError, match="expected"):
        schedule_from_assigned(date(2026, 1, 1), assigned)


def test_four_pairs_are_said_to_stop_at_one_in_sixteen():
    said = resolution_sentence(Design(4))
    assert "no result can be below 1 in 16" in said
    assert "cannot reach 1 in 20" in said


def test_a_fixed_order_is_said_to_have_no_randomisation_test_and_no_protection():
    said = " ".join(design_sentences(Design(6, scheme="abab")))
    assert "no randomisation test is possible" in said
    assert "does not protect from what changes with time" in said


@given(designs)
def test_the_resolution_sentence_quotes_the_count_of_orders(design):
    count = sequence_count(design)
    assert resolution(design) == 1 / count
    said = resolution_sentence(design)
    assert f"{count:,} possible order" in said or "one possible order" in said
    assert ("cannot reach 1 in 20" in said) == (1 < count < 20)


def test_many_orders_are_said_to_be_drawn():
    assert "1 in 4,097" in resolution_sentence(Design(20))


@pytest.mark.parametrize(
    ("design", "reaches"),
    [
        (Design(6, 14), True),
        (Design(8, 21, Scheme.STRATIFIED), True),
        (Design(5, 14), False),
        (Design(6, 13), False),
        (Design(6, 14, Scheme.ABAB), False),
    ],
)
def test_the_minimum_serious_design_is_six_random_pairs_of_fourteen_days(design, reaches):
    assert serious(design) is reaches
    assert serious_sentence(design).startswith("This reaches") is reaches


def test_a_small_design_is_told_how_often_simulated_trials_found_a_difference():
    assert "2 points was found in 57 of 100, of 1 point in 19 of 100" in serious_sentence(Design(4, 7))


def test_periods_shorter_than_twice_the_onset_are_said_to_show_only_the_difference_as_run():
    assert any("as it was run" in said for said in design_sentences(Design(6, 5)))
    assert not any("as it was run" in said for said in design_sentences(Design(6, 14)))
    assert any("as it was run" in said for said in design_sentences(Design(6, 14), onset_days=8))


def test_periods_that_are_no_whole_weeks_are_said_to_be_uneven_over_the_week():
    assert any("day of the week" in said for said in design_sentences(Design(6, 10)))
    assert not any("day of the week" in said for said in design_sentences(Design(6, 14, washout_days=2, run_in_days=7)))
    assert "7 days of run-in and 2 days of washout" in design_sentences(Design(6, 14, washout_days=2, run_in_days=7))[0]
