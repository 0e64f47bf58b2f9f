"""The calendar of a trial: which date each day is, and what it is for.

Day 0 is the first day of the trial (of its run-in, if it has one). A day is a date in the person's own zone, so
clocks going forward or back change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError
from provender.trials.design import LONGEST_D, Design, Order, assigned_days, pair_of_day, period_of_day

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """What each calendar day of a trial is for; all arrays are (T,).

    Attributes:
        first_day: The date of day 0.
        assigned: 1.0 treatment, 0.0 comparison; run-in and washout are 0.0.
        period: Index of the period, -1 in run-in and washout.
        pair: Index of the set of periods that holds both arms equally often, -1 in run-in and washout.
    """

    first_day: date
    assigned: Floats
    period: Ints
    pair: Ints

    @property
    def days(self) -> int:
        """How many calendar days."""
        return len(self.assigned)

    @property
    def last_day(self) -> date:
        """The date of the last day."""
        return self.first_day + timedelta(days=self.days - 1)


def schedule(design: Design, sequence: Order, first_day: date) -> Schedule:
    """The calendar of a design that begins on a day.

    Args:
        design: Periods and days.
        sequence: (periods,) arms in time.
        first_day: The date of the first day, of the run-in if there is one.

    Raises:
        InputError: A sequence of another length or other arms, or a trial beyond the calendar.
    """
    if (date.max - first_day).days < design.days:
        raise InputError(f"found first_day {first_day} for a trial of {design.days} days", field="first_day")
    return Schedule(first_day, assigned_days(design, sequence), period_of_day(design), pair_of_day(design))


def schedule_from_assigned(first_day: date, assigned: Sequence[float] | Floats) -> Schedule:
    """The calendar of a trial whose design is not known: each run of days of one arm is taken as a period.

    Args:
        first_day: The date of day 0.
        assigned: (T,) 1 treatment, 0 comparison.

    Raises:
        InputError: Anything but 0 and 1, fewer than two periods, more than twenty years.
    """
    arms = np.asarray(assigned, dtype=np.float64)
    if arms.size > LONGEST_D:
        raise InputError(f"found a trial of {arms.size:,} days, expected at most {LONGEST_D:,}", field="assigned")
    if not np.isin(arms, (0.0, 1.0)).all():
        raise InputError("found days assigned to something else, expected 1 treatment, 0 comparison", field="assigned")
    period = np.cumsum(np.diff(arms, prepend=arms[:1]) != 0).astype(np.int64)
    if arms.size == 0 or period[-1] == 0:
        same = f" (all {arms.size} days are {arms[0]:g})" if arms.size else ""
        raise InputError(
            f"found {'one period' if arms.size else 'no period'}{same}, expected at least one period with the treatment"
            " (1) and one without (0); there is nothing to compare",
            field="assigned",
        )
    return Schedule(first_day, arms, period, period // 2)


def day_in_zone(instant: datetime, zone: str) -> date:
    """The date in a person's zone at an instant, also where a day has 23 or 25 hours.

    Args:
        instant: With its offset or zone.
        zone: IANA name, such as ``Europe/Berlin``.

    Raises:
        InputError: An instant without offset, an unknown zone, or a date beyond the calendar.
    """
    if instant.utcoffset() is None:
        raise InputError(f"found {instant.isoformat()} without an offset, expected one such as +01:00", field="day")
    own = zone_named(zone)
    try:
        return instant.astimezone(own).date()
    except OverflowError:
        raise InputError(f"found {instant.isoformat()}, expected a year from 2 to 9998", field="day") from None


def zone_named(zone: str) -> ZoneInfo:
    """The zone of this IANA name.

    Raises:
        InputError: A name that is not known.
    """
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise InputError(
            f'found zone {zone!r}, expected an IANA name such as "Europe/Berlin" or "America/New_York"', field="zone"
        ) from None
