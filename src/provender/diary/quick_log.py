"""The quick log: ``2 eggs, slice of rye toast, 30 g almonds, black coffee`` to foods, portions and grams."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from provender.catalogue.food import Food, Portion
from provender.catalogue.words import CATEGORY_WORDS, STOP_WORDS, stem, tokens
from provender.diary.amounts import Amount, amount_of
from provender.diary.entries import Meal
from provender.diary.measures import ONE, Weighed, weigh
from provender.terms.errors import InputError
from provender.terms.units import VOLUME_ML

LONGEST = 2000
MOST_ITEMS = 40
BEYOND_FIRST = 6
"""How many of the found foods are tried for a measure that the first does not have."""

Find = Callable[[str], Sequence[Food]]

_MEALS = {
    "breakfast": Meal.BREAKFAST,
    "brekkie": Meal.BREAKFAST,
    "lunch": Meal.LUNCH,
    "dinner": Meal.DINNER,
    "supper": Meal.DINNER,
    "snack": Meal.SNACKS,
    "snacks": Meal.SNACKS,
}
_MEAL = "|".join(_MEALS)
_MEAL_FIRST = re.compile(
    rf"(?:for |at )?({_MEAL}) ?[:=–—-] ?|(?:for|at) ({_MEAL})\b ?|({_MEAL})(?= [\d½¼¾]|$)", re.IGNORECASE
)
_MEAL_LAST = re.compile(rf" ?\b(?:for|at|as)(?: my| a| an)? ({_MEAL})[.!]?$", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?:i )?(?:just )?(?:had|ate|drank|eaten) ", re.IGNORECASE)
_BULLET = re.compile(r"[-*•·–] +")
_JOINT = re.compile(r" (and|&|plus|n|'n'|with|w/|on) ", re.IGNORECASE)
_HALF = re.compile(r"(?:a |an |one )?(?:half|quarter|third|½|¼|¾|1/2|1/4|3/4)\b", re.IGNORECASE)
_ONE_NAME = frozenset(
    [
        *(
            "bread and butter pudding",
            "cookies and cream",
            "corn on the cob",
            "fish and chips",
            "gin and tonic",
        ),
        *("half and half", "mac and cheese", "mac n cheese", "macaroni and cheese", "pork and beans"),
        *("rum and coke", "salt and vinegar", "sweet and sour", "surf and turf", "peanut butter and jelly"),
    ]
)
_DISHES = frozenset(
    tokens(
        """
        burger casserole chip crisp curry dressing muffin omelet omelette pie pizza pudding
        risotto salad sandwich smoothie soup stew toasty wrap yogurt
        """
    )
)
_CUTS = frozenset({"chopped", "cubed", "diced", "grated", "shredded", "sliced", "slivered"})
_NO_FOOD = frozenset({"skin", "bone", "salt", "peel", "added", "water", "ice", "seed", "no", "extra", "lot"})


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One thing a person wrote.

    Attributes:
        text: As typed, without what cannot be seen.
        quantity: How many of ``unit``; None when none was written.
        unit: ``g``, ``ml``, ``fl oz``, ``cup``, ``slice``, ``large``, ``kcal`` ...; None for a bare count.
        words: The food in the person's words; "" when there are none.
        meal: The meal they named; None when they named none.
        energy_kcal: Calories written instead of an amount; None when none were.
        size: A size written beside a household unit (a ``large`` slice); None when none was.
        doubt: What must be asked about the amount itself; None when it is clear.
        accompanies: True for what came after ``with``: milk with coffee is not a cup of milk.
    """

    text: str
    quantity: Decimal | None
    unit: str | None
    words: str
    meal: Meal | None = None
    energy_kcal: Decimal | None = None
    size: str | None = None
    doubt: str | None = None
    accompanies: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an item seems to mean, to accept or change.

    Attributes:
        item: What was written.
        food: The food proposed; None when nothing was found, or only calories were written.
        choices: Foods it may be, the proposed one among them, best first.
        quantity: How many of ``portion`` (of two half breasts: 2); grams when that is None.
        portion: One of the food's own measures; None for grams.
        mass_g: Grams; None when it cannot be known without asking. Never negative.
        question: What must be answered first; None when nothing.
    """

    item: ParsedItem
    food: Food | None
    choices: tuple[Food, ...]
    quantity: Decimal
    portion: Portion | None
    mass_g: Decimal | None
    question: str | None


def parse(text: str, *, is_name: Callable[[str], bool] | None = None) -> tuple[ParsedItem, ...]:
    """What a person wrote, item by item.

    Args:
        text: Foods between commas, semicolons, lines, ``and``, ``+``, ``with``; at most 2,000 characters.
        is_name: Tells whether words are one food's name, so that ``macaroni and cheese`` stays whole; None
            knows only a few such names.

    Returns:
        The items in order; empty when nothing was written.

    Raises:
        InputError: More than 2,000 characters or 40 items.
    """
    if len(text) > LONGEST:
        raise InputError(
            f"found {len(text):,} characters, expected at most {LONGEST:,}; log it in parts", field="words"
        )
    known = is_name or (lambda _: False)
    items: list[ParsedItem] = []
    meal: Meal | None = None
    unnamed = 0
    for piece in _pieces(_visible(text), known):
        first, last, rest = _meal_of(piece)
        if first is not None:
            meal, unnamed = first, len(items)
        if last is not None:
            items[unnamed:] = [_at(item, last) for item in items[unnamed:]]
        items += [_item(part, last or meal, joined) for part, joined in _parts(rest, known)]
        if last is not None:
            unnamed = len(items)
    if len(items) > MOST_ITEMS:
        raise InputError(f"found {len(items)} foods, expected at most {MOST_ITEMS}; log it in parts", field="words")
    return tuple(items)


def propose(text: str, find: Find, *, limit: int = 6) -> tuple[Proposal, ...]:
    """What a person wrote, as foods with portions and grams to accept or change.

    Args:
        text: As for ``parse``.
        find: Foods for words, best first.
        limit: Most choices per item.

    Raises:
        InputError: More than 2,000 characters or 40 items.
    """
    kept: dict[str, tuple[Food, ...]] = {}

    def found(words: str) -> tuple[Food, ...]:
        if words not in kept:
            kept[words] = tuple(find(words)) if words else ()
        return kept[words]

    items = parse(text, is_name=lambda words: _is_name(words, found(words)[:3]))
    return tuple(_proposal(item, found(_sought(item))[:limit]) for item in items)


def _sought(item: ParsedItem) -> str:
    """The words to find: how a cupful was cut tells the cup, not the food."""
    if item.unit not in VOLUME_ML:
        return item.words
    return " ".join(w for w in item.words.split() if w.lower() not in _CUTS) or item.words


def _proposal(item: ParsedItem, foods: tuple[Food, ...]) -> Proposal:
    if item.energy_kcal is not None:
        return Proposal(item, None, (), item.energy_kcal, None, None, item.doubt)
    if not foods:
        asked = f"no food found for “{item.words}”; try fewer words, or add it as your own" if item.words else None
        question = item.doubt or asked or f"“{item.text}”: of which food?"
        return Proposal(item, None, (), ONE, None, None, question)
    amount = Amount(item.quantity, item.unit, item.size, None, item.words, item.doubt)
    food, weighed = foods[0], weigh(foods[0], amount)
    if weighed.mass_g is None and weighed.question not in {None, item.doubt}:
        food, weighed = _with_measure(foods, amount, weighed)
    if item.accompanies and item.quantity is None and item.unit is None:
        weighed = Weighed(weighed.quantity, weighed.portion, None, f"how much {item.words} was with it?")
    return Proposal(item, food, foods, weighed.quantity, weighed.portion, weighed.mass_g, weighed.question)


def _with_measure(foods: Sequence[Food], amount: Amount, first: Weighed) -> tuple[Food, Weighed]:
    """The first of the best few foods that has the measure; else the very first, with its question."""
    for food in foods[1:BEYOND_FIRST]:
        weighed = weigh(food, amount)
        if weighed.mass_g is not None and weighed.question is None:
            return food, weighed
    return foods[0], first


def _is_name(words: str, foods: Sequence[Food]) -> bool:
    """Whether words are the head of one of these foods' names (``macaroni and cheese``) or a whole name."""
    if "," in words:
        return any(tokens(words) == tokens(food.name) for food in foods)
    said = _stems(words)
    for food in foods:
        parts = [_stems(part) for part in food.name.split(",")]
        shelf = len(parts) > 1 and CATEGORY_WORDS.issuperset(parts[0])
        if said in (parts[shelf], _stems(food.name)):
            return True
    return False


def _stems(text: str) -> list[str]:
    return sorted(stem(word) for word in tokens(text) if word not in STOP_WORDS)


def _visible(text: str) -> str:
    """The text without control characters, marks of direction and runs of spaces."""
    kept = []
    for character in text.replace("\r", "\n").replace("\t", " "):
        category = unicodedata.category(character)
        if character == "\n" or category[0] != "C":
            kept.append(" " if category == "Zs" else character)
    return "".join(kept)


def _pieces(text: str, known: Callable[[str], bool]) -> list[str]:
    """The text at its hard separators; a catalogue name with commas, pasted whole, stays whole."""
    pieces = []
    for line in re.split(r"[\n;•]", text):
        tidy = " ".join(line.split())
        tidy = tidy[match.end() :] if (match := _BULLET.match(tidy)) else tidy
        whole = tidy.count(",") and known(amount_of(tidy).words)
        pieces += [tidy] if whole else _between_commas(tidy)
    return [piece for piece in pieces if _says_something(piece)]


def _says_something(piece: str) -> bool:
    return any(c.isalnum() or unicodedata.category(c) == "So" for c in piece)


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


def _meal_of(piece: str) -> tuple[Meal | None, Meal | None, str]:
    """The meal named before, the meal named after, and the rest."""
    first = last = None
    if match := _MEAL_FIRST.match(piece):
        first = _MEALS[next(g for g in match.groups() if g).lower()]
        piece = piece[match.end() :]
    if match := _LEAD_IN.match(piece):
        piece = piece[match.end() :]
    if match := _MEAL_LAST.search(piece):
        last = _MEALS[match[1].lower()]
        piece = piece[: match.start()]
    return first, last, piece.strip()


def _at(item: ParsedItem, meal: Meal) -> ParsedItem:
    if item.meal is not None:
        return item
    return ParsedItem(
        item.text, item.quantity, item.unit, item.words, meal, item.energy_kcal, item.size, item.doubt,
        item.accompanies,
    )  # fmt: skip


def _item(text: str, meal: Meal | None, accompanies: bool) -> ParsedItem:
    amount = amount_of(text)
    return ParsedItem(
        text, amount.quantity, amount.unit, amount.words, meal, amount.energy_kcal, amount.size, amount.doubt,
        accompanies,
    )  # fmt: skip


def _parts(piece: str, known: Callable[[str], bool]) -> list[tuple[str, bool]]:
    """A piece at ``and``, ``with``, ``on``, but not inside a food's name; whether ``with`` came before."""
    split = _JOINT.split(piece)
    texts, joints = split[::2], ["", *(joint.lower() for joint in split[1::2])]
    parts: list[tuple[str, bool]] = []
    at, accompanies = 0, False
    while at < len(texts):
        accompanies = accompanies or joints[at] in {"with", "w/"}
        end = at + 1
        for beyond in range(min(len(texts), at + 4), at + 1, -1):
            if _one_thing(texts[at:beyond], joints[at + 1 : beyond], known):
                end = beyond
                break
        whole = texts[at] + "".join(f" {j} {t}" for j, t in zip(joints[at + 1 : end], texts[at + 1 : end], strict=True))
        if _says_something(whole):
            parts.append((whole.strip(), accompanies))
        at = end
    return parts


def _one_thing(texts: Sequence[str], joints: Sequence[str], known: Callable[[str], bool]) -> bool:
    """Whether texts with these joints between them are one food, or one number (``one and a half``)."""
    whole = texts[0] + "".join(f" {j} {t}" for j, t in zip(joints, texts[1:], strict=True))
    if _HALF.match(texts[1]) and amount_of(f"{texts[0]} {joints[0]} half a loaf").words == "loaf" and len(texts) == 2:
        return True
    if joints[-1] in {"with", "w/"} and (tokens(texts[-1]) or [""])[0] in _NO_FOOD:
        return True
    if amount_of(texts[-1]).quantity is not None:
        return False
    words = amount_of(whole).words
    bare = " ".join(tokens(words.replace("&", " and ")))
    if bare in _ONE_NAME or any(bare.startswith(f"{name} ") for name in _ONE_NAME):
        return True
    if known(words):
        return True
    return _dish(texts, joints)


def _dish(texts: Sequence[str], joints: Sequence[str]) -> bool:
    """``salt and pepper chips``: short, joined by ``and``, and named by a dish at the end."""
    if joints[-1] in {"with", "w/", "on"} or len(texts) > 2:
        return False
    left, right = tokens(texts[0]), tokens(texts[1])
    return len(left) == 1 and len(right) == 2 and stem(right[-1]) in _DISHES
