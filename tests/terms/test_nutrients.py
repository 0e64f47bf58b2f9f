"""The table of nutrients is whole: one row each, known units, no number that means two things."""

from decimal import Decimal

import pytest

from provender.terms.errors import NotFoundError
from provender.terms.nutrients import BY_FDC_NUMBER, BY_OFF_KEY, NUTRIENTS, nutrient
from provender.terms.units import convert


def test_sodium_is_na_and_not_missing():
    assert (nutrient("NA").name, nutrient("NA").unit) == ("Sodium", "mg")


def test_every_nutrient_has_a_name_a_known_unit_and_a_group():
    for one in NUTRIENTS.values():
        assert one.name, one.id
        assert one.unit in {"g", "mg", "µg", "kcal", "kJ", "IU"}, one.id
        assert one.group in {"energy", "macronutrients", "minerals", "vitamins", "fats", "carbohydrates", "other",
                             "amino acids", "fatty acids"}, one.id  # fmt: skip


def test_the_micro_sign_is_always_the_same_character():
    assert {one.unit for one in NUTRIENTS.values() if one.unit.endswith("g")} == {"g", "mg", "\N{MICRO SIGN}g"}


def test_every_mass_converts_to_grams():
    for one in NUTRIENTS.values():
        if one.unit.endswith("g"):
            assert convert(Decimal(1), one.unit, "g") > 0


def test_ranks_count_from_one_without_gaps_in_the_order_of_the_table():
    assert [one.rank for one in NUTRIENTS.values()] == list(range(1, len(NUTRIENTS) + 1))


def test_no_number_and_no_key_means_two_nutrients():
    numbers = [number for one in NUTRIENTS.values() for number in one.fdc_numbers]
    keys = [one.off_key for one in NUTRIENTS.values() if one.off_key]
    assert len(set(numbers)) == len(numbers) == len(BY_FDC_NUMBER)
    assert len(set(keys)) == len(keys) == len(BY_OFF_KEY)


def test_no_two_nutrients_have_one_name():
    names = [one.name.casefold() for one in NUTRIENTS.values()]
    assert len(set(names)) == len(names)


def test_energy_is_the_published_one_first_then_by_specific_then_by_general_factors():
    assert nutrient("ENERC_KCAL").fdc_numbers == ("208", "958", "957")


def test_percent_by_volume_of_alcohol_is_never_read_as_grams():
    assert nutrient("ALC").off_key is None


def test_an_unknown_id_is_named_with_what_was_expected():
    with pytest.raises(NotFoundError, match=r"'mg'.*INFOODS tagname"):
        nutrient("mg")


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        NUTRIENTS["MG"] = nutrient("NA")  # type: ignore[index]
