"""One outcome of a trial laid on calendar days beside what each day was assigned to and what was taken.

A day without an outcome is absent, never 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from provender.terms.errors import InputError
from provender.trials.design import COMPARISON, TREATMENT
from provender.trials.scale import Scale
from provender.trials.schedule import Bools, Floats, Ints, Schedule

MOST_SAID = 8
"""Faults named in one message; the rest are counted."""
NOTHING_TAKEN: Mapping[date, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Observation:
    """An outcome on a day.

    Attributes:
        day: The date in the person's zone.
        value: The outcome in its unit.
        backfilled: Whether it was written on a later day.
        where: Where it was found, for messages, such as ``line 14``; "" says the date only.
    """

    day: date
    value: float
    backfilled: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days whose outcomes do not count, and why.

    Attributes:
        first: The first of these days.
        last: The last of them.
        reason: Why, in the person's words; never empty.
    """

    first: date
    last: date
    reason: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputError(
                f"found an exclusion from {self.first} to {self.last}, expected its days in order", field="exclusion"
            )
        if not self.reason.strip():
            raise InputError(
                f"found an exclusion from {self.first} to {self.last} without a reason, expected one;"
                " days are never left out in silence",
                field="exclusion",
            )


@dataclass(frozen=True, slots=True)
class SetAside:
    """An outcome that does not count, and why.

    Attributes:
        day: Its date.
        value: What it was.
        reason: Why it does not count.
    """

    day: date
    value: float
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One outcome of a trial; T calendar days, n of them observed.

    Attributes:
        first_day: The date of day 0.
        day: (n,) day index of each observation, 0 to T - 1, strictly increasing.
        outcome: (n,) in the scale's unit, finite.
        assigned: (T,) 1.0 treatment, 0.0 comparison; run-in and washout are 0.0.
        taken: (T,) share of the treatment that was taken, 0 to 1, NaN unknown.
        period: (T,) index of the period, -1 in run-in and washout.
        pair: (T,) index of the set of periods that holds both arms equally often, -1 likewise.
        backfilled: (n,) whether it was written on a later day.
        scale: What the outcome is.
        set_aside: Outcomes that do not count, with reasons.

    Raises:
        InputError: Arrays that do not fit together, days not increasing, an outcome that is not finite.
    """

    first_day: date
    day: Ints
    outcome: Floats
    assigned: Floats
    taken: Floats
    period: Ints
    pair: Ints
    backfilled: Bools
    scale: Scale
    set_aside: tuple[SetAside, ...] = ()

    def __post_init__(self) -> None:
        total, seen = self.assigned.shape, self.day.shape
        if any(part.shape != total for part in (self.taken, self.period, self.pair)) or len(total) != 1:
            raise InputError("found assigned, taken, period and pair of different lengths, expected one for each day")
        if any(part.shape != seen for part in (self.outcome, self.backfilled)) or len(seen) != 1:
            raise InputError("found day, outcome and backfilled of different lengths, expected one an observation")
        if not np.isin(self.assigned, (0.0, 1.0)).all():
            raise InputError("found assigned days other than 0 and 1, expected 1 treatment, 0 comparison")
        if seen[0] and not (self.day[0] >= 0 and self.day[-1] < total[0] and (np.diff(self.day) > 0).all()):
            raise InputError(
                f"found days out of order or outside 0 to {total[0] - 1}, expected each observed day once, in order"
            )
        if not np.isfinite(self.outcome).all():
            raise InputError("found an outcome that is not a number; leave the day out instead")

    @property
    def days(self) -> int:
        """How many calendar days, observed or not."""
        return len(self.assigned)

    @property
    def periods(self) -> int:
        """How many periods."""
        return int(self.period.max(initial=-1)) + 1

    @property
    def observed_by_arm(self) -> tuple[int, int]:
        """Observed days inside periods of comparison and of treatment."""
        inside = self.period[self.day] >= 0
        treated = self.assigned[self.day] == TREATMENT
        return int((inside & ~treated).sum()), int((inside & treated).sum())

    @property
    def unobserved_arms(self) -> tuple[int, ...]:
        """Arms without one observed day, 0 comparison, 1 treatment: the data cannot tell anything."""
        return tuple(arm for arm, seen in zip((COMPARISON, TREATMENT), self.observed_by_arm, strict=True) if not seen)

    @property
    def is_constant(self) -> bool:
        """Whether all observed outcomes are the same; true without any."""
        return bool(self.outcome.size == 0 or np.ptp(self.outcome) == 0)

    @property
    def longest_gap_days(self) -> int:
        """The longest run of days without an outcome between two observed ones; 0 without any."""
        return int(np.diff(self.day).max(initial=1)) - 1

    @property
    def last_observed(self) -> date | None:
        """The date of the last outcome; None without any."""
        return self.date_of(int(self.day[-1])) if self.day.size else None

    def date_of(self, day: int) -> date:
        """The date of a day index."""
        return self.first_day + timedelta(days=day)

    def first(self, days: int) -> "Series":
        """The trial as if it had ended after so many days, schedule and all.

        Args:
            days: How many, from day 0.
        """
        kept = self.day < days
        return replace(
            self,
            day=self.day[kept],
            outcome=self.outcome[kept],
            backfilled=self.backfilled[kept],
            assigned=self.assigned[:days],
            taken=self.taken[:days],
            period=self.period[:days],
            pair=self.pair[:days],
        )

    def until(self, day: int) -> "Series":
        """The same series as it stood at the end of this day: later outcomes absent, the schedule whole.

        Args:
            day: Day index, the last that counts.
        """
        kept = self.day <= day
        taken = np.where(np.arange(self.days) <= day, self.taken, np.nan)
        return replace(
            self, day=self.day[kept], outcome=self.outcome[kept], backfilled=self.backfilled[kept], taken=taken
        )


def laid(
    observations: Sequence[Observation],
    calendar: Schedule,
    scale: Scale,
    *,
    today: date | None = None,
    taken: Mapping[date, float] = NOTHING_TAKEN,
    exclusions: Sequence[Exclusion] = (),
) -> Series:
    """Observations laid on the calendar of a trial.

    Args:
        observations: Outcomes by day, in order of days; days may be absent.
        calendar: What each day is for.
        scale: What the outcome is.
        today: The person's date; later days are refused. None does not look.
        taken: Share of the treatment taken by date, 0 to 1; absent is unknown.
        exclusions: Days that do not count; their outcomes are set aside with the reason, as are those after the
            last day of the trial.

    Raises:
        InputError: A day twice, out of order, before the first or in the future; an outcome that is not a number
            or outside the scale. One message names all of them up to eight.
    """
    raise_faults(day_faults(observations, calendar, today) + _value_faults(observations, scale))
    kept: list[Observation] = []
    aside: list[SetAside] = []
    for seen in observations:
        why = _why_aside(seen.day, calendar, exclusions)
        if why is None:
            kept.append(seen)
        else:
            aside.append(SetAside(seen.day, seen.value, why))
    return Series(
        first_day=calendar.first_day,
        day=np.array([(seen.day - calendar.first_day).days for seen in kept], dtype=np.int64),
        outcome=np.array([seen.value for seen in kept], dtype=np.float64),
        assigned=calendar.assigned,
        taken=_taken(taken, calendar),
        period=calendar.period,
        pair=calendar.pair,
        backfilled=np.array([seen.backfilled for seen in kept], dtype=np.bool_),
        scale=scale,
        set_aside=tuple(aside),
    )


def _where(seen: Observation) -> str:
    return f"{seen.where}, {seen.day}" if seen.where else f"{seen.day}"


def day_faults(observations: Sequence[Observation], calendar: Schedule, today: date | None) -> list[str]:
    """What is wrong with the days of observations, one sentence each: twice, out of order, too early, too late.

    Args:
        observations: In any order; their values are not looked at.
        calendar: The days of the trial.
        today: The person's date; None does not look for days in the future.
    """
    faults, first_seen = [], dict[date, Observation]()
    before: Observation | None = None
    for seen in observations:
        other = first_seen.setdefault(seen.day, seen)
        if other is not seen:
            faults.append(f"{_where(seen)}: found this day twice (first: {_where(other)}); keep one outcome a day")
        elif before is not None and seen.day < before.day:
            faults.append(f"{_where(seen)}: found after {_where(before)}, expected days in order; sort by day")
        elif seen.day < calendar.first_day:
            faults.append(
                f"{_where(seen)}: found before the first day of the trial, {calendar.first_day};"
                " leave it out, or give an earlier first_day with as many run_in_days"
            )
        elif today is not None and seen.day > today:
            faults.append(f"{_where(seen)}: found a day in the future (today is {today}); is the year right?")
        before = seen
    return faults


def _value_faults(observations: Sequence[Observation], scale: Scale) -> list[str]:
    faults = []
    for seen in observations:
        fault = scale.fault(seen.value)
        if fault is not None:
            faults.append(f"{_where(seen)}, {scale.name}: {fault}; correct it or leave it empty")
    return faults


def raise_faults(faults: Sequence[str]) -> None:
    """Raise one error that names all faults up to eight; do nothing without any.

    Raises:
        InputError: Any fault.
    """
    if faults:
        rest = len(faults) - MOST_SAID
        more = [f"and {rest} more"] if rest > 0 else []
        raise InputError("\n".join([*faults[:MOST_SAID], *more]), field="day")


def _why_aside(day: date, calendar: Schedule, exclusions: Sequence[Exclusion]) -> str | None:
    if day > calendar.last_day:
        return f"after the last day of the trial, {calendar.last_day}"
    return next((exclusion.reason for exclusion in exclusions if exclusion.first <= day <= exclusion.last), None)


def _taken(taken: Mapping[date, float], calendar: Schedule) -> Floats:
    found = np.full(calendar.days, np.nan)
    for day, share in taken.items():
        if not 0 <= share <= 1:
            raise InputError(
                f"{day}: found taken {share:g}, expected 0 (nothing) to 1 (all), or nothing when unknown", field="taken"
            )
        at = (day - calendar.first_day).days
        if 0 <= at < calendar.days:
            found[at] = share
    return found
