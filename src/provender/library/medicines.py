"""Medicines by name, brand and group, and which of them a typed text names."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from provender.library.plain_words import is_misspelt, plain, words
from provender.terms.errors import InputError

LONGEST: Final = 2_000
"""Letters of the longest text that is read."""
LEAST_PREFIX: Final = 5
"""Letters from which the beginning of a name is taken for the name."""
NONE_TAKEN: Final = frozenset({"none", "no", "nothing", "nil", "no medicine", "no medicines", "no medication", "n a"})
_BETWEEN: Final = re.compile(r"[,;\n\r+&/()]|\b(?:and|plus|with)\b", re.IGNORECASE)
_BESIDE_MEDICINES: Final = """
mg mcg ug μg g gram grams ml microgram micrograms milligram milligrams iu unit units tablet tablets pill pills capsule
capsules drop drops spray cream patch daily once twice three times a an the day days per week weekly monthly in at every
each morning evening night noon bedtime lunch breakfast dinner food meals before after on empty stomach dose doses low
high small half for my i take taking blood pressure thyroid heart pain sodium hydrochloride hcl maleate besilate
besylate tartrate succinate sulfate sulphate mesilate calcium potassium slow release prolonged modified mr xl sr er
gastro resistant bd tds qds od bid tid qd nocte mane po of as needed when required prn
one two or about since years months weeks generic brand
"""
_BESIDE: Final = frozenset(_BESIDE_MEDICINES.split())
"""Words that may stand beside a medicine that was recognised; alone they name none."""


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine.

    Attributes:
        name: Its common name, plain.
        groups: Ids of the groups it belongs to; empty where none is kept.
        also: Brands and other names, plain.
    """

    name: str
    groups: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def is_one_of(self, terms: Iterable[str]) -> bool:
        """Whether it is called one of these, or is in one of these groups."""
        return any(term in self.groups or plain(term) in (self.name, *self.also) for term in terms)


@dataclass(frozen=True, slots=True)
class Named:
    """A medicine in what somebody typed.

    Attributes:
        said: The words that name it, plain.
        medicine: None where the words are not known.
        sure: Whether the words are exactly one of its names.
    """

    said: str
    medicine: Medicine | None
    sure: bool = True


def _read() -> Mapping[str, Medicine]:
    text = files("provender.library").joinpath("medicines.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        groups, also = (tuple(part for part in row[name].split("|") if part) for name in ("groups", "also"))
        found[row["name"]] = Medicine(row["name"], groups, also)
    return MappingProxyType(found)


MEDICINES: Final = _read()
"""Medicines by their common name. Source: own; common and brand names in Europe and North America."""


def _names() -> Mapping[tuple[str, ...], tuple[Medicine, ...]]:
    found: dict[tuple[str, ...], tuple[Medicine, ...]] = {}
    for medicine in MEDICINES.values():
        for name in (medicine.name, *medicine.also):
            found[tuple(name.split())] = (*found.get(tuple(name.split()), ()), medicine)
    return MappingProxyType(found)


_NAMES: Final = _names()
_LONGEST_NAME: Final = max(map(len, _NAMES))


def medicines_in(text: str) -> tuple[Named, ...]:
    """What a typed text names, in its order: ``Eltroxin 50 mcg, ramipril`` names two.

    A word is a name if it is one, begins as one, or is one but for a letter; the last two are not sure. A word that
    is none of these comes back as not known. Doses and times of day are passed over beside a medicine.

    Args:
        text: One or several medicines, between commas, lines or "and".

    Returns:
        Empty where the text says none, or nothing.

    Raises:
        InputError: A text of more than 2,000 letters.
    """
    if len(text) > LONGEST:
        raise InputError(f"found {len(text)} letters, expected at most {LONGEST}: name the medicines alone")
    said = words(text)
    parts = [said] if said in _NAMES else [words(part) for part in _BETWEEN.split(text)]
    found = tuple(named for part in parts for named in _of_segment(part))
    if not found and said and " ".join(said) not in NONE_TAKEN:
        return (Named(" ".join(said), None),)
    return found


def _of_segment(said: tuple[str, ...]) -> Iterator[Named]:
    """What stands between two commas; strange words in it are one unknown medicine."""
    if " ".join(said) in NONE_TAKEN:
        return
    left: list[str] = []
    at = 0
    while at < len(said):
        length, named = _at(said[at:])
        yield from named
        left.extend(said[at : at + length] if not named else ())
        at += length
    strange = [word for word in left if word not in _BESIDE and not word[0].isdigit()]
    if strange:
        yield Named(" ".join(strange), None)


def _at(said: tuple[str, ...]) -> tuple[int, tuple[Named, ...]]:
    """How many words the name at the beginning has, and whose it is; one word and nothing where there is none."""
    for length in range(min(_LONGEST_NAME, len(said)), 0, -1):
        for name in (said[:length], (*said[: length - 1], said[length - 1].removesuffix("s"))):
            if name in _NAMES:
                return length, tuple(Named(" ".join(said[:length]), one) for one in _NAMES[name])
    if said[0] in _BESIDE:
        return 1, ()
    meant = {one.name: one for name, some in _NAMES.items() if _may_be(said[0], name) for one in some}
    return 1, tuple(Named(said[0], one, sure=False) for one in meant.values())


def _may_be(typed: str, name: tuple[str, ...]) -> bool:
    """Whether a word begins as a name, or the name as the word, or one letter is wrong."""
    if len(name) > 1:
        return False
    known = name[0]
    begins = len(typed) >= LEAST_PREFIX and known.startswith(typed)
    goes_on = len(known) > LEAST_PREFIX and typed.startswith(known)
    return begins or goes_on or is_misspelt(typed, known)
