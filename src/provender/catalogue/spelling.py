"""Which known words somebody meant who wrote one that nobody knows: by sound, and by slips of the finger."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LETTERS: Final = 16
"""Letters of a word that are compared; later ones count as equal."""
SHORTEST: Final = 3
SLIP: Final = 0.12
"""What a slip takes from how sure a word is."""
ALIKE: Final = (-0.1, 0.8)
"""Slips that a word counts as which sounds the same: so many, and so many more for each."""
KNOWN: Final = 0.03
"""What a word gains by being in ten times as many foods."""
MOST: Final = 6
_SOUNDS: Final = (
    (re.compile(r"sch|tch|cch|ch|ck|cq|qu|q"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"igh"), "i"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^kn"), "n"),
    (re.compile(r"sc(?=[eiy])|c(?=[eiy])|z"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"(?<=[aeiou])w|(?<!^)h"), ""),
    (re.compile(r"[aeiouy]+"), "a"),
)
"""What sounds alike is written alike, in this order. Source: own, after Soundex (Russell, US 1261167, 1918)."""


_ENDING: Final = re.compile(r"(?:y|i)$")
_DOUBLED: Final = re.compile(r"(.)\1+")
_SILENT: Final = re.compile(r"(?<=..)a$")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a word sounds, roughly: ``brocolli`` and ``broccoli`` both give ``brakal``."""
    return _SILENT.sub("", _DOUBLED.sub(r"\1", _sounds(word)))[:12]


def _sounds(word: str) -> str:
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word


@dataclass(frozen=True)
class Spelling:
    """The words or phrases that can be meant, in flat arrays so that they can be mapped from a file.

    Attributes:
        words: Each word in UTF-8, sorted by sound, shape (words,), dtype ``S``.
        sounds: How each sounds, sorted, shape (words,), dtype ``S12``.
        letters: Their first 16 letters, one byte each, 0 where there is none, shape (words, 16).
        masks: Which letters of the alphabet a word has, one bit each, shape (words,).
        foods: In how many foods' names each stands, shape (words,).
    """

    words: Array
    sounds: Array
    letters: Array
    masks: Array
    foods: Array

    @classmethod
    def build(cls, counted: Mapping[str, int]) -> "Spelling":
        """The words of three letters or more, with the number of foods that have each.

        A phrase is compared as if its words were written together.
        """
        bare = {word: word.replace(" ", "") for word in counted}
        known = sorted((sound(bare[word]), word) for word in counted if bare[word].isalpha() and len(bare[word]) > 2)
        return cls(
            words=np.array([word.encode() for _, word in known], dtype="S"),
            sounds=np.array([heard.encode() for heard, _ in known], dtype="S12"),
            letters=_letters([bare[word] for _, word in known]),
            masks=np.array([_mask(bare[word]) for _, word in known], dtype=np.uint32),
            foods=np.array([counted[word] for _, word in known], dtype=np.uint32),
        )

    def near(self, word: str, *, begun: bool = False, wide: bool = False) -> list[tuple[str, float, int]]:
        """Words that may have been meant, surest first.

        Args:
            word: Folded; nothing is near a word of fewer than three letters or with a digit in it.
            begun: Whether the word may be only begun; then words near whose beginning it is are meant too.
            wide: Whether one slip more than usual is allowed.

        Returns:
            At most six words, each with how sure it is, 0 to 0.95, and the number of foods that have it.
        """
        if len(word) < SHORTEST or not word.isalpha() or not len(self.words):
            return []
        allowed = (1 if len(word) < 6 else 2) + wide
        distances = self._distances(word, allowed, begun=begun)
        alike = self._sounding(word)
        if len(alike):
            for at, slips in zip(alike, self._slips_of(word, alike), strict=True):
                if slips <= 3:
                    distances[at] = min(distances.get(at, 9.0), ALIKE[0] + ALIKE[1] * slips)
        found = []
        for at, distance in distances.items():
            meant = self.words[at].decode()
            foods = int(self.foods[at])
            other = 0.6 * (meant[0] != word[0] and meant[:2] != word[1::-1] and at not in alike)
            found.append((meant, min(0.95, 0.8 - SLIP * (distance + other) + KNOWN * log10(1 + foods)), foods))
        return sorted(found, key=lambda f: (-f[1], f[0]))[:MOST]

    def short_for(self, word: str) -> list[tuple[str, float, int]]:
        """Words whose consonants these are: ``chkn`` for ``chicken``; empty unless there is no vowel."""
        if len(word) < 3 or re.search(r"[aeiouy]", word) or not word.isalpha():
            return []
        bare = _sounds(word)
        near = [at for at, heard in enumerate(self.sounds.tolist()) if heard.decode().replace("a", "") == bare]
        best = sorted(near, key=lambda at: -int(self.foods[at]))[:3]
        return [(self.words[at].decode(), 0.8, int(self.foods[at])) for at in best]

    def _slips_of(self, word: str, places: range) -> list[float]:
        """How many slips each word that sounds so is away; ``y`` for ``ie`` at the end is none."""
        letters = self.letters[places.start : places.stop]
        slips = _slips(word, letters, begun=False)[:, -1]
        if (other := _ENDING.sub("ie", word)) != word:
            slips = np.minimum(slips, _slips(other, letters, begun=False)[:, -1])
        return [float(count) for count in slips.tolist()]

    def _sounding(self, word: str) -> range:
        heard = sound(word).encode()
        if len(heard) < 2:
            return range(0)
        first, last = np.searchsorted(self.sounds, heard, "left"), np.searchsorted(self.sounds, heard, "right")
        return range(int(first), int(last))

    def _as_long(self, length: int, allowed: int) -> Array:
        """Which words are about so long; as far as their letters are kept."""
        long_enough = self.letters[:, min(LETTERS, max(1, length - allowed)) - 1] != 0
        fits: Array = long_enough
        return fits & (self.letters[:, length + allowed] == 0) if length + allowed < LETTERS else fits

    def _distances(self, word: str, allowed: int, *, begun: bool) -> dict[int, float]:
        """Place to slips, of the words within so many."""
        mask = np.uint32(_mask(word))
        near = np.bitwise_count(mask ^ self.masks) <= 2 * allowed
        near &= self._as_long(len(word), allowed)
        if len(word) == SHORTEST:
            near &= (self.letters[:, :2] == ord(word[0]) % 256).any(axis=1)
        if begun:
            missing = np.bitwise_count(mask & ~self.masks)
            near |= (missing <= allowed) & (self.letters[:, 0] == ord(word[0]) % 256)
        places = np.flatnonzero(near)
        if not len(places):
            return {}
        table = _slips(word, self.letters[places], begun=begun)
        whole = table[:, -1]
        fits = {int(at): float(d) for at, d in zip(places[whole <= allowed], whole[whole <= allowed], strict=True)}
        if begun and len(word) > SHORTEST and table.shape[1] > 1:
            least = table[:, :-1].min(axis=1)
            close = least <= allowed
            for at, d in zip(places[close], least[close], strict=True):
                fits.setdefault(int(at), float(d) + 1.0)
        return fits


def _letters(words: list[str]) -> Array:
    block = b"".join(_bytes(word) for word in words)
    return np.frombuffer(block, dtype=np.uint8).reshape(-1, LETTERS)


def _bytes(word: str) -> bytes:
    return word[:LETTERS].encode("latin-1", "replace").ljust(LETTERS, b"\0")


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) - 97 if "a" <= letter <= "z" else 26)
    return mask


def _slips(word: str, letters: Array, *, begun: bool) -> Array:
    """How many slips away each word is: a letter missing, too many, wrong, or swapped with its neighbour.

    Args:
        word: What was written.
        letters: Words to compare, shape (n, 16).
        begun: Whether to say it of their beginnings too.

    Returns:
        Shape (n, 1), or (n, beginnings + 1) when ``begun``: the last column is for the whole words.

    Source: Damerau, 1964, https://doi.org/10.1145/363958.363994, the four kinds of single error; the distance
    of Wagner and Fischer, 1974, https://doi.org/10.1145/321796.321811, a row at a time for all words at once.
    """
    typed = np.frombuffer(_bytes(word), dtype=np.uint8)[: len(word)]
    lengths = (letters != 0).sum(axis=1)
    steps = np.arange(LETTERS + 1, dtype=np.int8)
    before = np.broadcast_to(steps, (len(letters), LETTERS + 1))
    two_before = before
    for row, letter in enumerate(typed):
        here = np.empty((len(letters), LETTERS + 1), dtype=np.int8)
        here[:, 0] = row + 1
        same = letters == letter
        np.minimum(before[:, :-1] + ~same, before[:, 1:] + 1, out=here[:, 1:])
        if row:
            swapped = same[:, :-1] & (letters[:, 1:] == typed[row - 1])
            np.minimum(here[:, 2:], np.where(swapped, two_before[:, :-2] + 1, 99), out=here[:, 2:])
        here = np.minimum.accumulate(here - steps, axis=1) + steps
        two_before, before = before, here
    whole: Array = before[np.arange(len(letters)), lengths][:, None]
    if not begun:
        return whole
    first, last = max(1, len(word) - 2), min(LETTERS, len(word) + 2)
    parts = np.where(np.arange(first, last + 1) < lengths[:, None], before[:, first : last + 1], 99)
    return np.concatenate([parts, whole], axis=1)
