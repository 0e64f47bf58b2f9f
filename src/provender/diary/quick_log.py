"""The quick log: ``2 eggs, slice of rye toast, 30 g almonds, black coffee`` to foods, portions and grams."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from provender.catalogue.differences import Difference, Differs
from provender.catalogue.food import Food, Portion
from provender.catalogue.search import Hit
from provender.catalogue.words import CATEGORY_WORDS, STOP_WORDS, stem, tokens
from provender.diary.activities import find_activities
from provender.diary.amounts import Amount, amount_of
from provender.diary.entries import Kind, Meal
from provender.diary.measures import ONE, Weighed, weigh
from provender.diary.occasions import occasion_of
from provender.diary.parting import Part, parts_of, pieces_of
from provender.diary.phrases import lines_of, says_something
from provender.diary.unit_words import PREPARED
from provender.terms.errors import InputError
from provender.terms.units import VOLUME_ML

LONGEST = 2000
MOST_ITEMS = 40
BEYOND_FIRST = 6
"""How many of the found foods are tried for a measure that the first does not have."""
SURE_SCORE = 8.5
"""A hit with this score whose words were read differently is still what was meant. Source: own, over the corpus."""
STRAY_SCORE = 6.0
"""Below this, words read as quite other ones are not taken for a food at all. Source: own, over the corpus."""
SAME_WORD = 0.75
"""Likeness above which a word read differently was only spelt differently."""

Find = Callable[[str], Sequence[Food] | Sequence[tuple[Food, Hit]]]

_CUTS = frozenset({"chopped", "cubed", "diced", "grated", "shredded", "sliced", "slivered"})
_EXERCISE = re.compile(
    r"\b(?:\d{1,4}(?:[.,]\d{1,2})?|an?|half an) ?(?:min(?:ute)?s?|h(?:(?:ou)?r)?s?|km|k|miles?|steps)\b(?!-)",
    re.IGNORECASE,
)
_WEIGHING = re.compile(
    r"(?:i |my |body ?)*(?:weight|weighed|weigh-in)(?: is| was| in(?: at)?| today)?[ :=]*\d{2,3}(?:[.,]\d{1,2})? ?"
    r"(?:kg|kilos?|lbs?|pounds|st|stone)\b(?: \w+){0,3}[.!]?",
    re.IGNORECASE,
)
_PRESENT = {"ran": "run", "swam": "swim", "rode": "ride"}
_MISSING = frozenset({Differs.LACKS, Differs.HAS, Differs.UNKNOWN})


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One thing a person wrote.

    Attributes:
        text: As typed, without what cannot be seen.
        quantity: How many of ``unit``; None when none was written.
        unit: ``g``, ``ml``, ``fl oz``, ``cup``, ``slice``, ``large``, ``kcal`` ...; None for a bare count.
        words: The food in the person's words; "" when there are none.
        meal: The meal they named, or whose time they named; None when they named none.
        energy_kcal: Calories written instead of an amount; None when none were.
        size: A size written beside a household unit (a ``large`` slice); None when none was.
        doubt: What must be asked about the amount itself; None when it is clear.
        accompanies: True for what came after ``with``: milk with coffee is not a cup of milk.
        may_be: Quantities it may be when there is a doubt; empty when nobody can tell.
        kind: ``FOOD``; ``EXERCISE`` or ``WEIGHT`` for what is logged elsewhere, and said so in ``doubt``.
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
    may_be: tuple[Decimal, ...] = ()
    kind: Kind = Kind.FOOD

    @property
    def amount(self) -> Amount:
        """The amount that was written."""
        return Amount(self.quantity, self.unit, self.size, None, self.words, self.doubt, self.may_be)


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
        amounts: Amounts of this food to choose from, smallest first, each with what it is ``said`` to be; empty
            when the amount is clear or nobody can tell.
    """

    item: ParsedItem
    food: Food | None
    choices: tuple[Food, ...]
    quantity: Decimal
    portion: Portion | None
    mass_g: Decimal | None
    question: str | None
    amounts: tuple[Weighed, ...] = ()


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
    for line in filter(says_something, lines_of(text)):
        for piece in [line] if _WEIGHING.fullmatch(line) else pieces_of(line, known):
            first, last, rest = occasion_of(piece)
            if first is not None:
                meal, unnamed = first, len(items)
            if last is not None:
                items[unnamed:] = [replace(item, meal=item.meal or last) for item in items[unnamed:]]
            items += [_item(part, last or meal, known) for part in _logged_elsewhere(rest) or parts_of(rest, known)]
            if last is not None:
                unnamed = len(items)
    if len(items) > MOST_ITEMS:
        raise InputError(f"found {len(items)} foods, expected at most {MOST_ITEMS}; log it in parts", field="words")
    return tuple(items)


def propose(text: str, find: Find, *, limit: int = 6, us: bool = False) -> tuple[Proposal, ...]:
    """What a person wrote, as foods with portions and grams to accept or change.

    Args:
        text: As for ``parse``.
        find: Foods for words, best first; a space after them says that the last word is whole. Beside
            each, if known, the hit of the search, so that a food found only
            by reading the words differently, or by leaving some out, is asked about.
        limit: Most choices per item.
        us: Whether pints are known to be American.

    Raises:
        InputError: More than 2,000 characters or 40 items.
    """
    kept: dict[str, tuple[tuple[Food, Hit | None], ...]] = {}

    def found(words: str) -> tuple[tuple[Food, Hit | None], ...]:
        if words not in kept:
            hits = find(f"{words} ") if words else ()
            kept[words] = tuple((hit, None) if isinstance(hit, Food) else hit for hit in hits)
        return kept[words]

    items = parse(text, is_name=lambda words: _is_name(words, [food for food, _ in found(words)[:3]]))
    return tuple(_proposal(item, _searched(item, found)[:limit], us=us) for item in items)


def _searched(
    item: ParsedItem, found: Callable[[str], tuple[tuple[Food, Hit | None], ...]]
) -> tuple[tuple[Food, Hit | None], ...]:
    """The foods for an item; how a cupful was cut tells the cup, not the food."""
    if item.energy_kcal is not None or item.kind is not Kind.FOOD:
        return ()
    words = item.words
    if item.unit in VOLUME_ML:
        words = " ".join(w for w in words.split() if w.lower() not in _CUTS) or words
    hits = found(words)
    return () if hits and hits[0][1] is not None and _astray(hits[0][1]) else hits


def proposal_as(text: str, food: Food, choices: Sequence[Food], *, us: bool = False) -> Proposal:
    """What one item means when somebody has said which food it is.

    Args:
        text: An item's text.
        food: The food.
        choices: Foods it may be, this one among them.
        us: Whether pints are known to be American.
    """
    amount = amount_of(text)
    item = replace(_item(Part(text), None, lambda _: True), energy_kcal=None, kind=Kind.FOOD, doubt=amount.doubt)
    return _weighed(item, food, tuple(choices), weigh(food, item.amount, us=us))


def _proposal(item: ParsedItem, hits: tuple[tuple[Food, Hit | None], ...], *, us: bool) -> Proposal:
    foods = tuple(food for food, _ in hits)
    if item.energy_kcal is not None:
        return Proposal(item, None, (), item.energy_kcal, None, None, item.doubt)
    if not foods:
        unknown = f"no food found for “{item.words}”; try fewer words, or add it as your own" if item.words else None
        return Proposal(item, None, (), ONE, None, None, item.doubt or unknown or f"“{item.text}”: of which food?")
    food, weighed = foods[0], weigh(foods[0], item.amount, us=us)
    if weighed.mass_g is None and weighed.question not in {None, item.doubt}:
        food, weighed = _with_measure(foods, item.amount, weighed, us=us)
    if item.accompanies and item.quantity is None and item.unit is None:
        weighed = _beside(item, food, weighed)
    asked = _unlike(food, next(hit for known, hit in hits if known is food))
    both = f"{asked} {weighed.question or ''}".strip() if asked else weighed.question
    return _weighed(item, food, foods, replace(weighed, question=both))


def _weighed(item: ParsedItem, food: Food, foods: tuple[Food, ...], found: Weighed) -> Proposal:
    return Proposal(item, food, foods, found.quantity, found.portion, found.mass_g, found.question, found.may_be)


def _beside(item: ParsedItem, food: Food, usual: Weighed) -> Weighed:
    """What came with another food without an amount: a spoonful or two, or a whole portion, to choose from."""
    few = weigh(food, Amount(unit="splash")).may_be
    if usual.portion and usual.mass_g and not usual.question and usual.mass_g not in {one.mass_g for one in few}:
        few = (*few, replace(usual, said=usual.portion.label))
    return Weighed(usual.quantity, usual.portion, None, f"how much {item.words} was with it?", few)


def _unlike(food: Food, hit: Hit | None) -> str | None:
    """A question when the search read the words so differently, or left such words out, that it may be another food."""
    if hit is None or not hit.differs:
        return None
    missing = {told.asked for told in hit.differs if told.kind in _MISSING}
    if not missing - PREPARED and (not _read_otherwise(hit) or hit.score >= SURE_SCORE):
        return None
    return f"the nearest is {food.name} ({hit.why}); is that what it was?"


def _astray(hit: Hit) -> bool:
    """Whether a word was taken for one quite unlike it, and little else speaks for the food."""
    return hit.score < STRAY_SCORE and any(" " not in told.found for told in _read_otherwise(hit))


def _read_otherwise(hit: Hit) -> list[Difference]:
    return [told for told in hit.differs if told.kind is Differs.READ_AS and not _same(told.asked, told.found)]


def _same(typed: str, read: str) -> bool:
    """Whether words were only spelt differently, or others added to them."""
    return set(typed.split()) <= set(read.split()) or SequenceMatcher(None, typed, read).ratio() >= SAME_WORD


def _with_measure(foods: Sequence[Food], amount: Amount, first: Weighed, *, us: bool) -> tuple[Food, Weighed]:
    """The first of the best few foods that has the measure; else the very first, with its question."""
    for food in foods[1:BEYOND_FIRST]:
        weighed = weigh(food, amount, us=us)
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


def _item(part: Part, meal: Meal | None, known: Callable[[str], bool]) -> ParsedItem:
    kind = _kind_of(part.text)
    if kind is not Kind.FOOD:
        what = "exercise; add it under Exercise" if kind is Kind.EXERCISE else "a weighing; add it under Weight"
        return ParsedItem(part.text, None, None, part.text, meal, doubt=f"this looks like {what}", kind=kind)
    amount = amount_of(part.text)
    either = " or " in amount.words.lower() and not known(amount.words)
    doubt = amount.doubt or (f"“{amount.words}”: which of them was it?" if either else None)
    return ParsedItem(
        part.text, amount.quantity, amount.unit, amount.words, meal, amount.energy_kcal, amount.size, doubt,
        part.accompanies, amount.may_be,
    )  # fmt: skip


def _logged_elsewhere(piece: str) -> list[Part]:
    """The piece whole when it is no food, so that ``an hour and a half of yoga`` is not parted."""
    return [Part(piece)] if _kind_of(piece) is not Kind.FOOD else []


def _kind_of(text: str) -> Kind:
    """Whether words are a food, or exercise (``30 min running``), or a weighing (``weight 70 kg``)."""
    if _WEIGHING.fullmatch(text):
        return Kind.WEIGHT
    match = _EXERCISE.search(text[:200])
    if match is None:
        return Kind.FOOD
    rest = f"{text[: match.start()]} {text[match.end() :]}".lower()
    present = " ".join(_PRESENT.get(word, word.removesuffix("ed")) for word in rest.split())
    return Kind.EXERCISE if find_activities(present) else Kind.FOOD
