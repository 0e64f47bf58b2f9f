"""A diary's days as pages: what was eaten and taken, is it enough, weight, how it felt, what asks for attention."""

from math import floor
from typing import Final

from provender.nutrition.verdicts import Adequacy, Verdict
from provender.report.blocks import (
    NOT_RECORDED,
    Block,
    Column,
    Tone,
    answer,
    chip,
    facts,
    section,
    sheet,
    small,
    table,
    text,
)
from provender.report.cent_methods import dose_words
from provender.report.diary_account import DatedNote, DiaryReport, Enough, Felt, Supplement
from provender.report.drawing import trace_picture
from provender.report.legible import clipped
from provender.report.paper import Paper, pdf
from provender.report.wording import counted, day_text, days_text, moment_text, number, of_the_person, plain, sentence
from provender.terms.nutrients import nutrient
from provender.terms.units import amount_text
from provender.trials.verdict import percent

TEMPLATE: Final = "sheet"
MOST_NOTES: Final = 24
"""Notes without a red flag; all with one are shown."""
MOST_PICTURES: Final = 3
LEAST_DRAWN: Final = 5
"""Days of an outcome from which a picture says more than the table."""
NOTE_LETTERS: Final = 300
FLAG_LETTERS: Final = 500
LEAST_KNOWN: Final = 0.8
"""Coverage below which a mean is called a lower bound."""
VERDICT_TONES: Final[dict[str, Tone]] = {
    Verdict.VERY_LIKELY_TOO_LOW: "bad",
    Verdict.PROBABLY_TOO_LOW: "bad",
    Verdict.UNCERTAIN: "open",
    Verdict.BELOW_AI: "open",
    Verdict.NO_VERDICT: "even",
    Verdict.PROBABLY_ENOUGH: "good",
    Verdict.AI_REACHED: "good",
    Verdict.VERY_LIKELY_ENOUGH: "good",
}
"""In the order they are shown in: what may be too low comes first."""


def diary_report(values: DiaryReport, *, paper: Paper) -> bytes:
    """A diary's days as a PDF; tagged (PDF/UA-1), for keeping (PDF/A-2a).

    Args:
        values: What it says; the same values give the same bytes.
        paper: ``a4`` or ``us-letter``.

    Raises:
        InputError: Another paper.
    """
    return pdf(TEMPLATE, diary_sheet(values), paper, values.written_at)


def diary_sheet(values: DiaryReport) -> Block:
    """The same as its parts, before they are laid on paper."""
    return sheet(
        title=f"Diary, {days_text(values.first, values.last)}",
        kicker="REPORT OF A DIARY",
        subtitle=_subtitle(values),
        footer="Made by the person with Provender from their own diary. Information, not a diagnosis.",
        version=values.version,
        keywords=("diary", "nutrition", "symptoms"),
        opening=[*_nothing(values), _flags(values), _completeness(values)],
        sections=[
            _eaten(values),
            _enough(values),
            _weight(values),
            _felt(values),
            _supplements(values),
            *_trials(values),
            _notes(values),
            _computed(values),
        ],
    )


def told_enough(found: Adequacy) -> Enough:
    """A nutrient's adequacy as plain values."""
    upper = " ".join(one for one in (found.ul_sentence, found.cdrr_sentence, found.amdr_sentence) if one)
    return Enough(
        name=nutrient(found.nutrient).name,
        verdict=str(found.verdict),
        sentence=found.sentence,
        confidence=found.probability,
        upper=upper,
    )


def _subtitle(values: DiaryReport) -> str:
    person = values.person
    who = [
        clipped(person.name, 60) if person.name else "",
        person.sex or "",
        f"{person.age_years} years" if person.age_years is not None else "",
    ]
    told = " · ".join(one for one in who if one)
    return f"{told}{' · ' if told else ''}report written {moment_text(values.written_at)}"


def _nothing(values: DiaryReport) -> list[Block]:
    if values.days_recorded or values.intake or values.felt or values.notes or values.weight or values.supplements:
        return []
    words = "Nothing is recorded in these days: the sections below say what would stand in them."
    return [answer("an empty diary", "even", words)]


def _flags(values: DiaryReport) -> Block:
    flagged = [note for note in values.notes if note.red_flag]
    if not flagged:
        held = (
            "No note in these days holds a word"
            if values.notes
            else "There is no note in these days, so none holds a word"
        )
        return small(f"{held} that asks for medical attention at once.")
    lines = [
        f"{day_text(note.day)}: “{clipped(note.text, FLAG_LETTERS)}” — {sentence(note.red_flag)}" for note in flagged
    ]
    said = f"{counted(len(flagged), 'note')} in these days {'asks' if len(flagged) == 1 else 'ask'} for attention."
    return answer("read this first", "bad", said, lines)


def _completeness(values: DiaryReport) -> Block:
    complete = "" if values.days_complete is None else f"{values.days_complete:,} of {values.days:,} days"
    rows = [
        ("Days with entries", f"{values.days_recorded:,} of {values.days:,} days"),
        ("Logged whole", complete),
    ]
    if values.left_out:
        reasons: dict[str, int] = {}
        for _, reason in values.left_out:
            reasons[reason] = reasons.get(reason, 0) + 1
        told = "; ".join(f"{counted(count, 'day')}: {clipped(reason, 120)}" for reason, count in reasons.items())
        rows.append(("Left out", told))
    if values.person.complaint or values.person.alongside:
        rows.append(("For what", clipped("; ".join([values.person.complaint, *values.person.alongside]), 300)))
    return facts(rows)


def _eaten(values: DiaryReport) -> Block:
    if not values.intake:
        return section("Eaten and drunk", text("Nothing eaten or drunk is recorded in these days."))
    rows: list[list[str | Block]] = []
    for one in values.intake:
        mean = amount_text(one.daily_mean, one.unit) if one.daily_mean is not None else ""
        bound = mean and one.coverage < LEAST_KNOWN
        rows.append(
            [
                one.name,
                f"at least {mean}" if bound else mean,
                f"{floor(100 * one.coverage)} %" if one.coverage else "nothing known",
                f"{one.days:,}",
            ]
        )
    columns = (
        Column("Food alone, mean a day", 3),
        Column("Amount", 2, right=True),
        Column("Known of", 1.6, right=True),
        Column("Days", 1, right=True),
    )
    blocks = [table(columns, rows)]
    energy = trace_picture("Energy eaten", "kcal", values.first, values.days, values.energy_by_day)
    if energy and len(values.energy_by_day) > 1:
        blocks.append(energy)
    if values.expenditure:
        blocks.append(text(of_the_person(values.expenditure)))
    blocks.append(
        small("“Known of” is the share of the food for which the amount is known; the rest is unknown, not 0.")
    )
    return section("Eaten and drunk", *blocks)


def _enough(values: DiaryReport) -> Block:
    if not values.enough:
        return section("Is it enough?", text("No verdict: too few days are logged whole."))
    order = list(VERDICT_TONES)
    told = sorted(values.enough, key=lambda one: order.index(Verdict(one.verdict)))
    rows: list[list[str | Block]] = [
        [
            one.name,
            chip(one.verdict, VERDICT_TONES[one.verdict]),
            "none" if one.confidence is None else percent(one.confidence),
            of_the_person(f"{one.sentence} {one.upper}".strip()),
        ]
        for one in told
    ]
    columns = (
        Column("Nutrient", 1.5),
        Column("Verdict", 2.3),
        Column("Confidence", 1.1, right=True),
        Column("In words", 5),
    )
    how = "Confidence: the probability that the usual intake meets the person’s own requirement, or reaches the AI."
    return section("Is it enough?", table(columns, rows), small(how))


def _weight(values: DiaryReport) -> Block:
    weight = values.weight
    if weight is None or not weight.points:
        return section("Weight", text("No weight is recorded in these days."))
    (day_a, a), (day_b, b) = weight.points[0], weight.points[-1]
    told = f"{counted(len(weight.points), 'weighing')}: {number(a)} kg on {day_text(day_a)}"
    told = f"{told}, {number(b)} kg on {day_text(day_b)}." if len(weight.points) > 1 else f"{told}."
    picture = trace_picture("Weight", "kg", values.first, values.days, weight.points, weight.course)
    words = f"{told} {of_the_person(weight.sentence)}".strip()
    return section("Weight", text(words), *([picture] if picture and len(weight.points) > 1 else []))


def _felt(values: DiaryReport) -> Block:
    felt = [one for one in values.felt if one.points]
    if not felt:
        return section("How it was", text("No symptom or other outcome is recorded in these days."))
    columns = (
        Column("Outcome", 2),
        Column("Values", 2.4),
        Column("Mean", 1, right=True),
        Column("Lowest to highest", 1.7, right=True),
        Column("Days recorded", 1.5, right=True),
    )
    pictures = [
        trace_picture(
            f"{one.name[:1].upper()}{one.name[1:]}", one.unit, values.first, values.days, one.points, ends=one.ends
        )
        for one in felt[:MOST_PICTURES]
        if len(one.points) >= LEAST_DRAWN
    ]
    rows = [_felt_row(one, values.days) for one in felt]
    asked = [f"{one.name}: “{clipped(one.asked, 160)}”" for one in felt if one.asked]
    return section(
        "How it was",
        table(columns, rows),
        *([small(f"Asked: {'; '.join(asked)}")] if asked else []),
        *[picture for picture in pictures if picture],
    )


def _felt_row(one: Felt, days: int) -> list[str | Block]:
    numbers = [value for _, value in one.points]
    recorded = len({day for day, _ in one.points})
    scale = ", ".join(part for part in (one.scale, one.unit) if part)
    ends = f"{plain(min(numbers))} to {plain(max(numbers))}"
    return [one.name, scale or "any", number(sum(numbers) / len(numbers)), ends, f"{recorded:,} of {days:,}"]


def _supplements(values: DiaryReport) -> Block:
    if not values.supplements:
        return section("Doses and supplements", text("No dose of a supplement or medicine is recorded in these days."))
    columns = (Column("What", 2), Column("One dose holds", 4), Column("Taken", 2.4))
    return section("Doses and supplements", table(columns, [_supplement_row(one) for one in values.supplements]))


def _supplement_row(one: Supplement) -> list[str | Block]:
    held = "; ".join(dose_words(dose, alone=True) for dose in one.doses) or "contents not recorded"
    if one.doses_logged:
        taken = f"{plain(one.doses_logged)} doses logged on {counted(len(one.days), 'day')}"
    elif one.usual is not None:
        taken = f"none logged; {plain(one.usual)} a day said to be usual"
    else:
        taken = f"no dose logged; how often it is taken is {NOT_RECORDED}"
    return [clipped(one.name, 90), clipped(held, 400), taken]


def _trials(values: DiaryReport) -> list[Block]:
    if not values.trials:
        return []
    rows: list[list[str | Block]] = [
        [clipped(one.title, 120), one.stands, of_the_person(one.sentence) or "no answer yet"] for one in values.trials
    ]
    columns = (Column("Trial", 2.4), Column("Stands", 1.1), Column("What it says", 5))
    return [section("Trials of one’s own", table(columns, rows))]


def _notes(values: DiaryReport) -> Block:
    if not values.notes:
        return section("Notes", text("No note is recorded in these days."))
    flagged = {id(note) for note in values.notes if note.red_flag}
    quiet = [note for note in values.notes if not note.red_flag]
    kept = {id(note) for note in quiet[-MOST_NOTES:]} | flagged
    rows = [_note_row(note) for note in values.notes if id(note) in kept]
    left = len(values.notes) - len(rows)
    more = [small(f"{counted(left, 'earlier note')} in the diary.")] if left else []
    return section("Notes", table((Column("Day", 1), Column("Words", 7)), rows), *more)


def _note_row(note: DatedNote) -> list[str | Block]:
    flag = f" [asks for attention: {note.red_flag}]" if note.red_flag else ""
    return [day_text(note.day), f"{clipped(note.text, NOTE_LETTERS)}{flag}"]


def _computed(values: DiaryReport) -> Block:
    zone = f" Days are dates in {values.zone}." if values.zone else ""
    words = (
        "Amounts are sums over what was logged; what a food’s composition does not tell is left out and its share is"
        " stated. Adequacy compares usual intake with average requirements (EAR) or adequate intakes (AI), with the"
        " uncertainty of few days; docs/methods/adequacy.md of Provender has the equations."
    )
    return section("How it was computed", small(f"{words}{zone} Provender {values.version}."))
