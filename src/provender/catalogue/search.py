"""The food search: words, beginnings, slips of the finger, synonyms, what must be absent, and plain foods first.

It stands on its own: an index can be built over any list of (id, name, tier), and importers and recipes match names
with it too. How a query is answered: it is read in several ways (``readings``); each word finds terms, as typed, by its
synonyms, by how it sounds (``spelling``) or as a beginning; the rarest words name candidates, on the plain shelf and on
the branded one; every candidate is then scored exactly.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import log1p
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from provender.catalogue.matching import NOT_KNOWN, Found, Match, Tokens, Word, notes
from provender.catalogue.postings import KIND_BONUS, SCALE, SURPRISE, Postings, flat, opened
from provender.catalogue.readings import Reading, Usual, begun_with, reworded, sureness, wordings
from provender.catalogue.spelling import Spelling
from provender.catalogue.words import STOP_WORDS, term, terms

Array = npt.NDArray[Any]

LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 12
MOST_READINGS: Final = 10
USUALLY_MEANT: Final = 13.0
"""Score of what most people mean when they say just this."""
EVERYDAY_BONUS: Final = {True: 1.3, False: 0.8}
"""What a food gains by being what people usually mean by some word; True for a staple."""
FAVOUR_BONUS: Final = 5.0
"""What a food gains that this person logs all the time (favour 1)."""
FREQUENT: Final = 20
"""Foods that must have a brand's word before it can be meant by a misspelt one."""


class Strings(Protocol):
    """A sequence of texts, in memory or mapped."""

    def __len__(self) -> int: ...
    def __getitem__(self, position: int, /) -> str: ...


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What one word did for a hit.

    Attributes:
        word: As read, not always as typed; what must be absent begins with ``-``.
        found: The terms of the name that it met; empty when it met none.
        match: 0 to 1: how well, and how central to the name.
        share: The word's share of the query, by its rarity, 0 to 1.
    """

    word: str
    found: tuple[str, ...]
    match: float
    share: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which evidence placed a hit; the score is the sum of the parts.

    Attributes:
        words: One a word of the reading.
        sureness: How sure the reading is, 0 to 1.
        matched: Points for the words that match.
        order: Points for neighbouring words that stand as they were typed; less than 0 for the other order.
        surprise: Points lost, 0 or less, to words nobody asked for.
        surprising: Those words, most surprising first.
        prior: Points of tier, popularity and everyday use.
        meant: Points added because most people mean this food by this phrase.
        favour: Points added because this person logs it often.
    """

    words: tuple[WordEvidence, ...]
    sureness: float
    matched: float
    order: float
    surprise: float
    surprising: tuple[str, ...]
    prior: float
    meant: float
    favour: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One food found.

    Attributes:
        id: The food's id.
        score: About 12 for a name that is exactly what was asked, lower the more it surprises; comparable
            between indexes and queries. No fixed minimum.
        why: What was read differently or left out, in words; "" when every word was found as typed.
        evidence: Which evidence placed it; None unless asked for.
    """

    id: str
    score: float
    why: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True)
class _Usuals:
    """What people usually mean, resolved to foods.

    Attributes:
        block: The phrases in UTF-8, sorted, one after the other.
        ends: Where each ends, after a leading 0.
        food_ends: Where each one's foods end, after a leading 0.
        foods: The foods, first choice first.
        lifted: Foods that are what people usually mean by some word.
        bonus: What each of these gains.
    """

    block: Array
    ends: Array
    food_ends: Array
    foods: Array
    lifted: Array
    bonus: Array

    @cached_property
    def texts(self) -> list[str]:
        whole, ends = self.block.tobytes(), self.ends.tolist()
        return [whole[a:b].decode() for a, b in itertools.pairwise(ends)]

    @cached_property
    def places(self) -> dict[str, int]:
        return {text: at for at, text in enumerate(self.texts)}

    @cached_property
    def bonuses(self) -> dict[int, float]:
        return dict(zip(self.lifted.tolist(), self.bonus.tolist(), strict=True))

    def of(self, text: str) -> list[int]:
        """The foods usually meant by a phrase."""
        at = self.places.get(text)
        return [] if at is None else self.foods[int(self.food_ends[at]) : int(self.food_ends[at + 1])].tolist()


def _no_usuals() -> _Usuals:
    none, zero = np.empty(0, np.uint32), np.zeros(1, np.int64)
    return _Usuals(np.empty(0, np.uint8), zero, zero, none, none, np.empty(0, np.float32))


@dataclass(frozen=True)
class FoodIndex:
    """A search index over food names. Made by ``build``, or by ``over`` from arrays that ``arrays`` gave.

    Attributes:
        ids: Food ids, in the order of the foods.
        postings: The inverted index.
        spelling: The words that a misspelt one can mean.
        usuals: What people usually mean by a phrase.
        favoured: Food id to place, where the ids are not sorted; else None.
    """

    ids: Strings
    postings: Postings
    spelling: Spelling
    usuals: _Usuals = field(default_factory=_no_usuals)

    @classmethod
    def build(cls, foods: Iterable[tuple[str, str, str]], popularity: Mapping[str, float] | None = None) -> "FoodIndex":
        """An index over foods.

        Args:
            foods: Id, name and tier (generic, dish, branded or own) of each food; ids are unique.
            popularity: Food id to how often it was asked for, where known.
        """
        ids: list[str] = []
        known = popularity or {}

        def named() -> Iterable[tuple[str, str, float]]:
            for food_id, name, tier in foods:
                ids.append(food_id)
                yield name, tier, known.get(food_id, 0.0)

        postings = Postings.build(named())
        index = cls(ids, postings, _spelling(postings))
        return replace(index, usuals=index._usual_foods(wordings().usual))

    @classmethod
    def over(cls, ids: Strings, arrays: Mapping[str, Array]) -> "FoodIndex":
        """An index over arrays that ``arrays`` gave, mapped or not; nothing is copied."""
        parts: dict[str, dict[str, Array]] = {"postings": {}, "spelling": {}, "usuals": {}}
        for name, held in arrays.items():
            part, _, rest = name.partition(".")
            parts[part][rest] = held
        return cls(ids, opened(parts["postings"]), Spelling(**parts["spelling"]), _Usuals(**parts["usuals"]))

    def arrays(self) -> dict[str, Array]:
        """Everything but the ids as flat arrays with dotted names."""
        return flat(self.postings, "postings.") | flat(self.spelling, "spelling.") | flat(self.usuals, "usuals.")

    def search(
        self, query: str, *, limit: int = 20, favour: Mapping[str, float] | None = None, explain: bool = False
    ) -> list[Hit]:
        """Foods for what a person typed, best first.

        Every word counts, the last one also as a beginning unless a space follows it. A word that no food
        knows is left out and named in ``why``.

        Args:
            query: What was typed; beyond 200 characters or 12 words the rest is ignored.
            limit: At most so many.
            favour: Food id to how usual it is for this person, 0 to 1; it lifts only foods that match.
            explain: Whether to say which evidence placed each hit.

        Returns:
            At most ``limit`` hits; empty when no word is known.
        """
        typed = query[:LONGEST_QUERY]
        words = _query_words(typed)
        if not words or not len(self.ids) or limit < 1:
            return []
        begun = not typed[-1:].isspace()
        readings = [Reading(words, begun, in_order=True), *self._parted(words), *reworded(words, prefix=begun)][
            :MOST_READINGS
        ]
        match = Match(self.postings, self.spelling)
        favoured, meant = self._favoured(favour), self._meant(words, begun=begun)
        foods = match.candidates(readings, (*favoured, *meant))
        answer = _Answer(self, match, readings, match.tokens(foods)) if len(foods) else None
        return answer.hits(limit, favoured, meant, explain=explain) if answer else []

    def knows(self, word: str) -> bool:
        """Whether a plain food's name has this word, in the singular or the plural."""
        span = self.postings.span(term(word))
        return self.postings.plain.count(*span) > 0

    def _favoured(self, favour: Mapping[str, float] | None) -> dict[int, float]:
        """Places of a person's usual foods, and what each gains."""
        found = {}
        for food_id, strength in (favour or {}).items():
            if (at := self._place(food_id)) is not None:
                found[at] = FAVOUR_BONUS * min(1.0, max(0.0, strength)) ** 0.5
        return found

    def _place(self, food_id: str) -> int | None:
        if isinstance(self.ids, list):
            return self._order.get(food_id)
        low, high = 0, len(self.ids)
        while low < high:
            middle = (low + high) // 2
            if self.ids[middle] < food_id:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.ids) and self.ids[low] == food_id else None

    @cached_property
    def _order(self) -> dict[str, int]:
        return {self.ids[at]: at for at in range(len(self.ids))}

    def _meant(self, words: Sequence[str], *, begun: bool) -> dict[int, float]:
        """Places and scores of the foods people usually mean by exactly this, or by what this begins."""
        stems = [term(word) for word in words]
        texts = {" ".join(stems): 1.0}
        typed = " ".join((*stems[:-1], words[-1]))
        if begun and len(typed) > 1:
            texts = {text: sureness(typed, text) for text in begun_with(self.usuals.texts, typed)} | texts
        found: dict[int, float] = {}
        for text, sure in texts.items():
            for rank, at in enumerate(self.usuals.of(text)):
                more = 0.0 if sure == 1.0 else float(self.postings.prior[at]) + self.usuals.bonuses.get(at, 0.0)
                found[at] = max(found.get(at, 0.0), USUALLY_MEANT * sure - 0.3 * rank + more)
        return found

    def _parted(self, words: Sequence[str]) -> list[Reading]:
        """Words written together or apart: ``cornflakes`` for ``corn flakes``, or the other way round."""
        readings = []
        for at, word in enumerate(words):
            before, after = tuple(words[:at]), tuple(words[at + 1 :])
            if after and self.knows(word + after[0]):
                note = f"“{word} {after[0]}” read as “{word + after[0]}”"
                readings.append(Reading((*before, word + after[0], *after[1:]), False, 0.98, note))
            if not self.knows(word) and (apart := self._apart(word)):
                note = f"“{word}” read as “{' '.join(apart)}”"
                readings.append(Reading((*before, *apart, *after), False, 0.98, note, in_order=True))
        return readings

    def _apart(self, word: str) -> tuple[str, str] | None:
        """The two known words that a word is made of, the second perhaps misspelt; None when there are none."""
        cuts = range(3, len(word) - 2) if word.isalpha() else ()
        known = [(word[:c], word[c:]) for c in cuts if self.knows(word[:c])]
        whole = next((pair for pair in known if self.knows(pair[1])), None)
        if whole or len(word) < 8 or self.spelling.near(word):
            return whole
        near = ((first, self.spelling.near(second)) for first, second in reversed(known))
        return next(((first, found[0][0]) for first, found in near if found), None)

    def everyday(self, foods: Array) -> Array:
        """What each of these foods gains by being what people usually mean by some word."""
        places = np.searchsorted(self.usuals.lifted, foods)
        places[places == len(self.usuals.lifted)] = 0
        if not len(self.usuals.lifted):
            return np.zeros(len(foods), np.float32)
        return np.where(self.usuals.lifted[places] == foods, self.usuals.bonus[places], np.float32(0))

    def _usual_foods(self, rows: Sequence[Usual]) -> _Usuals:
        """What people usually mean, resolved to plain foods that have every word of it."""
        meant: dict[str, list[int]] = {}
        bonus: dict[int, float] = {}
        for row in rows:
            if not all(map(self.knows, row.means)):
                continue
            best = self._plainest(row.means)
            if best is None:
                continue
            meant.setdefault(" ".join(row.phrase), []).append(best)
            bonus[best] = max(bonus.get(best, 0.0), EVERYDAY_BONUS[row.staple] / len(row.phrase))
        texts = sorted(meant)
        encoded = [text.encode() for text in texts]
        ends = np.concatenate([[0], np.cumsum([len(e) for e in encoded])]).astype(np.int64)
        food_ends = np.concatenate([[0], np.cumsum([len(meant[t]) for t in texts])]).astype(np.int64)
        return _Usuals(
            np.frombuffer(b"".join(encoded), dtype=np.uint8),
            ends,
            food_ends,
            np.array([at for text in texts for at in meant[text]], dtype=np.uint32),
            np.array(sorted(bonus), dtype=np.uint32),
            np.array([bonus[at] for at in sorted(bonus)], dtype=np.float32),
        )

    def _plainest(self, words: Sequence[str]) -> int | None:
        """The plain food that has every word, and the fewest surprises beside them."""
        match, reading = Match(self.postings, self.spelling), Reading(tuple(words), prefix=False)
        foods = match.candidates([reading])
        if not len(foods):
            return None
        block = match.tokens(foods)
        fits = match.every(words, block) & (self.postings.prior[foods] > KIND_BONUS["branded"])
        scores = np.where(fits, match.scores(reading, block, {}) + self.postings.prior[foods], -np.inf)
        top = int(np.argmax(scores))
        return int(foods[top]) if np.isfinite(scores[top]) else None


class _Answer:
    """Candidates scored for the best of the readings."""

    def __init__(self, index: FoodIndex, match: Match, readings: Sequence[Reading], block: Tokens) -> None:
        self.index, self.match, self.readings, self.block = index, match, readings, block
        self.seen: dict[tuple[str, bool], Found] = {}
        self.best = np.full(len(block.foods), -np.inf)
        self.read = np.zeros(len(block.foods), np.int16)
        for number, reading in enumerate(readings):
            scores = match.scores(reading, block, self.seen)
            better = scores > self.best
            self.best[better], self.read[better] = scores[better], number
        self.prior = index.postings.prior[block.foods] + index.everyday(block.foods)

    def hits(
        self, limit: int, favoured: Mapping[int, float], meant: Mapping[int, float], *, explain: bool
    ) -> list[Hit]:
        """The best, with what must be said of each."""
        foods = self.block.foods
        worded = self.best + self.prior
        scores = worded.copy()
        for at, score in meant.items():
            scores[np.searchsorted(foods, at)] = max(score, scores[np.searchsorted(foods, at)])
        for at, bonus in favoured.items():
            row = int(np.searchsorted(foods, at))
            if row < len(foods) and foods[row] == at:
                scores[row] += bonus
        found = []
        for row in _first(scores, limit):
            at = int(foods[row])
            usual = meant.get(at, -np.inf) >= worded[row]
            reading = self.readings[self.read[row]]
            said = "" if usual else notes(self.match, reading, [self._found(w, row) for w in self._words(reading)])
            evidence = self._evidence(row, meant.get(at), favoured.get(at, 0.0)) if explain else None
            found.append(Hit(self.index.ids[at], round(float(scores[row]), 4), said, evidence))
        return found

    def _words(self, reading: Reading) -> list[Word | None]:
        return self.match.words_of(reading)

    def _found(self, word: Word | None, row: int) -> bool:
        return word is not None and bool(self._matched(word, row) > word.floor)

    def _matched(self, word: Word, row: int) -> float:
        return float(self.seen[word.text, word.begun is not None].match[row])

    def _refund(self, reading: Reading, row: int) -> float:
        known = (word for word in self._words(reading) if word)
        return sum(float(self.seen[word.text, word.begun is not None].refund[row]) for word in known)

    def _evidence(self, row: int, meant: float | None, favour: float) -> Evidence:
        """Which evidence placed the food in this row."""
        reading, postings = self.readings[self.read[row]], self.index.postings
        start = int(self.block.begins[row])
        end = int(self.block.begins[row + 1]) if row + 1 < len(self.block.begins) else len(self.block.terms)
        here, costs = self.block.terms[start:end], self.block.costs[start:end]
        rarities = sum(self.match.rarity(word) for word in self._words(reading) if word)
        told, asked = [], np.zeros(len(here), bool)
        for text, word in zip(reading.words, self._words(reading), strict=True):
            if word is None:
                told.append(WordEvidence(text, (), 0.0, 0.0))
                continue
            met = self.match.qualities(word)[here] > 0
            asked |= met
            names = tuple(postings.term(int(t)) for t in here[met])
            told.append(WordEvidence(text, names, self._matched(word, row), self.match.rarity(word) / rarities))
        unknown = sum(word is None for word in self._words(reading))
        sure = reading.factor * NOT_KNOWN**unknown
        matched = SCALE * sure * sum(word.match * word.share for word in told)
        worded = float(self.best[row])
        left = float(self.index.postings.leftover[self.block.foods[row]]) - self._refund(reading, row)
        surprise = -SURPRISE * log1p(max(left, 0.0))
        if not np.isfinite(worded):
            matched = surprise = worded = 0.0
        total = worded + float(self.prior[row])
        order = np.argsort(-costs[~asked], kind="stable")
        return Evidence(
            words=tuple(told),
            sureness=sure,
            matched=matched,
            order=worded - matched - surprise,
            surprise=surprise,
            surprising=tuple(postings.term(int(t)) for t in here[~asked][order] if costs[~asked].any())[:5],
            prior=float(self.prior[row]),
            meant=max(0.0, meant - total) if meant is not None else 0.0,
            favour=favour,
        )


def _first(scores: Array, limit: int) -> list[int]:
    """Rows of the best finite scores, best first; of equals, the food that came first."""
    found = np.flatnonzero(np.isfinite(scores))
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        found = found[scores[found] >= least]
    order = np.lexsort((found, -scores[found]))
    return [int(at) for at in found[order][:limit]]


def _query_words(query: str) -> tuple[str, ...]:
    words = tuple(terms(query)[:MOST_WORDS])
    return tuple(w for w in words if w not in STOP_WORDS) or words


def _spelling(postings: Postings) -> Spelling:
    """The words that can be meant: those of plain foods, and those that many branded foods have."""
    plain, branded = np.diff(postings.plain.ends), np.diff(postings.branded.ends)
    kept = np.flatnonzero((plain > 0) | (branded >= FREQUENT))
    return Spelling.build({postings.term(at): int(plain[at] + branded[at]) for at in kept.tolist()})
