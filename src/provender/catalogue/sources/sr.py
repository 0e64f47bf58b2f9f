"""USDA National Nutrient Database for Standard Reference, as USDA's own ``~text~^number`` files.

Needs FOOD_DES, NUT_DATA and WEIGHT, uses FD_GROUP, each ``.txt`` or ``.txt.gz``, in a folder or the publisher's zip.
The files do not say which release they are: it is read from the folder's or zip's name (``sr28``, ``SR-27``), else it
is "unknown".

Source: USDA Agricultural Research Service, 2016, SR28 documentation, table formats 1 to 8.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provender.catalogue.brands import brand_in
from provender.catalogue.food import Food, Portion
from provender.catalogue.publisher import Item, Problem, Published, Revision
from provender.catalogue.tables import Row, Tables
from provender.catalogue.usda import Compositions, Meaning, kind_of, meaning, number, portion
from provender.terms.nutrients import BY_FDC_NUMBER

KEY: Final = "usda-sr"
FILES: Final = ("FOOD_DES.txt", "NUT_DATA.txt", "WEIGHT.txt")
_RELEASE: Final = re.compile(r"(?<![a-z])sr[-_ ]?(\d\d)(?!\d)", re.IGNORECASE)


def read(path: Path) -> Published:
    """The release in this folder or zip.

    Raises:
        SourceError: A file is missing or cannot be read.
    """
    tables = Tables.at(path)
    for name in FILES:
        with tables.open(name):
            pass
    found = _RELEASE.search(path.resolve().name)
    release = found[1] if found else "unknown"
    return Published(
        KEY,
        "USDA National Nutrient Database for Standard Reference",
        release,
        "public domain",
        _items(tables, release),
    )


def _items(tables: Tables, release: str) -> Iterator[Item]:
    foods: dict[str, list[str]] = {}
    for row in tables.split("FOOD_DES.txt", 8):
        if isinstance(row, Problem):
            yield row
        elif not row.fields[0].isdigit() or not row.fields[2]:
            yield Problem("FOOD_DES.txt", row.line, "NDB_No", "^".join(row.fields), "expected a number and a name")
        else:
            foods[row.fields[0]] = row.fields
    values = Compositions(foods)
    yield from _values(tables, values)
    portions: dict[str, list[Portion]] = {}
    yield from _portions(tables, portions)
    groups = {} if not tables.has("FD_GROUP.txt") else _groups(tables)
    for source_id, fields in foods.items():
        food = _food(source_id, fields, release, groups, values, portions)
        yield Revision(food, source_id, release)


def _values(tables: Tables, values: Compositions) -> Iterator[Item]:
    for row in tables.split("NUT_DATA.txt", 3):
        if isinstance(row, Problem):
            yield row
            continue
        source_id, tag, text = row.fields[:3]
        known = _meaning(tag)
        if known is None:
            continue
        amount = number(text)
        if source_id not in values:
            yield Problem("NUT_DATA.txt", row.line, "NDB_No", source_id, "there is no such food in FOOD_DES.txt")
        elif amount is None:
            yield Problem("NUT_DATA.txt", row.line, "Nutr_Val", text, "expected a number")
        else:
            values.add(source_id, known, amount)


def _meaning(tag: str) -> Meaning | None:
    """What a nutrient number means; USDA's units of it are ours, but for vitamin D in IU."""
    nutrient = BY_FDC_NUMBER.get(tag)
    return meaning(tag, nutrient.unit if nutrient else "IU")


def _portions(tables: Tables, portions: dict[str, list[Portion]]) -> Iterator[Item]:
    for row in tables.split("WEIGHT.txt", 5):
        found = _portion(row) if isinstance(row, Row) else row
        if isinstance(found, Problem):
            yield found
        elif isinstance(row, Row):
            portions.setdefault(row.fields[0], []).append(found)


def _portion(row: Row) -> Portion | Problem:
    return portion("WEIGHT.txt", row.line, row.fields[2], row.fields[3], row.fields[4])


def _groups(tables: Tables) -> dict[str, str]:
    rows = tables.split("FD_GROUP.txt", 2)
    return {row.fields[0]: row.fields[1] for row in rows if isinstance(row, Row)}


def _food(
    source_id: str,
    fields: list[str],
    release: str,
    groups: dict[str, str],
    values: Compositions,
    portions: dict[str, list[Portion]],
) -> Food:
    group, name, maker = fields[1], fields[2], fields[5]
    brand = brand_in(name) or maker or None
    return Food(
        id=f"{KEY}:{source_id}",
        name=name,
        source=KEY,
        source_id=source_id,
        release=release,
        category=groups.get(group),
        kind=kind_of(name, group, brand),
        brand=brand,
        composition=values.of(source_id),
        portions=tuple(portions.get(source_id, ())),
    )
