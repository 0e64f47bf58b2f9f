"""``provender read``: an article from a file or a pipe, readable and as JSON."""

import json

import pytest
from typer.testing import CliRunner

from provender.cli.main import app

TEXT = """Sign in
Nuts for your back

By Ann Low

Magnesium supplements relieve back pain. They do not prevent leg cramps, and zinc shortens a cold. Does it matter?

The food

Halibut is rich in magnesium, says a Cochrane review. White bread has less magnesium than brown bread.
"""


def run(*words, **more):
    return CliRunner().invoke(app, ["read", *words], **more)


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def test_every_sentence_is_told_with_its_verdict_or_as_unchecked(article):
    found = run(article)
    assert found.exit_code == 0
    assert "title: Nuts for your back" in found.stdout
    assert "efficacy, magnesium-some-relief, partly: " in found.stdout
    assert "says the opposite of “Magnesium stops muscle cramps”, which is contradicted: " in found.stdout
    assert "efficacy, not checked by this library" in found.stdout
    assert "Fish, halibut, Atlantic and Pacific, cooked, dry heat: 28 mg of magnesium in 100 g" in found.stdout
    assert "not found: date (looked for a day marked as published" in found.stdout
    assert found.stdout.rstrip().endswith("1  account  Sign in")


def test_a_pipe_is_read_as_json(article):
    found = run("-", "--json", input=TEXT)
    values = json.loads(found.stdout)
    assert [one["text"] for one in values["removed"]] == ["Sign in"]
    assert values["sentences"][0]["clauses"][0]["matches"][0]["claim"] == "magnesium-some-relief"


def test_a_removed_line_is_restored(article):
    assert json.loads(run(article, "--json", "--restore", "1").stdout)["removed"] == []


def test_a_folder_and_a_missing_file_are_refused_in_one_line(tmp_path):
    assert "expected a file" in run(str(tmp_path)).stderr
    assert "No such file" in run(str(tmp_path / "none.txt")).stderr


def test_fifty_megabytes_are_refused_without_being_read(tmp_path):
    file = tmp_path / "large.txt"
    file.write_bytes(b"a " * 25_000_000)
    found = run(str(file))
    assert found.exit_code == 1
    assert "expected at most 2 MB" in found.stderr
