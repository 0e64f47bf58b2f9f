"""Simulated people whose truth is hallmodel's: the linear model follows it, the intervals cover, the rivals are behind."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hallmodel import adult_weight

from provender.energy.expenditure_fit import Read, fitted, reference_kg
from provender.energy.expenditure_model import BIAS, EXPENDITURE, STATES, TISSUE, WATER, Body, physiology, transitions
from provender.energy.requirement import resting_energy_kcal

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from expenditure_simulation.people import STRESS, World, simulated
from expenditure_simulation.trial import provender, scores

BODIES = (("male", 40, 1.80, 90.0, 25.0), ("female", 35, 1.65, 72.0, 26.0), ("male", 28, 1.78, 75.0, 13.0))


def linear_path(sex, age_y, height_m, kg, fat_kg, change_kcal, days):
    """Weight as the linear model carries it from energy balance under a constant change of intake."""
    spent = 1.6 * resting_energy_kcal(sex, age_y, height_m, kg)
    person = Body(sex=sex, age_y=age_y, height_m=height_m, fat_share=fat_kg / kg)
    body = physiology(person, np.full(days, kg), spent)
    step, _ = transitions(body, np.full((1, days), spent + change_kcal), np.zeros((1, days)))
    state = np.zeros(STATES)
    state[EXPENDITURE], state[BIAS] = spent, 1.0
    path = [kg]
    for t in range(days):
        state = step[0, t] @ state
        path.append(kg + state[TISSUE] + state[WATER])
    return np.array(path)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("change", [-750, -500, 300])
def test_the_linear_model_follows_hallmodel_within_a_quarter_kilogram_over_eight_weeks(body, change):
    sex, age_y, height_m, kg, fat_kg = body
    truth = adult_weight(
        bw=kg, ht=height_m, age=age_y, sex=sex, EIchange=np.full((1, 57), float(change)), PAL=1.6, fat=fat_kg, days=57
    )["Body_Weight"][0]
    assert np.abs(linear_path(*body, change, 56) - truth).max() < 0.25


def test_without_any_change_the_linear_model_stays():
    assert np.allclose(linear_path(*BODIES[0], 0, 100), 90.0)


@pytest.fixture(scope="module")
def people():
    return simulated(np.random.default_rng(31), 98, World())


@pytest.mark.slow
@pytest.mark.parametrize(("days", "aim"), [(14, 215), (28, 145), (56, 85)])
def test_maintenance_as_logged_is_near_and_ahead_of_every_rival(people, days, aim):
    """The aims are those of 500 people, with room for the luck of 98."""
    found = scores(people, days)
    ours = found.pop("Provender")
    assert ours["logged"] < aim
    assert ours["logged"] < min(rival["logged"] for rival in found.values())


@pytest.mark.slow
@pytest.mark.parametrize("days", [14, 28, 56])
def test_ninety_percent_intervals_cover_about_ninety_percent(people, days):
    ours = scores(people, days)["Provender"]
    assert 0.85 <= ours["covers_logged"] <= 1.0
    assert ours["covers_true"] >= 0.85


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(STRESS))
def test_no_stress_case_is_worse_than_the_best_rival(name):
    found = scores(simulated(np.random.default_rng(32), 70, STRESS[name]), 56)
    ours = found.pop("Provender")
    assert ours["logged"] <= 1.1 * min(rival["logged"] for rival in found.values())


@pytest.mark.slow
def test_saying_that_activity_changed_brings_the_answer_sooner():
    group = simulated(np.random.default_rng(33), 70, World(step_kcal=300.0, days=84))
    silent, told = (scores(group, 56, day)["Provender"]["logged"] for day in (None, 42))
    assert told < silent


def test_persons_fitted_together_get_what_they_get_alone(people):
    few = people[:5]
    together, _ = provender(few, 28)
    for i, person in enumerate(few):
        alone, _ = provender([person], 28)
        assert alone.middle[0] == pytest.approx(together.middle[i], abs=0.01)


def test_a_reading_without_any_weight_is_a_mistake_of_the_caller():
    nothing = np.full(3, np.nan)
    flags = np.zeros(3, dtype=bool)
    with pytest.raises(ValueError, match="neither a weight"):
        reference_kg(Read(nothing, nothing, np.full(3, None), flags, flags))


def test_the_bank_weighs_its_filters_to_one(people):
    fit = fitted(
        [Read(p.scale[:28], p.logged[:28], np.full(28, None), *np.zeros((2, 28), dtype=bool)) for p in people[:3]],
        [Body(sex=p.sex, age_y=p.age_y, height_m=p.height_m) for p in people[:3]],
    )
    assert fit.found.weight.sum(axis=1) == pytest.approx(1.0)
