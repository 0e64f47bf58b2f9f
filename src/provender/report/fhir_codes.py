"""Codes of the FHIR bundle: LOINC where it was looked up, UCUM for units, our own system for the rest."""

import re
from typing import Any, Final

Json = dict[str, Any]
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
OWN: Final = "https://github.com/provender/provender/fhir"
"""Root of our own code systems: a name, not an address."""
TERMINOLOGY: Final = "http://terminology.hl7.org/CodeSystem"
PAIN: Final = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
WEIGHT: Final = ("29463-7", "Body weight")
ENERGY: Final = ("9052-2", "Calorie intake total")
"""Displays as LOINC has them; each was looked up in published guides (docs/methods/report.md)."""
INSTRUMENTS: Final = {"pain": PAIN}
"""LOINC of an instrument, by its id; an instrument without one gets our own code and its text."""
UNITS: Final = {
    "": "1",
    "%": "%",
    "IU": "[iU]",
    "cups": "{cups}",
    "days": "d",
    "days a week": "d/wk",
    "g": "g",
    "h": "h",
    "kJ": "kJ",
    "kcal": "kcal",
    "kg": "kg",
    "l": "L",
    "mg": "mg",
    "min": "min",
    "ml": "mL",
    "mL": "mL",
    "mmol": "mmol",
    "points": "{score}",
    "µg": "ug",
    "μg": "ug",
}
"""UCUM of a unit; another becomes an annotation in braces, which UCUM reads as a count."""
_ANNOTATION: Final = re.compile(r"[^!-z|~]+|[\"{}\[\]]+")


def concept(system: str, code: str, text: str, display: str = "") -> Json:
    """A CodeableConcept with one coding and its text."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | ({"display": display} if display else {})], "text": text}


def loinc(code: tuple[str, str], text: str) -> Json:
    """A CodeableConcept of a LOINC code."""
    return concept(LOINC, code[0], text, code[1])


def own(kind: str, code: str, text: str) -> Json:
    """A CodeableConcept of one of our own code systems."""
    return concept(f"{OWN}/{kind}", slug(code), text)


def slug(words: str) -> str:
    """Words as a code: letters, digits and hyphens, never empty."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:60] or "other"


def instrument(name: str, instrument_id: str) -> Json:
    """The code of an outcome: LOINC where its instrument has one, else our own with its name."""
    known = INSTRUMENTS.get(instrument_id)
    return loinc(known, name) if known else own("outcome", instrument_id or name, name)


def category(code: str) -> list[Json]:
    """The category of an Observation: ``survey``, ``vital-signs`` ..."""
    return [{"coding": [{"system": f"{TERMINOLOGY}/observation-category", "code": code}]}]


def ucum(unit: str) -> str:
    """A unit in UCUM; what UCUM does not have becomes an annotation."""
    known = UNITS.get(unit)
    if known:
        return known
    if unit.endswith((" a day", " a week")):
        base, _, span = unit.rpartition(" a ")
        return f"{ucum(base)}/{'d' if span == 'day' else 'wk'}"
    return f"{{{_ANNOTATION.sub('_', unit).strip('_') or 'count'}}}"


def quantity(value: float, unit: str, *, at_least: bool = False) -> Json:
    """A Quantity with its UCUM code.

    Args:
        value: Finite.
        unit: As it is written in Provender; "" for none.
        at_least: Whether it is a lower bound.
    """
    shown = round(value, 6)
    number = int(shown) if shown == int(shown) else shown
    bound = {"comparator": ">="} if at_least else {}
    return {"value": number, **bound, "unit": unit or "1", "system": UCUM, "code": ucum(unit)}
