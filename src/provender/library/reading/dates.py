"""A day written on a page beside a word that says it is the page's own; a date inside the text is never taken."""

import re
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?P<year>(?:19|20)\d\d)-(?P<digits>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        r"\b(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
    )
)
MARKER: Final = re.compile(
    r"^(?:(?:this (?:article|page|post) was )?(?:first |last |originally )?"
    r"(?:published|posted|updated|modified|reviewed|revised|issued|sent|dated?|written|added)"
    r"(?: (?:online|published|of publication|updated|posted))?(?: (?:on|by|at))?\b\s*:?)",
    re.IGNORECASE,
)
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,?\s+)?"
_TIME: Final = r"(?:,?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
_DATELINE: Final = re.compile(
    r"^[A-Z][A-Z .,'-]{2,40}[,(]\s*(?P<when>[^–—-]{6,30}?\d{4})\)?\s*(?:/[^/]{2,30}/\s*)?(?:--?|–|—)\s+"
)


def day_in(text: str) -> str | None:
    """The first date in a text as ``2023-03-14`` or ``2023-03``; None without one, or if unclear."""
    found = [
        (match.start(), -match.end(), n, match) for n, shape in enumerate(_SHAPES) if (match := shape.search(text))
    ]
    return _said(min(found)[3].groupdict()) if found else None


def _said(parts: dict[str, str | None]) -> str | None:
    year, month, day = parts["year"], _month_of(parts), parts.get("day")
    if parts.get("first") is not None:
        day, month = _sorted(int(str(parts["first"])), int(str(parts["second"])))
    if month is None or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{int(day):02d}" if 1 <= int(day) <= 31 else None


def _month_of(parts: dict[str, str | None]) -> int | None:
    if parts.get("digits") is not None:
        return int(str(parts["digits"]))
    name = parts.get("month")
    return _MONTHS.index(name[:3].lower()) + 1 if name else None


def _sorted(first: int, second: int) -> tuple[str | None, int | None]:
    if first > 12:
        return str(first), second
    if second > 12:
        return str(second), first
    return (str(first), first) if first == second else (None, None)


def is_a_date(text: str) -> bool:
    """Whether a line is a date and nothing else but a weekday, a time or a mark of reading time."""
    rest = text
    for shape in _SHAPES:
        rest = shape.sub("\x00", rest, count=1)
    bare = re.sub(rf"{_WEEKDAY}\x00{_TIME}", "", rest, flags=re.IGNORECASE)
    return "\x00" in rest and not bare.strip(" |·•-–—,.()")


def explicit_day(line: str) -> str | None:
    """The date of a line that says it is the page's: “Published …”, “Last updated: …”; else None."""
    return day_in(line) if MARKER.match(line) and len(line) <= 120 else None


def dateline_day(paragraph: str) -> str | None:
    """The date of a news agency's opening: “LEEDS, 22 August 2021 - …”; else None."""
    found = _DATELINE.match(paragraph)
    return day_in(found["when"]) if found else None
