"""Plan: the goal form and its answer; nobody needs an account for it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from provender.energy.plan import Plan, plan
from provender.energy.requirement import ACTIVITY_LEVELS, LIFE_STAGES
from provender.store.days import today
from provender.store.members import Member, keep_plan
from provender.store.selectors import latest_weight
from provender.terms.errors import InputError
from provender.web.accounts import zone_of
from provender.web.curve_chart import curve_for
from provender.web.plan_form import Asked, rates, read_plan, typed_words, words_for

USUAL = {"system": "us", "activity": "inactive", "life_stage": "none", "rate": "0"}


@require_http_methods(["GET", "POST"])
def plan_page(request: HttpRequest) -> HttpResponse:
    """The form, its answer beside it, and keeping the answer; what was typed never stands in an address."""
    if request.method == "GET":
        typed = words_for(_known(request))
        _, found, _ = _answered(request, typed)
        return render(request, "web/plan.html", _values(typed, found, {}, _today(request)))
    typed = typed_words({name: str(request.POST[name]) for name in request.POST})
    asked, found, wrong = _answered(request, typed)
    if asked is not None and found is not None and request.POST.get("keep"):
        return _keep(request, asked)
    return _answer(request, _values(typed, found, wrong, _today(request)))


def _answered(request: HttpRequest, typed: dict[str, str]) -> tuple[Asked | None, Plan | None, dict[str, str]]:
    asked, wrong = read_plan(typed, _today(request))
    if asked is None:
        return None, None, wrong
    try:
        return asked, plan(asked.person, asked.goal), {}
    except InputError as error:
        return None, None, {error.field or "goal": str(error)}


def _today(request: HttpRequest) -> date:
    member = _member(request)
    return today(member.zone if member else zone_of(request))


def _values(typed: dict[str, str], found: Plan | None, wrong: dict[str, str], on: date) -> dict[str, Any]:
    return {
        "typed": {name: words or USUAL.get(name, "") for name, words in typed.items()},
        "wrong": wrong,
        "first": next(iter(wrong), ""),  # where the eye and the cursor go
        "levels": ACTIVITY_LEVELS,
        "stages": LIFE_STAGES,
        "rates": rates(),
        "plan": found,
        "curve": None if found is None else curve_for(found, on, "kg" if typed["system"] == "metric" else "lb"),
        "guards": () if found is None else tuple(guard for guard in found.guards if guard.name != "rounding"),
    }


def _answer(request: HttpRequest, values: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx the part that changes: the answer, or the form with what is wrong in it."""
    status = 422 if values["wrong"] else 200
    template = "web/plan.html"
    if request.headers.get("HX-Request"):
        template = "web/partials/plan_form.html" if values["wrong"] else "web/partials/plan_answer.html"
        values["swapped"] = True  # the form goes along, so that no field stays marked as wrong
    response = render(request, template, values, status=status)
    if values["wrong"]:
        response.headers["HX-Retarget"] = "#plan-form"
        response.headers["HX-Reswap"] = "innerHTML"
    response.headers["Cache-Control"] = "no-store"
    return response


def _keep(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The plan kept by its member, or carried to the page where an account is opened."""
    member = _member(request)
    if member is None:
        request.session["plan"] = asked.values
        if settings.PROVENDER_SIGN_UP_OPEN:
            return _go(request, reverse("account_signup"))
        return _go(request, f"{reverse('account_login')}?next={reverse('plan')}")
    keep_plan(member, asked.values)
    request.session.pop("plan", None)
    messages.success(request, "Your plan is kept; your daily calories count from today.")
    return _go(request, reverse("home"))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; htmx would otherwise put that page into this one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _member(request: HttpRequest) -> Member | None:
    return request.user if request.user.is_authenticated else None


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
        "goal_weight_kg": member.goal_weight_kg,
        "eating_disorder": "yes" if member.eating_disorder else "",
    }
    return {name: str(value) for name, value in known.items() if value not in (None, "")}
