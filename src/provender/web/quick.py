"""The quick-log box: words in, proposed entries to accept or change, entries kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from provender.catalogue.food import Food
from provender.diary.entries import Entry, Meal, eaten_mass_g, energy_of, snapshot_of, units_for, usual_meal
from provender.diary.quick_log import Proposal, propose
from provender.store import foods, services
from provender.store.days import day_from_text, now
from provender.store.members import Member
from provender.terms.errors import InputError, ProvenderError
from provender.terms.numbers import parse_number
from provender.web import forms
from provender.web.door import member_view
from provender.web.today import answer

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One proposed entry as the page shows it.

    Attributes:
        index: Its number in the form.
        text: The words it came from.
        food: The food proposed; None when nothing was found.
        choices: Other foods it may be.
        amount: How many of ``unit``.
        unit: One of ``units``.
        units: What this food can be logged in.
        energy_kcal: Energy of the proposal; None when unknown.
        question: What must be answered first; "" when nothing.
        kcal: Calories typed instead of a food; None for a food.
    """

    index: int
    text: str
    food: Food | None
    choices: tuple[Food, ...]
    amount: Decimal | None
    unit: str
    units: tuple[str, ...]
    energy_kcal: float | None
    question: str
    kcal: Decimal | None = None


def line_for(index: int, text: str, food: Food, choices: tuple[Food, ...], amount: Decimal | None, unit: str) -> Line:
    """A line for this food; a unit the food does not have gives way to its first."""
    snapshot = snapshot_of(food, "")
    units = units_for(snapshot)
    chosen = unit if unit in units else units[0]
    energy, question = None, ""
    if amount is not None:
        try:
            energy = energy_of(snapshot, amount, eaten_mass_g(snapshot, amount, chosen))
        except InputError as error:
            question = str(error)
    return Line(index, text, food, choices, amount, chosen, units, energy, question)


def line_of(index: int, found: Proposal) -> Line:
    """A proposal of the core as a line of the page."""
    if found.item.energy_kcal is not None:
        kcal = found.item.energy_kcal
        name = found.item.words or "Quick calories"
        return Line(index, name, None, (), None, "kcal", (), float(kcal), found.question or "", kcal)
    if found.food is None:
        return Line(index, found.item.text, None, (), None, "", (), None, found.question or "")
    unit, amount = "g", found.mass_g
    if found.portion is not None:
        unit, amount = found.portion.label, found.quantity
    line = line_for(index, found.item.text, found.food, found.choices, amount, unit)
    return line if not found.question else Line(**{**_fields(line), "question": found.question})


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__slots__}


@require_POST
@member_view
def proposals(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """What the words seem to mean, to accept or change."""
    on = day_from_text(day, member.zone)
    sent = forms.Words.read(request.POST)
    found = propose(sent.words, foods.finder(member, limit=8))
    named = next((p.item.meal for p in found if p.item.meal), None)
    meal = named or request.POST.get("meal") or usual_meal(now().astimezone(ZoneInfo(member.zone)).hour)
    values = {
        "lines": [line_of(i, p) for i, p in enumerate(found)],
        "words": sent.words,
        "on": on,
        "meal": str(meal),
        "meals": list(Meal),
        "key": uuid4(),
    }
    template = "web/partials/proposals.html" if request.headers.get("HX-Request") else "web/proposals.html"
    return render(request, template, values)


@require_GET
@member_view
def line(request: HttpRequest, member: Member) -> HttpResponse:
    """One line again, after its food, amount or unit was changed."""
    index = int(request.GET.get("index", "0")) if request.GET.get("index", "0").isdigit() else 0
    found = foods.food(member, request.GET.get(f"food_{index}", ""))
    choices = tuple(foods.food(member, c) for c in request.GET.getlist(f"choice_{index}")[:10])
    try:
        amount = parse_number(request.GET.get(f"amount_{index}", "1"), field="amount")
    except InputError:
        amount = None
    unit = request.GET.get(f"unit_{index}", "")
    text = request.GET.get(f"text_{index}", "")[:200]
    again = line_for(index, text, found, choices or (found,), amount, unit)
    return render(request, "web/partials/line.html", {"line": again})


@require_POST
@member_view
def accept(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep the proposed entries that were not struck out, all or none."""
    on = day_from_text(day, member.zone)
    meal = Meal(request.POST["meal"]) if request.POST.get("meal") in list(Meal) else Meal.SNACKS
    key = _key(request.POST)
    made: list[Entry] = []
    for index in range(MOST_LINES):
        entry = _accepted(member, request.POST, index, on=on, meal=meal, key=UUID(int=(key.int + index) % 2**128))
        if entry is not None:
            made.append(entry)
    if not made:
        raise InputError("nothing is chosen; tick at least one line, or close the box", field="words")
    return answer(request, member, on, services.keep(member, made))


def _key(sent: QueryDict) -> UUID:
    try:
        return UUID(sent.get("key") or "")
    except ValueError:
        return uuid4()


def _accepted(member: Member, sent: QueryDict, index: int, *, on: Any, meal: Meal, key: UUID) -> Entry | None:
    if sent.get(f"take_{index}") is None:
        return None
    text = sent.get(f"text_{index}") or ""
    try:
        if sent.get(f"kcal_{index}"):
            kcal = parse_number(sent.get(f"kcal_{index}") or "", field="kcal")
            return services.energy_entry(member, kcal, day=on, meal=meal, name=text, key=key)
        found = foods.food(member, sent.get(f"food_{index}") or "")
        amount = parse_number(sent.get(f"amount_{index}") or "", field="amount")
        unit = sent.get(f"unit_{index}") or "g"
        return services.food_entry(member, found, day=on, meal=meal, amount=amount, unit=unit, key=key)
    except ProvenderError as error:
        raise InputError(f"“{text}”: {error}", field=f"amount_{index}") from error
