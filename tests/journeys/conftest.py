"""A real server with a database of its own, and a real Chromium."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of a running Provender on a fresh data folder; a new one a module, as sign-ups are limited."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PROVENDER_", "DJANGO_"))}
    environment["PROVENDER_DATA_DIR"] = str(tmp_path_factory.mktemp("data"))
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "provender", "serve", "--port", str(port)], env=environment, stdout=out, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            assert process.poll() is None, log.read_text()
            try:
                urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail(f"no answer from the server:\n{log.read_text()}")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser():
    import browser as finding
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=finding.find(), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(params=[(390, 844), (1280, 900)], ids=["phone", "desk"])
def page(request, browser, server):
    """A fresh visitor; anything red in the console or any request elsewhere fails the journey."""
    width, height = request.param
    context = browser.new_context(
        base_url=server, viewport={"width": width, "height": height}, timezone_id="Europe/Berlin", locale="en-GB"
    )
    visitor = context.new_page()
    visitor.set_default_timeout(30_000)
    wrong, elsewhere = [], []
    visitor.on("pageerror", lambda error: wrong.append(str(error)))
    visitor.on(
        "console", lambda line: wrong.append(line.text) if line.type == "error" and "422" not in line.text else None
    )
    visitor.on(
        "request", lambda sent: None if sent.url.startswith((server, "data:", "blob:")) else elsewhere.append(sent.url)
    )
    yield visitor
    sideways = visitor.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert wrong == []
    assert elsewhere == []
    assert sideways <= 0, "the page scrolls sideways"
