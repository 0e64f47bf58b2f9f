"""USDA Food and Nutrient Database for Dietary Studies, as the "At A Glance" tables saved as CSV.

Needs the tables whose names end in "Nutrient Values" and "Portions and Weights"; their header is on the second record.
Portions of a sub-code (one product among several under a food) are left aside, and so are those of weight 0 or -9,
which is how USDA writes that there is none.

Source: USDA Agricultural Research Service, Food Surveys Research Group, FNDDS At A Glance.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provender.catalogue.food import Food, Portion
from provender.catalogue.portions import counted
from provender.catalogue.publisher import Item, Problem, Published, Revision
from provender.catalogue.tables import Row, Tables
from provender.catalogue.usda import Meaning, kind_of, meaning, number, portion
from provender.terms.errors import SourceError

KEY: Final = "usda-fndds"
VALUES: Final = "nutrient values"
WEIGHTS: Final = "portions and weights"
NO_WEIGHT: Final = frozenset({"0", "-9"})
NUMBERS: Final = {
    "Energy": "208", "Protein": "203", "Carbohydrate": "205", "Sugars, total": "269", "Fiber, total dietary": "291",
    "Total Fat": "204", "Fatty acids, total saturated": "606", "Fatty acids, total monounsaturated": "645",
    "Fatty acids, total polyunsaturated": "646", "Cholesterol": "601", "Retinol": "319", "Vitamin A, RAE": "320",
    "Carotene, alpha": "322", "Carotene, beta": "321", "Cryptoxanthin, beta": "334", "Lycopene": "337",
    "Lutein + zeaxanthin": "338", "Thiamin": "404", "Riboflavin": "405", "Niacin": "406", "Vitamin B-6": "415",
    "Folic acid": "431", "Folate, food": "432", "Folate, DFE": "435", "Folate, total": "417", "Choline, total": "421",
    "Vitamin B-12": "418", "Vitamin B-12, added": "578", "Vitamin C": "401", "Vitamin D (D2 + D3)": "328",
    "Vitamin E (alpha-tocopherol)": "323", "Vitamin E, added": "573", "Vitamin K (phylloquinone)": "430",
    "Calcium": "301", "Phosphorus": "305", "Magnesium": "304", "Iron": "303", "Zinc": "309", "Copper": "312",
    "Selenium": "317", "Potassium": "306", "Sodium": "307", "Caffeine": "262", "Theobromine": "263", "Alcohol": "221",
    "4:0": "607", "6:0": "608", "8:0": "609", "10:0": "610", "12:0": "611", "14:0": "612", "16:0": "613",
    "18:0": "614", "16:1": "626", "18:1": "617", "20:1": "628", "22:1": "630", "18:2": "618", "18:3": "619",
    "18:4": "627", "20:4": "620", "20:5 n-3": "629", "22:5 n-3": "631", "22:6 n-3": "621", "Water": "255",
}  # fmt: skip
"""USDA's nutrient number of each column, named without its unit."""
_COLUMN: Final = re.compile(r"(.+) \((k?cal|g|mg|mcg)(?:_RAE|_DFE)?\)")
_YEARS: Final = re.compile(r"(20\d\d-20\d\d)")
_FOOD: Final = ("Food code", "Main food description", "WWEIA Category number", "WWEIA Category description")


def read(path: Path) -> Published:
    """The release in this folder or zip.

    Raises:
        SourceError: A table or a column is missing, or a table cannot be read.
    """
    tables = Tables.at(path)
    values, weights = _named(tables, VALUES), _named(tables, WEIGHTS)
    found = _YEARS.search(values)
    release = found[1] if found else "unknown"
    return Published(
        KEY,
        "USDA Food and Nutrient Database for Dietary Studies",
        release,
        "public domain",
        _items(tables, values, weights, release),
    )


def _named(tables: Tables, end: str) -> str:
    found = sorted(n for n in tables.names if n.removesuffix(".gz").removesuffix(".csv").endswith(end))
    if not found:
        raise SourceError(
            f"{tables.path}: looked for a table whose name ends in “{end.title()}.csv” and did not find it;"
            " see docs/data.md"
        )
    return Path(tables.names[found[-1]]).name.removesuffix(".gz")


def _items(tables: Tables, values: str, weights: str, release: str) -> Iterator[Item]:
    portions: dict[str, list[Portion]] = {}
    yield from _portions(tables, weights, portions)
    columns = _columns(tables, values)
    for row in tables.rows(values, (*_FOOD, *columns), skip=1):
        if isinstance(row, Problem):
            yield row
            continue
        code, name, number_of_category, category = row.fields[: len(_FOOD)]
        if not code.isdigit() or not name.strip():
            yield Problem(values, row.line, "Food code", f"{code} {name}", "expected a number and a description")
            continue
        composition: dict[str, float] = {}
        yield from _composition(values, row, columns, composition)
        food = Food(
            id=f"{KEY}:{code}",
            name=name,
            source=KEY,
            source_id=code,
            release=release,
            category=category or None,
            kind=kind_of(name, "", None, number_of_category),
            composition=composition,
            portions=tuple(portions.get(code, ())),
        )
        yield Revision(food, code, release)


def _columns(tables: Tables, values: str) -> dict[str, Meaning]:
    """The header's nutrient columns and what each means."""
    found = {}
    for column in tables.header(values, skip=1):
        parts = _COLUMN.fullmatch(column)
        known = meaning(NUMBERS.get(parts[1], ""), parts[2]) if parts else None
        if known:
            found[column] = known
    if not found:
        raise SourceError(f"{values}: found no column of a nutrient such as “Energy (kcal)” on the second line")
    return found


def _composition(file: str, row: Row, columns: dict[str, Meaning], composition: dict[str, float]) -> Iterator[Problem]:
    for (column, known), text in zip(columns.items(), row.fields[len(_FOOD) :], strict=True):
        amount = number(text)
        if amount is not None:
            composition[known.nutrient_id] = amount
        elif text.strip():
            yield Problem(file, row.line, column, text, "expected a number, or nothing where it is unknown")


def _portions(tables: Tables, file: str, portions: dict[str, list[Portion]]) -> Iterator[Item]:
    columns = ("Food code", "Portion description", "Portion weight (g)")
    last: list[tuple[str, Portion]] = []
    for row in tables.rows(file, columns, ("Subcode",), skip=1):
        if isinstance(row, Problem):
            yield row
            continue
        code, words, grams, subcode = row.fields
        if subcode or grams in NO_WEIGHT:
            continue
        found = portion(file, row.line, *counted(words), grams)
        if isinstance(found, Problem):
            yield found
        elif words.startswith(("Quantity not specified", "Guideline amount")):
            last.append((code, found))
        else:
            portions.setdefault(code, []).append(found)
    for code, found in last:
        portions.setdefault(code, []).append(found)
