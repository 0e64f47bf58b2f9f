"""What counts say about the logarithm of a rate: Poisson, negative binomial, and whether it happened at all.

The level is the log of the expected count a day, so an effect is the log of a rate ratio. Counts scatter more than
Poisson: the slow part is ``u``; the white part, variance ``white``, is a noise of the log rate (``Poisson``,
``Occurrence``) or a gamma factor of mean one and the same coefficient of variation (``NegativeBinomial``).

Where the log rate is smoothed, the integral is an adaptive Gauss-Hermite sum; slope and curvature are those of the
integral by Price's theorem, ``slope = E[l']``, ``curvature = E[-l''] - Var[l']`` under the tilted level.

Source: Liu & Pierce 1994, DOI 10.1093/biomet/81.3.624 (adaptive quadrature); Price 1958, DOI 10.1109/TIT.1958.1057444.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaln

from provender.terms.errors import InputError
from provender.trials.likelihoods import Floats, Terms

POINTS: Final = 9
MOST: Final = 1_000_000
"""A count above this is taken for a slip of the pen (own)."""
_STEPS: Final = 4
_STRIDE: Final = 2.0
_HIGHEST: Final = 60.0
_LEAST_ALPHA: Final = 1e-7
_ABSCISSAE, _WEIGHTS = np.polynomial.hermite.hermgauss(POINTS)
_LOG_WEIGHTS = np.log(_WEIGHTS) + _ABSCISSAE**2

Plain = Callable[[Floats], Terms]
Near = tuple[Floats, Floats]


def _rate(level: Floats) -> Floats:
    return np.exp(np.minimum(level, _HIGHEST))


@dataclass(frozen=True, slots=True, eq=False)
class Poisson:
    """Counts that scatter about a rate of their own each day: Poisson with lognormal white noise.

    Attributes:
        count: (n,), whole, 0 or more; made by ``counts``.
    """

    count: Floats

    @property
    def days(self) -> int:
        """How many days were observed."""
        return len(self.count)

    def plain(self, level: Floats) -> Terms:
        """The Poisson log probability at log rates (..., n, m), with its derivatives."""
        rate, count = _rate(level), self.count[:, None]
        return Terms(count * level - rate - gammaln(count + 1.0), count - rate, rate)

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """See ``Likelihood.terms``."""
        return smoothed(self.plain, _near(self.count), level, variance + white)

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """See ``Likelihood.start``."""
        return _start(_near(self.count), white)

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:
        """See ``Likelihood.expected``: counts a day."""
        return _rate(level + 0.5 * (variance + white))


@dataclass(frozen=True, slots=True, eq=False)
class NegativeBinomial:
    """Counts that scatter about their rate with variance ``rate + alpha rate^2``, ``alpha = exp(white) - 1``.

    ``alpha`` is the squared coefficient of variation of a lognormal of log variance ``white``: ``nu`` and ``sigma``
    keep their meaning, and the rate is the mean of the count.

    Attributes:
        count: (n,), whole, 0 or more; made by ``counts``.
    """

    count: Floats

    @property
    def days(self) -> int:
        """How many days were observed."""
        return len(self.count)

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """See ``Likelihood.terms``."""
        count = self.count[:, None]
        alpha = np.maximum(np.expm1(np.minimum(white, _HIGHEST)), _LEAST_ALPHA)
        size = 1.0 / alpha
        constant = count * np.log(alpha) + gammaln(count + size) - gammaln(size) - gammaln(count + 1.0)

        def plain(at: Floats) -> Terms:
            rate = _rate(at)
            spread = 1.0 + alpha * rate
            log = constant + count * at - (count + size) * np.log1p(alpha * rate)
            return Terms(log, (count - rate) / spread, rate * (1.0 + alpha * count) / spread**2)

        return smoothed(plain, _near(self.count), level, variance)

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """See ``Likelihood.start``."""
        return _start(_near(self.count), white)

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:  # noqa: ARG002
        """See ``Likelihood.expected``: counts a day."""
        return _rate(level + 0.5 * variance)


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """Whether it happened on a day (a headache day or none): a count of which only "0" or "1 or more" was kept.

    ``P(yes) = 1 - exp(-rate)``, so that an effect is a rate ratio, as for counts.

    Attributes:
        happened: (n,), 0 or 1; made by ``occurrences``.

    Source: complementary log-log link, McCullagh & Nelder 1989, ISBN 0412317605, section 4.3.
    """

    happened: Floats

    @property
    def days(self) -> int:
        """How many days were observed."""
        return len(self.happened)

    def plain(self, level: Floats) -> Terms:
        """The log probability at log rates (..., n, m), with its derivatives."""
        rate, yes = _rate(level), self.happened[:, None] > 0
        slope = rate / np.expm1(np.clip(rate, 1e-300, 700.0))
        log = np.where(yes, np.log(-np.expm1(-np.maximum(rate, 1e-300))), -rate)
        bend = np.maximum(slope * (rate + slope - 1.0), 0.0)
        return Terms(log, np.where(yes, slope, -rate), np.where(yes, bend, rate))

    def terms(self, level: Floats, variance: Floats, white: Floats) -> Terms:
        """See ``Likelihood.terms``."""
        return smoothed(self.plain, self._near(), level, variance + white)

    def _near(self) -> Near:
        yes = self.happened > 0
        return np.where(yes, 0.5, -1.5), np.where(yes, 0.4, 0.5)

    def start(self, white: Floats) -> tuple[Floats, Floats]:
        """See ``Likelihood.start``."""
        return _start(self._near(), white)

    def expected(self, level: Floats, variance: Floats, white: Floats) -> Floats:
        """See ``Likelihood.expected``: the share of such days."""
        wide = np.sqrt(2.0 * (variance + white))
        at = level + wide * _ABSCISSAE[:, None, None]
        share: Floats = np.tensordot(_WEIGHTS, -np.expm1(-_rate(at)), axes=1) / np.sqrt(np.pi)
        return share


def counts(outcome: Floats) -> Floats:
    """Counts a day as the likelihoods take them.

    Args:
        outcome: (n,), whole numbers from 0.

    Raises:
        InputError: A count that is negative, no whole number, no number or beyond a million.
    """
    return _whole(outcome, MOST, "a whole number, 0 or more")


def occurrences(outcome: Floats) -> Occurrence:
    """The likelihood of a yes (1) or no (0) a day.

    Args:
        outcome: (n,), 0 or 1.

    Raises:
        InputError: Anything but 0 and 1.
    """
    return Occurrence(_whole(outcome, 1, "0 (it did not happen) or 1 (it did)"))


def smoothed(plain: Plain, near: Near, level: Floats, variance: Floats) -> Terms:
    """A log-concave log likelihood smoothed over ``N(level, variance)``; as it is where no variance is above 0.

    Args:
        plain: Log likelihood of levels (..., n, m) with slope and curvature.
        near: Mean and precision, (n,) each, of a normal like the likelihood: where to look.
        level: (n, m).
        variance: (n, m), all 0 or all above 0.
    """
    if not variance.any():
        return plain(level)
    variance = np.maximum(variance, 1e-12)
    mode = _mode(plain, near, level, variance)
    sd = 1.0 / np.sqrt(1.0 / variance + plain(mode).curvature)
    at = mode + np.sqrt(2.0) * sd * _ABSCISSAE[:, None, None]
    found = plain(at)
    log = found.log - 0.5 * (at - level) ** 2 / variance + _LOG_WEIGHTS[:, None, None]
    highest = log.max(axis=0)
    share = np.exp(log - highest)
    total = share.sum(axis=0)
    share /= total
    slope = (share * found.slope).sum(axis=0)
    curvature = (share * (found.curvature - (found.slope - slope) ** 2)).sum(axis=0)
    return Terms(
        highest + np.log(total * sd) - 0.5 * np.log(np.pi * variance),
        slope,
        np.clip(curvature, 0.0, (1.0 - 1e-9) / variance),
    )


def _mode(plain: Plain, near: Near, level: Floats, variance: Floats) -> Floats:
    """Close to the mode of likelihood times ``N(level, variance)``: Newton from the meeting of two normals."""
    middle, precision = near
    at = (level / variance + middle[:, None] * precision[:, None]) / (1.0 / variance + precision[:, None])
    for _ in range(_STEPS):
        found = plain(at)
        step = ((level - at) / variance + found.slope) / (1.0 / variance + found.curvature)
        at = at + np.clip(step, -_STRIDE, _STRIDE)
    return at


def _near(count: Floats) -> Near:
    return np.log(count + 0.5), count + 0.5


def _start(near: Near, white: Floats) -> Near:
    return near[0], 1.0 / (white + 1.0 / near[1][:, None])


def _whole(outcome: Floats, most: int, expected: str) -> Floats:
    given = np.asarray(outcome, dtype=np.float64)
    if given.ndim != 1:
        raise InputError(f"found counts of shape {given.shape}, expected one number a day", field="outcome")
    wrong = np.flatnonzero(~((given >= 0) & (given <= most) & (given == np.round(given))))
    if wrong.size:
        raise InputError(
            f"observation {wrong[0] + 1}: found {given[wrong[0]]:g}, expected {expected}; leave a day that was not"
            " counted out",
            field="outcome",
        )
    return given
