"""From a trial's file to its answer: the posterior of one outcome, what could be wrong, and the verdict in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Final

import numpy as np

from provender.terms.errors import InputError
from provender.trials import checks, checks_of_model
from provender.trials.check import Check, Passed
from provender.trials.count_priors import CountPriors
from provender.trials.downweighted import downweighted
from provender.trials.evaluation import Parts
from provender.trials.fitted import Fitted, fitted
from provender.trials.latent_posterior import LatentPosterior
from provender.trials.looks import days_of_whole_pairs, evidence, pair_differences
from provender.trials.mixture import Mixture
from provender.trials.modelled import WEEK, Model, Modelled, drawn_from, modelled
from provender.trials.posterior import Posterior, posterior
from provender.trials.power import pairs_to_settle
from provender.trials.predictive import drawn_scores
from provender.trials.priors import Priors
from provender.trials.randomisation_test import randomisation_test
from provender.trials.scale import OutcomeKind
from provender.trials.sensitivity import Belief, others
from provender.trials.series import Series
from provender.trials.trial_file import TrialFile
from provender.trials.verdict import Asked, Doubt, Kind, Verdict, verdict
from provender.trials.whitening import Floats

FINE: Final = 0.5
"""Below this smallest difference worth having a second decimal is shown."""

SEED: Final = 20261124
"""The same trial draws the same days every time."""


@dataclass(frozen=True, slots=True)
class Under:
    """The answer under another belief beforehand.

    Attributes:
        name: Which belief.
        verdict: The answer; None when the belief lies too far off to be reckoned.
    """

    name: str
    verdict: Verdict | None

    @property
    def kind(self) -> Kind | None:
        """What it says; None when it could not be reckoned."""
        return self.verdict.kind if self.verdict else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trial says of one outcome.

    Attributes:
        series: The days it rests on.
        model: How the outcome was read.
        priors: What was believed beforehand.
        posterior: What is believed now; its contrast as run is the headline.
        asked: What was asked, with the smallest change that matters in the unit of the answer.
        verdict: The same in words, with what could be wrong.
        others: The answer under other beliefs: half and double the effect's spread, sooner and later effects.
        published: The answer under a prior from published studies; None where none was given.
        checks: What could be wrong, the gravest first; what was found in order comes last.
        evidence: (pairs,) evidence for a benefit after each pair, by betting, without a model.
        ended: Whether the trial was over; else this is a look, after whole pairs.
    """

    series: Series
    model: Model
    priors: Priors | CountPriors
    posterior: Posterior | LatentPosterior
    asked: Asked
    verdict: Verdict
    others: tuple[Under, ...]
    published: Under | None
    checks: tuple[Check, ...]
    evidence: Floats
    ended: bool


def answer(
    trial: TrialFile,
    outcome: str = "",
    *,
    today: date | None = None,
    published: tuple[float, float] | None = None,
    more: bool = False,
) -> Answer:
    """What a trial says of one of its outcomes.

    Args:
        trial: The trial as it was kept.
        outcome: The outcome's name; "" is the primary one.
        today: The day it is asked; before the trial's last day only whole pairs count and claims need 0.99. None takes
            the trial for over.
        published: Mean and sd of the effect as published studies have it, shown beside the sceptical prior.
        more: Whether to reckon how many more pairs would settle it; takes seconds.

    Raises:
        InputError: No such outcome, a look before the first pair is over, or a published effect without spread.
    """
    series, ended = _so_far(_series(trial, outcome), today)
    if published is not None and not published[1] > 0:
        raise InputError(f"found a published effect with sd {published[1]:g}, expected above 0", field="published")
    made = modelled(series, trial.header.priors)
    asked = _asked(trial, series)
    found = made.posterior

    def told(run: Mixture, steady: Mixture, doubts: Sequence[Doubt] = ()) -> Verdict:
        return verdict(run, asked, steady=steady, doubts=doubts, ended=ended)

    def under(belief: Belief) -> Under:
        again = made.under(belief)
        return Under(belief.name, told(*again) if again else None)

    plain = told(found.as_run, found.effect)
    beliefs = tuple(under(belief) for belief in others(made.priors))
    every = _checks(trial, made, plain, beliefs, told)
    doubts = [Doubt(one.sentence, one.spoils) for one in every if one.verdict is Passed.FAILED]
    by_others = Belief("published studies", published, made.priors.tau) if published else None
    return Answer(
        series=series,
        model=made.model,
        priors=made.priors,
        posterior=found,
        asked=asked,
        verdict=verdict(
            found.as_run,
            asked,
            steady=found.effect,
            doubts=doubts,
            ended=ended,
            pairs_more=_pairs_more(trial, made, plain) if more else None,
        ),
        others=beliefs,
        published=under(by_others) if by_others else None,
        checks=every,
        evidence=evidence(pair_differences(series), lower_is_better=series.scale.lower_is_better),
        ended=ended,
    )


def _checks(
    trial: TrialFile, made: Modelled, plain: Verdict, beliefs: Sequence[Under], told: checks_of_model.Told
) -> tuple[Check, ...]:
    """Every check, the gravest first."""
    series, found = made.series, made.posterior
    every = [
        checks.of_arms(series),
        checks.of_order(trial),
        randomisation_test(series, trial.design, trial.sequence),
        checks.of_onset(series, found.tau.quantile(0.5)),
        checks.of_missing_by_arm(series),
        checks.of_missing_after(series),
        checks.of_adherence(series),
        checks.of_blinding(trial),
        checks.of_bounds(series, cut_off=made.model is Model.CUT_OFF),
        checks_of_model.of_priors(plain.kind, {one.name: one.kind for one in beliefs}),
        checks.of_looks(trial),
        checks.of_other_changes(trial, series),
        checks.of_late_notes(series),
        checks_of_model.of_quadrature(found),
        *_checks_of_fit(made, plain, told),
    ]
    gravity = {Passed.FAILED: 0, Passed.NO_VERDICT: 1, Passed.PASSED: 2}
    return tuple(sorted(every, key=lambda one: (not one.spoils, gravity[one.verdict])))


def _checks_of_fit(made: Modelled, plain: Verdict, told: checks_of_model.Told) -> list[Check]:
    """Checks that hold the days against the model; some of them know the normal one alone."""
    series, found, priors = made.series, made.posterior, made.priors
    if len(series.day) < checks_of_model.LEAST_DAYS or series.is_constant:
        return [Check("fit of the model", Passed.NO_VERDICT, "Too few days, or none that differ, to hold it against.")]
    rng = np.random.default_rng(SEED)
    if isinstance(found, LatentPosterior) or not isinstance(priors, Priors):
        return [checks_of_model.of_drawn_days(series, drawn_from(made, rng))]
    fit = fitted(series.day, series.outcome, series.assigned, priors)
    regular = fit.regular[series.day][:, None]
    drawn = drawn_scores(series.day, regular, found.weight, found.nodes, series.scale, rng)
    return [
        checks.of_residuals(series, fit),
        checks_of_model.of_outliers(fit, plain, _with_tails(series, priors, fit), told),
        checks_of_model.of_trend(plain, _again(series, series.outcome, priors, Parts(bend=True)), told),
        checks_of_model.of_drawn_days(series, drawn),
    ]


def _with_tails(series: Series, priors: Priors, fit: Fitted) -> Posterior:
    return _again(series, downweighted(series.outcome, fit), priors, Parts())


def _again(series: Series, outcome: Floats, priors: Priors, parts: Parts) -> Posterior:
    return posterior(series.day, outcome, series.assigned, priors, counted=series.period >= 0, parts=parts)


def _pairs_more(trial: TrialFile, made: Modelled, plain: Verdict) -> float | None:
    """How many more pairs would probably settle it, infinity for none; None when it is settled, or nobody can say."""
    found, priors, design = made.posterior, made.priors, trial.design
    if plain.kind is not Kind.CANNOT_TELL or design is None:
        return None
    if not isinstance(found, Posterior) or not isinstance(priors, Priors):
        return None
    scale = made.series.scale
    longer = pairs_to_settle(
        found,
        design.period_days,
        design.pairs,
        rng=np.random.default_rng(SEED),
        mcid=scale.mcid,
        lower_is_better=scale.lower_is_better,
        priors=priors,
    )
    return longer.pairs if longer else inf


def _asked(trial: TrialFile, series: Series) -> Asked:
    scale = series.scale
    counting = scale.kind is OutcomeKind.COUNT
    unit = "days" if counting and scale.high == 1 and not scale.unit else scale.unit
    mcid = scale.mcid * (WEEK if counting else 1.0)
    return Asked(
        treatment=trial.header.treatment or "the treatment",
        outcome=scale.name,
        unit=f"{unit} a week".strip() if counting else unit,
        mcid=mcid,
        lower_is_better=scale.lower_is_better,
        digits=1 if mcid >= FINE else 2,
    )


def _so_far(series: Series, today: date | None) -> tuple[Series, bool]:
    """The days that count today, and whether they are all of the trial's."""
    last = int(np.flatnonzero(series.period >= 0)[-1]) if (series.period >= 0).any() else series.days - 1
    passed = last if today is None else (today - series.first_day).days
    if passed > last or today is None:
        return series, True
    days = days_of_whole_pairs(series, passed)
    if not days:
        raise InputError(
            f"found {passed + 1} days of the trial, none of its pairs is over; looks are only taken after a whole pair",
            field="today",
        )
    return series.first(days), False


def _series(trial: TrialFile, outcome: str) -> Series:
    if not outcome:
        return trial.primary
    if outcome not in trial.series:
        raise InputError(
            f"found no outcome “{outcome[:40]}”, expected one of {', '.join(trial.series)}", field="outcome"
        )
    return trial.series[outcome]
