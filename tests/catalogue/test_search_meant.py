"""Phrases and other words that may have been meant by somebody who mistyped."""

import pytest

from provender.catalogue.lexicon import phrases_of
from provender.catalogue.postings import Postings
from provender.catalogue.search import OTHERS, FoodIndex

MILKS = [(f"milk{n}", f"Milk, whole, dairy {n}", "generic") for n in range(12)]
FOODS = [
    ("hotdog", "Hot dog, beef", "generic"),
    ("hotdog2", "Hot dog, turkey", "generic"),
    ("pinto", "Pinto beans, cooked", "generic"),
    ("pinto2", "Pinto beans, canned", "generic"),
    ("soda", "Soda, without sugar", "generic"),
    ("soda2", "Soda, sweet, with sugar", "generic"),
    ("salsa", "Salsa", "generic"),
    *((f"salsa{n}", f"Salsa, red, number {n}", "generic") for n in range(12)),
    ("samosa", "Samosa, with potato", "generic"),
    *((f"pop{n}", f"KELLOGG, POP TARTS, flavour {n}", "branded") for n in range(9)),
    ("og", "OG RICE", "branded"),
    *MILKS,
]


@pytest.fixture(scope="module")
def index():
    return FoodIndex.build(FOODS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("hot og", "hotdog"), ("hotdgo", "hotdog"), ("pinot beans", "pinto"), ("poptarts", "pop"), ("potparts", "pop")],
)
def test_a_misspelt_phrase_finds_the_phrase(index, typed, first):
    assert index.search(typed, limit=3)[0].id.startswith(first)


def test_a_phrase_that_is_read_otherwise_says_so(index):
    assert "“hot og” read as “hot dog”" in index.search("hot og", limit=3)[0].why


def test_words_that_stand_together_in_a_name_are_not_read_as_a_phrase(index):
    assert all(not hit.why for hit in index.search("pinto beans", limit=2))


@pytest.mark.parametrize(("foods", "phrase"), [(1, False), (2, True)])
def test_two_words_are_a_phrase_when_two_plain_foods_have_them_side_by_side(foods, phrase):
    postings = Postings.build([(f"Zig zag, {kind}", "generic", 0.0) for kind in ("red", "blue")[:foods]])
    assert ("zig zag" in {text.decode() for text in phrases_of(postings).words}) is phrase


def test_neighbours_in_two_names_are_no_phrase():
    postings = Postings.build([(name, "generic", 0.0) for name in ("Zig", "Zag", "Zig", "Zag")])
    assert "zig zag" not in {text.decode() for text in phrases_of(postings).words}


def test_what_must_be_absent_may_be_misspelt(index):
    hit = index.search("soda no suggar", limit=2)[0]
    assert hit.id == "soda"
    assert "“suggar” read as “sugar”" in hit.why


def test_a_food_that_does_not_say_it_is_told_with_the_word_as_it_was_meant(index):
    hit = next(h for h in index.search("pinto beans without suggar", limit=5) if h.id == "pinto")
    assert "“without sugar”" in hit.why


def test_another_word_that_may_have_been_meant_is_among_the_first_ten(index):
    hits = index.search("samsa", limit=10)
    assert hits[0].id.startswith("salsa")
    assert "samosa" in [hit.id for hit in hits[OTHERS[0] :]]


def test_the_other_words_never_make_the_list_longer_nor_repeat_a_food(index):
    hits = index.search("samsa", limit=10)
    assert len(hits) == len({hit.id for hit in hits}) == 10


def test_a_common_word_has_no_other_words_beside_it(index):
    assert all(hit.id.startswith("milk") for hit in index.search("milk", limit=10))


def test_a_word_far_from_every_other_still_finds_the_nearest(index):
    assert index.search("sammmosa", limit=3)[0].id == "samosa"
