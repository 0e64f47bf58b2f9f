"""What the pages of a trial read: a proposal into a protocol, answers into a screen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict

from provender.diary.instruments import INSTRUMENTS, instrument
from provender.library.safety import (
    Answer,
    OtherSource,
    Person,
    Plan,
    Said,
    Triage,
    questions,
    red_flags,
    screen,
    triage,
)
from provender.library.safety_answers import DECISIONS, Decision
from provender.library.safety_records import Substance
from provender.store.days import today
from provender.store.members import Member
from provender.store.supplements import supplements
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.trials.design import Design, Scheme
from provender.trials.protocol import USUAL_ONSET_D, Chosen, Looks, Protocol, Taken
from provender.web.library_cards import library

FLAGS: Final = "back-pain"
ABOVE: Final = "above-limit"
"""The reason by which ``library.safety`` says that a dose is above the limit that holds."""
USUAL_PAIRS, USUAL_PERIOD = 6, 14
OUTCOMES: Final = {
    "cramp": "cramps",
    "headache": "headache-day",
    "migraine": "headache-day",
    "sleep": "sleep",
    "fatigue": "fatigue",
}
YES_NO: Final = {"yes": True, "no": False}
SAID: Final[tuple[Said, ...]] = ("yes", "no", "not sure")


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
    substance: Answer | None
    sent: Mapping[str, str]

    @property
    def clinician_unlocks(self) -> bool:
        """Whether a recorded word of a clinician lifts everything that holds it back."""
        flags = not self.flags.locks or self.flags.seen_unlocks
        if _above_limit(self.substance):
            return False
        return flags and (self.substance is None or self.substance.decision == "go on" or self.substance.unlocks)

    def values(self) -> dict[str, Any]:
        """To be kept with the trial."""
        asks = {one.id: one.asks for one in red_flags(library(), FLAGS).questions}
        return {
            "answers": dict(self.sent),
            "flags": [{"id": one, "asks": asks[one]} for one in self.flags.asked],
            "flags_version": self.flags.version,
            "title": self.flags.title,
            "do": self.flags.do,
            "locks": self.flags.hides_doses,
            "substance": _values(self.substance),
            "clinician_unlocks": self.clinician_unlocks,
        }


def _values(found: Answer | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "decision": found.decision,
        "version": found.version.isoformat(),
        "reasons": [{**asdict(one), "sources": list(one.sources)} for one in found.reasons],
        "spacing": [{"says": one.says, "sources": list(one.sources)} for one in found.spacing],
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
    outcomes = [Chosen(str(sent.get("outcome", "")), _number(sent, "mcid"))]
    second = str(sent.get("second", ""))
    if second:
        outcomes.append(Chosen(second, instrument(second).mcid))
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
    """The substance's own questions: id, what is asked, why; what the person's own facts settle is asked apart."""
    one = library().substances.get(protocol.substance)
    return [(row.id, row.asks, row.why) for row in (questions(one) if one else ()) if row.fact is None]


def screen_sent(member: Member, protocol: Protocol, sent: QueryDict) -> Screened:
    """The answers as they were sent, and what they come to.

    Raises:
        InputError: An answer that is none.
    """
    flags = red_flags(library(), FLAGS)
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    found = triage(flags, {one.id: _said(given[one.id]) for one in flags.questions if one.id in given})
    held = _screen(member, protocol, given) if protocol.substance else None
    kept = {name: value for name, value in given.items() if name != "csrfmiddlewaretoken"}
    worst: Decision = "stop" if found.hides_doses else "ask first" if found.locks or found.tier else "go on"
    decisions = [worst, held.decision if held else "go on"]
    if held and held.decision == "stop" and held.unlocks:
        decisions[1] = "ask first"
    if _above_limit(held):
        decisions[1] = "stop"
    return Screened(min(decisions, key=DECISIONS.index), found, held, kept)


def _above_limit(found: Answer | None) -> bool:
    """Whether all of it together is above the limit that holds: a personal trial does not start with such a dose."""
    return found is not None and any(one.id == ABOVE for one in found.reasons)


def unanswered(protocol: Protocol, found: Screened) -> bool:
    """Whether a question has no answer yet, so that nothing can be decided."""
    missing = [name for name, _, _ in asked(protocol) if name not in found.sent]
    about = ("kidneys", "medicines") if protocol.substance else ()
    return bool(found.flags.open or missing or any(not found.sent.get(name, "").strip() for name in about))


def _said(value: str) -> Said:
    for one in SAID:
        if value == one:
            return one
    raise InputError(f"found the answer {value[:20]!r}, expected yes, no or not sure", field="answer")


def _screen(member: Member, protocol: Protocol, given: Mapping[str, str]) -> Answer:
    one = library().substances[protocol.substance]
    medicines = given.get("medicines", "").strip()
    dose = protocol.dose
    person = Person(
        age_y=(today(member.zone) - member.birth_date).days / 365.25 if member.birth_date else None,
        sex="male" if member.sex == "male" else "female" if member.sex == "female" else None,
        pregnant=YES_NO.get(given.get("pregnant", "")),
        breastfeeding=YES_NO.get(given.get("breastfeeding", "")),
        kidney=given.get("kidneys", "unknown"),
        conditions=(),
        medicines=(medicines,) if medicines else None,
        answers={name: _said(given[name]) for name, _, _ in asked(protocol) if name in given},
    )
    plan = Plan(
        amount=dose.amount if dose else None,
        unit=dose.unit if dose else "mg",
        form=(dose.salt or ("elemental" if one.nutrient else None)) if dose else None,
    )
    return screen(library(), protocol.substance, person, plan, _others(member), authority=member.authority)


def _others(member: Member) -> list[OtherSource]:
    """The person's own supplements, with what a day of each brings: NaN where it is not known how many are taken."""
    found = []
    for one in supplements(member):
        times = float("nan") if one.doses_a_day is None else float(one.doses_a_day)
        amounts = {name: amount * times for name, amount in one.composition.items()}
        found.append(OtherSource(name=one.name, amounts=amounts or None))
    return found


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
