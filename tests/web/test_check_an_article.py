"""Check an article: a pasted text is answered sentence by sentence, nothing of it is kept, bad input is told apart."""

import io

import pytest

from provender.store.stated_composition import composition_of

pytestmark = pytest.mark.django_db
ARTICLE = """Magnesium for a Bad Back

By Pat Example

Facebook
Twitter

Magnesium supplements help back pain. Halibut and almonds are rich in magnesium. Most Americans do not get enough magnesium.

A study found that magnesium does not help leg cramps. My aunt swears by it.
"""


def sent(client, text="", **more):
    return client.post("/library/check/", {"text": text, **more})


def test_the_page_asks_for_a_text_and_says_what_happens_to_it(client):
    page = client.get("/library/check/").content.decode()
    assert "kept nowhere" in page
    assert 'enctype="multipart/form-data"' in page


def test_each_known_claim_stands_beside_its_sentence_with_its_verdict(client):
    page = sent(client, ARTICLE).content.decode()
    assert "Magnesium for a Bad Back" in page
    assert "Pat Example" in page
    assert 'href="/library/claims/magnesium-halibut/" data-claim' in page
    assert "outdated" in page
    assert "~ partly supported" in page


def test_a_food_claim_is_held_against_the_catalogue(client):
    assert "28 mg of magnesium in 100 g, says the catalogue" in sent(client, ARTICLE).content.decode()


def test_what_a_trustworthy_page_would_have_is_listed(client):
    page = sent(client, ARTICLE).content.decode()
    assert "What it leaves out" in page
    assert "<b>A reviewer.</b>" in page
    assert "none is given" in page


def test_removed_lines_are_shown_and_can_be_put_back(client):
    page = sent(client, ARTICLE).content.decode()
    assert 'name="restore"' in page
    assert "Facebook" in page
    number = page.split('name="restore" value="')[1].split('"')[0]
    again = sent(client, ARTICLE, restore=number).content.decode()
    assert again.count('name="restore"') == page.count('name="restore"') - 1


def test_a_file_is_read_like_a_paste(client):
    html = f"<html><head><title>x</title><script>alert(1)</script></head><body><p>{ARTICLE}</p></body></html>"
    page = sent(client, file=io.BytesIO(html.encode())).content.decode()
    assert "alert(1)" not in page
    assert "Sentence by sentence" in page


@pytest.mark.parametrize(
    ("text", "file"),
    [("", None), ("   \n ", None), ("", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)],
    ids=["empty", "blank", "binary"],
)
def test_what_cannot_be_read_is_said_beside_the_form_which_keeps_what_was_typed(client, text, file):
    answer = sent(client, text, file=io.BytesIO(file)) if file else sent(client, text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert "<textarea" in page


def test_a_file_that_is_too_large_is_refused_in_words(client):
    answer = sent(client, file=io.BytesIO(b"a magnesium word " * 400_000))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_another_language_is_named_and_nothing_is_claimed_of_it(client):
    text = (
        "Magnesium hilft gegen Rückenschmerzen, sagen viele Menschen, die es nehmen. Das ist nicht sicher belegt, und die Studien sind klein. "
        * 3
    )
    page = sent(client, text).content.decode()
    assert "German" in page
    assert "data-claim" not in page


def test_an_article_without_known_claims_says_so(client):
    page = sent(
        client, "The train to the coast leaves at nine. We had a picnic on the beach. It rained in the afternoon. " * 2
    )
    assert "Nothing in it is about a claim that is known here" in page.content.decode()


def test_markup_in_the_text_stays_text(client):
    page = sent(client, "<img src=x onerror=alert(1)> Magnesium helps back pain, they say. " * 3).content.decode()
    assert "<img src=x" not in page


def test_a_demo_member_sees_their_own_intake(client):
    client.post("/demo")
    assert "You average" in sent(client, ARTICLE).content.decode()


def test_a_form_without_its_token_is_refused():
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/library/check/", {"text": ARTICLE}).status_code == 403


def test_a_food_is_looked_up_by_all_its_words():
    amount, name = composition_of("MG", "halibut")
    assert "halibut" in name.casefold()
    assert 20 < amount < 30
    assert composition_of("NOT", "halibut") is None
