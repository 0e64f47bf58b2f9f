"""Brands in USDA's names, where they stand in capitals: ``Cereals ready-to-eat, KELLOGG, KELLOGG'S ALL-BRAN``."""

import re
from typing import Final

_WORD: Final = re.compile(r"(?:Mc)?[A-Z0-9][A-Z0-9'&.!/+-]*(?:'s)?")
_LETTERS: Final = re.compile(r"[A-Z]")
_TAIL: Final = re.compile(r"(?: \d+| BBQ| US|\.)+$")
NO_BRANDS: Final = frozenset({
    "AM", "AMARANTH", "AND", "ARA", "BBQ", "BLT", "BRAN", "BROWN", "CHICKEN", "CRISPY", "CSM",
    "CY0617B", "CY0617C", "DHA", "EPA", "FLAKES", "FOS", "H2H", "HFCS", "II", "III", "IV", "LIGHT",
    "MSG", "MUESLI", "MUFA", "NFS", "NFSMI", "NS", "NZ", "OAT", "OR", "PDR", "PM", "PUFA", "RICE",
    "RTE", "RTF", "SELECT", "SELECTS", "SOUP", "SPF", "TH", "TLC", "TV", "UHT", "UPC", "US", "USA",
    "USDA", "UV", "VI", "VII", "VIII", "VPP", "WHEAT", "WIC", "WITH", "WPC",
})  # fmt: skip
"""Words in capitals that make no brand by themselves."""
MAKERS: Final = (
    "BREYERS", "BUDWEISER", "CAMPBELL'S", "CAMPBELL", "COCA-COLA", "FARLEY", "GENERAL MILLS", "GERBER", "HERSHEY'S",
    "HORMEL", "KASHI", "KELLOGG'S", "KELLOGG", "KLONDIKE", "KRAFT", "M&M'S", "M&M'", "M&M", "MARS", "MARTHA WHITE",
    "NABISCO", "NATURAL TOUCH", "NUTRI-GRAIN", "PILLSBURY", "POPSICLE", "POST", "QUAKER", "REESE'S", "REESE'",
    "ROMAN MEAL", "SNICKERS", "SMART BALANCE", "TWIZZLERS", "YORK", "WEETABIX", "DOMINO'S",
)  # fmt: skip
"""Makers whose products follow in the same run of capitals."""
SPELLINGS: Final = {
    "KELLOGG'S": "KELLOGG", "CAMPBELL'S": "CAMPBELL", "HERSHEY'S": "HERSHEY", "M&M'": "M&M'S", "M&M": "M&M'S",
    "M&M MARS": "MARS", "REESE'": "REESE'S", "PEPSICO QUAKER GATORADE": "GATORADE",
}  # fmt: skip


def brand_in(name: str) -> str | None:
    """The brand in one of USDA's names, in its own capitals; None when there is none.

    Of several the first, and of a maker with its product the maker: ``KASHI HEART TO HEART`` is ``KASHI``.
    """
    for part in re.split(r"[,()/]\s*", name):
        if runs := _runs(part):
            return _maker(runs[0])
    return _begun(name)


def _runs(part: str) -> list[str]:
    """The runs of words in capitals that can be a brand."""
    runs: list[list[str]] = [[]]
    for word in part.split():
        bare = word.strip('";:')
        if _WORD.fullmatch(bare) or (bare == "of" and runs[-1]):
            runs[-1].append(bare)
        else:
            runs.append([])
    return [_TAIL.sub("", " ".join(run)).replace("'s", "'S") for run in runs if any(map(_names, run))]


def _names(word: str) -> bool:
    """Whether a word can be what makes a run a brand: two capitals, and not one of the known others."""
    return len(_LETTERS.findall(word)) > 1 and word.strip(".") not in NO_BRANDS


def _begun(name: str) -> str | None:
    """The maker a name begins with, written as other words are: ``Kashi TLC Crackers``."""
    return next((SPELLINGS.get(m, m) for m in MAKERS if name.upper().startswith(f"{m} ") and name[1].islower()), None)


def _maker(run: str) -> str:
    if run in SPELLINGS:
        return SPELLINGS[run]
    found = next((m for m in MAKERS if run.startswith(f"{m} ")), run)
    return SPELLINGS.get(found, found)
