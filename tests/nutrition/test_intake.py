"""Sums say how much of the diary they rest on; unknown is never 0."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.nutrition.intake import (
    ENERGY,
    UNKNOWN_WEIGHT_KCAL,
    Ingredient,
    per_day,
    recipe_composition,
    scale,
    total,
)
from provender.terms.errors import InputError

AXIS = ("ENERC_KCAL", "MG", "NA", "VITC")
AMOUNTS = st.floats(0, 5000)
SNAPSHOTS = st.dictionaries(st.sampled_from(AXIS), AMOUNTS)
ENTRIES = st.lists(SNAPSHOTS, max_size=8)

SPINACH = {"ENERC_KCAL": 20.0, "MG": 79.0, "VITC": 28.0}
PIZZA = {"ENERC_KCAL": 380.0, "NA": 900.0, "VITC": 0.0}
DAY = date(2026, 3, 29)


def test_known_amounts_are_added():
    found = total([SPINACH, PIZZA], AXIS)
    assert found.of("ENERC_KCAL") == 400.0
    assert found.of("VITC") == 28.0


def test_an_unmeasured_food_lowers_coverage_not_intake():
    found = total([SPINACH, PIZZA], AXIS)
    assert found.of("MG") == 79.0
    assert found.coverage_of("MG") == pytest.approx(20 / 400)


def test_a_measured_zero_counts_as_known():
    assert total([SPINACH, PIZZA], AXIS).coverage_of("VITC") == 1.0
    assert total([PIZZA], AXIS).of("VITC") == 0.0


def test_a_nutrient_known_in_no_entry_is_unknown_and_not_zero():
    found = total([SPINACH], AXIS)
    assert math.isnan(found.amount[AXIS.index("NA")])
    assert found.of("NA") is None
    assert found.coverage_of("NA") == 0.0


def test_a_nutrient_that_is_not_on_the_axis_is_unknown():
    found = total([SPINACH], ("MG",))
    assert found.of("VITC") is None
    assert found.coverage_of("VITC") == 0.0


def test_nothing_eaten_is_unknown_not_zero():
    found = total([], AXIS)
    assert found.entries == 0
    assert all(line.amount is None and line.coverage == 0.0 for line in found.lines())


def test_an_entry_of_unknown_energy_counts_as_an_everyday_item():
    found = total([SPINACH, PIZZA, {"VITC": 5.0}], AXIS)
    assert found.coverage_of("ENERC_KCAL") == pytest.approx(400 / (400 + UNKNOWN_WEIGHT_KCAL))
    assert found.coverage_of("MG") == pytest.approx(20 / (400 + UNKNOWN_WEIGHT_KCAL))


def test_water_without_energy_still_counts_a_little():
    found = total([{"ENERC_KCAL": 0.0}, {"ENERC_KCAL": 99.0, "MG": 5.0}], AXIS)
    assert found.coverage_of("MG") == pytest.approx(0.99)


def test_not_a_number_is_unknown():
    found = total([{"ENERC_KCAL": 10.0, "MG": math.nan}], AXIS)
    assert found.of("MG") is None


def test_lines_stand_in_the_order_of_the_axis():
    line = total([SPINACH, PIZZA], AXIS).lines()[1]
    assert (line.nutrient, line.amount, line.daily_mean, line.known, line.entries) == ("MG", 79.0, 79.0, 1, 2)


@given(ENTRIES)
def test_the_order_of_entries_does_not_matter(entries):
    one, other = total(entries, AXIS), total(entries[::-1], AXIS)
    np.testing.assert_allclose(one.amount, other.amount, rtol=1e-12)
    np.testing.assert_allclose(one.coverage, other.coverage, rtol=1e-12)


@given(ENTRIES, st.floats(0.01, 100))
def test_eating_everything_k_times_multiplies_the_sums(entries, factor):
    one, other = total(entries, AXIS), total([scale(s, factor) for s in entries], AXIS)
    np.testing.assert_allclose(other.amount, one.amount * factor, rtol=1e-9, atol=1e-12)


@given(st.lists(SNAPSHOTS, min_size=1, max_size=8), st.one_of(st.just({}), AMOUNTS.map(lambda e: {ENERGY: e})))
def test_one_more_entry_that_does_not_know_never_raises_coverage_nor_changes_the_sum(entries, unknowing):
    before, after = total(entries, AXIS), total([*entries, unknowing], AXIS)
    for nutrient in ("MG", "NA", "VITC"):
        assert after.of(nutrient) == pytest.approx(before.of(nutrient))
        known = before.coverage_of(nutrient)
        assert after.coverage_of(nutrient) <= known
        if known > 0:
            assert after.coverage_of(nutrient) < known


@given(ENTRIES)
def test_coverage_is_a_share_and_whole_only_when_every_entry_knows(entries):
    found = total(entries, AXIS)
    assert ((found.coverage >= 0) & (found.coverage <= 1)).all()
    for line in found.lines():
        assert (line.known == line.entries and line.entries > 0) == (line.coverage > 1 - 1e-12)


def test_a_range_adds_days_and_divides_by_logged_days_only():
    days = {DAY: [SPINACH, PIZZA], DAY + timedelta(days=1): [], DAY + timedelta(days=4): [SPINACH]}
    found = per_day(days, AXIS)
    assert found.days == (DAY, DAY + timedelta(days=4))
    assert found.total.of("MG") == 158.0
    assert found.mean_of("MG") == 79.0
    assert found.mean_of("NA") == 450.0
    assert found.lines()[1].daily_mean == 79.0
    assert found.amount.shape == (2, 4)
    assert found.coverage[1, AXIS.index("MG")] == 1.0


def test_days_come_back_in_order_however_they_were_given():
    days = {DAY + timedelta(days=i): [SPINACH] for i in (3, 0, 2)}
    assert per_day(days, AXIS).days == tuple(sorted(days))


def test_a_range_without_food_has_no_mean():
    found = per_day({DAY: []}, AXIS)
    assert found.days == ()
    assert found.mean_of("MG") is None
    assert found.amount.shape == (0, 4)
    assert found.lines()[0].amount is None


@given(st.lists(st.lists(SNAPSHOTS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_range_is_the_total_of_all_its_entries(days):
    diary = {DAY + timedelta(days=i): entries for i, entries in enumerate(days)}
    found = per_day(diary, AXIS)
    whole = total([s for entries in days for s in entries], AXIS)
    np.testing.assert_allclose(found.total.amount, whole.amount, rtol=1e-12)
    for row, entries in zip(found.amount, days, strict=True):
        np.testing.assert_allclose(row, total(entries, AXIS).amount, rtol=1e-12)


def test_scaling_leaves_the_unknown_unknown():
    assert scale({"MG": 79.0, "NA": math.nan}, 0.5) == {"MG": 39.5}


@pytest.mark.parametrize("factor", [-1, math.nan, math.inf])
def test_a_food_is_not_eaten_a_negative_or_unknown_number_of_times(factor):
    with pytest.raises(InputError) as caught:
        scale(SPINACH, factor)
    assert caught.value.field == "amount"


FLOUR = Ingredient({"ENERC_KCAL": 364.0, "MG": 22.0, "NA": 2.0}, 2.5, 250.0)
WATER = Ingredient({"ENERC_KCAL": 0.0, "MG": 1.0, "NA": 4.0}, 1.5, 150.0)
YEAST = Ingredient({"ENERC_KCAL": 105.0, "NA": 30.0}, 0.2, 20.0)


def test_a_recipe_holds_what_went_into_it():
    found = recipe_composition([FLOUR, WATER])
    assert found.whole == pytest.approx({"ENERC_KCAL": 910.0, "MG": 56.5, "NA": 11.0})
    assert found.mass_g == 400.0
    assert found.per_100_g["MG"] == pytest.approx(56.5 / 4)


def test_a_recipe_does_not_know_a_nutrient_that_one_ingredient_does_not_know():
    found = recipe_composition([FLOUR, WATER, YEAST])
    assert "MG" not in found.whole
    assert found.whole["NA"] == pytest.approx(17.0)
    assert found.coverage["MG"] == pytest.approx(911 / 932)


def test_an_ingredient_of_which_there_is_none_is_not_in_the_dish():
    none = Ingredient({}, 0.0, 0.0)
    assert recipe_composition([FLOUR, none]).whole == recipe_composition([FLOUR]).whole


def test_cooking_water_away_concentrates_and_keeps_the_whole():
    raw, cooked = recipe_composition([FLOUR, WATER]), recipe_composition([FLOUR, WATER], cooked_mass_g=320.0)
    assert cooked.whole == raw.whole
    assert cooked.per_100_g["MG"] == pytest.approx(raw.per_100_g["MG"] * 400 / 320)


@given(st.floats(0.25, 40))
def test_so_many_servings_make_the_whole_again(servings):
    found = recipe_composition([FLOUR, WATER])
    assert found.per_serving(servings)["MG"] * servings == pytest.approx(found.whole["MG"])


@pytest.mark.parametrize("servings", [0, -1, math.nan])
def test_a_dish_has_more_than_no_servings(servings):
    with pytest.raises(InputError) as caught:
        recipe_composition([FLOUR]).per_serving(servings)
    assert caught.value.field == "servings"


@pytest.mark.parametrize("ingredients", [[], [Ingredient({"MG": 1.0}, 0.0, 0.0)]])
def test_a_dish_of_nothing_is_refused(ingredients):
    with pytest.raises(InputError) as caught:
        recipe_composition(ingredients)
    assert caught.value.field == "ingredients"


@pytest.mark.parametrize("mass", [0.0, -5.0, math.nan, math.inf])
def test_a_dish_that_weighs_nothing_is_refused(mass):
    with pytest.raises(InputError) as caught:
        recipe_composition([FLOUR], cooked_mass_g=mass)
    assert caught.value.field == "cooked_mass_g"


@given(st.permutations([FLOUR, WATER, YEAST]))
def test_the_order_of_ingredients_does_not_matter(ingredients):
    assert recipe_composition(ingredients).whole == pytest.approx(recipe_composition([FLOUR, WATER, YEAST]).whole)
