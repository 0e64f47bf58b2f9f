"""Dietary folate equivalents of foods whose table gives total folate only."""

from collections.abc import Mapping
from typing import Final

EQUIVALENTS: Final = "FOLDFE"
TOTAL: Final = "FOL"
FOLIC_ACID: Final = "FOLAC"
PER_FOLIC_ACID: Final = 1.7
"""Equivalents in 1 µg of folic acid eaten with food. Source: IOM (1998), DOI 10.17226/6015."""


def with_folate_equivalents(amounts: Mapping[str, float]) -> Mapping[str, float]:
    """The amounts of one food, with dietary folate equivalents where total folate is known and they are not.

    ``FOLDFE = FOL + 0.7 FOLAC``. Where folic acid is not known apart, ``FOLDFE = FOL``, which is a lower bound: exact
    for food that is not fortified.

    Args:
        amounts: Nutrient id to µg (folate) or its own unit; unknown is absent.

    Returns:
        The same mapping where nothing is to be added.

    Source: IOM (1998), DOI 10.17226/6015, chapter 8.
    """
    if EQUIVALENTS in amounts or TOTAL not in amounts:
        return amounts
    return {**amounts, EQUIVALENTS: amounts[TOTAL] + (PER_FOLIC_ACID - 1) * amounts.get(FOLIC_ACID, 0.0)}


def dose_with_folate_equivalents(dose: Mapping[str, float]) -> Mapping[str, float]:
    """The amounts of a supplement, with dietary folate equivalents where its label gives folate or folic acid only.

    Folate in a supplement is folic acid: ``FOLDFE = 1.7 FOLAC``, or ``1.7 FOL`` where only that is on the label. It is
    counted as taken with food; on an empty stomach it would be 2.

    Args:
        dose: Nutrient id to amount; unknown is absent.

    Source: IOM (1998), DOI 10.17226/6015, chapter 8.
    """
    folic_acid = dose.get(FOLIC_ACID, dose.get(TOTAL))
    if EQUIVALENTS in dose or folic_acid is None:
        return dose
    return {**dose, EQUIVALENTS: PER_FOLIC_ACID * folic_acid}
