"""What USDA's publications share: nutrient numbers, units, portions in words, values gathered row by row."""

import math
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.catalogue.food import Portion
from provender.catalogue.plausible import LARGEST_PORTION_G
from provender.catalogue.publisher import Problem
from provender.terms.errors import UnitError
from provender.terms.nutrients import BY_FDC_NUMBER, NUTRIENTS
from provender.terms.units import convert

IU_PER_MICROGRAM_OF_VITAMIN_D: Final = 40
"""Source: Institute of Medicine, 2011, Dietary Reference Intakes for Calcium and Vitamin D, doi:10.17226/13050."""
VITAMIN_D_IN_IU: Final = "324"
DISH_GROUPS: Final = frozenset({"21", "22", "36"})
"""First two digits of the codes of fast foods; meals, entrees and side dishes; restaurant foods."""
DISH_WORDS: Final = frozenset({"burrito", "casserole", "chili", "lasagna", "pizza", "soup", "soups", "stew"})
MIXED_DISHES: Final = range(3000, 4000)
"""Numbers of WWEIA's categories of mixed dishes."""
_AXIS: Final = tuple(NUTRIENTS)
_PLACE: Final = {n: i for i, n in enumerate(_AXIS)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a publisher's column or number means.

    Attributes:
        nutrient_id: The nutrient.
        preference: 0 for the number that means it best; a higher one serves where that is missing.
        factor: The publisher's amount times this is in the nutrient's own unit.
    """

    nutrient_id: str
    preference: int
    factor: float


@lru_cache(maxsize=1024)
def meaning(number: str, unit: str) -> Meaning | None:
    """What one of USDA's nutrient numbers means; None when the nutrient is not on our axis.

    Args:
        number: E.g. ``304`` for magnesium.
        unit: USDA's unit in any spelling, e.g. ``MG``, ``UG``, ``µg``, ``kJ``, ``IU``.

    Raises:
        UnitError: The unit cannot be made into the nutrient's own.
    """
    if number == VITAMIN_D_IN_IU and unit.upper() == "IU":
        return Meaning("VITD", 9, 1 / IU_PER_MICROGRAM_OF_VITAMIN_D)
    nutrient = BY_FDC_NUMBER.get(number)
    if nutrient is None:
        return None
    preference = nutrient.fdc_numbers.index(number)
    if unit.lower() == nutrient.unit.lower():
        return Meaning(nutrient.id, preference, 1.0)
    if nutrient.unit == "IU":
        raise UnitError(f"found nutrient {number} in {unit}, expected it in IU")
    return Meaning(nutrient.id, preference, float(convert(Decimal(1), unit, nutrient.unit)))


def kind_of(name: str, group: str, brand: str | None, wweia: str = "") -> str:
    """``branded`` when there is a brand, ``dish`` for what is cooked of several foods, else ``generic``.

    Args:
        name: USDA's name; a dish when its first word is one, e.g. ``Soup``.
        group: USDA's food group, by the first two digits of its code.
        brand: None when there is none.
        wweia: Number of the category of What We Eat in America, where the food has one.
    """
    if brand:
        return "branded"
    first = re.match(r"\w*", name.lower())
    dish = group[:2] in DISH_GROUPS or (wweia.isdigit() and int(wweia) in MIXED_DISHES)
    return "dish" if dish or (first and first[0] in DISH_WORDS) else "generic"


class Compositions:
    """Values gathered row by row in any order, in 14 bytes each however many there are.

    Args:
        keys: The publisher's ids of the foods that are wanted; values of others are left aside.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._place = {key: i for i, key in enumerate(keys)}
        self._food, self._code, self._amount = array("i"), array("H"), array("d")
        self._ends: list[int] = []
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)

    def __contains__(self, key: str) -> bool:
        return key in self._place

    def add(self, key: str, meaning: Meaning, amount: float) -> None:
        """Keep one value, given in the publisher's unit."""
        self._food.append(self._place[key])
        self._code.append(_PLACE[meaning.nutrient_id] * 16 + meaning.preference)
        self._amount.append(_scaled(amount, meaning.factor))

    def of(self, key: str) -> dict[str, float]:
        """Nutrient id to amount of one food; of several numbers for one nutrient the preferred one."""
        if not self._ends:
            self._sort()
        place = self._place[key]
        rows = self._order[self._ends[place] : self._ends[place + 1]].tolist()
        found = sorted((self._code[r], self._amount[r]) for r in rows)
        return {_AXIS[code >> 4]: amount for code, amount in reversed(found)}

    def _sort(self) -> None:
        food = np.array(self._food, dtype="i4")
        self._order = np.argsort(food, kind="stable")
        self._ends = np.searchsorted(food[self._order], np.arange(len(self._place) + 1)).tolist()


def _scaled(amount: float, factor: float) -> float:
    return amount if factor == 1.0 else float(f"{amount * factor:.9g}")


def number(text: str) -> float | None:
    """A publisher's number; None when it is none, or not finite."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def portion(file: str, line: int, amount: str, measure: str, mass_g: str) -> Portion | Problem:
    """A portion from a row, or why it is none.

    Args:
        file: Where it stands.
        line: And on which line.
        amount: How many of the measure; "" is one.
        measure: In words.
        mass_g: Grams, in digits.
    """
    grams, count = number(mass_g), number(amount or "1")
    if grams is None or not 0 < grams <= LARGEST_PORTION_G:
        return Problem(file, line, "grams", mass_g, "expected a mass over 0 and up to 100 kg")
    if count is None or count <= 0:
        return Problem(file, line, "amount", amount, "expected a number over 0")
    if not measure.strip():
        return Problem(file, line, "measure", measure, "expected the portion in words")
    return Portion(count, " ".join(measure.split()), grams)
