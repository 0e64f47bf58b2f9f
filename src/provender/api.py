"""The programmer's door: the same selectors and services as the pages, as JSON with a published schema."""

from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.responses import Status
from ninja.security import django_auth

from provender import __version__
from provender.catalogue.food import Food
from provender.diary.entries import Entry, Meal
from provender.store import foods, selectors, services
from provender.store.days import day_from_text
from provender.store.members import Member
from provender.terms.errors import InputError, NotFoundError, ProvenderError

api = NinjaAPI(title="Provender", version=__version__, auth=django_auth, urls_namespace="api", docs_url=None)


class PortionOut(Schema):
    """A household measure of a food."""

    label: str
    mass_g: float | None


class FoodOut(Schema):
    """A food; a nutrient that is not in ``composition`` is unknown."""

    id: str
    name: str
    brand: str | None
    kind: str
    category: str | None
    source: str
    source_id: str
    release: str
    basis_g: float | None
    composition: dict[str, float]
    portions: list[PortionOut]


class EntryOut(Schema):
    """One line of the diary; a nutrient that is not in ``intake`` is unknown."""

    id: int | None
    day: date
    kind: str
    meal: str | None
    name: str
    amount: Decimal | None
    unit: str
    mass_g: Decimal | None
    energy_kcal: float | None
    text: str
    intake: dict[str, float]


class BalanceOut(Schema):
    """The calories of a day in kcal; ``left`` is null without a budget."""

    budget: int | None
    eaten: float
    burned: float
    net: float
    left: float | None
    unknown: int


class DayOut(Schema):
    """One day of the diary."""

    day: date
    complete: bool
    balance: BalanceOut
    entries: list[EntryOut]


class FoodIn(Schema):
    """One food eaten; the same key is never kept twice."""

    food_id: str
    amount: Decimal
    unit: str
    meal: Meal
    key: UUID | None = None


def food_values(food: Food) -> dict[str, Any]:
    """A food as JSON shows it."""
    return {
        **{name: getattr(food, name) for name in FoodOut.model_fields if name not in ("composition", "portions")},
        "composition": dict(food.composition),
        "portions": [{"label": p.label, "mass_g": p.mass_g} for p in food.portions],
    }


def entry_values(entry: Entry) -> dict[str, Any]:
    """An entry as JSON shows it."""
    values = {name: getattr(entry, name) for name in EntryOut.model_fields}
    return {**values, "kind": entry.kind.value, "meal": entry.meal.value if entry.meal else None}


def day_values(found: selectors.Day) -> dict[str, Any]:
    """A day as JSON shows it."""
    balance = {name: getattr(found.balance, name) for name in BalanceOut.model_fields}
    return {
        "day": found.day,
        "complete": found.complete,
        "balance": balance,
        "entries": [entry_values(e) for e in found.entries],
    }


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)


@api.exception_handler(ProvenderError)
def _refuse(request: HttpRequest, error: Exception) -> HttpResponse:
    status = 404 if isinstance(error, NotFoundError) else 422 if isinstance(error, InputError) else 503
    field = getattr(error, "field", None)
    return api.create_response(request, {"detail": str(error), "field": field}, status=status)


@api.get("foods", response=list[FoodOut])
def search_foods(request: HttpRequest, q: str, limit: int = 20) -> list[dict[str, Any]]:
    """Foods for these words, best first."""
    return [food_values(f) for f in foods.find_foods(_member(request), q[:200], limit=max(1, min(limit, 100)))]


@api.get("foods/{food_id}", response=FoodOut)
def one_food(request: HttpRequest, food_id: str) -> dict[str, Any]:
    """One food."""
    return food_values(foods.food(_member(request), food_id))


@api.get("days/{day}", response=DayOut)
def one_day(request: HttpRequest, day: str) -> dict[str, Any]:
    """One day of the diary."""
    member = _member(request)
    return day_values(selectors.day(member, day_from_text(day, member.zone)))


@api.post("days/{day}/foods", response={201: EntryOut})
def log_food(request: HttpRequest, day: str, sent: FoodIn) -> Status[dict[str, Any]]:
    """Keep one food eaten."""
    member = _member(request)
    on = day_from_text(day, member.zone)
    kept = services.log_food(
        member, sent.food_id, day=on, meal=sent.meal, amount=sent.amount, unit=sent.unit, key=sent.key
    )
    return Status(201, entry_values(kept.entries[0]))
