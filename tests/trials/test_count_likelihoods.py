from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import nbinom, norm, poisson

from provender.terms.errors import InputError
from provender.trials.count_likelihoods import NegativeBinomial, Occurrence, Poisson, counts, occurrences
from provender.trials.latent import expectation, laplace
from provender.trials.latent_case import Nodes

PRIORS = SimpleNamespace(intercept=(0.0, 2.5), effect=(0.0, 0.5), trend_sd=0.5, weekday_sd=0.2)
KINDS = [Poisson, NegativeBinomial, Occurrence]


def terms(likelihood, level, variance=0.0, white=0.0):
    shape = (likelihood.days, 1)
    return likelihood.terms(np.full(shape, float(level)), np.full(shape, float(variance)), np.array([float(white)]))


def one(kind, count):
    return kind(np.array([float(min(count, 1) if kind is Occurrence else count)]))


@given(st.integers(0, 200), st.floats(-6, 6))
def test_a_count_has_its_poisson_probability(count, level):
    assert terms(one(Poisson, count), level).log[0, 0] == pytest.approx(
        poisson(np.exp(level)).logpmf(count), rel=1e-9, abs=1e-9
    )


@given(st.integers(0, 200), st.floats(-4, 5), st.floats(0.01, 2))
def test_a_count_has_its_negative_binomial_probability(count, level, white):
    size, rate = 1 / np.expm1(white), np.exp(level)
    expected = nbinom(size, size / (size + rate)).logpmf(count)
    assert terms(one(NegativeBinomial, count), level, white=white).log[0, 0] == pytest.approx(
        expected, rel=1e-6, abs=1e-7
    )


def test_without_white_noise_a_negative_binomial_is_poisson():
    both = [terms(one(kind, 7), 1.5, 0.2) for kind in (NegativeBinomial, Poisson)]
    assert both[0].log[0, 0] == pytest.approx(both[1].log[0, 0], abs=1e-4)


@given(st.floats(-8, 4))
def test_it_happened_or_it_did_not(level):
    yes, no = terms(one(Occurrence, 1), level), terms(one(Occurrence, 0), level)
    assert np.exp(yes.log) + np.exp(no.log) == pytest.approx(1.0)
    assert no.log[0, 0] == pytest.approx(-np.exp(level))


@pytest.mark.parametrize("kind", KINDS)
@given(st.integers(0, 60), st.floats(-4, 4), st.sampled_from([0.0, 0.05, 1.0]), st.sampled_from([0.0, 0.3]))
def test_slope_and_curvature_are_the_derivatives_of_the_log(kind, count, level, variance, white):
    """The sum of nine points is out by up to 2 % of a unit where the level is spread wide."""
    likelihood, h = one(kind, count), 1e-4
    low, here, high = (terms(likelihood, level + k * h, variance, white) for k in (-1, 0, 1))
    size = 1.0 + abs(here.slope[0, 0]) + here.curvature[0, 0]
    assert here.slope[0, 0] == pytest.approx(((high.log - low.log) / (2 * h))[0, 0], abs=0.02 * size)
    assert here.curvature[0, 0] == pytest.approx(((low.slope - high.slope) / (2 * h))[0, 0], abs=0.02 * size)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 5, 60])
@pytest.mark.parametrize(("level", "variance"), [(-2.0, 0.1), (0.0, 1.0), (1.0, 2.0), (3.0, 0.5)])
def test_smoothing_integrates_the_likelihood_over_the_log_rate(kind, count, level, variance):
    likelihood, sd = one(kind, count), np.sqrt(variance)
    white = 0.2 if kind is NegativeBinomial else 0.0
    exact = quad(
        lambda f: np.exp(terms(likelihood, f, white=white).log[0, 0]) * norm.pdf(f, level, sd),
        level - 9 * sd,
        max(level, np.log(count + 0.5)) + 9 * sd,  # the mode lies between the two
        points=[level, np.log(count + 0.5)],
        limit=200,
        epsabs=0,
    )[0]
    assert terms(likelihood, level, variance, white).log[0, 0] == pytest.approx(np.log(exact), abs=0.01)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", [-700.0, -50.0, 0.0, 50.0, 700.0])
@pytest.mark.parametrize("variance", [0.0, 1.0])
def test_terms_stay_finite_and_concave_however_far_the_level(kind, level, variance):
    for count in (0, 1, 1000):
        found = terms(one(kind, count), level, variance, 0.5)
        assert np.isfinite([found.log, found.slope, found.curvature]).all()
        assert found.curvature[0, 0] >= 0


@pytest.mark.parametrize("kind", KINDS)
@given(st.floats(-3, 2), st.floats(0.01, 0.8), st.floats(0.01, 0.5))
def test_the_expected_outcome_is_the_mean_of_its_smoothed_probabilities(kind, level, variance, white):
    values = np.arange(2.0 if kind is Occurrence else 400.0)
    found = terms(kind(values), level, variance, white)
    mean = kind(values).expected(np.array([[level]]), np.array([[variance]]), np.array([white]))[0, 0]
    assert mean == pytest.approx((values * np.exp(found.log[:, 0])).sum(), rel=0.03)


@pytest.mark.parametrize("bad", [-1.0, 1.5, np.nan, np.inf, 1e7])
def test_a_count_that_is_none_is_named_with_its_place(bad):
    with pytest.raises(InputError, match=r"observation 3: found .*, expected a whole number, 0 or more"):
        counts(np.array([0.0, 2.0, bad]))


def test_a_yes_or_no_is_0_or_1():
    with pytest.raises(InputError, match=r"observation 1: found 2, expected 0 .* or 1"):
        occurrences(np.array([2.0]))


def test_a_table_of_counts_is_refused():
    with pytest.raises(InputError, match="one number a day"):
        counts(np.zeros((2, 2)))


def drawn(seed, rate, effect, days=112):
    rng, a = np.random.default_rng(seed), np.resize(np.repeat([0.0, 1.0], 14), days)
    u = np.zeros(days)
    for i in range(1, days):
        u[i] = 0.6 * u[i - 1] + np.sqrt(1 - 0.36) * 0.3 * rng.normal()
    return a, rng.poisson(rate * np.exp(effect * a + u)).astype(float)


AT = Nodes(np.array([0.6, 0.3]), np.array([0.2, 0.6]), np.array([0.4, 0.8]), np.array([1.0, 4.0]))


@pytest.mark.parametrize("kind", KINDS)
def test_laplace_and_expectation_agree_within_a_fifth_of_the_posterior_sd(kind):
    a, y = drawn(1, 1.0, -0.7)
    likelihood, day = kind(np.minimum(y, 1) if kind is Occurrence else y), np.arange(112)
    rough, fine = (way(day, a, PRIORS, likelihood, AT) for way in (laplace, expectation))
    assert fine.settled.all()
    assert rough.settled.all()
    assert np.abs(rough.effect_mean - fine.effect_mean).max() < 0.2 * fine.effect_sd.min()
    assert rough.effect_sd == pytest.approx(fine.effect_sd, rel=0.03)


def test_doubling_every_rate_moves_the_intercept_and_not_the_effect():
    a, y = drawn(2, 40.0, -0.5)
    day = np.arange(112)
    small, large = (expectation(day, a, PRIORS, Poisson(k * y), AT) for k in (1, 2))
    assert large.mean[:, 0] - small.mean[:, 0] == pytest.approx(np.full(2, np.log(2)), abs=0.05)
    assert large.effect_mean == pytest.approx(small.effect_mean, abs=0.1 * small.effect_sd.min())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0.0, 1.0, 900.0])
def test_the_same_count_every_day_is_answered(kind, count):
    day, y = np.arange(56), np.full(56, min(count, 1.0) if kind is Occurrence else count)
    found = expectation(day, np.resize(np.repeat([0.0, 1.0], 7), 56), PRIORS, kind(y), AT)
    assert np.isfinite(found.log_marginal).all()
    assert (np.abs(found.effect_mean) < found.effect_sd).all()
    assert (found.effect_sd <= 0.5 + 1e-9).all()
