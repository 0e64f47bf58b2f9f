"""Proves the wheel: builds it, looks inside, installs it with the locked dependencies elsewhere, and uses it there.

Usage: python tools/wheel_check.py. Exit code 1 with one line when anything is missing or does not answer.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "provender"
WITHOUT = {".py", ".pyc", ".orig", ".rej", ".tmp"}
MUST = (
    "provender/py.typed",
    "provender/catalogue/starter/starter.catalogue",
    "provender/terms/nutrients.csv",
    "provender/diary/activities.csv",
    "provender/web/templates/base.html",
    "provender/store/migrations/0001_the_first_tables.py",
)
SECONDS_TO_ANSWER = 60


class Broken(Exception):
    """The wheel does not hold, or does not do, what it should."""


def run(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """What a command printed.

    Raises:
        Broken: It failed.
    """
    done = subprocess.run([str(c) for c in command], env=env, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise Broken(f"`{' '.join(str(c) for c in command)}` ended with {done.returncode}: {said}")
    return done.stdout


def built(folder: Path) -> Path:
    """The wheel, made of what is in the work tree."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    wheels = list(folder.glob("provender-*.whl"))
    if len(wheels) != 1:
        raise Broken(f"found {len(wheels)} wheels in {folder}, expected one")
    return wheels[0]


def look_inside(wheel: Path) -> int:
    """How many files the wheel holds; every file of the package that is not there is named.

    Raises:
        Broken: Something is missing, or something is there that does not belong in a wheel.
    """
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    here = {
        f"provender/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and path.suffix not in WITHOUT and "__pycache__" not in path.parts
    }
    missing = sorted((here | set(MUST)) - inside)
    if missing:
        raise Broken(f"the wheel lacks {len(missing)} files: {', '.join(missing[:8])}")
    strange = sorted(name for name in inside if name.split("/")[0].partition("-")[0] != "provender" or ".pyc" in name)
    if strange:
        raise Broken(f"the wheel holds what does not belong in it: {', '.join(strange[:8])}")
    return len(inside)


def installed(wheel: Path, folder: Path) -> Path:
    """The folder of commands of a new environment with the locked dependencies and the wheel."""
    place = folder / "venv"
    uv = ("sh", ROOT / "tools" / "uv.sh")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(*uv, "venv", "-q", "--python", sys.executable, place)
    run(
        *(*uv, "pip", "install", "-q", "--python", python),
        *("--require-hashes", "-r", ROOT / "requirements.lock"),
    )
    run(*uv, "pip", "install", "-q", "--python", python, "--no-deps", wheel)
    return python.parent


def bare_environment(folder: Path, commands: Path) -> dict[str, str]:
    """An environment with an empty home, in which nothing of this work tree can be found."""
    home = folder / "home"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if k in {"LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT"}}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "PATH": f"{commands}{os.pathsep}{os.defpath}"}


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def fetched(port: int, address: str) -> tuple[int, bytes]:
    """Status and body of one page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def answering(process: "subprocess.Popen[bytes]", port: int, log: Path) -> float:
    """Seconds until the server answered.

    Raises:
        Broken: It ended, or never answered.
    """
    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS_TO_ANSWER:
        if process.poll() is not None:
            raise Broken(f"`provender serve` ended with {process.returncode}: {log.read_text()[-2000:]}")
        try:
            if fetched(port, "/healthz")[0] == 200:
                return time.perf_counter() - begun
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise Broken(f"`provender serve` did not answer within {SECONDS_TO_ANSWER} s: {log.read_text()[-2000:]}")


def served(commands: Path, environment: dict[str, str], folder: Path) -> float:
    """Seconds the installed Provender needs from its start to its first page; every page tried answers.

    Raises:
        Broken: A page does not answer as it should, or the server does not stop when asked.
    """
    port, log = free_port(), folder / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [commands / "provender", "serve", "--port", str(port)],
            env=environment,
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        seconds = answering(process, port, log)
        style = next((SOURCE / "web" / "static" / "web").glob("*.css")).name
        wanted: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
            ("/", lambda body: b"Provender" in body),
            ("/plan", lambda body: b"<form" in body),
            (f"/static/web/{style}", lambda body: len(body) > 100),
        )
        for address, right in wanted:
            status, body = fetched(port, address)
            if status != 200 or not right(body):
                raise Broken(f"{address} answered {status} with {len(body)} bytes that are not what was expected")
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.CTRL_C_EVENT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired as error:
            raise Broken("`provender serve` did not stop within 20 s of Ctrl-C") from error
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if "Traceback" in log.read_text():
        raise Broken(f"`provender serve` left a traceback: {log.read_text()[-2000:]}")
    return seconds


def main() -> int:
    """Build, look, install, use."""
    folder = Path(tempfile.mkdtemp(prefix="provender-wheel-"))
    try:
        wheel = built(folder / "dist")
        files = look_inside(wheel)
        print(f"{wheel.name}: {files} files, {wheel.stat().st_size:,} bytes")
        commands = installed(wheel, folder)
        environment = bare_environment(folder, commands)
        print(f"provender --version: {run(commands / 'provender', '--version', env=environment, cwd=folder).strip()}")
        said = run(commands / "provender", "foods", "search", "rye bread", "--json", env=environment, cwd=folder)
        found = json.loads(said)
        if not found or "rye" not in found[0]["name"].lower():
            raise Broken(f"`foods search rye bread` found {found[:1]}, expected a rye bread first")
        print(f"foods search rye bread: {found[0]['name']}")
        print(
            f"serve: first answer after {served(commands, environment, folder):.1f} s on an empty home; stops on Ctrl-C"
        )
    except Broken as error:
        print(f"wheel: {error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
