"""What a design can and cannot show, said before day 1."""

from typing import Final

from provender.trials.design import Design, Scheme
from provender.trials.randomise import MOST_LISTED, sequence_count

SERIOUS_PAIRS: Final = 6
SERIOUS_PERIOD_DAYS: Final = 14
"""The minimum serious design: 168 days in pairs of periods in random order (docs/methods/trials.md)."""
ALPHA: Final = 0.05
WEEK: Final = 7
USUAL_ONSET_D: Final = 3.0
"""Median time to two thirds of the effect that is believed before a trial (docs/methods/trials.md)."""
FOUND: Final = ((4, 7, 57, 19), (8, 7, 86, 36), (4, 14, 92, 42))
"""Pairs, period days, and how many of 100 simulated trials found a difference of 2 and of 1 points on a 0-10 scale
(probability of a benefit above .95; onset 3 days, own, docs/methods/trials.md)."""


def serious(design: Design) -> bool:
    """Whether a design reaches the minimum: 6 pairs of 14 days in random order."""
    return design.randomised and design.pairs >= SERIOUS_PAIRS and design.period_days >= SERIOUS_PERIOD_DAYS


def resolution(design: Design) -> float:
    """The smallest value its one-sided randomisation test can give when all sequences are compared; 1 for ``abab``."""
    return 1.0 / sequence_count(design)


def resolution_sentence(design: Design) -> str:
    """How fine the randomisation test of a design can be."""
    count = sequence_count(design)
    if count == 1:
        return (
            "The order is fixed: there is one possible order, so no randomisation test is possible, and a trend or"
            " season of the same rhythm as the periods cannot be told from the effect."
        )
    pairs = "1 pair" if design.pairs == 1 else f"{design.pairs} pairs"
    floor = f"With {pairs} there are {count:,} possible orders, so no result can be below 1 in {count:,}"
    if 1 / count > ALPHA:
        return f"{floor}: the randomisation test cannot reach 1 in 20, whatever the effect."
    if count > MOST_LISTED:
        drawn = f"{MOST_LISTED:,} of them are drawn for the test, so it says no less than 1 in {MOST_LISTED + 1:,}"
        return f"{floor}; {drawn}."
    return f"{floor} (1 in {count // 2:,} when either direction counts)."


def serious_sentence(design: Design) -> str:
    """Whether a design reaches the minimum, and what a smaller one can show."""
    least = f"{SERIOUS_PAIRS} pairs of {SERIOUS_PERIOD_DAYS}-day periods in random order"
    if serious(design):
        return f"This reaches the minimum serious design: {least}."
    smaller = f"This is below the minimum serious design ({least})"
    pairs, days, two, one = _like(design)
    return (
        f'{smaller}: it can show a large difference, and will often end with "cannot tell". In simulated trials of'
        f" {pairs} pairs of {days} days on a 0-10 scale, a true difference of 2 points was found in {two} of 100, of"
        f" 1 point in {one} of 100."
    )


def design_sentences(design: Design, *, onset_days: float = USUAL_ONSET_D) -> tuple[str, ...]:
    """All that should be said of a design before day 1.

    Args:
        design: The design.
        onset_days: Time constant of the onset that is believed, in days.
    """
    said = [_shape(design), resolution_sentence(design), serious_sentence(design)]
    if design.scheme is Scheme.ABAB:
        said.append(
            "A fixed order does not protect from what changes with time, nor from expectation: let chance decide"
            ' the order of each pair (scheme "pairs").'
        )
    if design.period_days < 2 * onset_days:
        said.append(
            f"Periods of {design.period_days} days are short beside an onset of about {onset_days:g} days: only the"
            " difference as it was run can be stated, not the effect of going on with it."
        )
    if design.period_days % WEEK and design.period_days > 1:
        said.append(
            f"Periods of {design.period_days} days do not hold each day of the week equally often; 7, 14, 21 or 28 do."
        )
    return tuple(said)


def _shape(design: Design) -> str:
    extra = [
        f"{days} days of {name}"
        for name, days in (("run-in", design.run_in_days), ("washout between periods", design.washout_days))
        if days
    ]
    with_extra = f" with {' and '.join(extra)}" if extra else ""
    return f"{design.periods} periods of {design.period_days} days{with_extra}: {design.days:,} days in all."


def _like(design: Design) -> tuple[int, int, int, int]:
    """The simulated design that is nearest in days."""
    days = design.periods * design.period_days
    return min(FOUND, key=lambda row: (abs(2 * row[0] * row[1] - days), abs(row[1] - design.period_days)))
