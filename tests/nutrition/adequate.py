"""Small diaries and references for the tests of adequacy."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import ndtr, ndtri

from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.variation import Group

WOMAN = Group("female", 40)
MONDAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Normal:
    median: float
    sd: float

    def met(self, intake):
        return ndtr((intake - self.median) / self.sd)

    def quantile(self, share):
        return float(self.median + self.sd * ndtri(share))


@dataclass(frozen=True)
class Skewed:
    median: float
    sd_log: float

    @property
    def sd(self):
        return float(self.median * np.sqrt(np.expm1(self.sd_log**2) * np.exp(self.sd_log**2)))

    def met(self, intake):
        return ndtr(np.log(np.maximum(intake, 1e-12) / self.median) / self.sd_log)

    def quantile(self, share):
        return float(self.median * np.exp(self.sd_log * ndtri(share)))


def ear(nutrient, amount, cv=0.1, **more):
    return Reference(
        nutrient=nutrient,
        authority="NASEM",
        ear=amount,
        rda=1.2 * amount,
        requirement=Normal(amount, cv * amount),
        sources={},
        **more,
    )


def ai(nutrient, amount, **more):
    return Reference(nutrient=nutrient, authority="NASEM", ai=amount, sources={}, **more)


def diary(columns, complete=None, coverage=None, first=MONDAY):
    """A diary of columns of equal length: nutrient to amounts; whole coverage where known, 0 where NaN."""
    amount = np.array(list(columns.values()), dtype=float).T
    cover = np.isfinite(amount).astype(float) if coverage is None else np.full(amount.shape, coverage)
    count = len(amount)
    days = tuple(first + timedelta(days=k) for k in range(count))
    return DailyIntakes(tuple(columns), days, amount, cover, tuple(complete or (None,) * count))
