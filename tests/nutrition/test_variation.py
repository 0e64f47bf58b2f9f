import csv
import os
from importlib.resources import files
from pathlib import Path

import pytest

from provender.nutrition.variation import BORROWED_CV_WITHIN, UNKNOWN, Group, variations
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS


def rows():
    return list(csv.DictReader(files("provender.nutrition").joinpath("variation.csv").read_text("utf-8").splitlines()))


def test_every_row_is_of_a_known_nutrient_and_positive():
    for row in rows():
        assert row["nutrient"] in NUTRIENTS
        assert min(float(row[k]) for k in ("people", "mean", "sd_within", "sd_between")) > 0


def test_every_group_has_the_same_nutrients():
    sizes = {len(variations(Group(sex, age))) for sex in ("female", "male") for age in (1, 5, 9, 14, 30, 80)}
    assert sizes == {40}


def test_sodium_is_read_as_sodium():
    assert variations(Group("male", 30))["NA"].mean > 3000


@pytest.mark.parametrize(("age", "same_as"), [(18.9, 14), (50.5, 19), (51, 90), (3.99, 1)])
def test_a_birthday_not_yet_had_keeps_the_group(age, same_as):
    assert variations(Group("female", age)) == variations(Group("female", same_as))


def test_women_of_nineteen_and_fifty_share_a_group_and_men_do_not_share_it():
    young = variations(Group("female", 19))
    assert young == variations(Group("female", 50)) != variations(Group("male", 19))


def test_magnesium_of_women_is_near_the_sd_that_iom_2000_used():
    """IOM prints 85.9 mg for women of 19 to 50 (CSFII 1994-96, mean intake about 15 % lower)."""
    found = variations(Group("female", 40))["MG"]
    assert found.sd_within == pytest.approx(98.8, abs=0.05)
    assert found.cv_within == pytest.approx(0.37, abs=0.01)


@pytest.mark.parametrize("group", [Group("female", 0.5), Group("male", 130), Group("other", 30)])
def test_a_group_without_rows_is_refused(group):
    with pytest.raises(InputError, match="expected female or male"):
        variations(group)


def test_an_unknown_nutrient_borrows_its_cv_and_has_no_spread_between_people():
    assert UNKNOWN.cv_within == BORROWED_CV_WITHIN
    assert UNKNOWN.sd_usual_log is None


def shared():
    there = os.environ.get("PROVENDER_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")
    path = Path(there) / "nhanes_derived" / "within_person_variation_2005_2018.csv"
    if not path.exists():
        pytest.skip(f"{path} is not there: set PROVENDER_SHARED_DATA to the folder of survey tables")
    return path


def test_magnesium_agrees_with_the_survey_table():
    with shared().open(encoding="utf-8") as file:
        survey = {(r["sex"], r["age"]): r for r in csv.DictReader(file) if r["nhanes"] == "MAGN"}
    for sex, age, key in (("female", 40, "19-50"), ("male", 60, "51+"), ("male", 10, "9-13")):
        ours, theirs = variations(Group(sex, age))["MG"], survey[sex, key]
        assert ours.sd_within == pytest.approx(float(theirs["sd_within"]), rel=1e-3)
        assert ours.sd_between == pytest.approx(float(theirs["sd_between"]), rel=1e-3)
        assert ours.sd_within_log == pytest.approx(float(theirs["sd_within_log"]), rel=1e-3)
