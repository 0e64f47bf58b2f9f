"""Designs beside one another: shorter and longer ones, or other period lengths in the same days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.trials.power import Assurance, assurance, pairs_at_random
from provender.trials.run_in import RunIn

PERIODS: Final = (3, 7, 10, 14, 21, 28)
"""Days of a period that are compared."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A design and what it would show.

    Attributes:
        pairs: Pairs of periods.
        period_days: Days of a period.
        days: Of the whole.
        shown: What it would show.
    """

    pairs: int
    period_days: int
    days: int
    shown: Assurance


def shapes(pairs: int, period_days: int, *, periods: bool = False) -> tuple[tuple[int, int], ...]:
    """Pairs and days of a period that are compared, the asked ones among them.

    Args:
        pairs: Pairs asked for.
        period_days: Days of a period asked for.
        periods: Whether to compare period lengths that fill the same days; else half to twice as many pairs.
    """
    if periods:
        days = 2 * pairs * period_days
        lengths = sorted({*PERIODS, period_days})
        return tuple((days // (2 * length), length) for length in lengths if days // (2 * length))
    counts = sorted({max(1, pairs // 2), pairs, max(1, round(1.5 * pairs)), 2 * pairs})
    return tuple((count, period_days) for count in counts)


def plans(
    compared: Sequence[tuple[int, int]],
    effect: float,
    days: RunIn,
    *,
    rng: np.random.Generator,
    trials: int = 200,
) -> Iterator[Plan]:
    """What each design would show, one after the other; the same chance for all.

    Args:
        compared: Pairs and days of a period, from ``shapes``.
        effect: The true steady effect.
        days: What the person's days are like.
        rng: Where chance comes from.
        trials: How many to simulate for each.
    """
    seed = int(rng.integers(2**63))
    for pairs, length in compared:
        sequences = pairs_at_random(pairs, length, np.random.default_rng(seed))
        shown = assurance(
            sequences,
            effect,
            days.noises,
            rng=np.random.default_rng(seed),
            mcid=days.mcid,
            lower_is_better=days.lower_is_better,
            trials=trials,
            priors=days.priors,
        )
        yield Plan(pairs, length, 2 * pairs * length, shown)
