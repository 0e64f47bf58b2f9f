"""The words that a rating allows: how sure the evidence is, and how large the effect, decide the verb.

High: "reduces". Moderate: "probably reduces". Low: "may reduce". Very low: "it is very uncertain whether".
"""

import re
from dataclasses import dataclass
from typing import Final

from provender.library.claim_records import Certainty, Claim, Direction, Size
from provender.library.effect_words import (
    ASKED,
    COULD,
    DENIED,
    FORBIDDEN,
    LARGE,
    LITTLE,
    MAY,
    NO_DIFFERENCE,
    PLAIN,
    PRESENT,
    PROBABLY,
    QUOTED,
    SMALL,
    VERY_UNCERTAIN,
)
from provender.library.study_records import Better
from provender.terms.errors import InputError

HEDGE: Final[dict[str, str]] = {"high": "", "moderate": "probably", "low": "may", "very-low": "very uncertain"}
"""The word that stands for each certainty. Source: Santesso and others 2020, DOI 10.1016/j.jclinepi.2019.10.014."""
_NAMED: Final = {"high": "a plain verb", "moderate": "“probably”", "low": "“may”", "very-low": "“very uncertain”"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Words that a rating does not allow: what was found, and what was expected."""

    found: str
    expected: str


def statement(
    certainty: Certainty, size: Size, direction: Direction, *, what: str, outcome: str, better: Better = "lower"
) -> str:
    """The sentence that a rating allows.

    Args:
        certainty: How sure the evidence is.
        size: How large the effect.
        direction: Which way it goes.
        what: The thing that is tried, such as ``Magnesium by mouth``.
        outcome: What changes, such as ``the number of cramps``.
        better: Which way of the outcome is the benefit.

    Raises:
        InputError: A direction that only describes: there is no effect to speak of.

    Source: Santesso and others 2020, DOI 10.1016/j.jclinepi.2019.10.014.
    """
    if direction == "describes":
        raise InputError("found a claim that only describes, expected benefit, harm, no-difference or unclear")
    if certainty == "very-low":
        return f"It is very uncertain whether {_inside(what)} changes {outcome}."
    if direction == "unclear":
        return f"It is unclear whether {_inside(what)} changes {outcome}."
    verb = _verb(size, direction, better)
    if certainty == "low":
        return f"{what} may {verb[0]} {verb[2].format(outcome)}."
    probably = "probably " if certainty == "moderate" else ""
    return f"{what} {probably}{verb[1]} {verb[2].format(outcome)}."


def verb_faults(text: str, claim: Claim, *, whole: bool = False) -> tuple[Fault, ...]:
    """What a sentence's verb says otherwise than the claim's rating; empty if it agrees.

    A sentence that neither hedges nor asserts an effect in the present tense reports what was found, and is not judged.

    Args:
        text: One sentence.
        claim: What it rests on; a claim without a certainty is not judged.
        whole: Whether the sentence is the claim's own, which must also name a small size.
    """
    if claim.certainty is None or not rated(claim) or text.rstrip().endswith("?"):
        return ()
    said = QUOTED.sub(" ", text)
    spoken = _spoken(said)
    if spoken is None:
        return ()
    faults: list[Fault] = []
    if spoken != claim.certainty:
        faults.append(Fault(f"{_NAMED[spoken]}", f"{_NAMED[claim.certainty]}, as the certainty is {claim.certainty}"))
    if spoken != "very-low" and _of_effect(said):
        faults.extend(_size_faults(said, claim, whole=whole))
    return tuple(faults)


def rated(claim: Claim) -> bool:
    """Whether a claim has a certainty and speaks of an effect, so that its verb can be right or wrong."""
    return claim.certainty is not None and claim.direction != "describes"


def forbidden(text: str) -> tuple[str, ...]:
    """Words that are never ours; a word that is denied (“not proven”) or quoted is not counted."""
    said = QUOTED.sub(lambda m: " " * len(m[0]), text)
    return tuple(m[0] for m in FORBIDDEN.finditer(said) if not DENIED.search(said[: m.start()]))


def speaks_of_effect(text: str) -> bool:
    """Whether a sentence says in the present tense that something has an effect, and does not ask whether."""
    return any(not ASKED.search(text[: found.start()]) for found in PRESENT.finditer(text))


def _inside(what: str) -> str:
    """A name as it stands inside a sentence: a first word in capitals alone keeps them."""
    return what if what.split(" ", maxsplit=1)[0].isupper() else what[:1].lower() + what[1:]


def _verb(size: Size, direction: Direction, better: Better) -> tuple[str, str, str]:
    """Plain form, third person, and what follows, with a place for the outcome."""
    if direction == "no-difference" or size == "trivial":
        return "make", "makes", "little or no difference to {}"
    falls = (direction == "benefit") == (better == "lower")
    if size == "large":
        return ("reduce", "reduces", "{} a lot") if falls else ("increase", "increases", "{} a lot")
    after = "{} slightly" if size == "small" else "{}"
    return ("reduce", "reduces", after) if falls else ("increase", "increases", after)


def _spoken(text: str) -> str | None:
    """The certainty that a sentence's words stand for; None when it neither hedges nor asserts an effect."""
    if VERY_UNCERTAIN.search(text):
        return "very-low"
    if PROBABLY.search(text):
        return "moderate"
    if MAY.search(text) or (COULD.search(text) and _of_effect(text)):
        return "low"
    return "high" if speaks_of_effect(text) else None


def _of_effect(text: str) -> bool:
    return any(words.search(text) for words in (PRESENT, PLAIN, LITTLE))


def _size_faults(text: str, claim: Claim, *, whole: bool) -> list[Fault]:
    none = claim.direction == "no-difference" or claim.size == "trivial"
    if none and not NO_DIFFERENCE.search(text):
        return [Fault("an effect", "“makes little or no difference”, as the direction is no-difference")]
    if not none and claim.direction in {"benefit", "harm"} and LITTLE.search(text):
        return [Fault("“little or no difference”", f"an effect, as the direction is {claim.direction}")]
    if claim.size in {"small", "trivial"} and LARGE.search(text):
        return [Fault("a word for a large effect", f"“slightly” or “a little”, as the size is {claim.size}")]
    if claim.size == "large" and SMALL.search(text):
        return [Fault("a word for a small effect", "“a lot”, as the size is large")]
    if whole and claim.size == "small" and not SMALL.search(text) and not re.search(r"\d", text):
        return [Fault("no word for the size", "“slightly”, “a little” or the figure, as the size is small")]
    return []
