"""The search index inside the artifact: made when a catalogue is built, mapped when it is served."""

from collections.abc import Iterable, Mapping
from math import isnan
from typing import Any, Final

from numpy.typing import NDArray

from provender.catalogue.artifact import Catalogue
from provender.catalogue.search import FoodIndex

INDEX_RULES: Final = "2"
"""Goes up when words are cut, weighed or arranged otherwise, so that an older artifact's index is not misread."""
_PREFIX: Final = "search."


def index_sections(
    foods: Iterable[tuple[str, str, str]], popularity: Mapping[str, float] | None = None
) -> dict[str, NDArray[Any]]:
    """The sections of an index over foods.

    Args:
        foods: Id, name and kind of each, in the catalogue's order.
        popularity: Food id to how often it was asked for, where known.
    """
    arrays = FoodIndex.build(foods, popularity).arrays()
    return {f"{_PREFIX}{name}": array.astype(array.dtype.newbyteorder("<")) for name, array in arrays.items()}


def index_of(catalogue: Catalogue) -> FoodIndex:
    """The search index of a catalogue: its own, mapped; made anew where it was made by other rules.

    Raises:
        ArtifactError: It is damaged.
    """
    if catalogue.indexed_by != INDEX_RULES:
        ids, asked = catalogue.ids(), catalogue.popularity().tolist()
        popularity = {food_id: often for food_id, often in zip(ids, asked, strict=True) if not isnan(often)}
        return FoodIndex.build(zip(ids, catalogue.names(), catalogue.kinds(), strict=True), popularity)
    return FoodIndex.over(catalogue.id_texts(), catalogue.sections(_PREFIX))
