"""How much energy a body needs: estimated requirement, resting energy, energy of a changing weight."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from provender.energy.body import energy_of_change, fat_mass
from provender.terms.errors import InputError

DRI_2023: Final = (
    "National Academies of Sciences, Engineering, and Medicine (2023). Dietary Reference Intakes for Energy."
    " DOI 10.17226/26818"
)
MIFFLIN_1990: Final = (
    "Mifflin MD, St Jeor ST et al. (1990). A new predictive equation for resting energy expenditure in"
    " healthy individuals. Am J Clin Nutr 51:241-247. DOI 10.1093/ajcn/51.2.241"
)
SANGHVI_2015: Final = (
    "Sanghvi A, Redman LM, Martin CK, Ravussin E, Hall KD (2015). Validation of an inexpensive and accurate"
    " mathematical method to measure long-term changes in free-living energy intake. Am J Clin Nutr"
    " 102:353-358. DOI 10.3945/ajcn.115.111070"
)

SEXES: Final = ("female", "male")
ADULT_AGE_Y: Final = 19
YOUNGEST_AGE_Y: Final = 3
LEAST_BMI: Final = 8.0
LEAST_CHILD_KCAL: Final = 500.0
"""Below these no adult and no child of 3 or more lives, so no equation is trusted there (own)."""


@dataclass(frozen=True, slots=True)
class ActivityLevel:
    """A physical activity level (PAL: total over resting expenditure) as adults meet it.

    Attributes:
        id: How it is stored.
        name: The report's name for it.
        description: A day at this level, in plain words.
        pal_from: Lowest PAL of an adult in it.
        pal_below: The PAL at which the next level begins.
    """

    id: str
    name: str
    description: str
    pal_from: float
    pal_below: float


ACTIVITY_LEVELS: Final = (
    ActivityLevel(
        "inactive",
        "Inactive",
        "Mostly sitting; the walking and housework a day needs and little more.",
        1.0,
        1.53,
    ),
    ActivityLevel(
        "low_active",
        "Low active",
        "A usual day and about an hour of brisk walking, or a job partly on your feet.",
        1.53,
        1.68,
    ),
    ActivityLevel(
        "active",
        "Active",
        "A usual day and nearly two hours of brisk walking, cycling or sport, or a job on the move.",
        1.68,
        1.85,
    ),
    ActivityLevel(
        "very_active",
        "Very active",
        "A usual day and two hours of cycling, running or sport, or heavy manual work.",
        1.85,
        2.5,
    ),
)
"""From least to most. Source of the PAL limits (19 and over): DRI 2023 as tabulated by Health Canada."""

_LEVEL: Final = {level.id: level for level in ACTIVITY_LEVELS}

LIFE_STAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "none": "not pregnant, not breastfeeding",
        "pregnant-1": "pregnant, first trimester (to week 13)",
        "pregnant-2": "pregnant, second trimester (weeks 14 to 27)",
        "pregnant-3": "pregnant, third trimester (from week 28)",
        "lactating-0-6": "breastfeeding, months 0 to 6",
        "lactating-7-12": "breastfeeding, months 7 to 12",
    }
)

# Rows by activity: constant, per cm of height, per kg of weight; the age term is one number a sex.
_Row = tuple[float, float, float]
_ADULT: Final[Mapping[str, tuple[float, Mapping[str, _Row]]]] = {
    "male": (
        -10.83,
        {
            "inactive": (753.07, 6.50, 14.10),
            "low_active": (581.47, 8.30, 14.94),
            "active": (1004.82, 6.52, 15.91),
            "very_active": (-517.88, 15.61, 19.11),
        },
    ),
    "female": (
        -7.01,
        {
            "inactive": (584.90, 5.72, 11.71),
            "low_active": (575.77, 6.60, 12.14),
            "active": (710.25, 6.54, 12.34),
            "very_active": (511.83, 9.07, 12.56),
        },
    ),
}
_MINOR: Final[Mapping[str, tuple[float, Mapping[str, _Row]]]] = {
    "male": (
        3.68,
        {
            "inactive": (-447.51, 13.01, 13.15),
            "low_active": (19.12, 8.62, 20.28),
            "active": (-388.19, 12.66, 20.46),
            "very_active": (-671.75, 15.38, 23.25),
        },
    ),
    "female": (
        -22.25,
        {
            "inactive": (55.59, 8.43, 17.07),
            "low_active": (-297.54, 12.77, 14.73),
            "active": (-189.55, 11.74, 18.34),
            "very_active": (-709.59, 18.22, 14.25),
        },
    ),
}
_PREGNANT: Final[tuple[float, Mapping[str, _Row]]] = (
    -2.04,
    {
        "inactive": (1131.20, 0.34, 12.15),
        "low_active": (693.35, 5.73, 10.20),
        "active": (-223.84, 13.23, 8.15),
        "very_active": (-779.72, 18.45, 8.73),
    },
)
_GROWTH_KCAL: Final = {
    "male": ((4, 20.0), (9, 15.0), (14, 25.0), (19, 20.0)),
    "female": ((9, 15.0), (14, 30.0), (19, 20.0)),
}
_KCAL_PER_GESTATION_WEEK: Final = 9.16
_GESTATION_WEEK: Final = {"pregnant-2": 20, "pregnant-3": 34}
_DEPOSITION_KCAL: Final = ((18.5, 300.0), (25.0, 200.0), (30.0, 150.0), (math.inf, -50.0))
_MILK_KCAL: Final = {"lactating-0-6": 540.0 - 140.0, "lactating-7-12": 380.0}
PREDICTION_SD_KCAL: Final[Mapping[str, float]] = MappingProxyType({"male": 342.0, "female": 241.0})
"""Standard error of one adult's predicted requirement, kcal/d. Source: DRI 2023."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """An estimated energy requirement and where it comes from.

    Attributes:
        kcal: Energy in kcal a day that keeps an average such person as they are; None when no equation
            covers them.
        sd_kcal: Standard error of one person's prediction, kcal a day; None when none is published.
        equation: Name of the equation; "" when none covers this person.
        formula: The equation with its numbers.
        source: Citation; "" when none covers this person.
        note: What was assumed, or why there is no answer; "" when there is nothing to say.
    """

    kcal: float | None
    sd_kcal: float | None
    equation: str
    formula: str
    source: str
    note: str = ""


def resting_energy_kcal(sex: str, age_y: float, height_m: float, weight_kg: float) -> float | None:
    """Resting energy expenditure of an adult in kcal a day; None under 19 or where the line falls to zero.

    ``9.99 * weight_kg + 6.25 * height_cm - 4.92 * age_y + (5 if male else -161)``; it was fitted to people
    of 19 to 78 years.

    Source: Mifflin and St Jeor 1990, DOI 10.1093/ajcn/51.2.241.
    """
    if age_y < ADULT_AGE_Y:
        return None
    kcal = 9.99 * weight_kg + 6.25 * height_m * 100 - 4.92 * age_y + (5 if sex == "male" else -161)
    return kcal if kcal > 0 else None


def requirement(
    sex: str,
    age_y: float,
    height_m: float,
    weight_kg: float,
    activity: str,
    life_stage: str = "none",
    bmi_before: float | None = None,
) -> Requirement:
    """The estimated energy requirement (EER) of one person.

    ``kcal = constant + per_year * age_y + per_cm * height_cm + per_kg * weight_kg``, plus growth under 19,
    plus the energy of pregnancy from the second trimester or of milk.

    Args:
        sex: ``female`` or ``male``.
        age_y: Age in years; no equation here under 3.
        height_m: Height in metres (the equation takes centimetres: the conversion is done here).
        weight_kg: Body mass in kilograms, in pregnancy the present one.
        activity: The id of one of ``ACTIVITY_LEVELS``.
        life_stage: A key of ``LIFE_STAGES``.
        bmi_before: Body mass index before pregnancy, kg/m2; None takes the class 18.5 to 25 and says so.

    Raises:
        InputError: A sex, activity or life stage that is not in the tables.

    Source: DRI 2023, DOI 10.17226/26818 (adults, ages 3 to 18, pregnancy, lactation).
    """
    _checked_words(sex, activity, life_stage)
    if age_y < YOUNGEST_AGE_Y:
        return _none("No equation here covers children under 3; ask the child's doctor.")
    if age_y < ADULT_AGE_Y:
        return _minor(sex, age_y, height_m, weight_kg, activity, life_stage)
    if life_stage in _GESTATION_WEEK:
        found = _pregnant(age_y, height_m, weight_kg, activity, life_stage, bmi_before)
    else:
        found = _adult(sex, age_y, height_m, weight_kg, activity, life_stage)
    return found if _is_plausible(found, sex, age_y, height_m, weight_kg) else _none(_ODD_SIZE)


_ODD_SIZE: Final = (
    "No equation covers a body of this size and age: the straight line of the estimate leaves the"
    " range of 1 to 3 times resting energy in which people live."
)


def _checked_words(sex: str, activity: str, life_stage: str) -> None:
    for found, allowed, field in (
        (sex, SEXES, "sex"),
        (activity, _LEVEL, "activity"),
        (life_stage, LIFE_STAGES, "life_stage"),
    ):
        if found not in allowed:
            raise InputError(f"found “{found}”, expected one of {', '.join(allowed)}", field=field)
    if sex == "male" and life_stage != "none":
        raise InputError("found a pregnancy or breastfeeding for a man; choose none, or female", field="life_stage")


def _none(why: str) -> Requirement:
    return Requirement(None, None, "", "", "", why)


def _is_plausible(found: Requirement, sex: str, age_y: float, height_m: float, weight_kg: float) -> bool:
    """Whether the estimate lies within 1 to 3 times resting energy, as any sustained life does."""
    if weight_kg / height_m**2 < LEAST_BMI:
        return False
    resting = resting_energy_kcal(sex, age_y, height_m, weight_kg)
    return resting is not None and found.kcal is not None and 1 <= found.kcal / resting < 3


def _line(row: _Row, per_year: float, age_y: float, height_m: float, weight_kg: float) -> tuple[float, str]:
    constant, per_cm, per_kg = row
    kcal = constant + per_year * age_y + per_cm * (height_m * 100) + per_kg * weight_kg
    sign = "-" if per_year < 0 else "+"
    return kcal, f"{constant:g} {sign} {abs(per_year):g} x age + {per_cm:g} x cm + {per_kg:g} x kg"


def _adult(sex: str, age_y: float, height_m: float, weight_kg: float, activity: str, stage: str) -> Requirement:
    per_year, rows = _ADULT[sex]
    kcal, formula = _line(rows[activity], per_year, age_y, height_m, weight_kg)
    name = f"EER 2023, {'men' if sex == 'male' else 'women'} 19 and over, {_LEVEL[activity].name.lower()}"
    milk = _MILK_KCAL.get(stage)
    if milk is not None:
        name, formula = f"{name}, breastfeeding", f"{formula} + {milk:g} for milk"
    return Requirement(kcal + (milk or 0.0), PREDICTION_SD_KCAL[sex], name, formula, DRI_2023)


def _pregnant(
    age_y: float, height_m: float, weight_kg: float, activity: str, stage: str, bmi_before: float | None
) -> Requirement:
    per_year, rows = _PREGNANT
    kcal, formula = _line(rows[activity], per_year, age_y, height_m, weight_kg)
    week = _GESTATION_WEEK[stage]
    tissue = next(kcal for below, kcal in _DEPOSITION_KCAL if (22.0 if bmi_before is None else bmi_before) < below)
    assumed = "" if bmi_before is not None else " and a body mass index before pregnancy of 18.5 to 25"
    return Requirement(
        kcal + _KCAL_PER_GESTATION_WEEK * week + tissue,
        None,
        f"EER 2023, pregnancy, {_LEVEL[activity].name.lower()}",
        f"{formula} + {_KCAL_PER_GESTATION_WEEK:g} x week {tissue:+g} for new tissue",
        DRI_2023,
        f"It takes week {week} for the whole trimester{assumed}.",
    )


def _minor(sex: str, age_y: float, height_m: float, weight_kg: float, activity: str, stage: str) -> Requirement:
    if stage != "none":
        return _none("No equation here covers pregnancy or breastfeeding under 19; ask a doctor or midwife.")
    per_year, rows = _MINOR[sex]
    kcal, formula = _line(rows[activity], per_year, age_y, height_m, weight_kg)
    growth = next(kcal for below, kcal in _GROWTH_KCAL[sex] if age_y < below)
    if kcal + growth < LEAST_CHILD_KCAL:
        return _none(_ODD_SIZE)
    return Requirement(
        kcal + growth,
        None,
        f"EER 2023, {'boys' if sex == 'male' else 'girls'} 3 to 18, {_LEVEL[activity].name.lower()}",
        f"{formula} + {growth:g} for growth",
        DRI_2023,
        "Shown for information only: nobody under 19 is given a calorie target here.",
    )


def fat_mass_kg(sex: str, age_y: float, height_m: float, weight_kg: float) -> float:
    """An adult's fat mass in kilograms as age and body mass index predict it, between 5 and 60 % of weight.

    ``weight_kg * (0.14 * age_y + 37.31 * ln(bmi) - 103.94) / 100`` in men, ``39.96`` and ``102.01`` in women.

    Source: Jackson AS et al. (2002), Int J Obes 26:789-796, DOI 10.1038/sj.ijo.0802006, as used by Hall 2011.
    """
    return float(fat_mass(sex == "female", age_y, height_m, weight_kg))


def energy_of_change_kcal_per_kg(fat_kg: float) -> float:
    """How many kcal of surplus or deficit go with the first kilogram of lasting weight change.

    With ``a = 10.4 / fat_kg`` kg of lean tissue to each kg of fat and ``b = 0.24`` of the change answered by
    the body: ``(eta_fat + rho_fat + a * (eta_lean + rho_lean)) / ((1 - b) * (1 + a))``. It runs from about
    8,000 in lean to 11,000 in heavy people; the familiar 7,700 kcal fits neither. It is the slope at the
    start: as weight changes, so does expenditure, and progress slows.

    Args:
        fat_kg: Fat mass in kilograms, above 0.

    Source: linearised model of Sanghvi et al. 2015, DOI 10.3945/ajcn.115.111070, constants of Hall et al.
        2011, DOI 10.1016/S0140-6736(11)60812-X; Forbes partition of lean and fat.
    """
    return float(energy_of_change(fat_kg))
