"""Which values no food can have: they are quarantined with the reason, and unknown afterwards, never zero."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from provender.catalogue.food import Food, Portion
from provender.catalogue.publisher import Problem
from provender.terms.nutrients import NUTRIENTS

MOST_ENERGY_KCAL: Final = 902.0
"""Pure fat at 9.02 kcal/g. Source: Merrill and Watt, 1973, USDA Agriculture Handbook 74, table 13 (animal fats)."""
MOST_MACRONUTRIENTS_G: Final = 105.0
"""Of protein, fat, carbohydrate and alcohol in 100 g: room for rounding and for carbohydrate by difference."""
MOST_OF_UNIT: Final[Mapping[str, float]] = MappingProxyType(
    {
        "kcal": MOST_ENERGY_KCAL,
        "kJ": 3780.0,
        "g": MOST_MACRONUTRIENTS_G,
        "mg": MOST_MACRONUTRIENTS_G * 1e3,
        "µg": MOST_MACRONUTRIENTS_G * 1e6,
        "IU": MOST_MACRONUTRIENTS_G * 1e6 / 0.3,
    }
)
"""Most of anything in 100 g: 902 kcal are 3,774 kJ, with room for rounding; a mass is no more than the food's; an IU of
vitamin A is 0.3 µg of retinol."""
MACRONUTRIENTS: Final = ("PROCNT", "FAT", "CHOCDF", "ALC")
LARGEST_PORTION_G: Final = 100_000.0


def plausible(food: Food) -> tuple[Food, list[Problem]]:
    """The food without its impossible values, and why each was left out; the rest of the food stays.

    A negative or infinite value, energy over 902 kcal/100 g, or a nutrient that weighs more than the food is left out
    alone. When protein, fat, carbohydrate and alcohol together come to over 105 g/100 g nobody can say which is
    wrong, so all four are left out. A portion without a possible mass or count is left out.
    """
    bad = {n: why for n, v in food.composition.items() if (why := _impossible(n, v))}
    macronutrients = [n for n in MACRONUTRIENTS if n in food.composition and n not in bad]
    total = sum(food.composition[n] for n in macronutrients)
    if total > MOST_MACRONUTRIENTS_G:
        bad |= dict.fromkeys(macronutrients, f"protein, fat, carbohydrate and alcohol come to {total:.1f} g in 100 g")
    problems = [Problem(food.id, 0, n, f"{food.composition[n]:g}", why) for n, why in bad.items()]
    portions = tuple(p for p in food.portions if _possible(p))
    problems += _left_out(food, portions)
    if not problems:
        return food, []
    rest = {n: v for n, v in food.composition.items() if n not in bad}
    return replace(food, composition=rest, portions=portions), problems


def _impossible(nutrient_id: str, amount: float) -> str:
    """Why an amount cannot be; "" when it can."""
    nutrient = NUTRIENTS.get(nutrient_id)
    if nutrient is None:
        return "expected the id of a nutrient in terms/nutrients.csv"
    if not math.isfinite(amount) or amount < 0:
        return "a composition cannot be negative or infinite"
    if amount > MOST_OF_UNIT[nutrient.unit]:
        what = "pure fat holds" if nutrient.group == "energy" else "the food weighs"
        return f"more than {what} ({MOST_OF_UNIT[nutrient.unit]:g} {nutrient.unit} per 100 g)"
    return ""


def _possible(portion: Portion) -> bool:
    mass_g = portion.mass_g
    return math.isfinite(portion.amount) and portion.amount > 0 and (mass_g is None or 0 < mass_g <= LARGEST_PORTION_G)


def _left_out(food: Food, kept: tuple[Portion, ...]) -> Iterator[Problem]:
    for portion in food.portions:
        if portion not in kept:
            yield Problem(
                food.id, 0, "portion", f"{portion.label}: {portion.mass_g} g", "no portion has such a mass or count"
            )
