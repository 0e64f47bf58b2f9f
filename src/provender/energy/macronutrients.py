"""Protein, fat and carbohydrate: acceptable ranges at an energy, and the protein advised to adults."""

from dataclasses import dataclass
from typing import Final

IOM_2005: Final = (
    "Institute of Medicine (2005). Dietary Reference Intakes for Energy, Carbohydrate, Fiber, Fat, Fatty"
    " Acids, Cholesterol, Protein, and Amino Acids. DOI 10.17226/10490"
)
_SHARES: Final = (
    ("PROCNT", "protein", 0.10, 0.35, 4.0),
    ("FAT", "fat", 0.20, 0.35, 9.0),
    ("CHOCDF", "carbohydrate", 0.45, 0.65, 4.0),
)
_PROTEIN_G_PER_KG: Final = {"none": 0.8, "pregnant": 1.1, "lactating": 1.3}


@dataclass(frozen=True, slots=True)
class MacroRange:
    """The acceptable range of one macronutrient at this daily energy.

    Attributes:
        nutrient: Its INFOODS tagname.
        name: Its plain name.
        low_share: Lower share of energy, 0 to 1.
        high_share: Upper share of energy, 0 to 1.
        low_g: Lower end in grams a day.
        high_g: Upper end in grams a day.
        low_kcal: Lower end in kcal a day.
        high_kcal: Upper end in kcal a day.
    """

    nutrient: str
    name: str
    low_share: float
    high_share: float
    low_g: float
    high_g: float
    low_kcal: float
    high_kcal: float


def macro_ranges(daily_kcal: float) -> tuple[MacroRange, ...]:
    """Protein, fat and carbohydrate an adult does well with at this energy.

    Protein 10 to 35 %, fat 20 to 35 %, carbohydrate 45 to 65 % of energy (AMDR), at 4, 9 and 4 kcal a gram.

    Args:
        daily_kcal: Energy in kcal a day.

    Source: IOM 2005, DOI 10.17226/10490, Table S-1 (adults).
    """
    return tuple(
        MacroRange(
            nutrient,
            name,
            low,
            high,
            daily_kcal * low / per_g,
            daily_kcal * high / per_g,
            daily_kcal * low,
            daily_kcal * high,
        )
        for nutrient, name, low, high, per_g in _SHARES
    )


def protein_rda_g(weight_kg: float, life_stage: str = "none") -> float:
    """The recommended dietary allowance of protein of an adult, in grams a day.

    0.8 g per kg of body mass, 1.1 in pregnancy, 1.3 while breastfeeding.

    Source: IOM 2005, DOI 10.17226/10490, chapter 10.
    """
    return _PROTEIN_G_PER_KG[life_stage.partition("-")[0]] * weight_kg
