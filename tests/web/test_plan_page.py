import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import PASSWORD
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.entries import Kind
from provender.store import days, selectors
from provender.store.members import change_profile, keep_plan, member_plan
from provender.store.models import Budget, DiaryEntry, Member
from provender.web.plan_form import FIELDS, RATES_LB, rates, read_plan, typed_words, words_for

ON = date(2026, 3, 10)
HTMX = {"HTTP_HX_REQUEST": "true"}
US = {
    "system": "us",
    "sex": "female",
    "age": "40",
    "feet": "5",
    "inches": "7",
    "pounds": "180",
    "activity": "low_active",
    "life_stage": "none",
    "rate": "-1",
}
METRIC = {**US, "system": "metric", "feet": "", "inches": "", "pounds": "", "centimetres": "170", "kilograms": "82"}


def read(**changed):
    return read_plan(typed_words({**METRIC, **changed}), ON)


def wrong(**changed):
    asked, problems = read(**changed)
    assert asked is None
    return problems


# ---- the form ----


def test_feet_inches_and_pounds_are_read_exactly():
    asked, _ = read_plan(typed_words(US), ON)
    assert asked.values["height_m"] == "1.7018"
    assert asked.values["weight_kg"] == "81.6466"
    assert asked.values["goal_kg_per_week"] == "-0.4536"


@pytest.mark.parametrize("typed", ["170", "170 cm", "1.70", "1,70 m", "170.0"])
def test_a_height_is_read_in_metres_or_centimetres(typed):
    assert read(centimetres=typed)[0].values["height_m"] == "1.7"


def test_a_very_small_height_in_centimetres_is_not_refused():
    assert read(centimetres="95")[0].values["height_m"] == "0.95"


@pytest.mark.parametrize(
    ("feet", "inches", "metres"),
    [("5'7\"", "", "1.7018"), ("5 ft", "7", "1.7018"), ("6", "", "1.8288"), ("", "67", "1.7018")],
)
def test_feet_and_inches_are_read_however_they_are_split(feet, inches, metres):
    asked, _ = read_plan(typed_words({**US, "feet": feet, "inches": inches}), ON)
    assert asked.values["height_m"] == metres


def test_metric_words_count_when_the_other_fields_are_empty():
    assert read(system="us")[0].values["weight_kg"] == "82"


def test_the_chosen_system_wins_when_both_are_filled():
    assert read(pounds="180")[0].values["weight_kg"] == "82"


def test_a_birth_date_wins_over_an_age():
    asked, _ = read(birth_date="1980-05-01", age="20")
    assert asked.person.age == 45
    assert asked.values["age_y"] == ""


def test_a_man_who_left_a_pregnancy_chosen_is_not_refused():
    assert read(sex="male", life_stage="pregnant-2")[0].person.life_stage == "none"


def test_ones_own_rate_wins_over_the_list_and_may_carry_a_typographic_minus():
    assert read(kg_per_week="−0,3", rate="2")[0].goal.kg_per_week == pytest.approx(-0.3)


def test_every_missing_field_is_named_at_once():
    assert set(read_plan(typed_words({}), ON)[1]) == {"sex", "age", "height", "weight", "activity"}


@pytest.mark.parametrize(
    ("field", "beside", "typed"),
    [
        ("age", "age", "forty"),
        ("age", "age", "121"),
        ("age", "age", "-1"),
        ("age", "age", "NaN"),
        ("birth_date", "birth_date", "1980-02-31"),
        ("birth_date", "birth_date", "2031-01-01"),
        ("birth_date", "birth_date", "1812-01-01"),
        ("centimetres", "height", "300"),
        ("centimetres", "height", "tall"),
        ("centimetres", "height", "😀"),
        ("kilograms", "weight", "0"),
        ("kilograms", "weight", "1e9"),
        ("kilograms", "weight", "9" * 500),
        ("kilograms", "weight", "170 cm"),
        ("kg_per_week", "goal", "fast"),
        ("rate", "rate", "-7"),
        ("goal_weight", "goal_weight", "thin"),
        ("activity", "activity", "lazy"),
        ("sex", "sex", "x"),
        ("life_stage", "life_stage", "pregnant-9"),
    ],
)
def test_a_bad_word_is_refused_beside_its_field_and_nowhere_else(field, beside, typed):
    problems = wrong(**{field: typed})
    assert list(problems) == [beside]
    assert len(problems[beside]) > 15


def test_a_birth_date_today_is_an_age_of_zero():
    assert read(birth_date=ON.isoformat())[0].person.age == 0


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_any_words_at_all_give_a_plan_or_sentences(words):
    asked, problems = read_plan(typed_words({**METRIC, **words}), ON)
    assert (asked is None) == bool(problems)
    assert all(problems.values())


@given(
    st.sampled_from(RATES_LB),
    st.decimals(100, 220, places=1),
    st.decimals(40, 200, places=1),
    st.sampled_from(["us", "metric"]),
)
def test_kept_values_written_into_the_form_are_read_back_nearly_the_same(rate, height, weight, system):
    first, _ = read(rate=rate, centimetres=str(height), kilograms=str(weight))
    again, _ = read_plan(words_for({**first.values, "system": system}), ON)
    assert again.person.weight_kg == pytest.approx(first.person.weight_kg, abs=0.05)
    assert again.person.height_m == pytest.approx(first.person.height_m, abs=0.002)
    assert again.values["goal_kg_per_week"] == first.values["goal_kg_per_week"]


def test_a_rate_of_ones_own_is_written_back_as_typed():
    first, _ = read(kg_per_week="-0.3")
    assert words_for(first.values)["kg_per_week"] == "-0.3"


def test_the_nine_rates_of_the_predecessor_are_offered_in_both_systems():
    offered = dict(rates())
    assert len(offered) == 9
    assert offered["-1.5"] == "lose 1.5 lb (0.68 kg) a week"
    assert offered["0"] == "keep my weight"


# ---- the page ----


def test_the_plan_needs_no_account_and_shows_calories_interval_and_source(client, db):
    page = client.post("/plan", US).content.decode()
    asked, _ = read_plan(typed_words(US), days.today("UTC"))
    from provender.energy.plan import plan

    found = plan(asked.person, asked.goal)
    for number in (found.daily_kcal, found.maintenance_low_kcal, found.maintenance_high_kcal):
        assert f"{number:,.0f}" in page
    assert "EER 2023" in page
    assert "10.17226/26818" in page
    assert "carbohydrate" in page


def test_nothing_typed_stands_in_an_address_or_a_cache(client, db):
    answer = client.post("/plan", US)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'method="post"' in answer.content.decode()


def test_asking_for_a_plan_keeps_nothing(client, db):
    client.post("/plan", US)
    assert "plan" not in client.session


def test_the_guard_rail_that_acted_says_why(client, db):
    page = client.post("/plan", {**US, "pounds": "110", "rate": "-2"}).content.decode()
    assert "underweight" in page
    assert "below 18.5" in page


def test_nobody_under_19_is_given_a_target(client, db):
    page = client.post("/plan", {**US, "age": "15"}).content.decode()
    assert "Under 19 no weight goal is set" in page
    assert "create an account" not in page.lower()


def test_a_body_no_equation_covers_gets_no_number(client, db):
    page = client.post("/plan", {**METRIC, "age": "2"}).content.decode()
    assert "No equation" in page
    assert 'class="big"' not in page


def test_a_problem_stands_beside_its_field_and_what_was_typed_is_kept(client, db):
    answer = client.post("/plan", {**US, "pounds": "heavy", "age": "41"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "found “heavy”" in page.lower()
    assert 'value="heavy"' in page
    assert 'value="41"' in page


@pytest.mark.parametrize(
    ("changed", "field", "described"),
    [
        ({"sex": ""}, "sex", "wrong-sex"),
        ({"age": "200", "feet": "99"}, "age", "wrong-age"),
        ({"inches": "70"}, "feet", "wrong-height"),
        ({"pounds": "heavy"}, "pounds", "wrong-weight"),
        ({"system": "metric", "centimetres": "9"}, "centimetres", "wrong-height"),
        ({"kg_per_week": "9"}, "kg_per_week", "wrong-goal"),
        ({"goal_weight": "1"}, "goal_weight", "wrong-goal-weight"),
    ],
)
def test_the_cursor_goes_to_the_first_field_that_is_wrong_and_only_there(client, db, changed, field, described):
    page = client.post("/plan", {**US, **changed}, **HTMX).content.decode()
    focused = [tag for tag in re.findall(r"<[^>]+>", page) if " autofocus" in tag]
    assert len(focused) == 1
    assert f'name="{field}"' in focused[0]
    assert f'aria-describedby="{described}"' in page
    assert f'id="{described}"' in page


def test_an_answer_takes_the_cursor_nowhere(client, db):
    assert " autofocus" not in client.post("/plan", US, **HTMX).content.decode()


def test_a_rate_no_body_can_keep_is_refused_beside_the_goal(client, db):
    answer = client.post("/plan", {**US, "kg_per_week": "-9"})
    assert answer.status_code == 422
    assert "kg a week" in answer.content.decode()
    assert 'value="-9" aria-invalid="true"' in answer.content.decode()


@pytest.mark.parametrize("field", ["activity", "life_stage"])
def test_a_choice_that_is_not_offered_is_named_too(client, db, field):
    assert "choose one of these" in client.post("/plan", {**US, field: "x"}).content.decode().lower()


def test_what_was_typed_is_never_markup(client, db):
    page = client.post("/plan", {**US, "pounds": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_htmx_gets_the_answer_alone_and_a_wrong_form_in_its_own_place(client, db):
    right = client.post("/plan", US, **HTMX)
    assert "<html" not in right.content.decode()
    wrong_one = client.post("/plan", {**US, "age": "x"}, **HTMX)
    assert wrong_one.status_code == 422
    assert wrong_one.headers["HX-Retarget"] == "#plan-form"
    assert "<form" in wrong_one.content.decode()


def test_ten_megabytes_are_refused(client, db):
    assert client.post("/plan", {**US, "age": "9" * 10_000_000}).status_code in (400, 413)


# ---- keeping it ----


def test_a_plan_made_without_an_account_is_the_new_members_from_the_first_minute(client, db):
    answer = client.post("/plan", {**US, "keep": "yes"})
    assert (answer.status_code, answer.url) == (302, "/account/signup/")
    client.post("/account/signup/", {"email": "dora@example.org", "password1": PASSWORD})
    dora = Member.objects.get(email="dora@example.org")
    asked, _ = read_plan(typed_words(US), days.today("UTC"))
    from provender.energy.plan import plan

    shown = plan(asked.person, asked.goal).daily_kcal
    assert selectors.budget_on(dora, days.today("UTC")) == shown
    assert dora.system == "us"
    assert selectors.latest_weight(dora, days.today("UTC")).mass_g == Decimal("81646.6")
    assert "plan" not in client.session


def test_htmx_is_sent_to_the_door_not_given_the_door_to_swap_in(client, db):
    answer = client.post("/plan", {**US, "keep": "yes"}, **HTMX)
    assert answer.headers["HX-Redirect"] == "/account/signup/"


def test_with_sign_up_closed_the_way_leads_to_signing_in_and_back(client, db, settings):
    settings.PROVENDER_SIGN_UP_OPEN = False
    assert client.post("/plan", {**US, "keep": "yes"}).url == "/account/login/?next=/plan"


def test_a_plan_carried_through_signing_in_is_still_there_and_can_be_used(client, alice):
    client.post("/plan", {**US, "keep": "yes"})
    client.post("/account/login/?next=/plan", {"login": alice.email, "password": PASSWORD})
    page = client.get("/plan").content.decode()
    assert 'value="180"' in page
    assert "Use this plan" in page
    client.post("/plan", {**US, "keep": "yes"})
    assert "plan" not in client.session


def test_a_member_finds_what_their_profile_holds(as_alice, alice):
    keep_plan(alice, read()[0].values)
    page = as_alice.get("/plan").content.decode()
    assert 'value="170"' in page
    assert 'value="82"' in page


def test_an_impossible_plan_is_not_kept(client, db):
    assert client.post("/plan", {**US, "pounds": "-3", "keep": "yes"}).status_code == 422
    assert "plan" not in client.session


def test_keeping_twice_weighs_once(alice):
    for _ in range(2):
        keep_plan(alice, read()[0].values)
    assert DiaryEntry.objects.filter(member=alice, kind=Kind.WEIGHT.value).count() == 1
    assert Budget.objects.filter(member=alice).count() == 1


def test_a_new_weight_is_a_new_weighing(alice):
    keep_plan(alice, read()[0].values)
    keep_plan(alice, read(kilograms="81")[0].values)
    assert selectors.latest_weight(alice, days.today(alice.zone)).mass_g == 81_000


def test_a_plan_kept_gives_way_to_no_older_number_of_ones_own(alice):
    change_profile(alice, own_budget_kcal=900)
    keep_plan(alice, read()[0].values)
    alice.refresh_from_db()
    assert alice.own_budget_kcal is None
    assert selectors.budget_on(alice, days.today(alice.zone)) == member_plan(alice).daily_kcal


def test_an_eating_disorder_is_kept_so_that_no_later_plan_forgets_it(alice):
    keep_plan(alice, read(eating_disorder="yes")[0].values)
    alice.refresh_from_db()
    assert member_plan(alice).allowed_kg_per_week == 0


@pytest.mark.parametrize("age", ["0", "19", "40", "104"])
def test_an_age_becomes_a_birth_date_of_the_same_age(alice, age):
    keep_plan(alice, read(age=age)[0].values)
    alice.refresh_from_db()
    today = days.today(alice.zone)
    born = alice.birth_date
    assert (born.month, born.day) == (7, 1)
    assert today.year - born.year - ((today.month, today.day) < (7, 1)) == int(age)
    assert born <= today < born + timedelta(days=366 * (int(age) + 1))


# ---- the doors ----


def test_the_landing_offers_the_demo_a_plan_and_an_account(client, db):
    page = client.get("/").content.decode()
    for way in ('action="/demo"', 'href="/plan"', 'href="/account/signup/"'):
        assert way in page


def test_with_sign_up_closed_no_page_offers_an_account(client, db, settings):
    settings.PROVENDER_SIGN_UP_OPEN = False
    for address in ("/", "/account/login/"):
        assert "/account/signup/" not in client.get(address).content.decode()
    assert "closed" in client.get("/account/signup/").content.decode()


def test_without_mail_the_way_to_a_lost_password_is_the_administrator(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.get("/account/login/").content.decode()
    assert "provender members password" in page
    assert "/account/password/reset/" not in page


def test_with_mail_a_lost_password_can_be_set_anew(client, db):
    assert "/account/password/reset/" in client.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/account/password/change/",
        "/account/logout/",
        "/account/email/",
        "/account/reauthenticate/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/confirm-email/",
        "/account/inactive/",
    ],
)
def test_every_account_page_wears_the_house_and_carries_no_inline_script(as_alice, address):
    page = as_alice.get(address, follow=True).content.decode()
    assert "provender.css" in page
    assert 'class="bar"' in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_a_page_that_is_not_there_says_so_in_the_house(client, db):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "Not here" in answer.content.decode()


def test_what_broke_is_said_without_a_template_that_can_break_too(client, db, monkeypatch):
    from provender.web import plan as page

    client.raise_request_exception = False
    monkeypatch.setattr(page, "rates", lambda: 1 / 0)
    answer = client.get("/plan")
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()


def test_a_form_that_cannot_be_trusted_is_refused_in_the_house(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/plan", US)
    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()


def test_without_mail_nobody_is_promised_a_letter(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.get("/account/password/reset/").content.decode()
    assert "provender members password" in page
    assert 'name="email"' not in page


def test_a_password_is_changed_by_its_page(as_alice, alice):
    sent = {"oldpassword": PASSWORD, "password1": "another long secret", "password2": "another long secret"}
    as_alice.post("/account/password/change/", sent)
    alice.refresh_from_db()
    assert alice.check_password("another long secret")


def test_the_numbers_in_the_landing_pages_picture_are_true(client, alice):
    from provender.store import foods

    page = client.get("/").content.decode()
    eaten = {"egg": 100, "rye toast": 24, "almonds": 30, "black coffee": 237}
    found = {words: foods.find_foods(alice, words, limit=1)[0].composition for words in eaten}
    kcal = [found[words]["ENERC_KCAL"] * mass / 100 for words, mass in eaten.items()]
    magnesium = sum(found[words]["MG"] * mass / 100 for words, mass in eaten.items())
    for number in kcal:
        assert f'<span class="number">{number:.0f}</span>' in page
    assert f"{1490 - sum(round(k) for k in kcal):,}" in page
    assert f"<b>{magnesium:.0f} mg</b>" in page


def test_the_weight_to_reach_is_kept_with_the_plan_and_shown_again_in_its_unit(as_alice, alice):
    keep_plan(alice, read(goal_weight="70 kg", kg_per_week="-0.3")[0].values)
    alice.refresh_from_db()
    assert float(alice.goal_weight_kg) == 70
    assert 'value="70 kg"' in as_alice.get("/plan").content.decode()
    assert member_plan(alice).goal.weight_kg == 70
