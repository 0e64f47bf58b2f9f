"""A plain CSV diary becomes entries, and what cannot be read is named by its line."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from provender.diary import importers
from provender.diary.entries import Kind, Meal
from provender.diary.imported import Importing
from provender.diary.importers.plain import MOST_ROWS, read
from provender.terms.errors import InputError

NOW = Importing("Europe/Berlin", datetime(2026, 3, 31, 8, tzinfo=UTC), date(2026, 3, 31))


def brought(text):
    return read(text.encode(), "diary.csv", NOW)


def test_the_folder_and_the_table_agree():
    here = {path.stem for path in Path(importers.__file__).parent.glob("*.py")} - {"__init__"}
    assert here == set(importers.ALL)


def test_a_row_becomes_a_weighing_and_what_was_eaten():
    found = brought("day,weight_kg,energy_kcal,MG,complete\n2026-03-01,70.5,2000,310,yes\n")
    weighing, food = found.entries
    assert (weighing.kind, weighing.amount, weighing.unit, weighing.mass_g) == (
        Kind.WEIGHT,
        Decimal("70.5"),
        "kg",
        70500,
    )
    assert (food.kind, food.meal, food.name) == (Kind.FOOD, Meal.SNACKS, "Whole day")
    assert food.intake == {"ENERC_KCAL": 2000.0, "MG": 310.0}
    assert food.energy_kcal == 2000.0
    assert (found.complete, found.problems, found.rows) == ({date(2026, 3, 1): True}, (), 1)


def test_an_empty_cell_is_unknown_in_the_entry_and_zero_is_known():
    (food,) = brought("day,energy_kcal,MG,CA\n2026-03-01,,0,\n").entries
    assert food.intake == {"MG": 0.0}
    assert food.energy_kcal is None


def test_pounds_stay_pounds():
    (weighing,) = brought("day,Weight (lb)\n2026-03-01,155\n").entries
    assert (weighing.amount, weighing.unit) == (Decimal(155), "lb")
    assert weighing.mass_g == pytest.approx(Decimal("70306.8"), abs=Decimal("0.1"))


def test_a_file_with_its_meals_and_foods_keeps_them():
    found = brought("day,meal,name,energy_kcal\n2026-03-01,Breakfast,Porridge,300\n2026-03-01,post-workout,Shake,200\n")
    assert [(e.meal, e.name) for e in found.entries] == [(Meal.BREAKFAST, "Porridge"), (Meal.SNACKS, "Shake")]


def test_the_same_line_has_the_same_key_and_a_second_helping_another():
    text = "day,meal,name,energy_kcal\n2026-03-01,lunch,Soup,300\n2026-03-01,lunch,Soup,300\n"
    first, second = brought(text).entries
    assert first.key != second.key
    assert [e.key for e in brought(text).entries] == [first.key, second.key]


def test_a_day_is_whole_only_if_no_row_of_it_says_otherwise():
    found = brought("day,complete,MG\n2026-03-01,yes,1\n2026-03-01,no,1\n2026-03-02,,1\n")
    assert found.complete == {date(2026, 3, 1): False}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2026-03-0l,70,1", "line 2, column day: found “2026-03-0l”"),
        ("2026-04-01,70,1", "line 2, column day: found 2026-04-01, expected a day from 1900 until today"),
        ("2026-03-01,7O,1", "line 2, column weight_kg: found “7O”"),
        ("2026-03-01,-70,1", "found a body weight of -70 kg"),
        ("2026-03-01,700,1", "found a body weight of 700 kg, expected 20 to 500 kg; which unit?"),
        ("2026-03-01,70,-1", "line 2, column energy_kcal: found -1, expected 0 or more"),
        ("2026-03-01,70,20001", "found 20,001 kcal"),
    ],
)
def test_a_line_that_cannot_be_read_is_left_out_whole_and_named(line, said):
    found = brought(f"day,weight_kg,energy_kcal\n{line}\n2026-03-02,70,2000\n")
    (problem,) = found.problems
    assert problem.line == 2
    assert said in problem.sentence
    assert {e.day for e in found.entries} == {date(2026, 3, 2)}


def test_a_column_that_nobody_knows_is_named_and_left_out():
    found = brought("day,MG,Magnesium (mg),Mood,\n2026-03-01,300,1,5,\n")
    assert [problem.sentence.partition(":")[0] for problem in found.problems] == [
        "column Magnesium (mg)",
        "column Mood",
    ]
    assert found.entries[0].intake == {"MG": 300.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date,MG\n2026-03-01,1\n", "found no column day"),
        ("day,Mood\n2026-03-01,1\n", "found no column of weights or amounts"),
        ("day,MG\n", "found 0 rows"),
        ("", "found no column day"),
    ],
)
def test_a_file_without_anything_to_use_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        brought(text)


def test_more_rows_than_a_life_of_meals_are_refused():
    with pytest.raises(InputError, match="found 20,001 rows"):
        brought("day,MG\n" + "2026-03-01,1\n" * (MOST_ROWS + 1))
