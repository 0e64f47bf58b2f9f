from datetime import date, timedelta

import numpy as np
import pytest
from nutrition.adequate import WOMAN, ear

from provender.nutrition.adequacy import adequacy
from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.equivalents import in_equivalents

NIACIN = {"NIA": ear("NIA", 11.0, cv=0.15, also_counts=(("TRP_G", 16.67),))}


def diary(tryptophan, days=5):
    axis = ("ENERC_KCAL", "NIA", "TRP_G")
    dates = tuple(date(2026, 1, 5) + timedelta(days=n) for n in range(days))
    rows = [[2000.0, 8.0, t] for t in (tryptophan * days)[:days]]
    return DailyIntakes(axis, dates, np.array(rows), np.ones((days, 3)), (True,) * days)


def test_tryptophan_counts_towards_niacin():
    found, bounded = in_equivalents(diary([0.6]), NIACIN)
    assert found.amount[:, 1] == pytest.approx([8 + 0.6 * 16.67] * 5)
    assert not bounded


def test_a_day_of_unknown_tryptophan_keeps_its_niacin_and_is_a_lower_bound():
    found, bounded = in_equivalents(diary([0.6, np.nan]), NIACIN)
    assert found.amount[1, 1] == 8.0
    assert bounded == {"NIA"}


def test_niacin_that_is_short_alone_can_be_enough_in_equivalents():
    (with_it,) = adequacy(diary([0.6]), NIACIN, group=WOMAN)
    (without,) = adequacy(diary([np.nan]), NIACIN, group=WOMAN)
    assert with_it.probability > 0.85 > 0.5 > without.probability


def test_the_note_says_that_more_is_eaten_than_is_known():
    (found,) = adequacy(diary([np.nan]), NIACIN, group=WOMAN)
    assert any("you get more than this" in note for note in found.notes)
