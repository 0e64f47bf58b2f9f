"""What the catalogue in use holds of a food that somebody names, for checking what is said of it."""

from provender.store.foods import finder
from provender.terms.nutrients import NUTRIENTS

LOOKED_AT = 6


def composition_of(nutrient: str, food: str) -> tuple[float, str] | None:
    """How much of a nutrient is in 100 g of the food that these words name, and the food's own name.

    Args:
        nutrient: Its id; the amount is in its unit.
        food: A few words; the first food that has all of them and knows the nutrient is taken.

    Returns:
        None where no such food is known, or none of them knows the nutrient.
    """
    if nutrient not in NUTRIENTS:
        return None
    wanted = [word.rstrip("s") for word in food.casefold().split()]
    for found, _ in finder(None, limit=LOOKED_AT)(f"{food} "):
        amount = found.composition.get(nutrient)
        if amount is not None and all(word in found.name.casefold() for word in wanted):
            return amount, found.name
    return None
