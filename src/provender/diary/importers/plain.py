"""A plain CSV diary: one row a day, or one a meal or food, with weights, calories and nutrients in named columns.

``day`` is needed; ``complete`` (yes, no), ``meal``, ``name``, ``weight_kg`` (or ``weight_lb``), ``energy_kcal`` and any
nutrient by id (``MG``) or name with its unit (``Magnesium, mg``) may stand beside it, in any order. An empty cell is
unknown, 0 is a measured zero. It is the file that ``provender adequacy`` and ``provender expenditure`` read.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from provender.diary.cells import NutrientColumn, Row, day_cell, number_cell, nutrient_column, said_cell, table
from provender.diary.entries import SERVING, Entry, Kind, Meal, Snapshot
from provender.diary.imported import Imported, Importing, Problem, key
from provender.terms.errors import InputError
from provender.terms.units import MASS_G

MOST_ROWS: Final = 20_000
MOST_KCAL: Final = 20_000.0
WEIGHT_KG: Final = (20, 500)
EARLIEST: Final = date(1900, 1, 1)
WHOLE_DAY: Final = "Whole day"
_KNOWN: Final = frozenset({"day", "complete", "meal", "name"})
_WEIGHT: Final = re.compile(r"(?:body )?weight[ _,(]+(kg|lb|g)\)?", re.IGNORECASE)


def read(content: bytes, name: str, importing: Importing) -> Imported:
    """A plain CSV diary.

    Args:
        content: The file.
        name: What to call it in messages.
        importing: Whose diary it becomes a part of, and when.

    Raises:
        InputError: It is no CSV, has no column ``day``, no column that can be used, no row, or more than 20,000.
    """
    found = table(content, name)
    columns, problems = _columns(found.titles, name)
    if not found.rows or len(found.rows) > MOST_ROWS:
        raise InputError(f"{name}: found {len(found.rows):,} rows, expected 1 to {MOST_ROWS:,}", field="file")
    entries: list[Entry] = []
    complete: dict[date, bool] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for line, row in found.rows:
        try:
            day = _day(row, f"line {line}", importing.today)
            said = said_cell(row, f"line {line}")
            entries += _entries(row, f"line {line}", day, columns, seen, importing)
        except InputError as error:
            problems.append(Problem(line, str(error)))
            continue
        if said is not None:
            complete[day] = said and complete.get(day, True)
    entries.sort(key=lambda entry: entry.day)
    return Imported(tuple(entries), complete, tuple(problems), len(found.rows))


class _Columns:
    """Which columns hold weights, in which unit, and which hold nutrients."""

    def __init__(self) -> None:
        self.weights: dict[str, str] = {}
        self.nutrients: list[NutrientColumn] = []


def _columns(titles: Sequence[str], name: str) -> tuple[_Columns, list[Problem]]:
    if "day" not in titles:
        raise InputError(
            f"{name}: found no column day, expected a first line such as day,weight_kg,energy_kcal,MG", field="file"
        )
    found, problems = _Columns(), []
    for title in titles:
        weight = _WEIGHT.fullmatch(title)
        if weight:
            found.weights[title] = weight[1].lower()
        elif title and title not in _KNOWN:
            problems += _nutrient(title, found)
    if not found.weights and not found.nutrients:
        raise InputError(
            f"{name}: found no column of weights or amounts, expected one such as weight_kg, energy_kcal or MG",
            field="file",
        )
    return found, problems


def _nutrient(title: str, found: _Columns) -> list[Problem]:
    try:
        column = nutrient_column(title)
    except InputError as error:
        return [Problem(1, f"{error}; the column is left out")]
    if column is None:
        return [Problem(1, f"column {title}: neither a nutrient nor a weight with its unit; it is left out")]
    if column.nutrient.id in {known.nutrient.id for known in found.nutrients}:
        return [Problem(1, f"column {title}: {column.nutrient.name} stands in two columns; this one is left out")]
    found.nutrients.append(column)
    return []


def _day(row: Row, where: str, today: date) -> date:
    day = day_cell(row, where)
    if not EARLIEST <= day <= today:
        raise InputError(f"{where}, column day: found {day}, expected a day from 1900 until today", field="day")
    return day


def _entries(
    row: Row, where: str, day: date, columns: _Columns, seen: Counter[tuple[object, ...]], importing: Importing
) -> Iterator[Entry]:
    """The weighing and the food of a row, either or both; all of a row is read before any of it is kept."""
    weighed = [(kg, unit) for title, unit in columns.weights.items() if (kg := number_cell(row, where, title))]
    amounts = {c.nutrient.id: v for c in columns.nutrients if (v := c.amount(row, where)) is not None}
    if amounts.get("ENERC_KCAL", 0.0) > MOST_KCAL:
        raise InputError(f"{where}: found {amounts['ENERC_KCAL']:,.0f} kcal, expected at most {MOST_KCAL:,.0f}")
    made = [_weighing(amount, unit, where, day, importing) for amount, unit in weighed[:1]]
    if amounts:
        made.append(_food(row, day, amounts, seen, importing))
    return iter(made)


def _weighing(amount: Decimal, unit: str, where: str, day: date, importing: Importing) -> Entry:
    mass_g = amount * MASS_G[unit]
    low, high = WEIGHT_KG
    if not low * 1000 <= mass_g <= high * 1000:
        raise InputError(f"{where}: found a body weight of {amount} {unit}, expected {low} to {high} kg; which unit?")
    return Entry(
        key=key("plain", day, "weight"),
        day=day,
        zone=importing.zone,
        at=importing.at,
        kind=Kind.WEIGHT,
        name="Weight",
        amount=amount,
        unit=unit,
        mass_g=mass_g,
    )


def _food(
    row: Row, day: date, amounts: Mapping[str, float], seen: Counter[tuple[object, ...]], importing: Importing
) -> Entry:
    said = row.get("meal", "").strip().casefold()
    meal = Meal(said) if said in set(Meal) else Meal.SNACKS
    name = row.get("name", "")[:300] or (WHOLE_DAY if not said else said.capitalize())
    seen[day, meal, name] += 1
    return Entry(
        key=key("plain", day, meal, name, seen[day, meal, name]),
        day=day,
        zone=importing.zone,
        at=importing.at,
        kind=Kind.FOOD,
        meal=meal,
        name=name,
        amount=Decimal(1),
        unit=SERVING,
        energy_kcal=amounts.get("ENERC_KCAL"),
        snapshot=Snapshot(basis_g=None, composition=dict(amounts)),
    )
