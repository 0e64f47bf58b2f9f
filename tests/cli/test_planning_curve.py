"""``provender plan``: the curve's sentences, its milestones, and the same as JSON."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from provender.cli.main import app

PERSON = ("--sex", "female", "--age", "42", "--height", "5 ft 6 in", "--weight", "170 lb", "--activity", "low_active")
LOSING = (*PERSON, "--rate", "-1 lb", "--goal-weight", "150 lb")


def run(*words):
    found = CliRunner().invoke(app, ["plan", *words])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_the_day_of_the_goal_and_the_milestones_are_printed():
    shown = run(*LOSING)
    assert "You would reach 150 lb around" in shown
    assert "week 12" in shown
    assert "the goal" in shown
    assert "food not noted" in shown


def test_json_carries_the_curve_week_by_week():
    curve = json.loads(run(*LOSING, "--json"))["curve"]
    assert len(curve["days"]) == len(curve["weight_kg"]) == len(curve["low_kg"]) == len(curve["high_kg"])
    assert curve["days"][-1] == curve["goal"]["day"]
    assert (date.fromisoformat(curve["days"][1]) - date.fromisoformat(curve["days"][0])).days == 7
    assert curve["milestones"][-1]["is_goal"]
    assert curve["interval"] == 0.9
    assert any("10.1016/S0140-6736(11)60812-X" in words for words in curve["basis"])


def test_kilograms_in_are_kilograms_out():
    shown = run(*PERSON[:6], "--weight", "77 kg", "--rate", "-0.5 kg", "--goal-weight", "68 kg")
    assert "You would reach 68 kg" in shown or "would reach 68 kg" in shown
    assert "lb" not in shown.split("You would")[-1]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--eating-disorder",), "no curve of weight and no date"),
        (("--life-stage", "pregnant-2"), "no curve of weight is drawn"),
    ],
)
def test_for_some_no_curve_is_printed_and_the_sentence_says_why(more, why):
    assert why in run(*LOSING, *more)
    assert json.loads(run(*LOSING, *more, "--json"))["curve"] is None


def test_a_minor_gets_neither_curve_nor_date():
    shown = run("--sex", "female", "--age", "16", "--height", "165 cm", "--weight", "60 kg", "--rate", "-0.5 kg")
    assert "Under 19 no curve" in shown
    assert "You would" not in shown


def test_keeping_the_weight_prints_its_range():
    assert "These calories keep the weight of an average person" in run(*PERSON)
