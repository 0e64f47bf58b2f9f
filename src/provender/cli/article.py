"""``provender read``: any pasted article, sentence by sentence."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provender.cli.said import AsJson, MemberOption, as_json, django_ready, plainly, settings_named, table
from provender.terms.errors import InputError

if TYPE_CHECKING:
    from provender.library.holdings import Shelf
    from provender.library.reader import CompositionOf, IntakeOf, ReadClause, Reading


@plainly
def read_article(
    file: Annotated[str, typer.Argument(help="A text or a web page; - reads what is piped in.")],
    restore: Annotated[
        list[int] | None, typer.Option("--restore", help="Number of a removed line that belongs to the article.")
    ] = None,
    shelves: Annotated[
        Path | None, typer.Option(help="The folder that holds claims/; else the library that came with it.")
    ] = None,
    member: MemberOption = "",
    *,
    json: AsJson = False,
) -> None:
    """Read an article: its parts, what each sentence claims and what is known of that, what the page lacks."""
    from provender.library.reader import LARGEST, fields, read  # noqa: PLC0415 - brings lxml and the models
    from provender.library.shelf import reading  # noqa: PLC0415

    content = _content(file, LARGEST)
    shelf, _ = reading(shelves)
    composition_of, intake_of = _live(member)
    found = read(content, shelf=shelf, composition_of=composition_of, intake_of=intake_of, restore=restore or ())
    if json:
        return as_json(fields(found))
    for line in _told(found, shelf):
        typer.echo(line)
    return table((str(one.number), one.reason, one.text) for one in found.removed)


def _content(file: str, largest: int) -> bytes:
    """The bytes of a file, not more than one beyond what is read.

    Raises:
        InputError: A folder.
    """
    if file == "-":
        return sys.stdin.buffer.read(largest + 1)
    if Path(file).is_dir():
        raise InputError(f"found the folder {file}, expected a file; name one text or web page")
    with Path(file).open("rb") as opened:
        return opened.read(largest + 1)


def _live(member: str) -> "tuple[CompositionOf, IntakeOf | None]":
    """Look-ups in the catalogue and, of a member, in their diary; without a member no database is opened."""
    if not member:
        settings_named()
        from provender.store.stated_composition import composition_of  # noqa: PLC0415 - needs the settings named

        return composition_of, None
    django_ready()
    from provender.store.members import member_by_email  # noqa: PLC0415 - needs Django set up
    from provender.store.stated_composition import composition_of  # noqa: PLC0415
    from provender.store.stated_intake import intake_of  # noqa: PLC0415

    return composition_of, intake_of(member_by_email(member))


def _told(found: "Reading", shelf: "Shelf") -> Iterator[str]:
    for kind in ("title", "hub", "author", "biography", "reviewer", "date", "caption", "credit"):
        text = found.part(kind)
        if text:
            yield f"{kind}: {text}"
    yield from (f"note: {note}" for note in found.notes)
    yield from _of_sentences(found, shelf)
    if found.sources:
        yield "\nnamed as sources: " + "; ".join(dict.fromkeys(source.name for source in found.sources))
    for lack in found.lacks:
        yield f"not found: {lack.name} (looked for {lack.looked_for})"
    if found.removed:
        yield "\nremoved; --restore NUMBER brings a line back"


def _of_sentences(found: "Reading", shelf: "Shelf") -> Iterator[str]:
    section = -1
    for one in found.sentences:
        if one.section != section:
            section = one.section
            yield f"\n{found.sections[section].heading or ''}".rstrip()
        yield f"• {one.text}"
        for clause in one.clauses:
            yield from _of_clause(clause, shelf, alone=len(one.clauses) == 1)


def _of_clause(clause: "ReadClause", shelf: "Shelf", *, alone: bool) -> Iterator[str]:
    if clause.kind is None:
        return
    said = "" if alone else f"“{clause.text}”: "
    if not clause.matches:
        yield f"    {said}{clause.kind}, not checked by this library"
    for match in clause.matches:
        claim = shelf.claims[match.claim]
        verdicts = {
            "makes": f"{claim.verdict}: {claim.because}",
            "denies": f"says the opposite of “{claim.seen_as}”, which is {claim.verdict}: {claim.because}",
            "touches": f"is about “{claim.seen_as}”; what was found: {claim.says}",
        }
        yield f"    {said}{clause.kind}, {match.claim}, {' '.join(verdicts[match.stance].split())}"
    yield from (f"    {check.sentence}" for check in clause.checks)
