"""A member's trial as a report: for a clinician on paper, and as a FHIR bundle."""

from typing import Any
from uuid import UUID

from provender import __version__
from provender.diary.instruments import instrument
from provender.library.in_words import VERDICTS
from provender.library.shelf import shelf
from provender.report.clinician import trial_report
from provender.report.fhir import bundle
from provender.report.paper import Paper
from provender.report.trial_account import Dose, Person, TrialReport
from provender.report.trial_answers import Background, Measured, of_answers
from provender.store.days import now
from provender.store.models import Member
from provender.store.trial_answers import answer_of, trial_file
from provender.store.trial_values import Happened, Kept, Status
from provender.store.trials import trial
from provender.terms.errors import InputError

PAPERS: tuple[Paper, ...] = ("a4", "us-letter")


def trial_pdf(member: Member, key: UUID, paper: str = "a4") -> bytes:
    """The report of a trial as PDF.

    Raises:
        NotFoundError: Not theirs.
        InputError: It is not over, nothing can be told yet, or another paper.
    """
    for one in PAPERS:
        if one == paper:
            return trial_report(_report(member, key), paper=one)
    raise InputError(f"found paper {paper[:20]!r}, expected one of {', '.join(PAPERS)}", field="paper")


def trial_bundle(member: Member, key: UUID) -> dict[str, Any]:
    """The same content as a FHIR R4 bundle.

    Raises:
        NotFoundError: Not theirs.
        InputError: It is not over, or nothing can be told yet.
    """
    return dict(bundle(trial=_report(member, key)))


def _report(member: Member, key: UUID) -> TrialReport:
    found = trial(member, key)
    if not found.over:
        raise InputError("The report is made when the trial is over; until then its result is sealed.", field="trial")
    return of_answers(trial_file(member, key), [answer_of(member, key)], _background(member, found))


def _background(member: Member, found: Kept) -> Background:
    protocol = found.protocol
    claim = shelf().claims.get(protocol.claim) if protocol.claim else None
    measured = {}
    for chosen in protocol.outcomes:
        one = instrument(chosen.instrument)
        measured[one.name] = Measured(one.question, one.id, "" if chosen.mcid != one.mcid else one.mcid_source)
    dose = protocol.dose
    stopped = next((one for one in found.events if one.kind is Happened.STOPPED), None)
    return Background(
        key=str(found.key),
        person=Person(
            key=f"member-{member.pk}",
            sex=member.sex or None,
            age_years=_age(member, found),
            clinician_agreed_on=found.agreed.date() if found.agreed else None,
        ),
        written_at=now(),
        version=__version__,
        why=f"{claim.seen_as} ({VERDICTS[claim.verdict]})" if claim else "",
        dose=Dose(
            substance=protocol.substance or protocol.treatment,
            amount=dose.amount,
            unit=dose.unit,
            salt=dose.salt or None,
        )
        if dose
        else None,
        kept_stable=protocol.kept_stable,
        measured=measured,
        blinding="a helper prepared packets that the person could not tell apart" if protocol.blinded else "",
        looks="after whole pairs, by a stricter rule" if protocol.looks == "pairs" else "none before the end",
        ended=(stopped.text or "the person stopped it") if stopped and found.status is Status.STOPPED else "",
        published=(claim.says,) if claim else (),
    )


def _age(member: Member, found: Kept) -> int | None:
    born, first = member.birth_date, found.protocol.first_day
    return None if born is None else first.year - born.year - ((first.month, first.day) < (born.month, born.day))
