"""One food of several sources is kept once, told why, and found by every id it ever had."""

import itertools

import pytest

from provender.catalogue import build as building
from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.duplicates import Copies, identity, other_ids
from provender.catalogue.food import Food
from provender.catalogue.publisher import Published
from provender.terms.errors import NotFoundError

SR24, SR, LEGACY = "usda-sr24:12063", "usda-sr:12063", "fdc:ndb-12063"
GTIN = "0012345678905"


@pytest.mark.parametrize(
    ("food_id", "barcode", "same"),
    [
        (SR24, "", ("USDA number", 12063)),
        (SR, "", ("USDA number", 12063)),
        (LEGACY, "", ("USDA number", 12063)),
        ("usda-fndds:11111000", "", ("food code", 11111000)),
        ("fdc:food-11111000", "", ("food code", 11111000)),
        (f"fdc:gtin-{GTIN}", GTIN, ("barcode", 12345678905)),
        ("off:12345678905", "12345678905", ("barcode", 12345678905)),
        ("csv-mine:bar", "012345678905", ("barcode", 12345678905)),
        ("fdc:170158", "", None),
        ("csv-mine:12063", "", None),
        ("own:12063", "", None),
        ("usda-sr24:x", "", None),
        ("off:" + "9" * 30, "9" * 30, None),
        ("t:1", "000", None),
    ],
)
def test_what_tells_that_two_foods_are_one(food_id, barcode, same):
    assert identity(food_id, barcode) == same


@pytest.mark.parametrize("order", list(itertools.permutations([SR24, SR, LEGACY, "fdc:1", "csv-mine:a"])))
def test_of_usdas_copies_the_newest_is_kept_whatever_the_order_they_came_in(order):
    copies = Copies((food_id, "") for food_id in order)
    assert [food_id for food_id in sorted(order) if not copies.is_copy(food_id, "")] == ["csv-mine:a", "fdc:1", LEGACY]
    assert copies.left_out == {("usda-sr24", "USDA number", "fdc"): 1, ("usda-sr", "USDA number", "fdc"): 1}


def test_a_table_of_ones_own_is_kept_before_what_publishers_say_of_the_barcode():
    foods = [("off:12345678905", "12345678905"), (f"fdc:gtin-{GTIN}", GTIN), ("csv-mine:bar", GTIN)]
    copies = Copies(foods)
    assert [food_id for food_id, code in foods if not copies.is_copy(food_id, code)] == ["csv-mine:bar"]


def test_two_foods_of_one_source_are_not_copies_of_each_other():
    foods = [("csv-mine:a", GTIN), ("csv-mine:b", GTIN)]
    copies = Copies(foods)
    assert not any(copies.is_copy(*food) for food in foods)
    assert copies.left_out == {}


def test_an_id_of_an_older_release_leads_to_the_newest_first():
    assert list(other_ids(SR24)) == [LEGACY, SR]
    assert list(other_ids(LEGACY)) == [SR, SR24]
    assert list(other_ids("usda-sr24:01001")) == ["fdc:ndb-01001", "usda-sr:01001"]
    assert list(other_ids("usda-fndds:11111000")) == ["fdc:food-11111000"]
    assert list(other_ids("off:12345678905")) == []


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue of USDA's two releases and two sources of brands, in any order."""

    def food(food_id, name, barcode=None):
        source, _, number = food_id.partition(":")
        return Food(food_id, name, source, number, "1", kind="branded" if barcode else "generic", barcode=barcode)

    sources = {
        "usda-sr24": [food(SR24, "Almonds, old"), food("usda-sr24:01001", "Butter")],
        "fdc": [food(LEGACY, "Almonds, new"), food(f"fdc:gtin-{GTIN}", "ALMOND BAR", GTIN)],
        "off": [
            food("off:12345678905", "Almond bar", "12345678905"),
            food("off:4006381333931", "Pen", "4006381333931"),
        ],
    }
    known = {}
    for key, items in sources.items():
        known[key] = lambda _, key=key, items=items: Published(key, key, "1", "none", tuple(items))
    monkeypatch.setattr(building, "ALL", known)

    def made(*order):
        report = build([(key, tmp_path) for key in order], tmp_path / "out")
        return report, open_catalogue(tmp_path / "out")

    return made


def test_a_build_leaves_copies_out_and_says_why(catalogue):
    report, made = catalogue("usda-sr24", "fdc", "off")
    assert made.ids() == [f"fdc:gtin-{GTIN}", LEGACY, "off:4006381333931", "usda-sr24:01001"]
    assert report.duplicates == {("usda-sr24", "USDA number", "fdc"): 1, ("off", "barcode", "fdc"): 1}
    assert report.foods == {"fdc": 2, "off": 1, "usda-sr24": 1}


def test_the_order_of_sources_does_not_change_a_byte(catalogue):
    digests = {catalogue(*order)[0].digest for order in itertools.permutations(["usda-sr24", "fdc", "off"])}
    assert len(digests) == 1


def test_an_entry_that_points_at_a_copy_finds_what_took_its_place(catalogue):
    made = catalogue("usda-sr24", "fdc", "off")[1]
    assert made.food(SR24).id == LEGACY
    assert made.food("off:12345678905").id == f"fdc:gtin-{GTIN}"
    assert made.food("fdc:ndb-01001").id == "usda-sr24:01001"
    for unknown in ("usda-sr24:99999", "off:1", "fdc:170158", "t:x"):
        with pytest.raises(NotFoundError):
            made.food(unknown)
