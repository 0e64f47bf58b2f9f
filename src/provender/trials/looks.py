"""Looks before the end: only after whole pairs, and evidence that may be looked at as often as one likes."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from provender.trials.series import Series
from provender.trials.whitening import Floats

BET: Final = 0.9
"""The most that is staked on a pair; below 1, so that a bad pair never takes all."""
LEAST_PAIRS: Final = 5
CLAIM: Final = 20.0
"""E from which something is claimed: without an effect at most 1 trial in 20 ever gets there (Ville's inequality)."""


def pair_differences(series: Series) -> Floats:
    """(pairs,) mean outcome with treatment less without, of each pair in time; NaN where an arm was not observed."""
    pairs = int(series.pair.max(initial=-1)) + 1
    found = np.full(pairs, np.nan)
    of_day, on = series.pair[series.day], series.assigned[series.day] == 1
    for pair in range(pairs):
        here = of_day == pair
        if (here & on).any() and (here & ~on).any():
            found[pair] = series.outcome[here & on].mean() - series.outcome[here & ~on].mean()
    return found


def evidence(differences: ArrayLike, *, lower_is_better: bool = True) -> Floats:
    """Evidence for a benefit after each pair, 1 for none; it needs no model and may be looked at after every pair.

    ``E_k = E_(k-1) (1 + 0.9 tanh(gain_k / scale_k))``, ``gain`` the pair's difference towards better, ``scale`` the
    median of the sizes so far. Without any effect either sign is as likely, so the expectation of each factor is 1.

    Args:
        differences: (pairs,) from ``pair_differences``; a pair with NaN says nothing.
        lower_is_better: Whether less of the outcome is better.

    Returns:
        (pairs,) 0 or more.

    Source: betting scores, Shafer 2021, DOI 10.1111/rssa.12647; Ville 1939; the stake is own.
    """
    gains = np.asarray(differences, dtype=np.float64) * (-1 if lower_is_better else 1)
    factors = np.ones(len(gains))
    for k, gain in enumerate(gains):
        scale = float(np.median(np.abs(gains[: k + 1][np.isfinite(gains[: k + 1])]))) if np.isfinite(gain) else 0.0
        if scale > 0:
            with np.errstate(over="ignore"):  # a tiny scale: tanh of infinity is 1
                factors[k] = 1 + BET * np.tanh(gain / scale)
    return np.asarray(np.cumprod(factors), dtype=np.float64)


def days_of_whole_pairs(series: Series, last: int) -> int:
    """How many days, from the first, end with the last pair that was over by a day; 0 before the first pair's end.

    Args:
        series: The trial.
        last: Index of the last day that has passed.
    """
    ends = [int(np.flatnonzero(series.pair == pair)[-1]) for pair in range(int(series.pair.max(initial=-1)) + 1)]
    over = [end for end in ends if end <= last]
    return over[-1] + 1 if over else 0
