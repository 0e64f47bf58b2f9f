"""What a reader of a publisher's files hands to the builder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from provender.catalogue.food import Food


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a publisher's file that cannot be used; it is quarantined and counted, never fatal.

    Attributes:
        file: Name of the file.
        line: Line in it, from 1; 0 when the file has no lines.
        column: Which column or field.
        found: What stood there, cut to a readable length.
        why: Why it cannot be used.
    """

    file: str
    line: int
    column: str
    found: str
    why: str

    def __str__(self) -> str:
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{where}, {self.column}: found “{self.found[:80]}”; {self.why}"


@dataclass(frozen=True, slots=True)
class Revision:
    """One of several revisions of the same food; the builder keeps the latest.

    Attributes:
        food: The food as this revision has it.
        of: What the revisions share, e.g. a barcode; compared within one source key.
        published: When it was published, in a form that sorts by time, e.g. ``2024-10-31``.
    """

    food: Food
    of: str
    published: str


Item = Food | Revision | Problem
"""What a reader yields."""


@dataclass(frozen=True, slots=True)
class Published:
    """One publisher's release, ready to be read.

    Attributes:
        key: Prefix of the ids of its foods.
        name: In plain English.
        release: The publisher's release; "" when each food has its own (the newest is then the release).
        licence: Terms of use in a few words.
        items: Foods, revisions and problems, in the order of the files; read once.
        total: How many foods to expect; None when that is not known beforehand.
    """

    key: str
    name: str
    release: str
    licence: str
    items: Iterable[Item]
    total: int | None = None


class Reader(Protocol):
    """Reads one publisher's format."""

    def __call__(self, path: Path) -> Published:
        """The release at this path.

        Raises:
            SourceError: The files are not there, or are not this publisher's.
        """
        ...
