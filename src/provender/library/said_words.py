"""Which words of a list a text holds: whole words, beginnings, several in a row; and whether "no" stands before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from provender.library.plain_words import is_misspelt, plain, words

_NO: Final = frozenset({"no", "not", "without", "never", "denies", "isnt", "wasnt", "arent", "neither", "nor"})
_BETWEEN: Final = frozenset({"any", "a", "an", "the", "sign", "signs", "symptom", "symptoms", "of", "or", "nor", "new"})
_CLAUSE: Final = re.compile(r"[.;:,!?\n\r()]")
EVEN_BEHIND_NO: Final = "!"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words in a row; one that ends with * stands for any ending.

    Attributes:
        words: Each plain, with its *.
        even_behind_no: Whether it counts where "no" stands before it ("no urine").
    """

    words: tuple[str, ...]
    even_behind_no: bool = False

    def at(self, said: tuple[str, ...], place: int) -> bool:
        """Whether the words from this place on are these."""
        here = said[place : place + len(self.words)]
        return len(here) == len(self.words) and all(map(_is, self.words, here))


@cache
def pattern(text: str) -> Pattern:
    """A pattern as it is written on the shelves: ``numb*``, ``both legs``, ``!urin*``."""
    parts = text.removeprefix(EVEN_BEHIND_NO).split()
    each = tuple(plain(part) + ("*" if part.endswith("*") else "") for part in parts)
    return Pattern(each, even_behind_no=text.startswith(EVEN_BEHIND_NO))


def _is(wanted: str, said: str) -> bool:
    stem = wanted.removesuffix("*")
    return said.startswith(stem) if wanted.endswith("*") else said in (stem, f"{stem}s")


def is_called(text: str, patterns: Iterable[str]) -> bool:
    """Whether a text holds one of the patterns, also with one wrong letter in a long word; "no" is not heard."""
    said = words(text)
    return any(
        one.at(said, place) or _almost(one, said, place) for one in map(pattern, patterns) for place in range(len(said))
    )


def _almost(one: Pattern, said: tuple[str, ...], place: int) -> bool:
    here = said[place : place + len(one.words)]
    return len(here) == len(one.words) and all(
        _is(wanted, word) or _nearly(wanted.removesuffix("*"), word, any_ending=wanted.endswith("*"))
        for wanted, word in zip(one.words, here, strict=True)
    )


def _nearly(stem: str, word: str, *, any_ending: bool) -> bool:
    """One wrong letter; behind a * the beginning of the word may be a letter longer or shorter than the stem."""
    sizes = range(len(stem) - 1, len(stem) + 2) if any_ending else (len(word),)
    return any(is_misspelt(word[:size], stem) for size in sizes)


def heard(note: str, patterns: Iterable[str]) -> bool:
    """Whether a note says one of the patterns, and not simply that there is none: "no fever" does not say fever."""
    each = [pattern(text) for text in patterns]
    return any(
        one.at(said, place) and (one.even_behind_no or not _denied(said, place))
        for clause in _CLAUSE.split(note)
        for said in [words(clause)]
        for one in each
        for place in range(len(said))
    )


def _denied(said: tuple[str, ...], place: int) -> bool:
    """Whether "no" stands directly before, or before a list of things joined by "or"."""
    back = place - 1
    while back >= 0 and (said[back] in _BETWEEN or _listed(said, back)):
        if said[back] == "nor":
            return True
        back -= 1
    return back >= 0 and said[back] in _NO and said[back + 1 : back + 2] != ("only",)


def _listed(said: tuple[str, ...], place: int) -> bool:
    """Whether a word is one of a list that goes on with "or"."""
    return said[place + 1 : place + 2] in (("or",), ("nor",)) and said[place] not in _NO
