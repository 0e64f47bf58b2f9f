"""Today, and every other day: what is left, what was eaten, and every action on it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from provender.diary.activities import ACTIVITIES, energy_kcal, find_activities
from provender.diary.entries import Entry, Kind, Meal, units_for
from provender.store import foods, selectors, services, targets, undo
from provender.store.days import day_from_text, today
from provender.store.doses import SUPPLEMENT
from provender.store.members import Member, weigh
from provender.store.supplements import Described, supplements
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import convert, parse_mass
from provender.web import forms
from provender.web.door import member_view

PAIN = "pain-0-10"
LONGEST_NUMBER = 12


def day_values(member: Member, on: date) -> dict[str, Any]:
    """Everything the page of one day shows."""
    found = selectors.day(member, on)
    weighing = selectors.latest_weight(member, on)
    scores = [e for e in found.of_kind(Kind.OBSERVATION) if e.unit == PAIN]
    return {
        "day": found,
        "on": on,
        "is_today": on == today(member.zone),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "meals": [_meal(found, meal) for meal in Meal],
        "exercise": found.of_kind(Kind.EXERCISE),
        "water": found.of_kind(Kind.WATER),
        "supplements": _supplements(member, found),
        "doses": found.of_kind(Kind.DOSE),
        "notes": found.of_kind(Kind.NOTE),
        "weighings": found.of_kind(Kind.WEIGHT),
        "weighing": weighing,
        "score": scores[-1] if scores else None,
        "scale": range(11),
        "usual": foods.usual_foods(member, limit=8, until=on),
        "undoable": undo.latest_change(member),
        "key": uuid4(),
        "member": member,
        "water_unit": "fl oz" if member.system == "us" else "ml",
        "mass_unit": "lb" if member.system == "us" else "kg",
    }


def _supplements(member: Member, on: selectors.Day) -> list[tuple[Described, Decimal]]:
    """Each supplement with how many doses were logged that day."""
    taken: dict[str, Decimal] = {}
    for entry in on.of_kind(Kind.DOSE):
        taken[entry.snapshot.food_id] = taken.get(entry.snapshot.food_id, Decimal(0)) + (entry.amount or 0)
    return [(one, taken.get(f"{SUPPLEMENT}{one.id}", Decimal(0))) for one in supplements(member)]


def _meal(on: selectors.Day, meal: Meal) -> dict[str, Any]:
    entries = on.of_meal(meal)
    known = [e.energy_kcal for e in entries if e.energy_kcal is not None]
    return {
        "meal": meal,
        "entries": entries,
        "kcal": sum(known) if known else None,
        "unknown": len(entries) - len(known),
    }


def answer(request: HttpRequest, member: Member, on: date, kept: undo.Kept | None = None) -> HttpResponse:
    """After an action: the renewed day and a toast; without scripts, the day's page."""
    if request.headers.get("HX-Request"):
        return render(request, "web/partials/day.html", {**day_values(member, on), "kept": kept})
    if kept is not None:
        messages.success(request, kept.sentence)
    return redirect("day", on.isoformat())


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Today for a member, the landing page for everybody else."""
    return day_page(request, "today") if request.user.is_authenticated else render(request, "web/landing.html")


@require_GET
@member_view
def day_page(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """One day of the diary."""
    on = day_from_text(day, member.zone)
    return render(request, "web/day.html", {**day_values(member, on), **_target_values(member, on)})


def _target_values(member: Member, on: date) -> dict[str, Any]:
    """The proposal of new daily calories that waits, or whether it is time to look for one; on today's page only."""
    if on != today(member.zone):
        return {}
    waiting = targets.pending(member, on)
    return {"proposal": waiting, "target_due": waiting is None and targets.due(member, on)}


@require_POST
@member_view
def log_food(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep one food."""
    on = day_from_text(day, member.zone)
    sent = forms.LogFood.read(request.POST)
    kept = services.log_food(
        member, sent.food_id, day=on, meal=sent.meal, amount=sent.amount, unit=sent.unit, key=sent.key
    )
    return answer(request, member, on, kept)


@require_POST
@member_view
def log_energy(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep calories without a food."""
    on = day_from_text(day, member.zone)
    sent = forms.LogEnergy.read(request.POST)
    kept = services.log_energy(member, sent.kcal, day=on, meal=sent.meal, name=sent.name, key=sent.key)
    return answer(request, member, on, kept)


@require_POST
@member_view
def log_exercise(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep exercise: from the table with the member's weight, or with their own calories."""
    on = day_from_text(day, member.zone)
    sent = forms.LogExercise.read(request.POST)
    chosen = next((a for a in ACTIVITIES if a.id == sent.activity_id), None)
    kcal = None if sent.kcal is None else float(sent.kcal)
    if chosen is not None and kcal is None:
        kcal = _spent(member, on, chosen.met, sent.minutes)
    if chosen is None and kcal is None and sent.minutes is None:
        raise InputError("found neither minutes nor calories; give at least one of them", field="minutes")
    kept = services.log_exercise(
        member,
        sent.name or (chosen.name if chosen else ""),
        day=on,
        minutes=sent.minutes,
        energy_kcal=kcal,
        activity_id=f"compendium:{chosen.id}" if chosen else "",
        key=sent.key,
    )
    return answer(request, member, on, kept)


def _spent(member: Member, on: date, met: float, minutes: Decimal | None) -> float | None:
    weighing = selectors.latest_weight(member, on)
    if minutes is None or minutes <= 0:
        raise InputError("found no minutes; how long did you do it?", field="minutes")
    if weighing is None or weighing.mass_g is None:
        return None
    return energy_kcal(met, float(weighing.mass_g) / 1000, float(minutes))


@require_POST
@member_view
def log_water(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep water drunk."""
    on = day_from_text(day, member.zone)
    sent = forms.LogWater.read(request.POST)
    if convert(sent.amount, sent.unit, "l") > 15:
        raise InputError(f"found {sent.amount:f} {sent.unit}; at most 15 litres go into one entry", field="amount")
    kept = services.log_measure(
        member, Kind.WATER, day=on, amount=sent.amount, unit=sent.unit, name="Water", key=sent.key
    )
    return answer(request, member, on, kept)


@require_POST
@member_view
def log_weight(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep a weighing."""
    on = day_from_text(day, member.zone)
    sent = forms.LogWeight.read(request.POST)
    kg = parse_mass(sent.weight, sent.unit)
    return answer(request, member, on, weigh(member, kg, day=on, unit=sent.unit, key=sent.key))


@require_POST
@member_view
def log_score(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep today's pain, one tap; a second tap replaces the first."""
    on = day_from_text(day, member.zone)
    sent = forms.LogScore.read(request.POST)
    if not 0 <= sent.score <= 10:
        raise InputError(f"found {sent.score}, expected 0 to 10", field="score")
    before = [e for e in selectors.day(member, on).of_kind(Kind.OBSERVATION) if e.unit == PAIN]
    if before and before[-1].id is not None:
        return answer(request, member, on, services.change_entry(member, before[-1].id, amount=Decimal(sent.score)))
    kept = services.log_measure(
        member, Kind.OBSERVATION, day=on, amount=Decimal(sent.score), unit=PAIN, name="Pain", key=sent.key
    )
    return answer(request, member, on, kept)


@require_POST
@member_view
def log_note(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Keep a note."""
    on = day_from_text(day, member.zone)
    sent = forms.LogNote.read(request.POST)
    return answer(request, member, on, services.log_note(member, sent.text, day=on, key=sent.key))


@require_POST
@member_view
def mark_day(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Mark a day complete, or open it again."""
    on = day_from_text(day, member.zone)
    services.mark_day(member, on, complete=request.POST.get("complete") == "yes")
    return answer(request, member, on)


@require_POST
@member_view
def copy_day(request: HttpRequest, member: Member, day: str) -> HttpResponse:
    """Copy another day, or one of its meals, onto this one."""
    on = day_from_text(day, member.zone)
    sent = forms.CopyDay.read(request.POST)
    return answer(request, member, on, services.copy_day(member, sent.source, day=on, meal=sent.meal, key=sent.key))


@require_GET
@member_view
def edit_page(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """The form that changes one entry."""
    entry = selectors.entry(member, entry_id)
    template = "web/partials/edit.html" if request.headers.get("HX-Request") else "web/edit.html"
    return render(request, template, edit_values(entry))


def edit_values(entry: Entry) -> dict[str, Any]:
    """What the form of one entry shows."""
    units = units_for(entry.snapshot) if entry.kind is Kind.FOOD else ()
    if entry.unit and entry.unit not in units:
        units = (entry.unit, *units)
    return {"entry": entry, "units": units, "meals": list(Meal) if entry.meal else [], "key": uuid4()}


@require_POST
@member_view
def edit(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """Change one entry."""
    sent = forms.Edit.read(request.POST)
    old = selectors.entry(member, entry_id)
    kept = services.change_entry(
        member,
        entry_id,
        amount=sent.amount,
        unit=sent.unit or None,
        meal=sent.meal,
        day=sent.day,
        text=sent.text,
    )
    return answer(request, member, old.day, kept)


@require_POST
@member_view
def delete(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """Delete one entry; the toast undoes it."""
    on = selectors.entry(member, entry_id).day
    return answer(request, member, on, services.delete_entries(member, [entry_id]))


@require_POST
@member_view
def again(request: HttpRequest, member: Member, entry_id: int) -> HttpResponse:
    """Log an entry again as it was, on the day and at the meal that were sent."""
    sent = forms.Move.read(request.POST)
    return answer(
        request,
        member,
        sent.day,
        services.copy_entries(member, [entry_id], day=sent.day, meal=sent.meal, key=sent.key),
    )


@require_POST
@member_view
def take_back(request: HttpRequest, member: Member, change_id: int) -> HttpResponse:
    """Undo one action and show the day again."""
    kept = undo.undo(member, change_id)
    return answer(request, member, day_from_text(request.POST.get("day", ""), member.zone), kept)


@require_GET
@member_view
def activities(request: HttpRequest, member: Member) -> HttpResponse:
    """Activities for these words, as a list to choose from."""
    words = request.GET.get("name", "")[:100]
    found = find_activities(words)[:12] if words.strip() else ()
    return render(request, "web/partials/activities.html", {"found": found, "words": words, "member": member})


def typed_key(text: str) -> UUID:
    """The key a form carried, or a new one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def number_sent(sent: QueryDict, field: str) -> int:
    """The number of a row as a form carried it; 0, which is nobody's, where it is none."""
    typed = sent.get(field) or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_NUMBER else 0


def typed_amount(text: str) -> Decimal:
    """The amount of one proposed entry."""
    return parse_number(text, field="amount")


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Says that this is Provender and that it answers."""
    return HttpResponse("provender", content_type="text/plain")
