"""Numbers as people write them in a food diary: ``2``, ``1½``, ``half a dozen``, ``a couple of``, ``2-3``."""

from collections.abc import Sequence
from decimal import Decimal

from provender.catalogue.words import stem, tokens
from provender.diary.phrases import Token
from provender.diary.unit_words import unit_at
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number

_ONES = tokens("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
_WORDS = {word: Decimal(n) for n, word in enumerate(_ONES)} | {
    "twenty": Decimal(20),
    "thirty": Decimal(30),
    "forty": Decimal(40),
    "fifty": Decimal(50),
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "couple": Decimal(2),
    "pair": Decimal(2),
    "half": Decimal("0.5"),
    "third": Decimal(1) / 3,
    "quarter": Decimal("0.25"),
    "a": Decimal(1),
    "an": Decimal(1),
}
_MULTIPLIERS = frozenset({"dozen", "couple", "pair", "half", "third", "quarter", "hundred"})
_VAGUE = {"few": Decimal(3), "several": Decimal(4)}
TIMES = frozenset({"x", "×", "*"})
_DASHES = frozenset({"-", "–", "—", "to", "or"})
LARGEST_SAID = Decimal(1_000_000)
_SHOWN = Decimal("0.000001")
_NOT_NUMBERS = (["half", "and", "half"], ["half", "&", "half"])
"""A name that begins like a number."""
MINUS = frozenset({"-", "−", "–"})


def number_at(phrase: Sequence[Token], at: int) -> tuple[Decimal | None, int, str | None]:
    """The number at one place of a phrase.

    Returns:
        The number, None when there is none; where it ends; what must be asked about it, None when it is
        clear. Of a range (``2-3``) the first number, with a question.
    """
    negative = at + 1 < len(phrase) and phrase[at].folded in MINUS and _touches(phrase, at)
    at += negative
    if at >= len(phrase):
        return None, at, None
    number, after, doubt = _digits_at(phrase, at) if phrase[at].number else _said_at(phrase, at)
    if number is None:
        return None, after, doubt
    if negative:
        return -number, after, f"found {-number:f}; how much was it?"
    number, after = _and_a_half(phrase, number, after)
    return _or_more(phrase, number, after, doubt)


def _touches(phrase: Sequence[Token], at: int) -> bool:
    return phrase[at + 1].number and phrase[at].end == phrase[at + 1].start


def _digits_at(phrase: Sequence[Token], at: int) -> tuple[Decimal | None, int, str | None]:
    token = phrase[at]
    if at + 1 < len(phrase) and not _glued_right(phrase, at):
        return None, at, None
    if "e" in token.folded or len(token.text) > 20:
        return None, at + 1, f"“{token.text[:20]}” is not an amount; how much was it?"
    try:
        return parse_number(token.text), at + 1, None
    except InputError:
        return None, at + 1, f"“{token.text[:20]}” is not a number; how much was it?"


def _glued_right(phrase: Sequence[Token], at: int) -> bool:
    """Whether letters glued to a number are a unit or a times sign (``30g``), not a name (``7up``)."""
    if phrase[at + 1].start > phrase[at].end or not phrase[at + 1].folded[:1].isalpha():
        return True
    return phrase[at + 1].folded in TIMES or unit_at(phrase, at + 1)[0] is not None


def _said_at(phrase: Sequence[Token], at: int) -> tuple[Decimal | None, int, str | None]:
    """A number in words: ``two``, ``a``, ``half a dozen``, ``three quarters``, ``a couple of``, ``a few``."""
    if [token.folded for token in phrase[at : at + 3]] in _NOT_NUMBERS:
        return None, at, None
    number: Decimal | None = None
    start = at
    while at < len(phrase):
        word = phrase[at].folded
        bare = word if word in _WORDS else stem(word)
        if word in _VAGUE and (number is None or phrase[at - 1].folded == "a"):
            return _VAGUE[word], _past_of(phrase, at + 1), f"“{word}”: how many were there?"
        if bare not in _WORDS or (number is not None and bare not in _MULTIPLIERS | {"a", "an"}):
            break
        if number is not None and number > LARGEST_SAID:
            break
        number = _WORDS[bare] if number is None else number * _WORDS[bare]
        at += 1
        if bare in _MULTIPLIERS:
            at = _past_of(phrase, at)
    if number is not None and at >= len(phrase) and phrase[start].folded in _MULTIPLIERS:
        return None, start, None
    return None if number is None else number.quantize(_SHOWN).normalize(), at, None


def _past_of(phrase: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(phrase) and phrase[at].folded == "of" else at


def _and_a_half(phrase: Sequence[Token], number: Decimal, at: int) -> tuple[Decimal, int]:
    """``one and a half``, ``2 & 1/2``."""
    if at + 1 < len(phrase) and phrase[at].folded in {"and", "&", "n"}:
        if phrase[at + 1].number:
            more, after, _ = _digits_at(phrase, at + 1)
        else:
            more, after, _ = _said_at(phrase, at + 1)
        if more is not None and 0 < more < 1:
            return number + more, after
    if at < len(phrase) and phrase[at].folded in {"dozen", "dozens"}:
        return number * 12, _past_of(phrase, at + 1)
    return number, at


def _or_more(phrase: Sequence[Token], number: Decimal, at: int, doubt: str | None) -> tuple[Decimal, int, str | None]:
    """``2-3``, ``2 to 3``: the first, with a question."""
    if at + 1 < len(phrase) and phrase[at].folded in _DASHES and phrase[at + 1].number:
        more, after, _ = _digits_at(phrase, at + 1)
        if more is not None:
            return number, after, f"{number:f} or {more:f}: how much was it?"
    return number, at, doubt
