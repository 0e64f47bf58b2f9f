"""Several trials of one person taken together, and what one trial's data alone say of the effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from provender.terms.errors import InputError

Floats = NDArray[np.float64]
WIDEST: Final = 4.0
NODES: Final = 81
LEAST_GAIN: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What the data of one trial alone say of the effect: a normal, the posterior divided by the prior.

    Attributes:
        mean: Its centre; NaN when the data say nothing.
        sd: Its standard deviation; infinite when the data say nothing.
    """

    mean: float
    sd: float


def likelihood_of(mean: float, sd: float, prior_mean: float, prior_sd: float) -> Likelihood:
    """The normal that turns the prior into this posterior.

    Args:
        mean, sd: Posterior of the effect.
        prior_mean, prior_sd: The prior it came from.

    Raises:
        InputError: A standard deviation that is not above 0.
    """
    if not (sd > 0 and prior_sd > 0):
        raise InputError(f"found standard deviations {sd:g} and {prior_sd:g}, expected both above 0", field="sd")
    gain = 1 / sd**2 - 1 / prior_sd**2
    if gain <= LEAST_GAIN / prior_sd**2:
        return Likelihood(float("nan"), float("inf"))
    return Likelihood(float((mean / sd**2 - prior_mean / prior_sd**2) / gain), float(gain**-0.5))


@dataclass(frozen=True, slots=True)
class Pooled:
    """Several trials together: the effect on an ordinary occasion, and how far occasions differ.

    Attributes:
        weights: Of the nodes of the standard deviation between occasions, summing to 1.
        between: Those nodes, in the outcome's unit.
        means: Posterior mean of the effect at each node.
        sds: Its standard deviation at each node.
    """

    weights: Floats
    between: Floats
    means: Floats
    sds: Floats

    @property
    def mean(self) -> float:
        """Posterior mean of the effect."""
        return float(self.weights @ self.means)

    @property
    def sd(self) -> float:
        """Its standard deviation."""
        return float(np.sqrt(self.weights @ (self.sds**2 + self.means**2) - self.mean**2))

    @property
    def between_mean(self) -> float:
        """Posterior mean of the standard deviation between occasions."""
        return float(self.weights @ self.between)

    def cdf(self, x: float) -> float:
        """Probability that the effect is at most ``x``."""
        return float(self.weights @ special.ndtr((x - self.means) / self.sds))

    def quantile(self, p: float) -> float:
        """The value below which the effect lies with probability ``p``, by bisection to 1e-9 of its spread."""
        low, high = (float(f(self.means + side * 12 * self.sds)) for f, side in ((np.min, -1), (np.max, 1)))
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.cdf(middle) < p else (low, middle)
        return (low + high) / 2


def pooled(
    trials: Sequence[Likelihood], *, prior_mean: float = 0.0, prior_sd: float = 1.5, between_sd: float | None = None
) -> Pooled:
    """One person's trials of the same thing, taken together.

    ``effect_i ~ N(effect, between²)``, ``between ~ half-N(between_sd²)``, ``effect ~ N(prior_mean, prior_sd²)``; the
    effect in closed form at each of 81 values of ``between``, which are summed by the midpoint rule.

    Args:
        trials: What each trial's data alone say.
        prior_mean, prior_sd: Prior of the effect.
        between_sd: Scale of how far occasions differ; None takes half of ``prior_sd``.

    Raises:
        InputError: No trial, or standard deviations that are not above 0.
    """
    if not trials:
        raise InputError("found no trial to take together", field="trials")
    scale = prior_sd / 2 if between_sd is None else between_sd
    if not (prior_sd > 0 and scale > 0 and all(one.sd > 0 for one in trials)):
        raise InputError("found a standard deviation that is not above 0", field="sd")
    between = scale * WIDEST * (np.arange(NODES) + 0.5) / NODES
    told = [one for one in trials if np.isfinite(one.sd)]
    y, v = np.array([one.mean for one in told]), np.array([one.sd**2 for one in told])
    w = 1 / (v[:, None] + between**2)
    precision = 1 / prior_sd**2 + w.sum(axis=0)
    means = (prior_mean / prior_sd**2 + (w * y[:, None]).sum(axis=0)) / precision
    # evidence of each node: the product of normals, the effect integrated out
    log = 0.5 * np.log(w).sum(axis=0) - 0.5 * np.log(precision) - 0.5 * (between / scale) ** 2
    log -= 0.5 * ((w * y[:, None] ** 2).sum(axis=0) + prior_mean**2 / prior_sd**2 - precision * means**2)
    weights = np.exp(log - log.max())
    return Pooled(weights / weights.sum(), between, means, precision**-0.5)
