"""The scale an outcome is written on."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provender.terms.errors import InputError

USUAL_MCID_SHARE: Final = 0.1
"""Of the range: 1 point on a 0-10 pain scale (Salaffi 2004, DOI 10.1016/j.ejpain.2003.09.004)."""
SLIP: Final = 1e-6
"""Of a step: how far a value may lie from the grid."""


class OutcomeKind(StrEnum):
    """What sort of number an outcome is."""

    SCORE = "score"
    MEASURE = "measure"
    COUNT = "count"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Scale:
    """What an outcome is, where it ends, and which difference matters.

    Attributes:
        name: What to call it.
        unit: Its unit, "" without one.
        low: Smallest possible value; None without one (0 for a count).
        high: Largest possible value; None without one.
        step: Distance of neighbouring values; None when any value is possible (1 for a count).
        lower_is_better: Whether less is good.
        mcid: The smallest difference that matters to the person, above 0, in the unit; NaN takes a tenth of the
            range and needs one.
        kind: A score on a scale, a measure, a count a day (of at most 1: happened or not), or ordered categories.

    Raises:
        InputError: Ends in the wrong order, a step, MCID or end that is no number, a count that is not counted.
    """

    name: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    lower_is_better: bool = True
    mcid: float = math.nan
    kind: OutcomeKind = OutcomeKind.SCORE

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", _kind(self.kind))
        if not self.name.strip():
            raise InputError('found an outcome without a name, expected one such as "pain"', field="name")
        if self.kind is OutcomeKind.ORDINAL and self.step is None:
            object.__setattr__(self, "step", 1.0)
        if self.kind is OutcomeKind.COUNT:
            object.__setattr__(self, "low", 0.0 if self.low is None else self.low)
            object.__setattr__(self, "step", 1.0 if self.step is None else self.step)
        for field in ("low", "high", "step"):
            self._made_float(field)
        self._checked_ends()
        object.__setattr__(self, "mcid", self._mcid())

    @property
    def span(self) -> float | None:
        """From the lower to the upper end; None where one is missing."""
        return None if self.low is None or self.high is None else self.high - self.low

    def fault(self, value: float) -> str | None:
        """What is wrong with a value of this outcome, in words; None when nothing is.

        Args:
            value: Any number.
        """
        if not math.isfinite(value):
            return f"found {value:g}, expected a number"
        below = self.low is not None and value < self.low - SLIP * (self.step or 1.0)
        above = self.high is not None and value > self.high + SLIP * (self.step or 1.0)
        if below or above:
            return f"found {value:g}, expected {self.words()}"
        if self.step is None:
            return None
        steps = (value - (self.low or 0.0)) / self.step
        return None if abs(steps - round(steps)) <= SLIP else f"found {value:g}, expected {self.words()}"

    def words(self) -> str:
        """Which values are possible, such as ``0 to 10 in steps of 1``."""
        low, high = self.low, self.high
        if low is not None and high is not None:
            ends = f"{low:g} to {high:g}"
        elif low is not None:
            ends = f"{low:g} or more"
        else:
            ends = "a number" if high is None else f"{high:g} or less"
        return ends if self.step is None else f"{ends} in steps of {self.step:g}"

    def _made_float(self, field: str) -> None:
        value = getattr(self, field)
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise InputError(f"found {field} {value!r} for {self.name}, expected a number", field=field)
        object.__setattr__(self, field, float(value) + 0.0)  # no sign of a zero

    def _checked_ends(self) -> None:
        low, high, step = self.low, self.high, self.step
        if low is not None and high is not None and low >= high:
            raise InputError(f"found {self.name} from {low:g} to {high:g}, expected low below high", field="low")
        if step is not None and step <= 0:
            raise InputError(f"found step {step:g} for {self.name}, expected a number above 0", field="step")
        if self.kind is OutcomeKind.ORDINAL and (low is None or high is None or step is None or high - low < 2 * step):
            raise InputError(
                f"found the ordered categories {self.name} with {self.words()}, expected a low and a high end and three"
                " categories or more",
                field="kind",
            )
        if self.kind is not OutcomeKind.COUNT:
            return
        if low is None or low < 0 or low % 1 or step is None or step % 1 or (high is not None and high % 1):
            raise InputError(
                f"found the count {self.name} with {self.words()}, expected whole numbers of 0 or more;"
                ' use kind = "measure" for anything else',
                field="kind",
            )

    def _mcid(self) -> float:
        value = self.mcid
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"found mcid {value!r} for {self.name}, expected a number above 0", field="mcid")
        if math.isnan(value):
            if self.span is None:
                raise InputError(
                    f"found no mcid for {self.name}, expected the smallest difference that would matter to you"
                    f" in {self.unit or 'its unit'}; without both ends of the scale it cannot be guessed",
                    field="mcid",
                )
            return USUAL_MCID_SHARE * self.span
        if value <= 0 or math.isinf(value):
            raise InputError(f"found mcid {value:g} for {self.name}, expected a number above 0", field="mcid")
        return float(value)


def _kind(value: object) -> OutcomeKind:
    try:
        return OutcomeKind(str(value))
    except ValueError:
        names = ", ".join(kind.value for kind in OutcomeKind)
        raise InputError(f"found kind {str(value)!r}, expected one of {names}", field="kind") from None


PAIN: Final = Scale("pain", "points", low=0.0, high=10.0, step=1.0, lower_is_better=True, mcid=1.0)
"""The pain numeric rating scale, 0 to 10."""
