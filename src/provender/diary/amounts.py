"""Amounts in people's words: ``2 eggs``, ``half a cup of``, ``30g``, ``2 x 250 ml``, ``almonds (30 g)``."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from provender.diary.counting import MINUS, TIMES, number_at
from provender.diary.phrases import Token, tokens_of
from provender.diary.unit_words import HOUSEHOLD, SIZES, unit_at
from provender.terms.units import MASS_G, convert

LARGEST_NUMBER = Decimal(1_000_000)
BEYOND_REASON = Decimal(10**20)
"""Whatever is larger counts as this, so that nothing overflows before it is asked about."""
LARGEST_ENERGY_KCAL = Decimal(20_000)
_ABOUT = frozenset({"about", "around", "roughly", "approx", "approximately", "circa", "ca", "some", "~", "≈"})


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and the words left over.

    Attributes:
        quantity: How many of ``unit``; None when none was written.
        unit: ``g``, ``ml``, ``cup``, ``slice``, ``large`` ...; None for a bare count or none at all. Mass and
            volume units are those of ``terms.units``.
        size: A size written beside a household unit (``large`` slice); None when none was.
        energy_kcal: Calories written instead of an amount; None when none were.
        words: The food, as typed.
        doubt: What must be asked about the amount itself; None when it is clear.
    """

    quantity: Decimal | None = None
    unit: str | None = None
    size: str | None = None
    energy_kcal: Decimal | None = None
    words: str = ""
    doubt: str | None = None


def amount_of(text: str) -> Amount:
    """The amount written in a phrase about one food, before the food or after it, and the food's words.

    Args:
        text: One phrase, such as ``slice of rye toast``, ``almonds 30 g`` or ``2 bowls of oatmeal (400 g)``.

    Returns:
        Calories win over everything else, a mass after the food over the measure before it.
    """
    tokens = tokens_of(text)
    front, at = _leading(tokens)
    end, back = _trailing(tokens, at)
    words = _words(text, tokens[at:end])
    chosen = _better(front, back)
    if not words and chosen.unit in HOUSEHOLD:
        chosen, words = replace(chosen, unit=None), str(chosen.unit)
    return _checked(replace(chosen, words=words))


def _words(text: str, phrase: Sequence[Token]) -> str:
    kept = list(phrase)
    while kept and not kept[0].folded[:1].isalnum() and kept[0].folded not in "([":
        if unicodedata.category(kept[0].text[0]) == "So":
            break
        kept.pop(0)
    while kept and not kept[-1].folded[-1:].isalnum() and kept[-1].folded not in ")]%":
        if unicodedata.category(kept[-1].text[0]) == "So":
            break
        kept.pop()
    return " ".join(text[kept[0].start : kept[-1].end].split()).strip(" ,.;:") if kept else ""


def _better(front: Amount, back: Amount) -> Amount:
    """Of the amounts before and after the food, the more exact."""
    if back.energy_kcal is not None or (front.quantity is None and front.unit is None):
        return back if back.quantity is not None else front
    weighed = back.unit in MASS_G and front.unit not in MASS_G
    return back if weighed and front.energy_kcal is None else front


def _leading(phrase: Sequence[Token]) -> tuple[Amount, int]:
    """The amount at the beginning, and where the rest begins."""
    at = 0
    while at < len(phrase) and phrase[at].folded in _ABOUT:
        at += 1
    if at + 1 < len(phrase) and re.fullmatch(r"x\d{1,3}", phrase[at].folded):
        return Amount(quantity=Decimal(phrase[at].folded[1:])), at + 1
    amount, after = _amount_at(phrase, at)
    if after == at and amount.unit is None:
        return amount, at
    if after < len(phrase) and phrase[after].folded == "of" and after > at:
        after += 1
    return amount, after


def _trailing(phrase: Sequence[Token], first: int) -> tuple[int, Amount]:
    """Where the food's words end, and the amount after them."""
    last = len(phrase)
    while last > first and phrase[last - 1].folded in {")", "]", ".", "!"}:
        last -= 1
    for at in range(max(first + 1, last - 8), last):
        bare = phrase[at].folded
        if re.fullmatch(r"x\d{1,3}", bare) and at == last - 1:
            return at, Amount(quantity=Decimal(bare[1:]))
        start = at + (bare in TIMES | {"(", "["})
        if start >= last or not (phrase[start].number or phrase[start].folded in MINUS):
            continue
        amount, after = _amount_at(phrase, start)
        if after == last and amount.quantity is not None:
            return at, amount
    return (last if last < len(phrase) and not _open(phrase[first:last]) else len(phrase)), Amount()


def _open(phrase: Sequence[Token]) -> bool:
    return any(t.folded in {"(", "["} for t in phrase)


def _amount_at(phrase: Sequence[Token], at: int) -> tuple[Amount, int]:
    """Number, unit and size from one place on, and where they end."""
    number, after, doubt = number_at(phrase, at)
    while after < len(phrase) and phrase[after].folded in TIMES and number is not None:
        times, beyond, more = number_at(phrase, after + 1)
        if times is None or phrase[after + 1].folded in {"a", "an"}:
            after += 1
            break
        number, after, doubt = min(number * times, BEYOND_REASON), beyond, doubt or more
    if number is None and doubt is None and not _said_alone(phrase, after):
        return Amount(), at
    unit, size, beyond = unit_at(phrase, after)
    if number is not None and unit is not None and unit in MASS_G:
        number, unit, beyond = _and_smaller(phrase, number, unit, beyond)
    if unit in {"kcal", "kJ"}:
        kcal = None if number is None else _kcal(number, unit)
        return Amount(quantity=kcal, unit="kcal", energy_kcal=kcal, doubt=doubt), beyond
    return Amount(quantity=number, unit=unit, size=size, doubt=doubt), beyond


def _said_alone(phrase: Sequence[Token], at: int) -> bool:
    """Whether a unit stands here without a number, as in ``slice of toast`` or ``large egg``."""
    unit, _, after = unit_at(phrase, at)
    if unit is None or after >= len(phrase) or unit in MASS_G or unit in {"kcal", "kJ"}:
        return False
    return unit in SIZES or phrase[after].folded == "of"


def _and_smaller(phrase: Sequence[Token], number: Decimal, unit: str, at: int) -> tuple[Decimal, str, int]:
    """``1 lb 4 oz``: a second, smaller mass straight after the first belongs to it."""
    if at < len(phrase) and phrase[at].number:
        more, after, doubt = number_at(phrase, at)
        smaller, _, beyond = unit_at(phrase, after)
        if (
            more is not None
            and not doubt
            and smaller is not None
            and smaller in MASS_G
            and MASS_G[smaller] < MASS_G[unit]
        ):
            return convert(number, unit, "g") + convert(more, smaller, "g"), "g", beyond
    if at < len(phrase) and phrase[at].folded in HOUSEHOLD | {"tin", "pack"} and at + 1 < len(phrase):
        return number, unit, at + 1
    return number, unit, at


def _kcal(number: Decimal, unit: str) -> Decimal:
    return number if unit == "kcal" else convert(number, "kJ", "kcal").quantize(Decimal("0.1"))


def _checked(amount: Amount) -> Amount:
    """The amount with a doubt if nobody can have eaten it."""
    number = amount.quantity
    if number is None or amount.doubt:
        return amount
    if number <= 0:
        return replace(amount, doubt=f"found {number:f}; how much was it?")
    most = LARGEST_ENERGY_KCAL if amount.energy_kcal is not None else LARGEST_NUMBER
    if number > most:
        return replace(amount, doubt=f"found {number:,f}; is that right?")
    return amount
