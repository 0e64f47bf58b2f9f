"""The design of one person's own trial: periods of two arms in an order, and the days they lie on.

Arm A is the comparison (0), arm B the treatment (1), as in an ABAB design. A day is a calendar date: a design
counts days, so a day of 23 or 25 hours is one day.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError

COMPARISON, TREATMENT = 0, 1
LETTERS: Final = "AB"
LONGEST_D: Final = 7320
"""Days of a trial, run-in and washout included: twenty years (own); a longer one is a slip of the finger."""
USUAL_BLOCK: Final = 4
USUAL_RUN: Final = 2
LONGEST_STRATIFIED: Final = 60
"""Pairs of a stratified design: its orders are counted state by state (own)."""

Order = Sequence[int] | NDArray[np.int8]
"""Arms of the periods in time: (periods,), 0 comparison, 1 treatment."""


class Scheme(StrEnum):
    """How the order of the periods comes about."""

    PAIRS = "pairs"
    BLOCKS = "blocks"
    STRATIFIED = "stratified"
    ABAB = "abab"


@dataclass(frozen=True, slots=True)
class Design:
    """Periods of two arms; every field is a whole number.

    Attributes:
        pairs: Periods of each arm; there are twice as many periods.
        period_days: Days of one period.
        scheme: ``pairs``: each pair is AB or BA at random. ``blocks``: each block of ``block_periods`` holds both
            arms equally often in random order. ``stratified``: both arms equally often in each half, never more
            than ``longest_run`` periods of one arm in a row. ``abab``: A and B in turn, nothing is random.
        washout_days: Days between each period and the next that belong to neither; nothing is taken.
        run_in_days: Days before the first period; nothing is taken.
        block_periods: Periods of a block; only for ``blocks``, where None is 4.
        longest_run: Periods of one arm in a row; only for ``stratified``, where None is 2.

    Raises:
        InputError: No whole number or outside its range, longer than twenty years, an option of another scheme, or
            blocks that do not fill the trial.
    """

    pairs: int
    period_days: int = 14
    scheme: Scheme = Scheme.PAIRS
    washout_days: int = 0
    run_in_days: int = 0
    block_periods: int | None = None
    longest_run: int | None = None

    def __post_init__(self) -> None:
        _whole("pairs", self.pairs, 1)
        _whole("period_days", self.period_days, 1)
        _whole("washout_days", self.washout_days, 0)
        _whole("run_in_days", self.run_in_days, 0)
        if self.days > LONGEST_D:
            raise InputError(
                f"found a trial of {self.days:,} days, expected at most {LONGEST_D:,} (twenty years);"
                " take fewer or shorter periods",
                field="pairs",
            )
        object.__setattr__(self, "scheme", _scheme(self.scheme))
        _only(self, "block_periods", Scheme.BLOCKS, USUAL_BLOCK)
        _only(self, "longest_run", Scheme.STRATIFIED, USUAL_RUN)
        _checked_block(self)
        if self.scheme is Scheme.STRATIFIED and self.pairs > LONGEST_STRATIFIED:
            raise InputError(
                f"found {self.pairs} pairs in a stratified design, expected at most {LONGEST_STRATIFIED};"
                ' use scheme = "pairs" or "blocks"',
                field="pairs",
            )

    @property
    def periods(self) -> int:
        """How many periods: two for each pair."""
        return 2 * self.pairs

    @property
    def days(self) -> int:
        """How many calendar days from the first of the run-in to the last of the last period."""
        return self.run_in_days + self.periods * self.period_days + (self.periods - 1) * self.washout_days

    @property
    def randomised(self) -> bool:
        """Whether chance decides the order."""
        return self.scheme is not Scheme.ABAB

    @property
    def set_periods(self) -> int:
        """Periods of the smallest set that always holds both arms equally often: pair, block, half or all."""
        if self.scheme is Scheme.BLOCKS:
            return self.block_periods or USUAL_BLOCK
        if self.scheme is Scheme.STRATIFIED:
            return self.pairs if self.pairs % 2 == 0 else self.periods
        return 2

    def fields(self) -> dict[str, int | str]:
        """Its fields by name, without those that its scheme does not use: what is written and committed to."""
        return {
            name: str(value) if name == "scheme" else value for name, value in asdict(self).items() if value is not None
        }


def _whole(name: str, value: object, least: int) -> None:
    """Raise unless the value is a whole number of at least so much."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(f"found {name} {value!r}, expected a whole number, {least} or more", field=name)


def _scheme(value: object) -> Scheme:
    try:
        return Scheme(str(value))
    except ValueError:
        names = ", ".join(scheme.value for scheme in Scheme)
        raise InputError(f"found scheme {str(value)!r}, expected one of {names}", field="scheme") from None


def _only(design: Design, name: str, scheme: Scheme, usual: int) -> None:
    """Fill an option of one scheme; raise where another scheme was given it."""
    value = getattr(design, name)
    if design.scheme is scheme:
        value = usual if value is None else value
        _whole(name, value, 1)
        object.__setattr__(design, name, value)
    elif value is not None:
        raise InputError(
            f'found {name} {value!r} with scheme "{design.scheme}", which does not use it;'
            f' leave it out or use scheme = "{scheme}"',
            field=name,
        )


def _checked_block(design: Design) -> None:
    size = design.block_periods
    if size is None or (size % 2 == 0 and design.periods % size == 0):
        return
    able = [block for block in range(2, design.periods + 1, 2) if design.periods % block == 0]
    raise InputError(
        f"found blocks of {size} periods in a trial of {design.periods}, expected an even size that fills it:"
        f" {', '.join(map(str, able[:12]))}",
        field="block_periods",
    )


def period_of_day(design: Design) -> NDArray[np.int64]:
    """Index of the period each day lies in: (days,), 0 to periods - 1, -1 in run-in and washout."""
    at = np.arange(design.days) - design.run_in_days
    cycle = design.period_days + design.washout_days
    inside = (at >= 0) & (at % cycle < design.period_days)
    return np.where(inside, at // cycle, -1).astype(np.int64)


def pair_of_day(design: Design) -> NDArray[np.int64]:
    """Index of the set of periods each day lies in: (days,), -1 in run-in and washout.

    A set is the smallest run of periods that always holds both arms equally often: the pair for ``pairs`` and
    ``abab``, the block for ``blocks``; for ``stratified`` the half, or with an odd number of pairs all periods.
    """
    period = period_of_day(design)
    return np.where(period < 0, -1, period // design.set_periods).astype(np.int64)


def assigned_days(design: Design, sequence: Order) -> NDArray[np.float64]:
    """What each day is assigned to: (days,), 1.0 treatment, 0.0 comparison; run-in and washout are 0.0.

    Whether the scheme can produce the sequence is another question: ``randomise.rank``.

    Args:
        design: Periods and days.
        sequence: (periods,) arms in time.

    Raises:
        InputError: A sequence of another length, or with anything but 0 and 1.
    """
    arms = np.append(checked_sequence(design, sequence), COMPARISON)
    return arms[period_of_day(design)].astype(np.float64)


def checked_sequence(design: Design, sequence: Order) -> NDArray[np.int8]:
    """A sequence as an array: (periods,), each 0 or 1.

    Raises:
        InputError: Another length, or anything but 0 and 1.
    """
    arms = list(sequence)
    wrong = [arm for arm in arms if arm not in (COMPARISON, TREATMENT)]
    if wrong:
        raise InputError(
            f"found {wrong[0]!r} in the sequence, expected 0 (comparison) or 1 (treatment) for each period",
            field="sequence",
        )
    if len(arms) != design.periods:
        raise InputError(
            f"found a sequence of {len(arms)} periods, expected {design.periods} for {design.pairs} pairs",
            field="sequence",
        )
    return np.array(arms, dtype=np.int8)


def sequence_text(sequence: Order) -> str:
    """A sequence in letters, such as ``ABBAAB``: A comparison, B treatment."""
    return "".join(LETTERS[int(arm)] for arm in sequence)


def sequence_from_text(text: str) -> tuple[int, ...]:
    """The sequence that letters such as ``ABBAAB`` or ``AB BA AB`` stand for.

    Raises:
        InputError: Another letter than A and B.
    """
    letters = "".join(text.split()).upper()
    wrong = next((letter for letter in letters if letter not in LETTERS), None)
    if wrong is not None or not letters:
        raise InputError(
            f"found {wrong or text!r} in the sequence, expected the letters A (comparison) and B (treatment),"
            " one for each period, such as ABBAAB",
            field="sequence",
        )
    return tuple(LETTERS.index(letter) for letter in letters)
