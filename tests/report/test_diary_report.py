"""A diary on paper: what is known, how much of it, and what is not recorded."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nutrition.adequate import WOMAN, diary, ear
from report_cast import ALICE, DAYS, FIRST, an_empty_diary, pages_of, the_diary, words_of

from provender.nutrition.adequacy import adequacy
from provender.nutrition.verdicts import Verdict
from provender.report.diary import VERDICT_TONES, diary_report, diary_sheet, told_enough
from provender.report.diary_account import DatedNote, Felt, NutrientTaken, TrialTold, Weight
from provender.report.paper import PAPERS
from provender.report.trial_account import Person
from provender.terms.errors import InputError


def a_week_of_magnesium():
    days = diary({"ENERC_KCAL": [1900.0] * 14, "MG": [200.0 + 9 * k for k in range(14)]})
    return adequacy(days, {"MG": ear("MG", 265)}, group=WOMAN, supplements={"MG": 400.0})[0]


@cache
def words(report, paper="a4"):
    return words_of(diary_report(report, paper=paper)).replace("\u200b", "")


def blocks(report, title):
    return next(one["blocks"] for one in diary_sheet(report)["sections"] if one["heading"] == title)


@pytest.mark.parametrize("paper", PAPERS)
def test_an_empty_range_is_still_a_page(paper):
    pages = pages_of(diary_report(an_empty_diary(), paper=paper))
    assert len(pages) == 1
    assert "Nothing is recorded in these days" in pages[0]
    assert "No weight is recorded in these days." in pages[0]
    assert "There is no note in these days" in pages[0]


def test_an_empty_range_shows_no_amount_of_0():
    assert not re.search(r"\b0(\.0+)? (kcal|kg|g|mg|µg|points|%)", words(an_empty_diary()))


def test_the_same_diary_gives_the_same_bytes():
    assert diary_report(the_diary(), paper="a4") == diary_report(the_diary(), paper="a4")


@pytest.mark.parametrize(
    "told",
    [
        "84 of 90 days",
        "71 of 90 days",
        "1 day: marked as incomplete",
        "2,011 kcal",
        "at least 2.1 µg",
        "61 %",
        "Iodine not recorded nothing known",
        "very likely too low",
        "less than 1 %",
        "The person’s body probably spends 2,240 kcal",
        "45 weighings: ",
        "The person’s weight falls by about 0.2 kg a week.",
        "61 doses logged on 60 days",
        "none logged; 1 a day said to be usual",
        "how often it is taken is not recorded",
        "elemental: 220 to 320 mg magnesium",
        "contents not recorded",
        "slept badly",
        "1 note in these days asks for attention.",
        "May be pressure on nerves: emergency care now.",
        "no answer yet",
        "Days are dates in Europe/Berlin",
        "For what Low back pain for six years; ibuprofen",
    ],
)
def test_the_report_says(told):
    assert told in words(the_diary())


def test_what_asks_for_attention_stands_first():
    assert diary_sheet(the_diary())["opening"][0]["chip"] == "read this first"


def test_two_such_notes_are_said_in_the_plural():
    flagged = replace(the_diary(), notes=tuple(DatedNote(day, "x", "why") for day in DAYS[:2]))
    assert "2 notes in these days ask for attention." in words(flagged)


def test_notes_without_such_words_are_said_to_have_none():
    assert "No note in these days holds a word" in words(replace(the_diary(), notes=(DatedNote(DAYS[0], "fine"),)))


def test_what_may_be_too_low_comes_first():
    rows = blocks(the_diary(), "Is it enough?")[0]["rows"]
    assert [row[0] for row in rows] == ["Vitamin D", "Magnesium", "Iodine"]


def test_every_verdict_has_its_tone():
    assert set(VERDICT_TONES) == set(Verdict)


def test_days_recorded_are_counted_once_each():
    twice = Felt(name="pain", points=((FIRST, 3.0), (FIRST, 4.0)))
    row = blocks(replace(the_diary(), felt=(twice,)), "How it was")[0]["rows"][0]
    assert row == ["pain", "any", "3.5", "3 to 4", "1 of 90"]


def test_an_outcome_without_a_day_is_left_out():
    none = replace(the_diary(), felt=(Felt(name="pain", points=()),))
    assert "No symptom or other outcome is recorded" in words(none)


def test_one_weighing_is_said_without_a_picture():
    once = replace(the_diary(), weight=Weight(points=((FIRST, 80.0),)))
    assert [one["kind"] for one in blocks(once, "Weight")] == ["text"]
    assert "1 weighing: 80.0 kg on 1 Jan 2026." in words(once)


def test_all_notes_with_a_red_flag_are_shown_and_the_latest_of_the_rest():
    many = tuple(DatedNote(DAYS[k % 90], f"note{k}", "why" if k == 0 else "") for k in range(60))
    told = words(replace(the_diary(), notes=many))
    assert "note0" in told
    assert "note59" in told
    assert "note20" not in told
    assert "35 earlier notes in the diary." in told


def test_trials_are_left_out_where_none_ran():
    assert "Trials of one’s own" not in words(replace(the_diary(), trials=()))


def test_a_trial_is_told_with_its_answer():
    told = replace(the_diary(), trials=(TrialTold("Magnesium", "finished", "In your diary, pain was lower."),))
    assert "In this diary, pain was lower." in words(told)


def test_without_energy_by_day_there_is_no_picture():
    plain = replace(the_diary(), energy_by_day=(), expenditure="")
    assert [one["kind"] for one in blocks(plain, "Eaten and drunk")] == ["table", "small"]


def test_the_name_stands_where_it_was_given():
    assert "Alice Example · woman · 46 years" in words(
        replace(the_diary(), person=replace(ALICE, name="Alice Example"))
    )


def test_a_range_of_ten_years_is_a_report():
    long = replace(
        the_diary(),
        first=FIRST - timedelta(days=3650),
        weight=Weight(points=tuple((FIRST - timedelta(days=k), 80.0) for k in range(3650, 0, -1))),
    )
    assert diary_report(long, paper="a4").startswith(b"%PDF")


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=120))
def test_any_words_of_a_person_make_a_report(text):
    odd = replace(
        the_diary(),
        person=Person(key="p", name=text, complaint=text),
        notes=(DatedNote(FIRST, text, text),),
        felt=(Felt(name=text, points=((FIRST, 1.0), (DAYS[1], 2.0)), asked=text),),
    )
    assert diary_report(odd, paper="us-letter").startswith(b"%PDF")


def test_days_out_of_order_are_refused():
    with pytest.raises(InputError, match="expected them in order"):
        replace(the_diary(), last=FIRST - timedelta(days=1))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(InputError, match="without a zone"):
        replace(the_diary(), written_at=the_diary().written_at.replace(tzinfo=None))


def test_an_impossible_coverage_is_refused():
    with pytest.raises(InputError, match="expected 0 to 1"):
        NutrientTaken(nutrient="MG", daily_mean=1.0, coverage=1.2, days=1)


def test_another_paper_is_refused():
    with pytest.raises(InputError, match="found paper"):
        diary_report(the_diary(), paper="b5")


def test_an_adequacy_is_told_with_its_upper_level():
    an_adequacy = a_week_of_magnesium()
    told = told_enough(an_adequacy)
    assert told.name == "Magnesium"
    assert told.verdict in set(Verdict)
    assert told.sentence == an_adequacy.sentence
