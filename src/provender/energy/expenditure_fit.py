"""Fitting many persons at once: cleaned weights and logs in, the filters' state and what it implies out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from provender.energy.expenditure_filter import Bank, Days, Filtered, bank, filtered
from provender.energy.expenditure_model import (
    Array,
    Body,
    Flags,
    Physiology,
    Prior,
    Words,
    maintenance_row,
    physiology,
    prior,
    transitions,
)
from provender.energy.logged_days import LoggedDays, logged_days

REOPENED_KCAL: Final = 300.0
"""By how much expenditure may have moved when a person says their activity changed, sd, kcal/d (own)."""
STEPPED_KG: Final = 10.0
TREND: Final = 0.15


@dataclass(frozen=True, slots=True)
class Read:
    """One person's days, cleaned: (days,) arrays, consecutive calendar days.

    Attributes:
        weight_kg: NaN when missing or set aside.
        energy_kcal: NaN when nothing was logged.
        complete: True, False or None.
        reopened: True on days from which the person says their activity changed.
        stepped: True on days from which the scale shows another level.
        start_kg: Body mass when no weight is left; else None.
    """

    weight_kg: Array
    energy_kcal: Array
    complete: Words
    reopened: Flags
    stepped: Flags
    start_kg: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of it, persons first.

    Attributes:
        reference_kg: (persons,) the weight that states are above.
        priors: One a person.
        logs: One a person.
        body: Coefficients, (persons, days).
        days: What the filters read.
        bank: The filters.
        found: Where they stand at the end.
    """

    reference_kg: Array
    priors: tuple[Prior, ...]
    logs: tuple[LoggedDays, ...]
    body: Physiology
    days: Days
    bank: Bank
    found: Filtered

    def maintenance_rows(self) -> Array:
        """(persons, days, 6): see ``expenditure_model.maintenance_row``."""
        return maintenance_row(self.body.kcal_per_kg_day)


def reference_kg(read: Read) -> float:
    """Median of the first five weights, or the stated one."""
    known = read.weight_kg[np.isfinite(read.weight_kg)]
    if known.size:
        return float(np.median(known[:5]))
    if read.start_kg is None:
        raise ValueError("neither a weight nor a stated one")
    return read.start_kg


def trend_kg(weight_kg: Array, start_kg: float) -> Array:
    """A plain exponential trend, good enough for coefficients that hardly depend on weight."""
    found = np.empty_like(weight_kg)
    last = start_kg
    for t, kg in enumerate(weight_kg.tolist()):
        if kg == kg:
            last += TREND * (kg - last)
        found[t] = last
    return found


def fitted(reads: Sequence[Read], persons: Sequence[Body], *, keep: bool = False) -> Fit:
    """Fit persons whose diaries are equally long.

    Args:
        reads: One a person.
        persons: Their bodies, checked.
        keep: Keep every morning, for smoothing.
    """
    first = np.array([reference_kg(read) for read in reads])
    priors = tuple(prior(person, kg) for person, kg in zip(persons, first.tolist(), strict=True))
    together = list(zip(reads, persons, first.tolist(), priors, strict=True))
    logs = tuple(logged_days(r.energy_kcal, r.complete, p.expenditure_kcal) for r, _, _, p in together)
    bodies = [physiology(person, trend_kg(r.weight_kg, kg), p.expenditure_kcal) for r, person, kg, p in together]
    body = Physiology(
        np.concatenate([b.kcal_per_kg for b in bodies]),
        np.concatenate([b.kcal_per_kg_day for b in bodies]),
        np.concatenate([b.water_per_kcal for b in bodies]),
    )
    step, error = transitions(
        body, np.stack([log.per_bias for log in logs]), np.stack([log.per_expenditure for log in logs])
    )
    days = Days(
        np.stack([r.weight_kg for r in reads]) - first[:, None],
        step,
        error,
        np.stack([log.error_kcal for log in logs]),
        np.stack([np.where(r.reopened, REOPENED_KCAL, 0.0) for r in reads]),
        np.stack([np.where(np.append(r.stepped[1:], False), STEPPED_KG, 0.0) for r in reads]),
        np.array([log.early_kcal for log in logs]),
        np.array([log.early_sd_kcal for log in logs]),
    )
    own = bank(priors)
    return Fit(first, priors, logs, body, days, own, filtered(days, priors, own, keep=keep))
