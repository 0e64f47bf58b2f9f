"""Nutrients, first form: what a range of days amounts to, with the coverage of every number."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from provender.nutrition.intake import RangeIntake
from provender.store import selectors
from provender.store.days import day_from_text, today
from provender.store.members import Member
from provender.terms.nutrients import NUTRIENTS
from provender.web.door import member_view

RANGES = (1, 7, 14, 30, 90)


def chosen_range(request: HttpRequest, member: Member, *, usual: int) -> tuple[date, date, int | None]:
    """The range a page was asked for: ``first`` and ``last``, or the last ``days``; the days when they are a preset.

    Raises:
        InputError: Dates that are none, or in the wrong order.
    """
    now = today(member.zone)
    if request.GET.get("first"):
        first = day_from_text(request.GET["first"], member.zone)
        last = day_from_text(request.GET.get("last", ""), member.zone)
        selectors.checked_range(first, last)
        return first, last, None
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and 1 <= int(asked[:5]) <= selectors.LONGEST_RANGE_DAYS else usual
    return now - timedelta(days=days - 1), now, days


@require_GET
@member_view
def nutrients_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Totals or daily means of every nutrient of the catalogue."""
    first, last, days = chosen_range(request, member, usual=1)
    only_complete = request.GET.get("complete") == "yes"
    found = selectors.range_intake(member, first, last, only_complete=only_complete)
    values = {
        "first": first,
        "last": last,
        "days": days,
        "ranges": RANGES,
        "only_complete": only_complete,
        "logged": len(found.days),
        "span": (last - first).days + 1,
        "groups": nutrient_rows(found),
    }
    return render(request, "web/nutrients.html", values)


def nutrient_rows(found: RangeIntake) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of the page, by group of nutrients."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in found.lines():
        nutrient = NUTRIENTS[line.nutrient]
        groups.setdefault(nutrient.group, []).append({"nutrient": nutrient, "line": line})
    return list(groups.items())
