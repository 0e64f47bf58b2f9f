"""The parts of a page: title, hub, author, day, picture, headings, paragraphs, references, what was removed and why."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from provender.library.reading.bylines import author_of, is_biography, name_alone, reviewer_of, without_credentials
from provender.library.reading.captions import caption_and_credit
from provender.library.reading.dates import dateline_day, day_in, explicit_day, is_a_date
from provender.library.reading.lines import Line
from provender.library.reading.metadata import Metadata
from provender.library.reading.sentences import is_greeting
from provender.library.reading.widgets import reason_to_remove

PartKind = Literal[
    "title",
    "hub",
    "author",
    "biography",
    "reviewer",
    "date",
    "caption",
    "credit",
    "heading",
    "paragraph",
    "reference",
    "removed",
]
_ENDS: Final = re.compile(r"[.!?…:;*]['\"”’»)\]]*$|[.!?…]['\"”’»)\]*]+$")
_HUB: Final = re.compile(
    r"\b(?:cent(?:er|re)|forums?|clinic|kitchen|corner|letter|monthly|weekly|magazine|health"
    r"|wellbeing|wellness|nutrition|news"
    r"|radio|notes|journal|section|joints|supplements|dinners|library|institute|hospital|column)\b|[>›»]",
    re.IGNORECASE,
)
_REFERENCES: Final = re.compile(
    r"^(?:\d+\.? )?(?:references|sources|bibliography|citations|literature(?: cited)?|works cited)\W*$", re.IGNORECASE
)
_REFERENCE: Final = re.compile(
    r"^(?:\[?\d{1,3}[\].)]|[•*-]|https?:|doi:)|\b(?:19|20)\d\d\s*[;.)]|\bet al\b|\bdoi\b", re.IGNORECASE
)
_LISTS: Final = re.compile(
    r"ingredients|you will need|symptoms|signs|benefits|foods|sources|directions|method|instructions", re.IGNORECASE
)
_LONGEST_HEADING: Final = 12
_HEAD_LINES: Final = 14


@dataclass(frozen=True)
class Part:
    """One part of a page.

    Attributes:
        kind: What it is.
        text: Its words; of an author the names, of a date ``2023-03-14`` or ``2023-03``.
        number: Number of the line or block it was found in; 0 for what the head of a page says.
        reason: Why it was removed; None for what was not.
        bullet: Whether it is an item of a list.
    """

    kind: PartKind
    text: str
    number: int
    reason: str | None = None
    bullet: bool = False


def is_prose(text: str) -> bool:
    """Whether a line is a sentence or more, and not a title, a heading or a scrap."""
    words = len(text.split())
    return (
        words >= 14
        or is_greeting(text)
        or (words >= 3 and bool(_ENDS.search(text)))
        or (words == 2 and text[-1:] in "!.")
    )


def parts_of(lines: Sequence[Line], head: Metadata | None = None, *, restore: Collection[int] = ()) -> tuple[Part, ...]:
    """The parts of a page, in its order.

    Args:
        lines: Its lines.
        head: What the head of a page said; None for plain text.
        restore: Numbers of removed lines that belong to the article after all.
    """
    labelling = _Labelling([_looked_at(line, restore) for line in lines], head or Metadata(), frozenset(restore))
    return labelling.parts()


def _looked_at(line: Line, restore: Collection[int]) -> Line:
    if line.number in restore:
        return replace(line, reason=None)
    if line.reason is not None or line.role == "title":
        return line
    return replace(line, reason=reason_to_remove(line.text))


class _Labelling:
    """One page while its lines are named: first the head of it, then the body."""

    def __init__(self, lines: list[Line], head: Metadata, restored: frozenset[int]) -> None:
        self.lines, self.head, self.restored = lines, head, restored
        self.found: dict[int, tuple[Part, ...]] = {}
        self.has: set[str] = set()
        self.author: str | None = head.author and without_credentials(head.author)

    def parts(self) -> tuple[Part, ...]:
        for place, line in enumerate(self.lines):
            if line.reason is not None:
                self._put(place, Part("removed", line.text, line.number, line.reason, line.bullet))
        self._titles()
        self._meta_lines()
        self._body()
        ordered = [part for place in sorted(self.found) for part in self.found[place]]
        return (*self._from_head(), *ordered)

    def _put(self, place: int, *parts: Part) -> None:
        self.found[place] = parts
        self.has.update(part.kind for part in parts)

    def _open(self) -> list[int]:
        return [place for place in range(len(self.lines)) if place not in self.found]

    def _from_head(self) -> list[Part]:
        said = {"title": self.head.title, "author": self.author, "date": self.head.date, "hub": self.head.hub}
        said["reviewer"] = self.head.reviewer
        if not self.has & {"title"} and said["title"] is None and self.head.window_title:
            said["title"] = re.split(r"\s+[|–—-]\s+", self.head.window_title)[0]
        kinds: tuple[PartKind, ...] = ("title", "hub", "author", "date", "reviewer")
        return [Part(kind, str(said[kind]), 0) for kind in kinds if said[kind] and kind not in self.has]

    # the title and the hub ---------------------------------------------------------------------------------------

    def _titles(self) -> None:
        marked = [place for place in self._open() if self.lines[place].role == "title"]
        before = self._before_the_text()
        title = marked[0] if marked else self._title_among(before)
        if title is None:
            return
        text = self.lines[title].text
        self._put(title, Part("title", text, self.lines[title].number))
        for place in self._open():
            if self.lines[place].text == text and place != title:
                self._put(place, Part("removed", text, self.lines[place].number, "the title again"))
        hubs = [p for p in self._open() if self.lines[p].role == "hub" and self.lines[p].words <= 6]
        hubs = hubs or ([] if marked else [p for p in before if p != title and p not in self.found])
        for place in hubs[:1] if marked else [p for p in hubs if self._like_a_hub(p, title)][:1]:
            self._put(place, Part("hub", self.lines[place].text, self.lines[place].number))

    def _before_the_text(self) -> list[int]:
        """Short lines before the first paragraph that are neither a name, a day nor a caption."""
        found: list[int] = []
        for place in self._open()[:_HEAD_LINES]:
            line = self.lines[place]
            if self._a_meta_line(line.text) or line.bullet:
                continue
            if is_prose(line.text) and not self._title_with_stop(line, found):
                break
            found.append(place)
        return found

    def _title_with_stop(self, line: Line, found: list[int]) -> bool:
        """A title may end in a question mark or hold a full stop, when nothing better stood before it."""
        better = [p for p in found if not _HUB.search(self.lines[p].text)]
        return line.text[-1] in "?!" and line.words <= 14 and not better and len(re.findall(r"[.!?] ", line.text)) == 0

    def _title_among(self, places: list[int]) -> int | None:
        if self.head.title:
            same = [p for p in self._open() if self.lines[p].text == self.head.title]
            if same:
                return same[0]
        if not places:
            return None
        times = Counter(self.lines[place].text for place in self._open())
        again = [place for place in places if times[self.lines[place].text] > 1]
        if again:
            return again[0]
        plain = [place for place in places if not _HUB.search(self.lines[place].text)]
        shouted = [place for place in plain if not self.lines[place].text.isupper()] or plain
        return max((shouted or places)[:3], key=lambda p: (min(self.lines[p].words, 4), -p))

    def _like_a_hub(self, place: int, title: int) -> bool:
        line = self.lines[place]
        return line.words <= 8 and (place < title or bool(_HUB.search(line.text))) and abs(place - title) <= 4

    # the lines about the page -----------------------------------------------------------------------------------

    def _a_meta_line(self, text: str) -> bool:
        if len(text) > 200:
            return False
        named = author_of(text) or reviewer_of(text) or explicit_day(text) or name_alone(text)
        return bool(named) or is_a_date(text) or caption_and_credit(text) is not None

    def _meta_lines(self) -> None:
        first_heading = True
        for count, place in enumerate(self._open()):
            line = self.lines[place]
            parts = self._of_picture(line) or self._of_reviewer(line) or self._of_author(line, near=count < _HEAD_LINES)
            if parts:
                self._put(place, *parts)
            elif first_heading and is_biography(line.text, self._author()):
                self._put(place, Part("biography", line.text, line.number))

    def _author(self) -> str | None:
        named = (part.text for parts in self.found.values() for part in parts if part.kind == "author")
        return next(named, self.author)

    def _of_picture(self, line: Line) -> tuple[Part, ...]:
        both = caption_and_credit(line.text)
        if both is not None and not line.bullet:
            kinds: tuple[tuple[PartKind, str], ...] = (("caption", both[0]), ("credit", both[1]))
            return tuple(Part(kind, text, line.number) for kind, text in kinds if text)
        if line.role == "caption":
            return (Part("caption", line.text, line.number),)
        return (Part("credit", line.text, line.number),) if line.role == "credit" else ()

    def _of_reviewer(self, line: Line) -> tuple[Part, ...]:
        name = reviewer_of(line.text)
        return (Part("reviewer", name, line.number),) if name and len(line.text) < 160 else ()

    def _of_author(self, line: Line, *, near: bool) -> tuple[Part, ...]:
        found: list[Part] = []
        name = author_of(line.text) if near or line.role == "author" else None
        name = name or (name_alone(line.text) if near and "author" not in self.has else None)
        if name is None and line.role == "author" and "author" not in self.has and line.words <= 6:
            name = without_credentials(line.text)
        day = self._day(line, near=near, byline=name is not None)
        if name and "author" not in self.has:
            found.append(Part("author", name, line.number))
        if day and "date" not in self.has and self.head.date is None:
            found.append(Part("date", day, line.number))
        if (name or day) and not found and not is_prose(line.text):
            found.append(Part("removed", line.text, line.number, "the author or the date again"))
        return tuple(found)

    def _day(self, line: Line, *, near: bool, byline: bool) -> str | None:
        if line.words > 18:
            return None
        if explicit_day(line.text):
            return explicit_day(line.text)
        return day_in(line.text) if near and (byline or is_a_date(line.text)) else None

    # the body ---------------------------------------------------------------------------------------------------

    def _body(self) -> None:
        places = self._open()
        references, listing, kept = False, False, False
        for count, place in enumerate(places):
            line = self.lines[place]
            following = [self.lines[p] for p in places[count + 1 : count + 4]]
            if _REFERENCES.match(line.text):
                self._put(place, Part("heading", line.text, line.number))
                references, listing, kept = True, False, True
            elif references and (_REFERENCE.search(line.text) or line.bullet):
                self._put(place, Part("reference", line.text, line.number))
            elif self._a_heading(line, following):
                self._put(place, Part("heading", line.text, line.number))
                references, listing, kept = False, bool(_LISTS.search(line.text)), True
            else:
                kept = self._text(place, line, listing=listing, kept=kept)
                listing = listing and kept

    def _a_heading(self, line: Line, following: Sequence[Line]) -> bool:
        if line.role == "heading":
            return True
        if line.bullet or not following or line.words > _LONGEST_HEADING:
            return False
        question = (
            line.text.endswith("?") and line.words <= 9 and line.apart and len(re.findall(r"[.!?]", line.text)) == 1
        )
        colon = line.text.endswith(":") and line.words <= 6 and line.apart
        if is_prose(line.text) and not (question or colon):
            return False
        begins = line.text[:1].isupper() or line.text[:1].isdigit()
        return begins and self._content(following)

    def _content(self, following: Sequence[Line]) -> bool:
        """Whether what follows a short line is text: at once, or after one more heading."""
        first = following[0]
        if first.bullet or is_prose(first.text) or "|" in first.text:
            return True
        return (
            len(following) > 1
            and first.words <= _LONGEST_HEADING
            and is_prose(following[1].text)
            and following[1].words > 8
        )

    def _text(self, place: int, line: Line, *, listing: bool, kept: bool) -> bool:
        """Keep a line as a paragraph, or remove it; whether it was kept."""
        restored = line.number in self.restored
        plain = line.role is not None or listing or "|" in line.text or line.words >= 8
        if restored or is_prose(line.text) or (line.bullet and kept) or (plain and not line.bullet):
            self._put(place, Part("paragraph", line.text, line.number, bullet=line.bullet))
            day = dateline_day(line.text)
            if day and not self.has & {"date"} and self.head.date is None:
                self._put(place, Part("date", day, line.number), *self.found[place])
            return True
        reason = "an item of a list that was removed" if line.bullet else "a scrap: no sentence, and no heading of one"
        self._put(place, Part("removed", line.text, line.number, reason, line.bullet))
        return False
