"""What a person can record of how they feel: freely usable instruments, their questions, and what would matter."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from provender.terms.errors import InputError, NotFoundError

PREFIX: Final = "instrument:"
"""Before an instrument's id, where an observation's unit names it."""
PAIN_UNIT: Final = "pain-0-10"
"""The unit of pain scores, older than the other instruments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One thing to be rated, counted or measured once a day.

    Attributes:
        id: Its id.
        name: What it is called inside a sentence.
        question: What is asked.
        low_words, high_words: What the ends mean.
        kind: A score on a scale, a count a day (of at most 1: yes or no), or any value.
        low, high: The smallest and largest possible value.
        step: Distance of neighbouring values; None when any value is possible.
        unit: Of the values.
        lower_is_better: Whether less is good.
        mcid: The smallest change that matters to most people, in the unit; of a count a day.
        mcid_source: Where that comes from; ``judgement`` where nobody measured it.
        licence: By what right it is used here.
        recall_days: Days that the question asks about.
    """

    id: str
    name: str
    question: str
    low_words: str
    high_words: str
    kind: Literal["score", "count", "measure"]
    low: float
    high: float
    unit: str
    lower_is_better: bool
    mcid: float
    mcid_source: str
    licence: str
    step: float | None = None
    recall_days: int = 1

    @property
    def values(self) -> tuple[int, ...]:
        """The values that can be tapped; empty where there are too many or any value is possible."""
        if self.step != 1 or self.high - self.low > 10:
            return ()
        return tuple(range(int(self.low), int(self.high) + 1))

    @property
    def yes_or_no(self) -> bool:
        """Whether it only asks if something happened."""
        return self.kind == "count" and self.high == 1

    def checked(self, value: float) -> float:
        """The value itself.

        Raises:
            InputError: Outside the scale or between its steps.
        """
        if not self.low <= value <= self.high or (self.step and (value - self.low) % self.step):
            steps = f" in steps of {self.step:g}" if self.step else ""
            raise InputError(
                f"found {value:g} for {self.name}, expected {self.low:g} to {self.high:g}{steps}", field=self.id
            )
        return value


def _read() -> Mapping[str, Instrument]:
    text = files("provender.diary").joinpath("instruments.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return MappingProxyType({name: Instrument(id=name, **fields) for name, fields in found.items()})


INSTRUMENTS: Final = _read()
"""Every instrument by id, in the order in which they are offered."""


def instrument(name: str) -> Instrument:
    """One instrument.

    Raises:
        NotFoundError: There is none of this id.
    """
    if name not in INSTRUMENTS:
        raise NotFoundError(f"found no instrument {name[:40]!r}, expected one of {', '.join(INSTRUMENTS)}")
    return INSTRUMENTS[name]


def instrument_of(unit: str) -> str | None:
    """The id of the instrument that an observation's unit names; None for none."""
    if unit == PAIN_UNIT:
        return "pain"
    name = unit.removeprefix(PREFIX)
    return name if unit.startswith(PREFIX) and name in INSTRUMENTS else None


def unit_of(name: str) -> str:
    """The unit by which observations of an instrument are kept in the diary."""
    return PAIN_UNIT if name == "pain" else f"{PREFIX}{name}"
