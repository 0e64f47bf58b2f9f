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
MemberOption = Annotated[
    str,
    typer.Option(
        "--member", envvar="PROVENDER_MEMBER", help="E-mail of the member; not needed when there is only one."
    ),
]
DayOption = Annotated[str, typer.Option("--day", help="2026-11-22, today or yesterday.")]


def plainly(command: Callable[Rest, Answer]) -> Callable[Rest, Answer]:
    """The command with its errors told in one line, exit code 1, never a traceback."""

    @wraps(command)
    def inner(*args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        try:
            return command(*args, **kwargs)
        except ProvenderError as error:
            raise _refused(str(error)) from error
        except BrokenPipeError:
            os._exit(0)  # whoever read us has seen enough; nothing is left to say, and nobody to say it to
        except OSError as error:
            where = f"{error.filename} cannot be used: " if error.filename else ""
            raise _refused(f"{where}{error.strerror or error}") from error
        except _database_errors() as error:
            raise _refused(
                f"the database refused: {' '.join(str(error).split())}. Nothing was changed. Is the disk full,"
                " or read-only?"
            ) from error

    return inner


def _refused(sentence: str) -> typer.Exit:
    typer.echo(f"provender: {sentence}", err=True)
    return typer.Exit(1)


def _database_errors() -> tuple[type[Exception], ...]:
    """Django's database errors, when Django's database was loaded at all."""
    loaded = sys.modules.get("django.db.utils")
    return (loaded.DatabaseError, loaded.InterfaceError) if loaded else ()


def settings_named() -> None:
    """Say where the settings are; enough for commands that read only the catalogue."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")


def django_ready() -> int:
    """Set Django up and bring the database up to date; how many migrations were missing.

    Raises:
        SettingError: The database cannot be reached or written.
    """
    settings_named()
    django.setup()
    from provender.cli.tables import migrated  # noqa: PLC0415 - needs Django set up

    return migrated()


def as_json(value: Any) -> None:
    """Print a value as JSON; unknown is null."""
    typer.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=1, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | UUID | Path):
        return str(value)
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


def table(rows: Iterable[Sequence[str]], *, indent: str = "") -> None:
    """Print rows in columns; the last column may be as long as it likes."""
    kept = [tuple(row) for row in rows]
    if not kept:
        return
    widths = [max(len(row[i]) for row in kept) for i in range(len(kept[0]) - 1)]
    for row in kept:
        cells = [*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[-1]]
        typer.echo(f"{indent}{'  '.join(cells)}".rstrip())


def decimal_text(value: Decimal | None) -> str:
    """A typed number without trailing zeros; empty when there is none."""
    return "" if value is None else f"{value.normalize():f}"
