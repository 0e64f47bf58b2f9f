"""Repeated trials together; a simulated file; designs beside one another; what one's own days are like."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from provender.terms.errors import InputError
from provender.trials.answer import answer
from provender.trials.design import Design
from provender.trials.plans import plans, shapes
from provender.trials.power import Noise
from provender.trials.run_in import RunIn, learnt
from provender.trials.scale import Scale
from provender.trials.simulate import simulated_file
from provender.trials.together import exported, together
from provender.trials.trial_file import read_trial, write_trial

TODAY = date(2028, 1, 1)


def made(seed, effect=-1.5, first=date(2026, 1, 5), **more):
    rng = np.random.default_rng(seed)
    return read_trial(simulated_file(Design(5, 7), first, effect, rng=rng, **more), today=TODAY)


def test_two_trials_tell_more_of_the_next_occasion_than_one():
    answers = [answer(made(1)), answer(made(2))]
    found = together(answers)
    assert found.pooled.sd < together(answers[:1]).pooled.sd
    assert found.verdict.benefit == pytest.approx(found.pooled.cdf(0.0))
    assert found.likelihoods == tuple(exported(one) for one in answers)


def test_what_is_exported_gives_the_posterior_back():
    one = answer(made(1))
    told, (mean, sd) = exported(one), one.priors.effect
    precision = 1 / told.sd**2 + 1 / sd**2
    assert (told.mean / told.sd**2 + mean / sd**2) / precision == pytest.approx(one.posterior.effect.mean)
    assert precision**-0.5 == pytest.approx(one.posterior.effect.sd)


def test_what_differs_is_not_taken_together():
    one = answer(made(1))
    other = answer(made(2, scale=Scale("sleep", low=0, high=10, step=1, mcid=1.0)))
    with pytest.raises(InputError, match="scales that differ"):
        together([one, other])
    with pytest.raises(InputError, match="no trial"):
        together([])


def test_a_simulated_file_reads_back_sealed_and_the_same_for_the_same_seed():
    trial = made(3)
    assert made(3).header == trial.header
    assert bool(trial.header.seal)
    assert read_trial(write_trial(trial), today=TODAY).rows == trial.rows
    assert set(trial.primary.outcome) <= set(range(11))


def test_a_simulated_effect_is_found_again():
    found = answer(made(4, effect=-4.0, noise=Noise(sigma=0.8)))
    assert found.posterior.effect.quantile(0.005) < -4.0 < found.posterior.effect.quantile(0.995)


def test_designs_are_compared_with_the_asked_one_among_them():
    assert shapes(6, 14) == ((3, 14), (6, 14), (9, 14), (12, 14))
    assert (6, 14) in shapes(6, 14, periods=True)
    assert all(2 * pairs * days <= 168 for pairs, days in shapes(6, 14, periods=True))
    assert shapes(1, 7) == ((1, 7), (2, 7))


def test_more_pairs_show_more():
    rng = np.random.default_rng(1)
    few, many = plans(((2, 7), (8, 7)), -2.0, RunIn(), rng=rng, trials=60)
    assert (few.days, many.days) == (28, 112)
    assert many.shown.helped > few.shown.helped
    assert many.shown.width < few.shown.width


def test_ones_own_days_are_learnt_with_what_was_tried_taken_out():
    series = made(5, effect=-5.0, noise=Noise(sigma=1.0)).primary
    found = learnt(series, np.random.default_rng(1))
    assert 0.6 < np.median([one.sigma for one in found.noises]) < 1.6
    assert found.noises[0].seen == pytest.approx(len(series.day) / (series.day[-1] - series.day[0] + 1))
    with pytest.raises(InputError, match="expected at least 7"):
        learnt(
            replace(series, day=series.day[:3], outcome=series.outcome[:3], backfilled=series.backfilled[:3]),
            np.random.default_rng(1),
        )
