import json
from uuid import uuid4

import pytest
from cast import DAY, EGG
from django.test import Client

from provender.store import foods, selectors
from provender.store.supplements import keep_supplement

ISO = DAY.isoformat()


def post(client, path, value):
    return client.post(path, json.dumps(value), content_type="application/json")


def test_a_stranger_gets_nothing(client, db):
    for path in ("/api/foods?q=egg", f"/api/foods/{EGG}", f"/api/days/{ISO}"):
        assert client.get(path).status_code == 401


def test_foods_are_found_and_unknown_nutrients_are_left_out(as_alice):
    found = as_alice.get("/api/foods", {"q": "egg raw", "limit": 3}).json()
    assert EGG in [f["id"] for f in found]
    assert "PHYSTR" not in found[0]["composition"]


def test_a_food_is_logged_once_by_key_and_the_day_shows_it(as_alice, alice):
    sent = {"food_id": EGG, "amount": "2", "unit": "1 large", "meal": "lunch", "key": str(uuid4())}
    for _ in range(2):
        assert post(as_alice, f"/api/days/{ISO}/foods", sent).status_code == 201
    day = as_alice.get(f"/api/days/{ISO}").json()
    assert [e["name"] for e in day["entries"]] == ["Egg, whole, raw, fresh"]
    assert day["balance"]["left"] is None
    assert day["balance"]["eaten"] == 143


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"amount": "0"}, 422),
        ({"unit": "fl oz"}, 422),
        ({"food_id": "usda-sr24:99999"}, 404),
        ({"meal": "brunch"}, 422),
    ],
)
def test_bad_input_is_refused_in_words(as_alice, alice, change, status):
    sent = {"food_id": EGG, "amount": "2", "unit": "1 large", "meal": "lunch", **change}
    answer = post(as_alice, f"/api/days/{ISO}/foods", sent)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert selectors.day(alice, DAY).entries == ()


def test_charlie_does_not_reach_alices_food_or_day(as_charlie, alice, log_eggs):
    log_eggs()
    made = foods.keep_own_food(alice, name="Bar", basis_g=None, composition={})
    assert as_charlie.get(f"/api/foods/{made.id}").status_code == 404
    assert as_charlie.get(f"/api/days/{ISO}").json()["entries"] == []


def test_charlie_cannot_delete_alices_entry_and_alice_can(as_charlie, as_alice, alice, log_eggs):
    entry = log_eggs()
    assert as_charlie.delete(f"/api/entries/{entry.id}").status_code == 404
    assert len(selectors.day(alice, DAY).entries) == 1
    assert "Deleted" in as_alice.delete(f"/api/entries/{entry.id}").json()["sentence"]
    assert selectors.day(alice, DAY).entries == ()


def test_the_nutrients_of_a_day_are_null_where_nothing_is_known(as_alice, log_eggs):
    log_eggs()
    found = {n["nutrient"]: n for n in as_alice.get(f"/api/days/{ISO}/nutrients").json()}
    assert found["MG"]["amount"] == pytest.approx(12)
    assert found["MG"]["unit"] == "mg"
    assert any(n["amount"] is None and n["coverage"] == 0 for n in found.values())


def test_a_proposal_can_be_logged_as_it_was_proposed(as_alice, alice):
    eggs, cake, odd = post(as_alice, "/api/proposals", {"words": "2 large eggs, cake 300 kcal, a glass of zzqx"}).json()
    assert (eggs["amount"], eggs["unit"], eggs["mass_g"]) == ("2", "1 large", "100")
    assert (cake["food_id"], cake["energy_kcal"]) == (None, "300")
    assert "zzqx" in odd["question"]
    assert selectors.day(alice, DAY).entries == ()
    sent = {name: eggs[name] for name in ("food_id", "amount", "unit")}
    assert post(as_alice, f"/api/days/{ISO}/foods", {**sent, "meal": "lunch"}).status_code == 201


@pytest.mark.parametrize("words", ["", "x" * 2001])
def test_words_that_are_none_or_too_many_keep_nothing(as_alice, words):
    answer = post(as_alice, "/api/proposals", {"words": words})
    assert answer.json() == [] if not words else answer.status_code == 422


def test_another_site_cannot_log_in_a_members_name(alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    sent = {"food_id": EGG, "amount": "2", "unit": "1 large", "meal": "lunch"}
    assert post(browser, f"/api/days/{ISO}/foods", sent).status_code == 403


def test_a_day_that_is_none_is_refused_in_words(as_alice):
    answer = as_alice.get("/api/days/2026-02-31")
    assert answer.status_code == 422
    assert "2026-02-31" in answer.json()["detail"]


def test_the_schema_is_published(client, db):
    schema = client.get("/api/openapi.json").json()
    assert "/api/foods" in schema["paths"]


def test_supplements_are_listed_and_taken_by_their_member_alone(as_alice, as_charlie, alice):
    one, _ = keep_supplement(alice, name="Night", label="Magnesium 100 mg")
    (listed,) = as_alice.get("/api/supplements").json()
    assert (listed["id"], listed["composition"], listed["doses_a_day"]) == (one.id, {"MG": 100.0}, None)
    sent = {"supplement": one.id, "doses": "2"}
    made = as_alice.post("/api/days/2026-03-10/doses", sent, content_type="application/json")
    assert (made.status_code, made.json()["kind"], float(made.json()["amount"])) == (201, "dose", 2)
    assert as_charlie.get("/api/supplements").json() == []
    refused = as_charlie.post("/api/days/2026-03-10/doses", sent, content_type="application/json")
    assert refused.status_code == 404


def test_what_supplements_bring_a_day_is_told_with_its_sources(as_alice, as_charlie, alice):
    one, _ = keep_supplement(alice, name="Night", label="Magnesium 100 mg")
    sent = {"supplement": one.id, "doses": "2"}
    made = as_alice.post("/api/days/today/doses", sent, content_type="application/json").json()
    assert (made["doses"], made["intake"]) == ({"MG": 200.0}, {})
    found = as_alice.get("/api/supplements/daily?days=4").json()
    assert found["nutrients"] == [{"nutrient": "MG", "unit": "mg", "a_day": 50.0, "by": {"Night": 50.0}}]
    assert found["unknown"] == []
    assert as_charlie.get("/api/supplements/daily").json()["nutrients"] == []
