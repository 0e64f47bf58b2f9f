"""Close the gap: foods that would make a nutrient enough, why not another one, and what never to propose."""

import re
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from provender.diary.entries import usual_meal
from provender.nutrition.gaps import Alternative
from provender.nutrition.wording import inside
from provender.store import gap_candidates as gaps
from provender.store.adequacies import Assessment, assessment
from provender.store.days import now
from provender.store.members import Member
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS
from provender.web.door import member_view
from provender.web.nutrients import USUAL_DAYS, chosen_range
from provender.web.today import typed_key

SIZES: Final = {150: "a bite", 300: "a snack", 450: "a small meal"}
"""What a member who sees no calories chooses from."""
SWAP: Final = 0
"""The size of an exchange: no more energy than what is given up."""
CALORIES: Final = re.compile(r" for -?[\d,]+ kcal")

MEASURE: Final = re.compile(r"^.*? of ")


@require_GET
@member_view
def gap_panel(request: HttpRequest, member: Member, nutrient: str) -> HttpResponse:
    """Foods that would close the gap of one nutrient."""
    return _panel(request, member, nutrient)


@require_GET
@member_view
def why_not(request: HttpRequest, member: Member, nutrient: str) -> HttpResponse:
    """Why a food is, or is not, proposed."""
    assessed, _ = _assessed(request, member)
    try:
        energy = _energy(request) or gaps.USUAL_ENERGY_KCAL
        said = gaps.reason(member, assessed, nutrient, request.GET.get("food", ""), energy)
    except InputError as error:
        said = f"{str(error)[:1].upper()}{str(error)[1:]}"
    if member.hides_calories:
        said = CALORIES.sub("", said)
    return render(request, "web/partials/gap_why.html", {"said": said})


@require_POST
@member_view
def gap_eat(request: HttpRequest, member: Member) -> HttpResponse:
    """Add a proposal to today's diary."""
    food_ids, typed = request.POST.getlist("food_id"), request.POST.getlist("grams")
    if len(food_ids) != len(typed):
        raise InputError(f"found {len(food_ids)} foods and {len(typed)} amounts, expected as many", field="grams")
    portions = [(food_id, _grams(words)) for food_id, words in zip(food_ids, typed, strict=True)]
    meal = usual_meal(now().astimezone(ZoneInfo(member.zone)).hour)
    kept = gaps.eat(member, portions, meal=meal, key=typed_key(request.POST.get("key", "")))
    if request.headers.get("HX-Request"):
        return render(request, "web/partials/gap_eaten.html", {"kept": kept, "meal": meal})
    messages.success(request, kept.sentence)
    return redirect("home")


@require_POST
@member_view
def gap_dislike(request: HttpRequest, member: Member, nutrient: str) -> HttpResponse:
    """Never propose a food again, and propose anew."""
    gaps.dislike(member, request.POST.get("food_id", ""))
    if request.headers.get("HX-Request"):
        return _panel(request, member, nutrient)
    return redirect(f"{reverse('gap', args=[nutrient])}?{request.GET.urlencode()}")


@require_POST
@member_view
def wishes(request: HttpRequest, member: Member) -> HttpResponse:
    """Keep what is left out of every proposal: diets, allergens, and foods that may come back."""
    if "food_id" in request.POST:
        gaps.dislike(member, str(request.POST["food_id"]), again=True)
    else:
        gaps.avoid(member, request.POST.getlist("avoids"))
    messages.success(request, "Kept. Proposals follow it from now on.")
    return redirect("nutrients")


def _panel(request: HttpRequest, member: Member, nutrient: str) -> HttpResponse:
    assessed, query = _assessed(request, member)
    energy = _energy(request)
    offer = gaps.offer(member, assessed, nutrient, energy or gaps.SWAP_KCAL, swap=not energy)
    values = {
        "nutrient": NUTRIENTS[nutrient],
        "name": inside(nutrient),
        "offer": offer,
        "now": (offer.found.mean or 0.0) + offer.found.supplement,
        "proposals": [] if offer.answer is None else [_shown(a) for a in offer.answer.alternatives],
        "query": urlencode(query),
        "fields": list(query.items()),
        "energy": energy,
        "sizes": [(kcal, SIZES[kcal], urlencode({**query, "energy": kcal})) for kcal in gaps.ENERGIES_KCAL],
        "swap_query": urlencode({**query, "energy": SWAP}),
        "swaps": energy == SWAP,
        "full_query": urlencode({**query, "energy": energy}),
        "hides_calories": member.hides_calories,
        "avoids": gaps.avoided(member),
        "reaches_ai": offer.found.reference.requirement is None,
        "aimed_at": gaps.AIMED_AT,
    }
    whole = not request.headers.get("HX-Request")
    return render(request, "web/gap.html" if whole else "web/partials/gap.html", values)


def _shown(found: Alternative) -> dict[str, Any]:
    words = [portion.words for portion in found.portions if portion.servings > 0]
    title = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return {
        "title": f"{title[:1].upper()}{title[1:]}",
        "instead": " and ".join(p.words for p in found.portions if p.servings < 0),
        "kcal": found.energy_kcal,
        "closed": found.closed[0],
        "foods": [
            {"id": p.food.id, "grams": f"{p.food.mass_g * p.servings:.4g}", "what": MEASURE.sub("", p.food.many)}
            for p in found.portions
            if p.servings > 0
        ],
    }


def _assessed(request: HttpRequest, member: Member) -> tuple[Assessment, dict[str, Any]]:
    first, last, days = chosen_range(request, member, usual=USUAL_DAYS)
    query = {"days": days} if days else {"first": first.isoformat(), "last": last.isoformat()}
    return assessment(member, first, last), query


def _energy(request: HttpRequest) -> int:
    asked = request.GET.get("energy", "")
    return int(asked) if asked in {str(kcal) for kcal in (SWAP, *gaps.ENERGIES_KCAL)} else gaps.USUAL_ENERGY_KCAL


def _grams(typed: str) -> Decimal:
    return parse_number(typed, field="grams")
