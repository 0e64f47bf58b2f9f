"""What the search answers: hits, best first, each with what was read differently and, if asked, its evidence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from provender.catalogue.differences import Difference
from provender.catalogue.lookup import Word
from provender.catalogue.matching import NOT_KNOWN, Found, Match, Tokens, differences
from provender.catalogue.postings import SCALE, SURPRISE
from provender.catalogue.readings import Reading
from provender.catalogue.usuals import Usuals

Array = npt.NDArray[Any]


AGAIN = 1.0
"""What a brand's food loses for each one before it that has the very same words."""
LOOKED_AT = 3
"""So many times more foods are looked at for that."""
LACKING = 2.0
"""What a food loses that lacks a word, where a plain food has them all."""
LIKELY = 0.85
"""Sureness of a reading that counts for that."""
ONLY_BRANDS = 2.0
"""What a brand's food gains that alone has every word."""


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
        again: Points lost, 0 or less, because brands' foods before it have the very same words.
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
    again: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One food found.

    Attributes:
        id: The food's id.
        score: About 12 for a name that is exactly what was asked, lower the more it surprises; comparable
            between indexes and queries. No fixed minimum.
        differs: What was read otherwise than typed, and what the food lacks; empty when every word was found as typed.
        evidence: Which evidence placed it; None unless asked for.
    """

    id: str
    score: float
    differs: tuple[Difference, ...] = ()
    evidence: Evidence | None = None

    @property
    def why(self) -> str:
        """``differs`` in words; "" when every word was found as typed."""
        return "; ".join(map(str, self.differs))


@dataclass(frozen=True, slots=True)
class Meant:
    """A food that most people mean by what was typed.

    Attributes:
        score: As of a ``Hit``.
        differs: What was read otherwise to find it.
    """

    score: float
    differs: tuple[Difference, ...] = ()


class Answer:
    """Candidates scored for the best of the readings.

    Args:
        ids: Food ids.
        usuals: What people usually mean.
        match: The query.
        readings: Ways to read it.
        block: The candidates.
    """

    def __init__(self, ids: Strings, usuals: Usuals, match: Match, readings: Sequence[Reading], block: Tokens) -> None:
        self.ids, self.postings, self.match = ids, match.postings, match
        self.readings, self.block = readings, block
        self.seen: dict[tuple[str, bool], Found] = {}
        self.best = np.full(len(block.foods), -np.inf)
        self.read = np.zeros(len(block.foods), np.int16)
        for number, reading in enumerate(readings):
            scores = match.scores(reading, block, self.seen)
            better = scores > self.best
            self.best[better], self.read[better] = scores[better], number
        self.prior = self.postings.prior[block.foods] + usuals.everyday(block.foods) + self._asked_for_brands()

    def _asked_for_brands(self) -> Array:
        """What foods gain or lose by having every word that was typed: brands' foods gain that alone have; where plain
        foods have, however it is read, those lose that lack one."""
        of_brand = self.postings.of_brand[self.block.foods].astype(bool)
        if len(self.readings[0].words) < 2:
            return np.zeros(len(of_brand))
        complete = np.stack([self._complete(reading) for reading in self.readings if reading.factor >= LIKELY])
        if (complete & ~of_brand).any():
            return np.asarray(-LACKING * ~complete.any(axis=0))
        return np.asarray(ONLY_BRANDS * (complete[0] & of_brand))

    def _complete(self, reading: Reading) -> Array:
        """Which candidates have every word of a reading."""
        words = self._words(reading)
        if not all(words):
            return np.zeros(len(self.block.foods), bool)
        found = [self.seen[w.text, w.begun is not None].match > 0 for w in words if w]
        return np.asarray(np.logical_and.reduce(found))

    def hits(
        self, limit: int, favoured: Mapping[int, float], meant: Mapping[int, Meant], *, explain: bool
    ) -> list[Hit]:
        """The best, with what must be said of each."""
        foods = self.block.foods
        worded = self.best + self.prior
        scores = worded.copy()
        for at, told in meant.items():
            scores[np.searchsorted(foods, at)] = max(told.score, scores[np.searchsorted(foods, at)])
        for at, bonus in favoured.items():
            row = int(np.searchsorted(foods, at))
            if row < len(foods) and foods[row] == at:
                scores[row] += bonus
        found = []
        rows, again = self._varied(scores, limit)
        for row in rows:
            at = int(foods[row])
            usual = at in meant and meant[at].score >= worded[row]
            reading = self.readings[self.read[row]]
            found_words = [self._matched(w, row) if w else 0.0 for w in self._words(reading)]
            differs = meant[at].differs if usual else differences(self.match, reading, found_words)
            evidence = self._evidence(row, meant.get(at), favoured.get(at, 0.0), again[row]) if explain else None
            found.append(Hit(self.ids[at], round(float(scores[row] + again[row]), 4), differs, evidence))
        return found

    def _varied(self, scores: Array, limit: int) -> tuple[list[int], dict[int, float]]:
        """Rows of the best, best first, and what each loses because brands' foods before it have just its words."""
        first = _first(scores, LOOKED_AT * limit)
        ends = [*self.block.begins.tolist(), len(self.block.terms)]
        said: Counter[bytes] = Counter()
        again = dict.fromkeys(first, 0.0)
        for row in first:
            if self.postings.of_brand[self.block.foods[row]]:
                words = self.block.terms[ends[row] : ends[row + 1]].tobytes()
                again[row] = -AGAIN * said[words]
                said[words] += 1
        return sorted(first, key=lambda row: -(scores[row] + again[row]))[:limit], again

    def _words(self, reading: Reading) -> list[Word | None]:
        return self.match.words_of(reading)

    def _matched(self, word: Word, row: int) -> float:
        return float(self.seen[word.text, word.begun is not None].match[row])

    def _refund(self, reading: Reading, row: int) -> float:
        known = (word for word in self._words(reading) if word)
        return sum(float(self.seen[word.text, word.begun is not None].refund[row]) for word in known)

    def _evidence(self, row: int, meant: Meant | None, favour: float, again: float) -> Evidence:
        """Which evidence placed the food in this row."""
        reading, postings = self.readings[self.read[row]], self.postings
        start = int(self.block.begins[row])
        end = int(self.block.begins[row + 1]) if row + 1 < len(self.block.begins) else len(self.block.terms)
        here, costs = self.block.terms[start:end], self.block.costs[start:end]
        rarities = sum(self.match.lookup.rarity(word) for word in self._words(reading) if word)
        told, asked = [], np.zeros(len(here), bool)
        for text, word in zip(reading.words, self._words(reading), strict=True):
            if word is None:
                told.append(WordEvidence(text, (), 0.0, 0.0))
                continue
            met = self.match.qualities(word)[here] > 0
            asked |= met
            names = tuple(postings.term(int(t)) for t in here[met])
            told.append(WordEvidence(text, names, self._matched(word, row), self.match.lookup.rarity(word) / rarities))
        unknown = sum(word is None for word in self._words(reading))
        sure = reading.factor * NOT_KNOWN**unknown
        matched = SCALE * sure * sum(word.match * word.share for word in told)
        worded = float(self.best[row])
        left = float(self.postings.leftover[self.block.foods[row]]) - self._refund(reading, row)
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
            meant=max(0.0, meant.score - total) if meant else 0.0,
            favour=favour,
            again=again,
        )


def _first(scores: Array, limit: int) -> list[int]:
    """Rows of the best finite scores, best first; of equals, the food that came first."""
    found = np.flatnonzero(np.isfinite(scores))
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        found = found[scores[found] >= least]
    order = np.lexsort((found, -scores[found]))
    return [int(at) for at in found[order][:limit]]
