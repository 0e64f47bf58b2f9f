"""Barcodes on food: EAN-13, EAN-8, UPC-A and UPC-E, brought to one form so that one product has one code."""

import re
from typing import Final

from provender.terms.errors import InputError

GTIN_LENGTH: Final = 13
IN_STORE: Final = ("02", "04", *(f"2{n}" for n in range(10)), "000000", "000002")
"""Prefixes a shop uses for its own goods, often with a weight or price inside; the last two are of codes of eight
digits, which five zeros lengthen. Source: GS1 General Specifications, section 1.4 (prefixes 02, 04 and 20 to 29, and
GS1-8 prefixes 0 and 2: restricted circulation)."""
_TYPED: Final = re.compile(r"[0-9][0-9 -]{5,40}")


def looks_like_barcode(text: str) -> bool:
    """Whether somebody typed a barcode rather than words: eight, twelve, thirteen or fourteen digits."""
    return bool(_TYPED.fullmatch(text.strip())) and len(_digits(text)) in (8, 12, 13, 14)


def barcode(text: str) -> str:
    """The code as thirteen digits.

    Args:
        text: As typed or scanned; spaces and hyphens are allowed, and leading zeros may be missing from twelve.

    Raises:
        InputError: Not so many digits, or the check digit does not fit (the last number is a misreading).

    Source: GS1 General Specifications, section 7.9 (check digit) and 5.2.2.4.2 (UPC-E).
    """
    digits = _digits(text)
    if not re.fullmatch(r"[0-9 -]+", text.strip()) or len(digits) not in (8, 12, 13, 14):
        raise InputError(
            f"found “{text.strip()[:40]}”, expected the 8, 12 or 13 digits under the bars", field="barcode"
        )
    readings = [digits.lstrip("0").zfill(GTIN_LENGTH) if len(digits) == 14 else digits.zfill(GTIN_LENGTH)]
    if len(digits) == 8 and digits[0] in "01":
        readings.append(_expanded(digits).zfill(GTIN_LENGTH))
    for reading in readings:
        if len(reading) == GTIN_LENGTH and check_digit(reading[:-1]) == reading[-1]:
            return reading
    raise InputError(
        f"found {digits}, whose last digit should be {check_digit(readings[0][:-1])}; was one digit misread?",
        field="barcode",
    )


def check_digit(digits: str) -> str:
    """The digit that makes a code whole: weights 3 and 1 from the right, to the next ten.

    Args:
        digits: All but the check digit.
    """
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def is_in_store(code: str) -> bool:
    """Whether a thirteen-digit code is a shop's own, so that it means something else in every shop."""
    return code.startswith(IN_STORE)


def _digits(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def _expanded(upc_e: str) -> str:
    """The UPC-A behind a UPC-E of eight digits; its check digit is the same."""
    system, body, check = upc_e[0], upc_e[1:7], upc_e[7]
    last = body[5]
    if last in "012":
        middle = f"{body[:2]}{last}0000{body[2:5]}"
    elif last == "3":
        middle = f"{body[:3]}00000{body[3:5]}"
    elif last == "4":
        middle = f"{body[:4]}00000{body[4]}"
    else:
        middle = f"{body[:5]}0000{last}"
    return f"{system}{middle}{check}"
