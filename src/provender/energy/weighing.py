"""Which weighings can be used, which are set aside with a reason, and what should be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

import numpy as np

from provender.energy.expenditure_model import Array, Flags

LEAST_KG, MOST_KG = 2.0, 650.0
POUNDS_A_KG: Final = 2.20462262
KG_A_STONE: Final = 6.35029318
UNIT_NEAR: Final = 0.15
ODD_SHARE: Final = 0.08
ODD_SHARE_A_DAY: Final = 0.002
ODD_SHARE_AT_MOST: Final = 0.35
"""A weighing further off than 8 % (more after a gap) is set aside (own)."""
AGREEING: Final = 3
SAME_SHARE: Final = 0.03
RECENT: Final = 5
ONE_LEVEL: Final = 0.3


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that was not used, and why.

    Attributes:
        day: Its day.
        what: ``weight``, ``energy`` or ``day``.
        found: What stood there; None when nothing did.
        reason: A sentence.
    """

    day: date
    what: str
    found: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the person can answer.

    Attributes:
        day: The day it is about.
        what: ``weight`` or ``energy``.
        found: The number in doubt.
        beside: The number it was compared with.
        kind: ``pounds``, ``stones``, ``kilograms``, ``kilojoules``, ``step`` or ``contradiction``.
        sentence: What to ask.
    """

    day: date
    what: str
    found: float
    beside: float
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Weighings:
    """Cleaned weighings.

    Attributes:
        weight_kg: (days,), NaN when missing or set aside.
        stepped: (days,), True on days from which the scale shows another level.
        ignored: What was set aside.
        questions: What should be asked.
    """

    weight_kg: Array
    stepped: Flags
    ignored: tuple[Ignored, ...]
    questions: tuple[Question, ...]


def day_text(day: date) -> str:
    """A day as it is said: ``3 May``."""
    return f"{day.day} {day:%B}"


class _Walk:
    """Weighings one after another, each beside the last good ones."""

    def __init__(self, days: Sequence[date], weight_kg: Array) -> None:
        self.days, self.read = days, weight_kg
        self.kept = np.full(weight_kg.size, np.nan)
        self.stepped = np.zeros(weight_kg.size, dtype=bool)
        self.ignored: dict[int, Ignored] = {}
        self.questions: list[Question] = []
        bodily = (weight_kg >= LEAST_KG) & (weight_kg <= MOST_KG)
        self.seen: list[int] = np.flatnonzero(bodily).tolist()
        self.good = [_usual_level(weight_kg[self.seen])] if self.seen else []
        self.odd: list[int] = []
        self.last = self.seen[0] if self.seen else 0
        for t in np.flatnonzero(~bodily & np.isfinite(weight_kg)).tolist():
            self.ignored[t] = _aside(days[t], float(weight_kg[t]), "no body weighs that; is the unit right?")

    def take(self, t: int) -> None:
        kg, beside = float(self.read[t]), median(self.good[-RECENT:])
        if _fits(kg, beside, t - self.last):
            before = self.good[-RECENT:] if _fits(kg, beside, 0) else []  # a gap makes what came before it old
            self.good, self.odd, self.last = [*before, kg], [], t
            self.kept[t] = kg
        elif (asked := _unit(self.days[t], kg, beside)) is not None:
            self.questions.append(asked)
        else:
            self.odd.append(t)
            why = f"it is more than {ODD_SHARE:.0%} from the {beside:.1f} around it, so it is left out"
            self.ignored[t] = _aside(self.days[t], kg, why)
            if _agree(self.read[self.odd]):
                self._believe(self.odd[-AGREEING:], beside)

    def _believe(self, level: list[int], beside: float) -> None:
        self.questions.append(_step(self.days[level[0]], float(self.read[level[0]]), beside))
        self.stepped[level[0]] = True
        for t in level:
            self.kept[t] = self.read[t]
            del self.ignored[t]
        self.good, self.odd, self.last = [float(self.read[t]) for t in level], [], level[-1]


def weighings(days: Sequence[date], weight_kg: Array) -> Weighings:
    """Weighings that can be used.

    Each is compared with the median of the five last good ones. About 2.2 times as much is asked about
    (pounds?), as are 1/2.2 and 1/6.35 of it; more than 8 % off (a little more for each day since) is set
    aside. Three in a row that agree on a new level are believed, and asked about.

    Args:
        days: (days,) consecutive days.
        weight_kg: (days,), NaN when missing.
    """
    walk = _Walk(days, weight_kg)
    for t in walk.seen:
        walk.take(t)
    return Weighings(walk.kept, walk.stepped, tuple(walk.ignored.values()), tuple(walk.questions))


def _aside(day: date, kg: float, why: str) -> Ignored:
    return Ignored(day, "weight", kg, f"found {kg:g} kg on {day_text(day)}: {why}")


def _usual_level(known: Array) -> float:
    """The median of the level that most weighings share."""
    logs = np.log(np.sort(known))
    count = np.searchsorted(logs, np.log(known) + ONE_LEVEL) - np.searchsorted(logs, np.log(known) - ONE_LEVEL)
    most = known[int(np.argmax(count))]
    return float(np.median(known[np.abs(np.log(known / most)) <= ONE_LEVEL][:AGREEING]))


def _fits(kg: float, beside: float, days: int) -> bool:
    return abs(kg / beside - 1) <= min(ODD_SHARE_AT_MOST, ODD_SHARE + ODD_SHARE_A_DAY * abs(days))


def _agree(odd: Array) -> bool:
    last = odd[-AGREEING:]
    return last.size == AGREEING and float(np.ptp(last)) <= SAME_SHARE * float(np.median(last))


def _unit(day: date, kg: float, beside: float) -> Question | None:
    """A question when the number is about what another unit would make of the usual weight."""
    for kind, times in (("pounds", POUNDS_A_KG), ("kilograms", 1 / POUNDS_A_KG), ("stones", 1 / KG_A_STONE)):
        if abs(kg / (beside * times) - 1) < UNIT_NEAR:
            ask = "are the others in pounds?" if kind == "kilograms" else f"is this in {kind}?"
            said = f"found {kg:g} on {day_text(day)} beside {beside:.4g}; {ask} Until you say so it is left out."
            return Question(day, "weight", kg, beside, kind, said)
    return None


def _step(day: date, kg: float, beside: float) -> Question:
    return Question(
        day,
        "weight",
        kg,
        beside,
        "step",
        f"found {kg:g} from {day_text(day)} on, after {beside:.4g}; is that another scale? The new level is used and"
        " the step itself is not counted as gained or lost.",
    )
