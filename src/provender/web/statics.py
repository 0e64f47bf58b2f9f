"""Static files under addresses that change with their content, without a collecting step."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def fingerprint(name: str) -> str:
    """The first hexadecimal digits of the file's digest; empty when there is no such file."""
    found = finders.find(name)
    return sha256(Path(found).read_bytes()).hexdigest()[:10] if isinstance(found, str) else ""


class FingerprintedStatics(StaticFilesStorage):
    """Adds ``?v=`` and the fingerprint, so that a browser may keep a file until it changes."""

    def url(self, name: str | None) -> str:
        """The address of a static file."""
        address = super().url(name)
        digest = fingerprint(name) if name else ""
        return f"{address}?v={digest}" if digest else address
