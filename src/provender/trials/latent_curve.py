"""The level on every day of a trial, missing days and all: what a chart of scores at a bound or of counts draws."""

from dataclasses import dataclass

import numpy as np

from provender.trials.latent import NodeFits
from provender.trials.latent_case import Case, CoefficientPriors, Days, Nodes
from provender.trials.latent_chain import chain, factor, solve, variances
from provender.trials.likelihoods import Floats, Likelihood


@dataclass(frozen=True, slots=True, eq=False)
class LevelCurve:
    """The level by calendar day and node; arrays are (T, m).

    Attributes:
        mean: Posterior mean of the level, slow drift ``u`` included.
        variance: Its variance.
        expected: What is to be expected of an outcome that day, in its own unit.
    """

    mean: Floats
    variance: Floats
    expected: Floats


def level_curve(
    day: Days,
    assigned: Floats,
    priors: CoefficientPriors,
    likelihood: Likelihood,
    nodes: Nodes,
    fits: NodeFits,
    *,
    lag: bool = True,
    weekday: bool = True,
    trend: bool = True,
) -> LevelCurve:
    """The level on all days of ``assigned``, from the factors that ``laplace`` or ``expectation`` found.

    Args:
        day: (n,), as given to them, and so are all others but:
        assigned: (T,), as given.
        priors: As given.
        likelihood: As given.
        nodes: As given.
        fits: What they answered.
        lag: As given.
        weekday: As given.
        trend: As given.
    """
    every = np.arange(len(assigned))
    case = Case(every, assigned, priors, likelihood, lag, weekday, trend)
    weight = np.zeros((len(every), len(nodes)))
    pull = np.zeros_like(weight)
    weight[day], pull[day] = fits.weight, fits.pull
    columns = case.columns(nodes.tau)
    made = factor(chain(every, nodes.phi, (1.0 - nodes.nu) * nodes.sigma**2), weight)
    right = np.concatenate([columns * weight[:, None], pull[:, None]], axis=1)
    answer = solve(made, right)
    apart, alone = columns - answer[:, :-1], answer[:, -1]
    means = case.prior()[0]
    level = np.einsum("ncm,c->nm", columns, means) + alone + np.einsum("ncm,mc->nm", apart, fits.mean - means)
    spread = np.einsum("ncm,mcd,ndm->nm", apart, fits.covariance, apart, optimize=True)
    variance = variances(made) + np.maximum(spread, 0.0)
    return LevelCurve(level, variance, likelihood.expected(level, variance, nodes.nu * nodes.sigma**2))
