"""What the head of a page says of it, by meta elements, JSON-LD and time elements."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from provender.library.reading.dates import day_in

_PUBLISHED: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "pubdate",
    "publish-date",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "last-modified",
    "article:modified_time",
    "dcterms.modified",
    "datemodified",
)
_AUTHOR: Final = ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "sailthru.author")
_TITLE: Final = ("og:title", "citation_title", "twitter:title", "dc.title", "headline")
_HUB: Final = ("article:section", "parsely-section")
_REVIEWER: Final = ("reviewedby", "medical-reviewer")
_DEEPEST: Final = 12


@dataclass(frozen=True)
class Metadata:
    """What the head of a page says; None where it says nothing."""

    title: str | None = None
    window_title: str | None = None
    author: str | None = None
    date: str | None = None
    hub: str | None = None
    reviewer: str | None = None


def metadata(tree: Any) -> Metadata:
    """What a page says of itself in its head, its JSON-LD and its first time element."""
    said = _metas(tree) | {}
    for name, value in _json_ld(tree):
        said.setdefault(name, value)
    window = " ".join(tree.xpath("string((//head/title)[1])").split())
    return Metadata(
        title=_first(said, _TITLE),
        window_title=window or None,
        author=_name(_first(said, _AUTHOR)),
        date=_day(said) or _time(tree),
        hub=_first(said, _HUB),
        reviewer=_name(_first(said, _REVIEWER)),
    )


def _metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            found.setdefault(name, value)
    return found


def _json_ld(tree: Any) -> Iterator[tuple[str, str]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _walked(value, 0)


def _walked(value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _walked(one, depth + 1)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            name = str(key).lower()
            text = _named(one) if name in {"author", "reviewedby"} else one
            if isinstance(text, str) and name in {*_PUBLISHED, *_AUTHOR, *_TITLE, *_REVIEWER, "articlesection"}:
                yield name.replace("articlesection", "article:section"), " ".join(text.split())
            if name == "@graph":
                yield from _walked(one, depth + 1)


def _named(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for name in map(_named, value) if name]
        return ", ".join(names) or None
    if isinstance(value, Mapping):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((said[name] for name in names if said.get(name)), None)


def _name(value: str | None) -> str | None:
    return None if value is None or value.startswith(("http:", "https:", "@")) else value


def _day(said: Mapping[str, str]) -> str | None:
    return next((day for name in _PUBLISHED if (day := day_in(said.get(name, "")))), None)


def _time(tree: Any) -> str | None:
    for element in tree.iter("time"):
        if any(above.tag in {"aside", "footer", "nav", "li"} for above in element.iterancestors()):
            continue
        return day_in(element.get("datetime") or "") or day_in(element.text_content())
    return None
