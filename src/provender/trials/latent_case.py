"""What a latent trial model stands on: its nodes, its columns and the priors of their coefficients."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError
from provender.trials.evaluation import exposure
from provender.trials.likelihoods import Floats, Likelihood

Days = NDArray[np.int64]


class CoefficientPriors(Protocol):
    """What is read of the priors here; those of the nuisance parameters are the lattice's business."""

    @property
    def intercept(self) -> tuple[float, float]:
        """Mean and standard deviation."""

    @property
    def effect(self) -> tuple[float, float]:
        """Mean and standard deviation."""

    @property
    def trend_sd(self) -> float:
        """Of the change over the whole trial."""

    @property
    def weekday_sd(self) -> float:
        """Of each of the seven days of a week."""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Points of the nuisance parameters; arrays are (m,).

    Attributes:
        phi: Correlation of ``u`` from one day to the next, in (0, 1).
        nu: Share of the variance that is white, 0 to below 1.
        sigma: Standard deviation of ``u`` and white noise together, above 0, in the level's unit.
        tau: Time constant of onset and washout, days, above 0; not read without lag.
    """

    phi: Floats
    nu: Floats
    sigma: Floats
    tau: Floats

    def __len__(self) -> int:
        return len(self.phi)

    def part(self, which: slice | NDArray[np.int64]) -> "Nodes":
        """Some of the nodes."""
        return Nodes(self.phi[which], self.nu[which], self.sigma[which], self.tau[which])


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What is the same at every node of a latent model; see ``latent.laplace`` for the attributes."""

    day: Days
    assigned: Floats
    priors: CoefficientPriors
    likelihood: Likelihood
    lag: bool
    weekday: bool
    trend: bool

    def prior(self) -> tuple[Floats, Floats]:
        """Means and precisions of the coefficients, (c,)."""
        means, sds = [self.priors.intercept[0]], [self.priors.intercept[1]]
        if self.trend:
            means, sds = [*means, 0.0], [*sds, self.priors.trend_sd]
        if self.weekday:
            means, sds = means + [0.0] * 7, sds + [self.priors.weekday_sd] * 7
        means, sds = [*means, self.priors.effect[0]], [*sds, self.priors.effect[1]]
        return np.array(means), np.array(sds) ** -2.0

    def columns(self, tau: Floats) -> Floats:
        """What multiplies the coefficients, (n, c, m)."""
        total = len(self.assigned)
        fixed = [np.ones(len(self.day))]
        if self.trend:
            fixed.append(self.day / max(total - 1, 1) - 0.5)
        if self.weekday:
            fixed.extend(np.where(self.day % 7 == j, 1.0, 0.0) for j in range(7))
        found = np.empty((len(self.day), len(fixed) + 1, len(tau)))
        found[:, :-1] = np.stack(fixed, axis=1)[:, :, None]
        if self.lag:
            kinds, which = np.unique(tau, return_inverse=True)
            found[:, -1] = exposure(self.assigned, kinds)[self.day][:, which]
        else:
            found[:, -1] = self.assigned[self.day][:, None]
        return found


def checked(case: Case, nodes: Nodes) -> None:
    """Refuse days that do not fit the assignment or the likelihood, and nodes outside their range.

    Raises:
        InputError: Saying which, and what was expected.
    """
    total, day = len(case.assigned), case.day
    if case.likelihood.days != len(day):
        raise InputError(
            f"found {case.likelihood.days} outcomes for {len(day)} days, expected one for each", field="outcome"
        )
    if len(day) and not (
        np.issubdtype(day.dtype, np.integer) and np.all(np.diff(day) > 0) and day[0] >= 0 and day[-1] < total
    ):
        raise InputError(
            f"found days {day[0]} to {day[-1]} of a trial of {total}, expected each day once, in order, whole numbers"
            f" from 0 to {total - 1}",
            field="day",
        )
    unknown = np.flatnonzero(~np.isfinite(case.assigned))
    if unknown.size:
        raise InputError(
            f"found no assignment for day {unknown[0]}, expected 1 (treatment) or 0 (comparison) for every calendar"
            " day, run-in and washout 0",
            field="assigned",
        )
    _checked_prior(case)
    allowed = (
        ("phi", nodes.phi, (nodes.phi > 0) & (nodes.phi < 1), "between 0 and 1"),
        ("nu", nodes.nu, (nodes.nu >= 0) & (nodes.nu < 1), "0 to below 1"),
        ("sigma", nodes.sigma, (nodes.sigma > 0) & np.isfinite(nodes.sigma), "above 0"),
        ("tau", nodes.tau, (nodes.tau > 0) & np.isfinite(nodes.tau), "above 0"),
    )
    for name, values, fine, expected in allowed:
        if len(values) != len(nodes) or not fine.all():
            wrong = values[~fine][0] if len(values) == len(nodes) else len(values)
            raise InputError(f"found {wrong:g} for {name} of a node, expected a number {expected} each", field=name)


def _checked_prior(case: Case) -> None:
    pairs = (case.priors.intercept, (0.0, case.priors.trend_sd), (0.0, case.priors.weekday_sd), case.priors.effect)
    for name, (mean, sd) in zip(("intercept", "trend_sd", "weekday_sd", "effect"), pairs, strict=True):
        if not (np.isfinite(mean) and np.isfinite(sd) and sd > 0):
            raise InputError(
                f"found a prior with mean {mean:g} and standard deviation {sd:g} for {name}, expected a number and a"
                " number above 0; leave a column out instead of a deviation of 0",
                field=name,
            )
