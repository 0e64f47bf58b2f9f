"""Foods as a plain CSV that anyone can write: one row a food, amounts per 100 g.

Columns ``id`` and ``name``; where wanted ``brand``, ``category``, ``barcode``; and one column a nutrient, named by its
id (``MG``, ``NA``, ``VITC``: see terms/nutrients.csv), in the nutrient's own unit. An empty cell is unknown; 0 is a
measured zero. The file's name makes the prefix of its foods' ids: ``my-foods.csv`` gives ``csv-my-foods:<id>``.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from provender.catalogue.food import Food
from provender.catalogue.publisher import Item, Problem, Published
from provender.catalogue.tables import Row, Tables
from provender.catalogue.usda import number
from provender.terms.errors import SourceError
from provender.terms.nutrients import NUTRIENTS

NEEDED: Final = ("id", "name")
OPTIONAL: Final = ("brand", "category", "barcode")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def read(path: Path) -> Published:
    """The foods of one CSV file (or ``.csv.gz``), UTF-8, with a header.

    Raises:
        SourceError: No such file, a needed column is missing, or a column has an unknown name.
    """
    if not path.is_file():
        raise SourceError(f"{path}: looked for a CSV file there and found none")
    tables = Tables(path.parent, {path.name.lower(): str(path)})
    header = tables.header(path.name)
    unknown = [c for c in header if c not in {*NEEDED, *OPTIONAL} and c not in NUTRIENTS]
    if unknown:
        raise SourceError(
            f"{path}: found the column {', '.join(map(repr, unknown))}, expected {', '.join((*NEEDED, *OPTIONAL))} or"
            " the id of a nutrient, such as MG, in upper case; see docs/data.md"
        )
    stem = path.name.lower().removesuffix(".gz").removesuffix(".csv")
    key = "csv-" + (re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "foods")
    release = sha256(path.read_bytes()).hexdigest()[:12]
    nutrients = tuple(c for c in header if c in NUTRIENTS)
    items = _items(tables, path.name, key, release, nutrients)
    return Published(key, f"Foods of {path.name}", release, "as its author says", items)


def _items(tables: Tables, file: str, key: str, release: str, nutrients: tuple[str, ...]) -> Iterator[Item]:
    seen: set[str] = set()
    for row in tables.rows(file, (*NEEDED, *nutrients), OPTIONAL):
        if isinstance(row, Problem):
            yield row
            continue
        source_id, name = row.fields[0].strip(), row.fields[1].strip()
        if not _ID.fullmatch(source_id):
            yield Problem(file, row.line, "id", source_id, "expected up to 60 of A-Z, a-z, 0-9, dot, dash, underscore")
        elif source_id in seen:
            yield Problem(file, row.line, "id", source_id, "an earlier row has this id already; that one is kept")
        elif not name:
            yield Problem(file, row.line, "name", "", "expected a name")
        else:
            seen.add(source_id)
            yield from _food(file, row, key, release, nutrients)


def _food(file: str, row: Row, key: str, release: str, nutrients: tuple[str, ...]) -> Iterator[Item]:
    source_id, name, *cells = row.fields
    brand, category, barcode = (cell.strip() for cell in cells[len(nutrients) :])
    composition: dict[str, float] = {}
    for nutrient_id, cell in zip(nutrients, cells, strict=False):
        amount = number(cell)
        if amount is not None:
            composition[nutrient_id] = amount
        elif cell.strip():
            yield Problem(file, row.line, nutrient_id, cell, "expected a number, or nothing where it is unknown")
    if barcode and not (barcode.isascii() and barcode.isdigit()):
        yield Problem(file, row.line, "barcode", barcode, "expected digits")
        barcode = ""
    yield Food(
        id=f"{key}:{source_id.strip()}",
        name=name.strip(),
        source=key,
        source_id=source_id.strip(),
        release=release,
        category=category or None,
        kind="branded" if brand or barcode else "generic",
        brand=brand or None,
        barcode=barcode or None,
        composition=composition,
    )
