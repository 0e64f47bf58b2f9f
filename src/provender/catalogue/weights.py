"""How much each word of a food's name counts, and how much it surprises when nobody asked for it."""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from provender.catalogue.words import CATEGORY_WORDS, IMPLIES, MARKS, NOT, PERCENT, STOP_WORDS, absent, fold, stem, term


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


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


@lru_cache(maxsize=65536)
def surprise(word: str) -> float:
    """How much a word in a food's name surprises when nobody asked for it: 0 not at all, 3 a different food.

    Source: own; after the everyday choices that people make among the names of USDA SR 24.
    """
    if word in STOP_WORDS:
        return 0.0
    if word[0].isdigit():
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
    """Each term of a food's name with how central it is and how much it surprises unasked.

    The first part of a catalogue name is its head (``Egg, whole, raw``); when that is only a shelf label
    (``Nuts, almonds``) the second part is. A word in brackets weighs little; one in capitals is a brand.

    Returns:
        Term to (weight 0 to 1, surprise 0 or more). Source: own.
    """
    parts = [(told, part, _terms(told)) for part in _parts(name) if (told := absent([fold(w) for w, _ in part]))]
    shelf = len(parts) > 1 and all(stem(word) in CATEGORY_WORDS for word in parts[0][0] if word)
    head = {
        stem(w) for told, part, _ in parts[: 1 + shelf] for w, (_, inside) in zip(told, part, strict=True) if not inside
    }
    cooked, shouted = eaten_cooked(head), name.isupper()
    weighed: dict[str, tuple[float, float]] = {}
    for number, (told, part, filed) in enumerate(parts):
        rank = number - shelf
        central, factor = _RANKS[min(max(rank, 0), len(_RANKS) - 1)]
        for at, (word, bracketed) in enumerate(part):
            if not told[at]:
                continue
            dry_method = told[at] == "dry" and told[at + 1 : at + 2] and told[at + 1] in _DRY_METHODS
            cost = 0.1 if dry_method else _cost(word, told[at], cooked=cooked, shelf=rank < 0, shouted=shouted)
            if told[at - 1 : at] == ["with"] and told[at] in _COMPANIONS:
                cost = _COMPANION
            cost *= _BRACKETED[cost < _BRAND] if bracketed else factor
            before = weighed.get(filed[at], (0.0, 0.0))
            weighed[filed[at]] = (max(before[0], 0.75 if bracketed else central), max(before[1], cost))
        for other in _implied(told):
            weighed.setdefault(other, (central, 0.0))
    return weighed


def _terms(told: Sequence[str]) -> list[str]:
    return [term(word) for word in told]


def _implied(told: Sequence[str]) -> Iterator[str]:
    """What a part of a name says is absent without naming it."""
    for at, word in enumerate(told):
        if word in IMPLIES:
            yield IMPLIES[word]
        if word == "only" and at and told[at - 1] == "meat":
            yield "-skin"


_RANKS = ((1.0, 2.0), (0.92, 1.0), (0.85, 0.8), (0.8, 0.6))
"""By part of the name: how central its words are, and the share of their surprise that counts."""
_DRY_METHODS = frozenset({"heat", "roasted"})
"""What ``dry`` may stand before without meaning that the food is dry."""
_COMPANIONS = frozenset({"meat", "meats", "vegetable", "vegetables"})
_COMPANION = 1.6
"""Surprise of another food that a name adds by ``with``, whose word says little elsewhere."""
_BRAND = 2.5
_BRACKETED = {True: 0.2, False: 0.6}
"""Share that counts of a bracketed word's surprise, by whether it is small."""
_SHELF_COST = {"fast": 0.6, "restaurant": 0.8, "snacks": 0.2}


_ABSENT = {"-salt": 0.1, "-skin": 0.1, "-bone": 0.05, "-sugar": 0.5, "-caffeine": 1.6, "-fat": 1.2}
"""Surprise of what is absent; 0.8 for others."""


@lru_cache(maxsize=65536)
def _cost(word: str, form: str, *, cooked: bool, shelf: bool, shouted: bool) -> float:
    if form.startswith(NOT):
        return _ABSENT.get(term(form), 0.8)
    if not shouted and len(word) > 2 and word.isupper():
        return _BRAND
    return _SHELF_COST.get(form, 0.05) if shelf else form_surprise(form, cooked=cooked)


_PIECE = re.compile(rf"{PERCENT}|[(),;]|[^\W_]+")


def _parts(name: str) -> list[list[tuple[str, bool]]]:
    """The words of each part of a name, split at commas outside brackets; whether each stands in brackets."""
    parts: list[list[tuple[str, bool]]] = [[]]
    depth = 0
    for piece in _PIECE.findall(MARKS.sub("", name)):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        elif piece not in ",;":
            parts[-1].append((piece.replace(" ", "") if piece[-1] == "%" else piece, depth > 0))
        elif not depth and parts[-1]:
            parts.append([])
    return parts if parts[-1] else parts[:-1]
