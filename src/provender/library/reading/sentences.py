"""Paragraphs cut into sentences: abbreviations, initials, decimals and quotations do not end one."""

import re
from typing import Final

_END: Final = re.compile(r"[.!?…]+['\"”’»)\]*]*(?:\[\d{1,3}(?:[,–-] ?\d{1,3})*\])*(?=\s)")
_NEVER: Final = frozenset(
    [
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "st",
        "e.g",
        "i.e",
        "vs",
        "approx",
        "no",
        "nos",
        "fig",
        "figs",
        "eq",
        "vol",
        "pp",
        "cf",
        "ed",
        "eds",
        "sr",
        "jr",
        "gen",
        "col",
        "rev",
        "hon",
        "mt",
        "ft",
        "in",
        "lb",
        "lbs",
        "oz",
        "tsp",
        "tbsp",
        "esp",
        "al",
        "mg",
        "mcg",
        "ca",
        "resp",
        "dept",
        "univ",
        "assn",
        "viz",
        "incl",
    ]
)
"""After these a full stop ends no sentence, unless a word follows that begins one."""
_SOMETIMES: Final = frozenset(
    [
        "u.s",
        "u.k",
        "u.s.a",
        "e.u",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "a.m",
        "p.m",
        "min",
        "max",
        "al",
        "ph.d",
        "m.d",
        "g.p",
        "b.c",
        "a.d",
        "sept",
        "oct",
        "nov",
        "dec",
        "jan",
        "feb",
        "aug",
        "approx",
    ]
)
_UNITS: Final = frozenset(["in", "ft", "mg", "mcg", "oz", "lb", "lbs", "no", "st", "al", "ed"])
"""Words of ``_NEVER`` that also end sentences, when a word that begins one follows."""
_STARTERS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "it",
        "this",
        "that",
        "these",
        "those",
        "they",
        "we",
        "he",
        "she",
        "you",
        "i",
        "but",
        "and",
        "however",
        "also",
        "if",
        "when",
        "while",
        "although",
        "there",
        "for",
        "as",
        "at",
        "on",
        "one",
        "some",
        "many",
        "most",
        "people",
        "people's",
        "its",
        "their",
        "our",
        "my",
        "his",
        "her",
        "no",
        "not",
        "after",
        "before",
        "several",
        "both",
        "other",
        "such",
        "what",
        "why",
        "how",
        "yes",
        "cases",
        "adults",
        "women",
        "men",
        "studies",
        "researchers",
        "doctors",
        "patients",
        "take",
        "ask",
        "never",
        "do",
        "don't",
        "to",
        "by",
        "with",
        "from",
    ]
)
_LETTERED: Final = frozenset(
    [
        "vitamin",
        "vitamins",
        "hepatitis",
        "group",
        "type",
        "appendix",
        "grade",
        "plan",
        "omega",
        "phase",
        "class",
        "arm",
        "blood",
        "part",
    ]
)
_GREETING: Final = re.compile(
    r"(?:(?:dear|hi|hello|hey)\b(?: [\w’'-]+){0,3}|see you[\w ’']*|(?:best|kind|warm) (?:wishes"
    r"|regards)|yours(?: \w+)?|take care|cheers|warmly),(?=\s+[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_MEASURES: Final = frozenset(["in", "ft", "mg", "mcg", "oz", "lb", "lbs", "tsp", "tbsp", "min", "max", "g"])
WINDOW: Final = 100
"""Characters after a full stop, and a tenth of those before it, that tell whether it ends a sentence."""
_OPENERS: Final = "\"'“‘«([*"


def sentences(paragraph: str) -> tuple[str, ...]:
    """The sentences of a paragraph, in order; put together with spaces they are the paragraph.

    Args:
        paragraph: Text without line feeds.
    """
    found: list[str] = []
    greeting = _GREETING.match(paragraph)
    start = greeting.end() if greeting else 0
    if greeting:
        found.append(greeting[0])
    for match in _END.finditer(paragraph):
        after = paragraph[match.end() : match.end() + WINDOW].lstrip()
        before = paragraph[max(start, match.start() - 10 * WINDOW) : match.start()]
        if after and _ends(before, match[0], after):
            found.append(paragraph[start : match.end()].strip())
            start = match.end()
    rest = paragraph[start:].strip()
    return (*found, rest) if rest else tuple(found)


def is_greeting(line: str) -> bool:
    """Whether a line begins or ends a letter: “Dear reader, …”, “See you next week, Hanna”."""
    return bool(_GREETING.match(line))


def _ends(before: str, mark: str, after: str) -> bool:
    begin = after.lstrip(_OPENERS)[:1]
    if not (begin.isupper() or begin.isdigit() or (begin and not begin.isalpha() and after[0] in "*•")):
        return False
    if mark[0] in "!?…" or len(mark.rstrip("'\"”’»)]*")) > 1:
        return True
    if mark[-1] in '"”' and mark[0] == "." and before.count('"') + before.count("“") == 0:
        return True
    return _full_stop_ends(before, mark, after)


def _full_stop_ends(before: str, mark: str, after: str) -> bool:
    words = before.split()
    last = words[-1].lstrip("(\"'“‘[") if words else ""
    follows = re.split(r"[\s,.;:!?]", after.lstrip(_OPENERS), maxsplit=1)[0].lower()
    lower = last.lower()
    if re.fullmatch(r"\(?\[?\d{1,2}", last) and len(words) == 1:
        return False
    if re.fullmatch(r"[A-ZÀ-Þ]|(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ]", last) and lower not in _SOMETIMES:
        return _after_letter(words, follows)
    if lower in _MEASURES and len(words) > 1 and words[-2][:1].isdigit():
        return True
    if lower in _SOMETIMES:
        return len(mark) > 1 or follows in _STARTERS
    if lower in _NEVER:
        return lower in _UNITS and follows in _STARTERS and lower != "al"
    return True


def _after_letter(words: list[str], follows: str) -> bool:
    """Whether a single letter ends a sentence: “vitamin D.” does, “A. J. Lindqvist” does not."""
    if len(words) > 1 and words[-2].lower().strip("(\"'“") in _LETTERED:
        return True
    return follows in _STARTERS and len(words) > 3 and len(words[-1]) > 1
