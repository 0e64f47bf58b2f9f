"""``provender trial``: design, power, analyse; readable and as JSON."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from provender.cli.main import app
from provender.trials.design import Design, sequence_from_text
from provender.trials.seal import seed_from_text, verify

EXAMPLE = str(Path(__file__).parents[1] / "trials" / "example.trial")


def run(*words):
    return CliRunner().invoke(app, ["trial", *words])


def test_a_design_is_sealed_and_the_seal_holds():
    found = json.loads(run("design", "--pairs", "4", "--period", "7", "--json").stdout)
    design = Design(4, 7)
    assert verify(found["commitment"], design, seed_from_text(found["seed"]), sequence_from_text(found["sequence"]))
    said = run("design", "--pairs", "4", "--period", "7").stdout
    assert "no result can be below 1 in 16" in said
    assert "commitment" in said


def test_power_is_the_same_for_the_same_seed():
    words = ("power", "--pairs", "2", "--period", "7", "--trials", "20", "--effect", "-3")
    one, other = json.loads(run(*words, "--json").stdout), json.loads(run(*words, "--json").stdout)
    assert one == other
    assert [row["pairs"] for row in one] == [1, 2, 3, 4]
    for row in one:
        assert row["helped"] + row["worse"] + row["no_difference"] == pytest.approx(row["told"])
    assert "cannot tell" in run(*words).stdout


def test_an_answer_is_readable_and_the_same_as_json():
    said, found = run("analyse", EXAMPLE).stdout, json.loads(run("analyse", EXAMPLE, "--json").stdout)
    assert said.startswith("Helped.")
    assert found["sentence"] in said
    assert all(doubt in said for doubt in found["could_be_wrong"])
    assert max(len(line) for line in said.splitlines() if "█" in line) == 61


def test_what_cannot_be_read_is_told_in_one_line(tmp_path):
    wrong = tmp_path / "x.csv"
    wrong.write_text("day,outcome,assigned\n2026-01-01,five,0\n", encoding="utf-8")
    found = run("analyse", str(wrong))
    assert (found.exit_code, "x.csv" in found.stderr, "five" in found.stderr) == (1, True, True)
    assert run("design", "--scheme", "dice").exit_code == 1


def test_a_simulated_trial_is_written_once_and_tells_what_ones_days_are_like(tmp_path):
    into = str(tmp_path / "one.trial")
    words = ("simulate", "--pairs", "4", "--period", "7", "--effect", "-3", "--into", into)
    assert run(*words).exit_code == 0
    assert "there already" in run(*words).stderr
    assert run("simulate", "--pairs", "4", "--period", "7", "--effect", "-3").stdout == Path(into).read_text()
    assert "expected a date" in run("simulate", "--first-day", "soon").stderr
    own = run("power", "--from", into, "--pairs", "2", "--period", "7", "--trials", "20").stdout
    assert "With your own days" in own
    assert sum("pairs of  7 days" in line for line in own.splitlines()) == 4


def test_repeated_trials_are_answered_together_and_overlapping_ones_refused(tmp_path):
    files = []
    for seed, first in ((1, "2025-01-06"), (2, "2025-06-02")):
        files.append(str(tmp_path / f"{seed}.trial"))
        run("simulate", "--pairs", "4", "--period", "7", "--first-day", first, "--seed", str(seed), "--into", files[-1])
    assert "All 2 together" in run("analyse", *files).stdout
    told = json.loads(run("analyse", *files, "--json").stdout)
    assert len(told["trials"]) == len(told["together"]["likelihoods"]) == 2
    assert "expected one trial at a time" in run("analyse", files[0], files[0]).stderr


def test_published_studies_stand_beside():
    said = run("analyse", EXAMPLE, "--published", "0", "0.05").stdout
    assert "With published studies as the belief beforehand" in said
    found = json.loads(run("analyse", EXAMPLE, "--published", "0", "0.05", "--json").stdout)
    assert found["under_published"]["verdict"] == "made no difference worth having"
