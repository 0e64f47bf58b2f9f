"""A trial as FHIR R4 resources: study, subject, arms, days, answer, doses, adverse events."""

from datetime import date, timedelta
from typing import Final

from provender.report.cent_methods import dose_words
from provender.report.fhir_codes import OWN, TERMINOLOGY, Json, category, instrument, own, quantity
from provender.report.fhir_resources import Shelf, notes, runs
from provender.report.trial_account import Matter, Noted, Outcome, TrialReport
from provender.report.trial_answers import STILL_RUNNING

SEVERITIES: Final = ("mild", "moderate", "severe")
PERCENT: Final = "%"
CHANCES: Final = (
    ("benefit", "probability that it is better with the treatment"),
    ("beyond", "probability that it is better by at least what matters"),
    ("worse", "probability that it is worse by at least what matters"),
    ("same", "probability that it is neither better nor worse by what matters"),
)


def put_trial(shelf: Shelf, trial: TrialReport) -> None:
    """Put a trial's resources on a shelf.

    Args:
        shelf: Where they are kept.
        trial: What its report says.
    """
    study = shelf.put(_study(shelf, trial), "study", trial.key)
    shelf.put(_subject(shelf, trial, study), "research-subject", trial.key)
    for outcome in trial.outcomes:
        put_days(shelf, outcome)
        if outcome.kind and outcome.mean is not None:
            shelf.put(_answer(shelf, trial, outcome, study), "answer", trial.key, outcome.name)
    for k, (first, last) in enumerate(runs(_treated(trial))):
        period = shelf.period(first, last)
        shelf.put(_statement(shelf, trial, period), "trial-dose", trial.key, str(k))
    for k, note in enumerate(trial.notes):
        if note.matter is Matter.HARM:
            shelf.put(_harm(shelf, note, study), "adverse", trial.key, note.day.isoformat(), str(k))


def put_days(shelf: Shelf, outcome: Outcome) -> None:
    """Put each observed day of an outcome on a shelf; a day without one has no resource."""
    days = outcome.days
    for at, value, late in zip(days.day, days.value, days.late, strict=True):
        day = days.first_day + timedelta(days=at)
        shelf.put(
            {
                "resourceType": "Observation",
                "status": "final",
                "category": category("survey"),
                "code": instrument(outcome.name, outcome.instrument),
                "subject": shelf.subject,
                "performer": [shelf.subject],
                **shelf.on(day),
                "valueQuantity": quantity(value, outcome.unit),
                **notes("Written on a later day." if late else ""),
            },
            "outcome",
            outcome.instrument or outcome.name,
            day.isoformat(),
        )


def _status(trial: TrialReport) -> str:
    return "completed" if trial.course.last_day and trial.course.ended != STILL_RUNNING else "active"


def _study(shelf: Shelf, trial: TrialReport) -> Json:
    tried, seal, layout = trial.intervention, trial.seal, trial.layout
    sealed = [{"system": f"{OWN}/commitment-sha256", "value": seal.commitment}] if seal.commitment else []
    order = f"Order of the periods: {layout.sequence} (A comparison, B treatment)." if layout.sequence else ""
    stopped = trial.course.ended if trial.course.ended != STILL_RUNNING else ""
    return {
        "resourceType": "ResearchStudy",
        **({"identifier": sealed} if sealed else {}),
        "title": trial.title,
        "status": _status(trial),
        "category": [own("study-category", "n-of-1", "N-of-1 trial of a person’s own")],
        **({"description": trial.why} if trial.why else {}),
        "period": shelf.period(trial.course.first_day, trial.course.last_day),
        **({"reasonStopped": {"text": stopped}} if stopped else {}),
        **notes(order, seal.sentence, *layout.can_show),
        "arm": [
            {"name": f"A: {tried.comparison}", "type": own("arm", "comparison", "comparison")},
            {
                "name": f"B: {tried.treatment}",
                "type": own("arm", "treatment", "treatment"),
                **({"description": dose_words(tried.dose)} if tried.dose else {}),
            },
        ],
        "objective": [{"name": f"Difference in {outcome.name}"} for outcome in trial.outcomes],
    }


def _subject(shelf: Shelf, trial: TrialReport, study: Json) -> Json:
    return {
        "resourceType": "ResearchSubject",
        "status": "off-study" if _status(trial) == "completed" else "on-study",
        "period": shelf.period(trial.course.first_day, trial.course.last_day),
        "study": study,
        "individual": shelf.subject,
    }


def _answer(shelf: Shelf, trial: TrialReport, outcome: Outcome, study: Json) -> Json:
    unit = outcome.answer_unit
    components = [
        {"code": own("trial-answer", name, text), "valueQuantity": quantity(value, unit)}
        for name, text, value in (
            ("low", "lower end of the 95 % credible interval", outcome.low),
            ("high", "upper end of the 95 % credible interval", outcome.high),
            ("mcid", "smallest change that matters to the person", outcome.mcid),
        )
        if value is not None
    ]
    components += [
        {"code": own("trial-answer", name, text), "valueQuantity": quantity(100 * value, PERCENT)}
        for name, text in CHANCES
        if (value := getattr(outcome, name)) is not None
    ]
    return {
        "resourceType": "Observation",
        "status": "final" if _status(trial) == "completed" else "preliminary",
        "category": category("survey"),
        "code": own("trial-answer", "difference", f"{outcome.name}: treatment less comparison"),
        "subject": shelf.subject,
        "focus": [study],
        **shelf.during(trial.course.first_day, trial.course.last_day),
        "valueQuantity": quantity(outcome.mean or 0.0, unit),
        "interpretation": [own("trial-verdict", outcome.kind, outcome.kind)],
        **notes(outcome.sentence, outcome.chances, outcome.test, *outcome.could_be_wrong),
        "component": components,
    }


def _treated(trial: TrialReport) -> list[date]:
    if trial.intervention.dose is None:
        return []
    days = trial.outcomes[0].days
    return [days.first_day + timedelta(days=k) for k, arm in enumerate(days.arm) if arm and days.period[k] >= 0]


def _statement(shelf: Shelf, trial: TrialReport, period: Json) -> Json:
    dose, course = trial.intervention.dose, trial.course
    words = dose_words(dose) if dose else ""
    name = f"{dose.substance} ({dose.salt})" if dose and dose.salt else trial.intervention.treatment
    kept = (
        f"In the whole trial, what was assigned was done on {course.taken_as_assigned} of {course.taken_noted} days"
        " with a note."
        if course.taken_noted
        else "What was taken was not noted; this is what was assigned."
    )
    return {
        "resourceType": "MedicationStatement",
        "status": "completed" if course.taken_noted else "unknown",
        "medicationCodeableConcept": {"text": name},
        "subject": shelf.subject,
        "effectivePeriod": period,
        "dateAsserted": trial.written_at.isoformat(timespec="seconds"),
        "informationSource": shelf.subject,
        "reasonCode": [{"text": f"A treatment period of the trial “{trial.title}”"}],
        **notes(kept),
        "dosage": [dosage(words, dose.amount, dose.unit, dose.times_a_day)] if dose else [],
    }


def dosage(words: str, amount: float, unit: str, times_a_day: float | None) -> Json:
    """A Dosage: words, amount of one dose, and how often a day where that is a whole number."""
    often = times_a_day if times_a_day is not None and times_a_day == int(times_a_day) and times_a_day > 0 else None
    repeat = {"repeat": {"frequency": int(often), "period": 1, "periodUnit": "d"}} if often else {}
    return {
        "text": words,
        **({"timing": repeat} if repeat else {}),
        "doseAndRate": [{"doseQuantity": quantity(amount, unit)}],
    }


def _harm(shelf: Shelf, note: Noted, study: Json) -> Json:
    severity = note.severity if note.severity in SEVERITIES else ""
    coded = {"coding": [{"system": f"{TERMINOLOGY}/adverse-event-severity", "code": severity}]}
    return {
        "resourceType": "AdverseEvent",
        "actuality": "actual",
        "event": {"text": note.text},
        "subject": shelf.subject,
        "date": note.day.isoformat(),
        **({"severity": coded} if severity else {}),
        "recorder": shelf.subject,
        "study": [study],
    }
