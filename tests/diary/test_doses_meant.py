"""Words of the quick log that mean a dose of a supplement, and words that do not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.doses_meant import doses_by_name, doses_by_nutrient

NAMES = ("Magnesium citrate", "Acme Magnesium citrate")
D3 = {"VITD": 25.0}


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("magnesium citrate 1 tablet", "1"),
        ("Magnesium Citrate", "1"),
        ("2 magnesium citrate", "2"),
        ("two tablets of magnesium citrate", "2"),
        ("magnesium citrate x2", "2"),
        ("magnesium citrate, 2 pills", "2"),
        ("half a tablet magnesium citrate", "0.5"),
        ("1/2 magnesium citrate", "0.5"),
        ("acme magnesium citrate 1 capsule", "1"),
        ("magnesium citrate 30 g", None),
        ("magnesium citrate 0 tablets", None),
        ("101 magnesium citrate", None),
        ("3 eggs", None),
        ("tablets", None),
    ],
)
def test_a_supplement_is_meant_by_its_name(text, doses):
    assert doses_by_name(text, NAMES, "tablet") == (None if doses is None else Decimal(doses))


def test_a_unit_of_its_own_is_counted_in_that_unit_alone():
    assert doses_by_name("fish oil 5 ml", ("Fish oil",), "ml") == 5
    assert doses_by_name("fish oil 5 tablets", ("Fish oil",), "ml") is None
    assert doses_by_name("two gummies of sun", ("Sun",), "gummy") == 2


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("vitamin d 1000 iu", "1"),
        ("vitamin d 2,000 IU", "2"),
        ("vitamin D3 12.5 µg", "0.5"),
        ("vitamin d", "1"),
        ("2 vitamin d tablets", "2"),
        ("vitamin d 333 iu", None),
        ("vitamin d 100 g", None),
        ("vitamin e 100 iu", None),
        ("milk", None),
        ("magnesium 100 mg", None),
    ],
)
def test_a_supplement_of_one_nutrient_is_meant_by_that_nutrient(text, doses):
    assert doses_by_nutrient(text, "tablet", D3) == (None if doses is None else Decimal(doses))


def test_a_salt_means_the_mineral_in_it():
    assert doses_by_nutrient("magnesium citrate 500 mg", "tablet", {"MG": 80.8}) == 1


def test_retinol_and_what_follows_from_it_are_one_nutrient():
    assert doses_by_nutrient("vitamin a 3000 iu", "drop", {"RETOL": 900.0, "VITA_RAE": 900.0}) == 1


def test_a_supplement_of_many_nutrients_is_not_meant_by_one_of_them():
    assert doses_by_nutrient("vitamin d 1000 iu", "tablet", {"VITD": 25.0, "MG": 100.0}) is None


@given(st.integers(1, 400))
def test_as_many_quarters_of_a_dose_are_meant_as_their_amount_comes_to(quarters):
    assert doses_by_nutrient(f"vitamin d {25 * quarters / 4:.4f} µg", "tablet", D3) == Decimal(quarters) / 4
