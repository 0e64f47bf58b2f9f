"""The latent model against draws: importance sampling at a node, and calibration over the priors."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import beta, chisquare, norm, t

from provender.trials.count_likelihoods import NegativeBinomial, Occurrence, Poisson
from provender.trials.count_priors import CountPriors
from provender.trials.latent import expectation, laplace
from provender.trials.latent_case import Nodes
from provender.trials.likelihoods import scores

pytestmark = pytest.mark.slow

PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)
LOW_PAIN = SimpleNamespace(
    intercept=(2.0, 2.0), effect=(0.0, 1.5), trend_sd=1.0, weekday_sd=0.4, sigma_scale=2.0, sigma_df=4.0, tau=(3.0, 0.7)
)
DAYS = np.arange(56)
ASSIGNED = np.resize(np.repeat([0.0, 1.0], 7), 56)


def sampled(likelihood, priors, at, days, assigned, size=200_000):
    """Log marginal, effect mean and sd by importance sampling from a widened expectation-propagation posterior."""
    rng, fits = np.random.default_rng(7), expectation(days, assigned, priors, likelihood, at)
    n, x, w, coef = len(days), fits.columns[:, :, 0], fits.weight[:, 0], fits.covariance[0]
    variance = (1 - at.nu[0]) * at.sigma[0] ** 2
    prior_u = variance * at.phi[0] ** np.abs(days[:, None] - days[None, :])
    inner = np.linalg.inv(np.linalg.inv(prior_u) + np.diag(w))
    gain = inner @ (x * w[:, None])
    joint = np.block([[inner + gain @ coef @ gain.T, -gain @ coef], [-(gain @ coef).T, coef]]) * 1.15
    centre = np.concatenate([fits.level[:, 0] - x @ fits.mean[0], fits.mean[0]])
    lower = np.linalg.cholesky(joint)
    z = rng.normal(size=(size, n + x.shape[1]))
    draws = centre + z @ lower.T
    u, b = draws[:, :n], draws[:, n:]
    means = np.array([priors.intercept[0], *[0.0] * 8, priors.effect[0]])
    sds = np.array([priors.intercept[1], priors.trend_sd, *[priors.weekday_sd] * 7, priors.effect[1]])
    root = np.linalg.cholesky(prior_u)
    log = norm.logpdf(b, means, sds).sum(axis=1) + norm.logpdf(np.linalg.solve(root, u.T)).sum(axis=0)
    log -= np.log(np.diag(root)).sum()
    log -= norm.logpdf(z).sum(axis=1) - np.log(np.diag(lower)).sum()
    level = (u + b @ x.T).T
    white = np.full(size, at.nu[0] * at.sigma[0] ** 2)
    log += likelihood.terms(level, np.zeros((n, size)), white).log.sum(axis=0)
    share = np.exp(log - log.max())
    marginal = np.log(share.mean()) + log.max()
    share /= share.sum()
    mean = (share * b[:, -1]).sum()
    return fits, marginal, mean, np.sqrt((share * (b[:, -1] - mean) ** 2).sum()), 1 / (share**2).sum()


FLOOR = [[0, 0, 1, 0, 3, 2, 0, 0, 0, 0, 0, 1, 0, 0, 2, 4, 1, 0, 2, 3, 1, 0, 0, 0, 0, 0, 0, 1], (0.7, 0.3, 1.5, 2.0)]
TOP = [
    [10, 9, 8, 10, 10, 7, 10, 6, 5, 9, 10, 7, 8, 6, 10, 10, 10, 9, 10, 8, 10, 7, 9, 10, 6, 8, 5, 7],
    (0.4, 0.1, 2.0, 2.0),
]


@pytest.mark.parametrize(("outcome", "node"), [FLOOR, TOP])
def test_scores_at_a_bound_have_the_posterior_of_importance_sampling(outcome, node):
    at = Nodes(*(np.array([v]) for v in node))
    days, likelihood = np.arange(28), scores(np.array(outcome, dtype=float), PAIN)
    fits, marginal, mean, sd, size = sampled(likelihood, LOW_PAIN, at, days, ASSIGNED[:28])
    assert size > 2000
    assert fits.log_marginal[0] == pytest.approx(marginal, abs=0.03)
    assert fits.effect_mean[0] == pytest.approx(mean, abs=0.02 * sd)
    assert fits.effect_sd[0] == pytest.approx(sd, rel=0.015)


RARE = [0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", [Poisson, NegativeBinomial, Occurrence])
def test_rare_counts_have_the_posterior_of_importance_sampling(kind):
    at = Nodes(np.array([0.6]), np.array([0.3]), np.array([0.8]), np.array([2.0]))
    y = np.array(RARE, dtype=float)
    likelihood = kind(np.minimum(y, 1.0) if kind is Occurrence else y)
    fits, marginal, mean, sd, size = sampled(likelihood, CountPriors(), at, np.arange(28), ASSIGNED[:28], 20_000)
    rough = laplace(np.arange(28), ASSIGNED[:28], CountPriors(), likelihood, at)
    assert abs(rough.effect_mean[0] - mean) < 0.1 * sd
    assert size > 2000
    assert fits.log_marginal[0] == pytest.approx(marginal, abs=0.03)
    assert fits.effect_mean[0] == pytest.approx(mean, abs=0.03 * sd)
    assert fits.effect_sd[0] == pytest.approx(sd, rel=0.015)


def lattice(priors, log_sigma, sides):
    """A tensor lattice: normal scores for phi, nu and tau, the given values of log sigma."""
    z = np.linspace(-2.4, 2.4, sides)
    p, n, s, k = (v.ravel() for v in np.meshgrid(z, z, log_sigma, z, indexing="ij"))
    at = Nodes(beta(2, 2).ppf(norm.cdf(p)), norm.cdf(n), np.exp(s), priors.tau[0] * np.exp(priors.tau[1] * k))
    return at, norm.logpdf(p) + norm.logpdf(n) + norm.logpdf(k) + t(priors.sigma_df).logpdf(
        at.sigma / priors.sigma_scale
    ) + s


def rank(likelihood, priors, effect):
    """The posterior probability of an effect below the true one, over a lattice that finds sigma in two steps."""
    span = np.linspace(np.log(0.05 * priors.sigma_scale), np.log(8 * priors.sigma_scale), 15)
    at, log = lattice(priors, span, 3)
    for _ in range(2):
        log_weight = expectation(DAYS, ASSIGNED, priors, likelihood, at).log_marginal + log
        share = np.exp(log_weight - log_weight.max())
        share /= share.sum()
        mean = (share * np.log(at.sigma)).sum()
        sd = max(np.sqrt((share * (np.log(at.sigma) - mean) ** 2).sum()), 0.05)
        at, log = lattice(priors, np.linspace(mean - 3 * sd, mean + 3 * sd, 7), 4)
    found = expectation(DAYS, ASSIGNED, priors, likelihood, at)
    share = np.exp(found.log_marginal + log - (found.log_marginal + log).max())
    return (share / share.sum() * norm.cdf((effect - found.effect_mean) / found.effect_sd)).sum()


def drawn_levels(rng, priors):
    phi, nu, effect = rng.beta(2, 2), rng.uniform(), rng.normal(*priors.effect)
    sigma = abs(priors.sigma_scale * rng.standard_t(priors.sigma_df))
    share = -np.expm1(-1.0 / (priors.tau[0] * np.exp(priors.tau[1] * rng.normal())))
    level, e, u = np.empty(56), 0.0, rng.normal()
    week, trend, base = (
        rng.normal(0, priors.weekday_sd, 7),
        rng.normal(0, priors.trend_sd),
        rng.normal(*priors.intercept),
    )
    for k in range(56):
        e += share * (ASSIGNED[k] - e)
        u = u if k == 0 else phi * u + np.sqrt(1 - phi**2) * rng.normal()
        level[k] = base + trend * (k / 55 - 0.5) + week[k % 7] + effect * e + np.sqrt(1 - nu) * sigma * u
    return level, np.sqrt(nu) * sigma, effect


def calibrated(ranks):
    """Uniform over ten bins, and intervals that hold what they promise within three binomial errors."""
    ranks, size = np.array(ranks), len(ranks)
    print(np.histogram(ranks, 10, (0, 1))[0], [np.mean(np.abs(ranks - 0.5) < c / 2) for c in (0.5, 0.8, 0.9, 0.95)])
    assert chisquare(np.histogram(ranks, 10, (0, 1))[0]).pvalue > 0.005
    for c in (0.5, 0.8, 0.9, 0.95):
        assert abs(np.mean(np.abs(ranks - 0.5) < c / 2) - c) < 3 * np.sqrt(c * (1 - c) / size)


def test_the_effect_on_scores_often_at_the_floor_is_calibrated():
    """150 draws find gross errors only; 300 of the same seed, 31 % of days at the floor: 50/80/90/95 % held
    48.0, 79.3, 88.3 and 96.0 %."""
    rng, ranks, at_floor = np.random.default_rng(2026), [], []
    for _ in range(150):
        level, white, effect = drawn_levels(rng, LOW_PAIN)
        y = np.clip(np.round(level + white * rng.normal(size=56)), 0, 10)
        ranks.append(rank(scores(y, PAIN), LOW_PAIN, effect))
        at_floor.append(np.mean(y == 0))
    print(np.mean(at_floor))
    assert np.mean(at_floor) > 0.2
    calibrated(ranks)


@pytest.mark.parametrize("kind", [Poisson, Occurrence])
def test_the_effect_on_counts_is_calibrated(kind):
    """80 draws find gross errors only; 200 of the same seed: 50/80/90/95 % held 51.5, 79.0, 91.0 and 94.5 % with
    Poisson, 52.0, 79.0, 91.0 and 96.0 % with Occurrence."""
    priors, rng, ranks = CountPriors(intercept=(0.0, 1.0)), np.random.default_rng(2027), []
    for _ in range(80):
        level, white, effect = drawn_levels(rng, priors)
        y = rng.poisson(np.exp(np.minimum(level + white * rng.normal(size=56), 12.0))).astype(float)
        ranks.append(rank(kind(np.minimum(y, 1.0) if kind is Occurrence else y), priors, effect))
    calibrated(ranks)
