"""The linear model behind expenditure: how a logged day moves tissue, water, adaptation and the scale."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provender.energy.requirement import (
    ACTIVITY_LEVELS,
    PREDICTION_SD_KCAL,
    SEXES,
    fat_mass_kg,
    requirement,
    resting_energy_kcal,
)
from provender.terms.errors import InputError

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]
Kinds = npt.NDArray[np.int64]

TISSUE, WATER, ADAPTATION, EXPENDITURE, BIAS, SLOW = range(6)
"""Places in the state: kg of tissue above the reference weight, kg of diet water, kcal/d of adaptation, kcal/d
spent at the reference weight in balance, true over logged intake, kg of slow water."""
STATES: Final = 6

HALL_2011: Final = (
    "Hall KD et al. (2011). Quantification of the effect of energy imbalance on bodyweight."
    " Lancet 378:826-837. DOI 10.1016/S0140-6736(11)60812-X"
)
RHO_FAT, RHO_LEAN = 9440.727, 1816.444
ETA_FAT, ETA_LEAN = 179.25, 229.45
GAMMA_FAT, GAMMA_LEAN = 3.107, 21.989
FORBES_KG: Final = 10.4
THERMIC: Final = 0.10
ADAPTS: Final = 0.14
ADAPTATION_DAYS: Final = 14.0
WATER_KG: Final = 4000 / 3000 + 3.7 * 0.5 / 2
"""Kilograms of water and glycogen for each doubling of carbohydrate, linearised (own, from Hall's equations)."""
WATER_RATE: Final = 0.63
GLYCOGEN_KCAL_PER_KG: Final = 4206.501 * 0.25 / WATER_KG
"""Energy in the glycogen that goes with each kilogram of that water (own, from Hall's equations)."""
SLOW_KEPT: Final = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Whose expenditure it is.

    Attributes:
        sex: ``female`` or ``male``.
        age_y: Age in years, 19 or over.
        height_m: Height in metres.
        activity: The id of one of ``requirement.ACTIVITY_LEVELS``; None when not known.
        fat_share: Fat mass over body mass, above 0 and below 1; None lets age and body mass index say it.
        weight_kg: Body mass in kilograms, for when the series holds none; None when not known.
        weighs_everything: The person weighs all food: the prior on the logging bias is then near 0.
        life_stage: Only ``none`` can be answered.
    """

    sex: str
    age_y: float
    height_m: float
    activity: str | None = None
    fat_share: float | None = None
    weight_kg: float | None = None
    weighs_everything: bool = False
    life_stage: str = "none"


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before any day is seen.

    Attributes:
        expenditure_kcal: Expected expenditure, kcal a day.
        expenditure_sd_kcal: Its standard deviation.
        biases: Mean, standard deviation and weight of each kind of logger; a bias is true over logged energy.
    """

    expenditure_kcal: float
    expenditure_sd_kcal: float
    biases: tuple[tuple[float, float, float], ...]


USUAL_LOGGERS: Final = ((1.05, 0.06, 0.2), (1.25, 0.08, 0.8))
"""Some log nearly all, most 10 to 25 % less than they eat (own; the shares are a judgement)."""
WEIGHING_LOGGERS: Final = ((1.06, 0.065, 1.0),)
LEVEL_PAL: Final = {"inactive": 1.41, "low_active": 1.60, "active": 1.76, "very_active": 2.0}
"""The median adult's PAL within each level, from the published percentiles. Source: DRI 2023, Tables 5-3 to 5-8."""
TWO_EQUATIONS_SD: Final = 0.9
"""The error of the mean of two equations over that of one (own)."""
UNKNOWN_ACTIVITY_SD: Final = 1.25
"""How much wider the prior is when no activity is stated (own)."""


def checked_body(person: Body) -> Body:
    """The body, when the model covers it.

    Raises:
        InputError: Under 19, pregnant or breastfeeding, a fat share outside 0.02 to 0.75, an unknown word.
    """
    if person.sex not in SEXES:
        raise InputError(f"found “{person.sex}”, expected one of {', '.join(SEXES)}", field="sex")
    levels = tuple(level.id for level in ACTIVITY_LEVELS)
    if person.activity is not None and person.activity not in levels:
        raise InputError(f"found “{person.activity}”, expected one of {', '.join(levels)}", field="activity")
    if not 19 <= person.age_y <= 120:
        raise InputError(
            f"found an age of {person.age_y:g}, expected 19 to 120: growing bodies spend differently and no"
            " number is learnt for them",
            field="age",
        )
    if not 0.5 <= person.height_m <= 2.72:
        raise InputError(
            f"found a height of {person.height_m:g} m, expected 0.5 to 2.72 m; is the unit right?", field="height"
        )
    if person.life_stage != "none":
        raise InputError(
            "found a pregnancy or breastfeeding: weight then changes for reasons this model does not know; ask"
            " your midwife or doctor",
            field="life_stage",
        )
    if person.fat_share is not None and not 0.02 <= person.fat_share <= 0.75:
        raise InputError(f"found a fat share of {person.fat_share:g}, expected 0.02 to 0.75", field="fat_share")
    return person


def prior(person: Body, weight_kg: float) -> Prior:
    """What the equations say of this person before any log.

    The mean of two equations: the requirement at the stated activity, and resting energy times that level's
    median PAL; of all four levels when none is stated.

    Args:
        person: As checked by ``checked_body``.
        weight_kg: Body mass in kilograms.

    Raises:
        InputError: No equation covers a body of this size.

    Source: DRI 2023 (EER and its standard error, PAL), Mifflin 1990; averaging the two is own.
    """
    size = (person.sex, person.age_y, person.height_m, weight_kg)
    levels = [level.id for level in ACTIVITY_LEVELS if person.activity in (None, level.id)]
    required = [requirement(*size, level).kcal for level in levels]
    known = [kcal for kcal in required if kcal is not None]
    resting = resting_energy_kcal(*size)
    if resting is None or len(known) < len(levels):
        raise InputError(
            f"found {weight_kg:g} kg at {person.height_m:g} m: no equation covers such a body; are the units right?",
            field="weight_kg",
        )
    times_pal = [resting * LEVEL_PAL[level] for level in levels]
    mean = (sum(known) + sum(times_pal)) / (2 * len(levels))
    sd = TWO_EQUATIONS_SD * PREDICTION_SD_KCAL[person.sex] * (UNKNOWN_ACTIVITY_SD if person.activity is None else 1.0)
    loggers = WEIGHING_LOGGERS if person.weighs_everything else USUAL_LOGGERS
    return Prior(mean, sd, loggers)


@dataclass(frozen=True, slots=True)
class Physiology:
    """Coefficients of many bodies' energy balance; every array is (persons, days).

    Attributes:
        kcal_per_kg: Energy that goes with each kilogram of tissue, kcal/kg.
        kcal_per_kg_day: Expenditure of each kilogram, kcal/kg/d.
        water_per_kcal: Kilograms of diet water for each kcal above balance.
    """

    kcal_per_kg: Array
    kcal_per_kg_day: Array
    water_per_kcal: Array


def physiology(person: Body, weight_kg: Array, expenditure_kcal: float) -> Physiology:
    """Coefficients of one body at each of its weights, (1, days).

    With ``a = 10.4 / fat_kg``: ``kcal_per_kg = (eta_fat + rho_fat + a * (eta_lean + rho_lean)) / (1 + a)`` and
    ``kcal_per_kg_day = (gamma_fat + a * gamma_lean) / (1 + a) + delta``, where ``delta = (0.9 * EE - REE) /
    weight`` is what moving each kilogram costs. Fat follows weight along Forbes' curve.

    Args:
        person: As checked.
        weight_kg: (days,) smoothed body mass, kg, no missing.
        expenditure_kcal: Expected expenditure at the first weight, kcal/d.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X; Sanghvi 2015, DOI 10.3945/ajcn.115.111070.
    """
    first = float(weight_kg[0])
    share = person.fat_share
    fat_0 = share * first if share is not None else fat_mass_kg(person.sex, person.age_y, person.height_m, first)
    fat = np.full_like(weight_kg, fat_0)
    for _ in range(3):  # Newton's steps along fat + 10.4 ln(fat) = weight + constant
        off = fat - fat_0 + FORBES_KG * np.log(fat / fat_0) - (weight_kg - first)
        fat = np.maximum(1.0, fat - off / (1 + FORBES_KG / fat))
    a = FORBES_KG / fat
    resting = resting_energy_kcal(person.sex, person.age_y, person.height_m, first) or expenditure_kcal / 1.7
    delta = max(0.0, 0.9 * expenditure_kcal - resting) / first
    return Physiology(
        kcal_per_kg=((ETA_FAT + RHO_FAT + a * (ETA_LEAN + RHO_LEAN)) / (1 + a))[None],
        kcal_per_kg_day=((GAMMA_FAT + a * GAMMA_LEAN) / (1 + a) + delta)[None],
        water_per_kcal=np.full((1, weight_kg.size), WATER_KG / expenditure_kcal),
    )


def transitions(body: Physiology, per_bias: Array, per_expenditure: Array) -> tuple[Array, Array]:
    """How one day carries the state to the next morning, and where an error in that day's intake enters.

    Intake is ``per_bias * bias + per_expenditure * expenditure + error``; then

    ``water' = water + rate * (water_per_kcal * (intake - E) - water)``,
    ``adaptation' = adaptation + (0.14 * (intake - E) - adaptation) / 14``,
    ``tissue' = tissue + stored / kcal_per_kg``, where
    ``stored = 0.9 * (intake - E) - kcal_per_kg_day * (tissue + water) - adaptation - glycogen``.

    Args:
        body: Coefficients, (persons, days).
        per_bias: (persons, days), kcal logged (or expected) that the bias multiplies.
        per_expenditure: (persons, days), 1 where intake is taken to equal expenditure, else 0.

    Returns:
        (persons, days, 6, 6) transition matrices and (persons, days, 6) vectors of an error of 1 kcal.

    Source: Hall 2011, linearised about energy balance (own).
    """
    shape = per_bias.shape
    rho, chi = body.kcal_per_kg, body.water_per_kcal
    step: Array = np.zeros((*shape, STATES, STATES))
    error: Array = np.zeros((*shape, STATES))
    error[..., WATER] = WATER_RATE * chi
    error[..., ADAPTATION] = ADAPTS / ADAPTATION_DAYS
    error[..., TISSUE] = ((1 - THERMIC) - GLYCOGEN_KCAL_PER_KG * WATER_RATE * chi) / rho
    step[..., :3, BIAS] = error[..., :3] * per_bias[..., None]
    step[..., :3, EXPENDITURE] = error[..., :3] * (per_expenditure - 1)[..., None]
    step[..., TISSUE, TISSUE] = 1 - body.kcal_per_kg_day / rho
    step[..., TISSUE, WATER] = (GLYCOGEN_KCAL_PER_KG * WATER_RATE - body.kcal_per_kg_day) / rho
    step[..., TISSUE, ADAPTATION] = -1 / rho
    step[..., WATER, WATER] = 1 - WATER_RATE
    step[..., ADAPTATION, ADAPTATION] = 1 - 1 / ADAPTATION_DAYS
    step[..., EXPENDITURE, EXPENDITURE] = 1
    step[..., BIAS, BIAS] = 1
    step[..., SLOW, SLOW] = SLOW_KEPT
    return step, error


def maintenance_row(kcal_per_kg_day: Array) -> Array:
    """The row that reads, off a state, the intake that would balance energy now, kcal/d: (..., 6).

    ``E + (kcal_per_kg_day * tissue + adaptation) / 0.9``.
    """
    row: Array = np.zeros((*kcal_per_kg_day.shape, STATES))
    row[..., EXPENDITURE] = 1
    row[..., TISSUE] = kcal_per_kg_day / (1 - THERMIC)
    row[..., ADAPTATION] = 1 / (1 - THERMIC)
    return row
