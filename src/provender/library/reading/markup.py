"""The blocks of a web page, cut as jusText cuts, each with what its markup says of it; scripts never survive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from justext.core import PARAGRAPH_TAGS, ParagraphMaker  # type: ignore[import-untyped]
from lxml import etree, html  # type: ignore[import-untyped]

from provender.library.reading.lines import Line

_PAGE: Final = re.compile(r"<!doctype html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_OPENED: Final = re.compile(r"<(?:p|div|article|table|h1|ul|span|section)(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:p|div|article|table|h1|ul|span|section)>", re.IGNORECASE)
_LOOKED_AT: Final = 200_000
_DROPPED: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "math",
        "select",
        "option",
        "datalist",
        "audio",
        "video",
        "map",
    ]
)
_MORE_BLOCKS: Final = frozenset(
    [
        "article",
        "section",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "address",
        "button",
        "details",
        "summary",
        "hr",
        "label",
    ]
)
_REASONS: Final = MappingProxyType(
    {
        "nav": "navigation",
        "aside": "beside the article",
        "footer": "foot of the page",
        "button": "button",
        "form": "form",
        "label": "form",
    }
)
_OF_CLASS: Final = tuple(
    (reason, re.compile(rf"(?:^|[-_ ])(?:{words})(?:[-_ ]|$)", re.IGNORECASE))
    for reason, words in (
        (
            "navigation",
            r"nav|navbar|navigation|menu|breadcrumbs?|topbar|toolbar|header-links|pagination|skip-?link|toc",
        ),
        ("advertisement", r"ads?|advert\w*|adsense|sponsor\w*|promo\w*|banner|affiliate|donat\w*|donate-box"),
        ("sharing", r"share|sharing|social|follow"),
        ("subscription", r"newsletter|subscri\w+|sign-?up|mailing-?list|paywall"),
        ("related pages", r"related\S*|recommend\w*|read-?more|popular|trending|more-from|also-like|outbrain|taboola"),
        ("comments", r"comments?|disqus|respond|replies"),
        ("shop", r"price|cart|basket|buy-?box|add-to-\w+|related-products"),
        ("rating", r"ratings?|stars?|votes?"),
        ("notice of the publisher", r"cookies?|consent|gdpr|copyright|legal|colophon|footer"),
        ("beside the article", r"sidebar|widget|widgets|contact|login|account|modal|popup|overlay"),
    )
)
_NEVER_ASIDE: Final = frozenset({"html", "body", "main", "article", "h1"})
_ROLES: Final = tuple(
    (role, re.compile(rf"(?:^|[-_ ])(?:{words})(?:[-_ ]|$)", re.IGNORECASE))
    for role, words in (
        ("credit", "credit|photo-credit|image-credit|photographer"),
        ("caption", "caption|wp-caption-text"),
        ("reviewer", "reviewed|reviewer|reviewed-by|medical-review"),
        ("author", "byline|author|author-name|by-author"),
        ("hub", "section|category|kicker|eyebrow|channel"),
    )
)
_LEAST_LEFT: Final = 0.25


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page or a piece of one."""
    head = text[:_LOOKED_AT]
    return bool(_PAGE.search(head) or (_OPENED.search(head) and _CLOSED.search(head)))


def tree_of(text: str) -> Any:
    """The page as a tree; broken markup is put right as browsers do."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)


@dataclass(frozen=True)
class _Open:
    """What the elements that are open at a place say of the text in it."""

    role: str | None = None
    reason: str | None = None
    dropped: bool = False


class _Blocks(ParagraphMaker):  # type: ignore[misc]
    """jusText's cutting, with what the elements around a block say."""

    def __init__(self) -> None:
        self.open = [_Open()]
        self.said: list[_Open] = []
        self.paragraph_open = _Open()
        super().__init__()

    def _start_new_pragraph(self) -> None:
        before = len(self.paragraphs)
        super()._start_new_pragraph()
        if len(self.paragraphs) > before:
            self.said.append(self.paragraph_open)
        self.paragraph_open = self.open[-1]

    def start(self, element: Any) -> None:
        tag = element.tag
        self.open.append(_opened(self.open[-1], tag, element))
        if tag in _MORE_BLOCKS:
            self._start_new_pragraph()
        super().startElementNS((None, tag), tag, {})
        if not self.paragraph.contains_text():
            self.paragraph_open = self.open[-1]

    def text(self, content: str | None) -> None:
        if content and not self.open[-1].dropped:
            self.characters(content)

    def end(self, element: Any) -> None:
        tag = element.tag
        super().endElementNS((None, tag), tag)
        if tag in _MORE_BLOCKS:
            self._start_new_pragraph()
        self.open.pop()
        if tag in PARAGRAPH_TAGS or tag in _MORE_BLOCKS:
            self.paragraph_open = self.open[-1]


def _opened(outer: _Open, tag: str, element: Any) -> _Open:
    if outer.dropped or tag in _DROPPED or _hidden(element):
        return replace(outer, dropped=True)
    named = f"{element.get('class', '')} {element.get('id', '')}".strip()
    reason = outer.reason or _reason(tag, named)
    return replace(outer, role=_role(tag, named, element.get("rel") or "") or outer.role, reason=reason)


def _hidden(element: Any) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


@lru_cache(maxsize=5_000)
def _reason(tag: str, named: str) -> str | None:
    if tag in _REASONS:
        return _REASONS[tag]
    if not named or tag in _NEVER_ASIDE:
        return None
    return next((reason for reason, shape in _OF_CLASS if shape.search(named)), None)


@lru_cache(maxsize=5_000)
def _role(tag: str, named: str, rel: str) -> str | None:
    if tag == "h1":
        return "title"
    if re.fullmatch(r"h[2-6]", tag):
        return "heading"
    if tag in {"li", "dd", "dt"}:
        return "item"
    if tag == "figcaption":
        return "caption"
    if "author" in rel.split():
        return "author"
    return next(
        (role for role, shape in _ROLES if named and tag in {"p", "div", "span", "a"} and shape.search(named)), None
    )


def blocks_of(tree: Any) -> tuple[Line, ...]:
    """The blocks of a page as lines, in its order; number counts blocks, from 1."""
    maker = _Blocks()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            maker.start(element)
            maker.text(element.text)
        else:
            maker.end(element)
            maker.text(element.tail)
    maker.endDocument()
    lines = tuple(_lines(maker))
    kept = sum(len(line.text) for line in lines if line.reason is None)
    return lines if kept > _LEAST_LEFT * sum(len(line.text) for line in lines) else tuple(_given_back(lines))


def _lines(maker: _Blocks) -> Iterator[Line]:
    for number, (block, said) in enumerate(zip(maker.paragraphs, maker.said, strict=True), 1):
        text = " ".join(block.text.split())
        if not text:
            continue
        links = len(text) < 200 and block.links_density() > 0.6 and said.role not in {"title", "author", "hub"}
        reason = said.reason or ("links only" if links else None)
        item = said.role == "item"
        yield Line(number, text, role=None if item else said.role, reason=reason, bullet=item)


def _given_back(lines: tuple[Line, ...]) -> Iterator[Line]:
    """A page whose classes would take away nearly everything: only true furniture stays removed."""
    sure = {"navigation", "links only", "button", "form"}
    for line in lines:
        yield line if line.reason is None or line.reason in sure or line.words < 8 else replace(line, reason=None)
