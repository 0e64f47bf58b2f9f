import re
from collections import Counter
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import DAY, EGG

from provender.diary.entries import Meal
from provender.store import foods, services
from provender.store.catalogue_in_use import catalogue

CODE = "4006381333931"
SHOPS = "2012345678903"
ISO = DAY.isoformat()
PLACE = {"day": ISO, "meal": "dinner"}
ASKED = {"day": [ISO], "meal": ["dinner"]}


def keep_bar(member, name="Nut bar", code=CODE):
    return foods.keep_own_food(member, name=name, basis_g=Decimal(100), composition={"ENERC_KCAL": 500.0}, code=code)


def gone_to(answer):
    assert answer.status_code == 302
    parts = urlsplit(answer.url)
    return parts.path, parse_qs(parts.query)


def test_a_known_code_leads_straight_to_its_food_for_the_same_day_and_meal(as_alice, alice):
    kept = keep_bar(alice)
    path, asked = gone_to(as_alice.get("/foods", {"q": CODE, **PLACE}))
    assert path == f"/foods/{kept.id}"
    assert asked == ASKED
    page = as_alice.get(path, PLACE).content.decode()
    assert f"/day/{ISO}/food" in page
    assert '<option value="dinner" selected' in page


@pytest.mark.parametrize("typed", [CODE, "4006381 333931", "04006381333931"])
def test_a_code_leads_to_its_food_however_it_is_written(as_alice, alice, typed):
    kept = keep_bar(alice)
    assert gone_to(as_alice.get("/foods", {"q": typed}))[0] == f"/foods/{kept.id}"


def test_a_food_of_ones_own_comes_before_the_catalogues(as_alice, alice, monkeypatch):
    monkeypatch.setattr(type(catalogue()), "by_barcode", lambda self, code: self.food(EGG))
    assert gone_to(as_alice.get("/foods", {"q": CODE}))[0] == f"/foods/{EGG}"
    kept = keep_bar(alice)
    assert gone_to(as_alice.get("/foods", {"q": CODE}))[0] == f"/foods/{kept.id}"


def test_an_unknown_code_opens_add_this_food_with_the_code_kept_and_shown(as_alice):
    path, asked = gone_to(as_alice.get("/foods", {"q": CODE, **PLACE}))
    assert path == "/foods/own"
    assert asked == {"code": [CODE], **ASKED}
    page = as_alice.get(path, {"code": CODE}).content.decode()
    assert "Add this food" in page
    assert f'<b class="code">{CODE}</b>' in page
    assert f'value="{CODE}"' in page


def test_the_food_that_is_added_is_logged_on_the_day_and_at_the_meal_of_the_scan(as_alice, alice):
    sent = {"name": "Nut bar", "per": "100", "barcode": CODE, "n_ENERC_KCAL": "500"}
    path, asked = gone_to(as_alice.post(f"/foods/own?code={CODE}&day={ISO}&meal=dinner", sent))
    assert path == f"/foods/{foods.own_foods(alice)[0].food_id}"
    assert asked == ASKED
    assert gone_to(as_alice.get("/foods", {"q": CODE}))[0] == path


def test_a_name_refused_keeps_the_code(as_alice):
    answer = as_alice.post(f"/foods/own?code={CODE}", {"name": " ", "per": "100", "barcode": CODE})
    assert answer.status_code == 422
    assert f'value="{CODE}"' in answer.content.decode()


def test_a_misread_code_is_said_and_leads_nowhere(as_alice):
    answer = as_alice.get("/foods", {"q": "4006381333932"})
    assert answer.status_code == 200
    assert "misread" in answer.content.decode()


def test_a_shops_own_code_is_explained_wherever_it_is_unknown(as_alice):
    assert "shop’s own code" in as_alice.get("/foods/own", {"code": SHOPS}).content.decode()
    assert "shop’s own code" in as_alice.get("/foods/find", {"q": SHOPS}).content.decode()
    for address in ("/foods/own", "/foods/find"):
        assert "shop’s own" not in as_alice.get(address, {"code": CODE, "q": CODE}).content.decode()


def test_a_shops_own_code_that_was_described_is_found(as_alice, alice):
    kept = keep_bar(alice, "Cheese from the counter", SHOPS)
    assert gone_to(as_alice.get("/foods", {"q": SHOPS}))[0] == f"/foods/{kept.id}"


@pytest.mark.parametrize("code", ["", "123", "no code", "4006381333932", "<script>", "9" * 400])
def test_a_code_that_is_none_claims_nothing(as_alice, code):
    page = as_alice.get("/foods/own", {"code": code}).content.decode()
    assert "Add this food" not in page
    assert "<script>" not in page.replace("<script ", "")


def test_a_code_that_is_known_by_now_is_not_called_unknown(as_alice, alice):
    keep_bar(alice)
    assert "Add this food" not in as_alice.get("/foods/own", {"code": CODE}).content.decode()


def test_charlie_is_not_led_to_alices_food(as_charlie, alice):
    keep_bar(alice)
    assert gone_to(as_charlie.get("/foods", {"q": CODE}))[0] == "/foods/own"


def test_a_deleted_food_gives_its_code_back(as_alice, alice):
    foods.delete_own_food(alice, int(keep_bar(alice).source_id))
    assert gone_to(as_alice.get("/foods", {"q": CODE}))[0] == "/foods/own"


@pytest.mark.parametrize("page", ["/", f"/day/{ISO}", "/foods", "/foods/own", "/me"])
def test_no_page_may_use_more_of_the_device_than_its_camera_or_run_what_it_is_not_served(as_alice, page):
    headers = as_alice.get(page).headers
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]
    assert "eval" not in headers["Content-Security-Policy"]
    assert "worker-src 'self'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["/", "/foods", "/foods/own"])
def test_where_a_code_can_be_typed_it_can_be_scanned(as_alice, page):
    text = as_alice.get(page).content.decode()
    assert text.count('<dialog id="scanner"') == 1
    assert len(re.findall(r"<button[^>]* data-scan ", text)) == 1


@pytest.mark.parametrize(
    "page",
    ["/", f"/day/{ISO}", "/nutrients?days=7", "/trends", "/foods", "/foods?q=egg", "/foods/find?q=egg", f"/foods/{EGG}", "/foods/own",
     f"/foods/own?code={SHOPS}", "/foods/recipe", "/me", "/plan"],
)  # fmt: skip
def test_no_page_has_one_id_twice(as_alice, alice, page):
    for meal in (Meal.BREAKFAST, Meal.LUNCH):
        services.log_food(alice, EGG, day=DAY, meal=meal, amount=Decimal(2), unit="1 large")
    ids = re.findall(r'\sid="([^"]*)"', as_alice.get(page).content.decode())
    assert [name for name, times in Counter(ids).items() if times > 1] == []


@pytest.mark.django_db
def test_only_static_files_may_run_web_assembly_as_the_reader_of_barcodes_does(client):
    from django.templatetags.static import static

    answer = client.get(static("web/scan_reader.js"))
    answer.close()
    policy = answer.headers["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    assert "default-src 'none'" in policy
    assert "wasm" not in client.get("/").headers["Content-Security-Policy"]
