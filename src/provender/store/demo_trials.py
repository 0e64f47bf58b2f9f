"""The simulated member's three trials: one answered, one that runs, one that the safety questions set aside."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np

from provender.diary.entries import Kind
from provender.diary.instruments import instrument, unit_of
from provender.store.days import now, today
from provender.store.models import DiaryEntry, Member, Trial, TrialDay, TrialEvent
from provender.store.trial_values import Happened, Status
from provender.trials.design import Design, Order, sequence_text
from provender.trials.power import Noise, simulated
from provender.trials.priors import Priors
from provender.trials.protocol import Chosen, Protocol, Taken, day_of
from provender.trials.randomise import sequence_from_seed
from provender.trials.schedule import schedule
from provender.trials.seal import commitment

WALK_EFFECT = 1.8
"""Points of sleep that the simulated walks bring: enough to be seen in eight weeks."""
ENDED_DAYS_AGO, BEGUN_DAYS_AGO = 6, 10
SKIPPED_EVERY = 9
MAGNESIUM = "magnesium-back-pain"


def three_trials(member: Member, rng: np.random.Generator) -> None:
    """Give a simulated member three trials."""
    on = today(member.zone)
    walks = Protocol(
        title="A walk after dinner and sleep",
        kind="habit",
        treatment="a walk of 20 minutes after dinner",
        comparison="no walk after dinner",
        outcomes=(Chosen("sleep", 1.0),),
        design=Design(4, 7),
        first_day=on - timedelta(days=ENDED_DAYS_AGO + 4 * 14),
        zone=member.zone,
        kept_stable=("coffee", "bedtime"),
    )
    magnesium = Protocol(
        title="Magnesium and back pain",
        kind="supplement",
        treatment="300 mg magnesium in the evening",
        comparison="no magnesium",
        outcomes=(Chosen("pain", 1.0),),
        design=Design(6, 14),
        first_day=on - timedelta(days=BEGUN_DAYS_AGO),
        zone=member.zone,
        substance="magnesium",
        claim=MAGNESIUM,
        dose=Taken(300.0, "mg"),
        onset_days=7.0,
    )
    curcumin = Protocol(
        title="Curcumin and stiffness",
        kind="supplement",
        treatment="1 g of curcumin",
        comparison="no curcumin",
        outcomes=(Chosen("stiffness", 1.0),),
        design=Design(3, 28),
        first_day=on + timedelta(days=3),
        zone=member.zone,
        substance="curcumin",
        dose=Taken(1.0, "g"),
    )
    _screened_out(member, curcumin)
    finished, order = _begun(member, walks, b"walks")
    _sleep(member, walks, order, rng)
    _kept_days(finished, walks, order, walks.design.days)
    finished.status, finished.ended_at = Status.FINISHED, now()
    finished.save()
    TrialEvent.objects.create(trial=finished, kind=Happened.FINISHED, day=walks.last_day)
    runs, order = _begun(member, magnesium, b"magnesium")
    _kept_days(runs, magnesium, order, BEGUN_DAYS_AGO)


def _begun(member: Member, protocol: Protocol, name: bytes) -> tuple[Trial, tuple[int, ...]]:
    seed = sha256(b"simulated " + name).digest()
    order = sequence_from_seed(protocol.design, seed)
    begun = _instant(member, protocol.first_day, 8)
    row = Trial.objects.create(
        member=member,
        status=Status.RUNNING,
        protocol=protocol.values(),
        screen={"decision": "go on", "answers": {}, "on": protocol.first_day.isoformat()},
        consented_at=begun,
        started_at=begun,
        seed=seed.hex(),
        commitment=commitment(protocol.design, seed),
        sequence=sequence_text(order),
    )
    TrialEvent.objects.create(trial=row, kind=Happened.STARTED, day=protocol.first_day, written_at=begun)
    return row, tuple(int(arm) for arm in order)


def _screened_out(member: Member, protocol: Protocol) -> None:
    reason = {
        "id": "liver-disease",
        "decision": "stop",
        "says": "A disease of the liver: turmeric products have harmed livers.",
        "do": "Do not start.",
        "sources": ["halegoua2023"],
        "unverified": False,
    }
    Trial.objects.create(
        member=member,
        status=Status.SCREENED_OUT,
        protocol=protocol.values(),
        screen={
            "decision": "stop",
            "answers": {},
            "flags": [],
            "locks": False,
            "clinician_unlocks": False,
            "substance": {"decision": "stop", "reasons": [reason], "spacing": []},
        },
    )


def _sleep(member: Member, protocol: Protocol, order: Order, rng: np.random.Generator) -> None:
    calendar = schedule(protocol.design, order, protocol.first_day)
    one = instrument("sleep")
    values = simulated(calendar.assigned, WALK_EFFECT, Noise(sigma=1.1, phi=0.3), Priors(), rng)
    rows = [
        DiaryEntry(
            member=member,
            day=(day := protocol.first_day + timedelta(days=n)),
            zone=member.zone,
            at=_instant(member, day, 8),
            kind=Kind.OBSERVATION.value,
            name="Sleep",
            amount=Decimal(str(int(np.clip(round(float(value)), one.low, one.high)))),
            unit=unit_of("sleep"),
        )
        for n, value in enumerate(values)
        if n % SKIPPED_EVERY
    ]
    DiaryEntry.objects.bulk_create(rows)


def _kept_days(row: Trial, protocol: Protocol, order: Order, days: int) -> None:
    TrialDay.objects.bulk_create(
        TrialDay(trial=row, day=day, taken=1.0)
        for n in range(days)
        if n % SKIPPED_EVERY
        and day_of(protocol, order, day := protocol.first_day + timedelta(days=n)).treated is not None
    )


def _instant(member: Member, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(member.zone))
