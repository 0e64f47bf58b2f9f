"""Which model an outcome gets, what it believes, and the same under another belief."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials.count_likelihoods import NegativeBinomial, counts, occurrences
from provender.trials.count_priors import CountPriors
from provender.trials.latent_posterior import LatentPosterior, latent_posterior
from provender.trials.likelihoods import Likelihood, needs_interval, scores
from provender.trials.mixture import Mixture
from provender.trials.natural_scale import difference
from provender.trials.posterior import Posterior, posterior
from provender.trials.predictive import drawn_counts, drawn_scores
from provender.trials.priors import Priors, priors_for
from provender.trials.scale import OutcomeKind
from provender.trials.sensitivity import LEAST_LEFT, Belief, reweighed
from provender.trials.series import Series
from provender.trials.whitening import Floats

UNIT_SDS: Final = 1.5
WEEK: Final = 7.0


class Model(StrEnum):
    """How an outcome hangs on the level beneath it."""

    NORMAL = "normal"
    CUT_OFF = "rounded and cut off at the ends of the scale"
    COUNT = "negative binomial count"
    HAPPENED = "happened or not"


@dataclass(frozen=True, slots=True, eq=False)
class Modelled:
    """An outcome with its model and its posterior.

    Attributes:
        series: The days.
        model: Which model.
        priors: What was believed beforehand.
        posterior: What is believed now; ``as_run`` and ``effect`` are in the outcome's unit, a week for counts.
        times: What a difference a day is multiplied by: 7 for what is counted, else 1.
    """

    series: Series
    model: Model
    priors: Priors | CountPriors
    posterior: Posterior | LatentPosterior
    times: float

    def under(self, belief: Belief | Priors | CountPriors) -> tuple[Mixture, Mixture] | None:
        """The contrast as run and the steady effect under another belief; None when it lies outside the nodes."""
        found = self.posterior
        at_level = found.level_effect if isinstance(found, LatentPosterior) else found.effect
        weight, (means, sds), left = reweighed(at_level, found.nodes, self.priors, belief)
        if left < LEAST_LEFT:
            return None
        if isinstance(found, Posterior):
            size = np.abs(found.contrast)
            return Mixture(weight, found.contrast * means, size * sds), Mixture(weight, means, sds)
        steady, run = (
            difference(
                self.series.day,
                found.nodes,
                found.fits,
                weight,
                likelihood_of(self.series, self.model),
                contrast,
                times=self.times,
                effect=(means, sds),
            )
            for contrast in (np.ones(len(weight)), found.contrast)
        )
        return run, steady


def model_of(series: Series) -> Model:
    """The model of an outcome: counts by their likelihood, scores heaped at an end as cut off, all else normal."""
    scale = series.scale
    if scale.kind is OutcomeKind.COUNT:
        return Model.HAPPENED if scale.high == 1 else Model.COUNT
    if scale.kind is OutcomeKind.ORDINAL or (len(series.outcome) and needs_interval(series.outcome, scale)):
        return Model.CUT_OFF
    return Model.NORMAL


def likelihood_of(series: Series, model: Model) -> Likelihood:
    """What was observed, as the model reads it; not for the normal one."""
    if model is Model.COUNT:
        return NegativeBinomial(counts(series.outcome))
    if model is Model.HAPPENED:
        return occurrences(series.outcome)
    return scores(series.outcome, series.scale)


def modelled(
    series: Series, stated: Mapping[str, object], *, model: Model | None = None, verified: bool = True
) -> Modelled:
    """An outcome's posterior under the model it needs.

    Args:
        series: The days.
        stated: Priors that the trial's file states, by name; the rest are those of the scale.
        model: Another model than its own, to compare.
        verified: Whether the quadrature of the normal model checks itself.

    Raises:
        InputError: Stated priors that do not fit.
    """
    which = model or model_of(series)
    if which is not Model.NORMAL and (not len(series.day) or series.is_constant):
        which = Model.NORMAL
    counted = series.period >= 0
    if which is Model.NORMAL:
        believed = replace(normal_priors(series), **stated)  # type: ignore[arg-type]
        found = posterior(series.day, series.outcome, series.assigned, believed, counted=counted, verified=verified)
        return Modelled(series, which, believed, found, 1.0)
    counting = which in {Model.COUNT, Model.HAPPENED}
    base: Priors | CountPriors = CountPriors() if counting else normal_priors(series)
    try:
        latent = replace(base, **stated)  # type: ignore[arg-type]
    except TypeError as error:
        raise InputError(f"found a prior that {series.scale.name} has not: {error}", field="priors") from None
    times = WEEK if counting else 1.0
    likelihood = likelihood_of(series, which)
    told = latent_posterior(series.day, series.assigned, likelihood, latent, counted=counted, times=times)
    return Modelled(series, which, latent, told, times)


def drawn_from(made: Modelled, rng: np.random.Generator) -> Floats:
    """(n, r) outcomes drawn from the posterior of a model other than the normal one.

    Args:
        made: The outcome.
        rng: Where chance comes from.

    Raises:
        InputError: The normal model, which draws by ``predictive.drawn_scores``.
    """
    found, series = made.posterior, made.series
    if not isinstance(found, LatentPosterior):
        raise InputError("found the normal model, expected one with a likelihood of its own", field="model")
    regular = np.einsum("ncm,mc->nm", found.fits.columns, found.fits.mean)
    if made.model is Model.CUT_OFF:
        return drawn_scores(series.day, regular, found.weight, found.nodes, series.scale, rng)
    happened = made.model is Model.HAPPENED
    return drawn_counts(series.day, regular, found.weight, found.nodes, rng, happened=happened)


def normal_priors(series: Series) -> Priors:
    """The defaults of the scale, or of the outcome's own spread where it has no ends."""
    scale = series.scale
    if scale.low is not None and scale.high is not None:
        return priors_for(scale)
    spread = float(np.std(series.outcome)) if len(series.outcome) > 1 else 0.0
    found = priors_for(scale, unit=max(spread / UNIT_SDS, scale.mcid))
    middle = float(np.median(series.outcome)) if len(series.outcome) else found.intercept[0]
    return replace(found, intercept=(middle, found.intercept[1]))
