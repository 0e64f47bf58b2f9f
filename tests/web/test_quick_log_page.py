import re
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from cast import ALMONDS, DAY, EGG

from provender.diary.entries import Meal
from provender.store import foods, selectors

ISO = DAY.isoformat()
HTMX = {"HTTP_HX_REQUEST": "true"}
CODE = "4006381333931"


def proposed(client, words, **more):
    return client.post(f"/day/{ISO}/proposals", {"words": words, **more}, **HTMX).content.decode()


def entries(member):
    return selectors.day(member, DAY).entries


def offered(page, index):
    """What the choice of amounts of one line sends."""
    (select,) = re.findall(rf'<select name="pick_{index}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]+)"', select)


def test_a_range_is_offered_as_a_choice_and_not_ticked(as_alice):
    page = proposed(as_alice, "2-3 eggs")
    assert offered(page, 0) == ["2|1 large", "2.5|1 large", "3|1 large"]
    assert "2.5 (125 g)" in page
    assert 'name="take_0">' in page


def test_a_clear_amount_offers_no_choice(as_alice):
    page = proposed(as_alice, "2 eggs")
    assert "pick_0" not in page
    assert 'name="take_0" checked' in page


def test_a_handful_can_be_chosen_in_cups_and_its_grams_are_told(as_alice):
    page = proposed(as_alice, "a handful of almonds")
    assert "1/4 cup (35.8 g)" in page
    assert offered(page, 0)[0] == "0.25|1 cup, whole"


def test_a_choice_made_without_scripts_is_kept_without_a_tick(as_alice, alice):
    sent = {
        "meal": "lunch",
        "text_0": "2-3 eggs",
        "food_0": EGG,
        "amount_0": "2",
        "unit_0": "1 large",
        "pick_0": "3|1 large",
    }
    assert as_alice.post(f"/day/{ISO}/accept", sent).status_code in (200, 302)
    assert [(e.amount, e.mass_g) for e in entries(alice)] == [(3, 150)]


def test_no_choice_made_and_no_tick_keeps_nothing(as_alice, alice):
    sent = {"meal": "lunch", "food_0": EGG, "amount_0": "2", "unit_0": "1 large", "pick_0": ""}
    assert as_alice.post(f"/day/{ISO}/accept", sent, **HTMX).status_code == 422
    assert entries(alice) == ()


def test_a_choice_made_with_scripts_answers_the_question(as_alice):
    sent = {
        "index": "0",
        "text_0": "2-3 eggs",
        "food_0": EGG,
        "amount_0": "2",
        "unit_0": "1 large",
        "pick_0": "3|1 large",
    }
    page = as_alice.get("/quick/line", sent, **HTMX).content.decode()
    assert 'name="amount_0" value="3"' in page
    assert "please check" not in page
    assert "checked" in page


@pytest.mark.parametrize("pick", ["|", "x|1 large", "3|no such unit", "1e99|g", "<script>|g", "3|" + "x" * 5000])
def test_a_choice_nobody_offered_keeps_nothing(as_alice, alice, pick):
    sent = {"meal": "lunch", "food_0": EGG, "amount_0": "", "unit_0": "1 large", "pick_0": pick}
    assert as_alice.post(f"/day/{ISO}/accept", sent, **HTMX).status_code == 422
    assert entries(alice) == ()


def test_another_food_is_weighed_by_its_own_measures_from_the_words(as_alice):
    sent = {"index": "0", "text_0": "a handful of nuts", "food_0": ALMONDS, "amount_0": "", "unit_0": "1 cup"}
    page = as_alice.get("/quick/line", sent, HTTP_HX_TRIGGER_NAME="food_0", **HTMX).content.decode()
    assert len(offered(page, 0)) == 3
    assert "please check" in page


def test_an_empty_amount_stays_empty_when_the_unit_changes(as_alice):
    sent = {"index": "0", "text_0": "eggs", "food_0": EGG, "amount_0": "", "unit_0": "1 large"}
    page = as_alice.get("/quick/line", sent, HTTP_HX_TRIGGER_NAME="unit_0", **HTMX).content.decode()
    assert 'name="amount_0" value=""' in page


def test_each_line_keeps_the_meal_that_was_said_of_it(as_alice, alice):
    page = proposed(as_alice, "breakfast: 2 eggs\nlunch: 30 g almonds")
    assert 'name="meal_1" value="lunch"' in page
    assert "meal_0" not in page
    sent = {"meal": "breakfast", "take_0": "on", "food_0": EGG, "amount_0": "2", "unit_0": "1 large",
            "take_1": "on", "food_1": ALMONDS, "amount_1": "30", "unit_1": "g", "meal_1": "lunch"}  # fmt: skip
    as_alice.post(f"/day/{ISO}/accept", sent, **HTMX)
    assert [e.meal for e in entries(alice)] == [Meal.BREAKFAST, Meal.LUNCH]


def test_a_line_that_is_changed_keeps_its_meal(as_alice):
    sent = {"index": "1", "food_1": EGG, "amount_1": "2", "unit_1": "1 large", "meal_1": "lunch"}
    assert 'name="meal_1" value="lunch"' in as_alice.get("/quick/line", sent).content.decode()
    assert "meal_1" not in as_alice.get("/quick/line", {**sent, "meal_1": "tea time"}).content.decode()


def test_a_time_of_day_chooses_the_meal(as_alice):
    assert '<option value="breakfast" selected' in proposed(as_alice, "2 eggs at 8am", meal="dinner")


def test_exercise_is_not_offered_as_a_food(as_alice):
    page = proposed(as_alice, "30 min running")
    assert "not a food" in page
    assert "/foods/own" not in page
    assert "<button" not in page


def test_only_what_can_be_kept_is_counted_on_the_button(as_alice):
    assert "Keep 1 entry<" in proposed(as_alice, "2 eggs, zzqx, 30 min running")


def test_a_food_found_only_by_reading_the_words_differently_is_asked_about(as_alice):
    page = proposed(as_alice, "2 oreos")
    assert "please check" in page or "not found" in page


def test_a_pint_is_american_for_whoever_uses_american_units(as_alice, alice):
    assert "British" in proposed(as_alice, "a pint of beer")
    alice.system = "us"
    alice.save()
    assert "British" not in proposed(as_alice, "a pint of beer")


def led_to(answer):
    address = answer.headers.get("HX-Redirect") or answer.url
    return urlsplit(address).path, parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("typed", [CODE, f" {CODE} ", "4006381 333931"])
def test_a_barcode_in_the_box_leads_to_the_search_for_its_food(as_alice, typed, headers):
    path, asked = led_to(as_alice.post(f"/day/{ISO}/proposals", {"words": typed, "meal": "lunch"}, **headers))
    assert path == "/foods"
    assert (asked["q"], asked["day"], asked["meal"]) == ([typed.strip()], [ISO], ["lunch"])


def test_a_barcode_in_the_box_ends_at_its_food(as_alice, alice):
    bar = foods.keep_own_food(alice, name="Bar", basis_g=Decimal(100), composition={"ENERC_KCAL": 500.0}, code=CODE)
    assert (
        as_alice.post(f"/day/{ISO}/proposals", {"words": CODE}, follow=True)
        .redirect_chain[-1][0]
        .startswith(f"/foods/{bar.id}?day={ISO}")
    )


def test_an_unknown_barcode_in_the_box_ends_at_adding_the_food_with_its_code(as_alice):
    answer = as_alice.post(f"/day/{ISO}/proposals", {"words": CODE}, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"/foods/own?code={CODE}")


def test_a_misread_barcode_in_the_box_is_said(as_alice):
    answer = as_alice.post(f"/day/{ISO}/proposals", {"words": "4006381333932"}, follow=True)
    assert "misread" in answer.content.decode()


@pytest.mark.parametrize("words", ["100 g eggs", "2 eggs", "1234567 eggs", "300 kcal"])
def test_an_amount_is_no_barcode(as_alice, words):
    assert as_alice.post(f"/day/{ISO}/proposals", {"words": words}).status_code == 200
