"""How much a dose holds, and whether all of it together stays within the limits."""

from collections.abc import Sequence
from typing import Final

from provender.diary.salts import elemental_share, salt_named
from provender.library.safety_records import Limit, Substance
from provender.library.safety_values import Decision, Dose, Person, Reason
from provender.terms.errors import InputError
from provender.terms.units import amount_text

GRAMS: Final = {"g": 1.0, "mg": 1e-3, "µg": 1e-6, "mcg": 1e-6}


def amount_range(substance: Substance, dose: Dose) -> tuple[float, float] | None:
    """Lowest and highest amount a day that a dose may hold, in its unit; they differ where a salt may hold water.

    Raises:
        InputError: As ``screen``.
    """
    if dose.unit not in GRAMS:
        raise InputError(f"found the unit “{dose.unit}”, expected one of {', '.join(GRAMS)}", field="unit")
    if dose.amount is None:
        return None
    if not dose.amount > 0:
        raise InputError(f"found a dose of {dose.amount:g}, expected above 0", field="amount")
    if not dose.salt:
        return dose.amount, dose.amount
    salt = salt_named(dose.salt)
    if salt is None or salt.nutrient != substance.nutrient:
        expected = f"expected a salt of {substance.name.lower()}, or the elemental amount of the label"
        raise InputError(f"found “{dose.salt[:40]}”, {expected}", field="salt")
    dry = elemental_share(salt.formula.split("·")[0], _element(salt.nutrient))
    return dose.amount * min(salt.share, dry), dose.amount * max(salt.share, dry)


def _element(nutrient: str) -> str:
    return nutrient.capitalize()


def reasons_of_dose(
    substance: Substance, person: Person, dose: Dose, per_day: tuple[float, float] | None, authority: str
) -> Sequence[Reason]:
    """Why a dose is too much, or not known; nothing where it stays within every limit that applies.

    Args:
        substance: What would be taken.
        person: By whom.
        dose: What was told.
        per_day: From ``amount_range``.
        authority: Whose limits apply.
    """
    limits = [one for one in substance.limits if _applies(one, person, authority)]
    if per_day is None:
        return [Reason(Decision.ASK_FIRST, "dose", "The dose is not told.", "Read it from the label.")]
    found = []
    for limit in limits:
        times = GRAMS[dose.unit] / GRAMS[limit.unit]
        total = (per_day[1] + (dose.others or 0.0)) * times
        if total > limit.amount * (1 + 1e-9):
            decision = Decision.ASK_FIRST if limit.unverified else Decision.STOP
            words = (
                f"{amount_text(total, limit.unit)} a day together is above the {limit.kind} of"
                f" {amount_text(limit.amount, limit.unit)} for {limit.who}, which counts {limit.counts}."
            )
            do = "Take less, and count everything that holds it."
            found.append(Reason(decision, "upper-level", words, do, limit.source, limit.unverified))
    if limits and dose.others is None:
        words = f"What else brings you {substance.name.lower()} is not known."
        found.append(Reason(Decision.GO_ON, "others-unknown", words, "Log your supplements, so that they are added."))
    return found


def _applies(limit: Limit, person: Person, authority: str) -> bool:
    """Whether a limit is for this person; one of another continent is not."""
    if ("Europe" in limit.who and authority != "EFSA") or ("United States" in limit.who and authority == "EFSA"):
        return False
    if limit.pregnant is not None and limit.pregnant is not person.pregnant:
        return False
    if person.age_y is None:
        return True
    return (limit.age_low or 0.0) <= person.age_y and (limit.age_high is None or person.age_y <= limit.age_high)
