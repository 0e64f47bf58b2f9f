"""The parts a page is made of: words, lists, facts and tables, as the template takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Block = dict[str, Any]
Tone = Literal["good", "bad", "even", "open"]
NOT_RECORDED: Final = "not recorded"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its header.
        width: Its share of the width; 0 as wide as its widest cell.
        right: Whether its cells stand to the right, as numbers do.
    """

    title: str
    width: float = 0
    right: bool = False


def text(words: str) -> Block:
    """A paragraph."""
    return {"kind": "text", "words": words}


def small(words: str) -> Block:
    """A quiet paragraph."""
    return {"kind": "small", "words": words}


def heading(words: str) -> Block:
    """A heading inside a section."""
    return {"kind": "heading", "words": words}


def items(words: Sequence[str]) -> Block:
    """A list; without any, a paragraph that says so."""
    return {"kind": "items", "words": list(words)} if words else text(f"{NOT_RECORDED[0].upper()}{NOT_RECORDED[1:]}.")


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Short labels with their words; an empty one is said to be not recorded."""
    return {"kind": "facts", "rows": [[label, words or NOT_RECORDED] for label, words in rows]}


def chip(words: str, tone: Tone) -> Block:
    """A cell that stands out: a word in a box, its colour never alone."""
    return {"chip": words, "tone": tone}


def table(columns: Sequence[Column], rows: Sequence[Sequence[str | Block]]) -> Block:
    """A table with a header; an empty cell is said to be not recorded."""
    return {
        "kind": "table",
        "columns": [{"title": one.title, "width": one.width, "right": one.right} for one in columns],
        "rows": [[cell or NOT_RECORDED for cell in row] for row in rows],
    }


def answer(words: str, tone: Tone, sentence: str, lines: Sequence[str] = ()) -> Block:
    """The answer in a box: its word, its sentence, and lines below."""
    return {"kind": "answer", "chip": words, "tone": tone, "sentence": sentence, "lines": [one for one in lines if one]}


def section(title: str, *blocks: Block) -> Block:
    """A section with a heading."""
    return {"heading": title, "blocks": list(blocks)}


def sheet(
    *,
    title: str,
    kicker: str,
    subtitle: str,
    footer: str,
    version: str,
    keywords: Sequence[str],
    opening: Sequence[Block],
    sections: Sequence[Block],
    tight: bool = False,
) -> Block:
    """A whole report as the template ``sheet`` takes it."""
    return {
        "tight": tight,
        "title": title,
        "kicker": kicker,
        "subtitle": subtitle,
        "footer": footer,
        "version": version,
        "keywords": list(keywords),
        "opening": list(opening),
        "sections": list(sections),
    }
