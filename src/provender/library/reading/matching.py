"""Sentences matched to claims that are known, by the words a claim is recognised with."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from provender.library.reading.clauses import Clause
from provender.library.reading.negation import denials, denies
from provender.library.reading.said import Kind

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
        says: What was found, in our words.
        because: Why the verdict.
        composition: Nutrient, food and amount per 100 g for the catalogue; None if it is not about a food.
        intake: Nutrient of which the reader's own intake is of interest; None if none is.
    """

    id: str
    kind: Kind
    patterns: tuple[Pattern, ...] = ()
    seen_as: str = ""
    verdict: str | None = None
    says: str = ""
    because: str = ""
    composition: tuple[str, str, float] | None = None
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


_POSITIVE: Final = frozenset({"efficacy", "anecdote"})
"""Kinds whose claims are recognised as the world says them; others may be recognised by the opposite of that too."""
_AGAINST: Final = re.compile(
    r"\b(?:slow\w*|worse\w*|delay\w*|prolong\w*|hinder\w*|harm\w*|bad for|outdated|old advice"
    r"|mistake\w*|myths?|wrong\w*|used to|once thought|contrary|instead of|rather than|rare\w*|seldom"
    r"|less than|avoid\w*)\b"
)
"""Words that may turn the meaning of a clause, so that it cannot be told which way it is said."""
_NEEDLESS: Final = re.compile(r"\b(?:no need to|need not|needn't|(?:do not|don't) (?:need|have) to|unnecessary)\b")
_NO_BETTER: Final = re.compile(
    r"\b(?:in both groups|same in both|ineffective|useless|less than .{0,30} points|works? better than|superior to)\b"
)
_REASSURES: Final = re.compile(
    r"\b(?:safe|harmless|no side effects?|no risks?|cannot do harm|has no|without risk|for everybody)\b", re.IGNORECASE
)
_SAID_SAFE: Final = re.compile(
    r"\b(?:safe(?:ly)?|harmless|no (?:known |serious )?(?:side effects?|risks?)|well tolerated"
    r"|without side effects?|risk-free)\b",
    re.IGNORECASE,
)
_COMPATIBLE: Final[Mapping[str, frozenset[str]]] = {
    "efficacy": frozenset({"efficacy", "anecdote", "mechanism", "advice", "symptom"}),
    "anecdote": frozenset({"anecdote", "prevalence", "efficacy"}),
    "prevalence": frozenset({"prevalence", "anecdote", "symptom", "efficacy", "intake", "mechanism"}),
    "mechanism": frozenset({"mechanism", "efficacy", "symptom"}),
    "composition": frozenset({"composition", "intake", "efficacy"}),
    "intake": frozenset({"intake", "advice", "prevalence"}),
    "symptom": frozenset({"symptom", "efficacy", "anecdote", "prevalence", "mechanism"}),
    "harm": frozenset({"harm", "advice", "mechanism"}),
    "advice": frozenset({"advice", "harm", "efficacy", "intake", "composition", "prevalence", "symptom"}),
}
"""Kinds of known claims (keys) and the kinds a clause may be read as (values)."""


@lru_cache(maxsize=20_000)
def _shape(word: str) -> re.Pattern[str]:
    parts = _plain(word).split()
    joined = r"[\s-]+".join(re.escape(part).replace(r"\*", r"[\w'-]*") for part in parts)
    return re.compile(rf"(?<![\w'-]){joined}(?![\w])" if word[:1].isalnum() else joined)


def _plain(text: str) -> str:
    return _COUNTED.sub("count", text.casefold().replace("’", "'"))


_COUNTED: Final = re.compile(r"\bnumbers?\b")
"""So that “a number of” is no word that begins with “numb”."""
_TOKEN: Final = re.compile(r"[^\W_]+")


class _Words:
    """Words and phrases, found in a text by the first letters of each; a word costs nothing where it cannot stand."""

    def __init__(self, words: Iterable[str]) -> None:
        self.rest: dict[str, frozenset[str]] = {}
        self.whole: dict[str, list[str]] = {}
        self.starts: dict[str, list[str]] = {}
        self.anywhere: list[str] = []
        for word in dict.fromkeys(words):
            first = _TOKEN.match(_plain(word))
            self.rest[word] = frozenset(_TOKEN.findall(re.sub(r"[^\W_]+\*", "", _plain(word))))
            if first is None:
                self.anywhere.append(word)
            elif word[first.end() : first.end() + 1] == "*":
                self.starts.setdefault(first[0], []).append(word)
            else:
                self.whole.setdefault(first[0], []).append(word)
        self.lengths = tuple(sorted({len(start) for start in self.starts}))

    def found(self, text: str) -> dict[str, str]:
        """The words that stand in a text, each with how it stands there."""
        asked = list(self.anywhere)
        tokens = set(_TOKEN.findall(text))
        for token in tokens:
            asked.extend(self.whole.get(token, ()))
            for length in self.lengths:
                asked.extend(self.starts.get(token[:length], ()) if length <= len(token) else ())
        hits = ((word, _shape(word).search(text)) for word in asked if self.rest[word] <= tokens)
        return {word: hit[0] for word, hit in hits if hit}


class Matcher:
    """Known claims, ready to be looked for; the order of the claims is the order of matches."""

    def __init__(self, claims: Iterable[KnownClaim]) -> None:
        self.claims: Mapping[str, KnownClaim] = {claim.id: claim for claim in claims}
        self._pairs = [(claim, pattern) for claim in self.claims.values() for pattern in claim.patterns]
        self._words = _Words(word for _, one in self._pairs for group in (*one.all, one.none) for word in group)
        self._by_word: dict[str, list[int]] = {}
        for place, (_, pattern) in enumerate(self._pairs):
            for word in min(pattern.all, key=len):
                self._by_word.setdefault(word, []).append(place)

    def matches(self, clause: Clause, kind: Kind | None = None) -> tuple[Match, ...]:
        """The known claims that a clause is about, in the order of the claims.

        Args:
            clause: The clause; what was carried into it counts as its own words.
            kind: The kind it was read as; claims of other kinds are not looked for. None looks for all.
        """
        hits = self._words.found(_plain(clause.whole))
        found: dict[str, Match] = {}
        for place in sorted({place for word in hits for place in self._by_word.get(word, ())}):
            claim, pattern = self._pairs[place]
            if claim.id in found or (kind is not None and kind not in _COMPATIBLE[claim.kind]):
                continue
            known_by = words_of(pattern, hits)
            if known_by is not None:
                found[claim.id] = Match(claim.id, stance(claim, known_by, clause), known_by)
        return tuple(
            match for match in found.values() if not any(_is_more_specific(other, match) for other in found.values())
        )


def _is_more_specific(one: Match, other: Match) -> bool:
    """Whether a match says more closely what another says: “acute back pain” where the other has “back pain”."""
    shared = set(one.words) & set(other.words)
    closer = any(
        wide != near and wide in near.split(" ", 1)[-1] for near in one.words for wide in other.words if " " in wide
    )
    return (
        bool(shared)
        and closer
        and not any(wide in near.split(" ", 1)[-1] for near in other.words for wide in one.words if " " in wide)
    )


def words_of(pattern: Pattern, hits: Mapping[str, str]) -> tuple[str, ...] | None:
    """The words by which a pattern knows a text, one of each group; None where a group has none or a forbidden one is.

    Args:
        pattern: The pattern.
        hits: Words of patterns that stand in the text, each with how it stands there.
    """
    found = []
    for group in pattern.all:
        hit = next((hits[word] for word in group if word in hits), None)
        if hit is None:
            return None
        found.append(hit)
    return None if any(word in hits for word in pattern.none) else tuple(found)


def stance(claim: KnownClaim, known_by: tuple[str, ...], clause: Clause) -> Stance:
    """Whether a clause makes a claim, denies it, or only touches it."""
    text = _plain(clause.text)
    denied = [word for word in denials(text) if word not in " ".join(known_by)]
    if clause.carried.startswith("symptoms of"):
        return "makes"
    if claim.kind == "harm" and _REASSURES.search(claim.seen_as):
        return _of_reassurance(text, denied=bool(denied))
    if claim.verdict == "contradicted" and claim.kind not in _POSITIVE:
        return "touches" if denied or _AGAINST.search(text) else _nearer(claim, text)
    if claim.kind in {"advice", "intake"}:
        return "denies" if _NEEDLESS.search(text) else "makes"
    if not denied:
        return "denies" if _NO_BETTER.search(text) else "makes"
    return "denies" if denies(text) else "touches"


def _of_reassurance(text: str, *, denied: bool) -> Stance:
    """Of a claim that something is harmless: naming the harm is its opposite."""
    if _SAID_SAFE.search(text):
        return "makes"
    return "touches" if denied else "denies"


def _stems(text: str) -> frozenset[str]:
    return frozenset(token[:5] for token in _TOKEN.findall(_plain(text)) if len(token) > 3 or token.isdigit())


def _nearer(claim: KnownClaim, text: str) -> Stance:
    """Whether a clause is said in the words of the world's claim or in those of what was found."""
    if denials(_plain(claim.seen_as)):
        return "denies"
    world, found, said = _stems(claim.seen_as), _stems(claim.says), _stems(text)
    of_world, of_found = len((world - found) & said), len((found - world) & said)
    if of_world == of_found:
        return "touches"
    return "makes" if of_world > of_found else "denies"
