"""The posterior of a trial whose outcomes are counts, yes or no, or scores heaped at an end of their scale.

The model beneath is that of ``posterior``; what was observed hangs on its level by a likelihood of its own, and each
node is solved by expectation propagation (``latent``). The effect is told in the unit that was written down.
"""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import ArrayLike

from provender.trials.evaluation import Parts, Trial
from provender.trials.latent import NodeFits, expectation
from provender.trials.latent_case import CoefficientPriors, Nodes
from provender.trials.latent_lattice import (
    DIMENSIONS,
    Ball,
    NuisancePriors,
    first_ball,
    half_t,
    half_t_normal,
    next_ball,
)
from provender.trials.likelihoods import Likelihood
from provender.trials.mixture import Curve, Mixture, mixed_curve, smooth_curve
from provender.trials.natural_scale import difference
from provender.trials.posterior import beta_normal, checked_trial, mean_exposures
from provender.trials.whitening import Floats

PASSES: Final = 14
LEAST_WEIGHT: Final = 1e-7
KERNEL: Final = 0.5
"""Width, in sds, of the normal that each node stands for where one parameter is drawn alone (own)."""


class LatentPriors(CoefficientPriors, NuisancePriors, Protocol):
    """Everything that is believed beforehand."""


@dataclass(frozen=True, eq=False)
class LatentPosterior:
    """What is believed after such a trial.

    Attributes:
        effect: Of the steady state, in the unit that was written down: what the observed days would differ by.
        as_run: The same as the trial ran: between its treatment and its comparison days.
        level_effect: Of the level beneath: points as if the scale had no ends, or the log of a rate ratio.
        phi: Correlation of the lingering part from one day to the next.
        nu: Share of the residual variance that is white.
        tau: Days in which an effect comes and goes by 63 %.
        sigma: Residual standard deviation of the level.
        weight: (m,) how far each node is believed, sums to 1.
        nodes: Where they are.
        contrast: (m,) the exposure that treatment days had more than comparison days.
        fits: What each of them says.
        log_evidence: Logarithm of the probability of the data under the model.
        observed: Days observed.
        informed: Whether both arms were observed at all.
        edge: Weight at the rim of the nodes: near 0 when nothing was cut off.
        unsettled: Weight of nodes that did not converge.
        quadrature_error: Change, in posterior sds, from half of the nodes.
    """

    effect: Mixture
    as_run: Mixture
    level_effect: Mixture
    phi: Curve
    nu: Curve
    tau: Curve
    sigma: Curve
    weight: Floats
    nodes: Nodes
    contrast: Floats
    fits: NodeFits
    log_evidence: float
    observed: int
    informed: bool
    edge: float
    unsettled: float
    quadrature_error: float


def latent_posterior(
    day: ArrayLike,
    assigned: ArrayLike,
    likelihood: Likelihood,
    priors: LatentPriors,
    *,
    counted: ArrayLike | None = None,
    parts: Parts | None = None,
    times: float = 1.0,
) -> LatentPosterior:
    """The posterior of a trial through a likelihood of its own.

    Args:
        day: (n,) observed day index, 0 to T - 1, ascending; one or more.
        assigned: (T,) 1 with treatment, 0 without, for every calendar day.
        likelihood: What was observed on those days (``scores``, ``NegativeBinomial``, ``Occurrence`` ...).
        priors: What is believed beforehand, in the level's unit.
        counted: (T,) days that the contrast as run compares; None all.
        parts: Which parts the model has; None all. The white share is always unknown here.
        times: What the difference is multiplied by: 7 for counts a week.

    Raises:
        InputError: As ``posterior``, or no observed day.
    """
    having = parts or Parts()
    days = np.asarray(day)
    trial = checked_trial(days, np.zeros(days.shape), assigned, counted)

    def at(ball: Ball) -> tuple[Floats, NodeFits]:
        fits = expectation(
            trial.day,
            trial.assigned,
            priors,
            likelihood,
            ball.nodes(priors),
            lag=having.lag,
            weekday=having.weekday,
            trend=having.trend,
        )
        return fits.log_marginal + ball.log_prior(), fits

    ball = first_ball()
    log, fits = at(ball)
    for _ in range(PASSES):
        nearer = next_ball(ball, np.exp(log - log.max()))
        if nearer is None:
            break
        ball = nearer
        log, fits = at(ball)
    return _told(trial, likelihood, priors, ball, log, fits, times)


def _told(
    trial: Trial, likelihood: Likelihood, priors: LatentPriors, ball: Ball, log: Floats, fits: NodeFits, times: float
) -> LatentPosterior:
    weight = np.exp(log - log.max())
    total = weight.sum()
    weight /= total
    keep = np.flatnonzero(weight > LEAST_WEIGHT * weight.max())
    nodes, kept = ball.nodes(priors).part(keep), weight[keep] / weight[keep].sum()
    of_kept = fits.part(keep)
    run = mean_exposures(trial, nodes.tau)
    told = [
        difference(trial.day, nodes, of_kept, kept, likelihood, contrast, times=times)
        for contrast in (np.ones(len(keep)), run)
    ]
    nu, tau, sigma = (mixed_curve(weight, ball.z[:, axis], KERNEL) for axis in range(1, DIMENSIONS))
    median, spread = priors.tau
    scale, df = priors.sigma_scale, priors.sigma_df
    seen = trial.assigned[trial.day]
    return LatentPosterior(
        effect=told[0],
        as_run=told[1],
        level_effect=Mixture(kept, of_kept.effect_mean, of_kept.effect_sd),
        phi=Curve(*smooth_curve(*ball.along_first(weight)), *beta_normal(priors.phi)),
        nu=Curve(*nu, *beta_normal(priors.nu)),
        tau=Curve(
            *tau,
            lambda x: float(np.log(max(x, 1e-300) / median) / spread),
            lambda z: np.asarray(median * np.exp(spread * z)),
        ),
        sigma=Curve(*sigma, lambda x: half_t_normal(x, df, scale), lambda z: half_t(z, df, scale)),
        weight=kept,
        nodes=nodes,
        contrast=run,
        fits=of_kept,
        log_evidence=float(log.max() + np.log(total) + ball.log_cell),
        observed=len(trial.day),
        informed=bool(0 < float(seen.mean()) < 1),
        edge=float(weight[ball.outer].sum()),
        unsettled=float(weight[~fits.settled].sum()),
        quadrature_error=_error(weight, ball, fits),
    )


def _error(weight: Floats, ball: Ball, fits: NodeFits) -> float:
    """The effect's mean and sd from every other node, against those from all, in posterior sds."""
    found = []
    for use in (np.ones_like(ball.even), ball.even):
        one = Mixture(weight[use] / weight[use].sum(), fits.effect_mean[use], fits.effect_sd[use])
        found.append((one.mean, one.sd))
    (mean, sd), (half_mean, half_sd) = found
    return max(abs(mean - half_mean), abs(sd - half_sd)) / sd
