"""Scores at a bound, ordered categories and counts: a latent Gaussian level, solved at each node of the lattice.

The model is that of the posterior, one step further from what was observed::

    level = b0 + trend (t/(T-1) - 1/2) + weekday + effect * exposure(t) + u(t)
    u       Ornstein-Uhlenbeck, correlation phi^days, variance (1 - nu) sigma^2
    white   noise of one day alone, variance nu sigma^2: part of the likelihood
    exposure first-order onset and washout with time constant tau days

Given ``phi, nu, sigma, tau`` the coefficients and ``u`` are jointly normal a priori, and every likelihood is
log-concave. Each day's likelihood is replaced by a normal factor. Two ways to choose them, one loop: at the mode
(``laplace``), or so that each factor reproduces the mean and variance of the level under the exact likelihood
(``expectation``, expectation propagation). A pass over the days costs O(n): the chain is tridiagonal and the
coefficients are a Schur complement.

Source: Rue, Martino & Chopin 2009, DOI 10.1111/j.1467-9868.2008.00700.x (Laplace at nodes); Minka 2001, UAI, and
Rasmussen & Williams 2006, ISBN 026218253X, section 3.6 (expectation propagation); the common loop is own.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.trials.latent_case import Case, CoefficientPriors, Days, Nodes, checked
from provender.trials.latent_chain import Chain, Factor, chain, factor, solve, variances
from provender.trials.likelihoods import Floats, Likelihood, Terms

PASSES: Final = 30
SETTLED: Final = 1e-4
"""A node is settled when no day's level moves by more than this part of its standard deviation in a pass (own)."""
_SLOWER: Final = 0.7
_FASTER: Final = 1.2
_LEAST_RATE: Final = 0.05
_LEAST_REST: Final = 1e-12
_LEAVING: Final = 0.25
_TOGETHER: Final = 100


@dataclass(frozen=True, slots=True, eq=False)
class NodeFits:
    """What each node says; n observed days, c coefficients (the effect last), m nodes.

    Attributes:
        log_marginal: (m,), log probability of what was observed given the node.
        mean: (m, c), posterior means of the coefficients: intercept, trend, seven weekdays, effect.
        covariance: (m, c, c), their posterior covariance.
        level: (n, m), posterior mean of the level on observed days.
        level_variance: (n, m), its variance.
        columns: (n, c, m), what multiplies the coefficients.
        weight: (n, m), precision of each day's normal factor.
        pull: (n, m), its precision times its mean, above the prior mean of the level.
        passes: (m,), how many passes were needed.
        settled: (m,), whether the passes converged.
    """

    log_marginal: Floats
    mean: Floats
    covariance: Floats
    level: Floats
    level_variance: Floats
    columns: Floats
    weight: Floats
    pull: Floats
    passes: NDArray[np.int64]
    settled: NDArray[np.bool_]

    @property
    def effect_mean(self) -> Floats:
        """(m,), posterior mean of the steady-state effect."""
        return self.mean[:, -1]

    @property
    def effect_sd(self) -> Floats:
        """(m,), its standard deviation."""
        return np.sqrt(self.covariance[:, -1, -1])

    def part(self, which: NDArray[np.int64]) -> "NodeFits":
        """Those nodes alone."""
        return NodeFits(
            self.log_marginal[which],
            self.mean[which],
            self.covariance[which],
            self.level[:, which],
            self.level_variance[:, which],
            self.columns[:, :, which],
            self.weight[:, which],
            self.pull[:, which],
            self.passes[which],
            self.settled[which],
        )


def laplace(
    day: Days,
    assigned: Floats,
    priors: CoefficientPriors,
    likelihood: Likelihood,
    nodes: Nodes,
    *,
    lag: bool = True,
    weekday: bool = True,
    trend: bool = True,
) -> NodeFits:
    """Each node by Laplace's approximation: a normal at the mode with the curvature there.

    A cheap first look; answer with ``expectation``. Largest difference of the effect between the two, in posterior sds,
    over ten trials of 56 days for each white noise (in steps of the scale): in the middle of the scale 0.14 at 0.2,
    0.01 at 0.5; with the comparison level 1.5 steps above the floor 0.84 at 0.2, 0.35 at 0.5, 0.15 at 1, 0.08 at 2.
    Over a lattice it is worse than that: it overrates nodes with little white noise so far that they take all weight.
    For counts of 112 days it was up to 0.21, most where ``sigma`` is large.

    Args:
        day: (n,), observed day index, strictly increasing, within ``assigned``.
        assigned: (T,), 1.0 treatment, 0.0 comparison, every calendar day.
        priors: Normal priors of the coefficients, in the level's unit (the log of a rate for counts).
        likelihood: What was observed on those days.
        nodes: Where to evaluate.
        lag: Whether the exposure has onset and washout; without, it is the assignment.
        weekday: Whether days of the week differ.
        trend: Whether there is a linear trend.

    Raises:
        InputError: Days that do not fit the assignment or the likelihood, or nodes outside their range.
    """
    return _fits(Case(day, assigned, priors, likelihood, lag, weekday, trend), nodes, matched=False)


def expectation(
    day: Days,
    assigned: Floats,
    priors: CoefficientPriors,
    likelihood: Likelihood,
    nodes: Nodes,
    *,
    lag: bool = True,
    weekday: bool = True,
    trend: bool = True,
) -> NodeFits:
    """Each node by expectation propagation: as ``laplace``, but each day's factor matches mean and variance.

    Against importance sampling, 28 days mostly at a bound or of rare counts: log marginal within 0.02, mean within
    0.005 posterior sd, sd within 0.4 %. With every one of four days at the floor the log marginal is out by up to 0.08.
    A few nodes of no weight (``sigma`` many times what the outcome allows) may not settle: add up their weight.

    Raises:
        InputError: As ``laplace``.
    """
    return _fits(Case(day, assigned, priors, likelihood, lag, weekday, trend), nodes, matched=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    """The normal posterior under the present factors, levels above the prior mean."""

    factor: Factor
    apart: Floats  # (n, c, m): what the level gains from a unit of a coefficient once u has answered
    inverse: Floats  # (m, c, c)
    mean: Floats  # (m, c)
    level: Floats  # (n, m)
    variance: Floats  # (n, m)
    log_volume: Floats  # (m,): log|S|


def _solved(found: Chain, columns: Floats, precision: Floats, weight: Floats, pull: Floats) -> _Solved:
    made = factor(found, weight)
    count = columns.shape[1]
    right = np.empty((len(weight), count + 1, weight.shape[1]))
    weighted = columns * weight[:, None, :]
    right[:, :-1] = weighted
    right[:, -1] = pull
    answer = solve(made, right)
    apart, alone = columns - answer[:, :-1], answer[:, -1]
    square = np.matmul(_nodes_first(weighted).transpose(0, 2, 1), _nodes_first(apart))
    square = 0.5 * (square + square.transpose(0, 2, 1))
    square[:, range(count), range(count)] += precision
    lower = np.linalg.cholesky(square)
    turned = np.linalg.inv(lower)
    inverse = np.matmul(turned.transpose(0, 2, 1), turned)
    target = np.einsum("ncm,nm->mc", columns, pull - weight * alone)
    mean = np.einsum("mcd,md->mc", inverse, target)
    level = alone + np.einsum("ncm,mc->nm", apart, mean)
    spread = np.matmul(_nodes_first(apart), turned.transpose(0, 2, 1))
    variance = variances(made) + np.einsum("mnc,mnc->nm", spread, spread)
    log_volume = 2.0 * np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(axis=1)
    return _Solved(made, apart, inverse, mean, level, variance, log_volume)


def _nodes_first(values: Floats) -> Floats:
    return np.ascontiguousarray(np.moveaxis(values, 2, 0))


def _fits(case: Case, nodes: Nodes, *, matched: bool) -> NodeFits:
    checked(case, nodes)
    days, count, total = len(case.day), len(case.prior()[0]), len(nodes)
    into = NodeFits(
        log_marginal=np.empty(total),
        mean=np.empty((total, count)),
        covariance=np.empty((total, count, count)),
        level=np.empty((days, total)),
        level_variance=np.empty((days, total)),
        columns=np.empty((days, count, total)),
        weight=np.empty((days, total)),
        pull=np.empty((days, total)),
        passes=np.zeros(total, dtype=np.int64),
        settled=np.zeros(total, dtype=np.bool_),
    )
    for k in range(0, total, _TOGETHER):
        _fit(case, nodes, np.arange(k, min(k + _TOGETHER, total)), into, matched=matched)
    return into


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """The nodes still at work: where they stand between two passes."""

    where: NDArray[np.int64]
    columns: Floats
    offset: Floats
    white: Floats
    found: Chain
    weight: Floats
    pull: Floats
    rate: Floats
    moved: Floats
    before: Floats

    def part(self, keep: NDArray[np.bool_]) -> "_Work":
        """Those nodes alone."""
        return _Work(
            self.where[keep],
            self.columns[:, :, keep],
            self.offset[:, keep],
            self.white[keep],
            Chain(self.found.kept[:, keep], self.found.fresh[:, keep]),
            self.weight[:, keep],
            self.pull[:, keep],
            self.rate[keep],
            self.moved[keep],
            self.before[:, keep],
        )


def _fit(case: Case, nodes: Nodes, where: NDArray[np.int64], into: NodeFits, *, matched: bool) -> None:
    """Solve some of the nodes and write what they say into ``into``; a node that has settled leaves the work."""
    precision = case.prior()[1]
    work = _begun(case, nodes, where)
    for passes in range(1, PASSES + 1):
        solved = _solved(work.found, work.columns, precision, work.weight, work.pull)
        variance, centre = _cavity(solved, work.weight, work.pull, matched=matched)
        terms = case.likelihood.terms(work.offset + centre, variance, work.white)
        move = np.max(np.abs(solved.level - work.before) / np.sqrt(solved.variance), axis=0, initial=0.0)
        settled = move < SETTLED
        rate = np.where(move > _SLOWER * work.moved, _SLOWER, _FASTER) * work.rate
        done = settled | (passes == PASSES)
        if done.all() or done.mean() > _LEAVING:
            _kept(case, work, solved, _stand_in_gap(work, terms, centre, variance), done, into)
            into.passes[work.where[done]] = passes
            into.settled[work.where[done]] = settled[done]
        else:
            done = np.zeros_like(done)
        if done.all():
            return
        shrunk = np.maximum(1.0 - terms.curvature * variance, _LEAST_REST)
        rate = np.clip(rate, _LEAST_RATE, 1.0)
        work = replace(
            work,
            weight=work.weight + rate * (terms.curvature / shrunk - work.weight),
            pull=work.pull + rate * ((terms.slope + centre * terms.curvature) / shrunk - work.pull),
            rate=rate,
            moved=move,
            before=solved.level,
        )
        work = work.part(~done) if done.any() else work


def _begun(case: Case, nodes: Nodes, where: NDArray[np.int64]) -> _Work:
    """Every day's factor where the likelihood says to start."""
    at = nodes.part(where)
    columns, white = case.columns(at.tau), at.nu * at.sigma**2
    offset = np.einsum("ncm,c->nm", columns, case.prior()[0])
    start, weight = case.likelihood.start(white)
    return _Work(
        where,
        columns,
        offset,
        white,
        chain(case.day, at.phi, (1.0 - at.nu) * at.sigma**2),
        weight,
        weight * (start[:, None] - offset),
        np.ones(len(at)),
        np.full(len(at), np.inf),
        np.zeros_like(offset),
    )


def _stand_in_gap(work: _Work, terms: Terms, centre: Floats, variance: Floats) -> Floats:
    """By how much the likelihoods exceed their normal factors, each under the rest, as logarithms added up; (m,)."""
    spread = 1.0 + work.weight * variance
    bent = 2.0 * centre * work.pull + variance * work.pull**2 - work.weight * centre**2
    gap: Floats = (terms.log - 0.5 * (bent / spread - np.log(spread))).sum(axis=0)
    return gap


def _kept(case: Case, work: _Work, solved: _Solved, gap: Floats, done: NDArray[np.bool_], into: NodeFits) -> None:
    means, precision = case.prior()
    volume = solved.factor.log_ratio + solved.log_volume - np.log(precision).sum()
    to = work.where[done]
    into.log_marginal[to] = (gap + 0.5 * ((work.pull * solved.level).sum(axis=0) - volume))[done]
    into.mean[to] = means + solved.mean[done]
    into.covariance[to] = solved.inverse[done]
    into.level[:, to] = (work.offset + solved.level)[:, done]
    into.level_variance[:, to] = solved.variance[:, done]
    into.columns[:, :, to] = work.columns[:, :, done]
    into.weight[:, to] = work.weight[:, done]
    into.pull[:, to] = work.pull[:, done]


def _cavity(solved: _Solved, weight: Floats, pull: Floats, *, matched: bool) -> tuple[Floats, Floats]:
    """Variance and mean of each level without its own day's factor; without matching, no variance and the mode."""
    if not matched:
        return np.zeros_like(weight), solved.level
    rest = np.maximum(1.0 / solved.variance - weight, _LEAST_REST / solved.variance)
    variance = 1.0 / rest
    return variance, variance * (solved.level / solved.variance - pull)
