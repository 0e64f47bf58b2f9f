"""One line of words as the things it names: parted at commas, ``and``, ``with``, amounts; names stay whole."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from provender.catalogue.words import stem, tokens
from provender.diary.amounts import Amount, amount_at, amount_of, leading
from provender.diary.phrases import Token, says_something, tokens_of
from provender.diary.unit_words import PREPARED
from provender.terms.units import MASS_G, VOLUME_ML

_JOINT = re.compile(
    r",? (and then|and also|and|&|plus|n|'n'|then|as well as|(?:(?:along|together|served|topped) )?with|w/?|on) ",
    re.IGNORECASE,
)
_WITH = frozenset({"with", "w", "w/", "along with", "together with", "served with", "topped with"})
_ONE_NAME = (
    *(("bread", "and", "butter", "pudding"), ("cheese", "and", "onion"), ("cookies", "and", "cream")),
    *(("corn", "on", "the", "cob"), ("franks", "and", "beans"), ("half", "and", "half"), ("mac", "and", "cheese")),
    *(
        ("ben", "and", "jerrys"),
        ("mike", "and", "ike"),
        ("mac", "n", "cheese"),
        ("macaroni", "and", "cheese"),
        ("oil", "and", "vinegar"),
        ("pb", "and", "j"),
    ),
    *(("peanut", "butter", "and", "jelly"), ("pork", "and", "beans"), ("salt", "and", "vinegar")),
    *(("sour", "cream", "and", "chive"), ("sour", "cream", "and", "onion"), ("sweet", "and", "sour")),
)
"""Names of one food that hold a joint."""
_DISHES = frozenset(
    tokens(
        """
        bagel baguette bake bap burger burrito cake casserole chip crisp curry dip dressing lasagna lasagne muffin
        omelet omelette panini pasta pie pizza pudding quesadilla quiche ramen risotto roll salad sandwich smoothie
        soup stew sub taco tart toasty wrap yogurt yoghurt
        """
    )
)
_DRINKS = frozenset(tokens("ale beer coffee coke cola juice lager milk soda tea water wine"))
_NO_FOOD = frozenset({"skin", "bone", "salt", "peel", "added", "water", "ice", "seed", "no", "extra", "lot"})
_DENIED = re.compile(r"(?:no|without|w/o|minus|hold the|not) (?!\d)", re.IGNORECASE)
_DENIED_AFTER = re.compile(r", (?:no|without|w/o) .*$", re.IGNORECASE)
_AFTER_THESE = frozenset({"of", "no", "and", "with", "type", "vitamin", "omega"})
MOST_COUNTED_INSIDE = 12
"""A bare number within a line begins a new food only up to this: ``heinz 57 sauce`` is a name."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words about one thing.

    Attributes:
        text: As typed.
        accompanies: Whether it came after ``with``.
    """

    text: str
    accompanies: bool = False


def pieces_of(line: str, known: Callable[[str], bool]) -> list[str]:
    """A line at its hard separators; a catalogue name with commas, pasted whole, stays whole.

    Args:
        line: One line.
        known: Tells whether words are one food's name.
    """
    if line.count(",") and known(amount_of(line).words):
        return [line]
    pieces: list[str] = []
    for piece in filter(says_something, _between_commas(line)):
        if pieces and _belongs(pieces[-1], piece):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces += _between_amounts(piece)
    return pieces


def _between_commas(line: str) -> list[str]:
    """A line at its commas and plus signs, but not inside brackets or a number (``1,5``)."""
    pieces, begin, depth = [], 0, 0
    for at, character in enumerate(line):
        depth = max(0, depth + (character in "([") - (character in ")]"))
        if character not in ",+،、，" or depth or _inside_number(line, at):
            continue
        pieces.append(line[begin:at].strip())
        begin = at + 1
    return [*pieces, line[begin:].strip()]


def _inside_number(line: str, at: int) -> bool:
    return line[at] == "," and line[at - 1 : at].isdigit() and line[at + 1 : at + 2].isdigit()


def _belongs(before: str, piece: str) -> bool:
    """Whether a piece only says how, or how much, of the food before it: ``chicken, grilled, 200 g``."""
    if _DENIED.match(piece) or _is_prepared(piece):
        return True
    amount = amount_of(piece)
    if amount.words or amount.energy_kcal is not None:
        return False
    earlier = amount_of(before)
    return bool(earlier.words) and earlier.quantity is None


def _is_prepared(piece: str) -> bool:
    return PREPARED.issuperset(word for word in tokens(piece) if word != "and")


def _between_amounts(piece: str) -> list[str]:
    """A piece at the amounts within it: before them if it begins with one (``2 eggs 1 banana``), else after them."""
    phrase = tokens_of(piece)
    first, begin = leading(phrase)
    said_first = first != Amount()
    cuts, at, words_from = [0], begin, begin
    while at < len(phrase):
        amount, after = amount_at(phrase, at) if phrase[at].number else (Amount(), at)
        inside = words_from < at < after < len(phrase) and phrase[after].folded[0].isalpha()
        cut = phrase[at if said_first or not inside else after].start
        if inside and _ends(phrase[at - 1]) and _parts(amount, said_first) and not _is_prepared(piece[cut:]):
            cuts.append(cut)
            words_from = after
        at = max(after, at + 1)
    return [piece[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(piece)], strict=True)]


def _ends(before: Token) -> bool:
    """Whether a food may end with this word: not ``of``, nor the letter of ``vitamin b 12``."""
    return before.folded not in _AFTER_THESE and len(before.folded) > 1


def _parts(amount: Amount, said_first: bool) -> bool:
    """Whether an amount inside a phrase begins (or ends) a food of its own."""
    if amount.quantity is None or amount.doubt:
        return False
    if amount.unit in MASS_G or amount.unit in VOLUME_ML:
        return True
    return said_first and amount.quantity <= MOST_COUNTED_INSIDE


def parts_of(piece: str, known: Callable[[str], bool]) -> list[Part]:
    """A piece at ``and``, ``with``, ``on``, but not inside a food's name or a number.

    Args:
        piece: Words between hard separators.
        known: Tells whether words are one food's name.
    """
    split = _JOINT.split(piece)
    texts, joints = split[::2], ["", *(joint.lower() for joint in split[1::2])]
    parts: list[Part] = []
    at, accompanies, main = 0, False, 0
    while at < len(texts):
        accompanies = accompanies or joints[at] in _WITH
        if joints[at] and not accompanies:
            main = len(parts)
        end = at + 1
        for beyond in range(min(len(texts), at + 4), at + 1, -1):
            if _one_thing(texts[at:beyond], joints[at + 1 : beyond], known):
                end = beyond
                break
        whole = _joined(texts[at:end], joints[at + 1 : end]).strip()
        main = min(main, max(0, len(parts) - 1)) if _DENIED.match(whole) else main
        if parts and accompanies and (match := _DENIED_AFTER.search(whole)):
            parts[main] = replace(parts[main], text=f"{parts[main].text}{match[0]}")
            whole = whole[: match.start()]
        if parts and _DENIED.match(whole):
            parts[main] = replace(parts[main], text=f"{parts[main].text} {whole}")
        elif says_something(whole):
            parts.append(Part(whole, accompanies))
        at = end
    return parts


def _joined(texts: Sequence[str], joints: Sequence[str]) -> str:
    return texts[0] + "".join(f" {j} {t}" for j, t in zip(joints, texts[1:], strict=True))


def _one_thing(texts: Sequence[str], joints: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether texts with these joints between them are one food, or hold one number (``one and a half``)."""
    whole = _joined(texts, joints)
    if len(texts) == 2 and _one_number(whole, texts[0], texts[1]):
        return True
    if joints[-1] in _WITH and (tokens(texts[-1]) or [""])[0] in _NO_FOOD:
        return True
    if leading(tokens_of(texts[-1]))[1]:
        return False
    words = amount_of(whole).words
    bare = tuple(tokens(words.replace("&", " and ").replace("'n'", " n ")))
    if any(bare[: len(name)] == name for name in _ONE_NAME):
        return True
    return known(words) or _is_dish(texts, joints)


def _one_number(whole: str, first: str, second: str) -> bool:
    """Whether one number reaches over the joint, or ends the phrase as ``and a half`` does."""
    phrase = tokens_of(whole)
    reach = leading(phrase)[1]
    if reach > 0 and phrase[reach - 1].start > len(first):
        return True
    return not amount_of(second).words and amount_of(whole).words == amount_of(first).words != ""


def _is_dish(texts: Sequence[str], joints: Sequence[str]) -> bool:
    """``salt and pepper chips``: short, joined by ``and``, and named by a dish at the end."""
    if joints[-1] in _WITH or joints[-1] == "on" or len(texts) > 2:
        return False
    amount = amount_of(texts[0])
    left, right = tokens(amount.words), tokens(texts[1])
    many = amount.quantity is not None and amount.quantity > 1 and left[-1:] != [stem(word) for word in left[-1:]]
    short = 1 <= len(left) <= 2 and 2 <= len(right) <= 3
    return short and not many and left[-1] not in _DRINKS and stem(right[-1]) in _DISHES
