"""Whether known numbers bear out those of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.figures import figures
from provender.library.known import Known, known_in, numbers_known
from provender.library.study_records import Outcome


def outcome(unit, **result):
    return Outcome(id="x", what="x", unit=unit, better="lower", at="x", results=[{"arm": "a", "time": "x", **result}])


@pytest.mark.parametrize(
    ("text", "known", "good"),
    [
        ("29 percent", outcome("percent", mean=28.7), True),
        ("28 percent", outcome("percent", mean=28.7), False),
        ("39 percent", {"share": 0.39}, True),
        ("39", {"share": 0.39}, False),
        ("41.6 percent", outcome("percent", mean=-41.6), True),
        ("0.18", -0.18, True),
        ("0.2", -0.18, True),
        ("0.20", -0.18, False),
        ("two in five", "39 percent", True),
        ("two in five", "30 percent", False),
        ("two in five", 39, False),
        ("Two in three", outcome("per 1000", mean=669), True),
        ("half of them", outcome("people", percent=48.0), True),
        ("more than half of them", "54 percent", True),
        ("half of them", "54 percent", False),
        ("less than half of them", "54 percent", False),
        ("nearly one patient in four", [75, 320, "75 of 320"], True),
        ("619 million", 619, False),
        ("619 million", "619 million", True),
        ("8 of 43", "18.6 percent", True),
        ("8 of 43", [8, 43], True),
        ("8 of 43", outcome("people", events=8, n=43), True),
        ("669 in 1000", outcome("per 1000", mean=669), True),
        ("nine out of ten", "9 in 10", True),
        ("five", [], False),
        ("six weeks", {"days": 42}, True),
    ],
)
def test_a_number_is_borne_out_by_a_known_one_as_it_is_rounded(text, known, good):
    (figure,) = figures(text)
    assert known_in(known).bears_out(figure) is good


@given(st.floats(0.01, 1e6), st.integers(0, 4))
def test_every_rounding_of_a_value_is_borne_out_by_it(value, decimals):
    for figure in figures(f"{value:.{decimals}f} points"):
        assert numbers_known([value]).bears_out(figure)


@given(st.floats(0.01, 1e6))
def test_nothing_known_bears_out_nothing(value):
    assert not any(Known().bears_out(one) for one in figures(f"{value:.2f} percent, two in five"))


def test_the_numbers_of_a_record_are_those_of_its_fields_and_texts():
    found = known_in(
        {"n": 40, "paired": True, "note": "8 of 43, 2013 to 2016, half of 96 percent", "days": 28, "x": None}
    )
    assert {40.0, 8.0, 43.0, 96.0, 28.0, 4.0} <= found.numbers
    assert 1.0 not in found.numbers
    assert found.shares == {8 / 43, 0.5, 0.96}


def test_what_is_not_known_is_no_number():
    assert numbers_known([None, -2]).numbers == {2.0}
