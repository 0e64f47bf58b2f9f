"""What a score on a rounded, bounded scale says about the level beneath it, safely far into the tails.

Every likelihood answers one question, smoothed: with the level of a day spread as ``N(level, variance)``, what is the
logarithm of the probability of what was observed, its slope in the level and its curvature? With ``variance`` 0 that is
the likelihood itself. The white noise of a day enters the same way, so a level and its noise are never told apart.
"""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, ndtr

from provender.terms.errors import InputError

Floats = NDArray[np.float64]

SHARE_AT_BOUND: Final = 0.10
"""Above this share of days at a bound the interval likelihood is due (own; measured in ``docs/methods/trials.md``)."""
FINE: Final = 1000
"""A scale without a step counts as rounded to this part of its range (own: far below any noise)."""
_ROOT_2: Final = float(np.sqrt(2.0))
_ROOT_2PI: Final = float(np.sqrt(2.0 * np.pi))
_LEAST_LEVELS: Final = 3
_LEAST_NOISE: Final = 1e-9


class Bounds(Protocol):
    """What is read of a scale: its ends and its step, None where it has none."""

    @property
    def low(self) -> float | None:
        """The lowest value that can be given."""

    @property
    def high(self) -> float | None:
        """The highest value that can be given."""

    @property
    def step(self) -> float | None:
        """The distance between neighbouring values."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A smoothed log likelihood by day and node; arrays are (n, m).

    Attributes:
        log: Logarithm of the probability (or density) of what was observed.
        slope: Its first derivative in the level.
        curvature: Minus its second derivative; 0 or more, for every likelihood here is log-concave.
    """

    log: Floats
    slope: Floats
    curvature: Floats


class Likelihood(Protocol):
    """How what was observed depends on the level beneath it."""

    @property
    def days(self) -> int:
        """How many days were observed."""

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """The log likelihood smoothed over ``N(level, variance)``.

        Args:
            level: (n, m), the level of a day at a node.
            variance: (n, m), the variance to smooth over; 0 for none.
            white: (m,), variance of the noise that belongs to one day alone, in the level's unit squared.
        """

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:
        """What is to be expected of an outcome, in its own unit, where the level is ``N(level, variance)``; (n, m)."""

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """A normal stand-in to begin from: means (n,) and precisions (n, m), both finite, precisions above 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Gaussian:
    """An unbounded measure read exactly; the yardstick of the approximations, which are exact for it.

    Attributes:
        outcome: (n,), finite.
    """

    outcome: Floats

    @property
    def days(self) -> int:
        """How many days were observed."""
        return len(self.outcome)

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """See ``Likelihood.terms``; without any noise, a billionth of the largest outcome squared stands in."""
        precision = 1.0 / np.maximum(variance + white, self._least())
        miss = self.outcome[:, None] - level
        log = 0.5 * (np.log(precision) - precision * miss**2) - np.log(_ROOT_2PI)
        return Terms(log, precision * miss, precision)

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:  # noqa: ARG002
        """See ``Likelihood.expected``: the level itself."""
        return level

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """See ``Likelihood.start``."""
        return self.outcome, np.broadcast_to(1.0 / np.maximum(white, self._least()), (self.days, len(white))).copy()

    def _least(self) -> float:
        return _LEAST_NOISE * (float(np.max(np.abs(self.outcome), initial=0.0)) or 1.0) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """A normal level of which only an interval was seen: rounded scores, scores at a bound, ordered categories.

    ``P(observed | level) = Phi((upper - level) / sd) - Phi((lower - level) / sd)``, ``sd = sqrt(white + variance)``.

    Attributes:
        lower: (n,), lower end of the interval; -inf for a score at the lowest value.
        upper: (n,), upper end; inf for a score at the highest value. Always above ``lower``; one of the two is finite.
        low: The lowest score that can be given, -inf without; read by ``expected`` only.
        high: The highest, inf without.

    Source: ordered probit with fixed cutpoints, McKelvey & Zavoina 1975, DOI 10.1080/0022250X.1975.9989847; why it
    matters at a bound, Liddell & Kruschke 2018, DOI 10.1016/j.jesp.2018.08.009.
    """

    lower: Floats
    upper: Floats
    low: float = -np.inf
    high: float = np.inf

    @property
    def days(self) -> int:
        """How many days were observed."""
        return len(self.lower)

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """See ``Likelihood.terms``; safe at any distance, also where the probability underflows."""
        sd = np.sqrt(np.maximum(variance + white, _LEAST_NOISE * self._width() ** 2))
        below, above = (self.lower[:, None] - level) / sd, (self.upper[:, None] - level) / sd
        mirrored = below + above > 0
        sign = np.where(mirrored, -1.0, 1.0)
        a, b = np.where(mirrored, -above, below), np.where(mirrored, -below, above)
        # a + b <= 0 now, so a <= 0: with c = min(b, 0)^2 / 2, exp(c) (Phi(b) - Phi(a)) neither under- nor overflows.
        left = np.minimum(b, 0.0)
        with np.errstate(invalid="ignore"):  # a is -inf on open intervals: the exponent is -inf, the product 0
            faded = np.exp(np.where(np.isneginf(a), -np.inf, 0.5 * (left - a) * (left + a)))
            edge_a = np.where(faded > 0, faded * a, 0.0)
        inside = np.where(b > 0, ndtr(b), 0.5 * erfcx(-left / _ROOT_2)) - faded * 0.5 * erfcx(-a / _ROOT_2)
        inside = np.maximum(inside, np.finfo(np.float64).tiny)
        edge = np.exp(0.5 * (left - b) * (left + b)) / _ROOT_2PI
        slope = (faded / _ROOT_2PI - edge) / inside
        bend = (b * edge - edge_a / _ROOT_2PI) / inside
        curvature = np.clip(slope**2 + bend, 0.0, 1.0)
        return Terms(np.log(inside) - 0.5 * left**2, sign * slope / sd, curvature / sd**2)

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:
        """See ``Likelihood.expected``: the mean of a normal held at the ends.

        Rounding is left out: by the midpoint rule it moves the mean by less than ``step^2 / (60 sd)``.
        """
        sd = np.sqrt(np.maximum(variance + white, np.finfo(np.float64).tiny))
        return level + sd * (_excess((self.low - level) / sd) - _excess((level - self.high) / sd))

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """See ``Likelihood.start``: the middle of the interval, its width as Sheppard's correction."""
        width = np.where(np.isfinite(self.upper - self.lower), self.upper - self.lower, 0.0)
        half = 0.5 * self._width()
        middle = np.where(
            np.isneginf(self.lower),
            self.upper - half,
            np.where(np.isposinf(self.upper), self.lower + half, 0.5 * (self.lower + self.upper)),
        )
        width = np.where(width > 0, width, 2 * half)
        return middle, 1.0 / (white + (width**2 / 12)[:, None])

    def _width(self) -> float:
        """The widest interval with two ends; 1 without any."""
        width = self.upper - self.lower
        return float(np.max(width, initial=0.0, where=np.isfinite(width))) or 1.0


def scores(outcome: Floats, scale: Bounds) -> Interval:
    """The interval likelihood of scores that are rounded to a step and stop at the ends of their scale.

    A score ``k`` says the level lay in ``(k - step/2, k + step/2]``; the lowest says no more than at or below, the
    highest no more than above. The effect is in points of the level beneath: what the scale would show had it no ends.

    Args:
        outcome: (n,), in the scale's unit, finite.
        scale: Its ends and step; without a step, rounded to a thousandth of the range.

    Raises:
        InputError: A score that is no number or outside the scale, or a scale with no end and no step, or of one value.
    """
    given = np.asarray(outcome, dtype=np.float64)
    low, high = (-np.inf if scale.low is None else scale.low), (np.inf if scale.high is None else scale.high)
    _checked_scores(given, low, high)
    step = (high - low) / FINE if scale.step is None else scale.step
    if not (np.isfinite(step) and 0 < step <= high - low):
        raise InputError(
            f"found a scale from {low:g} to {high:g} with step {step:g}, expected a step above 0 and at most the range;"
            " give the scale its step, or use the model for unbounded measures",
            field="scale",
        )
    half = 0.5 * step
    return Interval(
        np.where(given < low + half, -np.inf, given - half),
        np.where(given > high - half, np.inf, given + half),
        low,
        high,
    )


def ordinal(level: Floats, levels: int) -> Interval:
    """The ordered probit of categories 0, 1, ... ``levels`` - 1 with equally spaced cutpoints.

    The same as ``scores`` with step 1: a category is one unit of the level. Free cutpoints need many people.

    Args:
        level: (n,), whole numbers.
        levels: How many categories there are; 3 or more, for two leave the spread of the level unknown.

    Raises:
        InputError: A category that is not there, or fewer than three categories.
    """
    given = np.asarray(level, dtype=np.float64)
    if levels < _LEAST_LEVELS:
        raise InputError(
            f"found {levels} categories, expected 3 or more; a yes or no a day is a count: use occurrences",
            field="levels",
        )
    wrong = np.flatnonzero(~(given == np.round(given)))
    if wrong.size:
        raise InputError(
            f"observation {wrong[0] + 1}: found category {given[wrong[0]]:g}, expected a whole number from 0 to"
            f" {levels - 1}",
            field="outcome",
        )
    return scores(given, _Levels(0.0, levels - 1.0, 1.0))


def _excess(z: Floats) -> Floats:
    """The mean of a standard normal's excess over ``-z``: ``z Phi(z) + phi(z)``."""
    near = np.maximum(z, -40.0)
    excess: Floats = near * ndtr(near) + np.exp(-0.5 * near**2) / _ROOT_2PI
    return np.maximum(excess, 0.0)


@dataclass(frozen=True, slots=True)
class _Levels:
    low: float
    high: float
    step: float


def share_at_bound(outcome: Floats, scale: Bounds) -> float:
    """The share of observed days at the lowest or highest score; NaN without days, 0 without ends.

    Args:
        outcome: (n,), in the scale's unit.
        scale: Its ends and step; within half a step of an end is at the end.
    """
    given = np.asarray(outcome, dtype=np.float64)
    if given.size == 0:
        return float("nan")
    half = 0.5 * (scale.step or 0.0)
    at_low = np.zeros(given.shape, dtype=np.bool_) if scale.low is None else given <= scale.low + half * (1 - 1e-9)
    at_high = np.zeros(given.shape, dtype=np.bool_) if scale.high is None else given >= scale.high - half * (1 - 1e-9)
    return float(np.mean(at_low | at_high))


def needs_interval(outcome: Floats, scale: Bounds) -> bool:
    """Whether over 10 % of days sit at a bound, so that the Gaussian model would pull an effect towards zero."""
    return share_at_bound(outcome, scale) > SHARE_AT_BOUND


def _checked_scores(given: Floats, low: float, high: float) -> None:
    if given.ndim != 1:
        raise InputError(f"found scores of shape {given.shape}, expected one number a day", field="outcome")
    wrong = np.flatnonzero(~(np.isfinite(given) & (given >= low) & (given <= high)))
    if wrong.size:
        raise InputError(
            f"observation {wrong[0] + 1}: found a score of {given[wrong[0]]:g}, expected {low:g} to {high:g};"
            " leave a day without a score out",
            field="outcome",
        )
