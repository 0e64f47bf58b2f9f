"""Sentences cut into clauses that claim one thing each, with what a clause leaves unsaid carried into it."""

import re
from dataclasses import dataclass
from typing import Final

from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FINITE, FOOD, SUBJECTS, SUBSTANCE, words

_OPENING: Final = re.compile(
    r"^(?P<opening>(?:while|although|though|even though|since|because|whereas"
    r"|as)\b[^,]{8,140}?(?:,? such as [^.;]{3,80}?,? (?:and"
    r"|or) [\w-]+(?: [\w-]+)?)?),\s+(?P<rest>(?!and\b|or\b|such\b).{8,})$",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(
    r"\s*(?:;|\s[–—-]{1,2}\s|,?\s\b(?:but|whereas|although|though|because|yet)\b|,\s(?:so|since|while"
    r"|which|and|as|if|who|where)\b|\band also\b|,\s(?=(?:an?|the) (?:\w+ )?(?:disorder|condition"
    r"|disease|syndrome|illness|mineral|nutrient|hormone|problem|compound|substance) (?:that"
    r"|which)\b)|\sand\s(?=(?:relieves|eases|reduces|prevents|improves|helps|protects|lowers|treats"
    r"|promotes|boosts|can|may|might|should|could|must|is|are|has|have|calms|soothes|fights|stops"
    r"|causes|raises|contains|provides)\b)|:\s(?=\w+ing\b|\w+ (?:is|are)\b))\s*",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"\s(?:and|or)\s+", re.IGNORECASE)
_PRONOUN: Final = re.compile(
    r"^(?:[\"“'‘(]?)(?:(?:but|and|also|so|because|since|as|while|although|which|however|in fact"
    r"|moreover|additionally),?\s+)*(?:so (?:are|is|do|does)|it|its|they|their|these|this|that|he|she"
    r"|which|them|fans|makers)\b",
    re.IGNORECASE,
)
_NOUNS: Final = (
    COMPLAINT,
    FOOD,
    SUBSTANCE,
    ACTIVITY,
    words("synthesis|function*|regulation|production|metabolism|signal*"),
)
_OBJECT: Final = re.compile(r"\b(?:it|them)\b", re.IGNORECASE)
_LIST: Final = re.compile(
    r"(?P<items>(?:[\w'’%()-]+(?:\s[\w'’%()-]+){0,3},\s+)+(?:[\w'’%()-]+(?:\s[\w'’%()-]+){0,3}\s*,?\s*)?(?:and"
    r"|or)\s+[\w'’-]+(?:\s[\w'’-]+){0,3}?)"
    r"(?=[.!?,;:)\"”]|\s(?:is|are|was|were|all|supply|supplies|contain|contains|provide|provides|have"
    r"|has|can|may|also|do|together|in|that|which|to|from|for|of|supplements?|lead|with|per)\b|$)",
    re.IGNORECASE,
)
_PAIR: Final = re.compile(r"\b(?P<items>[\w'’-]+(?: [\w'’-]+)? (?:and|or) [\w'’-]+(?: [\w'’-]+)?)\b", re.IGNORECASE)
_ITEMS: Final = re.compile(r",\s*(?:and|or)\s+|,\s+|\s+(?:and|or)\s+", re.IGNORECASE)
_LEADS: Final = re.compile(
    r"^.*\b(?:such as|including|includes?|like|e\.g\.,?|for example,?|found in|rich in|sources? of"
    r"|are|symptoms? (?:of|are)|causes?|lead to|leads to|brings?|experience|of|in|contains?)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """One thing that a sentence says.

    Attributes:
        text: Its own words, as they stand in the sentence.
        whole: The same with what it leaves unsaid: the head of a list, the subject of a pronoun.
        carried: Words that were put into ``whole`` from elsewhere; empty where nothing was.
    """

    text: str
    whole: str
    carried: str = ""


def clauses(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence, in order; each has a verb of its own, or it stays with its neighbour."""
    opening = _OPENING.match(sentence)
    first = [opening["opening"], opening["rest"]] if opening and _says_something(opening["rest"]) else [sentence]
    found = [part for piece in first for part in _parted(piece)]
    return tuple(part.strip(" ,;") for part in found if part.strip(" ,;"))


def _parted(piece: str) -> list[str]:
    held: list[str] = []
    start = 0
    for match in _AROUND.finditer(piece):
        before, after = piece[start : match.start()], piece[match.end() :]
        word = match[0].strip(" ,;").lower()
        if _says_something(before) and _says_something(_first_part(after)) and not _in_list(piece, match, word):
            held.append(before)
            start = match.start()
    held.append(piece[start:])
    return held


def _first_part(after: str) -> str:
    return re.split(r"[;–—]", after, maxsplit=1)[0]


def _in_list(piece: str, match: re.Match[str], word: str) -> bool:
    """Whether an “, and” only closes a list of nouns: no verb follows within its first words."""
    if word not in {"and", "as"}:
        return False
    return not FINITE.search(" ".join(piece[match.end() :].split()[:6]))


def _says_something(text: str) -> bool:
    return len(text.split()) >= 3 and bool(FINITE.search(text))


def items(clause: str) -> tuple[tuple[str, str], ...]:
    """The items of a list in a clause, each with the clause said of it alone; empty where there is no list.

    Returns:
        Pairs of the item and the clause with only this item in the place of the list.
    """
    found = _LIST.search(clause) or _PAIR.search(clause)
    if not found:
        return ()
    listed = found["items"]
    lead = _LEADS.match(listed)
    begin = found.start() + (lead.end() if lead else 0)
    listed = clause[begin : found.end()]
    before, after = clause[:begin], clause[found.end() :]
    parts = [part.strip() for part in _ITEMS.split(listed) if part and part.strip()]
    if len(parts) < 2 or any(len(part.split()) > 5 for part in parts):
        return ()
    if sum(any(shape.search(part) for shape in _NOUNS) for part in parts) < max(2, len(parts) - 1):
        return ()
    return tuple((part, f"{before}{part}{after}") for part in parts)


def subject_of(sentence: str) -> str:
    """What a sentence is about: the first substance or complaint it names; empty where it names none."""
    found = SUBJECTS.search(sentence)
    return found[0] if found else ""


def begins_with_pronoun(clause: str) -> bool:
    """Whether a clause begins with a pronoun."""
    return bool(_PRONOUN.match(clause))


def needs_subject(clause: str) -> bool:
    """Whether a clause begins with a pronoun, so that its subject stands before it."""
    return bool(_PRONOUN.match(clause)) or bool(_OBJECT.search(clause) and not SUBSTANCE.search(clause))
