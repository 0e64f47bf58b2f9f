"""Where a body settles on an intake, and the intake that keeps a body as it is or keeps it changing.

These are the steady states of ``dynamics``: adaptation complete, glycogen and fluid used to the intake, and
carbohydrate at its share of before. Every function takes arrays of one leading shape, or numbers.

Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X; Forbes' curve as in Hall KD (2007), Br J Nutr 97:1059-1063,
DOI 10.1017/S0007114507691946.
"""

import numpy as np

from provender.energy.body import (
    BETA_AT,
    BETA_TEF,
    CARBOHYDRATE_MG_D,
    FORBES_KG,
    GAMMA_FAT,
    GAMMA_LEAN,
    GLYCOGEN_KG,
    KG_PER_GLYCOGEN_KG,
    SODIUM_MG_PER_L_D,
    Array,
    Baseline,
    Values,
    laying_down_kcal_per_kg,
    moving_kcal_per_kg,
)

_ROUNDS = 8
"""The water's own part of the balance is about a hundredth of it, so each round gains two digits."""
_STEPS = 40
"""Newton's method comes from the right on a convex function: it cannot overshoot, and ends long before."""
_KEPT = 1 - BETA_TEF - BETA_AT


def water_gained_kg(base: Baseline, kcal: Values) -> Array:
    """Extracellular fluid, glycogen and its water gained once a body is used to an intake, kg; negative if lost.

    ``1.333 * (kcal / expenditure_kcal - 1) + 1.85 * (sqrt(kcal / expenditure_kcal) - 1)``; most of it comes or goes
    in the first week.

    Args:
        base: What changes are counted from.
        kcal: Energy eaten, kcal a day.
    """
    ratio = np.maximum(np.asarray(kcal, dtype=np.float64) / base.expenditure_kcal, 0.0)
    fluid = CARBOHYDRATE_MG_D / SODIUM_MG_PER_L_D * (ratio - 1)
    return np.asarray(fluid + KG_PER_GLYCOGEN_KG * GLYCOGEN_KG * (np.sqrt(ratio) - 1), dtype=np.float64)


def fat_after_kg(base: Baseline, tissue_kg: Values) -> Array:
    """Fat in kg once so much fat and lean tissue together were gained (negative: lost).

    The root of ``fat - fat0 + 10.4 * ln(fat / fat0) = tissue_kg``.

    Args:
        base: What changes are counted from.
        tissue_kg: Change of fat and lean tissue, kg.
    """
    return np.asarray(base.fat_kg * np.exp(_root(base.fat_kg, FORBES_KG, tissue_kg)), dtype=np.float64)


def settled_weight_kg(base: Baseline, kcal: Values) -> Array:
    """The weight in kg at which a body comes to rest if it eats so much for ever.

    Args:
        base: What changes are counted from; ``0.9 * expenditure_kcal`` above ``resting_kcal``.
        kcal: Energy eaten, kcal a day, for good.
    """
    delta = moving_kcal_per_kg(base)
    water = water_gained_kg(base, kcal)
    fat_kcal = (GAMMA_FAT + delta) * base.fat_kg
    lean_kcal = (GAMMA_LEAN + delta) * FORBES_KG
    left = _KEPT * (np.asarray(kcal) - base.expenditure_kcal) - delta * water
    log_ratio = _root(fat_kcal, lean_kcal, left)
    tissue = base.fat_kg * np.expm1(log_ratio) + FORBES_KG * log_ratio
    return np.asarray(base.weight_kg + tissue + water, dtype=np.float64)


def intake_kcal(base: Baseline, tissue_kg: Values = 0.0, kg_per_day: Values = 0.0) -> Array:
    """Energy a day in kcal that keeps tissue changing at a rate, once so much of it was gained (negative: lost).

    ``0.76 * (kcal - expenditure_kcal) = (3.107 + delta) * (fat - fat0) + (21.99 + delta) * (lean - lean0)
    + delta * water + cost of laying down kg_per_day``.

    Args:
        base: What changes are counted from.
        tissue_kg: Fat and lean tissue gained so far, kg.
        kg_per_day: The rate to keep, kg a day; 0 keeps the body as it is.
    """
    delta = moving_kcal_per_kg(base)
    fat = fat_after_kg(base, tissue_kg)
    lean_gained = FORBES_KG * np.log(fat / base.fat_kg)
    lean_rate = kg_per_day / (1 + fat / FORBES_KG)
    needed = (
        (GAMMA_FAT + delta) * (fat - base.fat_kg)
        + (GAMMA_LEAN + delta) * lean_gained
        + lean_rate * laying_down_kcal_per_kg(fat)
    )
    kcal = np.asarray(base.expenditure_kcal + needed / _KEPT, dtype=np.float64)
    for _ in range(_ROUNDS):
        kcal = base.expenditure_kcal + (needed + delta * water_gained_kg(base, kcal)) / _KEPT
    return np.asarray(kcal, dtype=np.float64)


def keeping_kcal(base: Baseline, weight_kg: Values) -> Array:
    """Energy a day in kcal that keeps a body at another weight, once it has arrived there by eating.

    Args:
        base: What changes are counted from.
        weight_kg: The weight to keep, kg.
    """
    change = np.asarray(weight_kg - base.weight_kg, dtype=np.float64)
    kcal = intake_kcal(base, change)
    for _ in range(_ROUNDS):
        kcal = intake_kcal(base, change - water_gained_kg(base, kcal))
    return kcal


def _root(a: Values, b: Values, total: Values) -> Array:
    """``u`` in ``a * (exp(u) - 1) + b * u = total``, for ``a`` and ``b`` above 0."""
    total = np.asarray(total, dtype=np.float64)
    gain = np.maximum(total, 0.0)
    u = np.asarray(np.minimum(gain / b, np.log1p(gain / a)), dtype=np.float64)
    for _ in range(_STEPS):
        grown = a * np.exp(u)
        u = u - (grown - a + b * u - total) / (grown + b)
    return u
