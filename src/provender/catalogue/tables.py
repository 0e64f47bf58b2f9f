"""A publisher's tables: text files in a folder, gzipped or not, or members of a zip, read row by row."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from provender.catalogue.publisher import Problem
from provender.terms.errors import SourceError

if TYPE_CHECKING:
    import _csv

_DAMAGED: Final = (OSError, EOFError, zlib.error, BadZipFile)
"""What reading a cut or flipped file, gzip or zip raises."""
_NOT_TEXT: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Row:
    """One row of a table: its line in the file, and its fields in the order asked for."""

    line: int
    fields: list[str]


@dataclass(frozen=True)
class Tables:
    """The files of one publisher, found by their own names in any case.

    Attributes:
        path: Folder or zip, as it was given.
        names: Lower-case file name to its place: a path, or a member of the zip.
    """

    path: Path
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> "Tables":
        """The tables in a folder (or its only sub-folder, as zips unpack) or in a zip.

        Raises:
            SourceError: There is nothing at this path, or it is neither.
        """
        try:
            if path.is_dir():
                return cls(path, {p.name.lower(): str(p) for p in _files(path)})
            with ZipFile(path) as archive:
                deepest_first = sorted(archive.namelist(), key=lambda n: n.count("/"), reverse=True)
                return cls(path, {n.rpartition("/")[2].lower(): n for n in deepest_first})
        except (OSError, BadZipFile) as error:
            raise SourceError(
                f"{path} cannot be read as a folder or a zip of tables ({error}); give the folder the publisher's"
                " download unpacks to, or the zip itself"
            ) from error

    def has(self, name: str) -> bool:
        """Whether the file is there, plain or gzipped."""
        return self._place(name) is not None

    def _place(self, name: str) -> str | None:
        return self.names.get(name.lower()) or self.names.get(f"{name.lower()}.gz")

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """The bytes of a file, unpacked.

        Raises:
            SourceError: It is not there, or is damaged so that it cannot be read on.
        """
        place = self._place(name)
        if place is None:
            raise SourceError(
                f"{self.path}: looked for {name} and did not find it; see docs/data.md for the files needed"
            )
        try:
            if self.path.is_dir():
                with Path(place).open("rb") as file:
                    yield _unpacked(file, place)
            else:
                with ZipFile(self.path) as archive, self._member(archive, place) as member:
                    yield _unpacked(member, place)
        except _DAMAGED as error:
            raise SourceError(f"{self.path}: {name} is cut short or damaged ({error}); download it again") from error

    def _member(self, archive: ZipFile, place: str) -> IO[bytes]:
        try:
            return archive.open(place)
        except RuntimeError as error:  # encrypted, or a compression Python does not know
            raise SourceError(
                f"{self.path}: {place} cannot be unpacked here ({error}); unzip it yourself and give the folder"
            ) from error

    @contextmanager
    def _text(self, name: str, encoding: str) -> Iterator[IO[str]]:
        with self.open(name) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
            yield text

    def rows(
        self,
        name: str,
        columns: Sequence[str],
        optional: Sequence[str] = (),
        *,
        skip: int = 0,
        encoding: str = "utf-8-sig",
    ) -> Iterator[Row | Problem]:
        """The rows of a CSV table with a header.

        Args:
            name: File name.
            columns: Columns that must be there; they come first in ``Row.fields``, then the optional ones.
            optional: Columns that may be missing; their field is then "".
            skip: Records before the header.
            encoding: Of the text; a row with bytes that are not in it is a problem.

        Raises:
            SourceError: No such file, no such column, or the file is damaged as a whole.
        """
        with self._text(name, encoding) as text:
            reader, header = _begun(name, text, skip)
            yield from _rows(name, reader, _places(name, header, columns, optional), len(columns))

    def header(self, name: str, *, skip: int = 0, encoding: str = "utf-8-sig") -> list[str]:
        """The names of a CSV table's columns, each with every run of white space as one space.

        Args:
            name: File name.
            skip: Records before the header.
            encoding: Of the text.

        Raises:
            SourceError: No such file, or it is damaged as a whole.
        """
        with self._text(name, encoding) as text:
            return _begun(name, text, skip)[1]

    def split(self, name: str, fewest: int) -> Iterator[Row | Problem]:
        """The rows of one of USDA's ``~text~^number`` tables (ISO 8859-1, no header).

        Args:
            name: File name.
            fewest: Fields a row must have.

        Raises:
            SourceError: No such file, or it is damaged as a whole.
        """
        with self._text(name, "iso-8859-1") as text:
            for number, line in enumerate(text, start=1):
                bare = line.strip()
                fields = [f[1:-1] if len(f) > 1 and f[0] == f[-1] == "~" else f for f in bare.split("^")]
                if len(fields) >= fewest:
                    yield Row(number, fields)
                elif bare:
                    yield Problem(name, number, "row", bare, f"expected at least {fewest} fields between ^")


def _files(folder: Path) -> Iterator[Path]:
    inside = sorted(folder.iterdir())
    folders = [p for p in inside if p.is_dir()]
    if len(folders) == 1:
        yield from (p for p in sorted(folders[0].iterdir()) if p.is_file())
    yield from (p for p in inside if p.is_file())


def _unpacked(file: IO[bytes], place: str) -> IO[bytes]:
    return gzip.GzipFile(fileobj=file) if place.lower().endswith(".gz") else file  # type: ignore[return-value]


def _begun(name: str, text: IO[str], skip: int) -> tuple["_csv.Reader", list[str]]:
    reader = csv.reader(text)
    header: list[str] = []
    try:
        for _ in range(skip + 1):
            header = next(reader, [])
    except csv.Error as error:
        raise SourceError(f"{name}: expected a CSV table with a header ({error})") from error
    return reader, [" ".join(column.split()) for column in header]


def _places(name: str, header: list[str], columns: Sequence[str], optional: Sequence[str]) -> list[int]:
    missing = [c for c in columns if c not in header]
    if missing:
        raise SourceError(
            f"{name}: found the columns {', '.join(header)[:200] or 'none'}; expected also {', '.join(missing)}. Is it"
            " the publisher's own file?"
        )
    return [header.index(c) if c in header else -1 for c in (*columns, *optional)]


def _rows(name: str, reader: "_csv.Reader", places: list[int], needed: int) -> Iterator[Row | Problem]:
    longest = max(places[:needed], default=0)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Problem(name, line, "row", "", f"it is not CSV ({error})")
            continue
        if row is None:
            return
        if not any(row):
            continue
        if len(row) <= longest:
            yield Problem(
                name, line, "row", ",".join(row), f"expected at least {longest + 1} columns, found {len(row)}"
            )
            continue
        fields = [row[p] if 0 <= p < len(row) else "" for p in places]
        if any(_NOT_TEXT in f for f in fields):
            yield Problem(name, line, "row", ",".join(fields), "its bytes are not text in the file's encoding")
            continue
        yield Row(line, fields)
