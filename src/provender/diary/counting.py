"""Numbers as people write them in a food diary: ``2``, ``1½``, ``half a dozen``, ``a couple of``, ``2-3``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from provender.catalogue.words import stem, tokens
from provender.diary.phrases import Token
from provender.diary.unit_words import PARTS_OF, is_length_at, unit_at
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import without_dust

_ONES = tokens(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = tokens("twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = (
    {word: Decimal(n) for n, word in enumerate(_ONES)}
    | {word: Decimal(n) for n, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {f"{ten}-{_ONES[one]}": Decimal(n * 10 + one) for n, ten in enumerate(_TENS, 2) for one in range(1, 10)}
    | {
        "hundred": Decimal(100),
        "dozen": Decimal(12),
        "couple": Decimal(2),
        "pair": Decimal(2),
        "half": Decimal("0.5"),
        "third": Decimal(1) / 3,
        "quarter": Decimal("0.25"),
        "a": Decimal(1),
        "an": Decimal(1),
        "another": Decimal(1),
    }
)
_MULTIPLIERS = frozenset({"dozen", "couple", "pair", "half", "third", "quarter", "hundred"})
_ADDED_TO = {**dict.fromkeys(_TENS, Decimal(10)), "hundred": Decimal(100)}
"""Below what a number is added to these: ``twenty five``, ``a hundred and fifty``."""
_VAGUE = {"few": (3, 4, 5), "several": (4, 5, 6)}
TIMES = frozenset({"x", "×", "*"})
AND = frozenset({"and", "&", "n"})
_DASHES = frozenset({"-", "–", "—", "to", "or"})
LARGEST_SAID = Decimal(1_000_000)
_SHOWN = Decimal("0.000001")
_NAMES = {
    *(("half", "and", "half"), ("half", "&", "half"), ("half", "n", "half"), ("half", "fat"), ("half", "baked")),
    *(("quarter", "pounder"), ("quarter", "pounders"), ("half", "pounder"), ("hundreds", "and", "thousands")),
    *(("3", "musketeers"), ("three", "musketeers"), ("5", "guys"), ("five", "guys"), ("5", "spice"), ("five", "spice")),
    *(("7", "up"), ("seven", "up"), ("100", "grand"), ("a", "&", "w"), ("a", "and", "w")),
}
"""Names that begin like a number."""
_KINDS = frozenset(tokens("grain bean cheese layer percent minute seed berry"))
"""What a number before makes a kind of, if a food follows: ``three bean salad``, ``7 grain bread``."""
MINUS = frozenset({"-", "−", "–"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a phrase.

    Attributes:
        number: The number; None when there is none. Of a range the first.
        after: Where it ends.
        doubt: What must be asked about it; None when it is clear.
        may_be: What it may be when it is not clear, smallest first: of a range the ends and the middle.
    """

    number: Decimal | None
    after: int
    doubt: str | None = None
    may_be: tuple[Decimal, ...] = ()


def number_at(phrase: Sequence[Token], at: int) -> Counted:
    """The number at one place of a phrase."""
    between = at < len(phrase) and phrase[at].folded == "between"
    negative = at + 1 < len(phrase) and phrase[at].folded in MINUS and _touches(phrase, at)
    found = _one_at(phrase, at + (negative or between))
    if found.number is None:
        return replace(found, after=at) if between or negative else found
    if negative:
        return Counted(-found.number, found.after, f"found {-found.number:f}; how much was it?")
    return _or_more(phrase, found, _DASHES | AND if between else _DASHES)


def is_name_at(phrase: Sequence[Token], at: int) -> bool:
    """Whether a name begins here that only looks like an amount: ``quarter pounder``, ``half and half``."""
    words = [token.folded for token in phrase[at : at + 3]]
    if tuple(words[:2]) in _NAMES or tuple(words) in _NAMES:
        return True
    return len(words) == 3 and words[1] in _KINDS and not words[2].endswith("s") and words[2][0].isalpha()


def _one_at(phrase: Sequence[Token], at: int) -> Counted:
    """One number, with its ``and a half``."""
    if at >= len(phrase) or is_name_at(phrase, at):
        return Counted(None, at)
    found = _digits_at(phrase, at) if phrase[at].number else _said_at(phrase, at)
    return found if found.number is None or found.doubt else _and_a_half(phrase, found, found.number)


def _touches(phrase: Sequence[Token], at: int) -> bool:
    return phrase[at + 1].number and phrase[at].end == phrase[at + 1].start


def _digits_at(phrase: Sequence[Token], at: int) -> Counted:
    token = phrase[at]
    if at + 1 < len(phrase) and not _glued_right(phrase, at):
        return Counted(None, at)
    if "e" in token.folded or len(token.text) > 20:
        return Counted(None, at + 1, f"“{token.text[:20]}” is not an amount; how much was it?")
    plain = token.text.replace(",", ".") if token.text.startswith("0,") else token.text
    try:
        return Counted(parse_number(plain), at + 1)
    except InputError:
        return Counted(None, at + 1, f"“{token.text[:20]}” is not a number; how much was it?")


def _glued_right(phrase: Sequence[Token], at: int) -> bool:
    """Whether what touches a number may touch it: a unit (``30g``), a plural (``2eggs``), never a name (``7up``)."""
    word = phrase[at + 1].folded
    if phrase[at].end != phrase[at + 1].start or not word[:1].isalpha() or (len(word) > 3 and stem(word) != word):
        return True
    return word in TIMES or unit_at(phrase, at + 1)[0] is not None or is_length_at(phrase, at + 1)


def _said_at(phrase: Sequence[Token], at: int) -> Counted:
    """A number in words: ``two``, ``half a dozen``, ``three quarters``, ``a couple of``, ``a few``, ``twenty five``."""
    number: Decimal | None = None
    start, last = at, ""
    while at < len(phrase) and not (number is not None and is_name_at(phrase, at)):
        word = phrase[at].folded
        if word in _VAGUE and last in {"", "a"}:
            few = tuple(Decimal(n) for n in _VAGUE[word])
            return Counted(few[0], _past_of(phrase, at + 1), f"“{word}”: how many were there?", few)
        bare = word if word in _WORDS else stem(word)
        together = _together(number, last, bare)
        if together is None or together > LARGEST_SAID:
            break
        number, last = together, bare
        at = _past_of(phrase, at + 1) if bare in _MULTIPLIERS else at + 1
        if bare == "hundred" and at + 1 < len(phrase) and phrase[at].folded in AND:
            at += _together(number, bare, phrase[at + 1].folded) is not None and phrase[at + 1].folded != "a"
    if number is None or (at >= len(phrase) and phrase[start].folded in _MULTIPLIERS):
        return Counted(None, start)
    return Counted(without_dust(number.quantize(_SHOWN)), at)


def _together(number: Decimal | None, last: str, word: str) -> Decimal | None:
    """A number said so far with one more word of it; None when the word does not belong to it."""
    more = _WORDS.get(word)
    if number is None or more is None:
        return more
    if word in _MULTIPLIERS | {"a", "an"}:
        return number * more
    return number + more if 0 < more < _ADDED_TO.get(last, Decimal(0)) else None


def _past_of(phrase: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(phrase) and phrase[at].folded in PARTS_OF else at


def _and_a_half(phrase: Sequence[Token], found: Counted, number: Decimal) -> Counted:
    """``one and a half``, ``2 & 1/2``, ``2 dozen``."""
    at = found.after
    if at + 1 < len(phrase) and phrase[at].folded in AND and not is_name_at(phrase, at + 1):
        more = _digits_at(phrase, at + 1) if phrase[at + 1].number else _said_at(phrase, at + 1)
        if more.number is not None and 0 < more.number < 1:
            return replace(found, number=number + more.number, after=more.after)
    if at < len(phrase) and phrase[at].folded in {"dozen", "dozens"}:
        return replace(found, number=number * 12, after=_past_of(phrase, at + 1))
    return found


def _or_more(phrase: Sequence[Token], found: Counted, joints: frozenset[str]) -> Counted:
    """``2-3``, ``two or three``: the first, with a question and what it may be."""
    at, low = found.after, found.number
    if low is None or found.doubt or at + 1 >= len(phrase) or phrase[at].folded not in joints:
        return found
    if phrase[at + 1].folded in {"a", "an", "another"}:
        return found
    more = _one_at(phrase, at + 1)
    high = more.number
    if high is None or more.doubt or high == low:
        return found
    middle = without_dust((low + high) / 2)
    few = tuple(sorted({low, middle, high}))
    return Counted(low, more.after, f"{low:f} or {high:f}: how much was it?", few)
