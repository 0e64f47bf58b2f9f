"""An article's text as sentences with their marks."""

import pytest
from copied_shelf import SHELF
from hypothesis import given
from hypothesis import strategies as st

from provender.library.shelf import shelf
from provender.library.statements import live_parts, statements

ARTICLE = shelf(SHELF).articles["cramps"]


def article(body, line=20):
    return ARTICLE.model_copy(update={"body": body, "body_line": line})


def told(body):
    return [(one.text, one.claims, one.marked) for one in statements(article(body))]


def test_a_sentence_ends_at_its_mark():
    assert told("It may help.[[a]][[b-1]] Ask someone.[[-]]") == [
        ("It may help.", ("a", "b-1"), True),
        ("Ask someone.", (), True),
    ]


def test_a_sentence_without_a_mark_is_seen():
    assert told("First one. Second one.[[a]] Third one.") == [
        ("First one.", (), False),
        ("Second one.", ("a",), True),
        ("Third one.", (), False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Michael B. Schachter said so.",
        "It fell by 3.4 points, e.g. Monday.",
        "See Smith et al. Nutrients 12.",
        "Take approx. 5 mg vs. Placebo.",
        "“Is it so?” he asked.",
        "Wait … and see.",
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(text):
    assert told(f"{text}[[a]]") == [(text, ("a",), True)]


def test_headings_are_no_sentences_and_emphasis_is_no_text():
    assert told("## What 3 trials say\n\n**Bold** and `code`.[[a]]") == [("Bold and code.", ("a",), True)]


def test_every_sentence_has_the_line_of_the_file_it_begins_on():
    found = statements(article("\n# Title\n\nOne.[[-]]\nTwo\nlines.[[a]]\n\n- item.[[-]]\n- other.[[-]]\n", line=12))
    assert [(one.text, one.line) for one in found] == [("One.", 15), ("Two lines.", 16), ("item.", 19), ("other.", 20)]


def test_places_and_blocks_are_told():
    found = statements(
        article("One.[[-]] Two.[[-]]\n\n1. Item.[[-]]\n\n| a | b |\n| --- | --- |\n| 12 mg.[[a]] | x |\n")
    )
    assert [(one.place, one.block) for one in found] == [("paragraph", 0), ("paragraph", 0), ("item", 1), ("cell", 4)]


def test_a_cell_needs_no_mark_and_may_have_one():
    assert told("| a |\n| --- |\n| plain |\n| 12.[[x]] |\n") == [("12.", ("x",), True)]


def test_live_parts_are_no_sentences():
    text = "{{foods MG 12}}\n\nText.[[-]]\n\n{{ forest a-b }}\n"
    assert told(text) == [("Text.", (), True)]
    assert [(one.name, one.words, one.line) for one in live_parts(article(text))] == [
        ("foods", ("MG", "12"), 20),
        ("forest", ("a-b",), 24),
    ]


@given(st.text(st.sampled_from("Ab. !?[]-{}\n#|*12"), max_size=80))
def test_no_text_is_too_odd(body):
    for one in statements(article(body)):
        assert one.line >= 20
        assert one.marked or not one.claims
