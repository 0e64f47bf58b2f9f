"""Tables that people bring: separators, titles, cells."""

import pytest

from provender.diary.cells import day_of, number_cell, nutrient_column, said_cell, table
from provender.terms.errors import InputError


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_separator_is_the_one_the_first_line_has_most_of(mark):
    found = table(f"day{mark}MG\n2026-03-01{mark}1\n".encode(), "x.csv")
    assert found.titles == ("day", "MG")
    assert found.rows == ((2, {"day": "2026-03-01", "MG": "1"}),)


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_cell():
    found = table(b"\xef\xbb\xbfday,MG\r\n2026-03-01, 1 \r\n", "x.csv")
    assert found.rows == ((2, {"day": "2026-03-01", "MG": "1"}),)


def test_lines_are_counted_as_an_editor_does_even_when_some_are_empty():
    found = table(b"day,MG\n\n2026-03-01,1\n,\n2026-03-02,2\n", "x.csv")
    assert [line for line, _ in found.rows] == [3, 5]


def test_a_short_row_has_empty_cells():
    assert table(b"day,MG,CA\n2026-03-01,1\n", "x.csv").rows[0][1]["CA"] == ""


def test_a_column_twice_is_refused():
    with pytest.raises(InputError, match="found the column MG twice"):
        table(b"day,MG,MG\n", "x.csv")


def test_what_is_no_utf8_is_refused_with_what_to_do():
    with pytest.raises(InputError, match=r"x.csv cannot be read as CSV in UTF-8: .*; save it so"):
        table("day,Größe\n".encode("latin-1"), "x.csv")


@pytest.mark.parametrize(
    ("title", "nutrient", "unit"),
    [
        ("MG", "MG", "mg"),
        ("Magnesium", "MG", "mg"),
        ("Magnesium, mg", "MG", "mg"),
        ("magnesium_mg", "MG", "mg"),
        ("Magnesium (µg)", "MG", "µg"),
        ("Magnesium (μg)", "MG", "μg"),
        ("energy_kcal", "ENERC_KCAL", "kcal"),
        ("Energy (kJ)", "ENERC_KJ", "kJ"),
        ("Sodium mg", "NA", "mg"),
    ],
)
def test_a_title_names_a_nutrient_as_people_write_it(title, nutrient, unit):
    found = nutrient_column(title)
    assert (found.nutrient.id, found.unit) == (nutrient, unit)


def test_micrograms_become_the_nutrients_own_unit():
    assert nutrient_column("Magnesium (µg)").amount({"Magnesium (µg)": "2500"}, "line 2") == 2.5


def test_an_empty_cell_is_unknown_and_zero_is_zero():
    column = nutrient_column("MG")
    assert column.amount({"MG": ""}, "line 2") is None
    assert column.amount({"MG": "0"}, "line 2") == 0.0


def test_a_unit_the_nutrient_is_never_measured_in_is_refused():
    with pytest.raises(InputError, match="column Magnesium, ml"):
        nutrient_column("Magnesium, ml")


def test_an_unknown_title_names_no_nutrient():
    assert nutrient_column("Mood (points)") is None


@pytest.mark.parametrize(("typed", "said"), [("Yes", True), ("1", True), ("no", False), ("", None)])
def test_yes_no_and_nothing_are_told_apart(typed, said):
    assert said_cell({"complete": typed}, "line 2") is said


def test_an_exponent_that_a_program_wrote_is_a_number():
    assert number_cell({"NA": "2.56e+03"}, "line 2", "NA") == 2560


def test_what_is_no_number_or_day_is_named_with_its_place():
    with pytest.raises(InputError, match="line 3, column MG: found “2OO”"):
        number_cell({"MG": "2OO"}, "line 3", "MG")
    with pytest.raises(InputError, match="line 3: found “3/4/26”"):
        day_of("3/4/26", "line 3")
    with pytest.raises(InputError, match="line 3, column complete: found “perhaps”"):
        said_cell({"complete": "Perhaps"}, "line 3")
