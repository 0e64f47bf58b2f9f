"""Do the judgements hold together? Run as `python -m judged.check` in `benchmarks/`, or with a CSV of id, name, tier.

Prints one line a fault and leaves with 1 if there is one; else prints the counts that README.md tells.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from searching.collection import Food, foods

HERE = Path(__file__).parent
CLASSES = ("clean", "multi-word", "form", "brand", "prefix", "typo", "synonym", "other-English")
TIERS = {"plain": (False,), "branded": (True,), "any": (False, True)}
FEWEST = 3
"""Foods that an intent must grade."""
GOOD = 2
"""From this grade on a food is what was wanted."""

Row = dict[str, str]
Grades = dict[tuple[str, bool], int]
"""The grade of each name, by whether it is a brand's."""


def table(name: str) -> list[Row]:
    """The rows of a data file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_of(intent: str) -> str:
    """The half that an intent's family belongs to."""
    return "locked" if int(sha256(intent.split(".", maxsplit=1)[0].encode()).hexdigest()[0], 16) % 2 else "tune"


def row_faults(rows: Sequence[Row]) -> Iterator[str]:
    """Faults of the pattern rows that need no food."""
    for number, row in enumerate(rows, 2):
        at = f"intents.csv line {number}, {row['intent']}"
        if row["half"] != half_of(row["intent"]):
            yield f"{at}: half is {row['half']!r}, the rule says {half_of(row['intent'])!r}"
        if row["grade"] not in {"1", "2", "3"} or row["tier"] not in TIERS:
            yield f"{at}: found grade {row['grade']!r}, tier {row['tier']!r}; expected 1 to 3 and {', '.join(TIERS)}"
        try:
            re.compile(row["pattern"])
        except re.error as error:
            yield f"{at}: the pattern does not compile: {error}"


def query_faults(queries: Sequence[Row], intents: set[str]) -> Iterator[str]:
    """Faults of the queries."""
    for text, count in Counter(row["query"].casefold().strip() for row in queries).items():
        if count > 1:
            yield f"queries.csv: {text!r} stands {count} times"
    for number, row in enumerate(queries, 2):
        if row["class"] not in CLASSES:
            yield f"queries.csv line {number}: found class {row['class']!r}, expected one of {', '.join(CLASSES)}"
        if row["intent"] not in intents:
            yield f"queries.csv line {number}: no intent {row['intent']!r} in intents.csv"
    for intent in sorted(intents - {row["intent"] for row in queries}):
        yield f"intents.csv: no query means {intent!r}"


def grade(rows: Sequence[Row], collection: Sequence[Food]) -> tuple[dict[str, Grades], list[str]]:
    """Grades of the names by intent, and the faults of patterns that match no food or give no food its grade."""
    names = sorted({(name.lower(), tier == "branded") for _, name, tier in collection})
    caught: list[list[tuple[str, bool]]] = []
    for row in rows:
        find, tiers = re.compile(row["pattern"]).search, TIERS[row["tier"]]
        caught.append([named for named in names if named[1] in tiers and find(named[0])])
    grades: dict[str, Grades] = defaultdict(dict)
    for row, named in zip(rows, caught, strict=True):
        for one in named:
            grades[row["intent"]][one] = max(int(row["grade"]), grades[row["intent"]].get(one, 0))
    faults = []
    for number, (row, named) in enumerate(zip(rows, caught, strict=True), 2):
        if not any(grades[row["intent"]][one] == int(row["grade"]) for one in named):
            why = "gives no food its grade" if named else "matches no food"
            faults.append(f"intents.csv line {number}, {row['intent']}: {row['pattern']!r} {why}")
    return grades, faults


def grade_faults(grades: Mapping[str, Grades], queries: Sequence[Row]) -> Iterator[str]:
    """Faults of what the intents grade."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in queries:
        kinds[row["intent"]].add(row["class"])
    for intent, graded in grades.items():
        if 3 not in graded.values():
            yield f"{intent}: no food of grade 3"
        if len(graded) < FEWEST:
            yield f"{intent}: {len(graded)} graded foods, expected {FEWEST} or more"
        branded = kinds[intent] & {"brand"}
        if not branded and not any(one >= GOOD for (_, brand), one in graded.items() if not brand):
            yield f"{intent}: no plain food of grade {GOOD} or 3"


def main() -> int:
    """Check, print, and tell by 0 or 1 whether all is well."""
    rows, queries = table("intents.csv"), table("queries.csv")
    if len(sys.argv) > 1:
        with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
            collection = [(row["id"], row["name"], row["tier"]) for row in csv.DictReader(file)]
    else:
        collection = foods()
    faults = [*row_faults(rows), *query_faults(queries, {row["intent"] for row in rows})]
    if not faults:
        grades, faults = grade(rows, collection)
        faults += grade_faults(grades, queries)
    for fault in faults:
        print(fault)
    halves = {row["intent"]: row["half"] for row in rows}
    counts = Counter((row["class"], halves.get(row["intent"], "?")) for row in queries)
    print(f"{len(halves)} intents, {len(rows)} rows, {len(queries)} queries, {len(collection):,} foods")
    for kind in CLASSES:
        print(f"| {kind} | {counts[kind, 'tune']} | {counts[kind, 'locked']} |")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
