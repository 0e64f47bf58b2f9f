"""Supplements: describing them from the label, and taking a dose with one press."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from provender.diary.salts import SALTS
from provender.store import doses, supplements
from provender.store.days import day_from_text, today
from provender.store.members import Member
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text
from provender.web.door import member_view
from provender.web.today import answer, number_sent, typed_key

DAYS: Final = 14
ENERGY: Final = frozenset({"ENERC_KCAL", "ENERC_KJ"})


@require_GET
@member_view
def supplements_page(request: HttpRequest, member: Member) -> HttpResponse:
    """The list, each with what one dose holds, and what they bring a day together."""
    last = today(member.zone)
    taken = doses.taken(member, last - timedelta(days=DAYS - 1), last)
    hidden = ENERGY if member.hides_calories else frozenset[str]()
    values = {
        "found": [(one, contents(one, hidden)) for one in supplements.supplements(member)],
        "removed": number_sent(request.GET, "removed"),
        "days": DAYS,
        "taken": [one for one in taken if one.doses_a_day is not None],
        "brought": [(NUTRIENTS[one.nutrient], one) for one in doses.brought(taken) if one.nutrient not in hidden],
        "unknown": doses.of_unknown_contents(taken),
    }
    return render(request, "web/supplements.html", values)


def contents(one: supplements.Described, hidden: frozenset[str] = frozenset()) -> list[str]:
    """What one dose holds, in words, without the nutrients that are hidden."""
    return [
        f"{NUTRIENTS[n].name} {amount_text(v, NUTRIENTS[n].unit)}"
        for n, v in one.composition.items()
        if n not in hidden
    ]


@require_http_methods(["GET", "POST"])
@member_view
def supplement_page(request: HttpRequest, member: Member, number: int | None = None) -> HttpResponse:
    """Describe a supplement, or change one."""
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    problem: InputError | None = None
    row = supplements.supplement(member, number) if number is not None else None
    if typed is not None:
        try:
            kept, notes = _kept(member, typed, number)
        except InputError as error:
            problem = error
        else:
            messages.success(request, f"Kept {kept.name}.{_read_as(notes)}")
            return redirect("supplements")
    values: dict[str, Any] = {
        "row": row,
        "typed": typed,
        "problem": problem,
        "units": supplements.UNITS,
        "salts": [(salt, NUTRIENTS[salt.nutrient].name) for salt in SALTS.values()],
    }
    return render(request, "web/supplement.html", values, status=422 if problem else 200)


def _read_as(notes: tuple[str, ...]) -> str:
    """How the label was read, as far as it is not plain."""
    return f" How its label was read: {' '.join(notes)}" if notes else ""


def _kept(member: Member, sent: QueryDict, number: int | None) -> tuple[supplements.Described, tuple[str, ...]]:
    usual = (sent.get("doses_a_day") or "").strip()
    return supplements.keep_supplement(
        member,
        name=sent.get("name") or "",
        label=sent.get("label") or "",
        unit=sent.get("unit") or "dose",
        brand=sent.get("brand") or "",
        barcode=sent.get("barcode") or "",
        doses_a_day=parse_number(usual, field="doses_a_day") if usual else None,
        number=number,
        sure=sent.get("sure") == "yes",
    )


@require_POST
@member_view
def remove_supplement(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Take it out of the list; the page then offers to bring it back."""
    gone = supplements.remove_supplement(member, number)
    messages.success(request, f"Removed {gone.name}. Doses that you logged stay.")
    response = redirect("supplements")
    response["Location"] += f"?removed={number}"
    return response


@require_POST
@member_view
def restore_supplement(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Bring a removed one back."""
    messages.success(request, f"{supplements.restore_supplement(member, number).name} is back.")
    return redirect("supplements")


@require_POST
@member_view
def take_dose(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep doses taken on a day."""
    on = day_from_text(day, member.zone)
    typed = (request.POST.get("doses") or "").strip()
    kept = supplements.take(
        member,
        number_sent(request.POST, "supplement"),
        day=on,
        doses=parse_number(typed, field="doses") if typed else Decimal(1),
        key=typed_key(request.POST.get("key", "")),
    )
    return answer(request, member, on, kept)
