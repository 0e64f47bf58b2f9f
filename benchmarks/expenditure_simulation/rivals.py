# ruff: noqa: ARG001 - every method takes the same three, whichever it needs
"""Rival methods, as their sources describe them: (scale, log, person) to logged-scale maintenance, kcal/d."""

import numpy as np

from provender.energy.requirement import requirement, resting_energy_kcal

KCAL_PER_KG = 7716.0
FACTORS = {"inactive": 1.2, "low_active": 1.375, "active": 1.55, "very_active": 1.725}


def mifflin(scale, log, person):
    first = scale[np.isfinite(scale)][0]
    return resting_energy_kcal(person.sex, person.age_y, person.height_m, first) * FACTORS[person.activity]


def eer(scale, log, person):
    first = scale[np.isfinite(scale)][0]
    return requirement(person.sex, person.age_y, person.height_m, first, person.activity).kcal


def _averages(days):
    def method(scale, log, person):
        scale, log = scale[-2 * days :], log[-days:]
        half = scale.size // 2
        early, late = scale[:half], scale[half:]
        if not (np.isfinite(early).any() and np.isfinite(late).any() and np.isfinite(log).any()):
            return np.nan
        return np.nanmean(log) - (np.nanmean(late) - np.nanmean(early)) / half * KCAL_PER_KG

    return method


def moving_average(days):
    """Mean log of the last days, minus the change between this window's mean weight and the one before."""
    return _averages(days)


def nsuns(scale, log, person):
    """The spreadsheet: weekly mean weight and log, the change from week to week, averaged over the weeks."""
    weeks = scale.size // 7
    weight = [np.nanmean(w) if np.isfinite(w).any() else np.nan for w in scale[: weeks * 7].reshape(weeks, 7)]
    eaten = [np.nanmean(w) if np.isfinite(w).any() else np.nan for w in log[: weeks * 7].reshape(weeks, 7)]
    each = [eaten[i] - (weight[i] - weight[i - 1]) / 7 * KCAL_PER_KG for i in range(1, weeks)]
    return np.nanmean(each) if np.isfinite(each).any() else np.nan


def ewma(scale, log, person):
    """Hacker's Diet: exponentially smoothed weight (0.1), slope of the trend by least squares, mean log."""
    at = np.flatnonzero(np.isfinite(scale))
    trend, last = [], scale[at[0]]
    for t in range(scale.size):
        if np.isfinite(scale[t]):
            last += 0.1 * (scale[t] - last)
        trend.append(last)
    return np.nanmean(log) - np.polyfit(np.arange(scale.size), trend, 1)[0] * KCAL_PER_KG


def least_squares(scale, log, person):
    at = np.flatnonzero(np.isfinite(scale))
    return np.nanmean(log) - np.polyfit(at, scale[at], 1)[0] * KCAL_PER_KG


def two_state(scale, log, person):
    """Weight and expenditure, 7,700 kcal/kg, scale sd 1.15 kg, log sd 100 kcal, walk 10 kcal/d (KalorieKalman)."""
    start = mifflin(scale, log, person)
    x = np.array([scale[np.isfinite(scale)][0], start])
    p = np.diag([1.15**2, 500.0**2])
    a = np.array([[1.0, -1 / 7700], [0.0, 1.0]])
    usual = np.nanmean(log)
    for t in range(scale.size):
        if t:
            gap = not np.isfinite(log[t - 1])
            x = a @ x + np.array([(usual if gap else log[t - 1]) / 7700, 0.0])
            p = a @ p @ a.T + np.diag([((300.0 if gap else 100.0) / 7700) ** 2, 10.0**2])
        if np.isfinite(scale[t]):
            s = p[0, 0] + 1.15**2
            off = scale[t] - x[0]
            if off * off / s < 16:
                k = p[:, 0] / s
                x, p = x + k * off, p - np.outer(k, p[0])
    return x[1]


RIVALS = {
    "Mifflin x 1.2..1.725": mifflin,
    "EER 2023": eer,
    "7-day average": moving_average(7),
    "21-day average": moving_average(21),
    "nSuns, mean of weeks": nsuns,
    "EWMA 0.1 + slope": ewma,
    "least squares": least_squares,
    "two-state Kalman": two_state,
}
