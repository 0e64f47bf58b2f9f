"""How much of a mineral its salts hold, computed from their formulae."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from provender.terms.errors import InputError

ATOMIC_WEIGHT: Final[Mapping[str, float]] = MappingProxyType(
    {
        "H": 1.008,
        "C": 12.011,
        "N": 14.007,
        "O": 15.999,
        "Na": 22.990,
        "Mg": 24.305,
        "P": 30.974,
        "S": 32.06,
        "Cl": 35.45,
        "K": 39.098,
        "Ca": 40.078,
        "Fe": 55.845,
        "Zn": 65.38,
    }
)
"""Abridged standard atomic weights. Source: IUPAC 2021, DOI 10.1515/pac-2019-0603."""
ELEMENT_OF: Final = MappingProxyType({"MG": "Mg", "CA": "Ca", "ZN": "Zn", "FE": "Fe", "K": "K"})
SPELT_OTHERWISE: Final = MappingProxyType(
    {
        "sulphate": "sulfate",
        "iron": "ferrous",
        "diglycinate": "bisglycinate",
        "l-threonate": "threonate",
        "trimagnesium": "magnesium",
        "dicitrate": "citrate",
    }
)
_PART: Final = re.compile(r"\(([A-Za-z0-9]+)\)(\d*)|([A-Z][a-z]?)(\d*)")


@dataclass(frozen=True, slots=True)
class Salt:
    """A salt of a mineral.

    Attributes:
        name: What it is called, in small letters.
        nutrient: Id of its mineral.
        formula: Of the form that is sold, with its water of crystallisation.
        share: Of its mass that is the mineral, 0 to 1.
    """

    name: str
    nutrient: str
    formula: str
    share: float


def atoms(formula: str) -> dict[str, int]:
    """How many atoms of each element: ``Mg3(C6H5O7)2`` holds Mg 3, C 12, H 10, O 14.

    Raises:
        InputError: Something in it is no element known here.
    """
    found: dict[str, int] = {}
    for piece in formula.split("·"):
        times = re.match(r"\d*", piece)
        water = times[0] if times else ""
        for element, count in _counted(piece[len(water) :]).items():
            found[element] = found.get(element, 0) + count * int(water or 1)
    return found


def _counted(piece: str) -> dict[str, int]:
    found: dict[str, int] = {}
    at = 0
    for part in _PART.finditer(piece):
        if part.start() != at:
            break
        at = part.end()
        inner = _counted(part[1]) if part[1] else {part[3]: 1}
        for element, count in inner.items():
            found[element] = found.get(element, 0) + count * int(part[2] or part[4] or 1)
    if at != len(piece) or not found.keys() <= ATOMIC_WEIGHT.keys():
        raise InputError(f"found the formula “{piece}”, expected elements such as Mg, C, H and O")
    return found


def elemental_share(formula: str, element: str) -> float:
    """Share of a compound's mass that is one element, 0 to 1.

    Raises:
        InputError: A formula that cannot be read.
    """
    return ATOMIC_WEIGHT[element] * atoms(formula).get(element, 0) / molar_mass(formula)


def molar_mass(formula: str) -> float:
    """Mass of one mole in g, above 0.

    Raises:
        InputError: A formula that cannot be read.
    """
    return sum(ATOMIC_WEIGHT[one] * count for one, count in atoms(formula).items())


def _read() -> Mapping[str, Salt]:
    text = files("provender.diary").joinpath("salts.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType(
        {
            row["salt"]: Salt(
                row["salt"],
                row["nutrient"],
                row["formula"],
                elemental_share(row["formula"], ELEMENT_OF[row["nutrient"]]),
            )
            for row in rows
        }
    )


SALTS: Final = _read()
"""Salts by name, in the form in which they are mostly sold. Source: formulae of the compounds; shares computed."""


def salt_named(words: str) -> Salt | None:
    """The salt that these words name; None when they name none."""
    said = " ".join(SPELT_OTHERWISE.get(word, word) for word in words.casefold().split())
    return SALTS.get(said)
