"""The person a reference intake is for, and what is taken for granted where nothing was told."""

import math
from dataclasses import dataclass
from typing import Final

from provender.nutrition.reference_table import AUTHORITIES, LIFE_STAGES
from provender.terms.errors import InputError

SEXES: Final = ("female", "male")
OLDEST_AGE_Y: Final = 130.0
PERIODS_FROM_AGE_Y: Final = 14.0
"""The age from which NASEM's tables take girls to have periods."""
PERIODS_BELOW_AGE_Y: Final = 51.0
"""The age from which women are taken to have none (NASEM's tables; EFSA names menopause, not an age)."""
LEAST_CHILDBEARING_AGE_Y: Final = 9.0
PREGNANCY_FROM_AGE_Y: Final = {"NASEM": 14.0, "EFSA": 18.0}
"""The youngest age in the tables of pregnancy and breastfeeding."""
EFSA_FROM_AGE_Y: Final = 0.5


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person a reference is for. None means it was not asked: the ordinary case is taken, and a note says so.

    Attributes:
        sex: ``female`` or ``male``.
        age_y: Age in years, 0 to 130; infants have fractions.
        life_stage: ``none``, ``pregnant-1`` to ``pregnant-3`` (trimester), ``lactating-0-6`` or ``lactating-7-12``.
        weight_kg: Body mass, before pregnancy; for protein. Not told: the authority's own reference weight.
        menstruates: Has periods. Not told: women from 14 to 50 do.
        contraceptive: Takes an oral contraceptive. Not told: does not.
        vegetarian: Eats no meat or fish. Not told: a mixed diet.
        smokes: Not told: does not.
        energy_kcal: Usual energy a day, kcal; for what EFSA sets per MJ. Not told: EFSA's own for sex and age.
    """

    sex: str
    age_y: float
    life_stage: str = "none"
    weight_kg: float | None = None
    menstruates: bool | None = None
    contraceptive: bool | None = None
    vegetarian: bool | None = None
    smokes: bool | None = None
    energy_kcal: float | None = None

    @property
    def monthly(self) -> bool:
        """Has periods, as told or as usual at this age, and is neither pregnant nor breastfeeding."""
        if self.sex != "female" or self.life_stage != "none":
            return False
        if self.menstruates is None:
            return PERIODS_FROM_AGE_Y <= self.age_y < PERIODS_BELOW_AGE_Y
        return self.menstruates

    def table_age_y(self, authority: str) -> float:
        """The age at which to read an authority's table: a pregnant girl too young for it is read as its youngest."""
        return self.age_y if self.life_stage == "none" else max(self.age_y, PREGNANCY_FROM_AGE_Y[authority])


def checked(who: Recipient, authority: str) -> Recipient:
    """The recipient as given, if the tables of this authority speak of such a person.

    Raises:
        InputError: They do not; it names the field and what to do.
    """
    for found, allowed, name in (
        (authority, AUTHORITIES, "authority"),
        (who.sex, SEXES, "sex"),
        (who.life_stage, LIFE_STAGES, "life_stage"),
    ):
        if found not in allowed:
            raise InputError(f"found “{found}”, expected one of {', '.join(allowed)}", field=name)
    if not 0 <= who.age_y <= OLDEST_AGE_Y:
        raise InputError(f"found an age of {who.age_y:g}, expected years from 0 to {OLDEST_AGE_Y:g}", field="age_y")
    if authority == "EFSA" and who.age_y < EFSA_FROM_AGE_Y:
        raise InputError("EFSA's tables begin at 6 months; choose NASEM, or ask the child's doctor", field="age_y")
    for amount, name in ((who.weight_kg, "weight_kg"), (who.energy_kcal, "energy_kcal")):
        if amount is not None and not (math.isfinite(amount) and amount > 0):
            raise InputError(f"found {amount:g}, expected a number above 0, or nothing if not known", field=name)
    if who.life_stage != "none":
        _check_childbearing(who)
    return who


def _check_childbearing(who: Recipient) -> None:
    if who.sex == "male":
        raise InputError("found a pregnancy or breastfeeding for a man; choose none, or female", field="life_stage")
    if who.age_y < LEAST_CHILDBEARING_AGE_Y:
        raise InputError(
            f"found “{who.life_stage}” at an age of {who.age_y:g}; correct the age, or choose none", field="life_stage"
        )
