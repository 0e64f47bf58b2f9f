"""Plan: the goal form and its answer; nobody needs an account for it."""

import re
from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from provender.energy.macronutrients import IOM_2005
from provender.energy.plan import FLOOR_KCAL, Plan, plan
from provender.energy.requirement import ACTIVITY_LEVELS, LIFE_STAGES, MIFFLIN_1990, SANGHVI_2015
from provender.store.days import today
from provender.store.members import Member, keep_plan
from provender.store.selectors import latest_weight
from provender.terms.errors import InputError
from provender.terms.units import amount_text, convert
from provender.web.accounts import zone_of
from provender.web.plan_form import Asked, goals, read_plan, typed_words, words_for

_DOI = re.compile(r"DOI (10\.\S+)")


@require_http_methods(["GET", "POST"])
def plan_page(request: HttpRequest) -> HttpResponse:
    """The form, its answer below it, and keeping the answer; what was typed never stands in an address."""
    if request.method == "GET":
        known = _known(request)
        asked, found, _ = _answered(request, words_for(known))
        return _page(request, words_for(known), found, asked, {})
    typed = typed_words({name: str(request.POST[name]) for name in request.POST})
    asked, found, problems = _answered(request, typed)
    if asked is not None and found is not None and request.POST.get("do") == "keep":
        return _keep(request, asked, found)
    return _page(request, typed, found, asked, problems)


def _answered(request: HttpRequest, typed: dict[str, str]) -> tuple[Asked | None, Plan | None, dict[str, str]]:
    member = _member(request)
    asked, problems = read_plan(typed, today(member.zone if member else zone_of(request)))
    if asked is None:
        return None, None, problems
    try:
        return asked, plan(asked.person, asked.goal), {}
    except InputError as error:
        return asked, None, {error.field or "form": f"{str(error)[:1].upper()}{str(error)[1:]}"}


def _page(
    request: HttpRequest,
    typed: dict[str, str],
    found: Plan | None,
    asked: Asked | None,
    problems: dict[str, str],
) -> HttpResponse:
    values: dict[str, Any] = {
        "typed": {**typed, "system": typed["system"] or "us"},
        "problems": problems,
        "first_problem": next(iter(problems), ""),
        "posted": request.method == "POST",
        "levels": ACTIVITY_LEVELS,
        "stages": LIFE_STAGES,
        "goals": goals(),
        "plan": found,
        "answer": None if found is None or asked is None else _in_words(found, asked),
    }
    response = render(request, "web/plan.html", values, status=422 if problems else 200)
    if request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response


def _in_words(found: Plan, asked: Asked) -> dict[str, Any]:
    """What the answer shows beyond the plan's own numbers."""
    rate = found.allowed_kg_per_week
    return {
        "rate": "" if rate is None else _rate(rate),
        "asked": _rate(found.requested_kg_per_week),
        "acted": [guard for guard in found.acted if guard.name != "rounding"],
        "adds": "" if not rate or found.kcal_per_kg is None else f"{abs(rate) * found.kcal_per_kg / 7:,.0f}",
        "loses": rate is not None and rate < 0,
        "floor": FLOOR_KCAL[found.person.sex],
        "from_age": not asked.values["birth_date"],
        "sources": [
            (name, source, f"https://doi.org/{doi[1]}" if (doi := _DOI.search(source)) else "")
            for name, source in (
                ("Energy that keeps your weight", found.requirement.source),
                ("Energy of a changing weight", SANGHVI_2015 if found.kcal_per_kg is not None else ""),
                ("Resting energy", MIFFLIN_1990 if found.resting_kcal is not None else ""),
                ("Protein, fat and carbohydrate", IOM_2005 if found.macros else ""),
            )
            if source
        ],
    }


def _rate(kg: float) -> str:
    """A weekly rate in words: ``losing 0.45 kg (1 lb) a week``."""
    if abs(kg) < 0.005:
        return "keeping your weight"
    mass = Decimal(repr(abs(kg)))
    in_kg, in_lb = (amount_text(value.quantize(Decimal("0.01"))) for value in (mass, convert(mass, "kg", "lb")))
    return f"{'losing' if kg < 0 else 'gaining'} {in_kg} kg ({in_lb} lb) a week"


def _keep(request: HttpRequest, asked: Asked, found: Plan) -> HttpResponse:
    """The plan kept by its member, or carried to the page where an account is opened."""
    values = dict(asked.values)
    if any(guard.name == "eating disorder" for guard in found.acted):
        values["goal_kg_per_week"] = "0"  # the guard's answer is kept; that it was asked is not
    member = _member(request)
    if member is None:
        request.session["plan"] = values
        if settings.PROVENDER_SIGN_UP_OPEN:
            return redirect("account_signup")
        return redirect(f"{reverse('account_login')}?next={reverse('plan')}")
    keep_plan(member, values)
    request.session.pop("plan", None)
    messages.success(request, "Your plan is kept; your daily calories count from today.")
    return redirect("home")


def _member(request: HttpRequest) -> Member | None:
    return cast("Member", request.user) if request.user.is_authenticated else None


def _known(request: HttpRequest) -> dict[str, str]:
    """What the form begins with: a plan made before signing in, else what the member's profile holds."""
    carried = request.session.get("plan")
    if carried:
        return dict(carried)
    member = _member(request)
    if member is None:
        return {}
    weighing = latest_weight(member, today(member.zone))
    known = {
        "system": member.system,
        "sex": member.sex,
        "birth_date": member.birth_date,
        "height_m": member.height_m,
        "weight_kg": weighing.mass_g / 1000 if weighing and weighing.mass_g else None,
        "activity": member.activity,
        "life_stage": member.life_stage,
        "goal_kg_per_week": member.goal_kg_per_week,
    }
    return {name: str(value) for name, value in known.items() if value not in (None, "")}
