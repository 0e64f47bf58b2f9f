"""Daily columns made independent of one another under a residual that lingers, for many assumptions at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.int64]
LEAST_VARIANCE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Whitened:
    """Columns divided by the root of the residual's covariance.

    Attributes:
        columns: (m, n, c): for each of m assumptions, the columns as if each day's residual were independent, sd 1.
        log_det: (m,): logarithm of the covariance's determinant.
        spread: (m, n): sd of each day given those before it.
    """

    columns: Floats
    log_det: Floats
    spread: Floats


def whitened(day: Days, columns: Floats, phi: Floats, nu: Floats) -> Whitened:
    """Whiten columns of observed days under ``(1 - nu) OU(phi) + nu white``, of variance 1.

    The covariance of days s and t is ``(1 - nu) phi**|s - t| + nu [s == t]``. A Kalman filter of the lingering part,
    all assumptions at once: O(n) for each; a day that was not observed costs nothing.

    Args:
        day: (n,) observed days, ascending; gaps are any number of days.
        columns: (n, c).
        phi: (m,) correlation from one day to the next, 0 to below 1.
        nu: (m,) white share of the variance, 0 to 1.
    """
    n, m = len(day), len(phi)
    gaps = np.diff(day, prepend=day[:1] if n else day)
    decay = phi[None, :] ** np.asarray(gaps, dtype=np.float64)[:, None]
    innovation, pull = np.empty((n, m)), np.empty((n, m))
    slow, white = 1.0 - nu, nu + LEAST_VARIANCE
    kept = decay**2
    fresh = (1.0 - kept) * slow
    after = slow
    for t in range(n):
        variance = kept[t] * after
        variance += fresh[t]
        np.add(variance, white, out=innovation[t])
        np.divide(variance, innovation[t], out=pull[t])
        after = white * pull[t]  # variance (1 - pull)
    out = np.empty((n, m, columns.shape[1]))
    expected = np.zeros((m, columns.shape[1]))
    root, decay3, pull3 = (innovation**-0.5)[:, :, None], decay[:, :, None], pull[:, :, None]
    for t in range(n):
        np.multiply(expected, decay3[t], out=expected)
        surprise = columns[t] - expected
        np.multiply(surprise, root[t], out=out[t])
        surprise *= pull3[t]
        expected += surprise
    return Whitened(out.transpose(1, 0, 2), np.log(innovation).sum(axis=0), np.sqrt(innovation).T)
