"""What the catalogue in use says to what an article states of foods; it needs no database."""

from typing import Final

from provender.store.catalogue_in_use import catalogue, food_index

AMONG: Final = 5
"""How many of the foods that are found are tried, until one knows the nutrient."""


def composition_of(nutrient: str, words: str) -> tuple[float, str] | None:
    """How much of a nutrient 100 g of a food hold, in the nutrient's unit, and the food's name.

    Args:
        nutrient: Tagname.
        words: Words for the food, as an article has them.

    Returns:
        None where no food is found, or the foods found do not know the nutrient.

    Raises:
        ArtifactError: The catalogue cannot be read.
    """
    here = catalogue()
    for hit in food_index().search(words, limit=AMONG):
        food = here.food(hit.id)
        amount = food.composition.get(nutrient)
        if amount is not None and food.basis_g:
            return 100 * amount / food.basis_g, food.name
    return None
