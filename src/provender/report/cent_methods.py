"""What a trial was, in the order of CENT 2015: why, who, what, outcomes, design, and what was done of it."""

from typing import Final

from provender.report.blocks import (
    NOT_RECORDED,
    Block,
    Column,
    facts,
    section,
    table,
    text,
)
from provender.report.brevity import Brevity
from provender.report.legible import clipped, short
from provender.report.trial_account import Dose, Outcome, TrialReport
from provender.report.wording import (
    amount,
    counted,
    day_text,
    days_text,
    plain,
    sentence,
)
from provender.trials.verdict import percent

FINE: Final = 0.5
"""Below this smallest change that matters a second decimal is shown."""


def why(values: TrialReport, brevity: Brevity) -> Block:
    """Why it was tried, and the question."""
    first = values.outcomes[0]
    question = (
        f"Is {first.name} {'lower' if first.lower_is_better else 'higher'} with {values.intervention.treatment} than"
        f" with {values.intervention.comparison}, by {mcid_words(first)} or more?"
    )
    why = clipped(values.why, brevity.words) or "The reason is not recorded."
    return section("Why", text(f"{why} The question: {question}"))


def participant(values: TrialReport, brevity: Brevity) -> Block:
    """Whom it is about."""
    person = values.person
    who = [person.sex or "", f"{person.age_years} years" if person.age_years is not None else ""]
    agreed = person.clinician_agreed_on
    return section(
        "Participant",
        facts(
            [
                ("Person", ", ".join(one for one in who if one)),
                ("For what", clipped(person.complaint, brevity.words)),
                ("Alongside", clipped("; ".join(person.alongside), brevity.words)),
                ("Clinician’s agreement", f"recorded on {day_text(agreed)}" if agreed else ""),
                ("Setting", "Daily life; the person’s own trial, not a research study."),
            ]
        ),
    )


def dose_words(dose: Dose, *, alone: bool = False) -> str:
    """A dose in words, with the elemental amount where the label's compound holds less.

    Args:
        dose: What was taken each time.
        alone: Whether only what one dose holds is said, not how often.
    """
    each = f"{plain(dose.amount)} {dose.unit} {dose.substance}"
    if dose.salt:
        each = f"{each} as {dose.salt}"
    if dose.elemental is not None:
        low, high = dose.elemental
        ends = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
        each = f"{each} (elemental: {ends} {dose.unit} {dose.substance})"
    elif dose.salt:
        each = f"{each} (the amount is that of {dose.substance} itself)"
    return each if alone else ", ".join(part for part in (each, _often(dose.times_a_day), dose.when) if part)


def _often(times_a_day: float | None) -> str:
    if times_a_day is None:
        return f"times a day {NOT_RECORDED}"
    return "once a day" if times_a_day == 1 else f"{plain(times_a_day)} times a day"


def intervention(values: TrialReport, brevity: Brevity) -> Block:
    """What was tried, and against what."""
    tried = values.intervention
    return section(
        "Intervention and comparison",
        facts(
            [
                ("B, the treatment", clipped(tried.treatment, brevity.words)),
                ("Dose", dose_words(tried.dose) if tried.dose else "none"),
                ("A, the comparison", clipped(tried.comparison, brevity.words)),
                ("Kept stable", clipped("; ".join(tried.kept_stable), brevity.words)),
            ]
        ),
    )


def digits_of(outcome: Outcome) -> int:
    """Decimals that an outcome's differences are shown with."""
    return 1 if outcome.mcid >= FINE else 2


def mcid_words(outcome: Outcome) -> str:
    """The smallest change that matters, with its unit."""
    return amount(outcome.mcid, short(outcome.answer_unit, 24), digits_of(outcome))


def outcomes(values: TrialReport, brevity: Brevity) -> Block:
    """What was measured, how, and which change matters."""
    rows = [
        [
            f"{short(outcome.name)}{' (primary)' if k == 0 else ''}",
            clipped(outcome.asked, brevity.asked),
            (
                f"{clipped(outcome.scale, brevity.asked)}{f', {short(outcome.unit, 24)}' if outcome.unit else ''};"
                f" {'less' if outcome.lower_is_better else 'more'} is better"
            ),
            f"{mcid_words(outcome)}; {clipped(outcome.mcid_source, brevity.asked) or 'the person’s own choice'}",
        ]
        for k, outcome in enumerate(values.outcomes[: 1 + brevity.second])
    ]
    columns = (
        Column("Outcome", 1.5),
        Column("How asked", 3),
        Column("Values", 2.2),
        Column("Smallest change that matters", 3),
    )
    return section("Outcomes", table(columns, rows))


def design(values: TrialReport) -> Block:
    """Periods, order, chance, seal, blinding."""
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
        ("Order of periods", _order(values)),
        ("Concealment", sealed),
        ("Blinding", layout.blinding or "none: the person knew what they took"),
        ("Looks allowed", layout.looks),
        ("Size", " ".join(layout.can_show)),
    ]
    return section("Design", facts(rows))


def _order(values: TrialReport) -> str:
    if not values.layout.sequence:
        return ""
    rest = "" if values.course.last_day else "; the rest is still sealed"
    return f"{clipped(values.layout.sequence, 300)} (A comparison, B treatment){rest}"


def _days_or_none(days: int | None) -> str:
    if days is None:
        return NOT_RECORDED
    return counted(days, "day") if days else "none"


def done(values: TrialReport, brevity: Brevity) -> Block:
    """What was done of what was planned."""
    course = values.course
    off, on = course.days_observed
    missing = max(0, course.days_planned - off - on)
    kept = f"{NOT_RECORDED}: nobody noted what was taken"
    if course.taken_noted:
        share = percent(course.taken_as_assigned / course.taken_noted)
        kept = (
            f"on {share} of the {counted(course.taken_noted, 'day')} with a note, what was assigned was done"
            f"; no note on {counted(max(0, course.days_planned - course.taken_noted), 'day')}"
        )
    most = min(brevity.note, 90)
    aside = "; ".join(f"{counted(count, 'day')}: {clipped(reason, most)}" for reason, count in course.set_aside[:6])
    return section(
        "What was done",
        facts(
            [
                ("Ran", f"{ran(values)}; {course.ended or 'to its end'}"),
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


def ran(values: TrialReport) -> str:
    """From when to when it ran."""
    course = values.course
    return days_text(course.first_day, course.last_day) if course.last_day else f"since {day_text(course.first_day)}"
