"""What the catalogue and a diary say to what an article states."""

import pytest

from provender.store.days import today
from provender.store.stated_composition import composition_of
from provender.store.stated_intake import intake_of


def test_a_food_is_found_with_its_amount_in_100_g():
    amount, name = composition_of("MG", "halibut")
    assert amount == pytest.approx(28, abs=1)
    assert "halibut" in name.lower()


def test_no_food_is_no_answer():
    assert composition_of("MG", "zzqqxx") is None


def test_the_average_is_over_logged_days_and_an_empty_diary_tells_nothing(alice, bob, log_eggs):
    log_eggs(day=today(alice.zone))
    assert intake_of(alice)("ENERC_KCAL") == pytest.approx(143)
    assert intake_of(bob)("ENERC_KCAL") is None
