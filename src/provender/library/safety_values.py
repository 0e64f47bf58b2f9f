"""The values of the screen: who, how much, what follows and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final, Literal

from provender.library.safety_records import Condition
from provender.library.triage import Said

NO_ANSWERS: Final[Mapping[str, Said]] = MappingProxyType({})
Kidneys = Literal["normal", "reduced", "failure", "unknown"]


class Decision(IntEnum):
    """What follows, the graver the higher."""

    GO_ON = 0
    ASK_FIRST = 1
    STOP = 2

    @property
    def words(self) -> str:
        """As it is written: ``ask first``."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Person:
    """Who wants to try it. None is not told.

    Attributes:
        age_y: Age in years.
        pregnant: Whether pregnant, or perhaps.
        kidneys: How well they work, as told.
        egfr: Their filtration, ml/min/1.73 m², where it was measured; it counts before ``kidneys``.
        answers: To the substance's questions, by id.
        medicines: As typed; () for none.
    """

    age_y: float | None = None
    pregnant: bool | None = None
    kidneys: Kidneys = "unknown"
    egfr: float | None = None
    answers: Mapping[str, Said] = field(default_factory=lambda: NO_ANSWERS)
    medicines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Dose:
    """What would be taken a day.

    Attributes:
        amount: How much; None is not told.
        unit: g, mg or µg.
        salt: The salt that the amount is of; "" where it is the substance itself (of a mineral the element).
        others: What supplements and medicines bring of it besides, in the same unit; None is not known.
    """

    amount: float | None
    unit: str = "mg"
    salt: str = ""
    others: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Attributes:
        decision: What it asks for.
        id: The row or rule it comes from.
        sentence: Why.
        do: What to do; "" for nothing more.
        sources: Ids of its sources.
        unverified: Whether its evidence was not read at the source.
    """

    decision: Decision
    id: str
    sentence: str
    do: str = ""
    sources: tuple[str, ...] = ()
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """The answer.

    Attributes:
        decision: The gravest of all reasons.
        reasons: Why not simply go on, the gravest first.
        spacing: Medicines to keep hours apart.
        notes: Worth knowing.
        asks: Questions still without an answer, by id.
        per_day: Lowest and highest amount a day in the dose's unit, the salt's water being unknown; None unknown.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    spacing: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    asks: tuple[Condition, ...]
    per_day: tuple[float, float] | None

    @property
    def clinician_unlocks(self) -> bool:
        """Whether a recorded "my clinician agreed" lets it start: all must be answered, and nothing say stop."""
        return self.decision is Decision.ASK_FIRST and not self.asks

    def values(self) -> dict[str, Any]:
        """The answer as JSON."""
        return {
            "decision": self.decision.words,
            "clinician_unlocks": self.clinician_unlocks,
            **{name: [_value(one) for one in getattr(self, name)] for name in ("reasons", "spacing", "notes")},
            "asks": [{"id": one.id, "asks": one.asks} for one in self.asks],
            "per_day": self.per_day,
        }


def _value(one: Reason) -> dict[str, Any]:
    return {
        "decision": one.decision.words,
        "id": one.id,
        "sentence": one.sentence,
        "do": one.do,
        "sources": list(one.sources),
        "unverified": one.unverified,
    }
