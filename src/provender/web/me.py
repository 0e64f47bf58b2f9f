"""Me: what a person told us, units, goal, and where everything lies."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from provender.energy.requirement import ACTIVITY_LEVELS, LIFE_STAGES
from provender.store.catalogue_in_use import catalogue
from provender.store.days import FIRST_DAY, today
from provender.store.members import Member, change_profile, member_plan
from provender.store.selectors import budget_on, latest_weight
from provender.store.targets import revocable
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import convert, format_height, format_mass_kg, parse_height, parse_mass
from provender.web.door import member_view

RATES_LB = ("2", "1.5", "1", "0.5", "0", "-0.5", "-1", "-1.5", "-2")


@require_http_methods(["GET", "POST"])
@member_view
def me_page(request: HttpRequest, member: Member) -> HttpResponse:
    """The profile: everything optional, each change counted from today."""
    problem: InputError | None = None
    if request.method == "POST":
        try:
            change_profile(member, **_profile(request.POST, member))
        except InputError as error:
            problem = error
            member.refresh_from_db()
        else:
            messages.success(request, "Kept. Your daily calories count from today.")
            return redirect("me")
    try:
        plan = member_plan(member)
    except InputError:
        plan = None
    now = today(member.zone)
    values: dict[str, Any] = {
        "member": member,
        "problem": problem,
        "typed": request.POST if problem else None,
        "plan": plan,
        "budget": budget_on(member, now),
        "weighing": latest_weight(member, now),
        "levels": ACTIVITY_LEVELS,
        "stages": LIFE_STAGES,
        "height": format_height(member.height_m, member.system) if member.height_m else "",
        "goal_weight": format_mass_kg(member.goal_weight_kg, member.system) if member.goal_weight_kg else "",
        "rates": _rates(member),
        "accepted": revocable(member, now),
        "catalogue": catalogue(),
    }
    return render(request, "web/me.html", values, status=422 if problem else 200)


def _rates(member: Member) -> list[tuple[str, str, bool]]:
    kept = member.goal_kg_per_week
    found = []
    for rate in RATES_LB:
        kg = convert(Decimal(rate), "lb", "kg").quantize(Decimal("0.0001"))
        chosen = kept is not None and abs(kept - kg) < Decimal("0.0005")
        found.append((f"{kg:f}", rate, chosen))
    if kept is not None and not any(chosen for _, _, chosen in found):
        found.append((f"{kept:f}", "", True))
    return found


def _profile(sent: QueryDict, member: Member) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if sent.get("zone"):
        fields["zone"] = sent["zone"]
    if sent.get("system") in ("metric", "us"):
        fields["system"] = sent["system"]
    if sent.get("sex") in ("", "female", "male"):
        fields["sex"] = sent["sex"]
    if sent.get("activity") is not None:
        fields["activity"] = _one_of(
            sent.get("activity", ""), ["", *(level.id for level in ACTIVITY_LEVELS)], "activity"
        )
    if sent.get("life_stage") is not None:
        fields["life_stage"] = _one_of(sent.get("life_stage", ""), ("", *LIFE_STAGES), "life_stage")
    fields["birth_date"] = _birth_date(sent.get("birth_date") or "", today(member.zone))
    height = (sent.get("height") or "").strip()
    fields["height_m"] = parse_height(height) if height else None
    goal = (sent.get("goal_kg_per_week") or "").strip()
    fields["goal_kg_per_week"] = parse_number(goal, field="goal_kg_per_week") if goal else None
    own = (sent.get("own_budget_kcal") or "").strip()
    fields["own_budget_kcal"] = _own_budget(own) if own else None
    weight = (sent.get("goal_weight") or "").strip()
    fields["goal_weight_kg"] = _goal_weight(weight, member) if weight else None
    fields["hides_calories"] = sent.get("hides_calories") == "yes"
    fields["weighs_everything"] = sent.get("weighs_everything") == "yes"
    fields["eating_disorder"] = sent.get("eating_disorder") == "yes"
    fields["exercise_counts"] = sent.get("exercise_counts") == "yes"
    return fields


def _one_of(found: str, allowed: Any, field: str) -> str:
    if found not in allowed:
        raise InputError(f"found {found[:40]!r}, expected one of the choices", field=field)
    return found


def _birth_date(typed: str, now: date) -> date | None:
    if not typed.strip():
        return None
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise InputError(f"found {typed[:40]!r}, expected a date such as 1984-05-31", field="birth_date") from error
    if not FIRST_DAY <= found <= now:
        raise InputError(f"found {found}, expected a date from 1900 until today", field="birth_date")
    return found


def _goal_weight(typed: str, member: Member) -> Decimal:
    """The weight in kilograms; what was shown and sent back unchanged stays as it was, to the gram."""
    if member.goal_weight_kg is not None and typed == format_mass_kg(member.goal_weight_kg, member.system):
        return member.goal_weight_kg
    try:
        return parse_mass(typed, "lb" if member.system == "us" else "kg").quantize(Decimal("0.001"))
    except InputError as error:
        raise InputError(str(error), field="goal_weight") from error


def _own_budget(typed: str) -> int:
    found = parse_number(typed, field="own_budget_kcal")
    if not 1 <= found <= 20_000:
        raise InputError(f"found {typed}, expected 1 to 20,000 kcal a day", field="own_budget_kcal")
    return round(found)
