"""Search over the library: articles by section, claims as the world says them and as they were found, substances.

Words are weighed by how rare they are and where they stand (Robertson & Zaragoza 2009, BM25F, DOI 10.1561/1500000019).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from provender.library.holdings import Shelf
from provender.library.records import Article

Kind = Literal["article", "claim", "substance", "hub"]
K1: Final = 1.2
B: Final = 0.6
TITLE: Final = 3.0
"""A word of a title counts as so many words of the text."""
LEAST_PREFIX: Final = 3
SNIPPET: Final = 150
# fmt: off
STOP: Final = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "i",
    "if", "in", "is", "it", "its", "my", "not", "of", "on", "or", "that", "the", "this", "to", "was", "what",
    "when", "which", "who", "why", "with", "you", "your",
))
# fmt: on
_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = re.compile(r"\[\[[^\]]*\]\]|\{\{[^}]*\}\}|[#*|>]|\]\([^)]*\)")
_KIND_WEIGHT: Final[Mapping[Kind, float]] = {"article": 1.15, "hub": 1.2, "substance": 1.25, "claim": 1.0}


@dataclass(frozen=True, slots=True)
class Found:
    """One place of the library that answers.

    Attributes:
        kind: What it is.
        id: Its id; of an article, the article's.
        title: What it is called.
        snippet: Words around the first that was sought.
        score: How well it answers; only their order means anything.
    """

    kind: Kind
    id: str
    title: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class _Place:
    kind: Kind
    id: str
    title: str
    text: str
    words: Counter[str]
    length: float


class LibraryIndex:
    """The library's words, counted once."""

    def __init__(self, shelf: Shelf) -> None:
        self._places: Final = tuple(_places(shelf))
        self._in = Counter(word for place in self._places for word in place.words)
        self._mean = sum(place.length for place in self._places) / max(len(self._places), 1)

    def search(self, words: str, *, limit: int = 20) -> tuple[Found, ...]:
        """Places that answer, the best first; empty for nothing sought or found.

        Args:
            words: What is sought; a word's beginning of three letters or more is enough.
            limit: At most so many.
        """
        sought = [word for word in stems(words) if word not in STOP] or stems(words)
        meant = [self._meant(word) for word in dict.fromkeys(sought)]
        scored = [(self._score(place, meant), place) for place in self._places]
        scored = [pair for pair in scored if pair[0] > 0]
        scored.sort(key=lambda pair: (-pair[0], pair[1].kind, pair[1].id))
        return tuple(
            Found(place.kind, place.id, place.title, _snippet(place.text, sought), score)
            for score, place in _first_of_each(scored)[:limit]
        )

    def _meant(self, word: str) -> tuple[str, ...]:
        """A word as it stands, else every word that begins with it."""
        if word in self._in or len(word) < LEAST_PREFIX:
            return (word,)
        return tuple(one for one in self._in if one.startswith(word)) or (word,)

    def _score(self, place: _Place, meant: Iterable[tuple[str, ...]]) -> float:
        score, hits, asked = 0.0, 0, 0
        for words in meant:
            asked += 1
            count = sum(place.words[word] for word in words)
            if count:
                hits += 1
                among = max(self._in[word] for word in words)
                rare = math.log(1 + (len(self._places) - among + 0.5) / (among + 0.5))
                score += rare * count * (K1 + 1) / (count + K1 * (1 - B + B * place.length / self._mean))
        return score * _KIND_WEIGHT[place.kind] * (hits / asked) ** 2 if asked else 0.0


def stems(text: str) -> list[str]:
    """Words in small letters, without the ending of a plural."""
    return [_stem(word) for word in _WORD.findall(text.casefold())]


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _first_of_each(scored: list[tuple[float, _Place]]) -> list[tuple[float, _Place]]:
    seen: dict[tuple[str, str], tuple[float, _Place]] = {}
    for score, place in scored:
        seen.setdefault((place.kind, place.id), (score, place))
    return list(seen.values())


def _places(shelf: Shelf) -> Iterator[_Place]:
    for name, hub in shelf.hubs.items():
        yield _place("hub", name, hub.title, hub.summary)
    for name, article in shelf.articles.items():
        for text in _sections(article):
            yield _place("article", name, article.title, text)
    for name, claim in shelf.claims.items():
        yield _place("claim", name, claim.seen_as, f"{claim.says} {claim.because}")
    for name, substance in shelf.substances.items():
        forms = " ".join(form.name for form in substance.forms)
        rows = " ".join(f"{', '.join(row.with_)}: {row.does} {row.do}" for row in substance.interactions)
        yield _place("substance", name, substance.name, f"{substance.summary} {forms} {rows}")


def _sections(article: Article) -> Iterator[str]:
    yield article.summary
    for section in re.split(r"^## ", article.body, flags=re.MULTILINE):
        plain = " ".join(_MARKS.sub(" ", section).split())
        if plain:
            yield plain


def _place(kind: Kind, name: str, title: str, text: str) -> _Place:
    words = Counter(stems(text))
    for word in stems(title):
        words[word] += round(TITLE)
    return _Place(kind, name, title, " ".join(text.split()), words, float(sum(words.values())))


def _snippet(text: str, sought: list[str]) -> str:
    """Words around the first that was sought, cut at spaces."""
    places = [m.start() for m in _WORD.finditer(text) if any(_stem(m[0].casefold()).startswith(one) for one in sought)]
    begin = max(0, (places[0] if places else 0) - SNIPPET // 3)
    begin = text.find(" ", begin) + 1 if begin else 0
    end = text.rfind(" ", begin, begin + SNIPPET) if len(text) > begin + SNIPPET else len(text)
    return f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"
