"""Builds the starter catalogue from Debian's ``cronometer`` package; see docs/data.md.

Usage: python tools/starter_catalogue.py [usda_sr24.jar]. Without a path it gets the package with ``apt-get download``.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.build import build

LARGEST_BYTES = 6 * 1024 * 1024


def downloaded(folder: Path) -> Path:
    """The jar out of Debian's package, fetched into this folder."""
    subprocess.run(["apt-get", "download", "cronometer"], cwd=folder, check=True)
    package = next(folder.glob("cronometer_*.deb"))
    subprocess.run(["dpkg", "-x", package, folder / "package"], check=True)
    return folder / "package" / "usr" / "share" / "cronometer" / "usda_sr24.jar"


def main() -> int:
    """Build, check the size and say what was made."""
    out = starter_path()
    with tempfile.TemporaryDirectory() as folder:
        jar = Path(sys.argv[1]) if len(sys.argv) > 1 else downloaded(Path(folder))
        report = build([("sr_cronometer", jar)], out)
    size = out.stat().st_size
    catalogue = open_catalogue(out)
    print(f"{out}: {len(catalogue):,} foods, {len(catalogue.nutrients)} nutrients, {size:,} bytes")
    print(f"digest {report.digest}; quarantined: {report.quarantined}")
    for problem in report.problems[:20]:
        print(f"  {problem}")
    return 0 if size <= LARGEST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
