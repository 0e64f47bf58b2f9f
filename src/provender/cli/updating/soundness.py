"""Whether a downloaded archive is whole: every byte is unpacked once, counted and checked, and nothing is written."""

import gzip
import zlib
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from provender.terms.errors import SourceError

Progress = Callable[[str, int, int | None], None]

CHUNK: Final = 1 << 20
MOST_MEMBERS: Final = 1_000
MOST_TIMES: Final = 250
"""How many times its own size an archive may unpack to; USDA's tables unpack to about 8 times, products to 6."""
ALWAYS_ALLOWED: Final = 10 * CHUNK
LONGEST_LINE: Final = 64 * CHUNK
"""Of a file that is read a line at a time."""
ENCRYPTED: Final = 0x1
DAMAGED: Final = (OSError, EOFError, zlib.error, BadZipFile, RuntimeError, NotImplementedError, ValueError)


def sha256_of(file: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def check_whole(file: Path, *, zipped: bool, most: int, progress: Progress | None = None) -> None:
    """Make sure that an archive is whole and unpacks to something of a sensible size.

    Args:
        file: The archive.
        zipped: It is a ZIP; else gzip.
        most: Bytes it may unpack to.
        progress: Called with the file's name, bytes unpacked, and how many there are (None: unknown).

    Raises:
        SourceError: It is cut short, damaged, encrypted, or a bomb.
    """
    allowed = min(most, max(ALWAYS_ALLOWED, MOST_TIMES * file.stat().st_size))
    try:
        if zipped:
            _check_zip(file, allowed, progress)
        else:
            _check_gzip(file, allowed, progress)
    except DAMAGED as error:
        kind = "ZIP" if zipped else "gzip"
        raise SourceError(f"{_name(file)} is no whole {kind} file ({error}); it was deleted, run it again") from error


def _check_zip(file: Path, allowed: int, progress: Progress | None) -> None:
    with ZipFile(file) as archive:
        members = archive.infolist()
        total = sum(m.file_size for m in members)
        if len(members) > MOST_MEMBERS:
            raise SourceError(f"{_name(file)}: found {len(members):,} files in it, expected at most {MOST_MEMBERS:,}")
        if total > allowed:
            raise SourceError(_bomb(file, total, allowed))
        if any(m.flag_bits & ENCRYPTED for m in members):
            raise SourceError(f"{_name(file)} is encrypted, expected the publisher's open files")
        done = 0
        for member in members:
            with archive.open(member) as opened:  # reads no further than file_size, and compares the CRC at the end
                done = _read_through(opened, file, done, allowed, total, progress)


def _check_gzip(file: Path, allowed: int, progress: Progress | None) -> None:
    with gzip.open(file) as opened:
        _read_through(opened, file, 0, allowed, None, progress, lines=True)


def _read_through(
    opened: IO[bytes] | gzip.GzipFile,
    file: Path,
    done: int,
    allowed: int,
    total: int | None,
    progress: Progress | None,
    *,
    lines: bool = False,
) -> int:
    line = 0
    while chunk := opened.read(CHUNK):
        done += len(chunk)
        ended = chunk.rfind(b"\n")
        line = line + len(chunk) if ended < 0 else len(chunk) - ended - 1
        if done > allowed:
            raise SourceError(_bomb(file, done, allowed))
        if lines and line > LONGEST_LINE:
            raise SourceError(f"{_name(file)}: found a line of over {LONGEST_LINE:,} bytes, expected a product a line")
        if progress:
            progress(f"{_name(file)}, bytes unpacked", done, total)
    return done


def _name(file: Path) -> str:
    return file.name.removesuffix(".part")


def _bomb(file: Path, found: int, allowed: int) -> str:
    size = file.stat().st_size
    return (
        f"{_name(file)} ({size:,} bytes) unpacks to {found:,} bytes or more, expected at most {allowed:,}; it"
        " is not what the publisher releases and was deleted"
    )
