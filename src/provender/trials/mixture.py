"""A number that is believed to be one of many normals: what the answers of a trial are made of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mixture:
    """A number's posterior: a mixture of normals.

    Attributes:
        weight: (k,), sums to 1.
        means: (k,).
        sds: (k,), 0 or more.
    """

    weight: Floats
    means: Floats
    sds: Floats

    @cached_property
    def mean(self) -> float:
        """Its mean."""
        return float(self.weight @ self.means)

    @cached_property
    def sd(self) -> float:
        """Its standard deviation."""
        return float(np.sqrt(self.weight @ (self.sds**2 + (self.means - self.mean) ** 2)))

    def cdf(self, x: float) -> float:
        """Probability that it is at most ``x``."""
        away = np.where(self.means > x, -np.inf, np.inf)
        z = np.divide(x - self.means, self.sds, out=away, where=self.sds > 0)
        return float(np.clip(self.weight @ special.ndtr(z), 0.0, 1.0))

    def quantile(self, p: float) -> float:
        """The value below which it lies with probability ``p``, above 0 and below 1."""
        low, high = self.mean - self.sd, self.mean + self.sd
        while self.cdf(low) > p and np.isfinite(low):
            low -= 2 * (self.mean - low) + 1e-300
        while self.cdf(high) < p and np.isfinite(high):
            high += 2 * (high - self.mean) + 1e-300
        for _ in range(44):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.cdf(middle) < p else (low, middle)
        return 0.5 * (low + high)

    def density(self, at: ArrayLike) -> Floats:
        """Its density at each value, same shape; infinite nowhere, as a part without spread has none."""
        x = np.asarray(at, dtype=np.float64)
        use = self.sds > 0
        z = (x[..., None] - self.means[use]) / self.sds[use]
        return np.asarray(np.exp(-0.5 * z**2) @ (self.weight[use] / self.sds[use]) / np.sqrt(2 * np.pi))
