"""``provender library screen``: whether a person may try a substance, as text and as JSON."""

import json

import pytest
from typer.testing import CliRunner

from provender.cli.main import app

WELL = (
    *("--age", "40", "--sex", "female", "--not-pregnant", "--not-breastfeeding", "--kidney", "normal"),
    *("--condition", "none", "--medicine", "none", "--source", "none"),
)


def screened(*words):
    return CliRunner().invoke(app, ["library", "screen", *words])


def answered(*words):
    return json.loads(screened(*words, "--json").stdout)


def test_a_healthy_adult_may_go_on_with_a_usual_dose():
    found = screened("--substance", "magnesium", "--amount", "200", "--form", "elemental", *WELL)
    assert found.exit_code == 0
    assert found.stdout.startswith("magnesium: go on\n")


def test_what_is_left_out_is_not_known_and_never_to_go_on():
    found = answered("--substance", "magnesium", "--amount", "300")
    assert found["decision"] == "ask first"
    assert {"age", "medicines", "other-sources"} <= {one["id"] for one in found["reasons"]}


def test_other_sources_are_read_as_labels_and_summed():
    words = ("--substance", "magnesium", "--amount", "300", "--form", "elemental", *WELL[:-2])
    found = answered(*words, "--source", "multivitamin: magnesium 100 mg; iron 14 mg")
    assert found["reasons"][0]["id"] == "above-limit"
    assert found["spacing"][0]["medicine"] == "iron"


def test_a_source_without_contents_is_asked_about():
    words = ("--substance", "magnesium", "--amount", "100", "--form", "elemental", *WELL[:-2])
    assert answered(*words, "--source", "powder")["reasons"][0]["id"] == "source-contents"


def test_the_text_tells_hours_and_what_agreement_lifts():
    words = ("--substance", "magnesium", "--amount", "200", "--form", "elemental", *WELL)
    found = screened(*words, "--medicine", "Eltroxin", "--yes", "operation", "--no", "heart-block")
    assert "A clinician's agreement may lift this." in found.stdout
    assert "Take magnesium at least 4 hours apart from levothyroxine." in found.stdout


def test_a_measured_kidney_value_is_read():
    found = screened("--substance", "magnesium", *WELL, "--kidney", "20")
    assert found.stdout.startswith("magnesium: stop\nA clinician's agreement does not lift this.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--substance", "magnesum"), "did you mean magnesium?"),
        (("--substance", "magnesium", "--sex", "woman"), "expected female or male"),
        (("--substance", "magnesium", "--yes", "operation", "--no", "operation"), "answered yes and no"),
        (("--substance", "magnesium", "--kidney", "fine"), "found kidney 'fine'"),
        (("--substance", "magnesium", "--source", "powder: magnesium"), "found no amount"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(words, said):
    found = screened(*words)
    assert found.exit_code == 1
    assert said in found.stderr
    assert "Traceback" not in found.stderr
