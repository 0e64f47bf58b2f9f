"""What the form of a vitamin makes of its amount: retinol or carotene, natural or synthetic, what one IU is."""

import re
from typing import Final

from provender.diary.label_words import AMOUNT, Measured, Parts, measured_of
from provender.diary.salts import molar_mass
from provender.terms.errors import InputError

IU_OF_VITAMIN_D_UG: Final = 0.025
IU_OF_VITAMIN_A_UG: Final = 0.3
"""µg of retinol activity in one IU, of retinol and of beta-carotene from a supplement alike.

Source: USDA and NIH, Dietary Supplement Ingredient Database, unit conversions (0.3 µg of retinol, 0.6 µg of
beta-carotene); IOM 2001, table 4-3.
"""
RAE_OF_CAROTENE: Final = 0.5
"""µg of retinol activity in one µg of beta-carotene from a supplement. Source: IOM 2001, table 4-3."""
RETINOL_OF: Final = {
    "palmitate": molar_mass("C20H30O") / molar_mass("C36H60O2"),
    "acetate": molar_mass("C20H30O") / molar_mass("C22H32O2"),
}
"""µg of retinol in one µg of its ester, a mole in a mole. Source: computed from the formulae as the salts are."""
IU_OF_VITAMIN_E_MG: Final = (
    (re.compile(r"\bdl[ -]|synthetic|\ball[ -]rac"), 0.45),
    (re.compile(r"\bd[ -]|natural|\brrr\b"), 0.67),
)
"""mg of alpha-tocopherol in one IU: dl- (all-rac, synthetic) and d- (RRR, natural). Source: IOM 2000, p. 192."""
_CAROTENE: Final = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*%\s*(?:as|from|of)?\s*(?:natural\s+)?)?(?:beta|β)[ -]?carotene")
_RETINYL: Final = re.compile(r"retin|palmitate|acetate")
_OTHER_MENAQUINONE: Final = re.compile(r"(?:mk|menaquinone)[ -]?(?:[5-9]|1\d)")
_MENAQUINONE_4: Final = re.compile(r"(?:mk|menaquinone)[ -]?4")

ALL_RETINOL: Final = "Counted as retinol; beta-carotene is written so."
CAROTENE: Final = "2 µg of beta-carotene from a supplement count as 1 µg of vitamin A; it is not retinol."
FORM_UNKNOWN: Final = (
    "How much of it is retinol is not said, so all of it is counted as retinol, to be safe; with its share of"
    " beta-carotene (“50 % as beta-carotene”) it is counted as both."
)
OTHER_K2: Final = (
    "Of the vitamins K2 only menaquinone-4 is counted; if it is that, write “vitamin K2 (MK-4)”. The line counts"
    " towards none."
)


def iu_of(parts: Parts, nutrient: str) -> tuple[float, str]:
    """What one IU of this nutrient is: a number and its unit.

    Raises:
        InputError: A nutrient without IU, or vitamin E without its form.
    """
    if nutrient == "VITD":
        return IU_OF_VITAMIN_D_UG, "µg"
    if nutrient in ("RETOL", "CARTB"):
        return IU_OF_VITAMIN_A_UG / (RAE_OF_CAROTENE if nutrient == "CARTB" else 1), "µg"
    if nutrient == "TOCPHA":
        for form, worth in IU_OF_VITAMIN_E_MG:
            if form.search(parts.folded):
                return worth, "mg"
        raise InputError(
            f"“{parts.said}”: found IU of vitamin E without its form, expected “natural” (d-alpha) or “synthetic”"
            " (dl-alpha): they differ by half",
            field="label",
        )
    raise InputError(
        f"“{parts.said}”: found IU, expected mg, µg or g; IU are read for vitamins A, D and E", field="label"
    )


def vitamin_a(parts: Parts, amount_ug: float) -> tuple[dict[str, float], str]:
    """Retinol, beta-carotene and retinol activity in µg, by what the line says of its form; unknown is absent.

    Args:
        parts: A line that names vitamin A or retinol.
        amount_ug: Retinol activity in µg.
    """
    share = _carotene_share(parts.folded)
    amounts = {"VITA_RAE": amount_ug}
    if share is None:
        return amounts | {"RETOL": amount_ug}, FORM_UNKNOWN
    if share < 1:
        amounts["RETOL"] = amount_ug * (1 - share)
    if share > 0:
        amounts["CARTB"] = amount_ug * share / RAE_OF_CAROTENE
    return amounts, CAROTENE if share else ALL_RETINOL


def _carotene_share(folded: str) -> float | None:
    """Share of the activity that is beta-carotene, 0 to 1; None where carotene is named beside retinol without one."""
    found = _CAROTENE.search(folded)
    if found is None:
        return 0.0
    if found[1]:
        return min(1.0, float(found[1].replace(",", ".")) / 100)
    return None if _RETINYL.search(folded) else 1.0


def retinol_of_ester(parts: Parts, measured: Measured) -> float:
    """Retinol in one of what the line names, by mass: below 1 where it names an ester itself, not its retinol."""
    ester = next((name for name in RETINOL_OF if name in parts.name), None)
    return 1.0 if ester is None or measured.unit == "IU" or measured.kind else RETINOL_OF[ester]


def is_other_menaquinone(parts: Parts) -> bool:
    """Whether a line of vitamin K2 holds another form than menaquinone-4, or does not say which."""
    return bool(_OTHER_MENAQUINONE.search(parts.folded)) or not _MENAQUINONE_4.search(parts.folded)


def told_within(parts: Parts, name: str) -> Measured | None:
    """The amount that brackets give of this name, ``(400 mcg folic acid)``; None where they give none.

    Raises:
        InputError: It is no number.
    """
    for inner in parts.within:
        found = AMOUNT.search(inner)
        if found is not None and name in inner:
            return measured_of(found, parts.said)
    return None
