"""The parts of pages and pastes: markup, heads of pages, bylines, dates, captions, widgets."""

import pytest

from provender.library.reading.bylines import author_of, is_biography, name_alone, reviewer_of
from provender.library.reading.captions import caption_and_credit
from provender.library.reading.dates import dateline_day, day_in, explicit_day, is_a_date
from provender.library.reading.lines import Line, lines_of
from provender.library.reading.markup import blocks_of, looks_like_html, tree_of
from provender.library.reading.metadata import Metadata, metadata
from provender.library.reading.parts import parts_of
from provender.library.reading.widgets import reason_to_remove

PAGE = """<!doctype html><html><head><title>Nuts | Site</title>
<meta property="article:section" content="Food"><meta name="author" content="Ann Low">
<script type="application/ld+json">{"@graph": [{"datePublished": "2020-02-03", "headline": "Nuts",
 "reviewedBy": {"name": "Ben High"}, "author": [{"name": "Cy Mid"}, {"name": "Di Far"}]}]}</script></head><body>
<nav><a href="/">Home</a> <a href="/food">Food</a></nav>
<article><h1>Nuts</h1><p class="byline">By Ann Low</p>
<figure><img src="x.png"><figcaption>A bowl of nuts.</figcaption><span class="photo-credit">Eva Dahl</span></figure>
<p>Nuts are rich in magnesium, and a handful a day is enough for most people.</p>
<h2>How many?</h2><ul><li>Almonds: thirty grams are a handful.</li></ul>
<div class="newsletter-signup"><p>Join our list and never miss a story about food again!</p></div>
<div style="display: none">Hidden words stay hidden.</div>
<p><a href="/a">Ten more stories about nuts</a></p></article>
<footer><p>© 2020 The Site</p></footer></body></html>"""


def named(parts):
    found = {}
    for part in parts:
        found.setdefault(part.kind, []).append(part.text)
    return found


def of_page(page):
    tree = tree_of(page)
    return named(parts_of(blocks_of(tree), metadata(tree)))


def of_text(text):
    return named(parts_of(lines_of(text)))


def test_the_parts_of_a_web_page_come_from_its_markup():
    found = of_page(PAGE)
    assert found["title"] == ["Nuts"]
    assert (found["hub"], found["author"], found["date"], found["reviewer"]) == (
        ["Food"],
        ["Ann Low"],
        ["2020-02-03"],
        ["Ben High"],
    )
    assert (found["caption"], found["credit"], found["heading"]) == (["A bowl of nuts."], ["Eva Dahl"], ["How many?"])
    assert found["paragraph"][-1] == "Almonds: thirty grams are a handful."


def test_what_is_around_an_article_is_removed_and_what_is_hidden_is_gone():
    removed = {part.text: part.reason for part in parts_of(blocks_of(tree_of(PAGE))) if part.kind == "removed"}
    assert removed["Join our list and never miss a story about food again!"] == "subscription"
    assert removed["Ten more stories about nuts"] == "links only"
    assert removed["© 2020 The Site"] == "foot of the page"
    assert "Hidden" not in " ".join(removed)


def test_a_page_whose_classes_would_take_it_all_away_keeps_its_paragraphs():
    page = "<body class='x'><div class='widget'><p>Nuts are rich in magnesium, and most people like them well.</p></div></body>"
    assert of_page(page)["paragraph"] == ["Nuts are rich in magnesium, and most people like them well."]


@pytest.mark.parametrize(
    ("text", "is_html"),
    [("<p class='a'>x</p>", True), ("<html>", True), ("a < b and c > d", False), ("<3 nuts", False)],
)
def test_html_is_told_from_text(text, is_html):
    assert looks_like_html(text) is is_html


def test_a_head_that_says_nothing_usable_says_nothing():
    head = """<html><head><title></title><meta name="author" content="https://x.example/ann">
    <script type="application/ld+json">{broken</script><script type="application/ld+json">[{"author": 5}]</script></head>
    <body><footer><time>3 May 2020</time></footer></body></html>"""
    assert metadata(tree_of(head)) == Metadata()


def test_a_time_element_of_the_article_is_its_date():
    assert (
        metadata(tree_of("<body><article><time datetime='2021-06-09T08:00'>9 June</time></article></body>")).date
        == "2021-06-09"
    )


def test_the_window_title_serves_when_no_other_is_there():
    found = of_page(
        "<html><head><title>Nuts and you | The Site</title></head><body><p>Nuts are good food for you.</p></body></html>"
    )
    assert found["title"] == ["Nuts and you"]


def test_nested_json_without_end_is_left():
    deep = '{"@graph": [' * 40 + "{}" + "]}" * 40
    page = f'<html><body><script type="application/ld+json">{deep}</script></body></html>'
    assert metadata(tree_of(page)).author is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Ann Low, RD, and Ben van der High", "Ann Low, and Ben van der High"),
        ("author image Ann Low", "Ann Low"),
        ("Posted on May 3, 2020 by Tess", "Tess"),
        ("Posted 3 May by kettle_kim", "kettle_kim"),
        ("By the time you read this it is late", None),
        ("By Why would anyone do that to a nice old name like this one here?", None),
        ("Nuts", None),
    ],
)
def test_a_byline_names_the_author(line, name):
    assert author_of(line) == name


def test_reviewers_and_lone_names_are_told_by_their_marks():
    assert reviewer_of("Medically reviewed by Dr. Ann Low, MD") == "Dr. Ann Low"
    assert reviewer_of("It was reviewed") is None
    assert name_alone("Dr. Ann Low") == "Dr. Ann Low"
    assert name_alone("R. T. Low, L. High") == "R. T. Low, L. High"
    assert name_alone("Ann Low, PhD") == "Ann Low"
    assert name_alone("Green Tea Extract") is None
    assert name_alone("The Best Food") is None


@pytest.mark.parametrize(
    ("text", "author", "told"),
    [
        ("Ann Low is a nurse.", "Ann Low", True),
        ("Dr. Low, a nurse in Bath, writes here.", "Dr. Ann Low", True),
        ("About the author: she writes.", None, True),
        ("Ann Low is a nurse.", None, False),
        ("Nuts are food.", "Ann Low", False),
        ("Ann is a nurse.", "Ann Low and Ben High", False),
    ],
)
def test_a_biography_begins_with_its_author(text, author, told):
    assert is_biography(text, author) is told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-02-03", "2020-02-03"),
        ("3rd of May 2020", "2020-05-03"),
        ("May 3, 2020", "2020-05-03"),
        ("31/12/2020", "2020-12-31"),
        ("12/31/2020", "2020-12-31"),
        ("04.04.2020", "2020-04-04"),
        ("05/06/2020", None),
        ("June 2020", "2020-06"),
        ("2020-13-03", None),
        ("45 May 2020", None),
        ("no date", None),
    ],
)
def test_a_date_is_read_and_an_unclear_one_is_not(text, day):
    assert day_in(text) == day


def test_only_a_marked_date_is_the_pages():
    assert explicit_day("Last updated: 3 May 2020") == "2020-05-03"
    assert explicit_day("In May 2020 it rained") is None
    assert dateline_day("LEEDS, 22 August 2021 - Adults who walked") == "2021-08-22"
    assert dateline_day("Adults who walked - a lot") is None
    assert is_a_date("Monday, 3 May 2020, 8:30 am | ")
    assert not is_a_date("3 May 2020 was a Sunday")


@pytest.mark.parametrize(
    ("line", "both"),
    [
        ("A man. Photo Credit: A/B/C", ("A man.", "A/B/C")),
        ("Photo by Ann Low", ("", "Ann Low")),
        ("A man walks. Getty Images", ("A man walks.", "Getty Images")),
        ("Photo: one two three four five six seven eight nine ten eleven", None),
        ("One. Two. Three. Four. Photo: Ann", None),
        ("A picture of health", None),
        ("x" * 400, None),
    ],
)
def test_a_caption_and_its_credit_are_told_apart(line, both):
    assert caption_and_credit(line) == both


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Gain 1.5 pounds per week", "form"),
        ("LiveStrong Calorie Tracker", "form"),
        ("Video of the Day", "player"),
        ("Gold Member Badge", "account"),
        ("Add to Cart", "shop"),
        ("4.6 out of 5 stars (2,318 ratings)", "rating"),
        ("17 Comments", "comments"),
        ("Unsubscribe | Update your preferences", "subscription"),
        ("* * *", "stars, rules or dashes only"),
        ("Eat Well! Change your day with FOODS.COM", "advertisement"),
        ("Share this article", "sharing"),
        ("About this item", None),
        ("Share your meal with a friend who has back pain and tell us how it went", None),
        ("Magnesium helps.", None),
        ("word " * 60, None),
    ],
)
def test_a_line_of_furniture_is_removed_for_a_reason(line, reason):
    assert reason_to_remove(line) == reason


def test_the_title_again_is_removed_and_a_repeated_short_line_is_the_title():
    found = of_text(
        "Site News\nNuts for all\nBy Ann Low\nNuts for all\n\nNuts are good food, and most people like them."
    )
    assert found["title"] == ["Nuts for all"]
    assert found["removed"] == ["Nuts for all"]


def test_a_title_may_ask():
    assert of_text("Do nuts help?\n\nNuts are good food, and most people like them well.")["title"] == ["Do nuts help?"]


def test_a_paste_that_begins_with_a_paragraph_has_no_title():
    assert "title" not in of_text("Nuts are good food, and most people like them well.")


def test_references_stand_under_their_heading_until_the_next():
    found = of_text(
        "Nuts\n\nNuts are good food for most people.\n\nReferences\n1. Ann B. Pain 2019;3:1.\n• Ben C, et al. Pain 2020.\n\nAbout us\n\nWe write on food for people who cook."
    )
    assert found["reference"] == ["1. Ann B. Pain 2019;3:1.", "Ben C, et al. Pain 2020."]
    assert found["heading"] == ["References", "About us"]


def test_a_heading_may_end_in_a_question_mark_or_a_colon():
    found = of_text(
        "Nuts\n\nNuts are good food for most people.\n\nHow many?\n\nA handful is enough for most.\n\nYou need:\n\n• nuts"
    )
    assert found["heading"] == ["How many?", "You need:"]
    assert found["paragraph"][-1] == "nuts"


def test_a_list_before_the_text_and_scraps_are_removed():
    found = of_text("Nuts\n• hats\n• scarves\n\nNuts are good food for most people.\n\nhats")
    assert found["removed"] == ["hats", "scarves", "hats"]


def test_a_second_byline_is_removed():
    found = of_text("Nuts\nBy Ann Low\nBy Ben High\n\nNuts are good food for most people.")
    assert (found["author"], found["removed"]) == (["Ann Low"], ["By Ben High"])


def test_a_restored_line_is_kept_whatever_it_looks_like():
    lines = lines_of("Nuts\n\nNuts are good food for most people.\n\nAdd to Cart\n\nThey are sold in bags.")
    number = next(line.number for line in lines if line.text == "Add to Cart")
    assert "removed" not in named(parts_of(lines, restore=[number]))


def test_roles_of_markup_name_authors_and_captions():
    lines = [
        Line(1, "Nuts", role="title"),
        Line(2, "Ann Low", role="author"),
        Line(3, "A bowl", role="caption"),
        Line(4, "Eva Dahl", role="credit"),
        Line(5, "Food", role="hub"),
        Line(6, "Nuts are good food for most people."),
    ]
    found = named(parts_of(lines))
    assert (found["author"], found["caption"], found["credit"], found["hub"]) == (
        ["Ann Low"],
        ["A bowl"],
        ["Eva Dahl"],
        ["Food"],
    )
