"""What is decided before day 1 of a trial, and its calendar day by day: pure, so that the same trial reads the same."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from provender.diary.instruments import Instrument, instrument
from provender.terms.errors import InputError
from provender.trials.design import LETTERS, TREATMENT, Design, Order, Scheme, period_of_day
from provender.trials.scale import OutcomeKind, Scale
from provender.trials.schedule import schedule
from provender.trials.series import Exclusion
from provender.trials.trial_header import Header

LONGEST_WORDS: Final = 200
MOST_OUTCOMES: Final = 3
KINDS: Final = ("supplement", "food", "habit")
USUAL_ONSET_D, ONSET_SPREAD = 3.0, 0.7
"""Median in days and log sd of the onset that the engine expects unless it is told another."""


class Looks(StrEnum):
    """When results may be looked at before the end."""

    NONE = "none"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An outcome: the instrument's id, and the smallest change that would matter to this person, in its unit."""

    instrument: str
    mcid: float


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken a day: an amount with its unit, of a salt where it is one, else of the substance itself."""

    amount: float
    unit: str
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """What was decided before day 1.

    Attributes:
        title: What the trial is about.
        kind: A supplement, a food or a habit.
        treatment: What is tried, as one would say it.
        comparison: Against what.
        outcomes: What is recorded, the primary one first.
        design: Periods and days.
        first_day: Of the run-in, or of the first period.
        zone: The person's zone.
        substance: Id of the library's substance; "" for none.
        claim: Id of the claim it came from; "" for none.
        dose: What is taken a day; None for a habit or where it is not told.
        looks: When results may be looked at before the end.
        blinded: Whether a helper prepares the periods and the person does not know which is which.
        kept_stable: What the person will not change meanwhile.
        onset_days: Days in which the effect probably comes and goes.

    Raises:
        InputError: Words that are missing or too long, no outcome, one twice, or a change that is not above 0.
    """

    title: str
    kind: str
    treatment: str
    comparison: str
    outcomes: tuple[Chosen, ...]
    design: Design
    first_day: date
    zone: str
    substance: str = ""
    claim: str = ""
    dose: Taken | None = None
    looks: Looks = Looks.NONE
    blinded: bool = False
    kept_stable: tuple[str, ...] = ()
    onset_days: float = USUAL_ONSET_D

    def __post_init__(self) -> None:
        for name in ("title", "treatment", "comparison"):
            words = getattr(self, name)
            if not words.strip() or len(words) > LONGEST_WORDS:
                raise InputError(f"found {name} of {len(words)} letters, expected 1 to {LONGEST_WORDS}", field=name)
        if self.kind not in KINDS:
            raise InputError(f"found kind {self.kind[:40]!r}, expected one of {', '.join(KINDS)}", field="kind")
        names = [one.instrument for one in self.outcomes]
        if not 1 <= len(names) <= MOST_OUTCOMES or len(set(names)) < len(names):
            raise InputError(f"found {len(names)} outcomes, expected 1 to {MOST_OUTCOMES}, each once", field="outcome")
        for one in self.outcomes:
            instrument(one.instrument)
            if not one.mcid > 0:
                raise InputError(
                    f"found {one.mcid:g} as the smallest change that matters, expected above 0", field="mcid"
                )
        if self.dose is not None and not self.dose.amount > 0:
            raise InputError(f"found a dose of {self.dose.amount:g}, expected above 0", field="amount")

    @property
    def last_day(self) -> date:
        """The last day of the last period."""
        return self.first_day + timedelta(days=self.design.days - 1)

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The outcomes as the engine knows them."""
        return tuple(_scale(instrument(one.instrument), one.mcid) for one in self.outcomes)

    def header(
        self,
        sequence: Order | None,
        *,
        seed: bytes | None = None,
        commitment: str = "",
        looks: Sequence[date] = (),
        exclusions: Sequence[Exclusion] = (),
    ) -> Header:
        """The header of its trial file."""
        return Header(
            outcomes=self.scales,
            title=self.title,
            zone=self.zone,
            first_day=self.first_day,
            comparison=self.comparison,
            treatment=self.treatment,
            design=self.design,
            sequence=None if sequence is None else tuple(int(arm) for arm in sequence),
            seed=seed,
            commitment=commitment,
            looks=tuple(looks),
            exclusions=tuple(exclusions),
            priors={} if self.onset_days == USUAL_ONSET_D else {"tau": (self.onset_days, ONSET_SPREAD)},
        )

    def values(self) -> dict[str, Any]:
        """The protocol as JSON, from which ``protocol_of`` makes it again."""
        found = asdict(self)
        found["design"] = self.design.fields()
        found["first_day"] = self.first_day.isoformat()
        found["looks"] = str(self.looks)
        return found


def protocol_of(values: Mapping[str, Any]) -> Protocol:
    """The protocol that was written as JSON.

    Raises:
        InputError: As ``Protocol`` and ``Design``.
    """
    dose = values.get("dose")
    return Protocol(
        **{
            **values,
            "outcomes": tuple(Chosen(**one) for one in values["outcomes"]),
            "design": Design(**{**values["design"], "scheme": Scheme(values["design"]["scheme"])}),
            "first_day": date.fromisoformat(values["first_day"]),
            "dose": None if dose is None else Taken(**dose),
            "looks": Looks(values.get("looks", "none")),
            "kept_stable": tuple(values.get("kept_stable", ())),
        }
    )


def _scale(one: Instrument, mcid: float) -> Scale:
    kind = {"score": OutcomeKind.SCORE, "count": OutcomeKind.COUNT, "measure": OutcomeKind.MEASURE}[one.kind]
    ends = (0.0, one.high if one.yes_or_no else None) if kind is OutcomeKind.COUNT else (one.low, one.high)
    return Scale(
        name=one.name,
        unit=one.unit,
        low=ends[0],
        high=ends[1],
        step=one.step,
        lower_is_better=one.lower_is_better,
        mcid=mcid,
        kind=kind,
    )


class Phase(StrEnum):
    """What a day of a trial is for."""

    BEFORE = "before"
    RUN_IN = "run-in"
    PERIOD = "period"
    WASHOUT = "washout"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class DayOf:
    """What one day of a trial asks for.

    Attributes:
        phase: What it is for.
        treated: Whether the treatment is taken; None where that is not known, or outside periods.
        period: Which period, from 1; 0 outside.
        day: Which day of it, from 1; 0 outside.
        changes_on: The first day that asks for something else; None at the end.
        letter: A or B by the order; "" unknown or outside periods.
    """

    phase: Phase
    treated: bool | None
    period: int
    day: int
    changes_on: date | None
    letter: str = ""


def day_of(protocol: Protocol, sequence: Order | None, on: date) -> DayOf:
    """What a day asks for.

    Args:
        protocol: What was decided.
        sequence: (periods,) arms in time; None where the person does not know them.
        on: The day, in the person's zone.
    """
    at = (on - protocol.first_day).days
    if at < 0:
        return DayOf(Phase.BEFORE, None, 0, 0, protocol.first_day)
    if at >= protocol.design.days:
        return DayOf(Phase.OVER, None, 0, 0, None)
    periods = period_of_day(protocol.design)
    here = int(periods[at])
    later = [t for t in range(at + 1, len(periods)) if _asks(periods[t], sequence) != _asks(here, sequence)]
    changes = protocol.first_day + timedelta(days=later[0]) if later else None
    if here < 0:
        return DayOf(Phase.RUN_IN if at < protocol.design.run_in_days else Phase.WASHOUT, None, 0, 0, changes)
    first = int((periods == here).argmax())
    arm = None if sequence is None else int(sequence[here])
    return DayOf(
        Phase.PERIOD,
        None if arm is None else arm == TREATMENT,
        here + 1,
        at - first + 1,
        changes,
        "" if arm is None else LETTERS[arm],
    )


def _asks(period: int, sequence: Order | None) -> int:
    """Something that differs where what is asked differs: the arm, the period where arms are unknown, -1 outside."""
    if period < 0:
        return -1
    return int(period) if sequence is None else int(sequence[period])


def instruction(protocol: Protocol, today: DayOf) -> str:
    """What to do today, in a sentence."""
    if today.phase is Phase.BEFORE:
        return f"It begins on {protocol.first_day:%-d %B}. Until then change nothing."
    if today.phase is Phase.RUN_IN:
        return "Only record for now; nothing is taken yet."
    if today.phase is Phase.WASHOUT:
        return "A pause between periods: nothing is taken, and you record as always."
    if today.phase is Phase.OVER:
        return "The trial is over."
    if today.treated is None:
        return f"Take from packet {today.period}, prepared by your helper."
    return f"Today: {protocol.treatment}." if today.treated else f"Today: {protocol.comparison}."


def periods_of(protocol: Protocol, sequence: Order | None) -> tuple[tuple[int, date, date, str], ...]:
    """Every period: its number from 1, first and last day, and A or B ("" where it is not known)."""
    periods = period_of_day(protocol.design)
    found = []
    for number in range(protocol.design.periods):
        days = (periods == number).nonzero()[0]
        first, last = (protocol.first_day + timedelta(days=int(day)) for day in (days[0], days[-1]))
        found.append((number + 1, first, last, "" if sequence is None else LETTERS[int(sequence[number])]))
    return tuple(found)


def whole_pairs(protocol: Protocol, on: date) -> int:
    """How many sets of both arms are over on the morning of a day."""
    arms = [t % 2 for t in range(protocol.design.periods)]
    pair = schedule(protocol.design, arms, protocol.first_day).pair
    passed = min(max((on - protocol.first_day).days, 0), len(pair))
    ends = [int((pair == one).nonzero()[0][-1]) for one in range(int(pair.max()) + 1)]
    return sum(end < passed for end in ends)
