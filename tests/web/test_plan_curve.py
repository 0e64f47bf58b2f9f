"""The curve on the plan page: words first, the picture, its table, how it was computed; and for whom there is none."""

import json
import re
from datetime import date, timedelta

import altair as alt
import pytest

from provender.energy.plan import Goal, Person, plan
from provender.energy.projection import project
from provender.store import days
from provender.web.curve_chart import curve_chart, curve_for

START = date(2026, 11, 23)
SAM = Person(sex="female", age_y=42, height_m=1.68, weight_kg=78, activity="low_active")
FORM = {
    "system": "us",
    "sex": "female",
    "age": "40",
    "feet": "5",
    "inches": "7",
    "pounds": "180",
    "activity": "low_active",
    "life_stage": "none",
    "rate": "-1",
    "goal_weight": "160",
}


def spec(goal=None, unit="lb"):
    return curve_chart(project(plan(SAM, goal or Goal(-0.45, 68)), START), unit)


def rows(found):
    return [row for layer in found["layer"] for row in layer.get("data", {}).get("values", [])] + [
        row for values in found.get("datasets", {}).values() for row in values
    ]


def shown(client, **changed):
    answer = client.post("/plan", {**FORM, **changed})
    assert answer.status_code == 200
    return answer.content.decode()


# ---- the picture ----


@pytest.mark.parametrize("goal", [Goal(-0.45, 68), Goal(-0.45), Goal(0), Goal(0.25, 90), Goal(-0.1, 60)])
def test_the_curve_is_a_valid_specification_without_colours_or_other_machines(goal):
    found = spec(goal)
    alt.LayerChart.from_dict(found, validate=True)
    written = json.dumps({key: value for key, value in found.items() if key != "$schema"})
    assert found["width"] == "container"
    assert "config" not in found
    assert "#" not in written
    assert "http" not in written


def test_the_expected_weight_lies_within_its_band():
    weekly = [row for row in rows(spec()) if "low" in row]
    assert len(weekly) > 10
    assert all(row["low"] <= row["weight"] <= row["high"] for row in weekly)


@pytest.mark.parametrize(("unit", "start"), [("lb", 172.0), ("kg", 78.0)])
def test_the_picture_speaks_the_persons_unit(unit, start):
    first = next(row for row in rows(spec(unit=unit)) if "low" in row)
    assert first["weight"] == pytest.approx(start, abs=0.05)
    assert f"goal {'150' if unit == 'lb' else '68'}" in json.dumps(spec(Goal(-0.45, 68.0388555), unit))


def test_the_point_of_the_goal_stands_on_its_day():
    found = project(plan(SAM, Goal(-0.45, 68)), START)
    assert {"day": found.goal.day.isoformat(), "goal": 68.0} in rows(curve_chart(found, "kg"))


def test_a_goal_that_is_not_reached_has_a_level_and_no_point():
    heavy = Person(sex="female", age_y=50, height_m=1.6, weight_kg=110)
    found = curve_chart(project(plan(heavy, Goal(-0.25, 60)), START), "kg")
    assert [row["name"] for row in rows(found) if "name" in row] == ["goal 60 kg"]
    assert sum("goal" in row for row in rows(found)) == 1


# ---- the page ----


def test_the_page_says_the_day_of_the_goal_before_it_draws(client, db):
    page = shown(client)
    words = re.search(r"You would reach 160 lb around (\d+ \w+ \d{4}) \(nine in ten people like you: ", page)
    assert words
    assert page.index(words[0]) < page.index("plan-curve-spec")
    assert "Once there, about" in page


def test_every_milestone_in_the_table_is_the_curves(client, db):
    page = shown(client)
    person = Person(sex="female", age_y=40, height_m=1.7018, weight_kg=81.6466266, activity="low_active")
    curve = curve_for(plan(person, Goal(-0.45359237, 160 * 0.45359237)), days.today("UTC"), "lb")
    assert curve.rows
    for row in curve.rows:
        assert f'<td class="n">{row.weight}</td>' in page
        assert f"{row.low}–{row.high}" in page


def test_the_drawer_names_equations_constants_and_sources(client, db):
    page = shown(client)
    for words in ("How the curve was computed", "9,441 kcal a kg of fat", "Forbes", "10.1016/S0140-6736(11)60812-X"):
        assert words in page


def test_metric_people_read_kilograms(client, db):
    page = shown(client, system="metric", centimetres="170", kilograms="82", goal_weight="72")
    assert "You would reach 72 kg" in page
    assert ">kg</th>" in page


def test_what_the_range_leaves_out_is_said(client, db):
    assert "food not noted" in shown(client)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"eating_disorder": "yes"}, "no curve of weight and no date"),
        ({"age": "15"}, "Under 19 no curve of weight is drawn"),
        ({"life_stage": "pregnant-2"}, "no curve of weight is drawn"),
    ],
)
def test_for_some_there_is_no_curve_no_date_and_a_calm_sentence(client, db, changed, why):
    page = shown(client, **changed)
    assert why in page
    assert "plan-curve-spec" not in page
    assert "You would reach" not in page


def test_the_swapped_answer_carries_the_curve_too(client, db):
    page = client.post("/plan", FORM, HTTP_HX_REQUEST="true").content.decode()
    assert 'id="plan-curve-spec"' in page


def test_a_wrong_form_has_no_curve(client, db):
    assert "plan-curve" not in client.post("/plan", {**FORM, "age": "x"}).content.decode()


def test_the_curve_begins_today(client, db):
    page = shown(client)
    spec_text = re.search(r'<script id="plan-curve-spec" type="application/json">(.*?)</script>', page)[1]
    assert (
        days.today("UTC").isoformat() in spec_text or (days.today("UTC") - timedelta(days=1)).isoformat() in spec_text
    )
