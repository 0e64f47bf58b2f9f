"""Trends: weight, expenditure, calories against budget, pain; words first, each chart with its table."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from provender.diary.entries import Kind
from provender.store import expenditures, selectors, services, targets, undo, weighings
from provender.store.days import day_from_text, today
from provender.store.members import Member
from provender.terms.errors import InputError
from provender.web.charts import energy_chart, score_chart, weight_chart
from provender.web.door import member_view
from provender.web.nutrients import chosen_range
from provender.web.spending import AFTER_RIGHT, learnt_values, unit_of
from provender.web.today import PAIN

RANGES = (14, 30, 90, 365)


@require_GET
@member_view
def trends_page(request: HttpRequest, member: Member) -> HttpResponse:
    """What changed in a range of days, and what was learnt from the whole diary."""
    first, last, days = chosen_range(request, member, usual=30)
    now = today(member.zone)
    learnt = expenditures.learnt(member, now)
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "days": days,
        "now": now,
        "ranges": RANGES,
        "unit": unit_of(member)[0],
        "member": member,
        **learnt_values(member, learnt, first, last),
        **_plain_weights(member, learnt, first, last),
        **_energy_values(member, first, last),
        **_score_values(member, first, last),
        "proposal": targets.pending(member, now),
        "revocable": targets.revocable(member, now),
        "target_due": targets.due(member, now),
        "undoable": _undoable(request, member),
    }
    return render(request, "web/trends.html", values)


def _undoable(request: HttpRequest, member: Member) -> int | None:
    """The change this page has just made, while it is the last one."""
    changed = request.GET.get("changed", "")
    latest = undo.latest_change(member)
    return latest if changed.isdigit() and latest is not None and int(changed[:18]) == latest else None


def _plain_weights(member: Member, learnt: expenditures.Learnt, first: date, last: date) -> dict[str, Any]:
    """The weighings as they are, for when no smooth line can be drawn through them."""
    if learnt.found is not None:
        return {}
    unit, times = unit_of(member)
    inside = [e for e in learnt.weighings if first <= e.day <= last and e.mass_g]
    masses = [round(float(e.mass_g or 0) / 1000 * times, 1) for e in inside]
    days = [e.day for e in inside]
    return {
        "weights": list(zip(days, masses, strict=True)),
        "weight_spec": weight_chart(days, masses, unit=unit) if inside else None,
    }


def _energy_values(member: Member, first: date, last: date) -> dict[str, Any]:
    if member.hides_calories:
        return {}
    energy = selectors.energy_days(member, first, last)
    eaten = [d for d in energy if d.eaten is not None]
    complete = [d.eaten for d in eaten if d.complete and d.eaten is not None]
    columns = (
        [d.day for d in energy],
        [d.eaten for d in energy],
        [d.budget for d in energy],
        [d.burned for d in energy],
    )
    return {
        "energy": [d for d in energy if d.eaten is not None or d.burned is not None],
        "complete": len(complete),
        "mean_eaten": sum(complete) / len(complete) if complete else None,
        "energy_spec": energy_chart(*columns) if eaten else None,
    }


def _score_values(member: Member, first: date, last: date) -> dict[str, Any]:
    scores = [e for e in selectors.entries_of_kind(member, Kind.OBSERVATION, first, last) if e.unit == PAIN]
    days, numbers = [e.day for e in scores], [float(e.amount or 0) for e in scores]
    return {
        "scores": [(e.day, e.amount) for e in scores],
        "score_spec": score_chart(days, numbers, "Pain, 0 to 10") if scores else None,
    }


@require_POST
@member_view
def tell_change(request: HttpRequest, member: Member) -> HttpResponse:
    """Keep that activity changed on a day."""
    day = day_from_text(request.POST.get("day", ""), member.zone)
    expenditures.tell_change(member, day, on=today(member.zone))
    messages.success(request, f"Kept: your activity changed on {day.day} {day:%B %Y}.")
    return redirect("trends")


@require_POST
@member_view
def forget_change(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Take back that activity changed."""
    expenditures.forget_change(member, number)
    messages.success(request, "Taken back: that day counts like any other.")
    return redirect("trends")


@require_POST
@member_view
def answer_weighing(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """What the person says of a weighing in doubt; undo stands on the page afterwards."""
    said = request.POST.get("answer", "")
    if said == "right":
        kept = weighings.confirm(member, entry_id)
        messages.success(request, AFTER_RIGHT)
    else:
        kept = _answered(member, entry_id, said)
        messages.success(request, kept.sentence)
    return redirect(f"{reverse('trends')}?changed={kept.change_id}")


def _answered(member: Member, entry_id: int, said: str) -> undo.Kept:
    if said == "remove":
        return services.delete_entries(member, [weighings.weighing(member, entry_id).id or entry_id])
    unit = said.removeprefix("others-")
    if said.startswith("others-") and unit in weighings.UNITS:
        return weighings.reread(member, weighings.others(member, entry_id), unit)
    if said not in weighings.UNITS:
        raise InputError(f"found the answer “{said[:20]}”, expected one of the buttons", field="answer")
    return weighings.reread(member, [entry_id], said)


@require_POST
@member_view
def take_back(request: HttpRequest, member: Member, change_id: int) -> HttpResponse:
    """Undo an answer."""
    messages.success(request, undo.undo(member, change_id).sentence)
    return redirect("trends")
