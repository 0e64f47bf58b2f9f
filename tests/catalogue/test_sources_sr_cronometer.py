"""Release 24 as Debian's cronometer package carries it: a small jar of our own."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.brands import brand_in
from provender.catalogue.food import Portion
from provender.catalogue.publisher import Problem
from provender.catalogue.sources import sr_cronometer
from provender.catalogue.sources.sr_cronometer import retinol_activity
from provender.catalogue.usda import kind_of
from provender.terms.errors import SourceError
from provender.terms.nutrients import NUTRIENTS

HALIBUT = """<?xml version="1.0"?>
<food name="Fish, halibut, cooked" uid="15037">
  <measure amount="3.0" grams="85.0" name="oz"/><measure amount="0" grams="85.0" name="none"/>
  <measure amount="1" grams="heavy" name="fillet"/>
  <nutrient name="Magnesium" amount="28.0"/><nutrient name="Vitamin D" amount="40.0"/><nutrient name="ALA" amount="1.6"/>
  <nutrient name="Omega-3" amount="0.5"/><nutrient name="Mystery" amount="1"/><nutrient name="Fiber" amount="0.0"/>
</food>"""


@pytest.fixture
def jar(tmp_path):
    path = tmp_path / "usda_sr24.jar"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "usda_sr24/foods.index", "15037|Fish, halibut, cooked\n\n21001|Fast foods, taco\n99999|Gone\n11|Bad\n"
        )
        archive.writestr("usda_sr24/15037.xml", HALIBUT)
        archive.writestr("usda_sr24/21001.xml", "<food/>")
        archive.writestr("usda_sr24/11.xml", "<food>")
        archive.writestr("usda_sr24/88888.xml", "<food/>")
    return path


@pytest.fixture
def items(jar):
    return list(sr_cronometer.read(jar).items)


def test_only_foods_of_the_index_are_read(items):
    foods = [i for i in items if not isinstance(i, Problem)]
    assert [(f.id, f.category, f.kind) for f in foods] == [
        ("usda-sr24:15037", "Fish and shellfish", "generic"),
        ("usda-sr24:21001", "Fast foods", "dish"),
    ]


def test_a_nutrient_that_is_not_there_is_unknown_and_zero_is_zero(items):
    halibut = next(i for i in items if not isinstance(i, Problem))
    assert halibut.composition == {"MG": 28.0, "VITD": 1.0, "ALA_G": 1.6, "FIBTG": 0.0}


def test_a_measure_of_nothing_is_left_out(items):
    halibut = next(i for i in items if not isinstance(i, Problem))
    assert halibut.portions == (Portion(3.0, "oz", 85.0),)


def test_what_cannot_be_read_is_told(items):
    assert [(p.file, p.line, p.column) for p in items if isinstance(p, Problem)] == [
        ("15037.xml", 0, "fillet"),
        ("15037.xml", 0, "Mystery"),
        ("foods.index", 3, "food"),
        ("foods.index", 4, "food"),
    ]


def test_the_folder_reads_as_the_jar(jar):
    assert sr_cronometer.read(jar.parent).total == sr_cronometer.read(jar).total == 4


@pytest.mark.parametrize("content", [None, b"not a zip", b""])
def test_another_file_is_a_named_error(tmp_path, content):
    path = tmp_path / "other.jar"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=r"other\.jar: expected Debian's usda_sr24\.jar"):
        sr_cronometer.read(path)


def test_every_label_means_a_nutrient_of_ours_once():
    meanings = sr_cronometer.NUTRIENTS_OF.values()
    assert set(meanings) <= set(NUTRIENTS)
    assert len(set(meanings)) == len(meanings)


amounts = st.floats(0, 50_000)


@given(retinol=amounts, beta=amounts, alpha=amounts, cryptoxanthin=amounts)
def test_retinol_activity_is_the_same_from_the_parts_and_from_the_units(retinol, beta, alpha, cryptoxanthin):
    parts = {"RETOL": retinol, "CARTB": beta, "CARTA": alpha, "CRYPX": cryptoxanthin}
    units = retinol / 0.3 + beta / 0.6 + (alpha + cryptoxanthin) / 1.2
    assert retinol_activity({"VITA_IU": units, "RETOL": retinol}) == pytest.approx(retinol_activity(parts), abs=1e-6)


@pytest.mark.parametrize(
    ("composition", "activity"),
    [
        ({}, None),
        ({"RETOL": 5.0}, None),
        ({"VITA_IU": 100.0}, None),
        ({"VITA_IU": 0.0}, 0.0),
        ({"VITA_IU": 99.0, "RETOL": 30.0}, 30.0),
        ({"RETOL": 0.0, "CARTB": 12.0, "CARTA": 0.0, "CRYPX": 24.0}, 2.0),
    ],
)
def test_retinol_activity_is_unknown_where_it_cannot_be_known(composition, activity):
    assert retinol_activity(composition) == activity


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("Cereals ready-to-eat, KELLOGG, KELLOGG'S ALL-BRAN Original", "KELLOGG"),
        ("Cereals ready-to-eat, KELLOGG'S FROSTED MINI-WHEATS", "KELLOGG"),
        ("KELLOGG'S, EGGO, Waffles", "KELLOGG"),
        ("Cereals ready-to-eat, MALT-O-MEAL, CRISPY RICE", "MALT-O-MEAL"),
        ("Cereals ready-to-eat, POST, ALPHA-BITS", "POST"),
        ("MORI-NU, Tofu, silken, firm", "MORI-NU"),
        ("Cereals ready-to-eat, KASHI HEART TO HEART, Oat Flakes", "KASHI"),
        ("Kashi TLC Crackers Original 7 Grain", "KASHI"),
        ("McDONALD'S, Hamburger", "McDONALD'S"),
        ('PIZZA HUT 14" Cheese Pizza, Pan Crust', "PIZZA HUT"),
        ("T.G.I. FRIDAY'S, Fried mozzarella", "T.G.I. FRIDAY'S"),
        ("Candies, MARS SNACKFOOD US, M&M's Peanut", "MARS"),
        ("Candies, 5TH AVENUE Candy Bar", "5TH AVENUE"),
        ("Spinach, raw", None),
        ("Beef, USDA choice", None),
        ("USDA Commodity, salmon nuggets", None),
        ("Milk, UHT, with added DHA and ARA", None),
        ("Cereals ready-to-eat, MUESLI, dried fruit and nuts", None),
        ("Vitasoy USA, Organic Nasoya Silken Tofu", None),
        ("Kashmir apple, raw", None),
        ("", None),
    ],
)
def test_the_brand_stands_in_capitals(name, brand):
    assert brand_in(name) == brand


@pytest.mark.parametrize(
    ("name", "group", "brand", "wweia", "kind"),
    [
        ("Spinach, raw", "11", None, "", "generic"),
        ("Lasagna with meat", "22", None, "", "dish"),
        ("Something", "2100", None, "", "dish"),
        ("Soup, onion", "06", None, "", "dish"),
        ("Soupy sauce", "06", None, "", "generic"),
        ("Beef and rice", "", None, "3202", "dish"),
        ("Milk, whole", "", None, "1002", "generic"),
        ("Lasagna", "22", "A BRAND", "", "branded"),
    ],
)
def test_a_dish_is_told_by_its_group_its_category_or_its_first_word(name, group, brand, wweia, kind):
    assert kind_of(name, group, brand, wweia) == kind
