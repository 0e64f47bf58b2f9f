"""The header of a trial file: what was decided before day 1, as TOML between two lines of ``+++``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final

from provender.terms.errors import InputError
from provender.trials.design import Design, Scheme, checked_sequence, sequence_from_text, sequence_text
from provender.trials.randomise import rank, sequence_from_seed
from provender.trials.scale import Scale
from provender.trials.schedule import zone_named
from provender.trials.seal import Revealed, checked_commitment, seed_from_text, verify
from provender.trials.series import Exclusion
from provender.trials.trial_table import Table, toml_text

FORMAT: Final = 1
PRIOR_PAIRS: Final = ("intercept", "effect", "phi", "nu", "tau")
PRIOR_NUMBERS: Final = ("trend_sd", "weekday_sd", "sigma_scale", "sigma_df")
_POSITIVE_PAIRS: Final = ("phi", "nu", "tau")
Prior = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Header:
    """What was decided before day 1.

    Attributes:
        outcomes: What is measured, the primary outcome first.
        title: What the trial is about.
        zone: IANA zone the dates are of; "" unknown.
        first_day: The first day, of the run-in if there is one; None: the first row.
        comparison: Name of arm A.
        treatment: Name of arm B.
        design: Periods and days; None unknown, which leaves no randomisation test.
        sequence: (periods,) arms in time; None where only the rows say what was assigned.
        seed: 32 bytes the sequence follows from; None unknown or still sealed.
        commitment: What was published before day 1, 64 hexadecimal digits; "" nothing.
        seal: What the seed proves against the commitment; None without both.
        looks: Dates on which results were looked at before the end.
        exclusions: Days that do not count, with reasons.
        priors: What is believed of each parameter instead of the defaults: name to a number or two.
    """

    outcomes: tuple[Scale, ...]
    title: str = ""
    zone: str = ""
    first_day: date | None = None
    comparison: str = ""
    treatment: str = ""
    design: Design | None = None
    sequence: tuple[int, ...] | None = None
    seed: bytes | None = None
    commitment: str = ""
    seal: Revealed | None = None
    looks: tuple[date, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    priors: Mapping[str, Prior] = field(default_factory=dict)


def read_header(text: str, *, name: str = "") -> Header:
    """The header of a trial file.

    Args:
        text: TOML; its first line is the first line of the file (the opening ``+++`` left empty).
        name: Name of the file, for messages.

    Raises:
        InputError: No TOML, an unknown or missing entry, a value that cannot be, a sequence that the scheme cannot
            produce or that the seed does not stand for.
    """
    top = Table(_toml(text, name), text, name=name)
    version = top.whole("format")
    if version not in (None, FORMAT):
        raise top.fault("format", version, f"{FORMAT}; this file is of a newer release")
    arms = _table(top, text, "arms", name)
    design = _design(top, text, name)
    outcomes = tuple(_scale(table) for table in _tables(top, text, "outcome", name))
    if not outcomes:
        raise InputError(
            f'{top.where()}: found no [[outcome]], expected at least one with a name, such as name = "pain"',
            field="outcome",
        )
    _once(top, outcomes)
    sequence, seed, committed, seal = _sequence(top, design)
    header = Header(
        outcomes=outcomes,
        title=top.text("title"),
        zone=_zone(top),
        first_day=_first_day(top, design),
        comparison=arms.text("A"),
        treatment=arms.text("B"),
        design=design,
        sequence=sequence,
        seed=seed,
        commitment=committed,
        seal=seal,
        looks=top.days("looks"),
        exclusions=tuple(_exclusion(table) for table in _tables(top, text, "exclusion", name)),
        priors=_priors(_table(top, text, "priors", name)),
    )
    arms.done()
    top.done()
    return header


def header_text(header: Header) -> str:
    """The header as TOML, the same for equal headers; reads back as it was."""
    top = {
        "format": FORMAT,
        "title": header.title or None,
        "zone": header.zone or None,
        "first_day": header.first_day,
        "sequence": None if header.sequence is None else sequence_text(header.sequence),
        "seed": None if header.seed is None else header.seed.hex(),
        "commitment": header.commitment or None,
        "looks": header.looks or None,
    }
    parts = [_lines(top)]
    if header.design is not None:
        parts.append("[design]\n" + _lines(header.design.fields()))
    if header.comparison or header.treatment:
        parts.append("[arms]\n" + _lines({"A": header.comparison or None, "B": header.treatment or None}))
    parts += ["[[outcome]]\n" + _lines(_scale_fields(scale)) for scale in header.outcomes]
    parts += [
        "[[exclusion]]\n" + _lines({"from": each.first, "to": each.last, "reason": each.reason})
        for each in header.exclusions
    ]
    if header.priors:
        parts.append("[priors]\n" + _lines(header.priors))
    return "\n".join(parts)


def _lines(content: Mapping[str, object]) -> str:
    return "".join(f"{key} = {toml_text(value)}\n" for key, value in content.items() if value is not None)


def _scale_fields(scale: Scale) -> dict[str, object]:
    found = {each.name: getattr(scale, each.name) for each in fields(scale)}
    return {**found, "kind": str(scale.kind), "unit": scale.unit or None}


def _toml(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{name or 'trial file'}: found a header that is not TOML: {error}; texts stand in quotes, dates and"
            " numbers do not",
            field="header",
        ) from None


def _table(top: Table, text: str, heading: str, name: str) -> Table:
    content = top.take(heading)
    if content is not None and not isinstance(content, dict):
        raise top.fault(heading, content, f"a table under the heading [{heading}]")
    return Table(content or {}, text, heading, name=name)


def _tables(top: Table, text: str, heading: str, name: str) -> tuple[Table, ...]:
    content = top.take(heading)
    if content is None:
        return ()
    several = content if isinstance(content, list) else [content]
    if not all(isinstance(each, dict) for each in several):
        raise top.fault(heading, content, f"tables under the heading [[{heading}]]")
    return tuple(Table(each, text, heading, number, name) for number, each in enumerate(several))


def _at(table: Table, error: InputError) -> InputError:
    """The error with the line of its field before it."""
    return InputError(f"{table.where(error.field)}: {error}", field=error.field)


def _design(top: Table, text: str, name: str) -> Design | None:
    content = _table(top, text, "design", name)
    names = [each.name for each in fields(Design) if each.name != "scheme"]
    scheme = content.text("scheme", Scheme.PAIRS)
    found = {key: value for key in names if (value := content.whole(key)) is not None}
    content.done()
    if not found:
        return None
    if "pairs" not in found:
        raise content.fault("pairs", None, "how many pairs of periods, such as pairs = 6")
    try:
        return Design(scheme=scheme, **found)  # type: ignore[arg-type]
    except InputError as error:
        raise _at(content, error) from None


def _scale(table: Table) -> Scale:
    given = {
        "unit": table.text("unit"),
        "low": table.number("low"),
        "high": table.number("high"),
        "step": table.number("step"),
        "mcid": table.number("mcid"),
        "kind": table.text("kind") or None,
    }
    name = table.text("name")
    lower_is_better = table.flag("lower_is_better", default=True)
    table.done()
    try:
        known = {key: value for key, value in given.items() if value is not None}
        return Scale(name, lower_is_better=lower_is_better, **known)  # type: ignore[arg-type]
    except InputError as error:
        raise _at(table, error) from None


def _once(top: Table, outcomes: tuple[Scale, ...]) -> None:
    names = [scale.name for scale in outcomes]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"{top.where()}: found two outcomes named {twice!r}, expected each once", field="outcome")


def _zone(top: Table) -> str:
    zone = top.text("zone")
    if zone:
        try:
            zone_named(zone)
        except InputError as error:
            raise _at(top, error) from None
    return zone


def _first_day(top: Table, design: Design | None) -> date | None:
    first = top.day("first_day")
    if first is None and design is not None:
        raise top.fault("first_day", None, "the date of the first day of the run-in or first period")
    return first


def _sequence(top: Table, design: Design | None) -> tuple[tuple[int, ...] | None, bytes | None, str, Revealed | None]:
    """Sequence, seed, commitment and what they prove; each checked against the design."""
    text, digits, committed = top.text("sequence"), top.text("seed"), top.text("commitment")
    if design is None:
        given = next((key for key, value in (("sequence", text), ("seed", digits)) if value), None)
        if given is not None:
            raise top.fault(given, text or "a seed", "a [design] beside it, with pairs and period_days")
        return None, None, committed, None
    try:
        seed = seed_from_text(digits) if digits else None
        committed = checked_commitment(committed) if committed else ""
        sequence = _given_sequence(design, text) if text else None
        if seed is None:
            return sequence, None, committed, None
        follows = sequence_from_seed(design, seed)
        if committed:
            used = sequence or follows
            return used, seed, committed, verify(committed, design, seed, used)
    except InputError as error:
        raise _at(top, error) from None
    if sequence not in (None, follows):
        raise top.fault("sequence", text, f"{sequence_text(follows)}, for which the seed stands; one of them is wrong")
    return follows, seed, committed, None


def _given_sequence(design: Design, text: str) -> tuple[int, ...]:
    sequence = sequence_from_text(text)
    checked_sequence(design, sequence)
    rank(design, sequence)
    return sequence


def _exclusion(table: Table) -> Exclusion:
    first = table.day("from")
    last = table.day("to") or first
    reason = table.text("reason")
    table.done()
    if first is None or last is None:
        raise table.fault("from", None, "the first date of the days that do not count")
    try:
        return Exclusion(first, last, reason)
    except InputError as error:
        raise _at(table, error) from None


def _priors(table: Table) -> dict[str, Prior]:
    found: dict[str, Prior] = {}
    for key in PRIOR_PAIRS:
        pair = table.pair(key)
        if pair is not None:
            if pair[1] <= 0 or (key in _POSITIVE_PAIRS and pair[0] <= 0):
                raise table.fault(key, list(pair), "a spread above 0" if key in PRIOR_PAIRS[:2] else "two above 0")
            found[key] = pair
    for key in PRIOR_NUMBERS:
        number = table.number(key)
        if number is not None:
            if number <= 0:
                raise table.fault(key, number, "a number above 0")
            found[key] = number
    table.done()
    return found
