"""What was told changes the values; what was not is taken as usual, said, and asked only when it matters."""

from dataclasses import replace
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import questions, references
from provender.terms.errors import InputError

WOMAN = Recipient("female", 30)
MAN = Recipient("male", 30)


def iron(who, authority="NASEM"):
    return references(who, authority=authority)["FE"]


def fields(who, nutrients=None, authority="NASEM"):
    return [q.field for q in questions(who, nutrients, authority=authority)]


def test_a_woman_not_asked_is_reckoned_with_periods_from_14_to_50_and_told_so():
    for age, ear in ((13, 5.7), (14, 7.9), (50, 8.1), (51, 5.0)):
        found = iron(Recipient("female", age))
        assert found.ear == ear
        assert any("periods was not asked" in note for note in found.notes)


def test_told_periods_are_not_mentioned_as_unasked():
    assert not any("periods was" in note for note in iron(replace(WOMAN, menstruates=True)).notes)


def test_a_woman_after_an_early_menopause_needs_what_older_women_need():
    assert (iron(replace(WOMAN, menstruates=False)).ear, iron(replace(WOMAN, menstruates=False)).rda) == (5.0, 8.0)
    assert iron(replace(WOMAN, menstruates=False), "EFSA").rda == 11


def test_a_woman_with_periods_after_fifty_needs_what_younger_women_need():
    found = iron(Recipient("female", 53, menstruates=True))
    assert (found.ear, found.rda) == (8.1, 18)
    assert iron(Recipient("female", 53, menstruates=True), "EFSA").rda == 16


def test_her_own_age_still_sets_the_upper_level():
    assert iron(Recipient("female", 13, menstruates=True)).ul == 40
    assert iron(Recipient("female", 16, menstruates=False)).ul == 45


def test_periods_before_fourteen_add_two_and_a_half_milligrams():
    early, late = (iron(Recipient("female", 12, menstruates=m)) for m in (True, False))
    assert (early.ear, early.rda) == (pytest.approx(late.ear + 2.5), pytest.approx(late.rda + 2.5))


def test_a_girl_of_sixteen_without_periods_is_read_as_one_of_thirteen():
    assert iron(Recipient("female", 16, menstruates=False)).ear == iron(Recipient("female", 13)).ear


def test_the_pill_changes_nothing_without_periods():
    for who in (replace(WOMAN, menstruates=False), Recipient("female", 30, "pregnant-1"), MAN):
        assert iron(replace(who, contraceptive=True)) == replace(
            iron(who), notes=iron(replace(who, contraceptive=True)).notes
        )


def test_a_vegetarian_infant_is_not_scaled():
    assert iron(Recipient("male", 0.7, vegetarian=True)).ear == iron(Recipient("male", 0.7)).ear


def test_europe_does_not_ask_about_diet_pill_or_smoking():
    asked = fields(WOMAN, authority="EFSA")
    assert asked == ["menstruates", "weight_kg", "energy_kcal"]


def test_a_woman_is_asked_what_changes_her_values_and_a_man_is_not_asked_about_periods():
    assert fields(WOMAN) == ["menstruates", "contraceptive", "vegetarian", "smokes", "weight_kg"]
    assert fields(MAN) == ["vegetarian", "smokes", "weight_kg"]


def test_nothing_is_asked_for_nutrients_that_do_not_depend_on_it():
    assert fields(WOMAN, ["MG", "CA"]) == []
    assert fields(WOMAN, ["VITC"]) == ["smokes"]


def test_nothing_is_asked_twice():
    known = Recipient("female", 30, weight_kg=60, menstruates=True, contraceptive=False, vegetarian=False, smokes=False)
    assert questions(known) == ()


def test_the_pill_is_not_asked_without_periods():
    assert "contraceptive" not in fields(replace(WOMAN, menstruates=False))
    assert "contraceptive" not in fields(Recipient("female", 55))


def test_old_women_children_and_pregnant_women_are_not_asked_about_periods():
    for who in (Recipient("female", 75), Recipient("female", 7), Recipient("female", 30, "pregnant-2")):
        assert "menstruates" not in fields(who)


def test_small_children_are_not_asked_whether_they_smoke():
    assert "smokes" not in fields(Recipient("male", 8))


def test_a_question_names_the_nutrients_it_would_change():
    found = {q.field: q.nutrients for q in questions(WOMAN)}
    assert found["menstruates"] == ("FE",)
    assert found["smokes"] == ("VITC",)
    assert found["weight_kg"] == ("PROCNT",)


@given(weight=st.floats(20, 250))
def test_protein_is_in_proportion_to_body_weight(weight):
    found = references(Recipient("male", 40, weight_kg=weight))["PROCNT"]
    assert found.ear == pytest.approx(0.66 * weight)
    assert found.rda == pytest.approx(0.8 * weight)
    assert found.requirement.median == found.ear


@pytest.mark.parametrize(
    ("sex", "age", "stage", "grams"),
    [
        ("male", 30, "none", 56),
        ("female", 30, "none", 46),
        ("male", 16, "none", 52),
        ("female", 16, "none", 46),
        ("male", 11, "none", 34),
        ("male", 6, "none", 19),
        ("male", 2, "none", 13),
        ("male", 0.7, "none", 11),
        ("male", 0.2, "none", 9.1),
        ("female", 30, "pregnant-2", 71),
        ("female", 30, "lactating-0-6", 71),
    ],
)
def test_protein_without_a_weight_is_the_printed_amount_and_says_so(sex, age, stage, grams):
    """IOM 2005, DOI 10.17226/10490, summary table: grams a day of the reference body."""
    found = references(Recipient(sex, age, stage))["PROCNT"]
    assert (found.ai if age < 0.5 else found.rda) == pytest.approx(grams, abs=0.51)
    assert any("weight was not told" in note for note in found.notes)


def test_european_children_without_a_weight_have_no_protein_number():
    found = references(Recipient("male", 8), authority="EFSA")["PROCNT"]
    assert (found.ear, found.rda, found.requirement) == (None, None, None)
    assert any("no number" in note for note in found.notes)


def test_european_protein_of_pregnancy_adds_grams_by_trimester():
    for stage, ear, rda in (("pregnant-1", 0.52, 1), ("pregnant-2", 7.2, 9), ("pregnant-3", 23, 28)):
        found = references(Recipient("female", 30, stage, weight_kg=60), authority="EFSA")["PROCNT"]
        assert (found.ear, found.rda) == (pytest.approx(0.66 * 60 + ear), pytest.approx(0.83 * 60 + rda))


def test_european_niacin_and_thiamin_follow_energy():
    found = references(Recipient("male", 30, energy_kcal=2390.06), authority="EFSA")
    assert found["NIA"].rda == pytest.approx(16, rel=1e-4)
    assert found["THIA"].ear == pytest.approx(0.72, rel=1e-4)
    assert not any("energy" in note for note in found["THIA"].notes)


def test_untold_energy_is_that_of_the_authority_and_said():
    found = references(Recipient("male", 35), authority="EFSA")["THIA"]
    assert found.rda == pytest.approx(0.1 * 10.8)
    assert any("reckoned for 2581 kcal" in note for note in found.notes)


def test_tryptophan_counts_towards_niacin_but_not_for_the_youngest():
    assert dict(references(MAN)["NIA"].also_counts) == {"TRP_G": pytest.approx(1000 / 60)}
    youngest = references(Recipient("male", 0.2))["NIA"]
    assert youngest.also_counts == ()
    assert youngest.notes == ("Preformed niacin only.",)


def test_a_note_about_an_upper_level_is_given_only_beside_one():
    assert not any("upper level" in note for note in references(Recipient("male", 0.7))["MG"].notes)


def test_a_pregnant_girl_and_a_late_mother_are_read_as_the_nearest_group_and_told_so():
    girl, late = (references(Recipient("female", age, "pregnant-2"))["CA"] for age in (13, 52))
    assert (girl.ear, late.ear) == (1100, 800)
    assert any("begin at 14" in note for note in girl.notes)
    assert any("end at 50" in note for note in late.notes)
    teen = references(Recipient("female", 16, "pregnant-2"), authority="EFSA")["CA"]
    assert teen.rda == 1000
    assert any("begin at 18" in note for note in teen.notes)


@pytest.mark.parametrize(
    ("changes", "authority", "field"),
    [
        ({"sex": "other"}, "NASEM", "sex"),
        ({"life_stage": "pregnant"}, "NASEM", "life_stage"),
        ({"sex": "male", "life_stage": "pregnant-1"}, "NASEM", "life_stage"),
        ({"age_y": 5, "life_stage": "lactating-0-6"}, "NASEM", "life_stage"),
        ({"age_y": -1}, "NASEM", "age_y"),
        ({"age_y": nan}, "NASEM", "age_y"),
        ({"age_y": 131}, "NASEM", "age_y"),
        ({"age_y": 0.2}, "EFSA", "age_y"),
        ({"weight_kg": 0}, "NASEM", "weight_kg"),
        ({"weight_kg": inf}, "NASEM", "weight_kg"),
        ({"energy_kcal": nan}, "EFSA", "energy_kcal"),
        ({}, "WHO", "authority"),
    ],
)
def test_what_the_tables_do_not_know_is_refused_beside_its_field(changes, authority, field):
    with pytest.raises(InputError) as refused:
        references(replace(WOMAN, **changes), authority=authority)
    assert refused.value.field == field
    assert any(word in str(refused.value) for word in ("expected", "choose"))


@given(sex=st.sampled_from(["female", "male"]), age=st.floats(0.5, 130), authority=st.sampled_from(["NASEM", "EFSA"]))
def test_anybody_finds_a_reference_for_iron_calcium_and_vitamin_c(sex, age, authority):
    found = references(Recipient(sex, age), authority=authority)
    for nutrient in ("FE", "CA", "VITC"):
        assert (found[nutrient].rda or found[nutrient].ai) > 0


def test_the_mapping_cannot_be_changed():
    with pytest.raises(TypeError):
        references(MAN)["FE"] = None
