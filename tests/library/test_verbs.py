"""The words that a rating allows."""

import itertools
from typing import get_args

import pytest
from copied_shelf import SHELF

from provender.library.claim_records import Certainty, Size
from provender.library.shelf import shelf
from provender.library.verbs import forbidden, speaks_of_effect, statement, verb_faults
from provender.terms.errors import InputError

BASE = shelf(SHELF).claims["magnesium-cramps"]


def claim(certainty="low", direction="benefit", size="moderate"):
    return BASE.model_copy(update={"certainty": certainty, "direction": direction, "size": size})


def said(certainty, size, direction, better="lower"):
    return statement(certainty, size, direction, what="Magnesium", outcome="pain", better=better)


@pytest.mark.parametrize(
    ("certainty", "size", "direction", "better", "sentence"),
    [
        ("high", "large", "benefit", "lower", "Magnesium reduces pain a lot."),
        ("high", "moderate", "benefit", "higher", "Magnesium increases pain."),
        ("high", "small", "harm", "lower", "Magnesium increases pain slightly."),
        ("high", "trivial", "no-difference", "lower", "Magnesium makes little or no difference to pain."),
        ("moderate", "moderate", "benefit", "lower", "Magnesium probably reduces pain."),
        ("moderate", "trivial", "no-difference", "lower", "Magnesium probably makes little or no difference to pain."),
        ("low", "small", "benefit", "lower", "Magnesium may reduce pain slightly."),
        ("low", "trivial", "no-difference", "lower", "Magnesium may make little or no difference to pain."),
        ("low", "unclear", "unclear", "lower", "It is unclear whether magnesium changes pain."),
        ("very-low", "large", "benefit", "lower", "It is very uncertain whether magnesium changes pain."),
    ],
)
def test_the_sentence_of_a_rating_is_that_of_grade(certainty, size, direction, better, sentence):
    assert said(certainty, size, direction, better) == sentence


@pytest.mark.parametrize(
    "rating",
    [
        (c, s, d)
        for c, s, d in itertools.product(get_args(Certainty), get_args(Size), ("benefit", "harm", "no-difference"))
        if (s == "trivial") == (d == "no-difference") and s not in {"unclear", "not-applicable"}
    ],
)
def test_every_sentence_that_is_made_is_allowed_by_its_own_rating_and_by_no_other_certainty(rating):
    certainty, size, direction = rating
    sentence = said(certainty, size, direction)
    assert verb_faults(sentence, claim(certainty, direction, size), whole=True) == ()
    others = [one for one in get_args(Certainty) if one != certainty]
    assert all(verb_faults(sentence, claim(other, direction, size)) for other in others)


def test_swapping_the_better_end_swaps_the_verb():
    for size in ("large", "moderate", "small"):
        assert said("high", size, "benefit", "lower") == said("high", size, "harm", "higher")


def test_a_name_in_capitals_keeps_them_inside_a_sentence():
    assert "whether MgO changes" not in statement("very-low", "small", "benefit", what="Salt", outcome="pain")
    assert "whether MSM changes" in statement("very-low", "small", "benefit", what="MSM", outcome="pain")


def test_a_description_has_no_verb_of_effect():
    with pytest.raises(InputError, match="expected benefit, harm"):
        said("high", "not-applicable", "describes")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Magnesium reduces pain.", "low"),
        ("Magnesium helps the back.", "moderate"),
        ("Magnesium may reduce pain.", "moderate"),
        ("Magnesium could improve pain.", "high"),
        ("Magnesium probably reduces pain.", "low"),
        ("Magnesium probably reduces pain.", "high"),
        ("Magnesium may ease pain.", "very-low"),
        ("It is very uncertain whether magnesium reduces pain.", "low"),
        ("Magnesium probably builds up in the blood.", "low"),
        ("It may build up in the blood.", "moderate"),
    ],
)
def test_a_verb_that_is_too_sure_or_too_timid_is_a_fault(text, certainty):
    assert len(verb_faults(text, claim(certainty))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In one trial pain fell from 7.5 to 4.7 points.",
        "Does magnesium reduce pain?",
        "The trial was registered after it had ended.",
        "We could read its figures.",
        "Shops say that it “reduces pain”.",
    ],
)
@pytest.mark.parametrize("certainty", get_args(Certainty))
def test_reports_questions_and_quotations_are_not_judged(text, certainty):
    assert verb_faults(text, claim(certainty)) == ()


def test_a_claim_without_certainty_is_not_judged():
    assert verb_faults("Magnesium reduces pain.", claim(None)) == ()


def test_a_month_called_may_is_no_hedge():
    assert verb_faults("It reduces pain, said a review of May 2024.", claim("high")) == ()


@pytest.mark.parametrize(
    ("text", "size", "direction", "found"),
    [
        ("It may reduce pain.", "trivial", "no-difference", "an effect"),
        ("It may make little or no difference to pain.", "moderate", "benefit", "“little or no difference”"),
        ("It may reduce pain greatly.", "small", "benefit", "a word for a large effect"),
        ("It may reduce pain slightly.", "large", "benefit", "a word for a small effect"),
        ("It may reduce pain.", "small", "benefit", "no word for the size"),
    ],
)
def test_a_size_that_is_not_the_rating_s_is_a_fault(text, size, direction, found):
    assert [one.found for one in verb_faults(text, claim("low", direction, size), whole=True)] == [found]


def test_a_figure_is_a_word_for_the_size():
    assert verb_faults("It may reduce pain by 0.5 points.", claim("low", "benefit", "small"), whole=True) == ()


def test_an_article_s_sentence_need_not_say_the_size():
    assert verb_faults("It may reduce pain.", claim("low", "benefit", "small")) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Proven to work.", ("Proven",)),
        ("It works for you and is safe.", ("works for you", "is safe")),
        ("Studies confirmed it and it cures pain.", ("confirmed", "cures")),
        ("It is not proven, and nobody has confirmed it.", ()),
        ("They call it “clinically proven”.", ()),
        ("That isn’t a cure.", ()),
        ("It has not been tried; it is proven.", ("proven",)),
        ("A safe distance, an approved medicine.", ()),
    ],
)
def test_words_that_promise_are_found_unless_denied_or_quoted(text, words):
    assert forbidden(text) == words


def test_an_effect_is_spoken_of_in_the_present_tense_only():
    assert speaks_of_effect("It relieves pain.")
    assert not speaks_of_effect("Pain was relieved. We make no claim.")


@pytest.mark.parametrize("text", ["Ten trials asked whether vitamin D eases back pain.", "Read what helps first."])
def test_an_effect_that_is_asked_for_is_not_asserted(text):
    assert not speaks_of_effect(text)
    assert verb_faults(text, claim("low")) == ()
