"""Search over the library: what is meant comes first, what is nowhere is not invented."""

import pytest

from provender.library.claim_records import Directness
from provender.library.in_words import citation, differs, effect_words, short_name
from provender.library.searching import LibraryIndex, stems
from provender.library.shelf import shelf

SHELF = shelf()
INDEX = LibraryIndex(SHELF)


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("halibut", "claim", "magnesium-halibut"),
        ("vitamin d", "substance", "vitamin-d"),
        ("cramps", "article", "muscle-cramps"),
        ("glucosamine", "substance", "glucosamine"),
        ("levothyroxine", "claim", "magnesium-medicines"),
        ("Back Pain Center", "hub", "back-pain"),
    ],
)
def test_what_is_meant_comes_first(words, kind, first):
    assert (INDEX.search(words)[0].kind, INDEX.search(words)[0].id) == (kind, first)


def test_a_beginning_is_enough():
    assert INDEX.search("halib")[0].id == "magnesium-halibut"


@pytest.mark.parametrize("words", ["", "   ", "zzzz", "the", "!?"])
def test_nothing_sought_or_found_is_nothing(words):
    assert all(one.score > 0 for one in INDEX.search(words))
    if words != "the":
        assert INDEX.search(words) == ()


def test_a_place_is_found_once_and_no_more_than_asked():
    found = INDEX.search("magnesium", limit=5)
    assert len(found) == len({(one.kind, one.id) for one in found}) == 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_snippet_holds_what_was_sought_and_no_marks():
    found = INDEX.search("dialysis")[0]
    assert "dialysis" in found.snippet.casefold()
    assert "[[" not in found.snippet


def test_plurals_are_the_same_word():
    assert stems("Cramps, cramp; allergies bus") == ["cramp", "cramp", "allergy", "bus"]


def test_the_two_axes_in_words():
    claims = SHELF.claims
    assert effect_words(claims["magnesium-cramps"]) == "little or no difference"
    assert effect_words(claims["magnesium-halibut"]) == "describes, compares nothing"
    assert effect_words(claims["magnesium-back-pain"]) == "unclear"
    assert {effect_words(one) for one in claims.values() if one.direction == "benefit"} >= {"a benefit, small"}


def test_what_differs_is_told():
    evidence = [one for claim in SHELF.claims.values() for one in claim.evidence if one.directness]
    assert any(differs(one.directness) for one in evidence)
    assert differs(Directness(population="same", route="same", dose="twice", comparator="same", outcome="same")) == (
        ("dose", "twice"),
    )
    assert differs(None) == ()


def test_citations_name_authors_place_and_year():
    found = citation(SHELF.sources["yousef2013"])
    assert found.startswith("Yousef A")
    assert "2013" in found
    assert short_name(SHELF.sources["yousef2013"]) == "Yousef 2013"
    assert (
        short_name(SHELF.sources["emergency-numbers"].model_copy(update={"author": ()}))
        == SHELF.sources["emergency-numbers"].title
    )
