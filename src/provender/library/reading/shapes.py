"""Patterns that are asked of the same words again and again, by one rule after another."""

import re
from collections.abc import Iterator
from functools import lru_cache

KEPT = 128
"""So many last answers are kept: more clauses than one sentence has."""


class Shape:
    """A pattern that remembers where it was found last; used as a compiled pattern is."""

    def __init__(self, pattern: str, flags: int = re.IGNORECASE) -> None:
        self.pattern = re.compile(pattern, flags)
        self._search = lru_cache(maxsize=KEPT)(self.pattern.search)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place in a text from a position on; None where there is none."""
        return self._search(text, start)

    def match(self, text: str) -> re.Match[str] | None:
        """The place at the beginning of a text; None where there is none."""
        return self.pattern.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The whole of a text; None where it is something else."""
        return self.pattern.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in a text."""
        return self.pattern.finditer(text)

    def sub(self, new: str, text: str, count: int = 0) -> str:
        """A text with other words at each place."""
        return self.pattern.sub(new, text, count=count)
