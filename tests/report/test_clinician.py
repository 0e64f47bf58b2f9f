"""A trial on paper: whole, in order, honest about what is not known."""

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from report_cast import ALICE, pages_of, the_look, the_trial, words_of

from provender.report.cent_methods import dose_words
from provender.report.clinician import trial_report, trial_sheet
from provender.report.paper import PAPERS
from provender.report.trial_account import (
    Course,
    Days,
    Dose,
    Intervention,
    Layout,
    Matter,
    Noted,
    Outcome,
    Person,
    Seal,
    TrialReport,
)
from provender.terms.errors import InputError

ORDER = (
    "Why",
    "Participant",
    "Intervention and comparison",
    "Outcomes",
    "Design",
    "What was done",
    "Results",
    "What could be wrong",
    "Harms and other changes",
    "Published evidence beside it",
    "Limits",
    "Verification",
    "How it was computed",
)


@cache
def words(report, paper="a4"):
    return words_of(trial_report(report, paper=paper)).replace("\u200b", "")


def bare():
    """A trial of which next to nothing is known."""
    return TrialReport(
        key="t",
        title="Coffee and sleep",
        written_at=the_trial().written_at,
        version="0.1.0",
        person=Person(key="p"),
        intervention=Intervention(treatment="no coffee", comparison="coffee"),
        outcomes=(
            Outcome(
                name="sleep", scale="a number", lower_is_better=False, mcid=0.25, days=Days(first_day=date(2026, 1, 1))
            ),
        ),
        layout=Layout(),
        course=Course(
            first_day=date(2026, 1, 1), last_day=None, ended="still running", days_planned=0, days_observed=(0, 0)
        ),
    )


@pytest.mark.parametrize("paper", PAPERS)
def test_a_whole_trial_fits_three_pages(paper):
    assert 1 <= len(pages_of(trial_report(the_trial(), paper=paper))) <= 3


def test_the_sections_stand_in_the_order_of_cent():
    assert tuple(one["heading"] for one in trial_sheet(the_trial())["sections"]) == ORDER


def test_the_same_trial_gives_the_same_bytes():
    assert trial_report(the_trial(), paper="a4") == trial_report(the_trial(), paper="a4")


def test_the_title_says_that_it_is_an_n_of_1_trial():
    assert trial_sheet(the_trial())["title"].endswith("an N-of-1 trial")
    named = replace(the_trial(), title="An N-of-1 trial of magnesium")
    assert trial_sheet(named)["title"] == "An N-of-1 trial of magnesium"


def test_the_answer_stands_on_the_first_page_and_speaks_of_the_person():
    first = pages_of(trial_report(the_trial(), paper="a4"))[0]
    assert "In this diary, pain with 300 mg magnesium" in first
    assert "your" not in first.replace("How strong was your pain", "")


def test_the_first_failed_check_stands_beside_the_answer():
    assert "Read it with this in mind: The arm was guessed" in words(the_trial())


def test_no_failed_check_is_said_too():
    calm = replace(the_trial(), checks=tuple(one for one in the_trial().checks if one.verdict == "passed"))
    assert "No check of this trial failed" in words(calm)


def test_the_dose_says_how_much_of_it_is_elemental():
    assert "2,000 mg magnesium as magnesium citrate (elemental: 220 to 320 mg magnesium)" in words(the_trial())


def test_an_elemental_dose_of_a_salt_says_so():
    dose = Dose(substance="zinc", amount=15, unit="mg", salt="zinc gluconate", times_a_day=2)
    assert dose_words(dose) == "15 mg zinc as zinc gluconate (the amount is that of zinc itself), 2 times a day"


def test_doses_a_day_that_nobody_noted_are_not_one():
    assert "times a day not recorded" in dose_words(Dose(substance="zinc", amount=15, unit="mg"))


def test_one_elemental_amount_is_said_once():
    dose = Dose(substance="zinc", amount=100, unit="mg", elemental=(14, 14))
    assert "(elemental: 14 mg zinc)" in dose_words(dose, alone=True)


@pytest.mark.parametrize(
    "told",
    [
        "12 periods of 14 days (6 pairs); run-in 14 days, washout none",
        "BAABBABABABA (A comparison, B treatment)",
        "b58b0ce318e4d1e4a8cc902b314fd435ec93d9b9438e5d61460ee5135184b629",
        "2dfbc781077a9505df47c616c68f8e35961ec46f8b41a6be1d78fd0d2bd49903",
        "Yes. The seed and design are those sealed before the trial",
        "76 days without and 70 days with the treatment",
        "22 of 168 days of the periods",
        "3 days: flu",
        "what was assigned was done",
        "2 adverse events: 2 with the treatment, 0 without it.",
        "loose stools for two days (mild)",
        "new office chair",
        "the results were looked at",
        "Magnesium probably makes little or no difference",
        "With published studies as the belief beforehand",
        "Of the orders that chance could have chosen",
        "1.0 points; Dworkin 2008",
        "recorded on 20 Aug 2025",
        "10.1136/bmj.h1738",
        "Days are dates in Europe/Berlin",
    ],
)
def test_the_report_says(told):
    assert told.replace(" ", "") in words(the_trial()).replace(" ", "")


def test_a_look_says_that_the_trial_goes_on():
    told = words(the_look())
    assert "A look before the end" in told
    assert "since 1 Sep 2025" in told
    assert "The trial had not ended when this was written." in told
    assert "BAAB (A comparison, B treatment); the rest is still sealed" in told
    assert the_trial().seal.seed not in told


def test_a_trial_of_which_nothing_is_known_says_not_recorded_and_never_zero():
    told = words(bare())
    assert "Nothing can be said yet of sleep." in told
    assert told.count("not recorded") >= 8
    assert "No sleep is recorded in this trial." in told
    assert "The order was not sealed" in told
    assert "No check was made." in told
    assert "No adverse event was written down" in told
    assert "What was really taken is not recorded" in told
    assert "Chance did not choose the order" in told


def test_a_trial_without_a_dose_says_none():
    assert "Dose none" in words(bare())


def test_a_seal_that_does_not_hold_is_said():
    broken = replace(the_trial(), seal=Seal(commitment="a" * 64, seed="b" * 64, holds=False, sentence="It is not."))
    assert "No. It is not." in words(broken)


def test_a_seal_that_is_not_yet_revealed_is_said():
    assert "Seed revealed not yet" in words(replace(the_trial(), seal=Seal(commitment="a" * 64)))


def test_the_name_stands_only_where_it_was_given():
    assert "Alice Example" in words(replace(the_trial(), person=replace(ALICE, name="Alice Example")))
    assert "alice" not in words(the_trial()).casefold()


def test_long_words_and_many_notes_still_fit_three_pages():
    notes = tuple(
        Noted(date(2025, 10, 1 + k % 28), "dizzy and tired, " * 300, Matter.HARM if k % 2 else Matter.CHANGE, arm=k % 2)
        for k in range(200)
    )
    long = replace(
        the_trial(),
        title="Magnesium " * 60,
        why="because " * 700,
        person=replace(ALICE, complaint="back " * 1000, alongside=("pills " * 1000,), name="A" * 400),
        notes=notes,
        published=("studies " * 600,) * 9,
        assumed=("that " * 300,) * 9,
        outcomes=the_trial().outcomes + (replace(the_trial().outcomes[1], asked="how " * 500),) * 9,
    )
    for paper in PAPERS:
        assert len(pages_of(trial_report(long, paper=paper))) <= 3
    told = words(long)
    assert "more in the diary" in told
    assert "more outcomes not shown here" in told


OURS = {"kind", "verdict", "zone", "key", "version", "matter", "commitment", "seed", "instrument"}


def stretched(value, most):
    """The same report with every text that anybody could have written as long as this."""
    if isinstance(value, tuple):
        return tuple(stretched(one, most) for one in value)
    if is_dataclass(value):
        changed = {one.name: stretched(getattr(value, one.name), most) for one in fields(value) if one.name not in OURS}
        return replace(value, **changed)
    return ("many words " * most)[:most] if type(value) is str and value else value


@pytest.mark.parametrize("most", [300, 5000])
def test_no_text_is_too_long_for_three_pages(most):
    assert len(pages_of(trial_report(stretched(the_trial(), most), paper="us-letter"))) <= 3


def test_a_trial_whose_checks_all_failed_fits_three_pages():
    failed = tuple(replace(one, verdict="failed") for one in the_trial().checks)
    assert len(pages_of(trial_report(replace(the_trial(), checks=failed), paper="us-letter"))) <= 3


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_words_of_a_person_make_a_report(text):
    odd = replace(
        the_trial(),
        title=text,
        why=text,
        person=replace(ALICE, name=text, complaint=text),
        notes=(Noted(date(2025, 10, 1), text, Matter.HARM),),
    )
    assert trial_report(odd, paper="a4").startswith(b"%PDF")


def test_pictures_have_words_for_those_who_do_not_see_them():
    results = next(one for one in trial_sheet(the_trial())["sections"] if one["heading"] == "Results")
    alts = [block["alt"] for block in results["blocks"] if "alt" in block]
    assert len(alts) == 2
    assert "95 % interval −1.3 to" in alts[0]
    assert "Means of the periods in time: B 5.2, A 5.4" in alts[1]


def tags(pdf):
    """Role and alternative text of each tag of a file."""
    found, todo = [], [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif hasattr(node, "get"):
            found.append((str(node.get("/S", "")), str(node.get("/Alt", ""))))
            todo += [node["/K"]] if "/K" in node else []
    return found


def test_every_picture_of_the_file_carries_its_words():
    pictures = [alt for role, alt in tags(trial_report(the_trial(), paper="a4")) if role == "/Figure"]
    assert len(pictures) == 2
    assert all("treatment" in alt or "Means of the periods" in alt for alt in pictures)


def test_each_section_is_a_heading_and_tables_have_header_cells():
    roles = Counter(role for role, _ in tags(trial_report(the_trial(), paper="a4")))
    assert roles["/H1"] >= len(ORDER)
    assert roles["/TH"] >= 4 + 5 + 3 + 3 + 3


def test_another_paper_is_refused():
    with pytest.raises(InputError, match="found paper"):
        trial_report(the_trial(), paper="letter")


def test_a_report_without_an_outcome_is_refused():
    with pytest.raises(InputError, match="without an outcome"):
        replace(the_trial(), outcomes=())


def test_a_report_without_a_zone_is_refused():
    with pytest.raises(InputError, match="without a zone"):
        replace(the_trial(), written_at=the_trial().written_at.replace(tzinfo=None))


def test_days_that_do_not_fit_together_are_refused():
    with pytest.raises(InputError, match="expected as many of each"):
        Days(first_day=date(2026, 1, 1), day=(0,), value=(), late=())
