"""Open Food Facts: lines of our own, and the thousand products of the project's test export."""

import gzip
import json

import numpy as np
import pytest

from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.food import Portion
from provender.catalogue.publisher import Problem
from provender.catalogue.sources import off
from provender.terms.errors import SourceError

SPREAD = {
    "code": "0000101209159",
    "product_name": "Pâte à tartiner",
    "brands": "Bovetti, Another",
    "lang": "fr",
    "last_modified_t": 1682726341,
    "pnns_groups_2": "Sweets",
    "serving_size": "1 Tbsp (15 g)",
    "nutriments": {
        "energy_100g": 2582, "energy-kcal_100g": 617, "proteins_100g": "8", "fat_100g": 48, "sodium_100g": 0.004,
        "salt_100g": 0.01, "magnesium_100g": 0.12, "vitamin-d_100g": 2.5e-06, "alcohol_100g": 40, "fat": 7,
        "fiber_serving": 3, "calcium_prepared_100g": 1, "nova-group_100g": 4, "vitamin-c_100g": 0,
    },
}  # fmt: skip


@pytest.fixture
def export(tmp_path):
    """Writes lines, each a product or text, and says where."""

    def write(*rows, name="products.jsonl"):
        lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        content = b"\n".join(lines) + b"\n"
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write


def product(**fields):
    return {**SPREAD, **fields}


@pytest.fixture
def read_one(export):
    def read(**fields):
        items = list(off.read(export(product(**fields))).items)
        assert not [i for i in items if isinstance(i, Problem)]
        return items[0].food

    return read


def nutriments(**amounts):
    return {f"{key.replace('_', '-')}_100g": amount for key, amount in amounts.items()}


def test_amounts_per_hundred_grams_come_in_the_nutrients_own_unit(read_one):
    assert read_one().composition == {
        "ENERC_KCAL": 617.0, "PROCNT": 8.0, "FAT": 48.0, "NA": 4.0, "MG": 120.0, "VITD": 2.5, "VITC": 0.0,
    }  # fmt: skip


def test_a_product_is_branded_with_its_first_brand_its_barcode_and_the_day_of_its_last_change(read_one):
    found = read_one()
    assert (found.id, found.kind, found.brand, found.barcode) == (
        "off:0000101209159", "branded", "Bovetti", "0000101209159",
    )  # fmt: skip
    assert (found.release, found.category) == ("2023-04-28", "Sweets")


@pytest.mark.parametrize(
    ("stated", "energy"),
    [
        ({"energy-kcal_100g": 100, "energy-kj_100g": 999}, 100.0),
        ({"energy-kj_100g": 418.4, "energy_100g": 999}, 100.0),
        ({"energy_100g": 418.4}, 100.0),
        ({"energy-kcal_100g": 0, "energy_100g": 418.4}, 0.0),
        ({}, None),
    ],
)
def test_energy_comes_from_kilojoules_only_where_kilocalories_are_not_stated(read_one, stated, energy):
    assert read_one(nutriments=stated).composition.get("ENERC_KCAL") == energy


def test_sodium_comes_from_salt_only_where_it_is_not_stated(read_one):
    assert read_one(nutriments=nutriments(salt=2.5)).composition == {"NA": 1000.0}
    assert read_one(nutriments=nutriments(salt=2.5, sodium=0)).composition == {"NA": 0.0}


def test_a_second_key_of_a_nutrient_serves_where_the_first_is_missing(read_one):
    assert read_one(nutriments=nutriments(folates=1e-4, vitamin_k=2e-5)).composition == {"FOL": 100.0, "VITK1": 20.0}
    assert read_one(nutriments=nutriments(folates=1e-4, vitamin_b9=5e-5)).composition == {"FOL": 50.0}


@pytest.mark.parametrize("nothing", [None, "", {}, [], "text"])
def test_a_label_without_amounts_leaves_everything_unknown(read_one, nothing):
    assert read_one(nutriments=nothing).composition == {}


def test_amounts_are_left_aside_where_the_product_says_it_has_none(read_one):
    assert read_one(no_nutrition_data="on").composition == {}


@pytest.mark.parametrize(
    ("words", "grams"),
    [("30g", 30.0), ("0,5 g", 0.5), ("40 g (40 GRM)", 40.0), ("1.06 ONZ (30 g)", 30.0)],
)
def test_a_serving_stated_in_grams_is_a_portion(read_one, words, grams):
    assert read_one(serving_size=words).portions == (Portion(1.0, f"serving ({words})", grams),)


@pytest.mark.parametrize(
    ("words", "portion"),
    [("1 Tbsp (15 g)", Portion(1.0, "tbsp", 15.0)), ("2 biscuits (25 g)", Portion(2.0, "biscuits", 25.0))],
)
def test_a_serving_that_names_a_measure_is_that_measure(read_one, words, portion):
    assert read_one(serving_size=words).portions == (portion,)


@pytest.mark.parametrize(
    ("scans", "expected"),
    [({"unique_scans_n": 40, "scans_n": 90}, 40.0), ({"scans_n": 90}, 90.0), ({"unique_scans_n": 0}, 0.0), ({}, None),
     ({"scans_n": "many"}, None), ({"scans_n": -1}, None), ({"scans_n": True}, None)],
)  # fmt: skip
def test_how_often_a_product_was_scanned_is_its_popularity_and_unknown_where_it_is_not_said(read_one, scans, expected):
    assert read_one(**scans).popularity == expected


@pytest.mark.parametrize("words", [None, "", "240 ml", "1 piece", "0 g", 12, "12 mg", "999999999 g"])
def test_a_serving_without_grams_is_no_portion(read_one, words):
    assert read_one(serving_size=words).portions == ()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"product_name": "", "product_name_en": "Spread"}, "Spread"),
        ({"product_name": None, "product_name_fr": "Pâte"}, "Pâte"),
        ({"product_name": " Spread "}, " Spread "),
    ],
)
def test_the_name_is_taken_in_the_products_own_language_where_the_first_is_missing(read_one, fields, name):
    assert read_one(**fields).name == name


@pytest.mark.parametrize(
    ("fields", "brand"),
    [
        ({"brands": ""}, None),
        ({"brands": None, "brand_owner": "Owner"}, "Owner"),
        ({"brands": ", ,A,B"}, "A"),
        ({"brands": 5}, None),
    ],
)
def test_a_missing_brand_is_the_owners_or_none(read_one, fields, brand):
    assert read_one(**fields).brand == brand


@pytest.mark.parametrize("changed", [None, "", "soon", -5, 1e300])
def test_an_unknown_day_of_change_is_no_crash(read_one, changed):
    assert read_one(last_modified_t=changed).release == ""


@pytest.mark.parametrize("category", [None, "unknown", "Unknown", "", 3])
def test_an_unknown_category_is_none(read_one, category):
    assert read_one(pnns_groups_2=category).category is None


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (b'{"code": "1", "product_name": "cut', "row", "it is not JSON"),
        (b"[1, 2]", "row", "expected a product"),
        (b'"\xff"', "row", "it is not JSON"),
        (b"[" * 100_000, "row", "it is not JSON"),
        (product(code="abc"), "code", "expected a barcode"),
        (product(code=None), "code", "expected a barcode"),
        (product(code="٣٤٥"), "code", "expected a barcode"),
        (product(code="1" * 25), "code", "expected a barcode"),
        (product(product_name=" ", code="42"), "product_name", "the product 42 has no name"),
    ],
)
def test_a_damaged_line_is_told_with_its_number_and_the_next_is_read(export, row, column, why):
    problem, revision = list(off.read(export(product(), row, product(code="77")))
                             .items)[1:]  # fmt: skip
    assert (problem.line, problem.column) == (2, column)
    assert why in problem.why
    assert revision.food.barcode == "77"


@pytest.mark.parametrize("amount", ["lots", True, [1], "nan"])
def test_an_amount_that_is_no_number_is_a_problem_and_unknown(export, amount):
    problem, revision = off.read(export(product(nutriments=nutriments(fat=amount, proteins=1)))).items
    assert (problem.column, revision.food.composition) == ("fat_100g", {"PROCNT": 1.0})


def test_the_row_changed_last_wins(export, tmp_path):
    rows = [product(product_name=str(t), last_modified_t=t) for t in (1_500_000_000, 1_700_000_000, 1_600_000_000)]
    report = build([("off", export(*rows))], tmp_path / "out")
    assert open_catalogue(tmp_path / "out").names() == ["1700000000"]
    assert report.superseded == {"off": 2}


def test_the_gzipped_export_and_its_folder_read_as_the_plain_one(export, tmp_path):
    plain = build([("off", export(product()))], tmp_path / "a").digest
    (tmp_path / "products.jsonl").unlink()
    packed = export(product(), name="products.jsonl.gz")
    assert build([("off", packed)], tmp_path / "b").digest == plain
    assert build([("off", packed.parent)], tmp_path / "c").digest == plain


def test_an_empty_line_is_passed_over(export):
    assert len(list(off.read(export(product(), b"", b"  ")).items)) == 1


def test_nothing_is_read_ahead_of_what_is_asked_for(export):
    items = iter(off.read(export(product(), b"not JSON")).items)
    assert next(items).food.barcode == SPREAD["code"]
    items.close()


def test_an_export_cut_short_says_after_which_line(export):
    many = [product(code=str(n), product_name=str(n * 7919 % 10007)) for n in range(2000)]
    path = export(*many, name="products.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises(SourceError, match=r"cut short or damaged after line [\d,]+"):
        list(off.read(path).items)


@pytest.mark.parametrize(("content", "message"), [(b"id,name\n", "expected one product in JSON"), (b"", "expected one product"),
                                                  (b"{}\n", "has none of the fields"), (b"[1]\n", "has none of the fields")])  # fmt: skip
def test_another_kind_of_file_is_a_named_error(tmp_path, content, message):
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        off.read(path)


def test_no_file_is_a_named_error(tmp_path):
    with pytest.raises(SourceError, match="found no file"):
        off.read(tmp_path / "none.jsonl")


def test_a_folder_of_two_exports_asks_which(export, tmp_path):
    export(product())
    export(product(), name="more.jsonl")
    with pytest.raises(SourceError, match="found 2"):
        off.read(tmp_path)


def test_a_file_that_says_it_is_gzipped_and_is_not_is_a_named_error(tmp_path):
    path = tmp_path / "products.jsonl.gz"
    path.write_bytes(b"{}")
    with pytest.raises(SourceError, match="expected one product"):
        off.read(path)


def test_a_thousand_real_products_are_read(shared_data, tmp_path):
    """Open Food Facts' own test export of October 2024: 1,000 products, 986 with a name, 930 with kcal per 100 g."""
    report = build([("off", shared_data("openfoodfacts_sample"))], tmp_path / "out")
    catalogue = open_catalogue(tmp_path / "out")
    assert report.foods == {"off": 986}
    nameless = [p for p in report.problems if p.column == "product_name"]
    assert len(nameless) == 14
    energy = catalogue.composition(range(986), ["ENERC_KCAL"])
    assert np.isfinite(energy).sum() > 910
    assert np.nanmax(energy) <= 902
    magnesium = catalogue.composition(range(986), ["MG"])
    assert 0 < np.isfinite(magnesium).sum() <= 10
    assert 0 < np.nanmax(magnesium) < 1000
    assert catalogue.by_barcode("101209159").name == "Véritable pâte à tartiner noisettes chocolat noir"
