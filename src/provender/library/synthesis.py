"""What several studies come to together: fixed and random effects with honest intervals."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from provender.terms.errors import InputError

Floats = NDArray[np.float64]
LEVEL: Final = 0.95
LARGEST_TAU2: Final = 1e6
"""Between-study variance is sought up to so many times the variance of the effects."""


class Method(StrEnum):
    """How the variance between studies is estimated; ``COMMON`` says that there is none."""

    COMMON = "EE"
    DERSIMONIAN_LAIRD = "DL"
    REML = "REML"
    PAULE_MANDEL = "PM"


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Studies taken together.

    Attributes:
        method: How the variance between studies was estimated.
        studies: How many.
        effect: The summary, in the effects' own unit.
        se: Its standard error.
        low, high: Its 95 % interval.
        p: Two-sided p of no effect.
        tau2: Variance between studies, 0 or more.
        i2: Share of the variance that lies between studies, 0 to 1 (Higgins).
        h2: Total over sampling variance, 1 without any between studies.
        q: Cochran's Q.
        q_p: Its p.
        predicted_low, predicted_high: Where the effect of another such study would lie, 95 of 100 times; None for a
            common effect.
        df: Degrees of freedom of the interval; None for the normal.
        weights: Share of each study in the summary, shape (studies,).
    """

    method: Method
    studies: int
    effect: float
    se: float
    low: float
    high: float
    p: float
    tau2: float
    i2: float
    h2: float
    q: float
    q_p: float
    predicted_low: float | None
    predicted_high: float | None
    df: int | None
    weights: Floats


def synthesis(
    y: ArrayLike,
    v: ArrayLike,
    *,
    method: Method = Method.REML,
    knapp_hartung: bool = True,
    guard: bool = True,
    tau2: float | None = None,
) -> Synthesis:
    """Studies taken together.

    Args:
        y: Effects, shape (studies,).
        v: Their variances, above 0, same shape.
        method: How the variance between studies is estimated.
        knapp_hartung: Whether the interval follows Student's t with the spread that the studies show; without it the
            normal distribution, which is too sure with few studies. Never for a common effect.
        guard: Whether that spread may only widen the interval, ``max(1, q)``, never narrow it.
        tau2: Variance between studies to be taken as given; None estimates it.

    Raises:
        InputError: No study, shapes that differ, an effect that is no number, or a variance that is not above 0.

    Source: DerSimonian and Laird 1986, DOI 10.1016/0197-2456(86)90046-2; Viechtbauer 2005 (REML),
        DOI 10.3102/10769986030003261; Paule and Mandel 1982, DOI 10.6028/jres.087.022; Knapp and Hartung 2003,
        DOI 10.1002/sim.1482; the guard: Röver, Knapp and Friede 2015, DOI 10.1186/s12874-015-0091-1.
    """
    effects, variances = _studies(y, v)
    k = len(effects)
    fixed = 1 / variances
    q = float(np.sum(fixed * (effects - np.average(effects, weights=fixed)) ** 2))
    if tau2 is None:
        tau2 = 0.0 if k == 1 else _tau2(effects, variances, method, q)
    weights = 1 / (variances + tau2)
    effect, se = float(np.average(effects, weights=weights)), float(1 / np.sqrt(weights.sum()))
    student = knapp_hartung and method is not Method.COMMON and k > 1
    if student:
        spread = float(np.sum(weights * (effects - effect) ** 2) / (k - 1))
        se *= float(np.sqrt(max(1.0, spread) if guard else spread))
    law = stats.t(k - 1) if student else stats.norm()
    quantile = float(law.isf((1 - LEVEL) / 2))
    ahead = quantile * float(np.sqrt(tau2 + se**2))
    i2, h2 = _heterogeneity(fixed, tau2, q, method)
    return Synthesis(
        method=method,
        studies=k,
        effect=effect,
        se=se,
        low=effect - quantile * se,
        high=effect + quantile * se,
        p=float(2 * law.sf(abs(effect) / se)) if se > 0 else float("nan"),
        tau2=tau2,
        i2=i2,
        h2=h2,
        q=q,
        q_p=float(stats.chi2.sf(q, k - 1)) if k > 1 else 1.0,
        predicted_low=None if method is Method.COMMON or k == 1 else effect - ahead,
        predicted_high=None if method is Method.COMMON or k == 1 else effect + ahead,
        df=k - 1 if student else None,
        weights=weights / weights.sum(),
    )


def leave_one_out(y: ArrayLike, v: ArrayLike, *, method: Method = Method.REML) -> tuple[Synthesis, ...]:
    """The summary without each study in turn; empty with fewer than two.

    Raises:
        InputError: As ``synthesis``.
    """
    effects, variances = _studies(y, v)
    if len(effects) < 2:
        return ()
    every = np.arange(len(effects))
    return tuple(synthesis(effects[every != i], variances[every != i], method=method) for i in every)


def exponentiated(found: Synthesis) -> Synthesis:
    """A summary of logarithms as ratios: effect, interval and prediction; the standard error stays that of the log."""
    low, high = found.predicted_low, found.predicted_high
    return replace(
        found,
        effect=float(np.exp(found.effect)),
        low=float(np.exp(found.low)),
        high=float(np.exp(found.high)),
        predicted_low=None if low is None else float(np.exp(low)),
        predicted_high=None if high is None else float(np.exp(high)),
    )


def as_prior(found: Synthesis) -> tuple[float, float]:
    """Mean and standard deviation of the effect in one more setting: what a trial can take for its prior.

    The standard deviation holds what is not known of the mean and what differs between studies.
    """
    return found.effect, float(np.sqrt(found.se**2 + found.tau2))


def _studies(y: ArrayLike, v: ArrayLike) -> tuple[Floats, Floats]:
    effects, variances = np.asarray(y, dtype=np.float64), np.asarray(v, dtype=np.float64)
    if effects.ndim != 1 or effects.shape != variances.shape or not len(effects):
        raise InputError(f"found {effects.shape} effects and {variances.shape} variances, expected one each a study")
    if not np.isfinite(effects).all() or not np.isfinite(variances).all() or not (variances > 0).all():
        raise InputError("found an effect that is no number or a variance that is not above 0", field="studies")
    return effects, variances


def _tau2(y: Floats, v: Floats, method: Method, q: float) -> float:
    k = len(y)
    if method is Method.COMMON:
        return 0.0
    if method is Method.DERSIMONIAN_LAIRD:
        w = 1 / v
        return max(0.0, (q - (k - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
    return _root(_paule_mandel if method is Method.PAULE_MANDEL else _reml_score, y, v)


def _paule_mandel(tau2: float, y: Floats, v: Floats) -> float:
    """The generalised Q less its expectation; falls as ``tau2`` rises."""
    w = 1 / (v + tau2)
    return float(np.sum(w * (y - np.average(y, weights=w)) ** 2) - (len(y) - 1))


def _reml_score(tau2: float, y: Floats, v: Floats) -> float:
    """Slope of the restricted log-likelihood in ``tau2``."""
    w = 1 / (v + tau2)
    residual = y - np.average(y, weights=w)
    return float(0.5 * (np.sum((w * residual) ** 2) - w.sum() + (w**2).sum() / w.sum()))


def _root(slope: Callable[[float, Floats, Floats], float], y: Floats, v: Floats) -> float:
    """Where the slope turns from rising to falling, the last such place; 0 where it never rises."""
    scale = float(np.var(y, ddof=1)) + float(v.mean())
    grid = np.concatenate([[0.0], scale * np.geomspace(1e-6, LARGEST_TAU2, 121)])
    slopes = np.array([slope(tau2, y, v) for tau2 in grid])
    falling = np.flatnonzero((slopes[:-1] > 0) & (slopes[1:] <= 0))
    if not len(falling):
        return 0.0
    at = int(falling[-1])
    return float(optimize.brentq(slope, grid[at], grid[at + 1], args=(y, v), xtol=1e-300, rtol=4e-15, maxiter=300))


def _heterogeneity(fixed: Floats, tau2: float, q: float, method: Method) -> tuple[float, float]:
    """Higgins' I² and H², against the typical sampling variance."""
    k = len(fixed)
    if k == 1:
        return 0.0, 1.0
    if method is Method.COMMON:
        return (max(0.0, (q - (k - 1)) / q) if q > 0 else 0.0), q / (k - 1)
    typical = (k - 1) * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum())
    return float(tau2 / (tau2 + typical)), float((tau2 + typical) / typical)
