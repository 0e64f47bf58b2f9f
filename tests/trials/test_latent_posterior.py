"""The posterior through another likelihood: exact where that is known, calibrated, and true to its own promises."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

from provender.terms.errors import InputError
from provender.trials.count_likelihoods import NegativeBinomial, Occurrence
from provender.trials.count_priors import CountPriors
from provender.trials.latent_lattice import Ball, first_ball, half_t, half_t_normal, next_ball
from provender.trials.latent_posterior import latent_posterior
from provender.trials.likelihoods import Gaussian, scores
from provender.trials.posterior import posterior
from provender.trials.power import Noise, simulated
from provender.trials.priors import Priors
from provender.trials.sensitivity import others, reweighed

PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)
WEEKS = np.resize(np.repeat([0.0, 1.0], 7), 84)


def lived(days=84, effect=-1.5, seed=1, noise=None):
    rng = np.random.default_rng(seed)
    y = simulated(WEEKS[:days], effect, noise or Noise(), Priors(), rng)
    seen = np.flatnonzero(rng.random(days) < 0.85)
    return seen, y[seen], WEEKS[:days]


@pytest.mark.parametrize("seed", range(4))
def test_a_normal_likelihood_gives_the_posterior_of_the_normal_model(seed):
    """Two ways to the same integral; the bound is the coarser one's, in posterior sds."""
    day, y, assigned = lived(seed=seed)
    exact = posterior(day, y, assigned, verified=True)
    found = latent_posterior(day, assigned, Gaussian(y), Priors())
    for ours, theirs in ((found.effect, exact.effect), (found.as_run, exact.as_run)):
        assert ours.mean == pytest.approx(theirs.mean, abs=0.02 * theirs.sd)
        assert ours.sd == pytest.approx(theirs.sd, rel=0.02)
    assert found.log_evidence == pytest.approx(exact.log_evidence, abs=0.05)
    for name in ("phi", "nu", "tau", "sigma"):
        ours, theirs = getattr(found, name), getattr(exact, name)
        assert ours.cdf(theirs.quantile(0.5)) == pytest.approx(0.5, abs=0.04), name
    assert (found.observed, found.informed, found.unsettled) == (len(day), True, 0.0)
    assert found.edge < 0.02
    assert found.quadrature_error < 0.02


def test_rounding_in_the_middle_of_the_scale_changes_next_to_nothing():
    day, y, assigned = lived()
    whole = np.clip(np.round(y), 0, 10)
    exact = posterior(day, whole, assigned)
    found = latent_posterior(day, assigned, scores(whole, PAIN), Priors())
    assert found.effect.mean == pytest.approx(exact.effect.mean, abs=0.1 * exact.effect.sd)


def test_more_is_known_of_counts_the_more_days_there_are():
    counts = np.random.default_rng(2).poisson(1.0, 84).astype(float)
    short = latent_posterior(np.arange(28), WEEKS[:28], NegativeBinomial(counts[:28]), CountPriors())
    long = latent_posterior(np.arange(84), WEEKS, NegativeBinomial(counts), CountPriors())
    assert long.level_effect.sd < short.level_effect.sd < CountPriors().effect[1]


def test_swapping_the_arms_turns_the_difference_round():
    """Of the level, without onset: what was the comparison is then the treatment."""
    happened = (np.random.default_rng(3).random(84) < 0.4 + 0.2 * WEEKS).astype(float)
    no_lag = replace(CountPriors(), tau=(0.01, 0.1))
    one = latent_posterior(np.arange(84), WEEKS, Occurrence(happened), no_lag)
    other = latent_posterior(np.arange(84), 1 - WEEKS, Occurrence(happened), no_lag)
    assert one.as_run.mean == pytest.approx(-other.as_run.mean, abs=0.05 * one.as_run.sd)


def test_a_day_or_more_is_needed():
    with pytest.raises(InputError, match="no observed day"):
        latent_posterior(np.array([], dtype=int), WEEKS, NegativeBinomial(np.array([])), CountPriors())


@pytest.mark.parametrize("z", [-3.0, -0.5, 0.0, 1.0, 4.0])
def test_the_half_t_and_back(z):
    sigma = float(half_t(np.array([z]), 4.0, 2.0)[0])
    assert half_t_normal(sigma, 4.0, 2.0) == pytest.approx(z, abs=1e-6)
    assert 2 * stats.t(4).cdf(sigma / 2.0) - 1 == pytest.approx(stats.norm.cdf(z), abs=1e-9)


def test_balls_close_in_on_a_narrow_posterior_and_hold_all_of_it():
    def weight(ball: Ball) -> np.ndarray:
        away = (ball.z - np.array([1.5, -0.7, 0.3, 2.0])) / np.array([0.02, 0.5, 0.9, 0.05])
        log = -0.5 * (away**2).sum(axis=1)
        return np.exp(log - log.max())

    ball = first_ball()
    for _ in range(12):
        nearer = next_ball(ball, weight(ball))
        if nearer is None:
            break
        ball = nearer
    assert ball.final
    held = weight(ball)
    held /= held.sum()
    assert held @ ball.z == pytest.approx([1.5, -0.7, 0.3, 2.0], abs=0.02)
    assert np.sqrt(held @ (ball.z - held @ ball.z) ** 2) == pytest.approx([0.02, 0.5, 0.9, 0.05], rel=0.03)


@pytest.mark.parametrize("which", range(4))
def test_weighing_anew_is_computing_anew(which):
    day, y, assigned = lived()
    before = Priors()
    belief = others(before)[which]
    found = posterior(day, y, assigned, verified=True)
    weight, (means, sds), left = reweighed(found.effect, found.nodes, before, belief)
    again = posterior(day, y, assigned, replace(before, effect=belief.effect, tau=belief.tau), verified=True).effect
    mean = float(weight @ means)
    assert left > 0.1
    assert mean == pytest.approx(again.mean, abs=0.01 * again.sd)
    assert float(np.sqrt(weight @ (sds**2 + (means - mean) ** 2))) == pytest.approx(again.sd, rel=0.01)


def test_a_belief_far_from_the_nodes_is_not_reckoned():
    day, y, assigned = lived()
    found = posterior(day, y, assigned)
    far = replace(others(Priors())[0], effect=(400.0, 0.01), tau=(900.0, 0.01))
    assert reweighed(found.effect, found.nodes, Priors(), far)[2] < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["scores", "counts"])
def test_intervals_hold_as_often_as_they_promise(kind):
    """120 trials of 56 days drawn from the prior; the bound is three binomial errors."""
    rng, ranks = np.random.default_rng(2030), []
    weeks = WEEKS[:56]
    counting = CountPriors(intercept=(0.5, 0.7))
    for _ in range(120):
        priors = Priors(intercept=(2.0, 1.5)) if kind == "scores" else counting
        noise = Noise(
            sigma=max(abs(priors.sigma_scale * rng.standard_t(priors.sigma_df)), 0.02),
            phi=min(rng.beta(*priors.phi), 0.99),
            nu=rng.uniform(),
            tau=priors.tau[0] * np.exp(priors.tau[1] * rng.normal()),
        )
        level = priors.intercept[0] + priors.intercept[1] * rng.normal()
        effect = priors.effect[1] * rng.normal()
        calm = replace(priors, intercept=(level, 1.0))
        y = simulated(weeks, effect, noise, calm, rng)
        if kind == "scores":
            likelihood = scores(np.clip(np.round(y), 0, 10), PAIN)
        else:
            likelihood = NegativeBinomial(rng.poisson(np.exp(np.minimum(y, 8.0))).astype(float))
        ranks.append(latent_posterior(np.arange(56), weeks, likelihood, priors).level_effect.cdf(effect))
    away = np.abs(np.array(ranks) - 0.5)
    for c in (0.5, 0.8, 0.95):
        assert abs(np.mean(away < c / 2) - c) < 3 * np.sqrt(c * (1 - c) / len(ranks)), c
