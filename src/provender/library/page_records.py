"""The records that become pages: hubs and articles."""

from typing import Annotated

from pydantic import Field, StringConstraints

from provender.library.record import Checked, Day, Id, Ids, Record, Text

PictureFile = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.(svg|webp|png|jpg)$")]


class Picture(Record):
    """A picture of ``pictures/``: what it shows in words, what stands below it, and who made it."""

    file: PictureFile
    alternative: Text
    caption: Text | None = None
    credit: Text


class Video(Record):
    """A video, with captions and a transcript, or it is no video for everyone."""

    file: Text
    title: Text
    captions: Text
    transcript: Text
    credit: Text


class Writer(Record):
    """Who wrote or reviewed an article."""

    name: Text
    biography: Text


class FrontMatter(Record):
    """What stands above an article's text."""

    hub: Id
    title: Text
    summary: Text
    author: Writer
    reviewers: tuple[Writer, ...] = ()
    published: Day
    checked: Checked
    picture: Picture | None = None
    video: Video | None = None
    substances: Ids = ()
    pick: Text


class Article(FrontMatter):
    """An article: its front matter and its text.

    Attributes:
        body: Markdown, with ``[[claim]]`` behind its sentences.
        body_line: Line of the file at which the body begins, from 1.
    """

    body: Annotated[str, StringConstraints(strip_whitespace=False)]
    body_line: int


class Hub(Record):
    """A place about one thing: its articles in order, the claims and substances to begin with."""

    title: Text
    summary: Text
    articles: tuple[Id, ...] = Field(min_length=1)
    claims_first: tuple[Id, ...] = ()
    substances: tuple[Id, ...] = ()
    picture: Picture | None = None
    checked: Checked
