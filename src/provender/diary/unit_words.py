"""The units people write: of mass, volume and energy, household measures, sizes, names that only look like one."""

from collections.abc import Sequence
from decimal import Decimal

from provender.catalogue.words import fold, stem, tokens
from provender.diary.phrases import Token
from provender.terms.errors import UnitError
from provender.terms.units import MASS_G, VOLUME_ML, canonical_unit

SIZES = ("extra small", "small", "medium", "large", "extra large", "jumbo")
_SIZE_WORDS = {word: word for word in SIZES} | {
    "big": "large",
    "little": "small",
    "mini": "small",
    "regular": "regular",
    "thick": "thick",
    "thin": "thin",
    "xl": "extra large",
}
_NOT_WITHOUT_UNIT = {"regular", "thick", "thin"}
_ALIASES = {
    "bottleful": "bottle",
    "bowlful": "bowl",
    "carton": "container",
    "chunk": "piece",
    "dab": "smear",
    "each": "piece",
    "galss": "glass",
    "glassful": "glass",
    "handfull": "handful",
    "hanful": "handful",
    "helping": "serving",
    "item": "piece",
    "jigger": "shot",
    "mouthful": "bite",
    "mugful": "mug",
    "pack": "packet",
    "pc": "piece",
    "peice": "piece",
    "pkt": "packet",
    "plateful": "plate",
    "portion": "serving",
    "pot": "container",
    "rasher": "strip",
    "sachet": "packet",
    "scrape": "smear",
    "slcy": "slice",
    "spoon": "spoonful",
    "sprinkling": "sprinkle",
    "squirt": "squeeze",
    "tin": "can",
    "tub": "container",
}
_SPELT = {
    "cupful": "cup", "tabelspoon": "tbsp", "tablespon": "tbsp", "tablespoonful": "tbsp", "tablspoon": "tbsp",
    "tbl": "tbsp", "tblsp": "tbsp", "tbspn": "tbsp", "teaspon": "tsp", "teaspoonful": "tsp", "tspn": "tsp",
}  # fmt: skip
_ABBREVIATED = {"c": "cup", "C": "cup", "T": "tbsp", "t": "tsp"}
"""As American recipes write them; only after a number."""
HOUSEHOLD = frozenset(
    tokens(
        """
        bag bar bit bite bottle bowl box bunch can clove container cube dash dollop drizzle drop ear fillet glass
        handful head jar knob leaf link loaf lot mug package packet pat patty piece pinch plate
        punnet ring scoop serving sheet shot slice smear spear splash spoonful sprig sprinkle square squeeze
        stalk stick strip wedge
        """
    )
)
"""Household measures that only a food's own portions can weigh."""
_ALONE = HOUSEHOLD & {"bottle", "bowl", "can", "dollop", "drizzle", "glass", "handful", "knob", "mug", "packet",
                      "pinch", "serving", "slice", "splash", "spoonful"} | {"cup", "tbsp", "tsp"}  # fmt: skip
"""Units that need neither a number nor ``of``: ``slice toast``, ``tin tuna``."""
_FOODS = {
    "pound": "cake", "cup": "cake noodle soup", "stick": "bread", "head": "cheese", "bar": "snack",
    "pot": "barley noodle pie roast sticker", "fillet": "steak", "strip": "steak", "cube": "steak", "sheet": "cake",
    "ring": "donut doughnut", "patty": "melt", "mug": "cake", "bottle": "gourd", "glass": "noodle", "loaf": "cake",
    "wedge": "salad", "drop": "biscuit scone", "square": "sausage", "big": "mac tasty", "little": "gem",
    "mini": "babybel egg roll wheat",
}  # fmt: skip
"""Foods named like a unit or a size: what it begins with, and what then follows it, in the singular."""
_INCHES = frozenset({'"', "”", "″", "inch", "inches"})
VAGUE = {
    "pinch": "1/16 tsp, 1/8 tsp",
    "dash": "1/8 tsp, 1/4 tsp, 1/2 tsp",
    "drop": "1/64 tsp, 1/8 tsp",
    "sprinkle": "1/4 tsp, 1/2 tsp, 1 tsp",
    "smear": "1/2 tsp, 1 tsp, 2 tsp",
    "knob": "1 tsp, 2 tsp, 1 tbsp",
    "drizzle": "1 tsp, 2 tsp, 1 tbsp",
    "squeeze": "1 tsp, 2 tsp, 1 tbsp",
    "splash": "1 tsp, 1 tbsp, 2 tbsp",
    "spoonful": "1 tsp, 1 tbsp",
    "dollop": "1 tbsp, 2 tbsp, 1/4 cup",
    "handful": "1/4 cup, 1/3 cup, 1/2 cup",
    "bowl": "1 cup, 1 1/2 cup, 2 cup",
    "plate": "1 cup, 1 1/2 cup, 2 cup",
}
"""What a measure of no fixed size may be, to choose from, never taken by itself. Source: own, kitchen usage."""
VAGUE_OF_DRINKS = {
    "shot": "25 ml, 35 ml, 44 ml",
    "glass": "150 ml, 200 ml, 250 ml, 300 ml",
    "mug": "250 ml, 300 ml, 350 ml",
    "can": "250 ml, 330 ml, 355 ml, 500 ml",
    "bottle": "330 ml, 500 ml, 750 ml, 1000 ml",
    "small": "200 ml, 240 ml, 300 ml",
    "medium": "240 ml, 350 ml, 475 ml",
    "large": "350 ml, 475 ml, 590 ml",
}
"""The same for what only a drink is measured in. Source: own, from what is sold in Europe and the US."""
IMPERIAL_PINT_ML = Decimal("568.26125")
"""Source: UK Weights and Measures Act 1985, the gallon of 4.54609 litres."""
PREPARED = frozenset(
    tokens(
        """
        baked barbecued black boiled boneless bonein braised chilled chopped cold cooked cubed decaf diced drained dried
        fresh fried frozen grated grilled homemade hot iced lean mashed melted microwaved peeled pickled plain poached
        raw roasted salted sauteed scrambled shredded skinless skinon sliced smoked steamed sweetened toasted uncooked
        unsalted unsweetened small medium large well done lightly deep pan oven dry
        """
    )
)
"""What says how the food before it was made, not another food, and what a name need not repeat."""
PARTS_OF = frozenset({"of", "o'", "o’", "o"})


def stands_alone(phrase: Sequence[Token], at: int) -> bool:
    """Whether a unit stands here without a number: ``slice of toast``, ``tbsp honey``, ``large egg``."""
    unit, _, after = unit_at(phrase, at)
    if unit is None or after >= len(phrase) or unit in MASS_G or unit in {"kcal", "kJ"} or len(phrase[at].text) < 2:
        return False
    if unit in SIZES or phrase[after].folded in PARTS_OF:
        return True
    return unit in _ALONE and phrase[after].folded[:1].isalpha()


def is_length_at(phrase: Sequence[Token], at: int) -> bool:
    """Whether inches stand here: the size of a pizza, not how much of it."""
    return at < len(phrase) and phrase[at].folded.strip("-") in _INCHES


def unit_at(phrase: Sequence[Token], at: int) -> tuple[str | None, str | None, int]:
    """The unit at one place, a size beside it, and where they end; ``large egg`` has the unit ``large``."""
    if is_food_at(phrase, at):
        return None, None, at
    size, after = _size_at(phrase, at)
    unit, beyond = _plain_unit_at(phrase, after)
    if unit is None and size is not None:
        return (None, None, at) if size in _NOT_WITHOUT_UNIT else (size, None, after)
    return unit, size, beyond


def is_food_at(phrase: Sequence[Token], at: int) -> bool:
    """Whether a food begins here that is only named like a unit: ``pot roast``, ``big mac``."""
    if at + 1 >= len(phrase):
        return False
    return stem(phrase[at + 1].folded) in _FOODS.get(stem(phrase[at].folded), "").split()


def _size_at(phrase: Sequence[Token], at: int) -> tuple[str | None, int]:
    pair = " ".join(t.folded.replace("-", " ") for t in phrase[at : at + 2])
    if pair in _SIZE_WORDS:
        return _SIZE_WORDS[pair], at + 2
    word = phrase[at].folded.replace("-", " ") if at < len(phrase) else ""
    return (_SIZE_WORDS[word], at + 1) if word in _SIZE_WORDS else (None, at)


def _plain_unit_at(phrase: Sequence[Token], at: int) -> tuple[str | None, int]:
    for length in (2, 1):
        piece = phrase[at : at + length]
        if len(piece) < length or any(t.number for t in piece):
            continue
        unit = _ABBREVIATED.get(piece[0].text) if length == 1 else None
        unit = unit or unit_of(" ".join(t.folded for t in piece))
        if unit is not None and not is_food_at(phrase, at):
            return unit, at + length
    return None, at


def unit_of(text: str) -> str | None:
    """The one spelling of a unit of mass, volume, energy or household measure; None for any other word."""
    bare = fold(text)
    singular = stem(bare)
    household = _ALIASES.get(singular, singular)
    if household in HOUSEHOLD:
        return household
    if not bare[:1].isalpha():
        return None
    try:
        unit = canonical_unit(_SPELT.get(singular, bare))
    except UnitError:
        return None
    return unit if unit in MASS_G or unit in VOLUME_ML or unit in {"kcal", "kJ"} else None
