"""A phrase about one food, cut into numbers, words and signs."""

import re
from dataclasses import dataclass

from provender.catalogue.words import fold

_NUMBER = re.compile(
    r"\d{0,24}\s?[¼-¾⅐-⅞](?!\d)"
    r"|\d{1,24}[ -]\d{1,24}\s?[/⁄]\s?\d{1,24}"
    r"|\d{1,24}\s?[/⁄]\s?\d{1,24}"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,24})?(?!\d)"
    r"|(?:\d{1,24}(?:[.,]\d{1,24})?|[.,]\d{1,24})(?:e[+-]?\d{1,6})?(?![\d%])"
)
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER.pattern})|(?P<word>[^\W\d_][\w'’%-]*|\d[\w'’%.,/-]*)|(?P<sign>\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number, word or sign of a phrase.

    Attributes:
        text: As typed.
        folded: In lower case without accents and full stops.
        number: Whether it is a number in digits.
        start: Where it begins in the phrase.
        end: Where it ends.
    """

    text: str
    folded: str
    number: bool
    start: int
    end: int


def tokens_of(phrase: str) -> list[Token]:
    """The numbers, words and signs of a phrase, in order."""
    found: list[Token] = []
    for m in _TOKEN.finditer(phrase):
        abbreviates = m[0] == "." and found and not found[-1].number and found[-1].end == m.start()
        if not abbreviates:
            folded = fold(m[0]).strip(".") or m[0]
            found.append(Token(m[0], folded, m.lastgroup == "number", m.start(), m.end()))
    return found
