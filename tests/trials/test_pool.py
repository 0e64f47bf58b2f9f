"""Several trials together, and what one trial's data alone say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from provender.terms.errors import InputError
from provender.trials.pool import Likelihood, likelihood_of, pooled


@given(st.floats(-3, 3), st.floats(0.2, 3), st.floats(-1, 1), st.floats(0.5, 3))
def test_prior_times_likelihood_is_the_posterior_again(mean, sd, prior_mean, prior_sd):
    precision = 1 / prior_sd**2 + 1 / sd**2
    posterior_mean = (prior_mean / prior_sd**2 + mean / sd**2) / precision
    found = likelihood_of(posterior_mean, precision**-0.5, prior_mean, prior_sd)
    assert (found.mean, found.sd) == (pytest.approx(mean, abs=1e-6), pytest.approx(sd, rel=1e-6))


def test_data_that_say_nothing_have_no_likelihood():
    found = likelihood_of(0.1, 1.5, 0.0, 1.5)
    assert np.isnan(found.mean)
    assert found.sd == float("inf")


def test_one_trial_is_itself_but_for_what_occasions_differ():
    found = pooled([Likelihood(-1.0, 0.5)], between_sd=1e-6)
    precision = 1 / 1.5**2 + 1 / 0.5**2
    assert (found.mean, found.sd) == (
        pytest.approx(-1 / 0.25 / precision, rel=1e-6),
        pytest.approx(precision**-0.5, rel=1e-6),
    )
    assert pooled([Likelihood(-1.0, 0.5)]).sd > found.sd


def test_the_pool_is_the_double_integral():
    trials = [Likelihood(-1.2, 0.6), Likelihood(-0.2, 0.9), Likelihood(-0.8, 0.4)]

    between, effect = np.meshgrid(np.linspace(0, 6, 601), np.linspace(-8, 8, 801))
    told = [stats.norm.pdf(one.mean, effect, np.hypot(one.sd, between)) for one in trials]
    density = np.prod(told, axis=0) * stats.norm.pdf(effect, 0, 1.5) * stats.halfnorm.pdf(between, scale=0.75)
    density[:, 0] /= 2
    mean, total = (effect * density).sum(), density.sum()
    found = pooled(trials)
    assert found.mean == pytest.approx(mean / total, abs=2e-4)
    assert found.quantile(found.cdf(-0.5)) == pytest.approx(-0.5, abs=1e-6)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.2, 2)), min_size=1, max_size=5))
def test_the_order_of_trials_changes_nothing(rows):
    trials = [Likelihood(*row) for row in rows]
    assert pooled(trials).mean == pytest.approx(pooled(trials[::-1]).mean, abs=1e-9)


def test_a_trial_that_says_nothing_changes_nothing():
    told = [Likelihood(-1.0, 0.5)]
    assert pooled([*told, Likelihood(float("nan"), float("inf"))]).mean == pooled(told).mean
    nothing = pooled([Likelihood(float("nan"), float("inf"))])
    assert (nothing.mean, nothing.sd) == (0.0, pytest.approx(1.5))


def test_trials_that_agree_are_surer_than_trials_that_do_not():
    agree = pooled([Likelihood(-1.0, 0.3), Likelihood(-1.0, 0.3)])
    differ = pooled([Likelihood(-2.5, 0.3), Likelihood(0.5, 0.3)])
    assert agree.sd < differ.sd
    assert agree.between_mean < differ.between_mean


@pytest.mark.parametrize(
    "wrong", [lambda: pooled([]), lambda: pooled([Likelihood(0, 0)]), lambda: likelihood_of(0, 0, 0, 1)]
)
def test_what_cannot_be_taken_together_is_refused(wrong):
    with pytest.raises(InputError):
        wrong()
