"""Answers one query: from terms to candidates on each shelf, and every candidate scored exactly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from provender.catalogue.differences import Difference, Differs
from provender.catalogue.lookup import Lookup, Word
from provender.catalogue.postings import BEGUN, BRAND_NAMED, COST_STEP, SCALE, SURPRISE, WEIGHT_STEP, Postings
from provender.catalogue.readings import NEAREST, Reading
from provender.catalogue.spelling import Spelling
from provender.catalogue.words import NOT

Array = npt.NDArray[Any]

NOT_KNOWN: Final = 0.85
"""Factor for each word that no food knows, so that a reading that knows it is preferred."""
ENOUGH: Final = 0.5
"""Share of the best food's words, by rarity, that a food must have."""
MOSTLY: Final = 1.4
"""What the sureness of a reading other than as typed and a food's match for it must come to."""
SCANNED: Final = 2048
"""Foods of a word that are looked at together for the other words."""
SCANS: Final = 4
WANTED: Final = 40
"""Foods with every word after which those of the next rarest word are not looked at."""
KEPT: Final = (320, 64)
"""Candidates of one reading on the plain and the branded shelf; once so many have every word, no more are sought."""
SURE: Final = 0.97
KEPT_UNSURE: Final = (48, 8)
"""The same for a reading less sure than that."""
IN_ORDER: Final = 0.4
OUT_OF_ORDER: Final = 1.5
"""What two neighbouring words gain or lose by standing in the name as they were typed, or the other way round."""


@dataclass(frozen=True)
class Tokens:
    """What the names of several foods say.

    Attributes:
        foods: Places of the foods, shape (foods,).
        terms: The term of each token, shape (tokens,).
        weights: How central each is, 0 to 1.
        costs: How much each surprises.
        begins: Where each food's tokens begin, shape (foods,).
    """

    foods: Array
    terms: Array
    weights: Array
    costs: Array
    begins: Array


@dataclass(frozen=True)
class Found:
    """What one word found in several foods.

    Attributes:
        match: How well it matches each, 0 to 1, shape (foods,).
        refund: How much of the name's surprise it takes away.
        place: The first token it met, any where it met none.
    """

    match: Array
    refund: Array
    place: Array


class Match:
    """One query against one index; remembers what its words found.

    Args:
        postings: The inverted index.
        spelling: The words that a misspelt one can mean.
        phrases: The phrases that a misspelt one can mean.

    Attributes:
        brand_named: Whether words that only brands have ask for a brand; not when plain foods have them otherwise.
    """

    def __init__(self, postings: Postings, spelling: Spelling, phrases: Spelling) -> None:
        self.postings = postings
        self.lookup = Lookup(postings, spelling, phrases)
        self.brand_named = True
        self._read: dict[tuple[tuple[str, ...], bool], list[Word | None]] = {}
        self._qualities: dict[tuple[str, bool], Array] = {}
        self._blocks: dict[tuple[int, str, bool, int], Tokens] = {}
        self._having_word: dict[tuple[int, str, bool, int, str, bool], Array] = {}

    def words_of(self, reading: Reading) -> list[Word | None]:
        """What each word of a reading can stand for."""
        key = (reading.words, reading.prefix)
        if key not in self._read:
            last = len(reading.words) - 1
            self._read[key] = [
                self.lookup.word(word, begun=reading.prefix and at == last) for at, word in enumerate(reading.words)
            ]
        return self._read[key]

    def candidates(self, readings: Sequence[Reading], also: Iterable[int] = ()) -> Array:
        """Places of the foods worth scoring, ascending.

        Args:
            readings: Ways to read the query, surest first.
            also: Places of foods to score in any case.
        """
        found = [np.fromiter(also, dtype=np.int64)]
        for reading in readings:
            words = [w for w in self.words_of(reading) if w is not None and w.ranges]
            for shelf, kept in enumerate(KEPT if reading.factor >= SURE else KEPT_UNSURE):
                if words and kept and (not shelf or reading.factor > NEAREST):
                    found += self._candidates(shelf, words, kept)
        places = np.unique(np.concatenate(found))
        ends = self.postings.token_ends
        return places[ends[places] < ends[places + 1]]

    def _candidates(self, shelf: int, words: Sequence[Word], most: int) -> Iterator[Array]:
        tier = self.postings.shelves[shelf]
        counted = [(sum(tier.count(*span) for span in word.ranges), word) for word in words]
        drivers = sorted(((n, w) for n, w in counted if n), key=lambda c: c[0])
        if len(words) == 1 and drivers:
            yield from (tier.head(*span, most) for span in words[0].ranges)
            return
        for _, driver in drivers[:2]:
            kept, full = self._having(shelf, driver, words, most)
            yield kept
            if full >= WANTED:
                return

    def _having(self, shelf: int, driver: Word, words: Sequence[Word], most: int) -> tuple[Array, int]:
        """Of the foods that have one word, those that have most of the others too; and how many have all."""
        rarities = np.array([self.lookup.rarity(word) for word in words])
        kept: list[Array] = []
        masses: list[Array] = []
        full = 0
        for number in range(SCANS):
            block = self._block(shelf, driver, number)
            if not len(block.foods):
                break
            has = np.stack(
                [self._has_too(word, block, (shelf, driver.text, driver.begun is not None, number)) for word in words]
            )
            kept.append(block.foods)
            masses.append(rarities @ has)
            full += int(has.all(axis=0).sum())
            if full >= most or len(block.foods) < SCANNED:
                break
        if not kept:
            return np.empty(0, np.int64), 0
        foods, mass = np.concatenate(kept), np.concatenate(masses)
        order = np.argsort(-mass, kind="stable")[:most]
        return foods[order[mass[order] >= ENOUGH * mass[order[0]]]], full

    def _block(self, shelf: int, driver: Word, number: int) -> Tokens:
        """The tokens of the next so many foods that have a word, those that fit it best first."""
        tier = self.postings.shelves[shelf]
        key = (shelf, driver.text, driver.begun is not None, number)
        if key not in self._blocks:
            ranges = driver.ranges
            if len(ranges) == 1 and ranges[0][1] - ranges[0][0] == 1:
                start = int(tier.ends[ranges[0][0]]) + number * SCANNED
                foods = tier.foods[start : min(start + SCANNED, int(tier.ends[ranges[0][1]]))]
            elif number:
                foods = np.empty(0, np.uint32)
            else:
                heads = [tier.head(*span, SCANNED) for span in ranges]
                foods = np.concatenate(heads)
                foods = foods[np.sort(np.unique(foods, return_index=True)[1])]
            self._blocks[key] = self.tokens(foods, words_only=True)
        return self._blocks[key]

    def beside(self, words: Sequence[str], begun: bool, at: int) -> Iterator[Array]:
        """The terms of names that have the rarest of the other words, on the plain shelf and on the branded one."""
        last = len(words) - 1
        others = [
            self.lookup.word(word, begun=begun and n == last)
            for n, word in enumerate(words)
            if n != at and not word.startswith(NOT)
        ]
        for shelf, tier in enumerate(self.postings.shelves):
            counted = [(n, w) for w in others if w and (n := sum(tier.count(*span) for span in w.ranges))]
            rarest = min(counted, key=lambda c: c[0], default=None)
            yield self._block(shelf, rarest[1], 0).terms if rarest else np.empty(0, np.uint32)

    def together(self, words: Sequence[str], *, begun: bool) -> bool:
        """Whether the words stand together in a name as they were typed; a single one, whether plain foods know it."""
        last = len(words) - 1
        if not last:
            return self.lookup.stands(words[0], begun=begun)
        return all(
            any(self.lookup.among(word, terms, begun=begun and at == last) for terms in self.beside(words, begun, at))
            for at, word in enumerate(words)
        )

    def tokens(self, foods: Array, *, words_only: bool = False) -> Tokens:
        """What the names of these foods say, each of which has a word; ``words_only``: without weights and costs."""
        places, begins = self.postings.tokens(foods)
        here = self.postings
        none = np.empty(0, np.float32)
        return Tokens(
            foods.astype(np.int64),
            here.token_terms[places],
            none if words_only else here.token_weights[places] * np.float32(WEIGHT_STEP),
            none if words_only else here.token_costs[places] * np.float32(COST_STEP),
            begins,
        )

    def _has_too(self, word: Word, block: Tokens, key: tuple[int, str, bool, int]) -> Array:
        """``_has``, once for each word and block."""
        here = (*key, word.text, word.begun is not None)
        if here not in self._having_word:
            self._having_word[here] = self._has(word, block)
        return self._having_word[here]

    def _has(self, word: Word, block: Tokens) -> Array:
        return np.logical_or.reduceat(self.qualities(word)[block.terms] > 0, block.begins)

    def qualities(self, word: Word) -> Array:
        """How well each term is what the word stands for, 0 to 1, shape (terms,)."""
        key = (word.text, word.begun is not None)
        if key not in self._qualities:
            made = np.zeros(len(self.postings.term_keys), np.float32)
            if word.begun:
                first, last, least = word.begun
                made[first:last] = least + BEGUN[1] * len(word.text) / self.postings.term_lengths[first:last]
            for first, last, quality in word.spans:
                np.maximum(made[first:last], quality, out=made[first:last])
            self._qualities[key] = made
        return self._qualities[key]

    def found(self, word: Word, block: Tokens) -> Found:
        """What one word found in every candidate."""
        quality = self.qualities(word)[block.terms]
        there = quality > 0
        match = np.maximum.reduceat(quality * block.weights, block.begins)
        refund = np.maximum.reduceat(np.where(there, block.costs, np.float32(0)), block.begins)
        place = np.minimum.reduceat(np.where(there, np.arange(len(there)), len(there) - 1), block.begins)
        if word.floor:
            denied = [(block.terms >= first) & (block.terms < last) for first, last in word.against]
            has = np.logical_or.reduceat(np.logical_or.reduce([*denied, np.zeros(len(there), bool)]), block.begins)
            match = np.where(match > 0, match, np.where(has, 0.0, word.floor))
        return Found(match, refund, place)

    def scores(self, reading: Reading, block: Tokens, seen: dict[tuple[str, bool], Found]) -> Array:
        """Score of every candidate for one reading, without its tier's bonus; -inf where too little matches."""
        total = np.zeros(len(block.foods))
        refund = np.zeros(len(block.foods))
        order, named = np.zeros(len(block.foods)), np.zeros(len(block.foods))
        rarities, sure = 0.0, reading.factor
        before: Found | None = None
        for word in self.words_of(reading):
            if word is None:
                sure *= NOT_KNOWN
                before = None
                continue
            key = (word.text, word.begun is not None)
            if key not in seen:
                seen[key] = self.found(word, block)
            here, rarity = seen[key], self.lookup.rarity(word)
            total += rarity * here.match
            refund += here.refund
            rarities += rarity
            if before and reading.in_order:
                order += _in_order(before, here, block)
            if word.brands_only and self.brand_named:
                np.maximum(named, here.match > 0, out=named)
            before = here
        if not rarities:
            return np.full(len(block.foods), -np.inf)
        total *= sure / rarities
        left = np.maximum(self.postings.leftover[block.foods] - refund, 0.0)
        least = (MOSTLY - reading.factor) * sure if reading.factor < 1 else 0.0
        enough = (total > least) & (total >= ENOUGH * total.max(initial=0.0))
        order += BRAND_NAMED * named
        return np.where(enough, SCALE * total + order - SURPRISE * np.log1p(left), -np.inf)

    def every(self, words: Sequence[str], block: Tokens) -> Array:
        """Which candidates have every one of these words."""
        has = np.ones(len(block.foods), bool)
        for text in words:
            word = self.lookup.word(text, begun=False)
            has &= False if word is None else self._has(word, block)
        return has


def _in_order(before: Found, after: Found, block: Tokens) -> Array:
    """What the order of two words tells: chocolate milk is a milk, milk chocolate is not; ``Milk, chocolate`` is.

    Words of one part of a name weigh the same.
    """
    together = block.weights[before.place] == block.weights[after.place]
    both = (before.match > 0) & (after.match > 0) & together
    steps = after.place - before.place
    told: Array = both * (IN_ORDER * (steps == 1) - OUT_OF_ORDER * (steps == -1))
    return told


def differences(match: Match, reading: Reading, found: Sequence[float]) -> tuple[Difference, ...]:
    """What sets one food apart from what was asked.

    Args:
        match: The query.
        reading: How it was read.
        found: How well the food matches each of the reading's words, 0 to 1.
    """
    told = list(reading.differs)
    for text, word, matched in zip(reading.words, match.words_of(reading), found, strict=True):
        if word is None:
            told.append(Difference(Differs.UNKNOWN, text))
        elif word.floor:
            told += [word.differs] if word.differs else []
            if matched <= word.floor:
                denied = word.differs.found if word.differs else text[1:]
                told.append(Difference(Differs.SILENT if matched else Differs.HAS, denied))
        elif not matched:
            told.append(Difference(Differs.LACKS, text))
        elif word.differs:
            told.append(word.differs)
    return tuple(told)
