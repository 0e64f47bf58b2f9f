"""One person's repeated trials of the same thing, answered together."""

from collections.abc import Sequence
from dataclasses import dataclass

from provender.terms.errors import InputError
from provender.trials.answer import Answer
from provender.trials.latent_posterior import LatentPosterior
from provender.trials.pool import Likelihood, Pooled, likelihood_of, pooled
from provender.trials.priors import Priors
from provender.trials.verdict import Verdict, verdict


@dataclass(frozen=True, slots=True)
class Together:
    """Several trials as one answer, of the effect as it would settle.

    Attributes:
        likelihoods: What each trial's data alone say: the only thing that need ever be shared.
        pooled: Their common effect, and how far occasions differ.
        verdict: The same in words.
    """

    likelihoods: tuple[Likelihood, ...]
    pooled: Pooled
    verdict: Verdict


def together(answers: Sequence[Answer]) -> Together:
    """Several trials of the same outcome as one answer.

    Args:
        answers: Their own answers.

    Raises:
        InputError: None of them, outcomes on different scales, or counts, whose effects are not normal.
    """
    if not answers:
        raise InputError("found no trial to take together", field="trials")
    first = answers[0]
    different = next((one for one in answers if one.series.scale != first.series.scale), None)
    if different is not None:
        raise InputError(
            f"found {first.series.scale.name} and {different.series.scale.name} on scales that differ, expected the"
            " same outcome on the same scale; analyse them one by one",
            field="outcome",
        )
    priors = [one.priors for one in answers]
    if not all(isinstance(one, Priors) for one in priors):
        raise InputError("found counts, which are not taken together yet; analyse them one by one", field="outcome")
    told = tuple(exported(one) for one in answers)
    mean, sd = first.priors.effect
    made = pooled(told, prior_mean=mean, prior_sd=sd)
    return Together(told, made, verdict(made, first.asked))


def exported(one: Answer) -> Likelihood:
    """What a trial's data alone say of the steady effect of the level: its posterior divided by its prior."""
    found = one.posterior.level_effect if isinstance(one.posterior, LatentPosterior) else one.posterior.effect
    return likelihood_of(found.mean, found.sd, *one.priors.effect)
