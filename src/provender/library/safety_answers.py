"""What a screen of a substance answers: stop, ask first or go on, with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Decision = Literal["stop", "ask first", "go on"]
DECISIONS: Final[tuple[Decision, ...]] = ("stop", "ask first", "go on")
"""The strictest first."""
Kind = Literal["state", "medicine", "dose", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason of an answer.

    Attributes:
        id: Of the row of the substance's file, or of the rule.
        kind: A state of health, a medicine, a dose, or something that is not known.
        decision: What it comes to by itself; ``go on`` for what is only to be known.
        says: Why, in a sentence or two.
        do: What to do; empty where nothing is.
        sources: Ids of sources; empty where it is unverified or a rule of our own.
        unverified: No source of it has been read; it is asked out of caution and is no fact.
        own_rule: A rule of this programme.
        unlocks: Whether a clinician's agreement that was recorded lifts it.
    """

    id: str
    kind: Kind
    decision: Decision
    says: str
    do: str = ""
    sources: tuple[str, ...] = ()
    unverified: bool = False
    own_rule: bool = False
    unlocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Hours that must lie between a medicine and the substance.

    Attributes:
        medicine: Its name.
        hours_before: The medicine is taken at least so many hours before the substance; None where that is not said.
        hours_after: Or at least so many hours after it; None where that is not said.
        says: That in a sentence.
        sources: Ids of sources.
        unverified: No source of it has been read.
    """

    medicine: str
    hours_before: float | None
    hours_after: float | None
    says: str
    sources: tuple[str, ...]
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether somebody may start, and why. No probability.

    Attributes:
        decision: The strictest of its reasons.
        reasons: The strictest first.
        spacing: Hours to keep, by medicine.
        unlocks: Whether a clinician's agreement that was recorded lifts all that holds it back; False for ``go on``.
        substance: Id.
        version: Day on which the substance's file was checked.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    spacing: tuple[Spacing, ...]
    unlocks: bool
    substance: str
    version: date

    def may_start(self, *, clinician_agreed: bool) -> bool:
        """Whether a trial may start, given whether a clinician's agreement was recorded."""
        return self.decision == "go on" or (self.unlocks and clinician_agreed)


def answer(substance: str, version: date, reasons: Iterable[Reason], spacing: tuple[Spacing, ...]) -> Answer:
    """The answer that follows from reasons."""
    ordered = tuple(sorted(reasons, key=lambda one: DECISIONS.index(one.decision)))
    holding = [one for one in ordered if one.decision != "go on"]
    return Answer(
        decision=ordered[0].decision if ordered else "go on",
        reasons=ordered,
        spacing=spacing,
        unlocks=bool(holding) and all(one.unlocks for one in holding),
        substance=substance,
        version=version,
    )
