"""Trends, first form: weight, calories against budget, pain; each chart with its table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from provender.diary.entries import Kind
from provender.store import selectors
from provender.store.members import Member
from provender.web.charts import energy_chart, score_chart, weight_chart
from provender.web.door import member_view
from provender.web.nutrients import chosen_range
from provender.web.today import PAIN

KG_PER_LB = 0.45359237
RANGES = (14, 30, 90, 365)


@require_GET
@member_view
def trends_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Charts of a range of days."""
    first, last, days = chosen_range(request, member, usual=30)
    weights = [e for e in selectors.entries_of_kind(member, Kind.WEIGHT, first, last) if e.mass_g]
    scores = [e for e in selectors.entries_of_kind(member, Kind.OBSERVATION, first, last) if e.unit == PAIN]
    energy = selectors.energy_days(member, first, last)
    unit, per_kg = ("lb", 1 / KG_PER_LB) if member.system == "us" else ("kg", 1.0)
    masses = [round(float(e.mass_g or 0) / 1000 * per_kg, 1) for e in weights]
    eaten = [d for d in energy if d.eaten is not None]
    complete = [d.eaten for d in eaten if d.complete and d.eaten is not None]
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "days": days,
        "ranges": RANGES,
        "unit": unit,
        "weights": list(zip([e.day for e in weights], masses, strict=True)),
        "energy": [d for d in energy if d.eaten is not None or d.burned is not None],
        "complete": len(complete),
        "mean_eaten": sum(complete) / len(complete) if complete else None,
        "scores": [(e.day, e.amount) for e in scores],
        "weight_spec": weight_chart([e.day for e in weights], masses, unit=unit) if weights else None,
        "energy_spec": energy_chart(
            [d.day for d in energy],
            [d.eaten for d in energy],
            [d.budget for d in energy],
            [d.burned for d in energy],
        )
        if eaten
        else None,
        "score_spec": score_chart([e.day for e in scores], [float(e.amount or 0) for e in scores], "Pain, 0 to 10")
        if scores
        else None,
    }
    return render(request, "web/trends.html", values)
