"""Finding foods, reading one, and a person's own foods and recipes."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from provender.catalogue.barcode import barcode, is_in_store, looks_like_barcode
from provender.catalogue.differences import Differs
from provender.catalogue.food import Food, Portion
from provender.catalogue.search import Hit
from provender.diary.amounts import amount_of
from provender.diary.entries import Meal, eaten_mass_g, snapshot_of, units_for
from provender.store import foods
from provender.store.catalogue_in_use import catalogue
from provender.store.days import day_from_text
from provender.store.members import Member
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS, Nutrient
from provender.web.door import member_view

LONGEST_QUERY = 120
LONGEST_CODE = 40
FIRST_FIELDS = (
    "ENERC_KCAL",
    "PROCNT",
    "FAT",
    "CHOCDF",
    "FIBTG",
    "SUGAR",
    "FASAT",
    "NA",
    "MG",
    "CA",
    "FE",
    "K",
)
MOST_ROWS = 30


@require_GET
@member_view
def find(request: HttpRequest, member: Member) -> HttpResponse:
    """Foods for what has been typed so far, as a list to choose from."""
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip() or last_words(request.GET.get("words", ""))
    values = {**found_for(member, words, limit=12 if request.GET.get("q") else 6), **_place(request, member)}
    return render(request, "web/partials/found.html", values)


def found_for(member: Member, words: str, *, limit: int) -> dict[str, Any]:
    """Foods for words or for a barcode, and what is wrong with the barcode."""
    if not looks_like_barcode(words):
        hits = foods.finder(member, limit=limit)(words) if words else []
        return {"words": words, "found": [(food, _lacking(hit)) for food, hit in hits], "read": _read(hits)}
    try:
        found = foods.food_by_barcode(member, words)
    except InputError as error:
        return {"words": words, "found": [], "problem": str(error)}
    in_store = is_in_store(barcode(words))
    return {"words": words, "found": [(found, "")] if found else [], "code": words, "in_store": in_store}


def _read(hits: Sequence[tuple[Food, Hit]]) -> str:
    """What the words were taken for to find the first food; "" when they were taken as typed."""
    told = hits[0][1].differs if hits else ()
    return "; ".join(str(each) for each in told if each.kind in {Differs.READ_AS, Differs.UNKNOWN})


def _lacking(hit: Hit) -> str:
    """What was asked for and a food has not, or should not have and has."""
    return "; ".join(str(each) for each in hit.differs if each.kind in {Differs.LACKS, Differs.HAS})


def last_words(line: str) -> str:
    """The food being typed at the end of a quick-log line, without its amount."""
    last = line[-LONGEST_QUERY:].replace(";", ",").replace("\n", ",").rsplit(",", 1)[-1]
    return amount_of(last.strip()).words


def _place(request: HttpRequest, member: Member) -> dict[str, Any]:
    meal = request.GET.get("meal", "")
    return {
        "on": day_from_text(request.GET.get("day", ""), member.zone),
        "meal": meal if meal in list(Meal) else "",
        "meals": list(Meal),
        "pick": request.GET.get("pick", ""),
    }


def _with_place(request: HttpRequest, address: str, **more: str) -> str:
    """An address that still knows the day and the meal somebody came from."""
    kept = {name: request.GET[name] for name in ("day", "meal") if request.GET.get(name)}
    query = urlencode({**more, **kept})
    return f"{address}?{query}" if query else address


@require_GET
@member_view
def foods_page(request: HttpRequest, member: Member) -> HttpResponse:
    """Search, usual foods, own foods and recipes on one page.

    A barcode, typed or scanned, leads on: to its food, or to describing the food it is not known for.
    """
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = found_for(member, words, limit=30)
    if "code" in found:
        if found["found"]:
            return redirect(_with_place(request, reverse("food", args=[found["found"][0][0].id])))
        return redirect(_with_place(request, reverse("own_food_new"), code=words))
    values = {
        **found,
        "usual": foods.usual_foods(member, limit=12),
        "own": foods.own_foods(member, recipes=False),
        "recipes": foods.own_foods(member, recipes=True),
        "catalogue": catalogue(),
        **_place(request, member),
    }
    return render(request, "web/foods.html", values)


@require_GET
@member_view
def food_page(request: HttpRequest, member: Member, food_id: str) -> HttpResponse:
    """One food: its portions, every nutrient with unknown shown as unknown, its source."""
    found = foods.food(member, food_id)
    snapshot = snapshot_of(found, "")
    units = units_for(snapshot)
    unit = request.GET.get("unit", "") if request.GET.get("unit", "") in units else units[0]
    amount, problem, factor = Decimal(1), "", None
    try:
        amount = parse_number(request.GET.get("amount", "") or ("100" if unit == "g" else "1"), field="amount")
        mass = eaten_mass_g(snapshot, amount, unit)
        factor = float(amount) if snapshot.basis_g is None else float((mass or Decimal(0)) / snapshot.basis_g)
    except InputError as error:
        problem = str(error)
    values = {
        "food": found,
        "units": units,
        "unit": unit,
        "amount": amount,
        "problem": problem,
        "groups": nutrient_groups(found, factor),
        "usual": next((u for u in foods.usual_foods(member, limit=200) if u.food_id == food_id), None),
        "source": next((s for s in catalogue().sources if s.key == found.source), None),
        "key": uuid4(),
        **_place(request, member),
    }
    partial = request.headers.get("HX-Target") == "nutrients"
    return render(request, "web/partials/food_nutrients.html" if partial else "web/food.html", values)


def nutrient_groups(
    food: Food, factor: float | None
) -> list[tuple[str, list[tuple[Nutrient, float | None, float | None]]]]:
    """The catalogue's nutrients by group: the nutrient, its amount per basis, its amount in this much food."""
    groups: dict[str, list[tuple[Nutrient, float | None, float | None]]] = {}
    axis = set(catalogue().nutrients) | set(food.composition)
    for key, nutrient in NUTRIENTS.items():
        if key in axis:
            value = food.composition.get(key)
            scaled = None if value is None or factor is None else value * factor
            groups.setdefault(nutrient.group, []).append((nutrient, value, scaled))
    return list(groups.items())


@require_http_methods(["GET", "POST"])
@member_view
def own_food_page(request: HttpRequest, member: Member, number: int | None = None) -> HttpResponse:
    """Describe a food, or change one: per 100 g or per serving, any nutrient, unknown left empty."""
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    problem: InputError | None = None
    if typed is not None:
        try:
            kept = _kept_own_food(member, typed, number)
        except InputError as error:
            problem = error
        else:
            messages.success(request, f"Kept {kept.name}.")
            return redirect(_with_place(request, reverse("food", args=[kept.id])))
    row = foods.own_food_row(member, number) if number is not None else None
    values = {
        **_unknown_code(member, request.GET.get("code", "")[:LONGEST_CODE].strip()),
        "row": row,
        "typed": typed,
        "problem": problem,
        "fields": [(n, _shown(typed, row, n.id)) for n in _ordered_nutrients()],
        "first": len(FIRST_FIELDS),
        "name": request.GET.get("name", ""),
    }
    return render(request, "web/own_food.html", values, status=422 if problem else 200)


def _unknown_code(member: Member, code: str) -> dict[str, Any]:
    """The code a new food begins with, whether it is known to be nobody's, and whether it is a shop's own."""
    values: dict[str, Any] = {"code": code, "unknown_code": False, "in_store": False}
    if looks_like_barcode(code):
        found = found_for(member, code, limit=1)
        if "code" in found:
            values |= {"unknown_code": not found["found"], "in_store": found["in_store"]}
    return values


def _ordered_nutrients() -> list[Nutrient]:
    axis = set(catalogue().nutrients)
    rest = [n for key, n in NUTRIENTS.items() if key in axis and key not in FIRST_FIELDS]
    return [NUTRIENTS[key] for key in FIRST_FIELDS if key in NUTRIENTS] + rest


def _shown(typed: QueryDict | None, row: Any, nutrient_id: str) -> str:
    if typed is not None:
        return typed.get(f"n_{nutrient_id}") or ""
    value = row.composition.get(nutrient_id) if row is not None else None
    return "" if value is None else f"{value:g}"


def _kept_own_food(member: Member, sent: QueryDict, number: int | None) -> Food:
    serving = sent.get("serving") or ""
    mass = parse_number(sent.get("serving_g", ""), field="serving_g") if (sent.get("serving_g") or "").strip() else None
    if mass is not None and mass <= 0:
        raise InputError(f"found {mass} g for a serving, expected a number above 0", field="serving_g")
    per_serving = sent.get("per") == "serving"
    composition = _composition(sent)
    basis = Decimal(100)
    if per_serving and mass is not None:
        composition = {n: v * 100 / float(mass) for n, v in composition.items()}
    _check_energy(composition, None if per_serving and mass is None else basis)
    portions: tuple[Portion, ...] = ()
    if mass is not None or per_serving:
        portions = (Portion(1.0, serving.strip()[:80] or "serving", None if mass is None else float(mass)),)
    return foods.keep_own_food(
        member,
        name=sent.get("name") or "",
        brand=sent.get("brand") or "",
        code=sent.get("barcode") or "",
        basis_g=None if per_serving and mass is None else basis,
        composition=composition,
        portions=portions,
        number=number,
    )


def _composition(sent: QueryDict) -> dict[str, float]:
    found = {}
    for key, nutrient in NUTRIENTS.items():
        typed = (sent.get(f"n_{key}") or "").strip()
        if not typed:
            continue
        try:
            value = float(parse_number(typed, field=f"n_{key}"))
        except InputError as error:
            raise InputError(f"{nutrient.name}: {error}", field=f"n_{key}") from error
        if value < 0 or not math.isfinite(value):
            raise InputError(f"{nutrient.name}: found {typed}, expected 0 or more", field=f"n_{key}")
        found[key] = value
    return found


def _check_energy(composition: dict[str, float], basis_g: Decimal | None) -> None:
    energy = composition.get("ENERC_KCAL")
    if basis_g is not None and energy is not None and energy > 902:
        raise InputError(
            f"that comes to {energy:,.0f} kcal per 100 g; pure fat has 902. Is it kJ, or per serving?",
            field="n_ENERC_KCAL",
        )


@require_POST
@member_view
def delete_own_food(request: HttpRequest, member: Member, number: int) -> HttpResponse:
    """Take a food out of one's own, with the way back in the message."""
    row = foods.own_food_row(member, number)
    foods.delete_own_food(member, number)
    messages.info(request, f"Deleted {row.name}; your diary keeps what you logged.", extra_tags=f"restore:{number}")
    return redirect("foods")


@require_POST
@member_view
def restore_own_food(request: HttpRequest, member: Member, number: int) -> HttpResponse:  # noqa: ARG001
    """Bring a deleted food back."""
    foods.restore_own_food(member, number)
    return redirect("foods")


@require_http_methods(["GET", "POST"])
@member_view
def recipe_page(request: HttpRequest, member: Member, number: int | None = None) -> HttpResponse:
    """Describe a recipe, or change one: ingredients, servings, and the weight of the cooked dish."""
    problem: InputError | None = None
    if request.method == "POST":
        try:
            kept = _kept_recipe(member, request.POST, number)
        except InputError as error:
            problem = error
        else:
            messages.success(request, f"Kept {kept.name}.")
            return redirect("food", kept.id)
    row = foods.own_food_row(member, number) if number is not None else None
    typed = request.POST if request.method == "POST" else None
    ingredients = _typed_ingredients(typed) if typed is not None else (row.ingredients if row else [])
    values = {
        "row": row,
        "typed": typed,
        "problem": problem,
        "rows": [_ingredient_row(member, i, item) for i, item in enumerate(ingredients)],
        "next": len(ingredients),
    }
    return render(request, "web/recipe.html", values, status=422 if problem else 200)


@require_GET
@member_view
def ingredient(request: HttpRequest, member: Member) -> HttpResponse:
    """One more ingredient row for the recipe form."""
    index = request.GET.get("next", "0")
    item = {"food_id": request.GET.get("food_id", ""), "amount": "", "unit": ""}
    row = _ingredient_row(member, int(index) if index.isdigit() else 0, item)
    return render(request, "web/partials/ingredient.html", {"row": row})


def _typed_ingredients(sent: QueryDict) -> list[dict[str, str]]:
    return [
        {
            "food_id": sent.get(f"food_{i}") or "",
            "amount": sent.get(f"amount_{i}") or "",
            "unit": sent.get(f"unit_{i}") or "",
        }
        for i in range(MOST_ROWS)
        if sent.get(f"food_{i}")
    ]


def _ingredient_row(member: Member, index: int, item: dict[str, str]) -> dict[str, Any]:
    found = foods.food(member, item["food_id"])
    units = units_for(snapshot_of(found, ""))
    unit = item["unit"] if item["unit"] in units else units[0]
    return {"index": index, "food": found, "units": units, "unit": unit, "amount": item["amount"] or "1"}


def _kept_recipe(member: Member, sent: QueryDict, number: int | None) -> Food:
    parts = []
    for item in _typed_ingredients(sent):
        found = foods.food(member, item["food_id"])
        try:
            amount = parse_number(item["amount"], field="ingredients")
            mass = eaten_mass_g(snapshot_of(found, ""), amount, item["unit"])
        except InputError as error:
            raise InputError(f"{found.name}: {error}", field="ingredients") from error
        if mass is None:
            raise InputError(
                f"{found.name} has no known weight per {item['unit']}; give its serving a weight first",
                field="ingredients",
            )
        parts.append((item["food_id"], amount, item["unit"], mass))
    cooked = (sent.get("cooked_mass_g") or "").strip()
    return foods.keep_recipe(
        member,
        name=sent.get("name") or "",
        ingredients=parts,
        servings=parse_number(sent.get("servings") or "", field="servings"),
        cooked_mass_g=parse_number(cooked, field="cooked_mass_g") if cooked else None,
        number=number,
    )
