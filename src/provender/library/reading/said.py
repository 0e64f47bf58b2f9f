"""A clause and what stands around it, and the questions that all rules of kinds ask of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from provender.library.reading import cues
from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FOOD, SUBSTANCE

Kind = Literal["efficacy", "harm", "prevalence", "composition", "intake", "mechanism", "symptom", "anecdote", "advice"]


@dataclass(frozen=True)
class Said:
    """A clause and what stands around it.

    Attributes:
        text: Its own words.
        whole: The same with what was carried into it.
        heading: The heading over it; empty where there is none.
        bullet: Whether it is an item of a list.
        quoted: Whether its sentence is someone's words in quotation marks.
    """

    text: str
    whole: str
    heading: str = ""
    bullet: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Typed:
    """The kind of a clause and the words by which it was told."""

    kind: Kind
    words: tuple[str, ...]


Rule = Callable[[Said], tuple[str, ...]]


_RECIPE: Final = re.compile(
    r"\b(?:ingredients|method|directions|instructions|steps|preparation|you will need|serves)\b", re.IGNORECASE
)


def nothing_claimed(said: Said) -> bool:
    """Whether a clause is a question, a step of a recipe, or about a study, a shop or the page only."""
    text = said.text.strip()
    if text.rstrip("\"”'’)*").endswith("?") or len(text.split()) < 2:
        return True
    if cues.NO_CLAIM.search(text) and not cues.OUTCOME.search(text):
        return True
    if _RECIPE.search(said.heading) and not _about_health(said):
        return True
    return bool(cues.INGREDIENT.match(text) and said.bullet) or bool(
        cues.KITCHEN.match(text) and not _about_health(said)
    )


def _about_health(said: Said) -> bool:
    return bool(
        COMPLAINT.search(said.text)
        or cues.HOLDS.search(said.text)
        or re.search(r"\b(?:capsule|tablet|softgel|dose|doctor|children|meal|supplement|day)", said.text, re.IGNORECASE)
    )


def all_of(*found: re.Match[str] | None) -> tuple[str, ...]:
    """The words of matches, when all of them matched; else nothing."""
    return tuple(match[0] for match in found if match) if all(found) else ()


def either(*found: re.Match[str] | None) -> re.Match[str] | None:
    """The first of matches that are there; None without one."""
    return next((match for match in found if match), None)


def topic(said: Said) -> re.Match[str] | None:
    """A word about the body, a remedy or food, or one about doctors and doses."""
    medical = re.search(
        r"\b(?:doctor|physician|pharmacist|g\.?p\.?|dietitian|er|ambulance|hospital|dose|meal"
        r"|children|bed|moving|treat\w*|spine|chemist|active|steer|self-\w+|twice|hours?|minutes"
        r"|broken skin|eyes|medical|surgery)\b",
        said.text,
        re.IGNORECASE,
    )
    return either(
        medical,
        SUBSTANCE.search(said.whole),
        COMPLAINT.search(said.text),
        ACTIVITY.search(said.text),
        FOOD.search(said.text),
    )
