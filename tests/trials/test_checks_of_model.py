"""What could be wrong with the model: each check finds its fault and passes without it."""

from dataclasses import replace

import numpy as np
import pytest
from test_checks import lived

from provender.trials import checks_of_model as checks
from provender.trials.check import Passed
from provender.trials.downweighted import downweighted
from provender.trials.evaluation import Parts
from provender.trials.fitted import fitted
from provender.trials.posterior import posterior
from provender.trials.predictive import drawn_counts, drawn_scores, likenesses
from provender.trials.scale import PAIN
from provender.trials.verdict import Asked, Kind, verdict

ASKED = Asked("it", "pain", "points", 1.0)


def told(run, steady):
    return verdict(run, ASKED, steady=steady)


def answered(series, outcome, parts=None):
    found = posterior(series.day, outcome, series.assigned, parts=parts)
    return found, told(found.as_run, found.effect)


def test_an_answer_that_other_beliefs_would_change_is_found():
    same = checks.of_priors(Kind.HELPED, {"a": Kind.HELPED, "b": Kind.HELPED})
    assert same.verdict is Passed.PASSED
    other = checks.of_priors(Kind.HELPED, {"half as much": Kind.CANNOT_TELL, "b": Kind.HELPED})
    assert other.verdict is Passed.FAILED
    assert "“cannot tell” with half as much" in other.sentence
    assert checks.of_priors(Kind.HELPED, {"a": None}).verdict is Passed.NO_VERDICT


def test_days_far_off_that_carry_the_answer_are_found():
    """Two days of treatment at the top of the scale: counted less, less is left of the harm."""
    series = lived(sd=0.6, level=3.0)
    y = series.outcome.copy()
    on = np.flatnonzero(series.assigned[series.day] == 1)
    y[on[[9, 30]]] = 10.0
    found, plain = answered(series, y)
    fit = fitted(series.day, y, series.assigned)
    tamed, _ = answered(series, downweighted(y, fit))
    assert abs(tamed.as_run.mean) < abs(found.as_run.mean)
    check = checks.of_outliers(fit, plain, tamed, told)
    assert check.numbers["far"] >= 1
    assert (check.verdict is Passed.FAILED) == (told(tamed.as_run, tamed.effect).kind is not plain.kind)


def test_ordinary_days_are_not_drawn_in():
    series = lived()
    fit = fitted(series.day, series.outcome, series.assigned)
    near = np.abs(fit.surprise) <= 1
    tamed = downweighted(series.outcome, fit)
    assert near.sum() > 30
    assert tamed[near] == pytest.approx(series.outcome[near])
    far = np.abs(fit.surprise) > 2
    assert far.any()
    assert np.all((tamed - series.outcome)[far] * fit.surprise[far] < 0)


def test_too_few_days_are_not_called_far_off():
    fit = fitted([0], [5.0], np.zeros(28))
    _, plain = answered(lived(), lived().outcome)
    assert checks.of_outliers(fit, plain, None, told).verdict is Passed.NO_VERDICT


def test_a_trend_that_bends_is_seen_where_the_order_leans_on_it():
    """A hump over the trial, the treatment in its middle: a straight trend takes it for an effect."""
    days = np.arange(84)
    assigned = ((days >= 28) & (days < 56)).astype(float)
    hump = 4 - 3 * np.cos(2 * np.pi * days / 84) + np.random.default_rng(1).normal(0, 0.4, 84)
    series = replace(lived(), outcome=hump, assigned=assigned)
    _, plain = answered(series, hump)
    bent, _ = answered(series, hump, Parts(bend=True))
    assert abs(bent.effect.mean) < abs(posterior(days, hump, assigned).effect.mean)
    check = checks.of_trend(plain, bent, told)
    assert (check.verdict is Passed.FAILED) == (told(bent.as_run, bent.effect).kind is not plain.kind)


def drawn(series, found, seed=3):
    fit = fitted(series.day, series.outcome, series.assigned)
    regular = fit.regular[series.day][:, None]
    return drawn_scores(series.day, regular, found.weight, found.nodes, PAIN, np.random.default_rng(seed))


def test_days_of_the_model_look_like_their_draws():
    series = lived()
    found, _ = answered(series, series.outcome)
    assert checks.of_drawn_days(series, drawn(series, found)).verdict is Passed.PASSED


def test_days_unlike_the_model_are_named():
    """Two days at the top among calm ones: no normal noise looks like that."""
    series = lived(sd=0.6, level=3.0)
    y = series.outcome.copy()
    y[[20, 60]] = 10.0
    series = replace(series, outcome=y)
    found, _ = answered(series, y)
    check = checks.of_drawn_days(series, drawn(series, found))
    assert check.verdict is Passed.FAILED
    assert "largest departure" in check.sentence or "tails" in check.sentence


def test_draws_lie_on_the_scale():
    series = lived(level=1.0)
    found, _ = answered(series, series.outcome)
    values = drawn(series, found)
    assert set(np.unique(values)) <= set(range(11))
    nodes = replace(found.nodes, sigma=0.3 * found.nodes.sigma)
    rates = np.zeros((len(series.day), 1))
    happened = drawn_counts(series.day, rates, found.weight, nodes, np.random.default_rng(1), happened=True)
    assert set(np.unique(happened)) == {0.0, 1.0}


def test_the_chances_of_likeness_are_even_under_the_model():
    """Each drawn trial held against the others: two-sided chances below 0.1 come about 10 times in 100."""
    series = lived()
    found, _ = answered(series, series.outcome)
    every = drawn(series, found)
    rare = [one.p < 0.1 for k in range(100) for one in likenesses(series.day, every[:, k], every)]
    assert 0.06 < np.mean(rare) < 0.14


def test_a_coarse_quadrature_is_told():
    series = lived()
    found = posterior(series.day, series.outcome, series.assigned, verified=True)
    assert checks.of_quadrature(found).verdict is Passed.PASSED
    assert checks.of_quadrature(replace(found, quadrature_error=0.1)).verdict is Passed.FAILED
    assert checks.of_quadrature(replace(found, quadrature_error=None)).verdict is Passed.NO_VERDICT
