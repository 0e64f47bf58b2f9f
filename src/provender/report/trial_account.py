"""What a trial's report holds, as plain values: the page, the FHIR bundle and tests are made from these alone.

Whatever is None or empty is said to be not recorded; nothing unknown is 0.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from provender.terms.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom it is about; nothing that names a person unless they gave it.

    Attributes:
        key: What stands for the person in references, such as a member's key; never shown.
        name: As they want to be called; None leaves it out.
        sex: In their word; None not given.
        age_years: On the day the trial began; None not given.
        complaint: What the trial is for, in their words; "" not recorded.
        alongside: Other conditions and treatments that went on.
        clinician_agreed_on: When their clinician's agreement was recorded; None not recorded.
    """

    key: str
    name: str | None = None
    sex: str | None = None
    age_years: int | None = None
    complaint: str = ""
    alongside: tuple[str, ...] = ()
    clinician_agreed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What was taken each time.

    Attributes:
        substance: What it is: ``magnesium``.
        amount: Of one dose, in ``unit``.
        unit: Such as ``mg``.
        salt: The compound the label names, such as ``magnesium citrate``; None not known.
        elemental: Lowest and highest amount of the substance itself in one dose, in ``unit``; None where ``amount``
            is that amount already.
        times_a_day: Doses a day; None not recorded.
        when: Such as ``in the evening``; "" not recorded.
    """

    substance: str
    amount: float
    unit: str
    salt: str | None = None
    elemental: tuple[float, float] | None = None
    times_a_day: float | None = None
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """What was tried, and against what.

    Attributes:
        treatment: Arm B, as in a sentence.
        comparison: Arm A.
        dose: Of the treatment; None where there is none, such as for a habit.
        kept_stable: What was not to change meanwhile.
    """

    treatment: str
    comparison: str
    dose: Dose | None = None
    kept_stable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The trial's design, as it was decided before day 1.

    Attributes:
        pairs: Periods of each arm; None where the design is not known.
        period_days: Days of a period; None likewise.
        scheme: In words: how chance chose the order; "" not known.
        randomised: Whether chance chose; None not known.
        orders: How many orders chance chose among; None not known.
        sequence: Arms of the periods in time, A comparison, B treatment; "" not known or still sealed.
        washout_days, run_in_days: 0 for none; None where the design is not known.
        blinding: In words; "" is said to be open.
        looks: Which looks before the end were allowed, in words; "" not recorded.
        can_show: What the design can and cannot show, one sentence each.
    """

    pairs: int | None = None
    period_days: int | None = None
    scheme: str = ""
    randomised: bool | None = None
    orders: int | None = None
    sequence: str = ""
    washout_days: int | None = None
    run_in_days: int | None = None
    blinding: str = ""
    looks: str = ""
    can_show: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """How the order was fixed beforehand, and whether it can be verified.

    Attributes:
        commitment: SHA-256 published before day 1, 64 hexadecimal digits; "" there was none.
        seed: The seed revealed at the end, 64 hexadecimal digits; "" still sealed or unknown.
        holds: Whether seed, design and order are those committed to; None not verifiable.
        sentence: The same in words; "" where there is nothing to say.
    """

    commitment: str = ""
    seed: str = ""
    holds: bool | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One outcome day by day; T calendar days, n of them observed.

    Attributes:
        first_day: The date of day 0.
        arm: (T,) 1 treatment, 0 comparison.
        period: (T,) index of the period, -1 in run-in and washout.
        day: (n,) day index of each outcome.
        value: (n,) in the outcome's unit.
        late: (n,) whether it was written on a later day.
    """

    first_day: date
    arm: tuple[int, ...] = ()
    period: tuple[int, ...] = ()
    day: tuple[int, ...] = ()
    value: tuple[float, ...] = ()
    late: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        if len(self.arm) != len(self.period) or not len(self.day) == len(self.value) == len(self.late):
            raise InputError(
                f"found {len(self.arm)} arms beside {len(self.period)} periods, and {len(self.day)} days beside"
                f" {len(self.value)} values and {len(self.late)} marks of late writing, expected as many of each",
                field="days",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """The same answer under another belief beforehand.

    Attributes:
        name: Which belief.
        kind: What it says then; "" where it could not be reckoned.
        sentence: The same with its numbers; "" likewise.
    """

    name: str
    kind: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An outcome: how it was measured, and what the trial says of it.

    Attributes:
        name: As inside a sentence: ``pain``.
        asked: How it was asked, or how it was measured; "" not recorded.
        scale: Which values are possible, in words.
        ends: Its smallest and largest possible value, None without one.
        unit: Of its values; "" none.
        answer_unit: Of the answer: as ``unit``, or a week of it for what is counted.
        lower_is_better: Whether less is better.
        mcid: The smallest change that matters to the person, in ``answer_unit``.
        mcid_source: Where that comes from; "" the person's own choice.
        instrument: Id of the instrument, such as ``pain``; "" none.
        days: Its days.
        kind: What the trial says; "" where there is no answer yet, and then none of what follows is known.
        sentence, chances, would_settle: In words; "" for none.
        benefit, beyond, worse, same: Probabilities of better, better by ``mcid``, worse by ``mcid``, neither.
        mean, low, high: Treatment less comparison and its 95 % interval, in ``answer_unit``.
        curve: Values of that difference with their density, both (k,); empty for none.
        test: What the design's own randomisation test says, in words.
        could_be_wrong: What speaks against believing it.
        beliefs: The answer under other beliefs.
        published: The answer under a belief from published studies; None not asked.
    """

    name: str
    scale: str
    lower_is_better: bool
    mcid: float
    days: Days
    ends: tuple[float | None, float | None] = (None, None)
    asked: str = ""
    unit: str = ""
    answer_unit: str = ""
    mcid_source: str = ""
    instrument: str = ""
    kind: str = ""
    sentence: str = ""
    chances: str = ""
    would_settle: str = ""
    benefit: float | None = None
    beyond: float | None = None
    worse: float | None = None
    same: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    curve: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
    test: str = ""
    could_be_wrong: tuple[str, ...] = ()
    beliefs: tuple[Belief, ...] = ()
    published: Belief | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """One check of the trial.

    Attributes:
        name: What was checked.
        verdict: ``passed``, ``failed`` or ``no verdict``.
        sentence: What was found.
    """

    name: str
    verdict: str
    sentence: str


class Matter(StrEnum):
    """What a dated note of a trial is about."""

    HARM = "harm"
    CHANGE = "other change"
    DEVIATION = "departure from the plan"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that was written on a day.

    Attributes:
        day: The date.
        text: The words.
        matter: What it is about.
        severity: In words; "" not recorded.
        arm: 1 with the treatment, 0 without it, None in neither or unknown.
    """

    day: date
    text: str
    matter: Matter
    severity: str = ""
    arm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was done of what was planned.

    Attributes:
        first_day, last_day: Of the trial as run; the last is None while it goes on.
        ended: Why it ended, in words; "" it ran to its end; ``still running`` while it does.
        days_planned: Days of the periods.
        days_observed: Days of the periods with the primary outcome, without and with the treatment.
        days_late: Outcomes written on a later day.
        taken_noted: Days with a note of what was taken; 0 means nobody noted it, and adherence is not known.
        taken_as_assigned: Of these, days on which what was assigned was done.
        set_aside: Outcomes that do not count: the reason, and how many.
    """

    first_day: date
    last_day: date | None
    ended: str = ""
    days_planned: int
    days_observed: tuple[int, int]
    days_late: int = 0
    taken_noted: int = 0
    taken_as_assigned: int = 0
    set_aside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReport:
    """All that a report of one person's trial says.

    Attributes:
        key: What stands for the trial in references; never shown.
        title: What the trial is about.
        written_at: When the report was written, with its zone.
        zone: IANA zone of the person's days; "" not known.
        version: Of Provender.
        person: Whom it is about.
        why: The claim or reason behind it, in words; "" not recorded.
        intervention: What was tried.
        outcomes: The primary one first, at least one.
        layout: The design.
        course: What was done.
        checks: Of the primary outcome, the gravest first.
        notes: Harms, other changes and departures, in order of days.
        published: What published studies say, one sentence each with its source.
        seal: How the order was sealed.
        method: How it was computed, one sentence each.
        assumed: What was not said and therefore assumed.
    """

    key: str
    title: str
    written_at: datetime
    version: str
    person: Person
    intervention: Intervention
    outcomes: tuple[Outcome, ...]
    layout: Layout
    course: Course
    zone: str = ""
    why: str = ""
    checks: tuple[Checked, ...] = ()
    notes: tuple[Noted, ...] = ()
    published: tuple[str, ...] = ()
    seal: Seal = Seal()
    method: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise InputError("found a report without an outcome, expected at least the primary one", field="outcomes")
        if self.written_at.utcoffset() is None:
            raise InputError(f"found {self.written_at} without a zone, expected one", field="written_at")
