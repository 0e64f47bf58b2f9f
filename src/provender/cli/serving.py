"""``provender serve``: everything is checked before the first visitor, and a clear word said when it cannot serve."""

import importlib
import os
import signal
import socket
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from json import dumps
from threading import Thread
from typing import Any

import typer
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from provender.cli.said import django_ready
from provender.terms.errors import InputError

THREADS = 8
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
SECONDS_TO_ANSWER = 60
APPLICATION = "provender.wsgi:application"


@dataclass(frozen=True, slots=True)
class Start:
    """What the server's own process is told of the one that started it.

    Attributes:
        pid: The process that was started from the terminal.
        at: When, in seconds since 1970.
        host: The address listened on.
        port: The port listened on.
        foods: How many foods the catalogue holds.
        browser: Open the pages in a browser once they answer.
        json: Say where as JSON.
    """

    pid: int
    at: float
    host: str
    port: int
    foods: int
    browser: bool
    json: bool


def serve(host: str, port: int, *, browser: bool = False, json: bool = False) -> None:
    """Serve until stopped.

    Args:
        host: The address to listen on.
        port: The port to listen on.
        browser: Open the pages in a browser once they answer.
        json: Say where they are as one line of JSON, and nothing else.

    Raises:
        InputError: The address is taken or cannot be used.
        ArtifactError: The catalogue is missing or damaged.
        SettingError: The database cannot be used.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads of their own only wait for one another
    check_free(host, port)
    migrations = django_ready()
    if migrations and not json:
        typer.echo(f"The database is ready ({migrations} migrations applied).")
    foods = _loaded()
    if host not in LOOPBACK:
        typer.echo(
            f"Others can reach {host}: set PROVENDER_ALLOWED_HOSTS to the names they use, put HTTPS in front"
            " (PROVENDER_HTTPS=yes), and see SECURITY.md.",
            err=True,
        )
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        websockets=False,
        respawn_failed_workers=True,
    )
    server.serve(target_loader=partial(load, Start(os.getpid(), time.time(), host, port, foods, browser, json)))
    if not json:
        typer.echo("Provender has stopped.")


def _loaded() -> int:
    """Load what the server's process needs, so that it starts at once and a fault shows before anybody listens.

    Returns:
        How many foods the catalogue holds.
    """
    from provender.cli.tables import let_go  # noqa: PLC0415 - needs Django set up
    from provender.store.catalogue_in_use import catalogue, food_index  # noqa: PLC0415

    found = catalogue()
    food_index()
    for name in ("provender.wsgi", "provender.urls"):
        importlib.import_module(name)
    let_go()
    return len(found)


def load(start: Start, target: str) -> Callable[..., Any]:
    """The application, in the server's own process; threads begin here, after the fork.

    It ends when the process that started it is gone: else a server whose first process was killed would go on
    holding the port, with nobody to stop it.
    """
    Thread(target=_end_without, args=(start.pid,), daemon=True).start()
    Thread(target=_announce, args=(start,), daemon=True).start()
    module, _, name = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def check_free(host: str, port: int) -> None:
    """Make sure that nothing else listens there.

    Raises:
        InputError: Something does, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InputError(_taken(host, port, error), field="port") from error


def _taken(host: str, port: int, error: OSError) -> str:
    other = port + 1 if port < 65535 else port - 1
    advice = f"To serve at another port: provender serve --port {other}"
    if _asked(host, port) == b"provender":
        return f"Provender is running already at {address(host, port)} . {advice}"
    return f"port {port} of {host} cannot be used: {error.strerror or error}. {advice}"


def _asked(host: str, port: int) -> bytes | None:
    """What answers there; None when nothing does."""
    try:
        connection = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().read(9)
    except (OSError, HTTPException):
        return None


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the pages."""
    name = EVERYWHERE.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def _announce(start: Start) -> None:
    """Say where the pages are once they answer; a process that replaces a lost one says nothing."""
    while time.time() - start.at < SECONDS_TO_ANSWER:
        if _asked(start.host, start.port) is not None:
            where = address(start.host, start.port)
            said = {"address": where, "foods": start.foods, "pid": start.pid}
            typer.echo(
                dumps(said) if start.json else f"Provender is at {where}  ({start.foods:,} foods; Ctrl-C stops it)"
            )
            if start.browser:
                webbrowser.open(where)
            importlib.import_module("provender.web.trends")  # charts take a second to load: now, not at a click
            return
        time.sleep(0.05)
