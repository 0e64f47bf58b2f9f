"""The pages of supplements: describe, take, undo, remove; each only for its member."""

from decimal import Decimal

import pytest
from cast import DAY
from django.urls import reverse

from provender.diary.entries import Kind
from provender.store import days, selectors, supplements

FORM = {"name": "Night", "label": "magnesium citrate 500 mg", "unit": "capsule", "doses_a_day": "1"}


def test_a_supplement_is_described_and_how_it_was_read_is_told(as_alice, alice):
    page = as_alice.post(reverse("supplement_new"), FORM, follow=True).content.decode()
    assert "One capsule: Magnesium 80.8 mg; usually 1 a day." in page
    assert "is 16.2 % magnesium" in page


def test_bad_input_keeps_what_was_typed(as_alice, alice):
    page = as_alice.post(reverse("supplement_new"), {**FORM, "label": "Magnesium 100 g"})
    words = page.content.decode()
    assert page.status_code == 422
    assert "Is the unit right?" in words
    assert 'name="sure"' in words
    assert "Magnesium 100 g</textarea>" in words
    assert (
        as_alice.post(reverse("supplement_new"), {**FORM, "label": "Magnesium 100 g", "sure": "yes"}).status_code == 302
    )


def test_one_press_on_today_takes_a_dose(as_alice, alice):
    found, _ = supplements.keep_supplement(alice, name="Night", label="Magnesium 100 mg", unit="capsule")
    assert "+ Night" in as_alice.get("/").content.decode()
    now = days.today(alice.zone)
    page = as_alice.post(
        reverse("take_dose", args=[now.isoformat()]), {"supplement": found.id}, headers={"HX-Request": "true"}
    )
    words = page.content.decode()
    assert "✓ Night" in words
    assert "Logged Night." in words
    assert as_alice.post(reverse("take_dose", args=[now.isoformat()]), {"supplement": found.id}).status_code == 302
    assert "2 capsules" in as_alice.get("/").content.decode()
    assert len(selectors.day(alice, now).entries) == 2


def test_a_removed_one_is_offered_back(as_alice, alice):
    found, _ = supplements.keep_supplement(alice, name="Night", label="")
    page = as_alice.post(reverse("supplement_remove", args=[found.id]), follow=True).content.decode()
    assert "Undo: bring it back" in page
    as_alice.post(reverse("supplement_restore", args=[found.id]))
    assert "contents not known" in as_alice.get(reverse("supplements")).content.decode()


def test_charlie_gets_none_of_it(as_charlie, alice):
    found, _ = supplements.keep_supplement(alice, name="Night", label="Magnesium 100 mg")
    assert "Night" not in as_charlie.get(reverse("supplements")).content.decode()
    assert as_charlie.get(reverse("supplement", args=[found.id])).status_code == 404
    for place in ("supplement_remove", "supplement_restore"):
        assert as_charlie.post(reverse(place, args=[found.id])).status_code == 404
    now = days.today("Europe/Berlin").isoformat()
    assert as_charlie.post(reverse("take_dose", args=[now]), {"supplement": found.id}).status_code == 404
    assert as_charlie.post(reverse("take_dose", args=[now]), {"supplement": "x"}).status_code == 404


def test_the_page_says_what_they_bring_a_day_and_from_which(as_alice, alice):
    supplements.keep_supplement(alice, name="Night", label="Magnesium 100 mg", doses_a_day=Decimal(2))
    supplements.keep_supplement(alice, name="Herbs", label="", doses_a_day=Decimal(1))
    page = as_alice.get(reverse("supplements")).content.decode()
    assert '<th scope="row">Magnesium</th><td class="n">200 mg</td><td>Night</td>' in page
    assert "Not counted, for nothing is known of what they hold: Herbs." in page
    assert "as you say you usually take it" in page


def test_calories_of_a_supplement_are_hidden_with_all_others(as_alice, alice):
    supplements.keep_supplement(alice, name="Oil", label="EPA 1 g\nEnergy 9 kcal", doses_a_day=Decimal(1))
    assert "9 kcal" in as_alice.get(reverse("supplements")).content.decode()
    alice.hides_calories = True
    alice.save()
    assert "kcal" not in as_alice.get(reverse("supplements")).content.decode()


@pytest.mark.parametrize("sent", ["²", "-1", "9" * 30, ""])
def test_what_is_no_number_of_a_supplement_is_not_found(as_alice, alice, sent):
    assert as_alice.get(reverse("supplements"), {"removed": sent}).status_code == 200
    assert as_alice.post(reverse("take_dose", args=["today"]), {"supplement": sent}).status_code == 404


def test_a_written_line_offers_ones_own_supplement_and_keeps_a_dose(as_alice, alice, as_charlie):
    found, _ = supplements.keep_supplement(alice, name="Sun", label="Vitamin D3 1000 IU")
    page = as_alice.post("/day/2026-03-10/proposals", {"words": "vitamin d 2000 iu, 2 eggs"}).content.decode()
    assert f'name="dose_0" value="{found.id}"' in page
    assert 'name="amount_0" value="2"' in page
    sent = {"take_0": "on", "dose_0": found.id, "amount_0": "2", "text_0": "vitamin d 2000 iu", "meal": "breakfast"}
    as_alice.post("/day/2026-03-10/accept", sent)
    (entry,) = selectors.day(alice, DAY).of_kind(Kind.DOSE)
    assert entry.doses == {"VITD": 50.0}
    assert entry.meal is None
    refused = as_charlie.post("/day/2026-03-10/accept", sent)
    assert (refused.status_code, "not in your list" in refused.content.decode()) == (422, True)
    assert "dose_0" not in as_charlie.post("/day/2026-03-10/proposals", {"words": "vitamin d 2000 iu"}).content.decode()


@pytest.mark.parametrize("typed", ["", "0", "many", "101"])
def test_a_dose_of_the_quick_log_that_is_none_keeps_nothing(as_alice, alice, typed):
    found, _ = supplements.keep_supplement(alice, name="Sun", label="Vitamin D3 1000 IU")
    sent = {"take_0": "on", "dose_0": found.id, "amount_0": typed, "text_0": "sun", "meal": "breakfast"}
    assert as_alice.post("/day/2026-03-10/accept", sent).status_code == 422
    assert selectors.day(alice, DAY).entries == ()
