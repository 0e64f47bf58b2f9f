"""One file over HTTP from this machine: whole, resumed or refused."""

import errno
import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from urllib.error import URLError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provender.cli.updating import fetching
from provender.cli.updating.addresses import asked, may_be_asked, reason
from provender.cli.updating.fetching import Remote, described, fetch, text_at
from provender.terms.errors import SourceError

BODY = bytes(range(256)) * 4000
PATH = "/files/some.zip"
MOST = 10**9


@pytest.fixture
def part(tmp_path):
    return tmp_path / "some.zip.part"


@pytest.fixture
def some(publisher):
    publisher.files[PATH] = BODY
    return publisher


def got(publisher, part, most=MOST, progress=None):
    waited = []
    remote = fetch(f"{publisher.url}{PATH}", part, most=most, progress=progress, pause=waited.append)
    return remote, waited


def ranges(publisher):
    return [wanted for _, _, wanted in publisher.asked]


def begun(publisher, part, count=100_000):
    """A part from an earlier run, which came with the publisher's present validator."""
    part.write_bytes(BODY[:count])
    said = {"url": f"{publisher.url}{PATH}", "bytes": len(BODY), "etag": publisher.tag(PATH), "modified": ""}
    part.with_name(f"{part.name}.json").write_text(json.dumps(said))


def test_a_file_is_fetched_whole_and_its_progress_told(some, part):
    told = []
    remote, waited = got(some, part, progress=lambda *step: told.append(step))
    assert part.read_bytes() == BODY
    assert (remote.bytes, remote.etag, waited) == (len(BODY), some.tag(PATH), [])
    assert told[-1] == ("some.zip, bytes fetched", len(BODY), len(BODY))
    assert len(told) > 1


def test_every_request_says_who_asks(some, part):
    got(some, part)
    assert all(agent.startswith("Provender/") and "https://" in agent for agent in some.agents)


def test_a_part_of_an_earlier_run_is_gone_on_from(some, part):
    begun(some, part)
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == ["bytes=100000-"]


def test_a_body_that_breaks_off_is_gone_on_from_in_the_same_run(some, part):
    some.cut = [300_000, 200_000]
    _, waited = got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == [None, "bytes=300000-", "bytes=500000-"]
    assert waited == [2.0, 4.0]


def test_a_body_that_keeps_breaking_off_is_told_and_the_part_stays(some, part):
    some.cut = [50_000] * 10
    with pytest.raises(SourceError, match=r"found 200,000 bytes, expected 1,024,000.*goes on from the 200,000 bytes"):
        got(some, part)
    some.cut = []
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some)[-1] == "bytes=200000-"


def test_the_day_of_change_resumes_where_there_is_no_tag(some, part):
    some.tags, some.days[PATH], some.cut = False, "Thu, 30 Apr 2026 10:00:00 GMT", [300_000]
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == [None, "bytes=300000-"]


def test_without_anything_that_tells_versions_apart_it_starts_anew(some, part):
    some.tags, some.cut = False, [300_000]
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == [None, None]


def test_a_server_without_parts_starts_anew(some, part):
    begun(some, part)
    some.ranges = False
    got(some, part)
    assert part.read_bytes() == BODY


def test_a_file_that_changed_meanwhile_starts_anew(some, part):
    begun(some, part)
    some.files[PATH] = BODY[::-1]
    got(some, part)
    assert part.read_bytes() == BODY[::-1]


def test_a_part_that_is_whole_already_is_not_fetched_again(some, part):
    begun(some, part, len(BODY))
    remote, _ = got(some, part)
    assert remote.bytes == len(BODY)
    assert ranges(some) == [f"bytes={len(BODY)}-"]


def test_a_part_longer_than_the_file_is_thrown_away(some, part):
    begun(some, part)
    part.write_bytes(BODY + b"more")
    got(some, part)
    assert part.read_bytes() == BODY


@pytest.mark.parametrize("said", ["bytes 5-1023999/1024000", "bytes 100000-1023999/*", "everything"])
def test_a_part_other_than_the_one_asked_for_is_never_joined(some, part, said):
    begun(some, part)
    some.falsely_ranged = said
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == ["bytes=100000-", None]


def test_more_than_the_server_announced_is_never_kept(some, part):
    begun(some, part)
    some.falsely_ranged = "bytes 100000-499999/500000"
    remote, _ = got(some, part)
    assert remote.bytes == len(BODY)
    assert part.read_bytes() == BODY


class Falling:
    """A connection that falls silent after so many reads."""

    def __init__(self, answer, reads):
        self.answer, self.reads = answer, reads

    def read(self, count):
        self.reads -= 1
        if self.reads < 0:
            raise TimeoutError
        return self.answer.read(count)

    def __getattr__(self, name):
        return getattr(self.answer, name)


def test_a_connection_that_falls_silent_is_gone_on_from(some, part, monkeypatch):
    left = [2, 1, 99]
    monkeypatch.setattr(fetching, "asked", lambda *a, **k: Falling(asked(*a, **k), left.pop(0)))
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some) == [None, "bytes=524288-", "bytes=786432-"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(0, 400_000), max_size=3), tags=st.booleans(), parts=st.booleans())
def test_wherever_it_breaks_off_the_file_is_the_publishers_or_there_is_an_error(some, part, cuts, tags, parts):
    some.cut, some.tags, some.ranges = list(cuts), tags, parts
    part.unlink(missing_ok=True)
    part.with_name(f"{part.name}.json").unlink(missing_ok=True)
    got(some, part)
    assert part.read_bytes() == BODY


@pytest.mark.parametrize("note", ["", "{", "[]", '{"url": "https://elsewhere.example/f", "bytes": 1}'])
def test_a_part_of_nobody_knows_what_starts_anew(some, part, note):
    begun(some, part)
    part.with_name(f"{part.name}.json").write_text(note)
    got(some, part)
    assert part.read_bytes() == BODY


def test_a_file_without_a_length_is_taken_to_its_end(some, part):
    some.lengthless = True
    remote, _ = got(some, part)
    assert remote.bytes is None
    assert part.read_bytes() == BODY


def test_a_file_larger_than_allowed_is_refused_before_it_is_fetched(some, part):
    with pytest.raises(SourceError, match=r"found 1,024,000 bytes or more, expected at most 1,000"):
        got(some, part, most=1000)
    assert not part.exists()


def test_a_file_without_a_length_is_refused_once_it_is_larger_than_allowed(some, part):
    some.lengthless = True
    with pytest.raises(SourceError, match="expected at most 500,000"):
        got(some, part, most=500_000)
    assert not part.exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(some, part, status):
    some.status[PATH] = [status]
    _, waited = got(some, part)
    assert part.read_bytes() == BODY
    assert waited == [2.0]


def test_a_server_that_stays_busy_is_told(some, part):
    some.status[PATH] = [503] * 9
    with pytest.raises(SourceError, match=r"503.*nothing has come yet"):
        got(some, part)


def test_a_refusal_is_told_at_once(some, part):
    some.status[PATH] = [403] * 9
    with pytest.raises(SourceError, match="403"):
        got(some, part)
    assert len(some.asked) == 1


def test_a_server_that_is_not_there_is_told(tmp_path, publisher, part):
    nobody = "http://127.0.0.1:1/some.zip"
    with pytest.raises(SourceError, match="cannot be fetched whole"):
        fetch(nobody, part, most=MOST, pause=lambda _: None)
    with pytest.raises(SourceError, match=r"cannot be reached.*on the network"):
        described(nobody)
    with pytest.raises(SourceError, match="cannot be read"):
        text_at(nobody, 100)


def test_a_full_disk_is_told_before_anything_comes(some, part, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=999))
    with pytest.raises(SourceError, match=r"has 999 bytes free, expected at least 1,024,000"):
        got(some, part)


class FullDisk:
    """A file that takes so many bytes."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def write(self, chunk):
        if len(chunk) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(chunk)
        return self.file.write(chunk)

    def __getattr__(self, name):
        return getattr(self.file, name)


@pytest.fixture
def full_disk(monkeypatch):
    real = Path.open

    @contextmanager
    def opened(self, mode="r", *rest, **more):
        with real(self, mode, *rest, **more) as file:
            yield FullDisk(file, 300_000) if "b" in mode and mode[0] in "wa" else file

    monkeypatch.setattr(Path, "open", opened)
    return lambda: monkeypatch.setattr(Path, "open", real)


def test_a_disk_that_fills_up_is_told_and_the_part_is_gone_on_from(some, part, full_disk):
    with pytest.raises(SourceError, match=r"is full.*goes on from there"):
        got(some, part)
    assert 0 < part.stat().st_size <= 300_000
    full_disk()
    got(some, part)
    assert part.read_bytes() == BODY
    assert ranges(some)[-1].startswith("bytes=2")


def test_another_fault_of_the_disk_is_left_to_be_told_as_it_is(some, part):
    part.mkdir()
    with pytest.raises(OSError, match="directory"):
        got(some, part)


def test_a_redirect_to_the_same_machine_is_followed_and_parts_too(some, part):
    begun(some, part)
    some.files["/moved.zip"] = some.files.pop(PATH)
    some.redirects[PATH] = f"{some.url}/moved.zip"
    got(some, part)
    assert part.read_bytes() == BODY
    assert some.asked[-1] == ("GET", "/moved.zip", "bytes=100000-")


@pytest.mark.parametrize(
    "where",
    ["http://example.org/some.zip", "ftp://example.org/some.zip", "file:///etc/passwd", "https://a:b@example.org/"],
)
def test_a_redirect_to_anything_but_https_is_refused(some, part, where):
    some.redirects[PATH] = where
    with pytest.raises(SourceError, match=r"begins with https://|is not allowed"):
        got(some, part)
    assert not part.exists()


def test_redirects_in_a_ring_end(some, part):
    some.redirects[PATH] = f"{some.url}{PATH}"
    with pytest.raises(SourceError, match="302"):
        got(some, part)


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://fdc.nal.usda.gov/x.zip", True),
        ("http://fdc.nal.usda.gov/x.zip", False),
        ("http://localhost:8080/x.zip", True),
        ("http://[::1]/x.zip", True),
        ("http://127.0.0.1.example.org/x.zip", False),
        ("https://name:secret@example.org/x.zip", False),
        ("https://host:port/x", False),
        ("https:///x", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_https_is_asked_and_plain_http_on_this_machine(url, may):
    assert may_be_asked(url) is may
    if not may:
        with pytest.raises(SourceError, match="https://"):
            asked(url)


def test_a_file_is_described_without_being_fetched(some):
    found = described(f"{some.url}{PATH}")
    assert (found.bytes, found.etag) == (len(BODY), some.tag(PATH))
    assert [method for method, _, _ in some.asked] == ["HEAD"]


def test_a_server_that_does_not_describe_is_asked_for_the_file_itself(some):
    some.forbidden_methods = {"HEAD"}
    assert described(f"{some.url}{PATH}").bytes == len(BODY)


def test_a_file_that_is_not_there_cannot_be_described(some):
    with pytest.raises(SourceError, match="404"):
        described(f"{some.url}/not/there.zip")


def test_a_text_longer_than_expected_is_refused(some):
    assert text_at(f"{some.url}{PATH}", len(BODY))
    with pytest.raises(SourceError, match="expected a short text"):
        text_at(f"{some.url}{PATH}", len(BODY) - 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Remote("u", 5, '"a"'), Remote("u", 5, '"a"'), True),
        (Remote("u", 5, '"a"'), Remote("u", 5, '"b"'), False),
        (Remote("u", 5, '"a"'), Remote("u", 6, '"a"'), False),
        (Remote("u", 5, '"a"'), Remote("v", 5, '"a"'), False),
        (Remote("u", None, '"a"'), Remote("u", 6, '"a"'), True),
        (Remote("u", 5, 'W/"a"', "Thu"), Remote("u", 5, 'W/"b"', "Thu"), True),
        (Remote("u", 5), Remote("u", 5), False),
    ],
)
def test_two_answers_are_of_one_file_only_where_the_server_says_so(one, other, same):
    assert one.same_as(other) is same


def test_the_reason_of_a_failure_is_a_few_words():
    assert reason(TimeoutError()) == "nothing came for 60 seconds"
    assert reason(URLError(OSError(113, "No route to host"))) == "No route to host"
    assert reason(URLError("unknown url type")) == "unknown url type"
    assert reason(fetching.NETWORK_ERRORS[1]()) == "HTTPException"
