"""One study's figures as an effect and its variance."""

import numpy as np
import pytest

from provender.library import effects
from provender.terms.errors import InputError


def test_a_difference_of_means_is_worked_out_by_hand():
    found = effects.mean_difference(5.0, 2.0, 16, 4.0, 3.0, 9)
    assert (float(found.y), float(found.v)) == (1.0, pytest.approx(4 / 16 + 9 / 9))


def test_hedges_g_is_metafors():
    """escalc(measure="SMD", m1i=55, sd1i=47, n1i=155, m2i=75, sd2i=64, n2i=156): yi -0.3552, vi 0.0131."""
    found = effects.standardised_mean_difference(55, 47, 155, 75, 64, 156)
    assert (round(float(found.y), 4), round(float(found.v), 4)) == (-0.3552, 0.0131)


def test_the_ratio_of_means_is_metafors():
    """dat.curtis1998, first row: yi 0.5470, vi 0.0385."""
    found = effects.log_ratio_of_means(6.8169, 1.769982, 3, 3.945, 1.115797, 5)
    assert (round(float(found.y), 4), round(float(found.v), 4)) == (0.5470, 0.0385)


def test_ratios_of_risks_and_odds_are_metafors():
    """dat.bcg, first row: RR -0.8893, 0.3256; OR -0.9387, 0.3571."""
    risk, odds = effects.log_risk_ratio(4, 123, 11, 139), effects.log_odds_ratio(4, 123, 11, 139)
    assert (round(float(risk.y), 4), round(float(risk.v), 4)) == (-0.8893, 0.3256)
    assert (round(float(odds.y), 4), round(float(odds.v), 4)) == (-0.9387, 0.3571)


def test_only_a_study_with_an_empty_cell_gets_half_an_event():
    found = effects.log_odds_ratio(np.array([0, 4]), np.array([10, 123]), np.array([3, 11]), np.array([10, 139]))
    assert float(found.y[0]) == pytest.approx(np.log(0.5 * 7.5 / (10.5 * 3.5)))
    assert round(float(found.y[1]), 4) == -0.9387


def test_a_standard_error_comes_back_from_p_and_from_an_interval():
    assert effects.se_from_p(-0.8, 0.01) == pytest.approx(0.3106, abs=5e-5)
    assert effects.se_from_p(0.175, 0.59, 41) == pytest.approx(0.3222, abs=5e-5)
    assert effects.se_from_interval(-3.1, 1.7) == pytest.approx(1.2245, abs=5e-5)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: effects.mean_difference(1, -1, 5, 1, 1, 5),
        lambda: effects.mean_difference(1, 1, 0, 1, 1, 5),
        lambda: effects.log_ratio_of_means(-1, 1, 5, 1, 1, 5),
        lambda: effects.log_risk_ratio(6, 5, 1, 5),
        lambda: effects.log_odds_ratio(-1, 5, 1, 5),
        lambda: effects.se_from_p(0.0, 0.5),
        lambda: effects.se_from_p(1.0, 1.5),
        lambda: effects.se_from_interval(1.0, 0.0),
    ],
)
def test_figures_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError):
        wrong()
