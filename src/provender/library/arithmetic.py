"""Whether a reported p can follow from the means, standard deviations and numbers of people printed beside it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from provender.library.study_records import Compared, EffectFigures, Reported

TOLERATED: Final = 10.0
"""A p may lie so many times beyond what its figures allow: rounding of figures and other tests are not that far off."""
SYMMETRY: Final = 0.1
"""Share of its width by which an interval may lie lopsided about its effect, and its error differ from its width."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What a p could be, from the figures it ought to follow from.

    Attributes:
        reported: As printed.
        lowest, highest: The p-values that the figures allow; equal for two groups of different people, while for the
            same people twice all correlations from 1 to -1 are allowed.
        factor: How many times the printed p lies outside of them; 1 where it lies between.
    """

    reported: float
    lowest: float
    highest: float
    factor: float

    @property
    def reproduced(self) -> bool:
        """Whether the printed p lies within ten times of what the figures allow."""
        return self.factor <= TOLERATED


def welch_p(a: Compared, b: Compared) -> float:
    """Two-sided p of two means of different people: ``t = (m1 - m2) / sqrt(sd1**2 / n1 + sd2**2 / n2)``.

    Returns 1 for equal means and 0 for different ones without any spread.

    Source: Welch 1947, DOI 10.1093/biomet/34.1-2.28.
    """
    of_a, of_b = a.sd**2 / a.n, b.sd**2 / b.n
    if of_a + of_b == 0:
        return 1.0 if a.mean == b.mean else 0.0
    df = (of_a + of_b) ** 2 / (of_a**2 / (a.n - 1) + of_b**2 / (b.n - 1))
    return float(2 * stats.t.sf(abs(a.mean - b.mean) / np.sqrt(of_a + of_b), df))


def paired_p(a: Compared, b: Compared, r: float) -> float:
    """Two-sided p of two means of the same people whose values correlate by ``r``, -1 to 1.

    ``sd**2 = sd1**2 + sd2**2 - 2 r sd1 sd2``, ``t = (m1 - m2) / (sd / sqrt(n))`` with the smaller ``n``.

    Source: own; the variance of a difference.
    """
    n = min(a.n, b.n)
    spread = float(np.sqrt(max(0.0, a.sd**2 + b.sd**2 - 2 * r * a.sd * b.sd)))
    if spread == 0:
        return 1.0 if a.mean == b.mean else 0.0
    return float(2 * stats.t.sf(abs(a.mean - b.mean) / (spread / np.sqrt(n)), n - 1))


def reproduction(reported: Reported) -> Reproduction | None:
    """What a reported p could be; None where the report does not say from which figures it follows.

    Of a p that is printed as below a number, only too small a number of the figures' own speaks against it.
    """
    if not reported.compares:
        return None
    a, b = reported.compares
    if reported.paired:
        lowest, highest = paired_p(a, b, 1.0), paired_p(a, b, -1.0)
    else:
        lowest = highest = welch_p(a, b)
    return Reproduction(reported.p, lowest, highest, _factor(reported, lowest, highest))


def _factor(reported: Reported, lowest: float, highest: float) -> float:
    p = reported.p
    if p > highest and not reported.below:
        return float("inf") if highest == 0 else p / highest
    if p < lowest:
        return float("inf") if p == 0 else lowest / p
    return 1.0


def effect_faults(effect: EffectFigures) -> tuple[str, ...]:
    """What does not fit together in an effect: its error and its interval, or a lopsided interval; empty if none."""
    if effect.low is None or effect.high is None:
        return ()
    ratio = effect.measure.endswith("-ratio") or effect.measure == "ratio-of-means"
    if ratio and min(effect.value, effect.low) <= 0:
        return (f"a {effect.measure} that is not above 0",)
    value, low, high = (float(np.log(x)) if ratio else x for x in (effect.value, effect.low, effect.high))
    width = high - low
    found = []
    if abs((low + high) / 2 - value) > SYMMETRY * width + 1e-9:
        found.append(f"{effect.value:g} far from the middle of {effect.low:g} to {effect.high:g}")
    if effect.se is not None and abs(width / (2 * stats.norm.isf(0.025)) / effect.se - 1) > 2 * SYMMETRY:
        found.append(f"the standard error {effect.se:g} beside the interval {effect.low:g} to {effect.high:g}")
    return tuple(found)
