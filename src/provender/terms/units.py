"""Units of mass, volume, length and energy: exact, Decimal in and Decimal out, never a guess.

Cups, spoons, fluid ounces, pints, quarts and gallons are the **US customary** ones; pounds, ounces and stones
are international avoirdupois. A volume never becomes a mass here: that takes the food's own measure.
"""

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from provender.terms.errors import InputError, UnitError

UNKNOWN: Final = "unknown"
SMALLEST_SHOWN: Final = Decimal("0.0001")


def _table(**exact: str) -> Mapping[str, Decimal]:
    return MappingProxyType({name.replace("_", " "): Decimal(number) for name, number in exact.items()})


MASS_G: Final = MappingProxyType(
    {
        "g": Decimal(1),
        "kg": Decimal(1000),
        "mg": Decimal("0.001"),
        "\N{MICRO SIGN}g": Decimal("0.000001"),
        "oz": Decimal("28.349523125"),
        "lb": Decimal("453.59237"),
        "st": Decimal("6350.29318"),
    }
)
"""Grams in one unit. Source: NIST Handbook 44, Appendix C; the pound is exactly 0.45359237 kg."""

VOLUME_ML: Final = _table(
    ml="1",
    cl="10",
    dl="100",
    l="1000",
    tsp="4.92892159375",
    tbsp="14.78676478125",
    fl_oz="29.5735295625",
    cup="236.5882365",
    pint="473.176473",
    quart="946.352946",
    gallon="3785.411784",
)
"""Millilitres in one unit, US customary (gallon: 231 cubic inches). Source: NIST Handbook 44, Appendix C."""

LENGTH_M: Final = MappingProxyType(
    {
        "m": Decimal(1),
        "cm": Decimal("0.01"),
        "mm": Decimal("0.001"),
        "in": Decimal("0.0254"),
        "ft": Decimal("0.3048"),
    }
)
"""Metres in one unit. Source: NIST Handbook 44, Appendix C; the inch is exactly 25.4 mm."""

ENERGY_KJ: Final = _table(kJ="1", kcal="4.184")
"""Kilojoules in one unit; the kilocalorie is the thermochemical one. Source: NIST SP 811, Appendix B.8."""

_DIMENSIONS: Final[Mapping[str, Mapping[str, Decimal]]] = MappingProxyType(
    {"mass": MASS_G, "volume": VOLUME_ML, "length": LENGTH_M, "energy": ENERGY_KJ}
)
_DIMENSION_OF: Final = {unit: name for name, table in _DIMENSIONS.items() for unit in table}

_SPELLINGS: Final = {
    "g": "gram grams gramme grammes gm gms gr",
    "kg": "kilo kilos kgs kilogram kilograms kilogramme kilogrammes",
    "mg": "milligram milligrams mgs",
    "\N{MICRO SIGN}g": "mcg ug microgram micrograms \N{GREEK SMALL LETTER MU}g",
    "oz": "ounce ounces ozs",
    "lb": "lbs pound pounds #",
    "st": "stone stones",
    "ml": "millilitre millilitres milliliter milliliters mls cc",
    "cl": "centilitre centilitres centiliter centiliters",
    "dl": "decilitre decilitres deciliter deciliters",
    "l": "litre litres liter liters ltr",
    "tsp": "teaspoon teaspoons tsps",
    "tbsp": "tablespoon tablespoons tbsps tbs",
    "cup": "cups",
    "pint": "pints pt pts",
    "quart": "quarts qt qts",
    "gallon": "gallons gal gals",
    "m": "metre metres meter meters",
    "cm": "centimetre centimetres centimeter centimeters cms",
    "mm": "millimetre millimetres millimeter millimeters",
    "in": "inch inches ins \" \N{RIGHT DOUBLE QUOTATION MARK} \N{DOUBLE PRIME} ''",
    "ft": "foot feet ' \N{RIGHT SINGLE QUOTATION MARK} \N{PRIME}",
    "kJ": "kj kilojoule kilojoules",
    "kcal": "kcals cal cals calorie calories kilocalorie kilocalories",
}
_ALIASES: Final = {unit.lower(): unit for unit in _DIMENSION_OF} | {
    spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_ALIASES.update(
    dict.fromkeys(("floz", "fl.oz", "fl. oz", "fl oz", "fluid ounce", "fluid ounces", "fl ounces"), "fl oz")
)


def canonical_unit(text: str) -> str:
    """The one spelling of a unit: ``Pounds`` is ``lb``, ``mcg`` is ``µg``; a ``calorie`` of food is ``kcal``.

    Args:
        text: A unit as someone writes it, in any case, with or without a full stop.

    Raises:
        UnitError: No unit of mass, volume, length or energy is spelt so.
    """
    found = _ALIASES.get(" ".join(text.lower().split()).rstrip("."))
    if found is None:
        raise UnitError(
            f"found the unit “{text[:40]}”, which is not known; use one of {', '.join(_DIMENSION_OF)}",
            field="unit",
        )
    return found


def dimension(unit: str) -> str:
    """What a unit measures: ``mass``, ``volume``, ``length`` or ``energy``.

    Raises:
        UnitError: The unit is not known.
    """
    return _DIMENSION_OF[canonical_unit(unit)]


def convert(value: Decimal, frm: str, to: str) -> Decimal:
    """The same quantity in another unit of the same dimension.

    The ratio is exact; a result that does not end is rounded to 28 digits. A result within one part in 10^26
    of a number of at most 20 digits is that number, so that there and back again gives what was typed.

    Args:
        value: A finite quantity in ``frm``.
        frm: Its unit, in any accepted spelling.
        to: The unit wanted.

    Raises:
        UnitError: A unit is not known, or the two measure different things.
        InputError: The value is not a finite number.
    """
    old, new = canonical_unit(frm), canonical_unit(to)
    old_dimension, new_dimension = _DIMENSION_OF[old], _DIMENSION_OF[new]
    if old_dimension != new_dimension:
        raise UnitError(_advice(old, old_dimension, new, new_dimension), field="unit")
    if not value.is_finite():
        raise InputError(f"found {value} {old}, expected a number", field="amount")
    table = _DIMENSIONS[old_dimension]
    if old == new:
        return value
    return _nearest(Fraction(value) * Fraction(table[old]) / Fraction(table[new]))


def _advice(old: str, old_dimension: str, new: str, new_dimension: str) -> str:
    found = f"{old} is a {old_dimension} and {new} a {new_dimension}".replace("a energy", "an energy")
    if {old_dimension, new_dimension} == {"mass", "volume"}:
        return (
            f"{found}; what a volume weighs depends on the food. Choose one of the food's own"
            " measures, or weigh it and give grams"
        )
    return f"{found}; neither can be made into the other. Choose a unit of {old_dimension}"


def _nearest(exact: Fraction) -> Decimal:
    """The fraction as a Decimal of at most 28 digits, or the shorter number it can only be."""
    with localcontext(prec=28):
        full = Decimal(exact.numerator) / Decimal(exact.denominator)
    with localcontext(prec=20):
        short = +full
    return without_dust(short if abs(Fraction(short) - exact) * 10**26 <= abs(exact) else full)


def without_dust(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    bare = number.normalize()
    exponent = bare.as_tuple().exponent
    return bare.quantize(Decimal(1)) if isinstance(exponent, int) and 0 < exponent < 20 else bare + 0


SMALLEST_HEIGHT_M, LARGEST_HEIGHT_M = Decimal("0.5"), Decimal("2.72")
"""Heights a person can have; the tallest ever measured was 2.72 m."""
SMALLEST_MASS_KG, LARGEST_MASS_KG = Decimal(2), Decimal(650)
"""Body masses a person can have; the heaviest ever estimated was about 635 kg."""

_NUMBER = r"(\d{1,9}(?:[.,]\d{1,9})?|[.,]\d{1,9})"
_PART = re.compile(rf"\s*{_NUMBER}\s*([^\d\s.,][^\d]*?)?\s*(?=[\d.,]|$)")
_PLAUSIBLE_BARE_CM = Decimal(108)


def parse_height(text: str, default_unit: str | None = None) -> Decimal:
    """A person's height in metres, from ``5 ft 7 in``, ``5'7"``, ``170 cm``, ``1.70 m`` or ``1,70``.

    Args:
        text: As typed; a comma may be the decimal sign.
        default_unit: Unit of a bare number; None takes 1 to 2.72 as metres and 108 or more as centimetres
            (nobody is that many inches tall), and asks about anything else.

    Raises:
        InputError: Not a height, or outside 50 to 272 cm.
    """
    parts = _parts(text, "height", "like “170 cm” or “5 ft 7 in”")
    first, unit = parts[0]
    if unit is None:
        unit = default_unit or _unit_of_bare_height(first, text)
    smaller = {"ft": ("in", 12), "m": ("cm", 100)}.get(_unit_or_refuse(unit, "length", "height"))
    metres = _whole_and_part(parts, unit, smaller, "length", "height")
    if not SMALLEST_HEIGHT_M <= metres <= LARGEST_HEIGHT_M:
        raise InputError(
            f"found “{text.strip()}”, which is {without_dust(metres * 100):f} cm; expected a height from"
            " 50 to 272 cm (1 ft 8 in to 8 ft 11 in). Is the unit right?",
            field="height",
        )
    return without_dust(metres)


def _unit_of_bare_height(number: Decimal, text: str) -> str:
    if 1 <= number <= LARGEST_HEIGHT_M:
        return "m"
    if number >= _PLAUSIBLE_BARE_CM:
        return "cm"
    raise InputError(f"found “{text.strip()}” without a unit; write it like “170 cm” or “5 ft 7 in”", field="height")


def parse_mass(text: str, default_unit: str = "kg") -> Decimal:
    """A person's body mass in kilograms, from ``150 lb``, ``11 st 4``, ``10 st 6 lb``, ``68 kg`` or ``68,5``.

    Args:
        text: As typed; a comma may be the decimal sign.
        default_unit: Unit of a bare number.

    Raises:
        InputError: Not a mass, or outside 2 to 650 kg.
    """
    parts = _parts(text, "weight", "like “68 kg”, “150 lb” or “10 st 10 lb”")
    unit = parts[0][1] or default_unit
    smaller = {"st": ("lb", 14), "lb": ("oz", 16), "kg": ("g", 1000)}.get(_unit_or_refuse(unit, "mass", "weight"))
    kilograms = _whole_and_part(parts, unit, smaller, "mass", "weight") / 1000
    if not SMALLEST_MASS_KG <= kilograms <= LARGEST_MASS_KG:
        raise InputError(
            f"found “{text.strip()}”, which is {without_dust(kilograms):f} kg; expected a weight from"
            " 2 to 650 kg (5 to 1,433 lb). Is the unit right?",
            field="weight",
        )
    return without_dust(kilograms)


def _parts(text: str, field: str, example: str) -> list[tuple[Decimal, str | None]]:
    """One or two pairs of number and unit."""
    bare = text.strip()
    if not bare:
        raise InputError(f"found nothing; write your {field} {example}", field=field)
    found: list[tuple[Decimal, str | None]] = []
    at = 0
    if len(bare) <= 40:
        while (match := _PART.match(bare, at)) is not None:
            unit = (match[2] or "").strip()
            found.append((Decimal(match[1].replace(",", ".")), unit or None))
            at = match.end()
    if at != len(bare) or not 1 <= len(found) <= 2:
        raise InputError(f"found “{bare[:40]}”, expected a {field} {example}", field=field)
    return found


def _unit_or_refuse(unit: str, wanted: str, field: str) -> str:
    """The canonical unit, if it measures what is wanted."""
    known = _ALIASES.get(unit.lower().rstrip("."), "")
    if _DIMENSION_OF.get(known) != wanted:
        raise InputError(
            f"found the unit “{unit}”, expected a unit of {wanted}: one of {', '.join(_DIMENSIONS[wanted])}",
            field=field,
        )
    return known


def _whole_and_part(
    parts: list[tuple[Decimal, str | None]],
    unit: str,
    smaller: tuple[str, int] | None,
    wanted: str,
    field: str,
) -> Decimal:
    """The sum of one or two parts in the dimension's base unit; the second must be in the smaller unit."""
    table = _DIMENSIONS[wanted]
    size = parts[0][0] * table[canonical_unit(unit)]
    if len(parts) == 1:
        return size
    number, said = parts[1]
    if smaller is None or (said is not None and _unit_or_refuse(said, wanted, field) != smaller[0]):
        raise InputError(
            f"found two amounts that do not belong together ({unit} and {said or 'a bare number'});"
            f" write your {field} in one unit",
            field=field,
        )
    if number >= smaller[1]:
        raise InputError(
            f"found {number} {smaller[0]} after the {unit}; expected less than {smaller[1]} {smaller[0]}",
            field=field,
        )
    return size + number * table[smaller[0]]


def format_height(height_m: Decimal, system: str) -> str:
    """A height as one says it: ``170 cm``, or ``5 ft 7 in`` when ``system`` is ``us``."""
    if system == "us":
        feet, inches = divmod(int(_rounded(convert(height_m, "m", "in"), Decimal(1))), 12)
        return f"{feet} ft {inches} in"
    return f"{_rounded(height_m * 100, Decimal(1)):f} cm"


def format_mass_kg(mass_kg: Decimal, system: str) -> str:
    """A body mass to one decimal: ``68.4 kg``, or ``150.8 lb`` when ``system`` is ``us``."""
    number, unit = (convert(mass_kg, "kg", "lb"), "lb") if system == "us" else (mass_kg, "kg")
    return f"{without_dust(_rounded(number, Decimal('0.1'))):f} {unit}"


def _rounded(number: Decimal, step: Decimal) -> Decimal:
    return number.quantize(step, rounding=ROUND_HALF_UP)


def amount_text(value: float | Decimal | None, unit: str = "") -> str:
    """An amount to look at: three digits below 100, whole numbers above, ``unknown`` when it is not known.

    Args:
        value: The amount; None or NaN means unknown and is never shown as 0. A positive amount too small
            to show reads ``under 0.0001 mg``.
        unit: Written after the number; "" for none.
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    tail = f" {unit}" if unit else ""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if 0 < abs(exact) < SMALLEST_SHOWN:
        return f"under {SMALLEST_SHOWN}{tail}" if exact > 0 else f"just below 0{tail}"
    step = Decimal(1) if abs(exact) >= 100 else Decimal(1).scaleb(exact.adjusted() - 2)
    with localcontext(prec=400):
        shown = without_dust(_rounded(exact, step))
    return f"{shown:,f}{tail}"
