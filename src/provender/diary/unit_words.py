"""The units people write: of mass, volume and energy, household measures, sizes."""

from collections.abc import Sequence

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
    "bit": "piece",
    "carton": "container",
    "chunk": "piece",
    "each": "piece",
    "glassful": "glass",
    "helping": "serving",
    "item": "piece",
    "jigger": "shot",
    "mugful": "mug",
    "bowlful": "bowl",
    "pack": "packet",
    "pc": "piece",
    "pkt": "packet",
    "portion": "serving",
    "pot": "container",
    "rasher": "strip",
    "sachet": "packet",
    "spear": "spear",
    "tin": "can",
    "tub": "container",
}
HOUSEHOLD = frozenset(
    tokens(
        """
        bag bar bottle bowl box bunch can clove container cube dash dollop ear fillet glass
        handful head jar knob leaf link loaf mug package packet pat patty piece pinch plate
        punnet ring scoop serving sheet shot slice spear splash spoonful sprig square stalk
        stick strip wedge
        """
    )
)
"""Household measures that only a food's own portions can weigh."""
_NOT_A_UNIT = {("pound", "cake"), ("cup", "cake"), ("stick", "bread"), ("head", "cheese"), ("bar", "snack")}


def unit_at(phrase: Sequence[Token], at: int) -> tuple[str | None, str | None, int]:
    """The unit at one place, a size beside it, and where they end; ``large egg`` has the unit ``large``."""
    size, after = _size_at(phrase, at)
    unit, beyond = _plain_unit_at(phrase, after)
    if unit is None and size is not None:
        return (None, None, at) if size in _NOT_WITHOUT_UNIT else (size, None, after)
    return unit, size, beyond


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
        after = at + length
        following = stem(phrase[after].folded) if after < len(phrase) else ""
        unit = unit_of(" ".join(t.folded for t in piece))
        if unit is not None and (unit if length > 1 else stem(piece[0].folded), following) not in _NOT_A_UNIT:
            return unit, after
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
        unit = canonical_unit(bare)
    except UnitError:
        return None
    return unit if unit in MASS_G or unit in VOLUME_ML or unit in {"kcal", "kJ"} else None
