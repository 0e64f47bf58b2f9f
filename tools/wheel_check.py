"""Builds the wheel, installs it into a clean environment and serves from it alone."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
INSIDE = (
    "provender/catalogue/starter/starter.catalogue",
    "provender/catalogue/synonyms.csv",
    "provender/diary/activities.csv",
    "provender/terms/nutrients.csv",
    "provender/web/templates/base.html",
    "provender/web/static/web/provender.css",
    "provender/store/migrations/0001_the_first_tables.py",
    "provender/py.typed",
)
PAGES = ("/", "/plan", "/account/signup/", "/static/web/provender.css", "/healthz")


def uv(*words: object) -> None:
    """Run uv."""
    subprocess.run(["sh", ROOT / "tools" / "uv.sh", *map(str, words)], check=True)


def main() -> int:
    """Build, look inside, install, search, serve, fetch, stop."""
    with tempfile.TemporaryDirectory(prefix="provender-wheel-") as name:
        folder = Path(name)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        wheel = next(folder.glob("*.whl"))
        missing = set(INSIDE) - set(zipfile.ZipFile(wheel).namelist())
        if missing:
            print(f"wheel: not inside: {', '.join(sorted(missing))}")
            return 1
        python = folder / "venv" / "bin" / "python"
        uv("venv", "-q", "--python", sys.executable, folder / "venv")
        uv("pip", "install", "-q", "--python", python, "--require-hashes", "-r", ROOT / "requirements.lock")
        uv("pip", "install", "-q", "--python", python, "--no-deps", wheel)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PROVENDER_", "DJANGO_", "COVERAGE"))}
        environment = {**kept, "HOME": str(folder / "home"), "PROVENDER_DATA_DIR": str(folder / "data")}
        (folder / "home").mkdir()
        command = folder / "venv" / "bin" / "provender"
        found = subprocess.run(
            [command, "foods", "search", "rye bread", "--json"],
            env=environment,
            check=True,
            capture_output=True,
            cwd=folder,
        )
        if b"Bread, rye" not in found.stdout:
            print(f"wheel: search found {found.stdout[:200]!r}")
            return 1
        return serves(command, environment, folder)


def serves(command: Path, environment: dict[str, str], folder: Path) -> int:
    """Start the server from the wheel, fetch a few pages, stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([command, "serve", "--port", str(port)], env=environment, cwd=folder)
    try:
        for attempt in range(100):
            try:
                sizes = [len(urlopen(f"http://127.0.0.1:{port}{page}", timeout=10).read()) for page in PAGES]
            except URLError:
                if process.poll() is not None or attempt == 99:
                    print("wheel: the server did not answer")
                    return 1
                time.sleep(0.1)
            else:
                print(f"wheel: serves {', '.join(PAGES)} ({sum(sizes):,} bytes)")
                return 0
    finally:
        process.terminate()
        process.wait(15)
    return 1


if __name__ == "__main__":
    sys.exit(main())
