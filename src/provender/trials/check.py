"""What a check of a trial says: passed, failed or no verdict, with the sentence that its numbers bear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Passed(StrEnum):
    """How a check went."""

    PASSED = "passed"
    FAILED = "failed"
    NO_VERDICT = "no verdict"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a trial.

    Attributes:
        name: What was checked.
        verdict: How it went.
        sentence: What was found; true of ``numbers``.
        numbers: What the sentence rests on.
        spoils: Whether nothing can be said of the effect when it failed.
    """

    name: str
    verdict: Passed
    sentence: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    spoils: bool = False
