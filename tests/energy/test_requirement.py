"""Energy requirements, against numbers worked out by hand from the published tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.requirement import (
    ACTIVITY_LEVELS,
    LIFE_STAGES,
    PREDICTION_SD_KCAL,
    energy_of_change_kcal_per_kg,
    fat_mass_kg,
    requirement,
    resting_energy_kcal,
)
from provender.terms.errors import InputError

LEVELS = [level.id for level in ACTIVITY_LEVELS]

ADULT = [
    # sex, age, cm, kg, level, kcal: constant + age + height + weight terms, National Academies 2023
    ("male", 30, 170, 70, "inactive", 753.07 - 324.90 + 1105.00 + 987.00),
    ("male", 30, 170, 70, "low_active", 581.47 - 324.90 + 1411.00 + 1045.80),
    ("male", 30, 170, 70, "active", 1004.82 - 324.90 + 1108.40 + 1113.70),
    ("male", 30, 170, 70, "very_active", -517.88 - 324.90 + 2653.70 + 1337.70),
    ("female", 30, 170, 70, "inactive", 584.90 - 210.30 + 972.40 + 819.70),
    ("female", 30, 170, 70, "low_active", 575.77 - 210.30 + 1122.00 + 849.80),
    ("female", 30, 170, 70, "active", 710.25 - 210.30 + 1111.80 + 863.80),
    ("female", 30, 170, 70, "very_active", 511.83 - 210.30 + 1541.90 + 879.20),
]


@pytest.mark.parametrize(("sex", "age", "cm", "kg", "level", "kcal"), ADULT)
def test_adult_requirement_is_the_sum_worked_out_by_hand(sex, age, cm, kg, level, kcal):
    assert requirement(sex, age, cm / 100, kg, level).kcal == pytest.approx(kcal, abs=1e-6)


@pytest.mark.parametrize(
    ("sex", "age", "cm", "kg", "level", "kcal"),
    [
        # Constant, age, height, weight and growth terms; ages 3 to 18, National Academies 2023.
        ("male", 16, 177.5, 82.5, "inactive", -447.51 + 58.88 + 2309.275 + 1084.875 + 20),
        ("male", 3, 95, 14, "low_active", 19.12 + 11.04 + 818.90 + 283.92 + 20),
        ("male", 8, 128, 26, "active", -388.19 + 29.44 + 1620.48 + 531.96 + 15),
        ("male", 10, 138, 32, "very_active", -671.75 + 36.80 + 2122.44 + 744.00 + 25),
        ("female", 16, 162, 54, "inactive", 55.59 - 356.00 + 1365.66 + 921.78 + 20),
        ("female", 5, 108, 18, "low_active", -297.54 - 111.25 + 1379.16 + 265.14 + 15),
        ("female", 12, 151, 41, "active", -189.55 - 267.00 + 1772.74 + 751.94 + 30),
        ("female", 14, 160, 50, "very_active", -709.59 - 311.50 + 2915.20 + 712.50 + 20),
    ],
)
def test_minors_requirement_is_the_sum_worked_out_by_hand(sex, age, cm, kg, level, kcal):
    found = requirement(sex, age, cm / 100, kg, level)
    assert found.kcal == pytest.approx(kcal, abs=1e-6)
    assert "information only" in found.note
    assert found.sd_kcal is None


def test_height_in_metres_is_not_taken_for_centimetres():
    """A bug of public code: 6.50 times 1.70 instead of 170 loses about 1,100 kcal."""
    assert requirement("male", 30, 1.70, 70, "inactive").kcal > 2500


def test_the_very_active_man_has_a_negative_constant():
    """A bug of public code: +517.88 for -517.88 adds about 1,036 kcal."""
    assert requirement("male", 30, 1.70, 70, "very_active").kcal < 3200


def test_an_older_boy_of_the_same_size_needs_more_not_less():
    """A bug of public code: -3.68 for +3.68 times a boy's age."""
    younger, older = (requirement("male", age, 1.6, 50, "inactive").kcal for age in (10, 13))
    assert older - younger == pytest.approx(3 * 3.68)


def test_growth_is_added_at_every_activity_level():
    """A bug of public code: growth only for the inactive."""
    for level in LEVELS:
        nine, eight = (requirement("female", age, 1.3, 28, level).kcal for age in (9, 8))
        assert nine - eight == pytest.approx(-22.25 + 15)


@pytest.mark.parametrize(
    ("level", "kcal"),
    [
        ("inactive", 1131.20 - 61.20 + 56.10 + 850.50 + 183.20 + 200),
        ("low_active", 693.35 - 61.20 + 945.45 + 714.00 + 183.20 + 200),
        ("active", -223.84 - 61.20 + 2182.95 + 570.50 + 183.20 + 200),
        ("very_active", -779.72 - 61.20 + 3044.25 + 611.10 + 183.20 + 200),
    ],
)
def test_second_trimester_has_its_own_equation(level, kcal):
    """National Academies 2023, pregnancy, woman of 30, 165 cm, 70 kg, week 20, deposition 200 kcal."""
    found = requirement("female", 30, 1.65, 70, level, "pregnant-2")
    assert found.kcal == pytest.approx(kcal, abs=1e-6)
    assert "week 20" in found.note


@pytest.mark.parametrize(("bmi", "more"), [(17, 300), (18.5, 200), (24.9, 200), (27, 150), (30, -50), (45, -50)])
def test_tissue_of_pregnancy_depends_on_weight_before(bmi, more):
    third = requirement("female", 30, 1.65, 70, "inactive", "pregnant-3", bmi)
    base = 1131.20 - 61.20 + 56.10 + 850.50 + 9.16 * 34
    assert third.kcal == pytest.approx(base + more)
    assert "before pregnancy" not in third.note


def test_the_first_trimester_needs_what_was_needed_before():
    assert (
        requirement("female", 30, 1.65, 70, "active", "pregnant-1").kcal
        == requirement("female", 30, 1.65, 70, "active").kcal
    )


@pytest.mark.parametrize(("stage", "more"), [("lactating-0-6", 400), ("lactating-7-12", 380)])
def test_milk_is_added_while_breastfeeding(stage, more):
    base = requirement("female", 30, 1.65, 70, "low_active").kcal
    found = requirement("female", 30, 1.65, 70, "low_active", stage)
    assert found.kcal - base == pytest.approx(more)
    assert f"+ {more} for milk" in found.formula


@pytest.mark.parametrize(
    ("sex", "kcal"), [("male", 699.30 + 1062.50 - 147.60 + 5), ("female", 699.30 + 1062.50 - 147.60 - 161)]
)
def test_resting_energy_is_the_sum_worked_out_by_hand(sex, kcal):
    """Mifflin and St Jeor 1990: 9.99 kg + 6.25 cm - 4.92 y + 5 or - 161; 70 kg, 170 cm, 30 y."""
    assert resting_energy_kcal(sex, 30, 1.70, 70) == pytest.approx(kcal)


def test_resting_energy_is_unknown_not_zero_for_children_and_impossible_bodies():
    assert resting_energy_kcal("male", 18.9, 1.70, 70) is None
    assert resting_energy_kcal("female", 120, 0.5, 2) is None


def test_the_error_of_one_prediction_is_the_published_one():
    assert PREDICTION_SD_KCAL == {"male": 342.0, "female": 241.0}
    assert requirement("male", 30, 1.70, 70, "active").sd_kcal == 342.0


@pytest.mark.parametrize(
    ("age", "height", "weight", "stage", "why"),
    [
        (2, 0.9, 13, "none", "under 3"),
        (40, 0.5, 2, "none", "body of this size"),
        (40, 2.72, 2, "none", "body of this size"),
        (17, 1.65, 60, "pregnant-2", "under 19"),
        (17, 1.65, 60, "lactating-0-6", "under 19"),
        (18, 0.5, 2, "none", "body of this size"),
    ],
)
def test_where_no_equation_reaches_the_answer_is_none_and_says_why(age, height, weight, stage, why):
    found = requirement("female", age, height, weight, "inactive", stage)
    assert found.kcal is None
    assert found.equation == ""
    assert why in found.note


def test_a_boy_of_impossible_size_has_no_answer_rather_than_a_negative_one():
    assert requirement("male", 3, 0.5, 2, "very_active").kcal is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("other", "active", "none"), "sex"),
        (("male", "lazy", "none"), "activity"),
        (("female", "active", "menopause"), "life_stage"),
        (("male", "active", "pregnant-1"), "life_stage"),
    ],
)
def test_a_word_that_is_not_in_the_tables_is_refused_beside_its_field(words, field):
    sex, activity, stage = words
    with pytest.raises(InputError) as caught:
        requirement(sex, 30, 1.7, 70, activity, stage)
    assert caught.value.field == field


@given(
    st.sampled_from(["female", "male"]),
    st.integers(19, 100),
    st.floats(1.4, 2.1),
    st.floats(40, 180),
    st.sampled_from(LEVELS),
)
def test_a_heavier_adult_of_the_same_height_needs_more(sex, age, height, weight, level):
    lighter, heavier = (requirement(sex, age, height, w, level).kcal for w in (weight, weight + 5))
    assert lighter is None or heavier is None or heavier > lighter


@given(
    st.sampled_from(["female", "male"]),
    st.integers(0, 120),
    st.floats(0.5, 2.72),
    st.floats(2, 650),
    st.sampled_from(LEVELS),
    st.sampled_from(list(LIFE_STAGES)),
)
def test_every_possible_body_gets_a_positive_number_or_a_reason(sex, age, height, weight, level, stage):
    if sex == "male":
        stage = "none"
    found = requirement(sex, age, height, weight, level, stage)
    assert (found.kcal is None and found.note) or (found.kcal > 0 and found.source and found.formula)


def test_activity_limits_join_without_gap():
    assert [a.pal_below for a in ACTIVITY_LEVELS[:-1]] == [a.pal_from for a in ACTIVITY_LEVELS[1:]]
    assert [a.pal_from for a in ACTIVITY_LEVELS] == [1.0, 1.53, 1.68, 1.85]


@pytest.mark.parametrize(
    ("sex", "height", "weight", "rho"),
    [("male", 1.80, 90, 9566), ("female", 1.65, 72, 9715)],
)
def test_energy_of_a_kilogram_follows_fat_mass(sex, height, weight, rho):
    """Worked out once from the linearised Hall model at 40 years, b = 0.24."""
    fat = fat_mass_kg(sex, 40, height, weight)
    assert energy_of_change_kcal_per_kg(fat) == pytest.approx(rho, abs=1)


def test_fat_mass_is_what_the_equation_of_jackson_says():
    assert fat_mass_kg("male", 40, 1.8, 90) == pytest.approx(
        90 * (0.14 * 40 + 37.31 * math.log(90 / 1.8**2) - 103.94) / 100
    )


@given(st.floats(0.1, 300))
def test_energy_of_a_kilogram_stays_between_lean_tissue_and_fat(fat):
    assert (1816 + 229) / 0.76 <= energy_of_change_kcal_per_kg(fat) <= (9441 + 180) / 0.76


def test_fat_mass_never_leaves_five_to_sixty_percent():
    assert fat_mass_kg("male", 20, 2.0, 45) == pytest.approx(0.05 * 45)
    assert fat_mass_kg("female", 60, 1.5, 300) == pytest.approx(0.60 * 300)
