"""What every FHIR resource of a bundle shares: a reference of its own, its subject, its days with their zone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from provender.report.fhir_codes import Json
from provender.report.trial_account import Person
from provender.trials.schedule import zone_named

NAMESPACE: Final = UUID("6f2f7c43-6b0e-5a0c-9d7e-6d1f4f0a8a11")
"""Of all references: the same content has the same ones in every bundle."""
GENDERS: Final = {
    "female": "female",
    "woman": "female",
    "f": "female",
    "male": "male",
    "man": "male",
    "m": "male",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The resources of a bundle, each once, in the order they came.

    Attributes:
        person: Whom they are about.
        zone: IANA zone of the person's days; "" not known.
        resources: By reference.
    """

    person: Person
    zone: str = ""
    resources: dict[str, Json] = field(default_factory=dict)

    def reference(self, *key: str) -> str:
        """The reference of what a key names for this person: the same each time."""
        return f"urn:uuid:{uuid5(NAMESPACE, '/'.join((self.person.key, *key)))}"

    def put(self, resource: Json, *key: str) -> Json:
        """Keep a resource unless one of its key is there, and give a Reference to it."""
        reference = self.reference(*key)
        self.resources.setdefault(reference, {**resource, "id": reference.removeprefix("urn:uuid:")})
        return {"reference": reference}

    @property
    def subject(self) -> Json:
        """A Reference to the person."""
        return {"reference": self.reference("patient")}

    def on(self, day: date) -> Json:
        """The effective time of something of a day: its first and last second where the zone is known."""
        return self.during(day, day) if self.zone else {"effectiveDateTime": day.isoformat()}

    def during(self, first: date, last: date | None) -> Json:
        """The effective time of something of several days."""
        return {"effectivePeriod": self.period(first, last)}

    def period(self, first: date, last: date | None) -> Json:
        """A Period from the first second of a day to the last of another; None while it goes on."""
        ends = {} if last is None else {"end": self.moment(last, last=True)}
        return {"start": self.moment(first), **ends}

    def moment(self, day: date, *, last: bool = False) -> str:
        """A day's first or last second with the zone's offset; the date alone where the zone is not known."""
        if not self.zone:
            return day.isoformat()
        zone = zone_named(self.zone)
        if not last:
            return datetime.combine(day, time(), zone).isoformat()
        return datetime.combine(day, time(23, 59, 59), zone).isoformat()


def patient(person: Person) -> Json:
    """The Patient: nothing that names a person unless they gave it."""
    gender = GENDERS.get(person.sex.casefold(), "other") if person.sex else None
    return {
        "resourceType": "Patient",
        **({"name": [{"text": person.name}]} if person.name else {}),
        **({"gender": gender} if gender else {}),
    }


def notes(*texts: str) -> Json:
    """Annotations of a resource; nothing without a text."""
    told = [{"text": text} for text in texts if text]
    return {"note": told} if told else {}


def runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in order as runs without a gap: first and last of each."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] <= timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
