import json
from datetime import date, timedelta

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.web.charts import energy_chart, score_chart, weight_chart

START = date(2026, 3, 1)


def days(count):
    return [START + timedelta(days=i) for i in range(count)]


def specs(count=4):
    return {
        "weight": weight_chart(days(count), [80.0 - i for i in range(count)], unit="kg"),
        "energy": energy_chart(days(count), [2000] * count, [1800] * count, [None] * count),
        "score": score_chart(days(count), [3.0] * count, "Pain, 0 to 10"),
    }


def rows(spec):
    inline = [spec["data"]] if "data" in spec else [layer["data"] for layer in spec["layer"] if "data" in layer]
    return [row for data in inline for row in (data["values"] if "values" in data else spec["datasets"][data["name"]])]


@pytest.mark.parametrize("name", ["weight", "energy", "score"])
def test_a_chart_is_a_valid_specification(name):
    alt.LayerChart.from_dict(specs()[name], validate=True)


@pytest.mark.parametrize("name", ["weight", "energy", "score"])
def test_a_chart_is_as_wide_as_its_place_and_reads_on_a_phone(name):
    spec = specs()[name]
    assert spec["width"] == "container"
    assert 180 <= spec["height"] <= 260


@pytest.mark.parametrize("name", ["weight", "energy", "score"])
def test_a_chart_holds_no_colour_and_names_no_other_machine(name):
    spec = specs()[name]
    written = json.dumps({key: value for key, value in spec.items() if key != "$schema"})
    assert "config" not in spec
    assert "http" not in written
    assert "#" not in written


@pytest.mark.parametrize("name", ["weight", "energy", "score"])
def test_a_chart_of_one_day_is_a_chart(name):
    alt.LayerChart.from_dict(specs(1)[name], validate=True)


@given(st.lists(st.none() | st.integers(0, 9000), min_size=1, max_size=40))
def test_a_day_without_food_is_a_gap_and_never_zero(eaten):
    spec = energy_chart(days(len(eaten)), eaten, [1800] * len(eaten), [None] * len(eaten))
    for row in rows(spec):
        expected = eaten[(date.fromisoformat(row["day"]) - START).days]
        assert row.get("eaten") == expected
        assert ("eaten" in row) == (expected is not None)
        assert "burned" not in row


def test_a_day_eaten_as_zero_stays_zero():
    assert rows(energy_chart(days(1), [0], [None], [None]))[0]["eaten"] == 0


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_the_weight_axis_names_its_unit(unit):
    assert f'"{unit}"' in json.dumps(weight_chart(days(2), [80.0, 79.5], unit=unit))


def test_a_score_keeps_its_scale_from_0_to_10_whatever_was_scored():
    assert '"domain": [0, 10]' in json.dumps(score_chart(days(2), [4.0, 4.0], "Pain"))


def test_the_line_of_scores_is_broken_where_a_day_is_missing():
    spec = score_chart([START, START + timedelta(days=1), START + timedelta(days=3)], [3, 4, 5], "Pain")
    assert [row["run"] for row in rows(spec)][:3] == [0, 0, 1]


def test_the_line_of_weights_bridges_a_week_but_not_a_fortnight():
    at = [START, START + timedelta(days=7), START + timedelta(days=21)]
    assert [row["run"] for row in rows(weight_chart(at, [80, 79, 78], unit="kg"))][:3] == [0, 0, 1]
