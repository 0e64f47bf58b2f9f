"""What leaving out days of little energy does to a mean: some were honest, and without them it is too high."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PRIOR_DAYS: Final = 35.0
"""Days that the group's spread of energy counts for: so many give a person's own spread the standard error of
25 % by which persons differ (own)."""
ROUNDS: Final = 3
LARGEST_CHANCE: Final = 0.3
ONE_SD_ABOVE: Final = 0.8413
"""Share of a normal distribution below its mean plus one SD."""


def honest_share(energy: Floats, low: int, least_energy: float, sd_log: float) -> float:
    """Share of the days left out for little energy that were probably whole, 0 to 1.

    ``sigma``, the SD of the logarithm of a day's energy, is read off the days that stayed in and lie **above**
    the median of whole days, where hardly any partly logged day can be, as ``ln(84th percentile / median)``, and
    shrunk towards the group's. Of whole days ``p = Phi(ln(least_energy / median) / sigma)`` are as low by chance,
    which is ``p / (1 - p)`` for each day that stayed in. Since they are missing below, the q-th percentile of whole
    days is the ``(q - p) / (1 - p)``-th of those that stayed in; three rounds settle ``p``. The share is
    ``(expected + 1) / (low + 1)``, at most 1: one more on both sides steadies small counts.

    Args:
        energy: (m) energy in kcal of the unconfirmed days that stayed in.
        low: How many were left out.
        least_energy: The energy in kcal below which they were.
        sd_log: The group's SD of the logarithm of a day's energy.

    Source: own.
    """
    if low == 0 or not len(energy) or energy.min() <= 0 or least_energy <= 0:
        return 0.0
    chance = 0.0
    for _ in range(ROUNDS):
        ranks = [(q - chance) / (1 - chance) for q in (0.5, ONE_SD_ABOVE)]
        middle, above = np.quantile(energy, ranks)
        own = np.log(above / middle)
        sigma = np.sqrt((PRIOR_DAYS * sd_log**2 + len(energy) * own**2) / (PRIOR_DAYS + len(energy)))
        chance = min(LARGEST_CHANCE, float(ndtr(np.log(least_energy / middle) / sigma)))
    expected = len(energy) * chance / (1 - chance)
    return float(min(1.0, (expected + 1) / (low + 1)))


def log_correction(amount: Floats, used: Flags, low: Flags, share: float) -> Floats:
    """(n) logarithm of what a mean over the used days is to be multiplied with, had honest low days stayed in.

    ``(sum used + share * sum low) / (days used + share * days low) / (sum used / days used)``; 0 without low
    days or where nothing was eaten.

    Args:
        amount: (d, n) amounts; NaN where unknown.
        used: (d) days used.
        low: (d) days left out for little energy.
        share: Share of those that were whole.
    """
    known, filled = np.isfinite(amount), np.nan_to_num(amount)
    n_used, n_low = (known & used[:, None]).sum(axis=0), share * (known & low[:, None]).sum(axis=0)
    s_used, s_low = filled[used].sum(axis=0), share * filled[low].sum(axis=0)
    there = (n_used > 0) & (s_used > 0)
    mean = np.where(there, s_used, 1.0) / np.maximum(n_used, 1)
    both = (s_used + s_low) / np.maximum(n_used + n_low, 1)
    return np.where(there, np.log(np.where(there, both, 1.0) / np.where(there, mean, 1.0)), 0.0)
