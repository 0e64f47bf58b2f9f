"""What the shelves hold: every record by its id, and where each of its fields stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from provender.library.finding import Finding, Level, Path, field_name
from provender.library.records import Article, Claim, Hub, RedFlags, Source, Study, Substance
from provender.library.refusals import line_of, nearest
from provender.library.statements import Statement, statements
from provender.terms.errors import NotFoundError

Lines = Mapping[Path, int]
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sources": ".json",
        "studies": ".yaml",
        "claims": ".yaml",
        "substances": ".yaml",
        "redflags": ".yaml",
        "hubs": ".yaml",
        "articles": ".md",
    }
)
"""Folders of the shelves and the ending of their files."""


@dataclass(frozen=True)
class Shelf:
    """Everything that is published, by id, in alphabetical order; read once and kept by whoever needs it.

    Attributes:
        sources, studies, claims, substances, redflags, hubs, articles: Records by id.
        pictures: Files by name.
        lines: Of every file under the root, the line of each field.
    """

    sources: Mapping[str, Source]
    studies: Mapping[str, Study]
    claims: Mapping[str, Claim]
    substances: Mapping[str, Substance]
    redflags: Mapping[str, RedFlags]
    hubs: Mapping[str, Hub]
    articles: Mapping[str, Article]
    pictures: Mapping[str, Traversable]
    lines: Mapping[str, Lines]

    def folder(self, name: str) -> Mapping[str, Any]:
        """The records of one folder, such as ``claims``."""
        found: Mapping[str, Any] = getattr(self, name)
        return found

    def record(self, folder: str, record_id: str) -> Any:
        """One record.

        Raises:
            NotFoundError: There is none of this id.
        """
        found = self.folder(folder)
        if record_id not in found:
            raise NotFoundError(f"found no {record_id} in {folder}; {nearest(record_id, found)}")
        return found[record_id]

    def finding(self, check: str, level: Level, file: str, path: Path, *said: str) -> Finding:
        """A finding about a field; ``said`` is what was found, what was expected, what to do."""
        found, expected, remedy = said
        return Finding(check, level, file, self.line(file, path), field_name(path), found, expected, remedy)

    def line(self, file: str, path: Path) -> int | None:
        """The line of a field; None where the file's lines are not known."""
        return line_of(path, self.lines.get(file, {}))

    @cached_property
    def sentences(self) -> Mapping[str, tuple[Statement, ...]]:
        """The sentences of every article, by its id."""
        return MappingProxyType({name: statements(article) for name, article in self.articles.items()})

    def every_record(self) -> Iterator[tuple[str, str, Any]]:
        """Every record with its folder and file."""
        for folder in ENDINGS:
            for record_id, record in self.folder(folder).items():
                yield folder, file_of(folder, record_id), record


def file_of(folder: str, record_id: str) -> str:
    """Where a record stands under the root of the shelves."""
    return f"{folder}/{record_id}{ENDINGS[folder]}"
