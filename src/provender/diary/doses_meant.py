"""Whether words of the quick log mean a dose of a supplement: ``2 magnesium``, ``vitamin d 1000 iu``."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from provender.diary.entries import LARGEST_DOSES
from provender.diary.label_words import nutrient_named
from provender.diary.labels import composition_of, read_label
from provender.diary.salts import salt_named
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import without_dust

PIECES: Final = frozenset(
    {"tablet", "tab", "capsule", "cap", "softgel", "pill", "caplet", "lozenge", "gummy", "gummie", "dose"}
)
"""Words for a dose that people use for one another."""
DERIVED: Final = "VITA_RAE"
"""Follows from the forms of vitamin A, and is no second nutrient of a label."""
QUARTERS: Final = 4
"""An amount means this supplement when it comes to whole quarters of a dose."""
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "half": "1/2", "half a": "1/2"}
_COUNT: Final = r"(?P<{0}>half an?|[a-z]+|\d+(?:[.,]\d+)?|\d+ ?/ ?\d+|[½¼¾])"
_LED: Final = re.compile(rf"^{_COUNT.format('count')}\s*[x×]?\s+(?P<rest>.+)$")
_TRAILED: Final = re.compile(rf"^(?P<rest>.+?)[\s,]+(?:[x×]\s*)?{_COUNT.format('count')}$")


def doses_by_name(text: str, names: tuple[str, ...], unit: str) -> Decimal | None:
    """How many doses the words mean of a supplement with one of these names; None when they do not name it.

    Args:
        text: One thing a person wrote, such as ``magnesium citrate 2 tablets``.
        names: What it may be called; compared without regard to capitals.
        unit: What one dose is.
    """
    known = {_plain(name) for name in names}
    return next((doses for doses, words in _readings(_plain(text), _plain(unit)) if words in known), None)


def doses_by_nutrient(text: str, unit: str, composition: Mapping[str, float]) -> Decimal | None:
    """How many doses the words mean of a supplement of a single nutrient; None when they do not name that nutrient.

    Args:
        text: One thing a person wrote, such as ``vitamin d 1000 iu`` or ``2 capsules of magnesium``.
        unit: What one dose is.
        composition: Nutrient id to amount in one dose.
    """
    single = set(composition) - {DERIVED}
    if len(single) != 1:
        return None
    (nutrient,) = single
    by_count = next(
        (doses for doses, words in _readings(_plain(text), _plain(unit)) if _means(words) == nutrient), None
    )
    return by_count or _by_amount(text, nutrient, composition[nutrient])


def _by_amount(text: str, nutrient: str, in_one: float) -> Decimal | None:
    """Doses from an amount with its unit; None unless it comes to whole quarters of a dose."""
    try:
        said = composition_of(read_label(text)).get(nutrient)
    except InputError:
        return None
    if said is None or in_one <= 0:
        return None
    quarters = said / in_one * QUARTERS
    whole = round(quarters)
    if not 0 < whole <= LARGEST_DOSES * QUARTERS or abs(quarters - whole) > 0.02 * quarters:
        return None
    return without_dust(Decimal(whole) / QUARTERS)


def _means(words: str) -> str | None:
    salt = salt_named(words)
    return salt.nutrient if salt else nutrient_named(words)


def _readings(text: str, unit: str) -> list[tuple[Decimal, str]]:
    """Ways to read the words as a number of doses and the name of a supplement."""
    found = [(Decimal(1), text)]
    pieces = {unit, *PIECES} if unit in PIECES else {unit, "dose"}
    for shape in (_LED, _TRAILED):
        for start in dict.fromkeys((text, _without_piece(text, pieces, at_end=True))):
            match = shape.match(start)
            doses = _number(match["count"]) if match else None
            if match and doses is not None:
                found.append((doses, _without_piece(match["rest"], pieces, at_end=False)))
    return found


def _without_piece(words: str, pieces: set[str], *, at_end: bool) -> str:
    """The words without ``tablets`` at their end, or ``tablets of`` at their beginning."""
    if at_end:
        rest, _, last = words.rpartition(" ")
        return rest if rest and _singular(last) in pieces else words
    first, _, rest = words.partition(" ")
    return rest.removeprefix("of ") if rest and _singular(first) in pieces else words.removeprefix("of ")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith("ches") else word.removesuffix("s")


def _number(said: str) -> Decimal | None:
    if said.startswith("half"):
        said = "half"
    try:
        doses = parse_number(str(_NUMBERS.get(said, said)))
    except InputError:
        return None
    return doses if 0 < doses <= LARGEST_DOSES else None


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("(", " ").replace(")", " ").strip(" .,;").split())
