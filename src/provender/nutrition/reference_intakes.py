"""Reference intakes: how much of a nutrient a person of this age, sex and life stage needs, or should not exceed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from provender.nutrition import reference_table
from provender.nutrition.iron_requirement import table_age_y
from provender.nutrition.personal_values import (
    AGES_ASKED_Y,
    NIACIN_MG_PER_TRYPTOPHAN_G,
    PersonalValues,
    in_niacin_equivalents,
)
from provender.nutrition.recipient import Recipient, checked
from provender.nutrition.reference_table import Row

Floats = NDArray[np.float64]

_UL_NUTRIENT: Final = {"VITA_RAE": "RETOL", "FOLDFE": "FOLAC"}


class Scope(StrEnum):
    """Which part of the intake an upper level speaks of."""

    TOTAL = "total"
    SUPPLEMENTS = "supplements"
    SUPPLEMENTS_AND_FORTIFICATION = "supplements and fortification"
    RETINOL = "preformed vitamin A"


class RequirementDistribution(Protocol):
    """How the requirement of a nutrient varies between people of one group."""

    @property
    def median(self) -> float:
        """The requirement that half of the group does not exceed, in the nutrient's unit a day."""
        ...

    @property
    def sd(self) -> float:
        """Standard deviation between people, in the nutrient's unit a day."""
        ...

    def met(self, intake: Floats) -> Floats:
        """Share of people whose own requirement is met by this usual intake, 0 to 1; same shape; NaN stays NaN."""
        ...

    def quantile(self, share: float) -> float:
        """The usual intake that meets the requirement of this share of people, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one authority says of one nutrient for one kind of person; None where it says nothing.

    Attributes:
        nutrient: Its id; amounts below are in its unit a day.
        authority: Who says so (``NASEM`` or ``EFSA``).
        ear: Estimated average requirement (EFSA: average requirement).
        rda: Recommended dietary allowance (EFSA: population reference intake).
        ai: Adequate intake, where no requirement is known.
        ul: Tolerable upper intake level.
        ul_scope: What the upper level counts.
        cdrr: Chronic disease risk reduction intake (sodium).
        amdr_low: Lower end of the acceptable share of energy, 0 to 1.
        amdr_high: Upper end of that share.
        requirement: How requirements vary; None where no requirement is known.
        sources: Where each value stands: name of the value to author, year and DOI.
        notes: What must be said beside the values (assumptions, forms, what was asked or not).
        ul_nutrient: The nutrient whose amount the upper level counts, where food tables measure it by itself
            (``RETOL`` for vitamin A, ``FOLAC`` for folate); None where it is ``nutrient`` itself.
        also_counts: Other nutrients that count towards ``ear``, ``rda`` and ``ai``: id, and how much of this
            nutrient's unit one unit of it is worth (tryptophan towards niacin).
    """

    nutrient: str
    authority: str
    ear: float | None = None
    rda: float | None = None
    ai: float | None = None
    ul: float | None = None
    ul_scope: Scope = Scope.TOTAL
    cdrr: float | None = None
    amdr_low: float | None = None
    amdr_high: float | None = None
    requirement: RequirementDistribution | None = None
    sources: dict[str, str]
    notes: tuple[str, ...] = ()
    ul_nutrient: str | None = None
    also_counts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something not yet known of a person that would change a reference.

    Attributes:
        field: The field of ``Recipient`` it fills.
        asks: The question in plain words; answering is always optional.
        why: What it would change.
        nutrients: Ids of the nutrients whose reference depends on the answer.
    """

    field: str
    asks: str
    why: str
    nutrients: tuple[str, ...]


_QUESTIONS: Final[tuple[tuple[str, tuple[bool | float, ...], str, str], ...]] = (
    ("menstruates", (True, False), "Do you have periods?", "Periods are the largest loss of iron."),
    ("contraceptive", (True, False), "Do you take the contraceptive pill?", "The pill makes periods lighter."),
    ("vegetarian", (True, False), "Do you eat no meat or fish?", "Less iron is absorbed from plants."),
    ("smokes", (True, False), "Do you smoke?", "Smoking uses up vitamin C."),
    ("weight_kg", (50.0, 100.0), "What do you weigh?", "Protein is needed by body weight."),
    ("energy_kcal", (1600.0, 2800.0), "How much energy do you use a day?", "Some needs are set by energy."),
)
"""Field of ``Recipient``; two answers to compare; the question; why it is asked."""


@lru_cache(maxsize=512)
def references(recipient: Recipient, *, authority: str = "NASEM") -> Mapping[str, Reference]:
    """What an authority says to one person of every nutrient it speaks of.

    Args:
        recipient: The person.
        authority: ``NASEM`` (United States and Canada) or ``EFSA`` (European Union).

    Returns:
        Nutrient id to its reference, in the order of the table, read-only. A nutrient without any value is not in it.

    Raises:
        InputError: A sex, age, life stage, weight, energy or authority that is not in the tables; it names the field.

    Source: the reports named in each reference.
    """
    who = checked(recipient, authority)
    age_y = who.table_age_y(authority)
    found = dict(reference_table.cells(authority, who.sex, who.life_stage, age_y))
    iron_age_y = table_age_y(who, authority)
    if iron_age_y != age_y:
        other = reference_table.cells(authority, who.sex, who.life_stage, iron_age_y)["FE"]
        found["FE"] = {**found["FE"], "EAR": other["EAR"], "RDA": other["RDA"]}
    return MappingProxyType({n: _reference(PersonalValues(who, authority, n, rows)) for n, rows in found.items()})


def questions(
    recipient: Recipient, nutrients: Iterable[str] | None = None, *, authority: str = "NASEM"
) -> tuple[Question, ...]:
    """What could be asked that would change a reference of this person, and nothing else.

    Args:
        recipient: The person; what is already told is not asked.
        nutrients: Ids of the nutrients shown; None for all.
        authority: ``NASEM`` or ``EFSA``.

    Raises:
        InputError: As ``references``.
    """
    wanted = None if nutrients is None else frozenset(nutrients)
    found = []
    for name, answers, asks, why in _QUESTIONS:
        youngest, below = AGES_ASKED_Y.get(name, (0.0, math.inf))
        if getattr(recipient, name) is not None or not youngest <= recipient.age_y < below:
            continue
        moved = _moved(recipient, name, answers, authority)
        shown = tuple(n for n in moved if wanted is None or n in wanted)
        if shown:
            found.append(Question(name, asks, why, shown))
    return tuple(found)


def _reference(personal: PersonalValues) -> Reference:
    amounts, rows = personal.amounts(), personal.rows
    ear, rda, requirement = personal.requirement(amounts)
    ul = amounts.get("UL")
    sources = {kind.lower(): _citation(row) for kind, row in rows.items()}
    if requirement is not None:
        sources["requirement"] = personal.requirement_source()
    return Reference(
        nutrient=personal.nutrient,
        authority=personal.authority,
        ear=ear,
        rda=rda,
        ai=amounts.get("AI"),
        ul=ul,
        ul_scope=Scope(rows["UL"].scope) if ul is not None else Scope.TOTAL,
        cdrr=amounts.get("CDRR"),
        amdr_low=amounts.get("AMDR_low"),
        amdr_high=amounts.get("AMDR_high"),
        requirement=requirement,
        sources=sources,
        notes=personal.all_notes(),
        ul_nutrient=None if ul is None else _UL_NUTRIENT.get(personal.nutrient),
        also_counts=(("TRP_G", NIACIN_MG_PER_TRYPTOPHAN_G),) if in_niacin_equivalents(personal) else (),
    )


def _citation(row: Row) -> str:
    return reference_table.citation(row.source, row.checked)


def _moved(recipient: Recipient, name: str, answers: tuple[bool | float, ...], authority: str) -> tuple[str, ...]:
    """The nutrients whose reference differs between the two answers."""
    one, other = (references(replace(recipient, **{name: a}), authority=authority) for a in answers)  # type: ignore[arg-type]
    return tuple(n for n in one if _values(one[n]) != _values(other[n]))


def _values(reference: Reference) -> tuple[object, ...]:
    return (reference.ear, reference.rda, reference.ai, reference.ul, reference.requirement)
