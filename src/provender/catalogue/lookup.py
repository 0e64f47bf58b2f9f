"""From one word of a query to the terms it can stand for: itself, its synonyms, what it begins, what it misspells."""

import re
from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np

from provender.catalogue.postings import BEGUN, Postings
from provender.catalogue.readings import wordings
from provender.catalogue.spelling import Spelling
from provender.catalogue.words import ASSERTS, NOT, stem, term

ALSO_CALLED: Final = 0.97
"""Match of a synonym."""
INSIDE: Final = 0.6
"""Match of a word found only inside another."""
DENIED: Final = 1.0
"""How much a word tells that says what must be absent; another word tells 0.5 to 13."""
SILENT: Final = 0.5
"""Match of a food that does not say whether it has what must be absent."""
RARE: Final = 0.03
"""A word in so small a share of another's foods is a misspelling of that."""


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
        note: What was read differently; "" when nothing.
    """

    text: str
    spans: tuple[tuple[int, int, float], ...]
    begun: tuple[int, int, float] | None = None
    floor: float = 0.0
    against: tuple[tuple[int, int], ...] = ()
    foods: int = 0
    note: str = ""

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Every range of terms that it can stand for."""
        return [s[:2] for s in self.spans] + ([self.begun[:2]] if self.begun else [])


class Lookup:
    """The words of one query; each is looked up once.

    Args:
        postings: The inverted index.
        spelling: The words that a misspelt one can mean.
    """

    def __init__(self, postings: Postings, spelling: Spelling) -> None:
        self.postings = postings
        self.spelling = spelling
        self._words: dict[tuple[str, bool], Word | None] = {}
        self._near: dict[tuple[str, bool], list[tuple[str, float, int]]] = {}

    def word(self, text: str, *, begun: bool) -> Word | None:
        """What a word can stand for; None when no food knows it, however spelt."""
        if (text, begun) not in self._words:
            self._words[text, begun] = self._absent(text, begun) if text.startswith(NOT) else self._present(text, begun)
        return self._words[text, begun]

    def rarity(self, word: Word) -> float:
        """How much a word tells: more, the fewer foods have it. Source: own, after Robertson and Spärck Jones, 1976."""
        return DENIED if word.floor else log1p(len(self.postings.prior) / (1 + word.foods)) + 0.5

    def near(self, text: str, *, begun: bool = False) -> list[tuple[str, float, int]]:
        """As ``Spelling.near``, once for each word."""
        if (text, begun) not in self._near:
            self._near[text, begun] = self.spelling.near(text, begun=begun)
        return self._near[text, begun]

    def _present(self, text: str, begun: bool) -> Word | None:
        own = self.postings.span(stem(text))
        others = wordings().same.get(stem(text), ())
        spans = [(*own, 1.0)] if own[0] < own[1] else []
        note = "" if spans or not others else f"“{text}” read as “{others[0]}”"
        spans += [(*s, ALSO_CALLED) for other in others if (s := self.postings.span(term(other)))[0] < s[1]]
        beginning = self._begun(text, known=bool(spans)) if begun else None
        word = self._counted(Word(text, tuple(spans), beginning, note=note))
        if not self._plainly_known(word):
            word = self._respelt(word, begun)
        return word if word.ranges else self._inside(text)

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
        near = [*self.near(word.text, begun=begun), *self.spelling.short_for(word.text)]
        likely = [(w, sure) for w, sure, foods in near if word.foods <= max(3, RARE * foods)]
        found = [(*s, sure) for w, sure in likely if (s := self.postings.span(w))[0] < s[1]]
        if not found:
            return word
        note = word.note or ("" if word.foods else f"“{word.text}” read as “{likely[0][0]}”")
        return self._counted(Word(word.text, (*word.spans, *found), word.begun, note=note))

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
        return self._counted(word) if word.ranges or word.against else None

    def _counted(self, word: Word) -> Word:
        foods = sum(shelf.count(*span) for shelf in self.postings.shelves for span in word.ranges)
        return Word(word.text, word.spans, word.begun, word.floor, word.against, foods, word.note)
