"""Body-weight dynamics: what the model conserves, where it ends, and what it does with odd shapes."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.energy.body import (
    RHO_FAT,
    RHO_GLYCOGEN,
    RHO_LEAN,
    Baseline,
    baseline,
    energy_of_change,
    energy_of_keeping,
    fat_mass,
)
from provender.energy.dynamics import Day, at_rest, simulate, step
from provender.energy.requirement import energy_of_change_kcal_per_kg, fat_mass_kg
from provender.energy.steady import fat_after_kg, intake_kcal, keeping_kcal, settled_weight_kg, water_gained_kg
from provender.terms.errors import InputError

KG_PER_LB = 0.45359237
MAN = baseline(False, 40, 1.80, 90, pal=1.6)
WOMAN = baseline(True, 40, 1.65, 72, pal=1.6)
LEAN_MAN = baseline(False, 30, 1.78, 75, pal=1.75)
HEAVY_WOMAN = baseline(True, 50, 1.62, 95, pal=1.5)

BODIES = st.builds(
    lambda female, age, height, bmi, pal: baseline(female, age, height, bmi * height**2, pal=pal),
    st.booleans(),
    st.floats(19, 85),
    st.floats(1.45, 2.0),
    st.floats(18, 45),
    st.floats(1.25, 2.2),
).filter(lambda base: float(base.expenditure_kcal) < 4500)  # a day is too long a step for who eats half as much again


def part(base, which):
    return Baseline(*(np.asarray(getattr(base, f.name))[which] for f in fields(base)))


def two():
    return baseline(np.array([False, True]), 40, np.array([1.80, 1.65]), np.array([90.0, 72.0]), pal=1.6)


# ---- the linearised constants ----


@pytest.mark.parametrize(
    ("base", "rho", "eps"),
    [(MAN, 9566, 23.6), (WOMAN, 9715, 22.6), (LEAN_MAN, 8364, 32.1), (HEAVY_WOMAN, 10820, 16.2)],
    ids=["man", "woman", "lean man", "heavy woman"],
)
def test_the_linearised_constants_are_those_of_sanghvi_2015(base, rho, eps):
    """Sanghvi 2015, supplement, with b = 0.24: rounded to the whole kcal and the tenth."""
    assert float(energy_of_change(base.fat_kg)) == pytest.approx(rho, abs=0.6)
    assert float(energy_of_keeping(base)) == pytest.approx(eps, abs=0.05)


@pytest.mark.parametrize(("base", "pounds"), [(MAN, -9.3), (WOMAN, -9.7)])
def test_a_hundred_kcal_less_for_ever_is_nine_to_ten_pounds_more_than_half_of_it_in_a_year(base, pounds):
    """Hall 2011: about 10 kcal a day to the pound, half of the change in about a year, 95 % in about three."""
    lost = simulate(base, base.expenditure_kcal - 100, days=3650).weight_kg[0] - base.weight_kg
    assert lost[-1] / KG_PER_LB == pytest.approx(pounds, abs=0.05)
    assert 0.585 < lost[365] / lost[-1] < 0.615
    assert 0.925 < lost[1095] / lost[-1] < 0.945


def test_one_body_and_many_have_the_same_fat_and_energy_of_change():
    assert fat_mass_kg("male", 40, 1.80, 90) == float(fat_mass(False, 40, 1.80, 90))
    assert energy_of_change_kcal_per_kg(25.0) == float(energy_of_change(25.0))


def test_predicted_fat_stays_between_five_and_sixty_percent():
    assert float(fat_mass(False, 19, 2.0, 55)) == pytest.approx(0.05 * 55)
    assert float(fat_mass(True, 60, 1.5, 200)) == pytest.approx(0.60 * 200)


# ---- what is conserved ----


@given(BODIES, st.floats(-0.5, 0.5))
def test_what_is_eaten_is_spent_or_stored(base, share):
    eaten = float(base.expenditure_kcal) * (1 + share)
    found = simulate(base, eaten, days=60)
    stored = (
        RHO_FAT * (found.fat_kg[0, -1] - found.fat_kg[0, 0])
        + RHO_LEAN * (found.lean_kg[0, -1] - found.lean_kg[0, 0])
        + RHO_GLYCOGEN * (found.glycogen_kg[0, -1] - found.glycogen_kg[0, 0])
    )
    assert found.expenditure_kcal[0, 1:].sum() + stored == pytest.approx(60 * eaten, rel=1e-9)


@given(BODIES)
def test_eating_what_is_spent_changes_nothing(base):
    found = simulate(base, base.expenditure_kcal, days=200)
    assert np.abs(found.weight_kg - base.weight_kg).max() < 1e-9
    assert np.abs(found.expenditure_kcal - base.expenditure_kcal).max() < 1e-6


@given(BODIES, st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_eating_more_never_weighs_less(base, one, other):
    less, more = sorted((one, other))
    light, heavy = (simulate(base, float(base.expenditure_kcal) * (1 + share), days=90) for share in (less, more))
    assert (light.weight_kg <= heavy.weight_kg + 1e-9).all()


@given(BODIES, st.floats(-0.4, 0.5))
def test_lean_and_fat_move_along_forbes_curve(base, share):
    found = simulate(base, float(base.expenditure_kcal) * (1 + share), days=120)
    expected = base.lean_kg + 10.4 * np.log(found.fat_kg[0] / base.fat_kg)
    assert np.allclose(found.lean_kg[0], expected, atol=1e-9)


def test_weight_is_the_sum_of_its_parts():
    found = simulate(two(), 2000.0, days=30)
    parts = found.fat_kg + found.lean_kg + found.ecf_kg + 3.7 * found.glycogen_kg
    assert np.allclose(found.weight_kg, parts)


# ---- one day at a time ----


def test_a_day_at_a_time_is_the_same_as_all_at_once():
    base = two()
    eaten = np.random.default_rng(1).normal(2200, 400, (2, 50))
    state = at_rest(base)
    for day in range(50):
        state = step(state, base, Day(eaten[:, day]))
    found = simulate(base, eaten, reads_ahead=False)
    assert np.allclose(state.weight_kg, found.weight_kg[:, -1], atol=1e-10)
    assert np.allclose(state.at_kcal, found.at_kcal[:, -1], atol=1e-10)


def test_a_step_takes_any_leading_shape():
    base = two()
    guesses = replace(base, expenditure_kcal=base.expenditure_kcal + np.array([[-200.0], [0.0], [200.0]]))
    after = step(at_rest(base), guesses, Day(2200.0))
    assert np.shape(after.weight_kg) == (3, 2)
    alone = step(at_rest(part(base, 1)), part(guesses_row(guesses, 2), 1), Day(2200.0))
    assert np.asarray(after.weight_kg)[2, 1] == pytest.approx(float(alone.weight_kg))


def guesses_row(base, row):
    return Baseline(*(np.broadcast_to(getattr(base, f.name), (3, 2))[row] for f in fields(base)))


def test_a_step_changes_nothing_in_place():
    base = two()
    state = at_rest(base)
    before = np.array(state.fat_kg)
    step(state, base, Day(1500.0))
    assert (np.asarray(state.fat_kg) == before).all()


def test_without_reading_ahead_no_day_depends_on_the_next():
    base = two()
    eaten = np.full((2, 10), 2000.0)
    changed = eaten.copy()
    changed[:, 5:] = 4000
    one, other = (simulate(base, kcal, reads_ahead=False).weight_kg for kcal in (eaten, changed))
    assert (one[:, :6] == other[:, :6]).all()
    assert (one[:, 6:] < other[:, 6:]).all()


def test_reading_ahead_makes_no_difference_to_a_constant_intake():
    one, other = (simulate(two(), 1800.0, days=40, reads_ahead=ahead).weight_kg for ahead in (True, False))
    assert np.array_equal(one, other)


def test_one_unknown_intake_leaves_the_others_known():
    eaten = np.full((2, 8), 2000.0)
    eaten[0, 3] = np.nan
    found = simulate(two(), eaten, reads_ahead=False).weight_kg
    assert np.isfinite(found[0, :4]).all()
    assert np.isnan(found[0, 4:]).all()
    assert np.isfinite(found[1]).all()


def test_many_more_persons_than_a_chunk_are_each_themselves():
    many = 5000
    base = baseline(False, 40, 1.8, np.linspace(60, 120, many))
    found = simulate(base, 2000.0, days=3)
    alone = simulate(part(base, slice(4321, 4322)), 2000.0, days=3)
    assert found.weight_kg.shape == (many, 4)
    assert found.weight_kg[4321, 3] == alone.weight_kg[0, 3]


@pytest.mark.parametrize("shape", [(), (6,), (1, 6), (2, 6)])
def test_an_intake_may_be_a_number_a_row_or_a_table(shape):
    assert simulate(two(), np.full(shape, 2000.0), days=6).weight_kg.shape == (2, 7)


def test_salt_holds_water_and_leaves_tissue_alone():
    plain, salted = (simulate(two(), 2000.0, sodium_mg=mg, days=30) for mg in (0.0, 2000.0))
    assert ((salted.ecf_kg - plain.ecf_kg)[:, -1] > 0.5).all()
    assert np.abs(salted.fat_kg - plain.fat_kg)[:, -1].max() < 0.05


@pytest.mark.parametrize(
    "given_",
    [
        {"intake_kcal": np.full((3, 6), 2000.0)},
        {"intake_kcal": np.full((2, 6), 2000.0), "days": 7},
        {"intake_kcal": 2000.0, "days": 0},
        {"intake_kcal": np.full((2, 6), 2000.0), "sodium_mg": np.zeros(5)},
    ],
)
def test_shapes_that_do_not_fit_are_refused_with_their_shapes(given_):
    with pytest.raises(InputError, match=r"shapes .* expected \(P, D\)"):
        simulate(two(), **given_)


def test_bodies_in_a_table_are_refused():
    with pytest.raises(InputError, match="expected one row of persons"):
        simulate(baseline(False, 40, 1.8, np.full((2, 2), 80.0)), 2000.0, days=2)


# ---- where it ends ----


@given(BODIES, st.floats(-0.3, 0.4))
def test_a_body_settles_where_no_day_moves_it(base, share):
    kcal = float(base.expenditure_kcal) * (1 + share)
    assert a_day_at_rest_kg(base, kcal, float(settled_weight_kg(base, kcal))) == pytest.approx(0, abs=1e-6)


def a_day_at_rest_kg(base, kcal, settled):
    """How much a body changes in a day that begins at its steady state, kg."""
    ratio = kcal / float(base.expenditure_kcal)
    water = float(water_gained_kg(base, kcal))
    fat = float(fat_after_kg(base, settled - float(base.weight_kg) - water))
    state = replace(
        at_rest(base),
        fat_kg=fat,
        lean_kg=float(base.lean_kg) + 10.4 * np.log(fat / float(base.fat_kg)),
        glycogen_kg=0.5 * np.sqrt(ratio),
        ecf_kg=float(base.ecf_kg) + 4 / 3 * (ratio - 1),
        at_kcal=0.14 * (kcal - float(base.expenditure_kcal)),
    )
    assert float(state.weight_kg) == pytest.approx(settled, abs=1e-9)
    return float(step(state, base, Day(kcal)).weight_kg) - settled


@given(BODIES, st.floats(-0.3, 0.4))
def test_what_keeps_the_weight_that_an_intake_leads_to_is_that_intake(base, share):
    kcal = float(base.expenditure_kcal) * (1 + share)
    assert float(keeping_kcal(base, settled_weight_kg(base, kcal))) == pytest.approx(kcal, rel=1e-6)


@given(BODIES)
def test_keeping_the_present_weight_takes_the_present_expenditure(base):
    assert float(keeping_kcal(base, base.weight_kg)) == pytest.approx(float(base.expenditure_kcal), rel=1e-9)
    assert float(intake_kcal(base)) == pytest.approx(float(base.expenditure_kcal), rel=1e-9)


@given(BODIES, st.floats(-1.0, 1.0))
def test_the_first_days_pace_costs_what_the_linear_rule_says(base, kg_per_week):
    """But for the water: its weight, no longer carried, is a few hundredths of the change."""
    linear = kg_per_week / 7 * float(energy_of_change(base.fat_kg))
    found = float(intake_kcal(base, 0.0, kg_per_week / 7)) - float(base.expenditure_kcal)
    assert found == pytest.approx(linear, rel=0.05, abs=1e-6)


@given(BODIES, st.floats(-0.9, 2.0))
def test_fat_after_a_change_solves_forbes_curve(base, share):
    fat0 = float(base.fat_kg)
    tissue = share * fat0
    fat = float(fat_after_kg(base, tissue))
    assert fat - fat0 + 10.4 * np.log(fat / fat0) == pytest.approx(tissue, abs=1e-8)
