from datetime import timedelta
from decimal import Decimal

import pytest
from cast import DAY, EGG

from provender.diary.entries import Kind, Meal
from provender.store import selectors, services
from provender.store.days import checked_zone, day_from_text
from provender.store.members import change_profile, member_by_email, member_plan, renew_budget
from provender.store.models import Budget
from provender.terms.errors import InputError, NotFoundError


def test_left_is_budget_minus_eaten_plus_burned(alice, log_eggs):
    Budget.objects.create(member=alice, from_day=DAY, daily_kcal=2000)
    log_eggs()
    services.log_exercise(alice, "walk", day=DAY, minutes=Decimal(30), energy_kcal=100.0)
    balance = selectors.day(alice, DAY).balance
    assert (balance.eaten, balance.burned, balance.net, balance.left) == pytest.approx((143, 100, 43, 1957))


def test_exercise_is_left_out_of_what_is_left_when_the_person_chose_so(alice, log_eggs):
    Budget.objects.create(member=alice, from_day=DAY, daily_kcal=2000)
    alice.exercise_counts = False
    log_eggs()
    services.log_exercise(alice, "walk", day=DAY, minutes=Decimal(30), energy_kcal=100.0)
    assert selectors.day(alice, DAY).balance.left == pytest.approx(1857)


def test_without_a_plan_nothing_is_left_rather_than_zero(alice, log_eggs):
    log_eggs()
    assert selectors.day(alice, DAY).balance.left is None


def test_an_entry_of_unknown_energy_is_counted_as_unknown_not_as_zero(alice):
    from provender.store import foods

    made = foods.keep_own_food(alice, name="Tea of unknown", basis_g=Decimal(100), composition={})
    services.log_food(alice, made.id, day=DAY, meal=Meal.SNACKS, amount=Decimal(200), unit="g")
    balance = selectors.day(alice, DAY).balance
    assert (balance.eaten, balance.unknown) == (0, 1)


def test_yesterday_is_judged_by_yesterdays_budget(alice):
    Budget.objects.create(member=alice, from_day=DAY, daily_kcal=2000)
    Budget.objects.create(member=alice, from_day=DAY + timedelta(days=5), daily_kcal=1800)
    assert selectors.budget_on(alice, DAY - timedelta(days=1)) is None
    assert selectors.budget_on(alice, DAY + timedelta(days=4)) == 2000
    assert [d.budget for d in selectors.energy_days(alice, DAY + timedelta(days=4), DAY + timedelta(days=5))] == [
        2000,
        1800,
    ]


def test_a_day_without_food_has_no_energy_rather_than_zero(alice, log_eggs):
    log_eggs()
    days = selectors.energy_days(alice, DAY, DAY + timedelta(days=1))
    assert [d.eaten for d in days] == [pytest.approx(143), None]


def test_a_range_takes_its_mean_over_days_with_food(alice, log_eggs):
    log_eggs()
    log_eggs(day=DAY + timedelta(days=2), amount="4")
    found = selectors.range_intake(alice, DAY, DAY + timedelta(days=6))
    line = next(n for n in found.lines() if n.nutrient == "ENERC_KCAL")
    assert line.daily_mean == pytest.approx(143 * 1.5)
    assert len(found.days) == 2


def test_only_complete_days_are_counted_when_asked(alice, log_eggs):
    log_eggs()
    log_eggs(day=DAY + timedelta(days=1))
    services.mark_day(alice, DAY, complete=True)
    found = selectors.range_intake(alice, DAY, DAY + timedelta(days=1), only_complete=True)
    assert found.days == (DAY,)


def test_quick_calories_lower_the_coverage_of_every_other_nutrient(alice, log_eggs):
    log_eggs()
    before = selectors.day_intake(selectors.day(alice, DAY))
    services.log_energy(alice, Decimal(143), day=DAY, meal=Meal.LUNCH)
    after = selectors.day_intake(selectors.day(alice, DAY))
    assert before.coverage_of("PROCNT") == 1
    assert after.coverage_of("PROCNT") == pytest.approx(0.5)
    assert after.of("PROCNT") == before.of("PROCNT")


@pytest.mark.parametrize("text", ["2026-13-01", "yesterdayy", "1850-01-01", "9999-12-31", "😀"])
def test_a_day_that_is_none_is_refused_with_what_was_found(text):
    with pytest.raises(InputError, match="found"):
        day_from_text(text, "UTC")


def test_a_reversed_range_says_what_to_do():
    with pytest.raises(InputError, match="swap"):
        selectors.checked_range(DAY, DAY - timedelta(days=1))


def test_an_unknown_zone_is_refused():
    with pytest.raises(InputError, match="Europe/Berlin"):
        checked_zone("Mars/Olympus")


def test_the_only_member_needs_no_name_and_of_two_one_must_be_named(alice):
    assert member_by_email(None) == alice
    assert member_by_email("ALICE@example.org") == alice
    from cast import new_member

    new_member("bob@example.org")
    with pytest.raises(NotFoundError, match="several"):
        member_by_email(None)
    with pytest.raises(NotFoundError, match="no member"):
        member_by_email("charlie@example.org")


def test_the_budget_follows_the_plan_once_enough_is_known(alice):
    assert renew_budget(alice) is None
    change_profile(
        alice, sex="female", height_m=Decimal("1.68"), activity="inactive", birth_date=DAY.replace(year=1984)
    )
    assert member_plan(alice) is None
    services.log_measure(
        alice, Kind.WEIGHT, day=DAY, amount=Decimal(70), unit="kg", name="Weight", mass_g=Decimal(70000)
    )
    assert 1500 < renew_budget(alice) < 2500


def test_ones_own_daily_calories_go_before_the_plan(alice):
    change_profile(alice, own_budget_kcal=1777)
    assert Budget.objects.get(member=alice).daily_kcal == 1777


def test_a_deleted_entry_is_in_no_sum(alice, log_eggs):
    services.delete_entries(alice, [log_eggs().id])
    assert selectors.day(alice, DAY).balance.eaten == 0
    assert selectors.energy_days(alice, DAY, DAY)[0].eaten is None
    assert EGG not in [e.snapshot.food_id for e in selectors.day(alice, DAY).entries]
