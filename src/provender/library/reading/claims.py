"""What each sentence claims: its clauses typed, the unsaid carried into them, and matched to claims that are known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from provender.library.reading.clauses import Clause, begins_with_pronoun, clauses, items, needs_subject, subject_of
from provender.library.reading.kinds import kind_of
from provender.library.reading.lexicon import ACTIVITY, FOOD, GENERIC, REMEDIES, SUBJECTS, SUBSTANCE
from provender.library.reading.matching import Match, Matcher
from provender.library.reading.said import Kind, Said, Typed, nothing_claimed

_GENERIC: Final = re.compile(
    r"\b(?:the (?:mineral|vitamin|supplements?|nutrient|spice|herb|oil|cream|tablets?|capsules?"
    r"|pills?|drug|remedy|infusions?|difference|benefit|effect"
    r"|trials?|stud(?:y|ies)|evidence|upper limit|scores?|pain scores?)|our (?:tablets?|capsules?"
    r"|product)|trials? worth|pain scores?|upper (?:limit|level)|doses? (?:above|over|of)|\d+ ?(?:mg"
    r"|g|iu|mcg|µg) (?:a|per) day|that combination|each (?:capsule|tablet|softgel))\b",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(
    r"\b(?:signs?|symptoms?)\b.*\b(?:low|short|deficien\w*|lack\w*|need|enough)\b", re.IGNORECASE
)
_LEAN: Final = frozenset({"efficacy", "harm", "anecdote", "advice", "intake", "mechanism", "composition"})
"""Kinds of clauses that lean on the remedy of the sentences before."""
_DOCTOR: Final = re.compile(r"\b(?:doctor|physician|pharmacist|gp|professional)\b", re.IGNORECASE)
_LISTED: Final = frozenset({"symptom", "composition", "efficacy", "harm", "mechanism"})


@dataclass(frozen=True)
class Read:
    """A clause of a sentence and what it claims.

    Attributes:
        text: Its words as they stand in the sentence; of a list one item.
        whole: The same with what it leaves unsaid.
        kind: What kind of claim it makes; None where it makes none.
        words: The words by which its kind was told.
        matches: The known claims it is about.
    """

    text: str
    whole: str
    kind: Kind | None
    words: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass
class Setting:
    """What stands around a sentence, as far as its clauses may lean on it.

    Attributes:
        title: What the page is about: the remedy or complaint of its title.
        heading: The heading over the sentence.
        bullet: Whether the sentence is an item of a list.
        subject: What the sentences before were about, a remedy or a complaint.
        remedy: The last remedy they named.
    """

    title: str = ""
    heading: str = ""
    bullet: bool = False
    subject: str = ""
    remedy: str = ""

    def about(self) -> str:
        """What a pronoun stands for here; empty where nothing tells."""
        return self.subject or self.title


def claims_of(sentence: str, setting: Setting, matcher: Matcher) -> tuple[Read, ...]:
    """The clauses of a sentence, each with its kind and the known claims it is about; ``setting`` moves on."""
    cut = clauses(sentence)
    own = subject_of(sentence)
    question = sentence.rstrip("\"”'’)").endswith("?")
    found: list[Read] = []
    for number, text in enumerate(cut):
        carried = _carried(text, setting, own if number else "")
        clause = Clause(text, f"{carried}: {text}" if carried else text, carried)
        said = Said(text, clause.whole, setting.heading, setting.bullet, sentence[:1] in '"“')
        found.extend([Read(text, clause.whole, None)] if question else _read(clause, said, setting, matcher))
    if own and not (needs_subject(sentence) and setting.subject):
        setting.subject = own
    remedies = [hit[0] for hit in REMEDIES.finditer(sentence)]
    setting.remedy = remedies[0] if remedies else setting.remedy
    return tuple(found)


def _carried(text: str, setting: Setting, own: str) -> str:
    """What a clause leaves unsaid; empty where it says all."""
    if setting.bullet and _SIGNS.search(setting.heading):
        named = REMEDIES.search(setting.heading) or REMEDIES.search(setting.title)
        return f"symptoms of low {_plain_name(named[0]) if named else ''}".strip()
    if own and not SUBJECTS.search(text) and not _names_another(text, "efficacy"):
        return own
    if begins_with_pronoun(text) and not REMEDIES.search(text):
        return setting.about()
    if SUBJECTS.search(text):
        return ""
    return setting.about() if needs_subject(text) or _GENERIC.search(text) else ""


def _read(clause: Clause, said: Said, setting: Setting, matcher: Matcher) -> Iterator[Read]:
    typed = kind_of(said)
    if typed is None:
        yield from _known_only(clause, said, matcher)
        return
    matches = matcher.matches(clause, typed.kind)
    leaned = clause if matches else _leaning(clause, typed, setting)
    if leaned is not clause:
        matches = matcher.matches(leaned, typed.kind)
    yield from _listed(leaned, typed, matches, matcher) or (
        Read(leaned.text, leaned.whole, typed.kind, typed.words, matches),
    )


def _known_only(clause: Clause, said: Said, matcher: Matcher) -> Iterator[Read]:
    """A clause of no kind that the rules know is a claim where it is about a known one."""
    matches = () if nothing_claimed(said) else matcher.matches(clause)
    kind = matcher.claims[matches[0].claim].kind if matches else None
    yield Read(clause.text, clause.whole, kind, matches[0].words if matches else (), matches)


def _leaning(clause: Clause, typed: Typed, setting: Setting) -> Clause:
    """A clause that names no remedy of its own, with that of the sentences before."""
    about = setting.remedy or setting.title
    if typed.kind == "advice" and not _DOCTOR.search(clause.text):
        return clause
    if not about or typed.kind not in _LEAN or REMEDIES.search(clause.whole) or _names_another(clause.text, typed.kind):
        return clause
    return replace(clause, whole=f"{about}: {clause.text}", carried=about)


def _plain_name(remedy: str) -> str:
    """A remedy without its form: “magnesium oil” is magnesium."""
    return remedy.split(maxsplit=1)[0] if remedy.lower().startswith("magnesium") else remedy


def _names_another(text: str, kind: Kind) -> bool:
    """Whether a clause has a remedy of its own, so that none is to be carried into it."""
    shapes = (SUBSTANCE,) if kind == "composition" else (SUBSTANCE, ACTIVITY, FOOD)
    return any(not GENERIC.fullmatch(hit[0]) for shape in shapes for hit in shape.finditer(text))


def _listed(clause: Clause, typed: Typed, matches: tuple[Match, ...], matcher: Matcher) -> tuple[Read, ...]:
    """One claim for each item of a list; nothing without a list, or where its items are no claims."""
    if typed.kind not in _LISTED:
        return ()
    alone = items(clause.whole)
    if len(alone) < 2:
        return ()
    found = [
        Read(
            item,
            whole,
            typed.kind,
            typed.words,
            matcher.matches(Clause(clause.text, whole, clause.carried), typed.kind),
        )
        for item, whole in alone
    ]
    every = {match.claim for read in found for match in read.matches}
    rest = tuple(m for m in matches if m.claim not in every)
    if len(found) < 3 and len({tuple(m.claim for m in read.matches) for read in found}) < 2:
        return ()
    return (replace(found[0], matches=(*found[0].matches, *rest)), *found[1:])
