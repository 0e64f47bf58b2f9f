"""What kind of claim a clause makes, told by its words; most clauses of a page make none."""

import re
from typing import Final

from provender.library.reading import cues
from provender.library.reading.amount_rules import composition, intake, prevalence
from provender.library.reading.effect_rules import efficacy, harm, mechanism, symptom
from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FOOD, GENERIC, SUBSTANCE
from provender.library.reading.personal_rules import advice, anecdote
from provender.library.reading.said import Kind, Rule, Said, Typed, nothing_claimed
from provender.library.reading.shapes import Shape

_STORY: Final = re.compile(
    r"\b(?:i|i['’](?:m|ve|ll|d)|we|we['’](?:re|ve|ll)|my|our|us|me|was|were|had|said|says|told|asked"
    r"|wrote|published|praised|gave|called|went|began|came|hope|welcome|thanks|interest|study|studies"
    r"|trial|trials|researchers|authors|paper|funded|university|professor)\b",
    re.IGNORECASE,
)


_PRESENT: Final = re.compile(
    r"\b(?:is|are|has|have|can|may|might|could|will|won['’]t|does|do|don['’]t|doesn['’]t|isn['’]t"
    r"|aren['’]t|cannot|can['’]t|[a-z]+[^s\W]s|need|make|take|get|give|keep|come|run|act|eat|hurt"
    r"|feel|suffer|show|fall|struggle)\b",
    re.IGNORECASE,
)


_TOXIC: Final = re.compile(r"\b(?:toxic|poison\w*|harmful|dangerous|unsafe|bad for)\b", re.IGNORECASE)
_TOPICS: Final = (("substance", SUBSTANCE), ("complaint", COMPLAINT), ("food", FOOD), ("activity", ACTIVITY))


def kind_of(said: Said) -> Typed | None:
    """The kind of claim a clause makes; None where it makes none.

    The rules are asked in a fixed order, the first that says yes decides.
    """
    if nothing_claimed(said):
        return None
    for kind, rule in _RULES:
        found = rule(said)
        if found:
            return Typed(kind, tuple(dict.fromkeys(word.strip().lower() for word in found)))
    return _by_topic(said)


def _by_topic(said: Said) -> Typed | None:
    """A statement in the present about two things of health: of the kind that such statements mostly are."""
    if _STORY.search(said.text) or not _PRESENT.search(said.text):
        return None
    about = [
        (name, hit)
        for name, shape in _TOPICS
        for hit in [shape.search(said.text)]
        if hit and not GENERIC.fullmatch(hit[0])
    ]
    names = [name for name, _ in about]
    if len(names) < 2:
        return _by_cue(said, names)
    kind: Kind = "harm" if _TOXIC.search(said.text) else "symptom"
    if kind == "harm":
        pass
    elif "complaint" in names and ("substance" in names or "activity" in names or "food" in names):
        kind = "efficacy"
    elif "food" in names and "substance" in names:
        kind = "composition"
    elif "complaint" not in names:
        kind = "mechanism"
    return Typed(kind, tuple(hit[0].lower() for _, hit in about))


def _by_cue(said: Said, names: list[str]) -> Typed | None:
    """A statement in the present about one thing of health, with a turn of phrase of a kind of claim."""
    if not names:
        return None
    for kind, shape in _CUES:
        hit = shape.search(said.text)
        if hit:
            return Typed(kind, (names[0], hit[0].lower()))
    return None


_CUES: Final[tuple[tuple[Kind, Shape | re.Pattern[str]], ...]] = (
    ("harm", cues.HARM),
    ("efficacy", cues.EFFECT),
    ("symptom", cues.CAUSES),
    ("composition", cues.HOLDS),
    ("intake", re.compile(r"\b(?:fall|falls) short|short of|run(?:s)? low\b", re.IGNORECASE)),
    ("symptom", re.compile(r"\b(?:people|those|patients|anyone) with \w+", re.IGNORECASE)),
)


_RULES: Final[tuple[tuple[Kind, Rule], ...]] = (
    ("advice", advice),
    ("anecdote", anecdote),
    ("composition", composition),
    ("intake", intake),
    ("prevalence", prevalence),
    ("harm", harm),
    ("efficacy", efficacy),
    ("symptom", symptom),
    ("mechanism", mechanism),
)
