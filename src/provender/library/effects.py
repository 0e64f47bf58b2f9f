"""What one study found, as a number and its standard error, from the figures that its report gives.

Every function takes arrays of one shape or numbers and answers with the same shape; NaN stays NaN.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from provender.terms.errors import InputError

Floats = NDArray[np.float64]
Values = NDArray[np.float64] | float
ZERO_CELL: Final = 0.5
"""Added to each cell of a study that has an empty one. Source: Gart and Zweifel 1967, DOI 10.1093/biomet/54.1-2.181."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Effects of some studies: ``y`` and its variance ``v``, arrays of one shape; logarithms where they are ratios."""

    y: Floats
    v: Floats


def mean_difference(m1: Values, sd1: Values, n1: Values, m2: Values, sd2: Values, n2: Values) -> Effect:
    """Difference of means, first minus second: ``y = m1 - m2``, ``v = sd1**2 / n1 + sd2**2 / n2``.

    Raises:
        InputError: A standard deviation that is negative, or fewer than one person.
    """
    _checked(sd1, sd2, n1, n2)
    m1, sd1, n1, m2, sd2, n2 = _floats(m1, sd1, n1, m2, sd2, n2)
    return Effect(m1 - m2, sd1**2 / n1 + sd2**2 / n2)


def standardised_mean_difference(m1: Values, sd1: Values, n1: Values, m2: Values, sd2: Values, n2: Values) -> Effect:
    """Difference of means in pooled standard deviations, corrected for small samples (Hedges' g); the null is 0.

    ``y = J (m1 - m2) / sd``, ``J = 1 - 3 / (4 (n1 + n2 - 2) - 1)``, ``v = 1/n1 + 1/n2 + y**2 / (2 (n1 + n2))``.

    Raises:
        InputError: As ``mean_difference``.

    Source: Hedges 1981, DOI 10.3102/10769986006002107.
    """
    _checked(sd1, sd2, n1, n2)
    m1, sd1, n1, m2, sd2, n2 = _floats(m1, sd1, n1, m2, sd2, n2)
    df = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / df)
    y = (1 - 3 / (4 * df - 1)) * (m1 - m2) / pooled
    return Effect(y, 1 / n1 + 1 / n2 + y**2 / (2 * (n1 + n2)))


def log_ratio_of_means(m1: Values, sd1: Values, n1: Values, m2: Values, sd2: Values, n2: Values) -> Effect:
    """Logarithm of the ratio of two positive means: ``ln(m1 / m2)``, ``v = sd1² / (n1 m1²) + sd2² / (n2 m2²)``.

    Raises:
        InputError: As ``mean_difference``, or a mean that is not above 0.

    Source: Hedges, Gurevitch and Curtis 1999, DOI 10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2.
    """
    _checked(sd1, sd2, n1, n2)
    m1, sd1, n1, m2, sd2, n2 = _floats(m1, sd1, n1, m2, sd2, n2)
    if np.any(m1 <= 0) or np.any(m2 <= 0):
        raise InputError("found a mean that is not above 0, expected positive means for their ratio", field="mean")
    return Effect(np.log(m1 / m2), sd1**2 / (n1 * m1**2) + sd2**2 / (n2 * m2**2))


def log_risk_ratio(events1: Values, n1: Values, events2: Values, n2: Values) -> Effect:
    """Logarithm of the ratio of two risks; half an event is added to the cells of a study that has an empty one.

    Raises:
        InputError: More events than people, or fewer than none.
    """
    a, b, c, d = _cells(events1, n1, events2, n2)
    return Effect(np.log(a / (a + b)) - np.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def log_odds_ratio(events1: Values, n1: Values, events2: Values, n2: Values) -> Effect:
    """Logarithm of the ratio of two odds; half an event is added to the cells of a study that has an empty one.

    Raises:
        InputError: As ``log_risk_ratio``.
    """
    a, b, c, d = _cells(events1, n1, events2, n2)
    return Effect(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d)


def se_from_p(y: float, p: float, df: float | None = None) -> float:
    """Standard error of an effect from its two-sided p: ``|y| / t`` (``|y| / z`` without degrees of freedom).

    Raises:
        InputError: An effect of exactly 0, or a p outside 0 to 1.
    """
    if not 0 < p < 1 or y == 0:
        raise InputError(
            f"found p {p:g} beside an effect of {y:g}, expected p between 0 and 1 and another effect than 0"
        )
    quantile = stats.norm.isf(p / 2) if df is None else stats.t.isf(p / 2, df)
    return float(abs(y) / quantile)


def se_from_interval(low: float, high: float, level: float = 0.95, df: float | None = None) -> float:
    """Standard error from a symmetric interval: half its width over the quantile.

    Raises:
        InputError: An interval that is none, or a level outside 0 to 1.
    """
    if not low < high or not 0 < level < 1:
        raise InputError(
            f"found the interval {low:g} to {high:g} at {level:g}, expected it ascending, its level below 1"
        )
    tail = (1 - level) / 2
    quantile = stats.norm.isf(tail) if df is None else stats.t.isf(tail, df)
    return float((high - low) / 2 / quantile)


def _floats(*values: Values) -> tuple[Floats, ...]:
    return tuple(np.asarray(value, dtype=np.float64) for value in values)


def _checked(sd1: Values, sd2: Values, n1: Values, n2: Values) -> None:
    if any(np.any(np.asarray(sd) < 0) for sd in (sd1, sd2)):
        raise InputError("found a standard deviation below 0, expected 0 or more", field="sd")
    if any(np.any(np.asarray(n) < 1) for n in (n1, n2)):
        raise InputError("found a group of fewer than one person", field="n")


def _cells(events1: Values, n1: Values, events2: Values, n2: Values) -> tuple[Floats, Floats, Floats, Floats]:
    a, first, c, second = _floats(events1, n1, events2, n2)
    if np.any(a < 0) or np.any(c < 0) or np.any(a > first) or np.any(c > second):
        raise InputError("found more events than people, or fewer than none, in a study", field="events")
    b, d = first - a, second - c
    empty = (a == 0) | (b == 0) | (c == 0) | (d == 0)
    more = np.where(empty, ZERO_CELL, 0.0)
    return a + more, b + more, c + more, d + more
