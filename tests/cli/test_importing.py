"""``provender import``: what came, what was left out, nothing kept by a check."""

import json

import pytest
from typer.testing import CliRunner

from provender.cli.main import app

pytestmark = pytest.mark.django_db(transaction=True)
FILE = "day,weight_kg,MG\n2025-03-01,70,310\n2025-03-02,7O,300\n"


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr("provender.cli.importing.django_ready", lambda: 0)
    path = tmp_path / "diary.csv"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def run(*words):
    return CliRunner().invoke(app, ["import", *words])


def test_what_came_and_what_was_left_out_are_said(alice, file):
    found = run(file)
    assert found.exit_code == 0, found.stderr
    assert found.stdout.splitlines() == [
        "2 entries on 1 day, 1 weighing among them, 1 March 2025 to 1 March 2025.",
        "left out: line 3, column weight_kg: found “7O”, expected a number such as 2, 1.5 or 1/2",
    ]
    assert run(file).stdout.startswith("Nothing new")


def test_a_check_keeps_nothing(alice, file):
    assert run(file, "--check").stdout.startswith("Would come: 2 entries")
    assert json.loads(run(file, "--json").stdout)["entries"] == 2


def test_json_names_the_line_of_each_problem(alice, file):
    found = json.loads(run(file, "--check", "--json").stdout)
    assert (found["rows"], found["change_id"], found["problems"][0]["line"]) == (2, None, 3)


def test_a_file_that_is_not_there_is_named(alice, tmp_path, file):
    found = run(str(tmp_path / "nowhere.csv"))
    assert (found.exit_code, "nowhere.csv cannot be used" in found.stderr) == (1, True)
