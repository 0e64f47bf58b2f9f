"""A trial as one to three pages for a clinician, in the order of CENT 2015 (docs/methods/report.md)."""

from typing import Final

from provender.report.blocks import (
    NOT_RECORDED,
    Block,
    Column,
    Tone,
    answer,
    chip,
    facts,
    heading,
    items,
    section,
    sheet,
    small,
    table,
    text,
)
from provender.report.drawing import period_means, period_words, posterior_picture, series_picture
from provender.report.legible import clipped
from provender.report.paper import Paper, pdf
from provender.report.trial_account import Dose, Matter, Noted, Outcome, TrialReport
from provender.report.wording import (
    amount,
    counted,
    day_text,
    days_text,
    moment_text,
    number,
    of_the_person,
    plain,
    sentence,
)
from provender.trials.verdict import Kind, percent

TEMPLATE: Final = "sheet"
MOST_NOTES: Final = 8
"""Harms, and other notes, each; the rest are counted."""
MOST_SECOND: Final = 6
"""Secondary outcomes with an answer in the table."""
NOTE_LETTERS: Final = 180
WORDS_LETTERS: Final = 420
TONES: Final[dict[str, Tone]] = {
    Kind.HELPED: "good",
    Kind.WORSE: "bad",
    Kind.NO_DIFFERENCE: "even",
    Kind.CANNOT_TELL: "open",
}
CHECK_TONES: Final[dict[str, Tone]] = {"failed": "bad", "no verdict": "open", "passed": "good"}
ARMS: Final = {1: "with the treatment", 0: "without it", None: "—"}
SOURCE: Final = "Order and items: CENT 2015, the CONSORT extension for N-of-1 trials, DOI 10.1136/bmj.h1738."


def trial_report(values: TrialReport, *, paper: Paper) -> bytes:
    """A trial as a PDF of one to three pages for a clinician; tagged (PDF/UA-1), for keeping (PDF/A-2a).

    Args:
        values: What it says; the same values give the same bytes.
        paper: ``a4`` or ``us-letter``.

    Raises:
        InputError: Another paper.
    """
    return pdf(TEMPLATE, trial_sheet(values), paper, values.written_at)


def trial_sheet(values: TrialReport) -> Block:
    """The same as its parts, before they are laid on paper."""
    return sheet(
        title=clipped(_title(values), 160),
        kicker="REPORT OF AN N-OF-1 TRIAL",
        subtitle=_subtitle(values),
        footer="Made by the person with Provender from their own diary. Information, not a diagnosis or a prescription.",
        version=values.version,
        keywords=("N-of-1 trial", "CENT 2015"),
        opening=[_in_short(values), _first_doubt(values)],
        sections=[
            _why(values),
            _participant(values),
            _intervention(values),
            _outcomes(values),
            _design(values),
            _done(values),
            _results(values),
            _checks(values),
            _harms(values),
            _published(values),
            _limits(values),
            _seal(values),
            _computed(values),
        ],
    )


def _title(values: TrialReport) -> str:
    title = values.title
    return title if "n-of-1" in title.casefold() else f"{title}: an N-of-1 trial"


def _subtitle(values: TrialReport) -> str:
    who = f"{clipped(values.person.name, 60)} · " if values.person.name else ""
    return f"{who}{_ran(values)} · report written {moment_text(values.written_at)}"


def _ran(values: TrialReport) -> str:
    course = values.course
    return days_text(course.first_day, course.last_day) if course.last_day else f"since {day_text(course.first_day)}"


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


def _why(values: TrialReport) -> Block:
    first = values.outcomes[0]
    question = (
        f"Is {first.name} {'lower' if first.lower_is_better else 'higher'} with {values.intervention.treatment} than"
        f" with {values.intervention.comparison}, by {_mcid(first)} or more?"
    )
    why = clipped(values.why, WORDS_LETTERS) or "The reason is not recorded."
    return section("Why", text(f"{why} The question: {question}"))


def _participant(values: TrialReport) -> Block:
    person = values.person
    who = [person.sex or "", f"{person.age_years} years" if person.age_years is not None else ""]
    agreed = person.clinician_agreed_on
    return section(
        "Participant",
        facts(
            [
                ("Person", ", ".join(one for one in who if one)),
                ("For what", clipped(person.complaint, WORDS_LETTERS)),
                ("Alongside", clipped("; ".join(person.alongside), WORDS_LETTERS)),
                ("Clinician’s agreement", f"recorded on {day_text(agreed)}" if agreed else ""),
                ("Setting", "Daily life; the person’s own trial, not a research study."),
            ]
        ),
    )


def dose_words(dose: Dose) -> str:
    """A dose in words, with the elemental amount where the label's compound holds less."""
    each = f"{plain(dose.amount)} {dose.unit} {dose.substance}"
    if dose.salt:
        each = f"{each} as {dose.salt}"
    if dose.elemental is None:
        each = f"{each} (the amount of {dose.substance} itself)"
    else:
        low, high = dose.elemental
        ends = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
        each = f"{each} (elemental: {ends} {dose.unit} {dose.substance})"
    often = f"{plain(dose.times_a_day)} times a day" if dose.times_a_day not in (None, 1) else "once a day"
    if dose.times_a_day is None:
        often = f"times a day {NOT_RECORDED}"
    return ", ".join(part for part in (each, often, dose.when) if part)


def _intervention(values: TrialReport) -> Block:
    tried = values.intervention
    return section(
        "Intervention and comparison",
        facts(
            [
                ("B, the treatment", clipped(tried.treatment, WORDS_LETTERS)),
                ("Dose", dose_words(tried.dose) if tried.dose else "none"),
                ("A, the comparison", clipped(tried.comparison, WORDS_LETTERS)),
                ("Kept stable", clipped("; ".join(tried.kept_stable), WORDS_LETTERS)),
            ]
        ),
    )


def _digits(outcome: Outcome) -> int:
    return 1 if outcome.mcid >= 0.5 else 2


def _mcid(outcome: Outcome) -> str:
    return amount(outcome.mcid, outcome.answer_unit, _digits(outcome))


def _outcomes(values: TrialReport) -> Block:
    rows = [
        [
            f"{outcome.name}{' (primary)' if k == 0 else ''}",
            clipped(outcome.asked, 200),
            f"{outcome.scale}{f', {outcome.unit}' if outcome.unit else ''};"
            f" {'less' if outcome.lower_is_better else 'more'} is better",
            f"{_mcid(outcome)}; {clipped(outcome.mcid_source, 140) or 'the person’s own choice'}",
        ]
        for k, outcome in enumerate(values.outcomes)
    ]
    columns = (
        Column("Outcome", 1.5),
        Column("How asked", 3),
        Column("Values", 2.2),
        Column("Smallest change that matters", 3),
    )
    return section("Outcomes", table(columns, rows))


def _design(values: TrialReport) -> Block:
    layout, seal = values.layout, values.seal
    if layout.pairs is None or layout.period_days is None:
        shape = ""
    else:
        shape = f"{2 * layout.pairs} periods of {counted(layout.period_days, 'day')} ({counted(layout.pairs, 'pair')})"
        shape = f"{shape}; run-in {_days_or_none(layout.run_in_days)}, washout {_days_or_none(layout.washout_days)}"
    chance = sentence(layout.scheme)
    if layout.orders is not None and layout.randomised:
        chance = f"{chance} {counted(layout.orders, 'possible order')}."
    sealed = (
        f"The order followed from a secret seed; its SHA-256 was fixed before day 1: {seal.commitment}"
        if seal.commitment
        else "no seal: that the order was fixed beforehand cannot be proved"
    )
    rows = [
        ("Periods", shape),
        ("Randomisation", chance),
        ("Order of periods", f"{layout.sequence} (A comparison, B treatment)" if layout.sequence else ""),
        ("Concealment", sealed),
        ("Blinding", layout.blinding or "none: the person knew what they took"),
        ("Looks allowed", layout.looks),
        ("Size", " ".join(layout.can_show)),
    ]
    return section("Design", facts(rows))


def _days_or_none(days: int | None) -> str:
    if days is None:
        return NOT_RECORDED
    return counted(days, "day") if days else "none"


def _done(values: TrialReport) -> Block:
    course = values.course
    off, on = course.days_observed
    missing = max(0, course.days_planned - off - on)
    kept = f"not known: nobody noted what was taken ({NOT_RECORDED})"
    if course.taken_noted:
        share = percent(course.taken_as_assigned / course.taken_noted)
        kept = (
            f"on {share} of the {counted(course.taken_noted, 'day')} with a note, what was assigned was done"
            f"; no note on {counted(max(0, course.days_planned - course.taken_noted), 'day')}"
        )
    aside = "; ".join(f"{counted(count, 'day')}: {clipped(reason, 90)}" for reason, count in course.set_aside[:6])
    return section(
        "What was done",
        facts(
            [
                ("Ran", f"{_ran(values)}; {course.ended or 'to its end'}"),
                ("Days analysed", f"{counted(off, 'day')} without and {counted(on, 'day')} with the treatment"),
                (
                    "Days missing",
                    f"{missing:,} of {course.days_planned:,} days of the periods; left absent, not filled in",
                ),
                ("Set aside", aside or "none"),
                ("Written later", counted(course.days_late, "day")),
                ("Adherence", kept),
            ]
        ),
    )


def _results(values: TrialReport) -> Block:
    first = values.outcomes[0]
    blocks: list[Block] = []
    if first.kind:
        blocks.append(text(f"{of_the_person(first.sentence)} {of_the_person(first.chances)}"))
    blocks += [picture for picture in (posterior_picture(first), series_picture(first)) if picture]
    if not first.days.day:
        blocks.append(text(f"No {first.name} is recorded in this trial."))
    blocks.append(
        facts(
            [
                ("Raw means", _raw_means(first)),
                ("Randomisation test", of_the_person(first.test)),
                ("Other beliefs", _beliefs(first)),
            ]
        )
    )
    others = values.outcomes[1 : 1 + MOST_SECOND]
    if others:
        blocks += [heading("Secondary outcomes"), _second(others)]
        left = len(values.outcomes) - 1 - len(others)
        blocks += [small(f"{counted(left, 'more outcome')} not shown here.")] if left else []
    return section("Results", *blocks)


def _raw_means(outcome: Outcome) -> str:
    sums = {0: [0.0, 0], 1: [0.0, 0]}
    for arm, mean, seen in period_means(outcome.days):
        if mean is not None:
            sums[arm][0] += mean * seen
            sums[arm][1] += seen
    told = [
        f"{words} {number(sums[arm][0] / sums[arm][1], 2)}" if sums[arm][1] else f"{words} {NOT_RECORDED}"
        for arm, words in ((1, "with the treatment"), (0, "without it"))
    ]
    return f"{', '.join(told)}. {period_words(outcome)}"


def _beliefs(outcome: Outcome) -> str:
    told = [f"{one.name}: {one.kind or 'could not be reckoned'}" for one in outcome.beliefs]
    return "; ".join(told)


def _second(outcomes: tuple[Outcome, ...]) -> Block:
    rows: list[list[str | Block]] = [
        [
            outcome.name,
            _interval(outcome),
            "" if outcome.benefit is None else percent(outcome.benefit),
            "" if outcome.beyond is None else percent(outcome.beyond),
            chip(outcome.kind, TONES[outcome.kind]) if outcome.kind else "no answer yet",
        ]
        for outcome in outcomes
    ]
    columns = (
        Column("Outcome", 1.4),
        Column("Difference (95 % interval)", 2.6),
        Column("Better", 1, right=True),
        Column("By what matters", 1.2, right=True),
        Column("Answer", 2.6),
    )
    return table(columns, rows)


def _interval(outcome: Outcome) -> str:
    if outcome.mean is None or outcome.low is None or outcome.high is None:
        return ""
    digits = _digits(outcome)
    ends = f"{number(outcome.low, digits)} to {number(outcome.high, digits)}"
    return f"{amount(outcome.mean, outcome.answer_unit, digits)} ({ends})"


def _checks(values: TrialReport) -> Block:
    told = [one for one in values.checks if one.verdict != "passed"]
    passed = [one for one in values.checks if one.verdict == "passed"]
    blocks: list[Block] = []
    if told:
        columns = (Column("Check", 1.4), Column("Verdict", 1.1), Column("What was found", 5))
        rows = [[one.name, chip(one.verdict, CHECK_TONES[one.verdict]), of_the_person(one.sentence)] for one in told]
        blocks.append(table(columns, rows))
    if passed:
        names = " ".join(of_the_person(one.sentence) for one in passed)
        blocks.append(small(f"In order ({len(passed)}): {names}"))
    return section("What could be wrong", *(blocks or [text("No check was made.")]))


def _harms(values: TrialReport) -> Block:
    harms = [note for note in values.notes if note.matter is Matter.HARM]
    others = [note for note in values.notes if note.matter is not Matter.HARM]
    off, on = (sum(note.arm == arm for note in harms) for arm in (0, 1))
    blocks: list[Block] = []
    if harms:
        blocks.append(text(f"{counted(len(harms), 'adverse event')}: {on} with the treatment, {off} without it."))
        blocks += _notes_table(harms, "Adverse event")
    else:
        blocks.append(text("No adverse event was written down; nobody asked otherwise."))
    if others:
        blocks += [heading("Other changes and departures from the plan"), *_notes_table(others, "What happened")]
    else:
        blocks.append(small("No other change and no departure from the plan was written down."))
    return section("Harms and other changes", *blocks)


def _notes_table(notes: list[Noted], title: str) -> list[Block]:
    shown = notes[:MOST_NOTES]
    rows = [
        [
            day_text(note.day),
            ARMS[note.arm],
            f"{clipped(note.text, NOTE_LETTERS)}{f' ({note.severity})' if note.severity else ''}",
        ]
        for note in shown
    ]
    made = [table((Column("Day", 1), Column("Arm", 1.3), Column(title, 6)), rows)]
    left = len(notes) - len(shown)
    return [*made, small(f"{left:,} more in the diary.")] if left else made


def _published(values: TrialReport) -> Block:
    first = values.outcomes[0]
    blocks = [items([clipped(one, WORDS_LETTERS) for one in values.published[:4]])] if values.published else []
    if first.published and first.published.kind:
        told = of_the_person(first.published.sentence)
        blocks.append(text(f"With {first.published.name} as the belief beforehand: {told}"))
    return section("Published evidence beside it", *(blocks or [text("None was set beside it.")]))


def _limits(values: TrialReport) -> Block:
    said = ["It is about this person, this product and these weeks; of other people it says nothing."]
    if not values.layout.blinding:
        said.append("The person knew what they took: expectation may have done part of it, in either direction.")
    if not values.course.taken_noted:
        said.append("What was really taken is not recorded; the answer is about what was assigned.")
    if values.layout.randomised is not True:
        said.append(
            "Chance did not choose the order, or that is not known: what changes with time may look like an effect."
        )
    if not values.course.last_day:
        said.append("The trial had not ended when this was written.")
    said += [sentence(f"Assumed: {clipped(one, 200)}") for one in values.assumed[:4]]
    return section("Limits", items(said))


def _seal(values: TrialReport) -> Block:
    seal = values.seal
    if not seal.commitment and not seal.seed:
        return section("Verification", text("The order was not sealed; nothing can be verified."))
    rows = [("Fixed before day 1", seal.commitment), ("Seed revealed", seal.seed or "not yet")]
    if seal.holds is not None:
        rows.append(("Verified", f"{'Yes' if seal.holds else 'No'}. {seal.sentence}"))
    how = "Anyone can repeat it: SHA-256 of the design and seed, as docs/trials_by_hand.md of Provender shows."
    return section("Verification", facts(rows), small(how))


def _computed(values: TrialReport) -> Block:
    zone = f" Days are dates in {values.zone}." if values.zone else ""
    words = " ".join(values.method) or "How it was computed is not recorded."
    return section("How it was computed", small(f"{words}{zone} Provender {values.version}. {SOURCE}"))
