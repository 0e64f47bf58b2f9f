"""From one word of a query to the terms it can stand for: itself, its synonyms, what it begins, what it misspells."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from math import log1p
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from provender.catalogue.differences import Difference, Differs
from provender.catalogue.postings import BEGUN, Postings
from provender.catalogue.readings import Phrase, Reading, wordings
from provender.catalogue.spelling import SHORTEST, Spelling, sound
from provender.catalogue.words import ASSERTS, NOT, stem, term

ALSO_CALLED: Final = 0.97
"""Match of a synonym."""
INSIDE: Final = 0.6
"""Match of a word found only inside another."""
DENIED: Final = 1.0
"""How much a word tells that says what must be absent; another word tells 0.5 to 13."""
ONLY_BEGUN: Final = 0.6
"""Share of that for a word only begun, that is none yet."""
SILENT: Final = 0.5
"""Match of a food that does not say whether it has what must be absent."""
SHORTEST_PHRASE: Final = 5
"""Letters of a phrase that can be misspelt."""
MOST_INSTEAD: Final = 2
SURE_INSTEAD: Final = 0.62
"""How many other words are shown beside those that are read, and how sure they must be."""
MOST_SPELT: Final = 6
MOST_MEANT: Final = 3
"""Words that a misspelt one is taken for, in all and as readings of their own."""
SPELT: Final = (0.2, 0.9)
"""Sureness of a reading with a respelt word: so much, and more by how sure the word is."""
LESS_SURE: Final = 0.05
"""How much less sure than the best a word may be to be thought of at all."""
BESIDE: Final = 0.1
"""What a word gains in sureness that stands beside the query's other words in the name of a food."""
RARE: Final = 0.03
FEW: Final = 3
FEW_ALIKE: Final = 40
ALIKE: Final = 0.75
"""A word in so small a share of another's foods, or in so few, is a misspelling of that; in more if alike in sound."""


Terms = npt.NDArray[Any]
Beside = Callable[[int], Iterable[Terms]]


@dataclass(frozen=True)
class Word:
    """The terms that a word can stand for.

    Attributes:
        text: The word; what must be absent begins with ``-``.
        spans: First term, the one after the last, and quality 0 to 1.
        begun: First and last of the terms that begin so, and the least match of one; None for none.
        floor: Match of a food whose name is silent.
        against: First and last of the terms that a food must not have.
        foods: Postings of all of them, of branded foods too.
        brands_only: Whether only brands' foods have it.
        differs: What it was taken for; None where it is known as typed.
    """

    text: str
    spans: tuple[tuple[int, int, float], ...]
    begun: tuple[int, int, float] | None = None
    floor: float = 0.0
    against: tuple[tuple[int, int], ...] = ()
    foods: int = 0
    brands_only: bool = False
    differs: Difference | None = None

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Every range of terms that it can stand for."""
        return [s[:2] for s in self.spans] + ([self.begun[:2]] if self.begun else [])


class Lookup:
    """The words of one query; each is looked up once.

    Args:
        postings: The inverted index.
        spelling: The words that a misspelt one can mean.
        phrases: The phrases that a misspelt one can mean.
    """

    def __init__(self, postings: Postings, spelling: Spelling, phrases: Spelling) -> None:
        self.postings = postings
        self.spelling = spelling
        self.phrases = phrases
        self._words: dict[tuple[str, bool], Word | None] = {}
        self._as_typed: dict[tuple[str, bool], Word] = {}
        self._near: dict[tuple[str, bool], list[tuple[str, float, int]]] = {}
        self._phrases: dict[str, list[tuple[str, float, int]]] = {}

    def word(self, text: str, *, begun: bool) -> Word | None:
        """What a word can stand for; None when no food knows it, however spelt."""
        if (text, begun) not in self._words:
            self._words[text, begun] = self._absent(text, begun) if text.startswith(NOT) else self._present(text, begun)
        return self._words[text, begun]

    def rarity(self, word: Word) -> float:
        """How much a word tells: more, the fewer foods have it. Source: own, after Robertson and Spärck Jones, 1976."""
        if word.floor:
            return DENIED
        told = log1p(len(self.postings.prior) / (1 + word.foods)) + 0.5
        return told if word.spans else ONLY_BEGUN * told

    def near(self, text: str, *, begun: bool = False) -> list[tuple[str, float, int]]:
        """As ``Spelling.near``, once for each word."""
        if (text, begun) not in self._near:
            self._near[text, begun] = self.spelling.near(text, begun=begun)
        return self._near[text, begun]

    def phrase(self, text: str) -> list[tuple[str, float, int]]:
        """As ``Spelling.near`` of the phrases, once for each word."""
        if text not in self._phrases:
            self._phrases[text] = self.phrases.near(text) if len(text) >= SHORTEST_PHRASE else []
        return self._phrases[text]

    def respelt(self, words: Sequence[str], *, begun: bool, beside: Beside | None = None) -> list[Reading]:
        """The query with what may be misspelt in it as it may have been meant, surest first.

        Args:
            words: The query's words.
            begun: Whether the last may be only begun.
            beside: The terms that stand in names beside the other words, on the plain shelf and on the branded one.
        """
        last = len(words) - 1
        likely = [self._likely(word, begun=begun and at == last) for at, word in enumerate(words)]
        if beside and len(words) > 1:
            likely = [
                self._fitting(word, found, {*map(stem, words)}, begun and at == last, beside(at))
                for at, (word, found) in enumerate(zip(words, likely, strict=True))
            ]
        if not any(likely):
            return []
        first = [found[0][0] if found else word for word, found in zip(words, likely, strict=True)]
        ways = [(first, max(found[0][1] for found in likely if found))]
        for at, found in enumerate(likely):
            ways += [([*first[:at], other, *first[at + 1 :]], sure) for other, sure in found[1:MOST_MEANT]]
        return [self._spelt(words, way, sure) for way, sure in ways]

    def _fitting(
        self, text: str, likely: list[tuple[str, float]], others: Set[str], begun: bool, beside: Iterable[Terms]
    ) -> list[tuple[str, float]]:
        """What a word may have been meant to be, surer what stands beside the other words; none if it does itself."""
        if text.startswith(NOT) or len(text) < SHORTEST or not text.isalpha() or _in_table(text):
            return likely
        names = []
        for terms in beside:
            if self.among(text, terms, begun=begun):
                return likely
            names.append(terms)
        near = dict(likely) | {meant: sure for meant, sure, _ in self.near(text)}
        near = {meant: sure for meant, sure in near.items() if meant not in others}
        known = self._plainly_known(self._typed(text, begun))
        for terms in names:
            if fits := [(m, sure + BESIDE) for m, sure in near.items() if _among(self.postings.span(m), terms)]:
                return sorted(fits + ([] if known else likely), key=lambda found: (-found[1], found[0]))
        return [] if known else likely

    def stands(self, text: str, *, begun: bool) -> bool:
        """Whether a plain food has the word as typed, or any food one that begins so where it may be only begun."""
        word = self._typed(text, begun)
        return self._plainly_known(word) or word.begun is not None

    def among(self, text: str, terms: Terms, *, begun: bool) -> bool:
        """Whether a word as typed, or by another name, is among these terms."""
        return any(_among(span, terms) for span in self._typed(text, begun).ranges)

    def instead(self, words: Sequence[str]) -> list[tuple[Phrase, Difference]]:
        """The query with one word as it may have been meant where few plain foods have it as typed, surest first."""
        found: dict[Phrase, tuple[float, Difference]] = {}
        for at, word in enumerate(words):
            if len(word) <= SHORTEST or not word.isalpha() or self._common(word):
                continue
            for meant, sure, _ in (*self.near(word)[:MOST_INSTEAD], *self.phrase(word)[:MOST_INSTEAD]):
                way = (*words[:at], *meant.split(), *words[at + 1 :])
                if meant != stem(word) and sure > max(SURE_INSTEAD, found.get(way, (0.0,))[0]):
                    found[way] = sure, _otherwise(word, meant)
        surest = sorted(found.items(), key=lambda way: (-way[1][0], way[0]))
        return [(way, differs) for way, (_, differs) in surest[:MOST_INSTEAD]]

    def _common(self, text: str) -> bool:
        """Whether more than a few plain foods have the word as typed, or the table of wordings has it."""
        plain = sum(self.postings.plain.count(*span[:2]) for span in self._typed(text, begun=False).spans)
        return plain > FEW or _in_table(text)

    def _spelt(self, words: Sequence[str], way: Sequence[str], sure: float) -> Reading:
        differs = tuple(_otherwise(word, meant) for word, meant in zip(words, way, strict=True) if word != meant)
        return spelt(way, sure, differs)

    def _likely(self, text: str, *, begun: bool) -> list[tuple[str, float]]:
        """What a word that plain foods do not know may have been meant to be."""
        if text.startswith(NOT) or _in_table(text):
            return []
        word = self._typed(text, begun)
        if self._plainly_known(word):
            return []
        near = [*self.near(text, begun=begun), *self.spelling.short_for(text)]
        for bare in dict.fromkeys((stem(text), text.rstrip("s"))):
            if bare != text:
                near += self.near(bare, begun=begun)
        if not near and not word.foods and len(text) > SHORTEST + 1:
            near = self.spelling.near(text, wide=True)
        sure: dict[str, float] = {}
        for meant, closeness, _ in near:
            foods = sum(shelf.count(*self.postings.span(meant)) for shelf in self.postings.shelves)
            alike = FEW_ALIKE if closeness >= ALIKE and sound(meant) == sound(text) else FEW
            if word.foods <= max(alike, RARE * foods):
                sure[meant] = max(closeness, sure.get(meant, 0.0))
        best = max(sure.values(), default=0.0)
        kept = [found for found in sure.items() if found[1] >= best - LESS_SURE]
        return sorted(kept, key=lambda found: (-found[1], found[0]))[:MOST_SPELT]

    def _present(self, text: str, begun: bool) -> Word | None:
        word = self._typed(text, begun)
        if not self._plainly_known(word):
            word = self._respelt(word, begun)
        return word if word.ranges else self._inside(text)

    def _typed(self, text: str, begun: bool) -> Word:
        if (text, begun) not in self._as_typed:
            self._as_typed[text, begun] = self._looked_up(text, begun)
        return self._as_typed[text, begun]

    def _looked_up(self, text: str, begun: bool) -> Word:
        own = self.postings.span(stem(text))
        others = wordings().same.get(stem(text), ())
        spans = [(*own, 1.0)] if own[0] < own[1] else []
        differs = None if spans or not others else _otherwise(text, others[0])
        spans += [(*s, ALSO_CALLED) for other in others if (s := self.postings.span(term(other)))[0] < s[1]]
        beginning = self._begun(text, known=bool(spans)) if begun else None
        return self._counted(Word(text, tuple(spans), beginning, differs=differs))

    def _begun(self, text: str, *, known: bool) -> tuple[int, int, float] | None:
        first, last = self.postings.begun(text)
        if first == last and text.endswith(("i", "ie")):
            first, last = self.postings.begun(text[: text.rindex("i")] + "y")
        return (first, last, BEGUN[0] + 0.1 * (not known)) if first < last else None

    def _plainly_known(self, word: Word) -> bool:
        """Whether a plain food has the word as typed, or several have one that begins so."""
        plain = self.postings.plain
        whole = sum(plain.count(*s[:2]) for s in word.spans)
        return whole > 0 or (word.begun is not None and plain.count(*word.begun[:2]) > 4)

    def _respelt(self, word: Word, begun: bool) -> Word:
        """The word with those that it may be a misspelling of."""
        likely = self._likely(word.text, begun=begun)
        found = [(*s, sure) for meant, sure in likely if (s := self.postings.span(meant))[0] < s[1]]
        if not found:
            return word
        differs = word.differs or (None if word.foods else _otherwise(word.text, likely[0][0]))
        return self._counted(Word(word.text, (*word.spans, *found), word.begun, differs=differs))

    def _inside(self, text: str) -> Word | None:
        """The terms that have the word somewhere inside."""
        if len(text) < 4:
            return None
        ends, sought = self.postings.term_ends, stem(text).encode()
        found = []
        for hit in re.finditer(re.escape(sought), self.postings.term_block.data):
            at = int(np.searchsorted(ends, hit.start(), "right")) - 1
            if hit.end() <= int(ends[at + 1]):
                found.append((at, at + 1, INSIDE))
        return self._counted(Word(text, tuple(found[:64]))) if found else None

    def _absent(self, text: str, begun: bool) -> Word | None:
        said, spoken = stem(text[1:]), self.postings.span(term(text))
        against = [self.postings.span(w) for w in (said, ASSERTS.get(said, "")) if w]
        beginning = self.postings.begun(text) if begun else (0, 0)
        word = Word(
            text,
            ((*spoken, 1.0),) if spoken[0] < spoken[1] else (),
            (*beginning, BEGUN[0]) if beginning[0] < beginning[1] else None,
            floor=SILENT,
            against=tuple(s for s in against if s[0] < s[1]),
        )
        return self._counted(word) if word.ranges or word.against else self._denied(text)

    def _denied(self, text: str) -> Word | None:
        """What must be absent, where its name is misspelt."""
        for meant, _, _ in self.near(text[1:]):
            if _filled(self.postings.span(NOT + meant)) and (word := self._absent(NOT + meant, begun=False)):
                return replace(word, text=text, differs=_otherwise(text[1:], meant))
        return None

    def _counted(self, word: Word) -> Word:
        plain, branded = (sum(shelf.count(*span) for span in word.ranges) for shelf in self.postings.shelves)
        return replace(word, foods=plain + branded, brands_only=not plain and bool(branded))


def spelt(words: Sequence[str], sure: float, differs: tuple[Difference, ...]) -> Reading:
    """A query respelt, as sure as its least sure word."""
    return Reading(tuple(words), False, min(0.95, SPELT[0] + SPELT[1] * sure), differs, in_order=True)


def _otherwise(asked: str, found: str) -> Difference:
    return Difference(Differs.READ_AS, asked, found)


def _among(span: tuple[int, int], terms: Terms) -> bool:
    """Whether one of the terms of a span is among these."""
    return bool(((terms >= span[0]) & (terms < span[1])).any())


def _filled(span: tuple[int, int]) -> bool:
    return span[0] < span[1]


def _in_table(text: str) -> bool:
    """Whether the table of wordings has the word."""
    return stem(text) in wordings().same or (stem(text),) in wordings().phrases
