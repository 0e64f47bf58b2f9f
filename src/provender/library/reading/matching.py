"""Sentences matched to claims that are known, by the words a claim is recognised with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from provender.library.reading.clauses import Clause
from provender.library.reading.kinds import Kind
from provender.library.reading.negation import denials

Stance = Literal["makes", "denies", "touches"]
"""Whether a sentence makes the claim, says its opposite, or only speaks of the same thing (which cannot be told)."""


@dataclass(frozen=True)
class Pattern:
    """How a sentence is known to make a claim.

    Attributes:
        all: Groups of alternatives; one word or phrase of every group must stand in the clause. Case does not count;
            ``*`` stands for the rest of a word; blanks of a phrase may be hyphens.
        none: Words or phrases of which none may stand there.
    """

    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownClaim:
    """A claim of the library, as far as the reader needs it.

    Attributes:
        id: Its id.
        kind: Its kind.
        patterns: How it is recognised; any one is enough.
        seen_as: The claim as the world says it.
        verdict: The verdict on that; None if there is none.
        composition: Nutrient and food that are to be looked up; None if the claim is not about a food.
        intake: Nutrient of which the reader's own intake is of interest; None if none is.
    """

    id: str
    kind: Kind
    patterns: tuple[Pattern, ...] = ()
    seen_as: str = ""
    verdict: str | None = None
    composition: tuple[str, str] | None = None
    intake: str | None = None


@dataclass(frozen=True)
class Match:
    """A known claim that a clause was recognised to be about.

    Attributes:
        claim: Its id.
        stance: Whether the clause makes it, denies it, or only touches it.
        words: The words it was recognised by, one of each group, as they stand in the clause.
    """

    claim: str
    stance: Stance
    words: tuple[str, ...] = field(default=())


_MYTH_KINDS: Final = frozenset({"harm", "advice", "prevalence", "intake", "composition"})
_REASSURES: Final = re.compile(r"\b(?:safe|harmless|no side effects?|no risks?|cannot do harm|has no|without risk|for everybody)\b", re.I)
_SAID_SAFE: Final = re.compile(
    r"\b(?:safe(?:ly)?|harmless|no (?:known |serious )?(?:side effects?|risks?)|well tolerated|without side effects?|risk-free)\b", re.I
)
_COMPATIBLE: Final[Mapping[str, frozenset[str]]] = {
    "efficacy": frozenset({"efficacy", "anecdote", "mechanism", "advice", "symptom"}),
    "anecdote": frozenset({"anecdote", "prevalence", "efficacy"}),
    "prevalence": frozenset({"prevalence", "anecdote", "symptom", "efficacy", "intake", "mechanism"}),
    "mechanism": frozenset({"mechanism", "efficacy", "symptom"}),
    "composition": frozenset({"composition", "intake", "efficacy"}),
    "intake": frozenset({"intake", "composition", "advice", "prevalence"}),
    "symptom": frozenset({"symptom", "efficacy", "anecdote", "prevalence", "mechanism"}),
    "harm": frozenset({"harm", "advice", "mechanism"}),
    "advice": frozenset({"advice", "harm", "efficacy", "intake", "composition", "prevalence", "symptom"}),
}
"""Kinds of known claims (keys) and the kinds a clause may be read as (values)."""


@lru_cache(maxsize=20_000)
def _shape(word: str) -> re.Pattern[str]:
    joined = r"[\s-]+".join(re.escape(part).replace(r"\*", r"[\w'’-]*") for part in word.casefold().replace("’", "'").split())
    return re.compile(rf"(?<![\w'-]){joined}(?![\w])" if word[:1].isalnum() else joined)


@dataclass(frozen=True)
class Matcher:
    """Known claims, ready to be looked for."""

    claims: tuple[KnownClaim, ...]
    _first: Mapping[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def over(cls, claims: Iterable[KnownClaim]) -> "Matcher":
        """A matcher over claims; the order of the claims is the order of matches."""
        return cls(tuple(claims))

    def matches(self, clause: Clause, kind: Kind) -> tuple[Match, ...]:
        """The known claims that a clause is about, in the order of the claims.

        Args:
            clause: The clause; what was carried into it counts as its own words.
            kind: The kind it was read as; claims of a kind that does not go with it are not looked for.
        """
        text = clause.whole.casefold().replace("’", "'")
        found = []
        for claim in self.claims:
            if kind not in _COMPATIBLE[claim.kind]:
                continue
            known_by = next((by for pattern in claim.patterns if (by := words_of(pattern, text)) is not None), None)
            if known_by is not None:
                found.append(Match(claim.id, stance(claim, known_by, clause), known_by))
        return tuple(found)


def words_of(pattern: Pattern, text: str) -> tuple[str, ...] | None:
    """The words a pattern finds in a text, one of each group; None where a group finds none or a forbidden word stands there.

    Args:
        pattern: The pattern.
        text: Case-folded, with straight apostrophes.
    """
    found = []
    for group in pattern.all:
        match = next((match for word in group if (match := _shape(word).search(text))), None)
        if match is None:
            return None
        found.append(match[0])
    return None if any(_shape(word).search(text) for word in pattern.none) else tuple(found)


def stance(claim: KnownClaim, known_by: tuple[str, ...], clause: Clause) -> Stance:
    """Whether a clause makes a claim, denies it, or only touches it."""
    text = clause.text.casefold().replace("’", "'")
    by = " ".join(known_by)
    denied = [word for word in denials(text) if word not in by]
    if claim.kind == "harm" and _REASSURES.search(claim.seen_as):
        return "makes" if _SAID_SAFE.search(text) else "denies"
    if claim.kind in _MYTH_KINDS and claim.verdict == "contradicted":
        return "touches"
    if claim.kind in {"advice", "intake", "prevalence", "harm"}:
        return "makes" if not denied or claim.kind in {"advice", "intake"} else "denies"
    return "denies" if denied or _no_better(text) else "makes"


def _no_better(text: str) -> bool:
    return bool(re.search(r"\b(?:(?:5|\d+)\.\d+ .{0,30}in both groups|same in both|no better|ineffective|useless|less than .{0,30} points)\b", text))
