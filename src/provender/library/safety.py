"""Whether somebody may try a substance: warning signs first, then a screen that answers stop, ask first or go on.

It is for safety: no diagnosis, no probability, and what is not known never counts as good.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from provender.library.holdings import Shelf
from provender.library.medicines import NONE_TAKEN
from provender.library.plain_words import plain
from provender.library.planned_doses import dose_reasons
from provender.library.red_flags import Said, Triage, triage, version_of, words_that_ask
from provender.library.safety_answers import Answer, Reason, Spacing, answer
from provender.library.safety_person import OtherSource, Person, Plan, check_person, check_plan
from provender.library.safety_records import Condition, RedFlags, Substance
from provender.library.said_words import is_called
from provender.library.screened_medicines import NOT_READ, medicine_reasons, named_by, spacing_for

__all__ = [
    "Answer",
    "OtherSource",
    "Person",
    "Plan",
    "Reason",
    "Said",
    "Spacing",
    "Triage",
    "questions",
    "red_flags",
    "screen",
    "triage",
    "version_of",
    "words_that_ask",
]

FIRST_LIST: Final = "back-pain"
TRIED_FOR: Final = ("back pain", "backache*", "sore back", "cramp*")
"""What the substances are tried for: naming it as an illness is no news."""
BY_AGE: Final = frozenset({"under-18", "aged-70"})
FROM_PERSON: Final = frozenset({"under-18"})
"""Facts that only the person can tell: a clinician's agreement does not stand in for them."""


def red_flags(shelf: Shelf, name: str = FIRST_LIST) -> RedFlags:
    """The questions to ask before anything is tried for one thing.

    Raises:
        NotFoundError: There is no such list.
    """
    found: RedFlags = shelf.record("redflags", name)
    return found


def questions(substance: Substance) -> tuple[Condition, ...]:
    """What to ask before a substance: stops, then what is to be asked first. ``Person.answers`` takes their ids."""
    return (*substance.stops, *substance.ask_first)


def screen(
    shelf: Shelf,
    substance_id: str,
    person: Person,
    plan: Plan,
    sources: Sequence[OtherSource] | None,
    *,
    authority: str = "NASEM",
) -> Answer:
    """Whether a person may try a substance at a dose.

    More medicines, more illnesses, a higher dose or an answer that is not known never make it milder.

    Args:
        shelf: What is published.
        substance_id: Such as ``magnesium``.
        person: Who would try it.
        plan: How much a day.
        sources: What else is taken that may hold the same; None where that is not known.
        authority: Whose upper level must not be passed without a clinician: ``NASEM`` or ``EFSA``.

    Returns:
        The decision and every reason for it with its sources, hours to keep from medicines, and whether a recorded
        agreement of a clinician lifts it.

    Raises:
        NotFoundError: No such substance.
        InputError: An age, amount, unit, answer or authority that is not possible; it names the field.
    """
    substance: Substance = shelf.record("substances", substance_id)
    asked = questions(substance)
    check_person(person, frozenset(row.id for row in asked))
    check_plan(plan)
    named = named_by(person, sources)
    reasons = (
        *_age_unknown(person),
        *(reason for row in asked for reason in _of_row(substance, row, person)),
        *_strange_conditions(asked, person),
        *medicine_reasons(substance, person, named),
        *dose_reasons(substance_id, substance, person, plan, sources, authority),
    )
    return answer(substance_id, substance.checked.on, reasons, spacing_for(substance, named))


def _age_unknown(person: Person) -> Iterator[Reason]:
    if person.age_y is None:
        says = "Your age is not known."
        yield Reason(
            id="age", kind="unknown", decision="ask first", says=says, do="Say how old you are.", own_rule=True
        )


def _of_row(substance: Substance, row: Condition, person: Person) -> Iterator[Reason]:
    said = answered(row, person)
    if said == "no" or (row.fact in BY_AGE and person.age_y is None and row.id not in person.answers):
        return  # an age that is not known is a reason of its own
    is_stop = row in substance.stops
    says = f"{row.when[0].upper()}{row.when[1:]}: {row.why}"
    yield Reason(
        id=row.id,
        kind="state" if said == "yes" else "unknown",
        decision="stop" if is_stop and said == "yes" else "ask first",
        says=" ".join((says if said == "yes" else f"Not known. {row.asks} {row.why}", *_caution(row))),
        do=_what_to_do(row, said, is_stop=is_stop),
        sources=row.source,
        unverified=row.unverified,
        own_rule=row.own_rule,
        unlocks=row.fact not in FROM_PERSON and (row.unlocks or not is_stop or said == "not sure"),
    )


def _caution(row: Condition) -> tuple[str, ...]:
    return (NOT_READ,) if row.unverified else ()


def _what_to_do(row: Condition, said: Said, *, is_stop: bool) -> str:
    if said == "not sure":
        return "Answer the question, or ask a doctor or pharmacist first."
    if is_stop and not row.unlocks:
        return "Do not start."
    return "Do not start before a doctor has agreed." if is_stop else "Ask a doctor or pharmacist first."


def answered(row: Condition, person: Person) -> Said:
    """Whether a row holds for a person: yes if an answer, a fact or a typed illness says so.

    An answered "no" settles a fact that is not known. Where illnesses were typed, what is not among them is not
    there; where none were asked for, it is not known.
    """
    typed = any(is_called(text, row.words) for text in person.conditions or ())
    fact = person.fact(row.fact) if row.fact else None
    told = person.answers.get(row.id)
    if typed or "yes" in (fact, told):
        return "yes"
    return told or fact or ("not sure" if person.conditions is None else "no")


def _strange_conditions(asked: Sequence[Condition], person: Person) -> Iterator[Reason]:
    """Illnesses that no row is about."""
    known = (*TRIED_FOR, *(word for row in asked for word in row.words))
    for text in person.conditions or ():
        if plain(text) not in ("", *NONE_TAKEN) and not is_called(text, known):
            yield Reason(
                id="condition-unknown",
                kind="unknown",
                decision="ask first",
                says=f"We do not know what “{text.strip()}” means for this.",
                do="Ask a doctor or pharmacist about it.",
                own_rule=True,
                unlocks=True,
            )
