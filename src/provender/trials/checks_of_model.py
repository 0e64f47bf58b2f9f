"""What could be wrong with the model of a trial: beliefs, tails, the shape of its trend, days drawn from it."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from provender.trials.check import Check, Passed
from provender.trials.fitted import Fitted
from provender.trials.latent_posterior import LatentPosterior
from provender.trials.mixture import Mixture
from provender.trials.posterior import Posterior
from provender.trials.predictive import likenesses
from provender.trials.series import Series
from provender.trials.verdict import Kind, Verdict, percent
from provender.trials.whitening import Floats

Told = Callable[[Mixture, Mixture], Verdict]
FAR: Final = 4.0
"""Spreads from what was expected that no ordinary day reaches."""
UNLIKE: Final = 0.01
"""Chance below which drawn days are unlike the lived ones, all respects together."""
LEAST_DAYS: Final = 14
COARSE: Final = 0.005
"""Quadrature error, in posterior sds, above which the numbers are not to be trusted to their last digit."""
ROUGH: Final = 0.02
"""The same where each node is itself an approximation."""


def of_priors(kind: Kind, others: Mapping[str, Kind | None]) -> Check:
    """Whether the answer stands with other beliefs beforehand."""
    name = "prior beliefs"
    different = {belief: other for belief, other in others.items() if other is not None and other is not kind}
    if different:
        words = "; ".join(f"“{other}” with {belief}" for belief, other in different.items())
        return Check(name, Passed.FAILED, f"Other beliefs beforehand change the answer: {words}.")
    unknown = [belief for belief, other in others.items() if other is None]
    if unknown:
        return Check(name, Passed.NO_VERDICT, f"It cannot be told from these days what {unknown[0]} would make of it.")
    return Check(name, Passed.PASSED, f"The answer is the same with {', '.join(others)}.")


def of_outliers(fit: Fitted, plain: Verdict, with_tails: Posterior, told: Told) -> Check:
    """Whether single days far off carry the answer: it is held against noise with the tails of Student's t."""
    name, far = "single days", int((np.abs(fit.surprise) > FAR).sum())
    if len(fit.surprise) < LEAST_DAYS:
        return Check(name, Passed.NO_VERDICT, "Too few days to call one of them far off.")
    other = told(with_tails.as_run, with_tails.effect)
    numbers = {"far": float(far), "largest": float(np.abs(fit.surprise).max()), "with_tails": with_tails.as_run.mean}
    days = f"{far or 'No'} day{'s lie' if far > 1 else ' lies'} more than four spreads from what was expected"
    if other.kind is not plain.kind:
        words = f"{days}; with days far off counted less the answer would be “{other.kind}”."
        return Check(name, Passed.FAILED, words, numbers)
    return Check(name, Passed.PASSED, f"{days}; with days far off counted less the answer is the same.", numbers)


def of_trend(plain: Verdict, bent: Posterior, told: Told) -> Check:
    """Whether a trend that bends instead of running straight changes the answer."""
    name, other = "shape of the trend", told(bent.as_run, bent.effect)
    numbers = {"bent": bent.as_run.mean}
    if other.kind is not plain.kind:
        return Check(name, Passed.FAILED, f"With a trend that bends the answer would be “{other.kind}”.", numbers)
    return Check(name, Passed.PASSED, "A trend that bends gives the same answer as a straight one.", numbers)


def of_drawn_days(series: Series, drawn: Floats) -> Check:
    """Whether days drawn from the model look like those that were lived.

    Args:
        series: The days.
        drawn: (n, r) drawn ones.
    """
    name = "days like these"
    rows = likenesses(series.day, series.outcome, drawn)
    numbers = {one.name: one.p for one in rows}
    unlike = [one for one in rows if one.p < UNLIKE / len(rows)]
    if unlike:
        words = ", ".join(f"{one.name} ({one.seen:.2f}, drawn {one.drawn:.2f})" for one in unlike)
        return Check(name, Passed.FAILED, f"Days drawn from the model differ from these in {words}.", numbers)
    return Check(name, Passed.PASSED, "Days drawn from the model look like these.", numbers)


def of_quadrature(found: Posterior | LatentPosterior) -> Check:
    """Whether the numbers were integrated finely enough."""
    name, error = "arithmetic", found.quadrature_error
    if error is None:
        return Check(name, Passed.NO_VERDICT, "The quadrature was not checked.")
    numbers = {"quadrature_error": error, "edge": found.edge}
    limit = ROUGH if isinstance(found, LatentPosterior) else COARSE
    if error > limit or not found.edge < 0.05:
        words = f"The quadrature may be off by {error:.3f} of the answer’s spread: do not read its last digit."
        return Check(name, Passed.FAILED, words, numbers)
    return Check(
        name, Passed.PASSED, f"A finer quadrature moves the answer by {percent(error)} of its spread.", numbers
    )
