"""USDA's Standard Reference: its own ascii files, a few rows of our own and the whole of release 28."""

import pytest

from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.food import Portion
from provender.catalogue.publisher import Problem, Revision
from provender.catalogue.sources import sr
from provender.terms.errors import SourceError
from provender.terms.nutrients import BY_FDC_NUMBER

FOODS = """\
~12063~^~1200~^~Nuts, almonds, dry roasted, without salt added~^~NUTS,ALMONDS~^~~^~~^~Y~^~~^0^~~^5.18^3.47^8.37^4.07
~22908~^~2200~^~Lasagna, cheese, frozen, prepared~^~LASAGNA~^~~^~~^~Y~^~~^0^~~^^^^
~18637~^~1800~^~Coating for pork, dry~^~COATING~^~~^~Kraft Foods, Inc.~^~~^~~^0^~~^^^^
~08003~^~0800~^~Cereals ready-to-eat, POST, ALPHA-BITS~^~CEREAL~^~~^~~^~~^~~^0^~~^^^^
~abc~^~1200~^~A row that lost its number~^~X~^~~^~~^~~^~~^0^~~^^^^
~09999~^~0900~
"""
VALUES = """\
~12063~^~208~^598^0^^~4~
~12063~^~304~^279.000^5^3.1^~1~
~12063~^~401~^0^0^^~7~
~12063~^~317~^2.0^1^^~1~
~12063~^~999~^5^1^^~1~
~12063~^~303~^3,73^1^^~1~
~00001~^~303~^1^1^^~1~
~22908~^~208~^150^1^^~1~
~22908~^~324~^40^1^^~1~
~12063~^~324~^80^1^^~1~
~12063~^~328~^1.9^1^^~1~
"""
WEIGHTS = """\
~12063~^1^1^~cup whole kernels~^138^^
~12063~^2^.5^~oz~^14.2^^
~12063~^3^1^~slice~^^^
~12063~^4^0^~slice~^5^^
~12063~^5^1^~~^5^^
"""
GROUPS = "~1200~^~Nut and Seed Products~\n~2200~^~Meals, Entrees, and Side Dishes~\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "sr28asc"
    made.mkdir()
    texts = {"FOOD_DES.txt": FOODS, "NUT_DATA.txt": VALUES, "WEIGHT.txt": WEIGHTS, "FD_GROUP.txt": GROUPS}
    for name, text in texts.items():
        (made / name).write_bytes(text.replace("\n", "\r\n").encode("iso-8859-1"))
    return made


def foods_and_problems(published):
    items = list(published.items)
    foods = {i.food.source_id: i.food for i in items if isinstance(i, Revision)}
    return foods, [i for i in items if isinstance(i, Problem)]


def test_a_food_is_read_with_composition_category_and_portions(folder):
    foods, _ = foods_and_problems(sr.read(folder))
    found = foods["12063"]
    assert found.id == "usda-sr:12063"
    assert found.composition == {"ENERC_KCAL": 598.0, "MG": 279.0, "VITC": 0.0, "SE": 2.0, "VITD": 1.9}
    assert found.category == "Nut and Seed Products"
    assert found.portions == (Portion(1.0, "cup whole kernels", 138.0), Portion(0.5, "oz", 14.2))


def test_vitamin_d_in_micrograms_is_preferred_and_international_units_serve_where_it_is_missing(folder):
    foods, _ = foods_and_problems(sr.read(folder))
    assert foods["12063"].composition["VITD"] == 1.9
    assert foods["22908"].composition["VITD"] == 1.0


def test_meals_are_dishes_and_a_manufacturer_or_capitals_make_a_brand(folder):
    foods, _ = foods_and_problems(sr.read(folder))
    assert {i: (f.kind, f.brand) for i, f in foods.items()} == {
        "12063": ("generic", None),
        "22908": ("dish", None),
        "18637": ("branded", "Kraft Foods, Inc."),
        "08003": ("branded", "POST"),
    }


def test_each_damaged_row_is_told_with_file_line_column_and_reason(folder):
    _, problems = foods_and_problems(sr.read(folder))
    assert [(p.file, p.line, p.column) for p in problems] == [
        ("FOOD_DES.txt", 5, "NDB_No"),
        ("FOOD_DES.txt", 6, "row"),
        ("NUT_DATA.txt", 6, "Nutr_Val"),
        ("NUT_DATA.txt", 7, "NDB_No"),
        ("WEIGHT.txt", 3, "grams"),
        ("WEIGHT.txt", 4, "amount"),
        ("WEIGHT.txt", 5, "measure"),
    ]
    assert str(problems[2]) == "NUT_DATA.txt line 6, Nutr_Val: found “3,73”; expected a number"


@pytest.mark.parametrize(
    ("name", "release"),
    [
        ("sr28asc", "28"),
        ("usda_sr28", "28"),
        ("SR-27", "27"),
        ("sr22upd", "22"),
        ("usda", "unknown"),
        ("sr280", "unknown"),
    ],
)
def test_the_release_is_read_from_the_folders_name(folder, name, release):
    moved = folder.rename(folder.parent / name)
    assert sr.read(moved).release == release


@pytest.mark.parametrize("name", sr.FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(SourceError, match=f"looked for {name}"):
        sr.read(folder)


def test_without_the_groups_the_category_is_unknown(folder):
    (folder / "FD_GROUP.txt").unlink()
    foods, _ = foods_and_problems(sr.read(folder))
    assert foods["12063"].category is None


def test_release_28_is_read_whole(shared_data, tmp_path):
    """USDA, 2016, sr28_doc.pdf: 8,789 foods, 150 nutrients; vitamin D is two of them (324 in IU, 328 in µg), here one."""
    report = build([("sr", shared_data("usda_sr28"))], tmp_path / "out")
    catalogue = open_catalogue(tmp_path / "out")
    assert (report.foods, report.quarantined) == ({"usda-sr": 8789}, {})
    assert catalogue.sources[0].release == "28"
    assert len(catalogue.nutrients) == 149
    assert catalogue.food("usda-sr:12063").composition["MG"] == 279.0
    assert catalogue.food("usda-sr:11457").composition["MG"] == 79.0
    assert catalogue.food("usda-sr:01001").portions[0] == Portion(1.0, 'pat (1" sq, 1/3" high)', 5.0)


def test_tagnames_and_units_are_those_of_release_28(shared_data):
    """USDA, SR28, NUTR_DEF: tagname (INFOODS) and unit of each nutrient number; vitamin D is kept in µg only."""
    for line in (shared_data("usda_sr28") / "NUTR_DEF.txt").read_text(encoding="iso-8859-1").splitlines():
        number, unit, tag = (field.strip("~") for field in line.split("^")[:3])
        if number != "324":
            found = BY_FDC_NUMBER[number]
            assert (found.unit, found.id) == (unit, tag or found.id)


def test_a_food_listed_twice_is_kept_once(folder, tmp_path):
    with (folder / "FOOD_DES.txt").open("a", encoding="iso-8859-1") as file:
        file.write(FOODS.splitlines()[0] + "\n")
    report = build([("sr", folder)], tmp_path / "out")
    assert (report.foods, report.superseded) == ({"usda-sr": 4}, {})


def test_a_short_row_of_values_is_a_problem(folder):
    with (folder / "NUT_DATA.txt").open("a", encoding="iso-8859-1") as file:
        file.write("~12063~^~304~\r\n")
    _, problems = foods_and_problems(sr.read(folder))
    assert ("NUT_DATA.txt", "row") in [(p.file, p.column) for p in problems]
