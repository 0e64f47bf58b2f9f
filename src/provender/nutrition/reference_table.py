"""The table of reference intakes as it stands in the files: one row a value, read once."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

AUTHORITIES: Final = ("NASEM", "EFSA")
"""Whose tables are kept: the United States and Canada; the European Union."""
KINDS: Final = ("EAR", "RDA", "AI", "UL", "CDRR", "AMDR_low", "AMDR_high")
"""The kinds of value; EFSA's AR and PRI stand as EAR and RDA."""
LIFE_STAGES: Final = ("none", "pregnant-1", "pregnant-2", "pregnant-3", "lactating-0-6", "lactating-7-12")
"""Not pregnant or breastfeeding; pregnant, by trimester; breastfeeding, by months since the birth."""

_DOUBT: Final = {"yes": "", "once": " (read in one transcription)", "no": " (not confirmed by a second source)"}


@dataclass(frozen=True, slots=True)
class Row:
    """One published value.

    Attributes:
        nutrient: Its id; the value is in its unit.
        authority: One of ``AUTHORITIES``.
        sex: ``female``, ``male`` or ``any``.
        life_stage: One of ``LIFE_STAGES``, or ``pregnant`` or ``lactating`` for all of its parts.
        age_from: Youngest age in years.
        age_below: The age at which the next row begins; infinity if none does.
        kind: One of ``KINDS``.
        value: In the nutrient's unit; a share of energy, 0 to 1, for an AMDR.
        per: ``day``; ``kg`` of body mass a day; ``MJ`` of energy a day.
        plus: Added a day, in the nutrient's unit.
        scope: What an upper level counts; empty for other kinds.
        source: A key of the table of sources.
        checked: ``yes``: two independent readings agree; ``once``: read in one place; ``no``: the note says why.
        note: What is odd about it; empty if nothing is.
    """

    nutrient: str
    authority: str
    sex: str
    life_stage: str
    age_from: float
    age_below: float
    kind: str
    value: float
    per: str
    plus: float
    scope: str
    source: str
    checked: str
    note: str

    def holds(self, sex: str, life_stage: str, age_y: float) -> bool:
        """Whether the row speaks of this person."""
        return (
            self.age_from <= age_y < self.age_below
            and self.sex in (sex, "any")
            and self.life_stage in (life_stage, life_stage.partition("-")[0])
        )


@dataclass(frozen=True, slots=True)
class Body:
    """The body an authority has in mind where a person's own is not told.

    Attributes:
        weight_kg: Body mass; None if the authority prints none for this group.
        energy_mj: Energy a day, MJ; None if the authority prints none.
    """

    weight_kg: float | None
    energy_mj: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How requirements vary between people of one group.

    Attributes:
        cv: Standard deviation over mean; None where each EAR and RDA give it.
        source: A key of the table of sources.
        checked: As of a row.
    """

    cv: float | None
    source: str
    checked: str


@cache
def rows() -> tuple[Row, ...]:
    """Every value of the table, in its order."""
    return tuple(
        Row(
            r["nutrient"],
            r["authority"],
            r["sex"],
            r["life_stage"],
            float(r["age_from"]),
            float(r["age_below"] or "inf"),
            r["kind"],
            float(r["value"]),
            r["per"],
            float(r["plus"] or 0),
            r["scope"],
            r["source"],
            r["checked"],
            r["note"],
        )
        for r in _read("reference_intakes.csv")
    )


def cells(authority: str, sex: str, life_stage: str, age_y: float) -> Mapping[str, Mapping[str, Row]]:
    """What an authority says to this person: nutrient, then kind, to its row. Nutrients in display order.

    Args:
        authority: One of ``AUTHORITIES``.
        sex: ``female`` or ``male``.
        life_stage: One of ``LIFE_STAGES``.
        age_y: Age in years.
    """
    found: dict[str, dict[str, Row]] = {}
    for row in _rows_of(authority):
        if row.holds(sex, life_stage, age_y):
            found.setdefault(row.nutrient, {})[row.kind] = row
    return found


@cache
def sources() -> Mapping[str, str]:
    """Key of a source to its author, year, title and DOI."""
    return MappingProxyType({r["key"]: r["citation"] for r in _read("reference_sources.csv")})


def citation(key: str, checked: str = "yes") -> str:
    """The source of this key, and how far what is said was checked against a second reading of it."""
    return sources()[key] + _DOUBT[checked]


def spread(authority: str, nutrient: str) -> Spread:
    """How requirements of this nutrient vary; what the authority assumes where nothing else is known, if not listed.

    Source: IOM 2006, DOI 10.17226/11537, appendix H; EFSA 2017, DOI 10.2903/sp.efsa.2017.e15121.
    """
    found = _spreads()
    return found.get((authority, nutrient), found[(authority, "*")])


def notes(authority: str, nutrient: str) -> tuple[str, ...]:
    """What must be said of this nutrient whoever the person is."""
    return _notes().get((authority, nutrient), ())


def body(authority: str, sex: str, life_stage: str, age_y: float) -> Body:
    """The body an authority has in mind for such a person."""
    for (whose, whom, stage, age_from, age_below), found in _bodies():
        stages = (life_stage, life_stage.partition("-")[0])
        if whose == authority and whom in (sex, "any") and stage in stages and age_from <= age_y < age_below:
            return found
    return Body(None, None)


@cache
def _rows_of(authority: str) -> tuple[Row, ...]:
    return tuple(row for row in rows() if row.authority == authority)


@cache
def _spreads() -> Mapping[tuple[str, str], Spread]:
    return {
        (r["authority"], r["nutrient"]): Spread(_number(r["cv"]), r["source"], r["checked"])
        for r in _read("requirement_cvs.csv")
    }


@cache
def _notes() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for r in _read("reference_notes.csv"):
        key = (r["authority"], r["nutrient"])
        found[key] = (*found.get(key, ()), r["note"])
    return found


@cache
def _bodies() -> tuple[tuple[tuple[str, str, str, float, float], Body], ...]:
    return tuple(
        (
            (r["authority"], r["sex"], r["life_stage"], float(r["age_from"]), float(r["age_below"] or "inf")),
            Body(_number(r["weight_kg"]), _number(r["energy_mj"])),
        )
        for r in _read("reference_bodies.csv")
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _read(name: str) -> Iterator[dict[str, str]]:
    # Sodium is NA: csv, never a reader that takes NA for missing.
    text = files("provender.nutrition").joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
