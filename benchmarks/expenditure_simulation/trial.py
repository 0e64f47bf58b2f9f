"""Running every method over simulated people and scoring them."""

import warnings

import numpy as np

from expenditure_simulation.people import World, simulated
from expenditure_simulation.rivals import RIVALS
from provender.energy.expenditure_fit import Read, fitted
from provender.energy.expenditure_model import Body
from provender.energy.expenditure_posterior import linear, ratio_to_bias


def body(person):
    return Body(sex=person.sex, age_y=person.age_y, height_m=person.height_m, activity=person.activity)


def read(person, days, reopened_on=None):
    reopened = np.zeros(days, dtype=bool)
    if reopened_on is not None:
        reopened[reopened_on] = True
    return Read(person.scale[:days], person.logged[:days], np.full(days, None), reopened, np.zeros(days, dtype=bool))


def provender(people, days, reopened_on=None):
    """Logged and true maintenance, each (3, persons): low, middle, high."""
    fit = fitted([read(p, days, reopened_on) for p in people], [body(p) for p in people])
    row = fit.maintenance_rows()[:, -1, None]
    mean, cov, weight = fit.found.mean, fit.found.cov, fit.found.weight
    return ratio_to_bias(mean, cov, weight, row), linear(mean, cov, weight, row)


def rms(errors):
    kept = np.asarray(errors)[np.isfinite(errors)]
    return float(np.sqrt(np.mean(kept**2)))


def covered(found, truth):
    return float(np.mean((found.low <= truth) & (truth <= found.high)))


def scores(people, days, reopened_on=None):
    """Per method: RMSE true, RMSE logged; ours also coverage and mean error."""
    true = np.array([p.maintenance[days - 1] for p in people])
    logged = true * (1 - np.array([p.under_by_day[days - 1] for p in people]))
    ours_logged, ours_true = provender(people, days, reopened_on)
    result = {
        "Provender": {
            "true": rms(ours_true.middle - true),
            "logged": rms(ours_logged.middle - logged),
            "covers_true": covered(ours_true, true),
            "covers_logged": covered(ours_logged, logged),
            "mean_error_true": float(np.mean(ours_true.middle - true)),
            "mean_error_logged": float(np.mean(ours_logged.middle - logged)),
        }
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for name, method in RIVALS.items():
            found = np.array([method(p.scale[:days], p.logged[:days], p) for p in people])
            result[name] = {"true": rms(found - true), "logged": rms(found - logged)}
    return result


def people_of(seed, persons, world=None):
    return simulated(np.random.default_rng(seed), persons, world or World())
