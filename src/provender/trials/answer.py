"""From a trial's file to its answer: the posterior of one outcome, what could be wrong, and the verdict in words."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials.likelihoods import needs_interval, share_at_bound
from provender.trials.posterior import Posterior, posterior
from provender.trials.priors import Priors, priors_for
from provender.trials.scale import OutcomeKind
from provender.trials.series import Series
from provender.trials.trial_file import TrialFile
from provender.trials.verdict import Asked, Doubt, Verdict, verdict

SENSITIVE_SDS: Final = (0.5, 2.0)
"""The effect's prior sd is halved and doubled to see whether the answer stands."""
UNIT_SDS: Final = 1.5
LEAST_SEEN: Final = 0.7


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trial says of one outcome.

    Attributes:
        series: The days it rests on.
        priors: What was believed beforehand.
        posterior: What is believed now; its contrast as run is the headline.
        verdict: The same in words, with what could be wrong.
        others: The verdict under a prior of half and of double the spread.
    """

    series: Series
    priors: Priors
    posterior: Posterior
    verdict: Verdict
    others: tuple[Verdict, Verdict]


def answer(trial: TrialFile, outcome: str = "") -> Answer:
    """What a trial says of one of its outcomes.

    Args:
        trial: The trial as it was kept.
        outcome: The outcome's name; "" is the primary one.

    Raises:
        InputError: No such outcome, or a count, for which there is no answer here yet.
    """
    series = _series(trial, outcome)
    if series.scale.kind is OutcomeKind.COUNT:
        raise InputError(
            f"found {series.scale.name}, a count; expected a score or a measure: counts are not answered here yet",
            field="outcome",
        )
    believed = _priors(trial, series)
    asked = Asked(
        treatment=trial.header.treatment or "the treatment",
        outcome=series.scale.name,
        unit=series.scale.unit,
        mcid=series.scale.mcid,
        lower_is_better=series.scale.lower_is_better,
    )
    found = _posterior(series, believed, verified=True)
    others = []
    for times in SENSITIVE_SDS:
        other = replace(believed, effect=(believed.effect[0], believed.effect[1] * times))
        again = _posterior(series, other)
        others.append(verdict(again.as_run, asked, steady=again.effect))
    plain = verdict(found.as_run, asked, steady=found.effect)
    doubts = [*_spoiling(series), *_of_days(trial, series), *_of_model(series, found)]
    if any(one.kind is not plain.kind for one in others):
        kinds = " and ".join(f"“{one.kind}”" for one in others)
        doubts.append(Doubt(f"The answer depends on what was believed beforehand: it would be {kinds} otherwise."))
    said = verdict(found.as_run, asked, steady=found.effect, doubts=doubts)
    return Answer(series, believed, found, said, (others[0], others[1]))


def _series(trial: TrialFile, outcome: str) -> Series:
    if not outcome:
        return trial.primary
    if outcome not in trial.series:
        raise InputError(
            f"found no outcome “{outcome[:40]}”, expected one of {', '.join(trial.series)}", field="outcome"
        )
    return trial.series[outcome]


def _posterior(series: Series, priors: Priors, *, verified: bool = False) -> Posterior:
    counted = series.period >= 0
    return posterior(series.day, series.outcome, series.assigned, priors, counted=counted, verified=verified)


def _priors(trial: TrialFile, series: Series) -> Priors:
    """The defaults of the scale, or of the outcome's own spread where it has no ends; then what the file states."""
    scale = series.scale
    if scale.low is not None and scale.high is not None:
        found = priors_for(scale)
    else:
        spread = float(np.std(series.outcome)) if len(series.outcome) > 1 else 0.0
        found = priors_for(scale, unit=max(spread / UNIT_SDS, scale.mcid))
        middle = float(np.median(series.outcome)) if len(series.outcome) else found.intercept[0]
        found = replace(found, intercept=(middle, found.intercept[1]))
    return replace(found, **trial.header.priors)  # type: ignore[arg-type]


def _spoiling(series: Series) -> list[Doubt]:
    found = []
    if series.unobserved_arms:
        arms = " and ".join("the treatment" if arm else "the comparison" for arm in series.unobserved_arms)
        found.append(Doubt(f"No day of {arms} was observed, so there is nothing to compare.", spoils=True))
    if len(series.day) and series.is_constant:
        found.append(Doubt("Every outcome is the same, so nothing can be seen of any effect.", spoils=True))
    return found


def _of_days(trial: TrialFile, series: Series) -> list[Doubt]:
    found = []
    asked = series.period >= 0
    if asked.any():
        seen = np.isin(np.flatnonzero(asked), series.day)
        on = series.assigned[asked] == 1
        rates = [float(seen[arm].mean()) if arm.any() else 1.0 for arm in (on, ~on)]
        if min(rates) < LEAST_SEEN:
            words = f"{rates[0] * 100:.0f} % of the days with the treatment, {rates[1] * 100:.0f} % of those without"
            found.append(Doubt(f"Many days are missing: observed were {words}."))
    if trial.design is not None and not trial.design.randomised:
        found.append(Doubt("The order was fixed, so a trend of the same rhythm cannot be told from the effect."))
    if trial.looks:
        count = len(trial.looks)
        found.append(Doubt(f"The results were looked at {count} time{'s' * (count != 1)} before the end."))
    if trial.co_interventions:
        days = len({note.day for note in trial.co_interventions})
        found.append(Doubt(f"Something else was changed on {days} day{'s' * (days != 1)}."))
    return found


def _of_model(series: Series, found: Posterior) -> list[Doubt]:
    doubts = []
    lengths = np.bincount(series.period[series.period >= 0])
    if len(lengths) and found.tau.quantile(0.5) > lengths.min() / 2:
        doubts.append(
            Doubt(
                f"Periods of {int(lengths.min())} days are short for an effect that takes about"
                f" {found.tau.quantile(0.5):.0f} days to come and go: what would settle may be larger."
            )
        )
    if series.scale.low is not None and series.scale.high is not None and needs_interval(series.outcome, series.scale):
        share = share_at_bound(series.outcome, series.scale)
        doubts.append(
            Doubt(f"{share * 100:.0f} % of the days lie at an end of the scale, so the effect is probably understated.")
        )
    if (found.quadrature_error or 0.0) > 0.01:
        doubts.append(Doubt("The numbers are uncertain by more than a hundredth of their spread."))
    return doubts
