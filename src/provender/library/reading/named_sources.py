"""The sources that a text names: people, journals, books, interviews, institutions, addresses; named is not read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from provender.library.reading.bylines import NAME

SourceKind = Literal["person", "journal", "book", "interview", "institution", "review", "study", "address"]
_QUOTED: Final = r"[\"“](?P<name>[^\"”]{3,120}?),?[\"”]"
_BODY: Final = (
    r"(?:[A-Z][\w.'’&-]+ (?:(?:of|for|and|on|the|in) (?:the )?)?){0,6}(?:Association|Institutes?"
    r"|University|College|Cent(?:er|re)s?|Academy|Society|Organi[sz]ation|Foundation|Hospital|Clinic"
    r"|Administration|Agency|Authority|Council|Department|Ministry|School|Board|Federation"
    r"|Laborator(?:y|ies))(?: (?:of|for|and|on) (?:(?:the|and|of) )?[A-Z][\w'’-]+(?: (?:(?:and|of"
    r"|for) )*[A-Z][\w'’-]+){0,5})?"
)
_SHAPES: Final[tuple[tuple[SourceKind, re.Pattern[str]], ...]] = (
    (
        "address",
        re.compile(
            r"(?P<name>(?:https?://|doi:\s?|www\.)\S+[^\s.,;)]|\bPMID:? ?\d+|\b10\.\d{4,9}/[^\s,;)]+[^\s.,;)])",
            re.IGNORECASE,
        ),
    ),
    ("book", re.compile(rf"\b(?i:books?|bestseller|cookbook|handbook)\b[^.\"“]{{0,30}}{_QUOTED}")),
    (
        "journal",
        re.compile(rf"\b(?i:journal|magazine|periodical|newspaper|published in|edition of)\b[^.\"“]{{0,30}}{_QUOTED}"),
    ),
    (
        "journal",
        re.compile(
            r"(?P<name>\b(?:(?:British|American|European|International|New England|Annual|Canadian"
            r"|Nordic|Indian|Korean) )?(?:Journal|Annals|Archives|Lancet|Proceedings"
            r"|Reviews?)(?: of(?: the)?(?: [A-Z][\w-]+(?: and| in| of)?){0,5} ?[A-Z][\w-]+)?|\b(?:BMJ"
            r"|JAMA|NEJM|PLoS ONE|Nutrition Journal|Pain Medicine|Nutrients)\b)"
        ),
    ),
    (
        "interview",
        re.compile(
            r"\b(?i:interview (?:with|on|for|in)|told|speaking to"
            r"|spoke to)\s+(?:the )?(?P<name>(?!(?:January|February|March|April|May|June|July|August"
            r"|September|October|November|December|The)\b)[A-Z][\w&.'’-]*(?: [A-Z][\w&.'’-]*){0,4})"
        ),
    ),
    (
        "person",
        re.compile(
            rf"(?P<name>\b(?:Dr|Prof|Professor|Sir|Dame|naturopathic doctor|cardiologist"
            rf"|physiotherapist|dietitian|pharmacist|neurologist|rheumatologist|spokes(?:man|woman"
            rf"|person)|researcher)\.? {NAME})"
        ),
    ),
    ("institution", re.compile(rf"(?P<name>\b{_BODY}|\b(?:NIH|CDC|WHO|NHS|FDA|EFSA|NICE|USDA)\b)")),
    (
        "review",
        re.compile(
            r"(?P<name>\b(?:Cochrane (?:review|Library|Collaboration|analysis)|meta-analys[ie]s|systematic review)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "study",
        re.compile(
            r"(?P<name>\b(?:(?:one|an?|another|the|this|recent|new|earlier|two|three|several|some"
            r"|a number of|many) )?(?:[\w-]+ ){0,2}(?:stud(?:y|ies)|trials?|survey|research)\b)",
            re.IGNORECASE,
        ),
    ),
)
_WHEN: Final = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?:-[A-Z][a-z]+)?(?: \d{1,2},?)? )?(?:19|20)\d\d\b"
)
_SAID: Final = re.compile(
    r"\b(?:study|studies|trials?|survey|research)\b.{0,60}\b(?:found|shows?|showed|confirm\w*"
    r"|suggests?|concluded|published|report\w*|proves?|proved)\b|\bpublished\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedSource:
    """A source that a sentence leans on.

    Attributes:
        kind: What it is; a ``study`` has no name of its own.
        name: As it stands there.
        when: The year or date beside it; None without one.
        sentence: Number of the sentence, from 0.
    """

    kind: SourceKind
    name: str
    when: str | None
    sentence: int


def named_sources(sentence: str, number: int) -> tuple[NamedSource, ...]:
    """The sources that one sentence names, in its order.

    Args:
        sentence: Its words.
        number: Its place among the sentences.
    """
    when = _WHEN.search(sentence)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, NamedSource]] = []
    for kind, start, end, name in _named(sentence):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        found.append((start, NamedSource(kind, name, when[0] if when else None, number)))
    return tuple(source for _, source in sorted(found, key=lambda one: one[0]))


def _named(sentence: str) -> Iterator[tuple[SourceKind, int, int, str]]:
    for kind, shape in _SHAPES:
        if kind == "study" and not _SAID.search(sentence):
            continue
        for match in shape.finditer(sentence):
            yield kind, match.start("name"), match.end("name"), " ".join(match["name"].split())
