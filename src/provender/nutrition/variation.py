"""How much a nutrient varies from day to day within a person, and between people of one sex and age.

``variation.csv`` holds one row a nutrient, sex and age group: survey-weighted numbers of people with two
reliable 24-hour recalls in NHANES / What We Eat in America 2005-2018 (US Centers for Disease Control and
Prevention, public domain), food and drink without supplements. The within-person SD is that of the
difference between a person's two days over the square root of 2; the between-person SD is what is left of the
SD of two-day means. It stands in for tables B-2 to B-5 of IOM 2000, which rest on CSFII 1994-96.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from provender.terms.errors import InputError

Sex = Literal["female", "male"]
BORROWED_CV_WITHIN: Final = 0.50
"""Day-to-day CV of a nutrient the table lacks: the median of its adult rows (own)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a person is compared with.

    Attributes:
        sex: ``female`` or ``male``: the survey knows no other.
        age_y: Age in years, 1 to 120.
    """

    sex: Sex
    age_y: float


@dataclass(frozen=True, slots=True)
class Variation:
    """How one nutrient varies in one group; amounts in its unit a day.

    Attributes:
        mean: Mean intake; None where the table has no row.
        sd_within: SD from day to day within a person; None likewise, and ``cv_within`` is borrowed then.
        sd_between: SD of usual intake between people; None likewise.
        sd_within_log: SD from day to day of the natural logarithm; None where many days are zero.
    """

    mean: float | None
    sd_within: float | None
    sd_between: float | None
    sd_within_log: float | None = None

    @property
    def cv_within(self) -> float:
        """Day-to-day SD as a share of the mean; a borrowed one (0.50) where the table has none."""
        if self.mean is None or self.sd_within is None:
            return BORROWED_CV_WITHIN
        return self.sd_within / self.mean

    @property
    def sd_usual_log(self) -> float | None:
        """SD between people of the logarithm of usual intake: ``sqrt(ln(1 + (sd_between / mean)^2))``."""
        if self.mean is None or self.sd_between is None:
            return None
        return math.sqrt(math.log1p((self.sd_between / self.mean) ** 2))


UNKNOWN: Final = Variation(None, None, None)
"""A nutrient the table lacks (iodine, chromium, biotin and others)."""


def _number(text: str) -> float | None:
    return float(text) if text else None


@cache
def _table() -> dict[tuple[str, float, float], dict[str, Variation]]:
    text = files("provender.nutrition").joinpath("variation.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, float, float], dict[str, Variation]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = (row["sex"], float(row["age_from_y"]), _number(row["age_to_y"]) or 120.0)
        found.setdefault(key, {})[row["nutrient"]] = Variation(
            float(row["mean"]), float(row["sd_within"]), float(row["sd_between"]), _number(row["sd_within_log"])
        )
    return found


def variations(group: Group) -> Mapping[str, Variation]:
    """How each nutrient of the table varies among people like this one: nutrient id to variation.

    Pregnancy and lactation have no rows of their own: the non-pregnant group of the same age stands in.

    Raises:
        InputError: A sex the survey does not know, or an age outside 1 to 120 years.

    Source: NHANES 2005-2018, see the module.
    """
    for (sex, first, last), found in _table().items():
        if sex in {"both", group.sex} and group.sex in {"female", "male"} and first <= group.age_y < last + 1:
            return MappingProxyType(found)
    raise InputError(
        f"found sex {group.sex!r} and an age of {group.age_y:g} years, expected female or male and 1 to 120 years",
        field="group",
    )
