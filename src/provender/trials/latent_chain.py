"""The Ornstein-Uhlenbeck level of a diary as a chain: its precision is tridiagonal, so a solve takes one pass each way.

All arrays run over observed days first and nodes (of the nuisance parameters) last, so that a step from one day to the
next is one operation over all nodes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """An Ornstein-Uhlenbeck process on the observed days; arrays are (n, m).

    Attributes:
        kept: Correlation with the observed day before, ``phi ** gap``; row 0 is 0.
        fresh: Variance given that day, ``variance * (1 - kept ** 2)``; row 0 is the variance.
    """

    kept: Floats
    fresh: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """The factored precision ``Q + diag(weight)`` of a chain after its days were seen; arrays are (n, m).

    Attributes:
        pivot: The pivots of ``L D L'``, all above 0.
        carry: What a day hands to the next, minus the off-diagonal of ``L``; row 0 is 0.
        log_ratio: (m,), ``log|Q + diag(weight)| - log|Q|``; 0 or more.
    """

    pivot: Floats
    carry: Floats
    log_ratio: Floats


def chain(day: NDArray[np.int64], phi: Floats, variance: Floats) -> Chain:
    """The chain of a process with correlation ``phi ** days`` and the given stationary variance.

    Args:
        day: (n,), strictly increasing.
        phi: (m,), in (0, 1).
        variance: (m,), above 0.
    """
    log_kept = np.diff(day).astype(np.float64)[:, None] * np.log(phi)
    kept = np.concatenate([np.zeros((1, len(phi))), np.exp(log_kept)])[: len(day)]
    fresh = np.concatenate([np.ones((1, len(phi))), -np.expm1(2.0 * log_kept)])[: len(day)]
    return Chain(kept, fresh * variance)


def factor(found: Chain, weight: Floats) -> Factor:
    """Factor the precision of the chain once each day is weighted; nothing is ever subtracted.

    Args:
        found: The chain.
        weight: (n, m), the precision each day adds; 0 or more.

    Source: own form of the information filter, ``known`` being the precision given all days so far.
    """
    days, nodes = weight.shape
    pivot, carry = np.empty((days, nodes)), np.zeros((days, nodes))
    kept_2 = found.kept**2
    loose = np.empty((days, nodes))  # fresh * known + kept^2 of the step to the next day
    known = np.zeros(nodes)
    for i in range(days):
        if i == 0:
            known = weight[0] + 1.0 / found.fresh[0]
        else:
            np.multiply(known, found.fresh[i], out=loose[i])
            loose[i] += kept_2[i]
            pivot[i - 1] = loose[i] / found.fresh[i]
            np.divide(found.kept[i], loose[i], out=carry[i])
            known = known / loose[i]
            known += weight[i]
    if days:
        pivot[-1] = known
    return Factor(pivot, carry, np.log(pivot * found.fresh).sum(axis=0))


def solve(found: Factor, right: Floats) -> Floats:
    """Solve ``(Q + diag(weight)) x = right`` for many right-hand sides.

    Args:
        found: The factor.
        right: (n, c, m), overwritten.

    Returns:
        (n, c, m), the array ``right``.
    """
    days = len(right)
    part = np.empty(right.shape[1:])
    for i in range(1, days):
        np.multiply(right[i - 1], found.carry[i], out=part)
        right[i] += part
    right /= found.pivot[:, None, :]
    for i in range(days - 2, -1, -1):
        np.multiply(right[i + 1], found.carry[i + 1], out=part)
        right[i] += part
    return right


def variances(found: Factor) -> Floats:
    """The diagonal of ``(Q + diag(weight))^-1``, (n, m)."""
    result = 1.0 / found.pivot
    for i in range(len(result) - 2, -1, -1):
        result[i] += found.carry[i + 1] ** 2 * result[i + 1]
    return result
