"""Household measures as publishers write them (``2 ONZ``, ``1/2 cup (120 g)``, ``about 15 chips``) in plain words."""

import re
from dataclasses import dataclass
from typing import Final

from provender.terms.errors import InputError
from provender.terms.numbers import parse_number

_COUNT: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?(?:[ -]\d+/\d+|/\d+)?|[½⅓⅔¼¾⅛⅜⅝⅞]|\d+[½⅓⅔¼¾⅛⅜⅝⅞])(?=[\s A-Za-z(]|$)")
_ABOUT: Final = re.compile(r"^(?:about|approx(?:\.|imately)?|circa|ca\.|~|≈)\s*", re.IGNORECASE)
_ABOUT_AFTER: Final = re.compile(r"\s*(?:\||,|\()\s*(?:about|approx(?:\.|imately)?)\s*\)?\s*$", re.IGNORECASE)
_UNIT: Final = r"(grams?|grm|gr|g|kg|oz|onz|ml|mlt|milliliters?|millilitres?|l|fl\.?\s?oz|oza)"
_STATED: Final = re.compile(
    rf"(?:[(\[|]|\s/)\s*(?:about |approx\.? )?(\d+(?:[.,]\d+)?)\s*{_UNIT}\.?\s*[)\]]?\s*(?=$|[|,;])", re.IGNORECASE
)
_PACKED: Final = re.compile(
    r"(oz|fl oz|ml|l|lb) (bottle|can|box|bag|package|container|carton|glass|jar|packet|pouch|bar|tub|cup)s?"
)
_GRAMS: Final = {"g": 1.0, "gr": 1.0, "grm": 1.0, "gram": 1.0, "grams": 1.0, "kg": 1000.0}
_PLAIN: Final = {
    "onz": "oz", "oza": "fl oz", "mlt": "ml", "grm": "g", "gr": "g", "gram": "g", "grams": "g", "lbr": "lb", "ltr": "l",
    "tbsp.": "tbsp", "tbs": "tbsp", "tbs.": "tbsp", "tbl": "tbsp", "tblsp": "tbsp", "tbls": "tbsp", "tbsps": "tbsp",
    "tsp.": "tsp", "tsps": "tsp", "oz.": "oz", "ozs": "oz", "ounce": "oz", "ounces": "oz", "c.": "cup",
    "milliliter": "ml", "milliliters": "ml", "millilitre": "ml", "millilitres": "ml",
    "pce": "piece", "pcs": "pieces", "pcs.": "pieces", "pc": "piece",
    "pkg": "package", "pkg.": "package", "pkt": "packet", "btl": "bottle", "cntr": "container",
    "pnt": "pint", "qtr": "quart", "fl.": "fl", "fluid": "fl", "srv": "serving",
}  # fmt: skip
"""Publishers' abbreviations, those of the GS1 unit codes (``ONZ``, ``OZA``, ``MLT``, ``GRM``) among them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a portion's words say.

    Attributes:
        amount: How many of the measure, in digits; "1" where none is said.
        measure: What is counted, in plain words; "" where the words say only a mass.
        mass_g: Mass in grams where the words state one; None else, also for a volume: its mass is not known.
    """

    amount: str
    measure: str
    mass_g: float | None = None


def measured(text: str) -> Measured:
    """What a portion's words say; words that nobody can read are the measure, once.

    Source: own, after the servings in USDA FoodData Central (Branded) and Open Food Facts; GS1 unit codes, UN/ECE
    Recommendation 20.
    """
    words = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    mass = None
    if stated := _STATED.search(words):
        factor = _GRAMS.get(stated[2].lower())
        mass = _positive(stated[1], factor) if factor else None
        words = f"{words[: stated.start()]}{words[stated.end() :]}".strip(" ,;|")
    words = _ABOUT_AFTER.sub("", _ABOUT.sub("", words)).strip(" ,;|")
    amount, rest = counted(words)
    measure = _plainly(_ABOUT.sub("", rest.strip(" ,;|")))
    if measure in {"g", "kg"}:
        mass = mass or _positive(amount, _GRAMS[measure])
        return Measured("1", "", mass)
    if packed := _PACKED.fullmatch(measure):
        return Measured("1", f"{packed[2]}, {amount} {packed[1]}", mass)
    return Measured(amount, measure, mass)


def counted(text: str) -> tuple[str, str]:
    """Count and measure of a portion in words: ``1 cup, diced`` is ``1`` and ``cup, diced``."""
    begin = _COUNT.match(text)
    if begin is None:
        return "1", text
    try:
        count = parse_number(begin[1].strip().replace("-", " "))
    except InputError:
        return "1", text
    return (str(count), text[begin.end() :].strip()) if count > 0 else ("1", text)


def _positive(digits: str, factor: float) -> float | None:
    try:
        number = float(parse_number(digits)) * factor
    except InputError:
        return None
    return number if number > 0 else None


def _plainly(measure: str) -> str:
    """The measure without shouting and abbreviations: ``OZA`` is ``fl oz``, ``TBSP. PACKED`` is ``tbsp packed``."""
    if measure.isupper():
        measure = measure.lower()
    first, space, rest = measure.partition(" ")
    plain = _PLAIN.get(first.lower(), first.lower() if first.istitle() and first.isalpha() else first)
    if (plain, rest.lower()[:2]) == ("fl", "oz"):
        return f"fl oz{rest[2:].lstrip('.s')}"
    return f"{plain}{space}{rest}"
