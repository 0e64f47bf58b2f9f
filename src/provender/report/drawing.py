"""Pictures as numbers between 0 and 1, each with words that say the same: what the template draws."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from provender.report.blocks import Block
from provender.report.trial_account import Days, Outcome
from provender.report.wording import MONTHS, amount, day_text, days_text, number
from provender.trials.verdict import percent

Placed = Callable[[float], float]
Ends = tuple[float | None, float | None]
SHORT: Final = 10.0
"""A scale of at most so much is shown whole, so that a small change never looks like a large one."""
FLAT: Final = 1e-9
"""Values that differ by less, relative to their size, are one."""
MOST_DOTS: Final = 400
"""With more days than this a dot is the mean of a week."""
WEEK: Final = 7
NICE: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TOLD: Final = 40
"""Periods whose means are told in words."""
MOST_LABELS: Final = 24
"""Periods that can bear a letter and a number."""


def nice_step(span: float, most: int = 5) -> float:
    """The least round step that cuts a span into at most so many parts.

    Args:
        span: Above 0.
        most: Parts.
    """
    rough = span / most
    ten = 10.0 ** floor(log10(rough))
    return next(step * ten for step in NICE if step * ten >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int = 5) -> list[tuple[float, str]]:
    """Round values from one to another, with their words."""
    step = nice_step(high - low, most)
    digits = max(0, -floor(log10(step) + 1e-9), 1 if step in (2.5, 0.25) else 0)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [(k * step, number(k * step, digits)) for k in range(first, last + 1)]


def posterior_picture(outcome: Outcome) -> Block | None:
    """Where the difference probably lies, with the zones that matter; None without a curve."""
    at, density = outcome.curve
    low, high, mean = outcome.low, outcome.high, outcome.mean
    if not at or low is None or high is None or mean is None or max(density) <= 0:
        return None
    reach = max(abs(at[0]), abs(at[-1]), 1.6 * outcome.mcid)
    top = max(density)

    def placed(x: float) -> float:
        return (x / reach + 1) / 2

    edges = (-outcome.mcid, outcome.mcid)
    digits = 1 if outcome.mcid >= 0.5 else 2
    return {
        "kind": "posterior",
        "zones": _zones(outcome, placed, digits),
        "areas": _areas(outcome, [(x, y / top) for x, y in zip(at, density, strict=True)], placed),
        "edges": [placed(edge) for edge in edges],
        "zero": placed(0.0),
        "low": placed(low),
        "high": placed(high),
        "mean": placed(mean),
        "interval": f"probably {number(mean, digits)}; 95 % interval {number(low, digits)} to {number(high, digits)}",
        "ticks": [{"at": placed(x), "words": words} for x, words in ticks(-reach, reach, 8)],
        "alt": _posterior_words(outcome, digits),
        "caption": f"Where the difference in {outcome.name} probably lies: with the treatment less without it"
        f"{_in_unit(outcome.answer_unit)}. The grey zone is too small to matter.",
    }


def _in_unit(unit: str) -> str:
    """A unit behind a comma: ``, in points``, but ``, a week``."""
    if not unit:
        return ""
    return f", {unit}" if unit.startswith("a ") else f", in {unit}"


def _posterior_words(outcome: Outcome, digits: int) -> str:
    size = amount(outcome.mcid, outcome.answer_unit, digits)
    chances = [
        f"{words} {percent(chance)}"
        for words, chance in (
            (f"better by at least {size}", outcome.beyond),
            ("neither", outcome.same),
            ("worse by as much", outcome.worse),
        )
        if chance is not None
    ]
    return (
        f"Curve of where the difference in {outcome.name} probably lies, treatment less comparison. Most likely about"
        f" {number(outcome.mean or 0.0, digits)}, 95 % interval {number(outcome.low or 0.0, digits)} to"
        f" {number(outcome.high or 0.0, digits)}. Probabilities: {', '.join(chances)}."
    )


def _zones(outcome: Outcome, placed: Placed, digits: int) -> list[Block]:
    size = number(outcome.mcid, digits)
    better = {"words": f"better by {size} or more", "chance": outcome.beyond, "same": False}
    worse = {"words": f"worse by {size} or more", "chance": outcome.worse, "same": False}
    middle = {"words": "too small to matter", "chance": outcome.same, "same": True}
    left, right = (better, worse) if outcome.lower_is_better else (worse, better)
    bounds = (0.0, placed(-outcome.mcid), placed(outcome.mcid), 1.0)
    return [
        {**zone, "chance": "" if zone["chance"] is None else percent(float(str(zone["chance"]))), "from": a, "to": b}
        for zone, (a, b) in zip((left, middle, right), pairwise(bounds), strict=True)
    ]


def _areas(outcome: Outcome, curve: Sequence[tuple[float, float]], placed: Placed) -> list[Block]:
    """The curve cut at the zones' edges."""
    edges = [curve[0][0], *(e for e in (-outcome.mcid, outcome.mcid) if curve[0][0] < e < curve[-1][0]), curve[-1][0]]
    areas = []
    for a, b in pairwise(edges):
        inside = [(x, y) for x, y in curve if a < x < b]
        points = [(a, _height(curve, a)), *inside, (b, _height(curve, b))]
        middle = (a + b) / 2
        areas.append(
            {
                "points": [[placed(x), y] for x, y in points],
                "same": abs(middle) < outcome.mcid,
                "better": (middle < 0) == outcome.lower_is_better,
            }
        )
    return areas


def _height(curve: Sequence[tuple[float, float]], x: float) -> float:
    """The curve's height at a place, between its points."""
    k = min(max(bisect_left(curve, (x, float("-inf"))), 1), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[k - 1], curve[k]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y1


def series_picture(outcome: Outcome) -> Block | None:
    """Every day of a trial with its periods; None without an observed day."""
    days = outcome.days
    if not days.day:
        return None
    dots = _dots(days)
    low, high, up = _span([value for _, value, _ in dots], outcome.ends)
    total = max(len(days.arm), days.day[-1] + 1)

    def raised(value: float) -> float:
        return (value - low) / (high - low)

    weekly = len(days.day) > MOST_DOTS
    late = " Hollow dots were written on a later day." if any(late for _, _, late in dots) else ""
    last = days.first_day + timedelta(days=total - 1)
    unit = _in_unit(outcome.unit)
    periods = _periods(days, total, raised)
    return {
        "kind": "series",
        "periods": periods,
        "dots": [[(day + 0.5) / total, raised(value), late] for day, value, late in dots],
        "radius": 0.62 if len(dots) <= 150 else 0.45,
        "up": [{"at": raised(value), "words": words} for value, words in up],
        "across": _across(days.first_day, total),
        "alt": f"{outcome.name} on {len(days.day)} days from {days_text(days.first_day, last)}{unit}, with"
        f" {len(periods)} periods. {period_words(outcome)}",
        "caption": f"{outcome.name[:1].upper()}{outcome.name[1:]} as it was written down{unit}:"
        f" each dot a {'week’s mean' if weekly else 'day'}, a thick line the mean of a period; shaded"
        f" periods (B) with the treatment, plain ones (A) without it.{late}",
    }


def period_means(days: Days) -> list[tuple[int, float | None, int]]:
    """Of each period its arm, its mean (None unobserved) and its observed days."""
    count = max(days.period, default=-1) + 1
    sums, seen = [0.0] * count, [0] * count
    arms = [0] * count
    for period, arm in zip(days.period, days.arm, strict=True):
        if period >= 0:
            arms[period] = arm
    for day, value in zip(days.day, days.value, strict=True):
        period = days.period[day] if day < len(days.period) else -1
        if period >= 0:
            sums[period] += value
            seen[period] += 1
    return [(arms[k], sums[k] / seen[k] if seen[k] else None, seen[k]) for k in range(count)]


def period_words(outcome: Outcome) -> str:
    """The mean of each period in words: the table behind the picture; of very many periods only their number."""
    means = period_means(outcome.days)
    if len(means) > MOST_TOLD:
        return f"{len(means)} periods, too many to list."
    told = [f"{'B' if arm else 'A'} {number(mean) if mean is not None else 'not recorded'}" for arm, mean, _ in means]
    return f"Means of the periods in time: {', '.join(told)}." if told else ""


def _periods(days: Days, total: int, raised: Placed) -> list[Block]:
    found = []
    means = period_means(days)
    for k, (arm, mean, _) in enumerate(means):
        inside = [day for day, period in enumerate(days.period) if period == k]
        words = ("B" if arm else "A") if len(means) <= MOST_LABELS else ""
        found.append(
            {
                "from": inside[0] / total,
                "to": (inside[-1] + 1) / total,
                "treated": bool(arm),
                "mean": None if mean is None else raised(mean),
                "words": words,
            }
        )
    return found


def _dots(days: Days) -> list[tuple[float, float, bool]]:
    every = list(zip(days.day, days.value, days.late, strict=True))
    if len(every) <= MOST_DOTS:
        return [(float(day), value, late) for day, value, late in every]
    weeks: dict[int, list[float]] = {}
    for day, value, _ in every:
        weeks.setdefault(day // WEEK, []).append(value)
    return [(week * WEEK + 3.0, sum(values) / len(values), False) for week, values in weeks.items()]


def _span(values: Sequence[float], ends: Ends = (None, None)) -> tuple[float, float, list[tuple[float, str]]]:
    """The ends of an axis and its ticks: a short scale whole, else around the values, never beyond the scale."""
    low, high = min(values), max(values)
    least, most = ends
    if least is not None and most is not None and most - least <= SHORT and least <= low and high <= most:
        return least, most, ticks(least, most, 5)
    if high - low < FLAT * max(1.0, abs(high)):
        low, high = low - 1.0, high + 1.0
    step = nice_step(high - low, 4)
    low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    low = low if least is None or least > min(values) else max(low, least)
    high = high if most is None or most < max(values) else min(high, most)
    return low, high, ticks(low, high, 5)


def _across(first: date, total: int) -> list[Block]:
    """Dates below a picture: weeks of a short one, months of a long one."""
    days = [first + timedelta(days=k) for k in range(total)]
    if total <= 70:
        step = WEEK * max(1, round(total / 42))
        marks = [(k, f"{day.day} {MONTHS[day.month - 1]}") for k, day in enumerate(days) if k % step == 0]
    else:
        firsts = [(k, day) for k, day in enumerate(days) if day.day == 1]
        keep = max(1, ceil(len(firsts) / 9))
        marks = [
            (k, f"{MONTHS[day.month - 1]} {day.year}" if n == 0 or day.month <= keep else MONTHS[day.month - 1])
            for n, (k, day) in enumerate(firsts)
            if n % keep == 0
        ]
    return [{"at": k / total, "words": words} for k, words in marks]


def trace_picture(
    name: str,
    unit: str,
    first: date,
    total: int,
    points: Sequence[tuple[date, float]],
    course: Sequence[tuple[date, float, float, float]] = (),
    ends: Ends = (None, None),
) -> Block | None:
    """Days of a diary with their smoothed course and its band; None without a point.

    Args:
        name: What it is.
        unit: Its unit.
        first: The first day of the range.
        total: How many days.
        points: Day and value, in order.
        course: Day, middle, low and high end of the smoothed course, in order; empty for none.
        ends: Smallest and largest possible value; the axis goes no further.
    """
    if not points:
        return None
    values = [value for _, value in points] + [end for _, _, *ends in course for end in ends]
    low, high, up = _span(values, ends)

    def placed(day: date) -> float:
        return ((day - first).days + 0.5) / total

    def raised(value: float) -> float:
        return (value - low) / (high - low)

    middle = [[placed(day), raised(mid)] for day, mid, _, _ in course]
    band = [[placed(day), raised(bottom)] for day, _, bottom, _ in course]
    band += [[placed(day), raised(top)] for day, _, _, top in reversed(course)]
    (day_a, a), (day_b, b) = points[0], points[-1]
    return {
        "kind": "trace",
        "dots": [[placed(day), raised(value), False] for day, value in points],
        "radius": 0.62 if len(points) <= 150 else 0.45,
        "lines": [middle] if len(middle) > 1 else [],
        "bands": [band] if len(middle) > 1 else [],
        "up": [{"at": raised(value), "words": words} for value, words in up],
        "across": _across(first, total),
        "alt": f"{name} on {len(points)} days: {amount(a, unit)} on {day_text(day_a)}, {amount(b, unit)} on"
        f" {day_text(day_b)}; lowest {number(min(v for _, v in points))}, highest"
        f" {number(max(v for _, v in points))}.",
        "caption": f"{name}, in {unit}: dots as written down"
        f"{', the line their smoothed course with its 90 % band' if len(middle) > 1 else ''}.",
    }
