"""Red flags: what the answers to the questions mean, and which words of a note ask them again.

A rule for safety and no diagnosis: no probability is given, since good evidence for most signs is missing (Finucane and
others 2020, DOI 10.2519/jospt.2020.9971).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from provender.library.safety_records import RedFlag, RedFlags, Tier

FLARE: Final = 3.0
"""Points of pain, 0 to 10, by which a day above the usual asks the red flags again."""
TIERS: Final[tuple[Tier, ...]] = ("emergency", "urgent", "soon")
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|without|isn't|wasn't|don't|doesn't|didn't|haven't|hasn't|free of)\b[^.,;!?]{0,24}$"
)


class Said(StrEnum):
    """An answer."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"


@dataclass(frozen=True, slots=True)
class Triage:
    """What the answers mean.

    Attributes:
        tier: The gravest tier reached; None for none.
        raised: The questions that count as yes, the gravest first.
        title: What to do, in a few words; "" for none.
        do: What to do, in sentences; "" for none.
        locks: Whether nothing may be started and no dose is shown: an emergency.
        asks_first: Whether a clinician must have seen it first: any lesser flag.
        unanswered: Questions without an answer; with any, nothing may be started either.
        version: Of the list.
    """

    tier: Tier | None
    raised: tuple[RedFlag, ...]
    title: str
    do: str
    locks: bool
    asks_first: bool
    unanswered: tuple[str, ...]
    version: str


def triage(flags: RedFlags, answers: Mapping[str, Said]) -> Triage:
    """What the answers to the red flags mean.

    Args:
        flags: The questions.
        answers: By question; "not sure" counts as yes in the tiers that say so.
    """
    raised = [flag for flag in flags.questions if _counts(flags, flag, answers.get(flag.id))]
    raised.sort(key=lambda flag: TIERS.index(flag.tier))
    tier = raised[0].tier if raised else None
    said = flags.tiers[tier] if tier else None
    return Triage(
        tier=tier,
        raised=tuple(raised),
        title=said.title if said else "",
        do=said.do if said else "",
        locks=tier == "emergency",
        asks_first=tier in ("urgent", "soon"),
        unanswered=tuple(flag.id for flag in flags.questions if flag.id not in answers),
        version=str(flags.version),
    )


def _counts(flags: RedFlags, flag: RedFlag, answer: Said | None) -> bool:
    return answer is Said.YES or (answer is Said.NOT_SURE and flags.tiers[flag.tier].not_sure_counts)


def words_that_ask(flags: RedFlags, note: str) -> tuple[RedFlag, ...]:
    """The questions that the words of a diary note raise, the gravest first; a sign that is denied raises none.

    Args:
        flags: The questions and their words; ``*`` stands for any ending.
        note: What a person wrote.
    """
    plain = " ".join(note.casefold().replace("’", "'").split())
    found = [flag for flag in flags.questions if any(_says(plain, word) for word in flag.words)]
    return tuple(sorted(found, key=lambda flag: TIERS.index(flag.tier)))


def asks_again(before: float | None, now: float | None) -> bool:
    """Whether pain, 0 to 10, lies so far above the usual that the red flags are asked again; unknown never does."""
    return before is not None and now is not None and now - before >= FLARE


@lru_cache(maxsize=512)
def pattern(word: str) -> re.Pattern[str]:
    """Whole words, with ``*`` for any ending."""
    parts = [re.escape(part) for part in word.casefold().split("*")]
    return re.compile(r"\b" + r"\w*".join(parts) + ("" if word.endswith("*") else r"\b"))


def _says(plain: str, word: str) -> bool:
    return any(not _DENIED.search(plain[: match.start()]) for match in pattern(word).finditer(plain))
