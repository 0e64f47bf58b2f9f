"""Foods that people know how to buy and eat, each with an ordinary serving: what can be proposed to anybody."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from provender.catalogue.artifact import Catalogue
from provender.terms.errors import NotFoundError

USUAL: Final = 4
"""Familiarity of what this person eats anyhow; the table's foods have 1 to 3."""
AVOIDABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "milk": frozenset({"milk"}),
        "eggs": frozenset({"eggs"}),
        "gluten": frozenset({"gluten"}),
        "nuts": frozenset({"nuts"}),
        "peanuts": frozenset({"peanuts"}),
        "soya": frozenset({"soya"}),
        "sesame": frozenset({"sesame"}),
        "fish": frozenset({"fish"}),
        "shellfish": frozenset({"shellfish"}),
        "pork": frozenset({"pork"}),
        "vegetarian": frozenset({"meat", "fish", "shellfish"}),
        "vegan": frozenset({"meat", "fish", "shellfish", "milk", "eggs"}),
    }
)
"""What a person can ask to leave out, and what the foods that are then left out contain."""
POORLY_ABSORBED: Final[Mapping[str, frozenset[str]]] = MappingProxyType({"CA": frozenset({"spinach", "chard"})})
"""Families whose nutrient hardly reaches the body: about 5 % of spinach's calcium, bound to oxalate. Source: Heaney RP,
Weaver CM, Recker RR (1988), Am J Clin Nutr 47:707-709, DOI 10.1093/ajcn/47.4.707; chard by its oxalate (own)."""
_QUARTERS: Final = {0.25: "¼", 0.5: "½", 0.75: "¾"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A food that can be proposed, with an ordinary serving of it.

    Attributes:
        id: The catalogue's id.
        amount: How many of the measure make a serving.
        one: The measure in the singular: ``cup of peas``.
        many: In the plural.
        mass_g: Mass of a serving in grams.
        step: The least part of a serving that is proposed: 0.5, or 1 for what is not halved.
        familiarity: 1 known to some, 2 common, 3 in most kitchens, 4 usual for this person.
        kind: What sort of food it is: fruit, nut ...; foods of one family are not proposed twice.
        contains: Allergens and what diets leave out; None where nobody said.
        per_serving: Nutrient id to amount in a serving; unknown is absent.
    """

    id: str
    amount: float
    one: str
    many: str
    mass_g: float
    step: float
    familiarity: int
    kind: str
    contains: frozenset[str] | None
    per_serving: Mapping[str, float] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """Foods that are the same to an eater: raw and cooked spinach, all beans of one kind, all milks."""
        return self.many.split(" (")[0].removesuffix(")").split()[-1].lower()

    def brings(self, nutrient: str) -> float | None:
        """How much of a nutrient a serving brings that the body can take up; None where unknown."""
        if self.family in POORLY_ABSORBED.get(nutrient, ()):
            return 0.0
        return self.per_serving.get(nutrient)

    def words(self, servings: float) -> str:
        """So many servings as one would say it: ``1½ cups of peas``."""
        count = self.amount * servings
        return f"{_count(count)} {self.one if count <= 1 else self.many}"


def _count(number: float) -> str:
    whole, part = divmod(round(number * 4) / 4, 1)
    if not part:
        return f"{whole:g}"
    return f"{whole:g}{_QUARTERS[part]}" if whole else _QUARTERS[part]


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, Candidate], ...]:
    text = files("provender.nutrition").joinpath("familiar_foods.csv").read_text(encoding="utf-8")
    return tuple(
        (
            row["ndb"],
            Candidate(
                id="",
                amount=float(row["amount"]),
                one=row["one"],
                many=row["many"],
                mass_g=float(row["mass_g"]),
                step=float(row["step"]),
                familiarity=int(row["familiarity"]),
                kind=row["kind"],
                contains=frozenset(row["contains"].split()),
            ),
        )
        for row in csv.DictReader(text.splitlines())
    )


def familiar_foods(catalogue: Catalogue) -> tuple[Candidate, ...]:
    """The table's foods as this catalogue knows them, in the table's order; those it has not are left out.

    Source: own; servings after USDA's household measures (SR 24) and everyday ones.
    """
    found = []
    for ndb, bare in _table():
        try:
            food = catalogue.food(f"usda-sr24:{ndb}")
        except NotFoundError:
            continue
        share = bare.mass_g / (food.basis_g or 100.0)
        found.append(replace(bare, id=food.id, per_serving={n: v * share for n, v in food.composition.items()}))
    return tuple(found)


def left_out(avoids: Iterable[str]) -> frozenset[str]:
    """What foods may not contain for a person who avoids these; a word that is not in the table counts as itself."""
    return frozenset(part for word in avoids for part in AVOIDABLE.get(word, {word}))
