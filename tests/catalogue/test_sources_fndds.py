"""FNDDS At A Glance: rows of our own, and the release of 2017-2018 whole."""

import pytest

from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.food import Portion
from provender.catalogue.publisher import Problem, Revision
from provender.catalogue.sources import fndds
from provender.terms.errors import SourceError
from provender.terms.nutrients import BY_FDC_NUMBER

NAME = "2019-2020 FNDDS At A Glance - {}.csv"
VALUES = """\ufeff"FNDDS Nutrient Values
2019-2020 Food and Nutrient Database",,,,,,,
Food code,Main food description,WWEIA Category number,WWEIA Category description,Energy (kcal),"Sugars, total
(g)","Vitamin A, RAE (mcg_RAE)",A new column (mg)
11000000,"Milk, human",9602,Human milk,70,6.89,61,1
27111000,Beef stew,3002,Meat mixed dishes,98,,0,1
27111001,,3002,Meat mixed dishes,98,1,0,1
27111002,Broken,3002,Meat mixed dishes,98,1g,0,1
27111003
"""
WEIGHTS = """\ufeff"Portions and Weights
2019-2020",,,,,,,,
Food code,Main food description,Subcode,Subcode description,WWEIA Category number,WWEIA Category description,Seq num,Portion description,Portion weight (g)
11000000,"Milk, human",,,9602,Human milk,1,Quantity not specified,0
27111000,Beef stew,,,3002,x,1,Quantity not specified,240
27111000,Beef stew,,,3002,x,2,Guideline amount per fl oz of beverage,5
27111000,Beef stew,,,3002,x,3,"1 cup, NFS",252
27111000,Beef stew,,,3002,x,4,1-1/2 bowl (14 oz),400
27111000,Beef stew,1001,Canned,3002,x,5,1 can,425
27111000,Beef stew,,,3002,x,6,1 tub,-9
27111000,Beef stew,,,3002,x,7,1 pot,heavy
27111000
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / NAME.format("FNDDS Nutrient Values")).write_text(VALUES, encoding="utf-8")
    (tmp_path / NAME.format("Portions and Weights")).write_text(WEIGHTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def items(folder):
    return list(fndds.read(folder).items)


@pytest.fixture
def foods(items):
    return {i.food.source_id: i.food for i in items if isinstance(i, Revision)}


def test_the_release_is_in_the_files_name(folder):
    assert fndds.read(folder).release == "2019-2020"


def test_columns_are_read_by_name_with_the_unit_that_stands_there(foods):
    assert foods["11000000"].composition == {"ENERC_KCAL": 70.0, "SUGAR": 6.89, "VITA_RAE": 61.0}


def test_an_empty_cell_is_unknown_and_zero_is_zero(foods):
    assert foods["27111000"].composition == {"ENERC_KCAL": 98.0, "VITA_RAE": 0.0}


def test_mixed_dishes_are_dishes(foods):
    assert (foods["27111000"].kind, foods["11000000"].kind) == ("dish", "generic")


def test_portions_are_counted_from_their_words_and_guesses_come_last(foods):
    assert foods["27111000"].portions == (
        Portion(1.0, "cup, NFS", 252.0),
        Portion(1.5, "bowl (14 oz)", 400.0),
        Portion(1.0, "Quantity not specified", 240.0),
        Portion(1.0, "Guideline amount per fl oz of beverage", 5.0),
    )


def test_each_damaged_row_is_told_with_file_line_and_reason(items):
    weights, values = NAME.format("Portions and Weights"), NAME.format("FNDDS Nutrient Values")
    assert [(p.file, p.line, p.column, p.found) for p in items if isinstance(p, Problem)] == [
        (weights, 11, "grams", "heavy"),
        (weights, 12, "row", "27111000"),
        (values, 7, "Food code", "27111001 "),
        (values, 8, "Sugars, total (g)", "1g"),
        (values, 9, "row", "27111003"),
    ]


@pytest.mark.parametrize("name", ["FNDDS Nutrient Values", "Portions and Weights"])
def test_a_missing_table_is_named(folder, name):
    (folder / NAME.format(name)).unlink()
    with pytest.raises(SourceError, match="looked for a table whose name ends in"):
        fndds.read(folder)


def test_a_table_without_nutrients_is_a_named_error(folder):
    (folder / NAME.format("FNDDS Nutrient Values")).write_text("title\nFood code,Main food description\n1,x\n")
    with pytest.raises(SourceError, match="no column of a nutrient"):
        list(fndds.read(folder).items)


def test_every_number_of_a_column_is_a_nutrient_of_ours():
    assert set(fndds.NUMBERS.values()) <= set(BY_FDC_NUMBER)


def test_the_release_of_2017_is_read_whole(shared_data, tmp_path):
    """USDA, FNDDS 2017-2018 At A Glance: 7,083 foods, 65 nutrients, none unknown."""
    report = build([("fndds", shared_data("usda_fndds_2017-2018"))], tmp_path / "out")
    catalogue = open_catalogue(tmp_path / "out")
    assert (report.foods, report.quarantined) == ({"usda-fndds": 7083}, {})
    assert catalogue.sources[0].release == "2017-2018"
    assert len(catalogue.nutrients) == 65
    milk = catalogue.food("usda-fndds:11000000")
    assert (milk.composition["ENERC_KCAL"], milk.composition["MG"]) == (70.0, 3.0)
    assert milk.portions[0] == Portion(1.0, "cup", 246.0)
