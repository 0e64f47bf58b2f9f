"""The plain CSV that anyone can write."""

import gzip

import pytest

from provender.catalogue.publisher import Problem
from provender.catalogue.sources import plain_csv
from provender.terms.errors import SourceError
from provender.terms.nutrients import NUTRIENTS


def foods_and_problems(published):
    items = list(published.items)
    return [i for i in items if not isinstance(i, Problem)], [i for i in items if isinstance(i, Problem)]


def test_an_empty_cell_is_unknown_and_zero_is_zero(plain):
    (food,), problems = foods_and_problems(plain_csv.read(plain("id,name,MG,NA,VITC\na,Almonds,279,,0\n")))
    assert food.composition == {"MG": 279.0, "VITC": 0.0}
    assert problems == []


def test_sodium_is_called_na_and_read_as_any_other(plain):
    (food,), _ = foods_and_problems(plain_csv.read(plain("NA,name,id\n4,Almonds,a\n")))
    assert food.composition == {"NA": 4.0}


def test_brand_category_and_barcode_are_read(plain):
    (food,), _ = foods_and_problems(plain_csv.read(plain("id,name,brand,category,barcode\na,Bar,Acme,Sweets,0012\n")))
    assert (food.kind, food.brand, food.category, food.barcode) == ("branded", "Acme", "Sweets", "0012")


def test_a_food_without_brand_and_barcode_is_generic(plain):
    (food,), _ = foods_and_problems(plain_csv.read(plain("id,name,brand\na,Bar,\n")))
    assert (food.kind, food.brand, food.barcode) == ("generic", None, None)


@pytest.mark.parametrize(
    ("name", "key"),
    [("my foods.csv", "csv-my-foods"), ("Été.CSV", "csv-t"), ("!.csv", "csv-foods"), ("ÄÖ.csv", "csv-foods")],
)
def test_the_files_name_makes_the_prefix(plain, name, key):
    published = plain_csv.read(plain("id,name\na,x\n", name))
    (food,), _ = foods_and_problems(published)
    assert (published.key, food.id) == (key, f"{key}:a")


def test_the_release_is_the_contents_digest(plain):
    first = plain_csv.read(plain("id,name\na,x\n")).release
    assert plain_csv.read(plain("id,name\na,x\n")).release == first
    assert plain_csv.read(plain("id,name\na,y\n")).release != first


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("a b,Egg,1,", "id", "expected up to 60"),
        (",Egg,1,", "id", "expected up to 60"),
        ("../x,Egg,1,", "id", "expected up to 60"),
        ("ok,Again,1,", "id", "an earlier row has this id"),
        ("b, ,1,", "name", "expected a name"),
        ("b", "row", "expected at least 3 columns"),
    ],
)
def test_a_damaged_row_is_told_and_the_next_is_read(plain, row, column, why):
    text = f"id,name,MG,barcode\nok,Almonds,2,\n{row}\nlast,Rye,3,\n"
    foods, (problem,) = foods_and_problems(plain_csv.read(plain(text)))
    assert [f.source_id for f in foods] == ["ok", "last"]
    assert (problem.file, problem.line, problem.column) == ("mine.csv", 3, column)
    assert why in problem.why


@pytest.mark.parametrize("cell", ["2OO", "1,5 g", "nan", "inf", "-"])
def test_a_cell_that_is_no_number_is_a_problem_and_unknown(plain, cell):
    (food,), (problem,) = foods_and_problems(plain_csv.read(plain(f'id,name,MG,CA\na,Almonds,"{cell}",3\n')))
    assert food.composition == {"CA": 3.0}
    assert str(problem).startswith(f"mine.csv line 2, MG: found “{cell}”; expected a number")


def test_a_barcode_that_is_no_number_is_a_problem_and_the_food_stays(plain):
    (food,), (problem,) = foods_and_problems(plain_csv.read(plain("id,name,barcode\na,Bar,12-3\n")))
    assert (food.barcode, food.kind, problem.column) == (None, "generic", "barcode")


@pytest.mark.parametrize("column", ["mg", "Magnesium", "", "MG (mg)"])
def test_an_unknown_column_is_named(plain, column):
    with pytest.raises(SourceError, match="found the column"):
        plain_csv.read(plain(f"id,name,{column}\na,x,1\n"))


def test_a_missing_column_is_named(plain):
    with pytest.raises(SourceError, match="expected also id"):
        list(plain_csv.read(plain("name,MG\nx,1\n")).items)


def test_no_file_is_a_named_error(tmp_path):
    with pytest.raises(SourceError, match="found none"):
        plain_csv.read(tmp_path)


def test_a_gzipped_file_is_read(tmp_path):
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress(b"id,name,MG\na,Almonds,279\n"))
    (food,), _ = foods_and_problems(plain_csv.read(path))
    assert food.id == "csv-mine:a"


def test_every_nutrient_can_be_a_column(plain):
    text = "id,name," + ",".join(NUTRIENTS) + "\na,Everything," + ",".join("1" for _ in NUTRIENTS) + "\n"
    (food,), _ = foods_and_problems(plain_csv.read(plain(text)))
    assert set(food.composition) == set(NUTRIENTS)
