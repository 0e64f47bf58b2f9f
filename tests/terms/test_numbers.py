import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.terms.numbers import parse_number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2", "2"),
        (" 1.5 ", "1.5"),
        ("1,5", "1.5"),
        ("1,250", "1250"),
        ("1,250.5", "1250.5"),
        (".5", "0.5"),
        ("1/2", "0.5"),
        ("1 1/2", "1.5"),
        ("1½", "1.5"),
        ("½", "0.5"),
        ("⅓", "0.333333"),
        ("-3", "-3"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, meant):
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "two", "NaN", "inf", "1e999", "1/0", "2OO", "😀", "٣ eggs", "9" * 25, "1.2.3"])
def test_what_is_not_a_number_is_said_with_what_was_found(typed):
    with pytest.raises(InputError, match="expected a number") as caught:
        parse_number(typed, field="amount")
    assert caught.value.field == "amount"


@given(st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False))
def test_every_plain_decimal_comes_back_exactly(value):
    assert parse_number(f"{value:f}") == value


@given(st.text(max_size=40))
def test_any_text_is_a_finite_number_or_a_clear_error(text):
    with contextlib.suppress(InputError):
        assert parse_number(text).is_finite()
