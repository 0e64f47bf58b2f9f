"""What the label of a supplement says: a line for each nutrient, read into elemental amounts a dose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from provender.diary.cells import BY_NAME
from provender.diary.salts import Salt, salt_named
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text, convert

MOST_LINES: Final = 80
ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("vitamin a", "retinol", "retinyl palmitate", "retinyl acetate"), "RETOL"),
        **dict.fromkeys(("beta carotene", "beta-carotene", "β-carotene"), "CARTB"),
        **dict.fromkeys(("thiamine", "vitamin b1", "b1"), "THIA"),
        **dict.fromkeys(("riboflavin", "vitamin b2", "b2"), "RIBF"),
        **dict.fromkeys(("niacin", "niacinamide", "nicotinamide", "nicotinic acid", "vitamin b3", "b3"), "NIA"),
        **dict.fromkeys(("pantothenic acid", "vitamin b5", "b5"), "PANTAC"),
        **dict.fromkeys(("pyridoxine", "b6"), "VITB6A"),
        **dict.fromkeys(("biotin", "vitamin b7", "b7"), "BIOT"),
        **dict.fromkeys(("folic acid", "folate", "methylfolate", "l-methylfolate", "vitamin b9", "b9"), "FOLAC"),
        **dict.fromkeys(("b12", "cobalamin", "methylcobalamin", "cyanocobalamin", "hydroxocobalamin"), "VITB12"),
        **dict.fromkeys(("ascorbic acid", "c"), "VITC"),
        **dict.fromkeys(("vitamin d3", "vitamin d2", "cholecalciferol", "ergocalciferol", "d3", "d"), "VITD"),
        **dict.fromkeys(("vitamin e", "alpha-tocopherol", "d-alpha-tocopherol", "dl-alpha-tocopherol"), "TOCPHA"),
        **dict.fromkeys(("vitamin k", "vitamin k1", "phylloquinone"), "VITK1"),
        **dict.fromkeys(("vitamin k2", "menaquinone-4", "mk-4"), "MK4"),
        "ala": "F18D3CN3",
        **dict.fromkeys(("fiber", "fibre"), "FIBTG"),
    }
)
"""Words of labels for nutrients, beside their names and ids."""
SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {n.name.partition(", ")[0].casefold(): n.id for n in NUTRIENTS.values() if ", " in n.name}
)
"""Names as far as their comma: EPA, alpha-linolenic acid."""
IU: Final[Mapping[str, tuple[float, str]]] = MappingProxyType({"VITD": (0.025, "µg"), "RETOL": (0.3, "µg")})
"""What one international unit is. Source: NIH Office of Dietary Supplements; IOM 2001 and 2011."""
IU_OF_VITAMIN_E: Final = MappingProxyType({"dl-": 0.45, "synthetic": 0.45, "d-": 0.67, "natural": 0.67})
"""mg of alpha-tocopherol in one IU: dl- (all-rac, synthetic) and d- (RRR, natural). Source: IOM 2000, p. 192."""
RAE_OF_CAROTENE: Final = 0.5
"""µg of retinol activity in one µg of beta-carotene from a supplement. Source: IOM 2001, table 4-3."""
_AMOUNT: Final = re.compile(
    r"(?<![\w.])(-?\d[\d.,]*|[½¼¾])\s*(mg|µg|mcg|ug|g|iu|i\.u\.|ie|kcal)(?![\w])\s*(rae|dfe|ne|te)?", re.IGNORECASE
)
_AS: Final = re.compile(
    r"\([^)]*\)|\bper (?:dose|tablet|capsule|serving)\b|\b(?:natural|synthetic)\b|\d+\s*%", re.IGNORECASE
)
"""What stands beside a name without being it; ``(as magnesium citrate)`` among it."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line of a label as it was understood.

    Attributes:
        said: The line.
        amounts: Nutrient id to amount a dose, in the nutrient's own unit.
        note: How that came about, where it is not plain; "" where it is.
    """

    said: str
    amounts: Mapping[str, float]
    note: str = ""


def read_label(text: str) -> tuple[LabelLine, ...]:
    """A label, a line for each nutrient: ``Magnesium 100 mg``, ``vitamin D3 1000 IU``, ``500 mg magnesium citrate``.

    Amounts are elemental, as labels give them. Only where a line names a salt and its mass is the mineral's part of it
    taken; ``Magnesium (as magnesium citrate) 100 mg`` is 100 mg of magnesium.

    Raises:
        InputError: A line without a name or an amount with its unit, or a nutrient twice; it names the line. What is
            no nutrient (curcumin) is no error: its line counts towards none and says so.
    """
    lines = [" ".join(line.split()) for line in re.split(r"[\n;]", text.replace("\u03bc", "µ"))]
    said = [line.strip(" ,.") for line in lines if line.strip(" ,.")]
    if len(said) > MOST_LINES:
        raise InputError(f"found {len(said)} lines, expected at most {MOST_LINES}", field="label")
    found = tuple(_line(line) for line in said)
    seen: dict[str, str] = {}
    for line in found:
        for nutrient in line.amounts:
            if nutrient in seen:
                name = NUTRIENTS[nutrient].name
                raise InputError(
                    f"found {name} in “{seen[nutrient]}” and in “{line.said}”, expected it once", field="label"
                )
            seen[nutrient] = line.said
    return found


def composition_of(lines: tuple[LabelLine, ...]) -> dict[str, float]:
    """Nutrient id to amount in one dose; what no line names is absent."""
    return {nutrient: amount for line in lines for nutrient, amount in line.amounts.items()}


def _line(said: str) -> LabelLine:
    amount = _AMOUNT.search(said)
    if amount is None:
        raise InputError(
            f"“{said}”: found no amount with its unit, expected such as “magnesium 100 mg” or “vitamin D 1000 IU”",
            field="label",
        )
    name = f"{said[: amount.start()]} {said[amount.end() :]}"
    words = " ".join(_AS.sub(" ", name).casefold().strip(" :-,").split())
    number, unit, kind = (
        float(parse_number(amount[1], field="label")),
        amount[2].casefold(),
        (amount[3] or "").casefold(),
    )
    salt = salt_named(words)
    if salt is not None:
        return _of_salt(said, salt, number, unit)
    nutrient = _nutrient(words, kind)
    if nutrient is None and not words:
        raise InputError(
            f"“{said}”: found no name beside the amount, expected such as “magnesium 100 mg”", field="label"
        )
    if nutrient is None:
        return LabelLine(said, {}, f"“{words}” is no nutrient or salt known here, so the line counts towards none.")
    return _of_nutrient(said, name.casefold(), nutrient, number, unit)


def _nutrient(words: str, kind: str) -> str | None:
    if kind == "dfe":
        return "FOLDFE"
    if words in ALSO:
        return ALSO[words]
    found = BY_NAME.get(words)
    return found.id if found else SHORT.get(words)


def _of_salt(said: str, salt: Salt, number: float, unit: str) -> LabelLine:
    mineral = NUTRIENTS[salt.nutrient]
    amount = _converted(said, number * salt.share, unit, mineral.unit)
    name = mineral.name.casefold()
    note = (
        f"{salt.name} ({salt.formula}) is {salt.share * 100:.1f} % {name}: {amount_text(amount, mineral.unit)}. If the"
        f" label means that much {name}, write “{name} {number:g} {unit}”."
    )
    return LabelLine(said, {salt.nutrient: amount}, note)


def _of_nutrient(said: str, name: str, nutrient: str, number: float, unit: str) -> LabelLine:
    note = ""
    if unit in ("iu", "i.u.", "ie"):
        number, unit, note = _from_iu(said, name, nutrient, number)
    amount = _converted(said, number, unit, NUTRIENTS[nutrient].unit)
    if nutrient == "RETOL":
        note = f"{note} Counted as retinol; beta-carotene is written so.".strip()
        return LabelLine(said, {"RETOL": amount, "VITA_RAE": amount}, note)
    if nutrient == "CARTB":
        note = "2 µg of beta-carotene from a supplement count as 1 µg of vitamin A; it is not retinol."
        return LabelLine(said, {"CARTB": amount, "VITA_RAE": amount * RAE_OF_CAROTENE}, note)
    return LabelLine(said, {nutrient: amount}, note)


def _from_iu(said: str, name: str, nutrient: str, number: float) -> tuple[float, str, str]:
    each: tuple[float, str] | None = IU.get(nutrient)
    if nutrient == "TOCPHA":
        form = next((form for form in IU_OF_VITAMIN_E if form in name), None)
        if form is None:
            raise InputError(
                f"“{said}”: found IU of vitamin E without its form, expected “natural” (d-alpha) or “synthetic”"
                " (dl-alpha): they differ by half",
                field="label",
            )
        each = (IU_OF_VITAMIN_E[form], "mg")
    if each is None:
        raise InputError(
            f"“{said}”: found IU, expected mg, µg or g; IU are read for vitamins A, D and E", field="label"
        )
    return number * each[0], each[1], f"1 IU is {each[0]:g} {each[1]}."


def _converted(said: str, number: float, unit: str, wanted: str) -> float:
    plain = {"mcg": "µg", "ug": "µg"}.get(unit, unit)
    if not number > 0:
        raise InputError(f"“{said}”: found {number:g}, expected an amount above 0", field="label")
    if plain == wanted:
        return number
    try:
        return float(convert(Decimal(str(number)), plain, wanted))
    except InputError as error:
        raise InputError(f"“{said}”: {error}", field="label") from error
