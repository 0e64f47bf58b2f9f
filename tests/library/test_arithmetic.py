"""Reported p against its own figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from provender.library.arithmetic import effect_faults, paired_p, reproduction, welch_p
from provender.library.study_records import Compared, EffectFigures, Reported


def of(mean, sd, n=40):
    return Compared(mean=mean, sd=sd, n=n)


YOUSEF = [
    (0.034, of(7.5, 2.2), of(4.7, 1.8)),
    (0.018, of(22.2, 8.4), of(34.7, 11.5)),
    (0.039, of(11.8, 3.4), of(16.9, 3.5)),
    (0.035, of(11.4, 3.6), of(17.2, 4.4)),
]


@pytest.mark.parametrize(("p", "before", "after"), YOUSEF)
def test_the_four_p_values_of_one_trial_cannot_follow_from_its_figures(p, before, after):
    """Yousef and Al-deeb 2013, DOI 10.1111/anae.12107: means, standard deviations and 40 people."""
    found = reproduction(Reported(p=p, compares=(before, after), paired=True))
    assert found.highest <= 3.1e-4
    assert found.factor > 50
    assert not found.reproduced
    assert not reproduction(Reported(p=p, compares=(before, after))).reproduced


def test_the_p_value_of_another_trial_follows_from_its_figures():
    """Roguin Maor 2017, PMID 28241153: changes of -3.41 (4.05) in 48 and -3.03 (4.53) in 46 people, p 0.67."""
    found = reproduction(Reported(p=0.67, compares=(of(-3.41, 4.05, 48), of(-3.03, 4.53, 46))))
    assert round(found.highest, 2) == 0.67
    assert found.reproduced
    assert found.factor == pytest.approx(1, abs=0.01)


def test_a_report_without_figures_is_not_judged():
    assert reproduction(Reported(p=0.01)) is None


def test_a_p_printed_as_below_is_only_too_small_never_too_large():
    a, b = of(7.5, 2.2), of(4.7, 1.8)
    assert reproduction(Reported(p=0.05, below=True, compares=(a, b))).reproduced
    assert not reproduction(Reported(p=0.001, below=True, compares=(of(5, 2), of(5.1, 2)))).reproduced


def test_welch_is_scipys_welch():
    for a, b in ((of(5, 2, 12), of(4, 3, 30)), (of(-1, 0.5, 8), of(0, 4, 9))):
        expected = stats.ttest_ind_from_stats(a.mean, a.sd, a.n, b.mean, b.sd, b.n, equal_var=False).pvalue
        assert welch_p(a, b) == pytest.approx(expected, rel=1e-12)


def test_a_paired_p_is_that_of_the_differences():
    rng = np.random.default_rng(1)
    x = rng.normal(5, 2, 30)
    y = x * 0.6 + rng.normal(2.2, 1, 30)
    a, b = of(x.mean(), x.std(ddof=1), 30), of(y.mean(), y.std(ddof=1), 30)
    assert paired_p(a, b, np.corrcoef(x, y)[0, 1]) == pytest.approx(stats.ttest_rel(x, y).pvalue, rel=1e-9)


positive = st.floats(0.1, 50)


@given(st.floats(-50, 50), positive, st.floats(-50, 50), positive, st.integers(2, 200), st.floats(-1, 1))
def test_no_correlation_gives_a_larger_p_than_the_bound(m1, sd1, m2, sd2, n, r):
    a, b = of(m1, sd1, n), of(m2, sd2, n)
    assert paired_p(a, b, r) <= paired_p(a, b, -1.0) * (1 + 1e-9)


@given(st.floats(-50, 50), positive, st.floats(-50, 50), positive, st.integers(2, 200), st.floats(0.1, 10))
def test_the_unit_does_not_matter(m1, sd1, m2, sd2, n, k):
    p = welch_p(of(m1, sd1, n), of(m2, sd2, n))
    assert welch_p(of(k * m1, k * sd1, n), of(k * m2, k * sd2, n)) == pytest.approx(p, rel=1e-6, abs=1e-300)


def test_means_without_spread_differ_surely_or_not_at_all():
    assert (welch_p(of(1, 0), of(1, 0)), welch_p(of(1, 0), of(2, 0))) == (1.0, 0.0)
    assert (paired_p(of(1, 0), of(1, 0), 0), paired_p(of(1, 2), of(3, 2), 1)) == (1.0, 0.0)
    assert math.isinf(reproduction(Reported(p=0.5, compares=(of(1, 0), of(2, 0)))).factor)
    assert math.isinf(reproduction(Reported(p=0.0, compares=(of(1, 2), of(2, 2)))).factor)


def effect(**given):
    return EffectFigures(**{"measure": "mean-difference", "value": -0.18, "derived": "x", **given})


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, 0),
        ({"low": -0.84, "high": 0.49}, 0),
        ({"low": -0.84, "high": 0.49, "se": 0.339}, 0),
        ({"low": -0.84, "high": 0.49, "se": 0.1}, 1),
        ({"low": -0.2, "high": 0.49}, 1),
        ({"measure": "risk-ratio", "value": 1.04, "low": 0.84, "high": 1.29}, 0),
        ({"measure": "hazard-ratio", "value": 1.25, "low": 1.07, "high": 1.46}, 0),
        ({"measure": "risk-ratio", "value": 1.04, "low": -0.84, "high": 1.29}, 1),
    ],
)
def test_an_effect_lies_in_the_middle_of_its_interval_or_is_told(given, faults):
    assert len(effect_faults(effect(**given))) == faults
