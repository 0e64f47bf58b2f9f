"""A planned dose against what is the most a day, summed with everything else that is taken."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from provender.diary.label_forms import IU_OF_VITAMIN_D_UG
from provender.diary.salts import ELEMENT_OF, SALTS, elemental_share, salt_named
from provender.library.ceilings import Ceiling, ceilings
from provender.library.safety_answers import Reason
from provender.library.safety_person import OtherSource, Person, Plan
from provender.library.safety_records import Substance
from provender.terms.errors import InputError
from provender.terms.units import amount_text, canonical_unit, convert

ELEMENTAL = "elemental"
_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class DoseRange:
    """What a planned mass can hold of what the limits count.

    Attributes:
        low, high: In ``unit`` a day; equal where it is known exactly.
        unit: Of both.
    """

    low: float
    high: float
    unit: str


def dose_range(substance: Substance, plan: Plan, unit: str) -> DoseRange | None:
    """What a planned dose holds; of a salt whose water is not known a range; None where no amount is planned.

    Of a mineral's mass that is not said to be elemental or a salt, it may be either: from the poorest salt to all.

    Raises:
        UnitError: A unit that cannot be converted.
        InputError: IU of anything but vitamin D.
    """
    if plan.amount is None:
        return None
    amount = _in_unit(substance, plan.amount, plan.unit, unit)
    shares = _shares(substance, plan.form)
    return DoseRange(amount * min(shares), amount * max(shares), unit)


def _in_unit(substance: Substance, amount: float, unit: str, wanted: str) -> float:
    if unit.strip().casefold().removesuffix("s") == wanted.casefold().removesuffix("s"):
        return amount
    if unit.strip().casefold() == "iu":
        if substance.nutrient != "VITD":
            raise InputError(f"found IU of {substance.name}, expected a mass; IU are known of vitamin D", field="unit")
        amount, unit = amount * IU_OF_VITAMIN_D_UG, "µg"
    return float(convert(Decimal(repr(amount)), canonical_unit(unit), wanted))


def _shares(substance: Substance, form: str | None) -> tuple[float, ...]:
    """Shares of a mass that may be the mineral; 1 for what is no mineral."""
    element = ELEMENT_OF.get(substance.nutrient or "")
    if element is None or (form and form.casefold() == ELEMENTAL):
        return (1.0,)
    every = {one.salt: one.formulae for one in substance.forms if one.salt}
    salt = salt_named(form) if form else None
    if salt is not None and salt.nutrient == substance.nutrient:
        written = tuple(elemental_share(one, element) for one in every.get(salt.name, ()))
        return (*written, salt.share)
    known = [SALTS[name].share for name in every] + [elemental_share(one, element) for k in every.values() for one in k]
    return (*known, 1.0)


def dose_reasons(
    substance_id: str,
    substance: Substance,
    person: Person,
    plan: Plan,
    sources: Sequence[OtherSource] | None,
    authority: str,
) -> Iterator[Reason]:
    """What the dose, and everything else that holds the same, gives reason for.

    Raises:
        InputError: An amount of another source below 0, a unit or authority that is not known.
    """
    key = substance.nutrient or substance_id
    yield from _unknowns(key, plan, sources)
    limits = ceilings(substance, person, authority)
    if not any(one.binds for one in limits):
        yield Reason(
            id="no-limit",
            kind="unknown",
            decision="ask first",
            says=f"We know of no highest amount of {substance.name} for you.",
            do="Ask a doctor or pharmacist how much is right.",
            own_rule=True,
            unlocks=True,
        )
    for ceiling in limits:
        dose = dose_range(substance, plan, ceiling.unit)
        others = sum(_known(one, key) for one in sources or () if ceiling.counts_food or one.kind != "food")
        yield from _against(ceiling, dose, others)
    if sources is not None and any(one.counts_food and one.binds for one in limits):
        yield from _without_food(substance, key, sources)


def _unknowns(key: str, plan: Plan, sources: Sequence[OtherSource] | None) -> Iterator[Reason]:
    if plan.amount is None:
        yield _unknown("dose", "How much would be taken a day is not known.", "Say how much.", unlocks=False)
    if sources is None:
        says = "It is not known what else you take that holds the same."
        yield _unknown("other-sources", says, "Enter your other supplements, or say that there are none.")
    for one in sources or ():
        if one.amounts is None or math.isnan(one.amounts.get(key, 0.0)):
            says = f"It is not known how much {one.name} holds."
            yield _unknown("source-contents", says, "Read it from its label, or ask a pharmacist.")


def _unknown(name: str, says: str, do: str, *, unlocks: bool = True) -> Reason:
    return Reason(id=name, kind="unknown", decision="ask first", says=says, do=do, own_rule=True, unlocks=unlocks)


def _known(source: OtherSource, key: str) -> float:
    """What is known to be in it; 0 where nothing is known, which is a reason of its own."""
    amount = (source.amounts or {}).get(key, 0.0)
    if amount < 0 or math.isinf(amount):
        raise InputError(f"found {amount:g} of {key} in {source.name}, expected 0 or more", field="sources")
    return 0.0 if math.isnan(amount) else amount


def _against(ceiling: Ceiling, dose: DoseRange | None, others: float) -> Iterator[Reason]:
    low, high = (dose.low + others, dose.high + others) if dose else (others, others)
    if high <= ceiling.amount * (1 + _DUST):
        return
    shown = amount_text(high, ceiling.unit)
    said = shown if high - low <= high * _DUST else f"{amount_text(low, ceiling.unit)} to {shown}"
    beside = f", {amount_text(others, ceiling.unit)} of it from what you take already" if others else ""
    yield Reason(
        id="above-limit" if ceiling.binds else "above-other-limit",
        kind="dose",
        decision="ask first" if ceiling.binds else "go on",
        says=(
            f"That would be {said} a day{beside}. It is above {ceiling.name},"
            f" {amount_text(ceiling.amount, ceiling.unit)} a day, which counts {ceiling.counts}."
        ),
        do="Plan less, or ask a clinician first." if ceiling.binds else "",
        sources=ceiling.sources,
        unverified=ceiling.unverified,
        unlocks=ceiling.binds,
    )


def _without_food(substance: Substance, key: str, sources: Sequence[OtherSource]) -> Iterator[Reason]:
    if not any(one.kind == "food" and key in (one.amounts or {}) for one in sources):
        yield Reason(
            id="food-not-counted",
            kind="dose",
            decision="go on",
            says=f"The upper level counts {substance.name} of food too, and what your food brings is not known here.",
            own_rule=True,
        )
