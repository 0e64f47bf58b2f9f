from types import SimpleNamespace

import numpy as np
import pytest

from provender.trials.count_likelihoods import Poisson
from provender.trials.count_priors import CountPriors
from provender.trials.latent import expectation
from provender.trials.latent_case import Nodes
from provender.trials.latent_curve import level_curve
from provender.trials.likelihoods import Gaussian, scores

PRIORS = SimpleNamespace(intercept=(5.0, 3.0), effect=(0.0, 1.5), trend_sd=2.0, weekday_sd=0.4)
PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)
AT = Nodes(np.array([0.6, 0.3]), np.array([0.3, 0.6]), np.array([1.5, 2.0]), np.array([1.0, 3.0]))
ASSIGNED = np.resize(np.repeat([0.0, 1.0], 7), 28)
SEEN = np.array([0, 1, 4, 5, 9, 13, 14, 20, 21, 26])
Y = np.array([5.0, 6, 4, 3, 2, 0, 0, 1, 5, 4])


def test_on_observed_days_the_curve_is_the_level():
    fits = expectation(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT)
    curve = level_curve(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT, fits)
    assert curve.mean[SEEN] == pytest.approx(fits.level, abs=1e-9)
    assert curve.variance[SEEN] == pytest.approx(fits.level_variance, rel=1e-6)


def test_a_day_nobody_wrote_down_is_less_certain_than_its_neighbours():
    fits = expectation(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT)
    curve = level_curve(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT, fits)
    assert (curve.variance[17] > curve.variance[[14, 20]]).all()


def test_between_observed_days_the_curve_is_the_conditional_mean():
    fits = expectation(SEEN, ASSIGNED, PRIORS, Gaussian(Y), AT)
    curve = level_curve(SEEN, ASSIGNED, PRIORS, Gaussian(Y), AT, fits)
    every = expectation(np.arange(28), ASSIGNED, PRIORS, Gaussian(np.zeros(28)), AT).columns
    means, sds = np.array([5.0, *[0.0] * 9]), np.array([3.0, 2.0, *[0.4] * 7, 1.5])
    for k in range(2):
        x, gap = every[:, :, k], np.abs(np.arange(28)[:, None] - np.arange(28))
        cov = x @ np.diag(sds**2) @ x.T + (1 - AT.nu[k]) * AT.sigma[k] ** 2 * AT.phi[k] ** gap
        gain = cov[:, SEEN] @ np.linalg.inv(cov[np.ix_(SEEN, SEEN)] + AT.nu[k] * AT.sigma[k] ** 2 * np.eye(len(SEEN)))
        assert curve.mean[:, k] == pytest.approx(x @ means + gain @ (Y - (x @ means)[SEEN]), abs=1e-8)
        assert curve.variance[:, k] == pytest.approx(np.diag(cov - gain @ cov[SEEN]), abs=1e-8)


def test_the_expected_outcome_stays_on_its_scale():
    fits = expectation(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT)
    expected = level_curve(SEEN, ASSIGNED, PRIORS, scores(Y, PAIN), AT, fits).expected
    assert ((expected >= 0) & (expected <= 10)).all()


def test_columns_left_out_stay_out_of_the_curve():
    leave = {"lag": False, "weekday": False, "trend": False}
    fits = expectation(SEEN, ASSIGNED, CountPriors(), Poisson(Y), AT, **leave)
    curve = level_curve(SEEN, ASSIGNED, CountPriors(), Poisson(Y), AT, fits, **leave)
    assert curve.mean[SEEN] == pytest.approx(fits.level, abs=1e-9)
    assert (curve.expected > 0).all()
