"""The catalogue this installation serves, opened once and shared by every thread."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from provender.catalogue.artifact import Catalogue, open_catalogue, starter_path
from provender.catalogue.indexed import index_of
from provender.catalogue.search import FoodIndex

_opening = Lock()


def catalogue_path() -> Path:
    """Where the catalogue in use lies: the setting CATALOGUE, else the starter."""
    return Path(settings.PROVENDER_CATALOGUE) if settings.PROVENDER_CATALOGUE else starter_path()


def catalogue() -> Catalogue:
    """The open catalogue; each part is verified before its first use.

    Raises:
        ArtifactError: It is missing, damaged or of another format version; nothing is served from it.
    """
    with _opening:
        return _open(catalogue_path())


def food_index() -> FoodIndex:
    """The search index over the catalogue in use.

    Raises:
        ArtifactError: As for ``catalogue``.
    """
    here = catalogue()
    with _opening:
        return _index(here.digest, catalogue_path())


@lru_cache(maxsize=1)
def _open(path: Path) -> Catalogue:
    return open_catalogue(path)


@lru_cache(maxsize=1)
def _index(_digest: str, path: Path) -> FoodIndex:
    return index_of(_open(path))
