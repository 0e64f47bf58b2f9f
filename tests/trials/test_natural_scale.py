from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import norm

from provender.terms.errors import InputError
from provender.trials.count_likelihoods import NegativeBinomial, Occurrence, Poisson
from provender.trials.count_priors import LITTLE, MUCH, CountPriors
from provender.trials.latent import expectation
from provender.trials.latent_case import Nodes
from provender.trials.likelihoods import Gaussian, Interval, scores
from provender.trials.natural_scale import difference

PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)
PRIORS = SimpleNamespace(intercept=(5.0, 10.0), effect=(0.0, 1.5), trend_sd=2.0, weekday_sd=0.4)
AT = Nodes(np.array([0.6, 0.3]), np.array([0.3, 0.6]), np.array([0.6, 0.4]), np.array([1.0, 3.0]))
WIDE = Nodes(AT.phi, AT.nu, np.array([1.5, 2.0]), AT.tau)
HALF = np.array([0.4, 0.6])
DAYS = np.arange(56)
ASSIGNED = np.resize(np.repeat([0.0, 1.0], 7), 56)


def moments(found):
    mean = (found.weight * found.means).sum()
    return mean, np.sqrt((found.weight * (found.sds**2 + (found.means - mean) ** 2)).sum())


def drawn_difference(likelihood, nodes, fits, k, contrast, size=40_000):
    """The same by drawing coefficients and level jointly from the node's normal posterior."""
    rng, n = np.random.default_rng(k), likelihood.days
    x, w = fits.columns[:, :, k], fits.weight[:, k]
    cov = (1 - nodes.nu[k]) * nodes.sigma[k] ** 2 * nodes.phi[k] ** np.abs(DAYS[:, None] - DAYS[None, :])
    inner = np.linalg.inv(np.linalg.inv(cov) + np.diag(w))
    gain = inner @ (x * w[:, None])
    joint = np.block(
        [
            [inner + gain @ fits.covariance[k] @ gain.T, -gain @ fits.covariance[k]],
            [-fits.covariance[k] @ gain.T, fits.covariance[k]],
        ]
    )
    centre = np.concatenate([fits.level[:, k] - x @ fits.mean[k], fits.mean[k]])
    draws = rng.multivariate_normal(centre, joint, size, method="cholesky")
    u, beta = draws[:, :n], draws[:, n:]
    without = (u + beta[:, :-1] @ x[:, :-1].T).T
    white, none = np.full(size, nodes.nu[k] * nodes.sigma[k] ** 2), np.zeros((n, size))
    gap = likelihood.expected(without + beta[:, -1] * contrast, none, white) - likelihood.expected(without, none, white)
    return gap.mean(axis=0)


def test_on_an_unbounded_scale_the_difference_is_the_effect_itself():
    """The grid ends at 4 sd: that alone takes up to 0.05 % off the sd."""
    y = np.random.default_rng(1).normal(5, 2, 56)
    fits = expectation(DAYS, ASSIGNED, PRIORS, Gaussian(y), WIDE)
    found = difference(DAYS, WIDE, fits, HALF, Gaussian(y), np.array([1.0, 1.0]))
    mean = (HALF * fits.effect_mean).sum()
    sd = np.sqrt((HALF * (fits.effect_sd**2 + (fits.effect_mean - mean) ** 2)).sum())
    assert found.weight.sum() == pytest.approx(1.0)
    assert moments(found) == pytest.approx((mean, sd), rel=6e-4)
    at = np.linspace(mean - 3 * sd, mean + 3 * sd, 25)[:, None]
    ours = (found.weight * norm.cdf((at - found.means) / found.sds)).sum(axis=1)
    theirs = (HALF * norm.cdf((at - fits.effect_mean) / fits.effect_sd)).sum(axis=1)
    assert ours == pytest.approx(theirs, abs=1e-3)


@pytest.mark.parametrize("kind", [Poisson, NegativeBinomial, Occurrence])
def test_the_difference_in_counts_is_that_of_draws_from_the_node(kind):
    y = np.random.default_rng(3).poisson(0.9 * np.exp(-0.6 * ASSIGNED)).astype(float)
    likelihood = kind(np.minimum(y, 1)) if kind is Occurrence else kind(y)
    fits = expectation(DAYS, ASSIGNED, CountPriors(), likelihood, AT)
    for k in range(2):
        alone = np.eye(2)[k]
        mean, sd = moments(difference(DAYS, AT, fits, alone, likelihood, np.array([0.8, 1.0]), times=7.0))
        draws = 7 * drawn_difference(likelihood, AT, fits, k, [0.8, 1.0][k])
        assert mean == pytest.approx(draws.mean(), abs=0.06 * draws.std())
        assert sd == pytest.approx(draws.std(), rel=0.06)


def test_the_difference_in_scores_at_the_floor_is_that_of_draws_from_the_node():
    y = np.clip(np.round(np.random.default_rng(5).normal(1.5 - 1.5 * ASSIGNED, 1.5)), 0, 10)
    likelihood = scores(y, PAIN)
    fits = expectation(DAYS, ASSIGNED, PRIORS, likelihood, WIDE)
    for k in range(2):
        mean, sd = moments(difference(DAYS, WIDE, fits, np.eye(2)[k], likelihood, np.ones(2)))
        draws = drawn_difference(likelihood, WIDE, fits, k, 1.0)
        assert mean == pytest.approx(draws.mean(), abs=0.06 * draws.std())
        assert sd == pytest.approx(draws.std(), rel=0.06)


def test_at_the_floor_scores_differ_less_than_the_level_beneath():
    y = np.clip(np.round(np.random.default_rng(5).normal(1.5 - 1.5 * ASSIGNED, 1.5)), 0, 10)
    likelihood = scores(y, PAIN)
    fits = expectation(DAYS, ASSIGNED, PRIORS, likelihood, WIDE)
    seen = moments(difference(DAYS, WIDE, fits, HALF, likelihood, np.ones(2)))[0]
    assert (HALF * fits.effect_mean).sum() < seen < 0


def test_the_expected_score_is_the_mean_of_scores_weighted_by_their_probabilities():
    """Rounding is left out of the expectation: step^2 / (60 sd) = 0.0136."""
    every, white = np.arange(11.0), np.array([1.5])
    for level in (-2.0, 0.3, 5.0, 9.0, 12.0):
        at, none = np.full((11, 1), level), np.zeros((11, 1))
        found = scores(every, PAIN).terms(at, none, white)
        mean = (every * np.exp(found.log[:, 0])).sum()
        assert scores(every, PAIN).expected(at, none, white)[0, 0] == pytest.approx(mean, abs=0.0136)


def test_an_interval_without_ends_is_expected_at_its_level():
    found = Interval(np.array([1.0]), np.array([2.0])).expected(np.array([[7.0]]), np.array([[1.0]]), np.array([0.5]))
    assert found[0, 0] == 7.0


def test_a_difference_needs_a_day_and_a_weight_for_each_node():
    y = np.zeros(56)
    fits = expectation(DAYS, ASSIGNED, CountPriors(), Poisson(y), AT)
    with pytest.raises(InputError, match="found no observed day"):
        difference(DAYS[:0], AT, fits, HALF, Poisson(y), np.ones(2))
    with pytest.raises(InputError, match="found 1 weights and 2 contrasts for 2 nodes"):
        difference(DAYS, AT, fits, np.ones(1), Poisson(y), np.ones(2))


def test_the_sceptical_prior_gives_a_third_less_and_half_the_chances_it_states():
    mean, sd = CountPriors().effect
    assert norm.cdf(np.log(LITTLE), mean, sd) == pytest.approx(0.24, abs=0.005)
    assert norm.cdf(np.log(MUCH), mean, sd) == pytest.approx(0.08, abs=0.005)
    assert np.exp(mean + np.array([-1.96, 1.96]) * sd) == pytest.approx([0.38, 2.66], abs=0.01)
