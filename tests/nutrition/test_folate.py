import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.nutrition.folate import dose_with_folate_equivalents, with_folate_equivalents

AMOUNTS = st.floats(0, 5000)


def test_equivalents_that_a_table_gives_are_kept():
    assert with_folate_equivalents({"FOLDFE": 400.0, "FOL": 200.0})["FOLDFE"] == 400


def test_food_of_unknown_folate_stays_unknown():
    assert "FOLDFE" not in with_folate_equivalents({"MG": 20.0})


@given(AMOUNTS)
def test_folate_that_nobody_added_counts_once(total):
    assert with_folate_equivalents({"FOL": total, "FOLAC": 0.0})["FOLDFE"] == pytest.approx(total)


@given(AMOUNTS, AMOUNTS)
def test_added_folic_acid_counts_1_7_times(natural, added):
    found = with_folate_equivalents({"FOL": natural + added, "FOLAC": added})
    assert found["FOLDFE"] == pytest.approx(natural + 1.7 * added)


@given(AMOUNTS)
def test_without_folic_acid_apart_the_equivalents_are_a_lower_bound(total):
    assert with_folate_equivalents({"FOL": total})["FOLDFE"] == total


@pytest.mark.parametrize("name", ["FOLAC", "FOL"])
def test_folate_in_a_supplement_is_folic_acid(name):
    assert dose_with_folate_equivalents({name: 400.0})["FOLDFE"] == pytest.approx(680)


def test_a_label_in_equivalents_and_one_without_folate_are_left_alone():
    assert dose_with_folate_equivalents({"FOLDFE": 680.0, "FOLAC": 400.0})["FOLDFE"] == 680
    assert dose_with_folate_equivalents({"MG": 100.0}) == {"MG": 100.0}
