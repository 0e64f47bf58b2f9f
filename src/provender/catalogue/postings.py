"""The inverted index behind the food search: flat arrays, mapped from a file or made in memory, the same either way."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from provender.catalogue.weights import weigh

Array = npt.NDArray[Any]

SCALE: Final = 12.0
"""Score of a food whose name is exactly what was asked."""
SURPRISE: Final = 2.0
KIND_BONUS: Final = {"generic": 0.0, "own": 0.5, "dish": -0.4, "branded": -4.5}
BRAND_NAMED: Final = 4.0
"""What a brand's food gains that has a word only brands have, when that was typed."""
POPULAR_BONUS: Final = 0.15
"""What a food gains for each power of ten of its popularity."""
BEGUN: Final = (0.55, 0.3)
"""Match of a word only begun: the first for any beginning, up to the second more by the share typed."""
HEAVY: Final = 1024
"""Postings from which the best foods of a beginning are kept ready."""
HEAD: Final = 512
"""How many of them."""
WEIGHT_STEP: Final = 0.01
COST_STEP: Final = 0.025
LAST_CHARACTER: Final = "\U0010ffff"


@dataclass(frozen=True)
class Shelf:
    """The postings of one tier of foods; within a term the foods that fit it best come first.

    Attributes:
        ends: Where each term's postings end, after a leading 0, shape (terms + 1,).
        foods: The food of each posting, shape (postings,).
        range_keys: The first and the last term of each heavy beginning, packed in 64 bits, sorted.
        range_ends: Where each one's foods end, after a leading 0.
        range_foods: The best foods of each heavy beginning, best first.
    """

    ends: Array
    foods: Array
    range_keys: Array
    range_ends: Array
    range_foods: Array

    def count(self, first: int, last: int) -> int:
        """Postings of the terms from ``first`` to before ``last``."""
        return int(self.ends[last]) - int(self.ends[first])

    def head(self, first: int, last: int, most: int) -> Array:
        """The foods that fit best among those of the terms from ``first`` to before ``last``; may repeat."""
        start, end = int(self.ends[first]), int(self.ends[last])
        if last - first > 1 and end - start > HEAVY:
            key = np.uint64(first << 32 | last)
            at = int(np.searchsorted(self.range_keys, key))
            if at < len(self.range_keys) and self.range_keys[at] == key:
                kept = slice(int(self.range_ends[at]), int(self.range_ends[at + 1]))
                return self.range_foods[kept][:most]
        return self.foods[start : min(end, start + max(most, HEAVY if last - first > 1 else 0))]


@dataclass(frozen=True)
class Postings:
    """Terms, what each food's name says, and where each term stands.

    Attributes:
        term_block: Every term in UTF-8, sorted, one after the other.
        term_ends: Where each ends, after a leading 0, shape (terms + 1,).
        term_keys: The first eight bytes of each as a big-endian number, shape (terms,).
        term_lengths: Characters in each, shape (terms,).
        token_ends: Where each food's tokens end, after a leading 0, shape (foods + 1,).
        token_terms: The term of each token, shape (tokens,).
        token_weights: How central it is to the name, in hundredths, shape (tokens,).
        token_costs: How much it surprises when nobody asked for it, in fortieths, shape (tokens,).
        leftover: Sum of a food's costs, shape (foods,).
        prior: Bonus of tier and popularity, shape (foods,).
        of_brand: 1 for a brand's food, else 0, shape (foods,).
        plain: Postings of foods that are no brand's.
        branded: Postings of the others.
    """

    term_block: Array
    term_ends: Array
    term_keys: Array
    term_lengths: Array
    token_ends: Array
    token_terms: Array
    token_weights: Array
    token_costs: Array
    leftover: Array
    prior: Array
    of_brand: Array
    plain: Shelf
    branded: Shelf

    @classmethod
    def build(cls, foods: Iterable[tuple[str, str, float]]) -> Self:
        """Postings over foods.

        Args:
            foods: Name, tier (generic, dish, branded or own) and popularity (0: unknown) of each, in order.
        """
        gathered = _Gathered()
        for name, tier, popularity in foods:
            gathered.take(name, tier, popularity)
        return cls(**gathered.arrays())

    @property
    def shelves(self) -> tuple[Shelf, Shelf]:
        """Both, the plain one first."""
        return self.plain, self.branded

    def term(self, at: int) -> str:
        """The term at a place."""
        return self.term_block[int(self.term_ends[at]) : int(self.term_ends[at + 1])].tobytes().decode()

    def span(self, word: str) -> tuple[int, int]:
        """The place of exactly this term and the next one; twice the same place when there is no such term."""
        at = self._place(word.encode(), "left")
        return (at, at + 1) if at < len(self.term_keys) and self.term(at) == word else (at, at)

    def begun(self, word: str) -> tuple[int, int]:
        """The places of the terms that begin so."""
        return self._place(word.encode(), "left"), self._place((word + LAST_CHARACTER).encode(), "right")

    def _place(self, word: bytes, side: Any) -> int:
        key = np.uint64(int.from_bytes(word[:8].ljust(8, b"\0"), "big"))
        if len(word) < 8:
            return int(np.searchsorted(self.term_keys, key, side))
        first, last = (int(np.searchsorted(self.term_keys, key, s)) for s in ("left", "right"))
        return bisect_left(range(len(self.term_keys)), word, first, last, key=self._encoded)

    def _encoded(self, at: int) -> bytes:
        return self.term_block[int(self.term_ends[at]) : int(self.term_ends[at + 1])].tobytes()

    def tokens(self, foods: Array) -> tuple[Array, Array]:
        """The tokens of several foods, each of which has one.

        Returns:
            The places of all their tokens, shape (tokens,), and where each food's begin among these, shape (foods,).
        """
        starts = self.token_ends[foods].astype(np.int64)
        lengths = self.token_ends[foods + 1] - starts
        begins = np.cumsum(lengths) - lengths
        return np.repeat(starts - begins, lengths) + np.arange(int(lengths.sum())), begins


def flat(value: object, prefix: str = "") -> dict[str, Array]:
    """A dataclass of arrays and of such dataclasses as one mapping from dotted names to arrays."""
    found: dict[str, Array] = {}
    for note in fields(value):  # type: ignore[arg-type]
        held = getattr(value, note.name)
        found |= {f"{prefix}{note.name}": held} if isinstance(held, np.ndarray) else flat(held, f"{prefix}{note.name}.")
    return found


def opened(arrays: Mapping[str, Array]) -> Postings:
    """Postings over arrays from ``flat``; nothing is copied."""
    parts: dict[str, Any] = {name: held for name, held in arrays.items() if "." not in name}
    for shelf in ("plain", "branded"):
        parts[shelf] = Shelf(**{n.partition(".")[2]: a for n, a in arrays.items() if n.startswith(f"{shelf}.")})
    return Postings(**parts)


class _Gathered:
    """Foods as they come, in few bytes each."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.terms, self.ends = array("I"), array("q", [0])
        self.weights, self.costs = array("B"), array("B")
        self.prior, self.branded = array("f"), array("B")

    def take(self, name: str, tier: str, popularity: float) -> None:
        for term, (weight, cost) in weigh(name).items():
            self.terms.append(self.numbers.setdefault(term, len(self.numbers)))
            self.weights.append(round(weight / WEIGHT_STEP))
            self.costs.append(min(255, round(cost / COST_STEP)))
        self.ends.append(len(self.terms))
        self.prior.append(KIND_BONUS.get(tier, 0.0) + POPULAR_BONUS * float(np.log10(1.0 + popularity)))
        self.branded.append(tier == "branded")

    def arrays(self) -> dict[str, Any]:
        """Every array of ``Postings``."""
        ordered = sorted((term.encode(), number) for term, number in self.numbers.items())
        place = np.empty(len(ordered), dtype=np.uint32)
        place[[number for _, number in ordered]] = np.arange(len(ordered), dtype=np.uint32)
        encoded = [term for term, _ in ordered]
        ends = np.frombuffer(self.ends, dtype=np.int64)
        terms = place[np.frombuffer(self.terms, dtype=np.uint32)]
        costs = np.frombuffer(self.costs, dtype=np.uint8)
        food = np.repeat(np.arange(len(ends) - 1, dtype=np.uint32), np.diff(ends))
        made: dict[str, Any] = {
            "term_block": np.frombuffer(b"".join(encoded), dtype=np.uint8),
            "term_ends": np.concatenate([[0], np.cumsum([len(e) for e in encoded], dtype=np.int64)]).astype(np.int64),
            "term_keys": np.array([int.from_bytes(e[:8].ljust(8, b"\0"), "big") for e in encoded], dtype=np.uint64),
            "term_lengths": np.array([min(255, len(e.decode())) for e in encoded], dtype=np.uint8),
            "token_ends": ends.astype(np.uint32) if ends[-1] < 1 << 32 else ends,
            "token_terms": terms,
            "token_weights": np.frombuffer(self.weights, dtype=np.uint8),
            "token_costs": costs,
            "leftover": (np.bincount(food, costs, len(ends) - 1) * COST_STEP).astype(np.float32),
            "prior": np.frombuffer(self.prior, dtype=np.float32),
            "of_brand": np.frombuffer(self.branded, dtype=np.uint8),
        }
        branded = np.frombuffer(self.branded, dtype=np.uint8).astype(bool)[food]
        texts = [e.decode() for e in encoded]
        made["plain"] = _shelf(made, food, ~branded, texts)
        made["branded"] = _shelf(made, food, branded, texts)
        return made


def _shelf(made: Mapping[str, Array], food: Array, kept: Array, texts: list[str]) -> Shelf:
    terms, foods = made["token_terms"][kept], food[kept]
    weights = made["token_weights"][kept] * np.float32(WEIGHT_STEP)
    left = made["leftover"][foods] - made["token_costs"][kept] * np.float32(COST_STEP)
    base = made["prior"][foods] - SURPRISE * np.log1p(np.maximum(left, 0))
    order = np.lexsort((-(SCALE * weights + base), terms))
    foods, weights, base = foods[order], weights[order], base[order]
    ends = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(texts)))]).astype(np.int64)
    keys, heads = [], []
    for first, last, typed in _heavy(texts, ends, 0, len(texts), 0):
        piece = slice(int(ends[first]), int(ends[last]))
        lengths = np.repeat(made["term_lengths"][first:last], np.diff(ends[first : last + 1])).astype(np.float32)
        scores = SCALE * weights[piece] * (BEGUN[0] + BEGUN[1] * typed / lengths) + base[piece]
        best = np.argpartition(-scores, min(len(scores) - 1, 2 * HEAD))[: 2 * HEAD]
        best = best[np.lexsort((foods[piece][best], -scores[best]))]
        keys.append(first << 32 | last)
        heads.append(np.array(list(dict.fromkeys(foods[piece][best].tolist()))[:HEAD], dtype=np.uint32))
    sequence = np.argsort(np.array(keys, dtype=np.uint64))
    heads = [heads[i] for i in sequence]
    return Shelf(
        ends=ends,
        foods=foods,
        range_keys=np.array(keys, dtype=np.uint64)[sequence],
        range_ends=np.concatenate([[0], np.cumsum([len(h) for h in heads])]).astype(np.int64),
        range_foods=np.concatenate([*heads, np.empty(0, np.uint32)]).astype(np.uint32),
    )


def _heavy(texts: list[str], ends: Array, first: int, last: int, typed: int) -> Iterator[tuple[int, int, int]]:
    """Beginnings of more than one term that have many postings: their first term, the one after, and their letters."""
    while first < last:
        if len(texts[first]) <= typed:
            first += 1
            continue
        end = bisect_left(texts, texts[first][: typed + 1] + LAST_CHARACTER, first, last)
        if int(ends[end]) - int(ends[first]) > HEAVY and end - first > 1:
            yield first, end, typed + 1
            yield from _heavy(texts, ends, first, end, typed + 1)
        first = end
