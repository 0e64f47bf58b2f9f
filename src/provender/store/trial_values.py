"""A personal trial as the store gives it: what was decided, where it stands, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from provender.trials.protocol import DayOf, Protocol, day_of


class Status(StrEnum):
    """Where a trial stands."""

    DRAFT = "draft"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"
    SCREENED_OUT = "screened-out"


class Happened(StrEnum):
    """What may be noted of a trial."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    ADVERSE = "adverse"
    OTHER = "other"
    LOOKED = "looked"
    SEAL_BROKEN = "seal-broken"
    GUESS = "guess"
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: what, on which day, in which words."""

    kind: Happened
    day: date
    text: str
    value: Mapping[str, Any]
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A trial as it stands.

    Attributes:
        key: Its address.
        status: Where it stands.
        protocol: What was decided.
        screen: The answers and reasons of the screen; empty before.
        consented, agreed: When the person consented, and said that their clinician agreed; None not yet.
        commitment: The sealed hash; "" before the start.
        seed: 64 digits; "" until the end, when it is revealed.
        sequence: (periods,) arms; None for a person who must not know them yet, and before the start.
        events: In the order in which they were written.
        started, ended: When; None not yet.
    """

    key: UUID
    status: Status
    protocol: Protocol
    screen: Mapping[str, Any]
    consented: datetime | None
    agreed: datetime | None
    commitment: str
    seed: str
    sequence: tuple[int, ...] | None
    events: tuple[Event, ...]
    started: datetime | None
    ended: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more is recorded for it."""
        return self.status in (Status.FINISHED, Status.STOPPED)

    @property
    def paused_since(self) -> date | None:
        """The day since which it is paused; None when it is not."""
        last = [one for one in self.events if one.kind in (Happened.PAUSED, Happened.RESUMED)]
        return last[-1].day if last and last[-1].kind is Happened.PAUSED and not self.over else None

    def day(self, on: date) -> DayOf:
        """What a day asks of the person."""
        return day_of(self.protocol, self.sequence, on)
