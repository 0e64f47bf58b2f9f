from datetime import date, timedelta

import numpy as np
import pytest
from nutrition.adequate import MONDAY, diary

from provender.nutrition.daily_intakes import DailyIntakes, Reason, screening
from provender.nutrition.intake import per_day
from provender.nutrition.low_days import honest_share, log_correction
from provender.terms.errors import InputError

KCAL = "ENERC_KCAL"


def test_the_days_of_an_intake_keep_their_amounts_and_what_was_said():
    intake = per_day(
        {MONDAY: [{KCAL: 1900.0, "MG": 300.0}], MONDAY + timedelta(days=2): [{KCAL: 1800.0}]}, [KCAL, "MG"]
    )
    days = DailyIntakes.of(intake, {MONDAY: False})
    assert days.days == (MONDAY, MONDAY + timedelta(days=2))
    assert days.complete == (False, None)
    assert np.isnan(days.amount[1, 1])


def test_a_day_called_complete_without_entries_is_a_fast():
    fast = MONDAY + timedelta(days=1)
    intake = per_day({MONDAY: [{KCAL: 1900.0}], MONDAY + timedelta(days=2): [{KCAL: 1800.0}]}, [KCAL])
    days = DailyIntakes.of(intake, {fast: True, MONDAY - timedelta(days=1): False})
    assert days.days[1] == fast
    assert days.amount[:, 0].tolist() == [1900, 0, 1800]
    assert days.coverage[1, 0] == 1


def test_an_intake_without_days_has_no_days():
    assert DailyIntakes.of(per_day({}, [KCAL])).days == ()


def test_a_day_without_entries_and_words_is_not_a_day_of_fasting():
    assert len(DailyIntakes.of(per_day({MONDAY: []}, [KCAL])).days) == 0


@pytest.mark.parametrize(
    ("amount", "coverage", "complete", "days", "said"),
    [
        ([[1.0]], [[1.0], [1.0]], (None,), 1, "expected 1 days by 1 nutrients"),
        ([[1.0]], [[1.0]], (), 1, "0 flags"),
        ([[-1.0]], [[1.0]], (None,), 1, "negative or infinite"),
        ([[np.inf]], [[1.0]], (None,), 1, "negative or infinite"),
        ([[1.0]], [[1.5]], (None,), 1, "coverage outside"),
        ([[1.0]], [[np.nan]], (None,), 1, "coverage outside"),
        ([[1.0], [1.0]], [[1.0], [1.0]], (None, None), 2, "twice"),
    ],
)
def test_a_matrix_that_cannot_be_is_refused(amount, coverage, complete, days, said):
    with pytest.raises(InputError, match=said):
        DailyIntakes(("MG",), (date(2026, 1, 5),) * days, np.array(amount), np.array(coverage), complete)


def test_each_excluded_day_has_one_reason_in_order():
    days = diary(
        {KCAL: [1900.0, 500, 1900, np.nan, 300, 2000], "MG": [300.0, 50, 300, np.nan, 20, 310]},
        complete=[None, None, None, None, False, True],
    )
    found = screening(days)
    assert [e.reason for e in found.excluded] == [Reason.LOW_ENERGY, Reason.NOTHING_KNOWN, Reason.SAID_INCOMPLETE]
    assert found.used.tolist() == [True, False, True, False, False, True]


def test_a_day_whose_energy_alone_is_unknown_is_not_low():
    assert screening(diary({KCAL: [1900.0, np.nan, 2000], "MG": [300.0, 300, 300]})).excluded == ()


def test_no_day_is_low_where_all_energy_is_unknown():
    assert screening(diary({KCAL: [np.nan, np.nan], "MG": [300.0, 300]})).used.all()


def share_of(energy):
    least = 0.62 * np.median(energy)
    return honest_share(energy[energy >= least], int((energy < least).sum()), least, 0.33)


def test_low_days_no_more_frequent_than_chance_were_nearly_all_honest():
    rng = np.random.default_rng(1)
    assert np.mean([share_of(rng.lognormal(7.5, 0.33, 200)) for _ in range(20)]) > 0.75


def test_low_days_of_a_steady_eater_were_not_honest():
    assert share_of(np.r_[np.random.default_rng(1).lognormal(7.5, 0.08, 60), [700.0] * 8]) < 0.2


def test_where_many_days_are_partly_logged_few_of_the_low_ones_were_honest():
    energy = np.random.default_rng(1).lognormal(7.5, 0.33, 300)
    energy[:60] *= 0.5
    assert share_of(energy) < 0.5


def test_without_low_days_there_is_nothing_to_correct():
    assert honest_share(np.array([1900.0, 2000.0]), 0, 1000.0, 0.33) == 0
    assert log_correction(np.ones((3, 1)), np.ones(3, bool), np.zeros(3, bool), 0.0)[0] == 0


def test_without_unconfirmed_days_no_low_day_is_taken_for_honest():
    assert honest_share(np.empty(0), 1, 1000.0, 0.33) == 0


def test_a_correction_of_whole_low_days_is_the_mean_with_them():
    amount = np.array([[300.0], [320.0], [100.0]])
    used, low = np.array([True, True, False]), np.array([False, False, True])
    assert 310 * np.exp(log_correction(amount, used, low, 1.0)[0]) == pytest.approx(240)


def test_a_nutrient_never_eaten_has_no_correction():
    assert log_correction(np.zeros((2, 1)), np.array([True, False]), np.array([False, True]), 1.0)[0] == 0
