"""Who wrote a page and who reviewed it, from lines that say so."""

import re
from typing import Final

_WORD: Final = r"(?:[A-ZÀ-ÞĀ-Ž](?:[\w'’-]*[\w'’]|\.)?\.?)"
_PARTICLE: Final = r"(?:de|del|della|der|den|di|du|van|von|bin|al|la|le|da|dos|ten|ter|zu|y)"
NAME: Final = rf"{_WORD}(?: (?:{_PARTICLE} ){{0,2}}{_WORD}){{0,4}}"
_NAMES: Final = rf"{NAME}(?:(?:, (?:and )?| and | & ){NAME}){{0,8}}"
_NICK: Final = r"[\w][\w.-]{2,24}"
_BY: Final = re.compile(
    rf"^(?i:author image|(?:written|story|words|recipe|article|posted|post|text|edited) by|by|author|from(?=:))\s*:?\s+"
    rf"(?P<names>{_NAMES})(?P<rest>.*)$"
)
_LATER: Final = re.compile(rf"\bby:? (?P<names>{_NAMES}|{_NICK})(?= on\b| at\b|[,|]|$)")
_CREDENTIAL: Final = re.compile(
    r"^(?:(?:[A-Z]\.?){2,6}|[A-Z][a-z]?[A-Z][A-Za-z]*|ph\.?d\.?|r\.?d\.?|(?:[a-z]+ )*(?:dietitian"
    r"|nutritionist|physician|doctor"
    r"|pharmacist|correspondent|editor|writer|reporter|nurse|therapist|journalist|contributor|author"
    r"|staff|columnist|coach)\b.*)$",
    re.IGNORECASE,
)
_REVIEWED: Final = re.compile(
    rf"^(?i:(?:(?:medically|clinically|scientifically|expert(?:ly)?|peer|fact)[- ]?)*(?:reviewed"
    rf"|checked|approved|verified) by)\s*:?\s+(?P<names>{_NAMES})"
)
_ALONE: Final = re.compile(rf"^(?P<names>{_NAMES})$")
_TITLES: Final = re.compile(r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir)\.? ")
_INITIAL: Final = re.compile(r"\b[A-ZÀ-Þ]\.")
_OTHERWISE: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "for",
        "with",
        "your",
        "our",
        "my",
        "this",
        "these",
        "health",
        "news",
        "magnesium",
        "vitamin",
        "how",
        "why",
        "what",
    ]
)


def without_credentials(names: str) -> str:
    """Names as printed without degrees and professions behind them."""
    parts = re.split(r",\s*", names)
    kept = [parts[0], *(part for part in parts[1:] if not _CREDENTIAL.match(part))]
    return re.sub(r"\s+", " ", ", ".join(kept)).strip(" ,")


def author_of(line: str) -> str | None:
    """The author that a line names: “By …”, “Posted on … by …”; None if it names none."""
    found = _BY.match(line)
    if found and len(found["rest"].split()) <= 12 and not found["rest"].rstrip().endswith(("?", "!")):
        return without_credentials(found["names"])
    late = (
        _LATER.search(line)
        if re.match(r"(?i)(?:posted|published|written|updated)\b", line) and len(line) < 100
        else None
    )
    return without_credentials(late["names"]) if late else None


def reviewer_of(line: str) -> str | None:
    """Who reviewed the page, where a line says so; else None."""
    found = _REVIEWED.match(line)
    return without_credentials(found["names"]) if found else None


def name_alone(line: str) -> str | None:
    """The names in a line that holds nothing but names with a degree, a title or initials; else None.

    A bare “Green Tea Extract” is no name: without a degree, a title or an initial nothing tells it from a heading.
    """
    first, _, rest = line.partition(", ")
    degree = bool(rest) and all(_CREDENTIAL.match(part) for part in rest.split(", "))
    candidate = first if degree else line
    found = _ALONE.match(candidate)
    if not found or any(word.lower() in _OTHERWISE for word in candidate.split()):
        return None
    sure = degree or _TITLES.match(candidate) or len(_INITIAL.findall(candidate)) > 0
    return candidate if sure and len(candidate.split()) >= 2 and "Corp" not in candidate else None


def is_biography(paragraph: str, author: str | None) -> bool:
    """Whether a paragraph tells who the author is: it begins with the name, and a verb of being or doing follows."""
    if paragraph.lower().startswith("about the author"):
        return True
    if not author or " and " in author:
        return False
    bare = _TITLES.sub("", author)
    begins = rf"^(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? )?(?:{re.escape(bare)}|{re.escape(bare.split()[-1])})"
    tells = (
        r"(?:,[^,.]{2,60},)? (?:is|was|has|holds|writes|works|covers|studied|lives|teaches|reports"
        r"|graduated|practi[cs]es)\b"
    )
    return bool(re.match(begins + tells, paragraph))
