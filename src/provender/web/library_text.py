"""An article's Markdown as a page: sentences with numbered marks that open their evidence, and live parts drawn."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Final

from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MARKS: Final = re.compile(r"\s*((?:\[\[(?:-|[a-z0-9-]+)\]\])+)")
MARK: Final = re.compile(r"\[\[(-|[a-z0-9-]+)\]\]")
LIVE: Final = re.compile(r"\{\{\s*([a-z]+)((?:\s+[\w-]+)*)\s*\}\}")

Draw = Callable[[str, Sequence[str]], str]
"""From a live part's name and words to its HTML, safe already."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: its anchor and words."""

    anchor: str
    words: str


@dataclass(slots=True)
class Text:
    """A drawn article.

    Attributes:
        html: The body.
        headings: Of the second level, in order.
        claims: Ids of the claims it rests on, in the order of their numbers from 1.
    """

    html: str = ""
    headings: list[Heading] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


def drawn(body: str, link: Callable[[str], str], label: Callable[[str], str], draw: Draw) -> Text:
    """The text of an article.

    Args:
        body: Markdown with marks; raw HTML in it stays text.
        link: Where a claim's page is.
        label: What its mark is called aloud.
        draw: How live parts are drawn.
    """
    text = Text()
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    parser.inline.ruler.before("link", "mark", _mark)
    tokens = parser.parse(body)
    _with_anchors(tokens, text)
    _with_live_parts(tokens, draw)

    def mark(found: Sequence[Token], at: int, *_: object) -> str:
        return "".join(_anchor(name, text, link, label) for name in found[at].meta["claims"])

    parser.renderer.rules["mark"] = mark  # type: ignore[attr-defined]
    text.html = mark_safe(parser.renderer.render(tokens, parser.options, {}))  # noqa: S308 - raw HTML is off
    return text


def _mark(state: StateInline, silent: bool) -> bool:
    match = MARKS.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("mark", "", 0)
        token.meta["claims"] = [name for name in MARK.findall(match[1]) if name != "-"]
    state.pos = match.end()
    return True


def _anchor(name: str, text: Text, link: Callable[[str], str], label: Callable[[str], str]) -> str:
    if name not in text.claims:
        text.claims.append(name)
    number = text.claims.index(name) + 1
    said = escape(f"Evidence {number}: {label(name)}")
    return f'\u2060<a class="mark" href="{escape(link(name))}" data-claim aria-label="{said}">{number}</a>'


def _with_anchors(tokens: list[Token], text: Text) -> None:
    for token, words in pairwise(tokens):
        if token.type == "heading_open":
            anchor = re.sub(r"[^a-z0-9]+", "-", words.content.casefold()).strip("-")
            token.attrSet("id", anchor)
            if token.tag == "h2":
                text.headings.append(Heading(anchor, words.content))


def _with_live_parts(tokens: list[Token], draw: Draw) -> None:
    """Put what is drawn in the place of each paragraph that is a live part alone."""
    at = 0
    while at < len(tokens) - 2:
        match = LIVE.fullmatch(tokens[at + 1].content.strip()) if tokens[at].type == "paragraph_open" else None
        if match:
            tokens[at : at + 3] = [Token("html_block", "", 0, content=draw(match[1], match[2].split()))]
        at += 1
