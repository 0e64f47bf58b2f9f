"""An article's text as its sentences, each with the claims it rests on and its line; and its live parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from provender.library.records import Article

NOTHING: Final = "-"
"""Between double brackets: this sentence states no published fact."""
Place = Literal["paragraph", "item", "cell"]
_MARKS: Final = re.compile(r"(?:\s*\[\[(?:-|[a-z0-9-]+)\]\])+")
_MARK: Final = re.compile(r"\[\[(-|[a-z0-9-]+)\]\]")
_LIVE: Final = re.compile(r"\{\{\s*([a-z]+)((?:\s+[\w-]+)*)\s*\}\}")
_ENDS: Final = re.compile(r"[.!?…][\"”’')]*(?=\s+[\"“‘(]*[A-Z0-9])")
_SHORT: Final = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|approx|cf|al|Fig|No)|\be\.g|\bi\.e|\betc|(?:^|[\s(.])[A-Z])\.$"
)
STOPS: Final = frozenset(".,;!?")
"""What a sentence does not begin with: before it stands a mark that belongs behind it."""
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an article.

    Attributes:
        text: The sentence without its marks.
        claims: Ids of the claims it rests on; empty for ``[[-]]`` and for a sentence without a mark.
        marked: Whether it has a mark.
        line: Of the file, from 1.
        block: Which paragraph, item or cell of the article it stands in, from 0.
        place: In which kind of thing it stands.
    """

    text: str
    claims: tuple[str, ...]
    marked: bool
    line: int
    block: int
    place: Place


@dataclass(frozen=True, slots=True)
class Live:
    """A part of an article that is drawn when it is shown: ``{{foods MG 12}}``."""

    name: str
    words: tuple[str, ...]
    line: int


def statements(article: Article) -> tuple[Statement, ...]:
    """Every sentence of the text; headings and live parts are none."""
    found: list[Statement] = []
    for block, (text, line, place) in enumerate(_blocks(article)):
        if not _LIVE.fullmatch(text.strip()):
            found.extend(_of_block(text, line, block, place))
    return tuple(found)


def live_parts(article: Article) -> tuple[Live, ...]:
    """Every live part of the text."""
    found: list[Live] = []
    for text, line, _ in _blocks(article):
        found.extend(Live(m[1], tuple(m[2].split()), line) for m in _LIVE.finditer(text))
    return tuple(found)


def _blocks(article: Article) -> Iterator[tuple[str, int, Place]]:
    """Paragraphs, items and cells as plain text, with their line in the file."""
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(article.body)
    opened: list[str] = []
    line = 0
    for token in tokens:
        if token.map:
            line = token.map[0]
        if token.nesting == 1:
            opened.append(token.type)
        elif token.nesting == -1:
            opened.pop()
        elif token.type == "inline" and "heading_open" not in opened:
            yield _plain(token), line + article.body_line, _place(opened)


def _place(opened: list[str]) -> Place:
    if opened[-1] in {"td_open", "th_open"}:
        return "cell"
    return "item" if "list_item_open" in opened else "paragraph"


def _plain(token: Token) -> str:
    breaks = {"softbreak", "hardbreak"}
    return "".join("\n" if one.type in breaks else one.content for one in token.children or ())


def _of_block(text: str, line: int, block: int, place: Place) -> Iterator[Statement]:
    at = 0
    for marks in _MARKS.finditer(text):
        names = tuple(name for name in _MARK.findall(marks[0]) if name != NOTHING)
        *before, last = split(text, at, marks.start())
        for said, start in before:
            yield Statement(said, (), False, line + text.count("\n", 0, start), block, place)
        yield Statement(last[0], names, True, line + text.count("\n", 0, last[1]), block, place)
        at = marks.end()
    for said, start in split(text, at):
        if (_LETTER.search(said) and place != "cell") or (said and said[0] in STOPS):
            yield Statement(said, (), False, line + text.count("\n", 0, start), block, place)


def split(text: str, start: int = 0, end: int | None = None) -> list[tuple[str, int]]:
    """The sentences between two places of a text and where each begins; at least one, that may be empty."""
    end = len(text) if end is None else end
    found: list[tuple[str, int]] = []
    at = start
    for stop in _ENDS.finditer(text, start, end):
        if not _SHORT.search(text[at : stop.start() + 1]):
            found.append((" ".join(text[at : stop.end()].split()), _begin(text, at)))
            at = stop.end()
    return [*found, (" ".join(text[at:end].split()), _begin(text, at))]


def _begin(text: str, at: int) -> int:
    """The first place from here that is no space."""
    return at + len(text[at:]) - len(text[at:].lstrip())
