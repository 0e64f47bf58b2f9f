"""What is believed before the first day: priors in the outcome's own unit."""

from dataclasses import dataclass
from typing import Final, Protocol

from provender.terms.errors import InputError

PAIN_RANGE: Final = 10.0


class Measured(Protocol):
    """What a scale says of itself; None where it has no end."""

    @property
    def low(self) -> float | None:
        """Its lowest value."""

    @property
    def high(self) -> float | None:
        """Its highest value."""


@dataclass(frozen=True, slots=True)
class Priors:
    """Priors of one outcome, in its unit; the defaults are those of pain from 0 to 10.

    Attributes:
        intercept: Mean and sd of the level without treatment; wide, or it leaks into the effect.
        effect: Mean and sd of the steady effect; centred at none.
        trend_sd: Sd of the change from the first to the last day.
        weekday_sd: Sd of each weekday's own difference.
        sigma_scale: Scale of the half-t of the residual's sd.
        sigma_df: Its degrees of freedom.
        phi: Beta parameters of the correlation from one day to the next; leans to diaries that linger, or a benefit is
            claimed too often in those that do (docs/decisions/0013).
        nu: Beta parameters of the share of the residual variance that is white.
        tau: Median in days and log sd of the time an effect takes to come and go.
        conjugate: Sds of coefficients in units of the residual's sd, whose variance is inverse gamma (2, 2): only to
            compare with published fits.

    Source: docs/methods/trials.md: Salaffi 2004, DOI 10.1016/j.ejpain.2003.09.004; Farrar 2001,
        DOI 10.1016/S0304-3959(01)00349-9; Page 2022; Zucker 2010, DOI 10.1016/j.jclinepi.2010.04.020.
    """

    intercept: tuple[float, float] = (5.0, 10.0)
    effect: tuple[float, float] = (0.0, 1.5)
    trend_sd: float = 2.0
    weekday_sd: float = 0.4
    sigma_scale: float = 2.0
    sigma_df: float = 4.0
    phi: tuple[float, float] = (2.0, 1.0)
    nu: tuple[float, float] = (1.0, 1.0)
    tau: tuple[float, float] = (3.0, 0.7)
    conjugate: bool = False

    def __post_init__(self) -> None:
        above = (
            *(self.intercept[1], self.effect[1], self.trend_sd, self.weekday_sd, self.sigma_scale, self.sigma_df),
            *(*self.phi, *self.nu, *self.tau),
        )
        if not all(0 < value < float("inf") for value in above):
            raise InputError("found a prior's sd, scale or shape that is not above 0", field="priors")


def priors_for(scale: Measured, *, tau: tuple[float, float] = (3.0, 0.7), unit: float | None = None) -> Priors:
    """Priors for a scale: those of pain from 0 to 10, stretched to its range.

    Args:
        scale: What was measured on.
        tau: Median in days and log sd of the time an effect takes.
        unit: What corresponds to one point of ten, for a scale without ends; needed there.

    Raises:
        InputError: A scale without both ends and no unit, or a unit that is not above 0.
    """
    low = 0.0 if scale.low is None else scale.low
    if unit is None:
        if scale.low is None or scale.high is None:
            raise InputError("found a scale without both ends and no unit, expected one of them", field="scale")
        unit = (scale.high - scale.low) / PAIN_RANGE
    if not unit > 0:
        raise InputError(f"found {unit:g} as a tenth of the scale, expected above 0", field="scale")
    return Priors(
        intercept=(low + 5 * unit, 10 * unit),
        effect=(0.0, 1.5 * unit),
        trend_sd=2 * unit,
        weekday_sd=0.4 * unit,
        sigma_scale=2 * unit,
        tau=tau,
    )
