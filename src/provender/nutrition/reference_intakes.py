"""Reference intakes: how much of a nutrient a person of this age, sex and life stage needs, or should not exceed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from provender.nutrition import iron_requirement, reference_table
from provender.nutrition.iron_requirement import PERIODS_BELOW_AGE_Y, PERIODS_FROM_AGE_Y
from provender.nutrition.reference_table import AUTHORITIES, LIFE_STAGES, Row
from provender.nutrition.requirement_distributions import Lognormal, Normal
from provender.terms.errors import InputError
from provender.terms.units import ENERGY_KJ

Floats = NDArray[np.float64]

SMOKING_VITAMIN_C_MG: Final = 35.0
"""Added to a smoker's requirement of vitamin C, mg a day. IOM 2000, DOI 10.17226/9810, chapter 5."""
OLDEST_AGE_Y: Final = 130.0
_SEXES: Final = ("female", "male")
_LEAST_CHILDBEARING_AGE_Y: Final = 9.0
_PREGNANCY_FROM_AGE_Y: Final = {"NASEM": 14.0, "EFSA": 18.0}
_PREGNANCY_TABLE_END_AGE_Y: Final = {"NASEM": 51.0, "EFSA": math.inf}
_AGES_ASKED_Y: Final = {"menstruates": (9.0, 60.0), "contraceptive": (14.0, 60.0), "smokes": (14.0, math.inf)}
_UL_NUTRIENT: Final = {"VITA_RAE": "RETOL", "FOLDFE": "FOLAC"}
_NIACIN_MG_PER_TRYPTOPHAN_G: Final = 1000 / 60
_PROTEIN_LOG_SD: Final = 0.12
"""EFSA 2012, DOI 10.2903/j.efsa.2012.2557: requirements of protein are lognormal, log SD 0.12."""
_Z_975: Final = float(ndtri(0.975))


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
class Recipient:
    """The person a reference is for. None means it was not asked: the ordinary case is taken, and a note says so.

    Attributes:
        sex: ``female`` or ``male``.
        age_y: Age in years, 0 to 130; infants have fractions.
        life_stage: ``none``, ``pregnant-1`` to ``pregnant-3`` (trimester), ``lactating-0-6`` or ``lactating-7-12``.
        weight_kg: Body mass, before pregnancy; for protein. Not told: the authority's own reference weight.
        menstruates: Has periods. Not told: women from 14 to 50 do.
        contraceptive: Takes an oral contraceptive. Not told: does not.
        vegetarian: Eats no meat or fish. Not told: a mixed diet.
        smokes: Not told: does not.
        energy_kcal: Usual energy a day, kcal; for what EFSA sets per MJ. Not told: EFSA's own for sex and age.
    """

    sex: str
    age_y: float
    life_stage: str = "none"
    weight_kg: float | None = None
    menstruates: bool | None = None
    contraceptive: bool | None = None
    vegetarian: bool | None = None
    smokes: bool | None = None
    energy_kcal: float | None = None

    @property
    def monthly(self) -> bool:
        """Has periods, as told or as usual at this age, and is neither pregnant nor breastfeeding."""
        if self.sex != "female" or self.life_stage != "none":
            return False
        if self.menstruates is None:
            return PERIODS_FROM_AGE_Y <= self.age_y < PERIODS_BELOW_AGE_Y
        return self.menstruates


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
    ("energy_kcal", (1600.0, 2800.0), "How much energy do you use?", "Some needs are set per calorie."),
)


@lru_cache(maxsize=512)
def references(recipient: Recipient, *, authority: str = "NASEM") -> Mapping[str, Reference]:
    """What an authority says to one person of every nutrient it speaks of.

    Args:
        recipient: The person.
        authority: ``NASEM`` (United States and Canada) or ``EFSA`` (European Union).

    Returns:
        Nutrient id to its reference, in display order, read-only. A nutrient without any value is not in it.

    Raises:
        InputError: A sex, age, life stage, weight, energy or authority that is not in the tables; it names the field.

    Source: the reports named in each reference.
    """
    _check(recipient, authority)
    table = _rows_for(recipient, authority)
    return MappingProxyType({n: _Making(recipient, authority, n, kinds).reference() for n, kinds in table.items()})


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
        youngest, below = _AGES_ASKED_Y.get(name, (0.0, math.inf))
        if getattr(recipient, name) is not None or not youngest <= recipient.age_y < below:
            continue
        moved = _moved(recipient, name, answers, authority)
        shown = tuple(n for n in moved if wanted is None or n in wanted)
        if shown:
            found.append(Question(name, asks, why, shown))
    return tuple(found)


def _moved(recipient: Recipient, name: str, answers: tuple[bool | float, ...], authority: str) -> tuple[str, ...]:
    one, other = (references(replace(recipient, **{name: a}), authority=authority) for a in answers)  # type: ignore[arg-type]
    return tuple(n for n in one if _values(one[n]) != _values(other[n]))


def _values(reference: Reference) -> tuple[object, ...]:
    return (reference.ear, reference.rda, reference.ai, reference.ul, reference.requirement)


def _check(who: Recipient, authority: str) -> None:
    for found, allowed, name in (
        (authority, AUTHORITIES, "authority"),
        (who.sex, _SEXES, "sex"),
        (who.life_stage, LIFE_STAGES, "life_stage"),
    ):
        if found not in allowed:
            raise InputError(f"found “{found}”, expected one of {', '.join(allowed)}", field=name)
    if not 0 <= who.age_y <= OLDEST_AGE_Y:
        raise InputError(f"found an age of {who.age_y:g}, expected years from 0 to {OLDEST_AGE_Y:g}", field="age_y")
    for amount, name in ((who.weight_kg, "weight_kg"), (who.energy_kcal, "energy_kcal")):
        if amount is not None and not (math.isfinite(amount) and amount > 0):
            raise InputError(f"found {amount:g}, expected a number above 0, or nothing if not known", field=name)
    _check_life_stage(who, authority)


def _check_life_stage(who: Recipient, authority: str) -> None:
    if authority == "EFSA" and who.age_y < 0.5:
        raise InputError("EFSA's tables begin at 6 months; choose NASEM, or ask the child's doctor", field="age_y")
    if who.life_stage == "none":
        return
    if who.sex == "male":
        raise InputError("found a pregnancy or breastfeeding for a man; choose none, or female", field="life_stage")
    if who.age_y < _LEAST_CHILDBEARING_AGE_Y:
        raise InputError(
            f"found “{who.life_stage}” at an age of {who.age_y:g}; correct the age, or choose none", field="life_stage"
        )


def _rows_for(who: Recipient, authority: str) -> Mapping[str, Mapping[str, Row]]:
    """The rows of this person; iron's by whether she has periods, whatever her age."""
    age_y = who.age_y if who.life_stage == "none" else max(who.age_y, _PREGNANCY_FROM_AGE_Y[authority])
    found = dict(reference_table.cells(authority, who.sex, who.life_stage, age_y))
    iron_age_y = _iron_age_y(who, authority)
    if iron_age_y != who.age_y and who.life_stage == "none":
        other = reference_table.cells(authority, who.sex, who.life_stage, iron_age_y)["FE"]
        found["FE"] = {**found["FE"], **{kind: other[kind] for kind in ("EAR", "RDA")}}
    return found


def _iron_age_y(who: Recipient, authority: str) -> float:
    """The age whose row of iron holds: that of women with periods, after them, or of girls before them."""
    if who.monthly and who.age_y >= PERIODS_BELOW_AGE_Y:
        return PERIODS_BELOW_AGE_Y - 1
    if who.menstruates is False and who.sex == "female":
        if iron_requirement.ADULT_AGE_Y <= who.age_y < PERIODS_BELOW_AGE_Y:
            return PERIODS_BELOW_AGE_Y
        if authority == "NASEM" and PERIODS_FROM_AGE_Y <= who.age_y < iron_requirement.ADULT_AGE_Y:
            return PERIODS_FROM_AGE_Y - 1
    return who.age_y


@dataclass(slots=True)
class _Making:
    """One reference in the making: values first, then what this person's life adds to them."""

    who: Recipient
    authority: str
    nutrient: str
    rows: Mapping[str, Row]
    notes: list[str] = field(default_factory=list)

    def reference(self) -> Reference:
        values = {kind: self._amount(row) for kind, row in self.rows.items()}
        ear, rda = values.get("EAR"), values.get("RDA")
        requirement: RequirementDistribution | None = None
        if self.nutrient == "FE" and ear is not None and rda is not None:
            ear, rda, requirement = self._iron(ear, rda)
        elif ear is not None:
            requirement = self._plain(ear, rda)
        if self.nutrient == "VITC" and self.authority == "NASEM" and isinstance(requirement, Normal):
            ear, rda, requirement = self._vitamin_c(requirement, rda)
        ul = values.get("UL")
        return Reference(
            nutrient=self.nutrient,
            authority=self.authority,
            ear=ear,
            rda=rda,
            ai=values.get("AI"),
            ul=ul,
            ul_scope=Scope(self.rows["UL"].scope) if "UL" in self.rows else Scope.TOTAL,
            cdrr=values.get("CDRR"),
            amdr_low=values.get("AMDR_low"),
            amdr_high=values.get("AMDR_high"),
            requirement=requirement,
            sources={kind.lower(): _source(row) for kind, row in self.rows.items()},
            notes=(*self._standing_notes(ul), *self._age_notes(), *self.notes),
            ul_nutrient=None if ul is None else _UL_NUTRIENT.get(self.nutrient),
            also_counts=(("TRP_G", _NIACIN_MG_PER_TRYPTOPHAN_G),) if self._in_niacin_equivalents() else (),
        )

    def _amount(self, row: Row) -> float | None:
        if row.per == "day":
            return row.value + row.plus
        factor = self._weight_kg() if row.per == "kg" else self._energy_mj()
        return None if factor is None else row.value * factor + row.plus

    def _weight_kg(self) -> float | None:
        if self.who.weight_kg is not None:
            return self.who.weight_kg
        found = self._body().weight_kg
        self._note(
            "Set by body weight, which was not told, so there is no number."
            if found is None
            else f"Your weight was not told: reckoned for {found:g} kg."
        )
        return found

    def _energy_mj(self) -> float | None:
        kj_per_kcal = float(ENERGY_KJ["kcal"])
        if self.who.energy_kcal is not None:
            return self.who.energy_kcal * kj_per_kcal / 1000
        found = self._body().energy_mj
        if found is not None:
            self._note(f"Set by energy, which was not told: reckoned for {found * 1000 / kj_per_kcal:.0f} kcal a day.")
        return found

    def _body(self) -> reference_table.Body:
        age_y = self.who.age_y
        if self.who.life_stage != "none":
            age_y = max(age_y, _PREGNANCY_FROM_AGE_Y[self.authority])
        return reference_table.body(self.authority, self.who.sex, self.who.life_stage, age_y)

    def _plain(self, ear: float, rda: float | None) -> RequirementDistribution:
        if self.nutrient == "PROCNT" and self.authority == "EFSA":
            return Lognormal(ear, _PROTEIN_LOG_SD)
        cv = reference_table.requirement_cv(self.authority, self.nutrient)
        if cv is None and rda is not None:
            cv = (rda / ear - 1) / _Z_975
        return Normal(ear, ear * (cv if cv is not None else 0.1))

    def _vitamin_c(self, usual: Normal, rda: float | None) -> tuple[float, float | None, RequirementDistribution]:
        if self.who.smokes:
            self._note(f"Smoking adds {SMOKING_VITAMIN_C_MG:g} mg.")
            more = Normal(usual.median + SMOKING_VITAMIN_C_MG, usual.sd)
            return more.median, None if rda is None else rda + SMOKING_VITAMIN_C_MG, more
        if self.who.smokes is None and self.who.age_y >= _AGES_ASKED_Y["smokes"][0]:
            self._note(
                f"Whether you smoke was not asked: reckoned for no smoking, which would add {SMOKING_VITAMIN_C_MG:g} mg."
            )
        return usual.median, rda, usual

    def _iron(self, ear: float, rda: float) -> tuple[float, float, RequirementDistribution]:
        self._iron_notes()
        if self.authority == "EFSA":
            woman = self.who.sex == "female" and self.rows["RDA"].value == 16
            return ear, rda, iron_requirement.efsa(ear, rda, woman_with_periods=woman)
        monthly = self.who.monthly
        if monthly and self.who.age_y < PERIODS_FROM_AGE_Y:
            ear, rda = ear + iron_requirement.MENSTRUATION_MG, rda + iron_requirement.MENSTRUATION_MG
        pill = bool(self.who.contraceptive)
        found = iron_requirement.nasem(ear, rda, sex=self.who.sex, age_y=self.who.age_y, monthly=monthly, pill=pill)
        if monthly and pill and self.who.age_y >= PERIODS_FROM_AGE_Y:
            ear, rda = found.median, found.quantile(0.975)
        if self.who.vegetarian:
            factor = iron_requirement.VEGETARIAN_FACTOR
            return ear * factor, rda * factor, found.scaled(factor)
        return ear, rda, found

    def _iron_notes(self) -> None:
        who, nasem = self.who, self.authority == "NASEM"
        youngest, below = _AGES_ASKED_Y["menstruates"]
        if who.sex == "female" and who.life_stage == "none" and youngest <= who.age_y < below:
            if who.menstruates is None:
                reckoned = (
                    "with periods, as usual from 14 to 50" if who.monthly else "without periods, as usual at this age"
                )
                self._note(f"Whether you have periods was not asked: reckoned {reckoned}.")
            if nasem and who.monthly and who.contraceptive is None:
                self._note(
                    "Whether you take the contraceptive pill was not asked: reckoned without; the pill lowers the need."
                )
        if nasem and who.vegetarian is None:
            self._note(
                "Whether you eat meat was not asked: reckoned for a mixed diet; without meat and fish the need is 1.8 times as high."
            )
        elif nasem and who.vegetarian:
            self._note("Without meat and fish 1.8 times as much is needed, because less is absorbed.")

    def _standing_notes(self, ul: float | None) -> list[str]:
        if self.nutrient == "NIA" and self.authority == "NASEM" and not self._in_niacin_equivalents():
            return ["Preformed niacin only."]
        standing = reference_table.notes(self.authority, self.nutrient)
        return [note for note in standing if ul is not None or not note.startswith("The upper level")]

    def _age_notes(self) -> list[str]:
        if self.who.life_stage == "none":
            return []
        begins, ends = _PREGNANCY_FROM_AGE_Y[self.authority], _PREGNANCY_TABLE_END_AGE_Y[self.authority]
        if self.who.age_y < begins:
            return [f"The values for pregnancy and breastfeeding begin at {begins:g} years; those are used."]
        if self.who.age_y >= ends:
            return [f"The values for pregnancy and breastfeeding end at {ends - 1:g} years; those are used."]
        return []

    def _in_niacin_equivalents(self) -> bool:
        return self.nutrient == "NIA" and self.who.age_y >= 0.5

    def _note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)


def _source(row: Row) -> str:
    citation = reference_table.sources()[row.source]
    return citation if row.checked else f"{citation} (not confirmed by a second source)"
