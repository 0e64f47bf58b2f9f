"""The same trial under other beliefs: its nodes are weighed anew, so nothing is computed twice."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from provender.trials.latent_case import Nodes
from provender.trials.mixture import Mixture
from provender.trials.whitening import Floats

HALF_AND_DOUBLE: Final = (0.5, 2.0)
"""Of the effect's prior sd: 0.75 and 3 points for pain."""
SOONER_AND_LATER: Final = (0.5, 7 / 3)
"""Of tau's prior median: a day and a half, and a week."""
LEAST_LEFT: Final = 0.02
"""Of the nodes, as an effective share: with fewer the other belief lies outside what was computed."""


class Believed(Protocol):
    """What is read of priors here."""

    @property
    def effect(self) -> tuple[float, float]:
        """Mean and sd."""

    @property
    def tau(self) -> tuple[float, float]:
        """Median in days and log sd."""


@dataclass(frozen=True, slots=True)
class Belief:
    """Another belief beforehand.

    Attributes:
        name: In words: ``half the spread of the effect``.
        effect: Mean and sd of the effect.
        tau: Median in days and log sd of the time it takes.
    """

    name: str
    effect: tuple[float, float]
    tau: tuple[float, float]


def others(priors: Believed) -> tuple[Belief, ...]:
    """The beliefs that every answer is held against: half and double the effect's spread, sooner and later effects."""
    mean, sd = priors.effect
    median, spread = priors.tau
    less, more = HALF_AND_DOUBLE
    sooner, later = SOONER_AND_LATER
    return (
        Belief(f"an effect spread by {less * sd:.2g}", (mean, less * sd), priors.tau),
        Belief(f"an effect spread by {more * sd:.2g}", (mean, more * sd), priors.tau),
        Belief(f"an effect that takes about {sooner * median:.2g} days", priors.effect, (sooner * median, spread)),
        Belief(f"an effect that takes about {later * median:.2g} days", priors.effect, (later * median, spread)),
    )


def reweighed(
    effect: Mixture, nodes: Nodes, before: Believed, after: Believed
) -> tuple[Floats, tuple[Floats, Floats], float]:
    """What each node says under another belief.

    A node's effect is ``N(m, s²)`` under the prior ``N(p, v)``; so its data say ``exp(-λ δ²/2 + λμ δ)`` with
    ``λ = 1/s² - 1/v`` and ``λμ = m/s² - p/v``, and under ``N(p', v')`` it is ``N(m', s'²)``, ``1/s'² = λ + 1/v'``,
    weighed by ``sqrt(s'² v / (v' s²)) exp((m'²/s'² - p'²/v' - m²/s² + p²/v) / 2)`` and the ratio of tau's densities.

    Args:
        effect: The effect (of the level) at the nodes, in the same order.
        nodes: Where they are.
        before: The belief it was computed under.
        after: The other one.

    Returns:
        The nodes' new weights, (k,); means and sds of their effect; and the share of them that carries the weight,
        0 to 1: near 0 the other belief lies outside the nodes.
    """
    (p, old_sd), (other_p, new_sd) = before.effect, after.effect
    v, other_v = old_sd**2, new_sd**2
    m, s2 = effect.means, effect.sds**2
    precision = np.maximum(1 / s2 - 1 / v, 0.0) + 1 / other_v
    other_s2 = 1 / precision
    other_m = other_s2 * (m / s2 - p / v + other_p / other_v)
    log = 0.5 * np.log(other_s2 * v / (other_v * s2))
    log += 0.5 * (other_m**2 / other_s2 - other_p**2 / other_v - m**2 / s2 + p**2 / v)
    if after.tau != before.tau:
        log += _log_normal(nodes.tau, after.tau) - _log_normal(nodes.tau, before.tau)
    weight = effect.weight * np.exp(log - log.max())
    weight /= weight.sum()
    left = float(1 / (weight @ weight) * (effect.weight @ effect.weight))
    return weight, (other_m, np.sqrt(other_s2)), min(left, 1.0)


def _log_normal(tau: Floats, shape: tuple[float, float]) -> Floats:
    median, spread = shape
    return np.asarray(-0.5 * (np.log(tau / median) / spread) ** 2 - np.log(spread))
