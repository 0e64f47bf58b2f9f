import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "provender" / "web"
VENDOR = WEB / "static" / "web" / "vendor"
ROW = re.compile(r"^\| (\S+) \| (\S+) \| `([^`]+)` \| .+ \| `([0-9a-f]{64})` \|$", re.MULTILINE)
TEXTS = "licences.txt"


def rows():
    return ROW.findall((ROOT / "docs" / "vendored.md").read_text("utf-8"))


def test_the_page_of_vendored_libraries_names_every_file_and_no_other():
    assert {name for _, _, name, _ in rows()} == {p.name for p in VENDOR.iterdir()} - {TEXTS}


@pytest.mark.parametrize(("package", "version", "name", "digest"), rows())
def test_a_vendored_file_is_the_one_that_was_fetched(package, version, name, digest):
    assert sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    assert version in name
    assert f"{package} {version}" in (VENDOR / TEXTS).read_text("utf-8")


def test_the_pages_ask_for_vendored_files_that_are_there():
    asked = {
        name
        for page in (WEB / "templates").rglob("*.html")
        for name in re.findall(r"web/vendor/([^'\"]+)", page.read_text("utf-8"))
    }
    assert asked == {p.name for p in VENDOR.iterdir()} - {TEXTS}


def test_the_reader_of_barcodes_and_its_webassembly_belong_together():
    script = next(VENDOR.glob("zxing-reader-*.js")).read_text("utf-8")
    assert sha256(next(VENDOR.glob("zxing-reader-*.wasm")).read_bytes()).hexdigest() in script


def test_the_tool_that_fetches_wants_what_the_page_lists():
    wanted = set(re.findall(r'\(\s*"([^"]+)",\s*"([0-9.]+)"', (ROOT / "tools" / "vendor.py").read_text("utf-8")))
    assert wanted == {(package, version) for package, version, _, _ in rows()}
