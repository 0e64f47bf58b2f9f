"""Personal trials in the database: what may be done with one, each call a transaction and each kept once by its key."""

from collections.abc import Mapping
from datetime import date
from secrets import token_bytes
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from provender.diary.instruments import instrument
from provender.library.safety_answers import Decision
from provender.store.days import now, today
from provender.store.models import Member, Trial, TrialDay, TrialEvent
from provender.store.observations import observe
from provender.store.trial_values import Event, Happened, Kept, Status
from provender.terms.errors import InputError, NotFoundError
from provender.trials.design import sequence_from_text, sequence_text
from provender.trials.protocol import Looks, Phase, Protocol, day_of, protocol_of, whole_pairs
from provender.trials.randomise import sequence_from_seed
from provender.trials.seal import commitment

SEED_BYTES: Final = 32
MOST_TRIALS: Final = 200
LONGEST_NOTE: Final = 2000


def trials(member: Member) -> tuple[Kept, ...]:
    """A member's trials, the newest first."""
    rows = Trial.objects.filter(member=member, deleted_at=None).prefetch_related("events").order_by("-pk")
    return tuple(_kept(row) for row in rows[:MOST_TRIALS])


def trial(member: Member, key: UUID) -> Kept:
    """One of a member's trials.

    Raises:
        NotFoundError: It is not theirs, or was deleted.
    """
    return _kept(_row(member, key))


def running(member: Member) -> tuple[Kept, ...]:
    """The trials that run now, the oldest first."""
    rows = Trial.objects.filter(member=member, status=Status.RUNNING, deleted_at=None).prefetch_related("events")
    return tuple(_kept(row) for row in rows.order_by("pk"))


@transaction.atomic
def propose(member: Member, protocol: Protocol, *, key: UUID | None = None) -> Kept:
    """Keep a draft; the same key changes the draft that is there.

    Raises:
        InputError: The trial has begun, so that nothing of it may change.
    """
    key = key or uuid4()
    row = Trial.objects.select_for_update().filter(member=member, key=key).first() or Trial(member=member, key=key)
    if row.pk is not None and row.status not in (Status.DRAFT, Status.SCREENED_OUT):
        raise InputError("found a trial that has begun, expected a draft; a change is a new trial", field="trial")
    changed = row.pk is None or _asks_anew(protocol_of(row.protocol), protocol)
    row.protocol, row.deleted_at = protocol.values(), None
    if changed:  # another substance or dose is another question to the screen
        row.screen, row.consented_at, row.clinician_agreed_at, row.status = {}, None, None, Status.DRAFT
    row.save()
    return _kept(row)


def _asks_anew(before: Protocol, after: Protocol) -> bool:
    return (before.substance, before.dose, before.kind) != (after.substance, after.dose, after.kind)


@transaction.atomic
def screened(member: Member, key: UUID, decision: Decision, screen: Mapping[str, Any]) -> Kept:
    """Keep what the screen said; "stop" sets the trial aside.

    Raises:
        InputError: It has begun.
    """
    row = _draft(member, key)
    row.screen = {**screen, "decision": decision, "on": today(member.zone).isoformat()}
    row.clinician_agreed_at = None
    row.status = Status.SCREENED_OUT if decision == "stop" else Status.DRAFT
    row.save()
    return _kept(row)


@transaction.atomic
def clinician_agreed(member: Member, key: UUID) -> Kept:
    """Keep that the person's clinician agreed.

    Raises:
        InputError: The screen did not ask for it, or it says stop.
    """
    row = _draft(member, key)
    if row.screen.get("decision") != "ask first" or not row.screen.get("clinician_unlocks"):
        words = "found a screen that no clinician's word unlocks; answer it again, or change the plan"
        raise InputError(words, field="clinician")
    row.clinician_agreed_at = now()
    row.save()
    return _kept(row)


@transaction.atomic
def start(member: Member, key: UUID, *, seed: bytes | None = None) -> Kept:
    """Begin: the order is drawn, and sealed by its hash. Pressing twice begins once.

    Args:
        member: Whose.
        key: Which trial.
        seed: 32 bytes the order follows from; None draws them.

    Raises:
        InputError: Not screened, stopped by the screen, no clinician's word where one is asked for, nobody of 18, a
            first day that has passed, or the same thing tried already.
    """
    row = _row(member, key, lock=True)
    if row.status == Status.RUNNING:
        return _kept(row)
    if row.status != Status.DRAFT:
        raise InputError(f"found a trial that is {row.status}, expected a draft", field="trial")
    protocol = protocol_of(row.protocol)
    _may_start(member, row, protocol)
    drawn = seed or token_bytes(SEED_BYTES)
    row.seed, row.commitment = drawn.hex(), commitment(protocol.design, drawn)
    row.sequence = sequence_text(sequence_from_seed(protocol.design, drawn))
    row.status, row.started_at, row.consented_at = Status.RUNNING, now(), now()
    row.save()
    _note(row, Happened.STARTED, today(member.zone))
    return _kept(row)


def _may_start(member: Member, row: Trial, protocol: Protocol) -> None:
    decision = row.screen.get("decision")
    if decision is None:
        raise InputError("The safety questions have not been answered yet; answer them first.", field="screen")
    if decision == "ask first" and row.clinician_agreed_at is None:
        raise InputError("A clinician must have agreed first; say so when they have.", field="clinician")
    if decision == "stop":
        raise InputError("The safety questions say that this must not be started.", field="screen")
    if member.birth_date is None or _age_y(member.birth_date, today(member.zone)) < 18:
        raise InputError("Personal trials are for people of 18 and older; give your date of birth in Me.", field="age")
    if protocol.first_day < today(member.zone):
        raise InputError(
            f"It would have begun on {protocol.first_day}; choose a first day from today on.", field="first_day"
        )
    for other in running(member):
        same = other.protocol.substance == protocol.substance if protocol.substance else _same_words(other, protocol)
        if same and other.protocol.last_day >= protocol.first_day:
            raise InputError(
                f"“{other.protocol.title}” tries the same and still runs; finish or stop it first.", field="trial"
            )


def _same_words(other: Kept, protocol: Protocol) -> bool:
    return other.protocol.treatment.casefold() == protocol.treatment.casefold()


def _age_y(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@transaction.atomic
def check_in(
    member: Member, key: UUID, *, day: date, values: Mapping[str, float], taken: float | None = None, note: str = ""
) -> Kept:
    """Keep how a day was; what is not said stays as it was, a later word takes the place of an earlier.

    Args:
        member: Whose.
        key: Which trial.
        day: The day that is told of; a later writing is marked.
        values: By instrument.
        taken: Share of what was to be done that was done, 0 to 1; None not said.
        note: Anything.

    Raises:
        InputError: A day outside the trial or in the future, an instrument that is none of its outcomes, a value
            outside its scale, or a share outside 0 to 1.
    """
    row = _row(member, key, lock=True)
    protocol = protocol_of(row.protocol)
    on = today(member.zone)
    if row.status not in (Status.RUNNING, Status.FINISHED):
        raise InputError(f"found a trial that is {row.status}, expected one that runs", field="trial")
    if day > on:
        raise InputError(f"found {day}, a day in the future (today is {on})", field="day")
    if day_of(protocol, None, day).phase in (Phase.BEFORE, Phase.OVER):
        raise InputError(f"found {day}, expected a day from {protocol.first_day} to {protocol.last_day}", field="day")
    asked = {one.instrument for one in protocol.outcomes}
    for name, value in values.items():
        if name not in asked:
            raise InputError(f"found {name[:40]!r}, expected one of {', '.join(sorted(asked))}", field="outcome")
        observe(member, name, instrument(name).checked(value), day=day)
    if taken is not None:
        _tell_taken(row, day, taken, late=day < on)
    if note.strip():
        _note(row, Happened.OTHER, day, note)
    return _kept(row)


def _tell_taken(row: Trial, day: date, taken: float, *, late: bool) -> None:
    if not 0 <= taken <= 1:
        raise InputError(f"found {taken:g}, expected 0 (nothing) to 1 (all)", field="taken")
    TrialDay.objects.update_or_create(trial=row, day=day, defaults={"taken": taken, "backfilled": late})


@transaction.atomic
def happened(
    member: Member,
    key: UUID,
    kind: Happened,
    *,
    day: date,
    text: str = "",
    value: Mapping[str, Any] | None = None,
    event: UUID | None = None,
) -> Kept:
    """Note that something happened; the same event key is kept once. Stopping and finishing reveal the order.

    Raises:
        InputError: A trial that does not run, a day in the future, or a look that the protocol does not allow.
    """
    row = _row(member, key, lock=True)
    if row.status != Status.RUNNING and kind not in (Happened.GUESS, Happened.ADVERSE):
        raise InputError(f"found a trial that is {row.status}, expected one that runs", field="trial")
    if day > today(member.zone):
        raise InputError(f"found {day}, a day in the future", field="day")
    if kind is Happened.LOOKED:
        _may_look(protocol_of(row.protocol), day)
    _note(row, kind, day, text, value, event)
    if kind in (Happened.STOPPED, Happened.FINISHED):
        row.status = Status.STOPPED if kind is Happened.STOPPED else Status.FINISHED
        row.ended_at = now()
        row.save()
    return _kept(row)


def _may_look(protocol: Protocol, day: date) -> None:
    if protocol.looks is Looks.NONE:
        raise InputError("This trial was designed to be looked at only at its end.", field="looks")
    if whole_pairs(protocol, day) < 1:
        raise InputError(
            "The first pair of periods is not over yet; results are looked at after whole pairs.", field="looks"
        )


@transaction.atomic
def forget_draft(member: Member, key: UUID) -> None:
    """Delete a draft; a trial that has begun can be stopped, not deleted.

    Raises:
        InputError: It has begun.
    """
    row = _draft(member, key)
    row.deleted_at = now()
    row.save()


@transaction.atomic
def finish_what_is_over(member: Member) -> tuple[UUID, ...]:
    """Close running trials whose last day has passed; their keys."""
    closed = []
    for one in running(member):
        if one.protocol.last_day < today(member.zone):
            happened(member, one.key, Happened.FINISHED, day=one.protocol.last_day)
            closed.append(one.key)
    return tuple(closed)


def helper_sequence(member: Member, key: UUID) -> tuple[int, ...]:
    """The order of a blinded trial, for the page that a helper prints.

    Raises:
        NotFoundError: Not theirs, or not begun.
    """
    row = _row(member, key)
    if not row.sequence:
        raise NotFoundError("That trial has not begun; its order is drawn at the start.")
    return sequence_from_text(row.sequence)


def taken_by_day(member: Member, key: UUID) -> Mapping[date, float]:
    """What share of what was to be done was done, by day; days that nobody told of are absent."""
    rows = TrialDay.objects.filter(trial=_row(member, key)).values_list("day", "taken")
    return {day: share for day, share in rows if share is not None}


def _note(
    row: Trial,
    kind: Happened,
    day: date,
    text: str = "",
    value: Mapping[str, Any] | None = None,
    event: UUID | None = None,
) -> None:
    if len(text) > LONGEST_NOTE:
        raise InputError(f"found {len(text):,} letters, expected at most {LONGEST_NOTE:,}", field="text")
    TrialEvent.objects.get_or_create(
        trial=row,
        key=event or uuid4(),
        defaults={"kind": kind, "day": day, "text": text.strip(), "value": dict(value or {}), "written_at": now()},
    )


def _row(member: Member, key: UUID, *, lock: bool = False) -> Trial:
    rows = Trial.objects.select_for_update() if lock else Trial.objects.prefetch_related("events")
    found = rows.filter(member=member, key=key, deleted_at=None).first()
    if found is None:
        raise NotFoundError("That trial is not among yours; it may have been deleted.")
    return found


def _draft(member: Member, key: UUID) -> Trial:
    row = _row(member, key, lock=True)
    if row.status not in (Status.DRAFT, Status.SCREENED_OUT):
        raise InputError("found a trial that has begun, expected a draft", field="trial")
    return row


def _kept(row: Trial) -> Kept:
    protocol = protocol_of(row.protocol)
    events = tuple(
        Event(Happened(one.kind), one.day, one.text, one.value, one.written_at)
        for one in sorted(row.events.all(), key=lambda one: (one.written_at, one.pk))
    )
    over = row.status in (Status.FINISHED, Status.STOPPED)
    broken = any(one.kind is Happened.SEAL_BROKEN for one in events)
    known = bool(row.sequence) and (over or broken or not protocol.blinded)
    return Kept(
        key=row.key,
        status=Status(row.status),
        protocol=protocol,
        screen=row.screen,
        consented=row.consented_at,
        agreed=row.clinician_agreed_at,
        commitment=row.commitment,
        seed=row.seed if over else "",
        sequence=sequence_from_text(row.sequence) if known else None,
        events=events,
        started=row.started_at,
        ended=row.ended_at,
    )
