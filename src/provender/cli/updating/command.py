"""``provender catalogue update``: what the terminal asks and answers."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly, settings_named, table
from provender.cli.updating.addresses import may_be_asked
from provender.cli.updating.releases import MB, Publication, chosen
from provender.terms.errors import InputError

if TYPE_CHECKING:
    from provender.cli.updating.renewal import Found, Renewed

LARGE_MB = 1_000
SECONDS_BETWEEN = 2.0


@plainly
def update(
    source: Annotated[
        list[str] | None,
        typer.Option(
            help="fdc-foundation, fdc-sr-legacy, fdc-survey, fdc-branded (these four unless named), or off: Open Food"
            " Facts, a download of about 10 GB. May be given several times."
        ),
    ] = None,
    mirror: Annotated[
        str, typer.Option("--from", help="Address of a mirror that has the publishers' files under their own paths.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="The artifact to replace; else current.catalogue in the data folder.")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", "--dry-run", help="Say what is new and how large; fetch nothing.")
    ] = False,
    keep_downloads: Annotated[
        bool, typer.Option("--keep-downloads", help="Leave the publishers' files where they were fetched to.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Take the new catalogue even if it holds less than half of the foods.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Get the current releases from their publishers, build a catalogue and put it in use once it is verified."""
    wanted = chosen(source or [])
    if mirror and not may_be_asked(mirror):
        raise InputError(f"found --from {mirror}, expected an address that begins with https://", field="from")
    settings_named()
    from provender.catalogue.artifact import starter_path  # noqa: PLC0415 - loaded only to update
    from provender.cli.updating import renewal  # noqa: PLC0415
    from provender.cli.updating.place import Place  # noqa: PLC0415
    from provender.store.catalogue_in_use import catalogue_path, updated_path  # noqa: PLC0415 - needs settings named

    target = (out or updated_path()).expanduser().resolve()
    if not json:
        _say_sizes(wanted)
    found = renewal.find(wanted, mirror)
    place = Place(target)
    if check:
        return _answer_check(found, place, json=json)
    if not json:
        for one in found:
            _say_doubt(one)
    done = renewal.renew(
        found,
        place,
        compared_with=None if out else starter_path(),
        force=force,
        keep=keep_downloads,
        progress=None if json else Told(),
    )
    return _answer(done, target, catalogue_path().resolve(), json=json)


def _say_sizes(wanted: list[Publication]) -> None:
    for one in wanted:
        if one.mb >= LARGE_MB:
            typer.echo(
                f"{one.name}: about {one.mb / 1000:,.0f} GB to download. It takes hours on an ordinary line, and"
                f" several GB of memory to build. Licence: {one.licence}.",
                err=True,
            )


def _say_doubt(one: "Found") -> None:
    if one.doubt:
        typer.echo(f"{one.publication.key}: {one.doubt}", err=True)
    if one.publication.sums and not one.sha256:
        typer.echo(
            f"{one.publication.key}: the publisher's checksums do not name {one.file}; its length and its own CRC are"
            " checked instead",
            err=True,
        )


def _size(count: int | None) -> str:
    return "size unknown" if count is None else f"{count / MB:,.1f} MB" if count >= MB else f"{count:,} bytes"


class Told:
    """Says on the terminal how far a step is, every two seconds and at its end."""

    def __init__(self) -> None:
        self.step, self.at = "", 0.0

    def __call__(self, name: str, done: int, total: int | None) -> None:
        """Say it, unless something of this step was said just now."""
        now = time.monotonic()
        if name == self.step and done != total and now - self.at < SECONDS_BETWEEN:
            return
        self.step, self.at = name, now
        share = f" of {total:,} ({done / total:.0%})" if total else ""
        typer.echo(f"{name}: {done:,}{share}", err=True)


def _answer_check(found: "list[Found]", place: Any, *, json: bool) -> None:
    from provender.cli.updating.renewal import is_current  # noqa: PLC0415 - loaded only to update

    notes = place.notes()
    fresh = [not one.is_that(notes.files.get(one.file)) for one in found]
    current = is_current(found, place, notes)
    if json:
        rows = [
            {
                "source": one.publication.key,
                "file": one.file,
                "release": one.release or None,
                "bytes": one.remote.bytes,
                "new": new,
                "sha256": one.sha256 or None,
                "doubt": one.doubt or None,
            }
            for one, new in zip(found, fresh, strict=True)
        ]
        return as_json({"path": place.target, "current": current, "files": rows})
    table(
        (one.publication.key, "new" if new else "as fetched", _size(one.remote.bytes), one.file)
        for one, new in zip(found, fresh, strict=True)
    )
    for one in found:
        _say_doubt(one)
    return typer.echo(f"{place.target} is {'built of these' if current else 'not built of these; update builds it'}")


def _answer(done: "Renewed", target: Path, in_use: Path, *, json: bool) -> None:
    if json:
        left_out = sum(done.report.quarantined.values()) if done.report else 0
        files = [
            {
                "source": noted.key,
                "release": noted.release or None,
                "url": noted.remote.url,
                "bytes": noted.bytes,
                "sha256": noted.sha256,
                "publisher_says_the_same": noted.published_sha256,
            }
            for noted in done.files
        ]
        return as_json(
            {
                "path": target,
                "digest": done.digest,
                "changed": done.report is not None,
                "in_use": target == in_use,
                "foods": done.foods,
                "foods_before": done.before,
                "problems": left_out,
                "files": files,
            }
        )
    if done.report is None:
        return typer.echo(f"Nothing is new: {target}, {done.foods:,} foods, is built of the current releases.")
    table((n.key, f"release {n.release or 'unknown'}", _size(n.bytes), f"sha256 {n.sha256[:16]}…") for n in done.files)
    before = "" if done.before is None else f", {done.before:,} before"
    typer.echo(f"{target}: {done.foods:,} foods{before}, digest {done.digest}")
    if target == in_use:
        return typer.echo("It is in use; a Provender that is running takes it up by itself.")
    return typer.echo(
        f"{in_use} stays in use, because PROVENDER_CATALOGUE names it; to use the new one, set it to {target}", err=True
    )
