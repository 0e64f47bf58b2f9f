"""The effect in the unit a person wrote down: points on the scale they used, headaches or headache days a week.

The effect of ``latent`` is on the level: points as if the scale had no ends, or the log of a rate ratio. What it meant
on the observed days is the mean over them of ``expected(level with treatment) - expected(level without)``. Given the
effect this difference is nearly normal (its other uncertainty, that of the level without treatment, is linearised);
over the effect it is followed exactly, bend and all.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError
from provender.trials.latent import NodeFits
from provender.trials.latent_case import Nodes
from provender.trials.latent_chain import Factor, chain, factor, solve, variances
from provender.trials.likelihoods import Floats, Likelihood
from provender.trials.mixture import Mixture

_POINTS: Final = 7
_CELLS: Final = 25
_REACH: Final = 4.0
_NUDGE: Final = 1e-3
_AT = np.sqrt(2.0) * np.polynomial.hermite.hermgauss(_POINTS)[0]
_GRID = np.linspace(-_REACH, _REACH, _CELLS)
_KERNEL: Final = 0.6 * 2 * _REACH / (_CELLS - 1)
_SHRINK: Final = float(np.sqrt(1.0 - _KERNEL**2))
"""Each point of the grid stands for a normal of this width, in sds of the effect: wide enough that the mixture has no
ripples; the points are shrunk so that the whole keeps its variance (own)."""
_POWERS = np.arange(_POINTS)
_FROM_POINTS = np.linalg.inv(_AT[:, None] ** _POWERS)
_VALUES = ((_SHRINK * _GRID)[:, None] ** _POWERS) @ _FROM_POINTS
_SLOPES = (_POWERS[1:] * (_SHRINK * _GRID)[:, None] ** _POWERS[:-1]) @ _FROM_POINTS[1:]
_SHARE = np.exp(-0.5 * _GRID**2) / np.exp(-0.5 * _GRID**2).sum()


def difference(
    day: NDArray[np.int64],
    nodes: Nodes,
    fits: NodeFits,
    weight: Floats,
    likelihood: Likelihood,
    contrast: Floats,
    *,
    times: float = 1.0,
    effect: tuple[Floats, Floats] | None = None,
) -> Mixture:
    """By how much the expected outcome of the observed days differs with treatment, in the outcome's unit.

    Args:
        day: (n,), observed day index.
        nodes: The nodes of ``fits``.
        fits: What ``laplace`` or ``expectation`` found there.
        weight: (m,), posterior weight of each node; sums to 1.
        likelihood: What was observed.
        contrast: (m,), the exposure that is compared with none: 1 for the steady state; the difference of mean
            exposure between treatment and comparison days for the trial as it was run.
        times: What the difference is multiplied by: 7 for counts, or days, a week.
        effect: (m,) means and sds of the effect of the level at each node; None takes those of ``fits``.

    Returns:
        The mixture of normals of the difference; below 0 means less with treatment.

    Raises:
        InputError: No observed day, or arrays that do not fit the nodes.
    """
    if len(day) == 0:
        raise InputError("found no observed day, expected one or more to say what an effect means on", field="day")
    if not len(weight) == len(contrast) == len(nodes) == len(fits.log_marginal):
        raise InputError(
            f"found {len(weight)} weights and {len(contrast)} contrasts for {len(nodes)} nodes and"
            f" {len(fits.log_marginal)} fits, expected one each",
            field="weight",
        )
    base = _baseline(day, nodes, fits)
    middle, spread = effect or (fits.effect_mean, fits.effect_sd)
    white = nodes.nu * nodes.sigma**2
    means, sds = np.empty((_POINTS, len(nodes))), np.empty((_POINTS, len(nodes)))
    for k, z in enumerate(_AT):
        at = middle + z * spread
        without = base.level + base.bend * (at - fits.effect_mean)
        low, here, high = (
            likelihood.expected(without + by + at * contrast, base.variance, white)
            - likelihood.expected(without + by, base.variance, white)
            for by in (-_NUDGE, 0.0, _NUDGE)
        )
        means[k] = here.mean(axis=0)
        sds[k] = base.sd((high - low) / (2 * _NUDGE * len(day)))
    mean, slope, apart = _VALUES @ means, _SLOPES @ means, np.maximum(_VALUES @ sds, 0.0)
    return Mixture(
        (_SHARE[:, None] * weight).ravel(),
        times * mean.ravel(),
        abs(times) * np.sqrt(apart**2 + (_KERNEL * slope) ** 2).ravel(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Baseline:
    """The level without treatment, given the effect."""

    level: Floats  # (n, m): at the posterior mean of the effect
    bend: Floats  # (n, m): its regression on the effect
    variance: Floats  # (n, m): given the effect
    made: Factor
    apart: Floats  # (n, c, m): what it gains from a unit of a coefficient once u has answered
    rest: Floats  # (m, c, c): covariance of the coefficients given the effect

    def sd(self, gradient: Floats) -> Floats:
        """The standard deviation of ``sum(gradient * level)`` given the effect, (m,)."""
        part = gradient.copy()
        for i in range(1, len(part)):
            part[i] += self.made.carry[i] * part[i - 1]
        lean = np.einsum("ncm,nm->mc", self.apart, gradient)
        spread = (part**2 / self.made.pivot).sum(axis=0) + np.einsum("mc,mcd,md->m", lean, self.rest, lean)
        found: Floats = np.sqrt(np.maximum(spread, 0.0))
        return found


def _baseline(day: NDArray[np.int64], nodes: Nodes, fits: NodeFits) -> _Baseline:
    made = factor(chain(day, nodes.phi, (1.0 - nodes.nu) * nodes.sigma**2), fits.weight)
    apart = fits.columns - solve(made, fits.columns * fits.weight[:, None, :])
    given = fits.columns[:, -1]
    apart[:, -1] -= given
    with_effect = fits.covariance[:, :, -1]
    bend = np.einsum("ncm,mc->nm", apart, with_effect) / fits.covariance[:, -1, -1]
    rest = fits.covariance - with_effect[:, :, None] * with_effect[:, None, :] / fits.covariance[:, -1:, -1:]
    variance = variances(made) + np.einsum("ncm,mcd,ndm->nm", apart, rest, apart, optimize=True)
    level = fits.level - given * fits.effect_mean
    return _Baseline(level, bend, np.maximum(variance, 0.0), made, apart, rest)
