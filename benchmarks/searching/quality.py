"""How good an answer is, by the judgements of ``judged/``: NDCG@10, MRR, and a good plain food in the first ten."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from searching.collection import Food

JUDGED = Path(__file__).resolve().parents[1] / "judged"
FIRST = 10
GOOD = 2
"""From this grade on a food is what was wanted."""


@dataclass(frozen=True)
class Query:
    """A judged query.

    Attributes:
        text: What is typed.
        kind: Its class.
        intent: What is meant by it.
        half: ``tune`` or ``locked``.
    """

    text: str
    kind: str
    intent: str
    half: str


@dataclass(frozen=True)
class Quality:
    """Means over queries.

    Attributes:
        queries: How many.
        ndcg: NDCG of the first ten, gain 2^grade - 1 (Järvelin and Kekäläinen, 2002, doi:10.1145/582415.582418).
        mrr: One over the rank of the first food that was wanted, 0 beyond ten.
        generic: Share of queries with a wanted plain food in the first ten; any wanted food where a brand is meant or
            no plain food is what was wanted.
    """

    queries: int
    ndcg: float
    mrr: float
    generic: float


def queries() -> list[Query]:
    """Every judged query."""
    halves = {row["intent"]: row["half"] for row in _read("intents.csv")}
    return [Query(row["query"], row["class"], row["intent"], halves[row["intent"]]) for row in _read("queries.csv")]


def _read(name: str) -> list[dict[str, str]]:
    with (JUDGED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Judge:
    """Grades of every food for every intent."""

    def __init__(self, foods: Sequence[Food], intents: Iterable[str] | None = None) -> None:
        self.plain = {food_id for food_id, _, tier in foods if tier != "branded"}
        self.brands = {query.intent for query in queries() if query.kind == "brand"}
        wanted = None if intents is None else set(intents)
        self.grades: dict[str, dict[str, int]] = {}
        lowered = [(food_id, name.lower(), tier == "branded") for food_id, name, tier in foods]
        for row in _read("intents.csv"):
            if wanted is None or row["intent"] in wanted:
                self._grade(row, lowered)

    def _grade(self, row: dict[str, str], lowered: Sequence[tuple[str, str, bool]]) -> None:
        found, grade, pattern = self.grades.setdefault(row["intent"], {}), int(row["grade"]), re.compile(row["pattern"])
        only = {"plain": (False,), "branded": (True,)}.get(row["tier"], (False, True))
        for food_id, name, branded in lowered:
            if branded in only and found.get(food_id, 0) < grade and pattern.search(name):
                found[food_id] = grade

    def _some_plain(self, intent: str) -> bool:
        """Whether a plain food is what is wanted."""
        return any(grade >= GOOD and food_id in self.plain for food_id, grade in self.grades[intent].items())

    def quality(self, search: Callable[[str], list[str]], asked: Sequence[Query]) -> Quality:
        """Means over these queries."""
        each = [self.one(search(query.text)[:FIRST], query) for query in asked]
        count = max(1, len(each))
        return Quality(len(each), *(sum(one[part] for one in each) / count for part in range(3)))

    def one(self, found: Sequence[str], query: Query) -> tuple[float, float, float]:
        """NDCG, reciprocal rank and whether a wanted food is there, for one query."""
        grades = self.grades[query.intent]
        gains = [2 ** grades.get(food_id, 0) - 1 for food_id in found]
        ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:FIRST]
        good = [at for at, food_id in enumerate(found) if grades.get(food_id, 0) >= GOOD]
        any_tier = query.intent in self.brands or not self._some_plain(query.intent)
        plain = [at for at in good if any_tier or found[at] in self.plain]
        best = _discounted(ideal)
        return (_discounted(gains) / best if best else 0.0, 1 / (1 + good[0]) if good else 0.0, float(bool(plain)))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(2 + at) for at, gain in enumerate(gains))
