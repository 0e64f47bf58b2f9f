import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.slow
SERVE = [sys.executable, "-m", "provender", "serve", "--port"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PROVENDER_", "DJANGO_"))}
    return {**kept, "PROVENDER_DATA_DIR": str(tmp_path / "data")}


def started(port, environment):
    process = subprocess.Popen(
        [*SERVE, str(port)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    for _ in range(200):
        assert process.poll() is None, process.stdout.read()
        try:
            ask(port, "GET", "/healthz")
        except OSError:
            time.sleep(0.05)
        else:
            return process
    raise AssertionError("the server did not answer")


def killed(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
    process.stdout.close()


def ask(port, method, path, form=None, cookies=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in (cookies or {}).items())}
    body = None
    if form is not None:
        body = urlencode(form)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    for cookie in answer.headers.get_all("Set-Cookie") or []:
        name, value = cookie.split(";")[0].split("=", 1)
        if cookies is not None:
            cookies[name] = value
    connection.close()
    return answer.status, page


def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)


def test_an_acknowledged_entry_survives_a_killed_server(environment):
    port = free_port()
    process = started(port, environment)
    cookies = {}
    _, page = ask(port, "GET", "/account/signup/", cookies=cookies)
    form = {"email": "a@example.org", "password1": "a long enough password", "csrfmiddlewaretoken": token(page)}
    assert ask(port, "POST", "/account/signup/", form, cookies)[0] == 302
    _, page = ask(port, "GET", "/", cookies=cookies)
    form = {"kcal": "321", "meal": "lunch", "name": "Cake", "csrfmiddlewaretoken": token(page)}
    assert ask(port, "POST", "/day/2026-03-10/energy", form, cookies)[0] == 302
    killed(process)
    process = started(port, environment)
    try:
        status, page = ask(port, "GET", "/day/2026-03-10", cookies=cookies)
        assert status == 200
        assert "Cake" in page
    finally:
        killed(process)


def test_a_second_server_on_the_same_port_says_so_and_leaves_the_first_alone(environment, tmp_path):
    port = free_port()
    process = started(port, environment)
    try:
        second = subprocess.run([*SERVE, str(port)], env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "running already" in second.stderr
        assert f"--port {port + 1}" in second.stderr
        assert "Traceback" not in second.stderr
        assert ask(port, "GET", "/")[0] == 200
    finally:
        killed(process)


def test_a_port_of_another_program_is_said_to_be_taken(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        found = subprocess.run([*SERVE, str(port)], env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "cannot be used" in found.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("PROVENDER_DATA_DIR", "/proc/nowhere", "PROVENDER_DATA_DIR"),
        ("PROVENDER_CATALOGUE", "/not/there", "cannot be read"),
        ("PROVENDER_SIGN_UP", "maybe", "open, closed"),
    ],
)
def test_what_cannot_be_served_is_one_clear_line(environment, setting, value, said):
    command = [*SERVE, str(free_port())]
    found = subprocess.run(command, env={**environment, setting: value}, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert said in found.stderr
    assert "Traceback" not in found.stderr
