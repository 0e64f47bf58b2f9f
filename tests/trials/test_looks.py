"""Looks before the end: whole pairs, and evidence that holds its promise however often it is looked at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_checks import DESIGN, lived

from provender.trials.looks import CLAIM, days_of_whole_pairs, evidence, pair_differences


def test_a_pair_is_compared_with_itself():
    series = lived(-3.0, sd=0.5)
    found = pair_differences(series)
    assert found.shape == (6,)
    assert np.all(np.abs(found + 3) < 0.6)


def test_a_pair_without_one_of_its_arms_says_nothing():
    series = lived(skipped=lambda t, y: t < 7)
    found = pair_differences(series)
    assert np.isnan(found[0])
    assert evidence(found)[0] == 1.0


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=8))
def test_without_an_effect_the_expectation_is_one(sizes):
    """Over both signs of every pair."""
    signs = np.array(np.meshgrid(*[[-1, 1]] * len(sizes))).reshape(len(sizes), -1)
    last = [evidence(np.array(sizes) * column)[-1] for column in signs.T]
    assert np.mean(last) == pytest.approx(1.0)


def test_a_benefit_gathers_evidence_and_a_harm_loses_it():
    assert evidence(np.full(6, -2.0))[-1] > CLAIM
    assert evidence(np.full(6, 2.0))[-1] < 0.1
    assert evidence(np.full(6, 2.0), lower_is_better=False)[-1] > CLAIM


def test_false_alarms_are_rarer_than_one_in_twenty():
    rng = np.random.default_rng(7)
    alarms = [evidence(rng.normal(0, 1, 8)).max() >= CLAIM for _ in range(2000)]
    assert np.mean(alarms) < 0.05


def test_only_whole_pairs_are_over():
    series = lived()
    assert [days_of_whole_pairs(series, last) for last in (0, 12, 13, 14, 40, 41, 83)] == [0, 0, 14, 14, 28, 42, 84]
    assert DESIGN.pairs * 14 == 84
