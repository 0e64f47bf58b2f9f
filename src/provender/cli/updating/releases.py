"""The table of what publishers release, and which of it is newest."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Final
from urllib.parse import urlsplit

from provender.terms.errors import InputError

MB: Final = 1_000_000
DATE: Final = r"(\d{4}-\d{2}(?:-\d{2})?)"


@dataclass(frozen=True, slots=True)
class Publication:
    """One row of releases.toml.

    Attributes:
        key: What ``--source`` takes.
        name: In plain English.
        kind: Who reads it: a key of ``catalogue.sources.ALL``.
        page: Address of the page that links to the releases; "" when the file's name never changes.
        file: Address of the file, ``{release}`` in it where its name holds a date.
        release: The release taken when the page cannot be read; "" when the file's name never changes.
        sums: Address of the publisher's sha256 checksums; "" when they publish none.
        licence: Terms of use in a few words.
        usual: Fetched when nobody asks for anything else.
        mb: About how large the download is, in 10^6 bytes.
        most_mb: Nothing larger is downloaded.
        most_unpacked_mb: Nothing that unpacks to more is read.
    """

    key: str
    name: str
    kind: str
    page: str
    file: str
    release: str
    licence: str
    usual: bool
    mb: int
    most_mb: int
    most_unpacked_mb: int
    sums: str = ""

    def address(self, release: str) -> str:
        """Where a release lies."""
        return self.file.replace("{release}", release)

    def file_name(self, release: str) -> str:
        """What the file of a release is called."""
        return self.address(release).rpartition("/")[2]

    def release_of(self, file_name: str) -> str | None:
        """The release in a file's name; None for a file of anything else."""
        before, _, after = self.file_name("{release}").partition("{release}")
        found = re.fullmatch(f"{re.escape(before)}{DATE}{re.escape(after)}", file_name)
        return found[1] if found else None

    def newest_on(self, page: str) -> str | None:
        """The newest release a page links to; None when it links to none.

        Only the date is taken from the page: where the file lies is for this table to say.
        """
        linked = re.findall(r"""href\s*=\s*["']([^"'<>]{1,500})["']""", page, re.IGNORECASE)
        names = (urlsplit(link).path.rpartition("/")[2] for link in linked if _parses(link))
        return max((found for name in names if (found := self.release_of(name))), default=None)


def _parses(link: str) -> bool:
    try:
        urlsplit(link)
    except ValueError:
        return False
    return True


def publications() -> dict[str, Publication]:
    """Every row of releases.toml by key, in its order."""
    text = files("provender.cli.updating").joinpath("releases.toml").read_text("utf-8")
    return {key: Publication(key=key, **row) for key, row in tomllib.loads(text).items()}


def chosen(keys: list[str]) -> list[Publication]:
    """The publications asked for, in the table's order; the usual ones when none is.

    Raises:
        InputError: There is no such publication.
    """
    known = publications()
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise InputError(f"found --source {unknown[0]}, expected one of: {', '.join(known)}", field="source")
    return [p for p in known.values() if (p.key in keys if keys else p.usual)]


def at_mirror(url: str, mirror: str) -> str:
    """The same path at another address: a mirror lays its files out as the publisher does."""
    return f"{mirror.rstrip('/')}{urlsplit(url).path}" if mirror and url else url
