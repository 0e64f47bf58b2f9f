"""Numbers in sentences, in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.figures import figures


def values(text):
    return [round(one.value, 4) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("From 7.5 to 4.7 points in 80 people.", [7.5, 4.7, 80]),
        ("1,621 people, 81 210 more", [1621, 81, 210]),
        ("39 percent, 28.7 %, 5 per cent", [39, 28.7, 5]),
        ("619 million and two million", [619e6, 2e6]),
        ("five years, twenty-five people, twelve weeks", [5, 25, 12]),
        ("the 189th of 259 rows", [189, 259]),
        ("two in five, nine out of ten, 8 of 43", [0.4, 0.9, 0.186]),
        ("669 in 1000", [0.669]),
        ("about half of them, a third of all, two thirds", [0.5, 0.3333, 0.6667]),
        ("half a year, a quarter, the third day", [0.25]),
        ("one trial, and no one", []),
        ("one in four", [0.25]),
        ("nearly one tested patient in four", [0.25]),
        ("in 2019 and 2020", []),
        ("omega-3, vitamin B12, CRPS-1, SR24, N-of-1", []),
        ("28 mg per 100 g, and 3 in 100 ml", [28, 3]),
        ("the two groups, these three trials, all four", []),
        ("two groups", [2]),
        ("a 24-hour test, 600mg", [24]),
        ("−0.18 (−0.84 to 0.49)", [0.18, 0.84, 0.49]),
        ("someone attended often; weight, height", []),
    ],
)
def test_numbers_are_found(text, found):
    assert values(text) == found


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text):
    for one in figures(text):
        assert one.said
        assert one.value >= 0
