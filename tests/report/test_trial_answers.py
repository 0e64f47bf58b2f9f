"""From a trial's file and its answers to plain values."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from report_cast import BACKGROUND, the_answers, the_file, the_look, the_trial

from provender.report.trial_account import Matter, Person
from provender.report.trial_answers import Background, of_answers
from provender.terms.errors import InputError
from provender.trials.answer import answer
from provender.trials.scale import OutcomeKind, Scale
from provender.trials.trial_file import read_trial


def plain_file(value, scale):
    rows = "\n".join(f"{date(2026, 1, 1) + timedelta(days=k)},{value(k)},{k // 7 % 2}" for k in range(28))
    return read_trial(f"day,outcome,assigned\n{rows}\n".encode(), today=date(2026, 6, 1), scales=(scale,))


def plainly(file):
    return of_answers(file, (answer(file),), replace(BACKGROUND, notes=()))


def test_the_report_holds_what_the_answer_says():
    told, found = the_trial().outcomes[0], the_answers()[0].verdict
    assert (told.kind, told.sentence, told.low, told.high) == (found.kind, found.sentence, found.low, found.high)
    assert told.mean == the_answers()[0].posterior.as_run.mean


def test_the_curve_holds_nearly_all_of_the_posterior():
    at, density = the_trial().outcomes[0].curve
    step = at[1] - at[0]
    assert sum(density) * step == pytest.approx(0.998, abs=0.005)


def test_days_are_those_of_the_series():
    days, series = the_trial().outcomes[0].days, the_answers()[0].series
    assert len(days.arm) == series.days
    assert len(days.value) == len(series.outcome)


def test_the_seal_is_verified():
    assert the_trial().seal.holds is True


def test_harms_and_changes_carry_their_arm_in_order_of_days():
    notes = the_trial().notes
    assert [one.day for one in notes] == sorted(one.day for one in notes)
    assert {one.arm for one in notes if one.matter is Matter.HARM} == {1}


def test_a_look_is_a_departure_from_the_plan():
    assert [one.day for one in the_trial().notes if one.matter is Matter.DEVIATION] == [date(2025, 12, 8)]


def test_a_trial_that_goes_on_has_no_last_day():
    assert the_look().course.last_day is None
    assert the_look().course.ended == "still running"


def test_until_the_end_the_seed_and_the_order_to_come_stay_closed():
    assert the_look().seal.commitment
    assert (the_look().seal.seed, the_look().seal.sentence, the_look().seal.holds) == ("", "", None)
    assert the_look().layout.sequence == "BAAB"
    assert the_trial().layout.sequence == "BAABBABABABA"


def test_days_set_aside_are_counted_by_reason():
    assert the_trial().course.set_aside == (("flu", 3),)


def test_a_plain_file_without_a_design_says_that_it_is_not_known():
    told = plainly(plain_file(lambda k: 4 + (k * 7 % 5) - 2 * (k // 7 % 2), Scale("pain", low=0.0, high=10.0)))
    assert told.layout.pairs is None
    assert told.layout.randomised is None
    assert told.title == "The treatment and pain"
    assert told.seal.holds is None


def test_outcomes_that_never_change_have_an_answer_that_cannot_tell():
    told = plainly(plain_file(lambda _: 5, Scale("pain", low=0.0, high=10.0))).outcomes[0]
    assert told.kind == "cannot tell"


def test_counts_are_told_by_the_week_with_their_own_belief():
    counted = Scale("cramps", low=0.0, kind=OutcomeKind.COUNT, mcid=0.15)
    told = plainly(plain_file(lambda k: (k * 5) % 3, counted))
    assert told.outcomes[0].answer_unit == "a week"
    assert "log scale" in told.method[1]


def test_an_answer_is_needed():
    with pytest.raises(InputError, match="found no answer"):
        of_answers(the_file(), (), BACKGROUND)


def test_nothing_is_made_up_where_the_background_is_empty():
    empty = Background(key="t", person=Person(key="p"), written_at=BACKGROUND.written_at, version="0.1.0")
    told = of_answers(the_file(), the_answers(), empty)
    assert told.intervention.dose is None
    assert told.outcomes[0].asked == ""
