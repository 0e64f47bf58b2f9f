"""Bring a diary: a file goes in, what it holds is said, and one press takes it all back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from provender.store import undo
from provender.store.imports import LARGEST_BYTES, Brought, import_diary
from provender.store.members import Member
from provender.terms.errors import InputError
from provender.web.door import member_view

SHOWN = 50


@require_http_methods(["GET", "POST"])
@member_view
def import_page(request: HttpRequest, member: Member) -> HttpResponse:
    """The form; after a file, what came of it."""
    problem: InputError | None = None
    found: Brought | None = None
    if request.method == "POST":
        try:
            found = _brought(request, member)
        except InputError as error:
            problem = error
    values = {
        "problem": problem,
        "found": found,
        "shown": found.problems[:SHOWN] if found else (),
        "more": max(0, len(found.problems) - SHOWN) if found else 0,
    }
    return render(request, "web/import.html", values, status=422 if problem else 200)


def _brought(request: HttpRequest, member: Member) -> Brought:
    sent = request.FILES.get("file")
    if sent is None:
        raise InputError("found no file; choose one first", field="file")
    if (sent.size or 0) > LARGEST_BYTES:
        raise InputError(f"{sent.name}: found {(sent.size or 0) / 1e6:.0f} MB, expected at most 20", field="file")
    return import_diary(member, sent.read(), sent.name or "the file", only_check="check" in request.POST)


@require_POST
@member_view
def take_back(request: HttpRequest, member: Member, change_id: int) -> HttpResponse:
    """Take an import back."""
    kept = undo.undo(member, change_id)
    return render(request, "web/import.html", {"undone": kept.sentence})
