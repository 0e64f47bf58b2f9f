"""Pictures of a trial as places in percent: where the effect probably lies, the days, and what designs would show.

Shapes are drawn in boxes of 1,000 by 100 that stretch with the page; words stand beside them at the same percentages,
so that no letter is ever stretched or shrunk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from provender.trials.answer import Answer
from provender.trials.plans import Plan
from provender.trials.series import Series
from provender.trials.verdict import percent

WIDE: Final = 1000
HIGH: Final = 100
POINTS: Final = 49
BEYOND: Final = 1.6
"""The line of effects is at least this many times the smallest change that matters long, either way."""
CROWDED: Final = 9.0
"""Labels nearer than so many percent of the width would touch."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the curve.

    Attributes:
        name: ``good``, ``small-good``, ``small-bad``, ``bad``: for its colour.
        path: Its outline.
    """

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under a place.

    Attributes:
        at: Place, 0 to 100.
        words: What stands there.
    """

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class EffectPicture:
    """Where the effect probably lies.

    Attributes:
        zones: The curve, parted at no change and at what matters, either way.
        ticks: Numbers below.
        zero: Where no change is.
        matters: Where what matters begins, on the better and the worse side.
        low, high: Where the 95 % interval ends.
        left, right: What the two sides mean.
        label: The picture in words.
    """

    zones: tuple[Zone, ...]
    ticks: tuple[Tick, ...]
    zero: float
    matters: tuple[float, float]
    low: float
    high: float
    left: str
    right: str
    label: str


@dataclass(frozen=True, slots=True)
class Shade:
    """A period with the treatment: where it begins and how wide it is, 0 to 100."""

    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A day's outcome: its place, 0 to 100 from left and from top, and what it says."""

    at: float
    top: float
    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class DaysPicture:
    """The days of a trial.

    Attributes:
        shades: Periods with the treatment.
        dots: What was recorded.
        top, bottom: Ends of the scale.
        first, last: The dates at the ends.
        label: The picture in words.
    """

    shades: tuple[Shade, ...]
    dots: tuple[Dot, ...]
    top: str
    bottom: str
    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True)
class PlanBar:
    """What a design would show, as shares of 0 to 100.

    Attributes:
        pairs, period_days, days: The design.
        chosen: Whether it is the one asked for.
        found: Chance that it finds the effect.
        missed: Chance that it cannot tell.
        half: Half of the 95 % interval it would give, in the outcome's unit.
    """

    pairs: int
    period_days: int
    days: int
    chosen: bool
    found: float
    missed: float
    half: float


def effect_picture(answer: Answer) -> EffectPicture:
    """Where the effect as run probably lies, on a line that shows what would matter."""
    run, asked = answer.posterior.as_run, answer.asked
    reach = max(abs(run.quantile(0.003)), abs(run.quantile(0.997)), BEYOND * asked.mcid)
    lower = asked.lower_is_better
    edges = [-reach, -asked.mcid, 0.0, asked.mcid, reach]
    names = ["good", "small-good", "small-bad", "bad"] if lower else ["bad", "small-bad", "small-good", "good"]
    highest = float(run.density(np.linspace(-reach, reach, 4 * POINTS)).max()) or 1.0

    def place(value: float) -> float:
        return round(50 * (value / reach + 1), 2)

    def outline(left: float, right: float) -> str:
        at = np.linspace(left, right, POINTS)
        heights = HIGH * (1 - run.density(at) / highest)
        points = " ".join(f"{WIDE * place(x) / 100:.1f} {y:.2f}" for x, y in zip(at, heights, strict=True))
        return f"M{WIDE * place(left) / 100:.1f} {HIGH} L{points} L{WIDE * place(right) / 100:.1f} {HIGH}Z"

    verdict = answer.verdict
    return EffectPicture(
        zones=tuple(
            Zone(name, outline(left, right)) for name, left, right in zip(names, edges[:-1], edges[1:], strict=True)
        ),
        ticks=tuple(Tick(place(value), f"{value:+g}".replace("-", "−")) for value in _round_steps(reach) if value),
        zero=place(0.0),
        matters=(place(-asked.mcid), place(asked.mcid)) if lower else (place(asked.mcid), place(-asked.mcid)),
        low=place(max(-reach, verdict.low)),
        high=place(min(reach, verdict.high)),
        left=f"less {asked.outcome}",
        right=f"more {asked.outcome}",
        label=(
            f"Where the effect probably lies: from {verdict.low:.1f} to {verdict.high:.1f} {asked.unit} with 95 %."
            f" Better with {percent(verdict.benefit)}; by at least {asked.mcid:g} with {percent(verdict.beyond)}; worse"
            f" by as much with {percent(verdict.worse)}."
        ),
    )


def _round_steps(reach: float) -> list[float]:
    """Round numbers along a line from minus to plus ``reach``, at most four on a side."""
    rough = reach / 3.2
    size = 10.0 ** np.floor(np.log10(rough))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= rough)
    count = int(reach / step)
    return [round(k * step, 10) for k in range(-count, count + 1)]


def days_picture(series: Series, treatment: str) -> DaysPicture:
    """Every recorded day over the periods with the treatment, from top to bottom of its scale."""
    low, high = _ends(series)
    days = series.days

    def across(day: float) -> float:
        return round(100 * day / days, 3)

    dots = tuple(
        Dot(
            at=across(day + 0.5),
            top=round(100 * (high - value) / (high - low), 2),
            words=f"{series.date_of(int(day)):%-d %b %Y}: {value:g}",
            late=bool(late),
        )
        for day, value, late in zip(series.day, series.outcome, series.backfilled, strict=True)
    )
    shades = tuple(Shade(across(start), across(end - start)) for start, end in _treated(series))
    return DaysPicture(
        shades=shades,
        dots=dots,
        top=f"{high:g}",
        bottom=f"{low:g}",
        first=series.first_day,
        last=series.date_of(days - 1),
        label=f"{series.scale.name} of {len(dots)} days of {days}; {len(shades)} stretches with {treatment} shaded.",
    )


def _ends(series: Series) -> tuple[float, float]:
    scale, seen = series.scale, series.outcome
    low = scale.low if scale.low is not None else float(seen.min(initial=0.0))
    high = scale.high if scale.high is not None else float(seen.max(initial=low + 1))
    return (low, high) if high > low else (low, low + 1)


def _treated(series: Series) -> list[tuple[int, int]]:
    """First and one past the last day of each stretch with the treatment."""
    on = np.concatenate([[0], ((series.assigned > 0) & (series.period >= 0)).astype(int), [0]])
    turns = np.flatnonzero(np.diff(on))
    return [(int(a), int(b)) for a, b in zip(turns[::2], turns[1::2], strict=True)]


def plan_bar(plan: Plan, *, chosen: bool) -> PlanBar:
    """What a design would show, for its bar."""
    found, missed = 100 * plan.shown.helped, 100 * (1 - plan.shown.told)
    return PlanBar(plan.pairs, plan.period_days, plan.days, chosen, round(found), round(missed), plan.shown.width / 2)


def apart(ticks: Sequence[Tick], taken: Sequence[float]) -> tuple[Tick, ...]:
    """Ticks whose words do not touch what stands at the taken places."""
    return tuple(tick for tick in ticks if all(abs(tick.at - one) >= CROWDED for one in taken))
