"""A diary, a trial or both as one FHIR R4 bundle (docs/methods/report.md says what R4 cannot hold)."""

from datetime import datetime

from provender.report.diary_account import DiaryReport
from provender.report.fhir_codes import OWN, TERMINOLOGY, Json
from provender.report.fhir_diary import put_diary
from provender.report.fhir_resources import Shelf, patient
from provender.report.fhir_trial import put_trial
from provender.report.trial_account import TrialReport
from provender.terms.errors import InputError


def bundle(*, diary: DiaryReport | None = None, trial: TrialReport | None = None) -> Json:
    """A FHIR R4 Bundle of type ``collection``: patient, device, and what a diary and a trial hold.

    A collection, not a document: nobody attests it as a whole, and no receiver is asked to keep it as one. References
    are ``urn:uuid`` made from the content's keys, so the same day has the same reference in every bundle, and a day
    that both a diary and a trial hold is there once.

    Args:
        diary: A diary's report; None leaves it out.
        trial: A trial's report; None leaves it out.

    Returns:
        JSON values; days carry the offset of the person's zone where it is known. Nothing names the person unless
        ``person.name`` is given.

    Raises:
        InputError: Neither, two different people, or an unknown zone.
    """
    reports = [one for one in (diary, trial) if one is not None]
    if not reports:
        raise InputError("found neither a diary nor a trial, expected at least one", field="diary")
    if len({one.person.key for one in reports}) > 1:
        raise InputError("found a diary and a trial of two people, expected one person’s", field="trial")
    zone = next((one.zone for one in reports if one.zone), "")
    shelf = Shelf(reports[0].person, zone)
    written_at = max(one.written_at for one in reports)
    shelf.put(patient(shelf.person), "patient")
    device = shelf.put(_device(reports[0].version), "device", reports[0].version)
    if diary is not None:
        put_diary(shelf, diary)
    if trial is not None:
        put_trial(shelf, trial)
    shelf.put(_provenance(shelf, device, written_at), "provenance", written_at.isoformat())
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": written_at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": reference, "resource": made} for reference, made in shelf.resources.items()],
    }


def _device(version: str) -> Json:
    return {
        "resourceType": "Device",
        "identifier": [{"system": f"{OWN}/software", "value": "provender"}],
        "deviceName": [{"name": "Provender", "type": "user-friendly-name"}],
        "version": [{"value": version}],
    }


def _provenance(shelf: Shelf, device: Json, written_at: datetime) -> Json:
    """Who said it: the person wrote, the software put it together."""

    def agent(code: str, who: Json) -> Json:
        kind = {"coding": [{"system": f"{TERMINOLOGY}/provenance-participant-type", "code": code}]}
        return {"type": kind, "who": who}

    return {
        "resourceType": "Provenance",
        "target": [{"reference": reference} for reference in shelf.resources],
        "recorded": written_at.isoformat(timespec="seconds"),
        "agent": [agent("author", shelf.subject), agent("assembler", device)],
    }
