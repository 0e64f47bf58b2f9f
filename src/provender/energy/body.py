"""What a body is made of: fat and lean tissue, their energy, and what a change of weight costs."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Values = Array | float

HALL_2011: Final = (
    "Hall KD, Sacks G, Chandramohan D et al. (2011). Quantification of the effect of energy imbalance on bodyweight."
    " Lancet 378:826-837. DOI 10.1016/S0140-6736(11)60812-X"
)
RHO_FAT, RHO_LEAN, RHO_GLYCOGEN = 9440.727, 1816.444, 4206.501
"""Energy density, kcal/kg (39.5, 7.6 and 17.6 MJ/kg)."""
GAMMA_FAT, GAMMA_LEAN = 3.107075, 21.98853
"""Resting expenditure, kcal/kg a day (13 and 92 kJ)."""
ETA_FAT, ETA_LEAN = 179.2543, 229.4455
"""Cost of laying down, kcal/kg (750 and 960 kJ)."""
BETA_TEF: Final = 0.10
"""Share of a change of intake that is spent on digesting it."""
BETA_AT: Final = 0.14
"""Share of a change of intake by which expenditure adapts."""
TAU_AT_D: Final = 14.0
"""Days the adaptation takes."""
FORBES_KG: Final = 10.4
"""Forbes' constant: dLean/dFat = 10.4 kg / Fat."""
GLYCOGEN_KG: Final = 0.5
KG_PER_GLYCOGEN_KG: Final = 3.7
"""Glycogen with the water it binds, kg a kg."""
SODIUM_MG_PER_L, SODIUM_MG_PER_L_D, CARBOHYDRATE_MG_D = 3220.0, 3000.0, 4000.0
"""Sodium in extracellular fluid, mg/L; its clearance, mg/L a day; its retention with carbohydrate, mg a day."""
LEAST_FAT_SHARE, MOST_FAT_SHARE = 0.05, 0.60
"""Fat is kept within these shares of weight, where the prediction leaves what was measured (own)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Bodies in energy balance, from which every change is counted; arrays of one shape, or numbers.

    Attributes:
        weight_kg: Body mass in kg.
        fat_kg: Fat in kg.
        lean_kg: Lean tissue without glycogen and extracellular fluid, kg.
        ecf_kg: Extracellular fluid in kg.
        resting_kcal: Resting expenditure, kcal a day.
        expenditure_kcal: Total expenditure, kcal a day, which intake then equals; a filter that does not know
            it replaces it by its own guess.
        carbohydrate_share: Share of energy from carbohydrate, above 0 to 1.
    """

    weight_kg: Values
    fat_kg: Values
    lean_kg: Values
    ecf_kg: Values
    resting_kcal: Values
    expenditure_kcal: Values
    carbohydrate_share: Values = 0.5


def baseline(
    female: npt.NDArray[np.bool_] | bool,
    age_y: Values,
    height_m: Values,
    weight_kg: Values,
    expenditure_kcal: Values | None = None,
    *,
    pal: Values = 1.5,
    fat_kg: Values | None = None,
    carbohydrate_share: Values = 0.5,
) -> Baseline:
    """Adults in energy balance, their composition predicted where it was not measured.

    ``resting_kcal = 9.99 * weight_kg + 625 * height_m - 4.92 * age_y + (-161 if female else 5)``;
    ``ecf_kg = -4 + 5.98 * height_m + 0.167 * weight_kg`` in women,
    ``0.025 * age_y + 9.57 * height_m + 0.191 * weight_kg - 12.4`` in men;
    ``lean_kg`` is what remains of the weight.

    Args:
        female: Whether each is a woman.
        age_y: Age in years, 19 or over (not checked: the equations are for adults).
        height_m: Height in metres.
        weight_kg: Body mass in kg.
        expenditure_kcal: Total expenditure, kcal a day; None takes ``pal`` times resting expenditure.
        pal: Physical activity level, used only without an expenditure.
        fat_kg: Fat in kg where it was measured; None predicts it (``fat_mass``).
        carbohydrate_share: Share of energy from carbohydrate, above 0 to 1.

    Returns:
        Arrays of the shape to which the arguments broadcast; a NaN argument makes its person's values NaN.

    Source: Mifflin and St Jeor 1990, DOI 10.1093/ajcn/51.2.241; extracellular fluid by Silva 2007;
        Jackson 2002, DOI 10.1038/sj.ijo.0802006; as put together by Hall 2011.
    """
    resting = 9.99 * weight_kg + 625.0 * height_m - 4.92 * age_y + np.where(female, -161.0, 5.0)
    ecf = np.where(
        female,
        -4.0 + 5.98 * height_m + 0.167 * weight_kg,
        0.025 * age_y + 9.57 * height_m + 0.191 * weight_kg - 12.4,
    )
    fat = fat_mass(female, age_y, height_m, weight_kg) if fat_kg is None else fat_kg
    spent = pal * resting if expenditure_kcal is None else expenditure_kcal
    lean = weight_kg - (ecf + fat + KG_PER_GLYCOGEN_KG * GLYCOGEN_KG)
    values = (weight_kg, fat, lean, ecf, resting, spent, carbohydrate_share)
    return Baseline(*np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))


def fat_mass(female: npt.NDArray[np.bool_] | bool, age_y: Values, height_m: Values, weight_kg: Values) -> Array:
    """Fat mass of adults in kg as age and body mass index predict it, between 5 and 60 % of weight.

    ``weight_kg * (0.14 * age_y + 37.31 * ln(bmi) - 103.94) / 100`` in men, ``39.96`` and ``102.01`` in women;
    measured fat scatters about it by some 17 %.

    Args:
        female: Whether each is a woman.
        age_y: Age in years.
        height_m: Height in metres.
        weight_kg: Body mass in kg.

    Source: Jackson AS et al. (2002), Int J Obes 26:789-796, DOI 10.1038/sj.ijo.0802006, as used by Hall 2011.
    """
    log_bmi = np.log(weight_kg / np.square(height_m))
    share = 0.14 * age_y + np.where(female, 39.96 * log_bmi - 102.01, 37.31 * log_bmi - 103.94)
    return np.asarray(weight_kg * np.clip(share / 100, LEAST_FAT_SHARE, MOST_FAT_SHARE), dtype=np.float64)


def energy_of_change(fat_kg: Values) -> Values:
    """How many kcal of surplus or deficit go with the first kilogram of lasting change of weight.

    ``(eta_fat + rho_fat + a * (eta_lean + rho_lean)) / ((1 - b) * (1 + a))``, with ``a = 10.4 / fat_kg`` kg of
    lean tissue to each kg of fat and ``b = 0.24`` of the change answered by the body.

    Args:
        fat_kg: Fat in kg, above 0; NaN stays NaN.

    Source: linearised model of Sanghvi et al. 2015, DOI 10.3945/ajcn.115.111070, constants of Hall et al. 2011,
        DOI 10.1016/S0140-6736(11)60812-X; Forbes' partition of lean and fat.
    """
    a = FORBES_KG / fat_kg
    return (ETA_FAT + RHO_FAT + a * (ETA_LEAN + RHO_LEAN)) / ((1 - BETA_TEF - BETA_AT) * (1 + a))


def energy_of_keeping(base: Baseline) -> Values:
    """How many kcal a day less are spent for each lasting kilogram lost, near the start: ``eps``, kcal a kg a day.

    ``((gamma_fat + a * gamma_lean) / (1 + a) + delta) / (1 - b)``, with ``a`` and ``b`` as in ``energy_of_change``.
    A lasting change of ``c`` kcal a day ends near ``c / eps`` kg, half of it after
    ``ln 2 * energy_of_change / eps`` days.

    Args:
        base: Bodies in energy balance.

    Source: as ``energy_of_change``.
    """
    a = FORBES_KG / base.fat_kg
    return ((GAMMA_FAT + a * GAMMA_LEAN) / (1 + a) + moving_kcal_per_kg(base)) / (1 - BETA_TEF - BETA_AT)


def moving_kcal_per_kg(base: Baseline) -> Values:
    """What moving a kilogram of this body about costs, kcal a day: ``delta``.

    ``(0.9 * expenditure_kcal - resting_kcal) / weight_kg``.

    Args:
        base: Bodies in energy balance.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X, as ``hallmodel`` has it.
    """
    return ((1 - BETA_TEF) * base.expenditure_kcal - base.resting_kcal) / base.weight_kg


def laying_down_kcal_per_kg(fat_kg: Values) -> Values:
    """Energy of a kilogram of lean tissue with the fat that goes along with it, stored and spent, kcal/kg lean.

    ``1816.4 + 229.4 + (9440.7 + 179.3) * fat_kg / 10.4``.

    Args:
        fat_kg: Fat in kg.

    Source: Hall 2011; Forbes' curve.
    """
    return RHO_LEAN + ETA_LEAN + (RHO_FAT + ETA_FAT) / FORBES_KG * fat_kg
