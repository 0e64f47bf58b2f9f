"""Charts of what was learnt: the smoothed weight and maintenance, each with its band."""

from collections.abc import Sequence
from datetime import date

import altair as alt
import numpy as np

from provender.energy.expenditure import Curve
from provender.energy.expenditure_model import Array
from provender.web.charts import Spec, day_axis, spec_of

BAND_OPACITY = 0.2


def _rows(days: Sequence[date], curve: Curve, digits: int, **more: Sequence[float | None]) -> alt.InlineData:
    """One row a day; a value that is None is left out of its row and so a gap in the chart."""
    columns = {
        name: np.round(part, digits).tolist()
        for name, part in (("low", curve.low), ("middle", curve.middle), ("high", curve.high))
    }
    every = {**columns, **more}
    rows = [
        {"day": day.isoformat(), **{name: part[t] for name, part in every.items() if part[t] is not None}}
        for t, day in enumerate(days)
    ]
    return alt.InlineData(values=rows)


def _line_and_band(data: alt.InlineData, y: str, form: str) -> alt.LayerChart:
    base = alt.Chart(data).encode(x=day_axis())
    scale = alt.Scale(zero=False, nice=True)
    band = base.mark_area(opacity=BAND_OPACITY).encode(y=alt.Y("low:Q", title=y, scale=scale), y2="high:Q")
    tooltip = [
        alt.Tooltip("day:T", title="Day"),
        *(alt.Tooltip(f"{name}:Q", title=f"{said}, {y}", format=form) for name, said in _SAID),
    ]
    line = base.mark_line(strokeWidth=2.5).encode(y=alt.Y("middle:Q", title=y, scale=scale), tooltip=tooltip)
    layers: alt.LayerChart = band + line
    return layers


_SAID = (("middle", "Middle"), ("low", "Low"), ("high", "High"))


def trend_chart(days: Sequence[date], weighed: Sequence[float | None], trend: Curve, *, unit: str) -> Spec:
    """Weighings as points, the smoothed weight as a line, its 90 % interval as a band.

    Args:
        days: n consecutive days.
        weighed: (n,) in ``unit``; None where nothing was weighed.
        trend: (n,) in ``unit``.
        unit: ``kg`` or ``lb``.
    """
    data = _rows(days, trend, 2, weighed=weighed)
    points = (
        alt.Chart(data)
        .transform_filter("isValid(datum.weighed)")
        .mark_point(filled=False, size=30, opacity=0.75)
        .encode(
            x=day_axis(),
            y=alt.Y("weighed:Q", title=unit, scale=alt.Scale(zero=False, nice=True)),
            tooltip=[alt.Tooltip("day:T", title="Day"), alt.Tooltip("weighed:Q", title=f"Weighed, {unit}")],
        )
    )
    return spec_of(_line_and_band(data, unit, ".1f") + points)


def maintenance_chart(days: Sequence[date], maintenance: Curve, changed: Sequence[date]) -> Spec:
    """Maintenance as logged by day as a line with its 90 % interval; a rule where activity changed.

    Args:
        days: n consecutive days.
        maintenance: (n,) kcal a day.
        changed: Days from which the person lives differently; those outside ``days`` are left out.
    """
    chart = _line_and_band(_rows(days, maintenance, 0), "kcal", ",.0f")
    told = [day for day in changed if days[0] <= day <= days[-1]]
    if told:
        at = alt.InlineData(values=[{"day": day.isoformat()} for day in told])
        chart += (
            alt.Chart(at)
            .mark_rule(strokeDash=[4, 4])
            .encode(x=day_axis(), tooltip=[alt.Tooltip("day:T", title="Changed")])
        )
    return spec_of(chart)


def cut(curve: Curve, first: int, last: int, times: float = 1.0) -> Curve:
    """The part of a curve from one day to another, the last one not included, in another unit."""
    low, middle, high = (_cut(part, first, last, times) for part in (curve.low, curve.middle, curve.high))
    return Curve(low, middle, high)


def _cut(part: Array, first: int, last: int, times: float) -> Array:
    return part[first:last] * times
