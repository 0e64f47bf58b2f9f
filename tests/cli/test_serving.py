import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from provender.catalogue.artifact import starter_path

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
        ("PROVENDER_CATALOGUE", __file__, "not a Provender catalogue"),
        ("PROVENDER_DATABASE_URL", "postgres://a:b@127.0.0.1:1/diary", "PROVENDER_DATABASE_URL"),
        ("PROVENDER_SIGN_UP", "maybe", "open, closed"),
    ],
)
def test_what_cannot_be_served_is_one_clear_line(environment, setting, value, said):
    command = [*SERVE, str(free_port())]
    found = subprocess.run(command, env={**environment, setting: value}, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert said in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_a_damaged_catalogue_is_never_served(environment, tmp_path):
    broken = bytearray(starter_path().read_bytes())
    broken[-100] ^= 1
    path = tmp_path / "broken.catalogue"
    path.write_bytes(broken)
    command = [*SERVE, str(free_port())]
    told = {**environment, "PROVENDER_CATALOGUE": str(path)}
    found = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert "digest" in found.stderr
    assert "expected" in found.stderr


def test_a_full_disk_is_one_clear_line_and_nothing_is_half_written(environment):
    def nearly_full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    command = [sys.executable, "-m", "provender", "members", "list"]
    found = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, preexec_fn=nearly_full
    )
    assert found.returncode == 1
    assert "disk" in found.stderr
    assert len(found.stderr.splitlines()) == 1
    after = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True, check=True)
    assert after.stdout.strip() == "[]"


def test_an_entry_that_the_disk_refuses_is_told_and_not_kept(environment):
    def provender(*words, typed="", largest=None):
        limit = None if largest is None else lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        command = [sys.executable, "-m", "provender", *words]
        return subprocess.run(
            command, env=environment, input=typed, capture_output=True, text=True, check=False, preexec_fn=limit
        )

    assert provender("members", "add", "a@example.org", typed="a long enough password\n").returncode == 0
    found = provender("log", "30 g almonds", "--yes", largest=1)
    assert found.returncode == 1
    assert "disk" in found.stderr
    assert "Traceback" not in found.stderr
    assert json.loads(provender("day", "--json").stdout)["entries"] == []
    assert provender("log", "30 g almonds", "--yes").returncode == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_stops_when_asked(environment, how):
    port = free_port()
    process = started(port, environment)
    time.sleep(0.5)
    process.send_signal(how)
    said = process.communicate(timeout=20)[0].decode()
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}" in said
    assert "migrations applied" in said
    assert "Traceback" not in said


def test_when_only_its_first_process_is_killed_the_port_is_free_again(environment):
    port = free_port()
    process = started(port, environment)
    process.kill()
    process.wait(10)
    process.stdout.close()
    for _ in range(100):
        try:
            ask(port, "GET", "/healthz")
        except OSError:
            break
        time.sleep(0.1)
    killed(started(port, environment))


def test_a_lost_process_of_the_server_is_replaced(environment):
    port = free_port()
    process = started(port, environment)
    try:
        (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(child), signal.SIGKILL)
        for _ in range(200):
            try:
                if ask(port, "GET", "/healthz")[0] == 200:
                    break
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        else:
            pytest.fail("the server did not come back")
        assert ask(port, "GET", "/plan")[0] == 200
    finally:
        killed(process)


def test_a_pipe_that_closes_early_is_no_error(environment):
    words = f"{sys.executable} -m provender foods show usda-sr24:01123 --json | head -n 1"
    found = subprocess.run(words, shell=True, env=environment, capture_output=True, text=True, check=False)
    assert found.stderr == ""


def test_serving_for_a_program_says_where_as_json(environment):
    port = free_port()
    command = [*SERVE, str(port), "--json"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True, text=True)
    try:
        said = json.loads(process.stdout.readline())
        assert said["address"] == f"http://127.0.0.1:{port}"
        assert said["foods"] == 7907
    finally:
        killed(process)
