"""The highest daily amounts that hold for a person: upper levels of nutrients, and limits of a substance's own file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from provender.library.safety_person import ADULT_Y, Person
from provender.library.safety_records import Limit, Substance
from provender.nutrition.recipient import PREGNANCY_FROM_AGE_Y
from provender.nutrition.reference_table import AUTHORITIES, Row, rows
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS

WHOSE: Final = {"NASEM": "American", "EFSA": "European"}
_COUNTS_FOOD: Final = "total"
_COUNTED: Final = {True: "food, supplements and medicines", False: "supplements and medicines"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """A highest amount a day.

    Attributes:
        amount: In ``unit``, above 0.
        unit: As the amounts of other sources are given in.
        name: What it is, as in "the American upper level".
        counts_food: Whether food counts towards it.
        counts: What counts, in words.
        binds: Whether passing it must be asked about first; else it is only to be known.
        sources: Ids of sources.
        unverified: No source of it has been read.
    """

    amount: float
    unit: str
    name: str
    counts_food: bool
    counts: str
    binds: bool
    sources: tuple[str, ...]
    unverified: bool = False


def ceilings(substance: Substance, person: Person, authority: str) -> tuple[Ceiling, ...]:
    """What holds for this person; where sex, age or life stage is not known, the lowest that could hold.

    Args:
        substance: Which.
        person: Who.
        authority: Whose upper level binds (``NASEM`` or ``EFSA``); that of the other is only to be known.

    Raises:
        InputError: An authority without a table.
    """
    if authority not in AUTHORITIES:
        raise InputError(f"found {authority!r}, expected one of {', '.join(AUTHORITIES)}", field="authority")
    own = (_of_limit(limit) for limit in substance.limits if _holds(limit, person))
    return (*_upper_levels(substance.nutrient, person, authority), *own)


def _upper_levels(nutrient: str | None, person: Person, authority: str) -> Iterator[Ceiling]:
    for one in AUTHORITIES if nutrient else ():
        lowest = min(_rows(nutrient or "", one, person), key=lambda row: row.value, default=None)
        if lowest is not None:
            yield Ceiling(
                amount=lowest.value,
                unit=NUTRIENTS[lowest.nutrient].unit,
                name=f"the {WHOSE[one]} upper level",
                counts_food=lowest.scope == _COUNTS_FOOD,
                counts=_COUNTED[lowest.scope == _COUNTS_FOOD],
                binds=one == authority,
                sources=(lowest.source.casefold(),),
            )


def _rows(nutrient: str, authority: str, person: Person) -> Iterable[Row]:
    sexes = (person.sex,) if person.sex else ("female", "male")
    age_y = ADULT_Y + 1 if person.age_y is None else person.age_y
    bearing = max(age_y, PREGNANCY_FROM_AGE_Y[authority])
    every = [("none", age_y)]
    every += [("pregnant-1", bearing)] if person.fact("pregnant") != "no" else []
    every += [("lactating-0-6", bearing)] if person.fact("breastfeeding") != "no" else []
    kept = [row for row in rows() if (row.nutrient, row.authority, row.kind) == (nutrient, authority, "UL")]
    for row, sex, (stage, at_y) in product(kept, sexes, every):
        if row.holds(sex, stage, at_y):
            yield row


def _holds(limit: Limit, person: Person) -> bool:
    """Whether it may hold: what is not known of the person excludes nothing. Adults' limits hold below 18 too."""
    if limit.age_high is not None and person.age_y is not None and person.age_y >= limit.age_high:
        return False
    if limit.age_low is not None and person.age_y is not None and max(person.age_y, ADULT_Y) < limit.age_low:
        return False
    if limit.pregnant is not None and person.fact("pregnant") == ("no" if limit.pregnant else "yes"):
        return False
    return limit.sex is None or person.sex is None or limit.sex == person.sex


def _of_limit(limit: Limit) -> Ceiling:
    names = {"upper-level": "the upper level", "caution": "the amount above which harms were more frequent"}
    return Ceiling(
        amount=limit.amount,
        unit=limit.unit,
        name=names.get(limit.kind, "the amount that was studied or is advised at most"),
        counts_food=False,
        counts=limit.counts,
        binds=True,
        sources=limit.source,
        unverified=limit.unverified,
    )
