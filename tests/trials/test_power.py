"""What a design would show: a known effect is found as often as it should be, the same luck for each design."""

import numpy as np
import pytest

from provender.terms.errors import InputError
from provender.trials.posterior import many, posterior
from provender.trials.power import Noise, assurance, best_period, noises_of, pairs_at_random, pairs_to_settle
from provender.trials.priors import Priors


def rng(seed=1):
    return np.random.default_rng(seed)


def pairs(count, days):
    return pairs_at_random(count, days, rng(3))


def test_pairs_have_each_arm_once_in_either_order():
    found = pairs(5, 3).reshape(-1, 5, 2, 3)
    assert (found.mean(axis=(2, 3)) == 0.5).all()
    assert 0.3 < found[:, :, 0, 0].mean() < 0.7


@pytest.mark.slow
@pytest.mark.parametrize(("count", "days", "floor"), [(4, 14, 0.88), (8, 7, 0.80)])
def test_a_large_effect_is_found_as_often_as_promised(count, days, floor):
    found = assurance(pairs(count, days), -2.0, Noise(), rng=rng(), trials=600)
    assert found.helped >= floor - 3 * found.error
    assert found.worse == 0


@pytest.mark.slow
def test_nothing_is_seldom_called_a_benefit():
    found = [assurance(pairs(4, days), 0.0, Noise(tau=days / 4), rng=rng(), trials=600) for days in (7, 14)]
    assert all(one.helped <= 0.06 + 3 * one.error for one in found)


def test_a_larger_effect_is_found_more_often_with_the_same_luck():
    small, large = (assurance(pairs(4, 7), effect, Noise(), rng=rng(), trials=48) for effect in (-0.5, -2.5))
    assert small.helped < large.helped
    assert small.width < 1.5 * large.width
    assert 0 <= small.told <= 1


def test_the_same_state_gives_the_same_answer_and_progress_is_told():
    seen = []
    one = assurance(pairs(2, 7), -1.0, Noise(), rng=rng(), trials=20, progress=lambda *at: seen.append(at))
    assert one == assurance(pairs(2, 7), -1.0, Noise(), rng=rng(), trials=20)
    assert seen[-1] == (20, 20)


def test_more_is_better_counts_the_other_side():
    found = assurance(pairs(4, 7), 2.5, Noise(), rng=rng(), trials=40, lower_is_better=False)
    assert found.helped > found.worse


def test_many_answers_are_those_of_one_after_another():
    assigned = pairs(4, 14)[0]
    day = np.flatnonzero(rng().random(len(assigned)) < 0.85)
    rows = 5 + rng(2).normal(0, 1.5, (len(day), 6)) - assigned[day][:, None]
    for column, answer in zip(rows.T, many(day, rows, assigned), strict=True):
        found = posterior(day, column, assigned)
        assert answer.effect.mean == pytest.approx(found.effect.mean, abs=0.03 * found.effect.sd)
        assert answer.as_run.sd == pytest.approx(found.as_run.sd, rel=0.03)


def test_many_wants_a_row_a_day():
    with pytest.raises(InputError, match="one column a trial"):
        list(many([0, 1], [1.0, 2.0], [0, 1]))
    with pytest.raises(InputError, match="found 2 days and 1 outcomes"):
        list(many([0, 1], [[1.0]], [0, 1]))


def test_noise_drawn_from_a_posterior_is_like_it():
    day, y = np.arange(56), rng(4).normal(5, 2.0, 56)
    found = posterior(day, y, pairs(4, 7)[0])
    drawn = noises_of(found, rng(), count=200)
    assert np.mean([one.sigma for one in drawn]) == pytest.approx(found.sigma.mean, rel=0.05)
    assert np.mean([one.phi for one in drawn]) == pytest.approx(found.phi.mean, abs=0.05)


def test_a_nearly_settled_trial_needs_few_more_pairs_and_a_hopeless_one_says_so():
    assigned = pairs(4, 7)[0]
    day = np.arange(len(assigned))
    clear = posterior(day, 5 - 2.5 * assigned + rng(5).normal(0, 0.8, len(day)), assigned)
    found = pairs_to_settle(clear, 7, 4, rng=rng(), trials=32)
    assert found.pairs <= 3
    assert found.told >= 0.8
    noisy = posterior(day, 5 + rng(6).normal(0, 6.0, len(day)), assigned, Priors())
    assert pairs_to_settle(noisy, 7, 4, rng=rng(), trials=24) is None


def test_periods_are_compared_over_the_same_days():
    found = best_period(56, (7, 14, 40), -2.0, Noise(tau=1.0), rng=rng(), trials=24)
    assert [days for days, _ in found] == [7, 14]


@pytest.mark.parametrize(
    "wrong",
    [{"sigma": 0.0}, {"phi": 1.0}, {"nu": -0.1}, {"seen": 0.0}, {"tau": -1.0}, {"sigma": float("inf")}],
)
def test_days_like_no_days_are_refused(wrong):
    with pytest.raises(InputError):
        Noise(**wrong)


def test_a_design_without_days_or_trials_is_refused():
    with pytest.raises(InputError):
        assurance(pairs(2, 7), -1.0, Noise(), rng=rng(), trials=0)
    with pytest.raises(InputError):
        pairs_to_settle(posterior([], [], [0, 1]), 0, 1, rng=rng())
