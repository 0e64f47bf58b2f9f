"""A number that is believed to be one of many normals: what the answers of a trial are made of."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import interpolate, special

Floats = NDArray[np.float64]
GRID: Final = 801
LEAST_NODES: Final = 4
SMALLEST: Final = 1e-12
FINER: Final = 8


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
        return _bisected(self.cdf, p, low, high)

    def density(self, at: ArrayLike) -> Floats:
        """Its density at each value, same shape; infinite nowhere, as a part without spread has none."""
        x = np.asarray(at, dtype=np.float64)
        use = self.sds > 0
        z = (x[..., None] - self.means[use]) / self.sds[use]
        return np.asarray(np.exp(-0.5 * z**2) @ (self.weight[use] / self.sds[use]) / np.sqrt(2 * np.pi))


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
