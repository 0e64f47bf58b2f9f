"""The words of food names: how they fold, which say the same, and how much an unasked one surprises."""

import re
import unicodedata
from collections.abc import Set
from functools import lru_cache

_PIECE = re.compile(r"[(),;]|[^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"['’`]|(?<=\w)\.(?=\w\b)")
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

COOKED_TO_EAT = _set(
    """
    artichoke asparagus bacon barley bean beef beet broadbean buckwheat bulgur catfish chicken
    chickpea clam cod corn couscous cowpea crab crustacean duck eggplant fish game haddock halibut
    hominy lamb lentil lobster macaroni millet mollusk mussel noodle oat okra ostrich pasta pea
    plantain pork potato pumpkin quinoa rice rutabaga salmon shrimp soybean spaghetti squash tilapia
    trout tuna turkey turnip veal yam
    """
)
"""Foods that most people eat cooked, so that an unasked ``raw`` or ``dry`` is the surprise."""
_NOT_COOKED = frozenset({"butter", "bread", "oil"})
_RAW_FORMS = frozenset({"raw", "dry", "uncooked"})
_COOKED_FORMS = {
    "cooked": 0.6,
    "boiled": 0.4,
    "baked": 0.5,
    "broiled": 0.5,
    "roasted": 0.5,
    "stewed": 0.6,
    "fried": 0.6,
}

_COSTS = {
    0.02: """
        all average brewed broiler broilers commercial commercially drinking edible fresh fryer
        fryers gram grams grounds mature meat milkfat only ounce per plain portion regular ripe
        round style table type types varieties variety year
    """,
    0.1: """
        added approximately baked boiled bone boneless bottled cooked d drained enriched fat
        flavor flesh fluid generic grain granulated heat home homemade includes lean long meats
        mixed peeled prepared purpose raw recipe red roasted salt salted skin smooth species
        standard tap  topping traditional vegetable vitamin water white without
    """,
    0.4: """
        0 1 2 8 atlantic broiled california cheddar choice chopped chunk cooking dark farmed
        florida fried grade grades heated inch light medium microwaved pacific pan protein salad
        select separable short sliced steamed stewed sweetened trimmed unenriched unsweetened
        whole wild
    """,
    1.6: """
        batter battered breaded calorie candied canned caramel chocolate coated concentrate
        condensed creamed decaffeinated dehydrated diet dietetic dinner dried dry entree
        evaporated filling flavored fortified free frozen glazed glutinous heavy instant low
        lowfat nonfat parboiled pickled precooked quick reduced sauce seasoned smoked sodium soup
        sprout sprouted stuffed sugar sun syrup toasted unprepared vanilla
    """,
    3.0: """
        alaska apache australian baby babyfood back bar bars bits brain bran buffalo byproducts
        cake chips commodity cookie cookies crude deboned duck feet filled flour formula
        formulated freeze giblets gizzard goose hopi human imitation imported indian industrial
        infant junior lauric lunch lung meatless mechanically military mix native navajo neck nfs
        offal oil peel pie plains powder powdered producer products quail refuse replacement
        school sheep shoshone southwest spleen spread strained substitute substitutes supplement
        tail toddler unheated zealand
    """,
}
_SURPRISE = {word: cost for cost, words in _COSTS.items() for word in words.split()}
ORDINARY = 1.0
"""Surprise of a word the table does not know."""


def fold(text: str) -> str:
    """The text in lower case without accents, so that ``Crème`` and ``creme`` meet."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parted if not unicodedata.combining(c))


_folded = lru_cache(maxsize=65536)(fold)


def tokens(text: str) -> list[str]:
    """The folded words of a text in order; apostrophes close up (``m&m's`` gives ``m``, ``ms``)."""
    return _WORD.findall(_MARKS.sub("", fold(text)))


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
        return word[: word.rindex("ie")] + "y"
    if len(word) > 4 and word.endswith(("oes", "shes", "ches", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=65536)
def surprise(word: str) -> float:
    """How much a word in a food's name surprises when nobody asked for it: 0 not at all, 3 a different food.

    Source: own; after the everyday choices that people make among the names of USDA SR 24.
    """
    if word in STOP_WORDS:
        return 0.0
    if word.isdigit():
        return 0.15
    return _SURPRISE.get(word, _SURPRISE.get(stem(word), ORDINARY))


def eaten_cooked(head: Set[str]) -> bool:
    """Whether a food with these stems at the head of its name is usually eaten cooked."""
    return not head.isdisjoint(COOKED_TO_EAT) and head.isdisjoint(_NOT_COOKED)


def form_surprise(word: str, *, cooked: bool) -> float:
    """``surprise`` of a word in a food that is usually eaten ``cooked``, or not."""
    if cooked and word in _RAW_FORMS:
        return 1.6
    if not cooked and word in _COOKED_FORMS:
        return _COOKED_FORMS[word]
    return surprise(word)


def weigh(name: str) -> dict[str, tuple[float, float]]:
    """Each word of a food's name with how central it is and how much it surprises unasked.

    The first part of a catalogue name is its head (``Egg, whole, raw``); when that is only a shelf label
    (``Nuts, almonds``) the second part is. A word in brackets weighs little; one in capitals is a brand.

    Returns:
        Folded word to (weight 0 to 1, surprise 0 or more). Source: own.
    """
    parts = _parts(name)
    shelf = len(parts) > 1 and all(stem(fold(word)) in CATEGORY_WORDS for word, _ in parts[0])
    head = {stem(fold(word)) for part in parts[: 1 + shelf] for word, bracketed in part if not bracketed}
    cooked, shouted = eaten_cooked(head), name.isupper()
    weighed: dict[str, tuple[float, float]] = {}
    for number, part in enumerate(parts):
        rank = number - shelf
        central, factor = _RANKS[min(max(rank, 0), len(_RANKS) - 1)]
        for at, (word, bracketed) in enumerate(part):
            form = _folded(word)
            dry_method = form == "dry" and at + 1 < len(part) and _folded(part[at + 1][0]) in _DRY_METHODS
            cost = 0.1 if dry_method else _cost(word, cooked=cooked, shelf=rank < 0, shouted=shouted)
            cost *= _BRACKETED[cost < _BRAND] if bracketed else factor
            before = weighed.get(form, (0.0, 0.0))
            weighed[form] = (max(before[0], 0.75 if bracketed else central), max(before[1], cost))
    return weighed


_RANKS = ((1.0, 2.0), (0.92, 1.0), (0.85, 0.8), (0.8, 0.6))
"""By part of the name: how central its words are, and the share of their surprise that counts."""
_DRY_METHODS = frozenset({"heat", "roasted"})
"""What ``dry`` may stand before without meaning that the food is dry."""
_BRAND = 2.5
_BRACKETED = {True: 0.2, False: 0.6}
"""Share that counts of a bracketed word's surprise, by whether it is small."""
_SHELF_COST = {"fast": 0.6, "restaurant": 0.8, "snacks": 0.2}


@lru_cache(maxsize=65536)
def _cost(word: str, *, cooked: bool, shelf: bool, shouted: bool) -> float:
    if not shouted and len(word) > 2 and word.isupper():
        return _BRAND
    form = _folded(word)
    return _SHELF_COST.get(form, 0.05) if shelf else form_surprise(form, cooked=cooked)


def _parts(name: str) -> list[list[tuple[str, bool]]]:
    """The words of each part of a name, split at commas outside brackets; whether each stands in brackets."""
    parts: list[list[tuple[str, bool]]] = [[]]
    depth = 0
    for piece in _PIECE.findall(_MARKS.sub("", name)):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif piece not in ",;":
            parts[-1].append((piece, depth > 0))
        elif not depth and parts[-1]:
            parts.append([])
    return parts if parts[-1] else parts[:-1]
