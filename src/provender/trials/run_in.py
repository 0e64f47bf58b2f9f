"""What a person's own days are like before anything is tried, for reckoning what a trial could show."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials.modelled import normal_priors
from provender.trials.posterior import posterior
from provender.trials.power import Noise, noises_of
from provender.trials.priors import Priors
from provender.trials.series import Series

LEAST_DAYS: Final = 7
LEAST_SEEN: Final = 0.1


@dataclass(frozen=True, slots=True)
class RunIn:
    """What was learnt; by default what pain diaries are like.

    Attributes:
        noises: What the days may be like.
        priors: What an analysis on this scale believes beforehand.
        mcid: The smallest change that matters.
        lower_is_better: Whether less is better.
    """

    noises: tuple[Noise, ...] = (Noise(),)
    priors: Priors = field(default_factory=Priors)
    mcid: float = 1.0
    lower_is_better: bool = True


def learnt(series: Series, rng: np.random.Generator) -> RunIn:
    """What a person's days are like, from a run-in, a diary or an earlier trial.

    Args:
        series: The days; what was tried in them is taken out.
        rng: Where chance comes from.

    Raises:
        InputError: Fewer than seven observed days.
    """
    if len(series.day) < LEAST_DAYS:
        raise InputError(
            f"found {len(series.day)} observed days, expected at least {LEAST_DAYS} to learn how yours differ; without"
            " them give --sigma",
            field="day",
        )
    priors = normal_priors(series)
    found = posterior(series.day, series.outcome, series.assigned, priors, counted=series.period >= 0)
    span = int(series.day[-1] - series.day[0]) + 1
    noises = noises_of(found, rng, seen=max(len(series.day) / span, LEAST_SEEN))
    return RunIn(noises, priors, series.scale.mcid, series.scale.lower_is_better)
