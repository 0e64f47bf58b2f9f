"""The trial file: one person's trial in one text file, a TOML header and a CSV row for each day.

``docs/trial_file.md`` describes it. A plain CSV with ``day``, ``outcome`` and ``assigned`` is read too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials.design import COMPARISON, LETTERS, LONGEST_D, Design, period_of_day
from provender.trials.randomise import rank
from provender.trials.scale import PAIN, Scale
from provender.trials.schedule import Floats, Schedule, schedule, schedule_from_assigned
from provender.trials.series import Observation, Series, day_faults, laid, raise_faults
from provender.trials.trial_header import Header, header_text, read_header
from provender.trials.trial_rows import Row, read_rows, rows_text

FENCE: Final = "+++"
MOST_BYTES: Final = 16_000_000
"""Ten years of days with long notes are a tenth of this (own)."""


@dataclass(frozen=True, slots=True)
class DayNote:
    """Words written on a day.

    Attributes:
        day: The date.
        text: The words.
    """

    day: date
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class TrialFile:
    """One person's trial as it was kept.

    Attributes:
        header: What was decided before day 1.
        rows: What was written each day.
        calendar: What each day is for.
        series: Each outcome by its name, the primary one first.
        guesses: (periods,) which arm the person thought each period was: 1.0 treatment, 0.0 comparison, 0.5 cannot
            say, NaN not asked; the last guess of a period counts.
        assumed: What was not said and therefore assumed, one sentence each.
    """

    header: Header
    rows: tuple[Row, ...]
    calendar: Schedule
    series: Mapping[str, Series]
    guesses: Floats
    assumed: tuple[str, ...] = ()

    @property
    def design(self) -> Design | None:
        """Periods and days; None unknown."""
        return self.header.design

    @property
    def sequence(self) -> tuple[int, ...] | None:
        """(periods,) arms in time, 0 comparison, 1 treatment; None without a design."""
        return self.header.sequence

    @property
    def primary(self) -> Series:
        """The series of the primary outcome."""
        return next(iter(self.series.values()))

    @property
    def looks(self) -> tuple[date, ...]:
        """Dates on which results were looked at before the end."""
        return self.header.looks

    @property
    def co_interventions(self) -> tuple[DayNote, ...]:
        """Other changes, by day."""
        return self._words("other")

    @property
    def adverse_events(self) -> tuple[DayNote, ...]:
        """What bad happened, by day."""
        return self._words("adverse")

    @property
    def notes(self) -> tuple[DayNote, ...]:
        """Anything else, by day."""
        return self._words("note")

    def _words(self, column: str) -> tuple[DayNote, ...]:
        return tuple(DayNote(row.day, text) for row in self.rows if (text := getattr(row, column)))


def read_trial(
    content: bytes,
    *,
    today: date,
    scales: Sequence[Scale] = (),
    design: Design | None = None,
    columns: Mapping[str, str] | None = None,
    name: str = "",
) -> TrialFile:
    """A trial file, or a plain CSV with the columns ``day``, ``outcome`` and ``assigned``.

    Args:
        content: The bytes of the file, UTF-8.
        today: The person's date; later days are refused.
        scales: What the outcomes of a plain CSV are; without any a pain score of 0 to 10, which is then named
            among what was assumed. Not for a file with a header, which says so itself.
        design: The design of a plain CSV; without one each run of days of one arm is a period.
        columns: Names of a plain CSV's own columns by what they mean here, such as ``{"day": "date"}``.
        name: Name of the file, for messages.

    Raises:
        InputError: The file cannot be read; the message says the line, what was found, what was expected and what
            to do, for up to eight faults at once.
    """
    text = _text(content, name)
    head, body, first_line = _parted(text, name)
    if head is None:
        plain = Header(outcomes=tuple(scales) or (PAIN,), design=design)
        assumed = () if scales else (_assumed_scale(),)
        return _assembled(plain, body, first_line, today, _Source(name, strict=False, columns=columns or {}), assumed)
    given = next((key for key, value in (("scales", scales), ("design", design), ("columns", columns)) if value), None)
    if given is not None:
        raise InputError(
            f"found {given} beside a file with a header, expected them in the header; change it there", field=given
        )
    header = read_header(head, name=name)
    return _assembled(header, body, first_line, today, _Source(name, strict=True, columns={}), ())


def write_trial(trial: TrialFile) -> bytes:
    """A trial as a file that reads back as it was; the same bytes for the same trial."""
    header = header_text(trial.header)
    return f"{FENCE}\n{header}{FENCE}\n{rows_text(trial.rows, len(trial.header.outcomes))}".encode()


def check_apart(trials: Sequence[TrialFile]) -> None:
    """Raise where two trials of one person lie on the same days: neither could tell its effect from the other's.

    Args:
        trials: Trials of one person, in any order.

    Raises:
        InputError: Two that overlap; the message says which and where.
    """
    ordered = sorted(trials, key=lambda trial: (trial.calendar.first_day, trial.calendar.last_day))
    for one, other in pairwise(ordered):
        if other.calendar.first_day <= one.calendar.last_day:
            last = min(one.calendar.last_day, other.calendar.last_day)
            raise InputError(
                f"found {_named(one)} and {_named(other)} both on {other.calendar.first_day} to {last}, expected one"
                " trial at a time; begin the second after the first, or exclude the days of one",
                field="first_day",
            )


@dataclass(frozen=True, slots=True)
class _Source:
    """Where rows come from: name of the file, whether unknown columns are errors, names of its own columns."""

    name: str
    strict: bool
    columns: Mapping[str, str]


def _named(trial: TrialFile) -> str:
    title = f'"{trial.header.title}"' if trial.header.title else "a trial"
    return f"{title} ({trial.calendar.first_day} to {trial.calendar.last_day})"


def _assumed_scale() -> str:
    return (
        f"nothing is said of the scale: taken as {PAIN.name}, {PAIN.words()}, lower is better, smallest difference"
        f" that matters {PAIN.mcid:g}"
    )


def _text(content: bytes, name: str) -> str:
    if len(content) > MOST_BYTES:
        raise InputError(f"{name}: found {len(content):,} bytes, expected at most {MOST_BYTES:,}".lstrip(": "))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name} line {line}: found bytes that are not UTF-8; save the file as CSV UTF-8".lstrip()
        ) from None


def _parted(text: str, name: str) -> tuple[str | None, str, int]:
    """Header without its fences (None without one), body, and the line on which the body begins."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        return None, text, 1
    end = next((at for at, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        raise InputError(
            f"{name} line 1: found a header that does not end, expected a second line of {FENCE}".lstrip(),
            field="header",
        )
    return "\n".join(["", *(line.rstrip("\r") for line in lines[1:end])]), "\n".join(lines[end + 1 :]), end + 2


def _assembled(
    header: Header, body: str, first_line: int, today: date, source: _Source, assumed: tuple[str, ...]
) -> TrialFile:
    names = [scale.name for scale in header.outcomes]
    found = read_rows(
        body, first_line, names, zone=header.zone, name=source.name, strict=source.strict, columns=source.columns
    )
    raise_faults(found.faults)
    rows = found.rows
    where = [_where(row, source.name) for row in rows]
    seen = [Observation(row.day, 0.0, where=at) for row, at in zip(rows, where, strict=True)]
    header, calendar, guessed = _calendar(header, rows, seen, today)
    raise_faults(day_faults(seen, calendar, today) + _assigned_faults(rows, where, calendar))
    taken = {row.day: row.taken for row in rows if row.taken is not None}
    series = {}
    for k, scale in enumerate(header.outcomes):
        observations = [
            Observation(row.day, value, backfilled=row.backfilled, where=at)
            for row, at in zip(rows, where, strict=True)
            if (value := row.outcomes[k]) is not None
        ]
        series[scale.name] = laid(observations, calendar, scale, taken=taken, exclusions=header.exclusions)
    unread = (f"columns that were not read: {', '.join(found.unread)}",) if found.unread else ()
    return TrialFile(header, rows, calendar, series, _guesses(rows, calendar), (*assumed, *guessed, *unread))


def _where(row: Row, name: str) -> str:
    return f"{name} line {row.line}".strip()


def _calendar(
    header: Header, rows: Sequence[Row], seen: Sequence[Observation], today: date
) -> tuple[Header, Schedule, tuple[str, ...]]:
    """The header with its sequence and first day, what each day is for, and what was assumed."""
    first = header.first_day or (rows[0].day if rows else None)
    if first is None:
        raise InputError("found no rows and no first_day, expected at least one day", field="day")
    if header.design is not None:
        sequence = header.sequence or _sequence_of_rows(header.design, rows, first, sealed=bool(header.commitment))
        calendar = schedule(header.design, sequence, first)
        return replace(header, first_day=first, sequence=sequence), calendar, ()
    empty = Schedule(first, np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))
    raise_faults(day_faults(seen, empty, today))
    if rows and (rows[-1].day - first).days >= LONGEST_D:
        raise InputError(
            f"found rows from {first} to {rows[-1].day}, expected at most {LONGEST_D:,} days (twenty years);"
            " is a year right?",
            field="day",
        )
    assigned, between = _filled(rows, first)
    said = (f"{between} days without a row between two arms count as the arm before them",) if between else ()
    return replace(header, first_day=first), schedule_from_assigned(first, assigned), said


def _sequence_of_rows(design: Design, rows: Sequence[Row], first: date, *, sealed: bool) -> tuple[int, ...]:
    """The sequence that the column ``assigned`` says; each period must say the same on all its rows.

    Raises:
        InputError: A period without an assigned day or with both arms, or a sequence outside the scheme.
    """
    period = period_of_day(design)
    said: dict[int, set[int]] = {k: set() for k in range(design.periods)}
    for row in rows:
        at = (row.day - first).days
        if row.assigned is not None and 0 <= at < design.days and period[at] >= 0:
            said[int(period[at])].add(row.assigned)
    for k, arms in said.items():
        if len(arms) != 1:
            start = first + timedelta(days=int(np.flatnonzero(period == k)[0]))
            found = "both arms" if arms else "no assigned day"
            do = (
                "the sequence is still sealed: reveal the seed" if sealed else "give the sequence or seed in the header"
            )
            raise InputError(
                f"found {found} in period {k + 1} ({start} on), expected one arm in each period; {do}, or the design"
                " that was used",
                field="sequence",
            )
    sequence = tuple(arms.pop() for arms in said.values())
    rank(design, sequence)
    return sequence


def _filled(rows: Sequence[Row], first: date) -> tuple[list[int], int]:
    """Arms by day without a design: a day that says nothing is like the one before; how many such lie between arms."""
    known = [((row.day - first).days, row.assigned) for row in rows if row.assigned is not None]
    if not known:
        return [COMPARISON] * (((rows[-1].day - first).days + 1) if rows else 0), 0
    assigned, between = [known[0][1]] * known[0][0], 0
    for (at, arm), (after, other) in pairwise(known):
        assigned += [arm] * (after - at)
        between += (after - at - 1) * (arm != other)
    assigned += [known[-1][1]] * ((rows[-1].day - first).days - known[-1][0] + 1)
    return assigned, between


def _assigned_faults(rows: Sequence[Row], where: Sequence[str], calendar: Schedule) -> list[str]:
    """Rows whose ``assigned`` is not what the sequence says for the day."""
    faults = []
    for row, at in zip(rows, where, strict=True):
        day = (row.day - calendar.first_day).days
        if row.assigned is None or not 0 <= day < calendar.days or calendar.assigned[day] == row.assigned:
            continue
        k = int(calendar.period[day])
        place = f"period {k + 1}" if k >= 0 else "run-in or washout"
        expected = int(calendar.assigned[day])
        faults.append(
            f"{at}, {row.day}: found assigned {row.assigned}, expected {expected} ({LETTERS[expected]}, {place} of the"
            " schedule); what was taken instead belongs in the column taken"
        )
    return faults


def _guesses(rows: Sequence[Row], calendar: Schedule) -> Floats:
    found = np.full(int(calendar.period.max(initial=-1)) + 1, np.nan)
    for row in rows:
        at = (row.day - calendar.first_day).days
        if row.guess is not None and 0 <= at < calendar.days and calendar.period[at] >= 0:
            found[calendar.period[at]] = row.guess
    return found
