"""The programmer's door: the same selectors and services as the pages, as JSON with a published schema."""

from datetime import date, timedelta
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
from provender.diary.quick_log import Proposal, propose
from provender.store import doses, foods, selectors, services, supplements
from provender.store.days import day_from_text, today
from provender.store.members import Member
from provender.terms.errors import InputError, NotFoundError, ProvenderError
from provender.terms.nutrients import NUTRIENTS

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
    """One line of the diary; a nutrient in neither ``intake`` (food) nor ``doses`` (supplements) is unknown."""

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
    doses: dict[str, float]


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


class NutrientOut(Schema):
    """One nutrient of a day; ``amount`` is null when no entry knows it, and a lower bound below full coverage."""

    nutrient: str
    name: str
    unit: str
    amount: float | None
    coverage: float
    known: int
    entries: int


class AdequacyOut(Schema):
    """Whether one nutrient is enough; amounts a day in ``unit``, null where unknown or without a verdict."""

    nutrient: str
    unit: str
    days: int
    complete_days: int
    mean: float | None
    supplement: float
    usual: float | None
    low: float | None
    high: float | None
    coverage: float
    probability: float | None
    verdict: str
    sentence: str
    below_ul: float | None
    ul_sentence: str | None
    cdrr_sentence: str | None
    amdr_sentence: str | None
    notes: list[str]


class ProposalOut(Schema):
    """What one written thing seems to mean; kept only when it is posted to ``foods``."""

    text: str
    food_id: str | None
    name: str | None
    choices: list[str]
    amount: Decimal | None
    unit: str | None
    mass_g: Decimal | None
    energy_kcal: Decimal | None
    meal: str | None
    question: str | None


class WordsIn(Schema):
    """Words as a person writes them, such as ``2 eggs, 30 g almonds``."""

    words: str


class Said(Schema):
    """What was done, in a sentence."""

    sentence: str


class FoodIn(Schema):
    """One food eaten; the same key is never kept twice."""

    food_id: str
    amount: Decimal
    unit: str
    meal: Meal
    key: UUID | None = None


class SupplementOut(Schema):
    """A supplement; ``composition`` maps nutrient ids to elemental amounts in one dose, unknown ones left out."""

    id: int
    name: str
    brand: str
    barcode: str
    unit: str
    composition: dict[str, float]
    doses_a_day: Decimal | None


class BroughtOut(Schema):
    """What supplements bring of one nutrient: mean amount a day in ``unit``, and how much of it from which."""

    nutrient: str
    unit: str
    a_day: float
    by: dict[str, float]


class DailyDosesOut(Schema):
    """What supplements bring a day; amounts are lower bounds while ``unknown`` names any of unknown contents."""

    first: date
    last: date
    nutrients: list[BroughtOut]
    unknown: list[str]


class DoseIn(Schema):
    """Doses taken; the same key is never kept twice."""

    supplement: int
    doses: Decimal = Decimal(1)
    key: UUID | None = None


def supplement_values(one: supplements.Described) -> dict[str, Any]:
    """A supplement as JSON shows it."""
    return {name: getattr(one, name) for name in SupplementOut.model_fields} | {"composition": dict(one.composition)}


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


def proposal_values(found: Proposal) -> dict[str, Any]:
    """A proposal as JSON shows it; the amount and unit are those in which it can be logged."""
    food, portion = found.food, found.portion
    by_mass = portion is None and food is not None
    return {
        "text": found.item.text,
        "food_id": food.id if food else None,
        "name": food.name if food else None,
        "choices": [choice.id for choice in found.choices],
        "amount": found.mass_g if by_mass else found.quantity if food else None,
        "unit": "g" if by_mass else portion.label if portion else None,
        "mass_g": found.mass_g,
        "energy_kcal": found.item.energy_kcal,
        "meal": found.item.meal.value if found.item.meal else None,
        "question": found.question,
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


@api.get("days/{day}/nutrients", response=list[NutrientOut])
def nutrients_of_a_day(request: HttpRequest, day: str) -> list[dict[str, Any]]:
    """Every nutrient of a day with its coverage."""
    member = _member(request)
    found = selectors.day(member, day_from_text(day, member.zone))
    names = ("nutrient", "amount", "coverage", "known", "entries")
    return [
        {
            **{name: getattr(line, name) for name in names},
            "name": NUTRIENTS[line.nutrient].name,
            "unit": NUTRIENTS[line.nutrient].unit,
        }
        for line in selectors.day_intake(found).lines()
    ]


@api.get("adequacy", response=list[AdequacyOut])
def adequacy_of_the_last_days(request: HttpRequest, days: int = 14) -> list[dict[str, Any]]:
    """Whether each nutrient is enough over the last days; empty while sex or birth date is not told."""
    from provender.store.adequacies import latest_assessment  # noqa: PLC0415 - brings SciPy

    found = latest_assessment(_member(request), max(1, min(days, selectors.LONGEST_RANGE_DAYS)))
    given = [name for name in AdequacyOut.model_fields if name not in ("unit", "verdict")]
    return [
        {
            **{name: getattr(one, name) for name in given},
            "unit": NUTRIENTS[one.nutrient].unit,
            "verdict": str(one.verdict),
        }
        for one in found.found
    ]


@api.post("proposals", response=list[ProposalOut])
def proposals(request: HttpRequest, sent: WordsIn) -> list[dict[str, Any]]:
    """What the words seem to mean; nothing is kept."""
    member = _member(request)
    found = propose(sent.words, foods.finder(member, limit=8), us=member.system == "us")
    return [proposal_values(proposal) for proposal in found]


@api.post("days/{day}/foods", response={201: EntryOut})
def log_food(request: HttpRequest, day: str, sent: FoodIn) -> Status[dict[str, Any]]:
    """Keep one food eaten."""
    member = _member(request)
    on = day_from_text(day, member.zone)
    kept = services.log_food(
        member, sent.food_id, day=on, meal=sent.meal, amount=sent.amount, unit=sent.unit, key=sent.key
    )
    return Status(201, entry_values(kept.entries[0]))


@api.get("supplements", response=list[SupplementOut])
def all_supplements(request: HttpRequest) -> list[dict[str, Any]]:
    """What the member takes, with what one dose holds: elemental amounts, what the label does not say left out."""
    return [supplement_values(one) for one in supplements.supplements(_member(request))]


@api.get("supplements/daily", response=DailyDosesOut)
def daily_doses(request: HttpRequest, days: int = 14) -> dict[str, Any]:
    """What supplements bring a day over the last days, today included: logged doses, else the usual number."""
    member = _member(request)
    last = today(member.zone)
    first = last - timedelta(days=max(1, min(days, selectors.LONGEST_RANGE_DAYS)) - 1)
    taken = doses.taken(member, first, last)
    found = [
        {"nutrient": one.nutrient, "unit": NUTRIENTS[one.nutrient].unit, "a_day": one.a_day, "by": _by_name(one.by)}
        for one in doses.brought(taken)
    ]
    return {"first": first, "last": last, "nutrients": found, "unknown": list(doses.of_unknown_contents(taken))}


def _by_name(parts: tuple[tuple[str, float], ...]) -> dict[str, float]:
    """Supplements of the same name (and another brand) count together."""
    found: dict[str, float] = {}
    for name, amount in parts:
        found[name] = found.get(name, 0.0) + amount
    return found


@api.post("days/{day}/doses", response={201: EntryOut})
def take_dose(request: HttpRequest, day: str, sent: DoseIn) -> Status[dict[str, Any]]:
    """Keep that doses of a supplement were taken."""
    member = _member(request)
    kept = supplements.take(
        member, sent.supplement, day=day_from_text(day, member.zone), doses=sent.doses, key=sent.key
    )
    return Status(201, entry_values(kept.entries[0]))


@api.delete("entries/{entry_id}", response=Said)
def delete_entry(request: HttpRequest, entry_id: int) -> dict[str, str]:
    """Take one entry out of the diary; undo on the pages brings it back."""
    return {"sentence": services.delete_entries(_member(request), [entry_id]).sentence}
