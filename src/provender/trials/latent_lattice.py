"""Nodes over phi, nu, tau and sigma that follow a latent model's posterior, few enough to solve each by iteration.

Each parameter is a number that is standard normal beforehand. The nodes are those points of a cubic lattice that lie in
a ball: turned and stretched by the posterior covariance of all four together.

Source: the trapezoid rule over smooth densities, Trefethen & Weideman 2014, DOI 10.1137/130932132; the ball and the two
halves that state its error are own.
"""

from dataclasses import dataclass
from itertools import product
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from provender.trials.latent_case import Nodes
from provender.trials.lattice import weighed
from provender.trials.whitening import Floats

DIMENSIONS: Final = 4
COARSE: Final = (1.3, 6)
FINAL: Final = (1.2, 12)
"""Spacing in sds, and the square of the ball's radius in spacings: 233 and 761 nodes."""
WIDER: Final = 1.7
CLEAR: Final = 0.45
THIN: Final = 0.02
THICK: Final = 0.5
"""Weight at the rim below which the last nodes are enough, and below which what was seen is near enough for them."""
LEAST_SIGMA: Final = 1e-6
"""Of sigma's scale: less than this is no noise at all."""
CLOSE: Final = 1e-9


class NuisancePriors(Protocol):
    """What is read of the priors here."""

    @property
    def phi(self) -> tuple[float, float]:
        """Beta shape of the correlation from one day to the next."""

    @property
    def nu(self) -> tuple[float, float]:
        """Beta shape of the white share."""

    @property
    def tau(self) -> tuple[float, float]:
        """Median in days and log sd of the time constant."""

    @property
    def sigma_scale(self) -> float:
        """Scale of the half-t of sigma."""

    @property
    def sigma_df(self) -> float:
        """Its degrees of freedom."""


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """Where the posterior is evaluated; the four numbers are those of phi, nu, tau and sigma.

    Attributes:
        centre: (4,) in normal units.
        shape: (4, 4) lower triangular, normal units a posterior sd.
        final: Whether these are the last nodes.
    """

    centre: Floats
    shape: Floats
    final: bool = False

    @property
    def spacing(self) -> float:
        """Distance of neighbouring nodes, in posterior sds."""
        return (FINAL if self.final else COARSE)[0]

    @property
    def steps(self) -> NDArray[np.int64]:
        """(m, 4) whole steps from the centre."""
        return _ball((FINAL if self.final else COARSE)[1])

    @property
    def z(self) -> Floats:
        """(m, 4) normal units."""
        return self.centre + self.spacing * self.steps @ self.shape.T

    @property
    def log_cell(self) -> float:
        """Log of the volume that a node stands for."""
        return float(DIMENSIONS * np.log(self.spacing) + np.log(np.diag(self.shape)).sum())

    @property
    def even(self) -> NDArray[np.bool_]:
        """(m,) every other node: a lattice of its own, with half as many."""
        return np.asarray(self.steps.sum(axis=1) % 2 == 0)

    @property
    def outer(self) -> NDArray[np.bool_]:
        """(m,) nodes at the rim."""
        squares = (self.steps**2).sum(axis=1)
        return np.asarray(squares >= squares.max() - 1)

    def along_first(self, weight: Floats) -> tuple[Floats, Floats]:
        """The first parameter's values, evenly spaced because ``shape`` is triangular, and the weight of each."""
        step = self.steps[:, 0]
        values = np.arange(step.min(), step.max() + 1)
        at = self.centre[0] + self.spacing * self.shape[0, 0] * values
        return np.asarray(at), np.asarray(np.bincount(step - step.min(), weights=weight), dtype=np.float64)

    def log_prior(self) -> Floats:
        """(m,) log-density of the nodes."""
        return np.asarray(-0.5 * (self.z**2).sum(axis=1) - 0.5 * DIMENSIONS * np.log(2 * np.pi))

    def nodes(self, priors: NuisancePriors) -> Nodes:
        """The parameters at each node."""
        phi, nu, tau, sigma = self.z.T
        return Nodes(
            np.clip(special.betaincinv(*priors.phi, special.ndtr(phi)), CLOSE, 1 - CLOSE),
            np.clip(special.betaincinv(*priors.nu, special.ndtr(nu)), CLOSE, 1 - CLOSE),
            half_t(sigma, priors.sigma_df, priors.sigma_scale),
            np.asarray(priors.tau[0] * np.exp(priors.tau[1] * tau)),
        )


def half_t(z: Floats, df: float, scale: float) -> Floats:
    """The half-t distributed number that is as far into its distribution as ``z`` into the normal."""
    return np.asarray(np.maximum(-special.stdtrit(df, special.ndtr(-z) / 2), LEAST_SIGMA) * scale)


def half_t_normal(sigma: float, df: float, scale: float) -> float:
    """Back from there: the normal number."""
    return float(-special.ndtri(np.clip(2 * special.stdtr(df, -max(sigma, 0.0) / scale), 1e-300, 1 - 1e-16)))


def first_ball() -> Ball:
    """A coarse one over the prior."""
    return Ball(np.zeros(DIMENSIONS), np.eye(DIMENSIONS))


def next_ball(ball: Ball, weight: Floats) -> Ball | None:
    """A ball nearer to where the weight lies; None when the final one held all of it.

    Args:
        ball: Where it was evaluated.
        weight: (m,) of its nodes.
    """
    rim = float(weight[ball.outer].sum() / weight.sum())
    if ball.final and rim < THIN:
        return None
    centre, covariance, power = weighed(weight, ball.z, ball.spacing * ball.shape)
    shape: Floats = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
    if rim >= THICK and not ball.final:
        # what was sought lies outside: move there before looking closer, as wide as is seen or as before
        return Ball(centre, WIDER * shape if power >= CLEAR else ball.shape)
    if ball.final or power >= CLEAR:
        return Ball(centre, (1 + rim) * shape, final=True)
    return Ball(centre, WIDER * shape)


def _ball(square: int) -> NDArray[np.int64]:
    reach = int(square**0.5)
    every = np.array(list(product(range(-reach, reach + 1), repeat=DIMENSIONS)), dtype=np.int64)
    return np.asarray(every[(every**2).sum(axis=1) <= square])
