"""Logging from the terminal, and reading a day back."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from provender.cli.shapes import decimal_text
from provender.diary.entries import Entry, Meal, usual_meal
from provender.diary.quick_log import Proposal, propose
from provender.store import foods, selectors, services
from provender.store.days import day_from_text, now
from provender.store.members import Member, member_by_email
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

Row = tuple[str, ...]


def understood(email: str, words: str, day: str, meal: str) -> tuple[list[Entry], list[Row], list[str]]:
    """What the words mean: entries not yet kept, the lines that show them, and what must be asked first.

    Raises:
        InputError: Nothing was written, or a meal that is none.
        NotFoundError: No such member.
    """
    member = member_by_email(email)
    on = day_from_text(day, member.zone)
    if meal and meal not in list(Meal):
        raise InputError(f"found the meal {meal!r}, expected one of: {', '.join(Meal)}", field="meal")
    found = propose(words, foods.finder(member, limit=8))
    if not found:
        raise InputError("found nothing to log; write it like “2 eggs, 30 g almonds”", field="words")
    questions = [f"“{p.item.text}”: {p.question}" for p in found if p.question]
    if questions:
        return [], [], questions
    hour = usual_meal(now().astimezone(ZoneInfo(member.zone)).hour)
    entries = [_entry(member, p, on, Meal(meal) if meal else p.item.meal or hour) for p in found]
    return entries, [_row(e) for e in entries], []


def _entry(member: Member, found: Proposal, on: Any, meal: Meal) -> Entry:
    if found.item.energy_kcal is not None:
        return services.energy_entry(member, found.item.energy_kcal, day=on, meal=meal, name=found.item.words)
    if found.food is None:
        raise InputError(f"no food found for “{found.item.text}”", field="words")
    unit = "g" if found.portion is None else found.portion.label
    amount = found.quantity if found.portion is not None or found.mass_g is None else found.mass_g
    return services.food_entry(member, found.food, day=on, meal=meal, amount=amount, unit=unit)


def _row(entry: Entry) -> Row:
    mass = "" if entry.mass_g is None else amount_text(entry.mass_g, "g")
    said = f"{decimal_text(entry.amount)} × {entry.unit}"
    return (str(entry.meal or ""), said, mass, amount_text(entry.energy_kcal, "kcal"), entry.name)


def keep(email: str, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Keep the entries; each as JSON."""
    kept = services.keep(member_by_email(email), list(entries))
    return [entry_values(e) for e in kept.entries]


def entry_values(entry: Entry) -> dict[str, Any]:
    """An entry as JSON; a nutrient that is not in ``intake`` is unknown."""
    names = ("id", "day", "name", "amount", "unit", "mass_g", "energy_kcal", "text", "intake")
    meal = entry.meal.value if entry.meal else None
    return {**{n: getattr(entry, n) for n in names}, "kind": entry.kind.value, "meal": meal}


def day_values(email: str, on: str) -> dict[str, Any]:
    """A day as JSON."""
    member = member_by_email(email)
    found = selectors.day(member, day_from_text(on, member.zone))
    b = found.balance
    return {
        "day": found.day,
        "complete": found.complete,
        "budget_kcal": b.budget,
        "eaten_kcal": b.eaten,
        "burned_kcal": b.burned,
        "net_kcal": b.net,
        "left_kcal": b.left,
        "entries_of_unknown_energy": b.unknown,
        "entries": [entry_values(e) for e in found.entries],
        "nutrients": [
            {"nutrient": n.nutrient, "amount": n.amount, "coverage": n.coverage}
            for n in selectors.day_intake(found).lines()
        ],
    }


def day_lines(email: str, on: str, *, nutrients: bool) -> list[Row]:
    """A day in columns."""
    member = member_by_email(email)
    found = selectors.day(member, day_from_text(on, member.zone))
    b = found.balance
    figures = (("budget", b.budget), ("eaten", b.eaten), ("burned", b.burned), ("net", b.net), ("left", b.left))
    lines: list[Row] = [("", "", "", f"{found.day:%A %-d %B %Y}{', complete' if found.complete else ''}")]
    lines += [("", "", "no plan" if v is None else f"{v:,.0f} kcal", name) for name, v in figures]
    if b.unknown:
        lines.append(("", "", "at least", f"{b.unknown} entries have no known calories"))
    lines += [
        (str(e.meal or e.kind), f"{decimal_text(e.amount)} {e.unit}".strip(), _energy(e), e.text or e.name)
        for e in found.entries
    ]
    if nutrients:
        lines += [
            (
                "",
                f"{100 * n.coverage:.0f} % known",
                amount_text(n.amount, NUTRIENTS[n.nutrient].unit),
                NUTRIENTS[n.nutrient].name,
            )
            for n in selectors.day_intake(found).lines()
        ]
    return lines


def _energy(entry: Entry) -> str:
    return amount_text(entry.energy_kcal, "kcal") if entry.kind in ("food", "energy", "exercise") else ""
