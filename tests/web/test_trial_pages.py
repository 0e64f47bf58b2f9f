"""Trials as pages: from the claim to the start, one press a day, the answer at the end, and nobody else's."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import numpy as np
import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from provender.library.shelf import shelf
from provender.store import trials
from provender.store.days import today
from provender.store.models import Member, Trial
from provender.store.trial_values import Happened, Status
from provender.trials.protocol import day_of
from provender.trials.trial_file import read_trial

pytestmark = pytest.mark.django_db
PLAN = {
    "title": "Magnesium and back pain",
    "kind": "supplement",
    "treatment": "300 mg magnesium in the evening",
    "comparison": "no magnesium",
    "substance": "magnesium",
    "claim": "magnesium-back-pain",
    "amount": "300",
    "unit": "mg",
    "outcome": "pain",
    "mcid": "1",
    "pairs": "4",
    "period_days": "7",
    "washout_days": "0",
    "scheme": "pairs",
    "looks": "none",
}
FLAGS = {one.id: "no" for one in shelf().redflags["back-pain"].questions}
WELL = FLAGS | {"kidneys": "normal", "pregnant": "no", "breastfeeding": "no", "medicines": "none"}
WELL |= {one.id: "no" for one in shelf().substances["magnesium"].stops if one.fact is None}
WELL |= {one.id: "no" for one in shelf().substances["magnesium"].ask_first if one.fact is None}


@pytest.fixture(autouse=True)
def _same_order(monkeypatch):
    """The order is drawn the same every time."""
    monkeypatch.setattr("provender.store.trials.token_bytes", bytes)


@pytest.fixture
def alice(client):
    member = Member.objects.create_user("alice@example.org", birth_date=date(1980, 5, 1), sex="female")
    client.force_login(member)
    return member


def proposed(client, **more):
    key = str(uuid4())
    answer = client.post("/trials/new", {**PLAN, "first_day": today("UTC").isoformat(), "key": key, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url.split("/")[2]


def running(client, **more):
    key = proposed(client, **more)
    assert client.post(f"/trials/{key}/screen", WELL).url == f"/trials/{key}/design"
    assert client.post(f"/trials/{key}/design", {"consent": "yes"}).url == f"/trials/{key}/"
    return key


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def over(member, key, effect, monkeypatch, seed=3):
    """Every day lived and recorded, and the day after the last reached."""
    kept = trials.trial(member, key)
    last = kept.protocol.last_day + timedelta(days=1)
    for module in ("store.trials", "store.trial_answers", "web.trials"):
        monkeypatch.setattr(f"provender.{module}.today", lambda zone: last)
    rng = np.random.default_rng(seed)
    for n in range(kept.protocol.design.days):
        day = kept.protocol.first_day + timedelta(days=n)
        treated = day_of(kept.protocol, trials.helper_sequence(member, kept.key), day).treated
        value = np.clip(round(5 + effect * bool(treated) + rng.normal()), 0, 10)
        trials.check_in(member, kept.key, day=day, values={"pain": float(value)}, taken=1.0)


def test_a_person_without_trials_is_told_what_will_be_here(client, alice):
    page = text(client.get("/trials/"))
    assert "Does it help you?" in page
    assert "Plan a trial" in page


def test_a_claim_fills_the_proposal(client, alice):
    page = client.get("/trials/new?claim=magnesium-back-pain").content.decode()
    assert 'value="no magnesium"' in page
    assert '<option value="magnesium" selected>' in page
    assert "magnesium citrate" in page
    assert 'name="claim" value="magnesium-back-pain"' in page


def test_a_claim_that_is_none_is_ignored(client, alice):
    assert client.get("/trials/new?claim=nothing&substance=nothing").status_code == 200


def test_from_the_plan_to_the_start(client, alice):
    key = running(client)
    page = text(client.get(f"/trials/{key}/"))
    assert "How strong was your pain" in page
    assert "Sealed" in page
    assert Trial.objects.get().consented_at is not None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"treatment": ""}, "treatment"),
        ({"pairs": "many"}, "expected a whole number"),
        ({"pairs": "0"}, "1 or more"),
        ({"mcid": "x"}, "mcid"),
        ({"first_day": "soon"}, "expected a date"),
        ({"amount": "-3"}, "dose of -3"),
        ({"outcome": "luck"}, "no instrument"),
        ({"substance": "gold"}, "substance of the library"),
        ({"pairs": "9000", "period_days": "900"}, "twenty years"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(client, alice, more, words):
    answer = client.post("/trials/new", {**PLAN, "first_day": today("UTC").isoformat(), "key": str(uuid4()), **more})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="no magnesium"' in page


def test_an_emergency_locks_and_says_what_to_do(client, alice):
    key = proposed(client)
    client.post(f"/trials/{key}/screen", WELL | {"saddle-numbness": "yes"})
    page = text(client.get(f"/trials/{key}/screen"))
    assert "Call the emergency number" in page
    assert "My clinician agreed" not in page
    assert "Begin" not in text(client.get(f"/trials/{key}/design"))
    assert client.post(f"/trials/{key}/design", {"consent": "yes"}).status_code == 422


def test_a_lesser_sign_needs_a_clinician(client, alice):
    key = proposed(client)
    client.post(f"/trials/{key}/screen", WELL | {"fever": "yes"})
    assert "My clinician agreed" in text(client.get(f"/trials/{key}/screen"))
    client.post(f"/trials/{key}/screen", {"clinician": "agreed"})
    client.post(f"/trials/{key}/design", {"consent": "yes"})
    assert trials.trial(alice, key).status is Status.RUNNING


def test_kidney_failure_stops(client, alice):
    key = proposed(client)
    client.post(f"/trials/{key}/screen", WELL | {"kidneys": "failure"})
    assert "Do not start this" in text(client.get(f"/trials/{key}/screen"))
    assert trials.trial(alice, key).status is Status.SCREENED_OUT


def test_too_much_cannot_be_started(client, alice):
    key = proposed(client, amount="360")
    client.post(f"/trials/{key}/screen", WELL)
    assert "Do not start this" in text(client.get(f"/trials/{key}/screen"))
    assert client.post(f"/trials/{key}/screen", {"clinician": "agreed"}).status_code == 422
    assert client.post(f"/trials/{key}/design", {"consent": "yes"}).status_code == 422
    assert trials.trial(alice, key).status is not Status.RUNNING


def test_a_question_left_out_is_asked_again_and_the_answers_are_kept(client, alice):
    key = proposed(client)
    answer = client.post(f"/trials/{key}/screen", {k: v for k, v in WELL.items() if k != "fever"})
    assert answer.status_code == 422
    assert "no answer yet" in text(answer)
    assert 'name="chest-pain" value="no" checked' in answer.content.decode()
    assert trials.trial(alice, key).screen == {}


def test_nothing_begins_without_consent(client, alice):
    key = proposed(client)
    client.post(f"/trials/{key}/screen", WELL)
    assert client.post(f"/trials/{key}/design", {}).status_code == 422
    assert trials.trial(alice, key).status is Status.DRAFT


def test_a_habit_is_asked_about_warning_signs_alone(client, alice):
    key = proposed(client, kind="habit", substance="", claim="", amount="", treatment="a walk", comparison="no walk")
    assert "kidneys" not in text(client.get(f"/trials/{key}/screen"))
    assert client.post(f"/trials/{key}/screen", FLAGS).url == f"/trials/{key}/design"


@pytest.mark.slow
def test_what_a_plan_could_show_is_drawn_for_it_and_its_neighbours(client, alice):
    key = proposed(client)
    page = text(client.get(f"/trials/{key}/power"))
    assert "4 pairs of 7 days" in page
    assert "this plan" in page
    assert "8 pairs of 7 days" in page


def test_one_press_keeps_a_value_and_a_second_takes_its_place(client, alice):
    key, on = running(client), today("UTC").isoformat()
    client.post(f"/trials/{key}/check-in", {"day": on, "value-pain": "4"})
    client.post(f"/trials/{key}/check-in", {"day": on, "value-pain": "6"})
    page = client.get(f"/trials/{key}/").content.decode()
    assert re.search(r'value="6" aria-pressed="true"', page)
    assert not re.search(r'value="4" aria-pressed="true"', page)


def test_what_cannot_be_kept_is_told(client, alice):
    key = running(client)
    assert client.post(f"/trials/{key}/check-in", {"day": "2999-01-01", "value-pain": "4"}).status_code == 422
    assert client.post(f"/trials/{key}/check-in", {"day": "nonsense", "value-pain": "4"}).status_code == 422
    assert client.post(f"/trials/{key}/check-in", {"value-pain": "44"}).status_code == 422
    assert client.post(f"/trials/{key}/event", {"kind": "magic"}).status_code == 422
    assert client.post(f"/trials/{key}/event", {"kind": "finished"}).status_code == 422


def test_the_order_cannot_be_read_from_the_file_before_the_end(client, alice):
    key = running(client)
    assert client.get(f"/trials/{key}/file").status_code == 422
    assert "as a file" not in text(client.get(f"/trials/{key}/"))


def test_words_of_a_warning_sign_lead_to_the_signs(client, alice):
    key = running(client)
    answer = client.post(f"/trials/{key}/check-in", {"note": "my foot is numb since noon"})
    assert answer.url == "/library/back-pain/red-flags/"


def test_the_effect_is_not_shown_before_the_end(client, alice):
    key = running(client)
    assert "The answer waits for the end" in text(client.get(f"/trials/{key}/answer"))
    assert "Look at the result" not in text(client.get(f"/trials/{key}/"))


def test_breaking_the_seal_is_kept(client, alice):
    key = running(client)
    client.post(f"/trials/{key}/event", {"kind": "seal-broken"})
    assert any(one.kind is Happened.SEAL_BROKEN for one in trials.trial(alice, key).events)
    assert "not over yet" in text(client.get(f"/trials/{key}/answer"))


def test_stopping_is_one_press_and_loses_nothing(client, alice):
    key = running(client)
    client.post(f"/trials/{key}/check-in", {"value-pain": "4", "taken": "1"})
    assert client.post(f"/trials/{key}/event", {"kind": "stopped"}).url == f"/trials/{key}/answer"
    page = text(client.get(f"/trials/{key}/answer"))
    assert "cannot tell" in page
    assert trials.trial(alice, key).status is Status.STOPPED


@pytest.mark.parametrize(
    ("effect", "words"), [(-3.0, "It helped."), (3.0, "It made it worse."), (-0.7, "Your data cannot tell.")]
)
def test_the_answer_says_what_the_days_say(client, alice, monkeypatch, effect, words):
    key = running(client)
    over(alice, key, effect, monkeypatch)
    page = text(client.get(f"/trials/{key}/answer"))
    assert words in page
    assert "What could be wrong" in page
    assert "The seed and design are those sealed" in page
    assert "Beside the published evidence" in page


def test_the_file_reads_back_with_its_seal(client, alice, monkeypatch):
    key = running(client)
    over(alice, key, -2.0, monkeypatch)
    client.get(f"/trials/{key}/")
    answer = client.get(f"/trials/{key}/file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert read_trial(answer.content, today=date(2199, 1, 1)).header.seal


@pytest.mark.slow
def test_the_report_is_a_pdf_of_at_most_three_pages_and_a_fhir_bundle(client, alice, monkeypatch):
    key = running(client)
    assert client.get(f"/trials/{key}/report.pdf").status_code == 422
    over(alice, key, -2.5, monkeypatch)
    client.get(f"/trials/{key}/")
    answer = client.get(f"/trials/{key}/report.pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    words = " ".join(page.extract_text() for page in pages)
    assert 1 <= len(pages) <= 3
    assert "300 mg magnesium in the evening" in words
    assert "alice" not in words
    assert client.get(f"/trials/{key}/report.pdf?paper=napkin").status_code == 422
    found = client.get(f"/trials/{key}/fhir.json").json()
    assert Bundle.model_validate(found).type == "collection"
    assert "alice@example.org" not in str(found)


def test_a_blinded_person_guesses_before_the_answer_and_the_helper_has_a_page(client, alice, monkeypatch):
    key = running(client, blinded="yes")
    assert "packet" in text(client.get(f"/trials/{key}/"))
    kit = text(client.get(f"/trials/{key}/kit"))
    assert "300 mg magnesium" in kit
    over(alice, key, -3.0, monkeypatch)
    client.get(f"/trials/{key}/")
    assert "Which packets do you think" in text(client.get(f"/trials/{key}/answer"))
    client.post(f"/trials/{key}/event", {"kind": "guess", **{f"guess-{n}": "0.5" for n in range(1, 9)}})
    assert "It helped." in text(client.get(f"/trials/{key}/answer"))


def test_pain_far_above_the_usual_shows_the_signs(client, alice, monkeypatch):
    key = running(client)
    first = trials.trial(alice, key).protocol.first_day
    for module in ("store.trials", "store.trial_answers", "web.trials"):
        monkeypatch.setattr(f"provender.{module}.today", lambda zone: first + timedelta(days=4))
    for n, pain in enumerate((3, 3, 3, 3, 7)):
        trials.check_in(alice, trials.trial(alice, key).key, day=first + timedelta(days=n), values={"pain": pain})
    assert "3 points above your usual" in text(client.get(f"/trials/{key}/"))


def test_today_asks_what_the_trial_asks(client, alice):
    running(client)
    page = text(client.get("/trials/today"))
    assert "How strong was your pain" in page
    assert 'hx-get="/trials/today"' in client.get("/").content.decode()


def test_a_plan_can_be_changed_and_deleted(client, alice):
    key = proposed(client)
    assert 'value="300 mg magnesium in the evening"' in client.get(f"/trials/{key}/edit").content.decode()
    client.post(f"/trials/{key}/edit", {**PLAN, "title": "Another", "first_day": today("UTC").isoformat()})
    assert trials.trial(alice, key).protocol.title == "Another"
    client.post(f"/trials/{key}/forget")
    assert client.get(f"/trials/{key}/").status_code == 404


def test_the_demo_shows_an_answered_a_running_and_a_set_aside_trial(client):
    client.post("/demo")
    page = text(client.get("/trials/"))
    for title in ("A walk after dinner and sleep", "Magnesium and back pain", "Curcumin and stiffness"):
        assert title in page
    key = Trial.objects.get(status=Status.FINISHED).key
    assert "It helped." in text(client.get(f"/trials/{key}/answer"))


def test_charlie_sees_none_of_it(client, alice):
    key = running(client)
    client.force_login(Member.objects.create_user("charlie@example.org", birth_date=date(1990, 1, 1)))
    for path in ("", "edit", "screen", "design", "power", "answer", "file", "kit", "report.pdf", "fhir.json"):
        assert client.get(f"/trials/{key}/{path}").status_code == 404, path
    for path, sent in (("check-in", {"value-pain": "1"}), ("event", {"kind": "stopped"}), ("forget", {})):
        assert client.post(f"/trials/{key}/{path}", sent).status_code == 404, path
    assert "Magnesium and back pain" not in text(client.get("/trials/"))
    assert trials.trial(alice, key).status is Status.RUNNING


def test_nobody_signed_out_sees_a_trial(client, alice):
    key = running(client)
    client.logout()
    for path in ("/trials/", "/trials/new", f"/trials/{key}/", f"/trials/{key}/answer"):
        assert client.get(path).status_code == 302
