"""The latent model against dense algebra, exact rectangle probabilities and long sampling."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from provender.terms.errors import InputError
from provender.trials.evaluation import exposure
from provender.trials.latent import expectation, laplace
from provender.trials.latent_case import Nodes
from provender.trials.latent_chain import chain, factor, solve, variances
from provender.trials.likelihoods import Gaussian, Interval, scores

PRIORS = SimpleNamespace(intercept=(5.0, 3.0), effect=(0.0, 1.5), trend_sd=2.0, weekday_sd=0.4)
PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)


def nodes(*rows):
    return Nodes(*(np.array(column, dtype=float) for column in zip(*rows, strict=True)))


SOME = nodes((0.65, 0.35, 1.5, 3.0), (0.2, 0.9, 0.8, 1.0), (0.97, 0.02, 2.5, 8.0))


def trial(days=28, period=7):
    return np.resize(np.repeat([0.0, 1.0], period), days)


def dense(day, columns, means, sds, phi, variance):
    """Prior mean and covariance of the level, and its covariance with the coefficients."""
    gap = np.abs(day[:, None] - day[None, :])
    return columns @ means, columns @ np.diag(sds**2) @ columns.T + variance * phi**gap, columns @ np.diag(sds**2)


SDS = np.array([3.0, 2.0, *[0.4] * 7, 1.5])
MEANS = np.array([5.0, *[0.0] * 9])


def dense_case(found, day, at, k):
    variance = (1 - at.nu[k]) * at.sigma[k] ** 2
    return dense(day, found.columns[:, :, k], MEANS, SDS, at.phi[k], variance)


@settings(max_examples=40)
@given(
    st.sets(st.integers(0, 60), min_size=1, max_size=12),
    st.floats(0.01, 0.99),
    st.floats(0.01, 9),
    st.integers(0, 10**6),
)
def test_the_chain_solves_as_the_dense_precision_does(days, phi, variance, seed):
    day = np.array(sorted(days))
    rng = np.random.default_rng(seed)
    weight, right = rng.uniform(0, 4, (len(day), 1)), rng.normal(size=(len(day), 3, 1))
    cov = variance * phi ** np.abs(day[:, None] - day[None, :])
    full = np.linalg.inv(cov) + np.diag(weight[:, 0])
    made = factor(chain(day, np.array([phi]), np.array([variance])), weight)
    assert solve(made, right.copy())[:, :, 0] == pytest.approx(
        np.linalg.solve(full, right[:, :, 0]), rel=1e-6, abs=1e-9
    )
    assert variances(made)[:, 0] == pytest.approx(np.diag(np.linalg.inv(full)), rel=1e-6)
    log_ratio = np.linalg.slogdet(np.eye(len(day)) + cov * weight[:, 0])[1]
    assert made.log_ratio[0] == pytest.approx(log_ratio, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("method", [laplace, expectation])
def test_a_gaussian_outcome_is_answered_exactly(method):
    rng = np.random.default_rng(1)
    day = np.array([0, 1, 2, 5, 6, 9, 13, 14, 20, 27])
    outcome = rng.normal(5, 2, len(day))
    found = method(day, trial(), PRIORS, Gaussian(outcome), SOME)
    for k in range(len(SOME)):
        mean, cov, cross = dense_case(found, day, SOME, k)
        seen = cov + SOME.nu[k] * SOME.sigma[k] ** 2 * np.eye(len(day))
        gain = np.linalg.solve(seen, cross).T
        assert found.log_marginal[k] == pytest.approx(multivariate_normal(mean, seen).logpdf(outcome), abs=1e-8)
        assert found.mean[k] == pytest.approx(MEANS + gain @ (outcome - mean), abs=1e-8)
        assert found.covariance[k] == pytest.approx(np.diag(SDS**2) - gain @ cross, abs=1e-8)
        assert found.level_variance[:, k] == pytest.approx(np.diag(cov - cov @ np.linalg.solve(seen, cov)), abs=1e-8)
        assert found.level[:, k] == pytest.approx(mean + cov @ np.linalg.solve(seen, outcome - mean), abs=1e-8)


def exact_log_probability(found, day, likelihood, at, k):
    lower, upper = np.maximum(likelihood.lower, -90.0), np.minimum(likelihood.upper, 90.0)
    mean, cov, _ = dense_case(found, day, at, k)
    cov = cov + at.nu[k] * at.sigma[k] ** 2 * np.eye(len(day))
    return np.log(multivariate_normal(mean, cov, abseps=1e-9, releps=1e-7, maxpts=10**6).cdf(upper, lower_limit=lower))


@pytest.mark.parametrize("outcome", [[0, 0, 3, 1], [5, 6, 4, 5], [10, 0, 10, 0]])
def test_expectation_finds_the_exact_probability_of_scores(outcome):
    """Rectangles of the normal distribution by Genz's method in SciPy; the largest error measured is 0.0007."""
    day, likelihood = np.array([0, 1, 2, 9]), scores(np.array(outcome, dtype=float), PAIN)
    found = expectation(day, trial(), PRIORS, likelihood, SOME)
    for k in range(len(SOME)):
        exact = exact_log_probability(found, day, likelihood, SOME, k)
        assert found.log_marginal[k] == pytest.approx(exact, abs=0.002)


@pytest.mark.parametrize("score", [0.0, 10.0])
def test_with_every_day_at_a_bound_expectation_is_out_by_less_than_a_tenth_and_laplace_by_more(score):
    """The worst case of both: errors measured are 0.03, 0.05, 0.08 and 0.29, 0.27, 0.86."""
    day, likelihood = np.array([0, 1, 2, 9]), scores(np.full(4, score), PAIN)
    found = expectation(day, trial(), PRIORS, likelihood, SOME)
    rough = laplace(day, trial(), PRIORS, likelihood, SOME)
    for k in range(len(SOME)):
        exact = exact_log_probability(found, day, likelihood, SOME, k)
        assert abs(found.log_marginal[k] - exact) < 0.1
        assert abs(rough.log_marginal[k] - exact) > 0.2


def test_expectation_needs_no_white_noise_at_all():
    at = nodes((0.65, 0.0, 1.5, 3.0), (0.65, 1e-6, 1.5, 3.0))
    day = np.arange(28)
    outcome = np.clip(np.round(np.random.default_rng(3).normal(4, 2, 28)), 0, 10)
    found = expectation(day, trial(), PRIORS, scores(outcome, PAIN), at)
    assert found.settled.all()
    assert found.log_marginal[0] == pytest.approx(found.log_marginal[1], abs=1e-3)


def test_without_white_noise_laplace_overrates_a_node_and_expectation_does_not():
    day = np.arange(28)
    outcome = np.clip(np.round(np.random.default_rng(3).normal(5, 1.5, 28)), 0, 10)
    at = nodes((0.5, 0.01, 1.5, 3.0))
    rounded = scores(outcome, PAIN)
    near = laplace(day, trial(), PRIORS, Gaussian(outcome), nodes((0.5, 0.05, 1.5, 3.0))).log_marginal[0]
    assert expectation(day, trial(), PRIORS, rounded, at).log_marginal[0] == pytest.approx(near, abs=1.0)
    assert laplace(day, trial(), PRIORS, rounded, at).log_marginal[0] > near + 4.0


@pytest.mark.parametrize("method", [laplace, expectation])
def test_with_wide_white_noise_both_ways_agree(method):
    day = np.arange(0, 56, 2)
    outcome = np.clip(np.round(np.random.default_rng(5).normal(4, 3, 28)), 0, 10)
    at = nodes((0.6, 0.7, 3.0, 3.0))
    found = method(day, trial(56), PRIORS, scores(outcome, PAIN), at)
    other = expectation(day, trial(56), PRIORS, scores(outcome, PAIN), at)
    assert found.effect_mean[0] == pytest.approx(other.effect_mean[0], abs=0.05)
    assert found.effect_sd[0] == pytest.approx(other.effect_sd[0], rel=0.05)


def test_no_days_return_the_prior():
    found = expectation(np.array([], dtype=np.int64), trial(), PRIORS, scores(np.array([]), PAIN), SOME)
    assert found.log_marginal == pytest.approx(np.zeros(3), abs=1e-12)
    assert found.effect_mean == pytest.approx(np.zeros(3))
    assert found.effect_sd == pytest.approx(np.full(3, 1.5))


def test_a_day_on_which_anything_could_have_been_seen_changes_nothing():
    seen = np.array([0, 1, 4, 8, 9])
    lower, upper = np.array([3.5, 2.5, -np.inf, 4.5, 3.5]), np.array([4.5, 3.5, 0.5, 5.5, 4.5])
    bare = expectation(seen, trial(), PRIORS, Interval(lower, upper), SOME)
    more = expectation(
        np.append(seen, 12), trial(), PRIORS, Interval(np.append(lower, -np.inf), np.append(upper, 1e6)), SOME
    )
    assert more.log_marginal == pytest.approx(bare.log_marginal, abs=1e-6)
    assert more.effect_mean == pytest.approx(bare.effect_mean, abs=1e-6)


def test_mirroring_the_scores_mirrors_the_effect():
    day = np.arange(28)
    outcome = np.clip(np.round(np.random.default_rng(8).normal(2, 2, 28)), 0, 10)
    one = expectation(day, trial(), PRIORS, scores(outcome, PAIN), SOME)
    other = expectation(day, trial(), PRIORS, scores(10 - outcome, PAIN), SOME)
    assert other.effect_mean == pytest.approx(-one.effect_mean, abs=1e-4)
    assert other.effect_sd == pytest.approx(one.effect_sd, rel=1e-4)
    assert other.log_marginal == pytest.approx(one.log_marginal, abs=1e-4)


def test_an_effect_cut_off_by_the_floor_is_found_beneath_it():
    rng = np.random.default_rng(11)
    day, a = np.arange(168), trial(168, 14)
    level = 2.0 - 2.5 * a + rng.normal(0, 1.5, 168)
    outcome = np.clip(np.round(level), 0, 10)
    at = nodes((0.1, 0.5, 1.5, 0.1))
    beneath = expectation(day, a, PRIORS, scores(outcome, PAIN), at)
    flat = laplace(day, a, PRIORS, Gaussian(outcome), at)
    assert abs(beneath.effect_mean[0] + 2.5) < 2 * beneath.effect_sd[0]
    assert flat.effect_mean[0] > beneath.effect_mean[0] + 0.5


def test_the_same_question_is_answered_bit_for_bit():
    day = np.arange(28)
    outcome = np.round(np.random.default_rng(2).normal(5, 2, 28))
    one, other = (expectation(day, trial(), PRIORS, scores(outcome, PAIN), SOME) for _ in range(2))
    assert one.log_marginal.tolist() == other.log_marginal.tolist()
    assert one.mean.tolist() == other.mean.tolist()


def test_a_node_is_answered_alike_alone_and_among_many():
    day = np.arange(28)
    outcome = np.round(np.random.default_rng(2).normal(5, 2, 28))
    many = nodes(*[(0.3 + 0.001 * k, 0.4, 1.5, 3.0) for k in range(300)])
    among = expectation(day, trial(), PRIORS, scores(outcome, PAIN), many)
    alone = expectation(day, trial(), PRIORS, scores(outcome, PAIN), many.part(slice(211, 212)))
    assert among.log_marginal[211] == pytest.approx(alone.log_marginal[0], abs=1e-6)


@pytest.mark.parametrize("score", [0.0, 5.0, 10.0])
def test_a_constant_score_is_answered(score):
    day = np.arange(56)
    found = expectation(day, trial(56), PRIORS, scores(np.full(56, score), PAIN), SOME)
    assert np.isfinite(found.log_marginal).all()
    assert np.isfinite(found.effect_sd).all()


def test_gaps_of_a_year_and_ten_years_of_days_are_answered():
    day = np.array([0, 1, 402, 3650])
    found = expectation(day, trial(3651), PRIORS, scores(np.array([3.0, 4.0, 5.0, 0.0]), PAIN), SOME)
    assert found.settled.all()
    assert np.isfinite(found.log_marginal).all()


def test_correlation_next_to_one_is_answered():
    at = nodes((1 - 1e-9, 0.3, 1.5, 3.0), (1e-9, 0.3, 1.5, 3.0))
    day = np.arange(28)
    found = expectation(day, trial(), PRIORS, scores(np.round(np.linspace(0, 10, 28)), PAIN), at)
    assert np.isfinite(found.log_marginal).all()
    assert (found.effect_sd <= 1.5).all()


def test_columns_can_be_left_out():
    day = np.arange(28)
    found = expectation(
        day, trial(), PRIORS, scores(np.full(28, 4.0), PAIN), SOME, lag=False, weekday=False, trend=False
    )
    assert found.mean.shape == (3, 2)
    assert (found.columns[:, 1, 0] == trial()).all()


def test_exposure_nears_the_assignment_with_the_time_constant():
    found = exposure(np.ones(10), np.array([3.0]))[:, 0]
    assert found == pytest.approx(1 - np.exp(-np.arange(1, 11) / 3.0))


@pytest.mark.parametrize("day", [[1, 1], [3, 2], [-1, 2], [5, 28], [0.5, 1.5]])
def test_days_out_of_order_or_outside_the_trial_are_refused(day):
    with pytest.raises(InputError, match="expected each day once, in order, whole numbers from 0 to 27"):
        expectation(np.array(day), trial(), PRIORS, Gaussian(np.zeros(2)), SOME)


def test_outcomes_without_their_days_are_refused():
    with pytest.raises(InputError, match="found 3 outcomes for 2 days"):
        expectation(np.array([0, 1]), trial(), PRIORS, Gaussian(np.zeros(3)), SOME)


@pytest.mark.parametrize(
    ("node", "name"),
    [((1.0, 0.5, 1, 1), "phi"), ((0.5, 1.0, 1, 1), "nu"), ((0.5, 0.5, 0, 1), "sigma"), ((0.5, 0.5, 1, np.nan), "tau")],
)
def test_a_node_outside_its_range_is_refused(node, name):
    with pytest.raises(InputError, match=f"for {name} of a node"):
        expectation(np.array([0, 1]), trial(), PRIORS, Gaussian(np.zeros(2)), nodes(node))


def test_a_day_without_assignment_is_refused():
    assigned = trial()
    assigned[3] = np.nan
    with pytest.raises(InputError, match="found no assignment for day 3"):
        expectation(np.array([0, 1]), assigned, PRIORS, Gaussian(np.zeros(2)), SOME)


@pytest.mark.parametrize(
    ("name", "value"), [("effect", (0.0, 0.0)), ("trend_sd", np.nan), ("intercept", (np.inf, 1.0))]
)
def test_a_prior_that_is_none_is_refused(name, value):
    priors = SimpleNamespace(**{**vars(PRIORS), name: value})
    with pytest.raises(InputError, match=f"for {name}, expected a number"):
        expectation(np.array([0, 1]), trial(), priors, Gaussian(np.zeros(2)), SOME)


@pytest.mark.parametrize(("method", "tolerance"), [(laplace, 1e-4), (expectation, 5e-3)])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_without_white_noise_a_gaussian_outcome_is_the_process_itself(method, tolerance, size):
    """Leaving one day out takes a difference of precisions a billion times its size: measured, that costs 0.0015."""
    at, day = nodes((0.6, 0.0, 1.5 * size, 3.0)), np.arange(0, 28, 3)
    outcome = size * np.random.default_rng(4).normal(5, 2, len(day))
    names = {"intercept": (5.0 * size, 3.0 * size), "effect": (0.0, 1.5 * size), "trend_sd": 2 * size}
    found = method(day, trial(), SimpleNamespace(**names, weekday_sd=0.4 * size), Gaussian(outcome), at)
    x = found.columns[:, :, 0]
    cov = x @ np.diag((size * SDS) ** 2) @ x.T + (1.5 * size) ** 2 * 0.6 ** np.abs(day[:, None] - day[None, :])
    exact = multivariate_normal(size * (x @ MEANS), cov).logpdf(outcome)
    assert found.log_marginal[0] == pytest.approx(exact, abs=tolerance)


@pytest.mark.parametrize("method", [laplace, expectation])
def test_rounded_scores_without_white_noise_never_fail(method):
    day = np.arange(28)
    outcome = np.clip(np.round(np.random.default_rng(3).normal(4, 2, 28)), 0, 10)
    found = method(day, trial(), PRIORS, scores(outcome, PAIN), nodes((0.65, 0.0, 1.5, 3.0)))
    assert np.isfinite(found.effect_sd).all()
