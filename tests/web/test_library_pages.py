"""The library's pages: read without an account, every mark leads to its evidence, nothing asks a third party."""

import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from provender.library.shelf import shelf
from provender.web.library import pick_of_the_day
from provender.web.library_cards import forest, rich_foods, substance_forms
from provender.web.library_text import drawn

pytestmark = pytest.mark.django_db
SHELF = shelf()


class Links(HTMLParser):
    """Every address that a page names, by the attribute that names it."""

    def __init__(self):
        super().__init__()
        self.loaded, self.linked, self.ids = [], [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "src" or (name == "href" and tag in ("link", "use", "image")):
                self.loaded.append(value)
            elif name == "href":
                self.linked.append(value)
            elif name == "id":
                self.ids.append(value)


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    page = answer.content.decode()
    found = Links()
    found.feed(page)
    return page, found


PAGES = [
    "/library/",
    "/library/?q=magnesium",
    "/library/?q=zzzz",
    "/library/back-pain/",
    *(f"/library/{one.hub}/{name}/" for name, one in SHELF.articles.items()),
    *(f"/library/claims/{name}/" for name in SHELF.claims),
    *(f"/library/substances/{name}/" for name in SHELF.substances),
    *(f"/library/sources/{name}/" for name in list(SHELF.sources)[::4]),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_loads_nothing_from_elsewhere(client, path):
    _, found = read(client, path)
    assert all(one.startswith(("/", "data:")) for one in found.loaded)
    assert len(found.ids) == len(set(found.ids))


def test_every_link_inside_the_library_leads_somewhere(client):
    linked = set()
    for path in ("/library/", "/library/back-pain/", "/library/substances/magnesium/"):
        linked |= {one.split("#")[0] for one in read(client, path)[1].linked if one.startswith("/library/")}
    for path in sorted(linked):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("name", SHELF.articles)
def test_an_article_has_a_mark_for_every_claim_and_none_left_as_text(client, name):
    article = SHELF.articles[name]
    page, _ = read(client, f"/library/{article.hub}/{name}/")
    cited = {claim for one in SHELF.sentences[name] for claim in one.claims}
    assert set(re.findall(r'class="mark" href="/library/claims/([a-z0-9-]+)/"', page)) == cited
    assert "[[" not in page
    assert "{{" not in page
    assert page.count('<li id="note-') == len(cited)


def test_an_article_says_who_wrote_it_when_it_was_checked_and_who_did_not_review_it(client):
    page, _ = read(client, "/library/back-pain/magnesium-for-back-pain/")
    article = SHELF.articles["magnesium-for-back-pain"]
    assert article.author.name in page
    assert "November 2026" in page
    assert "not reviewed by a clinician" in page


def test_linked_data_is_json_and_cannot_close_its_element(client):
    page, _ = read(client, "/library/back-pain/magnesium-for-back-pain/")
    text = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    data = json.loads(text)
    assert data["@type"] == "MedicalWebPage"
    assert data["lastReviewed"] == "2026-11-22"
    assert "reviewedBy" not in data
    assert any(one.get("sameAs", "").startswith("https://doi.org/") for one in data["citation"])
    assert "<" not in text


def test_an_article_of_another_hub_is_found_in_its_own(client):
    answer = client.get("/library/elsewhere/red-flags/")
    assert answer.status_code == 302
    assert answer.url == "/library/back-pain/red-flags/"


@pytest.mark.parametrize(
    "path",
    [
        "/library/nowhere/",
        "/library/back-pain/nothing/",
        "/library/claims/none/",
        "/library/sources/none/",
        "/library/substances/none/",
    ],
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_claim_shows_verdict_certainty_reasons_and_studies(client):
    page, _ = read(client, "/library/claims/magnesium-cramps-pooled/")
    assert "not distinguishable from no effect" in page
    assert "very low" in page
    assert "Barna 2021" in page
    assert "How each number was derived" in page


def test_the_sheet_is_the_card_without_the_page(client):
    sheet = client.get("/library/claims/magnesium-cramps/", headers={"X-Sheet": "1"}).content.decode()
    assert "<html" not in sheet
    assert 'id="sheet-title"' in sheet
    assert "X-Sheet" in client.get("/library/claims/magnesium-cramps/").headers["Vary"]


def test_a_claim_that_cannot_be_tried_says_why(client):
    page, _ = read(client, "/library/claims/magnesium-medicines/")
    assert "safety comes before trying" in page


def test_a_reader_without_an_account_is_invited_to_keep_a_diary(client):
    page, _ = read(client, "/library/claims/magnesium-intake-low/")
    assert "Keep a food diary here" in page


def test_a_member_without_complete_days_is_told_that_nothing_can_be_said(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("alice@example.org", "x"))
    page, _ = read(client, "/library/claims/magnesium-intake-low/")
    assert "cannot tell yet how much magnesium" in page


def test_a_demo_member_sees_their_own_average(client):
    client.post("/demo")
    page, _ = read(client, "/library/claims/magnesium-intake-low/")
    assert re.search(r"you average <b>[\d.,]+ mg</b> of magnesium a day, known for \d+ %", page)


def test_the_search_finds_articles_claims_and_substances(client):
    page, _ = read(client, "/library/?q=thyroid")
    assert "/library/substances/magnesium/" in page
    page, _ = read(client, "/library/?q=zzzz")
    assert "Nothing here about" in page
    page, _ = read(client, "/library/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_feed_lists_claims_with_their_verdicts(client):
    answer = client.get("/library/feed.atom")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "Halibut is a good source of magnesium: outdated" in text
    assert "#outdated-2026-11-22" in text


def test_every_article_is_picked_in_its_turn():
    first = date(2026, 11, 1)
    picks = {pick_of_the_day(first + timedelta(days=n))["link"] for n in range(len(SHELF.articles))}
    assert len(picks) == len(SHELF.articles)


def test_today_shows_the_pick_of_the_day(client):
    client.post("/demo")
    assert 'hx-get="/library/pick"' in client.get("/").content.decode()
    assert "Pick of the day" in client.get("/library/pick").content.decode()


def test_raw_html_in_an_article_stays_text():
    text = drawn("A <b>word</b>.[[-]]\n\n<script>alert(1)</script>", str, str, lambda *_: "")
    assert "<script" not in text.html
    assert "<b>" not in text.html
    assert text.claims == []


def test_marks_are_numbered_in_order_and_a_claim_keeps_its_number():
    text = drawn("## One two\n\nA.[[b]] B.[[a]][[b]] C.[[-]]", lambda name: f"/{name}", str, lambda *_: "")
    assert text.claims == ["b", "a"]
    assert re.findall(r">(\d)</a>", text.html) == ["1", "2", "1"]
    assert [(one.anchor, one.words) for one in text.headings] == [("one-two", "One two")]


def test_a_forest_plot_keeps_its_places_within_the_picture():
    found = forest("magnesium-cramps-pooled")
    rows = [*found.rows, found.total]
    assert all(0 <= row.low <= row.at <= row.high <= 100 for row in rows)
    assert found.left == "better"
    assert forest("magnesium-halibut") is None


def test_shares_of_salts_are_computed_from_formulae():
    shares = {one["form"].name: one["share"] for one in substance_forms(SHELF.substances["magnesium"])}
    assert shares["magnesium oxide"] == "60.3 %"
    assert shares["magnesium chloride"] == "12.0 to 25.5 %"


def test_the_foods_of_a_nutrient_come_from_the_catalogue_the_richest_first():
    rows = rich_foods("MG", 12)
    amounts = [float(row["amount"].split()[0]) for row in rows]
    assert len(rows) == 12
    assert amounts == sorted(amounts, reverse=True)
