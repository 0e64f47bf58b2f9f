"""``provender import``: a diary from a file."""

from pathlib import Path
from typing import Annotated

import typer

from provender.cli.said import AsJson, MemberOption, as_json, django_ready, plainly


@plainly
def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="CSV: day, and any of complete, meal, name, weight_kg, energy_kcal, nutrients by id (MG) or name with"
            " its unit (Magnesium, mg). An empty cell is unknown."
        ),
    ],
    member: MemberOption = "",
    *,
    check: Annotated[bool, typer.Option("--check", help="Only say what would come; keep nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Bring a diary from a CSV file. What is there already stays; the same file twice is kept once."""
    content = file.read_bytes()
    django_ready()
    from provender.store.imports import import_diary  # noqa: PLC0415 - needs Django set up
    from provender.store.members import member_by_email  # noqa: PLC0415

    found = import_diary(member_by_email(member), content, file.name, only_check=check)
    if json:
        fields = ("rows", "entries", "weighings", "days", "first", "last", "complete", "there", "change_id")
        problems = [{"line": one.line, "sentence": one.sentence} for one in found.problems]
        as_json({**{name: getattr(found, name) for name in fields}, "problems": problems})
        return
    typer.echo(f"{'Would come: ' if check and found.entries else ''}{found.sentence}")
    for one in found.problems:
        typer.echo(f"left out: {one.sentence}")
