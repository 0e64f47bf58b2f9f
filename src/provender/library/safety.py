"""May this person try this substance? Stop, ask first, or go on, each with its reason and source; no probabilities.

What is not known never reads as "go on": an unanswered question, a medicine that no list knows and a dose that is not
told all ask first. Rows whose evidence was not read at its source act in the cautious direction only, and say so.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from provender.library.medicines import interactions_with, is_known
from provender.library.safety_doses import amount_range, reasons_of_dose
from provender.library.safety_records import Condition, Interaction, Substance
from provender.library.safety_values import Decision, Dose, Person, Reason, Screen
from provender.library.triage import Said

ADULT_Y: Final = 18
OLD_Y: Final = 70
FAILING, REDUCED = 30.0, 60.0
"""eGFR, ml/min/1.73 m², below which kidneys fail, and below which they work less well."""


def screen(
    substance: Substance, person: Person, dose: Dose, *, known: Iterable[Substance] = (), authority: str = "NASEM"
) -> Screen:
    """Whether a person may try a substance at a dose.

    Args:
        substance: What would be tried.
        person: By whom.
        dose: How much a day, and what else brings it.
        known: Every substance of the shelf: a medicine that one of them names is known to us.
        authority: Whose limits are this person's: ``NASEM`` or ``EFSA``.

    Raises:
        InputError: A dose below 0, a unit or salt that is not known, or a salt of another mineral.
    """
    per_day = amount_range(substance, dose)
    asks = [one for one in (*substance.stops, *substance.ask_first) if _answer(one, person) is None]
    found = [
        *_of_age(person),
        *_of_conditions(substance.stops, person, Decision.STOP),
        *_of_conditions(substance.ask_first, person, Decision.ASK_FIRST),
        *_of_medicines(substance, person, [substance, *known]),
        *reasons_of_dose(substance, person, dose, per_day, authority),
    ]
    if asks:
        found.append(Reason(Decision.ASK_FIRST, "unanswered", "Some questions have no answer yet.", "Answer them."))
    reasons = sorted((one for one in found if one.decision), key=lambda one: -one.decision)
    calm = [one for one in found if not one.decision]
    return Screen(
        decision=Decision(max((one.decision for one in reasons), default=Decision.GO_ON)),
        reasons=tuple(reasons),
        spacing=tuple(one for one in calm if one.id.startswith("space:")),
        notes=tuple(one for one in calm if not one.id.startswith("space:")),
        asks=tuple(asks),
        per_day=per_day,
    )


def _of_age(person: Person) -> Sequence[Reason]:
    if person.age_y is None:
        return [Reason(Decision.STOP, "age", "Your age is not known.", "Give your date of birth first.")]
    if person.age_y < ADULT_Y:
        return [Reason(Decision.STOP, "age", "Personal trials are for people of 18 and older.")]
    return []


def _answer(one: Condition, person: Person) -> Said | None:
    """What is known of a condition: from what was told of the person, else from the answer."""
    told = {
        "pregnancy": _yes(person.pregnant),
        "old-and-kidneys": _yes(None if person.age_y is None else person.age_y >= OLD_Y),
        "renal-failure": _of_kidneys(person, failing=True),
        "reduced-kidneys": _of_kidneys(person, failing=False),
    }.get(one.id)
    given = person.answers.get(one.id)
    return given if told is None or given is Said.YES else told


def _yes(value: bool | None) -> Said | None:
    return None if value is None else Said.YES if value else Said.NO


def _of_kidneys(person: Person, *, failing: bool) -> Said | None:
    if person.egfr is not None:
        return _yes(person.egfr < FAILING if failing else person.egfr < REDUCED)
    if person.kidneys == "unknown":
        return None
    return _yes(person.kidneys == "failure" if failing else person.kidneys != "normal")


def _of_conditions(rows: Sequence[Condition], person: Person, decision: Decision) -> Sequence[Reason]:
    found = []
    for one in rows:
        answer = _answer(one, person)
        if answer is Said.YES:
            do = "Do not start it on your own." if decision is Decision.STOP else "Ask a clinician or pharmacist first."
            found.append(Reason(decision, one.id, f"{_cap(one.when)}: {one.why}", do, one.source, one.unverified))
        elif answer is Said.NOT_SURE:
            words = f"You are not sure about this: {one.when}. {one.why}"
            found.append(Reason(Decision.ASK_FIRST, one.id, words, "Find out first.", one.source, one.unverified))
    return found


def _of_medicines(substance: Substance, person: Person, known: Sequence[Substance]) -> Sequence[Reason]:
    if person.medicines is None:
        words = "It is not known which medicines you take."
        return [Reason(Decision.ASK_FIRST, "medicines", words, "List them, or say none.")]
    found = []
    for medicine in person.medicines:
        rows = interactions_with(substance, medicine)
        found += [_of_interaction(row, medicine) for row in rows]
        if not rows and not is_known(known, medicine):
            words = f"We do not know “{medicine[:60]}”."
            found.append(Reason(Decision.ASK_FIRST, "unknown-medicine", words, "Ask a pharmacist about it."))
        elif not rows:
            words = f"{_cap(medicine[:60])}: nothing is noted here together with {substance.name.lower()}."
            found.append(Reason(Decision.GO_ON, "no-interaction", words, "A pharmacist may know more."))
    return found


def _of_interaction(row: Interaction, medicine: str) -> Reason:
    decision = {"stop": Decision.STOP, "ask": Decision.ASK_FIRST}.get(row.kind, Decision.GO_ON)
    name = f"space:{row.id}" if row.kind == "space" else row.id
    return Reason(decision, name, f"{_cap(medicine[:60])}: {row.does}", row.do, row.source, row.unverified)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
