from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from provender.terms.errors import InputError
from provender.trials.likelihoods import Gaussian, Interval, needs_interval, ordinal, scores, share_at_bound


@dataclass(frozen=True)
class Ends:
    low: float | None = 0.0
    high: float | None = 10.0
    step: float | None = 1.0


PAIN = Ends()


def terms(likelihood, level, variance=0.0, white=1.0):
    shape = (likelihood.days, 1)
    return likelihood.terms(np.full(shape, float(level)), np.full(shape, float(variance)), np.array([float(white)]))


@given(
    st.integers(0, 10),
    st.floats(-5, 15),
    st.floats(0.05, 4),
)
def test_a_score_has_the_probability_of_its_interval(score, level, sd):
    found = terms(scores(np.array([float(score)]), PAIN), level, white=sd**2).log[0, 0]
    lower = -np.inf if score == 0 else score - 0.5
    upper = np.inf if score == 10 else score + 0.5
    if score > level:
        expected = norm.sf(lower, level, sd) - norm.sf(upper, level, sd)
    else:
        expected = norm.cdf(upper, level, sd) - norm.cdf(lower, level, sd)
    if expected > 1e-200:
        assert found == pytest.approx(np.log(expected), abs=1e-7)


@given(st.floats(-20, 30), st.floats(0.02, 9))
def test_the_probabilities_of_all_scores_add_up_to_one(level, white):
    found = terms(scores(np.arange(11.0), PAIN), level, white=white)
    assert np.exp(found.log).sum() == pytest.approx(1.0, abs=1e-12)


@given(st.integers(0, 10), st.floats(-10, 20), st.floats(0.0, 3), st.floats(0.05, 3))
def test_slope_and_curvature_are_the_derivatives_of_the_log(score, level, variance, white):
    likelihood, h = scores(np.array([float(score)]), PAIN), 1e-4 * np.sqrt(variance + white)
    low, here, high = (terms(likelihood, level + k * h, variance, white) for k in (-1, 0, 1))
    assert here.slope[0, 0] == pytest.approx(((high.log - low.log) / (2 * h))[0, 0], rel=1e-4, abs=1e-4)
    assert here.curvature[0, 0] == pytest.approx(((low.slope - high.slope) / (2 * h))[0, 0], rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("level", [-1e6, -1e3, -40.0, 5.0, 50.0, 1e3, 1e6])
@pytest.mark.parametrize("white", [1e-6, 1e-2, 1.0, 1e4])
def test_terms_stay_finite_and_concave_however_far_the_level(level, white):
    found = terms(scores(np.arange(11.0), PAIN), level, white=white)
    for values in (found.log, found.slope, found.curvature):
        assert np.isfinite(values).all()
    assert (found.log <= 0).all()
    assert (found.curvature >= 0).all()
    assert (found.curvature <= 1 / white * (1 + 1e-12)).all()


def test_far_from_its_interval_a_score_pulls_as_a_normal_would():
    found = terms(Interval(np.array([2.5]), np.array([3.5])), 1000.0, white=1.0)
    assert found.slope[0, 0] == pytest.approx(3.5 - 1000.0, rel=1e-5)
    assert found.curvature[0, 0] == pytest.approx(1.0, rel=1e-3)


def test_a_level_far_below_the_floor_is_not_pulled_by_a_score_at_the_floor():
    found = terms(scores(np.array([0.0]), PAIN), -30.0)
    assert found.log[0, 0] == pytest.approx(0.0, abs=1e-12)
    assert found.slope[0, 0] == pytest.approx(0.0, abs=1e-12)


@given(st.floats(0, 10), st.floats(-3, 13), st.floats(0.1, 4))
def test_mirroring_the_scale_mirrors_the_slope(score, level, white):
    score = float(round(score))
    one, other = terms(scores(np.array([score]), PAIN), level, white=white), None
    other = terms(scores(np.array([10 - score]), PAIN), 10 - level, white=white)
    assert one.log[0, 0] == pytest.approx(other.log[0, 0], rel=1e-9, abs=1e-12)
    assert one.slope[0, 0] == pytest.approx(-other.slope[0, 0], rel=1e-9, abs=1e-12)
    assert one.curvature[0, 0] == pytest.approx(other.curvature[0, 0], rel=1e-6, abs=1e-9)


def test_with_a_fine_step_an_interval_is_a_normal_density_times_the_step():
    step = 1e-3
    fine = terms(scores(np.array([4.2]), Ends(step=step)), 3.0, 0.5, 1.0)
    exact = terms(Gaussian(np.array([4.2])), 3.0, 0.5, 1.0)
    assert fine.log[0, 0] - np.log(step) == pytest.approx(exact.log[0, 0], abs=1e-6)
    assert fine.slope[0, 0] == pytest.approx(exact.slope[0, 0], abs=1e-6)
    assert fine.curvature[0, 0] == pytest.approx(exact.curvature[0, 0], abs=1e-6)


def test_smoothing_integrates_the_likelihood_over_the_level():
    likelihood = scores(np.array([0.0]), PAIN)
    expected = quad(lambda f: np.exp(terms(likelihood, f).log[0, 0]) * norm.pdf(f, 1.3, 0.8), -10, 10)[0]
    assert np.exp(terms(likelihood, 1.3, 0.64).log[0, 0]) == pytest.approx(expected, rel=1e-9)


def test_a_measure_without_a_step_is_rounded_to_a_thousandth_of_its_range():
    found = scores(np.array([0.0, 5.0, 10.0]), Ends(step=None))
    assert found.upper - found.lower == pytest.approx([np.inf, 0.01, np.inf])


def test_a_scale_open_at_the_top_has_no_highest_score():
    found = scores(np.array([0.0, 40.0]), Ends(high=None))
    assert found.upper[1] == 40.5
    assert found.lower[0] == -np.inf


def test_categories_are_one_unit_of_the_level_apart():
    found = ordinal(np.array([0, 1, 2, 3]), 4)
    assert found.lower.tolist() == [-np.inf, 0.5, 1.5, 2.5]
    assert found.upper.tolist() == [0.5, 1.5, 2.5, np.inf]


def test_scores_at_either_end_count_as_at_a_bound():
    assert share_at_bound(np.array([0.0, 10.0, 5.0, 9.0]), PAIN) == 0.5


def test_a_scale_without_ends_has_no_share_at_a_bound():
    assert share_at_bound(np.array([0.0, 10.0]), Ends(None, None, None)) == 0.0


def test_no_days_have_no_share_at_a_bound():
    assert np.isnan(share_at_bound(np.array([]), PAIN))
    assert not needs_interval(np.array([]), PAIN)


def test_more_than_a_tenth_of_days_at_a_bound_asks_for_the_interval_model():
    tenth = np.array([0.0] + [5.0] * 9)
    assert not needs_interval(tenth, PAIN)
    assert needs_interval(np.append(tenth, 0.0), PAIN)


@pytest.mark.parametrize("bad", [-1.0, 10.5, np.nan, np.inf])
def test_a_score_outside_the_scale_is_named_with_its_place(bad):
    with pytest.raises(InputError, match=r"observation 2: found a score of .*, expected 0 to 10"):
        scores(np.array([5.0, bad]), PAIN)


@pytest.mark.parametrize(
    "ends", [Ends(None, None, None), Ends(0, None, None), Ends(0, 10, 0), Ends(0, 10, 11), Ends(5, 5, 1)]
)
def test_a_scale_that_rounds_nothing_is_refused(ends):
    with pytest.raises(InputError, match="expected a step above 0"):
        scores(np.array([5.0]), ends)


def test_a_category_that_is_no_whole_number_is_refused():
    with pytest.raises(InputError, match=r"observation 1: found category 1\.5, expected a whole number from 0 to 3"):
        ordinal(np.array([1.5]), 4)


def test_two_categories_are_a_count_not_a_score():
    with pytest.raises(InputError, match="3 or more"):
        ordinal(np.array([0, 1]), 2)


def test_a_table_of_scores_is_refused():
    with pytest.raises(InputError, match="one number a day"):
        scores(np.zeros((2, 2)), PAIN)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=20), st.floats(0.01, 5))
def test_the_start_is_finite_and_inside_the_interval(given_scores, white):
    likelihood = scores(np.array(given_scores, dtype=float), PAIN)
    middle, precision = likelihood.start(np.array([white]))
    assert (middle >= likelihood.lower).all()
    assert (middle <= likelihood.upper).all()
    assert np.isfinite(precision).all()
    assert (precision > 0).all()
