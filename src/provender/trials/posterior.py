"""The posterior of one person's trial: what the treatment did, with everything else integrated out.

``y = level + trend + weekday + effect * e(t) + u(t) + noise``: the effect comes and goes with time constant tau, u
lingers from day to day (Ornstein-Uhlenbeck), noise is white. Given phi, nu, tau and sigma all coefficients are normal
and integrated exactly; those four are integrated on lattices that follow the posterior. Deterministic: the same trial
gives the same answer, bit for bit. The equations stand in ``docs/methods/trials.md``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from provender.terms.errors import InputError
from provender.trials.evaluation import Evaluated, Parts, Trial, evaluated, evaluations, exposure
from provender.trials.latent_case import Nodes
from provender.trials.lattice import first_lattice, next_lattice, wide_lattice
from provender.trials.mixture import Curve, Mixture, refined, smooth_curve, spread_curve
from provender.trials.priors import Priors
from provender.trials.whitening import Floats

MOST_DAYS: Final = 4000
PASSES: Final = 8
REFINEMENTS: Final = 3
SETTLED: Final = 5e-4
"""Change, in posterior sds, below which lattices are fine enough."""
LEAST_WEIGHT: Final = 1e-9
TINY: Final = 1e-300
LEAST_ROW: Final = 1e-6
ALONE: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Posterior:
    """What is believed after the trial.

    Attributes:
        effect: Of the steady state: where the outcome would settle with treatment, less without.
        as_run: The effect as the trial ran: mean over its treatment days less mean over its comparison days.
        weight: (k,) how far each node is believed, sums to 1.
        nodes: Where they are.
        contrast: (k,) by what the effect is multiplied there to be the effect as run.
        log_likelihood: (k,) of the data under each, coefficients integrated out.
        log_evidence: Logarithm of the probability of the data under the model.
        observed: Days observed.
        informed: Whether both arms were observed at all.
        edge: Largest weight at any lattice's edge: near 0 when nothing was cut off.
        priors: What was believed beforehand.
        evaluated: Everything at every node.
        quadrature_error: Largest change, in posterior sds, from lattices with 1.4 times fewer nodes in each direction;
            None where that was not asked for.
    """

    effect: Mixture
    as_run: Mixture
    weight: Floats
    nodes: Nodes
    contrast: Floats
    log_likelihood: Floats
    log_evidence: float
    observed: int
    informed: bool
    edge: float
    priors: Priors
    evaluated: Evaluated
    quadrature_error: float | None = None

    @cached_property
    def phi(self) -> Curve:
        """Correlation of the lingering part from one day to the next."""
        lattice, residual = self.evaluated.lattice, self.evaluated.weight_of_nodes[0]
        a, b, _, _ = lattice.counts
        along = smooth_curve(lattice.z[::b, 0], residual.reshape(a, b).sum(axis=1))
        return Curve(*along, *beta_normal(self.priors.phi))

    @cached_property
    def nu(self) -> Curve:
        """Share of the residual variance that is white."""
        lattice, residual = self.evaluated.lattice, self.evaluated.weight_of_nodes[0]
        a, b, _, _ = lattice.counts
        return Curve(*_along(lattice.z[:, 1].reshape(a, b), residual.reshape(a, b)), *beta_normal(self.priors.nu))

    @cached_property
    def tau(self) -> Curve:
        """Days in which an effect comes and goes by 63 %."""
        median, spread = self.priors.tau
        return Curve(
            *smooth_curve(self.evaluated.lattice.z_tau, self.evaluated.weight_of_nodes[1]),
            lambda x: float(np.log(np.maximum(x, TINY) / median) / spread),
            lambda at: np.asarray(median * np.exp(spread * at)),
        )

    @cached_property
    def sigma(self) -> Curve:
        """Residual standard deviation, in the outcome's unit."""
        found = self.evaluated
        along = _along(np.log(found.sigma), found.weight.sum(axis=1))
        return Curve(*along, lambda x: float(np.log(np.maximum(x, TINY))), lambda at: np.asarray(np.exp(at)))


def posterior(
    day: ArrayLike,
    outcome: ArrayLike,
    assigned: ArrayLike,
    priors: Priors | None = None,
    *,
    counted: ArrayLike | None = None,
    parts: Parts | None = None,
    verified: bool = False,
) -> Posterior:
    """The posterior of a trial.

    Args:
        day: (n,) observed day index, 0 to T - 1, ascending; days not observed are simply not there.
        outcome: (n,) what was observed.
        assigned: (T,) 1 with treatment, 0 without, for every calendar day.
        priors: What is believed beforehand; None takes those of pain from 0 to 10.
        counted: (T,) days that the contrast as run compares; None all.
        parts: Which parts the model has; None all.
        verified: Whether to repeat it on finer lattices, until little changes, and say how much did.

    Raises:
        InputError: Days that are not ascending or not in the trial, an outcome that is no number, assignments other
            than 0 and 1, or a trial of more than 4,000 days.
    """
    trial = checked_trial(day, outcome, assigned, counted)
    believed, having = priors or Priors(), parts or Parts()
    found = last_evaluation(trial, believed, having)
    made = _posterior(trial, believed, found)
    for _ in range(REFINEMENTS if verified else 0):
        found = evaluated(trial, believed, having, found.lattice.finer())
        finer = _posterior(trial, believed, found)
        change = _change(made, finer)
        made = replace(finer, quadrature_error=change)
        if change < SETTLED:
            break
    return made


@dataclass(frozen=True, eq=False)
class Answer:
    """The effect of one of many trials: of the steady state, and as run."""

    effect: Mixture
    as_run: Mixture


def many(
    day: ArrayLike,
    outcomes: ArrayLike,
    assigned: ArrayLike,
    priors: Priors | None = None,
    *,
    counted: ArrayLike | None = None,
    parts: Parts | None = None,
) -> Iterator[Answer]:
    """Several outcomes of the same days and assignment, for simulation: one lattice over the prior serves them all.

    Three times as quick as one after another, and good to a hundredth of a posterior sd for months of days. Where far
    more is known (an effect many times the noise, years) it is off by tenths of that small sd: use ``posterior``.

    Args:
        day: (n,) observed days.
        outcomes: (n, b).
        assigned: (T,).
        priors: As for ``posterior``.
        counted: As for ``posterior``.
        parts: As for ``posterior``.

    Raises:
        InputError: As ``posterior``.
    """
    rows = np.asarray(outcomes, dtype=np.float64)
    if rows.ndim != 2 or not np.isfinite(rows).all():
        raise InputError(
            "found outcomes that are no numbers in rows of days, expected one column a trial", field="outcome"
        )
    believed, having = priors or Priors(), parts or Parts()
    trial = checked_trial(day, rows[:, 0] if rows.shape[1] else np.zeros(len(rows)), assigned, counted)
    lattice = wide_lattice(lag=having.lag, white=having.white)
    for found in evaluations(trial, rows, believed, having, lattice):
        kept, flat = _kept(found)
        means, sds = flat(found.mean), flat(found.sd)
        contrast = flat(mean_exposures(trial, found.tau)[None, :, None])
        yield Answer(Mixture(kept, means, sds), Mixture(kept, contrast * means, np.abs(contrast) * sds))


def _kept(found: Evaluated) -> tuple[Floats, Callable[[Floats], Floats]]:
    """The weights that count, and a function that takes the same nodes out of any array over them."""
    weight = found.weight.ravel()
    keep = weight > LEAST_WEIGHT * weight.max()

    def flat(values: Floats) -> Floats:
        return np.asarray(np.broadcast_to(values, found.weight.shape).ravel()[keep])

    return weight[keep] / weight[keep].sum(), flat


def _change(one: Posterior, other: Posterior) -> float:
    sd = max(other.effect.sd, 1e-300)
    means = abs(one.effect.mean - other.effect.mean) / sd
    spreads = abs(one.effect.sd - other.effect.sd) / sd
    runs = abs(one.as_run.mean - other.as_run.mean) / max(other.as_run.sd, 1e-300)
    return max(means, spreads, runs)


def last_evaluation(trial: Trial, priors: Priors, parts: Parts) -> Evaluated:
    """The trial on the lattice that follows its posterior."""
    lattice = first_lattice(lag=parts.lag, white=parts.white)
    found = evaluated(trial, priors, parts, lattice)
    for _ in range(PASSES):
        nearer = next_lattice(lattice, found.weight_of_nodes)
        if nearer is None:
            break
        lattice = nearer
        found = evaluated(trial, priors, parts, lattice)
    return found


def checked_trial(day: ArrayLike, outcome: ArrayLike, assigned: ArrayLike, counted: ArrayLike | None = None) -> Trial:
    """The days of a trial, if they can be those of one.

    Raises:
        InputError: As ``posterior``.
    """
    days, y, a = np.asarray(day), np.asarray(outcome, dtype=np.float64), np.asarray(assigned, dtype=np.float64)
    if a.ndim != 1 or not 1 <= len(a) <= MOST_DAYS:
        raise InputError(f"found a trial of {a.size:,} days, expected 1 to {MOST_DAYS:,}", field="assigned")
    if not np.isin(a, (0.0, 1.0)).all():
        raise InputError("found a day of neither arm, expected 1 with treatment and 0 without", field="assigned")
    if days.ndim != 1 or days.shape != y.shape:
        raise InputError(f"found {days.size} days and {y.size} outcomes, expected one each", field="outcome")
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise InputError("found a day that is no whole number", field="day")
    days = days.astype(np.int64)
    if days.size and (np.any(np.diff(days) <= 0) or days[0] < 0 or days[-1] >= len(a)):
        raise InputError(
            f"found days that do not ascend within 0 to {len(a) - 1}, expected each observed day once, in order",
            field="day",
        )
    if not np.isfinite(y).all():
        raise InputError("found an outcome that is no number; leave days without one out", field="outcome")
    use = np.ones(len(a), dtype=np.bool_) if counted is None else np.asarray(counted, dtype=np.bool_)
    if use.shape != a.shape:
        raise InputError(f"found {use.size} counted days, expected {a.size}", field="counted")
    return Trial(days, y, a, use)


def _posterior(trial: Trial, priors: Priors, found: Evaluated) -> Posterior:
    kept, flat = _kept(found)
    means, sds = flat(found.mean), flat(found.sd)
    contrast = flat(mean_exposures(trial, found.tau)[None, :, None])
    seen = trial.assigned[trial.day]
    return Posterior(
        effect=Mixture(kept, means, sds),
        as_run=Mixture(kept, contrast * means, np.abs(contrast) * sds),
        weight=kept,
        nodes=Nodes(*(flat(one) for one in _nodes(found))),
        contrast=contrast,
        log_likelihood=flat(found.log_likelihood),
        log_evidence=found.log_evidence,
        observed=len(trial.day),
        informed=bool(len(seen)) and 0 < float(seen.mean()) < 1,
        edge=found.lattice.edge(*found.weight_of_nodes),
        priors=priors,
        evaluated=found,
    )


def _nodes(found: Evaluated) -> tuple[Floats, Floats, Floats, Floats]:
    """phi, nu, sigma and tau, each of a shape that spreads over all nodes."""
    return found.phi[:, None, None], found.nu[:, None, None], found.sigma[:, None, :], found.tau[None, :, None]


def _along(nodes: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Grid and distribution function over rows of evenly spaced nodes, (r, s); rows with next to no weight left out."""
    use = weight.sum(axis=1) > LEAST_ROW * weight.sum()
    at, finer = refined(weight[use])
    first, last = nodes[use, :1], nodes[use, -1:]
    places = first + (last - first) * at / max(at[-1], 1.0)
    half = np.broadcast_to((last - first) / max(len(at) - 1, 1) / 2, places.shape)
    if len(at) == 1:
        half = np.full(places.shape, ALONE)
    return spread_curve(places.ravel(), finer.ravel() / finer.sum(), half.ravel())


def beta_normal(shape: tuple[float, float]) -> tuple[Callable[[float], float], Callable[[Floats], Floats]]:
    """Between 0 and 1 and back, so that the beta distribution of this shape is standard normal."""
    return (
        lambda x: float(special.ndtri(special.betainc(*shape, np.clip(x, 0.0, 1.0)))),
        lambda at: np.asarray(special.betaincinv(*shape, special.ndtr(at))),
    )


def mean_exposures(trial: Trial, tau: Floats) -> Floats:
    """(k,) mean exposure of counted treatment days less that of counted comparison days, at each tau, (k,).

    1 without one of the arms.
    """
    treated, other = trial.counted & (trial.assigned == 1), trial.counted & (trial.assigned == 0)
    if not treated.any() or not other.any():
        return np.ones(len(tau))
    reached = exposure(trial.assigned, tau)
    return np.asarray(reached[treated].mean(axis=0) - reached[other].mean(axis=0))
