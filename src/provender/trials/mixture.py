"""A number that is believed to be one of many normals: what the answers of a trial are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import interpolate, optimize, special

Floats = NDArray[np.float64]
GRID: Final = 801
LEAST_NODES: Final = 4
SMALLEST: Final = 1e-12
FINER: Final = 8
MANY: Final = 2000
NARROW: Final = 0.02
"""Above so many normals neighbours are taken together; width of a bin in sds, and in logarithms of an sd (own)."""


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

    @cached_property
    def _few(self) -> tuple[Floats, Floats, Floats]:
        """The same in fewer normals: neighbours in mean and sd as one of their mean and variance.

        Bins are a fiftieth of the whole sd wide; the distribution function moves by a few parts in a million.
        """
        if len(self.weight) <= MANY or not self.sd > 0 or not (self.sds > 0).all():
            return self.weight, self.means, self.sds
        across = np.round((self.means - self.mean) / (NARROW * self.sd)).astype(np.int64)
        up = np.round(np.log(self.sds / self.sd) / NARROW).astype(np.int64)
        up -= up.min()
        _, bins = np.unique((across - across.min()) * (up.max() + 1) + up, return_inverse=True)
        weight = np.asarray(np.bincount(bins, self.weight), dtype=np.float64)
        used = weight > 0
        means = np.asarray(np.bincount(bins, self.weight * self.means)[used] / weight[used], dtype=np.float64)
        away = self.weight * (self.sds**2 + (self.means - self.mean) ** 2)
        variance = np.bincount(bins, away)[used] / weight[used] - (means - self.mean) ** 2
        return weight[used], means, np.asarray(np.sqrt(variance), dtype=np.float64)

    def cdf(self, x: float) -> float:
        """Probability that it is at most ``x``."""
        weight, means, sds = self._few
        z = np.divide(x - means, sds, out=np.where(means > x, -np.inf, np.inf), where=sds > 0)
        return float(np.clip(weight @ special.ndtr(z), 0.0, 1.0))

    def quantile(self, p: float) -> float:
        """The value below which it lies with probability ``p``, above 0 and below 1."""
        low, high = self.mean - self.sd, self.mean + self.sd
        while self.cdf(low) > p and np.isfinite(low):
            low -= 2 * (self.mean - low) + 1e-300
        while self.cdf(high) < p and np.isfinite(high):
            high += 2 * (high - self.mean) + 1e-300
        if not (self.sds > 0).all():
            return _bisected(self.cdf, p, low, high)
        return float(optimize.brentq(lambda x: self.cdf(x) - p, low, high, xtol=1e-12 * self.sd, rtol=1e-14))

    def density(self, at: ArrayLike) -> Floats:
        """Its density at each value, same shape; infinite nowhere, as a part without spread has none."""
        x = np.asarray(at, dtype=np.float64)
        weight, means, sds = self._few
        use = sds > 0
        z = (x[..., None] - means[use]) / sds[use]
        return np.asarray(np.exp(-0.5 * z**2) @ (weight[use] / sds[use]) / np.sqrt(2 * np.pi))


@dataclass(frozen=True, eq=False)
class Curve:
    """A number's posterior as a distribution function over a fine grid of a coordinate.

    Attributes:
        at: (g,) the grid, rising.
        below: (g,) probability of lying at most there, from 0 to 1.
        coordinate: From a value to its coordinate, rising.
        value: Back.
    """

    at: Floats
    below: Floats
    coordinate: Callable[[float], float]
    value: Callable[[Floats], Floats]

    @cached_property
    def mean(self) -> float:
        """Its mean."""
        middles = 0.5 * (self.at[1:] + self.at[:-1])
        return float(np.diff(self.below) @ self.value(middles))

    def cdf(self, x: float) -> float:
        """Probability that it is at most ``x``."""
        return float(np.interp(self.coordinate(x), self.at, self.below))

    def quantile(self, p: float) -> float:
        """The value below which it lies with probability ``p``."""
        return float(self.value(np.asarray(np.interp(p, self.below, self.at))))


def smooth_curve(nodes: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Grid and distribution function of a density known at evenly spaced nodes: a spline through its logarithm."""
    if len(nodes) < LEAST_NODES:
        return spread_curve(nodes, weight, np.full(len(nodes), 1e-9))
    log = np.log(np.maximum(weight, SMALLEST * weight.max()))
    at = np.linspace(nodes[0], nodes[-1], GRID)
    density = np.exp(interpolate.CubicSpline(nodes, log, bc_type="natural")(at))
    below = np.concatenate([[0.0], np.cumsum(0.5 * (density[1:] + density[:-1]))])
    return at, below / below[-1]


def spread_curve(nodes: Floats, weight: Floats, half: Floats) -> tuple[Floats, Floats]:
    """The same of nodes anywhere, each spread evenly over so much on either side, mean and variance kept."""
    middle = float(weight @ nodes)
    variance, added = float(weight @ (nodes - middle) ** 2), float(weight @ half**2) / 3
    if variance > added:
        nodes = middle + np.sqrt(1 - added / variance) * (nodes - middle)
    at: Floats = np.linspace(float(np.min(nodes - half)), float(np.max(nodes + half)), GRID)
    edges = np.concatenate([nodes - half, nodes + half])
    slope = np.concatenate([weight / (2 * half), -weight / (2 * half)])
    order = np.argsort(edges, kind="stable")
    edges, slope = edges[order], np.cumsum(slope[order])
    below = np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(edges))])
    found = np.clip(np.interp(at, edges, below), 0.0, 1.0)
    found[-1] = 1.0
    return at, np.maximum.accumulate(found)


def refined(weight: Floats) -> tuple[Floats, Floats]:
    """Densities known at evenly spaced nodes, seen eight times as finely: a spline through their logarithms.

    Args:
        weight: (r, s), each row at s nodes of its own, evenly spaced.

    Returns:
        Where the finer nodes lie, (8 s - 7,) in the old ones' numbers from 0; and their weights, each row's sum kept.
    """
    s = weight.shape[1]
    at = np.linspace(0, s - 1, FINER * (s - 1) + 1)
    if s < LEAST_NODES:
        return np.arange(s, dtype=np.float64), weight
    log = np.log(np.maximum(weight, SMALLEST * weight.max(axis=1, keepdims=True)))
    through = interpolate.CubicSpline(np.arange(s), np.eye(s), bc_type="natural")(at)
    finer = np.exp((log - log.max(axis=1, keepdims=True)) @ through.T)
    return at, np.asarray(finer * (weight.sum(axis=1) / finer.sum(axis=1))[:, None])


def mixed_curve(weight: Floats, means: Floats, kernel: float) -> tuple[Floats, Floats]:
    """Grid and distribution function of scattered nodes, each a normal; mean and variance stay those of the nodes.

    Args:
        weight: (m,), sums to 1.
        means: (m,) where they lie.
        kernel: Sd of each normal, in sds of all together, below 1.
    """
    middle = float(weight @ means)
    sd = max(float(np.sqrt(weight @ (means - middle) ** 2)), SMALLEST)
    near = middle + np.sqrt(1.0 - kernel**2) * (means - middle)
    at = np.linspace(float(near.min()) - 4 * kernel * sd, float(near.max()) + 4 * kernel * sd, GRID)
    below = special.ndtr((at[:, None] - near) / (kernel * sd)) @ weight
    below[0], below[-1] = 0.0, 1.0
    return at, below


def _bisected(cdf: Callable[[float], float], p: float, low: float, high: float) -> float:
    for _ in range(44):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if cdf(middle) < p else (low, middle)
    return 0.5 * (low + high)
