"""The order of an update: find, fetch, check, build, verify, compare, swap. Until the last step the old one serves."""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from provender.catalogue.artifact import Catalogue, open_catalogue
from provender.catalogue.build import BuildReport, build
from provender.cli.updating.fetching import Progress, Remote, described, fetch, no_room, text_at
from provender.cli.updating.place import Noted, Notes, Place
from provender.cli.updating.releases import MB, Publication, at_mirror
from provender.cli.updating.soundness import check_whole, sha256_of
from provender.terms.errors import ArtifactError, CatalogueError, SourceError

MOST_PAGE: Final = 5 * MB
MOST_SUMS: Final = MB // 10
LEAST_SHARE: Final = 0.5
"""Of the old catalogue's foods, which the new one must hold unless told otherwise."""
ROOM_TO_BUILD: Final = 32 * MB
STAYS: Final = "The catalogue in use is untouched."


@dataclass(frozen=True, slots=True)
class Found:
    """The newest release of a publication, as its publisher describes it.

    Attributes:
        publication: Whose it is.
        release: The date in its name, else the day it was last changed; "" for unknown.
        remote: What the server says of the file.
        file: Its name.
        sha256: The publisher's checksum; "" where they publish none of this file.
        doubt: Why the release may not be the newest; "" for no doubt.
    """

    publication: Publication
    release: str
    remote: Remote
    file: str
    sha256: str = ""
    doubt: str = ""

    def is_that(self, noted: Noted | None) -> bool:
        """Whether this very file was fetched before."""
        if noted is None:
            return False
        return self.sha256 == noted.sha256 if self.sha256 else self.remote.same_as(noted.remote)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What an update did.

    Attributes:
        digest: Of the catalogue that is now in its place.
        foods: How many it holds.
        before: How many the one before held; None when there was none, or it could not be read.
        files: What it is made of.
        report: The builder's; None when nothing was new and nothing was built.
    """

    digest: str
    foods: int
    before: int | None
    files: tuple[Noted, ...]
    report: BuildReport | None = field(default=None)


def find(publications: Sequence[Publication], mirror: str = "") -> list[Found]:
    """Ask each publisher for the newest release.

    Args:
        publications: Which.
        mirror: Address of a copy of the publishers' files under their own paths; "" for the publishers themselves.

    Raises:
        SourceError: A file cannot be asked for.
    """
    pages: dict[str, tuple[str, str]] = {}
    with _untouched():
        return [_newest(publication, mirror, pages) for publication in publications]


def _newest(publication: Publication, mirror: str, pages: dict[str, tuple[str, str]]) -> Found:
    release, doubt = publication.release, ""
    if publication.page:
        address = at_mirror(publication.page, mirror)
        if address not in pages:
            pages[address] = _page(address)
        text, doubt = pages[address]
        linked = publication.newest_on(text)
        if not linked and not doubt:
            doubt = f"{address} links to no {publication.file_name('DATE')}"
        release = linked or release
    remote = described(at_mirror(publication.address(release), mirror))
    name = publication.file_name(release)
    if doubt:
        doubt = f"{doubt}; the release known to this version of Provender is taken, {release}"
    return Found(publication, release or _day(remote.modified), remote, name, _sum(publication, name, mirror), doubt)


def _page(address: str) -> tuple[str, str]:
    """The page, and why there is none."""
    try:
        return text_at(address, MOST_PAGE), ""
    except SourceError as error:
        return "", str(error)


def _sum(publication: Publication, name: str, mirror: str) -> str:
    """The publisher's checksum of this file; "" where their list does not name it."""
    if not publication.sums:
        return ""
    for line in text_at(at_mirror(publication.sums, mirror), MOST_SUMS).splitlines():
        found = re.fullmatch(r"([0-9a-fA-F]{64})\s+[*]?(\S+)", line.strip())
        if found and found[2].rpartition("/")[2] == name:
            return found[1].lower()
    return ""


def _day(modified: str) -> str:
    try:
        return parsedate_to_datetime(modified).date().isoformat()
    except (ValueError, TypeError):
        return ""


def is_current(found: Sequence[Found], place: Place, notes: Notes) -> bool:
    """Whether the artifact in its place was built of these very files."""
    names = {f.file for f in found}
    if names != set(notes.built_of) or not all(f.is_that(notes.files.get(f.file)) for f in found):
        return False
    here = _opened(place.target)
    return here is not None and here.digest == notes.artifact and _same_files(notes, names)


def _same_files(notes: Notes, names: set[str]) -> bool:
    return all(notes.files[n].sha256 == notes.built_of[n] for n in names)


def _opened(path: Path | None) -> Catalogue | None:
    try:
        return open_catalogue(path, verify=True) if path else None
    except ArtifactError:
        return None


def renew(
    found: Sequence[Found],
    place: Place,
    *,
    compared_with: Path | None = None,
    force: bool = False,
    keep: bool = False,
    progress: Progress | None = None,
) -> Renewed:
    """Put a catalogue made of these releases in its place.

    Args:
        found: What to build it of.
        place: Where it goes.
        compared_with: The catalogue it must not fall far behind, where none is in its place yet.
        force: Take it however few foods it holds.
        keep: Leave the downloads where they are.
        progress: Told of each step: its name, how much is done, and of how much (None: unknown).

    Raises:
        SourceError: A file cannot be fetched, is damaged or not the publisher's; or another update is running.
        ArtifactError: The new catalogue is damaged, holds too few foods or cannot be written.
    """
    with place.alone(), _untouched():
        notes = place.notes()
        if is_current(found, place, notes):
            here = open_catalogue(place.target, verify=True)
            return Renewed(here.digest, len(here), len(here), tuple(notes.files[f.file] for f in found))
        _check_room(found, place)
        files = dict(notes.files)
        for one in found:
            files[one.file] = _obtained(one, place, files.get(one.file), progress)
            place.note(replace(notes, files=files))
        done, before = _swapped(found, place, compared_with, force=force, progress=progress)
        wanted = {one.file: files[one.file] for one in found}
        place.note(Notes(done.digest, {name: noted.sha256 for name, noted in wanted.items()}, wanted))
        _delete([file for one in found for file in _older(one, place)])
        if not keep:
            _delete(place.downloads / name for name in wanted)
        return Renewed(done.digest, sum(done.foods.values()), before, tuple(wanted.values()), done)


@contextmanager
def _untouched() -> Iterator[None]:
    """Says of every failure that the old catalogue goes on serving."""
    try:
        yield
    except CatalogueError as error:
        raise type(error)(f"{str(error).rstrip('.')}. {STAYS}") from error


def _older(one: Found, place: Place) -> Iterator[Path]:
    """Downloads and parts of other releases of the same publication: nothing is built of them any more."""
    for file in place.downloads.iterdir():
        release = one.publication.release_of(file.name.removesuffix(".json").removesuffix(".part"))
        if release and release != one.release:
            yield file


def _delete(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _check_room(found: Sequence[Found], place: Place) -> None:
    """There is room for what is missing, and for an artifact of a quarter of the downloads."""
    there = sum(p.stat().st_size for one in found for p in _here(one, place) if p.exists())
    whole = sum(one.remote.bytes or one.publication.mb * MB for one in found)
    needed, free = max(whole - there, 0) + whole // 4 + ROOM_TO_BUILD, shutil.disk_usage(place.folder).free
    if needed > free:
        raise SourceError(no_room(place.folder, needed, free))


def _here(one: Found, place: Place) -> tuple[Path, Path]:
    return place.downloads / one.file, place.downloads / f"{one.file}.part"


def _obtained(one: Found, place: Place, noted: Noted | None, progress: Progress | None) -> Noted:
    """The file, whole and checked, in the downloads; fetched only where it is not there already."""
    file, part = _here(one, place)
    if file.exists():
        if noted and one.is_that(noted) and sha256_of(file) == noted.sha256:
            return noted
        file.unlink()
    remote = fetch(one.remote.url, part, most=one.publication.most_mb * MB, progress=progress)
    try:
        digest = _checked(one, part, progress)
    except SourceError:
        _delete((part, part.with_name(f"{part.name}.json")))
        raise
    noted = Noted(one.publication.key, one.release, remote, part.stat().st_size, digest, digest == one.sha256)
    part.replace(file)
    _delete((part.with_name(f"{part.name}.json"),))
    return noted


def _checked(one: Found, part: Path, progress: Progress | None) -> str:
    digest = sha256_of(part)
    if one.sha256 and digest != one.sha256:
        raise SourceError(
            f"{one.file}: found the sha256 {digest[:16]}…, its publisher says {one.sha256[:16]}…; the download was"
            " deleted. Perhaps a new release was just being published: run it again later"
        )
    zipped = one.file.endswith(".zip")
    check_whole(part, zipped=zipped, most=one.publication.most_unpacked_mb * MB, progress=progress)
    return digest


def _swapped(
    found: Sequence[Found], place: Place, compared_with: Path | None, *, force: bool, progress: Progress | None
) -> tuple[BuildReport, int | None]:
    """Build beside the old artifact, open and compare, then swap; the builder's report, and how many foods before."""
    place.building.mkdir(parents=True)
    new = place.building / "new.catalogue"
    try:
        report = build([(one.publication.kind, place.downloads / one.file) for one in found], new, progress=progress)
        made = open_catalogue(new, verify=True)
        if made.digest != report.digest:
            raise ArtifactError(f"the new catalogue has digest {made.digest[:16]}…, expected {report.digest[:16]}…")
        old = _opened(place.target if place.target.exists() else compared_with)
        before = None if old is None else len(old)
        if before and not force and len(made) < before * LEAST_SHARE:
            raise ArtifactError(
                f"the new catalogue holds {len(made):,} foods, expected at least half of the {before:,} of the one"
                " before. Was a source left out? --force takes it as it is"
            )
        del made, old
        _replaced(new, place.target)
    finally:
        shutil.rmtree(place.building, ignore_errors=True)
    return replace(report, path=place.target), before


def _replaced(new: Path, target: Path) -> None:
    try:
        new.replace(target)
    except OSError as error:
        raise ArtifactError(
            f"{target} cannot be replaced: {error.strerror or error}. Is it open in a running Provender on Windows, or"
            " is the folder read-only?"
        ) from error
