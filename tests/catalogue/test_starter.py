"""The starter catalogue as it ships: what is in it, and that it agrees with USDA's own later release."""

import gzip
from collections import defaultdict

import numpy as np
import pytest

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.food import Portion
from provender.terms.nutrients import NUTRIENTS

DIGEST = "93a1ed65344f851a810e2b6ca8a8bb4ec2aeb510b8a249aad9612f5ecdb61d3e"
"""Changes only with ``python tools/starter_catalogue.py``; say why in the change log when it does."""


@pytest.fixture(scope="module")
def starter():
    return open_catalogue(starter_path())


def test_the_starter_is_the_one_that_was_reviewed(starter):
    assert starter.digest == DIGEST


def test_the_starter_is_at_most_six_megabytes():
    assert starter_path().stat().st_size <= 6 * 1024 * 1024


def test_the_starter_holds_release_24_of_usdas_standard_reference(starter):
    (note,) = starter.sources
    assert (note.key, note.release, note.licence, note.foods) == ("usda-sr24", "24", "public domain", 7907)
    assert (len(starter), len(starter.nutrients)) == (7907, 70)


@pytest.mark.parametrize(
    ("number", "name", "magnesium_mg"),
    [
        ("15037", "Fish, halibut, Atlantic and Pacific, cooked, dry heat", 28.0),
        ("12063", "Nuts, almonds, dry roasted, without salt added", 281.0),
        ("11457", "Spinach, raw", 79.0),
    ],
)
def test_magnesium_of_known_foods_is_usdas(starter, number, name, magnesium_mg):
    found = starter.food(f"usda-sr24:{number}")
    assert (found.name, found.composition["MG"]) == (name, magnesium_mg)


def test_an_egg_has_its_own_measures(starter):
    assert Portion(1.0, "large", 50.0) in starter.food("usda-sr24:01123").portions


def test_nothing_in_the_starter_is_impossible(starter):
    values = starter.composition(range(len(starter)), starter.nutrients)
    assert np.nanmin(values) >= 0
    assert np.nanmax(starter.composition(range(len(starter)), ["ENERC_KCAL"])) <= 902
    macronutrients = starter.composition(range(len(starter)), ["PROCNT", "FAT", "CHOCDF", "ALC"])
    assert np.nansum(macronutrients, axis=1).max() <= 105


def test_unknown_values_are_unknown_and_not_zero(starter):
    magnesium = starter.composition(range(len(starter)), ["MG"])
    vitamin_k = starter.composition(range(len(starter)), ["VITK1"])
    assert np.isnan(magnesium).sum() == 679
    assert np.isnan(vitamin_k).mean() > 0.3


@pytest.mark.parametrize(
    ("name", "kind", "brand"),
    [
        ("Cereals ready-to-eat, KELLOGG, KELLOGG'S ALL-BRAN Original", "branded", "KELLOGG"),
        ("McDONALD'S, Hamburger", "branded", "McDONALD'S"),
        ("Spinach, raw", "generic", None),
        ("Beef, short loin, porterhouse steak, separable lean and fat, trimmed to 0\" fat, USDA choice, cooked, broiled",
         "generic", None),
        ("Fast foods, biscuit, with ham", "dish", None),
        ("Soup, onion, dry, mix", "dish", None),
        ("Taco shells, baked", "generic", None),
    ],
)  # fmt: skip
def test_brands_and_dishes_are_told_from_plain_foods(starter, name, kind, brand):
    found = starter.food_at(starter.names().index(name))
    assert (found.kind, found.brand) == (kind, brand)


@pytest.fixture(scope="module")
def release_28():
    """Values of SR28 by food and nutrient number, as USDA printed them."""

    def read(folder):
        values = defaultdict(dict)
        with gzip.open(folder / "NUT_DATA.txt.gz", "rt", encoding="iso-8859-1") as file:
            for line in file:
                food, number, amount = (f.strip("~") for f in line.split("^")[:3])
                values[food][number] = float(amount)
        return values

    return read


def test_every_nutrient_agrees_with_release_28_of_the_same_foods(starter, shared_data, release_28):
    """USDA, SR28 (May 2016), by its own food and nutrient numbers: a wrong unit or a wrong nutrient moves the median.

    The median ratio is 1 where both have a value above zero; values revised since 2011 are in the tails. At least
    80 % agree within 2 % (vitamins A and D, printed there in whole numbers and tenths: within 1 µg).
    """
    values = release_28(shared_data("usda_sr28"))
    ours = starter.composition(range(len(starter)), starter.nutrients)
    numbers = [food_id.partition(":")[2] for food_id in starter.ids()]
    for column, nutrient_id in enumerate(starter.nutrients):
        number = NUTRIENTS[nutrient_id].fdc_numbers[0]
        theirs = np.array([values.get(n, {}).get(number, np.nan) for n in numbers])
        both = (theirs > 0) & (ours[:, column] > 0)
        ratio = ours[both, column] / theirs[both]
        assert both.sum() > 60, nutrient_id
        assert np.median(ratio) == pytest.approx(1.0, abs=0.005), nutrient_id
        near = np.abs(ratio - 1) < 0.02
        if nutrient_id in {"VITA_RAE", "VITD"}:
            near |= np.abs(ours[both, column] - theirs[both]) <= 1.0
        assert near.mean() > 0.8, nutrient_id
