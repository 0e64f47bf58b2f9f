"""Tables that people bring: rows by line, cells as dates, numbers, yes or no, and columns of nutrients by title."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS, Nutrient
from provender.terms.units import convert

Row = Mapping[str, str]
SAID: Final[Mapping[str, bool | None]] = {
    "": None,
    **dict.fromkeys(("yes", "true", "1"), True),
    **dict.fromkeys(("no", "false", "0"), False),
}
BY_NAME: Final[Mapping[str, Nutrient]] = {
    **{n.name.partition(" (")[0].casefold(): n for n in reversed(list(NUTRIENTS.values()))},
    **{n.name.casefold(): n for n in NUTRIENTS.values()},
    **{n.id.casefold(): n for n in NUTRIENTS.values()},
}
"""A nutrient by its id, its name, or its name without what stands in brackets; in small letters."""
_EXPONENT: Final = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?[eE][+-]?\d{1,2}")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file.

    Attributes:
        name: Of the file.
        titles: Of its columns, as written.
        rows: Line number and cells by title, stripped; a cell that is not there is empty. Empty lines are left out.
    """

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]


def table(content: bytes, name: str) -> Table:
    """A CSV file's rows; commas, semicolons or tabs, whichever the first line has most of.

    Args:
        content: The file, in UTF-8, with or without a byte-order mark.
        name: What to call it in messages.

    Raises:
        InputError: It is not UTF-8, not CSV, has no first line of titles, or has a title twice.
    """
    try:
        text = content.decode("utf-8-sig")
        first = text.lstrip("\r\n").partition("\n")[0]
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
        found = [(lines.line_num, cells) for cells in lines if any(cell.strip() for cell in cells)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{name} cannot be read as CSV in UTF-8: {error}; save it so", field="file") from error
    titles = tuple(cell.strip() for cell in found[0][1]) if found else ()
    twice = next((title for title in titles if title and titles.count(title) > 1), None)
    if twice:
        raise InputError(f"{name}: found the column {twice} twice, expected it once", field="file")
    return Table(name, titles, tuple((line, _row(titles, cells)) for line, cells in found[1:]))


def _row(titles: Sequence[str], cells: Sequence[str]) -> Row:
    padded = (*(cell.strip() for cell in cells), *[""] * len(titles))
    return dict(zip(titles, padded, strict=False))


def day_cell(row: Row, where: str, column: str = "day") -> date:
    """The date in a row.

    Raises:
        InputError: It is not a date such as 2026-11-22.
    """
    return day_of(row.get(column, ""), f"{where}, column {column}")


def day_of(typed: str, where: str) -> date:
    """The date that was written.

    Raises:
        InputError: It is not a date such as 2026-11-22.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InputError(f"{where}: found “{typed}”, expected a date such as 2026-11-22", field="day") from error


def said_cell(row: Row, where: str, column: str = "complete") -> bool | None:
    """Yes or no; None when nothing is said.

    Raises:
        InputError: It is something else.
    """
    typed = row.get(column, "").casefold()
    if typed not in SAID:
        raise InputError(f"{where}, column {column}: found “{typed}”, expected yes, no or nothing", field=column)
    return SAID[typed]


def number_cell(row: Row, where: str, column: str) -> Decimal | None:
    """The number in a cell, perhaps with an exponent as programs write it; None when the cell is empty.

    Raises:
        InputError: It is no number.
    """
    typed = row.get(column, "")
    if not typed:
        return None
    if _EXPONENT.fullmatch(typed):
        return Decimal(typed)
    try:
        return parse_number(typed, field=column)
    except InputError as error:
        raise InputError(f"{where}, column {column}: {error}", field=column) from error


@dataclass(frozen=True, slots=True)
class NutrientColumn:
    """A column that holds amounts of a nutrient: its title, the nutrient, the unit its numbers are in."""

    title: str
    nutrient: Nutrient
    unit: str

    def amount(self, row: Row, where: str) -> float | None:
        """The amount in the nutrient's own unit; None when the cell is empty.

        Raises:
            InputError: It is no number, or below 0.
        """
        value = number_cell(row, where, self.title)
        if value is None:
            return None
        if value < 0:
            raise InputError(f"{where}, column {self.title}: found {value}, expected 0 or more", field="amount")
        return self.converted(value)

    def converted(self, value: Decimal) -> float:
        """A number of the column in the nutrient's own unit."""
        same = self.unit.casefold() == self.nutrient.unit.casefold()
        return float(value if same else convert(value, self.unit, self.nutrient.unit))


def nutrient_column(title: str) -> NutrientColumn | None:
    """The nutrient that a title names: ``MG``, ``Magnesium``, ``MG (mg)``, ``Magnesium, mg`` or ``magnesium_mg``.

    Raises:
        InputError: The nutrient is never measured in that unit.
    """
    whole = BY_NAME.get(title.strip().casefold())
    if whole is not None:
        return NutrientColumn(title, whole, whole.unit)
    for name, unit in _parted(title.strip()):
        known = BY_NAME.get(name.strip().casefold())
        if known is None:
            continue
        found = NutrientColumn(title, known, unit.strip())
        try:
            found.converted(Decimal(1))
        except InputError as error:
            raise InputError(f"column {title}: {error}", field="file") from error
        return found
    return None


def _parted(words: str) -> Iterator[tuple[str, str]]:
    """A title as name and unit, in the ways that people write it."""
    before, _, unit = words.rpartition("(")
    if words.endswith(")"):
        yield before, unit.rstrip(") ")
    for mark in (",", "_", " "):
        name, _, unit = words.rpartition(mark)
        yield name, unit
