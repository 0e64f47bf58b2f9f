"""Expenditure learnt from weight and log: maintenance as logged, true expenditure, the weight to come."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from provender.energy.expenditure_filter import began, smoothed
from provender.energy.expenditure_fit import Fit, fitted
from provender.energy.expenditure_model import (
    BIAS,
    EXPENDITURE,
    STATES,
    WATER,
    Array,
    Body,
    Prior,
    checked_body,
    transitions,
)
from provender.energy.expenditure_posterior import Ranges, linear, ratio_to_bias, weight_row
from provender.energy.expenditure_series import Laid, Series, laid
from provender.energy.expenditure_words import (
    bias_words,
    contradiction_words,
    maintenance_words,
    true_words,
    unknown_words,
    weight_words,
)
from provender.energy.logged_days import GAP, LOGGED, PARTIAL
from provender.energy.requirement import resting_energy_kcal
from provender.energy.weighing import Ignored, Question, day_text

LEAST_WEIGHINGS: Final = 4
LEAST_LOGS: Final = 7
LEAST_SPAN_D: Final = 10
"""With fewer weighings, full logs or days between the first and last weighing, only the prior is given (own)."""
LEAST_PAL, MOST_PAL, MOST_OVERLOGGED = 0.95, 3.5, 0.35
"""Beyond these times resting energy, or logging more above intake, no sound diary lies (own)."""
AHEAD_D: Final = 28
HABIT_CV: Final = 0.08
"""How far the mean of the coming four weeks may lie from that of the last two, as a share (own)."""
WATER_WEEK_D: Final = 7
DAY_CV: Final = 0.25


@dataclass(frozen=True, slots=True)
class Estimate:
    """A median and its 90 % interval."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A median and its 90 % interval by day; arrays are (days,)."""

    low: Array
    middle: Array
    high: Array


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the filters stand on the last morning; what ``weekly_target`` computes with.

    Attributes:
        reference_kg: The weight states are above.
        mean: (filters, 6).
        cov: (filters, 6, 6).
        weight: (filters,), sums to 1.
        fit: The coefficients of the energy balance.
    """

    reference_kg: float
    mean: Array
    cov: Array
    weight: Array
    fit: Fit


@dataclass(frozen=True, slots=True)
class Expenditure:
    """What weight and log say; where too little is known, the prior, and ``known`` is False.

    Attributes:
        person: As given.
        days: Consecutive days, first to last.
        trend_kg: Body mass without the noise of the scale and passing water, by day.
        maintenance_by_day_kcal: Energy as logged that would have kept the weight, by day.
        true_by_day_kcal: Energy truly spent in balance, by day.
        maintenance_kcal: Energy, in the person's own logged kcal, that keeps the weight now, kcal a day.
        true_kcal: Probable true expenditure now, kcal a day; its interval is wide and does not shrink much.
        unlogged_share: Share of what is eaten that is not logged, 0 to 1; below 0 more is logged than eaten.
        weight_kg: Body mass now: the end of the trend.
        weight_ahead_kg: Body mass in 28 days if logs stay as in the last weeks; if not ``known``, eating what is spent.
        logged_kcal: Mean of the recent full logs, kcal a day; None without any.
        scale_sd_kg: Day-to-day noise of the scale.
        weighings_used: How many weighings count.
        logs_used: How many days count as fully logged.
        ignored: What was left out or counted for less, with reasons.
        questions: What only the person can answer.
        known: Whether the answer rests on data.
        sentences: What it says, in words.
        standing: For ``weekly_target``.
    """

    person: Body
    days: tuple[date, ...]
    trend_kg: Curve
    maintenance_by_day_kcal: Curve
    true_by_day_kcal: Curve
    maintenance_kcal: Estimate
    true_kcal: Estimate
    unlogged_share: Estimate
    weight_kg: Estimate
    weight_ahead_kg: Estimate
    logged_kcal: float | None
    scale_sd_kg: float
    weighings_used: int
    logs_used: int
    ignored: tuple[Ignored, ...]
    questions: tuple[Question, ...]
    known: bool
    sentences: tuple[str, ...]
    standing: Standing


def expenditure(series: Series, person: Body) -> Expenditure:
    """Learn a person's expenditure from their weighings and logs.

    Two numbers: *maintenance in your own logged kcal*, which weight and log identify well and which sets a
    target, and *probable true expenditure*, wide because the share that goes unlogged is hardly identified.

    Args:
        series: Weighings and logs by day; missing is None or NaN, never 0.
        person: Whose they are.

    Raises:
        InputError: A body or series this model cannot read; the message says what to do.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X (dynamics); the filters are own: docs/methods/expenditure.md.
    """
    found = laid(series, checked_body(person).weight_kg)
    fit = fitted([found.read], [person], keep=True)
    weighings, logs = _counted(found, fit)
    enough, odd = _enough(found, fit), _contradiction(found, fit, checked_body(person))
    known = enough and odd is None
    curves = _curves(fit, known=known)
    standing = Standing(float(fit.reference_kg[0]), *_state(fit, known=known), fit)
    row = fit.maintenance_rows()[:, -1, None]
    state = (standing.mean[None], standing.cov[None], standing.weight[None])
    maintenance = _one(ratio_to_bias(*state, row))
    true = _one(linear(*state, row))
    unlogged = _unlogged(linear(*state, np.eye(STATES)[BIAS]))
    weight = Estimate(*(float(part[-1]) for part in (curves[0].low, curves[0].middle, curves[0].high)))
    usual = fit.logs[0].usual_kcal
    logged = None if np.isnan(usual) else float(usual)
    seen = Standing(standing.reference_kg, *_state(fit, known=True), fit)
    ahead = weight_ahead(seen, None if known else np.nan)
    told = () if enough else (unknown_words(weighings, logs, LEAST_WEIGHINGS, LEAST_LOGS, LEAST_SPAN_D),)
    questions = found.questions
    if enough and odd is not None:
        told, questions = (odd.sentence,), (*questions, odd)
    sentences = (
        *told,
        maintenance_words(maintenance.low, maintenance.middle, maintenance.high, known=known),
        true_words(true.low, true.middle, true.high),
        bias_words(unlogged.low, unlogged.middle, unlogged.high, known=known),
        weight_words(weight.middle, ahead.low, ahead.middle, ahead.high, AHEAD_D, logged if known else None),
    )
    return Expenditure(
        person=person,
        days=found.days,
        trend_kg=curves[0],
        maintenance_by_day_kcal=curves[1],
        true_by_day_kcal=curves[2],
        maintenance_kcal=maintenance,
        true_kcal=true,
        unlogged_share=unlogged,
        weight_kg=weight,
        weight_ahead_kg=ahead,
        logged_kcal=logged,
        scale_sd_kg=float(fit.found.weight[0] @ fit.bank.scale_sd_kg),
        weighings_used=weighings,
        logs_used=logs,
        ignored=(*found.ignored, *_left_out(found, fit)),
        questions=questions,
        known=known,
        sentences=sentences,
        standing=standing,
    )


def _counted(found: Laid, fit: Fit) -> tuple[int, int]:
    return int(np.isfinite(found.read.weight_kg).sum()), int((fit.logs[0].kind == LOGGED).sum())


def _enough(found: Laid, fit: Fit) -> bool:
    weighings, logs = _counted(found, fit)
    at = np.flatnonzero(np.isfinite(found.read.weight_kg))
    return weighings >= LEAST_WEIGHINGS and logs >= LEAST_LOGS and int(at[-1] - at[0]) >= LEAST_SPAN_D


def _contradiction(found: Laid, fit: Fit, person: Body) -> Question | None:
    """A question when weight and log together say what no body spends, or far more logged than eaten."""
    state = (fit.found.mean, fit.found.cov, fit.found.weight)
    true = _one(linear(*state, fit.maintenance_rows()[:, -1, None])).middle
    share = _unlogged(linear(*state, np.eye(STATES)[BIAS])).middle
    kg = float(fit.reference_kg[0])
    resting = resting_energy_kcal(person.sex, person.age_y, person.height_m, kg) or true
    if LEAST_PAL * resting <= true <= MOST_PAL * resting and share >= -MOST_OVERLOGGED:
        return None
    usual = fit.logs[0].usual_kcal
    logged = 0.0 if np.isnan(usual) else float(usual)
    said = contradiction_words(logged, resting)
    return Question(found.days[-1], "energy", logged, resting, "contradiction", said)


def _state(fit: Fit, *, known: bool) -> tuple[Array, Array, Array]:
    """The filters' state on the last morning; with too little data what was believed before the first."""
    found = fit.found
    if known:
        return found.mean[0], found.cov[0], found.weight[0]
    mean, cov = began(fit.priors, fit.bank)
    share = np.exp(fit.bank.log_weight[0])
    return mean[0], cov[0], share / share.sum()


def _curves(fit: Fit, *, known: bool) -> tuple[Curve, Curve, Curve]:
    kept = smoothed(fit.days, fit.found, fit.bank)
    state = (kept.mean, kept.cov, kept.weight)
    trend = linear(*state, weight_row())
    raised = float(fit.reference_kg[0]) - _swing(kept.mean[..., WATER] @ kept.weight)
    rows = fit.maintenance_rows()[0, :, None]
    if not known:
        size = rows.shape[0]
        before = _state(fit, known=False)
        state = tuple(np.broadcast_to(part, (size, *part.shape)) for part in before)  # type: ignore[assignment]
    return (
        Curve(raised + trend.low, raised + trend.middle, raised + trend.high),
        _curve(ratio_to_bias(*state, rows)),
        _curve(linear(*state, rows)),
    )


def _swing(water_kg: Array) -> Array:
    """How far the diet's water stands from its mean over the week before and after, kg: (days,)."""
    ones = np.ones(2 * WATER_WEEK_D + 1)
    around = np.convolve(np.pad(water_kg, WATER_WEEK_D), ones, "valid")
    count = np.convolve(np.pad(np.ones_like(water_kg), WATER_WEEK_D), ones, "valid")
    return water_kg - around / count


def _curve(found: Ranges) -> Curve:
    return Curve(found.low, found.middle, found.high)


def _one(found: Ranges) -> Estimate:
    return Estimate(float(found.low[0]), float(found.middle[0]), float(found.high[0]))


def _raised(found: Estimate, by: float) -> Estimate:
    return Estimate(found.low + by, found.middle + by, found.high + by)


def _unlogged(bias: Ranges) -> Estimate:
    """``1 - 1 / bias``: true intake is the log times the bias."""
    found = _one(bias)
    return Estimate(1 - 1 / found.low, 1 - 1 / found.middle, 1 - 1 / found.high)


def weight_ahead(standing: Standing, logged_kcal: float | None, days: int = AHEAD_D) -> Estimate:
    """Body mass after some days of logging this much; None goes on as in the last weeks, NaN eats what is spent.

    Args:
        standing: Where the filters stand.
        logged_kcal: Logged energy, kcal a day.
        days: How many days ahead.
    """
    fit = standing.fit
    mean, cov = carried(standing, logged_kcal, days)
    found = linear(mean[None], cov[None], standing.weight[None], weight_row())
    return _raised(_one(found), float(fit.reference_kg[0]))


def carried(standing: Standing, logged_kcal: float | None, days: int) -> tuple[Array, Array]:
    """The filters' state after some days of logging this much: (filters, 6) and (filters, 6, 6)."""
    fit = standing.fit
    usual = fit.logs[0].usual_kcal if logged_kcal is None else logged_kcal
    unknown = bool(np.isnan(usual))
    expected = fit.priors[0].expenditure_kcal
    here = type(fit.body)(
        fit.body.kcal_per_kg[:1, -1:], fit.body.kcal_per_kg_day[:1, -1:], fit.body.water_per_kcal[:1, -1:]
    )
    steps, errors = transitions(here, np.array([[0.0 if unknown else usual]]), np.array([[float(unknown)]]))
    step, error = steps[0, 0], errors[0, 0]
    about = expected if unknown else usual
    size = standing.mean.shape[0]
    per_filter: Array = np.zeros((size, STATES, STATES))
    per_filter[:, EXPENDITURE, EXPENDITURE] = fit.bank.drift_kcal**2
    daily = np.outer(error, error) * (DAY_CV * about) ** 2 + per_filter
    mean, cov, habit = standing.mean, standing.cov, np.zeros(STATES)
    for _ in range(days):
        mean = mean @ step.T
        cov = step @ cov @ step.T + daily
        habit = step @ habit + error
    return mean, cov + np.outer(habit, habit) * (HABIT_CV * about) ** 2


def _left_out(found: Laid, fit: Fit) -> tuple[Ignored, ...]:
    """Partial days, long gaps and surprising weighings."""
    kind, read = fit.logs[0].kind, found.read
    partial = [
        Ignored(
            found.days[t],
            "energy",
            float(read.energy_kcal[t]),
            f"{day_text(found.days[t])} looks partly logged ({read.energy_kcal[t]:,.0f} kcal)"
            if read.complete[t] is None
            else f"{day_text(found.days[t])} is marked as partly logged",
        )
        for t in np.flatnonzero(kind == PARTIAL).tolist()
    ]
    gap = np.flatnonzero(kind == GAP)
    if gap.size:
        why = f"{gap.size} days lie in long gaps without logs; you are taken to have eaten what you spent"
        partial.append(Ignored(found.days[int(gap[0])], "day", None, why))
    surprise = fit.found.surprise[0]
    doubted = [
        Ignored(
            found.days[t],
            "weight",
            float(read.weight_kg[t]),
            f"{read.weight_kg[t]:g} kg on {day_text(found.days[t])} is a surprise; it counts for less",
        )
        for t in np.flatnonzero(np.nan_to_num(surprise) > 9.0).tolist()
    ]
    return (*partial, *doubted)


def prior_of(found: Expenditure) -> Prior:
    """What was believed before any day was seen."""
    return found.standing.fit.priors[0]
