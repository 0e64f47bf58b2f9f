"""``provender supplements``: add, list, take."""

import json

import pytest
from typer.testing import CliRunner

from provender.cli.main import app
from provender.diary.entries import Kind
from provender.store import days, selectors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _ready(monkeypatch):
    monkeypatch.setattr("provender.cli.supplements.django_ready", lambda: 0)


def run(*words):
    return CliRunner().invoke(app, ["supplements", *words])


def test_a_label_is_kept_listed_and_taken(alice):
    added = run("add", "Night", "--label", "magnesium citrate 500 mg", "--a-day", "1")
    assert added.exit_code == 0, added.stderr
    assert "Magnesium 80.8 mg in one tablet; usually 1 a day" in added.stdout
    assert "16.2 % magnesium" in added.stdout
    (one,) = json.loads(run("list", "--json").stdout)
    assert one["composition"]["MG"] == pytest.approx(80.8, abs=0.05)
    assert "Night" in run("list").stdout
    assert run("take", str(one["id"]), "--doses", "2").stdout.startswith("Logged Night on")
    (entry,) = selectors.day(alice, days.today(alice.zone)).of_kind(Kind.DOSE)
    assert entry.doses["MG"] == pytest.approx(161.6, abs=0.1)


def test_what_cannot_be_meant_is_refused_in_one_line(alice):
    assert "Is the unit right?" in run("add", "Night", "--label", "Magnesium 100 g").stderr
    assert json.loads(run("add", "Night", "--label", "Magnesium 100 g", "--sure", "--json").stdout)["notes"] == []
    assert run("take", "999").exit_code == 1
