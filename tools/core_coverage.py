"""Fails when the core rooms' coverage, lines and branches together, is below 95 %."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

CORE = ("terms", "catalogue", "diary", "nutrition", "energy")
LEAST = 95.0


def main() -> int:
    """Print a line a room and compare with the least."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "coverage.json"
        subprocess.run([sys.executable, "-m", "coverage", "json", "-q", "-o", out], check=True)
        measured = json.loads(out.read_text())["files"]
    done: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    for name, file in measured.items():
        parts = Path(name).parts
        room = parts[parts.index("provender") + 1] if "provender" in parts[:-2] else ""
        if room in CORE:
            summary = file["summary"]
            done[room] += summary["covered_lines"] + summary["covered_branches"]
            whole[room] += summary["num_statements"] + summary["num_branches"]
    if set(whole) != set(CORE):
        print(f"core coverage: no data for {', '.join(sorted(set(CORE) - set(whole)))}")
        return 1
    shares = {room: 100 * done[room] / whole[room] for room in CORE}
    for room, share in shares.items():
        print(f"core coverage: {room:10} {share:6.2f} %{'' if share >= LEAST else f'  below {LEAST:g} %'}")
    return int(min(shares.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
