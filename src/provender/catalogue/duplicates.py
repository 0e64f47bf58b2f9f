"""One food in several sources: what tells that it is one, which source's is kept, where an id of another one leads."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

NDB: Final = "USDA number"
FOOD_CODE: Final = "food code"
BARCODE: Final = "barcode"
Identity = tuple[str, int]
"""What tells that two foods are one, and its value."""

_RELEASES: Final = {NDB: ("fdc:ndb-", "usda-sr:", "usda-sr24:"), FOOD_CODE: ("fdc:food-", "usda-fndds:")}
"""How the ids of a food begin in each source, the one to keep first: newer measurements come first."""
_WIDTHS: Final = {NDB: 5, FOOD_CODE: 8}
_BRANDS: Final = ("fdc:gtin-", "off:")
"""The same for brands' foods: what the maker told USDA before what volunteers copied from the label."""
LONGEST_BARCODE: Final = 18
"""Digits that fit a section of 64-bit numbers; a barcode has at most fourteen."""


def identity(food_id: str, barcode: str = "") -> Identity | None:
    """What a food shares with its copies in other sources; None when nothing tells.

    Args:
        food_id: Its id.
        barcode: Its barcode; "" for none.
    """
    if barcode.isdigit() and 0 < len(barcode.lstrip("0")) <= LONGEST_BARCODE:
        return BARCODE, int(barcode)
    for what, beginnings in (*_RELEASES.items(), (BARCODE, _BRANDS)):
        for beginning in beginnings:
            digits = food_id.removeprefix(beginning)
            if digits != food_id and digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_BARCODE:
                return what, int(digits)
    return None


def other_ids(food_id: str) -> Iterator[str]:
    """The ids under which other releases and sources of USDA's keep this very food, the one to take first."""
    same = identity(food_id)
    for beginning in _RELEASES.get(same[0], ()) if same else ():
        other = f"{beginning}{same[1]:0{_WIDTHS[same[0]]}d}" if same else ""
        if other != food_id:
            yield other


def precedence(food_id: str) -> int:
    """Which of several copies is kept: the highest. A table of one's own comes before any publisher's."""
    beginnings = ("csv-", *_RELEASES[NDB], *_RELEASES[FOOD_CODE], *_BRANDS)
    return next((len(beginnings) - at for at, begun in enumerate(beginnings) if food_id.startswith(begun)), 0)


class Copies:
    """The copies among foods, decided from all of them, so that the order in which they came does not matter.

    Args:
        foods: Id and barcode of each.

    Attributes:
        left_out: Source of a copy, what told that it is one, source of what is kept, to how many.
    """

    def __init__(self, foods: Iterable[tuple[str, str]]) -> None:
        self.left_out: Counter[tuple[str, str, str]] = Counter()
        self._kept: dict[Identity, tuple[int, str]] = {}
        for food_id, barcode in foods:
            same = identity(food_id, barcode)
            if same:
                best = (precedence(food_id), food_id.partition(":")[0])
                self._kept[same] = max(best, self._kept.get(same, best))

    def is_copy(self, food_id: str, barcode: str) -> bool:
        """Whether another source's food is kept for this one; counted in ``left_out``."""
        same, source = identity(food_id, barcode), food_id.partition(":")[0]
        kept = self._kept[same][1] if same else source
        if same and kept != source:
            self.left_out[source, same[0], kept] += 1
        return kept != source
