"""The words of food names and of what people type: how they fold, their stems, and what is said to be absent."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

PERCENT = r"\d{1,3}(?:[.,]\d{1,2})? ?%"
MARKS = re.compile(r"['’`]|(?<=[^\W\d])\.(?=[^\W\d]\b)")
"""What closes up: apostrophes, and the dots of ``U.S.``."""
NOT = "-"
"""Begins the term of something said to be absent: ``without skin`` gives ``-skin``."""
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(rf"{PERCENT}|[^\W_]+")
_PER_CENT = re.compile(r"(\d) ?per ?cent\b")
_PARTS = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
_IRREGULAR = {
    "leaves": "leaf",
    "loaves": "loaf",
    "halves": "half",
    "calves": "calf",
    "knives": "knife",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "shelves": "shelf",
    "cheese": "cheese",
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ENDS_IN_IE = _set(
    """
    annie bernie birdie brownie budgie calorie charcuterie charlie cookie debbie eddie ernie foodie freddie
    genie goalie goodie gracie hoagie hottie jackie katie laurie marie minnie movie natalie ollie patisserie pixie
    prairie quickie rookie rosie rotisserie smoothie sophie stevie susie sweetie tootsie veggie weenie wienie
    willie yuppie zombie
    """.replace("ie\n", "\n").replace("ie ", " ")
)
"""Singulars in -ie, without it."""

STOP_WORDS = _set(
    """
    a an and as at by de for from in la le my of on or some the to with
    """
)
"""Words that carry no food."""

CATEGORY_WORDS = _set(
    """
    alcoholic beverage beverages candies candy carbonated cereal cereals cheese crustacean cured eat
    family fast fish food foods fresh game mollusk nut oil pork product ready restaurant sauce
    sausage seed snack soup spice squash style sugar syrup vegetable wheat
    """
)
"""Words that open a USDA name as a shelf label: the food comes in the next part (``Nuts, almonds``)."""

_DENIES = _set("without no non zero minus")
_BETWEEN = _set("added any the")
_NOT_DENIED = _set("bake boil cook knead name stick stir")
_EVEN_THAT = _set("eaten added included removed")

IMPLIES = {
    "unsweetened": "-sugar", "sugarless": "-sugar", "sugarfree": "-sugar", "unsalted": "-salt", "saltless": "-salt",
    "skinless": "-skin", "boneless": "-bone", "nonfat": "-fat", "fatfree": "-fat", "skim": "-fat", "skimmed": "-fat",
    "decaffeinated": "-caffeine", "decaf": "-caffeine", "nondairy": "-dairy", "dairyfree": "-dairy",
    "glutenfree": "-gluten", "meatless": "-meat", "seedless": "-seed", "nonalcoholic": "-alcohol",
}  # fmt: skip
"""Words that say that something is absent."""
ASSERTS = {"salt": "salted", "sugar": "sweetened", "fat": "fatted", "alcohol": "alcoholic", "caffeine": "caffeinated"}
"""Words that say that something is there without naming it."""


def fold(text: str) -> str:
    """The text in lower case without accents, so that ``Crème`` and ``creme`` meet."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parted if not unicodedata.combining(c))


def tokens(text: str) -> list[str]:
    """The folded words of a text in order; apostrophes close up (``m&m's`` gives ``m``, ``ms``)."""
    return _WORD.findall(MARKS.sub("", fold(text)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The singular of an English food word, or something both forms share.

    Args:
        word: One folded word.

    Returns:
        ``tomatoes`` to ``tomato``, ``berries`` and ``berry`` to ``berry``, ``hummus`` unchanged. Source: own.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ies", "ie")):
        before = word[: word.rindex("ie")]
        return before + ("ie" if before in _ENDS_IN_IE else "y")
    if len(word) > 4 and word.endswith(("oes", "shes", "ches", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def term(word: str) -> str:
    """What a word is filed under: its stem, behind the mark of what is absent."""
    return NOT + stem(word[1:]) if word.startswith(NOT) else stem(word)


def terms(text: str) -> list[str]:
    """The words of a query, folded: numbers keep their percent sign, what must be absent begins with ``-``.

    Returns:
        ``Milk 2 %, no sugar`` as ``["milk", "2%", "-sugar"]``; stop words stay.
    """
    plain = _PER_CENT.sub(r"\1%", MARKS.sub("", fold(text)))
    plain = _PARTS.sub(_of_a_hundred, plain)
    words = [word.replace(" ", "").replace(",", ".") for word in _TERM.findall(plain)]
    return [word for word in absent(words) if word]


def _of_a_hundred(found: re.Match[str]) -> str:
    """``93/7`` as lean and fat in per cent; any other fraction as it was."""
    return f"{found[1]}% {found[2]}%" if int(found[1]) + int(found[2]) == 100 else found[0]


def absent(words: Sequence[str]) -> list[str]:
    """The words with those marked that are said to be absent.

    Args:
        words: Folded, in order.

    Returns:
        As many: ``["without", "added", "salt"]`` as ``["", "", "-salt"]``, ``["fat", "free"]`` as ``["-fat", ""]``.
    """
    told = list(words)
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if (word in _DENIES and after not in _NOT_DENIED) or (word == "w" and after == "o"):
            _deny(told, at + 1 + (word == "w"))
            told[at] = ""
        elif (after == "free" and word not in STOP_WORDS and words[at + 2 : at + 3] != ["range"]) or (
            after == "not" and _EVEN_THAT.intersection(words[at + 2 : at + 3])
        ):
            told[at] = NOT + word.removeprefix(NOT)
            told[at + 1 : at + 2 + (after == "not")] = [""] * (1 + (after == "not"))
    return told


def _deny(told: list[str], at: int) -> None:
    """Marks what is denied from here on: the next word, and the one after ``or`` or ``and``."""
    told[at - 1] = ""
    while at < len(told) and told[at] in _BETWEEN:
        told[at] = ""
        at += 1
    if at < len(told) and told[at]:
        told[at] = NOT + told[at].removeprefix(NOT)
        if told[at + 1 : at + 2] == ["added"]:
            told[at + 1] = ""
        elif len(told) > at + 2 and told[at + 1] in ("or", "and"):
            told[at + 2] = NOT + told[at + 2].removeprefix(NOT)
