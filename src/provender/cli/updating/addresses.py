"""Which addresses are asked, and how: HTTPS only, redirects too; plain HTTP never leaves this machine."""

from http.client import HTTPException, HTTPMessage, HTTPResponse
from ipaddress import ip_address
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from provender import __version__
from provender.terms.errors import SourceError

SECONDS: Final = 60
"""Of silence, after which a server is given up."""
USER_AGENT: Final = f"Provender/{__version__} (catalogue update; https://github.com/provender/provender)"
NETWORK_ERRORS: Final = (OSError, HTTPException)
"""What asking and reading over a network raises; URLError and timeouts are OSErrors."""


def may_be_asked(url: str) -> bool:
    """Whether an address is HTTPS, or HTTP on this very machine; without a name and password in it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _this_machine(host))


def _this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _SafeRedirects(HTTPRedirectHandler):
    """Follows a few redirects, to HTTPS; to this machine only from this machine."""

    max_redirections = 5

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        here = _this_machine(urlsplit(req.full_url).hostname or "")
        there = _this_machine(urlsplit(newurl).hostname or "")
        if not may_be_asked(newurl) or (there and not here):
            fp.close()
            raise SourceError(
                f"{req.full_url} sends on to {newurl[:200]}, expected an address that begins with https://; nothing"
                " was fetched from there. Is a proxy or a hotel's network in between?"
            )
        found = super().redirect_request(req, fp, code, msg, headers, newurl)
        if found is not None:
            found.method = req.get_method()
        return found


def _opener() -> OpenerDirector:
    """HTTP and HTTPS only, through the proxy of the environment if there is one: no files, no FTP."""
    made = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _SafeRedirects(),
        HTTPErrorProcessor(),
    ):
        made.add_handler(handler)
    return made


def asked(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
    """The answer to one request, open; a status of 400 and more raises.

    Raises:
        SourceError: The address may not be asked, or a redirect leads where nothing is fetched from.
        HTTPError: The server refuses; it must be closed.
        OSError: The server cannot be reached.
    """
    if not may_be_asked(url):
        raise SourceError(f"found the address {url[:200]!r}, expected one that begins with https://")
    sent = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **(headers or {})}
    request = Request(url, headers=sent, method=method)  # noqa: S310 - only HTTPS, see above
    answer: HTTPResponse = _opener().open(request, timeout=SECONDS)
    return answer


def reason(error: Exception) -> str:
    """Why a server could not be asked, in a few words."""
    if isinstance(error, HTTPError):
        return f"it answered {error.code} {error.reason}"
    if isinstance(error, URLError):
        inner = error.reason
        return str(inner.strerror or inner) if isinstance(inner, OSError) else str(inner)
    if isinstance(error, TimeoutError):
        return f"nothing came for {SECONDS} seconds"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
