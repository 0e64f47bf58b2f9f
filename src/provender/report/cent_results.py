"""What a trial found, in the order of CENT 2015: results, doubts, harms, what is published, limits, verification."""

from typing import Final

from provender.report.blocks import (
    NOT_RECORDED,
    Block,
    Column,
    Tone,
    chip,
    facts,
    heading,
    items,
    section,
    small,
    table,
    text,
)
from provender.report.brevity import Brevity
from provender.report.cent_methods import digits_of
from provender.report.drawing import period_means, period_words, posterior_picture, series_picture
from provender.report.legible import clipped, short
from provender.report.trial_account import Matter, Noted, Outcome, TrialReport
from provender.report.wording import (
    amount,
    counted,
    day_text,
    number,
    of_the_person,
    sentence,
)
from provender.trials.verdict import Kind, percent

TONES: Final[dict[str, Tone]] = {
    Kind.HELPED: "good",
    Kind.WORSE: "bad",
    Kind.NO_DIFFERENCE: "even",
    Kind.CANNOT_TELL: "open",
}
CHECK_TONES: Final[dict[str, Tone]] = {"failed": "bad", "no verdict": "open", "passed": "good"}
ARMS: Final = {1: "with the treatment", 0: "without it", None: "—"}
SOURCE: Final = "Order and items: CENT 2015, the CONSORT extension for N-of-1 trials, DOI 10.1136/bmj.h1738."


def results(values: TrialReport, brevity: Brevity) -> Block:
    """The answer, its picture, the days, the design's own test, secondary outcomes."""
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
    others = values.outcomes[1 : 1 + brevity.second]
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
            short(outcome.name),
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
    digits = digits_of(outcome)
    ends = f"{number(outcome.low, digits)} to {number(outcome.high, digits)}"
    return f"{amount(outcome.mean, short(outcome.answer_unit, 24), digits)} ({ends})"


def checks(values: TrialReport, brevity: Brevity) -> Block:
    """Every check, those not passed first."""
    told = [one for one in values.checks if one.verdict != "passed"]
    passed = [one for one in values.checks if one.verdict == "passed"]
    blocks: list[Block] = []
    if told:
        columns = (Column("Check", 1.4), Column("Verdict", 1.1), Column("What was found", 5))
        rows: list[list[str | Block]] = [
            [short(one.name), chip(one.verdict, CHECK_TONES[one.verdict]), of_the_person(one.sentence)] for one in told
        ]
        blocks.append(table(columns, rows))
    if passed:
        sentences = " ".join(of_the_person(one.sentence) for one in passed)
        names = sentences if brevity.sentences else f"{', '.join(one.name for one in passed)}."
        blocks.append(small(f"In order ({len(passed)}): {names}"))
    return section("What could be wrong", *(blocks or [text("No check was made.")]))


def harms(values: TrialReport, brevity: Brevity) -> Block:
    """Adverse events by arm, other changes, departures from the plan."""
    harms = [note for note in values.notes if note.matter is Matter.HARM]
    others = [note for note in values.notes if note.matter is not Matter.HARM]
    off, on = (sum(note.arm == arm for note in harms) for arm in (0, 1))
    blocks: list[Block] = []
    if harms:
        blocks.append(text(f"{counted(len(harms), 'adverse event')}: {on} with the treatment, {off} without it."))
        blocks += _notes_table(harms, "Adverse event", brevity)
    else:
        blocks.append(text("No adverse event was written down; that does not mean that there was none."))
    if others:
        blocks += [
            heading("Other changes and departures from the plan"),
            *_notes_table(others, "What happened", brevity),
        ]
    else:
        blocks.append(small("No other change and no departure from the plan was written down."))
    return section("Harms and other changes", *blocks)


def _notes_table(notes: list[Noted], title: str, brevity: Brevity) -> list[Block]:
    shown = notes[: brevity.notes]
    rows = [
        [
            day_text(note.day),
            ARMS[note.arm],
            f"{clipped(note.text, brevity.note)}{f' ({short(note.severity)})' if note.severity else ''}",
        ]
        for note in shown
    ]
    made = [table((Column("Day", 1), Column("Arm", 1.3), Column(title, 6)), rows)]
    left = len(notes) - len(shown)
    return [*made, small(f"{left:,} more in the diary.")] if left else made


def published(values: TrialReport, brevity: Brevity) -> Block:
    """What published studies say beside it."""
    first = values.outcomes[0]
    blocks = [items([clipped(one, brevity.words) for one in values.published[:4]])] if values.published else []
    if first.published and first.published.kind:
        told = of_the_person(first.published.sentence)
        blocks.append(text(f"With {first.published.name} as the belief beforehand: {told}"))
    return section("Published evidence beside it", *(blocks or [text("None was set beside it.")]))


def limits(values: TrialReport, brevity: Brevity) -> Block:
    """What it does not say."""
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
    said += [sentence(f"Assumed: {clipped(one, brevity.asked)}") for one in values.assumed[:4]]
    return section("Limits", items(said))


def verification(values: TrialReport) -> Block:
    """The seal, the seed, and whether they hold."""
    seal = values.seal
    if not seal.commitment and not seal.seed:
        return section("Verification", text("The order was not sealed; nothing can be verified."))
    rows = [("Fixed before day 1", seal.commitment), ("Seed revealed", seal.seed or "not yet")]
    if seal.holds is not None:
        rows.append(("Verified", f"{'Yes' if seal.holds else 'No'}. {seal.sentence}"))
    how = "Anyone can repeat it: SHA-256 of the design and seed, as docs/trials_by_hand.md of Provender shows."
    return section("Verification", facts(rows), small(how))


def computed(values: TrialReport) -> Block:
    """How it was computed, by which version."""
    zone = f" Days are dates in {values.zone}." if values.zone else ""
    words = " ".join(values.method) or "How it was computed is not recorded."
    return section("How it was computed", small(f"{words}{zone} Provender {values.version}. {SOURCE}"))
