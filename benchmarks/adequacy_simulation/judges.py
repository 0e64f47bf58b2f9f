"""Ways to judge a diary: each gives the probability that a person's usual intake meets the own requirement."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adequacy_simulation.truth import GROUP, REFERENCES, Diary, diary
from provender.nutrition.adequacy import adequacy
from provender.nutrition.daily_intakes import screening
from provender.nutrition.iom2000 import confidence, z_ear
from provender.nutrition.variation import variations
from provender.nutrition.verdicts import Adequacy

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
EAR = np.array([r.ear for r in REFERENCES.values()])
RDA = np.array([r.rda for r in REFERENCES.values()])
SD_REQUIREMENT = np.array([r.requirement.sd for r in REFERENCES.values()])
SD_WITHIN = np.array([variations(GROUP)[name].sd_within for name in REFERENCES])
PROPOSED = "Provender"


def _all(person: Diary) -> Flags:
    return np.ones(len(person.days.days), dtype=np.bool_)


def _complete(person: Diary) -> Flags:
    return screening(person.days).used


def _z(person: Diary, used: Flags) -> Floats:
    mean = person.days.amount[used, 1:].mean(axis=0)
    return confidence(z_ear(mean, EAR, SD_REQUIREMENT, SD_WITHIN, int(used.sum())))


RIVALS: dict[str, Callable[[Diary], Floats]] = {
    "mean >= RDA": lambda p: (p.days.amount[:, 1:].mean(axis=0) >= RDA).astype(float),
    "mean >= EAR": lambda p: (p.days.amount[:, 1:].mean(axis=0) >= EAR).astype(float),
    "percent of RDA": lambda p: np.minimum(p.days.amount[:, 1:].mean(axis=0) / RDA, 1.0),
    "IOM z, all days": lambda p: _z(p, _all(p)),
    "IOM z, complete days": lambda p: _z(p, _complete(p)),
}


@dataclass(frozen=True)
class Result:
    """What came of one length of diary.

    Attributes:
        days: The length, incomplete days included.
        diaries: How many diaries were judged.
        brier: Judge to Brier score.
        coverage: Share of usual intakes within Provender's 90 % interval.
        coverage_each: The same nutrient by nutrient.
    """

    days: int
    diaries: int
    brier: dict[str, float]
    coverage: float
    coverage_each: dict[str, float]


def _proposed(person: Diary) -> tuple[Adequacy, ...]:
    return adequacy(person.days, REFERENCES, group=GROUP, least_days=1)


def simulate(days: int, diaries: int, seed: int) -> Result:
    """Judge so many diaries of this length; those without one complete day are left out for every judge."""
    rng = np.random.default_rng([seed, days])
    error: dict[str, list[Floats]] = {name: [] for name in (*RIVALS, PROPOSED)}
    inside = []
    for _ in range(diaries):
        person = diary(rng, days)
        if not _complete(person).any():
            continue
        truth = (person.usual >= person.requirement).astype(float)
        for name, judge in RIVALS.items():
            error[name].append((judge(person) - truth) ** 2)
        found = _proposed(person)
        error[PROPOSED].append((np.array([f.probability for f in found]) - truth) ** 2)
        inside.append([f.low <= u <= f.high for f, u in zip(found, person.usual, strict=True)])
    held = np.array(inside)
    return Result(
        days,
        len(held),
        {name: float(np.mean(values)) for name, values in error.items()},
        float(held.mean()),
        dict(zip(REFERENCES, held.mean(axis=0).tolist(), strict=True)),
    )
