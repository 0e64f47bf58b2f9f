"""What a claim about a food or an intake says, beside what the catalogue and the reader's own diary say."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from provender.library.reading.claims import Read
from provender.library.reading.lexicon import words
from provender.library.reading.matching import KnownClaim
from provender.terms.errors import UnitError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text, convert

CompositionOf = Callable[[str, str], tuple[float, str] | None]
"""Of a nutrient's tagname and the words for a food: the amount in 100 g, in the nutrient's unit, and the name of the
food it is of; None where no such food is known or its amount is unknown."""
IntakeOf = Callable[[str], float | None]
"""Of a nutrient's tagname: how much the reader takes in on an average day, in the nutrient's unit; None if unknown."""
NEAR: Final = 0.2
"""Share of the catalogue's amount by which a stated one may be off and still agree: foods vary about as much."""
_PER_100: Final = re.compile(
    r"(?P<amount>\d[\d,]*(?:\.\d+)?)\s?(?P<unit>mg|g|µg|μg|mcg|iu)\b[^.;]{0,40}\bper 100 ?(?:g\b|grams?)", re.IGNORECASE
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "magnesium": "MG",
        "calcium": "CA",
        "iron": "FE",
        "zinc": "ZN",
        "potassium": "K",
        "sodium": "NA",
        "selenium": "SE",
        "protein": "PROCNT",
        "fiber": "FIBTG",
        "fibre": "FIBTG",
        "vitamin c": "VITC",
        "vitamin d": "VITD",
        "sugar": "SUGAR",
        "fat": "FAT",
        "copper": "CU",
        "manganese": "MN",
        "phosphorus": "P",
    }
)
_NUTRIENT: Final = words("|".join(_NAMES))
_FOODS: Final = words(
    "halibut|salmon|mackerel|sardines|herring|cod|prawns|mussels|spinach|kale|chard|almonds|cashews"
    "|walnuts|peanuts|brazil nuts|hazelnuts|pistachios|pecans|pumpkin seeds|sunflower seeds",
    "sesame seeds|flaxseed|chia seeds|hemp seeds|black beans|kidney beans|lentils|chickpeas|soybeans"
    "|tofu|oats|oatmeal|brown rice|white rice|quinoa|whole-wheat bread|whole wheat bread"
    "|wholemeal bread",
    "white bread|dark chocolate|cocoa|avocado|bananas|banana|kiwifruit|milk|yoghurt|yogurt|cheese"
    "|eggs|beef|chicken|broccoli|potatoes|mushrooms|beetroot|oranges|edamame|buckwheat|rye bread",
)


@dataclass(frozen=True)
class LiveCheck:
    """One claim beside what is known here.

    Attributes:
        kind: Of a food's composition, or of the reader's own intake.
        nutrient: Tagname.
        unit: Of both amounts.
        food: Name of the food of the catalogue; None of an intake, and where no food was found.
        stated: What the sentence states per 100 g; None where it states no such number.
        found: Per 100 g of the food, or on an average day of the reader; None if unknown.
        agrees: Whether both are within a fifth of each other; None where one of them is unknown.
        sentence: The same in words.
    """

    kind: Literal["composition", "intake"]
    nutrient: str
    unit: str
    food: str | None
    stated: float | None
    found: float | None
    agrees: bool | None
    sentence: str


def live_checks(
    read: Read, known: Mapping[str, KnownClaim], composition_of: CompositionOf | None, intake_of: IntakeOf | None
) -> tuple[LiveCheck, ...]:
    """What can be checked of a clause here; empty where nothing can.

    Args:
        read: The clause.
        known: The known claims by id.
        composition_of: Looks foods up; None where there is no catalogue.
        intake_of: Looks the reader's intake up; None where there is no reader.
    """
    return (*_compositions(read, known, composition_of), *_intakes(read, known, intake_of))


def _compositions(read: Read, known: Mapping[str, KnownClaim], look_up: CompositionOf | None) -> Iterator[LiveCheck]:
    if look_up is None or read.kind != "composition":
        return
    asked = dict.fromkeys(_named(read))
    if not asked:
        claims = (known[match.claim].composition for match in read.matches if match.claim in known)
        asked = dict.fromkeys((held[0], held[1]) for held in claims if held)
    for nutrient, food in asked:
        yield _composition(nutrient, food, _stated(read.text, nutrient), look_up(nutrient, food))


def _named(read: Read) -> Iterator[tuple[str, str]]:
    """Nutrients and foods that a clause itself names."""
    nutrient = _NUTRIENT.search(read.whole)
    if nutrient:
        for food in _FOODS.finditer(read.text):
            yield _NAMES[nutrient[0].lower().replace("-", " ")], food[0].lower()


def _stated(text: str, nutrient: str) -> float | None:
    found = _PER_100.search(text)
    if not found:
        return None
    try:
        return float(
            convert(Decimal(found["amount"].replace(",", "")), found["unit"].lower(), NUTRIENTS[nutrient].unit)
        )
    except UnitError:
        return None


def _composition(nutrient: str, food: str, stated: float | None, held: tuple[float, str] | None) -> LiveCheck:
    unit, name = NUTRIENTS[nutrient].unit, NUTRIENTS[nutrient].name.lower()
    if held is None:
        said = f"The catalogue does not know how much {name} is in {food}."
        return LiveCheck("composition", nutrient, unit, None, stated, None, None, said)
    amount, called = held
    agrees = None if stated is None else abs(stated - amount) <= NEAR * amount
    said = f"{called}: {amount_text(amount, unit)} of {name} in 100 g, says the catalogue"
    said += "." if agrees is None else f"; that {'agrees' if agrees else 'differs'}."
    return LiveCheck("composition", nutrient, unit, called, stated, amount, agrees, said)


def _intakes(read: Read, known: Mapping[str, KnownClaim], look_up: IntakeOf | None) -> Iterator[LiveCheck]:
    if look_up is None:
        return
    of_claims = [known[match.claim].intake for match in read.matches if match.claim in known]
    named = _NUTRIENT.search(read.whole) if read.kind in {"intake", "composition"} else None
    wanted = dict.fromkeys([*of_claims, _NAMES[named[0].lower().replace("-", " ")] if named else None])
    for nutrient in (one for one in wanted if one is not None):
        mean, unit, name = look_up(nutrient), NUTRIENTS[nutrient].unit, NUTRIENTS[nutrient].name.lower()
        said = (
            f"Your diary does not tell how much {name} you take in."
            if mean is None
            else f"You average {amount_text(mean, unit)} of {name} a day."
        )
        yield LiveCheck("intake", nutrient, unit, None, None, mean, None, said)
