"""The nutrients: one row of ``nutrients.csv`` each, an axis and never a column of a table."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from provender.terms.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Nutrient:
    """One nutrient.

    Attributes:
        id: Its INFOODS tagname, e.g. ``MG``; a few that have none end in a plain word, e.g. ``TOCPHA_ADD``.
        name: In plain English.
        unit: Of every amount of it: g, mg, µg, kcal, kJ or IU.
        group: Where it is shown.
        fdc_numbers: USDA nutrient numbers that mean it, the preferred first.
        off_key: Open Food Facts' key, without ``_100g``; None when it has none.
        rank: Place in the display order, from 1.
    """

    id: str
    name: str
    unit: str
    group: str
    fdc_numbers: tuple[str, ...]
    off_key: str | None
    rank: int


def _read() -> dict[str, Nutrient]:
    text = files("provender.terms").joinpath("nutrients.csv").read_text(encoding="utf-8")
    rows = [
        Nutrient(
            row["id"],
            row["name"],
            row["unit"],
            row["group"],
            tuple(filter(None, row["fdc_number"].split("|"))),
            row["off_key"] or None,
            int(row["rank"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return {n.id: n for n in sorted(rows, key=lambda n: n.rank)}


NUTRIENTS: Final[Mapping[str, Nutrient]] = MappingProxyType(_read())
"""Every nutrient by its id, in display order."""
BY_FDC_NUMBER: Final[Mapping[str, Nutrient]] = MappingProxyType(
    {number: n for n in NUTRIENTS.values() for number in n.fdc_numbers}
)
BY_OFF_KEY: Final[Mapping[str, Nutrient]] = MappingProxyType({n.off_key: n for n in NUTRIENTS.values() if n.off_key})


def nutrient(nutrient_id: str) -> Nutrient:
    """The nutrient of this id.

    Raises:
        NotFoundError: There is none.
    """
    found = NUTRIENTS.get(nutrient_id)
    if found is None:
        raise NotFoundError(f"found the nutrient id {nutrient_id!r}, expected an INFOODS tagname such as MG or FIBTG")
    return found
