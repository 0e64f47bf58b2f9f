"""The days of a diary as a matrix, and which of them are whole enough to judge by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.intake import ENERGY, RangeIntake
from provender.terms.errors import InputError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LOW_ENERGY_SHARE: Final = 0.62
"""A day below this share of the person's median energy is taken for partly logged (own, from simulation)."""
SATURDAY: Final = 5


class Reason(StrEnum):
    """Why a day was left out."""

    SAID_INCOMPLETE = "you said that it is not complete"
    LOW_ENERGY = "its energy is below 62 % of your median day, so some of it is probably not logged"
    NOTHING_KNOWN = "nothing eaten on it has known energy or nutrients"


@dataclass(frozen=True, slots=True)
class ExcludedDay:
    """A day that was left out, and why."""

    day: date
    reason: Reason


@dataclass(frozen=True, slots=True, eq=False)
class DailyIntakes:
    """What was eaten on each of d logged days, over an axis of n nutrients; supplements not counted.

    Attributes:
        nutrients: The axis: n nutrient ids.
        days: The d days, in order; days without a row are unknown, not fasts.
        amount: (d, n) amount each day in the nutrient's unit; NaN where unknown. 0 is a measured zero.
        coverage: (d, n) share of the day's energy the amount rests on, 0 to 1.
        complete: (d) what the person said of each day: True complete (a fast too), False not, None nothing.

    Raises:
        InputError: Shapes that do not agree, days out of order or twice, a negative or infinite amount,
            a coverage outside 0 to 1.
    """

    nutrients: tuple[str, ...]
    days: tuple[date, ...]
    amount: Floats
    coverage: Floats
    complete: tuple[bool | None, ...]

    def __post_init__(self) -> None:
        shape = (len(self.days), len(self.nutrients))
        if self.amount.shape != shape or self.coverage.shape != shape or len(self.complete) != len(self.days):
            raise InputError(
                f"found amounts {self.amount.shape}, coverage {self.coverage.shape} and {len(self.complete)} flags,"
                f" expected {shape[0]} days by {shape[1]} nutrients of each",
                field="amount",
            )
        if any(a >= b for a, b in zip(self.days, self.days[1:], strict=False)):
            raise InputError("found days out of order or twice, expected each day once, in order", field="days")
        if np.isinf(self.amount).any() or (self.amount < 0).any():
            raise InputError("found an amount that is negative or infinite, expected 0 or more", field="amount")
        if not ((self.coverage >= 0) & (self.coverage <= 1)).all():
            raise InputError("found a coverage outside 0 to 1; pass 0 where nothing is known", field="coverage")

    @classmethod
    def of(cls, intake: RangeIntake, complete: Mapping[date, bool] | None = None) -> "DailyIntakes":
        """The days of an intake, with what the person said of them.

        A day that was called complete but holds no entry is a fast: a row of zeros, fully known.

        Args:
            intake: Amounts of each logged day.
            complete: Day to whether the person calls it complete; None or an absent day says nothing.
        """
        said = complete or {}
        fasts = [day for day, whole in said.items() if whole and day not in intake.days]
        days = [*intake.days, *fasts]
        order = np.array(sorted(range(len(days)), key=days.__getitem__), dtype=np.intp)
        zeros = np.zeros((len(fasts), len(intake.nutrients)))
        in_order = tuple(days[k] for k in order)
        return cls(
            intake.nutrients,
            in_order,
            np.vstack([intake.amount, zeros])[order],
            np.vstack([intake.coverage, zeros + 1.0])[order],
            tuple(said.get(day) for day in in_order),
        )

    @property
    def energy(self) -> Floats | None:
        """(d) energy of each day in kcal, NaN where unknown; None when energy is not on the axis."""
        return self.amount[:, self.nutrients.index(ENERGY)] if ENERGY in self.nutrients else None

    @property
    def weekend(self) -> Flags:
        """(d) whether each day is a Saturday or Sunday."""
        return np.array([day.weekday() >= SATURDAY for day in self.days], dtype=np.bool_)


def _least_energy(energy: Floats | None, used: Flags) -> float:
    """Energy in kcal below which a day is called partly logged; NaN where no energy is known."""
    known = np.empty(0) if energy is None else energy[used & np.isfinite(energy)]
    return LOW_ENERGY_SHARE * float(np.median(known)) if len(known) else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Screening:
    """Which of d days are whole.

    Attributes:
        used: (d) days to judge by.
        low: (d) days left out for their energy alone.
        unconfirmed: (d) days used of which the person said nothing.
        least_energy: Energy in kcal below which such days are left out; NaN where no energy is known.
        excluded: The days left out, in order, each with one reason.
    """

    used: Flags
    low: Flags
    unconfirmed: Flags
    least_energy: float
    excluded: tuple[ExcludedDay, ...]


def screening(days: DailyIntakes) -> Screening:
    """Which days are whole, and why each of the others is not.

    A day is left out when the person said that it is not complete; when nothing on it is known; and when its
    energy is below 0.62 of the median of the remaining days and the person did not say that it is complete.

    Source: own; the threshold and what it costs are in ``docs/methods/adequacy.md``.
    """
    said = np.array([flag is True for flag in days.complete], dtype=np.bool_)
    denied = np.array([flag is False for flag in days.complete], dtype=np.bool_)
    silent = ~denied & ~said & ~np.isfinite(days.amount).any(axis=1)
    used = ~denied & ~silent
    least = _least_energy(days.energy, used)
    low = used & ~said & (np.False_ if days.energy is None else days.energy < least)
    reasons = np.select([denied, silent, low], [1, 2, 3], default=0).tolist()
    named = (Reason.SAID_INCOMPLETE, Reason.NOTHING_KNOWN, Reason.LOW_ENERGY)
    excluded = tuple(ExcludedDay(day, named[k - 1]) for day, k in zip(days.days, reasons, strict=True) if k)
    return Screening(used & ~low, low, used & ~said & ~low, least, excluded)
