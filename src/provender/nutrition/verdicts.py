"""What is said of one nutrient: the numbers, the verdict and the thresholds between verdicts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provender.nutrition.daily_intakes import ExcludedDay
from provender.nutrition.reference_intakes import Reference


class Method(StrEnum):
    """How it was computed."""

    PROVENDER = "provender"
    IOM2000 = "iom2000"


class Verdict(StrEnum):
    """Whether the usual intake is enough, in words."""

    VERY_LIKELY_ENOUGH = "very likely enough"
    PROBABLY_ENOUGH = "probably enough"
    UNCERTAIN = "uncertain, worth raising"
    PROBABLY_TOO_LOW = "probably too low"
    VERY_LIKELY_TOO_LOW = "very likely too low"
    AI_REACHED = "adequate intake reached"
    BELOW_AI = "below the adequate intake; cannot say it is too little"
    NO_VERDICT = "no verdict"


SURE: Final = 0.975
FAIRLY_SURE: Final = 0.85
EVEN: Final = 0.50
HARDLY: Final = 0.15
"""Confidence that separates the verdicts. Source: IOM 2000 p. 57 and Health Canada for the words; cuts own."""


def verdict_of(probability: float | None) -> Verdict:
    """The verdict for this probability that the requirement is met; no verdict for None."""
    if probability is None:
        return Verdict.NO_VERDICT
    cuts = (
        (SURE, Verdict.VERY_LIKELY_ENOUGH),
        (FAIRLY_SURE, Verdict.PROBABLY_ENOUGH),
        (EVEN, Verdict.UNCERTAIN),
        (HARDLY, Verdict.PROBABLY_TOO_LOW),
    )
    return next((verdict for cut, verdict in cuts if probability >= cut), Verdict.VERY_LIKELY_TOO_LOW)


@dataclass(frozen=True, slots=True)
class UpperScenario:
    """What it would be if less was logged than eaten.

    Attributes:
        usual: Median usual intake then, supplements included, in the nutrient's unit a day.
        probability: That it meets the requirement (or AI), 0 to 1; None without verdict.
    """

    usual: float
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adequacy:
    """Is one nutrient enough, and how sure is that; amounts in the nutrient's unit a day, None where unknown.

    Attributes:
        nutrient: Its id.
        method: How it was computed.
        days: Complete days on which it is known, used for the mean.
        complete_days: Complete days in all, whether it is known on them or not.
        excluded: Days left out, each with its reason; the same for all nutrients.
        mean: Mean of those days from food, weekdays to weekend as 5 to 2; a lower bound where ``coverage`` is
            below 1.
        supplement: Fixed daily dose from supplements, 0 when none.
        usual: Median of the usual intake, supplement included; None without verdict for want of days or coverage.
        low: Lower end of its 90 % interval; None likewise.
        high: Upper end.
        coverage: Share of the energy of the complete days that the mean rests on, 0 to 1.
        reference: What it was compared with.
        probability: That the usual intake meets the person's own requirement, or reaches the AI, 0 to 1; None
            is no verdict.
        probability_low: That probability were the usual intake at ``low``; None for an AI.
        probability_high: The same at ``high``.
        days_for_fairly_sure: Complete days at which an unchanged mean would give 0.85; None if it never would.
        days_for_sure: The same for 0.975.
        mean_needed: Mean, supplement included, that would give 0.975 at these days; None if none would,
            or only one above twice what nearly all need or above the upper level.
        mean_needed_7: The same at 7 days.
        below_ul: Probability that what the upper level counts is below it; None where it cannot be said.
        below_cdrr: The same for the chronic disease risk reduction intake.
        energy_share: Share of energy it gives, 0 to 1, where an acceptable range exists; else None.
        verdict: The verdict.
        upper: If less was logged than eaten; None unless asked for.
        notes: What must be said beside the numbers.
        sentence: The verdict in plain words.
        ul_sentence: The upper level in plain words; None where nothing can be said.
        cdrr_sentence: The chronic disease risk reduction intake likewise.
        amdr_sentence: The acceptable share of energy likewise.
    """

    nutrient: str
    method: Method
    days: int
    complete_days: int
    excluded: tuple[ExcludedDay, ...]
    mean: float | None
    supplement: float
    usual: float | None
    low: float | None
    high: float | None
    coverage: float
    reference: Reference
    probability: float | None
    probability_low: float | None
    probability_high: float | None
    days_for_fairly_sure: int | None
    days_for_sure: int | None
    mean_needed: float | None
    mean_needed_7: float | None
    below_ul: float | None
    below_cdrr: float | None
    energy_share: float | None
    verdict: Verdict
    upper: UpperScenario | None
    notes: tuple[str, ...]
    sentence: str = ""
    ul_sentence: str | None = None
    cdrr_sentence: str | None = None
    amdr_sentence: str | None = None
