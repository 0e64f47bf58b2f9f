"""The record of a published thing: a CSL-JSON item, and how we know it."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from provender.library.record import Day, Record, Text

SourceKind = Literal[
    "randomised-trial",
    "crossover-trial",
    "uncontrolled-trial",
    "systematic-review",
    "guideline",
    "survey",
    "cohort",
    "cross-sectional",
    "database",
    "label",
    "textbook",
    "report",
    "book",
    "interview",
    "web-page",
]


class Author(Record):
    """A person by ``family`` and ``given``, or a body by ``literal``."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.family is None) == (self.literal is None):
            raise ValueError("expected either family (and given) or literal")
        return self


class Issued(Record):
    """When it appeared: year, then month and day where they are known."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"))

    date_parts: tuple[tuple[Annotated[int, Field(ge=1, le=2100)], ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not all(1 <= len(parts) <= 3 for parts in self.date_parts):
            raise ValueError("expected [[year]], [[year, month]] or [[year, month, day]]")
        return self


class Retraction(Record):
    """That a source was withdrawn: when, where that is said, and why."""

    on: Day
    notice: Text
    reason: Text | None = None


class Provenance(Record):
    """What kind of source it is, how much of it was read and when, and whether it was withdrawn."""

    kind: SourceKind
    read: Literal["full-text", "abstract", "secondary", "data"]
    checked: Day
    retraction: Retraction | None = None
    note: Text | None = None


class Source(Record):
    """A published thing, as a CSL-JSON item with ``provender`` beside it.

    Source: the Citation Style Language, schema 1.0.2.
    """

    model_config = ConfigDict(alias_generator=lambda name: name if name.isupper() else name.replace("_", "-"))

    type: Text
    title: Text
    author: tuple[Author, ...] = ()
    editor: tuple[Author, ...] = ()
    issued: Issued | None = None
    accessed: Issued | None = None
    container_title: Text | None = None
    collection_title: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    number: Text | None = None
    edition: Text | None = None
    version: Text | None = None
    publisher: Text | None = None
    publisher_place: Text | None = None
    language: Text | None = None
    DOI: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    PMID: Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")] | None = None
    PMCID: Text | None = None
    ISBN: Text | None = None
    ISSN: Text | None = None
    URL: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    provender: Provenance

    @property
    def year(self) -> int | None:
        """The year in which it appeared; None when that is not known."""
        return self.issued.date_parts[0][0] if self.issued else None
