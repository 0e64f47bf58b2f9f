"""What a reader of a publisher's files hands to the builder."""

from collections.abc import Iterable, Iterator
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
class Published:
    """One publisher's release, ready to be read.

    Attributes:
        key: Prefix of the ids of its foods.
        name: In plain English.
        release: The publisher's release.
        licence: Terms of use in a few words.
        items: Foods and problems, in the order of the files; read once.
        total: How many foods to expect; None when that is not known beforehand.
    """

    key: str
    name: str
    release: str
    licence: str
    items: Iterable[Food | Problem] | Iterator[Food | Problem]
    total: int | None = None


class Reader(Protocol):
    """Reads one publisher's format."""

    def __call__(self, path: Path) -> Published:
        """The release at this path.

        Raises:
            SourceError: The files are not there, or are not this publisher's.
        """
        ...
