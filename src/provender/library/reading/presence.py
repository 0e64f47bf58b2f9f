"""What a trustworthy page about health would have, and whether this one has it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from provender.library.reading.cues import AMOUNT
from provender.library.reading.lexicon import SUBSTANCE
from provender.library.reading.parts import Part

_CONFLICTS: Final = re.compile(
    r"\b(?:conflicts? of interests?|competing interests?|(?:was |were |is )?(?:funded|sponsored"
    r"|paid for|financed|supported) by|grant from|no financial|disclosures?|declar\w+ (?:no|that)"
    r"|affiliate (?:links?|commission)"
    r"|gift(?:ed)? from|received (?:fees|payment)|has shares|sponsored)\b",
    re.IGNORECASE,
)
_HARMS: Final = re.compile(
    r"\b(?:side[- ]effects?|adverse|diarrh\w+|nausea|interact\w*|overdos\w+|toxic\w*|unsafe|not safe"
    r"|kidney (?:disease|failure|function)|pregnan\w+|too much|upper (?:limit|level)|bleeding)\b",
    re.IGNORECASE,
)
_CITED: Final = re.compile(r"\b(?:doi:|10\.\d{4,9}/|PMID|https?://)", re.IGNORECASE)


class Typed(Protocol):
    """A clause with its kind."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def kind(self) -> str | None:
        """What kind of claim it makes; None where it makes none."""


@dataclass(frozen=True)
class Presence:
    """One thing a trustworthy page has.

    Attributes:
        name: ``date``, ``author``, ``reviewer``, ``dose``, ``harms``, ``conflicts`` or ``references``.
        found: What of it stands on the page; None where nothing was found.
        looked_for: What was looked for, in words.
    """

    name: str
    found: str | None
    looked_for: str


def presences(parts: Sequence[Part], sentences: Sequence[str], clauses: Iterable[Typed]) -> tuple[Presence, ...]:
    """What the page has of that which a trustworthy one would have.

    Args:
        parts: The parts of the page, those that were removed too.
        sentences: Its sentences.
        clauses: The clauses of its sentences.
    """
    kept = [part for part in parts if part.kind != "removed"]
    references = [part.text for part in kept if part.kind == "reference"]
    cited = references or [text for text in sentences if _CITED.search(text)]
    money = _first(sentences, _CONFLICTS) or _first((part.text for part in parts if part.kind == "removed"), _CONFLICTS)
    return (
        Presence(
            "date",
            _part(kept, "date"),
            "a day marked as published, updated or reviewed; a date inside the text does not count",
        ),
        Presence(
            "author",
            _part(kept, "author"),
            "a name after “by”, beside a picture of the author, or in the head of the page",
        ),
        Presence("reviewer", _part(kept, "reviewer"), "a line such as “medically reviewed by” with a name"),
        Presence("dose", _dose(sentences), "an amount with its unit (mg, µg, g, IU) in a sentence about a remedy"),
        Presence("harms", _harm(sentences, clauses), "side effects, interactions, too much, kidneys, pregnancy"),
        Presence("conflicts", money, "who paid, competing interests, affiliate links"),
        Presence(
            "references",
            f"{len(cited)}: {cited[0]}" if cited else None,
            "a list of references, or a DOI, PMID or address of a source",
        ),
    )


def _part(parts: Iterable[Part], kind: str) -> str | None:
    return next((part.text for part in parts if part.kind == kind), None)


def _first(texts: Iterable[str], shape: re.Pattern[str]) -> str | None:
    return next((text for text in texts if shape.search(text)), None)


def _dose(sentences: Iterable[str]) -> str | None:
    return next(
        (text for text in sentences if AMOUNT.search(text) and SUBSTANCE.search(text) and "per 100" not in text), None
    )


def _harm(sentences: Iterable[str], clauses: Iterable[Typed]) -> str | None:
    return next((read.text for read in clauses if read.kind == "harm"), None) or _first(sentences, _HARMS)
