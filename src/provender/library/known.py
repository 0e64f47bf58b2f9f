"""The numbers that records state, and whether they bear out a figure of a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from provender.library.figures import Figure, figures
from provender.library.study_records import Outcome, Result

NEAR: Final = 0.075
"""Share of its value by which a part of a whole in words may lie beside a known one: "half" for 48 percent."""
FAR: Final = 0.35
"""The same on the side to which it is said to lie: "more than half" for 65 percent."""
_WHOLE: Final = {"percent": 100.0, "per 1000": 1000.0, "share": 1.0}
"""Units of outcomes that are parts of a whole, and that whole."""


@dataclass(frozen=True, slots=True)
class Known:
    """What records state.

    Attributes:
        numbers: Every number, without its sign.
        shares: Those that are parts of a whole, 0 to 1.
    """

    numbers: frozenset[float] = frozenset()
    shares: frozenset[float] = frozenset()

    def __or__(self, other: "Known") -> "Known":
        return Known(self.numbers | other.numbers, self.shares | other.shares)

    def bears_out(self, figure: Figure) -> bool:
        """Whether a known number, rounded as the figure is, gives it.

        A percentage may be known as a share. A part of a whole in words ("two in five", "half") is borne out by a share
        near it, or by both of its numbers.
        """
        if figure.rough:
            low = figure.value * (1 - (FAR if figure.bound == "below" else NEAR))
            high = figure.value * (1 + (FAR if figure.bound == "above" else NEAR))
            near = any(low <= share <= high for share in self.shares)
            return near or (bool(figure.parts) and self.numbers.issuperset(figure.parts))
        step = figure.step / 2 * (1 + 1e-9) + 1e-12
        if figure.percent and any(abs(100 * share - figure.value) <= step for share in self.shares):
            return True
        return any(abs(number - figure.value) <= step for number in self.numbers)


def numbers_known(values: Iterable[float | None]) -> Known:
    """Plain numbers as known; None is left out."""
    return Known(frozenset(abs(float(value)) for value in values if value is not None))


def known_in(record: Any) -> Known:
    """Every number in a record, also those in its texts; days also as weeks and months."""
    pairs = list(_pairs(record, ""))
    return Known(
        frozenset(abs(number) for number, _ in pairs),
        frozenset(abs(number) / whole for number, whole in pairs if whole and abs(number) <= whole),
    )


Pair = tuple[float, float | None]
"""A number and the whole of which it is a part; None for other numbers."""


def _pairs(found: Any, field: str) -> Iterator[Pair]:
    if isinstance(found, Outcome):
        yield from _of_outcome(found)
    elif isinstance(found, BaseModel):
        for name in type(found).model_fields:
            yield from _pairs(getattr(found, name), name)
    elif isinstance(found, Mapping):
        for name, inner in found.items():
            yield from _pairs(inner, str(name))
    elif isinstance(found, tuple | list):
        for inner in found:
            yield from _pairs(inner, field)
    else:
        yield from _of_plain(found, field)


def _of_plain(found: Any, field: str) -> Iterator[Pair]:
    if isinstance(found, str):
        for one in figures(found):
            yield one.value, 100.0 if one.percent else 1.0 if one.rough else None
            yield from ((part, None) for part in one.parts)
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield float(found), {"share": 1.0, "percent": 100.0}.get(field)
        if field == "days":
            yield from ((found / days, None) for days in (7, 30, 30.4))


def _of_outcome(outcome: Outcome) -> Iterator[Pair]:
    """An outcome's numbers; where its unit says so, as parts of a whole."""
    whole = next((size for unit, size in _WHOLE.items() if outcome.unit.startswith(unit)), None)
    for name in type(outcome).model_fields:
        for number, part_of in _pairs(getattr(outcome, name), name):
            yield number, part_of or whole
    for result in outcome.results:
        yield from _of_result(result)


def _of_result(result: Result) -> Iterator[Pair]:
    if result.events is not None and result.n:
        yield result.events / result.n, 1.0
