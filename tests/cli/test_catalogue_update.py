"""``provender catalogue update`` against a publisher on this machine; until the new catalogue is verified the old serves."""

import errno
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from publishing import PAGE, fdc_path, fdc_zip
from typer.testing import CliRunner

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.build import build
from provender.cli.main import app
from provender.cli.updating import fetching, renewal, soundness
from provender.cli.updating.command import Told
from provender.cli.updating.place import Place
from provender.cli.updating.releases import at_mirror, chosen, publications
from provender.store.catalogue_in_use import catalogue_path, updated_path
from provender.terms.errors import InputError, SourceError

OFF = "/data/openfoodfacts-products.jsonl.gz"
SUMS = "/data/gz-sha256sum"
PRODUCTS = b"".join(
    json.dumps(
        {"code": f"400000000{i:04}", "product_name": f"Bar {i}", "nutriments": {"energy-kcal_100g": 400 + i}}
    ).encode()
    + b"\n"
    for i in range(30)
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path / "data"
    settings.PROVENDER_CATALOGUE = ""
    monkeypatch.setattr(fetching.time, "sleep", lambda _: None)
    monkeypatch.setattr(fetching.fetch, "__kwdefaults__", {**fetching.fetch.__kwdefaults__, "pause": lambda _: None})
    return tmp_path / "data" / "catalogue" / "current.catalogue.update"


@pytest.fixture
def usda(publisher):
    """The four releases, large enough to be compared with the starter only by force."""
    publisher.release("foundation", "2025-04-24", fdc_zip("foundation", 3, 100))
    publisher.release("foundation", "2025-12-18", fdc_zip("foundation", 4, 200))
    publisher.release("sr_legacy", "2018-04", fdc_zip("sr_legacy", 6, 300))
    publisher.release("survey", "2024-10-31", fdc_zip("survey", 5, 400))
    publisher.release("branded", "2025-12-18", fdc_zip("branded", 7, 500))
    return publisher


@pytest.fixture
def off(publisher):
    publisher.files[OFF] = gzip.compress(PRODUCTS, mtime=0)
    publisher.files[SUMS] = b""
    publisher.days[OFF] = "Fri, 20 Nov 2026 08:00:00 GMT"
    return publisher


def run(publisher, *words):
    found = CliRunner().invoke(app, ["catalogue", "update", "--from", publisher.url, *words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def updated(publisher, *words):
    found = run(publisher, "--json", *words)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def refused(publisher, *words):
    found = run(publisher, *words)
    assert found.exit_code == 1, found.output
    return found.stderr.strip().splitlines()[-1]


def first(publisher, *words):
    """A first update, which is smaller than the starter."""
    return updated(publisher, "--force", *words)


def fingerprint():
    return updated_path().read_bytes() if updated_path().exists() else None


def test_the_newest_releases_are_fetched_built_and_put_in_use(usda):
    told = first(usda)
    assert (told["foods"], told["foods_before"], told["in_use"]) == (22, 7907, True)
    assert catalogue_path() == updated_path()
    here = open_catalogue(updated_path())
    assert here.digest == told["digest"]
    assert here.food("fdc:203").name == "foundation food 203"
    assert fdc_path("foundation", "2025-04-24") not in usda.fetched()


def test_what_was_fetched_is_noted_with_its_digest(usda, folder):
    told = first(usda)
    body = usda.files[fdc_path("survey", "2024-10-31")]
    row = next(row for row in told["files"] if row["source"] == "fdc-survey")
    assert (row["release"], row["bytes"], row["sha256"]) == ("2024-10-31", len(body), sha256(body).hexdigest())
    assert row["publisher_says_the_same"] is False
    noted = json.loads((folder / "downloads" / "releases.lock").read_text())
    assert noted["artifact"] == told["digest"]
    assert noted["built_of"]["FoodData_Central_survey_food_csv_2024-10-31.zip"] == row["sha256"]


def test_the_terminal_tells_progress_and_the_outcome(usda):
    found = run(usda, "--force")
    assert "FoodData_Central_branded_food_csv_2025-12-18.zip, bytes fetched: " in found.stderr
    assert "22 foods, 7,907 before" in found.stdout
    assert "a Provender that is running takes it up by itself" in found.stdout


def test_the_page_need_not_be_readable(publisher):
    for row in publications().values():
        if row.usual:
            kind = row.key.removeprefix("fdc-").replace("-", "_")
            publisher.release(kind, row.release, fdc_zip(kind, 2), linked=False)
    found = run(publisher, "--force")
    assert found.exit_code == 0
    assert "the release known to this version of Provender is taken, 2018-04" in found.stderr
    publisher.files[PAGE] = b"<html>We have moved.</html>"
    assert (
        "links to no FoodData_Central_survey_food_csv_DATE.zip"
        in run(publisher, "--check").stdout + run(publisher, "--check").stderr
    )


def test_only_the_date_is_taken_from_the_page():
    legacy = publications()["fdc-sr-legacy"]
    page = """
      <a href="https://evil.example/fdc-datasets/FoodData_Central_sr_legacy_food_csv_2019-04.zip">x</a>
      <a href='/fdc-datasets/FoodData_Central_sr_legacy_food_csv_2018-04.zip'>x</a>
      <a href="/fdc-datasets/FoodData_Central_sr_legacy_food_json_2020-04.zip">x</a>
      <a href="/fdc-datasets/FoodData_Central_sr_legacy_food_csv_../../x.zip">x</a>
      <a href="http://[broken/FoodData_Central_sr_legacy_food_csv_2030-04.zip">x</a>
    """
    assert legacy.newest_on(page) == "2019-04"
    assert legacy.address("2019-04") == (
        "https://fdc.nal.usda.gov/fdc-datasets/FoodData_Central_sr_legacy_food_csv_2019-04.zip"
    )
    assert legacy.newest_on("<html>") is None


def test_the_table_of_releases_names_https_addresses_and_kinds_that_are_read():
    from provender.catalogue.sources import ALL

    for row in publications().values():
        assert row.kind in ALL
        assert all(a.startswith("https://") for a in (row.file, row.page or "https://", row.sums or "https://"))
        assert ("{release}" in row.file) == bool(row.release) == bool(row.page)
        assert row.mb < row.most_mb < row.most_unpacked_mb
    assert [row.key for row in chosen([])] == ["fdc-foundation", "fdc-sr-legacy", "fdc-survey", "fdc-branded"]


def test_an_unknown_source_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="found --source fdc, expected one of: fdc-foundation"):
        chosen(["off", "fdc"])


def test_a_mirror_keeps_the_publishers_paths():
    assert at_mirror("https://a.example/b/c.zip", "https://m.example/usda/") == "https://m.example/usda/b/c.zip"
    assert at_mirror("https://a.example/b/c.zip", "") == "https://a.example/b/c.zip"


@pytest.mark.parametrize("mirror", ["http://mirror.example.org", "ftp://mirror.example.org", "mirror"])
def test_a_mirror_without_https_is_refused(mirror):
    found = CliRunner().invoke(app, ["catalogue", "update", "--from", mirror])
    assert found.exit_code == 1
    assert "https://" in found.stderr


def test_nothing_is_fetched_again_while_nothing_is_new(usda):
    told = first(usda)
    usda.asked.clear()
    again = updated(usda)
    assert (again["changed"], again["digest"]) == (False, told["digest"])
    assert usda.fetched() == []
    assert "Nothing is new" in run(usda).stdout


def test_a_new_release_is_taken_up(usda):
    first(usda)
    usda.release("survey", "2026-10-30", fdc_zip("survey", 9, 600))
    told = updated(usda)
    assert (told["changed"], told["foods"], told["foods_before"]) == (True, 26, 22)


def test_kept_downloads_are_not_fetched_again_for_another_source(usda, folder):
    first(usda, "--keep-downloads")
    assert len(list((folder / "downloads").glob("*.zip"))) == 4
    usda.release("survey", "2026-10-30", fdc_zip("survey", 9, 600))
    usda.asked.clear()
    updated(usda, "--keep-downloads")
    assert usda.fetched() == [fdc_path("survey", "2026-10-30")]


def test_a_kept_download_that_was_damaged_is_fetched_anew(usda, folder):
    first(usda, "--keep-downloads", "--source", "fdc-survey")
    kept = folder / "downloads" / "FoodData_Central_survey_food_csv_2024-10-31.zip"
    kept.write_bytes(kept.read_bytes()[:-9])
    updated_path().unlink()
    told = first(usda, "--source", "fdc-survey")
    assert told["foods"] == 5


def test_downloads_are_deleted_once_they_are_built_in(usda, folder):
    first(usda)
    assert [p.name for p in (folder / "downloads").iterdir()] == ["releases.lock"]
    assert not (folder / "building").exists()


def test_downloads_and_parts_of_older_releases_are_deleted(usda, folder):
    first(usda, "--keep-downloads")
    part = folder / "downloads" / "FoodData_Central_branded_food_csv_2025-04-24.zip.part"
    part.write_bytes(b"half")
    usda.release("survey", "2026-10-30", fdc_zip("survey", 9, 600))
    updated(usda, "--keep-downloads")
    assert not part.exists()
    kept = sorted(p.name for p in (folder / "downloads").glob("*survey*"))
    assert kept == ["FoodData_Central_survey_food_csv_2026-10-30.zip"]


def test_a_release_published_anew_under_its_old_name_is_taken_up(usda):
    first(usda)
    usda.files[fdc_path("survey", "2024-10-31")] = fdc_zip("survey", 8, 400)
    assert updated(usda)["foods"] == 25


def test_other_sources_than_last_time_are_something_new(usda):
    first(usda)
    assert updated(usda, "--source", "fdc-survey", "--source", "fdc-branded")["foods"] == 12


@pytest.mark.parametrize("damage", ["deleted", "flipped"])
def test_a_catalogue_that_is_gone_or_damaged_is_built_again(usda, damage):
    told = first(usda)
    if damage == "deleted":
        updated_path().unlink()
    else:
        updated_path().write_bytes(updated_path().read_bytes()[:-100])
    again = first(usda)
    assert (again["changed"], again["digest"]) == (True, told["digest"])


def test_a_check_tells_what_is_new_and_fetches_nothing(usda):
    found = run(usda, "--check")
    assert "fdc-branded" in found.stdout
    assert "new" in found.stdout
    assert usda.fetched() == []
    assert not updated_path().exists()
    first(usda)
    usda.asked.clear()
    told = updated(usda, "--dry-run")
    assert told["current"] is True
    assert [row["new"] for row in told["files"]] == [False] * 4
    usda.release("survey", "2026-10-30", fdc_zip("survey", 9, 600))
    told = updated(usda, "--check")
    assert (told["current"], [row["new"] for row in told["files"]]) == (False, [False, False, True, False])
    assert usda.fetched() == []


def test_a_check_leaves_no_folder_behind(usda, folder):
    run(usda, "--check")
    assert not folder.exists()


def test_another_artifact_can_be_replaced(usda, tmp_path, settings):
    mine = tmp_path / "mine.catalogue"
    told = updated(usda, "--out", str(mine))
    assert (told["foods_before"], told["in_use"]) == (None, False)
    settings.PROVENDER_CATALOGUE = str(mine)
    assert updated(usda, "--out", str(mine))["in_use"] is True


def test_a_catalogue_the_settings_name_stays_in_use_and_that_is_said(usda, settings):
    settings.PROVENDER_CATALOGUE = str(starter_path())
    found = run(usda, "--force")
    assert f"{starter_path()} stays in use" in found.stderr
    assert catalogue_path() == starter_path()


# Failures: whatever happens, the catalogue in use stays byte for byte.


def after_a_release(usda, body):
    """A catalogue in use, and a new survey release with this body."""
    first(usda)
    usda.release("survey", "2026-10-30", body)
    return fingerprint()


def test_a_truncated_body_is_told_and_gone_on_from(usda, folder):
    body = fdc_zip("survey", 400, 600)
    before = after_a_release(usda, body)
    usda.cut = [None, None, 1000, 500, 0, 0]
    assert "found 1,500 bytes" in refused(usda)
    assert fingerprint() == before
    assert (folder / "downloads" / "FoodData_Central_survey_food_csv_2026-10-30.zip.part").stat().st_size == 1500
    usda.asked.clear()
    assert updated(usda)["foods"] == 417
    assert usda.asked.count(("GET", fdc_path("survey", "2026-10-30"), "bytes=1500-")) == 1
    assert [p for p in usda.fetched() if "foundation" in p] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Down for maintenance</html>", "no whole ZIP"),
        (fdc_zip("survey", 400)[:-300], "no whole ZIP"),
        (fdc_zip("survey", 400).replace(b"PK\x03\x04", b"PK\x03\x05", 1), "no whole ZIP"),
    ],
    ids=["a page", "cut", "flipped"],
)
def test_a_damaged_zip_is_deleted_and_the_old_catalogue_serves(usda, folder, body, said):
    before = after_a_release(usda, body)
    line = refused(usda)
    assert said in line
    assert renewal.STAYS in line
    assert fingerprint() == before
    assert not list((folder / "downloads").glob("*2026-10-30*"))


def test_a_flipped_byte_within_a_table_is_found_by_its_crc(usda):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("food.csv", "a,b,c\n" * 100)
    body = bytearray(made.getvalue())
    body[100] ^= 1
    before = after_a_release(usda, bytes(body))
    assert "Bad CRC-32" in refused(usda)
    assert fingerprint() == before


def test_a_zip_bomb_is_refused(usda):
    before = after_a_release(usda, fdc_zip("survey", 3, **{"bomb.csv": b"0" * 30_000_000}))
    line = refused(usda)
    assert "unpacks to 30,00" in line
    assert "is not what the publisher releases" in line
    assert fingerprint() == before


def test_a_zip_of_too_many_files_is_refused(usda):
    after_a_release(usda, fdc_zip("survey", 3, **{f"{i}.csv": "" for i in range(1000)}))
    assert "found 1,003 files in it" in refused(usda)


def test_an_encrypted_zip_is_refused(usda):
    body = bytearray(fdc_zip("survey", 3))
    for place in range(len(body)):
        if body[place : place + 4] == b"PK\x01\x02":
            body[place + 8] |= 1
    after_a_release(usda, bytes(body))
    assert "is encrypted" in refused(usda)


def test_a_file_larger_than_a_publisher_could_mean_is_refused(usda, monkeypatch):
    before = after_a_release(usda, fdc_zip("survey", 400, 600))
    monkeypatch.setattr(renewal, "MB", 5)
    assert "expected at most 2,500" in refused(usda)
    assert fingerprint() == before


def test_files_that_are_not_the_publishers_are_told_and_the_old_catalogue_serves(usda):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("README.txt", "hello")
    before = after_a_release(usda, made.getvalue())
    assert "looked for food.csv and did not find it" in refused(usda)
    assert fingerprint() == before


def test_a_catalogue_of_less_than_half_the_foods_is_refused_unless_forced(usda):
    first(usda)
    before = fingerprint()
    line = refused(usda, "--source", "fdc-survey")
    assert "holds 5 foods, expected at least half of the 22" in line
    assert "--force" in line
    assert fingerprint() == before
    assert updated(usda, "--source", "fdc-survey", "--force")["foods"] == 5


def test_a_first_update_is_compared_with_the_starter(usda):
    assert "half of the 7,907" in refused(usda)
    assert catalogue_path() == starter_path()


def test_downloads_that_came_before_a_failure_are_not_fetched_again(usda):
    refused(usda)
    usda.asked.clear()
    first(usda)
    assert usda.fetched() == []


def test_too_little_room_is_told_before_anything_is_fetched(usda, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=31_000_000))
    line = refused(usda)
    assert "has 31,000,000 bytes free, expected at least 32,0" in line
    assert usda.fetched() == []


def test_a_disk_that_fills_up_while_building_leaves_the_old_catalogue(usda, folder, monkeypatch):
    before = after_a_release(usda, fdc_zip("survey", 9, 600))
    from provender.catalogue import writing

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(writing.os, "fsync", lambda h, real=writing.os.fsync: full(h) if building(folder) else real(h))
        assert "No space left on device" in refused(usda)
    assert fingerprint() == before
    assert not (folder / "building").exists()
    assert updated(usda)["foods"] == 26


def building(folder):
    return (folder / "building").exists()


def test_a_new_catalogue_that_is_damaged_is_never_put_in_use(usda, monkeypatch):
    before = after_a_release(usda, fdc_zip("survey", 9, 600))

    def damaging(sources, out, **more):
        report = build(sources, out, **more)
        body = bytearray(out.read_bytes())
        body[-64] ^= 1
        out.write_bytes(body)
        return report

    monkeypatch.setattr(renewal, "build", damaging)
    assert "is damaged" in refused(usda)
    assert fingerprint() == before


def test_a_new_catalogue_other_than_the_one_built_is_never_put_in_use(usda, monkeypatch):
    before = after_a_release(usda, fdc_zip("survey", 9, 600))

    def exchanged(sources, out, **more):
        report = build(sources, out, **more)
        shutil.copy(starter_path(), out)
        return report

    monkeypatch.setattr(renewal, "build", exchanged)
    assert "the new catalogue has digest" in refused(usda)
    assert fingerprint() == before


def test_a_swap_that_is_refused_is_told(usda, monkeypatch):
    before = after_a_release(usda, fdc_zip("survey", 9, 600))
    real = Path.replace

    def held(self, target):
        if Path(target).name == "current.catalogue":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    assert "cannot be replaced: Permission denied" in refused(usda)
    assert fingerprint() == before


def test_two_updates_at_once_are_one_too_many(usda):
    first(usda)
    with Place(updated_path().resolve()).alone():
        assert "another update of" in refused(usda)
    assert run(usda).exit_code == 0


def test_what_a_killed_update_left_is_swept_and_parts_are_not(usda, folder):
    left = folder / "building" / "new.catalogueabc.part"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    (folder / "downloads").mkdir()
    (folder / "downloads" / "x.writing").write_text("half")
    part = folder / "downloads" / "openfoodfacts-products.jsonl.gz.part"
    part.write_bytes(b"half")
    first(usda)
    assert not left.exists()
    assert not (folder / "downloads" / "x.writing").exists()
    assert part.exists()


def test_a_damaged_note_only_costs_another_download(usda, folder):
    told = first(usda)
    (folder / "downloads" / "releases.lock").write_text('{"files": 3}')
    assert updated(usda)["digest"] == told["digest"]


@pytest.mark.slow
def test_an_update_killed_in_the_midst_leaves_the_old_catalogue_and_goes_on_next_time(usda, folder, tmp_path):
    body = fdc_zip("survey", 20_000, 10_000)
    before = after_a_release(usda, body)
    reached = Event()

    def stall(path):
        if path == fdc_path("survey", "2026-10-30"):
            reached.set()
            time.sleep(0.3)

    usda.during, usda.cut = stall, [None, None, len(body) // 2]
    words = ["-m", "provender", "catalogue", "update", "--from", usda.url]
    process = subprocess.Popen(
        [sys.executable, *words],
        env={"PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "PROVENDER_DATA_DIR": str(tmp_path / "data")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    part = folder / "downloads" / "FoodData_Central_survey_food_csv_2026-10-30.zip.part"
    try:
        assert reached.wait(60)
        until = time.monotonic() + 20
        while not (part.exists() and part.stat().st_size) and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    assert fingerprint() == before
    usda.during, usda.cut = None, []
    assert updated(usda)["foods"] == 20_017


# Open Food Facts: one file whose name never changes, on request only.


def test_open_food_facts_comes_on_request_and_its_size_is_said(off):
    found = run(off, "--source", "off", "--force")
    assert found.exit_code == 0, found.output
    assert "about 10 GB to download" in found.stderr
    assert "do not name openfoodfacts-products.jsonl.gz" in found.stderr
    assert "release 2026-11-20" in found.stdout
    assert "30 foods" in found.stdout


def test_a_checksum_that_agrees_is_told(off):
    off.files[SUMS] = f"{sha256(off.files[OFF]).hexdigest()}  openfoodfacts-products.jsonl.gz\n".encode()
    told = first(off, "--source", "off")
    assert told["files"][0]["publisher_says_the_same"] is True


def test_a_checksum_of_another_file_is_not_taken_for_ours(off):
    off.files[SUMS] = f"{'0' * 64}  openfoodfacts-mongodbdump.gz\n".encode()
    assert first(off, "--source", "off")["files"][0]["publisher_says_the_same"] is False


def test_a_checksum_that_differs_deletes_the_download_and_leaves_the_old_catalogue(off, folder):
    first(off, "--source", "off")
    before = fingerprint()
    off.files[OFF] = gzip.compress(PRODUCTS * 2, mtime=0)
    off.files[SUMS] = f"{'0' * 64}  openfoodfacts-products.jsonl.gz\n".encode()
    line = refused(off, "--source", "off")
    assert "its publisher says 0000000000000000" in line
    assert fingerprint() == before
    assert not list((folder / "downloads").glob("openfoodfacts*"))


def test_an_unchanged_checksum_fetches_nothing_though_the_server_says_it_changed(off):
    off.files[SUMS] = f"{sha256(off.files[OFF]).hexdigest()}  openfoodfacts-products.jsonl.gz\n".encode()
    first(off, "--source", "off")
    off.asked.clear()
    off.tags, off.days[OFF] = False, "Sat, 21 Nov 2026 08:00:00 GMT"
    assert updated(off, "--source", "off")["changed"] is False
    assert off.fetched() == []


def test_sums_that_cannot_be_had_are_no_reason_to_trust_the_file(off):
    del off.files[SUMS]
    assert "404" in refused(off, "--source", "off")


@pytest.mark.parametrize("body", [gzip.compress(PRODUCTS)[:-9], b"not gzip at all"])
def test_a_damaged_gzip_is_refused(off, body):
    off.files[OFF] = body
    assert "no whole gzip" in refused(off, "--source", "off")


def test_a_gzip_bomb_is_refused(off):
    off.files[OFF] = gzip.compress(b"{}\n" * 5_000_000)
    assert "unpacks to" in refused(off, "--source", "off")


def test_an_endless_line_is_refused(off, monkeypatch):
    monkeypatch.setattr(soundness, "LONGEST_LINE", 1_500_000)
    off.files[OFF] = gzip.compress(b"{}\n" + b"x" * 3_000_000)
    assert "expected a product a line" in refused(off, "--source", "off")


def test_a_size_that_is_not_told_is_unknown_and_not_zero(off):
    off.lengthless = True
    assert "size unknown" in run(off, "--source", "off", "--check").stdout
    assert updated(off, "--source", "off", "--check")["files"][0]["bytes"] is None


def test_a_day_that_is_not_told_is_unknown(off):
    off.days.clear()
    assert first(off, "--source", "off")["files"][0]["release"] is None


# What is said while it works.


def test_progress_is_told_at_the_start_of_a_step_and_at_its_end_and_seldom_between(capsys):
    told = Told()
    for done in range(101):
        told("x.zip", done, 100)
    told("y.zip", 5, None)
    assert capsys.readouterr().err.splitlines() == ["x.zip: 0 of 100 (0%)", "x.zip: 100 of 100 (100%)", "y.zip: 5"]


def test_a_lock_is_let_go_when_its_holder_ends(tmp_path):
    place = Place(tmp_path / "a.catalogue")
    taken, release = Event(), Event()

    def hold():
        with place.alone():
            taken.set()
            release.wait(10)

    thread = Thread(target=hold)
    thread.start()
    taken.wait(10)
    with pytest.raises(SourceError, match="another update"), place.alone():
        pass
    release.set()
    thread.join()
    with place.alone():
        pass
