"""The fitted curve is the posterior's own, day by day."""

import numpy as np
import pytest
from test_posterior import WEEKS, lived

from provender.trials.evaluation import Parts, exposure
from provender.trials.fitted import fitted
from provender.trials.posterior import posterior
from provender.trials.priors import Priors


def test_the_curve_runs_through_what_was_observed():
    day, y, assigned = lived(1)
    found = fitted(day, y, assigned)
    assert len(found.expected) == len(assigned)
    assert np.mean(np.abs(found.expected[day] - y)) < 0.8 * np.mean(np.abs(y - y.mean()))
    assert (found.low < found.expected).all()
    assert (found.spread > (found.high - found.expected) / 1.645 - 1e-9).all()


def test_most_observations_lie_within_two_of_their_spreads():
    inside = []
    for seed in range(6):
        day, y, assigned = lived(seed, assigned=np.tile(WEEKS, 2))
        found = fitted(day, y, assigned)
        inside += list(np.abs(y - found.expected[day]) < 2 * found.spread[day])
    assert 0.93 <= np.mean(inside) <= 1.0


def test_what_the_treatment_adds_is_the_effect_times_its_exposure():
    day, y, assigned = lived(2)
    found, answer = (
        fitted(day, y, assigned, parts=Parts(lag=False)),
        posterior(day, y, assigned, parts=Parts(lag=False)),
    )
    added = found.expected - found.without
    assert added[assigned == 0] == pytest.approx(np.zeros(int((assigned == 0).sum())), abs=1e-12)
    assert added[assigned == 1].mean() == pytest.approx(answer.effect.mean, abs=0.15 * answer.effect.sd)


def test_surprises_are_standard_and_unrelated_when_the_model_holds():
    every, together = [], []
    for seed in range(12):
        day, y, assigned = lived(seed, assigned=np.tile(WEEKS, 2))
        z = fitted(day, y, assigned).surprise
        every += list(z)
        together.append(np.corrcoef(z[:-1], z[1:])[0, 1])
    assert np.std(every) == pytest.approx(1.0, abs=0.1)
    assert np.mean(together) == pytest.approx(0.0, abs=0.1)


def test_without_a_day_the_curve_is_the_prior():
    found = fitted([], [], WEEKS, Priors(effect=(-1.0, 0.5)))
    expected = 5.0 - exposure(WEEKS, np.array([3.0]))[:, 0]
    assert found.expected == pytest.approx(expected, abs=0.1)
    assert found.surprise.size == 0


def test_a_day_far_from_any_other_is_as_wide_as_the_prior_lets_it_be():
    gap = np.zeros(430)
    gap[:28] = WEEKS[:28]
    day, y, _ = lived(3, assigned=WEEKS[:28])
    found = fitted(day, y, gap)
    assert found.spread[-1] > found.spread[10]


def test_years_of_days_are_fitted_with_one_assumption():
    day, y, assigned = lived(4, assigned=np.tile(WEEKS, 18))
    assert len(day) > 800
    assert np.isfinite(fitted(day, y, assigned).expected).all()
