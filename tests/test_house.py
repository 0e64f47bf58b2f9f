import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "provender"


def rooms_of_the_code():
    folders = {p.name for p in SOURCE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    return folders | {p.stem for p in SOURCE.glob("*.py") if p.stem != "__init__"}


def test_the_table_of_rooms_is_the_code():
    table = [line for line in (ROOT / "ARCHITECTURE.md").read_text().splitlines() if line.startswith("| ")][2:]
    named = {room for line in table for room in re.findall(r"`(\w+)`", line.split("|")[2])}
    assert named == rooms_of_the_code()


def test_every_module_says_what_it_is_for():
    silent = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts and not p.read_text().startswith('"""')]
    assert silent == []


def test_no_module_is_longer_than_four_hundred_lines():
    long = {p.name: n for p in SOURCE.rglob("*.py") if (n := len(p.read_text().splitlines())) > 400}
    assert long == {}


def test_decision_records_are_numbered_without_gaps():
    numbers = sorted(int(p.name[:4]) for p in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_page_names_another_origin():
    pages = [*SOURCE.rglob("*.html"), *(p for p in SOURCE.rglob("*.css") if "vendor" not in p.parts)]
    found = {
        p.name: m
        for p in pages
        if (m := re.findall(r"(?:src|href|action|url)[=(][\"']?(?:https?:)?//[^\"')]+", p.read_text()))
    }
    assert found == {}


def test_no_page_holds_an_inline_script():
    pages = list(SOURCE.rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text()
        assert not re.search(r"\son[a-z]+=", text), page.name
        assert not re.search(r"<script(?![^>]*(?:src=|application/(?:ld\+)?json))", text), page.name


def test_no_two_test_files_share_a_name():
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
