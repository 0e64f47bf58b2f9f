"""A day of the diary as the terminal shows it."""

from typing import Any

from provender.cli.said import decimal_text
from provender.diary.entries import Entry, Kind, Meal
from provender.store import selectors
from provender.store.days import day_from_text
from provender.store.members import member_by_email
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

Row = tuple[str, ...]
WITH_ENERGY = (Kind.FOOD, Kind.ENERGY, Kind.EXERCISE)


def day_of(email: str, on: str) -> selectors.Day:
    """One day of a member's diary.

    Raises:
        InputError: No date.
        NotFoundError: No such member.
    """
    member = member_by_email(email)
    return selectors.day(member, day_from_text(on, member.zone))


def entry_values(entry: Entry) -> dict[str, Any]:
    """An entry as JSON; a nutrient in neither ``intake`` (food) nor ``doses`` (supplements) is unknown."""
    names = ("id", "day", "name", "amount", "unit", "mass_g", "energy_kcal", "text", "intake", "doses")
    meal = entry.meal.value if entry.meal else None
    return {**{n: getattr(entry, n) for n in names}, "kind": entry.kind.value, "meal": meal}


def _eaten(found: selectors.Day) -> bool:
    return any(e.kind in (Kind.FOOD, Kind.ENERGY) for e in found.entries)


def day_values(found: selectors.Day) -> dict[str, Any]:
    """A day as JSON; what is unknown is null, also what was eaten on a day without food."""
    b, eaten = found.balance, _eaten(found)
    return {
        "day": found.day,
        "complete": found.complete,
        "budget_kcal": b.budget,
        "eaten_kcal": b.eaten if eaten else None,
        "burned_kcal": b.burned,
        "net_kcal": b.net if eaten else None,
        "left_kcal": b.left,
        "entries_of_unknown_energy": b.unknown,
        "entries": [entry_values(e) for e in found.entries],
        "nutrients": [
            {"nutrient": n.nutrient, "amount": n.amount, "coverage": n.coverage}
            for n in selectors.day_intake(found).lines()
        ],
    }


def entry_row(entry: Entry) -> Row:
    """An entry in columns: amount, mass, energy, name."""
    said = "" if entry.kind is Kind.ENERGY else f"{decimal_text(entry.amount)} {entry.unit}".strip()
    if entry.unit[:1].isdigit():
        said = f"{decimal_text(entry.amount)} × {entry.unit}"
    by_mass = entry.mass_g is not None and entry.kind is Kind.FOOD and entry.unit != "g"
    mass = amount_text(entry.mass_g, "g") if by_mass else ""
    energy = amount_text(entry.energy_kcal, "kcal") if entry.kind in WITH_ENERGY else ""
    return said, mass, energy, entry.text or entry.name


def sums(found: selectors.Day) -> list[Row]:
    """Budget, eaten, burned, net and left; a day without food has eaten nothing that is known, not 0."""
    b, eaten = found.balance, _eaten(found)
    lower = "at least " if b.unknown else ""
    rows: list[Row] = [
        ("budget", "none yet" if b.budget is None else f"{b.budget:,} kcal"),
        ("eaten", f"{lower}{b.eaten:,.0f} kcal" if eaten else "nothing logged"),
        ("burned", f"{b.burned:,.0f} kcal"),
    ]
    if eaten:
        rows.append(("net", f"{lower}{b.net:,.0f} kcal"))
    if b.left is not None:
        rows.append(("left", f"{'at most ' if b.unknown else ''}{b.left:,.0f} kcal"))
    return rows


def parts(found: selectors.Day) -> list[tuple[str, list[Row]]]:
    """The entries in columns under the name of their meal, or of what they are."""
    groups = [(meal.value, found.of_meal(meal)) for meal in Meal]
    rest = (e for e in found.entries if e.meal is None)
    others: dict[str, list[Entry]] = {}
    for entry in rest:
        others.setdefault(entry.kind.value, []).append(entry)
    return [(name, [entry_row(e) for e in entries]) for name, entries in (*groups, *others.items()) if entries]


def nutrient_rows(found: selectors.Day) -> list[Row]:
    """Every nutrient of the day: name, amount, and the share of what was eaten that it rests on."""
    return [
        (
            NUTRIENTS[n.nutrient].name,
            amount_text(n.amount, NUTRIENTS[n.nutrient].unit),
            f"{100 * n.coverage:.0f} % known" if n.known else "",
        )
        for n in selectors.day_intake(found).lines()
    ]
