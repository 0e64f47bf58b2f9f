"""What an importer hands over: entries, whole days, and what could not be read, each with its line."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from provender.diary.entries import Entry

NAMES = UUID("6f1a3f0e-3d0b-5a52-9d43-2c7f4e8b9a10")
"""Where the keys of imported entries are made: the same line of the same file always has the same key."""


@dataclass(frozen=True, slots=True)
class Importing:
    """Who brings it, and when.

    Attributes:
        zone: IANA name of the person's zone.
        at: Now, in UTC.
        today: The day it is in that zone; later days are refused.
    """

    zone: str
    at: datetime
    today: date


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out: the line it stands on, None for the whole file, and why."""

    line: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read of a file.

    Attributes:
        entries: In order of day; each key is made of what the line is about, so that a file brought twice is kept once.
        complete: Day to whether the person said that everything eaten then is there; days nobody said it of are absent.
        problems: What was left out, in order of lines.
        rows: How many rows the file has.
    """

    entries: tuple[Entry, ...]
    complete: dict[date, bool]
    problems: tuple[Problem, ...]
    rows: int


def key(importer: str, *parts: object) -> UUID:
    """The key of an entry, made of what it is about."""
    return uuid5(NAMES, "|".join((importer, *(str(part) for part in parts))))
