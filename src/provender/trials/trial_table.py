"""A TOML table read key by key: each fault says its line, what was found and what was expected."""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from provender.terms.errors import InputError

_HEADING: Final = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?")
_KEY: Final = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")


class Table:
    """One table of a header.

    Args:
        content: What TOML found.
        text: The whole header, its first line first.
        heading: Name of the table, "" for what stands before the first heading.
        number: Which of the tables of this heading, from 0.
        name: Name of the file, for messages.
    """

    def __init__(
        self, content: dict[str, object], text: str, heading: str = "", number: int = 0, name: str = ""
    ) -> None:
        self._left = dict(content)
        self._known: list[str] = []
        self._text = text
        self._heading = heading
        self._number = number
        self._name = name

    def where(self, key: str | None = None) -> str:
        """File, line and key of an entry, for messages: its own line, or that of its heading."""
        line = _line(self._text, self._heading, self._number, key)
        place = f"{self._name} line {line}".strip()
        return place if key is None else f"{place}, {key}"

    def fault(self, key: str, found: object, expected: str) -> InputError:
        """The error of an entry."""
        return InputError(f"{self.where(key)}: found {_shown(found)}, expected {expected}", field=key)

    def take(self, key: str) -> object | None:
        """An entry as it is; None without one."""
        self._known.append(key)
        return self._left.pop(key, None)

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.fault(key, value, 'a text in quotes, such as "pain"')
        return value.strip()

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fault(key, value, "true or false, without quotes")
        return value

    def whole(self, key: str) -> int | None:
        """A whole number; None without one."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fault(key, value, "a whole number, without quotes")
        return value

    def number(self, key: str) -> float | None:
        """A finite number; None without one."""
        value = self.take(key)
        return None if value is None else self._finite(key, value)

    def day(self, key: str) -> date | None:
        """A date; None without one."""
        value = self.take(key)
        return None if value is None else self._date(key, value)

    def days(self, key: str) -> tuple[date, ...]:
        """Dates; none without the entry."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.fault(key, value, "a list of dates, such as [2026-01-31]")
        return tuple(self._date(key, each) for each in value)

    def pair(self, key: str) -> tuple[float, float] | None:
        """Two numbers; None without the entry."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            raise self.fault(key, value, "two numbers, such as [0.0, 1.5]")
        return self._finite(key, value[0]), self._finite(key, value[1])

    def done(self) -> None:
        """Raise where an entry is left that nobody asked for: a word misspelt must not become a default.

        Raises:
            InputError: An unknown entry; the message names the nearest known one.
        """
        for key, value in self._left.items():
            near = get_close_matches(key, self._known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise self.fault(key, value, f"one of {', '.join(sorted(self._known))}{hint}")

    def _finite(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(key, value, "a number, without quotes")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fault(key, value, "a number")
        return number

    def _date(self, key: str, value: object) -> date:
        if isinstance(value, str):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                raise self.fault(key, value, "a date such as 2026-01-31") from None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.fault(key, value, "a date such as 2026-01-31")
        return value


def _shown(found: object) -> str:
    if found is None:
        return "nothing"
    text = str(found) if isinstance(found, date) else repr(found)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _line(text: str, heading: str, number: int, key: str | None) -> int:
    """The line of a key, or of its table's heading where it is not found, from 1."""
    current, seen, start = "", 0, 1
    for at, line in enumerate(text.split("\n"), start=1):
        match = _HEADING.fullmatch(line.rstrip("\r"))
        if match:
            current = match[1]
            seen += current == heading
            start = at if current == heading and seen == number + 1 else start
        elif current == heading and (not heading or seen == number + 1) and _is_key(line, key):
            return at
    return start


def _is_key(line: str, key: str | None) -> bool:
    match = _KEY.match(line)
    return match is not None and match[1] == key


def toml_text(value: object) -> str:
    """A value as TOML: text, true or false, number, date or a list of them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(toml_text(each) for each in value)}]"
    return str(value)


def number_text(value: float) -> str:
    """The shortest digits that read back as the same number, without a needless ``.0`` or the sign of a zero."""
    return repr(float(value) + 0.0).removesuffix(".0")


def _quoted(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (f"\\u{ord(c):04x}" if c < " " or c == "\x7f" else c) for c in text) + '"'
