"""The catalogue this installation serves: opened once, shared by every thread, taken up anew when its file is swapped.

A file is swapped by renaming a whole one over it, as ``provender catalogue update`` does: whoever has the old one open
keeps it whole. The path is looked at once a second at most. One thread opens and verifies what is new while the others
go on with the old; what is damaged is told once and the old goes on serving.
"""

import logging
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings

from provender.catalogue.artifact import Catalogue, open_catalogue, starter_path
from provender.catalogue.indexed import index_of
from provender.catalogue.search import FoodIndex
from provender.terms.errors import ArtifactError

SECONDS_BETWEEN_LOOKS: Final = 1.0
TRIES: Final = 3
Stamp = tuple[int, int, int, int]
"""Device, inode, length and time of change of a file: a swap changes at least one."""

_log = logging.getLogger(__name__)
_opening = Lock()
_indexing = Lock()


@dataclass(frozen=True, slots=True)
class _Served:
    """An open catalogue, and what was seen where it lies.

    Attributes:
        wanted: What the settings said.
        path: Where the file was looked for.
        seen: The file seen there last, good or damaged; None for none.
        catalogue: What is served.
        index: Its search index; None until somebody searches.
    """

    wanted: tuple[str, str]
    path: Path
    seen: Stamp | None
    catalogue: Catalogue
    index: FoodIndex | None = None


_served: _Served | None = None
_looked_at: float = 0.0


def updated_path() -> Path:
    """Where ``provender catalogue update`` puts a catalogue; delete it and the starter serves again."""
    return Path(settings.DATA_DIR) / "catalogue" / "current.catalogue"


def catalogue_path() -> Path:
    """Where the catalogue in use lies: the setting CATALOGUE, else the updated one, else the starter."""
    if settings.PROVENDER_CATALOGUE:
        return Path(settings.PROVENDER_CATALOGUE)
    updated = updated_path()
    return updated if updated.exists() else starter_path()


def catalogue() -> Catalogue:
    """The open, verified catalogue.

    Raises:
        ArtifactError: It is missing, damaged or of another format version, and none was served before; an updated
            one falls back on the starter instead.
    """
    return _current().catalogue


def food_index() -> FoodIndex:
    """The search index over the catalogue in use.

    Raises:
        ArtifactError: As for ``catalogue``.
    """
    served = _current()
    return _indexed(served) if served.index is None else served.index


def _indexed(served: _Served) -> FoodIndex:
    """The index of what is served, made by whoever searches first."""
    global _served  # noqa: PLW0603 - one catalogue a process
    with _indexing:
        if _served and _served.catalogue is served.catalogue and _served.index is not None:
            return _served.index
        index = index_of(served.catalogue)
        if _served is served:
            _served = replace(served, index=index)
        return index


def _current() -> _Served:
    """What is served now; the path is looked at once in a while, by one thread at a time."""
    global _looked_at  # noqa: PLW0603
    served = _served
    if served and served.wanted == _wanted():
        if time.monotonic() - _looked_at < SECONDS_BETWEEN_LOOKS or not _opening.acquire(blocking=False):
            return served
    else:
        _opening.acquire()
    try:
        found = _looked()
        _looked_at = time.monotonic()
        return found
    finally:
        _opening.release()


def _wanted() -> tuple[str, str]:
    return str(settings.PROVENDER_CATALOGUE), str(settings.DATA_DIR)


def _looked() -> _Served:
    """What is to be served now, opened if it is not what was."""
    global _served  # noqa: PLW0603
    wanted, path = _wanted(), catalogue_path()
    before = _served if _served and _served.wanted == wanted else None
    stamp = _stamp(path)
    if before and (before.path, before.seen) == (path, stamp):
        return before
    try:
        stamp, found = _whole(path)
    except ArtifactError as error:
        found = _instead(path, before, error)
    searched = before is not None and before.index is not None
    _served = _Served(wanted, path, stamp, found, _index_for(found, before) if searched else None)
    return _served


def _index_for(found: Catalogue, before: _Served | None) -> FoodIndex | None:
    """Where somebody searches already, the new index is there with the new catalogue, never later."""
    return before.index if before and before.catalogue is found else index_of(found)


def _whole(path: Path) -> tuple[Stamp | None, Catalogue]:
    """The catalogue at a path and the file it is of, though it be swapped while it is opened."""
    for attempt in range(TRIES):
        stamp = _stamp(path)
        try:
            found = open_catalogue(path, verify=True)
        except ArtifactError:
            if attempt == TRIES - 1 or stamp == _stamp(path):
                raise
        else:
            if stamp == _stamp(path):
                return stamp, found
    raise ArtifactError(f"{path} was replaced {TRIES} times while it was opened; it is opened again in a moment")


def _instead(path: Path, before: _Served | None, error: ArtifactError) -> Catalogue:
    """What is served where the file at the path cannot be: the one before, else, for an updated one, the starter."""
    if before:
        _log.warning("%s The catalogue opened before it goes on serving.", error)
        return before.catalogue
    if settings.PROVENDER_CATALOGUE or path == starter_path():
        raise error
    _log.warning("%s The starter catalogue serves instead; `provender catalogue update` makes a new one.", error)
    return open_catalogue(starter_path())


def _stamp(path: Path) -> Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
