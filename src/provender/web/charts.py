"""Charts as Altair specifications, drawn in the page; colours come from the page's own tokens."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

Spec = dict[str, Any]
HEIGHT = 240
LONGEST_GAP_DAYS = 10
"""The line of weights is broken where nothing was weighed for longer."""


def points(days: Sequence[date], **series: Sequence[float | int | None]) -> alt.InlineData:
    """Inline data, one row a day; a value that is None is left out of its row and so a gap in the chart."""
    rows = [
        {
            "day": day.isoformat(),
            **{name: values[i] for name, values in series.items() if values[i] is not None},
        }
        for i, day in enumerate(days)
    ]
    return alt.InlineData(values=rows)


def spec_of(chart: Any) -> Spec:
    """The specification the page draws, as wide as its place, in the page's own colours."""
    spec: Spec = chart.properties(width="container", height=HEIGHT).to_dict(validate=False)
    spec.pop("config", None)
    return spec


def day_axis() -> alt.X:
    """Days from left to right."""
    return alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", labelOverlap=True, tickCount=6, grid=False))


def _dotted(data: alt.InlineData, y: alt.Y, tooltip: list[alt.Tooltip]) -> Spec:
    """Points with a faint line, broken where ``run`` changes."""
    base = alt.Chart(data).encode(x=day_axis(), y=y, tooltip=tooltip)
    line = base.mark_line(strokeWidth=1, opacity=0.5).encode(detail="run:N")
    return spec_of(line + base.mark_point(filled=True, size=36))


def _runs(days: Sequence[date], longest_gap: int) -> list[int]:
    """Which unbroken run each day belongs to; a gap of more days than the longest begins a new one."""
    runs: list[int] = []
    for i, day in enumerate(days):
        new = i > 0 and (day - days[i - 1]).days > longest_gap
        runs.append((runs[-1] + new) if runs else 0)
    return runs


def weight_chart(days: Sequence[date], masses: Sequence[float], *, unit: str) -> Spec:
    """Body mass by day.

    Args:
        days: n days in order.
        masses: n masses in ``unit``.
        unit: ``kg`` or ``lb``.
    """
    y = alt.Y("mass:Q", title=unit, scale=alt.Scale(zero=False, nice=True))
    tooltip = [alt.Tooltip("day:T", title="Day"), alt.Tooltip("mass:Q", title=unit)]
    return _dotted(points(days, mass=masses, run=_runs(days, LONGEST_GAP_DAYS)), y, tooltip)


def energy_chart(
    days: Sequence[date],
    eaten: Sequence[float | None],
    budget: Sequence[float | None],
    burned: Sequence[float | None],
) -> Spec:
    """Calories eaten (bars) against the budget (a stepped line); a day without food has no bar.

    Args:
        days: n days in order.
        eaten: kcal eaten; None where nothing was logged.
        budget: kcal allowed; None without a plan.
        burned: kcal of exercise; None without any.
    """
    data = points(days, eaten=eaten, budget=budget, burned=burned)
    told = ["eaten", "budget"] if any(kcal is not None for kcal in budget) else ["eaten"]
    tooltip = [
        alt.Tooltip("day:T", title="Day"),
        alt.Tooltip("eaten:Q", title="Eaten, kcal", format=",.0f"),
        alt.Tooltip("budget:Q", title="Budget, kcal", format=",.0f"),
        alt.Tooltip("burned:Q", title="Burned, kcal", format=",.0f"),
    ]
    y = alt.Y("eaten:Q", title="kcal", axis=alt.Axis(format=",.0f"))
    bars = (
        alt.Chart(data)
        .transform_filter("isValid(datum.eaten)")
        .transform_calculate(what="'eaten'")
        .mark_bar(width={"band": 0.8})
        .encode(
            x=alt.X("yearmonthdate(day):T", title=None, axis=alt.Axis(format="%-d %b", tickCount=6, grid=False)),
            y=y,
            color=alt.Color("what:N", title=None),
            tooltip=tooltip,
        )
    )
    line = (
        alt.Chart(data)
        .transform_filter("isValid(datum.budget)")
        .transform_calculate(what="'budget'")
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=day_axis(),
            y=alt.Y("budget:Q", title="kcal"),
            color=alt.Color("what:N", title=None, scale=alt.Scale(domain=told)),
        )
    )
    return spec_of(bars + line)


def score_chart(days: Sequence[date], scores: Sequence[float], name: str) -> Spec:
    """A score from 0 to 10 by day.

    Args:
        days: n days in order.
        scores: n scores.
        name: What is scored.
    """
    y = alt.Y("score:Q", title=name, scale=alt.Scale(domain=[0, 10]), axis=alt.Axis(tickCount=5))
    tooltip = [alt.Tooltip("day:T", title="Day"), alt.Tooltip("score:Q", title=name)]
    return _dotted(points(days, score=scores, run=_runs(days, 1)), y, tooltip)
