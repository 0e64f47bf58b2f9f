"""What the label of a supplement says: a line for each nutrient, read into elemental amounts a dose."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from provender.diary import label_forms
from provender.diary.label_words import Measured, Parts, nutrient_named, parts_of
from provender.diary.salts import Salt, salt_named
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text, convert

MOST_LINES: Final = 80
VITAMIN_A: Final = "VITA_RAE"
SAME: Final = 1.25
"""Two units on one line may differ by rounding; beyond so many times they contradict each other."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line of a label as it was understood.

    Attributes:
        said: The line.
        amounts: Nutrient id to amount a dose, in the nutrient's own unit.
        note: How that came about, where it is not plain; "" where it is.
        salt: Name of the salt whose mass was given; "" for none.
    """

    said: str
    amounts: Mapping[str, float]
    note: str = ""
    salt: str = ""


def read_label(text: str) -> tuple[LabelLine, ...]:
    """A label, a line for each nutrient: ``Magnesium 100 mg``, ``vitamin D3 1000 IU``, ``500 mg magnesium citrate``.

    Amounts are elemental, as labels give them. Only where a line names a salt and its mass is the mineral's part of it
    taken; ``Magnesium (as magnesium citrate) 100 mg`` is 100 mg of magnesium. Different salts of a mineral add up, and
    so do retinol and beta-carotene.

    Raises:
        InputError: A nutrient without an amount and its unit, an amount without a name, units that contradict each
            other, or a nutrient twice; it names the line. What is no nutrient (curcumin) is no error: its line counts
            towards none and says so.
    """
    lines = [" ".join(line.split()) for line in re.split(r"[\n;]", text.replace("\u03bc", "µ"))]
    said = [line.strip(" ,.") for line in lines if line.strip(" ,.")]
    if len(said) > MOST_LINES:
        raise InputError(f"found {len(said)} lines, expected at most {MOST_LINES}", field="label")
    found = tuple(_line(parts_of(line)) for line in said)
    for at, line in enumerate(found):
        for other in found[:at]:
            for nutrient in _twice(other, line):
                name = NUTRIENTS[nutrient].name
                raise InputError(
                    f"found {name} in “{other.said}” and in “{line.said}”, expected it once", field="label"
                )
    return found


def _twice(one: LabelLine, other: LabelLine) -> Iterator[str]:
    """The nutrients that two lines both claim to be all of."""
    shared = [nutrient for nutrient in other.amounts if nutrient in one.amounts]
    if shared == [VITAMIN_A] and len(one.amounts) > 1 and len(other.amounts) > 1:
        return  # retinol in one, beta-carotene in the other
    if one.salt and other.salt and one.salt != other.salt:
        return
    yield from shared


def composition_of(lines: tuple[LabelLine, ...]) -> dict[str, float]:
    """Nutrient id to amount in one dose; what no line names is absent."""
    total: dict[str, float] = {}
    for line in lines:
        for nutrient, amount in line.amounts.items():
            total[nutrient] = total.get(nutrient, 0.0) + amount
    return total


def _line(parts: Parts) -> LabelLine:
    nutrient, salt, amount = nutrient_named(parts.name), salt_named(parts.name), parts.amount
    if amount is None:
        return _without_amount(parts)
    if not parts.name:
        raise InputError(
            f"“{parts.said}”: found no name beside the amount, expected such as “magnesium 100 mg”", field="label"
        )
    if salt is not None:
        return _of_salt(parts, salt, amount)
    if nutrient is None:
        note = f"“{parts.name}” is no nutrient or salt known here, so the line counts towards none."
        return LabelLine(parts.said, {}, note)
    if not amount.number > 0:
        raise InputError(f"“{parts.said}”: found {amount.number:g}, expected an amount above 0", field="label")
    return _of_nutrient(parts, nutrient, amount)


def _without_amount(parts: Parts) -> LabelLine:
    """A line like ``10 billion CFU`` says nothing of a nutrient; ``magnesium 100`` lacks its unit."""
    words = " ".join(re.sub(r"[\d.,]+", " ", parts.name).split())
    if any(nutrient_named(name) or salt_named(name) for name in (words, parts.name)) or " " not in parts.name:
        raise InputError(
            f"“{parts.said}”: found no amount with its unit, expected such as “magnesium 100 mg” or “vitamin D 1000"
            " IU”; leave out what is not known",
            field="label",
        )
    return LabelLine(parts.said, {}, f"“{parts.said}” gives no mass of a nutrient, so the line counts towards none.")


def _of_salt(parts: Parts, salt: Salt, amount: Measured) -> LabelLine:
    mineral = NUTRIENTS[salt.nutrient]
    name = mineral.name.casefold()
    told = label_forms.told_within(parts, name)
    if told is not None:
        held = _converted(parts, told, mineral.unit)
        return LabelLine(parts.said, {salt.nutrient: held}, f"The {name} is as the label gives it.", salt.name)
    whole = _converted(parts, amount, mineral.unit)
    held = whole * salt.share
    note = (
        f"{salt.name} ({salt.formula}) is {salt.share * 100:.1f} % {name}: {amount_text(held, mineral.unit)}. If the"
        f" label means that much {name}, write “{name} {amount.number:g} {amount.unit}”."
    )
    return LabelLine(parts.said, {salt.nutrient: held}, note, salt.name)


def _of_nutrient(parts: Parts, nutrient: str, amount: Measured) -> LabelLine:
    if nutrient == "MK4" and label_forms.is_other_menaquinone(parts):
        return LabelLine(parts.said, {}, label_forms.OTHER_K2)
    if amount.kind == "dfe":
        return _of_folate(parts, amount)
    value, note = _in_own_unit(parts, nutrient, amount)
    for other in parts.again:
        _same(parts, nutrient, amount, value, other)
    if nutrient == "RETOL":
        factor = label_forms.retinol_of_ester(parts, amount)
        amounts, form = label_forms.vitamin_a(parts, value * factor)
        return LabelLine(parts.said, amounts, f"{note} {form}".strip())
    if nutrient == "CARTB":
        both = {"CARTB": value, VITAMIN_A: value * label_forms.RAE_OF_CAROTENE}
        return LabelLine(parts.said, both, f"{note} {label_forms.CAROTENE}".strip())
    return LabelLine(parts.said, {nutrient: value}, note)


def _of_folate(parts: Parts, amount: Measured) -> LabelLine:
    """Dietary folate equivalents, and folic acid beside them where brackets give it: upper levels count that alone."""
    amounts = {"FOLDFE": _converted(parts, amount, NUTRIENTS["FOLDFE"].unit)}
    told = label_forms.told_within(parts, "folic acid")
    if told is not None:
        amounts["FOLAC"] = _converted(parts, told, NUTRIENTS["FOLAC"].unit)
    return LabelLine(parts.said, amounts)


def _in_own_unit(parts: Parts, nutrient: str, amount: Measured) -> tuple[float, str]:
    """The amount in the nutrient's unit, and what one IU was taken for."""
    if amount.unit != "IU":
        return _converted(parts, amount, NUTRIENTS[nutrient].unit), ""
    worth, unit = label_forms.iu_of(parts, nutrient)
    plain = Measured(amount.number * worth, unit)
    return _converted(parts, plain, NUTRIENTS[nutrient].unit), f"1 IU is {worth:g} {unit}."


def _same(parts: Parts, nutrient: str, amount: Measured, value: float, other: Measured) -> None:
    """Refuse a line whose two amounts contradict each other: ``25 µg (10,000 IU)``."""
    try:
        again, _ = _in_own_unit(parts, nutrient, other)
    except InputError:
        return  # IU of vitamin E without its form: the mass beside it is enough
    if not value / SAME <= again <= value * SAME:
        unit = NUTRIENTS[nutrient].unit
        raise InputError(
            f"“{parts.said}”: found {amount.number:g} {amount.unit} and {other.number:g} {other.unit}, which is"
            f" {amount_text(again, unit)}; expected the same amount twice. Leave out the wrong one",
            field="label",
        )


def _converted(parts: Parts, amount: Measured, wanted: str) -> float:
    if not amount.number > 0:
        raise InputError(f"“{parts.said}”: found {amount.number:g}, expected an amount above 0", field="label")
    if amount.unit == wanted:
        return amount.number
    try:
        return float(convert(Decimal(str(amount.number)), amount.unit, wanted))
    except InputError as error:
        raise InputError(f"“{parts.said}”: {error}", field="label") from error
