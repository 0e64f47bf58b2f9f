"""The lines of a page: where each stood, what its markup said of it, and lines of one paragraph put together again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

BULLET: Final = re.compile(r"^\s*(?:[•◦▪■●○‣·∙✓✔➤►]|[-–*]\s)\s*(?=\S)")
_COMPOUND: Final = frozenset(
    [
        "long",
        "short",
        "well",
        "self",
        "low",
        "high",
        "non",
        "double",
        "single",
        "placebo",
        "dose",
        "evidence",
        "half",
        "full",
        "cross",
        "follow",
        "n",
        "age",
        "year",
        "week",
        "day",
        "over-the",
        "randomised",
        "randomized",
        "meta",
        "risk",
        "quality",
        "health",
        "fat",
        "sugar",
        "gluten",
        "plant",
    ]
)
LONGEST_PARAGRAPH: Final = 10_000
"""Characters; longer ones are no hard-wrapped paragraphs."""
_NUMBERED: Final = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)])\s+\S")
_FOOTER: Final = re.compile(
    r"^(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$|.*\bpage \d{1,3}(?: of \d{1,3})?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Line:
    """One line of pasted text, or one block of a page.

    Attributes:
        number: Place in the source, from 1; of joined lines the first.
        text: Without the mark of a list.
        role: What the markup says it is (title, heading, caption, author, date, hub, reviewer); or None.
        reason: Why it is no part of the article; None if it may be.
        bullet: Whether it is an item of a list.
        apart: Whether an empty line stands before it.
    """

    number: int
    text: str
    role: str | None = None
    reason: str | None = None
    bullet: bool = False
    apart: bool = True

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of pasted text that are not empty, hard-wrapped paragraphs joined."""
    found: list[Line] = []
    apart = True
    for number, raw in enumerate(text.split("\n"), 1):
        bare = " ".join(raw.split())
        if not bare:
            apart = True
            continue
        item = BULLET.match(raw)
        bare = " ".join(BULLET.sub("", raw, count=1).split()) if item else bare
        found.append(Line(number, bare, bullet=bool(item), apart=apart))
        apart = False
    width = _width(found)
    return tuple(found) if width is None else tuple(_joined(found, width))


def _width(found: Sequence[Line]) -> int | None:
    """The width at which lines were broken; None where they were not."""
    long = sorted(len(line.text) for line in found if len(line.text) >= 40)
    if len(long) < 6:
        return None
    wrapped = [n for n in long if n <= 100]
    if len(wrapped) < 0.7 * len(long):
        return None
    width = wrapped[int(0.9 * len(wrapped))]
    return width if sum(n >= 0.8 * width for n in wrapped) >= 0.55 * len(wrapped) else None


def _joined(found: Sequence[Line], width: int) -> Iterator[Line]:
    times = Counter(_without_numbers(line.text) for line in found if len(line.text) < 0.8 * width)
    held: Line | None = None
    last = ""
    for line in found:
        if _furniture(line.text, times):
            yield replace(line, reason="page furniture")
            continue
        if held is not None and _goes_on(held, last, line, width):
            held = replace(held, text=_put_together(held.text, line.text))
        else:
            if held is not None:
                yield held
            held = line
        last = line.text
    if held is not None:
        yield held


def _without_numbers(text: str) -> str:
    return " ".join(re.sub(r"\d+", " ", text).split()).lower()


def _furniture(text: str, times: Counter[str]) -> bool:
    if _FOOTER.match(text):
        return True
    bare = _without_numbers(text)
    return bool(bare) and times[bare] > 1 and bare != text.lower() and len(bare.split()) > 1


def _goes_on(held: Line, last: str, line: Line, width: int) -> bool:
    """Whether a line goes on with the paragraph: its first word would not have fitted on the line before."""
    if line.bullet or _NUMBERED.match(line.text) or len(held.text) > LONGEST_PARAGRAPH:
        return False
    first = line.text.split(" ", 1)[0]
    full = len(last) + 1 + len(first) > width
    unfinished = held.text[-1:] not in '.!?:"”’)' and len(last) > 0.6 * width
    return (full and not line.apart) or (unfinished and line.text[:1].islower())


def _put_together(before: str, after: str) -> str:
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and after[:1].islower():
        word = before[:-1].rsplit(" ", 1)[-1].lower()
        return f"{before}{after}" if word in _COMPOUND or "-" in word else f"{before[:-1]}{after}"
    return f"{before} {after}"
