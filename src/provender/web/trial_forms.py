"""What the pages of a trial read: a proposal into a protocol, answers into a screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict

from provender.diary.instruments import INSTRUMENTS
from provender.library.medicines import typed_medicines
from provender.library.safety import screen
from provender.library.safety_records import Substance
from provender.library.safety_values import Decision, Dose, Person, Screen
from provender.library.triage import Said, Triage, triage
from provender.store.days import today
from provender.store.members import Member
from provender.store.supplements import supplements
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.trials.design import Design, Scheme
from provender.trials.protocol import USUAL_ONSET_D, Chosen, Looks, Protocol, Taken
from provender.web.library_cards import library

FLAGS: Final = "back-pain"
USUAL_PAIRS, USUAL_PERIOD = 6, 14
TOLD_OF_THE_PERSON: Final = frozenset({"renal-failure", "reduced-kidneys", "old-and-kidneys"})
"""Questions of a substance that are answered by age and kidneys, which are asked once."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What the questions came to.

    Attributes:
        decision: The graver of both.
        flags: The red flags.
        substance: The substance's screen; None where none is tried.
        sent: The answers as they were sent, to be shown again.
    """

    decision: Decision
    flags: Triage
    substance: Screen | None
    sent: Mapping[str, str]

    def values(self) -> dict[str, Any]:
        """To be kept with the trial."""
        raised = [{"id": one.id, "asks": one.asks, "tier": one.tier} for one in self.flags.raised]
        return {
            "answers": dict(self.sent),
            "flags": raised,
            "flags_version": self.flags.version,
            "do": self.flags.do,
            "title": self.flags.title,
            "locks": self.flags.locks,
            "substance": self.substance.values() if self.substance else None,
            "clinician_unlocks": not self.flags.locks
            and (self.substance is None or self.substance.decision is not Decision.STOP),
        }


def suggested(member: Member, claim: str, substance: str) -> dict[str, Any]:
    """The fields of a proposal, filled from a claim or a substance of the library as far as they tell."""
    shelf = library()
    found = shelf.claims.get(claim)
    name = substance or (found.trial.substance if found and found.trial.substance else "")
    one = shelf.substances.get(name)
    fields: dict[str, Any] = {
        "kind": "supplement" if one else "habit",
        "substance": name if one else "",
        "claim": claim if found else "",
        "comparison": "nothing of it",
        "outcome": _instrument_for(found.trial.outcome or "") if found else "pain",
        "pairs": USUAL_PAIRS,
        "period_days": USUAL_PERIOD,
        "first_day": today(member.zone).isoformat(),
        "looks": Looks.NONE.value,
        "scheme": Scheme.PAIRS.value,
        "unit": "mg",
    }
    if one:
        fields |= _of_substance(one)
    fields["mcid"] = f"{INSTRUMENTS[fields['outcome']].mcid:g}"
    return fields


def _of_substance(one: Substance) -> dict[str, Any]:
    dose = one.usual_dose
    amount = f"{dose.high:g}" if dose and dose.high else ""
    unit = dose.unit if dose and dose.high else "mg"
    words = f"{amount} {unit} of {one.name.lower()}" if amount else one.name
    return {
        "title": f"{one.name} and how I feel",
        "treatment": words,
        "comparison": f"no {one.name.lower()}",
        "amount": amount,
        "unit": unit,
        "period_days": one.periods.days if one.periods else USUAL_PERIOD,
        "washout_days": one.periods.washout_days if one.periods else 0,
        "pairs": USUAL_PAIRS if not one.periods or one.periods.days <= USUAL_PERIOD else 3,
        "onset_days": f"{one.onset.median_days:g}" if one.onset else "",
        "why": one.periods.why if one.periods else "",
    }


def _instrument_for(outcome: str) -> str:
    """The instrument that an outcome's words name; pain where none does."""
    said = outcome.casefold()
    names = {
        "cramp": "cramps",
        "headache": "headache-day",
        "migraine": "headache-day",
        "sleep": "sleep",
        "fatigue": "fatigue",
    }
    return next((name for word, name in names.items() if word in said), "pain")


def protocol_sent(member: Member, sent: QueryDict) -> Protocol:
    """A proposal as it was sent.

    Raises:
        InputError: Something is missing or cannot be; ``field`` names it.
    """
    outcomes = [Chosen(sent.get("outcome", ""), _number(sent, "mcid"))]
    if sent.get("second"):
        outcomes.append(
            Chosen(sent["second"], INSTRUMENTS[sent["second"]].mcid if sent["second"] in INSTRUMENTS else 1.0)
        )
    amount = sent.get("amount", "").strip()
    substance = sent.get("substance", "")
    if substance and substance not in library().substances:
        raise InputError(f"found {substance[:40]!r}, expected a substance of the library", field="substance")
    return Protocol(
        title=sent.get("title", "").strip() or sent.get("treatment", "").strip(),
        kind=sent.get("kind", "supplement"),
        treatment=sent.get("treatment", "").strip(),
        comparison=sent.get("comparison", "").strip(),
        outcomes=tuple(outcomes),
        design=Design(
            pairs=_whole(sent, "pairs"),
            period_days=_whole(sent, "period_days"),
            scheme=Scheme(sent.get("scheme", "pairs")) if sent.get("scheme", "pairs") in list(Scheme) else Scheme.PAIRS,
            washout_days=_whole(sent, "washout_days", 0),
        ),
        first_day=_day(sent.get("first_day", "")),
        zone=member.zone,
        substance=substance,
        claim=sent.get("claim", "") if sent.get("claim", "") in library().claims else "",
        dose=Taken(_number(sent, "amount"), sent.get("unit", "mg"), sent.get("salt", "")) if amount else None,
        looks=Looks.PAIRS if sent.get("looks") == Looks.PAIRS else Looks.NONE,
        blinded=sent.get("blinded") == "yes",
        kept_stable=tuple(line.strip() for line in sent.get("kept_stable", "").splitlines() if line.strip())[:10],
        onset_days=_number(sent, "onset_days") if sent.get("onset_days", "").strip() else USUAL_ONSET_D,
    )


def fields_of(protocol: Protocol) -> dict[str, Any]:
    """A protocol as the fields of its form."""
    design, dose = protocol.design, protocol.dose
    return {
        "title": protocol.title,
        "kind": protocol.kind,
        "treatment": protocol.treatment,
        "comparison": protocol.comparison,
        "outcome": protocol.outcomes[0].instrument,
        "mcid": f"{protocol.outcomes[0].mcid:g}",
        "second": protocol.outcomes[1].instrument if len(protocol.outcomes) > 1 else "",
        "pairs": design.pairs,
        "period_days": design.period_days,
        "washout_days": design.washout_days,
        "scheme": design.scheme.value,
        "first_day": protocol.first_day.isoformat(),
        "substance": protocol.substance,
        "claim": protocol.claim,
        "amount": f"{dose.amount:g}" if dose else "",
        "unit": dose.unit if dose else "mg",
        "salt": dose.salt if dose else "",
        "looks": protocol.looks.value,
        "blinded": "yes" if protocol.blinded else "",
        "kept_stable": "\n".join(protocol.kept_stable),
        "onset_days": f"{protocol.onset_days:g}",
    }


def asked(protocol: Protocol) -> list[tuple[str, str, str]]:
    """The substance's own questions: id, what is asked, why; those of age and kidneys are asked apart."""
    one = library().substances.get(protocol.substance)
    rows = (*one.stops, *one.ask_first) if one else ()
    return [(row.id, row.asks, row.why) for row in rows if row.id not in TOLD_OF_THE_PERSON and row.id != "pregnancy"]


def screen_sent(member: Member, protocol: Protocol, sent: QueryDict) -> Screened:
    """The answers as they were sent, and what they come to."""
    flags = library().redflags[FLAGS]
    answers = {name: Said(value) for name, value in sent.items() if value in list(Said)}
    found = triage(flags, answers)
    one = library().substances.get(protocol.substance)
    held = _screen(member, protocol, one, answers, sent) if one else None
    decision = (
        Decision.STOP if found.locks else Decision.ASK_FIRST if found.asks_first or found.unanswered else Decision.GO_ON
    )
    kept = {name: str(value) for name, value in sent.items() if name != "csrfmiddlewaretoken"}
    return Screened(max(decision, held.decision if held else Decision.GO_ON), found, held, kept)


def unanswered(found: Screened) -> bool:
    """Whether a question has no answer yet, so that nothing can be decided."""
    return bool(found.flags.unanswered) or bool(found.substance and found.substance.asks)


def _screen(member: Member, protocol: Protocol, one: Substance, answers: Mapping[str, Said], sent: QueryDict) -> Screen:
    kidneys = sent.get("kidneys", "unknown")
    medicines = sent.get("medicines", "").strip()
    pregnant = {"yes": True, "no": False}.get(sent.get("pregnant", ""), False if member.sex == "male" else None)
    person = Person(
        age_y=(today(member.zone) - member.birth_date).days / 365.25 if member.birth_date else None,
        pregnant=pregnant,
        kidneys=kidneys if kidneys in ("normal", "reduced", "failure") else "unknown",  # type: ignore[arg-type]
        answers=answers,
        medicines=typed_medicines(medicines) if medicines else None,
    )
    dose = protocol.dose
    amount = Dose(
        dose.amount if dose else None,
        dose.unit if dose else "mg",
        dose.salt if dose else "",
        _others(member, one, dose),
    )
    return screen(one, person, amount, known=library().substances.values(), authority=member.authority)


def _others(member: Member, one: Substance, dose: Taken | None) -> float | None:
    """What the person's own supplements bring of it a day, in the dose's unit; None where that cannot be said."""
    if one.nutrient is None or dose is None:
        return None
    total = 0.0
    for supplement in supplements(member):
        share = supplement.composition.get(one.nutrient)
        if share is not None and supplement.doses_a_day is not None:
            total += share * float(supplement.doses_a_day)
    return total


def _number(sent: QueryDict, name: str) -> float:
    try:
        return float(parse_number(sent.get(name, "")))
    except InputError as error:
        raise InputError(f"{name.replace('_', ' ')}: {error}", field=name) from error


def _whole(sent: QueryDict, name: str, usual: int | None = None) -> int:
    text = sent.get(name, "").strip()
    if not text and usual is not None:
        return usual
    if not text.isdecimal() or len(text) > 5:
        raise InputError(f"found {text[:20]!r} for {name.replace('_', ' ')}, expected a whole number", field=name)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"found {text[:20]!r}, expected a date such as 2026-12-01", field="first_day") from error
