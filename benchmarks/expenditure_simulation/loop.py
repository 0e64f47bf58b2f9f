"""Closed loop and the weight to come: 28 days of data, then 28 days at each method's target for 1 lb a week down."""

import warnings
from datetime import date, timedelta

import numpy as np

from expenditure_simulation.people import live
from expenditure_simulation.rivals import KCAL_PER_KG, RIVALS
from expenditure_simulation.trial import body, covered, rms
from provender.energy.expenditure import expenditure
from provender.energy.expenditure_series import Series
from provender.energy.weekly_target import weekly_target

POUND_KG = 0.45359237
SEEN, AHEAD = 28, 28


def series(person, days):
    first = date(2026, 1, 1)
    return Series(
        [first + timedelta(days=t) for t in range(days)], person.scale[:days].tolist(), person.logged[:days].tolist()
    )


def targets(person):
    """The logged target of every method after 28 days, kcal/d."""
    found = expenditure(series(person, SEEN), body(person))
    ours = weekly_target(found, -POUND_KG)
    result = {"Provender": ours.new_kcal}
    scale, log = person.scale[:SEEN], person.logged[:SEEN]
    for name, method in RIVALS.items():
        kept = method(scale, log, person)
        result[name] = kept - POUND_KG * KCAL_PER_KG / 7 if np.isfinite(kept) else None
    return result


def rate(person, world, noise, skipped, target_kcal):
    """The true rate over the next 28 days, lb a week, of someone whose log meets the target."""
    eaten = target_kcal / (1 - person.under) * noise * np.where(skipped, world.more_when_missing, 1.0)
    change = np.concatenate([person.intake[:SEEN] - person.expenditure_kcal, eaten - person.expenditure_kcal, [0.0]])
    before = person.weight, person.intake, person.maintenance, person.spent
    live(person, change, world)
    lost = (person.weight[SEEN + AHEAD] - person.weight[SEEN]) / POUND_KG / (AHEAD / 7)
    person.weight, person.intake, person.maintenance, person.spent = before
    return lost


def closed_loop(people, world, rng):
    """Per method: the share within 0.25 lb a week of the goal, the RMSE and the mean rate, lb a week."""
    found = {name: [] for name in ("Provender", *RIVALS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for person in people:
            noise = rng.lognormal(-0.5 * 0.18**2, 0.18, AHEAD)
            skipped = rng.random(AHEAD) < world.missing
            for name, target in targets(person).items():
                kept = np.nan if target is None else rate(person, world, noise, skipped, max(600.0, target))
                found[name].append(kept)
    return {
        name: {
            "within": float(np.mean(np.abs(np.array(rates) + 1) <= 0.25)),
            "rmse": rms(np.array(rates) + 1),
            "mean": float(np.nanmean(rates)),
        }
        for name, rates in found.items()
    }


def weight_ahead(people, days):
    """RMSE and coverage of the weight 28 days ahead when the diet goes on as it was simulated."""
    answers = [expenditure(series(p, days), body(p)).weight_ahead_kg for p in people]
    truth = np.array([p.weight[days - 1 + AHEAD] for p in people])

    class Found:
        low = np.array([a.low for a in answers])
        high = np.array([a.high for a in answers])

    return {"rmse_kg": rms(np.array([a.middle for a in answers]) - truth), "covers": covered(Found, truth)}
