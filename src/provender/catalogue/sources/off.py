"""Open Food Facts, as its JSON Lines export (``.jsonl`` or ``.jsonl.gz``), read one line at a time.

Only amounts per 100 g (or 100 ml) as sold are read: the keys ``<nutrient>_100g``. They are in grams there whatever the
label said, energy in kcal (else from kJ). What a label does not state is unknown. Alcohol is % by volume there and is
left aside. A product without a name or a barcode is a problem; of several rows for one barcode the last changed wins.

Source: https://wiki.openfoodfacts.org/API_Fields and https://world.openfoodfacts.org/data, read October 2024.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, cast

from provender.catalogue.food import Food, Portion
from provender.catalogue.plausible import LARGEST_PORTION_G
from provender.catalogue.portions import measured
from provender.catalogue.publisher import Item, Problem, Published, Revision
from provender.catalogue.usda import number
from provender.terms.errors import SourceError
from provender.terms.nutrients import BY_OFF_KEY, Nutrient
from provender.terms.units import convert

KEY: Final = "off"
FIRST_KEYS: Final = ("code", "nutriments", "product_name")
KCAL_PER_KJ: Final = 1 / 4.184
SODIUM_PER_SALT: Final = 0.4
"""As Regulation (EU) 1169/2011, annex I, has it: salt is sodium times 2.5."""
IN_GRAMS: Final = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(?:g|gr|gram|grams|gramm|grammes|grm)\b", re.IGNORECASE)
"""A mass as labels state it, e.g. in ``1 Tbsp (15 g)``."""


def _factor(nutrient: Nutrient) -> float:
    if nutrient.unit in {"kcal", "kJ"}:
        return 1.0
    return float(convert(Decimal(1), "g", nutrient.unit))


_FIELDS: Final = [(f"{key}_100g", n.id, _factor(n)) for key, n in BY_OFF_KEY.items()]
_ELSE: Final = [("folates_100g", "FOL", 1e6), ("vitamin-k_100g", "VITK1", 1e6)]
"""Other keys of a nutrient, used where the first is missing."""


MOST_SCANS: Final = 1e12
UNNAMED: Final = frozenset({"", "serving", "portion", "oz", "fl", "ml", "cl", "dl", "l", "lb", "mg", "kj", "kcal"})
"""First words of a serving's measure that name no measure of the food's own."""


def read(path: Path) -> Published:
    """The export at this path.

    Args:
        path: The file, or a folder that holds exactly one ``.jsonl`` or ``.jsonl.gz``.

    Raises:
        SourceError: No such file, or its first line is not a product.
    """
    file = _file(path)
    with _open(file) as lines:
        try:
            first = json.loads(next(iter(lines), b""))
        except (ValueError, OSError, EOFError, zlib.error) as error:
            raise SourceError(
                f"{file}: expected one product in JSON on each line ({error}); see docs/data.md"
            ) from error
    if not isinstance(first, dict) or not any(key in first for key in FIRST_KEYS):
        raise SourceError(f"{file}: its first line has none of the fields {', '.join(FIRST_KEYS)}; see docs/data.md")
    return Published(KEY, "Open Food Facts", "", "ODbL 1.0, contents DbCL 1.0", _items(file))


def _file(path: Path) -> Path:
    if path.is_dir():
        found = sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.gz")])
        if len(found) != 1:
            raise SourceError(
                f"{path}: looked for one .jsonl or .jsonl.gz and found {len(found)}; name the file itself"
            )
        return found[0]
    if not path.is_file():
        raise SourceError(f"{path}: looked for Open Food Facts' .jsonl or .jsonl.gz there and found no file")
    return path


def _open(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file)) if file.suffix == ".gz" else file.open("rb")


def _items(file: Path) -> Iterator[Item]:
    line = 0
    try:
        with _open(file) as lines:
            for line, text in enumerate(lines, start=1):
                if text.strip():
                    yield from _product(file.name, line, text)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"{file} is cut short or damaged after line {line:,} ({error}); download it again") from error


def _product(file: str, line: int, text: bytes) -> Iterator[Item]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Problem(file, line, "row", text[:80].decode("utf-8", "replace"), f"it is not JSON ({error})")
        return
    if not isinstance(row, dict):
        yield Problem(file, line, "row", text[:80].decode("utf-8", "replace"), "expected a product, {…}")
        return
    code, name = str(row.get("code") or "").strip(), _name(row)
    if not (code.isascii() and code.isdigit() and len(code) <= 24):
        yield Problem(file, line, "code", code, "expected a barcode: up to 24 digits")
    elif not name:
        yield Problem(file, line, "product_name", "", f"the product {code} has no name")
    else:
        yield from _food(file, line, row, code, name)


def _name(row: dict[str, Any]) -> str:
    own = f"product_name_{row.get('lang') or row.get('lc') or 'en'}"
    for key in ("product_name", "product_name_en", own):
        found = row.get(key)
        if isinstance(found, str) and found.strip():
            return found
    return ""


def _food(file: str, line: int, row: dict[str, Any], code: str, name: str) -> Iterator[Item]:
    composition: dict[str, float] = {}
    yield from _composition(file, line, row, composition)
    changed = number(str(row.get("last_modified_t") or "")) or 0.0
    when = _date(changed)
    category = row.get("pnns_groups_2")
    food = Food(
        id=f"{KEY}:{code}",
        name=name,
        source=KEY,
        source_id=code,
        release=when,
        category=category if isinstance(category, str) and category.lower() not in {"unknown", ""} else None,
        kind="branded",
        brand=_brand(row),
        barcode=code,
        composition=composition,
        portions=_serving(row),
        popularity=_scans(row),
    )
    yield Revision(food, code, f"{changed:015.0f}")


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat() if 0 < seconds < 1e11 else ""


def _brand(row: dict[str, Any]) -> str | None:
    for key in ("brands", "brand_owner"):
        found = row.get(key)
        if isinstance(found, str) and found.strip(" ,"):
            return found.strip(" ,").partition(",")[0].strip()
    return None


def _composition(file: str, line: int, row: dict[str, Any], composition: dict[str, float]) -> Iterator[Problem]:
    nutriments = row.get("nutriments")
    if not isinstance(nutriments, dict) or row.get("no_nutrition_data") == "on":
        return
    for key, nutrient_id, factor in (*_FIELDS, *_ELSE):
        found = nutriments.get(key)
        if found is None or found == "" or nutrient_id in composition:
            continue
        amount = None if isinstance(found, bool) else number(str(found))
        if amount is None:
            yield Problem(file, line, key, str(found), "expected a number")
        else:
            composition[nutrient_id] = float(f"{amount * factor:.9g}")
    _derive(nutriments, composition)


def _derive(nutriments: dict[str, Any], composition: dict[str, float]) -> None:
    """Energy in kcal from kJ, and sodium from salt, where only those are stated."""
    for key in ("energy-kj_100g", "energy_100g"):
        kilojoules = number(str(nutriments.get(key)))
        if "ENERC_KCAL" not in composition and kilojoules is not None:
            composition["ENERC_KCAL"] = round(kilojoules * KCAL_PER_KJ, 1)
    salt = number(str(nutriments.get("salt_100g")))
    if "NA" not in composition and salt is not None:
        composition["NA"] = float(f"{salt * SODIUM_PER_SALT * 1000:.9g}")


def _scans(row: dict[str, Any]) -> float | None:
    """How many people scanned the product, else how often it was; None where nobody counted."""
    for key in ("unique_scans_n", "scans_n"):
        found = row.get(key)
        if isinstance(found, int | float) and not isinstance(found, bool) and 0 <= found < MOST_SCANS:
            return float(found)
    return None


def _serving(row: dict[str, Any]) -> tuple[Portion, ...]:
    """The label's serving, in its own measure where it names one; a serving in ml has no known mass."""
    words = row.get("serving_size")
    if not isinstance(words, str):
        return ()
    stated = IN_GRAMS.findall(words)
    grams = number(stated[-1].replace(",", ".")) if stated else None
    if grams is None or not 0 < grams <= LARGEST_PORTION_G:
        return ()
    said = measured(words)
    count = number(said.amount)
    if count and said.measure.partition(" ")[0] not in UNNAMED:
        return (Portion(count, said.measure, grams),)
    return (Portion(1.0, f"serving ({' '.join(words.split())})", grams),)
