"""Red flags: every question locks or asks as its tier says, and a note's words raise the right ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.shelf import shelf
from provender.library.triage import Said, asks_again, triage, words_that_ask

FLAGS = shelf().redflags["back-pain"]
CALM = {flag.id: Said.NO for flag in FLAGS.questions}
ANSWERS = st.dictionaries(st.sampled_from(sorted(CALM)), st.sampled_from(list(Said)))


def by_tier(tier):
    return [flag for flag in FLAGS.questions if flag.tier == tier]


@pytest.mark.parametrize("flag", by_tier("emergency"), ids=lambda flag: flag.id)
@pytest.mark.parametrize("said", [Said.YES, Said.NOT_SURE])
def test_an_emergency_locks_even_when_one_is_not_sure(flag, said):
    found = triage(FLAGS, CALM | {flag.id: said})
    assert (found.tier, found.locks, found.asks_first) == ("emergency", True, False)
    assert [one.id for one in found.raised] == [flag.id]
    assert "112" in found.do
    assert found.version == FLAGS.version


@pytest.mark.parametrize("flag", [*by_tier("urgent"), *by_tier("soon")], ids=lambda flag: flag.id)
def test_a_lesser_flag_asks_a_clinician_first(flag):
    found = triage(FLAGS, CALM | {flag.id: Said.YES})
    assert (found.tier, found.locks, found.asks_first) == (flag.tier, False, True)
    assert triage(FLAGS, CALM | {flag.id: Said.NOT_SURE}).tier is None


def test_without_a_flag_nothing_is_said():
    found = triage(FLAGS, CALM)
    assert (found.tier, found.raised, found.title, found.do, found.unanswered) == (None, (), "", "", ())
    assert not found.locks
    assert not found.asks_first


def test_questions_without_an_answer_are_named():
    assert triage(FLAGS, {}).unanswered == tuple(CALM)


@given(ANSWERS, st.sampled_from(sorted(CALM)))
def test_one_more_yes_never_makes_it_milder(answers, flag):
    order = [None, "soon", "urgent", "emergency"]
    before, after = triage(FLAGS, answers), triage(FLAGS, answers | {flag: Said.YES})
    assert order.index(after.tier) >= order.index(before.tier)
    assert [one.tier for one in after.raised] == sorted((one.tier for one in after.raised), key=order.index)[::-1]


@pytest.mark.parametrize(
    ("note", "raised"),
    [
        ("my foot feels numb since this morning", "saddle-numbness"),
        ("Tingling in both legs", "saddle-numbness"),
        ("couldn’t hold my urine", "bladder"),
        ("fever last night", "fever"),
        ("I have LOST  WEIGHT again", "weight-loss"),
        ("chest pain on the stairs", "chest-pain"),
        ("slept badly; pain wakes me", "night-pain"),
        ("not better, fever", "fever"),
    ],
)
def test_words_of_a_note_raise_a_question(note, raised):
    assert raised in [flag.id for flag in words_that_ask(FLAGS, note)]


@pytest.mark.parametrize(
    "note",
    ["no fever", "no numbness", "never had chest pain", "walked the dog, 4/10", "", "without tingling", "fevered"],
)
def test_calm_or_denied_words_raise_none(note):
    found = [flag.id for flag in words_that_ask(FLAGS, note)]
    assert found == (["fever"] if note == "fevered" else [])


def test_the_gravest_question_comes_first():
    tiers = [flag.tier for flag in words_that_ask(FLAGS, "a lump, a cough, numb feet")]
    assert tiers == ["emergency", "urgent", "urgent"]


def test_three_points_more_than_usual_ask_again():
    assert asks_again(4.0, 7.0)
    assert not asks_again(4.0, 6.9)
    assert not asks_again(None, 9.0)
    assert not asks_again(4.0, None)
