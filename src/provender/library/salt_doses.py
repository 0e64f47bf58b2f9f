"""Masses of a mineral's salt where the mass of the mineral was meant to stand."""

import re
from typing import Final

from provender.diary.salts import SALTS

_ANIONS: Final = sorted(
    {name.partition(" ")[2] for name in SALTS if " " in name} | {"sulphate", "dicitrate", "glycinate"}
)
_MINERALS: Final = sorted({name.partition(" ")[0] for name in SALTS} | {"trimagnesium"})
_SALT: Final = rf"(?:{'|'.join(_MINERALS)}) (?:{'|'.join(re.escape(one) for one in _ANIONS)})|epsom salts?"
_MASS: Final = r"\d[\d,.]*\s?(?:mg|g|grams?|milligrams?|mcg|µg)"
_DOSE: Final = re.compile(
    rf"\b{_MASS}\b(?: a day| per day| daily)?(?: of)? (?:{_SALT})\b|\b(?:{_SALT}),? {_MASS}\b", re.IGNORECASE
)


def salt_doses(text: str) -> tuple[str, ...]:
    """Doses of a salt in a text that nowhere says what is elemental; empty if it says so."""
    if "elemental" in text.casefold():
        return ()
    return tuple(found[0] for found in _DOSE.finditer(text))
