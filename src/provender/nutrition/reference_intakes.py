"""Reference intakes: how much of a nutrient a person of this age, sex and life stage needs, or should not exceed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Scope(StrEnum):
    """Which part of the intake an upper level speaks of."""

    TOTAL = "total"
    SUPPLEMENTS = "supplements"
    SUPPLEMENTS_AND_FORTIFICATION = "supplements and fortification"
    RETINOL = "preformed vitamin A"


class RequirementDistribution(Protocol):
    """How the requirement of a nutrient varies between people of one group."""

    @property
    def median(self) -> float:
        """The requirement that half of the group does not exceed, in the nutrient's unit a day."""
        ...

    @property
    def sd(self) -> float:
        """Standard deviation between people, in the nutrient's unit a day."""
        ...

    def met(self, intake: Floats) -> Floats:
        """Share of people whose own requirement is met by this usual intake, 0 to 1; same shape; NaN stays NaN."""
        ...

    def quantile(self, share: float) -> float:
        """The usual intake that meets the requirement of this share of people, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one authority says of one nutrient for one kind of person; None where it says nothing.

    Attributes:
        nutrient: Its id; amounts below are in its unit a day.
        authority: Who says so (``NASEM`` or ``EFSA``).
        ear: Estimated average requirement (EFSA: average requirement).
        rda: Recommended dietary allowance (EFSA: population reference intake).
        ai: Adequate intake, where no requirement is known.
        ul: Tolerable upper intake level.
        ul_scope: What the upper level counts.
        cdrr: Chronic disease risk reduction intake (sodium).
        amdr_low: Lower end of the acceptable share of energy, 0 to 1.
        amdr_high: Upper end of that share.
        requirement: How requirements vary; None where no requirement is known.
        sources: Where each value stands: name of the value to author, year and DOI.
        notes: What must be said beside the values (assumptions, forms, what was asked or not).
    """

    nutrient: str
    authority: str
    ear: float | None = None
    rda: float | None = None
    ai: float | None = None
    ul: float | None = None
    ul_scope: Scope = Scope.TOTAL
    cdrr: float | None = None
    amdr_low: float | None = None
    amdr_high: float | None = None
    requirement: RequirementDistribution | None = None
    sources: dict[str, str]
    notes: tuple[str, ...] = ()
