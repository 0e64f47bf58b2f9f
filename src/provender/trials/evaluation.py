"""A trial at every node of a lattice: how well it explains the days, and what the effect is there.

Given phi, nu, tau and sigma the outcome is normal and so are all coefficients. The days are made independent once for
each phi and nu; the products of their columns, turned so that the ordinary ones stand at right angles, then give every
tau and sigma without another look at the days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from provender.trials.lattice import Lattice
from provender.trials.priors import Priors
from provender.trials.whitening import Days, Floats, whitened

NEWTON: Final = 3
STEP: Final = 1e-3
"""Of log sigma, for the slope and curvature at a mode."""
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts the model has; each off, or the bend of the trend on, only for comparison."""

    lag: bool = True
    white: bool = True
    trend: bool = True
    weekday: bool = True
    bend: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The days of a trial as numbers.

    Attributes:
        day: (n,) observed day index, ascending.
        outcome: (n,) what was observed.
        assigned: (T,) 1 with treatment, 0 without, every calendar day.
        counted: (T,) the days whose exposure the contrast as run compares; run-in and washout are not.
    """

    day: Days
    outcome: Floats
    assigned: Floats
    counted: NDArray[np.bool_]


def exposure(assigned: Floats, tau: Floats) -> Floats:
    """How far the effect has come on each day: ``e_k = e_{k-1} + (1 - exp(-1 / tau)) (a_k - e_{k-1})``.

    Args:
        assigned: (T,).
        tau: (k,) in days; 0 for at once.

    Returns:
        (T, k), 0 to 1.
    """
    keep = np.where(tau > 0, np.exp(-1.0 / np.maximum(tau, 1e-12)), 0.0)
    found = np.empty((len(assigned), len(tau)))
    level = np.zeros(len(tau))
    begins = np.flatnonzero(np.diff(assigned, prepend=np.nan) != 0)
    for begin, end in zip(begins, [*begins[1:], len(assigned)], strict=True):
        a = assigned[begin]
        found[begin:end] = a + keep ** np.arange(1, end - begin + 1)[:, None] * (level - a)
        level = found[end - 1]
    return found


def columns(day: Days, length: int, parts: Parts, priors: Priors) -> tuple[Floats, Floats]:
    """The columns beside the treatment, (n, p), and their prior sds, (p,); the first is the level's.

    Args:
        day: (n,) day index.
        length: Days of the trial.
        parts: Which of them there are.
        priors: Where the sds come from.
    """
    found, sds = [np.ones(len(day))], [priors.intercept[1]]
    along = day / max(length - 1, 1) - 0.5
    if parts.trend:
        found.append(along)
        sds.append(priors.trend_sd)
    if parts.bend:
        found.append(6 * (along**2 - 1 / 12))
        sds.append(priors.trend_sd)
    if parts.weekday:
        found += [(day % WEEK == w).astype(np.float64) for w in range(WEEK)]
        sds += [priors.weekday_sd] * WEEK
    return np.stack(found, axis=1), np.array(sds)


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Everything at every node, shapes (m, k, s): residual assumptions, tau, sigma.

    ``sigma`` itself is (m, s), and half its cell, in logs, (m, 1).
    """

    lattice: Lattice
    phi: Floats
    nu: Floats
    tau: Floats
    sigma: Floats
    sigma_cell: Floats
    log_likelihood: Floats
    weight: Floats
    mean: Floats
    sd: Floats
    log_evidence: float

    @property
    def weight_of_nodes(self) -> tuple[Floats, Floats]:
        """(m,) of the residual assumptions, (k,) of tau."""
        return self.weight.sum(axis=(1, 2)), self.weight.sum(axis=(0, 2))


def evaluated(trial: Trial, priors: Priors, parts: Parts, lattice: Lattice) -> Evaluated:
    """A trial at every node of a lattice."""
    return next(evaluations(trial, trial.outcome[:, None], priors, parts, lattice))


def evaluations(trial: Trial, outcomes: Floats, priors: Priors, parts: Parts, lattice: Lattice) -> Iterator[Evaluated]:
    """Several outcomes of the same days, (n, b), each at every node of a lattice; the days are whitened but once."""
    phi, nu = lattice.residual(priors)
    tau = lattice.taus(priors)
    for gram in _grams(trial, outcomes, priors, parts, (phi, nu, tau)):
        u, unit = _log_sigma(gram, priors, lattice)
        log_likelihood, mean, variance = _at(gram, priors, np.exp(2 * u))
        of_sigma = _log_prior_of_log_sigma(u, priors) + np.log(lattice.sigma_step * unit)
        log = log_likelihood + lattice.log_prior()[:, :, None] + of_sigma[:, None, :]
        top = log.max()
        weight = np.exp(log - top)
        total = weight.sum()
        yield Evaluated(
            lattice,
            phi,
            nu,
            tau,
            np.exp(u),
            0.5 * lattice.sigma_step * unit,
            log_likelihood,
            weight / total,
            mean,
            np.sqrt(variance),
            float(top + np.log(total) + lattice.log_cell()),
        )


@dataclass(eq=False)
class _Gram:
    """Products of whitened columns, the ordinary ones rotated so that their own are diagonal.

    Attributes:
        days: n.
        log_det: (m,).
        root: (m, p) eigenvalues of the ordinary columns' products, in prior sds.
        yy: (m,); by: (m, p): of the outcome, and with the rotated columns.
        ee, ey: (m, k); be: (m, k, p): of the exposures.
    """

    days: int
    log_det: Floats
    root: Floats
    yy: Floats
    by: Floats
    ee: Floats
    ey: Floats
    be: Floats


def _grams(
    trial: Trial, outcomes: Floats, priors: Priors, parts: Parts, nodes: tuple[Floats, Floats, Floats]
) -> Iterator[_Gram]:
    phi, nu, tau = nodes
    ordinary, sds = columns(trial.day, len(trial.assigned), parts, priors)
    exposed = exposure(trial.assigned, tau)[trial.day]
    every = np.concatenate([ordinary * sds, exposed, outcomes - priors.intercept[0]], axis=1)
    found = whitened(trial.day, every, phi, nu)
    p, k, c = ordinary.shape[1], len(tau), found.columns
    cross = np.matmul(c[:, :, :p].transpose(0, 2, 1), c)
    reached, y = c[:, :, p : p + k], c[:, :, p + k :]
    ee = np.einsum("mnk,mnk->mk", reached, reached)
    ey = np.matmul(reached.transpose(0, 2, 1), y)
    yy = np.einsum("mnb,mnb->mb", y, y)
    root, turn = np.linalg.eigh(cross[:, :, :p])
    turned = np.matmul(turn.transpose(0, 2, 1), cross[:, :, p:])
    be = np.ascontiguousarray(turned[:, :, :k].transpose(0, 2, 1))
    root = np.maximum(root, 0.0)
    for b in range(outcomes.shape[1]):
        yield _Gram(len(trial.day), found.log_det, root, yy[:, b], turned[:, :, k + b], ee, ey[:, :, b], be)


def _at(gram: _Gram, priors: Priors, sigma2: Floats) -> tuple[Floats, Floats, Floats]:
    """Log-likelihood, and mean and variance of the effect, (m, k, s), at sigma² of shape (m, s)."""
    ridge = np.ones_like(sigma2) if priors.conjugate else sigma2
    shrunk = 1.0 / (gram.root[:, :, None] + ridge[:, None, :])
    yy = gram.yy[:, None] - np.matmul((gram.by**2)[:, None, :], shrunk)[:, 0]
    ey = gram.ey[:, :, None] - np.matmul(gram.be * gram.by[:, None, :], shrunk)
    ee = np.maximum(gram.ee[:, :, None] - np.matmul(gram.be**2, shrunk), 0.0)
    prior_mean, prior_sd = priors.effect
    at = sigma2[:, None, :]
    prior_variance = prior_sd**2 * (at if priors.conjugate else np.ones_like(at))
    precision = 1.0 / prior_variance + ee / at
    pull = (ey - prior_mean * ee) / at
    shift = pull / precision
    fixed = gram.days * (np.log(2 * np.pi) + np.log(sigma2)) + gram.log_det[:, None] + yy / sigma2
    fixed -= np.log(np.prod(shrunk * ridge[:, None, :], axis=1))
    log = -0.5 * (fixed[:, None, :] + np.log(prior_variance * precision) - pull * shift)
    if prior_mean:
        log -= 0.5 * (prior_mean**2 * ee - 2 * prior_mean * ey) / at
    return log, prior_mean + shift, 1.0 / precision


def _log_prior_of_log_sigma(u: Floats, priors: Priors) -> Floats:
    """Log-density of the logarithm of sigma: half-t, or inverse gamma (2, 2) of the variance."""
    if priors.conjugate:
        return np.asarray(np.log(2.0) + 2 * np.log(2.0) - 4 * u - 2 * np.exp(-2 * u))
    df, scale = priors.sigma_df, priors.sigma_scale
    constant = np.log(2.0) + special.gammaln((df + 1) / 2) - special.gammaln(df / 2) - 0.5 * np.log(df * np.pi)
    return np.asarray(constant - np.log(scale) + u - (df + 1) / 2 * np.log1p(np.exp(2 * (u - np.log(scale))) / df))


def _log_sigma(gram: _Gram, priors: Priors, lattice: Lattice) -> tuple[Floats, Floats]:
    """(m, s) nodes of log sigma about each assumption's own mode, tau integrated out; and (m, 1) their unit."""
    u = np.full((len(gram.log_det), 1), np.log(priors.sigma_scale))
    if gram.days:
        u = 0.5 * np.log(np.maximum(gram.yy / gram.days, 1e-12 * priors.sigma_scale**2))[:, None]
    prior = lattice.log_prior()[:, :, None]
    curvature = np.full_like(u, -1.0)
    for _ in range(NEWTON):
        near = u + STEP * np.array([-1.0, 0.0, 1.0])
        log = _at(gram, priors, np.exp(2 * near))[0] + prior
        top = log.max(axis=1, keepdims=True)
        log = top[:, 0] + np.log(np.exp(log - top).sum(axis=1)) + _log_prior_of_log_sigma(near, priors)
        slope = (log[:, 2:] - log[:, :1]) / (2 * STEP)
        curvature = np.minimum((log[:, 2:] - 2 * log[:, 1:2] + log[:, :1]) / STEP**2, -0.2)
        u = u + np.clip(-slope / curvature, -1.5, 1.5)
    unit = 1.0 / np.sqrt(-curvature)
    return u + unit * lattice.sigma_nodes, unit
