"""Sceptical priors of a trial that counts, on the logarithm of the expected count a day."""

from dataclasses import dataclass
from typing import Final

LITTLE: Final = 0.7
MUCH: Final = 0.5
"""Rate ratios: about the least worth having, and half as many (own). The prior gives going below them 24 % and 8 %,
close to the 25 % and 9 % that the prior of pain scores gives one and two points."""


@dataclass(frozen=True, slots=True)
class CountPriors:
    """Priors of a count model, named as those of the score model; own judgement, stated as what they imply.

    Attributes:
        intercept: Mean and sd of the log of the count a day: 95 % of rates lie between one in 130 days and 130 a day,
            so that no diary is pulled.
        effect: Mean and sd of the log rate ratio: sceptical, 95 % between 0.38 and 2.66.
        trend_sd: Of the log rate's change over the trial: 95 % less than a factor 2.7 either way.
        weekday_sd: Of each weekday's log rate: one sd is a fifth more or less.
        sigma_scale: Scale of the half-t of ``sigma``, the log rate's standard deviation from day to day.
        sigma_df: Its degrees of freedom.
        phi: Beta prior of the correlation from one day to the next.
        nu: Beta prior of the share of white noise.
        tau: Median in days and log sd of the onset's time constant.
    """

    intercept: tuple[float, float] = (0.0, 2.5)
    effect: tuple[float, float] = (0.0, 0.5)
    trend_sd: float = 0.5
    weekday_sd: float = 0.2
    sigma_scale: float = 0.5
    sigma_df: float = 4.0
    phi: tuple[float, float] = (2.0, 1.0)
    nu: tuple[float, float] = (1.0, 1.0)
    tau: tuple[float, float] = (3.0, 0.7)
    conjugate: bool = False
