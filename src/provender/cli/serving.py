"""``provender serve``: everything is checked before the first visitor, and a clear word said when it cannot serve."""

import os
import socket
import time
from http.client import HTTPConnection, HTTPException
from threading import Thread

import typer
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from provender.cli.said import django_ready
from provender.terms.errors import InputError

THREADS = 8
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(host: str, port: int) -> None:
    """Serve until stopped.

    Raises:
        InputError: The address is taken or cannot be used.
        ArtifactError: The catalogue is missing or damaged.
        SettingError: The database cannot be used.
    """
    _free(host, port)
    django_ready(tables=True)
    from provender.store.catalogue_in_use import catalogue  # noqa: PLC0415 - needs Django set up

    found = catalogue()
    if host not in LOOPBACK:
        typer.echo(
            f"Others can reach {host}: set PROVENDER_ALLOWED_HOSTS to the names they use, put HTTPS in front"
            " (PROVENDER_HTTPS=yes), and see SECURITY.md.",
            err=True,
        )
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - compared, not bound
    Thread(target=_announce, args=(address, host, port, len(found)), daemon=True).start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")
    Granian(
        "provender.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.error,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def _free(host: str, port: int) -> None:
    """Nothing else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if _is_provender(host, port):
                said = f"Provender is running already at http://{host}:{port}"
            else:
                said = f"{host}:{port} cannot be used: {error.strerror}"
            raise InputError(f"{said}. To serve at another port: provender serve --port {port + 1}") from error


def _is_provender(host: str, port: int) -> bool:
    try:
        connection = HTTPConnection(host, port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().read(9) == b"provender"
    except (OSError, HTTPException):
        return False


def _announce(address: str, host: str, port: int, foods: int) -> None:
    for _ in range(300):
        if _is_provender("127.0.0.1" if host == "0.0.0.0" else host, port):  # noqa: S104 - compared, not bound
            typer.echo(f"Provender is at {address} with {foods:,} foods (Ctrl-C stops it).")
            return
        time.sleep(0.05)
