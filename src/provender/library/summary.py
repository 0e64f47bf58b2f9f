"""What a synthesis says, in plain words; also that it cannot say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provender.library.pooling import Pooled

FEWEST: Final = 3
"""With fewer studies their differences cannot be judged, and the summary says so."""
UNEQUAL: Final = 0.5
"""Share of the variance between studies from which the summary says that they disagree.
Source: Higgins and others 2003, DOI 10.1136/bmj.327.7414.557 (half: moderate to high)."""
_SINGULAR: Final = {1: "one study", 2: "two studies", 3: "three studies", 4: "four studies", 5: "five studies"}


class Conclusion(StrEnum):
    """What a synthesis comes to."""

    BETTER = "better"
    WORSE = "worse"
    NOT_DISTINGUISHABLE = "not distinguishable from no effect"
    TOO_FEW = "too few to tell"


@dataclass(frozen=True, slots=True)
class Summary:
    """A synthesis in words.

    Attributes:
        conclusion: What it comes to.
        sentence: The headline with the effect and its interval.
        beside: Further sentences: how far studies differ, what another would find, which single study decides.
    """

    conclusion: Conclusion
    sentence: str
    beside: tuple[str, ...]


def summary(found: Pooled) -> Summary:
    """A synthesis in plain words.

    Too few to tell: fewer than three studies. Not distinguishable from no effect: the interval holds it. Otherwise
    better or worse, by the outcome.

    Source: own wording; Borenstein and others 2009, ISBN 978-0-470-05724-7, chapter 40 (few studies).
    """
    conclusion = _conclusion(found)
    return Summary(conclusion, f"{_taken(found)}: {_effect(found)}; {_ending(found, conclusion)}", _beside(found))


def _conclusion(found: Pooled) -> Conclusion:
    if found.summary.studies < FEWEST:
        return Conclusion.TOO_FEW
    if found.summary.low <= found.null <= found.summary.high:
        return Conclusion.NOT_DISTINGUISHABLE
    falls = found.summary.effect < found.null
    return Conclusion.BETTER if falls == (found.spec.better == "lower") else Conclusion.WORSE


def _taken(found: Pooled) -> str:
    count = found.summary.studies
    people = [row.people for row in found.rows]
    known = [n for n in people if n is not None]
    said = _SINGULAR.get(count, f"{count} studies")
    said = "One study" if count == 1 else f"Taken together, {said}"
    return said if len(known) < len(people) else f"{said} of {sum(known):,} people"


def _effect(found: Pooled) -> str:
    one, spec = found.summary, found.spec
    ends = f"({number(one.low)} to {number(one.high)})"
    if found.null == 1:
        return f"{spec.outcome}, a {spec.measure.replace('-', ' ')} of {number(one.effect)} {ends}"
    if one.effect == 0:
        return f"no {spec.unit} more or fewer {ends}"
    way = "lower" if one.effect < 0 else "higher"
    return f"{spec.outcome} {number(abs(one.effect))} {way} {ends}"


def _ending(found: Pooled, conclusion: Conclusion) -> str:
    if conclusion is Conclusion.TOO_FEW:
        inside = found.summary.low <= found.null <= found.summary.high
        return f"too few to tell{', and not distinguishable from no effect' if inside else ''}."
    if conclusion is Conclusion.NOT_DISTINGUISHABLE:
        return "not distinguishable from no effect."
    return "that is better than without it." if conclusion is Conclusion.BETTER else "that is worse than without it."


def _beside(found: Pooled) -> tuple[str, ...]:
    one, said = found.summary, []
    if one.studies < FEWEST:
        return ()
    if one.i2 >= UNEQUAL:
        said.append(f"The studies disagree: {100 * one.i2:.0f} % of how far they differ is more than chance.")
    if one.predicted_low is not None and one.predicted_high is not None:
        ends = f"{number(one.predicted_low)} and {number(one.predicted_high)}"
        said.append(f"Another such study would probably find something between {ends}.")
    said.extend(
        f"Without {row.label} the answer would change."
        for row in found.rows
        if row.without is not None and _distinct(row.without.low, row.without.high, found.null) != _distinct_all(found)
    )
    return tuple(said)


def _distinct_all(found: Pooled) -> bool:
    return _distinct(found.summary.low, found.summary.high, found.null)


def _distinct(low: float, high: float, null: float) -> bool:
    return not low <= null <= high


def number(value: float) -> str:
    """A number as a reader wants it: two decimals, a true minus sign, no minus before zero."""
    said = f"{abs(value):.2f}"
    return f"−{said}" if value < 0 and float(said) else said
