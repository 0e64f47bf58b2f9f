"""Medicines as people write them, matched to the names that the shelf of substances knows."""

import re
from collections.abc import Iterable
from typing import Final

from provender.library.safety_records import Interaction, Substance

LONG: Final = 6
"""Words longer than this may hold one slip of the finger."""
LEAST_PREFIX: Final = 5
_WORDS: Final = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]")
NONE: Final = frozenset({"none", "nothing", "no", "keine", "-", "n/a", "nil"})


def typed_medicines(text: str) -> tuple[str, ...]:
    """Medicines as typed, parted by commas, semicolons, “and” or lines; empty for "none"."""
    parts = [part.strip(" .\t") for part in re.split(r"[,;\n]|\band\b", text)]
    return tuple(part for part in parts if part and part.casefold() not in NONE)


def interactions_with(substance: Substance, medicine: str) -> tuple[Interaction, ...]:
    """What the shelf says of a substance together with a medicine."""
    return tuple(one for one in substance.interactions if _is_named(one.with_, medicine))


def is_known(substances: Iterable[Substance], medicine: str) -> bool:
    """Whether any substance's list knows this medicine; one that none knows is for a pharmacist."""
    return any(interactions_with(substance, medicine) for substance in substances)


def _is_named(names: Iterable[str], medicine: str) -> bool:
    words = _WORDS.findall(medicine.casefold())
    return any(_same(words, _WORDS.findall(name.casefold())) for name in names)


def _same(words: list[str], name: list[str]) -> bool:
    """Whether the words of a name follow one another in what was typed."""
    return any(
        all(_alike(word, wanted) for word, wanted in zip(words[at:], name, strict=False))
        for at in range(len(words) - len(name) + 1)
    )


def _alike(word: str, wanted: str) -> bool:
    if word == wanted:
        return True
    if len(word) >= LEAST_PREFIX and wanted.startswith(word):
        return True
    if len(wanted) >= LEAST_PREFIX and word.startswith(wanted):
        return True
    return min(len(word), len(wanted)) > LONG and one_slip(word, wanted)


def one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less, other, or two neighbours exchanged."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
