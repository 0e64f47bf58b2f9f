"""Simulated people: bodies, diets, logs and scales; the truth is hallmodel's."""

from dataclasses import dataclass, field, replace

import numpy as np
from hallmodel import adult_weight

from provender.energy.requirement import ACTIVITY_LEVELS, fat_mass_kg, resting_energy_kcal

SCENARIOS = ("steady", "-250", "-500", "-750", "+300", "strict weekdays", "fading")
PAL_PERCENTILES = ((0.0, 1.25), (0.10, 1.39), (0.25, 1.53), (0.50, 1.68), (0.75, 1.85), (0.90, 2.03), (1.0, 2.25))
"""Adult PAL, DRI 2023."""


MOST_KCAL = 4300.0
"""Above this hallmodel's daily steps of glycogen are unstable on big days (a body eats more and wastes away)."""


@dataclass(frozen=True)
class World:
    """What is varied between the main run and the stress cases."""

    missing: float = 0.20
    more_when_missing: float = 1.10
    scale_sd_kg: float = 0.8
    under_low: float = 0.10
    under_high: float = 0.25
    noise_kept: float = 0.0
    cycle_kg: float = 0.0
    partial: float = 0.0
    drift: float = 0.0
    more_deficit_kcal: float = 0.0
    step_kcal: float = 0.0
    step_day: int = 42
    days: int = 56
    ahead: int = 28


@dataclass
class Person:
    sex: str
    age_y: float
    height_m: float
    weight_kg: float
    fat_kg: float
    pal: float
    activity: str
    under: float
    scenario: str
    expenditure_kcal: float
    weight: np.ndarray = field(default_factory=lambda: np.empty(0))
    intake: np.ndarray = field(default_factory=lambda: np.empty(0))
    maintenance: np.ndarray = field(default_factory=lambda: np.empty(0))
    tissue: np.ndarray = field(default_factory=lambda: np.empty(0))
    spent: np.ndarray = field(default_factory=lambda: np.empty(0))
    logged: np.ndarray = field(default_factory=lambda: np.empty(0))
    scale: np.ndarray = field(default_factory=lambda: np.empty(0))
    under_by_day: np.ndarray = field(default_factory=lambda: np.empty(0))


def _body(rng: np.random.Generator) -> Person:
    """A body that hallmodel can carry."""
    while (person := _any_body(rng)).expenditure_kcal > MOST_KCAL:
        pass
    return person


def _any_body(rng: np.random.Generator) -> Person:
    sex = "female" if rng.random() < 0.55 else "male"
    age = rng.uniform(20, 65)
    height = rng.normal(1.63, 0.065) if sex == "female" else rng.normal(1.77, 0.07)
    bmi = float(np.clip(rng.lognormal(np.log(28), 0.17), 20, 45))
    weight = bmi * height**2
    fat = fat_mass_kg(sex, age, height, weight) * float(np.clip(1 + 0.15 * rng.standard_normal(), 0.6, 1.4))
    share, pal = zip(*PAL_PERCENTILES, strict=True)
    level = float(np.interp(rng.random(), share, pal))
    resting = resting_energy_kcal(sex, age, height, weight)
    # hallmodel takes resting energy from Mifflin; a body's own lies about it, so PAL carries both; the spread is
    # such that EER errs by its published standard error (342 kcal in men, 241 in women)
    own = float(np.clip(level * np.exp(0.055 * rng.standard_normal()), 1.2, 2.5))
    true_level = next(i for i, a in enumerate(ACTIVITY_LEVELS) if level < a.pal_below)
    said = true_level + rng.choice([-1, 0, 1], p=[0.10, 0.65, 0.25])
    activity = ACTIVITY_LEVELS[int(np.clip(said, 0, 3))].id
    return Person(sex, age, height, weight, fat, own, activity, 0.0, "", own * resting)


def _change(rng: np.random.Generator, scenario: str, days: int, expenditure: float) -> np.ndarray:
    t = np.arange(days)
    plan = {
        "steady": 0 * t,
        "-250": 0 * t - 250,
        "-500": 0 * t - 500,
        "-750": 0 * t - 750,
        "+300": 0 * t + 300,
        "strict weekdays": np.where(t % 7 < 5, -650, 250),
        "fading": -700 * np.exp(-t / 35),
    }[scenario]
    eaten = (expenditure + plan) * rng.lognormal(-0.5 * 0.18**2, 0.18, days)
    return eaten - expenditure


def simulated(rng: np.random.Generator, persons: int, world: World) -> list[Person]:
    """People with their true weight, intake and maintenance, and what they log and see on the scale."""
    people = []
    length = world.days + world.ahead + 1
    for i in range(persons):
        person = _body(rng)
        person.scenario = SCENARIOS[i % len(SCENARIOS)]
        person.under = rng.uniform(world.under_low, world.under_high)
        change = _change(rng, person.scenario, length, person.expenditure_kcal)
        change = change - world.more_deficit_kcal
        skipped = rng.random(length) < world.missing
        more = (world.more_when_missing - 1) * (person.expenditure_kcal + change)
        change = change + np.where(skipped, more, 0.0)
        live(person, change, world)
        observed(rng, person, skipped, world)
        people.append(person)
    return people


def live(person: Person, change: np.ndarray, world: World) -> None:
    """Let hallmodel carry the body; a step of activity is a step of the energy that is spent."""
    step = np.where(np.arange(change.size) >= world.step_day, world.step_kcal, 0.0)
    found = adult_weight(
        bw=person.weight_kg,
        ht=person.height_m,
        age=person.age_y,
        sex=person.sex,
        EIchange=(change - step)[None],
        NAchange=np.zeros((1, change.size)),
        PAL=person.pal,
        fat=person.fat_kg,
        days=change.size,
    )
    person.intake = person.expenditure_kcal + change
    person.weight = found["Body_Weight"][0]
    fat, lean = found["Fat_Mass"][0], found["Lean_Mass"][0]
    person.tissue = fat + lean
    resting = person.expenditure_kcal / person.pal
    delta = (0.9 * person.pal - 1) * resting / person.weight_kg
    moved = 3.107 * (fat - fat[0]) + 21.989 * (lean - lean[0]) + delta * (person.weight - person.weight_kg)
    adapted = found["Adaptive_Thermogenesis"][0]
    person.maintenance = person.expenditure_kcal + step + (moved + adapted) / 0.9
    person.spent = found["Total_Expenditure"][0] + step


def observed(rng: np.random.Generator, person: Person, skipped: np.ndarray, world: World) -> None:
    """What was logged (missing or partial at times) and what the scale said."""
    length = person.intake.size
    person.under_by_day = person.under + world.drift * np.arange(length) / (world.days - 1)
    logged = person.intake * (1 - person.under_by_day) * rng.lognormal(-0.5 * 0.1**2, 0.1, length)
    partial = rng.random(length) < world.partial
    logged = np.where(partial, logged * rng.uniform(0.2, 0.7, length), logged)
    person.logged = np.where(skipped, np.nan, logged)
    noise = rng.standard_normal(length) * world.scale_sd_kg
    for t in range(1, length):
        noise[t] = world.noise_kept * noise[t - 1] + np.sqrt(1 - world.noise_kept**2) * noise[t]
    cycle = world.cycle_kg * np.sin(2 * np.pi * (np.arange(length) / 28 + rng.random()))
    person.scale = np.where(rng.random(length) < world.missing, np.nan, person.weight + noise + cycle)


STRESS = {
    "AR(1) 0.6 scale noise": World(noise_kept=0.6),
    "1 kg cycle": World(cycle_kg=1.0),
    "10 % unflagged partial days": World(partial=0.10),
    "50 % missing": World(missing=0.50),
    "bias drifts by 10 points": World(drift=0.10),
    "scale sd 1.2 kg": World(scale_sd_kg=1.2),
    "honest logger": World(under_low=0.0, under_high=0.0),
    "everyone on a crash diet": World(more_deficit_kcal=700.0),
}
STEP_UP, STEP_DOWN = World(step_kcal=300.0, days=84), World(step_kcal=-300.0, days=84)


def shortened(world: World, **changed: float) -> World:
    return replace(world, **changed)
