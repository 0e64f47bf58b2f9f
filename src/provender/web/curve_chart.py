"""The plan's curve for its page: an Altair specification, and the words and rows that stand beside it."""

from dataclasses import dataclass
from datetime import date

import altair as alt

from provender.energy.curve_basis import curve_basis
from provender.energy.curve_words import (
    COVERS,
    KG_PER_LB,
    curve_sentences,
    mass_in,
    milestone_name,
    pace_words,
    signed_rate_in,
)
from provender.energy.plan import Plan
from provender.energy.projection import Projection, no_curve, project
from provender.web.charts import Spec, points, spec_of

SHORT_DAYS = 120
"""A curve not longer than this is labelled by day, a longer one by month and year."""


@dataclass(frozen=True, slots=True)
class CurveRow:
    """One milestone in words and in the page's unit: when, weight, its range, the pace there, what keeping it costs."""

    name: str
    day: date
    weight: str
    low: str
    high: str
    rate: str
    keep: str


@dataclass(frozen=True, slots=True)
class Curve:
    """What the page shows of a curve; only ``why_none`` where none is drawn."""

    why_none: str = ""
    unit: str = "kg"
    sentences: tuple[str, ...] = ()
    spec: Spec | None = None
    rows: tuple[CurveRow, ...] = ()
    paced: bool = False
    covers: str = ""
    basis: tuple[str, ...] = ()


def curve_for(plan: Plan, start: date, unit: str) -> Curve:
    """The curve of a plan as its page shows it.

    Args:
        plan: The plan.
        start: Its first day.
        unit: ``kg`` or ``lb``.
    """
    found = project(plan, start)
    if found is None:
        return Curve(why_none=no_curve(plan))
    rows = tuple(
        CurveRow(
            name=milestone_name(m),
            day=m.day,
            weight=mass_in(m.weight_kg, unit).removesuffix(f" {unit}"),
            low=mass_in(m.low_kg, unit).removesuffix(f" {unit}"),
            high=mass_in(m.high_kg, unit).removesuffix(f" {unit}"),
            rate=signed_rate_in(m.kg_per_week, unit).removesuffix(f" {unit}"),
            keep=pace_words(m),
        )
        for m in found.milestones
    )
    return Curve(
        unit=unit,
        sentences=curve_sentences(found, unit),
        spec=curve_chart(found, unit),
        rows=rows,
        paced=any(row.keep for row in rows),
        covers=COVERS,
        basis=curve_basis(found),
    )


def curve_chart(found: Projection, unit: str) -> Spec:
    """The expected weight by week as a line, its 90 % interval as a band, the goal as a level line.

    Args:
        found: The projection.
        unit: ``kg`` or ``lb``.
    """
    per_kg = 1 / KG_PER_LB if unit == "lb" else 1.0
    at = [*range(0, len(found.days) - 1, 7), len(found.days) - 1]
    lines = {
        name: [round(float(line[i]) * per_kg, 1) for i in at]
        for name, line in (("weight", found.weight_kg), ("low", found.low_kg), ("high", found.high_kg))
    }
    long = len(found.days) > SHORT_DAYS
    axis = alt.Axis(format="%b %Y" if long else "%-d %b", labelOverlap=True, tickCount=5, grid=False)
    base = alt.Chart(points([found.days[i] for i in at], **lines)).encode(x=alt.X("day:T", title=None, axis=axis))
    scale = alt.Scale(zero=False, nice=True)
    tooltip = [
        alt.Tooltip("day:T", title="Day"),
        alt.Tooltip("weight:Q", title=f"Expected, {unit}"),
        alt.Tooltip("low:Q", title="Nine in ten, from"),
        alt.Tooltip("high:Q", title="to"),
    ]
    band = base.mark_area(opacity=0.2).encode(y=alt.Y("low:Q", title=unit, scale=scale), y2="high:Q", tooltip=tooltip)
    line = base.mark_line(strokeWidth=2.5).encode(y=alt.Y("weight:Q", title=unit, scale=scale), tooltip=tooltip)
    layers = [band, line]
    if found.goal is not None:
        layers += _goal_layers(found.days[0], found.goal.day, round(found.goal.weight_kg * per_kg, 1), unit)
    return spec_of(alt.layer(*layers))


def _goal_layers(start: date, reached: date | None, goal: float, unit: str) -> list[alt.Chart]:
    """The level of the goal with its name at the left, and a point on the day it is reached."""
    named = {"day": start.isoformat(), "goal": goal, "name": f"goal {goal:g} {unit}"}
    level = alt.Chart(alt.InlineData(values=[named]))
    weight = alt.Y("goal:Q", title=unit)
    layers = [
        level.mark_rule(strokeDash=[5, 4]).encode(y=weight),
        level.mark_text(align="left", dx=4, dy=-7, fontSize=12).encode(
            x="day:T", y=weight, text="name:N", color=alt.Color("name:N", legend=None)
        ),
    ]
    if reached is not None:
        there = alt.Chart(points([reached], goal=[goal]))
        tooltip = [alt.Tooltip("day:T", title="Goal reached around"), alt.Tooltip("goal:Q", title=unit)]
        layers.append(there.mark_point(filled=True, size=80).encode(x="day:T", y=weight, tooltip=tooltip))
    return layers
