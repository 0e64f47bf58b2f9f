"""Nutrients that count towards another: tryptophan towards niacin."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.reference_intakes import Reference


def in_equivalents(days: DailyIntakes, references: Mapping[str, Reference]) -> tuple[DailyIntakes, frozenset[str]]:
    """The days with what counts towards each reference's nutrient added to it.

    On a day where the other is unknown only the nutrient itself counts, so that its amount is a lower bound; the
    coverage stays that of the nutrient.

    Args:
        days: What was eaten.
        references: Nutrient id to what it is compared with.

    Returns:
        The days, and the nutrients that are a lower bound for want of another.
    """
    amount = days.amount.copy()
    bounded = set()
    for name, reference in references.items():
        for other, worth in reference.also_counts if name in days.nutrients else ():
            extra = np.full(len(days.days), np.nan)
            if other in days.nutrients:
                extra = days.amount[:, days.nutrients.index(other)] * worth
            if np.isnan(extra).any():
                bounded.add(name)
            amount[:, days.nutrients.index(name)] += np.nan_to_num(extra)
    return replace(days, amount=amount), frozenset(bounded)
