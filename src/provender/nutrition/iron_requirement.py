"""How requirements of iron vary: skewed, and by periods, the pill and a vegetarian diet."""

from typing import Final, TypeAlias

from provender.nutrition.recipient import PERIODS_BELOW_AGE_Y, PERIODS_FROM_AGE_Y, Recipient
from provender.nutrition.requirement_distributions import Lognormal, Percentiles, SquaredNormal

Skewed: TypeAlias = Lognormal | Percentiles | SquaredNormal

ADULT_AGE_Y: Final = {"NASEM": 19.0, "EFSA": 18.0}
MENSTRUATION_MG: Final = 2.5
"""Added to the requirement of a girl whose periods begin before 14, mg a day. IOM 2001, p. 340 and table 14-2."""
VEGETARIAN_FACTOR: Final = 1.8
"""Iron is absorbed at 10 % from a vegetarian diet, at 18 % from a mixed one. IOM 2001, chapter 9."""
VEGETARIAN_FROM_AGE_Y: Final = 1.0
"""Infants' values take 10 % absorption already. IOM 2001, table 9-6."""
ON_THE_PILL_MG: Final = (6.4, 10.9)
"""Median and 97.5th percentile of women on oral contraceptives, mg a day. IOM 2001, chapter 9."""
GIRL_ON_THE_PILL_MG: Final = (6.7, 11.4)
"""The same for girls of 14 to 18; the median is our own: the women's, scaled as the 97.5th percentiles are."""

MEN: Final = SquaredNormal(0.014 / 0.18, 8.8, 0.84)
"""Losses of 0.014 mg per kg, 18 % absorbed; the root of weight in kg is 8.8, SD 0.84. IOM 2001, p. 340."""
MENSTRUATING_WOMEN: Final = Percentiles(
    (0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975),
    (4.42, 4.88, 5.45, 6.22, 6.87, 7.46, 8.07, 8.76, 9.63, 10.82, 13.05, 15.49, 18.23),
)
"""Women of 19 to 50 with periods, without oral contraceptives, on a mixed diet, mg a day. IOM 2001, table 14-1."""


def table_age_y(who: Recipient, authority: str) -> float:
    """The age whose row of iron holds for this person.

    A woman with periods after 50 is read as one of 50, one without before 51 as one of 51. In NASEM's table a girl of
    14 to 18 without periods is read as one of 13; EFSA's does not tell such girls apart.
    """
    if who.life_stage != "none":
        return who.table_age_y(authority)
    if who.monthly and who.age_y >= PERIODS_BELOW_AGE_Y:
        return PERIODS_BELOW_AGE_Y - 1
    if who.sex == "female" and who.menstruates is False:
        if ADULT_AGE_Y[authority] <= who.age_y < PERIODS_BELOW_AGE_Y:
            return PERIODS_BELOW_AGE_Y
        if authority == "NASEM" and PERIODS_FROM_AGE_Y <= who.age_y < PERIODS_BELOW_AGE_Y:
            return PERIODS_FROM_AGE_Y - 1
    return who.age_y


def nasem(ear: float, rda: float, who: Recipient) -> tuple[float, float, Skewed]:
    """EAR, RDA and distribution of a person's group in NASEM's tables, mixed diet.

    Args:
        ear: The EAR at ``table_age_y``, mg a day.
        rda: The RDA there, mg a day; the 97.5th percentile where no distribution is published.
        who: The person.

    Source: IOM 2001, DOI 10.17226/10026, chapter 9 and table 14-1; lognormal through EAR and RDA elsewhere (own).
    """
    adult = who.age_y >= ADULT_AGE_Y["NASEM"]
    if who.sex == "male" and adult:
        return ear, rda, MEN
    if who.monthly and who.age_y < PERIODS_FROM_AGE_Y:
        ear, rda = ear + MENSTRUATION_MG, rda + MENSTRUATION_MG
    elif who.monthly and who.contraceptive:
        ear, rda = ON_THE_PILL_MG if adult else GIRL_ON_THE_PILL_MG
    elif who.monthly and adult:
        return ear, rda, MENSTRUATING_WOMEN
    return ear, rda, Lognormal.through(ear, rda)


def efsa(ar: float, pri: float, *, woman_with_periods: bool) -> Lognormal:
    """The distribution of one group of EFSA's tables: lognormal through AR and PRI (own).

    The PRI of women before menopause meets 95 % of them, every other PRI 97.5 %.

    Args:
        ar: Average requirement, mg a day.
        pri: Population reference intake, mg a day.
        woman_with_periods: 18 or older, before menopause (pregnant and breastfeeding women too).

    Source: EFSA 2015, DOI 10.2903/j.efsa.2015.4254.
    """
    return Lognormal.through(ar, pri, 0.95 if woman_with_periods else 0.975)
