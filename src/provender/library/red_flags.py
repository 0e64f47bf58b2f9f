"""Warning signs: what is asked before anything is tried, what the answers come to, which notes ask again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from provender.library.safety_records import RedFlag, RedFlags, Tier
from provender.library.said_words import heard
from provender.terms.errors import InputError

Said = Literal["yes", "no", "not sure"]
SAID: Final[tuple[Said, ...]] = ("yes", "no", "not sure")
TIERS: Final[tuple[Tier, ...]] = ("emergency", "urgent", "soon")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Triage:
    """What answers to a list of warning signs come to. It is for safety: no diagnosis and no probability.

    Attributes:
        tier: The gravest tier that is reached; None where none is.
        asked: Ids of the questions that reach a tier, the gravest first, else in the order of the list.
        title, do: What it is called and what to do now, in short sentences; empty where no tier is reached.
        locks: Whether nothing may be started: a tier that locks is reached, or a question is open.
        hides_doses: Whether doses must not be shown either.
        seen_unlocks: Whether it may be started once the person has recorded that a clinician has looked at it.
        open: Ids of the questions without an answer.
        version: Of the list.
    """

    tier: Tier | None
    asked: tuple[str, ...]
    title: str
    do: str
    locks: bool
    hides_doses: bool
    seen_unlocks: bool
    open: tuple[str, ...]
    version: str


def triage(flags: RedFlags, answers: Mapping[str, Said]) -> Triage:
    """What the answers come to.

    "Not sure" counts as yes where the tier says so; elsewhere it comes to the mildest tier, never to nothing.

    Args:
        flags: The list.
        answers: Question id to ``yes``, ``no`` or ``not sure``; a question that is not in it is open, and while one
            is open nothing may be started.

    Raises:
        InputError: An id that is not on the list, or another answer.
    """
    _check(flags, answers)
    reached = {one.id: tier for one in flags.questions if (tier := _tier(flags, one, answers.get(one.id)))}
    gravest = min(reached.values(), key=TIERS.index, default=None)
    open_ = tuple(one.id for one in flags.questions if one.id not in answers)
    told = flags.tiers[gravest] if gravest else None
    locks = {flags.tiers[tier].locks for tier in reached.values()}
    hides = "start-and-doses" in locks
    return Triage(
        tier=gravest,
        asked=tuple(sorted(reached, key=lambda one: TIERS.index(reached[one]))),
        title=told.title if told else "",
        do=told.do if told else "",
        locks=bool(locks - {None}) or bool(open_),
        hides_doses=hides,
        seen_unlocks="start" in locks and not hides and not open_,
        open=open_,
        version=version_of(flags),
    )


def words_that_ask(flags: RedFlags, note: str) -> tuple[RedFlag, ...]:
    """The questions that the words of a note raise, in the order of the list; simply denied words raise none."""
    return tuple(one for one in flags.questions if heard(note, one.words))


def version_of(flags: RedFlags) -> str:
    """The version of a list, to be kept beside the answers: ``1 of 2026-11-22``."""
    number = flags.version
    shown = f"{number:g}" if isinstance(number, float | int) else number
    return f"{shown} of {flags.checked.on.isoformat()}"


def _check(flags: RedFlags, answers: Mapping[str, Said]) -> None:
    known = {one.id for one in flags.questions}
    for name, said in answers.items():
        if name not in known:
            raise InputError(f"found an answer to {name!r}, expected one of {', '.join(sorted(known))}", field=name)
        if said not in SAID:
            raise InputError(f"found the answer {said!r} to {name}, expected yes, no or not sure", field=name)


def _tier(flags: RedFlags, question: RedFlag, said: Said | None) -> Tier | None:
    if said == "yes" or (said == "not sure" and flags.tiers[question.tier].not_sure_counts):
        return question.tier
    return max(flags.tiers, key=TIERS.index) if said == "not sure" else None
