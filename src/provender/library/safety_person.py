"""Who would try it, how much, and what else is taken: what a screen must know, and what it may not know."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from provender.library.red_flags import SAID, Said
from provender.terms.errors import InputError

OLDEST_Y: Final = 130.0
LARGEST_EGFR: Final = 250.0
ADULT_Y: Final = 18.0
KIDNEYS: Final = ("normal", "reduced", "failure", "unknown")
EGFR_FAILURE: Final = 30.0
"""Below it kidneys fail, mL/min/1.73 m²."""
EGFR_REDUCED: Final = 60.0
"""Below it they are weak, mL/min/1.73 m²."""
NO_PREGNANCY_FROM_Y: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The person who would try it. None always means not known, and that is never taken for a good answer.

    Attributes:
        age_y: Years, 0 to 130.
        sex: ``female`` or ``male``.
        pregnant, breastfeeding: Whether.
        kidney: ``normal`` (no kidney disease that the person knows of), ``reduced``, ``failure``, ``unknown``, or the
            measured eGFR in mL/min/1.73 m², 0 to 250.
        conditions: Illnesses as typed; empty where there are none.
        medicines: Medicines as typed, also several in one text; empty where none are taken.
        answers: Id of a stop or ask-first row of the substance to ``yes``, ``no`` or ``not sure``.
    """

    age_y: float | None = None
    sex: Literal["female", "male"] | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    kidney: str | float = "unknown"
    conditions: tuple[str, ...] | None = None
    medicines: tuple[str, ...] | None = None
    answers: Mapping[str, Said] = field(default_factory=dict)

    def fact(self, name: str) -> Said:
        """Whether a fact of ``safety_records.Fact`` holds; ``not sure`` where it is not known."""
        if name in {"under-18", "aged-70"}:
            return _said(None if self.age_y is None else self._aged(name, self.age_y))
        if name in {"pregnant", "breastfeeding"}:
            return self._mother(getattr(self, name))
        return self._kidney_is("failure" if name == "kidney-failure" else "reduced")

    def _aged(self, name: str, age_y: float) -> bool:
        return age_y < ADULT_Y if name == "under-18" else age_y >= 70.0

    def _mother(self, told: bool | None) -> Said:
        cannot = self.sex == "male" or (self.age_y is not None and self.age_y >= NO_PREGNANCY_FROM_Y)
        return _said(False if told is None and cannot else told)

    def _kidney_is(self, worse: str) -> Said:
        """Whether the kidneys are at least as weak as this; failing kidneys are weak ones too."""
        if isinstance(self.kidney, str):
            if self.kidney == "unknown":
                return "not sure"
            return _said(self.kidney == "failure" or self.kidney == worse)
        return _said(self.kidney < (EGFR_FAILURE if worse == "failure" else EGFR_REDUCED))


def _said(told: bool | None) -> Said:
    return "not sure" if told is None else "yes" if told else "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be taken a day.

    Attributes:
        amount: Above 0, a day; None where it is not known.
        unit: Such as ``mg``, ``µg``, ``IU`` (vitamin D) or ``applications``.
        form: ``elemental``, the salt whose mass it is (``magnesium citrate``), or None where that is not known.
    """

    amount: float | None
    unit: str = "mg"
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSource:
    """Something else that is taken.

    Attributes:
        name: What it is called.
        amounts: A day, by nutrient id in the nutrient's own unit, or by substance id in the unit of its limits; what
            is absent is not in it, NaN is in it and not known how much. None where nothing of it is known.
        kind: Food counts only towards limits that count food.
    """

    name: str
    amounts: Mapping[str, float] | None
    kind: Literal["supplement", "medicine", "food"] = "supplement"


def check_person(person: Person, questions: frozenset[str]) -> None:
    """Refuse what cannot be.

    Raises:
        InputError: An age, eGFR, kidney word or answer that is not possible; it names the field.
    """
    if person.age_y is not None and not 0 <= person.age_y <= OLDEST_Y:
        raise InputError(f"found an age of {person.age_y:g}, expected 0 to {OLDEST_Y:g} years", field="age_y")
    kidney = person.kidney
    if not (kidney in KIDNEYS if isinstance(kidney, str) else 0 <= kidney <= LARGEST_EGFR):
        raise InputError(
            f"found kidney {person.kidney!r}, expected {', '.join(KIDNEYS)} or an eGFR from 0 to {LARGEST_EGFR:g}",
            field="kidney",
        )
    for name, said in person.answers.items():
        if name not in questions:
            expected = ", ".join(sorted(questions))
            raise InputError(f"found an answer to {name!r}, expected one of {expected}", field="answers")
        if said not in SAID:
            raise InputError(f"found the answer {said!r} to {name}, expected yes, no or not sure", field="answers")


def check_plan(plan: Plan) -> None:
    """Refuse an amount that is none.

    Raises:
        InputError: An amount that is not above 0 or not finite.
    """
    if plan.amount is not None and not (plan.amount > 0 and math.isfinite(plan.amount)):
        raise InputError(f"found {plan.amount:g} {plan.unit}, expected an amount above 0 a day", field="amount")
