"""A bank of Kalman filters over scale noise, slow water, drift and bias, for many persons at once."""

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.energy.expenditure_model import (
    ADAPTATION,
    BIAS,
    EXPENDITURE,
    SLOW,
    SLOW_KEPT,
    STATES,
    TISSUE,
    WATER,
    Array,
    Flags,
    Prior,
)

SCALE_SDS_KG: Final = (0.35, 0.75, 1.3)
SLOW_SDS_KG: Final = (0.15, 0.5, 0.9)
SLOW_WEIGHTS: Final = (0.65, 0.25, 0.10)
DRIFTS_KCAL: Final = (5.0, 50.0)
DRIFT_WEIGHTS: Final = (0.8, 0.2)
REMEMBERED: Final = 0.99
"""How much of a filter's past merit counts after a day, so that a filter can come back when life changes."""
OUTLIER: Final = 9.0
"""Squared standardised surprise from which a weighing counts for less.

Source: Chang G (2014), J Geodesy 88:391-401, DOI 10.1007/s00190-013-0690-8, one observation a day."""
EATEN_BELOW: Final = 0.10
EATEN_SD: Final = 0.18
"""Those who keep a diary eat about a tenth less than they spend, give or take 18 % of it (own; wide on purpose: two
thirds of them then change by about -0.5 to 0.15 kg a week)."""
_SMALL: Final = ((TISSUE, 0.02), (WATER, 0.05), (ADAPTATION, 1.0), (BIAS, 0.0008))


@dataclass(frozen=True, slots=True)
class Bank:
    """The filters that run side by side; every array is (filters,), biases (persons, filters).

    Attributes:
        scale_sd_kg: Day-to-day noise of the scale, kg.
        slow_sd_kg: Standard deviation of slow water, kg.
        drift_kcal: Walk of expenditure a day, kcal.
        bias: Prior mean of true over logged intake.
        bias_sd: Its standard deviation.
        log_weight: Logarithm of the prior weight.
    """

    scale_sd_kg: Array
    slow_sd_kg: Array
    drift_kcal: Array
    bias: Array
    bias_sd: Array
    log_weight: Array


def bank(priors: tuple[Prior, ...]) -> Bank:
    """The bank for persons whose priors name equally many kinds of logger."""
    grid = list(
        itertools.product(
            SCALE_SDS_KG,
            zip(SLOW_SDS_KG, SLOW_WEIGHTS, strict=True),
            zip(DRIFTS_KCAL, DRIFT_WEIGHTS, strict=True),
            range(len(priors[0].biases)),
        )
    )
    kinds = [kind for *_, kind in grid]
    biases: Array = np.array([p.biases for p in priors], dtype=np.float64)[:, kinds]
    share: Array = np.array([slow[1] * drift[1] for _, slow, drift, _ in grid])
    return Bank(
        np.array([scale for scale, *_ in grid]),
        np.array([slow[0] for _, slow, *_ in grid]),
        np.array([drift[0] for _, _, drift, _ in grid]),
        biases[..., 0],
        biases[..., 1],
        np.log(biases[..., 2] * share),
    )


@dataclass(frozen=True, slots=True)
class Days:
    """What the filters read: (persons, days) arrays, the day loop over the second axis.

    Attributes:
        weight_kg: Scale weight above the reference; NaN when missing.
        step: (persons, days, 6, 6): the matrix from each morning to the next.
        error: (persons, days, 6): where an error in that day's intake enters.
        error_kcal: Standard deviation of that error, kcal.
        reopened_kcal: Standard deviation by which expenditure is reopened after that morning; mostly 0.
        early_kcal: (persons,), mean of the full logs of the first four weeks; NaN without any.
        early_sd_kcal: (persons,), how far that mean may lie from a longer one.
        stepped_kg: Standard deviation by which the weight's level is reopened after that morning; mostly 0.
    """

    weight_kg: Array
    step: Array
    error: Array
    error_kcal: Array
    reopened_kcal: Array
    stepped_kg: Array
    early_kcal: Array
    early_sd_kcal: Array


@dataclass(frozen=True, slots=True)
class Filtered:
    """Where the filters stand.

    Attributes:
        mean: (persons, filters, 6) at the last morning.
        cov: (persons, filters, 6, 6).
        weight: (persons, filters), sums to 1.
        means: (days, persons, filters, 6) each morning after its weighing; empty unless kept.
        covs: (days, persons, filters, 6, 6).
        weights: (days, persons, filters).
        surprise: (persons, days) squared standardised surprise of each weighing; NaN without one.
    """

    mean: Array
    cov: Array
    weight: Array
    means: Array
    covs: Array
    weights: Array
    surprise: Array


def began(priors: tuple[Prior, ...], own: Bank) -> tuple[Array, Array]:
    """Mean (persons, filters, 6) and covariance (persons, filters, 6, 6) before any day is seen."""
    persons, filters = own.bias.shape
    mean: Array = np.zeros((persons, filters, STATES))
    cov: Array = np.zeros((persons, filters, STATES, STATES))
    mean[..., EXPENDITURE] = np.array([[p.expenditure_kcal] for p in priors])
    mean[..., BIAS] = own.bias
    for place, sd in ((TISSUE, 4.0), (WATER, 0.3), (ADAPTATION, 40.0)):
        cov[..., place, place] = sd**2
    cov[..., EXPENDITURE, EXPENDITURE] = np.array([[p.expenditure_sd_kcal**2] for p in priors])
    cov[..., BIAS, BIAS] = own.bias_sd**2
    cov[..., SLOW, SLOW] = own.slow_sd_kg**2
    return mean, cov


def _eating(mean: Array, cov: Array, days: Days) -> tuple[Array, Array, Array]:
    """The state once the early logs have said about how much is spent, and what that says of each filter.

    Hardly anyone eats far from what they spend for long: ``bias * early = (1 - 0.1) * E`` with a sd of 0.18 E.
    """
    has = np.isfinite(days.early_kcal)
    early = np.where(has, days.early_kcal, 0.0)[:, None]
    spent, bias = mean[..., EXPENDITURE], mean[..., BIAS]
    towards = cov[..., BIAS] * early[..., None] - (1 - EATEN_BELOW) * cov[..., EXPENDITURE]
    sd = EATEN_SD * spent
    from_log = (bias * np.where(has, days.early_sd_kcal, 0.0)[:, None]) ** 2
    spread = towards[..., BIAS] * early - (1 - EATEN_BELOW) * towards[..., EXPENDITURE] + sd**2 + from_log
    off = np.where(has[:, None], (1 - EATEN_BELOW) * spent - bias * early, 0.0)
    spread *= np.maximum(1.0, off * off / spread / OUTLIER)
    gained = np.where(has[:, None], -0.5 * (off * off / spread + np.log(spread)), 0.0)
    gain = towards / np.where(has[:, None], spread, np.inf)[..., None]
    return mean + gain * off[..., None], cov - gain[..., :, None] * towards[..., None, :], gained


def noise(days: Days, own: Bank) -> tuple[Array, Array]:
    """Process noise: (persons, days, 6, 6) that follows the day, (filters, 6, 6) that follows the filter."""
    per_day = (days.error_kcal**2)[..., None, None] * days.error[..., :, None] * days.error[..., None, :]
    for place, sd in _SMALL:
        per_day[..., place, place] += sd**2
    per_day[..., EXPENDITURE, EXPENDITURE] += days.reopened_kcal**2
    per_day[..., TISSUE, TISSUE] += days.stepped_kg**2
    per_filter: Array = np.zeros((own.drift_kcal.size, STATES, STATES))
    per_filter[:, EXPENDITURE, EXPENDITURE] = own.drift_kcal**2
    per_filter[:, SLOW, SLOW] = own.slow_sd_kg**2 * (1 - SLOW_KEPT**2)
    return per_day, per_filter


def filtered(days: Days, priors: tuple[Prior, ...], own: Bank, *, keep: bool = False) -> Filtered:
    """Run the bank over the days.

    Each morning: ``mean = A mean``, ``cov = A cov A' + Q``; a weighing reads tissue + water + slow water with
    the filter's scale noise, its variance enlarged until the squared surprise is at most 9; filters gain the
    likelihood of what was seen.

    Args:
        days: What was seen.
        priors: One a person.
        own: The bank.
        keep: Keep every morning, for smoothing.
    """
    persons, length = days.weight_kg.shape
    mean, cov, begun = _eating(*began(priors, own), days)
    per_day, per_filter = noise(days, own)
    seen = np.isfinite(days.weight_kg)
    variance: Array = np.broadcast_to(own.scale_sd_kg**2, own.bias.shape)
    start = own.log_weight + begun
    start -= np.logaddexp.reduce(start, axis=1)[:, None]
    merit: Array = start.copy()
    surprise: Array = np.full((persons, length), np.nan)
    kept: list[tuple[Array, Array, Array]] = []
    for t in range(length):
        if t:
            a = days.step[:, t - 1, None]
            mean = (a @ mean[..., None])[..., 0]
            cov = a @ cov @ a.swapaxes(-1, -2) + (per_day[:, t - 1, None] + per_filter)
        here = seen[:, t]
        if here.any():
            mean, cov, gained, squared = _weighed(mean, cov, variance, days.weight_kg[:, t], here)
            merit = np.where(here[:, None], start + REMEMBERED * (merit - start) + gained, merit)
            merit -= np.logaddexp.reduce(merit, axis=1)[:, None]
            surprise[:, t] = np.where(here, np.sum(np.exp(merit) * squared, axis=1), np.nan)
        if keep:
            kept.append((mean, cov, np.exp(merit)))
    nothing: Array = np.empty(0)
    stacks = [np.stack(part) for part in zip(*kept, strict=True)] if kept else [nothing] * 3
    return Filtered(mean, cov, np.exp(merit), stacks[0], stacks[1], stacks[2], surprise)


def _weighed(
    mean: Array, cov: Array, variance: Array, weight_kg: Array, here: Flags
) -> tuple[Array, Array, Array, Array]:
    """State after a weighing, the log likelihood gained and the squared surprise; nothing where none is."""
    column = cov[..., TISSUE] + cov[..., WATER] + cov[..., SLOW]
    spread = column[..., TISSUE] + column[..., WATER] + column[..., SLOW] + variance
    off = weight_kg[:, None] - (mean[..., TISSUE] + mean[..., WATER] + mean[..., SLOW])
    if not here.all():
        off = np.where(here[:, None], off, 0.0)
    squared = off * off / spread
    spread = spread * np.maximum(1.0, squared / OUTLIER)
    gained = -0.5 * (off * off / spread + np.log(spread))
    if not here.all():
        spread = np.where(here[:, None], spread, np.inf)
    gain = column / spread[..., None]
    return mean + gain * off[..., None], cov - gain[..., :, None] * column[..., None, :], gained, squared


@dataclass(frozen=True, slots=True)
class Smoothed:
    """What each morning looks like once all days are known, for one person.

    Attributes:
        mean: (days, filters, 6).
        cov: (days, filters, 6, 6).
        weight: (filters,), sums to 1: filters that matter at the end.
    """

    mean: Array
    cov: Array
    weight: Array


LEAST_WEIGHT: Final = 0.02


def smoothed(days: Days, found: Filtered, own: Bank) -> Smoothed:
    """Rauch-Tung-Striebel smoothing of the first person's filters that still matter at the end.

    Source: Rauch HE, Tung F, Striebel CT (1965), AIAA J 3:1445-1450, DOI 10.2514/3.3166.
    """
    best = found.weight[0] >= min(LEAST_WEIGHT, found.weight[0].max())
    mean, cov = found.means[:, 0, best].copy(), found.covs[:, 0, best].copy()
    per_day, per_filter = noise(days, own)
    a = days.step[0, :-1, None]
    ahead = a @ cov[:-1] @ a.swapaxes(-1, -2) + (per_day[0, :-1, None] + per_filter[best])
    expected = (a @ mean[:-1][..., None])[..., 0]
    gain = np.linalg.solve(ahead, a @ cov[:-1]).swapaxes(-1, -2)
    back = gain.swapaxes(-1, -2)
    for t in range(mean.shape[0] - 2, -1, -1):
        mean[t] += (gain[t] @ (mean[t + 1] - expected[t])[..., None])[..., 0]
        cov[t] += gain[t] @ (cov[t + 1] - ahead[t]) @ back[t]
    kept = found.weight[0, best]
    return Smoothed(mean, cov, kept / kept.sum())
