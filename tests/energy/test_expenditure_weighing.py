"""Which weighings are used, which are asked about."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.weighing import weighings

FIRST = date(2026, 5, 1)


def cleaned(*kg):
    days = [FIRST + timedelta(days=t) for t in range(len(kg))]
    return weighings(days, np.array([np.nan if w is None else w for w in kg], dtype=float))


def used(found):
    return found.weight_kg[np.isfinite(found.weight_kg)].tolist()


def test_ordinary_weights_are_all_used():
    found = cleaned(75, 75.8, None, 74.6, 76)
    assert used(found) == [75, 75.8, 74.6, 76]
    assert not found.questions
    assert not found.ignored


def test_a_jump_of_two_point_two_is_asked_about():
    found = cleaned(75, 75.2, 165, 75.1)
    assert found.questions[0].sentence == (
        "found 165 on 3 May beside 75.1; is this in pounds? Until you say so it is left out."
    )
    assert used(found) == [75, 75.2, 75.1]


def test_a_first_weight_in_pounds_is_the_one_in_doubt():
    found = cleaned(165, 75, 75.2, 75.1)
    assert [q.found for q in found.questions] == [165]


def test_turning_to_pounds_for_good_asks_about_every_one():
    found = cleaned(75, 75.2, 74.9, 75.1, 165.2, 165.0)
    assert [q.kind for q in found.questions] == ["pounds", "pounds"]


def test_a_kilogram_among_pounds_asks_about_the_others():
    found = cleaned(165, 165.4, 164.9, 75, 165)
    assert [q.kind for q in found.questions] == ["kilograms"]
    assert "are the others in pounds?" in found.questions[0].sentence


def test_a_weight_in_stones_is_asked_about():
    assert [q.kind for q in cleaned(75, 75, 75, 11.8, 75).questions] == ["stones"]


def test_no_body_weighs_nothing():
    found = cleaned(75, 0, 74.8, 700)
    assert [i.found for i in found.ignored] == [0, 700]
    assert "no body weighs that" in found.ignored[0].reason


def test_a_typing_slip_is_left_out():
    found = cleaned(75, 75.2, 57, 75.1)
    assert [i.found for i in found.ignored] == [57]


def test_three_agreeing_weights_on_a_new_level_are_believed_and_asked_about():
    found = cleaned(75, 75.2, 75.1, 66, 66.2, 65.9, 66.1)
    assert [q.kind for q in found.questions] == ["step"]
    assert used(found) == [75, 75.2, 75.1, 66, 66.2, 65.9, 66.1]
    assert np.flatnonzero(found.stepped).tolist() == [3]
    assert not found.ignored


def test_after_months_more_change_is_believed():
    gap = [None] * 120
    assert used(cleaned(90, 90.2, *gap, 72, 72.1)) == [90, 90.2, 72, 72.1]


def test_no_weights_at_all_are_no_trouble():
    assert used(cleaned(None, None)) == []


@given(
    st.lists(st.floats(0.97, 1.03), min_size=8, max_size=30),
    st.floats(50, 150),
    st.integers(0, 7),
)
def test_a_weight_in_pounds_anywhere_is_asked_about_and_never_used(noise, level, place):
    kg = [level * n for n in noise]
    kg[place] *= 2.20462
    found = cleaned(*kg)
    assert [q.found for q in found.questions] == [pytest.approx(kg[place])]
    assert np.isnan(found.weight_kg[place])
    assert len(used(found)) == len(kg) - 1


@given(st.lists(st.one_of(st.none(), st.floats(0, 1000)), min_size=1, max_size=25))
def test_every_weighing_is_used_or_told(kg):
    found = cleaned(*kg)
    told = {q.day for q in found.questions if q.kind != "step"} | {i.day for i in found.ignored}
    for t, weight in enumerate(kg):
        if weight is not None:
            assert np.isfinite(found.weight_kg[t]) != (FIRST + timedelta(days=t) in told)
