"""A trial as one to three pages for a clinician, in the order of CENT 2015 (docs/methods/report.md)."""

from functools import partial
from typing import Final

from provender.report.blocks import (
    Block,
    answer,
    sheet,
    small,
    text,
)
from provender.report.brevity import ROOMY, STEPS, Brevity
from provender.report.cent_methods import design, done, intervention, outcomes, participant, ran, why
from provender.report.cent_results import TONES, checks, computed, harms, limits, published, results, verification
from provender.report.legible import clipped, mapped
from provender.report.paper import Paper, page_count, pdf
from provender.report.trial_account import TrialReport
from provender.report.wording import (
    counted,
    moment_text,
    of_the_person,
)
from provender.trials.verdict import Kind

TEMPLATE: Final = "sheet"
MOST_PAGES: Final = 3


def trial_report(values: TrialReport, *, paper: Paper) -> bytes:
    """A trial as a PDF of one to three pages for a clinician; tagged (PDF/UA-1), for keeping (PDF/A-2a).

    Args:
        values: What it says; the same values give the same bytes.
        paper: ``a4`` or ``us-letter``.

    Raises:
        InputError: Another paper.
    """
    made = b""
    for brevity in STEPS:
        made = pdf(TEMPLATE, trial_sheet(values, brevity), paper, values.written_at)
        if page_count(made) <= MOST_PAGES:
            break
    return made


def trial_sheet(values: TrialReport, brevity: Brevity = ROOMY) -> Block:
    """The same as its parts, before they are laid on paper.

    Args:
        values: What it says.
        brevity: How much of a person's words it takes.
    """
    made = sheet(
        tight=brevity.tight,
        title=clipped(_title(values), 160),
        kicker="REPORT OF AN N-OF-1 TRIAL",
        subtitle=_subtitle(values),
        footer="Made by the person with Provender from their own diary. Information, not a diagnosis.",
        version=values.version,
        keywords=("N-of-1 trial", "CENT 2015"),
        opening=[_in_short(values), _first_doubt(values)],
        sections=[
            why(values, brevity),
            participant(values, brevity),
            intervention(values, brevity),
            outcomes(values, brevity),
            design(values),
            done(values, brevity),
            results(values, brevity),
            checks(values, brevity),
            harms(values, brevity),
            published(values, brevity),
            limits(values, brevity),
            verification(values),
            computed(values),
        ],
    )
    return dict(mapped(made, partial(clipped, most=brevity.most)))


def _title(values: TrialReport) -> str:
    title = values.title
    return title if "n-of-1" in title.casefold() else f"{title}: an N-of-1 trial"


def _subtitle(values: TrialReport) -> str:
    who = f"{clipped(values.person.name, 60)} · " if values.person.name else ""
    return f"{who}{ran(values)} · report written {moment_text(values.written_at)}"


def _in_short(values: TrialReport) -> Block:
    first = values.outcomes[0]
    if not first.kind:
        return answer("no answer yet", "open", f"Nothing can be said yet of {first.name}.", [values.course.ended])
    early = "" if values.course.last_day else "A look before the end: only whole pairs of periods count."
    lines = [of_the_person(first.chances), of_the_person(first.would_settle), early]
    words = {
        Kind.HELPED: "better with it",
        Kind.WORSE: "worse with it",
        Kind.NO_DIFFERENCE: "no difference that matters",
    }
    said = words.get(Kind(first.kind), "these data cannot tell")
    return answer(said, TONES[first.kind], of_the_person(first.sentence), lines)


def _first_doubt(values: TrialReport) -> Block:
    failed = [one for one in values.checks if one.verdict == "failed"]
    if not failed:
        return small("No check of this trial failed; what they were is said under “What could be wrong”.")
    more = f" {counted(len(failed) - 1, 'other check')} failed." if len(failed) > 1 else ""
    return text(f"Read it with this in mind: {of_the_person(failed[0].sentence)}{more}")
