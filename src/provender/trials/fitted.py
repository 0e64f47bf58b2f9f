"""The trial day by day as the posterior sees it: what was expected, what without the treatment, and surprises."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import linalg

from provender.trials.evaluation import Evaluated, Parts, Trial, columns, exposure
from provender.trials.posterior import checked_trial, last_evaluation
from provender.trials.priors import Priors
from provender.trials.whitening import Floats, whitened

NODES: Final = 12
MOST_DENSE: Final = 800
"""Beyond so many observed days one assumption, the likeliest, stands for all."""
LEAST_NOISE: Final = 1e-11
"""Of all variance together, added to each day, so that even days without any noise can be told apart."""
Z90: Final = 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Every calendar day, arrays (T,), in the outcome's unit.

    Attributes:
        expected: What is expected of the day, lingering part included.
        low, high: 90 % band of that expectation.
        spread: Sd of a single observation about it.
        without: The same day without the treatment.
        regular: What is expected without the lingering part: level, trend, weekday and effect.
        surprise: (n,) observed days: how far each lay from what the days before it led to expect, in sds; about
            standard normal and unrelated to one another when the model holds.
        aside: (n,) that sd, in the outcome's unit.
    """

    expected: Floats
    low: Floats
    high: Floats
    spread: Floats
    without: Floats
    regular: Floats
    surprise: Floats
    aside: Floats


def fitted(
    day: ArrayLike, outcome: ArrayLike, assigned: ArrayLike, priors: Priors | None = None, *, parts: Parts | None = None
) -> Fitted:
    """The fitted curve of a trial.

    The likeliest pairs of residual assumptions and tau stand for all, each weighted by its probability.

    Args:
        day: (n,) observed day index, ascending.
        outcome: (n,) what was observed.
        assigned: (T,) 1 with treatment, 0 without.
        priors: What is believed beforehand; None takes those of pain from 0 to 10.
        parts: Which parts the model has; None all.

    Raises:
        InputError: As ``posterior``.
    """
    believed, having = priors or Priors(), parts or Parts()
    trial = checked_trial(day, outcome, assigned)
    found = last_evaluation(trial, believed, having)
    pairs = found.weight.sum(axis=2)
    order = np.argsort(-pairs, axis=None, kind="stable")[: NODES if len(trial.day) <= MOST_DENSE else 1]
    weight = pairs.ravel()[order] / pairs.ravel()[order].sum()
    means, variances, shares, regular, noise = [], [], [], [], []
    for at in order:
        m, k = divmod(int(at), pairs.shape[1])
        mean, variance, share, fixed = _smoothed(trial, believed, having, found, m, k)
        means.append(mean)
        variances.append(variance)
        shares.append(share)
        regular.append(fixed)
        noise.append(found.nu[m] * _sigma2(found, m, k))
    expected = weight @ np.array(means)
    spread = np.sqrt(weight @ (np.array(variances) + (np.array(means) - expected) ** 2))
    m, k = divmod(int(order[0]), pairs.shape[1])
    surprise, aside = _surprise(trial, believed, having, found, m, k)
    return Fitted(
        expected=expected,
        low=expected - Z90 * spread,
        high=expected + Z90 * spread,
        spread=np.sqrt(spread**2 + float(weight @ np.array(noise))),
        without=expected - weight @ np.array(shares),
        regular=np.asarray(weight @ np.array(regular)),
        surprise=surprise,
        aside=aside,
    )


def _sigma2(found: Evaluated, m: int, k: int) -> float:
    weight = found.weight[m, k]
    return float(weight @ found.sigma[m] ** 2 / weight.sum())


def _smoothed(
    trial: Trial, priors: Priors, parts: Parts, found: Evaluated, m: int, k: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """(T,) mean and variance of the expected outcome, what the treatment adds to it, and its mean without what lingers.

    All under one assumption.
    """
    days = np.arange(len(trial.assigned))
    ordinary, sds = columns(days, len(days), parts, priors)
    sigma2, phi, nu = _sigma2(found, m, k), found.phi[m], found.nu[m]
    scale = np.sqrt(sigma2) if priors.conjugate else 1.0
    reached = exposure(trial.assigned, found.tau[k : k + 1])
    every = np.concatenate([ordinary * sds, reached * priors.effect[1]], axis=1) * scale
    seen = every[trial.day]
    lag = np.abs(days[:, None] - trial.day[None, :])
    linger = (1 - nu) * sigma2
    cross = every @ seen.T + linger * phi**lag
    own = cross[trial.day] + (nu * sigma2 + LEAST_NOISE * float(np.trace(cross[trial.day]) + 1e-300)) * np.eye(
        len(trial.day)
    )
    prior_mean = priors.intercept[0] + priors.effect[0] * reached[:, 0]
    if not len(trial.day):
        return prior_mean, (every**2).sum(axis=1) + linger, priors.effect[0] * reached[:, 0], prior_mean
    factor = linalg.cho_factor(own, lower=True)
    told = linalg.cho_solve(factor, trial.outcome - prior_mean[trial.day])
    half = linalg.solve_triangular(factor[0], cross.T, lower=True)
    variance = np.maximum((every**2).sum(axis=1) + linger - (half**2).sum(axis=0), 0.0)
    effect = priors.effect[0] + every[trial.day, -1] @ told * priors.effect[1] * scale
    regular = prior_mean + every @ (seen.T @ told)
    return prior_mean + cross @ told, variance, effect * reached[:, 0], regular


def _surprise(trial: Trial, priors: Priors, parts: Parts, found: Evaluated, m: int, k: int) -> tuple[Floats, Floats]:
    """(n,) whitened residuals about the posterior mean of the coefficients, and their sds, under one assumption."""
    if not len(trial.day):
        return np.empty(0), np.empty(0)
    ordinary, sds = columns(trial.day, len(trial.assigned), parts, priors)
    sigma = float(np.sqrt(_sigma2(found, m, k)))
    scale = sigma if priors.conjugate else 1.0
    reached = exposure(trial.assigned, found.tau[k : k + 1])[trial.day]
    y = trial.outcome - priors.intercept[0] - priors.effect[0] * reached[:, 0]
    every = np.concatenate([y[:, None], ordinary * sds * scale, reached * priors.effect[1] * scale], axis=1)
    white = whitened(trial.day, every, found.phi[m : m + 1], found.nu[m : m + 1])
    c = white.columns[0] / sigma
    x = c[:, 1:]
    beta = np.linalg.solve(x.T @ x + np.eye(x.shape[1]), x.T @ c[:, 0])
    return np.asarray(c[:, 0] - x @ beta), sigma * white.spread[0]
