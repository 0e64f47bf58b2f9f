"""Fails when lines and branches of the core rooms are covered less than promised; reads the combined ``.coverage``.

Usage: python tools/core_coverage.py [coverage.json]. Without a path it asks ``coverage json`` for the figures.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path, PurePath
from typing import Any

CORE = ("terms", "catalogue", "diary", "nutrition", "energy", "library", "trials", "report")
PROMISED = 0.95


def measured() -> dict[str, Any]:
    """What ``coverage json`` says of the combined measurement in this folder."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "coverage.json"
        made = subprocess.run(
            [sys.executable, "-m", "coverage", "json", "-q", "-o", str(out)],
            check=False,
            capture_output=True,
            text=True,
        )
        if made.returncode or not out.exists():
            sys.exit(f"no coverage to read; run `coverage combine` first: {(made.stdout + made.stderr).strip()}")
        return dict(json.loads(out.read_text()))


def room(path: str) -> str | None:
    """The core room a file lies in; None for every other file."""
    parts = PurePath(path).parts
    if "provender" not in parts:
        return None
    inside = parts[len(parts) - parts[::-1].index("provender") :]
    return inside[0] if len(inside) > 1 and inside[0] in CORE else None


def by_room(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Covered and all lines and branches of each core room."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for path, file in found["files"].items():
        here = room(path)
        if here is not None:
            summary = file["summary"]
            covered = summary["covered_lines"] + summary["covered_branches"]
            every = summary["num_statements"] + summary["num_branches"]
            counts[here] = (counts[here][0] + covered, counts[here][1] + every)
    return dict(counts)


def report(counts: dict[str, tuple[int, int]]) -> int:
    """Print one line a room and the verdict; 1 when the promise is broken or a room was never measured."""
    print(f"{'core room':<12}{'covered':>9}{'of':>8}{'share':>9}")
    for here in CORE:
        covered, every = counts.get(here, (0, 0))
        print(f"{here:<12}{covered:>9,}{every:>8,}{covered / every if every else 0:>9.1%}")
    missing = [here for here in CORE if not counts.get(here, (0, 0))[1]]
    covered, every = (sum(figures) for figures in zip(*counts.values(), strict=True)) if counts else (0, 0)
    share = covered / every if every else 0.0
    print(f"{'all':<12}{covered:>9,}{every:>8,}{share:>9.1%}")
    if missing:
        print(f"never measured: {', '.join(missing)}; expected every core room in the coverage", file=sys.stderr)
        return 1
    if share < PROMISED:
        print(
            f"the core is covered {share:.1%}, promised {PROMISED:.0%}; `coverage report` names the lines",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(report(by_room(json.loads(given.read_text()) if given else measured())))
