"""A diary's days as FHIR R4 resources: weighings, energy, nutrients, outcomes, supplements, notes."""

from datetime import date

from provender.report.cent_methods import dose_words
from provender.report.diary_account import DiaryReport, Felt, NutrientTaken, Supplement
from provender.report.fhir_codes import (
    ENERGY,
    OWN,
    TERMINOLOGY,
    WEIGHT,
    Json,
    category,
    concept,
    instrument,
    loinc,
    own,
    quantity,
)
from provender.report.fhir_resources import Shelf, notes
from provender.report.fhir_trial import dosage
from provender.report.wording import plain


def put_diary(shelf: Shelf, diary: DiaryReport) -> None:
    """Put a diary's resources on a shelf; what is not recorded has no resource, or says why it has no value.

    Args:
        shelf: Where they are kept.
        diary: What its report says.
    """
    for day, kg in diary.weight.points if diary.weight else ():
        code = loinc(WEIGHT, "Body weight")
        shelf.put(
            _observed(shelf, "vital-signs", code, day) | {"valueQuantity": quantity(kg, "kg")}, "weight", _id(day)
        )
    for day, kcal in diary.energy_by_day:
        code = loinc(ENERGY, "Energy of what was eaten and drunk, without supplements")
        shelf.put(_observed(shelf, "survey", code, day) | {"valueQuantity": quantity(kcal, "kcal")}, "energy", _id(day))
    for taken in diary.intake:
        shelf.put(_nutrient(shelf, diary, taken), "nutrient", taken.nutrient, _id(diary.first), _id(diary.last))
    for felt in diary.felt:
        _put_felt(shelf, felt, diary)
    for k, supplement in enumerate(diary.supplements):
        shelf.put(_supplement(shelf, diary, supplement), "supplement", supplement.name, _id(diary.first), str(k))
    for k, note in enumerate(diary.notes):
        flag = {"interpretation": [own("note", "red-flag", note.red_flag)]} if note.red_flag else {}
        words = _observed(shelf, "survey", own("note", "note", "Note in the diary"), note.day)
        shelf.put(words | {"valueString": note.text} | flag, "note", _id(note.day), str(k))


def _id(day: date) -> str:
    return day.isoformat()


def _observed(shelf: Shelf, kind: str, code: Json, day: date) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": category(kind),
        "code": code,
        "subject": shelf.subject,
        "performer": [shelf.subject],
        **shelf.on(day),
    }


def _nutrient(shelf: Shelf, diary: DiaryReport, taken: NutrientTaken) -> Json:
    if taken.daily_mean is None:
        value: Json = {
            "dataAbsentReason": concept(f"{TERMINOLOGY}/data-absent-reason", "unknown", "not known", "Unknown")
        }
    else:
        value = {"valueQuantity": quantity(taken.daily_mean, f"{taken.unit} a day", at_least=taken.coverage < 1)}
    verdicts = [one for one in diary.enough if one.name == taken.name]
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": category("survey"),
        "code": {
            "coding": [{"system": f"{OWN}/infoods-tagname", "code": taken.nutrient}],
            "text": f"{taken.name} from food, mean a day",
        },
        "subject": shelf.subject,
        "performer": [shelf.subject],
        **shelf.during(diary.first, diary.last),
        **value,
        **({"interpretation": [own("adequacy", one.verdict, one.verdict) for one in verdicts]} if verdicts else {}),
        **notes(*(one.sentence for one in verdicts)),
        "component": [
            {
                "code": own("intake", "coverage", "share of the food for which the amount is known"),
                "valueQuantity": quantity(100 * taken.coverage, "%"),
            },
            {"code": own("intake", "days", "days it rests on"), "valueInteger": taken.days},
        ],
    }


def _put_felt(shelf: Shelf, felt: Felt, diary: DiaryReport) -> None:
    answers = dict(felt.answers)
    asked = _questionnaire(felt, diary) if felt.questions else None
    if asked:
        shelf.put(asked, "questionnaire", felt.instrument or felt.name)
    for day, value in felt.points:
        made = _observed(shelf, "survey", instrument(felt.name, felt.instrument), day)
        made |= {"valueQuantity": quantity(value, felt.unit)}
        if asked and day in answers:
            response = _response(shelf, felt, asked, day, answers[day])
            made |= {"derivedFrom": [shelf.put(response, "response", felt.instrument or felt.name, _id(day))]}
        shelf.put(made, "outcome", felt.instrument or felt.name, _id(day))


def _questionnaire(felt: Felt, diary: DiaryReport) -> Json:
    return {
        "resourceType": "Questionnaire",
        "url": f"{OWN}/Questionnaire/{felt.instrument or 'own'}",
        "version": diary.version,
        "title": felt.name,
        "status": "active",
        "subjectType": ["Patient"],
        "item": [
            {"linkId": str(k), "text": question, "type": "decimal", "required": False}
            for k, question in enumerate(felt.questions, start=1)
        ],
    }


def _response(shelf: Shelf, felt: Felt, asked: Json, day: date, answers: tuple[float | None, ...]) -> Json:
    given = [
        {"linkId": str(k), "text": question, "answer": [{"valueDecimal": quantity(value, "")["value"]}]}
        for k, (question, value) in enumerate(zip(felt.questions, answers, strict=True), start=1)
        if value is not None
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": f"{asked['url']}|{asked['version']}",
        "status": "completed" if len(given) == len(felt.questions) else "in-progress",
        "subject": shelf.subject,
        "authored": day.isoformat(),
        "author": shelf.subject,
        "source": shelf.subject,
        **({"item": given} if given else {}),
    }


def _supplement(shelf: Shelf, diary: DiaryReport, one: Supplement) -> Json:
    first, last = (one.days[0], one.days[-1]) if one.days else (diary.first, diary.last)
    if one.doses_logged:
        told = f"{plain(one.doses_logged)} doses logged on {len(one.days)} days: {', '.join(map(_id, one.days))}"
    else:
        told = "No dose was logged in these days; that does not mean that none was taken."
    usual = "" if one.usual is None else f"Said to be usual: {plain(one.usual)} doses a day."
    often = None if one.doses_logged else one.usual
    return {
        "resourceType": "MedicationStatement",
        "status": "active" if one.doses_logged or one.usual else "unknown",
        "category": own("medication-category", "supplement", "supplement"),
        "medicationCodeableConcept": {"text": one.name},
        "subject": shelf.subject,
        "effectivePeriod": shelf.period(first, last),
        "dateAsserted": diary.written_at.isoformat(timespec="seconds"),
        "informationSource": shelf.subject,
        **notes(told, usual),
        **(
            {"dosage": [dosage(dose_words(dose, alone=True), dose.amount, dose.unit, often) for dose in one.doses]}
            if one.doses
            else {}
        ),
    }
