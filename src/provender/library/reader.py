"""Any pasted article, read: its parts, what each sentence claims, what is known of that, and what the page lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from provender.library.holdings import Shelf
from provender.library.reading.claims import Read, Setting, claims_of
from provender.library.reading.clauses import subject_of
from provender.library.reading.decoding import LARGEST_BYTES, decoded
from provender.library.reading.language import ENGLISH, language
from provender.library.reading.lines import lines_of
from provender.library.reading.live_checks import CompositionOf, IntakeOf, LiveCheck, live_checks
from provender.library.reading.markup import blocks_of, looks_like_html, tree_of
from provender.library.reading.matching import KnownClaim, Match, Matcher
from provender.library.reading.metadata import metadata
from provender.library.reading.named_sources import NamedSource, named_sources
from provender.library.reading.parts import Part, PartKind, parts_of
from provender.library.reading.presence import Presence, presences
from provender.library.reading.said import Kind
from provender.library.reading.sentences import sentences
from provender.library.reading.shelved import known_claims
from provender.terms.errors import InputError

LARGEST: Final = LARGEST_BYTES
"""More bytes, or characters, are refused."""
MOST_READ: Final = 100_000
"""Characters of the kept text in which claims are looked for: an article of 16,000 words, and about a second."""
MOST_LINES: Final = 50_000
MOST_TAGS: Final = 60_000
"""More are refused: a page of 1 MB has some thirty thousand."""
LONGEST_SENTENCE: Final = 2_000
"""Characters; longer ones are lists or code, and no claims are looked for in them."""
__all__ = [
    "LARGEST",
    "CompositionOf",
    "IntakeOf",
    "KnownClaim",
    "LiveCheck",
    "Match",
    "NamedSource",
    "Part",
    "Presence",
    "Reading",
    "fields",
    "read",
]


@dataclass(frozen=True)
class Removed:
    """A line that was taken for no part of the article.

    Attributes:
        number: Its place on the page: line of a text, block of a page; ``read(restore=...)`` takes it.
        text: Its words.
        reason: Why.
        at: Where in the kept text it would stand.
    """

    number: int
    text: str
    reason: str
    at: int


@dataclass(frozen=True)
class Section:
    """A part of the kept text under one heading.

    Attributes:
        heading: None before the first.
        start, end: Where it stands in the kept text, its heading with it.
    """

    heading: str | None
    start: int
    end: int


@dataclass(frozen=True)
class ReadClause:
    """One thing that a sentence says.

    Attributes:
        text: Its words in the sentence; of a list one item.
        whole: The same with what it leaves unsaid.
        kind: What kind of claim it makes; None where it makes none.
        words: The words by which that was told.
        matches: The known claims it is about; empty for a claim that nobody here has checked.
        checks: What the catalogue and the reader's own diary say to it.
    """

    text: str
    whole: str
    kind: Kind | None
    words: tuple[str, ...]
    matches: tuple[Match, ...]
    checks: tuple[LiveCheck, ...]


@dataclass(frozen=True)
class ReadSentence:
    """One sentence.

    Attributes:
        text: Its words.
        start, end: Where it stands in the kept text.
        section: Number of its section, from 0.
        clauses: What it says; one or more.
    """

    text: str
    start: int
    end: int
    section: int
    clauses: tuple[ReadClause, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of claims it makes; empty where it makes none."""
        return frozenset(clause.kind for clause in self.clauses if clause.kind)

    @property
    def unchecked(self) -> bool:
        """Whether it makes a claim that nobody here has checked."""
        return any(clause.kind and not clause.matches for clause in self.clauses)


@dataclass(frozen=True)
class Reading:
    """A pasted article, read.

    Attributes:
        text: What was kept: headings and paragraphs, an empty line between them.
        parts: Everything on the page, in its order.
        sections, sentences: Of the kept text.
        removed: What was taken for no part of the article.
        sources: Sources that the text names.
        has: What a trustworthy page would have, and what of it was found here.
        language: In English words; None where there are too few words to tell.
        encoding: Of the bytes; None where text was given.
        notes: What the reader of this ought to know of how it was read.
    """

    text: str
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    sentences: tuple[ReadSentence, ...]
    removed: tuple[Removed, ...]
    sources: tuple[NamedSource, ...]
    has: tuple[Presence, ...]
    language: str | None
    encoding: str | None
    notes: tuple[str, ...]

    def part(self, kind: PartKind) -> str | None:
        """The first part of a kind, such as ``title``; None where there is none."""
        return next((part.text for part in self.parts if part.kind == kind), None)

    @property
    def lacks(self) -> tuple[Presence, ...]:
        """What a trustworthy page would have and this one lacks."""
        return tuple(one for one in self.has if one.found is None)


def read(
    content: str | bytes,
    *,
    shelf: Shelf,
    composition_of: CompositionOf | None = None,
    intake_of: IntakeOf | None = None,
    restore: Collection[int] = (),
) -> Reading:
    """A pasted text or web page, read.

    Args:
        content: The text, or a file's bytes; plain text or HTML.
        shelf: The library whose claims are looked for.
        composition_of: Looks foods up, for claims about them; None to leave that out.
        intake_of: Looks the reader's own intake up; None to leave that out.
        restore: Numbers of removed lines that belong to the article after all.

    Raises:
        InputError: Nothing, no text, or more than ``LARGEST`` bytes, ``MOST_LINES`` or ``MOST_TAGS``.
    """
    got = decoded(content)
    parts = _parts(got.text, restore)
    text, sections, places = _laid_out(parts)
    spoken = language(text)
    english = spoken in {None, ENGLISH}
    known = Matcher(known_claims(shelf.claims) if english else ())
    found = tuple(_sentences(parts, places, known, composition_of, intake_of)) if english else ()
    clauses = [clause for one in found for clause in one.clauses]
    return Reading(
        text=text,
        parts=parts,
        sections=sections,
        sentences=found,
        removed=_removed(parts, places, len(text)),
        sources=tuple(
            source for number, one in enumerate(found) for source in named_sources(one.text[:LONGEST_SENTENCE], number)
        ),
        has=presences(parts, [one.text for one in found], clauses) if english else (),
        language=spoken,
        encoding=got.encoding,
        notes=(*got.mended, *_notes(found, text, spoken, english=english)),
    )


def _refuse_pieces(text: str) -> None:
    for name, found, most in (("lines", text.count("\n"), MOST_LINES), ("tags", text.count("<"), MOST_TAGS)):
        if found > most:
            raise InputError(f"found {found:,} {name}, expected at most {most:,}; paste only the text of the article")


def _parts(text: str, restore: Collection[int]) -> tuple[Part, ...]:
    _refuse_pieces(text)
    if looks_like_html(text):
        tree = tree_of(text)
        return parts_of(blocks_of(tree), metadata(tree), restore=restore)
    return parts_of(lines_of(text), restore=restore)


def _laid_out(parts: Sequence[Part]) -> tuple[str, tuple[Section, ...], dict[int, int]]:
    """The kept text, its sections, and where in it each part stands."""
    places: dict[int, int] = {}
    kept: list[str] = []
    begins: list[tuple[str | None, int]] = []
    at = 0
    for index, part in enumerate(parts):
        places[index] = at
        if part.kind not in {"heading", "paragraph"}:
            continue
        if part.kind == "heading" or not begins:
            begins.append((part.text if part.kind == "heading" else None, at))
        kept.append(part.text)
        at += len(part.text) + 2
    ends = [*(start for _, start in begins[1:]), max(at - 2, 0)]
    return "\n\n".join(kept), tuple(Section(h, s, e) for (h, s), e in zip(begins, ends, strict=False)), places


def _sentences(
    parts: Sequence[Part],
    places: dict[int, int],
    known: Matcher,
    composition_of: CompositionOf | None,
    intake_of: IntakeOf | None,
) -> Iterator[ReadSentence]:
    title = next((part.text for part in parts if part.kind == "title"), "")
    setting = Setting(title=subject_of(title))
    section = -1
    for index, part in enumerate(parts):
        if part.kind == "heading":
            setting = Setting(setting.title, part.text, remedy=setting.remedy)
        if part.kind not in {"heading", "paragraph"} or places[index] > MOST_READ:
            continue
        section += part.kind == "heading" or section < 0
        if part.kind == "heading":
            continue
        setting = replace(setting, bullet=part.bullet)
        start = places[index]
        for text in sentences(part.text[:MOST_READ]):
            start = places[index] + part.text.index(text, start - places[index])
            clauses = tuple(
                ReadClause(
                    one.text,
                    one.whole,
                    one.kind,
                    one.words,
                    one.matches,
                    live_checks(one, known.claims, composition_of, intake_of),
                )
                for one in _claims(text, setting, known)
            )
            yield ReadSentence(text, start, start + len(text), section, clauses)
            start += len(text)


def _claims(text: str, setting: Setting, known: Matcher) -> tuple[Read, ...]:
    return claims_of(text, setting, known) if len(text) <= LONGEST_SENTENCE else (Read(text, text, None),)


def _removed(parts: Sequence[Part], places: dict[int, int], end: int) -> tuple[Removed, ...]:
    return tuple(
        Removed(part.number, part.text, part.reason or "", min(places[index], end))
        for index, part in enumerate(parts)
        if part.kind == "removed"
    )


def _notes(found: Sequence[ReadSentence], text: str, spoken: str | None, *, english: bool) -> Iterator[str]:
    if not english:
        yield f"This looks like {spoken}. Claims are read in English only, so none were looked for."
    elif not text:
        yield "No paragraph was found, only menus, buttons or lists. Restore what belongs to the article."
    elif spoken is None:
        yield "There are too few words to tell the language; it was read as English."
    if english and len(text) > MOST_READ:
        yield f"The text is longer than {MOST_READ:,} characters; claims were looked for up to there only."
    if english and text and not any(one.kinds for one in found):
        yield "No claim about health or food was found in this text."


def fields(reading: Reading) -> dict[str, Any]:
    """A reading as plain values for JSON; unknown is None."""
    values = asdict(reading)
    for kept, one in zip(values["sentences"], reading.sentences, strict=True):
        kept["kinds"], kept["unchecked"] = sorted(one.kinds), one.unchecked
    values["lacks"] = [asdict(one) for one in reading.lacks]
    return values
