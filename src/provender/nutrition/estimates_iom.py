"""The same estimates by the Institute of Medicine's method of 2000: pooled SD, normal days, no prior."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from provender.nutrition.estimates import WEEK, Estimates
from provender.nutrition.iom2000 import SURE_Z, confidence, days_needed, mean_needed, z_ear, z_ul
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.verdicts import SURE

Floats = NDArray[np.float64]
FAIRLY_SURE_Z: Final = 1.0364
"""z of a confidence of 0.85."""
NORMAL_90: Final = 1.6449
SKEWED: Final = 0.05
"""A requirement is not normal when its 97.5th percentile lies this share off ``median + 1.96 SD`` (own)."""


def is_normal(reference: Reference | None) -> bool:
    """Whether requirements are spread symmetrically, as the z test assumes; iron's in women are not."""
    if reference is None or reference.requirement is None:
        return False
    expected = reference.requirement.median + 1.96 * reference.requirement.sd
    return abs(reference.requirement.quantile(SURE) / expected - 1) < SKEWED


def estimates_iom(
    mean: Floats, days: Floats, references: Sequence[Reference | None], dose: Floats, sd_within: Floats
) -> Estimates:
    """Means, their intervals, and z tests against requirements.

    Args:
        mean: (n) simple means over the days; NaN without days.
        days: (n) how many.
        references: (n) what each is compared with; None for a nutrient that is only measured.
        dose: (n) fixed daily dose from supplements, added to the mean.
        sd_within: (n) pooled SD from day to day; NaN where unknown.
    """
    ear = np.array([r.requirement.median if r and r.requirement and is_normal(r) else np.nan for r in references])
    sd = np.array([r.requirement.sd if r and r.requirement and is_normal(r) else np.nan for r in references])
    whole, some_days = mean + dose, np.maximum(days, 1)
    error = NORMAL_90 * sd_within / np.sqrt(some_days)
    low, high = np.maximum(whole - error, dose), whole + error
    nothing = np.full_like(mean, np.nan)

    def below(k: int, amount: float) -> float:
        return float(confidence(z_ul(mean[k], amount, sd_within[k], some_days[k])))

    return Estimates(
        whole,
        low,
        high,
        confidence(z_ear(whole, ear, sd, sd_within, some_days)),
        ndtr((low - ear) / sd),
        ndtr((high - ear) / sd),
        days_needed(whole, ear, sd, sd_within, FAIRLY_SURE_Z),
        days_needed(whole, ear, sd, sd_within, SURE_Z),
        mean_needed(ear, sd, sd_within, some_days),
        mean_needed(ear, sd, sd_within, WEEK),
        nothing,
        nothing,
        below,
    )
