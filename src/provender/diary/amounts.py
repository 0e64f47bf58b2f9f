"""Amounts in people's words: ``2 eggs``, ``half a cup of``, ``30g``, ``2 x 250 ml``, ``almonds (30 g)``."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from provender.diary.counting import AND, MINUS, TIMES, Counted, is_name_at, number_at
from provender.diary.phrases import Token, tokens_of
from provender.diary.unit_words import HOUSEHOLD, PARTS_OF, is_length_at, stands_alone, unit_at
from provender.terms.units import MASS_G, VOLUME_ML, convert, without_dust

LARGEST_NUMBER = Decimal(1_000_000)
BEYOND_REASON = Decimal(10**20)
"""Whatever is larger counts as this, so that nothing overflows before it is asked about."""
LARGEST_ENERGY_KCAL = Decimal(20_000)
_ABOUT = frozenset({"about", "around", "roughly", "approx", "approximately", "circa", "ca", "some", "~", "≈", "nearly",
                    "almost", "only", "maybe"})  # fmt: skip
_EXACT = frozenset({*MASS_G, *VOLUME_ML, "kcal", "kJ"})
_IN_TEASPOONS = {"dessertspoon": 2, "dessertspoonful": 2, "dessertspoons": 2, "dsp": 2}
"""Larger spoons in teaspoons. Source: the British dessertspoon of 10 ml."""
_ONE_OR_A_THOUSAND = re.compile(r"[1-9]\d{0,2}\.\d{3}")


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
        may_be: Quantities it may be when there is a doubt, smallest first; empty when nobody can tell.
    """

    quantity: Decimal | None = None
    unit: str | None = None
    size: str | None = None
    energy_kcal: Decimal | None = None
    words: str = ""
    doubt: str | None = None
    may_be: tuple[Decimal, ...] = ()


def amount_of(text: str) -> Amount:
    """The amount written in a phrase about one food, before the food or after it, and the food's words.

    Args:
        text: One phrase, such as ``slice of rye toast``, ``almonds 30 g`` or ``2 bowls of oatmeal (400 g)``.

    Returns:
        Calories win over everything else, a mass after the food over the measure before it.
    """
    tokens = tokens_of(text)
    front, at = leading(tokens)
    end, back = _trailing(tokens, at)
    words = _words(text, tokens[at:end])
    chosen = _better(front, back, bracketed=tokens[-1].folded in {")", "]"} if tokens else False)
    if chosen == Amount():
        chosen, words = _inside(text, tokens, words)
    if not words and chosen.unit in HOUSEHOLD:
        chosen, words = replace(chosen, unit=None), str(chosen.unit)
    return _checked(replace(chosen, words=words))


def _inside(text: str, phrase: Sequence[Token], words: str) -> tuple[Amount, str]:
    """The mass or volume between the words of one food, ``salmon 150g grilled``, and the words without it."""
    for at in range(1, len(phrase)):
        amount, after = amount_at(phrase, at) if phrase[at].number else (Amount(), at)
        if amount.unit in MASS_G or amount.unit in VOLUME_ML:
            return amount, f"{_words(text, phrase[:at])} {_words(text, phrase[after:])}".strip()
    return Amount(), words


def _words(text: str, phrase: Sequence[Token]) -> str:
    kept = list(phrase)
    while kept and not _says(kept[0], "(["):
        kept.pop(0)
    while kept and not _says(kept[-1], ")]%"):
        kept.pop()
    return " ".join(text[kept[0].start : kept[-1].end].split()).strip(" ,.;:") if kept else ""


def _says(token: Token, also: str) -> bool:
    edge = token.folded[:1] if also[0] == "(" else token.folded[-1:]
    return edge.isalnum() or edge in also or unicodedata.category(token.text[0]) == "So"


def _better(front: Amount, back: Amount, *, bracketed: bool) -> Amount:
    """Of the amounts before and after the food, the more exact; ``a banana and a half`` is both.

    ``2 beers 330 ml`` may be 330 ml each or together, ``2 bowls (400 g)`` is together.
    """
    if back.unit == "and":
        return replace(front, quantity=(front.quantity or Decimal(1)) + (back.quantity or 0))
    if back.energy_kcal is not None or (front.quantity is None and front.unit is None):
        return back if back.quantity is not None else front
    if back.quantity is None or back.unit not in _EXACT or front.unit in _EXACT or front.doubt or back.doubt:
        return front
    many = front.quantity or Decimal(1)
    if bracketed or many <= 1:
        return back
    each = without_dust(back.quantity * many)
    return replace(back, doubt=f"{back.quantity:f} {back.unit} each, or in all?", may_be=(back.quantity, each))


def leading(phrase: Sequence[Token]) -> tuple[Amount, int]:
    """The amount at the beginning of a phrase, and where the rest begins."""
    at = 0
    while at < len(phrase) and phrase[at].folded in _ABOUT:
        at += 1
    if at + 1 < len(phrase) and re.fullmatch(r"x\d{1,3}", phrase[at].folded):
        return Amount(quantity=Decimal(phrase[at].folded[1:])), at + 1
    amount, after = amount_at(phrase, at)
    if after > at and after < len(phrase) and phrase[after].folded in PARTS_OF:
        after += 1
    if after > at and after + 1 < len(phrase) and phrase[after].folded in {"a", "an", "the", "my"}:
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
        start = at + (bare in TIMES | AND | {"(", "[", "-", "–", "—", "=", ":"})
        if start >= last or not _may_begin(phrase, at, start):
            continue
        amount, after = amount_at(phrase, start)
        if after == last and amount.quantity is not None:
            return at, replace(amount, unit="and") if bare in AND else amount
    return (last if last < len(phrase) and not _open(phrase[first:last]) else len(phrase)), Amount()


def _may_begin(phrase: Sequence[Token], at: int, start: int) -> bool:
    """Whether an amount after the food may begin here: with a digit, or as ``and a half``."""
    if phrase[at].folded in AND:
        part, after = _and_part(phrase, at)
        return part > 0 and after == len(phrase)
    return phrase[at].folded in {"(", "["} or phrase[start].number or phrase[start].folded in MINUS


def _open(phrase: Sequence[Token]) -> bool:
    return any(t.folded in {"(", "["} for t in phrase)


def amount_at(phrase: Sequence[Token], at: int) -> tuple[Amount, int]:
    """Number, unit and size from one place of a phrase on, and where they end; no amount ends where it begins."""
    found = _times(phrase, number_at(phrase, at))
    number, after = found.number, found.after
    if number is None:
        if found.doubt is None and not stands_alone(phrase, after):
            return Amount(), at
        unit, size, beyond = unit_at(phrase, after)
        return Amount(None, unit, size, doubt=found.doubt), beyond
    if is_length_at(phrase, after):
        return Amount(doubt=f"{number:f} inches is how large it was; how much of it did you have?"), at
    if is_name_at(phrase, after):
        return Amount(number, doubt=found.doubt, may_be=found.may_be), after
    return _with_unit(phrase, found, number)


def _with_unit(phrase: Sequence[Token], found: Counted, number: Decimal) -> tuple[Amount, int]:
    """A number with its unit and size, and where they end."""
    after = found.after
    spoons = _IN_TEASPOONS.get(phrase[after].folded) if after < len(phrase) else None
    if spoons is not None:
        return Amount(number * spoons, "tsp", doubt=found.doubt, may_be=_each(found, spoons)), after + 1
    unit, size, beyond = unit_at(phrase, after)
    if unit in {"kcal", "kJ"}:
        kcal = number if unit == "kcal" else convert(number, "kJ", "kcal").quantize(Decimal("0.1"))
        return Amount(quantity=kcal, unit="kcal", energy_kcal=kcal, doubt=found.doubt), beyond
    if unit in {"g", "ml"}:
        found = _or_a_thousand(phrase[after - 1], found)
    if unit is not None and unit in _EXACT:
        number, unit, beyond = _and_smaller(phrase, number, unit, beyond)
    part, beyond = _and_part(phrase, beyond) if unit is not None else (Decimal(0), beyond)
    number += part
    return Amount(number, unit, size, doubt=found.doubt, may_be=found.may_be), beyond


def _and_part(phrase: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """The half of ``a slice and a half of``, and where it ends; 0 for none."""
    if at + 1 < len(phrase) and phrase[at].folded in AND:
        part = number_at(phrase, at + 1)
        ends = part.after == len(phrase) or phrase[part.after - 1].folded in PARTS_OF
        if ends and part.number is not None and 0 < part.number < 1:
            return part.number, part.after
    return Decimal(0), at


def _each(found: Counted, times: Decimal | int) -> tuple[Decimal, ...]:
    return tuple(number * times for number in found.may_be)


def _times(phrase: Sequence[Token], found: Counted) -> Counted:
    """``2 x 100``, ``2 x 330 ml``, ``a 12 oz``: the product."""
    while found.number is not None and found.after < len(phrase):
        signed = phrase[found.after].folded in TIMES
        if not signed and not (phrase[found.after].number and _measured_at(phrase, found.after)):
            break
        more = number_at(phrase, found.after + signed)
        if more.number is None or phrase[found.after + signed].folded in {"a", "an"}:
            return replace(found, after=found.after + 1) if signed else found
        times = without_dust(min(found.number * more.number, BEYOND_REASON))
        few = _each(found, more.number) or _each(more, found.number)
        found = Counted(times, more.after, found.doubt or more.doubt, few)
    return found


def _measured_at(phrase: Sequence[Token], at: int) -> bool:
    """Whether a number with an exact unit stands here: the ``330 ml`` of ``2 330 ml cans``."""
    counted = number_at(phrase, at)
    return counted.number is not None and unit_at(phrase, counted.after)[0] in _EXACT


def _or_a_thousand(token: Token, found: Counted) -> Counted:
    """``1.500 g`` with a question: one and a half grams, or fifteen hundred?"""
    if found.number is None or found.doubt or not _ONE_OR_A_THOUSAND.fullmatch(token.text):
        return found
    few, many = without_dust(found.number), without_dust(found.number * 1000)
    return replace(found, doubt=f"{few:f} or {many:,f}: how much was it?", may_be=(few, many))


def _and_smaller(phrase: Sequence[Token], number: Decimal, unit: str, at: int) -> tuple[Decimal, str, int]:
    """``1 lb 4 oz``: a second, smaller mass belongs to the first, as does the container of ``6 oz can of``."""
    if at < len(phrase) and phrase[at].number and unit in MASS_G:
        more = number_at(phrase, at)
        smaller, _, beyond = unit_at(phrase, more.after)
        is_part = smaller is not None and smaller in MASS_G and MASS_G[smaller] < MASS_G[unit]
        if more.number is not None and not more.doubt and smaller is not None and is_part:
            return convert(number, unit, "g") + convert(more.number, smaller, "g"), "g", beyond
    container, _, beyond = unit_at(phrase, at)
    if container in HOUSEHOLD and beyond < len(phrase):
        return number, unit, beyond
    return number, unit, at


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
