"""Usual intake and probability of adequacy of n nutrients at once, by Provender's method."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.needed import days_needed, mean_needed
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.usual_intake import Prior, Summary, UsualIntake, usual_intake
from provender.nutrition.verdicts import FAIRLY_SURE, SURE

Floats = NDArray[np.float64]
LOW, HIGH = 0.05, 0.95
WEEK: Final = 7.0
LEAST_MISSING: Final = 0.4
SCENARIOS: Final = np.linspace(LEAST_MISSING, 1.0, 5)
"""Share of the energy under-logging that holds for a nutrient too: food left out is poorer in nutrients (own)."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Usual intakes and probabilities of n nutrients, all (n); NaN where there is none.

    Attributes:
        usual: Median usual intake with supplements.
        low: Lower end of its 90 % interval.
        high: Upper end.
        probability: That the requirement is met.
        probability_low: The same were the intake at ``low``.
        probability_high: The same at ``high``.
        days_for_fairly_sure: Days at which an unchanged mean gives 0.85.
        days_for_sure: Days at which it gives 0.975.
        mean_needed: Mean with supplements that gives 0.975 at these days.
        mean_needed_7: The same at 7 days.
        upper_usual: Median usual intake if less was logged than eaten.
        upper_probability: The probability then.
        below: From the place of a nutrient and an amount **of food** to the probability of eating less.
    """

    usual: Floats
    low: Floats
    high: Floats
    probability: Floats
    probability_low: Floats
    probability_high: Floats
    days_for_fairly_sure: Floats
    days_for_sure: Floats
    mean_needed: Floats
    mean_needed_7: Floats
    upper_usual: Floats
    upper_probability: Floats
    below: Callable[[int, float], float]


def met(references: Sequence[Reference | None], intake: Floats, dose: Floats) -> Floats:
    """(n, g) share of people whose requirement is met by these intakes (n, g) and doses (n); NaN without one."""
    shares = np.full(intake.shape, np.nan)
    for k, reference in enumerate(references):
        if reference is not None and reference.requirement is not None:
            shares[k] = reference.requirement.met(intake[k] + dose[k])
    return shares


def _upper(
    usual: UsualIntake, references: Sequence[Reference | None], dose: Floats, under_logging: float | None
) -> tuple[Floats, Floats]:
    """(n) usual intake and probability if this much less was logged, over how much of it is this nutrient."""
    median = usual.quantile(0.5)
    if under_logging is None:
        return np.full_like(median, np.nan), np.full_like(median, np.nan)
    factors = np.exp(SCENARIOS * under_logging)
    shares = [(usual.mass * met(references, usual.nodes * factor, dose)).sum(axis=1) for factor in factors]
    return median * float(factors.mean()) + dose, np.mean(shares, axis=0)


def estimates(
    found: Summary,
    references: Sequence[Reference | None],
    dose: Floats,
    group_mean: Floats,
    prior: Prior,
    under_logging: float | None,
) -> Estimates:
    """Usual intakes, their intervals, and how surely they meet requirements.

    ``probability = sum over nodes of mass * met(node + dose)``: the chance that a person drawn from those with
    this usual intake has a requirement at or below it.

    Args:
        found: What the days say of each nutrient.
        references: (n) what each is compared with; None for a nutrient that is only measured.
        dose: (n) fixed daily dose from supplements.
        group_mean: (n) the group's mean; NaN where unknown.
        prior: How usual intake is spread in the group.
        under_logging: ``ln(eaten / logged)`` of energy; None leaves the upper scenario out.
    """
    usual = usual_intake(found, group_mean, prior)
    ends = np.stack([usual.quantile(LOW), usual.quantile(HIGH)], axis=1)
    probability = (usual.mass * met(references, usual.nodes, dose)).sum(axis=1)
    at_ends = met(references, ends, dose)
    some = np.flatnonzero(np.isfinite(probability) & (probability < SURE) & (found.days > 0))
    chosen = [references[k] for k in some.tolist()]
    part = found.of(some)
    some_prior = Prior(prior.centre[some], prior.sd[some])
    inner = (part, chosen, dose[some], group_mean[some], some_prior)

    def spread(values: Floats, else_: Floats) -> Floats:
        whole = else_.copy()
        whole[some] = values
        return whole

    nothing, enough = np.full_like(probability, np.nan), np.where(probability >= SURE, found.days, np.nan)
    fair_days, sure_days = days_needed(*inner, (FAIRLY_SURE, SURE), met)
    fair_days = np.where(probability[some] >= FAIRLY_SURE, part.days, fair_days)
    now, week = mean_needed(part, chosen, dose[some], some_prior, SURE, (None, WEEK), met)
    upper_usual, upper_probability = _upper(usual, references, dose, under_logging)
    return Estimates(
        usual.quantile(0.5) + dose,
        ends[:, 0] + dose,
        ends[:, 1] + dose,
        probability,
        at_ends[:, 0],
        at_ends[:, 1],
        spread(fair_days, enough),
        spread(sure_days, enough),
        spread(now, nothing),
        spread(week, nothing),
        upper_usual,
        upper_probability,
        usual.below,
    )
