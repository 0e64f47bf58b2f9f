"""An authority's values of one nutrient, made those of one person: by weight, energy, smoking, periods and diet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from scipy.special import ndtri

from provender.nutrition import iron_requirement, reference_table
from provender.nutrition.recipient import PERIODS_BELOW_AGE_Y, PREGNANCY_FROM_AGE_Y, Recipient
from provender.nutrition.reference_table import Row
from provender.nutrition.requirement_distributions import Lognormal, Normal, Percentiles, SquaredNormal
from provender.terms.units import ENERGY_KJ

Distribution: TypeAlias = Normal | Lognormal | SquaredNormal | Percentiles
Requirement: TypeAlias = tuple[float | None, float | None, Distribution | None]
"""EAR, RDA and how requirements vary."""

SMOKING_VITAMIN_C_MG: Final = 35.0
"""Added to a smoker's requirement of vitamin C, mg a day. IOM 2000, DOI 10.17226/9810, chapter 5."""
NIACIN_MG_PER_TRYPTOPHAN_G: Final = 1000 / 60
"""60 mg of tryptophan make 1 mg of niacin. IOM 1998, DOI 10.17226/6015, chapter 6."""
PROTEIN_LOG_SD: Final = 0.12
"""Requirements of protein are lognormal with this log SD. EFSA 2012, DOI 10.2903/j.efsa.2012.2557."""
AGES_ASKED_Y: Final = {"menstruates": (9.0, 60.0), "contraceptive": (14.0, 60.0), "smokes": (14.0, math.inf)}
"""The ages, from and below, at which a question makes sense (own)."""
_EFSA_WOMAN_FROM_AGE_Y: Final = 18.0
_Z_975: Final = float(ndtri(0.975))
_PREGNANCY_TABLE_ENDS_Y: Final = {"NASEM": 51.0, "EFSA": math.inf}


@dataclass(slots=True)
class PersonalValues:
    """One nutrient's values in the making, and the notes made on the way.

    Attributes:
        who: The person.
        authority: Whose values.
        nutrient: Its id.
        rows: Kind of value to its row of the table.
    """

    who: Recipient
    authority: str
    nutrient: str
    rows: Mapping[str, Row]
    _notes: list[str] = field(default_factory=list)

    def amounts(self) -> dict[str, float | None]:
        """Kind to amount a day, in the nutrient's unit; None where it depends on a weight nobody told or printed."""
        return {kind: self._amount(row) for kind, row in self.rows.items()}

    def requirement(self, amounts: Mapping[str, float | None]) -> Requirement:
        """EAR, RDA and distribution of requirements of this person's group; None where there is none."""
        ear, rda = amounts.get("EAR"), amounts.get("RDA")
        if ear is None:
            return None, rda, None
        if self.nutrient == "FE" and rda is not None:
            return self._iron(ear, rda)
        found = self._plain(ear, rda)
        if self.nutrient == "VITC" and self.authority == "NASEM":
            return self._vitamin_c(ear, rda, found)
        return ear, rda, found

    def requirement_source(self) -> str:
        """Where the distribution of requirements stands: author, year, DOI."""
        if self.nutrient == "FE":
            return reference_table.citation("IOM2001" if self.authority == "NASEM" else "EFSA2015FE")
        if self.nutrient == "PROCNT" and self.authority == "EFSA":
            return reference_table.citation("EFSA2012P")
        spread = reference_table.spread(self.authority, self.nutrient)
        return reference_table.citation(spread.source, spread.checked)

    def all_notes(self) -> tuple[str, ...]:
        """What must be said beside the values; complete once the values have been made."""
        return (*self._standing_notes(), *self._age_notes(), *self._notes)

    def _amount(self, row: Row) -> float | None:
        if row.per == "day":
            return row.value + row.plus
        factor = self._weight_kg() if row.per == "kg" else self._energy_mj()
        return None if factor is None else row.value * factor + row.plus

    def _weight_kg(self) -> float | None:
        if self.who.weight_kg is not None:
            return self.who.weight_kg
        found = self._body().weight_kg
        self._note(
            "Set by body weight, which was not told, so there is no number."
            if found is None
            else f"Your weight was not told: reckoned for {found:g} kg."
        )
        return found

    def _energy_mj(self) -> float | None:
        kj_per_kcal = float(ENERGY_KJ["kcal"])
        if self.who.energy_kcal is not None:
            return self.who.energy_kcal * kj_per_kcal / 1000
        found = self._body().energy_mj
        if found is not None:
            self._note(f"Set by energy, which was not told: reckoned for {found * 1000 / kj_per_kcal:.0f} kcal a day.")
        return found

    def _body(self) -> reference_table.Body:
        who = self.who
        return reference_table.body(self.authority, who.sex, who.life_stage, who.table_age_y(self.authority))

    def _plain(self, ear: float, rda: float | None) -> Distribution:
        if self.nutrient == "PROCNT" and self.authority == "EFSA":
            return Lognormal(ear, PROTEIN_LOG_SD)
        cv = reference_table.spread(self.authority, self.nutrient).cv
        if cv is None:
            return Normal(ear, ((rda or math.nan) - ear) / _Z_975)
        return Normal(ear, ear * cv)

    def _vitamin_c(self, ear: float, rda: float | None, usual: Distribution) -> Requirement:
        if self.who.smokes:
            self._note(f"Smoking adds {SMOKING_VITAMIN_C_MG:g} mg.")
            ear, rda = ear + SMOKING_VITAMIN_C_MG, None if rda is None else rda + SMOKING_VITAMIN_C_MG
            return ear, rda, Normal(ear, usual.sd)
        if self.who.smokes is None and self.who.age_y >= AGES_ASKED_Y["smokes"][0]:
            self._note(
                "Whether you smoke was not asked: reckoned for no smoking;"
                f" smoking would add {SMOKING_VITAMIN_C_MG:g} mg."
            )
        return ear, rda, usual

    def _iron(self, ear: float, rda: float) -> Requirement:
        who = self.who
        self._periods_note()
        if self.authority == "EFSA":
            age_y = iron_requirement.table_age_y(who, "EFSA")
            woman = who.sex == "female" and (
                who.life_stage != "none" or _EFSA_WOMAN_FROM_AGE_Y <= age_y < PERIODS_BELOW_AGE_Y
            )
            return ear, rda, iron_requirement.efsa(ear, rda, woman_with_periods=woman)
        self._diet_notes()
        ear, rda, found = iron_requirement.nasem(ear, rda, who)
        if who.vegetarian and who.age_y >= iron_requirement.VEGETARIAN_FROM_AGE_Y:
            factor = iron_requirement.VEGETARIAN_FACTOR
            return ear * factor, rda * factor, found.scaled(factor)
        return ear, rda, found

    def _periods_note(self) -> None:
        who = self.who
        youngest, below = AGES_ASKED_Y["menstruates"]
        if self.authority == "EFSA":
            youngest = _EFSA_WOMAN_FROM_AGE_Y
        asked = who.menstruates is not None or who.sex == "male" or who.life_stage != "none"
        if not asked and youngest <= who.age_y < below:
            reckoned = "with periods, as usual from 14 to 50" if who.monthly else "without, as usual at this age"
            self._note(f"Whether you have periods was not asked: reckoned {reckoned}.")

    def _diet_notes(self) -> None:
        who = self.who
        if who.monthly and who.contraceptive is None and who.age_y >= AGES_ASKED_Y["contraceptive"][0]:
            self._note("Whether you take the pill was not asked: reckoned without; the pill lowers the need.")
        if who.age_y < iron_requirement.VEGETARIAN_FROM_AGE_Y:
            return
        if who.vegetarian is None:
            self._note(
                "Whether you eat meat was not asked: reckoned for a mixed diet;"
                " without meat and fish the need is 1.8 times as high."
            )
        elif who.vegetarian:
            self._note("Without meat and fish 1.8 times as much is needed, because less is absorbed.")

    def _standing_notes(self) -> tuple[str, ...]:
        if self.nutrient == "NIA" and not in_niacin_equivalents(self):
            return ("Preformed niacin only.",)
        standing = reference_table.notes(self.authority, self.nutrient)
        return tuple(note for note in standing if "UL" in self.rows or not note.startswith("The upper level counts"))

    def _age_notes(self) -> tuple[str, ...]:
        if self.who.life_stage == "none":
            return ()
        begins, ends = PREGNANCY_FROM_AGE_Y[self.authority], _PREGNANCY_TABLE_ENDS_Y[self.authority]
        if self.who.age_y < begins:
            return (f"The values for pregnancy and breastfeeding begin at {begins:g} years; those are used.",)
        if self.who.age_y >= ends:
            return (f"The values for pregnancy and breastfeeding end at {ends - 1:g} years; those are used.",)
        return ()

    def _note(self, words: str) -> None:
        if words not in self._notes:
            self._notes.append(words)


def in_niacin_equivalents(personal: PersonalValues) -> bool:
    """Whether tryptophan counts towards the values: for niacin, from 6 months on."""
    return personal.nutrient == "NIA" and personal.who.age_y >= 0.5
