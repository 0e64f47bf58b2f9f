"""Numbers, dates and sentences for somebody else."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cast import the_answers

from provender.report.wording import amount, counted, day_text, days_text, moment_text, number, of_the_person, plain
from provender.report.wording import sentence as as_sentence


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("In your diary, pain was lower.", "In this diary, pain was lower."),
        ("your data cannot tell yet", "these data cannot tell yet"),
        ("less than would matter to you.", "less than would matter to the person."),
        (
            "You can be 84 % confident your usual intake meets your own requirement.",
            "One can be 84 % confident the person’s usual intake meets the person’s own requirement.",
        ),
        ("at 3 days you would need 377 mg", "at 3 days it would take 377 mg"),
        ("in youth", "in youth"),
    ],
)
def test_what_was_said_to_the_person_is_said_of_them(said, told):
    assert of_the_person(said) == told


def test_no_sentence_of_an_answer_speaks_to_the_clinician_as_you():
    for found in the_answers():
        told = [found.verdict.sentence, found.verdict.chances, found.verdict.would_settle]
        told += [one.sentence for one in found.checks]
        assert not [one for one in map(of_the_person, told) if re.search(r"\byour?\b", one, re.IGNORECASE)]


def test_days_are_told_without_a_locale():
    assert day_text(date(2026, 3, 1)) == "1 Mar 2026"
    assert days_text(date(2026, 3, 1), date(2026, 3, 1)) == "1 Mar 2026"
    assert days_text(date(2026, 3, 1), date(2026, 4, 2)) == "1 Mar 2026 to 2 Apr 2026"


def test_a_moment_says_its_offset():
    assert moment_text(datetime(2026, 3, 1, 9, 5, tzinfo=UTC)) == "1 Mar 2026, 09:05 (UTC)"
    half = timezone(-timedelta(hours=3, minutes=30))
    assert moment_text(datetime(2026, 3, 1, 9, 5, tzinfo=half)) == "1 Mar 2026, 09:05 (UTC-03:30)"


@given(st.floats(-0.049, 0.049))
def test_a_rounded_zero_has_no_sign(value):
    assert number(value) == "0.0"


def test_numbers_have_a_true_minus():
    assert number(-1.25, 2) == "−1.25"
    assert plain(-2.5) == "−2.5"
    assert amount(2011.4, "kcal", 0) == "2,011 kcal"


@pytest.mark.parametrize(("count", "told"), [(0, "0 days"), (1, "1 day"), (1200, "1,200 days")])
def test_nouns_follow_their_count(count, told):
    assert counted(count, "day") == told


@pytest.mark.parametrize(("words", "told"), [("", ""), (" so it was", "So it was."), ("Why?", "Why?")])
def test_words_become_a_sentence(words, told):
    assert as_sentence(words) == told
