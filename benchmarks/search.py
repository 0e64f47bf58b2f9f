"""The food search against SQLite's FTS5 (porter stems, prefixes, BM25) over the same names, in the same run.

Promise: 99 of 100 searches of the starter catalogue within 10 ms. Usage: python benchmarks/search.py [--json]

FTS5 is asked as one would ask it: every word, the last as a beginning; any of the words if no food has all. Each
query is typed letter by letter, and both searches answer every beginning of it.
"""

import csv
import json
import os
import platform
import re
import sqlite3
import sys
import time
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.search import FoodIndex

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "catalogue" / "judged_queries.csv"
P99_MS = 10.0
LIMIT = 20
FIRST = 3

Search = Callable[[str], list[str]]


def fts5(ids: list[str], names: list[str]) -> Search:
    """FTS5 over these names."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE foods USING fts5(id UNINDEXED, name, tokenize='porter unicode61', prefix='1 2 3 4')"
    )
    base.executemany("INSERT INTO foods VALUES (?, ?)", zip(ids, names, strict=True))
    base.execute("INSERT INTO foods(foods) VALUES ('optimize')")
    asked = f"SELECT id FROM foods WHERE foods MATCH ? ORDER BY rank LIMIT {LIMIT}"

    def search(typed: str) -> list[str]:
        words = [f'"{word}"' for word in re.findall(r"\w+", typed)]
        if not words:
            return []
        words[-1] += "*"
        found = base.execute(asked, (" AND ".join(words),)).fetchall()
        return [row[0] for row in found or base.execute(asked, (" OR ".join(words),)).fetchall()]

    return search


def times_ms(search: Search, typed: list[str]) -> list[float]:
    """How long each search took, sorted; all are asked once before, which does not count."""
    for words in typed:
        search(words)
    found = []
    for words in typed:
        begun = time.perf_counter()
        search(words)
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)


def hits(search: Search, names: dict[str, str], judged: list[dict[str, str]]) -> float:
    """The share of judged queries with an acceptable food among the first three."""
    right = 0
    for row in judged:
        first = [names[food_id] for food_id in search(row["query"])[:FIRST]]
        right += any(fnmatchcase(name, pattern) for name in first for pattern in row["acceptable"].split(";"))
    return right / len(judged)


def share(found: list[float], part: float) -> float:
    """The smallest measured time that ``part`` of all stay within."""
    return found[min(len(found) - 1, int(part * len(found)))]


def main() -> int:
    """Build both, ask both the same, print; 1 when the promise is broken."""
    here = open_catalogue(starter_path())
    begun = time.perf_counter()
    index = FoodIndex.build(zip(here.ids(), here.names(), here.kinds(), strict=True))
    built_s = time.perf_counter() - begun
    names = dict(zip(here.ids(), here.names(), strict=True))
    judged = list(csv.DictReader(JUDGED.read_text(encoding="utf-8").splitlines()))
    queries = [row["query"] for row in judged]
    beginnings = [query[:end] for query in queries for end in range(1, len(query) + 1)]
    searches: dict[str, Search] = {
        "Provender": lambda typed: [hit.id for hit in index.search(typed, limit=LIMIT)],
        "SQLite FTS5": fts5(here.ids(), here.names()),
    }
    rows = {}
    for name, search in searches.items():
        found = times_ms(search, beginnings)
        rows[name] = {
            "p50_ms": share(found, 0.5),
            "p99_ms": share(found, 0.99),
            "slowest_ms": found[-1],
            "acceptable_in_first_3": hits(search, names, judged),
        }
    kept = rows["Provender"]["p99_ms"] < P99_MS
    ratio = rows["Provender"]["p50_ms"] / rows["SQLite FTS5"]["p50_ms"]
    values = {
        "foods": len(names),
        "queries": len(queries),
        "searches": len(beginnings),
        "index_built_s": built_s,
        "p50_ratio": ratio,
        "p99_ratio": rows["Provender"]["p99_ms"] / rows["SQLite FTS5"]["p99_ms"],
        "rows": rows,
        "promise_kept": kept,
    }
    if "--json" in sys.argv:
        print(json.dumps(values, indent=1))
        return 0 if kept else 1
    programs = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{os.cpu_count()} cores, {platform.system()}, {programs}")
    print(f"{len(names):,} foods, {len(queries)} queries typed letter by letter: {len(beginnings):,} searches")
    print(f"index built in {built_s:.2f} s\n\n{'':<14}{'p50 ms':>9}{'p99 ms':>9}{'slowest':>9}{'in first 3':>12}")
    for name, row in rows.items():
        print(
            f"{name:<14}{row['p50_ms']:>9.2f}{row['p99_ms']:>9.2f}{row['slowest_ms']:>9.2f}"
            f"{row['acceptable_in_first_3']:>12.1%}"
        )
    print(f"{'ratio':<14}{ratio:>9.2f}{values['p99_ratio']:>9.2f}\n")
    print(f"search p99 under {P99_MS:.0f} ms: {'yes' if kept else 'NO'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
