"""A catalogue of some 300,000 foods: what it costs to build, to open and to serve over HTTP.

Promises: built within 30 s and 1 GB; at most 120 MB; opened within 50 ms; at most 80 MB of it resident in a process
that serves; search as you type over HTTP within 30 ms, 95 times in 100.

Usage: python benchmarks/catalogue.py [--json] [--keep FILE]

``--keep`` leaves the artifact there.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from day_page import Visitor, diary, free_port, machine, milliseconds, serving, share
from searching.collection import plain_csv
from searching.quality import queries

from provender.catalogue.artifact import starter_path

BUILD_S, BUILD_MB, FILE_MB, OPEN_MS, RESIDENT_MB, HTTP_P95_MS = 30.0, 1000.0, 120.0, 50.0, 80.0, 30.0
ENTRIES = 600

OPENED = """
import sys
import time
from pathlib import Path
from provender.catalogue.artifact import open_catalogue
from provender.catalogue.indexed import index_of
def resident():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
open_catalogue(Path(sys.argv[1]))
before, begun = resident(), time.perf_counter()
here = open_catalogue(Path(sys.argv[2]))
opened = time.perf_counter() - begun
index = index_of(here)
ready = time.perf_counter() - begun
here.verify()
for words in sys.argv[3:]:
    for end in range(1, len(words) + 1, 2):
        for hit in index.search(words[:end]):
            here.food(hit.id)
after = resident()
own = sum(after[part] - before[part] for part in ("Private_Dirty", "Shared_Dirty"))
print(opened * 1000, ready * 1000, after["Rss"] - before["Rss"], own)
"""


def built(folder: Path) -> tuple[Path, dict[str, float]]:
    """The artifact, and what it cost; in a process of its own so that its memory can be told."""
    table, artifact = folder / "foods.csv", folder / "bench.catalogue"
    foods = plain_csv(table)
    command = [sys.executable, "-m", "provender", "catalogue", "build", "--source", f"plain_csv:{table}"]
    begun = time.perf_counter()
    subprocess.run([*command, "--out", str(artifact), "--json"], check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return artifact, {
        "foods": foods,
        "build_s": seconds,
        "build_mb": peak,
        "file_mb": artifact.stat().st_size / 1e6,
    }


def opened(artifact: Path) -> dict[str, float]:
    """What opening costs, and what serving every judged query letter by letter leaves in memory."""
    words = [query.text for query in queries()]
    command = [sys.executable, "-c", OPENED, str(starter_path()), str(artifact), *words]
    found = subprocess.run(command, check=True, capture_output=True, text=True)
    names = ("open_ms", "open_with_index_ms", "resident_mb", "of_which_own_mb")
    return dict(zip(names, map(float, found.stdout.split()), strict=True))


def over_http(artifact: Path, folder: Path) -> dict[str, float]:
    """Search as you type, signed in, over HTTP."""
    for name in [n for n in os.environ if n.startswith(("PROVENDER_", "DJANGO_"))]:
        del os.environ[name]
    os.environ |= {"PROVENDER_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "provender.settings"}
    diary(ENTRIES)
    port = free_port()
    process, seconds = serving(port, os.environ | {"PROVENDER_CATALOGUE": str(artifact)})
    try:
        one = Visitor(port)
        one.sign_in()
        typed = sorted({query.text[:end] for query in queries() for end in range(1, len(query.text) + 1)})[::5]
        found = milliseconds(
            lambda i: one.ask("GET", "/foods/find?" + urlencode({"q": typed[i % len(typed)]}), part=True), len(typed)
        )
    finally:
        process.terminate()
        process.wait(20)
    return {
        "start_s": seconds,
        "http_p50_ms": share(found, 0.5),
        "http_p95_ms": share(found, 0.95),
        "http_times": len(found),
    }


def main() -> int:
    """Build, open, serve, print; 1 when a promise is broken."""
    with tempfile.TemporaryDirectory(prefix="provender-bench-") as temporary:
        folder = Path(temporary)
        artifact, values = built(folder)
        values |= opened(artifact)
        values |= over_http(artifact, folder)
        if "--keep" in sys.argv:
            shutil.copy(artifact, sys.argv[sys.argv.index("--keep") + 1])
    promises = {
        "build_s": BUILD_S,
        "build_mb": BUILD_MB,
        "file_mb": FILE_MB,
        "open_ms": OPEN_MS,
        "resident_mb": RESIDENT_MB,
        "http_p95_ms": HTTP_P95_MS,
    }
    broken = [name for name, most in promises.items() if values[name] > most]
    if "--json" in sys.argv:
        print(json.dumps(values | {"broken": broken}, indent=1))
        return 1 if broken else 0
    print(machine())
    for name, value in values.items():
        most = f"  (promised: at most {promises[name]:g})" if name in promises else ""
        print(f"{name:<22}{value:>12,.1f}{most}")
    print(f"\nevery promise kept: {'NO: ' + ', '.join(broken) if broken else 'yes'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
