"""From a bank's state to numbers with intervals: maintenance as logged, true expenditure, bias, weight to come."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr

from provender.energy.expenditure_model import BIAS, STATES, TISSUE, WATER, Array

HALVINGS: Final = 20
LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Ranges:
    """Median and 90 % interval; every array has the shape asked for."""

    low: Array
    middle: Array
    high: Array


def linear(mean: Array, cov: Array, weight: Array, row: Array) -> Ranges:
    """Median and 90 % interval of ``row . state`` under a mixture.

    Args:
        mean: (..., filters, 6).
        cov: (..., filters, 6, 6).
        weight: (..., filters), sums to 1.
        row: Broadcasts to (..., 1, 6).
    """
    at = np.sum(mean * row, axis=-1)
    var = np.einsum("...i,...ij,...j->...", *np.broadcast_arrays(row, cov[..., 0])[:1], cov, row)
    zero = np.zeros_like(at)
    return _quantiles(at, np.ones_like(at), var, zero, zero, weight)


def ratio_to_bias(mean: Array, cov: Array, weight: Array, row: Array) -> Ranges:
    """Median and 90 % interval of ``(row . state) / bias`` under a mixture.

    ``P(ratio < m) = sum weight * Phi((m * bias - value) / sd(m * bias - value))`` (Fieller), exact but for the
    chance that a bias is below 0, which is nil.

    Source: Fieller EC (1954), J R Stat Soc B 16:175-185.
    """
    at = np.sum(mean * row, axis=-1)
    towards = np.sum(cov * row[..., None, :], axis=-1)
    var = np.sum(towards * row, axis=-1)
    return _quantiles(at, mean[..., BIAS], var, towards[..., BIAS], cov[..., BIAS, BIAS], weight)


def _quantiles(value: Array, divisor: Array, var: Array, both: Array, divisor_var: Array, weight: Array) -> Ranges:
    value, divisor, var, both, divisor_var, weight = np.broadcast_arrays(value, divisor, var, both, divisor_var, weight)
    centre = value / divisor
    spread = np.sqrt(np.maximum(var - 2 * centre * both + centre**2 * divisor_var, 1e-18)) / divisor
    levels = np.array([LOW, MIDDLE, HIGH]).reshape(3, *(1,) * (centre.ndim - 1))
    low = np.broadcast_to((centre - 6 * spread).min(axis=-1), (3, *centre.shape[:-1])).copy()
    high = np.broadcast_to((centre + 6 * spread).max(axis=-1), (3, *centre.shape[:-1])).copy()
    for _ in range(HALVINGS):
        m = (0.5 * (low + high))[..., None]
        sd = np.sqrt(np.maximum(var - 2 * m * both + m * m * divisor_var, 1e-18))
        below = np.sum(weight * ndtr((m * divisor - value) / sd), axis=-1) < levels
        low, high = np.where(below, m[..., 0], low), np.where(below, high, m[..., 0])
    return Ranges(*(0.5 * (low + high)))


def weight_row() -> Array:
    """The row that reads body mass above the reference without passing water."""
    row: Array = np.zeros(STATES)
    row[[TISSUE, WATER]] = 1
    return row


def tissue_row() -> Array:
    """The row that reads fat and lean tissue above the reference, without any water."""
    row: Array = np.zeros(STATES)
    row[TISSUE] = 1
    return row
