import json
import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from cast import ALMONDS, DAY, EGG, PASSWORD

from provender.diary.entries import Kind, Meal
from provender.store import days, foods, selectors, services, undo
from provender.store.models import DayMark, DiaryEntry, Member

ISO = DAY.isoformat()
HTMX = {"HTTP_HX_REQUEST": "true"}
PAGES = [
    "/",
    f"/day/{ISO}",
    "/nutrients",
    "/nutrients?days=30",
    "/trends",
    "/foods",
    "/foods?q=halibut",
    f"/foods/{EGG}",
    "/me",
    "/foods/own",
    "/foods/recipe",
]


def entries(member, day=DAY):
    return selectors.day(member, day).entries


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_diary(as_alice, page):
    answer = as_alice.get(page)
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", [p for p in PAGES if p != "/"])
def test_a_stranger_is_asked_to_sign_in(client, db, page):
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/")


def test_a_stranger_at_the_door_sees_the_landing_page(client, db):
    page = client.get("/").content.decode()
    assert "Try the demo" in page


def test_the_quick_log_proposes_four_entries_for_four_foods(as_alice):
    words = "2 eggs, slice of rye toast, 30 g almonds, black coffee"
    page = as_alice.post(f"/day/{ISO}/proposals", {"words": words}, **HTMX).content.decode()
    assert [name in page for name in ("take_0", "take_3", "take_4")] == [True, True, False]
    for food in ("Egg", "Bread, rye", "almonds", "Coffee, brewed"):
        assert food in page


def test_accepted_proposals_are_kept_once_even_when_sent_twice(as_alice, alice):
    sent = {"meal": "breakfast", "key": str(uuid4()), "take_0": "on", "food_0": EGG, "amount_0": "2", "unit_0": "1 large",
            "take_1": "on", "text_1": "snack", "kcal_1": "120", "food_2": ALMONDS, "amount_2": "30", "unit_2": "g"}  # fmt: skip
    for _ in range(2):
        assert as_alice.post(f"/day/{ISO}/accept", sent, **HTMX).status_code == 200
    assert [(e.kind, e.meal, e.energy_kcal) for e in entries(alice)] == [
        (Kind.FOOD, Meal.BREAKFAST, 143.0),
        (Kind.ENERGY, Meal.BREAKFAST, 120.0),
    ]


def test_one_bad_line_keeps_none_and_is_named(as_alice, alice):
    sent = {"meal": "lunch", "take_0": "on", "food_0": EGG, "amount_0": "2", "unit_0": "1 large",
            "take_1": "on", "text_1": "almonds", "food_1": ALMONDS, "amount_1": "lots", "unit_1": "g"}  # fmt: skip
    answer = as_alice.post(f"/day/{ISO}/accept", sent, **HTMX)
    assert answer.status_code == 422
    assert "almonds" in answer.content.decode()
    assert "lots" in answer.content.decode()
    assert entries(alice) == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x" * 15_000, "2,000"),
        ("egg," * 60, "at most"),
        ("", "words"),
        ("\x00", "Is this right"),
        ("🥚🥚 \u200f\u05d1\u05d9\u05e6\u05d4", "please check"),
    ],
)
def test_strange_words_get_a_clear_answer(as_alice, alice, words, said):
    answer = as_alice.post(f"/day/{ISO}/proposals", {"words": words}, **HTMX)
    assert answer.status_code in (200, 422)
    assert said.lower() in answer.content.decode().lower()
    assert entries(alice) == ()


def test_ten_megabytes_in_the_box_are_refused(as_alice):
    answer = as_alice.post(f"/day/{ISO}/proposals", {"words": "x" * 10_000_000})
    assert answer.status_code == 400
    assert "too long" in answer.content.decode()


@pytest.mark.parametrize("amount", ["", "0", "-2", "NaN", "inf", "1e999", "999999999", "two", "😀"])
def test_a_bad_amount_is_refused_beside_its_field(as_alice, alice, amount):
    sent = {"food_id": EGG, "amount": amount, "unit": "1 large", "meal": "lunch"}
    answer = as_alice.post(f"/day/{ISO}/food", sent, **HTMX)
    assert answer.status_code == 422
    assert "found" in answer.content.decode()
    assert entries(alice) == ()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("energy", {"kcal": "-5", "meal": "lunch"}),
        ("energy", {"kcal": "5", "meal": "brunch"}),
        ("water", {"amount": "99999", "unit": "ml"}),
        ("water", {"amount": "1", "unit": "kg"}),
        ("weight", {"weight": "7000", "unit": "kg"}),
        ("weight", {"weight": "abc", "unit": "kg"}),
        ("weight", {"weight": "70", "unit": "ml"}),
        ("score", {"score": "11"}),
        ("score", {"score": "x"}),
        ("note", {"text": "   "}),
        ("note", {"text": "x" * 10_001}),
        ("exercise", {"name": "", "minutes": "5"}),
        ("exercise", {"name": "run"}),
        ("exercise", {"name": "run", "minutes": "1441"}),
        ("exercise", {"name": "run", "activity_id": "12050"}),
        ("copy", {"source": "2026-02-31"}),
        ("copy", {"source": "2020-01-01"}),
    ],
)
def test_bad_input_is_refused_in_words_and_nothing_is_kept(as_alice, path, sent):
    answer = as_alice.post(f"/day/{ISO}/{path}", sent, **HTMX)
    assert answer.status_code == 422
    assert len(answer.content.decode().strip()) > 15
    assert not DiaryEntry.objects.exists()


def test_a_day_that_is_none_is_a_clear_page(as_alice):
    answer = as_alice.get("/day/2026-02-31")
    assert answer.status_code == 422
    assert "expected a date" in answer.content.decode()


def test_the_day_page_shows_what_was_logged_and_what_is_left(as_alice, alice, log_eggs):
    log_eggs()
    alice.budgets.create(from_day=DAY, daily_kcal=2000)
    page = as_alice.get(f"/day/{ISO}").content.decode()
    assert "Egg, whole, raw, fresh" in page
    assert "1,857" in page


def test_unknown_energy_is_shown_as_unknown(as_alice, alice):
    made = foods.keep_own_food(alice, name="Herbal brew", basis_g=Decimal(100), composition={})
    services.log_food(alice, made.id, day=DAY, meal=Meal.SNACKS, amount=Decimal(200), unit="g")
    page = as_alice.get(f"/day/{ISO}").content.decode()
    row = re.search(r'class="entry".*?</li>', page, re.DOTALL).group()
    assert "unknown" in row
    assert "at least" in page


def test_edit_undo_delete_copy_and_move_by_hand(as_alice, alice, log_eggs):
    entry = log_eggs()
    assert as_alice.get(f"/entry/{entry.id}").status_code == 200
    as_alice.post(f"/entry/{entry.id}/edit", {"amount": "3", "unit": "1 large", "meal": "dinner", "day": ISO}, **HTMX)
    assert [(e.meal, e.amount) for e in entries(alice)] == [(Meal.DINNER, Decimal(3))]
    as_alice.post(f"/undo/{undo.latest_change(alice)}", {"day": ISO}, **HTMX)
    assert [(e.meal, e.amount) for e in entries(alice)] == [(Meal.BREAKFAST, Decimal(2))]
    page = as_alice.post(f"/entry/{entry.id}/delete", **HTMX).content.decode()
    assert "Undo" in page
    assert entries(alice) == ()
    as_alice.post(f"/undo/{undo.latest_change(alice)}", {"day": ISO}, **HTMX)
    as_alice.post(f"/entry/{entry.id}/again", {"day": ISO, "meal": "snacks"}, **HTMX)
    as_alice.post(f"/day/{DAY + timedelta(days=1)}/copy", {"source": ISO, "meal": "breakfast"}, **HTMX)
    assert len(entries(alice)) == 2
    assert len(entries(alice, DAY + timedelta(days=1))) == 1


def test_without_scripts_an_action_leads_back_to_its_day(as_alice, log_eggs):
    entry = log_eggs()
    answer = as_alice.post(f"/entry/{entry.id}/delete")
    assert (answer.status_code, answer.url) == (302, f"/day/{ISO}")
    assert "Deleted Egg" in as_alice.get(answer.url).content.decode()


def test_every_kind_of_entry_is_logged_by_its_form(as_alice, alice):
    for path, sent in (
        ("food", {"food_id": EGG, "amount": "1½", "unit": "1 large", "meal": "lunch"}),
        ("energy", {"kcal": "250", "meal": "snacks", "name": "Cake"}),
        ("weight", {"weight": "150", "unit": "lb"}),
        ("exercise", {"name": "walking", "activity_id": "17200", "minutes": "30"}),
        ("exercise", {"name": "juggling", "kcal": "90"}),
        ("water", {"amount": "250", "unit": "ml"}),
        ("score", {"score": "4"}),
        ("note", {"text": "slept <b>badly</b>"}),
    ):
        assert as_alice.post(f"/day/{ISO}/{path}", sent, **HTMX).status_code == 200, path
    found = {(e.kind, e.name): e for e in entries(alice)}
    assert found[Kind.FOOD, "Egg, whole, raw, fresh"].amount == Decimal("1.5")
    assert found[Kind.WEIGHT, "Weight"].mass_g == Decimal("68038.8555")
    assert found[Kind.EXERCISE, "walking"].energy_kcal > 50
    assert found[Kind.EXERCISE, "juggling"].energy_kcal == 90
    assert "slept &lt;b&gt;badly" in as_alice.get(f"/day/{ISO}").content.decode()


def test_a_second_tap_on_the_pain_scale_replaces_the_first(as_alice, alice):
    for score in ("4", "6", "0"):
        assert as_alice.post(f"/day/{ISO}/score", {"score": score}, **HTMX).status_code == 200
    assert [e.amount for e in entries(alice)] == [Decimal(0)]


def test_a_day_is_marked_complete_and_opened_again(as_alice, alice):
    as_alice.post(f"/day/{ISO}/mark", {"complete": "yes"}, **HTMX)
    assert DayMark.objects.get(member=alice).complete
    as_alice.post(f"/day/{ISO}/mark", {"complete": "no"}, **HTMX)
    assert not DayMark.objects.get(member=alice).complete


def test_search_as_you_type_finds_the_food_at_the_end_of_the_line(as_alice):
    page = as_alice.get("/foods/find", {"words": "2 eggs, 100 g halib"}).content.decode()
    assert "halibut" in page
    assert "Egg," not in page


@pytest.mark.parametrize("address", ["/foods/find", "/foods"])
def test_search_says_how_it_read_a_misspelt_word_and_what_a_food_lacks(as_alice, address):
    misspelt, apart, plain = (
        as_alice.get(address, {"q": words}).content.decode() for words in ("brocolli", "halibut pancakes", "banana")
    )
    assert "“brocolli” read as “broccoli”" in misspelt
    assert "without “pancakes”" in apart
    assert "read as" not in plain
    assert "without “" not in plain


@pytest.mark.parametrize("address", ["/foods/find", "/foods"])
def test_a_food_of_unknown_energy_is_found_and_its_energy_unknown(as_alice, alice, address):
    foods.keep_own_food(alice, name="Herbal brew", basis_g=Decimal(100), composition={})
    page = as_alice.get(address, {"q": "herbal brew"})
    assert page.status_code == 200
    assert "Herbal brew" in page.content.decode()
    assert "unknown" in page.content.decode()


def test_nothing_found_offers_to_describe_it(as_alice):
    assert "/foods/own?name=zzqx" in as_alice.get("/foods/find", {"q": "zzqx"}).content.decode()


def test_changing_the_food_of_a_line_changes_its_measures(as_alice):
    page = as_alice.get(
        "/quick/line", {"index": "0", "food_0": ALMONDS, "amount_0": "2", "unit_0": "1 large"}
    ).content.decode()
    assert "cup whole kernels" in page


def test_a_custom_food_keeps_unknown_unknown(as_alice, alice):
    sent = {
        "name": "Bar",
        "per": "serving",
        "serving": "bar",
        "serving_g": "40",
        "n_ENERC_KCAL": "200",
        "n_MG": "",
        "n_NA": "0",
    }
    assert as_alice.post("/foods/own", sent).status_code == 302
    made = foods.own_foods(alice)[0]
    assert made.composition == {"ENERC_KCAL": 500.0, "NA": 0.0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"n_ENERC_KCAL": "950"},
        {"n_MG": "-1"},
        {"n_MG": "NaN"},
        {"serving_g": "0", "per": "serving"},
        {"n_MG": "1e400"},
    ],
)
def test_a_wrong_custom_food_is_refused_and_what_was_typed_stays(as_alice, alice, wrong):
    sent = {"name": "Bar", "brand": "Acme", "per": "100", "n_CA": "123", **wrong}
    answer = as_alice.post("/foods/own", sent)
    assert answer.status_code == 422
    assert 'value="123"' in answer.content.decode()
    assert 'value="Acme"' in answer.content.decode()
    assert foods.own_foods(alice) == []


def test_a_recipe_is_made_changed_deleted_and_restored(as_alice, alice):
    sent = {
        "name": "Omelette",
        "servings": "2",
        "cooked_mass_g": "",
        "food_0": EGG,
        "amount_0": "4",
        "unit_0": "1 large",
    }
    assert as_alice.post("/foods/recipe", sent).status_code == 302
    made = foods.own_foods(alice, recipes=True)[0]
    assert as_alice.get(f"/foods/recipe/{made.pk}").status_code == 200
    assert as_alice.post(f"/foods/recipe/{made.pk}", {**sent, "servings": "4"}).status_code == 302
    assert foods.own_foods(alice)[0].servings == 4
    as_alice.post(f"/foods/own/{made.pk}/delete")
    assert foods.own_foods(alice) == []
    as_alice.post(f"/foods/own/{made.pk}/restore")
    assert len(foods.own_foods(alice)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"servings": "0"},
        {"servings": ""},
        {"food_0": ""},
        {"amount_0": "-1"},
        {"cooked_mass_g": "0"},
        {"name": ""},
    ],
)
def test_a_wrong_recipe_is_refused_in_words(as_alice, alice, wrong):
    sent = {"name": "Omelette", "servings": "2", "food_0": EGG, "amount_0": "4", "unit_0": "1 large", **wrong}
    answer = as_alice.post("/foods/recipe", sent)
    assert answer.status_code == 422
    assert foods.own_foods(alice) == []


def test_the_profile_sets_the_budget_and_bad_values_change_nothing(as_alice, alice):
    services.log_measure(
        alice, Kind.WEIGHT, day=DAY, amount=Decimal(70), unit="kg", name="Weight", mass_g=Decimal(70000)
    )
    good = {"zone": "America/New_York", "system": "us", "sex": "female", "birth_date": "1984-03-14", "height": "5 ft 6 in",
            "activity": "inactive", "life_stage": "", "goal_kg_per_week": "-0.4536", "own_budget_kcal": ""}  # fmt: skip
    assert as_alice.post("/me", good).status_code == 302
    alice.refresh_from_db()
    assert (alice.zone, alice.height_m) == ("America/New_York", Decimal("1.6764"))
    assert alice.budgets.count() == 1
    for wrong in (
        {"height": "3 km"},
        {"birth_date": "2999-01-01"},
        {"zone": "Mars"},
        {"own_budget_kcal": "0"},
        {"activity": "x"},
    ):
        answer = as_alice.post("/me", {**good, "sex": "male", **wrong})
        assert answer.status_code == 422, wrong
    alice.refresh_from_db()
    assert alice.sex == "female"


def test_charlie_gets_nothing_of_alices(as_charlie, alice, log_eggs):
    entry = log_eggs()
    made = foods.keep_own_food(alice, name="Bar", basis_g=Decimal(100), composition={})
    change = undo.latest_change(alice)
    for method, path in (
        ("get", f"/entry/{entry.id}"),
        ("post", f"/entry/{entry.id}/edit"),
        ("post", f"/entry/{entry.id}/delete"),
        ("post", f"/undo/{change}"),
        ("get", f"/foods/{made.id}"),
        ("get", f"/foods/own/{made.source_id}"),
        ("post", f"/foods/own/{made.source_id}"),
        ("post", f"/foods/own/{made.source_id}/delete"),
    ):
        answer = getattr(as_charlie, method)(path, {"name": "x", "day": ISO} if method == "post" else None)
        assert answer.status_code == 404, path
    assert "Egg" not in as_charlie.get(f"/day/{ISO}").content.decode()
    assert len(entries(alice)) == 1


def test_charlie_cannot_log_alices_entry_again(as_charlie, log_eggs):
    assert as_charlie.post(f"/entry/{log_eggs().id}/again", {"day": ISO}).status_code == 404


def test_a_form_without_its_token_is_refused(alice):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(f"/day/{ISO}/energy", {"kcal": "100", "meal": "lunch"}).status_code == 403
    assert not DiaryEntry.objects.exists()


def test_the_demo_is_a_member_of_its_own_and_leaves_nothing_behind(client, alice):
    client.post("/demo")
    sam = Member.objects.get(is_simulated=True)
    assert sam.entries.count() > 500
    page = client.get("/").content.decode()
    assert "Simulated" in page
    assert client.get("/trends?days=90").status_code == 200
    client.post("/demo/reset")
    assert Member.objects.filter(is_simulated=True).exclude(pk=sam.pk).count() == 1
    client.post("/demo/leave")
    assert not Member.objects.filter(is_simulated=True).exists()
    assert not DiaryEntry.objects.exists()


def test_a_real_member_never_becomes_the_simulated_one(as_alice, alice):
    as_alice.post("/demo")
    assert not Member.objects.filter(is_simulated=True).exists()
    assert as_alice.get("/me").context["member"] == alice


def test_the_same_seed_gives_two_demo_members_the_same_diary(db):
    from provender.store.demo import new_simulated

    one, two = (new_simulated(zone="UTC") for _ in range(2))
    shown = [list(m.entries.order_by("day", "position").values_list("day", "name", "amount")) for m in (one, two)]
    assert shown[0] == shown[1]


def test_the_simulated_member_takes_a_supplement_that_is_no_food_of_theirs(client, db):
    client.post("/demo")
    sam = Member.objects.get(is_simulated=True)
    doses = DiaryEntry.objects.filter(member=sam, kind="dose")
    assert 60 < doses.count() < 90
    assert doses.first().composition == {"VITD": 25.0}
    assert "+ Vitamin D3" in client.get("/").content.decode()


def test_signing_up_needs_no_mail_and_takes_the_browsers_zone(client, db):
    client.cookies["zone"] = "America/New_York"
    answer = client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert answer.status_code == 302
    member = Member.objects.get(email="new@example.org")
    assert member.zone == "America/New_York"
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    assert client.get("/me").status_code == 302
    client.post("/account/login/", {"login": "new@example.org", "password": PASSWORD})
    assert client.get("/me").status_code == 200
    assert client.session.get_expiry_age() > 30 * 24 * 3600


def test_sign_up_can_be_closed(client, db, settings):
    settings.PROVENDER_SIGN_UP_OPEN = False
    client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert not Member.objects.exists()


def test_a_damaged_catalogue_is_said_and_serves_nothing_wrong(as_alice, settings, tmp_path):
    from provender.catalogue.artifact import starter_path

    broken = bytearray(starter_path().read_bytes())
    broken[-100] ^= 1
    path = tmp_path / "broken.catalogue"
    path.write_bytes(broken)
    settings.PROVENDER_CATALOGUE = str(path)
    answer = as_alice.get("/foods/find", {"q": "egg"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "digest" in page
    assert "expected" in page


def test_a_full_disk_is_said_and_nothing_typed_is_lost(as_alice, alice, monkeypatch):
    from django.db import OperationalError

    def full(*_args, **_kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(DiaryEntry, "save", full)
    answer = as_alice.post(f"/day/{ISO}/energy", {"kcal": "100", "meal": "lunch"}, **HTMX)
    assert answer.status_code == 503
    assert "disk is full" in answer.content.decode()
    monkeypatch.undo()
    assert entries(alice) == ()


def test_a_chart_shows_a_gap_where_nothing_was_logged(as_alice, log_eggs, alice):
    now = days.today(alice.zone)
    log_eggs(day=now)
    log_eggs(day=now - timedelta(days=2))
    page = as_alice.get("/trends?days=14").content.decode()
    spec = json.loads(
        re.search(r'<script id="energy-spec" type="application/json">(.*?)</script>', page, re.DOTALL).group(1)
    )
    rows = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["layer"][0]["data"]["values"]
    assert sum("eaten" in row for row in rows) == 2
    assert all(row.get("eaten") != 0 for row in rows)


def test_nutrients_show_unknown_as_unknown(as_alice, alice):
    now = days.today(alice.zone)
    services.log_energy(alice, Decimal(500), day=now, meal=Meal.LUNCH)
    page = as_alice.get("/nutrients").content.decode()
    assert re.search(r"Unknown in every food: [^<]*Magnesium", page)
    assert ">0 mg<" not in page


def test_a_simulated_member_has_no_account_to_manage(client, db):
    client.post("/demo")
    for page in ("/account/password/change/", "/account/password/set/", "/account/email/"):
        assert client.get(page).status_code == 302
        assert client.get(page).url == "/"


def test_every_form_that_logs_has_a_key_of_its_own_and_keeps_once(as_alice, alice, log_eggs):
    log_eggs(day=days.today(alice.zone))
    page = as_alice.get("/").content.decode()
    keys = re.findall(r'name="key" value="([^"]+)"', page)
    assert len(keys) == len(set(keys)) > 8
    sent = {"kcal": "100", "meal": "lunch", "key": keys[0]}
    for _ in range(2):
        as_alice.post(f"/day/{ISO}/energy", sent, **HTMX)
    assert len(entries(alice)) == 1


def test_the_average_of_calories_leaves_out_days_not_marked_complete(as_alice, alice):
    now = days.today(alice.zone)
    for ago, kcal in ((1, 2000), (2, 300)):
        services.log_energy(alice, Decimal(kcal), day=now - timedelta(days=ago), meal=Meal.LUNCH)
    assert "no average is shown" in as_alice.get("/trends").content.decode()
    services.mark_day(alice, now - timedelta(days=1), complete=True)
    assert as_alice.get("/trends").context["mean_eaten"] == 2000


def test_an_unknown_barcode_leads_to_describing_the_food_and_is_kept(as_alice, alice):
    page = as_alice.get("/foods/find", {"q": "4006381333931"}).content.decode()
    assert "/foods/own?code=4006381333931" in page
    assert 'value="4006381333931"' in as_alice.get("/foods/own?code=4006381333931").content.decode()
    as_alice.post("/foods/own", {"name": "Nut bar", "per": "100", "barcode": "4006381 333931", "n_ENERC_KCAL": "500"})
    assert "Nut bar" in as_alice.get("/foods/find", {"q": "4006381333931"}).content.decode()


def test_a_misread_barcode_is_said_and_not_kept(as_alice, alice):
    assert "misread" in as_alice.get("/foods/find", {"q": "4006381333932"}).content.decode()
    answer = as_alice.post("/foods/own", {"name": "Nut bar", "per": "100", "barcode": "4006381333932"})
    assert answer.status_code == 422
    assert foods.own_foods(alice) == []


def test_charlie_does_not_find_alices_food_by_its_barcode(as_charlie, alice):
    foods.keep_own_food(alice, name="Secret", basis_g=None, composition={}, code="4006381333931")
    assert "Secret" not in as_charlie.get("/foods/find", {"q": "4006381333931"}).content.decode()
