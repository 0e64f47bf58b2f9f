"""The shelf's terms in a reader's words: verdicts, the two axes of a claim, directness, citations."""

from typing import Final

from provender.library.claim_records import Claim, Directness, Evidence
from provender.library.source_records import Author, Source

VERDICTS: Final = {
    "supported": "supported",
    "partly": "partly supported",
    "outdated": "outdated",
    "misdescribed": "misdescribed",
    "contradicted": "contradicted",
    "unverifiable": "cannot be verified",
}
"""Of a claim as the world says it."""
DIRECTIONS: Final = {
    "benefit": "a benefit",
    "harm": "a harm",
    "no-difference": "no difference",
    "unclear": "unclear",
    "describes": "describes, compares nothing",
}
CERTAINTIES: Final = {"high": "high", "moderate": "moderate", "low": "low", "very-low": "very low"}
CERTAINTY_MEANS: Final = {
    "high": "Further studies are very unlikely to change this.",
    "moderate": "Further studies may change this.",
    "low": "Further studies are likely to change this.",
    "very-low": "Any estimate is very uncertain.",
}
"""What each level promises. Source: the GRADE handbook's definitions, in own words."""
DOMAINS: Final = {
    "risk-of-bias": "how the studies were done",
    "inconsistency": "studies that disagree",
    "indirectness": "other people, doses or outcomes",
    "imprecision": "few people or wide intervals",
    "publication-bias": "results that may be missing",
}
ROLES: Final = {
    "finds": "found",
    "cites": "is cited for",
    "supersedes": "came later and found",
    "reviews": "gathered the studies and found",
    "defines": "says",
}
READ: Final = {
    "full-text": "read in full",
    "abstract": "read as an abstract",
    "secondary": "read at second hand",
    "data": "its data were read",
}
KINDS: Final = {"crossover-trial": "cross-over trial", "cross-sectional": "survey at one time", "web-page": "web page"}
_PARTS: Final = ("population", "route", "dose", "comparator", "outcome")
_MANY: Final = 3


def effect_words(claim: Claim) -> str:
    """Direction and size on one axis: ``no difference, trivial``."""
    if claim.size in ("not-applicable", "unclear") or claim.direction == "unclear":
        return DIRECTIONS[claim.direction]
    if claim.direction == "no-difference":
        return "little or no difference"
    return f"{DIRECTIONS[claim.direction]}, {claim.size}"


def downgrade_words(claim: Claim) -> tuple[str, ...]:
    """Why the certainty is not higher, a sentence each."""
    return tuple(f"{DOMAINS[one.domain][:1].upper()}{DOMAINS[one.domain][1:]}: {one.why}" for one in claim.downgrades)


def differs(directness: Directness | None) -> tuple[tuple[str, str], ...]:
    """Which parts of the evidence are not those of the claim, and what they are instead."""
    if directness is None:
        return ()
    return tuple((part, getattr(directness, part)) for part in _PARTS if getattr(directness, part) != "same")


def source_kind(source: Source) -> str:
    """What kind of source it is, in words."""
    kind = source.provender.kind
    return KINDS.get(kind, kind.replace("-", " "))


def evidence_lead(evidence: Evidence) -> str:
    """The verb between a source and what it says: ``found``."""
    return ROLES[evidence.role]


def citation(source: Source) -> str:
    """A source as one would cite it: authors, title, where, year; volume and pages where they are known."""
    where = f"doi:{source.DOI}" if source.DOI else source.URL or ""
    parts = [_authors(source.author), source.title.rstrip("."), _place(source), where]
    return ". ".join(part for part in parts if part) + ("" if where else ".")


def short_name(source: Source) -> str:
    """First author and year, else the title: ``Bayram 2021``."""
    if not source.author:
        return source.title
    return f"{_surname(source.author[0])} {source.year or ''}".strip()


def _surname(author: Author) -> str:
    return author.family or author.literal or ""


def _authors(authors: tuple[Author, ...]) -> str:
    names = [f"{_surname(one)} {_initials(one.given)}".strip() for one in authors[:_MANY]]
    return ", ".join(names) + (", and others" if len(authors) > _MANY else "")


def _initials(given: str | None) -> str:
    return "".join(part[:1] for part in (given or "").replace("-", " ").split())


def _place(source: Source) -> str:
    where = source.container_title or source.publisher or ""
    numbers = source.volume or ""
    numbers += f"({source.issue})" if source.issue and numbers else ""
    numbers += f":{source.page}" if source.page and numbers else ""
    return " ".join(part for part in (where, str(source.year or ""), numbers) if part)
