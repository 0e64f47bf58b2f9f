"""What a person usually eats of each nutrient, from some days of a diary: a distribution, not a number.

The model, for one nutrient: the mean of the diary is the usual intake times an error whose logarithm is
Student-t distributed, with the scale the day-to-day variation leaves in a mean of so many days; the usual
intake is spread among people of the group as a lognormal with heavy (Student-t) tails. Everything is
evaluated on fixed nodes: the same input gives the same bits.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
PRIOR_DAYS: Final = 8.0
"""Degrees of freedom that the group's day-to-day variance counts for (own)."""
AUTOCORRELATION: Final = 0.1
"""Correlation of a day's intake with the day before (own choice from published range 0 to 0.2)."""
LOGGING_ERROR: Final = 0.03
"""SD of the logarithm of what logging and screening leave wrong in a mean, however long (own, from simulation)."""
PRIOR_TAIL_DF: Final = 8.0
"""Degrees of freedom of the spread between people: heavy enough that unusual eaters are believed (own)."""
PRIOR_SCALE: Final = ((PRIOR_TAIL_DF - 2) / PRIOR_TAIL_DF) ** 0.5
"""Makes the SD of that spread the group's SD."""
WEEKDAYS: Final = 5 / 7
LEAST_SHARE_OF_MEAN: Final = 0.005
"""A mean of zero is read as this share of the group's mean, since its logarithm must exist (own)."""
NODES: Final = 201
REACH: Final = 7.0
"""How many scales of the data the nodes reach to both sides."""
PRIOR_REACH: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """What some days say of n nutrients.

    Attributes:
        days: (n) days on which the nutrient is known.
        mean: (n) mean a day, weekdays to weekend as 5 to 2 where both occur; NaN without days.
        effective_days: (n) independent days the mean is worth; 0 without days.
        cv2: (n) squared day-to-day CV, shrunk towards the group's.
        df: (n) degrees of freedom of that.
        correction: (n) logarithm of what the mean is to be multiplied with (see ``low_days``); 0 for none.
    """

    days: Floats
    mean: Floats
    effective_days: Floats
    cv2: Floats
    df: Floats
    correction: Floats

    def of(self, some: NDArray[np.intp]) -> "Summary":
        """The same of some of the nutrients."""
        fields = (self.days, self.mean, self.effective_days, self.cv2, self.df, self.correction)
        return Summary(*(values[some] for values in fields))


def day_weights(known: Flags, weekend: Flags) -> Floats:
    """(d, n) weights of days summing to 1 for each nutrient; 0 where unknown.

    Weekdays share 5/7 and weekend days 2/7 when both occur, else all days weigh the same.

    Args:
        known: (d, n) days to use of each nutrient.
        weekend: (d) Saturdays and Sundays.
    """
    ends = (known & weekend[:, None]).sum(axis=0)
    all_days = known.sum(axis=0)
    rest = all_days - ends
    both = (ends > 0) & (rest > 0)
    even = 1.0 / np.maximum(all_days, 1)
    on_weekend = np.where(both, (1 - WEEKDAYS) / np.maximum(ends, 1), even)
    on_weekday = np.where(both, WEEKDAYS / np.maximum(rest, 1), even)
    return np.asarray(known * np.where(weekend[:, None], on_weekend, on_weekday))


def summary(amount: Floats, known: Flags, weekend: Flags, cv_within: Floats, group_mean: Floats) -> Summary:
    """What these days say of each nutrient.

    ``effective_days = (1 / sum w^2) (1 - rho) / (1 + rho)`` with rho 0.1;
    ``cv2 = (nu0 cv_within^2 + sum (y - mean)^2 / mean^2) / (nu0 + days - 1)`` with nu0 8.

    Args:
        amount: (d, n) amounts; what ``known`` leaves out may be NaN.
        known: (d, n) days to use of each nutrient.
        weekend: (d) Saturdays and Sundays.
        cv_within: (n) the group's day-to-day CV.
        group_mean: (n) the group's mean; NaN where unknown.
    """
    weights = day_weights(known, weekend)
    filled = np.where(known, amount, 0.0)
    days = known.sum(axis=0).astype(np.float64)
    mean = (weights * filled).sum(axis=0)
    concentration = (weights**2).sum(axis=0)
    effective = np.where(days > 0, 1.0 / np.where(days > 0, concentration, 1.0), 0.0)
    squares = (known * (filled - mean) ** 2).sum(axis=0) / positive(mean, group_mean) ** 2
    df = PRIOR_DAYS + np.maximum(days - 1, 0)
    cv2 = (PRIOR_DAYS * cv_within**2 + squares) / df
    shrink = (1 - AUTOCORRELATION) / (1 + AUTOCORRELATION)
    return Summary(days, np.where(days > 0, mean, np.nan), effective * shrink, cv2, df, np.zeros_like(cv2))


def positive(mean: Floats, group_mean: Floats) -> Floats:
    """The mean, or where it is (almost) zero a small share of the group's, so that its logarithm exists."""
    least = LEAST_SHARE_OF_MEAN * np.where(np.isfinite(group_mean), group_mean, 1.0)
    return np.maximum(np.nan_to_num(mean), least)


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """How usual intake is spread among people like this one: (n) centre and SD of its logarithm; NaN is flat."""

    centre: Floats
    sd: Floats

    def log_density(self, x: Floats) -> Floats:
        """(n, g) logarithm of the density at log intakes, up to a constant; 0 where flat."""
        flat = np.isnan(self.sd)[..., None]
        z = (x - np.where(np.isnan(self.centre), 0.0, self.centre)[..., None]) / np.where(
            flat, 1.0, np.nan_to_num(self.sd, nan=1.0)[..., None]
        )
        return np.where(flat, 0.0, _log_t(z / PRIOR_SCALE, PRIOR_TAIL_DF))


def _log_t(z: Floats, df: Floats | float) -> Floats:
    return np.asarray(-(df + 1) / 2 * np.log1p(z * z / df))


def scale_of(cv2: Floats, effective_days: Floats) -> tuple[Floats, Floats]:
    """Shift and scale of the logarithm of a mean of so many days.

    With ``s2 = ln(1 + cv2 / effective_days)`` the logarithm of the mean lies ``s2 / 2`` too low on average, so
    that the usual intake is ``exp(ln mean + s2 / 2)`` times an error of scale ``sqrt(s2 + 0.03^2)``. Taking the
    logarithm of the mean and not the mean of logarithms keeps the answer right whether days are lognormal or
    gamma distributed; ``exp(m + v / 2)`` of daily logarithms is 28 % too high for exponential days.

    Source: own, from the moments of a lognormal mean.
    """
    s2 = np.log1p(cv2 / np.maximum(effective_days, 1e-9))
    return s2 / 2, np.sqrt(s2 + LOGGING_ERROR**2)


@dataclass(frozen=True, slots=True, eq=False)
class UsualIntake:
    """Distributions of n usual intakes on g nodes.

    Attributes:
        log_nodes: (n, g) natural logarithms of intakes, evenly spaced in each row.
        mass: (n, g) probability at each node; each row sums to 1.
    """

    log_nodes: Floats
    mass: Floats

    @property
    def nodes(self) -> Floats:
        """(n, g) usual intakes."""
        return np.asarray(np.exp(self.log_nodes))

    def quantile(self, share: float) -> Floats:
        """(n) usual intake that is not exceeded with this probability."""
        middle = self._cdf()
        row = np.arange(len(middle))
        after = np.clip((middle < share).sum(axis=1), 1, middle.shape[1] - 1)
        c0, c1 = middle[row, after - 1], middle[row, after]
        x0, x1 = self.log_nodes[row, after - 1], self.log_nodes[row, after]
        part = np.clip((share - c0) / np.maximum(c1 - c0, 1e-300), 0.0, 1.0)
        return np.asarray(np.exp(x0 + part * (x1 - x0)))

    def below(self, k: int, amount: float) -> float:
        """Probability that the k-th usual intake is below an amount; 0 at or below zero."""
        if amount <= 0:
            return 0.0
        cdf = self.mass[k].cumsum() - self.mass[k] / 2
        return float(np.interp(np.log(amount), self.log_nodes[k], cdf, left=0.0, right=1.0))

    def _cdf(self) -> Floats:
        return np.asarray(self.mass.cumsum(axis=1) - self.mass / 2)


def mass_at(x: Floats, centre: Floats, scale: Floats, df: Floats, log_prior: Floats) -> Floats:
    """Probability at the nodes ``x``: Student-t likelihood times prior; the last axis sums to 1."""
    log_density = _log_t((centre[..., None] - x) / scale[..., None], df[..., None]) + log_prior
    density = np.exp(log_density - log_density.max(axis=-1, keepdims=True))
    return np.asarray(density / density.sum(axis=-1, keepdims=True))


def usual_intake(found: Summary, group_mean: Floats, prior: Prior) -> UsualIntake:
    """The distribution of each usual intake, given what the days say and how people differ.

    Args:
        found: What the days say; every nutrient with at least one day.
        group_mean: (n) the group's mean; NaN where unknown.
        prior: How usual intake is spread in the group.
    """
    shift, scale = scale_of(found.cv2, found.effective_days)
    centre = np.log(positive(found.mean, group_mean)) + found.correction + shift
    known = ~np.isnan(prior.sd)
    low = np.where(known, prior.centre - PRIOR_REACH * prior.sd, centre)
    high = np.where(known, prior.centre + PRIOR_REACH * prior.sd, centre)
    low, high = np.minimum(low, centre - REACH * scale), np.maximum(high, centre + REACH * scale)
    x = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, NODES)
    return UsualIntake(x, mass_at(x, centre, scale, found.df, prior.log_density(x)))
