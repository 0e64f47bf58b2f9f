"""Everyday activities and the energy they cost, from a table of metabolic equivalents (MET).

The table's codes and METs are facts from Ainsworth BE et al. (2011), 2011 Compendium of Physical Activities,
Med Sci Sports Exerc 43:1575-1581, DOI 10.1249/MSS.0b013e31821ece12; names, categories and search
words are our own.
"""

import csv
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from provender.terms.errors import InputError

MINUTES_A_DAY: Final = 1440


@dataclass(frozen=True, slots=True)
class Activity:
    """Something people do.

    Attributes:
        id: Its code in the Compendium, five digits.
        name: What we call it.
        met: Its energy cost as a multiple of rest: 1 MET is about 1 kcal per kg and hour.
        category: Where to look for it.
        words: Further words it is found by.
    """

    id: str
    name: str
    met: float
    category: str
    words: str


def _read() -> tuple[Activity, ...]:
    text = files("provender.diary").joinpath("activities.csv").read_text(encoding="utf-8")
    return tuple(
        Activity(row["code"], row["name"], float(row["met"]), row["category"], row["words"])
        for row in csv.DictReader(text.splitlines())
    )


ACTIVITIES: Final = _read()


def energy_kcal(met: float, weight_kg: float, minutes: float) -> float:
    """The energy an activity cost **on top of** resting, in kcal.

    ``(met - 1) * weight_kg * minutes / 60``, and 0 below 1 MET. Net and not gross, since the day's budget
    already holds the resting energy of those minutes, which would be counted twice and given back as food. (A
    budget made for an activity level above ``inactive`` already holds usual exercise too.)

    Args:
        met: Metabolic equivalents of the activity, above 0.
        weight_kg: Body mass in kilograms, above 0.
        minutes: How long; more than 0, at most a day.

    Raises:
        InputError: A number outside these.

    Source: Ainsworth et al. 2011, DOI 10.1249/MSS.0b013e31821ece12; net of rest: own.
    """
    if not 0 < minutes <= MINUTES_A_DAY:
        raise InputError(f"found {minutes:g} minutes, expected more than 0 and at most a day", field="minutes")
    if not (math.isfinite(weight_kg) and weight_kg > 0):
        raise InputError(f"found a weight of {weight_kg:g} kg, expected more than 0", field="weight")
    if not 0 < met <= 30:
        raise InputError(f"found {met:g} MET, expected above 0 and at most 30 (a record run is 23)", field="met")
    return max(met - 1.0, 0.0) * weight_kg * minutes / 60


def find_activities(words: str) -> tuple[Activity, ...]:
    """The activities for these words, best first; empty when nothing fits.

    Every word must begin a word of the activity's name or search words (``walking`` finds ``walk``); if no
    activity has them all, those with the most of them are given.

    Args:
        words: As typed, also half a word; only the first 100 characters count.
    """
    asked = _tokens(words[:100])
    if not asked:
        return ()
    scored = [(_score(asked, tokens), place) for place, tokens in enumerate(_INDEX)]
    most = max(found for (found, _), _ in scored)
    best = sorted((-score, place) for (found, score), place in scored if found == most and most > 0)
    return tuple(ACTIVITIES[place] for _, place in best)


def _tokens(text: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return tuple(_stem(word) for word in "".join(c if c.isalnum() else " " for c in plain).split())


def _stem(word: str) -> str:
    for ending in ("ning", "ming", "ing", "s"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


_Index = tuple[tuple[str, ...], tuple[str, ...]]


def _indexed(activities: Iterable[Activity]) -> tuple[_Index, ...]:
    return tuple((_tokens(a.name), _tokens(f"{a.words} {a.category}")) for a in activities)


_INDEX: Final = _indexed(ACTIVITIES)


def _score(asked: tuple[str, ...], indexed: _Index) -> tuple[int, float]:
    """How many of the words are found, and how well."""
    name, further = indexed
    scores = [
        max(_fit(word, name) * (1.5 if name[0].startswith(word) else 1.0), _fit(word, further) * 0.5) for word in asked
    ]
    return sum(s > 0 for s in scores), sum(scores)


def _fit(word: str, tokens: tuple[str, ...]) -> float:
    """2 for the whole word, 1 for the beginning of one, 0 for neither."""
    if word in tokens:
        return 2.0
    return 1.0 if any(t.startswith(word) for t in tokens) else 0.0
