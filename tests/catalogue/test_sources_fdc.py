"""FoodData Central: rows of our own in every data type, the Foundation release whole, SR Legacy with SR28's values."""

import csv
import gzip
import shutil
import zipfile

import pytest

from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.food import Portion
from provender.catalogue.publisher import Problem, Revision
from provender.catalogue.sources import fdc
from provender.terms.errors import SourceError

BLUE = "gtin-0012345678905"
TABLES = {
    "food.csv": """\
"fdc_id","data_type","description","food_category_id","publication_date"
"1","foundation_food","Almonds, dry roasted","12","2019-04-01"
"2","foundation_food","Almonds, dry roasted","12","2024-10-31"
"3","sr_legacy_food","Almonds, dry roasted","12","2019-04-01"
"4","survey_fndds_food","Beef stew","3002","2022-10-28"
"5","branded_food","ALMONDS","","2020-01-01"
"6","branded_food","ALMONDS, ROASTED","","2023-01-01"
"7","branded_food","ALMONDS","","2021-01-01"
"8","sample_food","HUMMUS, SABRA CLASSIC","16","2019-04-01"
"9","sr_legacy_food","McDONALD'S, Hamburger","21","2019-04-01"
"10","sr_legacy_food","Fast foods, taco","21","2019-04-01"
"x","sr_legacy_food","A row that lost its number","21","2019-04-01"
""",
    "nutrient.csv": """\
"id","name","unit_name","nutrient_nbr","rank"
"2047","Energy (Atwater General Factors)","KCAL","957","280.0"
"2048","Energy (Atwater Specific Factors)","KCAL","958","290.0"
"1008","Energy","KCAL","208","300.0"
"1090","Magnesium, Mg","MG","304","5500.0"
"1103","Selenium, Se","UG","317","6200.0"
"1104","Vitamin A, IU","IU","318","7500.0"
"1110","Vitamin D (D2 + D3), International Units","IU","324","8650.0"
"1114","Vitamin D (D2 + D3)","UG","328","8700.0"
"1106","Vitamin A, RAE","MCG_RAE","320","7420.0"
"1087","Calcium, Ca","G","301","5300.0"
"1024","Specific Gravity","SP_GR","227","99999.0"
""",
    "food_nutrient.csv": """\
"id","fdc_id","nutrient_id","amount","data_points"
"1","2","2047","600","1"
"2","2","2048","598","1"
"3","2","1090","279","1"
"4","2","1103","0","1"
"5","2","1087","0.27","1"
"6","2","1024","1","1"
"7","3","2047","601","1"
"8","3","1008","597","1"
"9","3","2048","599","1"
"10","4","304","14","1"
"11","4","208","98","1"
"12","6","1110","40","1"
"13","6","1090","","1"
"14","5","1090","300","1"
"15","1","1090","280","1"
"16","8","1090","70","1"
"17","2","1106","five","1"
"18","2","1104","lots","1"
"19","7","1110","80","1"
"20","7","1114","1.9","1"
""",
    "food_portion.csv": """\
"id","fdc_id","seq_num","amount","measure_unit_id","portion_description","modifier","gram_weight"
"1","2","2","1.0","9999","","almond","1.2"
"2","2","1","0.5","1000","","whole kernels","69"
"3","3","1","2","1001","","","17.2"
"4","4","1","","9999","Quantity not specified","90000","240"
"5","4","2","","9999","1 cup, NFS","10205","252"
"6","4","3","","9999","1/2 bowl","10206","200"
"7","3","3","1","1000","","","0"
""",
    "measure_unit.csv": '"id","name"\n"1000","cup"\n"1001","tablespoon"\n"9999","undetermined"\n',
    "food_category.csv": '"id","code","description"\n"12","1200","Nut and Seed Products"\n"21","2100","Fast Foods"\n',
    "wweia_food_category.csv": "wweia_food_category,wweia_food_category_description\n3002,Meat mixed dishes\n",
    "branded_food.csv": """\
"fdc_id","brand_owner","brand_name","gtin_upc","serving_size","serving_size_unit","household_serving_fulltext","branded_food_category"
"5","Blue Owner","BLUE","0012345678905","28","g","1 ONZ","Nuts"
"6","Blue Owner","BLUE","012345678905","30.0","GRM","24 pieces","Nuts"
"7","Red Owner","","","30","ml","1 cup","Nuts"
"77","Nobody","","","30","g","","Nuts"
""",
}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "fdc"
    made.mkdir()
    for name, text in TABLES.items():
        (made / name).write_text(text)
    return made


@pytest.fixture
def items(folder):
    return list(fdc.read(folder).items)


@pytest.fixture
def foods(items):
    return {i.food.source_id: i.food for i in items if isinstance(i, Revision)}


def kept(folder, tmp_path):
    report = build([("fdc", folder)], tmp_path / "out")
    return report, open_catalogue(tmp_path / "out")


def test_the_four_kinds_of_food_are_read_and_samples_left_aside(foods):
    assert set(foods) == {"1", "2", "3", "4", BLUE, "7", "9", "10"}


def test_published_energy_is_preferred_then_specific_then_general_factors(foods):
    assert foods["2"].composition["ENERC_KCAL"] == 598.0
    assert foods["3"].composition["ENERC_KCAL"] == 597.0


def test_amounts_come_in_the_nutrients_own_unit(foods):
    assert foods["2"].composition == {"ENERC_KCAL": 598.0, "MG": 279.0, "SE": 0.0, "CA": 270.0}


def test_survey_files_that_number_nutrients_the_old_way_are_read(foods):
    assert foods["4"].composition == {"ENERC_KCAL": 98.0, "MG": 14.0}


def test_vitamin_d_in_international_units_serves_only_where_micrograms_are_missing(foods):
    assert foods[BLUE].composition == {"VITD": 1.0}
    assert foods["7"].composition == {"VITD": 1.9}


def test_an_empty_amount_is_unknown(foods):
    assert "MG" not in foods[BLUE].composition


def test_portions_come_in_the_publishers_order_and_words(foods):
    assert foods["2"].portions == (Portion(0.5, "cup, whole kernels", 69.0), Portion(1.0, "almond", 1.2))
    assert foods["3"].portions == (Portion(2.0, "tablespoon", 17.2),)


def test_a_survey_portion_is_counted_from_its_words_and_the_unspecified_comes_last(foods):
    assert [(p.amount, p.measure) for p in foods["4"].portions] == [
        (1.0, "cup, NFS"),
        (0.5, "bowl"),
        (1.0, "Quantity not specified"),
    ]


def test_a_brands_serving_is_kept_in_grams_and_left_out_in_millilitres(foods):
    assert foods[BLUE].portions == (Portion(24.0, "pieces", 30.0),)
    assert foods["7"].portions == ()


def test_kind_brand_barcode_and_category_are_told(foods):
    assert {i: (f.kind, f.brand, f.barcode, f.category) for i, f in foods.items() if i not in "15"} == {
        "2": ("generic", None, None, "Nut and Seed Products"),
        "3": ("generic", None, None, "Nut and Seed Products"),
        "4": ("dish", None, None, "Meat mixed dishes"),
        BLUE: ("branded", "BLUE", "012345678905", "Nuts"),
        "7": ("branded", "Red Owner", None, "Nuts"),
        "9": ("branded", "McDONALD'S", None, "Fast Foods"),
        "10": ("dish", None, None, "Fast Foods"),
    }


def test_the_latest_publication_of_a_description_or_barcode_wins(folder, tmp_path):
    report, catalogue = kept(folder, tmp_path)
    assert catalogue.ids() == [f"fdc:{i}" for i in ("10", "2", "3", "4", "7", "9", BLUE)]
    assert report.superseded == {"fdc": 2}
    assert catalogue.food("fdc:2").release == "2024-10-31"
    assert catalogue.sources[0].release == "2024-10-31"


def test_each_damaged_row_is_told_with_file_line_and_reason(items):
    assert [(p.file, p.line, p.column, p.found) for p in items if isinstance(p, Problem)] == [
        ("food.csv", 12, "fdc_id", "x A row that lost its number"),
        ("food_portion.csv", 8, "grams", "0"),
        ("nutrient.csv", 10, "unit_name", "MCG_RAE"),
        ("food_nutrient.csv", 19, "amount", "lots"),
    ]


def test_short_rows_of_any_table_are_problems(folder):
    for name in TABLES:
        with (folder / name).open("a") as file:
            file.write("77\n")
    problems = {i.file for i in fdc.read(folder).items if isinstance(i, Problem) and i.column == "row"}
    assert problems == {"food.csv", "nutrient.csv", "food_nutrient.csv", "food_portion.csv", "branded_food.csv"}


def test_the_zip_reads_as_the_folder(folder, tmp_path):
    path = tmp_path / "fdc.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"FoodData_Central_csv_2024-10-31/{file.name}")
    _, from_folder = kept(folder, tmp_path)
    assert build([("fdc", path)], tmp_path / "zipped").digest == from_folder.digest


def test_only_three_tables_are_needed(folder, tmp_path):
    for name in set(TABLES) - set(fdc.FILES):
        (folder / name).unlink()
    _, catalogue = kept(folder, tmp_path)
    assert catalogue.food("fdc:2").portions == ()
    assert catalogue.food("fdc:2").category is None


@pytest.mark.parametrize("name", fdc.FILES)
def test_a_missing_table_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(SourceError, match=f"looked for {name}"):
        fdc.read(folder)


def test_the_foundation_release_is_read_whole(shared_data, tmp_path):
    """USDA FoodData Central, Foundation Foods, October 2024: 387 rows, of which 67 are older revisions."""
    (path,) = shared_data("usda_foundation_2024-10").glob("*.zip")
    report, catalogue = kept(path, tmp_path)
    assert (report.foods, report.superseded, report.quarantined) == ({"fdc": 320}, {"fdc": 67}, {})
    assert len(set(catalogue.names())) == 320
    energy = catalogue.composition(range(320), ["ENERC_KCAL"])
    assert (energy > 0).sum() > 250


def test_sr_legacy_without_its_values_names_the_file_to_get(shared_data):
    with pytest.raises(SourceError, match=r"looked for food_nutrient\.csv"):
        fdc.read(shared_data("usda_sr_legacy_2018-04"))


def test_sr_legacy_with_the_values_of_release_28_agrees_with_it(shared_data, tmp_path):
    """The tables of SR Legacy (April 2018) with food_nutrient.csv made from SR28 by USDA's food numbers."""
    legacy, sr28 = shared_data("usda_sr_legacy_2018-04"), shared_data("usda_sr28")
    folder = tmp_path / "legacy"
    shutil.copytree(legacy, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    fdc_id = {
        row["NDB_number"].zfill(5): row["fdc_id"]
        for row in csv.DictReader((legacy / "sr_legacy_food.csv").read_text().splitlines())
    }
    nutrient = {
        row["nutrient_nbr"]: row["id"] for row in csv.DictReader((legacy / "nutrient.csv").read_text().splitlines())
    }
    with (
        gzip.open(sr28 / "NUT_DATA.txt.gz", "rt", encoding="iso-8859-1") as values,
        (folder / "food_nutrient.csv").open("w") as out,
    ):
        out.write("fdc_id,nutrient_id,amount\n")
        for line in values:
            food, tag, amount = (f.strip("~") for f in line.split("^")[:3])
            if food in fdc_id:
                out.write(f"{fdc_id[food]},{nutrient[tag]},{amount}\n")
    report, catalogue = kept(folder, tmp_path)
    assert (report.foods, report.superseded) == ({"fdc": 7793}, {})
    assert [p.column for p in report.problems] == ["amount"] * 18  # half a measure, written there as 0
    almonds = catalogue.food("fdc:ndb-12063")
    assert almonds.composition["MG"] == 279.0
    assert almonds.portions[0] == Portion(1.0, "cup whole kernels", 138.0)
    assert len(catalogue.nutrients) == 149
