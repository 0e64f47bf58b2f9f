"""People, their requirements and their diaries: the truth that the methods are to find.

Nothing here is taken from the method under test but the public table of means and SDs; the shapes are others:

- usual intakes: lognormal between people, correlated 0.5 with usual energy;
- days: lognormal for one half of the people, gamma for the other; correlated 0.5 with the day's energy;
  autocorrelation 0.1; each person's own day-to-day CV is the group's times a lognormal of 25 %;
- weekends: energy 6 % up, each nutrient of each person up or down by 8 % (SD);
- 15 % of days are logged in part: U(0.3, 0.7) of everything; 30 % of these are not flagged;
- requirements: drawn for each person and nutrient, normal, or lognormal for iron of menstruating women.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import gamma

from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.intake import ENERGY
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.variation import Group, variations

Floats = NDArray[np.float64]
GROUP = Group("female", 35)
MONDAY = date(2026, 1, 5)
WITH_ENERGY, AUTOCORRELATION, OWN_CV_SD = 0.5, 0.1, 0.25
WEEKEND_ENERGY, WEEKEND_SD = 0.06, 0.08
PARTIAL, UNFLAGGED, KEPT = 0.15, 0.30, (0.3, 0.7)


@dataclass(frozen=True)
class Normal:
    """Requirements spread normally."""

    median: float
    sd: float

    def met(self, intake: Floats) -> Floats:
        return ndtr((intake - self.median) / self.sd)

    def quantile(self, share: float) -> float:
        return float(self.median + self.sd * ndtri(share))


@dataclass(frozen=True)
class LogNormal:
    """Requirements spread lognormally."""

    median: float
    sd_log: float

    @property
    def sd(self) -> float:
        return float(self.median * np.sqrt(np.expm1(self.sd_log**2) * np.exp(self.sd_log**2)))

    def met(self, intake: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return ndtr((np.log(intake) - np.log(self.median)) / self.sd_log)

    def quantile(self, share: float) -> float:
        return float(self.median * np.exp(self.sd_log * ndtri(share)))


def _reference(nutrient: str, ear: float, rda: float, requirement: Normal | LogNormal) -> Reference:
    return Reference(
        nutrient=nutrient, authority="NASEM", ear=ear, rda=rda, requirement=requirement, sources={"ear": "IOM 2006"}
    )


REFERENCES = {
    "MG": _reference("MG", 265, 320, Normal(265, 26.5)),
    "CA": _reference("CA", 800, 1000, Normal(800, 80)),
    "FE": _reference("FE", 8.1, 18, LogNormal(8.1, 0.407)),
    "ZN": _reference("ZN", 6.8, 8, Normal(6.8, 0.68)),
    "VITA_RAE": _reference("VITA_RAE", 500, 700, Normal(500, 100)),
    "VITC": _reference("VITC", 60, 75, Normal(60, 6)),
    "FOLDFE": _reference("FOLDFE", 320, 400, Normal(320, 32)),
}
"""Seven nutrients of public concern with a known requirement; women of 31 to 50. Source: IOM (2006, 2011)."""
NUTRIENTS = (ENERGY, *REFERENCES)


@dataclass(frozen=True)
class Diary:
    """One simulated person: the diary, and what nobody but the simulation knows.

    Attributes:
        days: The diary.
        usual: (7) usual intakes.
        requirement: (7) the person's own requirements.
    """

    days: DailyIntakes
    usual: Floats
    requirement: Floats


def _spread(cv: Floats) -> Floats:
    return np.sqrt(np.log1p(cv**2))


def _noise(rng: np.random.Generator, days: int, cv: Floats) -> Floats:
    """(days, n) day-to-day factors of mean 1."""
    normal = np.empty((days, len(cv)))
    normal[0] = rng.standard_normal(len(cv))
    for t in range(1, days):
        fresh = rng.standard_normal(len(cv))
        normal[t] = AUTOCORRELATION * normal[t - 1] + np.sqrt(1 - AUTOCORRELATION**2) * fresh
    normal[:, 1:] = WITH_ENERGY * normal[:, :1] + np.sqrt(1 - WITH_ENERGY**2) * normal[:, 1:]
    if rng.random() < 0.5:
        return np.exp(_spread(cv) * normal - _spread(cv) ** 2 / 2)
    return gamma.ppf(ndtr(normal), 1 / cv**2) * cv**2


def diary(rng: np.random.Generator, days: int) -> Diary:
    """One person with a diary of so many days, complete or not."""
    table = [variations(GROUP)[name] for name in NUTRIENTS]
    mean = np.array([v.mean for v in table])
    z = rng.standard_normal(len(mean))
    z[1:] = WITH_ENERGY * z[0] + np.sqrt(1 - WITH_ENERGY**2) * z[1:]
    between = _spread(np.array([v.sd_between for v in table]) / mean)
    usual = mean * np.exp(between * z - between**2 / 2)
    own = np.exp(OWN_CV_SD * rng.standard_normal(len(mean)) - OWN_CV_SD**2 / 2)
    noise = _noise(rng, days, np.array([v.cv_within for v in table]) * own)
    first = MONDAY + timedelta(days=int(rng.integers(7)))
    dates = tuple(first + timedelta(days=k) for k in range(days))
    weekend = np.array([day.weekday() >= 5 for day in dates])
    effect = WEEKEND_SD * rng.standard_normal(len(mean))
    effect[0] += WEEKEND_ENERGY
    week = np.where(weekend[:, None], 1 + effect * 5 / 7, 1 - effect * 2 / 7)
    partial = rng.random(days) < PARTIAL
    kept = np.where(partial, rng.uniform(*KEPT, days), 1.0)
    flagged = partial & (rng.random(days) >= UNFLAGGED)
    amount = usual * noise * week * kept[:, None]
    requirement = np.array([r.requirement.quantile(rng.uniform(1e-6, 1 - 1e-6)) for r in REFERENCES.values()])
    complete = tuple(False if flag else None for flag in flagged)
    return Diary(DailyIntakes(NUTRIENTS, dates, amount, np.ones_like(amount), complete), usual[1:], requirement)
