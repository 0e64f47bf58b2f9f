"""How a requirement varies between people: normal, lognormal, square of a normal, and published percentiles."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Normal:
    """Requirements are normal, as the reports assume of most nutrients.

    Attributes:
        median: Mean and median, in the nutrient's unit a day.
        sd: Standard deviation, same unit, above 0.

    Source: IOM 2000, DOI 10.17226/9956, chapter 1.
    """

    median: float
    sd: float

    def met(self, intake: Floats) -> Floats:
        """Share of people whose requirement this intake meets, 0 to 1; same shape; NaN stays NaN."""
        return np.asarray(ndtr((np.asarray(intake, dtype=np.float64) - self.median) / self.sd), dtype=np.float64)

    def quantile(self, share: float) -> float:
        """The intake that meets the requirement of this share of people, 0 to 1."""
        return self.median + self.sd * float(ndtri(share))

    def scaled(self, factor: float) -> "Normal":
        """Every requirement multiplied by this factor."""
        return Normal(self.median * factor, self.sd * factor)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """The logarithm of the requirement is normal: a tail to the right.

    Attributes:
        median: In the nutrient's unit a day, above 0.
        log_sd: Standard deviation of the natural logarithm, above 0.
    """

    median: float
    log_sd: float

    @classmethod
    def through(cls, median: float, upper: float, share: float = 0.975) -> "Lognormal":
        """The lognormal of this median that meets ``share`` of people at ``upper`` (same unit, above the median)."""
        return cls(median, math.log(upper / median) / float(ndtri(share)))

    @property
    def sd(self) -> float:
        """Standard deviation between people, in the nutrient's unit a day."""
        variance = math.expm1(self.log_sd**2) * math.exp(self.log_sd**2)
        return self.median * math.sqrt(variance)

    def met(self, intake: Floats) -> Floats:
        """Share of people whose requirement this intake meets, 0 to 1; same shape; NaN stays NaN."""
        return np.asarray(ndtr((_log(intake) - math.log(self.median)) / self.log_sd), dtype=np.float64)

    def quantile(self, share: float) -> float:
        """The intake that meets the requirement of this share of people, 0 to 1."""
        return self.median * math.exp(self.log_sd * float(ndtri(share)))

    def scaled(self, factor: float) -> "Lognormal":
        """Every requirement multiplied by this factor."""
        return Lognormal(self.median * factor, self.log_sd)


@dataclass(frozen=True, slots=True)
class SquaredNormal:
    """The requirement is ``per_unit`` times the square of a normal variable.

    Men's iron: losses follow body weight, and the square root of weight is normal.

    Attributes:
        per_unit: Requirement for one squared unit, in the nutrient's unit a day.
        root_mean: Mean of the normal variable; far (over 5 ``root_sd``) above 0.
        root_sd: Its standard deviation.

    Source: IOM 2001, DOI 10.17226/10026, p. 340.
    """

    per_unit: float
    root_mean: float
    root_sd: float

    @property
    def median(self) -> float:
        """The requirement that half of the group does not exceed, in the nutrient's unit a day."""
        return self.per_unit * self.root_mean**2

    @property
    def sd(self) -> float:
        """Standard deviation between people, in the nutrient's unit a day."""
        variance = 4 * (self.root_mean * self.root_sd) ** 2 + 2 * self.root_sd**4
        return self.per_unit * math.sqrt(variance)

    def met(self, intake: Floats) -> Floats:
        """Share of people whose requirement this intake meets, 0 to 1; same shape; NaN stays NaN."""
        # The root is below 0 with a chance under 1e-7: that tail is left out, so an intake of 0 meets nobody.
        found = np.asarray(intake, dtype=np.float64)
        root = np.sqrt(np.maximum(found, 0) / self.per_unit)
        return np.where(found <= 0, 0.0, ndtr((root - self.root_mean) / self.root_sd))

    def quantile(self, share: float) -> float:
        """The intake that meets the requirement of this share of people, 0 to 1."""
        root = self.root_mean + self.root_sd * float(ndtri(share))
        return self.per_unit * max(root, 0.0) ** 2

    def scaled(self, factor: float) -> "SquaredNormal":
        """Every requirement multiplied by this factor."""
        return SquaredNormal(self.per_unit * factor, self.root_mean, self.root_sd)


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Exact at published percentiles; between two of them, and beyond the last, lognormal.

    Attributes:
        shares: Shares of people, rising, between 0 and 1; at least two.
        amounts: The intake that meets each share, rising, in the nutrient's unit a day.
    """

    shares: tuple[float, ...]
    amounts: tuple[float, ...]

    @property
    def median(self) -> float:
        """The requirement that half of the group does not exceed, in the nutrient's unit a day."""
        return self.quantile(0.5)

    @property
    def sd(self) -> float:
        """Standard deviation between people, in the nutrient's unit a day: exact, piece by piece."""
        z, logs = self._knots()
        slopes = np.diff(logs) / np.diff(z)
        starts = logs[:-1] - slopes * z[:-1]
        edges = np.concatenate(([-np.inf], z[1:-1], [np.inf]))

        def moment(power: int) -> float:
            # E[exp(power (a + b z)); z in the piece] of a standard normal z.
            shift = power * slopes
            shares = ndtr(edges[1:] - shift) - ndtr(edges[:-1] - shift)
            return float(np.sum(np.exp(power * starts + shift**2 / 2) * shares))

        return math.sqrt(moment(2) - moment(1) ** 2)

    def met(self, intake: Floats) -> Floats:
        """Share of people whose requirement this intake meets, 0 to 1; same shape; NaN stays NaN."""
        z, logs = self._knots()
        return np.asarray(ndtr(_through(_log(intake), logs, z)), dtype=np.float64)

    def quantile(self, share: float) -> float:
        """The intake that meets the requirement of this share of people, 0 to 1."""
        z, logs = self._knots()
        return float(np.exp(_through(np.asarray(ndtri(share)), z, logs)))

    def scaled(self, factor: float) -> "Percentiles":
        """Every requirement multiplied by this factor."""
        return Percentiles(self.shares, tuple(amount * factor for amount in self.amounts))

    def _knots(self) -> tuple[Floats, Floats]:
        return np.asarray(ndtri(self.shares), dtype=np.float64), np.log(np.asarray(self.amounts))


def _log(intake: Floats) -> Floats:
    """The logarithm; minus infinity at 0 and below (nobody's requirement is met); NaN stays NaN."""
    found = np.asarray(intake, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.where(found < 0, 0.0, found)), dtype=np.float64)


def _through(x: Floats, xs: Floats, ys: Floats) -> Floats:
    """Straight lines through the knots, the first and last going on for ever."""
    piece = np.clip(np.searchsorted(xs, x), 1, len(xs) - 1)
    slope = (ys[piece] - ys[piece - 1]) / (xs[piece] - xs[piece - 1])
    return np.asarray(ys[piece - 1] + slope * (x - xs[piece - 1]), dtype=np.float64)
