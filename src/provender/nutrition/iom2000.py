"""The individual assessment of the Institute of Medicine (2000), exactly as printed.

Every function takes scalars or arrays of one shape and answers in that shape; NaN stays NaN. All use the
**pooled** within-person SD of people of that sex and age, never the person's own, and simple means over days.

Source: Institute of Medicine (2000), Dietary Reference Intakes: Applications in Dietary Assessment,
chapter 3 (pp. 53-65) and appendix B (pp. 185-203), DOI 10.17226/9956.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
SURE_Z: Final = 2.0
"""z at which IOM calls an intake adequate "with 97.5 % confidence" (table 3-1; exactly 0.977)."""
UNRELIABLE_CV: Final = 0.60
"""Day-to-day CV above which the method is unreliable, since days are not normal (p. 58: 60 to 70 %)."""


def sd_of_difference(sd_requirement: ArrayLike, sd_within: ArrayLike, days: ArrayLike) -> Floats:
    """SD of (observed mean - requirement): ``sqrt(sd_requirement^2 + sd_within^2 / days)``, equation p. 53.

    Args:
        sd_requirement: SD of requirements between people, in the nutrient's unit.
        sd_within: Pooled SD from day to day, in the same unit.
        days: Number of days observed, above 0.
    """
    within = np.asarray(sd_within, dtype=np.float64)
    requirement = np.asarray(sd_requirement, dtype=np.float64)
    return np.asarray(np.sqrt(np.square(requirement) + np.square(within) / np.asarray(days)))


def z_ear(mean: ArrayLike, ear: ArrayLike, sd_requirement: ArrayLike, sd_within: ArrayLike, days: ArrayLike) -> Floats:
    """z of an observed mean against a requirement: ``(mean - ear) / sd_of_difference``, p. 53."""
    above = np.asarray(mean, dtype=np.float64) - np.asarray(ear, dtype=np.float64)
    return np.asarray(above / sd_of_difference(sd_requirement, sd_within, days))


def z_ai(mean: ArrayLike, ai: ArrayLike, sd_within: ArrayLike, days: ArrayLike) -> Floats:
    """z of an observed mean against an AI: ``(mean - ai) / (sd_within / sqrt(days))``, p. 59.

    A low z says nothing: an intake below the AI cannot be called too little.
    """
    return z_ear(mean, ai, 0.0, sd_within, days)


def z_ul(mean: ArrayLike, ul: ArrayLike, sd_within: ArrayLike, days: ArrayLike) -> Floats:
    """z of an upper level over an observed mean: ``(ul - mean) / (sd_within / sqrt(days))``, p. 63.

    Positive where the mean is below the level. (IOM writes the difference the other way round and reads the
    table from the other side; the confidence of being below is the same.)
    """
    return -z_ear(mean, ul, 0.0, sd_within, days)


def confidence(z: ArrayLike) -> Floats:
    """Probability of a correct conclusion at this z, 0 to 1: the standard normal distribution function.

    Table B-1 prints .98, .95, .93, .85 and .70 for z of 2, 1.65, 1.5, 1 and 0.5; the function gives .977,
    .951, .933, .841 and .691. The last two are printed rounded up to the next .05.
    """
    return np.asarray(ndtr(np.asarray(z, dtype=np.float64)))


def mean_needed(
    ear: ArrayLike, sd_requirement: ArrayLike, sd_within: ArrayLike, days: ArrayLike, *, z: float = SURE_Z
) -> Floats:
    """The observed mean at which z is reached: ``ear + z * sd_of_difference``, table 3-1.

    With a negative z it is the mean below which an intake is inadequate with the same confidence (p. 57).
    """
    return np.asarray(ear, dtype=np.float64) + z * sd_of_difference(sd_requirement, sd_within, days)


def days_needed(mean: ArrayLike, ear: ArrayLike, sd_requirement: ArrayLike, sd_within: ArrayLike, z: float) -> Floats:
    """Whole days at which an unchanged mean reaches z (above 0), at least 1; NaN where no number of days does.

    ``days = sd_within^2 / (((mean - ear) / z)^2 - sd_requirement^2)``, the equation of p. 53 solved for days.
    """
    above = np.asarray(mean, dtype=np.float64) - np.asarray(ear, dtype=np.float64)
    room = np.square(above / z) - np.square(np.asarray(sd_requirement, dtype=np.float64))
    reached = (above > 0) & (room > 0)
    exact = np.square(np.asarray(sd_within, dtype=np.float64)) / np.where(reached, room, 1.0)
    return np.where(reached, np.maximum(np.ceil(exact), 1.0), np.nan)
