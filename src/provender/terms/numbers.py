"""Numbers as people type them: ``1.5``, ``1,5``, ``1/2``, ``½``, ``1 1/2``, ``1½``; exact, never through floats."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from provender.terms.errors import InputError

LONGEST = 24
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)")
_FRACTION = re.compile(r"(?:(\d+)[ -])?(\d+) ?[/⁄] ?(\d+)")
_VULGAR = re.compile(r"(\d+)? ?([¼-¾⅐-⅞])")


def parse_number(text: str, *, field: str | None = None) -> Decimal:
    """The number a person typed.

    Args:
        text: What was typed; a comma before one, two or four digits is a decimal comma, before three a separator.
        field: The field it stands beside.

    Raises:
        InputError: It is not a number, is not finite, or is longer than 24 characters.
    """
    found = unicodedata.normalize("NFC", text).strip()
    number = None if len(found) > LONGEST or not found else _read(found)
    if number is None:
        shown = f"“{found[:40]}”" if found else "nothing"
        raise InputError(f"found {shown}, expected a number such as 2, 1.5 or 1/2", field=field)
    return number


def _read(found: str) -> Decimal | None:
    if fraction := _FRACTION.fullmatch(found):
        whole, above, below = fraction.groups()
        return None if int(below) == 0 else Decimal(whole or 0) + _quotient(Decimal(above), Decimal(below))
    if vulgar := _VULGAR.fullmatch(found):
        whole, sign = vulgar.groups()
        above, _, below = unicodedata.normalize("NFKC", sign).partition("⁄")
        return Decimal(whole or 0) + _quotient(Decimal(above), Decimal(below))
    if _PLAIN.fullmatch(found):
        return _plain(found)
    return None


def _quotient(above: Decimal, below: Decimal) -> Decimal:
    return (above / below).quantize(Decimal("0.000001")).normalize()


def _plain(found: str) -> Decimal | None:
    separated = re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", found)
    try:
        return Decimal(found.replace(",", "") if separated else found.replace(",", "."))
    except InvalidOperation:
        return None
