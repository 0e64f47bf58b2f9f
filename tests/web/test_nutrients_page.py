import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import ALMONDS, EGG, SPINACH

from provender.diary.entries import Meal
from provender.nutrition.verdicts import Verdict
from provender.store import days, services
from provender.store.adequacies import latest_assessment
from provender.store.members import change_profile
from provender.store.models import Member, Supplement
from provender.web.nutrients import groups_of

BORN = date(1984, 5, 31)


@pytest.fixture
def anna(alice):
    """Alice, a woman of about forty who said so."""
    return change_profile(alice, sex="female", birth_date=BORN)


@pytest.fixture
def now(alice):
    return days.today(alice.zone)


def eat_for(member, now, count, foods=((EGG, "200"), (ALMONDS, "40"), (SPINACH, "100"))):
    for back in range(1, count + 1):
        for food, grams in foods:
            day = now - timedelta(days=back)
            services.log_food(member, food, day=day, meal=Meal.LUNCH, amount=Decimal(grams), unit="g")


def shown(client, query=""):
    page = client.get(f"/nutrients{query}")
    assert page.status_code == 200
    return page.content.decode()


def section(page, name):
    return re.search(rf'<section[^>]*id="{name}".*?</section>', page, re.DOTALL).group()


def test_the_page_shows_the_last_fourteen_days(as_alice, anna, now):
    eat_for(anna, now, 4)
    page = shown(as_alice)
    assert '<a href="?days=14" aria-current="page">' in page
    assert f"{now - timedelta(days=13):%-d %b} to" in page


def test_every_nutrient_with_a_reference_stands_in_one_group_with_its_own_sentence(as_alice, anna, now):
    eat_for(anna, now, 5)
    page = shown(as_alice)
    for found in latest_assessment(anna, 14).found:
        compared = found.reference.cdrr is None and (found.reference.requirement or found.reference.ai)
        assert page.count(f'id="n-{found.nutrient}"') == (1 if compared else 0)
        if compared:
            assert found.sentence in page.replace("&#x27;", "'")


def test_words_come_before_pictures_and_the_table_stands_behind_them(as_alice, anna, now):
    eat_for(anna, now, 5)
    page = shown(as_alice)
    assert (
        page.index("Is it enough?") < page.index("<svg") < page.index("Table of usual intakes") < page.index("Coverage")
    )


def test_a_picture_says_its_numbers_in_words(as_alice, anna, now):
    eat_for(anna, now, 5)
    row = re.search(r'<li id="n-MG".*?</li>', shown(as_alice), re.DOTALL).group()
    assert re.search(r'role="img" aria-label="Magnesium: usual intake .* to .* mg a day; EAR 265 mg, RDA 320 mg"', row)


@pytest.mark.parametrize(("probability", "group"), [(0.5, "uncertain"), (0.84, "uncertain"), (0.86, "enough")])
def test_an_adequate_intake_reached_by_a_toss_of_a_coin_is_not_called_enough(as_alice, anna, now, probability, group):
    eat_for(anna, now, 5)
    found = replace(latest_assessment(anna, 14).of("K"), verdict=Verdict.AI_REACHED, probability=probability)
    assert [g.id for g in groups_of((found,))] == [group]


def test_no_sentence_says_that_somebody_lacks_a_nutrient(as_alice, anna, now):
    eat_for(anna, now, 5)
    page = shown(as_alice).casefold()
    assert "deficien" not in page
    assert "you lack" not in page


def test_fewer_than_three_complete_days_have_amounts_and_say_what_to_do(as_alice, anna, now):
    eat_for(anna, now, 2)
    page = shown(as_alice)
    assert "2 complete days so far; 3 are needed" in page
    assert "confident" not in section(page, "summary")
    assert "<svg" not in page
    assert "2 complete days average" in page


def test_a_nutrient_known_for_too_little_has_no_verdict_and_no_picture(as_alice, anna, now):
    eat_for(anna, now, 4)
    for back in range(1, 5):
        services.log_energy(anna, Decimal(900), day=now - timedelta(days=back), meal=Meal.DINNER)
    row = re.search(r'<li id="n-MG".*?</li>', shown(as_alice), re.DOTALL).group()
    assert "no verdict" in row
    assert "Too little of it is known" in row
    assert "<svg" not in row


def test_one_day_is_amounts_only(as_alice, anna, now):
    eat_for(anna, now, 5)
    page = shown(as_alice, "?days=1")
    assert "Is it enough?" not in page
    assert "14 days" in page


def test_without_sex_and_birth_date_the_page_asks_for_them_and_still_shows_amounts(as_alice, alice, now):
    eat_for(alice, now, 4)
    page = shown(as_alice)
    assert "Your sex and birth date decide" in page
    assert re.search(r">Magnesium<.*?mg", page, re.DOTALL)


def test_days_left_out_are_named_with_their_reason(as_alice, anna, now):
    eat_for(anna, now, 5)
    low = now - timedelta(days=7)
    services.log_food(anna, SPINACH, day=low, meal=Meal.LUNCH, amount=Decimal(50), unit="g")
    page = section(shown(as_alice), "summary")
    assert "1 day left out" in page
    assert f'/day/{low}"' in page
    assert "below 62 % of your median day" in page


def test_today_is_said_not_to_count_yet(as_alice, anna, now):
    eat_for(anna, now, 4)
    services.log_food(anna, EGG, day=now, meal=Meal.LUNCH, amount=Decimal(50), unit="g")
    assert "today is not over" in shown(as_alice)


def test_a_dose_above_the_upper_level_is_watched_with_its_scope(as_alice, anna, now):
    eat_for(anna, now, 5)
    Supplement.objects.create(
        member=anna, name="Magnesium", composition={"MG": 400.0}, doses_a_day=Decimal(1), unit="tablet"
    )
    page = shown(as_alice)
    limits = section(page, "limits")
    assert "Your supplement magnesium, 400 mg a day, is above" in limits
    assert "counts supplements only" in limits
    assert "Magnesium: 1 tablet a day, as you say" in page


def test_sodium_is_held_against_its_limit_and_never_called_enough(as_alice, anna, now):
    eat_for(anna, now, 5)
    page = shown(as_alice)
    assert "usual sodium is below 2,300 mg" in section(page, "limits")
    assert 'id="n-NA"' not in page


def test_only_questions_that_matter_are_asked(as_alice, anna, now):
    eat_for(anna, now, 4)
    assert "Do you have periods?" in shown(as_alice)
    change_profile(anna, sex="male")
    page = shown(as_alice)
    assert "Do you have periods?" not in page
    assert "Do you smoke?" in page


def test_an_answer_is_kept_and_can_be_taken_back(as_alice, anna, now):
    eat_for(anna, now, 4)
    sent = as_alice.post("/nutrients/answers", {"smokes": "yes", "authority": "EFSA", "back": "30"})
    assert (sent.status_code, sent.url) == (302, "/nutrients?days=30")
    kept = Member.objects.get(pk=anna.pk)
    assert (kept.smokes, kept.authority, kept.menstruates) == (True, "EFSA", None)
    as_alice.post("/nutrients/answers", {"smokes": ""})
    assert Member.objects.get(pk=anna.pk).smokes is None


@pytest.mark.parametrize(
    ("back", "query"), [("2026-03-01_2026-03-05", "first=2026-03-01&last=2026-03-05"), ("//x", "")]
)
def test_an_answer_leads_back_to_the_range_that_was_shown_and_nowhere_else(as_alice, anna, back, query):
    sent = as_alice.post("/nutrients/answers", {"smokes": "no", "back": back})
    assert sent.url == (f"/nutrients?{query}" if query else "/nutrients")


@pytest.mark.parametrize(("field", "value"), [("smokes", "sometimes"), ("authority", "WHO")])
def test_an_answer_that_is_none_is_refused(as_alice, anna, field, value):
    assert as_alice.post("/nutrients/answers", {field: value}).status_code == 422
    assert Member.objects.get(pk=anna.pk).smokes is None


def test_european_values_are_called_by_their_own_names(as_alice, anna, now):
    eat_for(anna, now, 5)
    change_profile(anna, authority="EFSA")
    row = re.search(r'<li id="n-ZN".*?</li>', shown(as_alice), re.DOTALL).group()
    assert re.search(r"\bAR \d", row)
    assert re.search(r"\bPRI \d", row)
    assert "EAR" not in row


def test_hidden_calories_are_nowhere_on_the_page(as_alice, anna, now):
    eat_for(anna, now, 5)
    assert "kcal" in shown(as_alice)
    change_profile(anna, hides_calories=True)
    page = shown(as_alice)
    assert "kcal" not in page
    assert "kJ" not in page
    assert "Magnesium" in page


def test_charlie_sees_nothing_of_alices_food(as_charlie, anna, now):
    eat_for(anna, now, 5)
    assert "Nothing eaten in these days yet" in shown(as_charlie)


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get("/nutrients").status_code == 302
    assert client.post("/nutrients/answers", {}).status_code == 302


def test_the_page_holds_no_script_of_its_own(as_alice, anna, now):
    eat_for(anna, now, 5)
    assert re.findall(r"<script(?![^>]*src=)|\son\w+=", shown(as_alice)) == []


def test_complete_days_only_narrows_the_table_and_not_the_verdicts(as_alice, anna, now):
    eat_for(anna, now, 5)
    services.mark_day(anna, now - timedelta(days=1), complete=True)
    page = shown(as_alice, "?complete=yes")
    assert "From 5 complete days" in page
    assert "daily mean of the 1 day with food" in page


def test_reversed_dates_are_refused_in_words(as_alice, anna):
    page = as_alice.get("/nutrients?first=2026-03-05&last=2026-03-01")
    assert page.status_code == 422
    assert "swap the two dates" in page.content.decode()


def test_the_programmers_door_gives_the_same_answers(as_alice, anna, now):
    eat_for(anna, now, 5)
    sent = {one["nutrient"]: one for one in as_alice.get("/api/adequacy?days=14").json()}
    found = latest_assessment(anna, 14).of("MG")
    assert sent["MG"]["sentence"] == found.sentence
    assert sent["MG"]["probability"] == pytest.approx(found.probability)
    assert sent["ID"]["mean"] is None
    assert sent["ID"]["verdict"] == Verdict.NO_VERDICT
