"""How the terminal answers: one line an error, plain columns or JSON, Django only when a command needs it."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import UUID

import django
import typer

from provender.terms.errors import ProvenderError

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
MemberOption = Annotated[str, typer.Option("--member", envvar="PROVENDER_MEMBER", help="E-mail of the member.")]


def plainly(command: Callable[Rest, Answer]) -> Callable[Rest, Answer]:
    """The command with Provender's errors told in one line, exit code 1, never a traceback."""

    @wraps(command)
    def inner(*args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        try:
            return command(*args, **kwargs)
        except ProvenderError as error:
            typer.echo(f"provender: {error}", err=True)
            raise typer.Exit(1) from error
        except PermissionError as error:
            typer.echo(f"provender: {error.filename} cannot be used: {error.strerror}", err=True)
            raise typer.Exit(1) from error
        except BrokenPipeError as error:
            sys.stderr.close()
            raise typer.Exit(0) from error

    return inner


def django_ready(*, tables: bool = False) -> None:
    """Set Django up; with ``tables``, bring the database up to date first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")
    django.setup()
    if tables:
        from provender.cli.tables import migrated  # noqa: PLC0415 - needs Django set up

        migrated()


def as_json(value: Any) -> None:
    """Print a value as JSON; unknown is null."""
    typer.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=1))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | UUID | Path):
        return str(value)
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


def table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; the last column may be as long as it likes."""
    kept = [tuple(row) for row in rows]
    if not kept:
        return
    widths = [max(len(row[i]) for row in kept) for i in range(len(kept[0]) - 1)]
    for row in kept:
        typer.echo("  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]]).rstrip())
