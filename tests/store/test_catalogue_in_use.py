"""A served catalogue notices that its file was swapped; while anything is wrong with the new one the old one serves."""

import os
from threading import Event, Thread

import pytest

from provender.catalogue.artifact import open_catalogue, starter_path
from provender.catalogue.build import build
from provender.store import catalogue_in_use as in_use
from provender.terms.errors import ArtifactError


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now

    def wait(self, seconds=1.5):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(in_use, "time", made)
    return made


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """An installation of its own, where nothing was opened yet."""
    settings.DATA_DIR = tmp_path / "data"
    settings.PROVENDER_CATALOGUE = ""
    monkeypatch.setattr(in_use, "_served", None)
    return tmp_path


@pytest.fixture
def swap(folder):
    """Puts a catalogue of these foods in use, as an update does."""

    def put(*names, at=None, damage=False):
        target = at or in_use.updated_path()
        target.parent.mkdir(parents=True, exist_ok=True)
        table = folder / "mine.csv"
        table.write_text("id,name,MG\n" + "".join(f"{n},{n},1\n" for n in names))
        new = folder / "new.catalogue"
        build([("plain_csv", table)], new)
        if damage:
            body = bytearray(new.read_bytes())
            body[-64] ^= 1
            new.write_bytes(body)
        new.replace(target)
        return target

    return put


def names():
    return in_use.catalogue().names()


def found(words):
    return [hit.id for hit in in_use.food_index().search(words)]


def test_without_a_setting_or_an_update_the_starter_serves():
    assert in_use.catalogue_path() == starter_path()
    assert len(in_use.catalogue()) == 7907


def test_an_updated_catalogue_serves_without_a_setting(swap):
    path = swap("oats")
    assert in_use.catalogue_path() == path
    assert names() == ["oats"]


def test_the_setting_goes_before_an_update(swap, folder, settings):
    swap("oats")
    settings.PROVENDER_CATALOGUE = str(swap("rye", at=folder / "mine.catalogue"))
    assert names() == ["rye"]


def test_a_swapped_file_is_taken_up_within_two_seconds(swap, clock):
    swap("oats")
    assert names() == ["oats"]
    swap("rye")
    clock.wait()
    assert names() == ["rye"]


def test_the_first_update_is_taken_up_while_the_starter_serves(swap, clock):
    assert len(in_use.catalogue()) == 7907
    swap("oats")
    clock.wait()
    assert names() == ["oats"]


def test_the_path_is_looked_at_once_a_second_at_most(swap, clock, monkeypatch):
    swap("oats")
    names()
    looks = []
    monkeypatch.setattr(in_use, "_stamp", lambda path, real=in_use._stamp: looks.append(path) or real(path))
    for _ in range(1000):
        names()
    assert looks == []
    clock.wait()
    for _ in range(1000):
        names()
    assert len(looks) == 1


def test_a_file_that_did_not_change_is_not_opened_again(swap, clock):
    swap("oats")
    here = in_use.catalogue()
    clock.wait()
    assert in_use.catalogue() is here


def test_the_index_is_swapped_with_its_catalogue(swap, clock):
    swap("oats")
    assert found("oats") == ["csv-mine:oats"]
    assert found("rye") == []
    swap("rye")
    clock.wait()
    assert found("rye") == ["csv-mine:rye"]
    assert found("oats") == []


def test_the_index_is_made_once(swap, clock, monkeypatch):
    swap("oats")
    index = in_use.food_index()
    clock.wait()
    assert in_use.food_index() is index


def test_no_index_is_made_while_nobody_searches(swap, clock, monkeypatch):
    monkeypatch.setattr(in_use, "index_of", lambda _: pytest.fail("an index was made"))
    swap("oats")
    names()
    swap("rye")
    clock.wait()
    assert names() == ["rye"]


def test_a_damaged_file_is_told_once_and_the_old_one_goes_on_serving(swap, clock, caplog):
    swap("oats")
    index = in_use.food_index()
    swap("rye", damage=True)
    for _ in range(3):
        clock.wait()
        assert names() == ["oats"]
        assert in_use.food_index() is index
    assert [r.levelname for r in caplog.records] == ["WARNING"]
    assert "is damaged" in caplog.text
    assert "goes on serving" in caplog.text


def test_a_damaged_file_that_was_put_right_is_taken_up(swap, clock):
    swap("oats")
    names()
    swap("rye", damage=True)
    clock.wait()
    names()
    swap("barley")
    clock.wait()
    assert names() == ["barley"]


def test_a_file_that_the_setting_names_and_is_gone_is_served_from_what_is_open(swap, clock, folder, settings, caplog):
    path = swap("oats", at=folder / "mine.catalogue")
    settings.PROVENDER_CATALOGUE = str(path)
    names()
    path.unlink()
    clock.wait()
    assert names() == ["oats"]
    assert "cannot be read" in caplog.text


def test_with_the_update_deleted_the_starter_serves_again(swap, clock):
    path = swap("oats")
    names()
    path.unlink()
    clock.wait()
    assert len(in_use.catalogue()) == 7907


def test_the_starter_serves_where_an_updated_catalogue_cannot_be_opened_at_the_start(swap, caplog):
    swap("oats", damage=True)
    assert len(in_use.catalogue()) == 7907
    assert "The starter catalogue serves instead" in caplog.text


def test_a_catalogue_the_setting_names_and_cannot_be_opened_at_the_start_is_refused(swap, folder, settings):
    settings.PROVENDER_CATALOGUE = str(swap("oats", at=folder / "mine.catalogue", damage=True))
    with pytest.raises(ArtifactError, match="is damaged"):
        in_use.catalogue()
    with pytest.raises(ArtifactError, match="is damaged"):
        in_use.food_index()


def test_what_was_open_keeps_its_foods_after_a_swap(swap, clock):
    swap("oats")
    here = in_use.catalogue()
    swap("rye")
    clock.wait()
    assert names() == ["rye"]
    assert here.food("csv-mine:oats").name == "oats"


def test_while_one_thread_opens_the_new_one_the_others_are_served_the_old(swap, clock, monkeypatch):
    swap("oats")
    names()
    swap("rye")
    clock.wait()
    opening, go_on = Event(), Event()

    def slow(path, real=open_catalogue, **how):
        opening.set()
        assert go_on.wait(10)
        return real(path, **how)

    monkeypatch.setattr(in_use, "open_catalogue", slow)
    seen = []
    thread = Thread(target=lambda: seen.append(names()))
    thread.start()
    assert opening.wait(10)
    assert names() == ["oats"]
    go_on.set()
    thread.join(10)
    assert seen == [["rye"]]
    assert names() == ["rye"]


@pytest.mark.parametrize("ends_well", [True, False])
def test_a_file_swapped_while_it_is_opened_is_opened_again(swap, monkeypatch, ends_well):
    path = swap("oats")
    tried = []

    def raced(_path, real=open_catalogue, **how):
        tried.append(1)
        if len(tried) == 1:
            swap("rye")
            if not ends_well:
                raise ArtifactError("half of the one and half of the other")
        return real(path, **how)

    monkeypatch.setattr(in_use, "open_catalogue", raced)
    assert names() == ["rye"]
    assert len(tried) == 2


def test_a_file_that_never_holds_still_is_left_for_later(swap, clock, monkeypatch, caplog):
    path = swap("oats")
    names()

    def raced(_path, real=open_catalogue, **how):
        swap("rye")
        return real(path, **how)

    swap("barley")
    clock.wait()
    with monkeypatch.context() as patched:
        patched.setattr(in_use, "open_catalogue", raced)
        assert names() == ["oats"]
    assert "was replaced 3 times" in caplog.text
    clock.wait()
    assert names() == ["rye"]


def test_two_threads_that_search_first_share_one_index(swap, monkeypatch):
    swap("oats")
    made, go_on = [], Event()

    def slow(here, real=in_use.index_of):
        made.append(1)
        assert go_on.wait(10)
        return real(here)

    monkeypatch.setattr(in_use, "index_of", slow)
    seen = []
    threads = [Thread(target=lambda: seen.append(in_use.food_index())) for _ in range(4)]
    for thread in threads:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(made) == 1
    assert len({id(index) for index in seen}) == 1


@pytest.mark.skipif(os.name == "nt", reason="a file that is open there cannot be replaced")
def test_many_swaps_under_many_readers_never_serve_a_mixture(swap, monkeypatch):
    monkeypatch.setattr(in_use, "SECONDS_BETWEEN_LOOKS", 0.0)
    swap("oats", "rye")
    stop, wrong = Event(), []

    def read():
        while not stop.is_set():
            here = in_use.catalogue()
            kept = {tuple(here.names()), tuple(f.removeprefix("csv-mine:") for f in here.ids())}
            if kept not in ({("oats", "rye")}, {("barley", "millet", "spelt")}):
                wrong.append(kept)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        swap("barley", "millet", "spelt")
        swap("oats", "rye")
    stop.set()
    for thread in threads:
        thread.join(10)
    assert wrong == []
