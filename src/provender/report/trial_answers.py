"""From a trial's file and its answers to the plain values of its report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

import numpy as np

from provender.report.trial_account import (
    Belief,
    Checked,
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
from provender.trials.answer import Answer, Under
from provender.trials.design import Scheme, sequence_text
from provender.trials.design_words import resolution_sentence, serious_sentence
from provender.trials.mixture import Mixture
from provender.trials.priors import Priors
from provender.trials.randomisation_test import NAME as RANDOMISATION_TEST
from provender.trials.randomise import sequence_count
from provender.trials.series import Series
from provender.trials.trial_file import DayNote, TrialFile
from provender.trials.verdict import SURE, SURE_AT_A_LOOK, SURE_OF_NOTHING

POINTS: Final = 121
"""Of the picture of the posterior."""
TAILS: Final = 0.001
SCHEMES: Final = {
    Scheme.PAIRS: "in each pair of periods chance chose which came first",
    Scheme.BLOCKS: "in each block of periods chance chose the order, both arms equally often",
    Scheme.STRATIFIED: "chance chose the order, both arms equally often in each half and never many of one in a row",
    Scheme.ABAB: "the order was fixed: comparison and treatment in turn",
}
STILL_RUNNING: Final = "still running"


@dataclass(frozen=True, slots=True)
class Measured:
    """How an outcome was measured; a trial's file does not say it.

    Attributes:
        asked: The question, or how it was measured; "" not recorded.
        instrument: Id of the instrument; "" none.
        mcid_source: Where the smallest change that matters comes from; "" the person's own choice.
    """

    asked: str = ""
    instrument: str = ""
    mcid_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the report says that the trial's file does not hold.

    Attributes:
        key: What stands for the trial in references.
        person: Whom it is about.
        written_at: When the report is written, with its zone.
        version: Of Provender.
        why: The claim or reason behind it; "" not recorded.
        dose: Of the treatment; None where there is none.
        kept_stable: What was not to change meanwhile.
        measured: How each outcome was measured, by its name.
        blinding: In words; "" is said to be open.
        looks: Which looks before the end were allowed; "" not recorded.
        ended: Why it ended; "" it ran to its end.
        notes: Harms, other changes and departures known otherwise; they come beside those of the file.
        published: What published studies say, one sentence each.
    """

    key: str
    person: Person
    written_at: datetime
    version: str
    why: str = ""
    dose: Dose | None = None
    kept_stable: tuple[str, ...] = ()
    measured: Mapping[str, Measured] = field(default_factory=dict)
    blinding: str = ""
    looks: str = ""
    ended: str = ""
    notes: tuple[Noted, ...] = ()
    published: tuple[str, ...] = ()


def of_answers(trial: TrialFile, answers: Sequence[Answer], background: Background) -> TrialReport:
    """The report of a trial.

    Until the trial has ended, the seed and the order of the periods to come stay out of it.

    Args:
        trial: The trial as it was kept.
        answers: One an outcome, the primary one first.
        background: What the file does not hold.

    Raises:
        InputError: No answer, or a time without a zone.
    """
    if not answers:
        raise InputError("found no answer, expected at least that of the primary outcome", field="answers")
    first, header = answers[0], trial.header
    treatment = header.treatment or "the treatment"
    return TrialReport(
        key=background.key,
        title=header.title or f"{treatment[:1].upper()}{treatment[1:]} and {first.asked.outcome}",
        written_at=background.written_at,
        zone=header.zone,
        version=background.version,
        person=background.person,
        why=background.why,
        intervention=Intervention(
            treatment=treatment,
            comparison=header.comparison or "the comparison",
            dose=background.dose,
            kept_stable=background.kept_stable,
        ),
        outcomes=tuple(
            _outcome(answer, background.measured.get(answer.series.scale.name, Measured())) for answer in answers
        ),
        layout=_layout(trial, background, first),
        course=_course(first, background.ended),
        checks=tuple(Checked(one.name, str(one.verdict), one.sentence) for one in first.checks),
        notes=_notes(trial, first.series, background.notes),
        published=background.published,
        seal=_seal(trial, ended=first.ended),
        method=_method(first),
        assumed=trial.assumed,
    )


def _outcome(answer: Answer, measured: Measured) -> Outcome:
    scale, verdict, run = answer.series.scale, answer.verdict, answer.posterior.as_run
    tests = [one.sentence for one in answer.checks if one.name == RANDOMISATION_TEST]
    return Outcome(
        name=scale.name,
        asked=measured.asked,
        scale=scale.words(),
        ends=(scale.low, scale.high),
        unit=scale.unit,
        answer_unit=answer.asked.unit,
        lower_is_better=scale.lower_is_better,
        mcid=answer.asked.mcid,
        mcid_source=measured.mcid_source,
        instrument=measured.instrument,
        days=days_of(answer.series),
        kind=str(verdict.kind),
        sentence=verdict.sentence,
        chances=verdict.chances,
        would_settle=verdict.would_settle,
        benefit=verdict.benefit,
        beyond=verdict.beyond,
        worse=verdict.worse,
        same=verdict.same,
        mean=run.mean,
        low=verdict.low,
        high=verdict.high,
        curve=_curve(run),
        test=tests[0] if tests else "",
        could_be_wrong=verdict.could_be_wrong,
        beliefs=tuple(_belief(one) for one in answer.others),
        published=_belief(answer.published) if answer.published else None,
    )


def days_of(series: Series) -> Days:
    """A series as plain values."""
    return Days(
        first_day=series.first_day,
        arm=tuple(int(arm) for arm in series.assigned),
        period=tuple(int(period) for period in series.period),
        day=tuple(int(day) for day in series.day),
        value=tuple(float(value) for value in series.outcome),
        late=tuple(bool(late) for late in series.backfilled),
    )


def _curve(run: Mixture) -> tuple[tuple[float, ...], tuple[float, ...]]:
    low, high = run.quantile(TAILS), run.quantile(1 - TAILS)
    if not (np.isfinite([low, high]).all() and high - low > 0 and (run.sds > 0).any()):
        return (), ()
    at = np.linspace(low, high, POINTS)
    return tuple(at.tolist()), tuple(run.density(at).tolist())


def _belief(under: Under) -> Belief:
    told = under.verdict
    return Belief(name=under.name, kind=str(told.kind), sentence=told.sentence) if told else Belief(name=under.name)


def _seal(trial: TrialFile, *, ended: bool) -> Seal:
    """The seal; until the trial has ended the seed and what follows from it stay closed."""
    header = trial.header
    if not ended:
        return Seal(commitment=header.commitment)
    return Seal(
        commitment=header.commitment,
        seed=header.seed.hex() if header.seed else "",
        holds=None if header.seal is None else bool(header.seal),
        sentence=header.seal.sentence if header.seal else "",
    )


def _layout(trial: TrialFile, background: Background, answer: Answer) -> Layout:
    """The design; until the trial has ended only the order of the periods that the answer rests on."""
    design = trial.design
    order = trial.sequence or ()
    sequence = sequence_text(order if answer.ended else order[: answer.series.periods])
    if design is None:
        return Layout(sequence=sequence, blinding=background.blinding, looks=background.looks)
    return Layout(
        pairs=design.pairs,
        period_days=design.period_days,
        scheme=SCHEMES[design.scheme],
        randomised=design.randomised,
        orders=sequence_count(design),
        sequence=sequence,
        washout_days=design.washout_days,
        run_in_days=design.run_in_days,
        blinding=background.blinding,
        looks=background.looks,
        can_show=(resolution_sentence(design), serious_sentence(design)),
    )


def _course(answer: Answer, ended: str) -> Course:
    series = answer.series
    counted = series.period >= 0
    noted = counted & np.isfinite(series.taken)
    reasons: dict[str, int] = {}
    for one in series.set_aside:
        reasons[one.reason] = reasons.get(one.reason, 0) + 1
    return Course(
        first_day=series.first_day,
        last_day=series.date_of(series.days - 1) if answer.ended else None,
        ended=ended or ("" if answer.ended else STILL_RUNNING),
        days_planned=int(counted.sum()),
        days_observed=series.observed_by_arm,
        days_late=int(series.backfilled.sum()),
        taken_noted=int(noted.sum()),
        taken_as_assigned=int((np.abs(series.taken - series.assigned)[noted] < 0.5).sum()),
        set_aside=tuple(reasons.items()),
    )


def _notes(trial: TrialFile, series: Series, more: Sequence[Noted]) -> tuple[Noted, ...]:
    def noted(note: DayNote, matter: Matter) -> Noted:
        return Noted(note.day, note.text, matter, arm=_arm(series, note.day))

    found = [noted(note, Matter.HARM) for note in trial.adverse_events]
    found += [noted(note, Matter.CHANGE) for note in trial.co_interventions]
    found += [Noted(day, "the results were looked at", Matter.DEVIATION) for day in trial.looks]
    return tuple(sorted([*found, *more], key=lambda one: one.day))


def _arm(series: Series, day: date) -> int | None:
    at = (day - series.first_day).days
    inside = 0 <= at < series.days and series.period[at] >= 0
    return int(series.assigned[at]) if inside else None


def _method(answer: Answer) -> tuple[str, ...]:
    priors, unit = answer.priors, answer.asked.unit
    if isinstance(priors, Priors):
        effect = f"a difference of {priors.effect[0]:g} with sd {priors.effect[1]:g} {unit}".rstrip()
    else:
        effect = f"a ratio of rates around 1, sd {priors.effect[1]:g} on the log scale"
    model = (
        "Bayesian model of every observed day: level, trend, day of the week, an effect that comes and goes with a"
        " time constant of its own (so carry-over is modelled), and what lingers from day to day (so neighbouring"
        f" days are not taken for independent). Outcome read as: {answer.model}."
    )
    belief = f"Believed beforehand of the effect: {effect}. Missing days are absent, never filled in."
    rule = (
        f"Helped, or made worse: probability {SURE:.2f} at the end, {SURE_AT_A_LOOK:.2f} at a look; no difference"
        f" worth having: {SURE_OF_NOTHING:.2f}. Integrated numerically without random numbers: the same trial gives"
        " the same answer."
    )
    return model, belief, rule
