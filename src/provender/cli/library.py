"""``provender library``: check the shelves, print their schemas, show a record, screen a substance."""

import json as json_text
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly, table
from provender.cli.screening import screen
from provender.terms.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from provender.library.finding import Finding
    from provender.library.holdings import Shelf
    from provender.library.pooling import Pooled

library_app = typer.Typer(
    no_args_is_help=True, help="The library: check its files, print their schemas, show a record, screen a substance."
)
library_app.command("screen")(screen)
Shelves = Annotated[
    Path | None, typer.Option(help="The folder that holds claims/; else the library that came with it.")
]


@library_app.command("check")
@plainly
def check(
    shelves: Shelves = None,
    on: Annotated[str, typer.Option("--on", help="Day for which claims are stale or not; else today.")] = "",
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    json: AsJson = False,
) -> None:
    """Check every file: fields, references, sources, verbs, numbers, doses, dates. Exit code 1 if one is wrong."""
    from provender.library.checks import findings  # noqa: PLC0415 - brings SciPy
    from provender.library.shelf import reading  # noqa: PLC0415

    today = _day(on)
    found, unread = reading(shelves)
    every = (*unread, *findings(found, today=today))
    counts = {name: len(found.folder(name)) for name in _folders()}
    errors = sum(one.level == "error" for one in every)
    if json:
        as_json({"counts": counts, "errors": errors, "findings": [one.fields() for one in every]})
    else:
        _tell(every, counts)
    if errors or (strict and every):
        raise typer.Exit(1)


@library_app.command("schema")
@plainly
def schema_of(
    kind: Annotated[str, typer.Argument(help="article, claim, hub, redflags, source, study or substance.")],
    *,
    json: AsJson = False,
) -> None:
    """Print the JSON Schema of one kind of record; of an article that of its front matter."""
    from provender.library.schemas import published  # noqa: PLC0415 - brings the models

    text = published(kind)
    return as_json(json_text.loads(text)) if json else typer.echo(text, nl=False)


@library_app.command("show")
@plainly
def show(
    record: Annotated[str, typer.Argument(help="An id such as magnesium-cramps, or claims/magnesium-cramps.")],
    shelves: Shelves = None,
    *,
    json: AsJson = False,
) -> None:
    """Show one record, and of a claim also what its studies come to together."""
    from provender.library.shelf import shelf  # noqa: PLC0415 - brings the models
    from provender.library.summary import summary  # noqa: PLC0415 - brings SciPy

    found = shelf(shelves)
    folder, name = _named(found, record)
    one = found.record(folder, name)
    pooled = _pooled(found, name) if folder == "claims" else None
    told = summary(pooled) if pooled else None
    if json:
        fields = one.model_dump(mode="json", by_alias=True)
        beside = {"sentence": told.sentence, "beside": told.beside} if told else None
        return as_json({"folder": folder, "id": name, **fields, "taken_together": beside})
    typer.echo(f"{folder}/{name}")
    table(_rows(one.model_dump(mode="json", by_alias=True, exclude_none=True)))
    for sentence in (told.sentence, *told.beside) if told else ():
        typer.echo(sentence)
    return None


def _day(said: str) -> Any:
    if not said:
        return datetime.now(tz=UTC).astimezone().date()
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise InputError(f"found --on {said}, expected a day such as 2026-11-22", field="on") from error


def _folders() -> tuple[str, ...]:
    from provender.library.holdings import ENDINGS  # noqa: PLC0415 - brings the models

    return tuple(ENDINGS)


def _tell(every: Iterable["Finding"], counts: dict[str, int]) -> None:
    kept = list(every)
    for one in kept:
        typer.echo(f"{one.level} ({one.check}): {one}")
    errors = sum(one.level == "error" for one in kept)
    holds = ", ".join(f"{count} {name}" for name, count in counts.items())
    typer.echo(f"{holds}: {_count(errors, 'error')}, {_count(len(kept) - errors, 'warning')}")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _named(found: "Shelf", record: str) -> tuple[str, str]:
    """The folder and id of a record; an id alone must be one record's.

    Raises:
        NotFoundError: None is called so.
        InputError: Several are.
    """
    folder, slash, name = record.partition("/")
    if slash:
        if folder not in _folders():
            raise NotFoundError(f"found no folder {folder}, expected one of {', '.join(_folders())}")
        return folder, name
    places = [folder for folder in _folders() if record in found.folder(folder)]
    if len(places) > 1:
        raise InputError(f"found {record} in {' and '.join(places)}, expected one; say {places[0]}/{record}")
    if not places:
        found.record("claims", record)
    return places[0], record


def _pooled(found: "Shelf", name: str) -> "Pooled | None":
    from provender.library.pooling import synthesis_of  # noqa: PLC0415 - brings SciPy

    return synthesis_of(found, name)


def _rows(fields: dict[str, Any], before: str = "") -> Iterable[tuple[str, str]]:
    """A record's fields in two columns; lists and fields inside are written as JSON."""
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _rows(value, f"{before}{name}.")
        elif value not in ((), [], ""):
            said = value if isinstance(value, str) else json_text.dumps(value, ensure_ascii=False)
            yield f"{before}{name}", " ".join(said.split())
