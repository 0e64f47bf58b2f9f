"""How many more days, or how much more of a nutrient, would make one sure: the model turned round."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.reference_intakes import Reference
from provender.nutrition.usual_intake import (
    AUTOCORRELATION,
    PRIOR_DAYS,
    PRIOR_REACH,
    Prior,
    Summary,
    mass_at,
    positive,
    scale_of,
)

Floats = NDArray[np.float64]
Met = Callable[[Sequence[Reference | None], Floats, Floats], Floats]
DAYS: Final = np.array([3, 4, 5, 6, 7, 10, 14, 21, 30, 45, 60, 90, 180, 365], dtype=np.float64)
"""Lengths of a diary that are offered."""
NODES: Final = 121
"""Enough: the sum over evenly spaced nodes is exact to 1e-4 while they lie within 1.3 scales of one another."""
HALVINGS: Final = 14
SMALLEST, LARGEST = 0.02, 2.0
"""Means are looked for between these multiples of the amount that meets nearly everybody's requirement: to eat
more than twice that is no advice, more days are."""
NEARLY_ALL: Final = 0.975


def _per_day(found: Summary) -> Floats:
    """(n) effective days that one day is worth, from how the present days lie in the week."""
    best = (1 - AUTOCORRELATION) / (1 + AUTOCORRELATION)
    return np.where(found.days > 0, found.effective_days / np.maximum(found.days, 1), best)


def _enough(references: Sequence[Reference | None]) -> Floats:
    """(n) intake that meets the requirement of nearly all; NaN without a requirement."""
    return np.array([r.requirement.quantile(NEARLY_ALL) if r and r.requirement else np.nan for r in references])


def _nodes(low: Floats, high: Floats, prior: Prior) -> Floats:
    """(n, g) log intakes that span these ends and the prior."""
    known = ~np.isnan(prior.sd)
    first = np.where(known, np.minimum(low, prior.centre - PRIOR_REACH * prior.sd), low)
    last = np.where(known, np.maximum(high, prior.centre + PRIOR_REACH * prior.sd), high)
    return np.asarray(first[:, None] + (last - first)[:, None] * np.linspace(0.0, 1.0, NODES))


def days_needed(
    found: Summary,
    references: Sequence[Reference | None],
    dose: Floats,
    group_mean: Floats,
    prior: Prior,
    targets: tuple[float, ...],
    met: Met,
) -> tuple[Floats, ...]:
    """The shortest diary of ``DAYS``, longer than now, at which an unchanged mean gives each target.

    Args:
        found: What the days say now.
        references: (n) each with a requirement.
        dose: (n) fixed daily dose.
        group_mean: (n) the group's mean; NaN where unknown.
        prior: How usual intake is spread in the group.
        targets: The probabilities wanted, 0 to 1.
        met: Shares of requirements met by intakes.

    Returns:
        For each target (n) days; NaN where even a year would not do.
    """
    if not len(found.mean):
        return tuple(np.empty(0) for _ in targets)
    mean = np.log(positive(found.mean, group_mean)) + found.correction
    shift, scale = scale_of(found.cv2[:, None], np.maximum(_per_day(found)[:, None] * DAYS, 1e-9))
    centre = mean[:, None] + shift
    x = _nodes((centre - 6 * scale).min(axis=1), (centre + 6 * scale).max(axis=1), prior)
    shares = met(references, np.exp(x), dose)
    df = np.broadcast_to(PRIOR_DAYS + DAYS - 1, centre.shape)
    mass = mass_at(x[:, None, :], centre, scale, df, prior.log_density(x)[:, None, :])
    probability = (mass * shares[:, None, :]).sum(axis=2)
    longer = found.days[:, None] < DAYS

    def first(target: float) -> Floats:
        good = (probability >= target) & longer
        return np.where(good.any(axis=1), DAYS[good.argmax(axis=1)], np.nan)

    return tuple(first(target) for target in targets)


def mean_needed(
    found: Summary,
    references: Sequence[Reference | None],
    dose: Floats,
    prior: Prior,
    target: float,
    days: tuple[float | None, ...],
    met: Met,
) -> tuple[Floats, ...]:
    """The mean, supplements included, that would give the target after each of these numbers of days.

    Args:
        found: What the days say now; the day-to-day CV is kept.
        references: (n) each with a requirement.
        dose: (n) fixed daily dose.
        prior: How usual intake is spread in the group.
        target: The probability wanted, 0 to 1.
        days: Lengths of a diary; None is as many as now.
        met: Shares of requirements met by intakes.

    Returns:
        For each length (n) amounts a day; NaN where none between 0.02 and 2 times what nearly all need would do.
    """
    enough = np.log(_enough(references))
    x = _nodes(enough + np.log(SMALLEST) - 1.0, enough + np.log(LARGEST) + 3.0, prior)
    shares, log_prior = met(references, np.exp(x), dose), prior.log_density(x)
    a_day = _per_day(found)

    def one(length: float | None) -> Floats:
        effective = found.effective_days if length is None else a_day * length
        df = found.df if length is None else np.full_like(found.df, PRIOR_DAYS + length - 1)
        shift, scale = scale_of(found.cv2, effective)

        def surely(log_mean: Floats) -> NDArray[np.bool_]:
            mass = mass_at(x, log_mean + found.correction + shift, scale, df, log_prior)
            return np.asarray((mass * shares).sum(axis=1) >= target)

        low, high = enough + np.log(SMALLEST), enough + np.log(LARGEST)
        possible = surely(high)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            good = surely(middle)
            low, high = np.where(good, low, middle), np.where(good, middle, high)
        return np.where(possible, np.exp(high) + dose, np.nan)

    return tuple(one(length) for length in days)
