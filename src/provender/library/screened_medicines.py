"""What the medicines that somebody takes give reason for, and which hours must lie between."""

from collections.abc import Iterator, Sequence

from provender.library.medicines import MEDICINES, Medicine, Named, medicines_in
from provender.library.safety_answers import Decision, Reason, Spacing
from provender.library.safety_person import OtherSource, Person
from provender.library.safety_records import Interaction, Substance

NOT_READ = "Not verified, and asked out of caution."
IRON = "FE"
_DECISION: dict[str, Decision] = {"stop": "stop", "ask": "ask first", "space": "go on", "note": "go on"}


def named_by(person: Person, sources: Sequence[OtherSource] | None) -> tuple[Named, ...]:
    """Every medicine that the person named, and iron where another source holds it; each once."""
    said = [named for text in person.medicines or () for named in medicines_in(text)]
    iron = [Named(one.name, MEDICINES["iron"]) for one in sources or () if one.amounts and IRON in one.amounts]
    return tuple(dict.fromkeys([*said, *iron]))


def medicine_reasons(substance: Substance, person: Person, named: Sequence[Named]) -> Iterator[Reason]:
    """Of each medicine what the substance's file says; of one that is not known, to ask."""
    if person.medicines is None:
        yield _ask("medicines", "It is not known which medicines you take.", "Say which, or that you take none.")
    for one in named:
        if one.medicine is None:
            yield _ask("medicine-unknown", f"We do not know “{one.said}”.", "Ask a pharmacist about this one.")
            continue
        if not one.sure:
            says = f"We took “{one.said}” for {one.medicine.name}."
            yield _ask("medicine-unsure", says, "Write it as on the package, or ask a pharmacist.")
        yield from _of_medicine(substance, one.medicine)


def _of_medicine(substance: Substance, medicine: Medicine) -> Iterator[Reason]:
    found = rows_for(substance, medicine)
    for row in found:
        decision = _DECISION[row.kind]
        yield Reason(
            id=row.id,
            kind="medicine",
            decision=decision,
            says=" ".join((f"{_named(medicine)}: {row.does}", *([NOT_READ] if row.unverified else []))),
            do=row.do,
            sources=row.source,
            unverified=row.unverified,
            own_rule=row.own_rule,
            unlocks=decision == "ask first",
        )
    if not found:
        yield Reason(
            id="medicine-not-listed",
            kind="medicine",
            decision="go on",
            says=f"{_named(medicine)}: our list names nothing together with {substance.name}. It is not complete.",
            do="A pharmacist can look at a whole list.",
            own_rule=True,
        )


def _ask(name: str, says: str, do: str) -> Reason:
    return Reason(id=name, kind="unknown", decision="ask first", says=says, do=do, own_rule=True, unlocks=True)


def _named(medicine: Medicine) -> str:
    return medicine.name[0].upper() + medicine.name[1:]


def rows_for(substance: Substance, medicine: Medicine) -> tuple[Interaction, ...]:
    """The rows of a substance's file that are about a medicine."""
    return tuple(row for row in substance.interactions if medicine.is_one_of(row.with_))


def spacing_for(substance: Substance, named: Sequence[Named]) -> tuple[Spacing, ...]:
    """Hours between each medicine and the substance, each once."""
    found = [
        Spacing(
            medicine=one.medicine.name,
            hours_before=row.hours_before,
            hours_after=row.hours_after,
            says=_hours(one.medicine.name, substance.name, row),
            sources=row.source,
            unverified=row.unverified,
        )
        for one in named
        if one.medicine is not None
        for row in rows_for(substance, one.medicine)
        if row.kind == "space"
    ]
    return tuple(dict.fromkeys(found))


def _hours(medicine: str, substance: str, row: Interaction) -> str:
    it = substance[0].lower() + substance[1:]
    if row.hours_before == row.hours_after:
        return f"Take {it} at least {row.hours_before:g} hours apart from {medicine}."
    parts = [
        f"at least {hours:g} hours {side}"
        for hours, side in ((row.hours_before, "before"), (row.hours_after, "after"))
        if hours is not None
    ]
    return f"Take {medicine} {' or '.join(parts)} {it}."
