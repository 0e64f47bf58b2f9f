"""Equally spaced nodes over phi, nu and tau that follow the posterior: the trapezoid rule, all but exact when smooth.

Each of phi, nu and tau is mapped to a number that is standard normal beforehand. The lattice of phi and nu is turned
and stretched by their posterior covariance, that of tau by its sd; it moves until its spacing resolves the posterior.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from provender.trials.priors import Priors

Floats = NDArray[np.float64]
REACH: Final = 4.8
WIDE: Final = 3.6
VISIBLE: Final = 0.35
"""Variance, in squared spacings, from which a lattice sees a posterior's width."""
CLEAR: Final = 0.45
"""Power from which what was seen is near enough for the final lattice."""
LEAST_POWER: Final = 1e-6
CUT_OFF: Final = 3e-3
"""Weight at an edge from which the final lattice is drawn anew, wider."""
WIDER: Final = 1.25


@dataclass(frozen=True, eq=False)
class Lattice:
    """Where the posterior is evaluated.

    Attributes:
        lag, white: Whether tau and nu are unknown at all.
        centre: (2,) of phi and nu in normal units.
        shape: (2, 2) lower triangular: a step along each axis.
        tau_centre, tau_scale: Of tau in normal units.
        counts: Nodes along phi's axis, nu's, tau's and sigma's.
    """

    lag: bool
    white: bool
    centre: Floats
    shape: Floats
    tau_centre: float
    tau_scale: float
    counts: tuple[int, int, int, int]
    final: bool = False

    @cached_property
    def steps(self) -> tuple[Floats, Floats, Floats]:
        """Steps along the three axes, in sds."""
        a, b, c, _ = self.counts
        return self._along(a), self._along(b), self._along(c)

    def _along(self, count: int) -> Floats:
        reach = REACH if self.final else 1.0
        return np.linspace(-reach, reach, count) if count > 1 else np.zeros(1)

    @cached_property
    def z(self) -> Floats:
        """(m, 2) normal units of phi and nu."""
        a, b, _ = self.steps
        grid = np.stack(np.meshgrid(a, b, indexing="ij"), axis=-1).reshape(-1, 2)
        return self.centre + grid @ self.shape.T

    @property
    def z_tau(self) -> Floats:
        """(k,) normal units of tau."""
        return self.tau_centre + self.tau_scale * self.steps[2]

    @property
    def sigma_nodes(self) -> Floats:
        """Steps of log sigma in its own sds."""
        return np.linspace(-5.2, 5.2, self.counts[3])

    @property
    def sigma_step(self) -> float:
        """Spacing of those."""
        return 10.4 / (self.counts[3] - 1)

    def residual(self, priors: Priors) -> tuple[Floats, Floats]:
        """(m,) phi and nu."""
        z = self.z
        phi = np.clip(special.betaincinv(*priors.phi, special.ndtr(z[:, 0])), 0.0, 1 - 1e-9)
        nu = (
            np.clip(special.betaincinv(*priors.nu, special.ndtr(z[:, 1])), 0.0, 1.0) if self.white else np.zeros(len(z))
        )
        return phi, nu

    def taus(self, priors: Priors) -> Floats:
        """(k,) tau in days; 0 where the effect comes at once."""
        if not self.lag:
            return np.zeros(1)
        return np.asarray(priors.tau[0] * np.exp(priors.tau[1] * self.z_tau))

    def cells(self) -> tuple[float, float, float]:
        """Half the width, in normal units, of what a node stands for in phi, in nu given phi, and in tau."""
        widths = [(steps[1] - steps[0]) / 2 if len(steps) > 1 else 1.0 for steps in self.steps]
        return widths[0] * self.shape[0, 0], widths[1] * self.shape[1, 1], widths[2] * self.tau_scale

    def log_prior(self) -> Floats:
        """(m, k) log-density of the nodes in normal units."""
        z, t = self.z, self.z_tau
        used = z if self.white else z[:, :1]
        residual = -0.5 * np.sum(used**2, axis=1) - 0.5 * used.shape[1] * np.log(2 * np.pi)
        tau = -0.5 * t**2 - 0.5 * np.log(2 * np.pi) if self.lag else np.zeros(1)
        return np.asarray(residual[:, None] + tau[None, :])

    def log_cell(self) -> float:
        """Log-volume that a node stands for, but for sigma's."""
        a, b, c = self.steps
        volume = (a[1] - a[0]) * self.shape[0, 0]
        if self.white:
            volume *= (b[1] - b[0]) * self.shape[1, 1]
        if self.lag:
            volume *= (c[1] - c[0]) * self.tau_scale
        return float(np.log(volume))

    def edge(self, residual: Floats, tau: Floats) -> float:
        """Largest weight on an edge."""
        a, b, _, _ = self.counts
        grid = residual.reshape(a, b)
        sides = [grid[0].sum(), grid[-1].sum()]
        if self.white:
            sides += [grid[:, 0].sum(), grid[:, -1].sum()]
        if self.lag:
            sides += [tau[0], tau[-1]]
        return float(max(sides))

    def finer(self) -> "Lattice":
        """The same place with about 1.4 times as many nodes along each axis."""
        a, b, c, d = (n if n == 1 else 2 * round(0.7 * (n - 1)) + 1 for n in self.counts)
        return replace(self, counts=(a, b, c, d))


def first_lattice(*, lag: bool, white: bool) -> Lattice:
    """A coarse lattice over the prior."""
    counts = (7, 7 if white else 1, 5 if lag else 1, 9)
    return Lattice(lag, white, np.zeros(2), WIDE * np.eye(2), 0.0, WIDE, counts)


def wide_lattice(*, lag: bool, white: bool) -> Lattice:
    """One lattice for many trials of a few months: over the prior, fine enough for what such trials can tell."""
    counts = (13, 13 if white else 1, 11 if lag else 1, 13)
    return Lattice(lag, white, np.zeros(2), np.eye(2) * (WIDE / REACH), 0.0, WIDE / REACH, counts, final=True)


def next_lattice(lattice: Lattice, weights: tuple[Floats, Floats]) -> Lattice | None:
    """A lattice nearer to where the weight lies; None when the final one held all of it.

    Coarse lattices only find the place. Where their spacing is too wide to see the posterior's width, its weights are
    flattened to a power until they spread over several nodes, and the width is that power of what is then seen.
    """
    residual, tau = weights
    if lattice.final and lattice.edge(residual, tau) / residual.sum() < CUT_OFF:
        return None
    a, b, c = lattice.steps
    spacing = lattice.shape @ np.diag([a[1] - a[0], (b[1] - b[0]) if lattice.white else 1.0])
    centre, covariance, seen = _seen(residual, lattice.z, spacing, white=lattice.white)
    tau_centre, tau_variance, tau_seen = 0.0, 1.0, 1.0
    if lattice.lag:
        step = np.array([[(c[1] - c[0]) * lattice.tau_scale]])
        at, width, tau_seen = _seen(tau, lattice.z_tau[:, None], step, white=True)
        tau_centre, tau_variance = float(at[0]), float(width[0, 0])
    shape: Floats = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
    scale = float(np.sqrt(tau_variance))
    if lattice.final:  # the posterior is longer than it looked from afar
        return replace(lattice, centre=centre, shape=WIDER * shape, tau_centre=tau_centre, tau_scale=WIDER * scale)
    if min(seen, tau_seen) >= CLEAR:
        counts = (13, 13 if lattice.white else 1, 13 if lattice.lag else 1, 15)
        return Lattice(lattice.lag, lattice.white, centre, shape, tau_centre, scale, counts, final=True)
    return replace(lattice, centre=centre, shape=WIDE * shape, tau_centre=tau_centre, tau_scale=WIDE * scale)


def _seen(weight: Floats, z: Floats, spacing: Floats, *, white: bool) -> tuple[Floats, Floats, float]:
    """As ``weighed``; without white noise the second axis has a spread of its own."""
    return weighed(weight, z, spacing, still=None if white else 1)


def weighed(weight: Floats, z: Floats, spacing: Floats, *, still: int | None = None) -> tuple[Floats, Floats, float]:
    """Mean and covariance of a posterior seen on a lattice, and the power that it took: 1 when it is seen plainly.

    Args:
        weight: (m,) of the nodes.
        z: (m, d) where they lie.
        spacing: (d, d) lower triangular: what lies between neighbours.
        still: An axis with but one node, which is given variance 1; None for none.
    """
    log = np.log(np.maximum(weight, 1e-300))
    log -= log.max()
    unit = np.linalg.inv(spacing)
    power = 1.0
    while True:
        w = np.exp(power * log)
        w /= w.sum()
        centre = w @ z
        away = z - centre
        covariance = (away * w[:, None]).T @ away
        if still is not None:
            covariance[still, still] = spacing[still, still] ** 2
        least = float(np.linalg.eigvalsh(unit @ covariance @ unit.T)[0])
        if least >= VISIBLE or power < LEAST_POWER:
            break
        power *= 0.7
    covariance = power * covariance
    if still is not None:
        covariance[still, still] = 1.0
    return centre, covariance + 1e-12 * np.eye(len(covariance)), power
