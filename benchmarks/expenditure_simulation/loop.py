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
    """The logged target of every method after 28 days, kcal/d, and whether ours stands on the floor."""
    found = expenditure(series(person, SEEN), body(person))
    ours = weekly_target(found, -POUND_KG)
    result = {"Provender": ours.new_kcal}
    scale, log = person.scale[:SEEN], person.logged[:SEEN]
    for name, method in RIVALS.items():
        kept = method(scale, log, person)
        result[name] = kept - POUND_KG * KCAL_PER_KG / 7 if np.isfinite(kept) else None
    return result, any(guard.name == "floor" and guard.acted for guard in ours.guards)


def rate(person, world, noise, target_kcal):
    """The true rate of fat and lean tissue over the next 28 days, lb a week, when the target is met on average."""
    eaten = target_kcal / (1 - person.under) * noise
    change = np.concatenate([person.intake[:SEEN] - person.expenditure_kcal, eaten - person.expenditure_kcal, [0.0]])
    before = person.weight, person.intake, person.maintenance, person.spent, person.tissue
    live(person, change, world)
    lost = (person.tissue[SEEN + AHEAD] - person.tissue[SEEN]) / POUND_KG / (AHEAD / 7)
    person.weight, person.intake, person.maintenance, person.spent, person.tissue = before
    return lost


def closed_loop(people, world, rng):
    """Per method: the share within 0.25 lb a week of the goal, the RMSE and the mean rate, lb a week.

    For those whose floor allows the goal, and (``within_all``) for everyone.
    """
    found, held = {name: [] for name in ("Provender", *RIVALS)}, []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for person in people:
            noise = rng.lognormal(-0.5 * 0.18**2, 0.18, AHEAD)
            noise /= noise.mean()
            asked, floored = targets(person)
            held.append(floored)
            for name, target in asked.items():
                kept = np.nan if target is None else rate(person, world, noise, max(600.0, target))
                found[name].append(kept)
    allowed = ~np.array(held)
    return {name: _scored(np.array(rates), allowed) for name, rates in found.items()}


def _scored(rates, allowed):
    within = np.abs(rates + 1) <= 0.25
    return {
        "within": float(np.mean(within[allowed])),
        "within_all": float(np.mean(within)),
        "allowed": float(np.mean(allowed)),
        "rmse": rms(rates[allowed] + 1),
        "mean": float(np.nanmean(rates[allowed])),
    }


def weight_ahead(people, days):
    """RMSE and coverage of the weight 28 days ahead when the diet goes on as it was simulated."""
    answers = [expenditure(series(p, days), body(p)).weight_ahead_kg for p in people]
    truth = np.array([p.weight[days - 1 + AHEAD] for p in people])

    class Found:
        low = np.array([a.low for a in answers])
        high = np.array([a.high for a in answers])

    return {"rmse_kg": rms(np.array([a.middle for a in answers]) - truth), "covers": covered(Found, truth)}
