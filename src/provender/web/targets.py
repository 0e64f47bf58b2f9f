"""Proposed daily calories: looked for at most once a week, then accepted, declined or taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from provender.store import expenditures, targets
from provender.store.days import today
from provender.store.members import Member
from provender.web.door import member_view

PLACES = ("home", "trends")


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the form stood on."""
    place = request.POST.get("place", "")
    return redirect(place if place in PLACES else "trends")


@require_POST
@member_view
def propose(request: HttpRequest, member: Member) -> HttpResponse:
    """Look whether the daily calories still fit; the card when they do not."""
    made = expenditures.propose(member, today(member.zone))
    if not request.headers.get("HX-Request"):
        if made is None:
            messages.success(request, "Nothing to propose: your daily calories stay as they are.")
        return _back(request)
    values: dict[str, Any] = {"proposal": made, "place": request.POST.get("place", "")}
    return render(request, "web/partials/target_card.html", values)


@require_POST
@member_view
def accept(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Make the proposed calories the person's own from today."""
    made = targets.accept(member, number, on=today(member.zone))
    messages.success(request, f"{made.new_kcal:,} kcal a day from today. Trends can take it back for a week.")
    return _back(request)


@require_POST
@member_view
def decline(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Leave the calories as they are for at least a week."""
    targets.decline(member, number)
    messages.success(request, "Your daily calories stay as they are. Nothing is proposed for a week.")
    return _back(request)


@require_POST
@member_view
def take_back(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """The daily calories as they were before."""
    targets.take_back(member, number, on=today(member.zone))
    messages.success(request, "Taken back: your daily calories are as they were before, from today.")
    return _back(request)
