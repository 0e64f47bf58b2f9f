from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from cast import ALMONDS, DAY, EGG, SPINACH
from django.db import connection

from provender.diary.entries import Kind, Meal
from provender.store import days, foods, selectors, services, undo
from provender.store.models import Change, DiaryEntry, OwnFood
from provender.terms.errors import InputError, NotFoundError


def names(member, day=DAY):
    return [e.name for e in selectors.day(member, day).entries]


def test_an_entry_keeps_what_the_food_held_and_the_catalogues_digest(alice, log_eggs):
    kept = selectors.entry(alice, log_eggs().id)
    assert kept.mass_g == Decimal(100)
    assert kept.energy_kcal == pytest.approx(143)
    assert kept.intake["PROCNT"] == pytest.approx(12.56)
    assert len(kept.snapshot.digest) == 64
    assert kept.zone == "Europe/Berlin"


def test_a_nutrient_the_food_does_not_know_is_absent_from_the_entry(alice, log_eggs):
    assert "PHYSTR" not in selectors.entry(alice, log_eggs().id).intake


def test_editing_an_own_food_leaves_what_was_logged_with_it_alone(alice):
    made = foods.keep_own_food(alice, name="Bar", basis_g=Decimal(100), composition={"ENERC_KCAL": 400.0})
    kept = services.log_food(alice, made.id, day=DAY, meal=Meal.SNACKS, amount=Decimal(50), unit="g").entries[0]
    foods.keep_own_food(
        alice, name="Bar", basis_g=Decimal(100), composition={"ENERC_KCAL": 100.0}, number=int(made.source_id)
    )
    assert selectors.entry(alice, kept.id).energy_kcal == pytest.approx(200)


def test_deleting_an_own_food_leaves_the_diary_alone_and_it_can_be_logged_again(alice):
    made = foods.keep_own_food(alice, name="Bar", basis_g=Decimal(100), composition={"ENERC_KCAL": 400.0})
    kept = services.log_food(alice, made.id, day=DAY, meal=Meal.SNACKS, amount=Decimal(50), unit="g").entries[0]
    foods.delete_own_food(alice, int(made.source_id))
    with pytest.raises(NotFoundError):
        foods.food(alice, made.id)
    again = services.copy_entries(alice, [kept.id], day=DAY).entries[0]
    assert again.energy_kcal == pytest.approx(200)


def test_the_same_key_is_never_kept_twice(alice):
    key = uuid4()
    for _ in range(2):
        services.log_food(alice, EGG, day=DAY, meal=Meal.LUNCH, amount=Decimal(1), unit="1 large", key=key)
    assert len(names(alice)) == 1


def test_a_key_of_another_member_does_not_hide_an_entry(alice, charlie):
    key = uuid4()
    for member in (alice, charlie):
        services.log_food(member, EGG, day=DAY, meal=Meal.LUNCH, amount=Decimal(1), unit="1 large", key=key)
    assert len(names(alice)) == len(names(charlie)) == 1


def test_undo_takes_back_what_was_logged_and_undoing_twice_does_no_more(alice, log_eggs):
    log_eggs()
    kept = services.log_food(alice, ALMONDS, day=DAY, meal=Meal.SNACKS, amount=Decimal(30), unit="g")
    undo.undo(alice, kept.change_id)
    undo.undo(alice, kept.change_id)
    assert names(alice) == ["Egg, whole, raw, fresh"]


def test_undo_brings_a_deleted_entry_back_as_it_was(alice, log_eggs):
    entry = log_eggs()
    gone = services.delete_entries(alice, [entry.id])
    assert names(alice) == []
    undo.undo(alice, gone.change_id)
    assert selectors.entry(alice, entry.id) == entry


def test_undo_puts_an_edited_entry_back_to_the_last_digit(alice, log_eggs):
    entry = log_eggs()
    changed = services.change_entry(
        alice, entry.id, amount=Decimal("0.5"), unit="g", meal=Meal.DINNER, day=DAY + timedelta(days=3)
    )
    assert changed.entries[0].mass_g == Decimal("0.5")
    undo.undo(alice, changed.change_id)
    assert selectors.entry(alice, entry.id) == entry


def test_a_changed_amount_scales_energy_from_the_snapshot(alice, log_eggs):
    changed = services.change_entry(alice, log_eggs().id, amount=Decimal(3)).entries[0]
    assert changed.energy_kcal == pytest.approx(143 * 1.5)


def test_moving_an_entry_to_another_meal_keeps_everything_else(alice, log_eggs):
    entry = log_eggs()
    moved = services.change_entry(alice, entry.id, meal=Meal.DINNER).entries[0]
    assert (moved.meal, moved.day, moved.mass_g, moved.key) == (Meal.DINNER, DAY, entry.mass_g, entry.key)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "10001"])
def test_an_absurd_amount_is_refused_and_nothing_is_kept(alice, amount):
    with pytest.raises(InputError, match="found"):
        services.log_food(alice, EGG, day=DAY, meal=Meal.LUNCH, amount=Decimal(amount), unit="1 large")
    assert names(alice) == []


def test_a_unit_the_food_has_no_measure_for_is_asked_about_not_guessed(alice):
    with pytest.raises(InputError, match="no measure for"):
        services.log_food(alice, EGG, day=DAY, meal=Meal.LUNCH, amount=Decimal(1), unit="fl oz")


def test_half_a_gram_and_a_kilo_are_both_allowed(alice):
    for amount, unit in (("0.5", "g"), ("1.2", "kg")):
        services.log_food(alice, EGG, day=DAY, meal=Meal.LUNCH, amount=Decimal(amount), unit=unit)
    assert [e.mass_g for e in selectors.day(alice, DAY).entries] == [Decimal("0.5"), Decimal(1200)]


def test_quick_calories_know_their_energy_and_nothing_else(alice):
    kept = services.log_energy(alice, Decimal(250), day=DAY, meal=Meal.SNACKS).entries[0]
    assert kept.intake == {"ENERC_KCAL": 250.0}


def test_a_day_is_copied_with_its_meals_and_its_snapshots(alice, log_eggs):
    log_eggs()
    services.log_energy(alice, Decimal(250), day=DAY, meal=Meal.SNACKS)
    services.log_note(alice, "not food", day=DAY)
    copied = services.copy_day(alice, DAY, day=DAY + timedelta(days=1))
    assert [(e.meal, e.energy_kcal) for e in copied.entries] == [
        (Meal.BREAKFAST, 143.0),
        (Meal.SNACKS, 250.0),
    ]


def test_copying_twice_with_one_key_copies_once(alice, log_eggs):
    log_eggs()
    key = uuid4()
    for _ in range(2):
        services.copy_day(alice, DAY, day=DAY + timedelta(days=1), key=key)
    assert len(names(alice, DAY + timedelta(days=1))) == 1


def test_copying_an_empty_day_says_so(alice):
    with pytest.raises(InputError, match="no food is logged"):
        services.copy_day(alice, DAY, day=DAY + timedelta(days=1))


def test_charlie_can_neither_read_nor_change_alices_entry(alice, charlie, log_eggs):
    entry = log_eggs()
    gone = services.delete_entries(alice, [entry.id])
    undo.undo(alice, gone.change_id)
    for act in (
        lambda: selectors.entry(charlie, entry.id),
        lambda: services.change_entry(charlie, entry.id, amount=Decimal(1)),
        lambda: services.delete_entries(charlie, [entry.id]),
        lambda: services.copy_entries(charlie, [entry.id], day=DAY),
        lambda: undo.undo(charlie, gone.change_id),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert names(charlie) == []
    assert len(names(alice)) == 1


def test_charlie_does_not_find_alices_own_food(alice, charlie):
    made = foods.keep_own_food(alice, name="Alices secret bar", basis_g=Decimal(100), composition={})
    assert made.id in [f.id for f in foods.find_foods(alice, "secret bar")]
    assert made.id not in [f.id for f in foods.find_foods(charlie, "secret bar")]
    with pytest.raises(NotFoundError):
        foods.food(charlie, made.id)


def test_a_recipe_per_serving_holds_what_its_ingredients_hold(alice):
    made = foods.keep_recipe(
        alice,
        name="Spinach omelette",
        ingredients=[(EGG, Decimal(4), "1 large", Decimal(200)), (SPINACH, Decimal(100), "g", Decimal(100))],
        servings=Decimal(2),
        cooked_mass_g=Decimal(240),
    )
    kept = services.log_food(alice, made.id, day=DAY, meal=Meal.DINNER, amount=Decimal(1), unit="1 serving").entries[0]
    assert kept.mass_g == Decimal(120)
    assert kept.intake["MG"] == pytest.approx((2 * 12 + 79) / 2, rel=1e-3)


def test_a_recipes_nutrient_is_unknown_when_an_ingredient_does_not_know_it(alice):
    plain = foods.keep_own_food(alice, name="Mystery sauce", basis_g=Decimal(100), composition={"ENERC_KCAL": 50.0})
    made = foods.keep_recipe(
        alice,
        name="Eggs in sauce",
        ingredients=[(EGG, Decimal(100), "g", Decimal(100)), (plain.id, Decimal(50), "g", Decimal(50))],
        servings=Decimal(1),
    )
    assert "MG" not in made.composition
    assert "ENERC_KCAL" in made.composition


def test_a_food_per_serving_of_unknown_weight_is_logged_by_the_serving(alice):
    made = foods.keep_own_food(alice, name="Tablet", basis_g=None, composition={"MG": 100.0}, portions=())
    kept = services.log_food(alice, made.id, day=DAY, meal=Meal.SNACKS, amount=Decimal(2), unit="serving").entries[0]
    assert kept.mass_g is None
    assert kept.intake == {"MG": 200.0}
    assert kept.energy_kcal is None


def test_exercise_of_more_minutes_than_a_day_is_refused(alice):
    with pytest.raises(InputError, match="1,440"):
        services.log_exercise(alice, "run", day=DAY, minutes=Decimal(1500), energy_kcal=100)


def test_a_failed_write_leaves_nothing_half_written(alice, monkeypatch):
    made = [services.energy_entry(alice, Decimal(n), day=DAY, meal=Meal.LUNCH) for n in (100, 200)]
    saved = DiaryEntry.save
    calls = []

    def fails_the_second_time(self, *args, **kwargs):
        calls.append(self)
        if len(calls) == 2:
            raise OSError("disk full")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(DiaryEntry, "save", fails_the_second_time)
    with pytest.raises(OSError, match="disk full"):
        services.keep(alice, made)
    assert names(alice) == []


def test_only_the_last_fifty_changes_are_kept(alice):
    for _ in range(52):
        services.log_energy(alice, Decimal(1), day=DAY, meal=Meal.LUNCH)
    assert Change.objects.filter(member=alice).count() == 50


def test_usual_foods_come_most_often_first_with_the_last_amount(alice, log_eggs):
    now = days.today(alice.zone)
    log_eggs(day=now)
    for grams in ("20", "40"):
        services.log_food(alice, ALMONDS, day=now, meal=Meal.SNACKS, amount=Decimal(grams), unit="g")
    usual = foods.usual_foods(alice)
    assert [(u.food_id, u.times, u.amount) for u in usual] == [
        (ALMONDS, 2, Decimal(40)),
        (EGG, 1, Decimal(2)),
    ]


def test_a_usual_food_is_found_before_its_neighbours(alice):
    before = [f.id for f in foods.find_foods(alice, "almonds")]
    wanted = before[3]
    now = days.today(alice.zone)
    for _ in range(12):
        services.log_food(alice, wanted, day=now, meal=Meal.SNACKS, amount=Decimal(30), unit="g")
    assert [f.id for f in foods.find_foods(alice, "almonds")].index(wanted) < 3


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_two_devices_with_one_key_at_the_same_moment_keep_one_entry(transactional_db):
    from cast import new_member

    alice = new_member("alice@example.org")
    key = uuid4()

    def log(_):
        try:
            services.log_energy(alice, Decimal(100), day=DAY, meal=Meal.LUNCH, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(log, range(4)))
    assert DiaryEntry.objects.filter(member=alice).count() == 1


def test_a_day_of_23_hours_and_a_day_of_25_hours_hold_their_own_entries():
    spring, autumn = "2026-03-29", "2026-10-25"
    for day, last in ((spring, "21:59"), (autumn, "22:59")):
        late = datetime.fromisoformat(f"{day}T{last}:00+00:00")
        assert days.today("Europe/Berlin", at=late) == date.fromisoformat(day)
        assert days.today("Europe/Berlin", at=late + timedelta(minutes=1)) == date.fromisoformat(day) + timedelta(
            days=1
        )


def test_an_entry_stays_on_its_day_when_the_person_travels(alice, log_eggs):
    entry = log_eggs()
    alice.zone = "Pacific/Auckland"
    alice.save()
    later = services.log_food(alice, ALMONDS, day=DAY, meal=Meal.SNACKS, amount=Decimal(5), unit="g").entries[0]
    assert selectors.entry(alice, entry.id).zone == "Europe/Berlin"
    assert later.zone == "Pacific/Auckland"
    assert len(names(alice)) == 2


def test_water_weight_and_notes_are_kept_as_they_were_typed(alice):
    services.log_measure(alice, Kind.WATER, day=DAY, amount=Decimal(8), unit="fl oz", name="Water")
    services.log_measure(alice, Kind.WATER, day=DAY, amount=Decimal(250), unit="ml", name="Water")
    found = selectors.day(alice, DAY)
    assert found.water_ml == Decimal("486.5882365")
    assert [(e.amount, e.unit) for e in found.of_kind(Kind.WATER)] == [
        (Decimal(8), "fl oz"),
        (Decimal(250), "ml"),
    ]


def test_nothing_of_a_member_remains_when_the_member_is_removed(alice, log_eggs):
    log_eggs()
    foods.keep_own_food(alice, name="Bar", basis_g=None, composition={})
    alice.delete()
    assert not DiaryEntry.objects.exists()
    assert not OwnFood.objects.exists()
    assert not Change.objects.exists()


def test_what_was_usual_on_an_old_day_is_what_was_eaten_before_it(alice, log_eggs):
    log_eggs(day=DAY)
    services.log_food(alice, ALMONDS, day=DAY + timedelta(days=1), meal=Meal.SNACKS, amount=Decimal(20), unit="g")
    assert [u.food_id for u in foods.usual_foods(alice, until=DAY)] == [EGG]
