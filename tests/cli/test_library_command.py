"""``provender library``: check, schema, show; readable and as JSON."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provender.cli.main import app

SHELF = Path(__file__).parents[1] / "library" / "shelf"


def run(*words):
    return CliRunner().invoke(app, ["library", *words])


@pytest.fixture
def spoilt(tmp_path):
    """The small shelf with a claim that nobody can read."""
    root = tmp_path / "shelf"
    shutil.copytree(SHELF, root)
    (root / "claims" / "numbness.yaml").write_text("hub: back-pain\n", encoding="utf-8")
    return str(root)


def test_a_whole_shelf_passes_with_its_warnings():
    found = run("check", "--shelves", str(SHELF), "--on", "2026-11-23")
    assert found.exit_code == 0
    assert "warning (reported-p): studies/yousef2013.yaml line 21" in found.stdout
    assert found.stdout.endswith("2 articles: no errors, 4 warnings\n")


def test_warnings_fail_when_asked():
    assert run("check", "--shelves", str(SHELF), "--on", "2026-11-23", "--strict").exit_code == 1


def test_a_spoilt_shelf_fails_and_tells_every_field(spoilt):
    found = run("check", "--shelves", spoilt, "--on", "2026-11-23")
    assert found.exit_code == 1
    assert found.stdout.count("error (field): claims/numbness.yaml line 1") > 5


def test_the_check_is_the_same_as_json(spoilt):
    found = run("check", "--shelves", spoilt, "--on", "2026-11-23", "--json")
    told = json.loads(found.stdout)
    assert found.exit_code == 1
    assert told["errors"] == sum(one["level"] == "error" for one in told["findings"]) > 5
    assert told["counts"]["claims"] == 3
    assert all(one["sentence"] for one in told["findings"])


def test_a_later_day_makes_claims_stale():
    assert "(stale)" in run("check", "--shelves", str(SHELF), "--on", "2028-01-01").stdout


@pytest.mark.parametrize("words", [("check", "--on", "soon"), ("check", "--shelves", "/nowhere"), ("schema", "claims")])
def test_what_cannot_be_done_is_told_in_one_line(words):
    found = run(*words)
    assert found.exit_code == 1
    assert found.stderr.startswith("provender: found ")
    assert found.stderr.count("\n") == 1


def test_a_schema_is_printed_as_it_is_published():
    assert json.loads(run("schema", "claim").stdout) == json.loads(run("schema", "claim", "--json").stdout)


def test_a_claim_is_shown_with_what_its_studies_come_to():
    found = run("show", "claims/magnesium-cramps", "--shelves", str(SHELF))
    assert "certainty" in found.stdout
    assert "not distinguishable from no effect." in found.stdout
    told = json.loads(run("show", "magnesium-cramps", "--shelves", str(SHELF), "--json").stdout)
    assert told["taken_together"]["sentence"] in found.stdout
    assert told["certainty"] == "moderate"


def test_a_substance_is_shown_with_the_names_of_its_file():
    told = json.loads(run("show", "substances/magnesium", "--shelves", str(SHELF), "--json").stdout)
    assert told["interactions"][0]["with"] == ["levothyroxine", "thyroxine"]
    assert told["taken_together"] is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("magnesium-cramp", "did you mean magnesium-cramps?"),
        ("claim/x", "found no folder claim"),
        ("yousef2013", "found yousef2013 in sources and studies, expected one; say sources/yousef2013"),
    ],
)
def test_what_cannot_be_shown_is_told(name, said):
    found = run("show", name, "--shelves", str(SHELF))
    assert found.exit_code == 1
    assert said in found.stderr
