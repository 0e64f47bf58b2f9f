"""What leaving out days of little energy does to a mean: some were honest, and without them it is too high."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from provender.nutrition.daily_intakes import LOW_ENERGY_SHARE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PRIOR_DAYS: Final = 8.0
"""Days that the group's spread of energy counts for (own)."""
ONE_SD_ABOVE: Final = 0.8413
"""Share of a normal distribution below its mean plus one SD."""


def honest_share(energy: Floats, low: int, sd_log: float) -> float:
    """Share of the days left out for little energy that were probably whole, 0 to 1.

    Of complete days ``Phi(ln 0.62 / sigma)`` are that low by chance. ``sigma``, the SD of the logarithm of a
    day's energy, is read off the days **above** the median, where no partly logged day can be, as
    ``ln(84th percentile / median)``, and shrunk towards the group's.

    Args:
        energy: (m) energy of the days that were neither confirmed nor denied, the low ones among them; kcal.
        low: How many of them were left out.
        sd_log: The group's SD of the logarithm of a day's energy.

    Source: own.
    """
    if low == 0:
        return 0.0
    middle, above = np.quantile(energy, [0.5, ONE_SD_ABOVE])
    own = np.log(above / middle) if middle > 0 else 0.0
    sigma = np.sqrt((PRIOR_DAYS * sd_log**2 + len(energy) * own**2) / (PRIOR_DAYS + len(energy)))
    expected = len(energy) * float(ndtr(np.log(LOW_ENERGY_SHARE) / sigma))
    return min(1.0, expected / low)


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
