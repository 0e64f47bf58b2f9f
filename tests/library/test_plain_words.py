"""Typed text as plain words, and words with one wrong letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.plain_words import is_misspelt, one_edit_apart, plain, words

WORDS = st.text("abcde", max_size=8)


def slowly_apart(one, other):
    """Damerau's distance (neighbours swapped once), from its definition, is 1."""
    letters = "abcde"
    cut = [(one[:i], one[i:]) for i in range(len(one) + 1)]
    near = {a + b[1:] for a, b in cut if b} | {a + c + b for a, b in cut for c in letters}
    near |= {a + c + b[1:] for a, b in cut if b for c in letters}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cut if len(b) > 1}
    return other in near and other != one


@given(WORDS, WORDS)
def test_one_edit_is_what_its_definition_says(one, other):
    assert one_edit_apart(one, other) == slowly_apart(one, other)


@given(WORDS, WORDS)
def test_one_edit_goes_both_ways(one, other):
    assert one_edit_apart(one, other) == one_edit_apart(other, one)


def test_accents_hyphens_and_apostrophes_make_no_other_word():
    assert plain("Co-Codamol, St John\u2019s Wört") == "co codamol st johns wort"


def test_a_text_without_letters_has_no_words():
    assert words(" -- \u2026") == ()


@pytest.mark.parametrize(
    ("typed", "forgiven"), [("warfarn", True), ("warfrain", True), ("iron", False), ("irn", False)]
)
def test_a_wrong_letter_is_forgiven_in_long_words_alone(typed, forgiven):
    assert (is_misspelt(typed, "warfarin") or is_misspelt(typed, "iron")) is forgiven
