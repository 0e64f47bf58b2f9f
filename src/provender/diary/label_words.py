"""The words of labels: which nutrient a name means, and what the parts of a line are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from provender.diary.cells import BY_NAME
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS

ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("vitamin a", "retinol", "retinyl palmitate", "retinyl acetate"), "RETOL"),
        **dict.fromkeys(("vitamin a palmitate", "vitamin a acetate"), "RETOL"),
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
        **dict.fromkeys(("vitamin k2", "k2", "menaquinone-4", "mk-4"), "MK4"),
        "ala": "F18D3CN3",
        **dict.fromkeys(("fiber", "fibre"), "FIBTG"),
    }
)
"""Words of labels for nutrients, beside their names and ids."""
SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {n.name.partition(", ")[0].casefold(): n.id for n in NUTRIENTS.values() if ", " in n.name}
)
"""Names as far as their comma: EPA, alpha-linolenic acid."""
_NUMBER: Final = r"-?\d+\s?/\s?\d+|-?\d{1,3}(?: \d{3})+(?![\d.,])|-?\d[\d.,]*|[½¼¾]"
AMOUNT: Final = re.compile(
    rf"(?<![\w.])({_NUMBER})\s*(mg|µg|mcg|ug|g|iu|i\.u\.|ie|ui|kcal)(?![\w])\s*(rae|dfe|ne|te)?", re.IGNORECASE
)
_LETTER_APART: Final = re.compile(r"\b([bq])[ -](\d{1,2})\b", re.IGNORECASE)
_OMEGA_APART: Final = re.compile(r"\bomega[ -](\d)\b", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_BESIDE: Final = re.compile(
    r"\bper (?:dose|tablet|capsule|serving)\b|\b(?:natural|synthetic|elemental)\b"
    r"|\d+(?:[.,]\d+)?\s*%(?:\s*(?:of\s+)?(?:nrv|dv|rda|ri|daily value)\b)?|\b(?:nrv|dv)\b|[*†‡=/]",
    re.IGNORECASE,
)
"""What stands beside a name without being it: shares of a daily value, marks of footnotes."""
_AS: Final = re.compile(r"\b(?:as|from|providing)\b.*$")
_ONE_OR_A_THOUSAND: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Measured:
    """An amount on a label.

    Attributes:
        number: As printed.
        unit: ``mg``, ``µg``, ``g``, ``IU`` or ``kcal``.
        kind: ``rae``, ``dfe``, ``ne`` or ``te`` where that stands behind the unit, else "".
    """

    number: float
    unit: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A line of a label in its parts.

    Attributes:
        said: The whole line.
        folded: The same in small letters.
        name: What is measured, in small letters, without brackets, amounts and shares of a daily value.
        amount: The amount outside brackets, or else within; None where there is none.
        again: The same amount told again in another unit.
        within: What brackets hold, a pair each, in small letters.
    """

    said: str
    folded: str
    name: str
    amount: Measured | None
    again: tuple[Measured, ...]
    within: tuple[str, ...]


def parts_of(said: str) -> Parts:
    """A line of a label in its parts.

    Raises:
        InputError: An amount that is no number, or may be one or a thousand (``1.000 mg``).
    """
    text = _OMEGA_APART.sub(r"omega\1", _LETTER_APART.sub(r"\1\2", said))
    within = tuple(inner.strip().lower() for inner in _BRACKETS.findall(text))
    outside = _BRACKETS.sub(" ", text)
    found = [*AMOUNT.finditer(outside), *(m for inner in within if (m := AMOUNT.fullmatch(inner)))]
    measured = [measured_of(match, said) for match in found]
    name = _BESIDE.sub(" ", AMOUNT.sub(" ", outside)).lower()
    name = " ".join(_AS.sub(" ", name).strip(" :-,").split()).strip(" :-,")
    return Parts(said, text.lower(), name, measured[0] if measured else None, tuple(measured[1:]), within)


def measured_of(match: re.Match[str], said: str) -> Measured:
    """The amount that ``AMOUNT`` found in a line.

    Raises:
        InputError: It is no number, or may be one or a thousand.
    """
    typed = match[1]
    if _ONE_OR_A_THOUSAND.fullmatch(typed):
        one, thousand = typed.partition(".")[0], typed.replace(".", "")
        raise InputError(
            f"“{said}”: found {typed}, which may be {float(typed):g} or {int(thousand):,}; write “{one},"
            f"{typed[-3:]}” or “{thousand}” for the larger, “{typed}0” for the smaller",
            field="label",
        )
    apart = typed if "/" in typed else typed.replace(" ", "")
    try:
        number = float(parse_number(apart, field="label"))
    except InputError as error:
        raise InputError(f"“{said}”: {error}", field="label") from error
    unit = match[2].lower()
    unit = {"mcg": "µg", "ug": "µg", "iu": "IU", "i.u.": "IU", "ie": "IU", "ui": "IU"}.get(unit, unit)
    return Measured(number, unit, (match[3] or "").lower())


def nutrient_named(name: str) -> str | None:
    """The id of the nutrient that a name on a label means; None when it means none.

    Args:
        name: In small letters.
    """
    if name in ALSO:
        return ALSO[name]
    found = BY_NAME.get(name)
    return found.id if found else SHORT.get(name)
