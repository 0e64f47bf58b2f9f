"""The posterior of one person's trial: what the treatment did, with everything else integrated out.

``y = level + trend + weekday + effect * e(t) + u(t) + noise``: the effect comes and goes with time constant tau, u
lingers from day to day (Ornstein-Uhlenbeck), noise is white. Given phi, nu, tau and sigma all coefficients are normal
and integrated exactly; those four are integrated on lattices that follow the posterior. Deterministic: the same trial
gives the same answer, bit for bit. The equations stand in ``docs/methods/trials.md``.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from provender.terms.errors import InputError
from provender.trials.lattice import Lattice, first_lattice, next_lattice
from provender.trials.priors import Priors
from provender.trials.whitening import Days, Floats, whitened

MOST_DAYS: Final = 4000
PASSES: Final = 8
REFINEMENTS: Final = 3
SETTLED: Final = 5e-4
"""Change, in posterior sds, below which lattices are fine enough."""
NEWTON: Final = 3
STEP: Final = 1e-3
"""Of log sigma, for the slope and curvature at a mode."""
WEEK: Final = 7
LEAST_WEIGHT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts the model has; each off only for comparison."""

    lag: bool = True
    white: bool = True
    trend: bool = True
    weekday: bool = True


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


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is believed after the trial.

    Attributes:
        effect: Of the steady state: where the outcome would settle with treatment, less without.
        as_run: The effect as the trial ran: mean over its treatment days less mean over its comparison days.
        phi, nu, tau, sigma: (k,) values of the assumptions kept.
        weight: (k,) how far each is believed, sums to 1.
        log_likelihood: (k,) of the data under each, coefficients integrated out.
        log_evidence: Logarithm of the probability of the data under the model.
        observed: Days observed.
        informed: Whether both arms were observed at all.
        edge: Largest weight at any lattice's edge: near 0 when nothing was cut off.
        quadrature_error: Largest change, in posterior sds, from lattices with 1.4 times fewer nodes in each direction;
            None where that was not asked for.
    """

    effect: Mixture
    as_run: Mixture
    phi: Floats
    nu: Floats
    tau: Floats
    sigma: Floats
    weight: Floats
    log_likelihood: Floats
    log_evidence: float
    observed: int
    informed: bool
    edge: float
    quadrature_error: float | None = None

    def chance(self, name: str, at: float) -> float:
        """Probability that phi, nu, tau or sigma is at most ``at``."""
        return float(self.weight @ (getattr(self, name) <= at))


def posterior(
    day: ArrayLike,
    outcome: ArrayLike,
    assigned: ArrayLike,
    priors: Priors | None = None,
    *,
    counted: ArrayLike | None = None,
    parts: Parts | None = None,
    verified: bool = False,
) -> Posterior:
    """The posterior of a trial.

    Args:
        day: (n,) observed day index, 0 to T - 1, ascending; days not observed are simply not there.
        outcome: (n,) what was observed.
        assigned: (T,) 1 with treatment, 0 without, for every calendar day.
        priors: What is believed beforehand; None takes those of pain from 0 to 10.
        counted: (T,) days that the contrast as run compares; None all.
        parts: Which parts the model has; None all.
        verified: Whether to repeat it on finer lattices, until little changes, and say how much did.

    Raises:
        InputError: Days that are not ascending or not in the trial, an outcome that is no number, assignments other
            than 0 and 1, or a trial of more than 4,000 days.
    """
    trial = _checked(day, outcome, assigned, counted)
    believed, having = priors or Priors(), parts or Parts()
    lattice = first_lattice(lag=having.lag, white=having.white)
    found = _evaluated(trial, believed, having, lattice)
    for _ in range(PASSES):
        nearer = next_lattice(lattice, found.weight_of_nodes)
        if nearer is None:
            break
        lattice = nearer
        found = _evaluated(trial, believed, having, lattice)
    made = _posterior(trial, found)
    for _ in range(REFINEMENTS if verified else 0):
        lattice = lattice.finer()
        finer = _posterior(trial, _evaluated(trial, believed, having, lattice))
        change = _change(made, finer)
        made = replace(finer, quadrature_error=change)
        if change < SETTLED:
            break
    return made


def _change(one: Posterior, other: Posterior) -> float:
    sd = max(other.effect.sd, 1e-300)
    means = abs(one.effect.mean - other.effect.mean) / sd
    spreads = abs(one.effect.sd - other.effect.sd) / sd
    runs = abs(one.as_run.mean - other.as_run.mean) / max(other.as_run.sd, 1e-300)
    return max(means, spreads, runs)


def _checked(day: ArrayLike, outcome: ArrayLike, assigned: ArrayLike, counted: ArrayLike | None) -> Trial:
    days, y, a = np.asarray(day), np.asarray(outcome, dtype=np.float64), np.asarray(assigned, dtype=np.float64)
    if a.ndim != 1 or not 1 <= len(a) <= MOST_DAYS:
        raise InputError(f"found a trial of {a.size:,} days, expected 1 to {MOST_DAYS:,}", field="assigned")
    if not np.isin(a, (0.0, 1.0)).all():
        raise InputError("found a day of neither arm, expected 1 with treatment and 0 without", field="assigned")
    if days.ndim != 1 or days.shape != y.shape:
        raise InputError(f"found {days.size} days and {y.size} outcomes, expected one each", field="outcome")
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise InputError("found a day that is no whole number", field="day")
    days = days.astype(np.int64)
    if days.size and (np.any(np.diff(days) <= 0) or days[0] < 0 or days[-1] >= len(a)):
        raise InputError(
            f"found days that do not ascend within 0 to {len(a) - 1}, expected each observed day once, in order",
            field="day",
        )
    if not np.isfinite(y).all():
        raise InputError("found an outcome that is no number; leave days without one out", field="outcome")
    use = np.ones(len(a), dtype=np.bool_) if counted is None else np.asarray(counted, dtype=np.bool_)
    if use.shape != a.shape:
        raise InputError(f"found {use.size} counted days, expected {a.size}", field="counted")
    return Trial(days, y, a, use)


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
    for t, a in enumerate(assigned):
        level = a + keep * (level - a)
        found[t] = level
    return found


def _columns(trial: Trial, parts: Parts, priors: Priors) -> tuple[Floats, Floats]:
    """The columns beside the treatment, each divided by its prior sd, (n, p); the first is the level's."""
    day, length = trial.day, len(trial.assigned)
    columns, sds = [np.ones(len(day))], [priors.intercept[1]]
    if parts.trend:
        columns.append(day / max(length - 1, 1) - 0.5)
        sds.append(priors.trend_sd)
    if parts.weekday:
        columns += [(day % WEEK == w).astype(np.float64) for w in range(WEEK)]
        sds += [priors.weekday_sd] * WEEK
    return np.stack(columns, axis=1), np.array(sds)


@dataclass(frozen=True, eq=False)
class _Evaluated:
    """Everything at every node, shapes (m, k, s): residual assumptions, tau, sigma; ``sigma`` itself is (m, s)."""

    lattice: Lattice
    phi: Floats
    nu: Floats
    tau: Floats
    sigma: Floats
    log_likelihood: Floats
    weight: Floats
    mean: Floats
    sd: Floats
    log_evidence: float

    @property
    def weight_of_nodes(self) -> tuple[Floats, Floats]:
        """(m,) of the residual assumptions, (k,) of tau."""
        return self.weight.sum(axis=(1, 2)), self.weight.sum(axis=(0, 2))


def _evaluated(trial: Trial, priors: Priors, parts: Parts, lattice: Lattice) -> _Evaluated:
    phi, nu = lattice.residual(priors)
    tau = lattice.taus(priors)
    gram = _gram(trial, priors, parts, phi, nu, tau)
    u, unit = _log_sigma(gram, priors, lattice)
    sigma2 = np.exp(2 * u)
    log_likelihood, mean, variance = _at(gram, priors, sigma2)
    of_sigma = _log_prior_of_log_sigma(u, priors) + np.log(lattice.sigma_step * unit)
    log = log_likelihood + lattice.log_prior()[:, :, None] + of_sigma[:, None, :]
    top = log.max()
    weight = np.exp(log - top)
    total = weight.sum()
    evidence = float(top + np.log(total) + lattice.log_cell())
    return _Evaluated(
        lattice, phi, nu, tau, np.exp(u), log_likelihood, weight / total, mean, np.sqrt(variance), evidence
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


def _gram(trial: Trial, priors: Priors, parts: Parts, phi: Floats, nu: Floats, tau: Floats) -> _Gram:
    ordinary, sds = _columns(trial, parts, priors)
    exposed = exposure(trial.assigned, tau)[trial.day]
    y = trial.outcome - priors.intercept[0]
    every = np.concatenate([y[:, None], ordinary * sds, exposed], axis=1)
    found = whitened(trial.day, every, phi, nu)
    p = ordinary.shape[1]
    c = found.columns
    left = c[:, :, : 1 + p]
    cross = np.matmul(left.transpose(0, 2, 1), c)
    ee = np.einsum("mnk,mnk->mk", c[:, :, 1 + p :], c[:, :, 1 + p :])
    root, turn = np.linalg.eigh(cross[:, 1:, 1 : 1 + p])
    by = np.matmul(turn.transpose(0, 2, 1), cross[:, 1:, :1])[:, :, 0]
    be = np.matmul(turn.transpose(0, 2, 1), cross[:, 1:, 1 + p :]).transpose(0, 2, 1)
    return _Gram(
        days=len(trial.day),
        log_det=found.log_det,
        root=np.maximum(root, 0.0),
        yy=cross[:, 0, 0],
        by=by,
        ee=ee,
        ey=cross[:, 0, 1 + p :],
        be=np.ascontiguousarray(be),
    )


def _at(gram: _Gram, priors: Priors, sigma2: Floats) -> tuple[Floats, Floats, Floats]:
    """Log-likelihood, and mean and variance of the effect, (m, k, s), at sigma² of shape (m, s)."""
    ridge = np.ones_like(sigma2) if priors.conjugate else sigma2
    shrunk = 1.0 / (gram.root[:, :, None] + ridge[:, None, :])
    yy = gram.yy[:, None] - np.sum((gram.by**2)[:, :, None] * shrunk, axis=1)
    ey = gram.ey[:, :, None] - np.matmul(gram.be * gram.by[:, None, :], shrunk)
    ee = np.maximum(gram.ee[:, :, None] - np.matmul(gram.be**2, shrunk), 0.0)
    prior_mean, prior_sd = priors.effect
    at = sigma2[:, None, :]
    prior_variance = prior_sd**2 * (at if priors.conjugate else np.ones_like(at))
    precision = 1.0 / prior_variance + ee / at
    pull = (ey - prior_mean * ee) / at
    shift = pull / precision
    fixed = gram.days * (np.log(2 * np.pi) + np.log(sigma2)) + gram.log_det[:, None] + yy / sigma2
    fixed += np.log1p(gram.root[:, :, None] / ridge[:, None, :]).sum(axis=1)
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


def _posterior(trial: Trial, found: _Evaluated) -> Posterior:
    weight = found.weight.ravel()
    keep = weight > LEAST_WEIGHT * weight.max()
    kept = weight[keep] / weight[keep].sum()
    means, sds = found.mean.ravel()[keep], found.sd.ravel()[keep]
    m, k, s = found.weight.shape
    at = np.broadcast_to(np.arange(k)[None, :, None], (m, k, s)).ravel()[keep]
    contrast = _contrast(trial, found.tau)[at]
    phi, nu = (np.broadcast_to(v[:, None, None], (m, k, s)).ravel()[keep] for v in (found.phi, found.nu))
    seen = trial.assigned[trial.day]
    return Posterior(
        effect=Mixture(kept, means, sds),
        as_run=Mixture(kept, contrast * means, np.abs(contrast) * sds),
        phi=phi,
        nu=nu,
        tau=found.tau[at],
        sigma=np.broadcast_to(found.sigma[:, None, :], (m, k, s)).ravel()[keep],
        weight=kept,
        log_likelihood=found.log_likelihood.ravel()[keep],
        log_evidence=found.log_evidence,
        observed=len(trial.day),
        informed=bool(len(seen)) and 0 < float(seen.mean()) < 1,
        edge=found.lattice.edge(*found.weight_of_nodes),
    )


def _contrast(trial: Trial, tau: Floats) -> Floats:
    """(k,) mean exposure of counted treatment days less that of counted comparison days; 1 without one of the arms."""
    treated, other = trial.counted & (trial.assigned == 1), trial.counted & (trial.assigned == 0)
    if not treated.any() or not other.any():
        return np.ones(len(tau))
    reached = exposure(trial.assigned, tau)
    return np.asarray(reached[treated].mean(axis=0) - reached[other].mean(axis=0))
