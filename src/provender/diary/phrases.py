"""What a person typed, made readable: lines without what cannot be seen, pictures of food as words, tokens."""

import re
import unicodedata
from dataclasses import dataclass

from provender.catalogue.words import fold, stem

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
_BULLET = re.compile(r"^(?:[-*•·–]|\d{1,2}[.)]) +(?=\S)")
_JOINED_UP = re.compile(
    r"(?<=[a-z])\.(?=\d)|(?<=[a-z])-(?=\d+ ?(?:k?g|ml|oz)\b)|(?<=\dlb)(?=\d)| or so\b"
    r"|-(?=and-a-half)|(?<=-and)-|(?<=-and-a)-",
    re.IGNORECASE,
)
"""Where a space belongs, or belongs instead: ``eggs.1 banana``, ``chicken-200g``, ``1lb4oz``, ``one-and-a-half``."""
_SELECTOR = "\N{VARIATION SELECTOR-16}"
_FOOD_BLOCKS = ((0x1F32D, 0x1F330), (0x1F33D, 0x1F33D), (0x1F344, 0x1F37F), (0x1F950, 0x1F96F), (0x1F980, 0x1F9CB),
                (0x1FAD0, 0x1FADB), (0x2615, 0x2615))  # fmt: skip
"""Where Unicode keeps its pictures of food and drink."""
_SAID = {"🍳": "fried egg", "🍺": "beer", "🍻": "beer", "🍷": "wine", "🍯": "honey", "🍎": "apple", "🍏": "apple",
         "🥩": "steak", "🍚": "rice", "☕": "coffee", "🍵": "tea", "🍜": "noodles", "🍝": "spaghetti",
         "🍫": "chocolate", "🍕": "pizza", "🎂": "cake", "🍰": "cake", "🥃": "whisky"}  # fmt: skip
"""Pictures whose own name is not what people mean by them."""


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


def lines_of(text: str) -> list[str]:
    """The lines of a text without bullets, control characters, marks of direction and runs of spaces."""
    kept = []
    for character in text.replace("\r", "\n").replace("\t", " "):
        category = unicodedata.category(character)
        if character == "\n" or (category[0] != "C" and character != _SELECTOR):
            kept.append(" " if category == "Zs" else character)
    lines = (_BULLET.sub("", " ".join(line.split()), count=1) for line in re.split(r"[\n;•]", "".join(kept)))
    return [spoken(_JOINED_UP.sub(" ", line)) for line in lines]


def says_something(piece: str) -> bool:
    """Whether there is a letter, a digit or a picture in it."""
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in piece)


def spoken(line: str) -> str:
    """A line with its pictures of food as words: ``🥚🥚🍌`` as ``2 egg, banana``.

    A picture of what the line names anyway (``banana 🍌``) says nothing more and is left out.
    """
    if line.isascii() or not any(_pictured(c) for c in line):
        return line
    named = {stem(t.folded) for t in tokens_of(line)}
    parts: list[str] = []
    for run in re.finditer(r"(\W)(?: ?\1)*|[\w\s]+|.", line):
        words = _pictured(run[0][0])
        if not words:
            parts.append(run[0])
        elif not named & {stem(word) for word in words.split()}:
            many = run[0].count(run[0][0])
            between = ", " if parts and parts[-1].endswith("\0") else " "
            parts.append(f"{between}{many if many > 1 else ''} {words}\0")
    return " ".join("".join(parts).replace("\0", " ").split())


def _pictured(character: str) -> str:
    """A picture of food in words; "" for any other character."""
    if character in _SAID:
        return _SAID[character]
    if not any(low <= ord(character) <= high for low, high in _FOOD_BLOCKS):
        return ""
    return unicodedata.name(character, "").lower()
