"""The simulated diary is plausible, the same for the same seed, and honest about its gaps."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from provender.catalogue.food import Food, Portion
from provender.diary import simulated
from provender.diary.activities import ACTIVITIES
from provender.diary.entries import Kind, Meal
from provender.diary.simulated import simulate
from provender.energy.requirement import energy_of_change_kcal_per_kg, fat_mass_kg, requirement
from provender.terms.errors import NotFoundError

LAST = date(2026, 3, 31)
KCAL = 130.0


def plain_food(food_id):
    """A stand-in for every food: 1.3 kcal a gram, and any portion the menu asks for weighs 100 g."""
    units = {unit for dishes in simulated._DISHES.values() for dish in dishes for _, unit, _ in dish.items}
    portions = tuple(
        Portion(float(unit.split(" ", 1)[0]), unit.split(" ", 1)[1], 100.0)
        for unit in sorted(units | {"1 cup (8 fl oz)", "1 fl oz"})
        if unit != "g"
    )
    return Food(
        food_id,
        f"Food {food_id[-5:]}",
        "usda-sr24",
        food_id[-5:],
        "24",
        composition={"ENERC_KCAL": KCAL},
        portions=portions,
    )


def ninety(seed=1, foods=plain_food, days=90):
    return simulate(np.random.default_rng(seed), days=days, last_day=LAST, foods=foods)


def starter():
    artifact = pytest.importorskip("provender.catalogue.artifact")
    return artifact.open_catalogue(artifact.starter_path()).food


def eaten(diary):
    sums = defaultdict(float)
    for e in diary.entries:
        if e.kind in (Kind.FOOD, Kind.ENERGY):
            sums[e.day] += e.energy_kcal
    return sums


def test_the_same_seed_gives_the_same_diary():
    assert ninety(7) == ninety(7)


def test_another_seed_gives_another_diary():
    assert ninety(7) != ninety(8)


def test_entries_stand_in_order_of_day_and_time_within_the_range():
    entries = ninety().entries
    when = [(e.day, e.minute) for e in entries]
    assert when == sorted(when)
    assert {e.day for e in entries} <= {LAST - timedelta(days=i) for i in range(90)}
    assert all(0 <= e.minute < 1440 for e in entries)


def test_every_kind_a_diary_holds_is_there_but_doses():
    assert {e.kind for e in ninety().entries} == set(Kind) - {Kind.DOSE}


def test_every_food_of_the_menu_is_in_the_starter_catalogue_with_its_measure():
    food = starter()
    for dishes in simulated._DISHES.values():
        for dish in dishes:
            for ndb, unit, _ in dish.items:
                found = food(f"usda-sr24:{ndb}")
                assert unit == "g" or unit in {p.label for p in found.portions}, (ndb, unit)


def test_every_exercise_of_the_week_is_in_the_activity_table():
    assert {code for _, code, _, _ in simulated._EXERCISE} <= {a.id for a in ACTIVITIES}


@pytest.mark.parametrize("seed", range(5))
def test_complete_days_eat_like_someone_losing_weight_slowly(seed):
    diary = ninety(seed, starter())
    sums = eaten(diary)
    kcal = [sums[d] for d in diary.complete_days]
    assert 1450 < np.mean(kcal) < 1750
    assert min(kcal) > 900
    assert max(kcal) < 2800


@pytest.mark.parametrize("seed", range(5))
def test_weight_falls_slowly_and_no_step_of_the_scale_is_absurd(seed):
    kg = [float(e.amount) for e in ninety(seed, starter()).entries if e.kind is Kind.WEIGHT]
    assert 1.0 < np.mean(kg[:10]) - np.mean(kg[-10:]) < 5.5
    assert max(abs(np.diff(kg))) < 2.5


def test_weekends_eat_more_than_weekdays():
    diary = ninety(3, starter(), days=900)
    sums = eaten(diary)
    weekend, weekday = (
        np.mean([sums[d] for d in diary.complete_days if (d.weekday() >= 5) is is_weekend])
        for is_weekend in (True, False)
    )
    assert weekend > weekday + 100


def test_some_days_are_missing_some_partly_logged_and_most_complete():
    diary = ninety(days=900)
    sums = eaten(diary)
    missing = 900 - len(sums)
    partial = len(sums) - len(diary.complete_days)
    assert 20 < missing < 100
    assert 80 < partial < 250
    assert len(diary.complete_days) > 600


def test_the_last_day_is_still_under_way():
    diary = ninety()
    assert LAST not in diary.complete_days
    today = [e for e in diary.entries if e.day == LAST]
    assert {e.meal for e in today if e.meal} >= {Meal.BREAKFAST}
    assert all(e.minute < 14 * 60 for e in today)


def test_pain_is_scored_zero_to_ten_and_resembles_the_day_before():
    scores = np.array([int(e.amount) for e in ninety(days=900).entries if e.kind is Kind.OBSERVATION])
    assert scores.min() >= 0
    assert scores.max() <= 10
    assert np.corrcoef(scores[1:], scores[:-1])[0, 1] > 0.3


def test_food_energy_is_its_mass_times_what_it_holds():
    for e in ninety().entries:
        if e.kind is Kind.FOOD:
            assert e.energy_kcal == pytest.approx(float(e.mass_g) * KCAL / 100)


def test_amounts_are_written_as_people_write_them():
    for e in ninety().entries:
        if e.amount is not None:
            assert e.amount > 0 or e.kind is Kind.OBSERVATION
            assert e.amount * 20 == (e.amount * 20).to_integral_value()
            assert "E" not in str(e.amount)


def test_volumes_of_water_are_not_turned_into_mass():
    assert all(e.mass_g is None and e.unit == "ml" for e in ninety().entries if e.kind is Kind.WATER)


def test_a_weighing_keeps_its_mass_in_grams():
    assert all(e.mass_g == e.amount * 1000 for e in ninety().entries if e.kind is Kind.WEIGHT)


def test_a_food_that_is_not_in_the_catalogue_is_left_out():
    def only_coffee(food_id):
        if food_id != "usda-sr24:14209":
            raise NotFoundError(food_id)
        return plain_food(food_id)

    foods = {e.food_id for e in ninety(foods=only_coffee).entries if e.kind is Kind.FOOD}
    assert foods == {"usda-sr24:14209"}


def test_her_body_follows_the_equations_of_the_energy_room():
    sam = ninety(days=1).person
    needs = requirement(sam.sex, 42, sam.height_m, sam.weight_kg, sam.activity).kcal
    a_kilogram = energy_of_change_kcal_per_kg(fat_mass_kg(sam.sex, 42, sam.height_m, sam.weight_kg))
    assert pytest.approx(needs, rel=0.005) == simulated.SPENT_KCAL
    assert pytest.approx(a_kilogram, rel=0.005) == simulated.KCAL_PER_KG


def test_one_day_is_enough():
    diary = ninety(days=1)
    assert {e.day for e in diary.entries} == {LAST}
    assert diary.complete_days == ()


@pytest.mark.parametrize("last", [date(2026, 3, 13), date(2026, 3, 14), date(2028, 2, 29)])
def test_sam_is_forty_two(last):
    person = simulate(np.random.default_rng(0), days=1, last_day=last, foods=plain_food).person
    born = person.birth_date
    assert last.year - born.year - ((last.month, last.day) < (born.month, born.day)) == 42
    assert person.height_m == 1.68
    assert isinstance(Decimal(str(person.goal_kg_per_week)), Decimal)
