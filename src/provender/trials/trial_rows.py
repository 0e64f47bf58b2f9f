"""The rows of a trial file: CSV, one row a day; unknown is an empty cell."""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final, TypeVar

from provender.terms.errors import InputError
from provender.trials.design import COMPARISON, TREATMENT
from provender.trials.schedule import day_in_zone
from provender.trials.trial_table import number_text

DAY, OUTCOME, ASSIGNED, TAKEN, GUESS, BACKFILLED = "day", "outcome", "assigned", "taken", "guess", "backfilled"
WORDS: Final = ("note", "other", "adverse")
UNSURE: Final = 0.5
DELIMITERS: Final = ",;\t"
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNKNOWN: Final = ("nan", "na", "n/a", "none", "null", "-", "?", ".")
T = TypeVar("T")
_YES, _NO = ("1", "yes", "true", "x"), ("0", "no", "false")


@dataclass(frozen=True, slots=True)
class Row:
    """What a person wrote for one day; what they did not is None or "".

    Attributes:
        day: The date in the person's zone.
        outcomes: One for each outcome of the trial; None unknown.
        assigned: 1 treatment, 0 comparison; None: not said here.
        taken: Share of the treatment that was taken, 0 to 1; None unknown.
        guess: Which arm the person thinks it is: 1.0 treatment, 0.0 comparison, 0.5 cannot say; None not asked.
        backfilled: Whether it was written on a later day.
        note: Anything.
        other: Another change on this day (a new mattress, another medicine).
        adverse: Anything bad that happened.
        line: Line of the file, from 1; 0 unknown. Rows that differ only here are equal.
    """

    day: date
    outcomes: tuple[float | None, ...]
    assigned: int | None = None
    taken: float | None = None
    guess: float | None = None
    backfilled: bool = False
    note: str = ""
    other: str = ""
    adverse: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file.

    Attributes:
        rows: In the order of the file.
        outcomes: Names of the outcome columns that were read.
        unread: Columns nobody asked for.
        faults: What is wrong with cells, one sentence each.
    """

    rows: tuple[Row, ...]
    outcomes: tuple[str, ...]
    unread: tuple[str, ...]
    faults: tuple[str, ...]


def outcome_columns(count: int) -> tuple[str, ...]:
    """Names of the outcome columns: ``outcome``, ``outcome_2``, ``outcome_3`` ..."""
    return (OUTCOME, *(f"{OUTCOME}_{k}" for k in range(2, count + 1)))[:count]


def read_rows(
    text: str,
    first_line: int,
    outcomes: Sequence[str],
    *,
    zone: str = "",
    name: str = "",
    strict: bool = True,
    columns: Mapping[str, str] | None = None,
) -> Rows:
    """The rows of a CSV text; its first line names the columns.

    Args:
        text: CSV with commas, semicolons or tabs.
        first_line: Number of its first line in the file, from 1.
        outcomes: Names of the outcomes; a column has such a name, or is ``outcome``, ``outcome_2`` in their order.
        zone: Whose dates instants are turned into; "" takes the date as it is written.
        name: Name of the file, for messages.
        strict: Whether an unknown column is an error; otherwise it is left unread.
        columns: Names of the file's own columns by what they mean here, such as ``{"day": "date"}``.

    Raises:
        InputError: No CSV, no day column, an outcome without column, a column twice, an unknown one if strict.
    """
    lines = _cells(text, first_line, name)
    where = f"{name} line {first_line}".strip()
    if not lines:
        raise InputError(f'{where}: found no rows, expected a line of column names such as "day,outcome"', field="day")
    heads = [cell.strip() for cell in lines[0][1]]
    at = _columns(heads, outcomes, columns or {}, where, strict=strict)
    reader = _RowReader(at, len(outcomes), zone, name, _delimiter(text) == ";")
    rows = [reader.row(line, cells, len(heads)) for line, cells in lines[1:]]
    read = set(at.values())
    return Rows(
        tuple(row for row in rows if row is not None),
        tuple(head for k, head in enumerate(heads) if any(at.get(o) == k for o in outcome_columns(len(outcomes)))),
        tuple(head for k, head in enumerate(heads) if k not in read and head),
        tuple(reader.faults),
    )


def rows_text(rows: Sequence[Row], outcomes: int) -> str:
    """Rows as CSV that reads back as it was; a column that is empty in all of them is left out."""
    table: dict[str, list[str]] = {DAY: [row.day.isoformat() for row in rows]}
    for k, column in enumerate(outcome_columns(outcomes)):
        table[column] = [_number_cell(row.outcomes[k]) for row in rows]
    optional = {
        ASSIGNED: [_number_cell(row.assigned) for row in rows],
        TAKEN: [_number_cell(row.taken) for row in rows],
        GUESS: ["" if row.guess is None else {0.0: "A", 1.0: "B"}.get(row.guess, "?") for row in rows],
        BACKFILLED: ["1" if row.backfilled else "" for row in rows],
        **{word: [getattr(row, word) for row in rows] for word in WORDS},
    }
    table |= {column: cells for column, cells in optional.items() if any(cells)}
    lines = [list(table), *map(list, zip(*table.values(), strict=True))]
    return "".join(",".join(map(_quoted, cells)) + "\n" for cells in lines)


def _quoted(cell: str) -> str:
    """A cell in quotation marks where it needs them; Python's writer leaves a lone carriage return bare."""
    return '"' + cell.replace('"', '""') + '"' if re.search('[,"\r\n]', cell) else cell


def _number_cell(value: float | None) -> str:
    return "" if value is None else number_text(value)


def _delimiter(text: str) -> str:
    """The sign between the column names: the most frequent of comma, semicolon and tab in the first line."""
    head = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=head.count)


def _cells(text: str, first_line: int, name: str) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found, line = [], first_line
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            line = first_line + reader.line_num
    except csv.Error as error:
        raise InputError(
            f"{name} line {first_line + max(reader.line_num - 1, 0)}: found a line that is not CSV ({error}); is a"
            " quotation mark left open?".lstrip(),
            field="day",
        ) from None
    return found


def _columns(
    heads: Sequence[str], outcomes: Sequence[str], columns: Mapping[str, str], where: str, *, strict: bool
) -> dict[str, int]:
    """Where each known column stands."""
    twice = next((head for head in heads if head and heads.count(head) > 1), None)
    if twice is not None:
        raise InputError(f"{where}: found the column {twice!r} twice, expected each once", field="day")
    wanted = {DAY: [DAY], **{known: [known] for known in (ASSIGNED, TAKEN, GUESS, BACKFILLED, *WORDS)}}
    generic = outcome_columns(len(outcomes))
    taken = {*wanted, *generic}
    wanted |= {
        column: [column] if own in taken else [own, column] for column, own in zip(generic, outcomes, strict=True)
    }
    wanted |= {known: [given] for known, given in columns.items()}
    at = {known: heads.index(head) for known, names in wanted.items() if (head := _first(names, heads)) is not None}
    for known in (DAY, *outcome_columns(len(outcomes)), *columns):
        if known not in at:
            raise InputError(
                f"{where}: found the columns {', '.join(heads)}, expected one named {' or '.join(wanted[known])}",
                field=known,
            )
    unknown = [head for k, head in enumerate(heads) if head and k not in at.values()]
    if strict and unknown:
        able = sorted({name for names in wanted.values() for name in names})
        near = get_close_matches(unknown[0], able, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise InputError(
            f"{where}: found the column {unknown[0]!r}, expected one of {', '.join(able)}{hint}", field=unknown[0]
        )
    return at


def _first(names: Sequence[str], heads: Sequence[str]) -> str | None:
    return next((name for name in names if name in heads), None)


class _RowReader:
    """Reads rows, and keeps what is wrong with their cells."""

    def __init__(self, at: Mapping[str, int], outcomes: int, zone: str, name: str, decimal_comma: bool) -> None:
        self._at = at
        self._outcomes = outcome_columns(outcomes)
        self._zone = zone
        self._name = name
        self._decimal_comma = decimal_comma
        self.faults: list[str] = []

    def row(self, line: int, cells: Sequence[str], width: int) -> Row | None:
        """One row; None without a day."""
        where = f"{self._name} line {line}".strip()
        if len(cells) > width:
            self.faults.append(
                f"{where}: found {len(cells)} cells, expected {width}; put quotation marks around a text with commas"
            )
            return None
        before = len(self.faults)

        def cell(column: str) -> str:
            k = self._at.get(column)
            return "" if k is None or k >= len(cells) else cells[k].strip()

        def read(column: str, reader: Callable[[str], T]) -> T | None:
            return self._read(where, column, cell(column), reader)

        day = read(DAY, self._day)
        if day is None:
            if len(self.faults) == before:
                self.faults.append(f"{where}, day: found nothing, expected a date such as 2026-01-31")
            return None
        return Row(
            day=day,
            outcomes=tuple(read(column, self._number) for column in self._outcomes),
            assigned=read(ASSIGNED, _arm),
            taken=read(TAKEN, self._share),
            guess=read(GUESS, _guess),
            backfilled=bool(read(BACKFILLED, _flag)),
            note=cell("note"),
            other=cell("other"),
            adverse=cell("adverse"),
            line=line,
        )

    def _read(self, where: str, column: str, text: str, reader: Callable[[str], T]) -> T | None:
        """The value of a cell; None if it is empty or at fault."""
        if not text:
            return None
        try:
            return reader(text)
        except InputError as error:
            self.faults.append(f"{where}, {column}: {error}")
            return None

    def _day(self, text: str) -> date:
        try:
            if _DATE.fullmatch(text):
                return date.fromisoformat(text)
            instant = datetime.fromisoformat(text) if _DATE.match(text) else None
        except ValueError:
            instant = None
        if instant is None:
            raise InputError(f"found {_short(text)}, expected a date such as 2026-01-31")
        return day_in_zone(instant, self._zone) if self._zone and instant.tzinfo else instant.date()

    def _number(self, text: str) -> float:
        plain = text.replace(",", ".") if self._decimal_comma else text
        value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
        if math.isfinite(value):
            return value
        raise InputError(f"found {_short(text)}, expected a number{_hint(text)}")

    def _share(self, text: str) -> float:
        if text.lower() in _YES + _NO:
            return float(text.lower() in _YES)
        share = self._number(text)
        if not 0 <= share <= 1:
            raise InputError(f"found {_short(text)}, expected 0 (nothing) to 1 (all), yes or no, or an empty cell")
        return share


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _hint(text: str) -> str:
    if text.lower() in _UNKNOWN or "inf" in text.lower():
        return "; leave the cell empty when it is unknown"
    if "," in text:
        return "; write it with a point"
    if re.search(r"[0-9]", text) and re.search(r"[OolI]", text):
        return "; is that a letter O or l?"
    return "; leave the cell empty when it is unknown, and write words in the column note"


def _arm(text: str) -> int:
    if text in ("1", "1.0", "B", "b"):
        return TREATMENT
    if text in ("0", "0.0", "A", "a"):
        return COMPARISON
    raise InputError(f"found {_short(text)}, expected 1 or B (treatment), 0 or A (comparison)")


def _guess(text: str) -> float:
    guesses = {"a": 0.0, "b": 1.0, "?": UNSURE}
    if text.lower() not in guesses:
        raise InputError(f"found {_short(text)}, expected A, B, or ? for cannot say")
    return guesses[text.lower()]


def _flag(text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise InputError(f"found {_short(text)}, expected 1 or yes, 0 or no, or an empty cell")
    return text.lower() in _YES
