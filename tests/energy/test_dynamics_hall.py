"""Golden: the trajectories of ``hallmodel`` 2026.10.21.16 (MIT), which compiles the C++ of INSP-RH/bw."""

import hallmodel
import numpy as np
import pytest

from provender.energy.body import baseline
from provender.energy.dynamics import simulate

NAMES = {
    "weight_kg": "Body_Weight",
    "fat_kg": "Fat_Mass",
    "lean_kg": "Lean_Mass",
    "glycogen_kg": "Glycogen",
    "ecf_kg": "Extracellular_Fluid",
    "at_kcal": "Adaptive_Thermogenesis",
}
TOLERANCE = 1e-6
"""kg and kcal: far below any scale's reading; the two add the same terms in another order."""


def fifty(days=365):
    rng = np.random.default_rng(20_261_123)
    height = rng.uniform(1.5, 1.95, 50)
    return {
        "age": rng.uniform(19, 75, 50),
        "height": height,
        "weight": rng.uniform(19, 42, 50) * height**2,  # where the predicted share of fat is between 5 and 60 %
        "female": rng.integers(0, 2, 50) == 1,
        "pal": rng.uniform(1.35, 2.1, 50),
        "change": rng.normal(-250, 450, (50, days)),
        "sodium": rng.normal(0, 900, (50, days)),
    }


def theirs(p, **more):
    sex = ["female" if female else "male" for female in p["female"]]
    return hallmodel.adult_weight(
        p["weight"],
        p["height"],
        p["age"],
        sex,
        EIchange=p["change"],
        NAchange=p["sodium"],
        PAL=p["pal"],
        days=p["change"].shape[1],
        **more,
    )


def ours(p, **more):
    base = baseline(p["female"], p["age"], p["height"], p["weight"], pal=p["pal"])
    eaten = base.expenditure_kcal[:, None] + p["change"]
    if "carbohydrate" in more:
        more["carbohydrate_kcal"] = more.pop("carbohydrate") * eaten
    return simulate(base, eaten, sodium_mg=p["sodium"], **more)


@pytest.mark.parametrize("name", NAMES)
def test_fifty_random_persons_over_a_year_are_those_of_hallmodel(name):
    people = fifty()
    expected = np.asarray(theirs(people)[NAMES[name]])
    assert np.abs(getattr(ours(people), name)[:, :-1] - expected).max() < TOLERANCE


def test_a_diet_lower_in_carbohydrate_is_that_of_hallmodel():
    people = fifty(120)
    expected = np.asarray(theirs(people, pcarb_base=0.5, pcarb=0.3)["Body_Weight"])
    found = ours(people, carbohydrate=0.3)
    assert np.abs(found.weight_kg[:, :-1] - expected).max() < TOLERANCE


def test_measured_fat_is_that_of_hallmodel():
    people = fifty(120)
    fat = 0.3 * people["weight"]
    base = baseline(people["female"], people["age"], people["height"], people["weight"], pal=people["pal"], fat_kg=fat)
    found = simulate(base, base.expenditure_kcal[:, None] + people["change"], sodium_mg=people["sodium"])
    assert np.abs(found.weight_kg[:, :-1] - np.asarray(theirs(people, fat=fat)["Body_Weight"])).max() < TOLERANCE
