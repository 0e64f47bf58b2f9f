"""``provender catalogue``: build one from publishers' files, get their current releases, or check one."""

from pathlib import Path
from typing import Annotated

import typer

from provender.cli.said import AsJson, as_json, plainly, settings_named, table
from provender.cli.updating.command import update
from provender.terms.errors import InputError

PROBLEMS_SHOWN = 20

catalogue_app = typer.Typer(no_args_is_help=True, help="Build a catalogue, update it, or check one.")
catalogue_app.command("update")(update)


@catalogue_app.command("build")
@plainly
def build(
    source: Annotated[list[str], typer.Option(help="KIND:PATH, such as fdc:FOLDER; may be given several times.")],
    out: Annotated[Path, typer.Option(help="The artifact to write.")],
    *,
    json: AsJson = False,
) -> None:
    """Build a catalogue from publishers' files; what is damaged or impossible is left out and counted."""
    from provender.catalogue import build as building  # noqa: PLC0415 - the builder is loaded only to build

    report = building.build([_pair(given) for given in source], out, progress=None if json else _progress)
    if json:
        return as_json(
            {
                "path": report.path,
                "digest": report.digest,
                "foods": report.foods,
                "superseded": report.superseded,
                "duplicates": [
                    {"source": source, "same": what, "kept": kept, "foods": count}
                    for (source, what, kept), count in sorted(report.duplicates.items())
                ],
                "quarantined": report.quarantined,
                "problems": [str(p) for p in report.problems],
            }
        )
    for problem in report.problems[:PROBLEMS_SHOWN]:
        typer.echo(f"left out: {problem}", err=True)
    more = sum(report.quarantined.values()) - PROBLEMS_SHOWN
    if more > 0:
        typer.echo(f"... and {more:,} more; --json lists the first thousand", err=True)
    table(
        (
            key,
            f"{count:,} foods",
            f"{report.superseded.get(key, 0):,} older revisions left out",
            f"{report.quarantined.get(key, 0):,} problems",
        )
        for key, count in sorted(report.foods.items())
    )
    for (left, what, kept), count in sorted(report.duplicates.items()):
        typer.echo(f"{left}: {count:,} foods left out for {kept}'s of the same {what}")
    return typer.echo(f"{report.path}: {sum(report.foods.values()):,} foods, digest {report.digest}")


def _pair(given: str) -> tuple[str, Path]:
    kind, colon, path = given.partition(":")
    if not colon or not path:
        raise InputError(f"found --source {given}, expected KIND:PATH such as fdc:FoodData_Central_csv", field="source")
    return kind, Path(path).expanduser()


def _progress(name: str, done: int, total: int | None) -> None:
    typer.echo(f"{name}: {done:,}{f' of {total:,}' if total else ''}", err=True)


@catalogue_app.command("verify")
@plainly
def verify(
    path: Annotated[Path | None, typer.Argument(help="An artifact; else the one in use.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Check every section of a catalogue against its digest."""
    from provender.catalogue.artifact import open_catalogue  # noqa: PLC0415 - loaded only to read one

    if path is None:
        settings_named()
        from provender.store.catalogue_in_use import catalogue_path  # noqa: PLC0415 - needs the settings named

        path = catalogue_path()
    found = open_catalogue(path, verify=True)
    if json:
        sources = [{"key": s.key, "name": s.name, "release": s.release, "foods": s.foods} for s in found.sources]
        return as_json({"path": path, "digest": found.digest, "foods": len(found), "sources": sources})
    typer.echo(f"{path} is whole: {len(found):,} foods, {len(found.nutrients)} nutrients")
    typer.echo(f"digest {found.digest}")
    return table((s.key, f"{s.foods:,} foods", f"release {s.release}", s.name) for s in found.sources)
