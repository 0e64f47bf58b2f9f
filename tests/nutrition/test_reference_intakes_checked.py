"""Our table against two independent transcriptions, cell by cell, where they are at hand."""

import csv
import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import references
from provender.nutrition.reference_table import rows

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("PROVENDER_SHARED_DATA", ROOT.parent / "shared" / "data")) / "dri"
needs_transcriptions = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no transcriptions in {FOLDER}")

# A transcription's name of a nutrient; ours; and the factor to our unit.
IDS = {
    "Biotin": ("BIOT", 1),
    "Calcium": ("CA", 1),
    "Carbohydrates": ("CHOCDF", 1),
    "Choline": ("CHOLN", 1),
    "Chromium": ("CR", 1),
    "Copper": ("CU", 0.001),
    "Fat": ("FAT", 1),
    "Fluoride": ("FLD", 1000),
    "Folate": ("FOLDFE", 1),
    "Folic acid": ("FOLDFE", 1),
    "Iodine": ("ID", 1),
    "Iron": ("FE", 1),
    "Linoleic acid": ("F18D2CN6", 1),
    "Magnesium": ("MG", 1),
    "Manganese": ("MN", 1),
    "Molybdenum": ("MO", 1),
    "Niacin": ("NIA", 1),
    "Pantothenic acid": ("PANTAC", 1),
    "Phosphorus": ("P", 1),
    "Potassium": ("K", 1),
    "Riboflavin": ("RIBF", 1),
    "Selenium": ("SE", 1),
    "Sodium": ("NA", 1),
    "Thiamin": ("THIA", 1),
    "Total fiber": ("FIBTG", 1),
    "Total water": ("WATER", 1000),
    "Vitamin A": ("VITA_RAE", 1),
    "Vitamin B12": ("VITB12", 1),
    "Vitamin B-12": ("VITB12", 1),
    "Vitamin B6": ("VITB6A", 1),
    "Vitamin B-6": ("VITB6A", 1),
    "Vitamin C": ("VITC", 1),
    "Vitamin D": ("VITD", 1),
    "Vitamin E": ("TOCPHA", 1),
    "Vitamin K": ("VITK1", 1),
    "Zinc": ("ZN", 1),
    "α-Linolenic acid": ("F18D3CN3", 1),
}
UNITS = {("MO", "mg"): 1000, ("CU", "mg"): 1, ("P", "g"): 1000}
"""Factors of the second transcription where its unit is another."""
STAGES = {
    "pregnancy": "pregnant-2",
    "lactation": "lactating-0-6",
    "Pregnancy": "pregnant-2",
    "Lactation": "lactating-0-6",
}
KINDS = {"EAR": "ear", "RDA": "rda", "AI": "ai", "UL": "ul", "CDRR": "cdrr"}


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_transcriptions
def test_the_american_values_are_those_of_a_transcription_but_for_its_known_slips():
    compared, unlike = 0, defaultdict(set)
    for row in read("dri_merged_2019.csv"):
        if row["nutrient"] not in IDS or row["type"] not in KINDS:
            continue
        nutrient, factor = IDS[row["nutrient"]]
        for sex in ("female", "male") if row["sex"] == "both" else (row["sex"],):
            who = Recipient(sex, float(row["age_min"]), STAGES.get(row["stage"], "none"))
            ours = getattr(references(who)[nutrient], KINDS[row["type"]])
            compared += 1
            if ours != pytest.approx(float(row["value"]) * factor, rel=1e-9):
                unlike[nutrient, row["type"]].add((row["stage"], float(row["age_min"])))
    assert compared > 1600
    assert unlike == {
        ("CA", "EAR"): {("pregnancy", 14), ("lactation", 14)},  # the summary table's misprint
        ("VITD", "RDA"): {("infant", 0), ("infant", 0.5)},  # adequate intakes under a wrong name
        ("FAT", "RDA"): {("infant", 0), ("infant", 0.5)},
    }


# An age group of the second transcription to ages inside one group of both authorities.
AGES = {
    "0-11 mo": [0.7],
    "7-11 mo": [0.7],
    "1-3 y": [2],
    "4-6 y": [5],
    "7-10 y": [8],
    "11-14 y": [12],
    "15-17 y": [16],
    "≤ 18 y": [16],
    "18-24 y": [20],
    "18-50 y": [20, 28, 40],
    "19-30 y": [22],
    "25-50 y": [40],
    "31-50 y": [40],
    "51-70 y": [60],
    ">70 y": [80],
}


def second_transcription(authority, kind):
    """Nutrient, whether equal: each value of the harmonised table against ours; how many were compared."""
    compared, unlike = 0, set()
    for row in read("nutriR_harmonized_nrvs_allen2020.csv"):
        if (row["source"], row["nrv_type"]) != (authority, kind) or row["nutrient"] not in IDS or not row["nrv"]:
            continue
        nutrient, factor = IDS[row["nutrient"]]
        factor = UNITS.get((nutrient, row["units"]), factor)
        for age in AGES[row["age_group"]]:
            who = Recipient("male" if row["sex"] == "Males" else "female", age, STAGES.get(row["stage"], "none"))
            found = references(who, authority={"IOM": "NASEM"}.get(authority, authority))[nutrient]
            ours = found.ear if kind == "Average requirement" else found.ul
            compared += 1
            if ours != pytest.approx(float(row["nrv"]) * factor, rel=1e-6):
                unlike.add((nutrient, row["stage"], row["age_group"], row["nrv"], ours))
    return compared, unlike


@needs_transcriptions
def test_european_average_requirements_are_those_of_a_second_transcription_but_for_what_it_derived():
    compared, unlike = second_transcription("EFSA", "Average requirement")
    assert compared > 200
    # It made requirements of adequate intakes (x 0.8), and filled pregnancy in.
    assert {n for n, *_ in unlike} == {"BIOT", "CHOLN", "FLD", "MN", "PANTAC", "FOLDFE", "VITC"}
    assert {stage for n, stage, *_ in unlike if n in ("FOLDFE", "VITC")} <= {"Pregnancy", "Lactation"}


@needs_transcriptions
def test_european_upper_levels_are_those_of_a_second_transcription_but_for_what_was_revised():
    compared, unlike = second_transcription("EFSA", "Upper limit")
    assert compared > 200
    # Selenium and vitamin B6 were revised in 2023; niacin's level is of one of its two forms and is left out.
    assert {n for n, *_ in unlike} == {"NIA", "SE", "VITB6A"}


@needs_transcriptions
@pytest.mark.parametrize(("kind", "derived"), [("Average requirement", {"CR"}), ("Upper limit", set())])
def test_american_values_are_those_of_a_second_transcription_but_for_what_it_derived(kind, derived):
    compared, unlike = second_transcription("IOM", kind)
    assert compared > 150
    assert {n for n, *_ in unlike} == derived  # chromium has adequate intakes only


def test_the_handbook_counts_how_far_values_were_checked():
    page = (ROOT / "docs" / "reference_intakes.md").read_text(encoding="utf-8")
    told = {level: int(count) for level, count in re.findall(r"^\| `(\w+)` \| .* \| (\d+) \|$", page, re.MULTILINE)}
    assert told == Counter(row.checked for row in rows())
