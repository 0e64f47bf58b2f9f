"""The numbers in a sentence, in digits or in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

_UNITS: Final = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES: Final = {word: i for i, word in enumerate(f"{_UNITS} seventeen eighteen nineteen".split(), 1)}
_TENS: Final = {
    word: 10 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES: Final = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_FRACTIONS: Final = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_WORD: Final = "|".join(sorted((*_ONES, *_TENS), key=len, reverse=True))
_DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_SAID: Final = rf"(?:{_DIGITS}|\b(?:{_WORD})(?:[- ](?:{_WORD}))?\b)"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,/])(?P<said>{_SAID})(?:st|nd|rd|th)?(?:[  -]?(?P<scale>hundred|thousand|million|billion))?"
    rf"(?P<percent>\s?%|\s?percent\b|\s?per cent\b)?(?![\w])",
    re.IGNORECASE,
)
_RATIO: Final = re.compile(
    rf"(?<![\w.,])(?P<part>{_SAID}) (?:in|out of|of every|of) (?:every )?(?P<whole>{_SAID})(?![\w%]|\s?percent)"
    rf"|\b(?P<some>{_WORD}) (?:[a-z]+ ){{1,3}}in (?:every )?(?P<all>{_WORD})\b",
    re.IGNORECASE,
)
_FRACTION: Final = re.compile(
    r"(?:\b(?P<times>a|one|two|three|four|nine)[ -])?\b(?P<of>half|third|quarter|fifth|tenth)s?\b"
    r"(?: (?P<more>of|as|the)\b)?",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"\b(?:per|in|of|each|every) 100 ?(?:g|ml|kcal|grams?)\b", re.IGNORECASE)
"""A unit and no number: what 100 g hold."""
_BOTH: Final = re.compile(r"\b(?:the|these|those|all|other|next|last) $", re.IGNORECASE)
"""Before a number in words: it points at what was counted before."""
_ABOVE: Final = re.compile(r"\b(?:more than|over|at least|above) $", re.IGNORECASE)
_BELOW: Final = re.compile(r"\b(?:less than|fewer than|under|at most|below|nearly|almost) $", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z]-$")
_YEARS: Final = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a sentence states.

    Attributes:
        said: As it stands there.
        value: What it is; of a part of a whole, the share.
        step: Its last place: what it is rounded to.
        percent: Whether it is said in percent.
        rough: Whether it is a part of a whole, which a share near it bears out ("two in five", "half").
        parts: Of a part of a whole, both numbers; empty for others.
        bound: Whether a part of a whole is said to be above ("more than half") or below it.
    """

    said: str
    value: float
    step: float
    percent: bool = False
    rough: bool = False
    parts: tuple[float, ...] = ()
    bound: Literal["above", "below", ""] = ""


def figures(text: str) -> tuple[Figure, ...]:
    """The numbers in a text; not years, not the digits of a name (omega-3, B12), not "one" where it only counts."""
    text = _UNIT.sub(lambda m: " " * len(m[0]), text)
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for one, start, end in (*_ratios(text), *_fractions(text), *_numbers(text)):
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            found.append(one)
    return tuple(one for _, one in sorted(zip(taken, found, strict=True), key=lambda pair: pair[0]))


def _numbers(text: str) -> Iterator[tuple[Figure, int, int]]:
    for m in _NUMBER.finditer(text):
        said, scale = m["said"], (m["scale"] or "").casefold()
        if said.casefold() == "one" and not scale and not m["percent"]:
            continue
        value, step = _value(said)
        if _is_name(text[: m.start()], said) or (not scale and not m["percent"] and _year(said)):
            continue
        times = _SCALES.get(scale, 1.0)
        yield Figure(m[0].strip(), value * times, step * times, percent=bool(m["percent"])), m.start(), m.end()


def _ratios(text: str) -> Iterator[tuple[Figure, int, int]]:
    for m in _RATIO.finditer(text):
        of = m["whole"] or m["all"]
        part, whole = _value(m["part"] or m["some"])[0], _value(of)[0]
        if 0 < part < whole and not _year(of):
            bound = _bound(text[: m.start()])
            yield Figure(m[0], part / whole, 0.0, rough=True, parts=(part, whole), bound=bound), m.start(), m.end()


def _fractions(text: str) -> Iterator[tuple[Figure, int, int]]:
    for m in _FRACTION.finditer(text):
        part = m["of"].casefold()
        if part != "half" and not m["times"]:
            continue
        if part == "half" and not m["more"] and not m["times"]:
            continue
        times = {"a": 1.0, "": 1.0}.get((m["times"] or "").casefold()) or float(_ONES[m["times"].casefold()])
        value, bound = times * _FRACTIONS[part], _bound(text[: m.start()])
        yield Figure(m[0], value, 0.0, rough=True, bound=bound), m.start(), m.end()


def _bound(before: str) -> Literal["above", "below", ""]:
    if _ABOVE.search(before):
        return "above"
    return "below" if _BELOW.search(before) else ""


def _is_name(before: str, said: str) -> bool:
    """Whether a number is part of a name (omega-3), or only points at what was counted (the two)."""
    return bool(_NAME.search(before)) or (not said[0].isdigit() and bool(_BOTH.search(before)))


def _year(said: str) -> bool:
    return len(said) == 4 and said.isdigit() and int(said) in _YEARS


def _value(said: str) -> tuple[float, float]:
    """A number in digits or words, and its last place."""
    plain = said.replace(",", "")
    if plain[0].isdigit() or plain[0] == ".":
        _, _, decimals = plain.partition(".")
        return float(plain), 10.0 ** -len(decimals)
    total = 0.0
    for word in plain.casefold().replace("-", " ").split():
        total += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total, 1.0
