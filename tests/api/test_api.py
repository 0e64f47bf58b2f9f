import json
from uuid import uuid4

import pytest
from cast import DAY, EGG

from provender.store import foods, selectors

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


def test_the_schema_is_published(client, db):
    schema = client.get("/api/openapi.json").json()
    assert "/api/foods" in schema["paths"]
