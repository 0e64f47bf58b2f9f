"""USDA FoodData Central, as CSV: Foundation, SR Legacy, Survey (FNDDS) and Branded foods, together or one by one.

Needs food.csv, food_nutrient.csv and nutrient.csv, and uses food_portion.csv, measure_unit.csv, food_category.csv,
wweia_food_category.csv and branded_food.csv where they are, in a folder or the publisher's zip. Other data types
(samples, acquisitions) are not foods to eat and are left aside.

Energy is the published one (number 208), else by Atwater's specific factors (958), else by the general ones (957). Of
several revisions (the same barcode for Branded, else the same type and description) the latest publication wins. A
food's id is a number that outlives a revision, where there is one: ``gtin-`` and the barcode's 13 digits for Branded,
``ndb-`` and USDA's nutrient databank number for Foundation and SR Legacy (foundation_food.csv, sr_legacy_food.csv; of
the same number Foundation, published later, wins), ``food-`` and the food code for Survey (survey_fndds_food.csv); else
the fdc_id, which changes with every revision.

Source: USDA Agricultural Research Service, FoodData Central, "Download API Field Descriptions", 2024.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from provender.catalogue.barcode import GTIN_LENGTH
from provender.catalogue.brands import brand_in
from provender.catalogue.food import Food, Portion
from provender.catalogue.portions import counted, measured
from provender.catalogue.publisher import Item, Problem, Published, Revision
from provender.catalogue.tables import Row, Tables
from provender.catalogue.usda import Compositions, Meaning, kind_of, meaning, number, portion
from provender.terms.errors import UnitError

KEY: Final = "fdc"
FOUNDATION, LEGACY, SURVEY, BRANDED = "foundation_food", "sr_legacy_food", "survey_fndds_food", "branded_food"
TYPES: Final = frozenset({FOUNDATION, LEGACY, SURVEY, BRANDED})
FILES: Final = ("food.csv", "food_nutrient.csv", "nutrient.csv")
GRAMS: Final = frozenset({"g", "grm", "gram", "grams"})
NO_UNIT: Final = "9999"
NUMBERS: Final = (
    ("foundation_food.csv", "NDB_number", "ndb-", 5),
    ("sr_legacy_food.csv", "NDB_number", "ndb-", 5),
    ("survey_fndds_food.csv", "food_code", "food-", 8),
)
BRAND_COLUMNS: Final = (
    "brand_name", "gtin_upc", "branded_food_category", "serving_size", "serving_size_unit",
    "household_serving_fulltext",
)  # fmt: skip


@dataclass
class _Entry:
    """What food.csv and branded_food.csv say of one food."""

    kind: str
    name: str
    category: str
    published: str
    owner: str = ""
    barcode: str = ""
    number: str = ""
    portions: list[tuple[int, Portion]] = field(default_factory=list)


def read(path: Path) -> Published:
    """The release in this folder or zip.

    Raises:
        SourceError: A file or a column is missing, or a file cannot be read.
    """
    tables = Tables.at(path)
    for name in FILES:
        with tables.open(name):
            pass
    return Published(KEY, "USDA FoodData Central", "", "public domain (CC0 1.0)", _items(tables))


def _items(tables: Tables) -> Iterator[Item]:
    entries: dict[str, _Entry] = {}
    yield from _foods(tables, entries)
    yield from _brands(tables, entries)
    _numbers(tables, entries)
    yield from _portions(tables, entries)
    values = Compositions(entries)
    meanings: dict[str, Meaning] = {}
    yield from _meanings(tables, meanings)
    yield from _values(tables, meanings, values)
    categories, codes = _categories(tables)
    for source_id, entry in entries.items():
        food = _food(source_id, entry, values.of(source_id), categories, codes)
        same = entry.number if entry.number.startswith("gtin-") else f"{entry.kind} {entry.owner} {entry.name}"
        yield Revision(food, same, f"{entry.published} {source_id:0>12}")


def _foods(tables: Tables, entries: dict[str, _Entry]) -> Iterator[Item]:
    columns = ("fdc_id", "data_type", "description", "publication_date")
    for row in tables.rows("food.csv", columns, ("food_category_id",)):
        if isinstance(row, Problem):
            yield row
            continue
        source_id, kind, name, published, category = row.fields
        if kind not in TYPES:
            continue
        if source_id.isdigit() and name.strip():
            entries[source_id] = _Entry(kind, name.strip(), category.removesuffix(".0"), published)
        else:
            yield Problem("food.csv", row.line, "fdc_id", f"{source_id} {name}", "expected a number and a description")


def _brands(tables: Tables, entries: dict[str, _Entry]) -> Iterator[Item]:
    if not tables.has("branded_food.csv"):
        return
    for row in tables.rows("branded_food.csv", ("fdc_id", "brand_owner"), BRAND_COLUMNS):
        if isinstance(row, Problem):
            yield row
            continue
        source_id, owner, brand, barcode, category, size, unit, words = row.fields
        entry = entries.get(source_id)
        if entry is None:
            continue
        entry.owner, entry.category = brand.strip() or owner.strip(), category
        entry.barcode = barcode.strip() if barcode.strip().isdigit() else ""
        said = measured(words)
        grams = size if unit.lower() in GRAMS else f"{said.mass_g or ''}"
        if grams:
            found = portion("branded_food.csv", row.line, said.amount, said.measure or "serving", grams)
            yield from _add(entry, 0, found)


def _numbers(tables: Tables, entries: Mapping[str, _Entry]) -> None:
    """Give each food the number that outlives its revisions, where it has one."""
    for entry in entries.values():
        if digits := entry.barcode.lstrip("0"):
            entry.number = f"gtin-{digits.zfill(GTIN_LENGTH)}"
    for file, column, prefix, width in NUMBERS:
        if tables.has(file):
            for row in tables.rows(file, ("fdc_id", column)):
                if isinstance(row, Row) and row.fields[0] in entries and row.fields[1].strip().isdigit():
                    entries[row.fields[0]].number = f"{prefix}{row.fields[1].strip().zfill(width)}"


def _portions(tables: Tables, entries: Mapping[str, _Entry]) -> Iterator[Item]:
    if not tables.has("food_portion.csv"):
        return
    units = _names(tables, "measure_unit.csv", "id", "name")
    columns = ("fdc_id", "amount", "measure_unit_id", "gram_weight")
    optional = ("portion_description", "modifier", "seq_num")
    for row in tables.rows("food_portion.csv", columns, optional):
        if isinstance(row, Problem):
            yield row
        elif row.fields[0] in entries:
            entry = entries[row.fields[0]]
            yield from _add(entry, _place(row), _portion(row, units, entry.kind))


def _place(row: Row) -> int:
    place = number(row.fields[6])
    return row.line if place is None else int(place)


def _portion(row: Row, units: Mapping[str, str], kind: str) -> Portion | Problem:
    _, amount, unit_id, grams, description, modifier, _ = row.fields
    if description and not amount:
        amount, description = counted(description)
    if kind == SURVEY:
        modifier = ""
    unit = "" if unit_id == NO_UNIT else units.get(unit_id, "")
    words = ", ".join(part for part in (unit, description, modifier) if part.strip())
    return portion("food_portion.csv", row.line, amount, words, grams)


def _add(entry: _Entry, place: int, found: Portion | Problem) -> Iterator[Item]:
    if isinstance(found, Problem):
        yield found
    else:
        last = found.measure.lower().startswith(("quantity not specified", "guideline amount"))
        entry.portions.append((place + 1_000_000 * last, found))


def _meanings(tables: Tables, meanings: dict[str, Meaning]) -> Iterator[Item]:
    """What each nutrient means to us, by id and by number: survey files give the number where others give the id."""
    for row in tables.rows("nutrient.csv", ("id", "unit_name"), ("nutrient_nbr",)):
        if isinstance(row, Problem):
            yield row
            continue
        nutrient_id, unit, tag = row.fields
        try:
            known = meaning(tag.removesuffix(".0"), unit)
        except UnitError as error:
            yield Problem("nutrient.csv", row.line, "unit_name", unit, str(error))
            continue
        if known:
            meanings[nutrient_id] = meanings[tag.removesuffix(".0")] = known


def _values(tables: Tables, meanings: Mapping[str, Meaning], values: Compositions) -> Iterator[Item]:
    for row in tables.rows("food_nutrient.csv", ("fdc_id", "nutrient_id", "amount")):
        if isinstance(row, Problem):
            yield row
            continue
        source_id, nutrient_id, text = row.fields
        if source_id not in values or nutrient_id not in meanings or not text:
            continue
        amount = number(text)
        if amount is None:
            yield Problem("food_nutrient.csv", row.line, "amount", text, "expected a number")
        else:
            values.add(source_id, meanings[nutrient_id], amount)


def _names(tables: Tables, file: str, key: str, name: str) -> dict[str, str]:
    if not tables.has(file):
        return {}
    return {row.fields[0]: row.fields[1] for row in tables.rows(file, (key, name)) if isinstance(row, Row)}


def _categories(tables: Tables) -> tuple[dict[str, str], dict[str, str]]:
    """Names of categories by id, and USDA's four-digit codes of them."""
    names = _names(tables, "wweia_food_category.csv", "wweia_food_category", "wweia_food_category_description")
    names |= _names(tables, "food_category.csv", "id", "description")
    codes = _names(tables, "food_category.csv", "id", "code")
    return names, {key: code.zfill(4) for key, code in codes.items()}


def _food(
    source_id: str,
    entry: _Entry,
    composition: dict[str, float],
    categories: Mapping[str, str],
    codes: Mapping[str, str],
) -> Food:
    branded = entry.kind == BRANDED
    brand = entry.owner if branded else brand_in(entry.name)
    wweia = entry.category if entry.kind == SURVEY else ""
    source_id = entry.number or source_id
    return Food(
        id=f"{KEY}:{source_id}",
        name=entry.name,
        source=KEY,
        source_id=source_id,
        release=entry.published,
        category=entry.category or None if branded else categories.get(entry.category),
        kind="branded" if branded else kind_of(entry.name, codes.get(entry.category, ""), brand, wweia),
        brand=brand or None,
        barcode=entry.barcode or None,
        composition=composition,
        portions=tuple(p for _, p in sorted(entry.portions, key=lambda pair: pair[0])),
    )
