"""Usual intakes beside their references as bars: places on a line, in percent of its width, for an inline picture."""

from dataclasses import dataclass
from typing import Final

from provender.nutrition.reference_intakes import Reference, Scope
from provender.nutrition.verdicts import Adequacy
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

NAMES: Final = {"EFSA": {"EAR": "AR", "RDA": "PRI", "AI": "AI", "UL": "UL"}}
"""What an authority calls its values, where it is not what NASEM calls them."""
ROOM: Final = 1.3
"""How far the line goes beyond the amount that nearly all people need."""
UL_WITHIN: Final = 1.6
"""An upper level up to this many times the line's end lengthens the line; one farther off is only named."""
LEAST_LABEL_AT: Final = 16.0
"""A label left of its mark needs this much of the line, in percent."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One reference on the line.

    Attributes:
        name: As its authority calls it: EAR, RDA, AI, UL.
        kind: ``ear``, ``rda``, ``ai`` or ``ul``, for its looks.
        at: Its place, 0 to 100.
        said: Its name and amount; empty where there is no room for a label.
        before: Whether the label stands left of the mark.
    """

    name: str
    kind: str
    at: float
    said: str
    before: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The picture of one nutrient.

    Attributes:
        low: Where the 90 % interval of the usual intake begins, 0 to 100.
        middle: Where its median is.
        width: How wide the interval is, at least 0.8 so that it can be seen.
        marks: The references.
        label: The picture in words.
    """

    low: float
    middle: float
    width: float
    marks: tuple[Mark, ...]
    label: str


def bar(found: Adequacy) -> Bar | None:
    """The picture of a nutrient; None without a usual intake or without anything to hold it against."""
    references = _references(found.reference)
    if found.usual is None or found.low is None or found.high is None or not references:
        return None
    end = _end(found.high, references)

    def place(value: float) -> float:
        return round(min(100.0, 100 * value / end), 2)

    shown = {kind: value for kind, value in references.items() if value <= end}
    low = place(found.low)
    return Bar(
        low,
        place(found.usual),
        max(0.8, round(place(found.high) - low, 2)),
        tuple(_mark(kind, place(value), value, found.reference.authority) for kind, value in shown.items()),
        _label(found, references),
    )


def _references(reference: Reference) -> dict[str, float]:
    """Kind to amount of what the whole usual intake can be held against."""
    ul = reference.ul if reference.ul_scope is Scope.TOTAL else None
    every = {"ear": reference.ear, "rda": reference.rda, "ai": reference.ai, "ul": ul}
    return {kind: value for kind, value in every.items() if value is not None and value > 0}


def _end(high: float, references: dict[str, float]) -> float:
    needed = max((v for kind, v in references.items() if kind != "ul"), default=0.0)
    end = max(high * 1.06, needed * ROOM)
    ul = references.get("ul")
    return max(end, ul * 1.06) if ul is not None and (ul <= UL_WITHIN * end or not needed) else end


def _mark(kind: str, at: float, value: float, authority: str) -> Mark:
    name = name_of(kind, authority)
    before = kind in ("ear", "ul")
    room = not (before and at < LEAST_LABEL_AT)
    return Mark(name, kind, at, f"{name} {amount_text(value)}" if room else "", before)


def name_of(kind: str, authority: str) -> str:
    """What an authority calls a value: EFSA's AR and PRI are NASEM's EAR and RDA."""
    return NAMES.get(authority, {}).get(kind.upper(), kind.upper())


def _label(found: Adequacy, references: dict[str, float]) -> str:
    unit = NUTRIENTS[found.nutrient].unit
    said = [f"{name_of(kind, found.reference.authority)} {amount_text(v, unit)}" for kind, v in references.items()]
    low, high = amount_text(found.low), amount_text(found.high, unit)
    return f"{NUTRIENTS[found.nutrient].name}: usual intake {low} to {high} a day; {', '.join(said)}"
