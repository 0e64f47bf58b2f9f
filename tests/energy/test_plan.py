"""The goal form: what it answers, and what it refuses to plan."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.macronutrients import macro_ranges, protein_rda_g
from provender.energy.plan import FLOOR_KCAL, Goal, Person, plan
from provender.terms.errors import InputError

SAM = Person(sex="female", age_y=42, height_m=1.68, weight_kg=78, activity="low_active")
TOM = Person(sex="male", age_y=30, height_m=1.80, weight_kg=75, activity="active")
POUND = 0.45359237


def acted(found):
    return {g.name for g in found.acted} - {"rounding"}


def test_maintaining_is_the_requirement_to_the_nearest_ten():
    found = plan(SAM, Goal(0))
    assert found.maintenance_kcal == pytest.approx(575.77 - 7.01 * 42 + 6.60 * 168 + 12.14 * 78)
    assert found.daily_kcal == 2340
    assert found.allowed_kg_per_week == 0
    assert acted(found) == set()


def test_losing_a_pound_a_week_takes_the_energy_of_her_own_pound():
    found = plan(SAM, Goal(-POUND))
    assert found.daily_kcal == pytest.approx(found.maintenance_kcal - POUND * found.kcal_per_kg / 7, abs=5)
    assert found.daily_kcal == 1690
    assert found.allowed_kg_per_week == -POUND


def test_gaining_adds_energy():
    found = plan(TOM, Goal(0.5))
    assert found.daily_kcal == 3640
    assert found.allowed_kg_per_week == 0.5


def test_the_interval_is_ninety_percent_of_people():
    found = plan(TOM, Goal())
    assert found.maintenance_high_kcal - found.maintenance_kcal == pytest.approx(1.6449 * 342)
    assert found.maintenance_kcal - found.maintenance_low_kcal == pytest.approx(1.6449 * 342)


def test_the_plan_names_its_equation_formula_and_source():
    found = plan(SAM, Goal()).requirement
    assert found.equation == "EER 2023, women 19 and over, low active"
    assert found.formula == "575.77 - 7.01 x age + 6.6 x cm + 12.14 x kg"
    assert "10.17226/26818" in found.source


def test_the_floor_holds_the_target_and_says_how_slow_it_becomes():
    found = plan(replace(SAM, activity="inactive", weight_kg=60, age_y=60), Goal(-0.59))
    assert found.daily_kcal == 1200
    assert acted(found) == {"floor"}
    assert -0.59 < found.allowed_kg_per_week < 0
    floor = next(g for g in found.guards if g.name == "floor")
    assert "1,200" in floor.sentence
    assert "slower" in floor.sentence


def test_the_floor_never_raises_a_target_above_what_keeps_the_weight():
    small = Person(sex="male", age_y=90, height_m=1.40, weight_kg=40)
    found = plan(small, Goal(-0.2))
    assert found.maintenance_kcal < FLOOR_KCAL["male"]
    assert found.daily_kcal == pytest.approx(found.maintenance_kcal, abs=5)
    assert found.allowed_kg_per_week == pytest.approx(0)
    assert acted(found) == {"floor"}


def test_a_loss_towards_a_higher_weight_is_not_planned():
    found = plan(SAM, Goal(-0.3, weight_kg=85))
    assert acted(found) == {"goal direction"}
    assert found.allowed_kg_per_week == 0
    assert "until the two agree" in next(g for g in found.guards if g.name == "goal direction").sentence


def test_a_gain_towards_a_lower_weight_is_not_planned():
    assert acted(plan(SAM, Goal(0.3, weight_kg=70))) == {"goal direction"}


def test_who_is_at_the_goal_keeps_it():
    found = plan(SAM, Goal(-0.3, weight_kg=78.02))
    assert acted(found) == {"goal reached"}
    assert found.daily_kcal == pytest.approx(found.maintenance_kcal, abs=5)


def test_no_sentence_holds_a_bracket_within_a_bracket():
    for goal in (Goal(-2), Goal(2), Goal(-0.3, 50), Goal(-0.3, 90)):
        for guard in plan(SAM, goal).guards:
            depth = 0
            for letter in guard.sentence:
                depth += (letter == "(") - (letter == ")")
                assert depth <= 1, guard.sentence


@pytest.mark.parametrize("rate", [-2 * POUND, 2 * POUND])
def test_no_faster_than_one_percent_of_weight_a_week(rate):
    found = plan(TOM, Goal(rate))
    assert abs(found.allowed_kg_per_week) == pytest.approx(0.75)
    assert found.allowed_kg_per_week * rate > 0
    assert acted(found) == {"fastest change"}
    assert found.requested_kg_per_week == rate


def test_no_loss_is_planned_for_the_underweight():
    found = plan(replace(SAM, weight_kg=50), Goal(-0.3))
    assert acted(found) == {"underweight"}
    assert found.allowed_kg_per_week == 0
    assert found.daily_kcal == pytest.approx(found.maintenance_kcal, abs=5)


def test_gaining_is_planned_for_the_underweight():
    assert plan(replace(SAM, weight_kg=50), Goal(0.3)).allowed_kg_per_week == 0.3


def test_no_loss_towards_an_underweight_goal():
    found = plan(SAM, Goal(-0.3, weight_kg=50))
    assert acted(found) == {"goal weight"}
    assert "52.2 kg" in next(g for g in found.guards if g.name == "goal weight").sentence


def test_a_healthy_goal_weight_is_planned():
    assert plan(SAM, Goal(-0.3, weight_kg=68)).allowed_kg_per_week == -0.3


def test_under_nineteen_the_requirement_is_shown_and_no_target_is_set():
    found = plan(replace(SAM, age_y=16), Goal(-0.3))
    assert found.maintenance_kcal is not None
    assert found.daily_kcal is None
    assert found.allowed_kg_per_week is None
    assert found.macros == ()
    assert found.resting_kcal is None
    assert found.protein_rda_g is None
    assert "age" in acted(found)


@pytest.mark.parametrize("stage", ["pregnant-1", "pregnant-2", "pregnant-3", "lactating-0-6", "lactating-7-12"])
def test_no_loss_in_pregnancy_or_while_breastfeeding(stage):
    found = plan(replace(SAM, life_stage=stage), Goal(-0.3))
    assert acted(found) == {"pregnancy"}
    assert found.daily_kcal == pytest.approx(found.maintenance_kcal, abs=5)


def test_pregnancy_sets_no_rate_of_gain_of_its_own():
    assert plan(replace(SAM, life_stage="pregnant-2"), Goal(0.5)).allowed_kg_per_week == 0


def test_weight_before_pregnancy_is_used_when_known():
    known = plan(replace(SAM, life_stage="pregnant-2", weight_before_kg=88), Goal())
    unknown = plan(replace(SAM, life_stage="pregnant-2"), Goal())
    assert unknown.maintenance_kcal - known.maintenance_kcal == pytest.approx(250)
    assert known.maintenance_low_kcal is None


def test_no_loss_with_an_eating_disorder():
    found = plan(replace(SAM, eating_disorder=True), Goal(-0.3))
    assert acted(found) == {"eating disorder"}
    assert found.allowed_kg_per_week == 0


def test_a_body_no_equation_covers_gets_a_reason_instead_of_a_number():
    found = plan(Person(sex="male", age_y=40, height_m=0.5, weight_kg=2), Goal(-0.01))
    assert found.maintenance_kcal is None
    assert found.daily_kcal is None
    assert found.maintenance_low_kcal is None
    assert "No equation covers" in found.notes[0]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"height_m": 0.49}, "height"),
        ({"height_m": 168.0}, "height"),
        ({"height_m": float("nan")}, "height"),
        ({"weight_kg": 1.9}, "weight"),
        ({"weight_kg": 651.0}, "weight"),
        ({"weight_kg": float("inf")}, "weight"),
        ({"age_y": -1}, "age"),
        ({"age_y": 121}, "age"),
        ({"age_y": None}, "age"),
        ({"age_y": None, "birth_date": date(2030, 1, 1), "on": date(2026, 1, 1)}, "birth_date"),
        ({"age_y": None, "birth_date": date(1890, 1, 1), "on": date(2026, 1, 1)}, "birth_date"),
        ({"weight_before_kg": 1.0}, "weight_before"),
        ({"sex": "x"}, "sex"),
        ({"activity": "x"}, "activity"),
        ({"life_stage": "x"}, "life_stage"),
    ],
)
def test_what_no_body_can_be_is_refused_beside_its_field(changed, field):
    with pytest.raises(InputError) as caught:
        plan(replace(SAM, **changed), Goal())
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("goal", "field"),
    [(Goal(-6), "goal"), (Goal(float("nan")), "goal"), (Goal(-0.1, weight_kg=0), "goal_weight")],
)
def test_a_goal_nobody_can_mean_is_refused_beside_its_field(goal, field):
    with pytest.raises(InputError) as caught:
        plan(SAM, goal)
    assert caught.value.field == field


@pytest.mark.parametrize(("on", "age"), [(date(2026, 3, 13), 41), (date(2026, 3, 14), 42), (date(2027, 3, 13), 42)])
def test_a_birth_date_counts_completed_years(on, age):
    someone = replace(SAM, age_y=None, birth_date=date(1984, 3, 14), on=on)
    assert plan(someone, Goal()).age_y == age


def test_someone_born_on_a_leap_day_is_a_year_older_on_the_first_of_march():
    born = replace(SAM, age_y=None, birth_date=date(2000, 2, 29))
    assert plan(replace(born, on=date(2026, 2, 28)), Goal()).age_y == 25
    assert plan(replace(born, on=date(2026, 3, 1)), Goal()).age_y == 26


def test_the_plan_says_it_is_information_and_threatens_nobody():
    words = " ".join((*plan(SAM, Goal(-1)).notes, *(g.sentence for g in plan(SAM, Goal(-1)).guards)))
    assert "information, not treatment" in words
    assert not {"must", "dangerous", "warning", "never"} & set(words.lower().split())


def test_macronutrient_ranges_are_shares_of_the_target():
    """IOM 2005: protein 10-35, fat 20-35, carbohydrate 45-65 % of energy, at 4, 9 and 4 kcal a gram."""
    protein, fat, carbohydrate = macro_ranges(2000)
    assert (protein.low_g, protein.high_g) == pytest.approx((50, 175))
    assert (fat.low_g, fat.high_g) == pytest.approx((44.444, 77.778), abs=0.001)
    assert (carbohydrate.low_g, carbohydrate.high_g) == pytest.approx((225, 325))
    assert (fat.low_kcal, fat.high_kcal) == pytest.approx((400, 700))


@pytest.mark.parametrize(("stage", "grams"), [("none", 56.0), ("pregnant-2", 77.0), ("lactating-0-6", 91.0)])
def test_protein_advice_follows_weight_and_life_stage(stage, grams):
    assert protein_rda_g(70, stage) == pytest.approx(grams)


BODIES = st.builds(
    Person,
    sex=st.sampled_from(["female", "male"]),
    age_y=st.integers(0, 120),
    height_m=st.floats(0.5, 2.72),
    weight_kg=st.floats(2, 650),
    activity=st.sampled_from(["inactive", "low_active", "active", "very_active"]),
    eating_disorder=st.booleans(),
)


@given(BODIES, st.floats(-5, 5))
def test_every_possible_person_gets_a_plan_within_its_guard_rails(person, rate):
    found = plan(person, Goal(rate))
    if found.daily_kcal is None:
        assert found.maintenance_kcal is None or found.age_y < 19
        return
    assert found.daily_kcal % 10 == 0
    assert abs(found.allowed_kg_per_week) <= 0.01 * person.weight_kg + 1e-9
    assert abs(found.allowed_kg_per_week) <= abs(rate) + 1e-9
    assert found.daily_kcal + 5 >= min(FLOOR_KCAL[person.sex], found.maintenance_kcal)
    if person.bmi < 18.5 or person.eating_disorder:
        assert found.allowed_kg_per_week >= 0


@given(BODIES, st.floats(-5, 5), st.floats(-5, 5))
def test_wanting_to_lose_more_never_allows_more_food(person, a, b):
    slow, fast = max(a, b), min(a, b)
    one, other = plan(person, Goal(slow)), plan(person, Goal(fast))
    assert one.daily_kcal is None or other.daily_kcal <= one.daily_kcal
