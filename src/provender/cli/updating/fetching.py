"""One file over HTTPS: resumed where it broke off, held to its length, never larger than allowed."""

import errno
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from email.message import Message
from http import HTTPStatus
from http.client import HTTPResponse
from pathlib import Path
from typing import Final
from urllib.error import HTTPError

from provender.cli.updating.addresses import NETWORK_ERRORS, asked, reason
from provender.terms.errors import SourceError

CHUNK: Final = 1 << 18
TRIES: Final = 4
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be over in a moment."""
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Remote:
    """A file as its server describes it.

    Attributes:
        url: Where it was asked for.
        bytes: Its length; None when the server does not say.
        etag: Its entity tag; "" for none.
        modified: When it was last changed, in the server's words; "" for unknown.
    """

    url: str
    bytes: int | None
    etag: str = ""
    modified: str = ""

    @property
    def validator(self) -> str:
        """What tells, byte for byte, that it is still the same file; "" when nothing does."""
        return self.modified if not self.etag or self.etag.startswith("W/") else self.etag

    def same_as(self, other: "Remote") -> bool:
        """Whether the server gives every reason to believe that it is the same file."""
        if self.url != other.url or (None not in (self.bytes, other.bytes) and self.bytes != other.bytes):
            return False
        return bool(self.validator) and self.validator == other.validator


class _CutShortError(Exception):
    """The network gave way; what has come is kept, and another try goes on from there."""


def described(url: str) -> Remote:
    """What the server says of a file, without fetching it.

    Raises:
        SourceError: It cannot be asked, or has no such file.
    """
    try:
        with closing(_headers_of(url)) as answer:
            return _remote(url, answer.headers, _number(answer.headers["Content-Length"]))
    except HTTPError as error:
        error.close()
        raise SourceError(f"{url} cannot be fetched: {reason(error)}") from error
    except NETWORK_ERRORS as error:
        raise SourceError(f"{url} cannot be reached: {reason(error)}. Is this machine on the network?") from error


def _headers_of(url: str) -> HTTPResponse:
    try:
        return asked(url, "HEAD")
    except HTTPError as error:
        if error.code not in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED):
            raise
        error.close()
        return asked(url)


def text_at(url: str, most: int) -> str:
    """A small text.

    Args:
        url: Where it lies.
        most: Bytes; a longer one is refused.

    Raises:
        SourceError: It cannot be fetched, or is too long.
    """
    try:
        with closing(asked(url)) as answer:
            body = answer.read(most + 1)
    except NETWORK_ERRORS as error:
        if isinstance(error, HTTPError):
            error.close()
        raise SourceError(f"{url} cannot be read: {reason(error)}") from error
    if len(body) > most:
        raise SourceError(f"{url}: found more than {most:,} bytes, expected a short text")
    return body.decode("utf-8", "replace")


def _remote(url: str, headers: Message, length: int | None) -> Remote:
    return Remote(url, length, headers["ETag"] or "", headers["Last-Modified"] or "")


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() else None


def fetch(
    url: str,
    part: Path,
    *,
    most: int,
    progress: Progress | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> Remote:
    """Fetch a file into ``part``, going on from what is there of it.

    Args:
        url: Where it lies.
        part: Where it goes; ``<part>.json`` beside it says of which file it is a part.
        most: Bytes; a larger file is refused.
        progress: Called with the file's name, bytes there, and bytes in all (None: unknown).
        pause: Waits so many seconds between two tries.

    Returns:
        What the server says of the file that is now complete in ``part``.

    Raises:
        SourceError: It cannot be had, is too large, or the disk is full. A part that can be gone on from stays.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return _Fetch(url, part, most, progress).go_on()
        except _CutShortError as cut:
            if attempt == TRIES:
                raise SourceError(f"{url} cannot be fetched whole: {cut}. Run it again: {_kept(part)}") from cut
            pause(2.0**attempt)
    raise AssertionError


def _kept(part: Path) -> str:
    have = _size(part)
    return f"it goes on from the {have:,} bytes that have come." if have else "nothing has come yet."


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@dataclass(frozen=True)
class _Fetch:
    """One try."""

    url: str
    part: Path
    most: int
    progress: Progress | None

    @property
    def note(self) -> Path:
        return self.part.with_name(f"{self.part.name}.json")

    def go_on(self) -> Remote:
        """Ask for what is missing, and keep it."""
        known = self._known()
        have = _size(self.part) if known else 0
        headers = {"Range": f"bytes={have}-", "If-Range": known.validator} if known and have else {}
        try:
            answer = asked(self.url, headers=headers)
        except HTTPError as error:
            with error:
                return self._refused(error, known, have)
        except NETWORK_ERRORS as error:
            raise _CutShortError(reason(error)) from error
        with closing(answer):
            start, remote = self._begins(answer, known, have)
            self._fits(remote, start)
            self._noted(remote)
            self._keep(answer, start, remote.bytes)
        return remote

    def _known(self) -> Remote | None:
        """Of which file the part is; None when that is not known, so that it cannot be gone on from."""
        try:
            known = Remote(**json.loads(self.note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return known if known.url == self.url and known.validator else None

    def _refused(self, error: HTTPError, known: Remote | None, have: int) -> Remote:
        """A server that has nothing after our last byte says so with 416: then the part is whole."""
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and known:
            if (error.headers["Content-Range"] or "").replace(" ", "") == f"bytes*/{have}":
                return known
            self.forget()
            raise _CutShortError("the part that was here is not of the file that is there now")
        if error.code in PASSING:
            raise _CutShortError(reason(error))
        raise SourceError(f"{self.url} cannot be fetched: {reason(error)}")

    def _begins(self, answer: HTTPResponse, known: Remote | None, have: int) -> tuple[int, Remote]:
        """Where in the file the answer begins, and the file."""
        if answer.status != HTTPStatus.PARTIAL_CONTENT:
            return 0, _remote(self.url, answer.headers, _number(answer.headers["Content-Length"]))
        said = answer.headers["Content-Range"] or ""
        found = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", said)
        if not known or not found or int(found[1]) != have or int(found[2]) != int(found[3]) - 1:
            self.forget()
            raise _CutShortError(f"asked for what follows byte {have:,}, the server gave {said[:60] or 'something'!r}")
        return have, replace(_remote(self.url, answer.headers, int(found[3])), etag=known.etag, modified=known.modified)

    def _fits(self, remote: Remote, start: int) -> None:
        if remote.bytes is None:
            return
        if remote.bytes > self.most:
            self.forget()
            raise SourceError(_too_large(self.url, remote.bytes, self.most))
        missing, free = remote.bytes - start, shutil.disk_usage(self.part.parent).free
        if missing > free:
            raise SourceError(no_room(self.part.parent, missing, free))

    def _noted(self, remote: Remote) -> None:
        with _disk(self.part.parent):
            self.note.write_text(json.dumps(asdict(remote)), "utf-8")

    def _keep(self, answer: HTTPResponse, start: int, total: int | None) -> None:
        done = start
        with _disk(self.part.parent), self.part.open("ab" if start else "wb") as file:
            for chunk in _chunks(answer):
                done += len(chunk)
                if done > min(self.most, self.most if total is None else total):
                    break
                file.write(chunk)
                if self.progress:
                    self.progress(f"{self.part.stem}, bytes fetched", done, total)
            file.flush()
            os.fsync(file.fileno())
        if done > self.most:
            self.forget()
            raise SourceError(_too_large(self.url, done, self.most))
        if total is not None and done != total:
            if done > total:
                self.forget()
            raise _CutShortError(f"found {done:,} bytes, expected {total:,}")

    def forget(self) -> None:
        """Delete the part and what is known of it."""
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def _chunks(answer: HTTPResponse) -> Iterator[bytes]:
    while True:
        try:
            chunk = answer.read(CHUNK)
        except NETWORK_ERRORS as error:
            raise _CutShortError(reason(error)) from error
        if not chunk:
            return
        yield chunk


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Says in a sentence that the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise SourceError(
            f"the disk of {folder} is full ({shutil.disk_usage(folder).free:,} bytes free). What has come is kept: make"
            " room and run it again, and it goes on from there."
        ) from error


def no_room(folder: Path, needed: int, free: int) -> str:
    """That there is too little room on a disk."""
    return f"{folder} has {free:,} bytes free, expected at least {needed:,} for this; make room and run it again"


def _too_large(url: str, found: int, most: int) -> str:
    return f"{url}: found {found:,} bytes or more, expected at most {most:,}; it is not what the publisher releases"
