"""The quick-log box: words in, proposed entries to accept or change, entries kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from provender.catalogue.barcode import looks_like_barcode
from provender.catalogue.food import Food
from provender.diary.entries import Entry, Kind, Meal, eaten_mass_g, energy_of, snapshot_of, units_for, usual_meal
from provender.diary.measures import Weighed
from provender.diary.quick_log import Proposal, proposal_as, propose
from provender.store import foods, services, supplements
from provender.store.days import day_from_text, now
from provender.store.members import Member
from provender.store.supplements import Described
from provender.terms.errors import InputError, ProvenderError
from provender.terms.numbers import parse_number
from provender.terms.units import amount_text, without_dust
from provender.web import forms
from provender.web.door import member_view
from provender.web.today import answer, number_sent

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
        amounts: Amounts to choose from when it is not clear: what the form sends, and what the page says.
        meal: The meal that was said of this line, if it is not the one of the whole form; else "".
        elsewhere: Whether this is exercise or a weighing, which is logged elsewhere.
        supplement: A supplement of the member's own that is meant, ``amount`` doses of it; None for anything else.
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
    amounts: tuple[tuple[str, str], ...] = ()
    meal: str = ""
    elsewhere: bool = False
    supplement: Described | None = None

    @property
    def is_kept(self) -> bool:
        """Whether there is something in it to keep."""
        return self.food is not None or self.kcal is not None or self.supplement is not None


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
        other = found.item.kind is not Kind.FOOD
        return Line(index, found.item.text, None, (), None, "", (), None, found.question or "", elsewhere=other)
    unit, amount = "g", found.mass_g
    if found.portion is not None:
        unit, amount = found.portion.label, found.quantity
    line = line_for(index, found.item.text, found.food, found.choices, amount, unit)
    offered = tuple(_offered(weighed) for weighed in found.amounts)
    return replace(line, question=found.question or line.question, amounts=offered)


def _lines(member: Member, found: Sequence[Proposal], meal: str) -> list[Line]:
    """A line for each proposal; what names a supplement of the member's own is a dose of it."""
    mine = supplements.supplements(member)
    lines = []
    for index, proposal in enumerate(found):
        text = proposal.item.text
        dose = supplements.meant(mine, text) if mine and proposal.item.energy_kcal is None else None
        if dose is None:
            lines.append(replace(line_of(index, proposal), meal=_own_meal(proposal, meal)))
        else:
            one, doses = dose
            lines.append(Line(index, text, None, (), doses, one.unit, (), None, "", supplement=one))
    return lines


def _offered(weighed: Weighed) -> tuple[str, str]:
    """An amount to choose: ``amount|unit``, and ``1/4 cup (35.8 g)``."""
    portion, mass = weighed.portion, weighed.mass_g
    amount, unit = (weighed.quantity, portion.label) if portion is not None else (mass or weighed.quantity, "g")
    told = amount_text(mass, "g")
    return f"{without_dust(amount):f}|{unit}", weighed.said if weighed.said == told else f"{weighed.said} ({told})"


@require_POST
@member_view
def proposals(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """What the words seem to mean, to accept or change."""
    on = day_from_text(day, member.zone)
    sent = forms.Words.read(request.POST)
    if looks_like_barcode(sent.words):
        asked = {"q": sent.words.strip(), "day": on.isoformat(), "meal": request.POST.get("meal", "")}
        return _go(request, f"{reverse('foods')}?{urlencode(asked)}")
    found = propose(sent.words, foods.finder(member, limit=8), us=member.system == "us")
    named = found[0].item.meal if found else None
    meal = named or request.POST.get("meal") or usual_meal(now().astimezone(ZoneInfo(member.zone)).hour)
    lines = _lines(member, found, str(meal))
    values = {
        "lines": lines,
        "kept": sum(line.is_kept for line in lines),
        "words": sent.words,
        "on": on,
        "meal": str(meal),
        "meals": list(Meal),
        "key": uuid4(),
    }
    template = "web/partials/proposals.html" if request.headers.get("HX-Request") else "web/proposals.html"
    return render(request, template, values)


def _own_meal(found: Proposal, meal: str) -> str:
    return str(found.item.meal) if found.item.meal and found.item.meal != meal else ""


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; htmx would otherwise put that page into this one."""
    return HttpResponse(headers={"HX-Redirect": address}) if request.headers.get("HX-Request") else redirect(address)


@require_GET
@member_view
def line(request: HttpRequest, member: Member) -> HttpResponse:
    """One line again, after its food, amount or unit was changed.

    With another food the words are weighed again, by that food's own measures.
    """
    index = int(request.GET.get("index", "0")) if request.GET.get("index", "0").isdigit() else 0
    found = foods.food(member, request.GET.get(f"food_{index}", ""))
    choices = tuple(foods.food(member, c) for c in request.GET.getlist(f"choice_{index}")[:10]) or (found,)
    text = request.GET.get(f"text_{index}", "")[:200]
    if text and request.headers.get("HX-Trigger-Name") == f"food_{index}":
        again = line_of(index, proposal_as(text, found, choices, us=member.system == "us"))
    else:
        typed, unit = _amount_sent(request.GET, index, missing="1")
        try:
            amount = parse_number(typed, field="amount")
        except InputError:
            amount = None
        again = line_for(index, text, found, choices, amount, unit)
    again = replace(again, meal=_meal_sent(request.GET, index) or "")
    return render(request, "web/partials/line.html", {"line": again, "meals": list(Meal)})


def _amount_sent(sent: QueryDict, index: int, *, missing: str = "") -> tuple[str, str]:
    """The amount and the unit of a line: the one chosen among those offered, else those typed."""
    amount, _, unit = (sent.get(f"pick_{index}") or "").partition("|")
    return (amount, unit) if unit else (sent.get(f"amount_{index}", missing), sent.get(f"unit_{index}", ""))


def _meal_sent(sent: QueryDict, index: int) -> Meal | None:
    said = sent.get(f"meal_{index}")
    return Meal(said) if said in list(Meal) else None


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
    if sent.get(f"take_{index}") is None and not sent.get(f"pick_{index}"):
        return None
    text = sent.get(f"text_{index}") or ""
    meal = _meal_sent(sent, index) or meal
    try:
        if sent.get(f"kcal_{index}"):
            kcal = parse_number(sent.get(f"kcal_{index}") or "", field="kcal")
            return services.energy_entry(member, kcal, day=on, meal=meal, name=text, key=key)
        if sent.get(f"dose_{index}"):
            doses = parse_number(sent.get(f"amount_{index}") or "", field="doses")
            return supplements.dose_entry(member, number_sent(sent, f"dose_{index}"), day=on, doses=doses, key=key)
        found = foods.food(member, sent.get(f"food_{index}") or "")
        typed, unit = _amount_sent(sent, index)
        amount = parse_number(typed, field="amount")
        return services.food_entry(member, found, day=on, meal=meal, amount=amount, unit=unit or "g", key=key)
    except ProvenderError as error:
        raise InputError(f"“{text}”: {error}", field=f"amount_{index}") from error
