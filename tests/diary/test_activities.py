"""The activity table agrees with its source and is found by everyday words."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.activities import ACTIVITIES, energy_kcal, find_activities
from provender.terms.errors import InputError

SHARED = Path(os.environ.get("PROVENDER_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
COMPENDIUM = SHARED / "compendium_2011" / "compendium_2011.csv"


@pytest.mark.parametrize(
    ("code", "met"),
    [
        ("17190", 3.5),
        ("17200", 4.3),
        ("12050", 9.8),
        ("02150", 2.5),
        ("05043", 3.3),
        ("18310", 6.0),
        ("01015", 7.5),
    ],
)
def test_everyday_activities_have_their_published_met(code, met):
    """Ainsworth et al. 2011, DOI 10.1249/MSS.0b013e31821ece12."""
    assert next(a.met for a in ACTIVITIES if a.id == code) == met


@pytest.mark.skipif(not COMPENDIUM.is_file(), reason="the Compendium's table is not on this machine")
def test_every_code_and_met_is_that_of_the_compendium():
    with COMPENDIUM.open(encoding="utf-8") as file:
        published = {row["code_2011"]: float(row["met_2011"]) for row in csv.DictReader(file) if row["code_2011"]}
    assert {a.id: a.met for a in ACTIVITIES} == {a.id: published[a.id] for a in ACTIVITIES}


@pytest.mark.skipif(not COMPENDIUM.is_file(), reason="the Compendium's table is not on this machine")
def test_no_description_is_copied_from_the_compendium():
    with COMPENDIUM.open(encoding="utf-8") as file:
        theirs = {row["description"].strip().lower() for row in csv.DictReader(file)}
    single_words = {"race walking", "tap", "cricket"}
    assert {a.name.lower() for a in ACTIVITIES} & theirs <= single_words


def test_codes_and_names_are_unique_and_there_are_enough():
    assert len(ACTIVITIES) >= 150
    assert len({a.id for a in ACTIVITIES}) == len({a.name for a in ACTIVITIES}) == len(ACTIVITIES)
    assert all(len(a.id) == 5 and a.id.isdigit() and 1 <= a.met <= 23 for a in ACTIVITIES)


def test_energy_is_net_of_rest():
    """(4.3 - 1) x 78 kg x 40/60 h = 171.6 kcal; gross would be 223.6."""
    assert energy_kcal(4.3, 78, 40) == pytest.approx(171.6)


def test_resting_costs_nothing_on_top_of_resting():
    assert energy_kcal(1.0, 78, 60) == 0.0
    assert energy_kcal(0.95, 78, 480) == 0.0


@given(st.floats(1, 23), st.floats(2, 650), st.floats(0.1, 700))
def test_twice_as_long_costs_twice_as_much(met, weight, minutes):
    assert energy_kcal(met, weight, 2 * minutes) == pytest.approx(2 * energy_kcal(met, weight, minutes))


@pytest.mark.parametrize(
    ("met", "weight", "minutes", "field"),
    [
        (4, 70, 0, "minutes"),
        (4, 70, -5, "minutes"),
        (4, 70, 1441, "minutes"),
        (4, 70, float("nan"), "minutes"),
        (4, 0, 30, "weight"),
        (4, float("nan"), 30, "weight"),
        (4, float("inf"), 30, "weight"),
        (0, 70, 30, "met"),
        (31, 70, 30, "met"),
    ],
)
def test_impossible_numbers_are_refused_beside_their_field(met, weight, minutes, field):
    with pytest.raises(InputError) as caught:
        energy_kcal(met, weight, minutes)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("walk", "Walk, steady (about 5 km/h, 3 mph)"),
        ("walking", "Walk, steady (about 5 km/h, 3 mph)"),
        ("brisk walk", "Walk, brisk (5.6 km/h, 3.5 mph)"),
        ("hoovering", "Vacuum clean"),
        ("running", "Run, 6.4 km/h (4 mph)"),
        ("swimming", "Swim, leisurely, no lengths"),
        ("yoga", "Yoga, gentle (hatha)"),
        ("dog", "Walk the dog"),
        ("soccer", "Football (soccer), for fun"),
        ("jogging", "Jog and walk by turns"),
        ("gardening", "Garden, in general"),
        ("tennis", "Tennis, in general"),
        ("TENNIS", "Tennis, in general"),
        ("ténnis", "Tennis, in general"),
    ],
)
def test_everyday_words_find_the_everyday_activity_first(words, expected):
    assert find_activities(words)[0].name == expected


def test_a_word_nobody_knows_does_not_hide_the_others():
    assert find_activities("brisk wibble")[0].name.startswith("Walk, brisk")


@pytest.mark.parametrize("words", ["", "   ", "wibble", "🍎", "!!!"])
def test_nothing_is_found_for_nothing(words):
    assert find_activities(words) == ()


@given(st.text(max_size=200))
def test_any_text_finds_known_activities_once_each(words):
    found = find_activities(words)
    assert len(set(found)) == len(found)
