"""Simulated days of eggs and almonds, and supplements, against reference intakes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from cast import ALMONDS, EGG, new_member

from provender.diary.entries import Entry, Kind, Meal, Snapshot
from provender.nutrition.daily_intakes import Reason
from provender.nutrition.verdicts import Verdict
from provender.store import days, services
from provender.store.adequacies import assessment, latest_assessment, recipient
from provender.store.doses import a_day, taken
from provender.store.members import weigh
from provender.store.models import DayMark, Supplement

pytestmark = pytest.mark.django_db
BORN = date(1984, 5, 31)


@pytest.fixture
def anna(db):
    """A woman of about forty who said so."""
    return new_member("anna@example.org", sex="female", birth_date=BORN)


@pytest.fixture
def now(anna):
    return days.today(anna.zone)


def eat(member, day, grams="400", food=EGG):
    services.log_food(member, food, day=day, meal=Meal.LUNCH, amount=Decimal(grams), unit="g")


def eat_for(member, now, count, grams="400"):
    for back in range(1, count + 1):
        eat(member, now - timedelta(days=back), grams)


def week(member, now):
    return assessment(member, now - timedelta(days=7), now)


def dose(member, supplement, day, amount="1"):
    snapshot = Snapshot(f"supplement:{supplement.pk}", "", None, supplement.composition, ())
    entry = Entry(
        uuid4(), day, member.zone, days.now(), Kind.DOSE, supplement.name, amount=Decimal(amount), unit="tablet"
    )
    services.keep(member, [replace(entry, snapshot=snapshot)])


def magnesium(member, **fields):
    fields = {"composition": {"MG": 100.0}, "doses_a_day": Decimal(2), **fields}
    return Supplement.objects.create(member=member, name="Magnesium", **fields)


def test_complete_days_are_judged_against_the_members_own_references(anna, now):
    eat_for(anna, now, 5)
    protein = week(anna, now).of("PROCNT")
    assert protein.days == 5
    assert protein.mean == pytest.approx(4 * 12.56, rel=0.02)
    assert protein.verdict is not Verdict.NO_VERDICT


def test_without_sex_or_birth_date_there_are_amounts_and_no_answers(now):
    nobody = new_member("nobody@example.org")
    eat_for(nobody, now, 4)
    found = week(nobody, now)
    assert found.lacking == ("sex", "birth_date")
    assert found.found == ()
    assert found.complete_days == 4
    assert found.intake.mean_of("PROCNT") > 0


def test_today_does_not_count_until_it_is_marked_complete(anna, now):
    eat_for(anna, now, 4)
    eat(anna, now)
    found = week(anna, now)
    assert (found.complete_days, found.open_today, len(found.intake.days)) == (4, True, 5)
    services.mark_day(anna, now, complete=True)
    found = week(anna, now)
    assert (found.complete_days, found.open_today) == (5, False)


def test_a_day_of_little_energy_is_left_out_unless_it_was_marked_complete(anna, now):
    eat_for(anna, now, 5)
    low = now - timedelta(days=6)
    eat(anna, low, "100")
    found = week(anna, now)
    assert [(e.day, e.reason) for e in found.excluded] == [(low, Reason.LOW_ENERGY)]
    services.mark_day(anna, low, complete=True)
    assert week(anna, now).excluded == ()


def test_a_complete_day_without_entries_is_a_fast(anna, now):
    eat_for(anna, now, 4)
    DayMark.objects.create(member=anna, day=now - timedelta(days=6), complete=True)
    found = week(anna, now)
    assert found.complete_days == 5
    assert found.of("PROCNT").mean < 4 * 12.56


def test_a_day_marked_open_says_nothing_of_itself(anna, now):
    eat_for(anna, now, 4)
    DayMark.objects.create(member=anna, day=now - timedelta(days=1), complete=False)
    assert week(anna, now).complete_days == 4


def test_food_planned_for_tomorrow_is_not_judged_today(anna, now):
    eat_for(anna, now, 4)
    eat(anna, now + timedelta(days=1))
    found = assessment(anna, now - timedelta(days=7), now + timedelta(days=2))
    assert found.complete_days == 4


def test_water_drunk_by_itself_counts_towards_total_water(anna, now):
    eat_for(anna, now, 4)
    before = week(anna, now).of("WATER").mean
    for back in range(1, 5):
        day = now - timedelta(days=back)
        services.log_measure(anna, Kind.WATER, day=day, amount=Decimal("1.5"), unit="l", name="Water")
    assert week(anna, now).of("WATER").mean == pytest.approx(before + 1500)


def test_calories_without_a_food_lower_the_coverage_of_everything_else(anna, now):
    eat_for(anna, now, 4)
    for back in range(1, 5):
        services.log_energy(anna, Decimal(570), day=now - timedelta(days=back), meal=Meal.DINNER)
    found = week(anna, now).of("PROCNT")
    assert found.coverage == pytest.approx(0.5, abs=0.01)
    assert found.verdict is Verdict.NO_VERDICT


def test_folate_of_a_table_without_equivalents_is_counted_as_a_lower_bound(anna, now):
    eat_for(anna, now, 4)
    found = week(anna, now).of("FOLDFE")
    assert found.mean == pytest.approx(4 * 47, rel=0.02)
    assert any("total folate" in note for note in found.notes)


def test_deleted_entries_are_not_eaten(anna, now):
    eat_for(anna, now, 4)
    kept = services.log_food(anna, ALMONDS, day=now - timedelta(days=1), meal=Meal.LUNCH, amount=Decimal(100), unit="g")
    services.delete_entries(anna, [kept.entries[0].id])
    assert week(anna, now).of("PROCNT").mean == pytest.approx(4 * 12.56, rel=0.02)


def test_charlie_never_gets_annas_food_or_supplements(anna, charlie, now):
    eat_for(anna, now, 4)
    dose(anna, magnesium(anna), now - timedelta(days=1))
    found = week(charlie, now)
    assert (found.complete_days, found.taken, found.intake.days) == (0, (), ())


# ---- who ----


def test_the_recipient_is_who_the_profile_says(anna, now):
    anna.menstruates, anna.vegetarian = False, True
    weigh(anna, Decimal("61.5"), day=now, unit="kg")
    who, lacking = recipient(anna)
    assert (who.sex, who.weight_kg, who.menstruates, who.vegetarian, who.smokes) == ("female", 61.5, False, True, None)
    assert who.age_y == float(now.year - 1984 - ((now.month, now.day) < (5, 31)))
    assert lacking == ()


def test_a_weight_in_pregnancy_is_not_the_weight_before_it(anna, now):
    weigh(anna, Decimal(80), day=now, unit="kg")
    anna.life_stage = "pregnant-3"
    assert recipient(anna)[0].weight_kg is None
    anna.life_stage = "lactating-0-6"
    assert recipient(anna)[0].weight_kg == 80


def test_a_life_stage_left_over_in_a_mans_profile_is_not_his(anna):
    anna.sex, anna.life_stage = "male", "pregnant-2"
    assert recipient(anna)[0].life_stage == "none"


def test_an_infant_has_a_fraction_of_a_year(anna, now):
    anna.birth_date = now - timedelta(days=183)
    assert recipient(anna)[0].age_y == pytest.approx(0.5, abs=0.01)


def test_tables_that_do_not_speak_of_a_person_say_so(anna, now):
    anna.birth_date, anna.life_stage = now - timedelta(days=8 * 365), "pregnant-1"
    eat_for(anna, now, 4)
    found = week(anna, now)
    assert found.found == ()
    assert found.refused


def test_the_chosen_authority_gives_the_references(anna, now):
    anna.authority = "EFSA"
    eat_for(anna, now, 4)
    assert week(anna, now).of("MG").reference.ai == 300


def test_only_questions_that_matter_are_asked_and_answers_can_be_changed(anna, now):
    eat_for(anna, now, 4)
    assert {q.field for q in week(anna, now).questions} == {"menstruates", "contraceptive", "vegetarian", "smokes"}
    anna.menstruates, anna.smokes = False, True
    found = week(anna, now)
    assert {q.field for q in found.questions} == {"vegetarian"}
    assert {(q.field, answer) for q, answer in found.answered} == {("menstruates", False), ("smokes", True)}


def test_a_man_is_not_asked_about_periods(anna, now):
    anna.sex = "male"
    assert {q.field for q in week(anna, now).questions} == {"vegetarian", "smokes"}


def test_the_latest_days_end_today(anna, now):
    found = latest_assessment(anna, 14)
    assert (found.first, found.last) == (now - timedelta(days=13), now)


# ---- supplements ----


def test_the_usual_doses_count_when_none_was_logged(anna, now):
    magnesium(anna)
    found = taken(anna, now - timedelta(days=6), now)
    assert (found[0].doses_a_day, found[0].logged) == (2, False)
    assert a_day(found) == {"MG": 200}


def test_logged_doses_are_averaged_over_the_days_and_replace_the_usual_number(anna, now):
    supplement = magnesium(anna)
    for back in (1, 2, 3):
        dose(anna, supplement, now - timedelta(days=back))
    (found,) = taken(anna, now - timedelta(days=5), now)
    assert (found.doses_a_day, found.logged) == (0.5, True)
    assert found.a_day["MG"] == pytest.approx(50)


def test_a_supplement_without_any_number_of_doses_is_not_counted(anna, now):
    magnesium(anna, doses_a_day=None)
    (found,) = taken(anna, now, now)
    assert found.doses_a_day is None
    assert a_day((found,)) == {}


def test_a_removed_supplement_counts_only_by_what_was_logged_of_it(anna, now):
    gone = magnesium(anna, deleted_at=days.now())
    assert taken(anna, now, now) == ()
    dose(anna, gone, now, "2")
    assert a_day(taken(anna, now, now)) == {"MG": 200}


def test_two_supplements_of_one_nutrient_add_up(anna, now):
    magnesium(anna)
    magnesium(anna, composition={"MG": 50.0, "ZN": 10.0}, doses_a_day=Decimal(1))
    assert a_day(taken(anna, now, now)) == {"MG": 250, "ZN": 10}


def test_a_supplement_raises_the_usual_intake_and_is_held_against_its_upper_level(anna, now):
    eat_for(anna, now, 5)
    before = week(anna, now).of("MG")
    magnesium(anna, doses_a_day=Decimal(4))
    after = week(anna, now).of("MG")
    assert after.supplement == 400
    assert after.probability > before.probability
    assert "is above the level that can cause diarrhoea" in after.ul_sentence
