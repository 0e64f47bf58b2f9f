"""Text that a person typed as plain words, and words a person may have meant."""

import re
import unicodedata
from typing import Final

_APOSTROPHES: Final = re.compile(r"['\u2018\u2019\u02bc]")
_NO_WORD: Final = re.compile(r"[\W_]+")
LEAST_MISSPELT: Final = 7
"""Letters of the shortest word in which one wrong letter is forgiven."""


def plain(text: str) -> str:
    """Small letters without accents, hyphens and apostrophes, one space between words: ``Co-codamol`` is co codamol.

    Letters of other scripts stay, so that nothing that was typed is lost.
    """
    spelt = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    return _NO_WORD.sub(" ", "".join(one for one in spelt if not unicodedata.combining(one))).strip()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, each plain."""
    return tuple(plain(text).split())


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, added, changed or swapped with its neighbour; equal words are not."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or right[1:] == left
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def is_misspelt(typed: str, meant: str) -> bool:
    """Whether a long word is another but for one letter."""
    return len(typed) >= LEAST_MISSPELT and one_edit_apart(typed, meant)
