"""From what the diary holds of a trial to its file and its answer: the same file that the terminal reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from uuid import UUID

from provender.store.days import today
from provender.store.models import Member
from provender.store.observations import observed, written_late
from provender.store.trial_values import Event, Happened, Kept
from provender.store.trials import helper_sequence, taken_by_day, trial
from provender.terms.errors import InputError
from provender.trials.answer import Answer, answer
from provender.trials.design import sequence_text
from provender.trials.protocol import day_of, periods_of, whole_pairs
from provender.trials.seal import seed_from_text
from provender.trials.series import Exclusion
from provender.trials.trial_file import FENCE, TrialFile, read_trial
from provender.trials.trial_header import header_text
from provender.trials.trial_rows import Row, rows_text

ANSWERS_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a trial was kept up to a day; tells nothing of its effect.

    Attributes:
        passed: Days of it that are over or today.
        days: Days of it in all.
        recorded: Days with a value of the primary outcome.
        late: Of them, written on a later day.
        done: Mean share of what was to be done on the days that were told of; None where none was.
        told: Days on which it was told.
        missing: Days without a value, the latest first, at most ten.
    """

    passed: int
    days: int
    recorded: int
    late: int
    done: float | None
    told: int
    missing: tuple[date, ...]

    @property
    def share(self) -> float | None:
        """Share of the days so far with a value; None before the first."""
        return self.recorded / self.passed if self.passed else None


def file_bytes(member: Member, key: UUID) -> bytes:
    """The trial as a file, with what is known to the person: a sealed order stays sealed.

    Raises:
        NotFoundError: Not theirs.
    """
    found = trial(member, key)
    return _bytes(found, found.sequence, _rows(member, found, found.sequence))


def answer_of(member: Member, key: UUID, *, published: tuple[float, float] | None = None, more: bool = False) -> Answer:
    """What a trial says of its primary outcome: at its end, or after whole pairs where looks were declared.

    Args:
        member: Whose.
        key: Which.
        published: Mean and sd of the effect in published studies, to be shown beside.
        more: Whether to reckon how many more pairs would settle it.

    Raises:
        InputError: Not begun, no look yet, or nothing recorded.
        NotFoundError: Not theirs.
    """
    found = trial(member, key)
    if found.started is None:
        raise InputError("This trial has not begun, so there is nothing to tell.", field="trial")
    on = today(member.zone)
    if not found.over and not whole_pairs(found.protocol, on):
        raise InputError("The first pair of periods is not over yet, so there is nothing to compare.", field="today")
    sequence = helper_sequence(member, key)
    content = _bytes(found, sequence, _rows(member, found, sequence))
    looked = [one.day for one in found.events if one.kind is Happened.LOOKED]
    broken = any(one.kind is Happened.SEAL_BROKEN for one in found.events)
    last = on if broken or not looked else looked[-1]  # a look shows what was there then; another look is another event
    return _answered(content, None if found.over else last, on, published, more)


@lru_cache(maxsize=ANSWERS_KEPT)
def _answered(
    content: bytes, looked: date | None, on: date, published: tuple[float, float] | None, more: bool
) -> Answer:
    """The answer to a file's very bytes: another day's page costs nothing again."""
    return answer(read_trial(content, today=on), today=looked, published=published, more=more)


def trial_file(member: Member, key: UUID) -> TrialFile:
    """The trial as the engine reads it.

    Raises:
        NotFoundError: Not theirs.
    """
    return read_trial(file_bytes(member, key), today=today(member.zone))


def quality(member: Member, key: UUID) -> Quality:
    """How well a trial is kept."""
    found = trial(member, key)
    first, last = found.protocol.first_day, min(today(member.zone), found.protocol.last_day)
    passed = max((last - first).days + 1, 0)
    name = found.protocol.outcomes[0].instrument
    seen = observed(member, name, first, last) if passed else {}
    taken = {day: share for day, share in taken_by_day(member, key).items() if day <= last}
    missing = [one for n in range(passed) if (one := last - timedelta(days=n)) not in seen]
    return Quality(
        passed=passed,
        days=found.protocol.design.days,
        recorded=len(seen),
        late=len(written_late(member, name, first, last)) if passed else 0,
        done=sum(taken.values()) / len(taken) if taken else None,
        told=len(taken),
        missing=tuple(missing[:10]),
    )


def pauses(found: Kept) -> tuple[Exclusion, ...]:
    """Days of a pause, which do not count; the calendar goes on."""
    made: list[Exclusion] = []
    begun: Event | None = None
    for one in found.events:
        if one.kind is Happened.PAUSED and begun is None:
            begun = one
        elif one.kind is Happened.RESUMED and begun is not None:
            last = max(one.day - timedelta(days=1), begun.day)
            made.append(Exclusion(begun.day, last, begun.text or "a pause"))
            begun = None
    if begun is not None:
        made.append(Exclusion(begun.day, max(found.protocol.last_day, begun.day), begun.text or "a pause"))
    return tuple(made)


def _bytes(found: Kept, sequence: tuple[int, ...] | None, rows: list[Row]) -> bytes:
    header = found.protocol.header(
        sequence,
        seed=seed_from_text(found.seed) if found.seed else None,
        commitment=found.commitment,
        looks=[one.day for one in found.events if one.kind in (Happened.LOOKED, Happened.SEAL_BROKEN)],
        exclusions=pauses(found),
    )
    return f"{FENCE}\n{header_text(header)}{FENCE}\n{rows_text(rows, len(header.outcomes))}".encode()


def _of_treatment(done: float | None, treated: bool | None) -> float | None:
    """The share of the treatment that was taken, from the share of what was to be done; None where it is not known.

    On a day of the comparison all was done when nothing of the treatment was taken.
    """
    if done is None or treated is None:
        return None
    return done if treated else 1.0 - done


def _rows(member: Member, found: Kept, sequence: tuple[int, ...] | None) -> list[Row]:
    protocol = found.protocol
    first, last = protocol.first_day, min(protocol.last_day, today(member.zone))
    names = [one.instrument for one in protocol.outcomes]
    seen = [observed(member, name, first, last) for name in names]
    late = written_late(member, names[0], first, last)
    taken = taken_by_day(member, found.key)
    words = {kind: _words(found, kind) for kind in (Happened.OTHER, Happened.ADVERSE)}
    guesses = _guesses(found)
    days = sorted({*taken, *guesses, *late}.union(*seen, *words.values()))
    return [
        Row(
            day=day,
            outcomes=tuple(one.get(day) for one in seen),
            taken=_of_treatment(taken.get(day), day_of(protocol, sequence, day).treated),
            guess=guesses.get(day),
            backfilled=day in late,
            other=words[Happened.OTHER].get(day, ""),
            adverse=words[Happened.ADVERSE].get(day, ""),
        )
        for day in days
        if first <= day <= last
    ]


def _words(found: Kept, kind: Happened) -> Mapping[date, str]:
    said: dict[date, list[str]] = {}
    for one in found.events:
        if one.kind is kind:
            said.setdefault(one.day, []).append(one.text or str(kind))
    return {day: "; ".join(words) for day, words in said.items()}


def _guesses(found: Kept) -> Mapping[date, float]:
    """Which arm the person took each period for, on its last day."""
    last_days = {number: last for number, _, last, _ in periods_of(found.protocol, None)}
    given = [one for one in found.events if one.kind is Happened.GUESS]
    return {
        last_days[int(number)]: float(arm)
        for one in given
        for number, arm in one.value.items()
        if int(number) in last_days
    }


def sequence_words(member: Member, key: UUID) -> str:
    """The order in letters, once it is known to the person; empty before."""
    found = trial(member, key)
    return "" if found.sequence is None else sequence_text(found.sequence)
