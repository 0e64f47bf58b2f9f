"""The build: the same bytes for the same input, impossible values quarantined, all or nothing."""

import errno
import os
from dataclasses import replace
from itertools import permutations

import pytest

from provender.catalogue import build as building
from provender.catalogue.artifact import open_catalogue
from provender.catalogue.build import build
from provender.catalogue.food import Food, Portion
from provender.catalogue.plausible import plausible
from provender.catalogue.publisher import Problem, Published, Revision
from provender.catalogue.sources import ALL
from provender.terms.errors import ArtifactError, SourceError
from provender.terms.nutrients import NUTRIENTS

MINE = "id,name,ENERC_KCAL,MG,VITC\n1,Almonds,598,279,0\n2,Halibut,111,28,\n"
YOURS = "id,name,brand,ENERC_KCAL\n1,Rye toast,Baker,284\n"


def food(**composition):
    return Food(id="t:1", name="A food", source="t", source_id="1", release="1", composition=composition)


def published(*items, key="t", release="1"):
    return lambda _path: Published(key, "Test foods", release, "public domain", items)


@pytest.fixture
def publish(monkeypatch, tmp_path):
    """Builds from items instead of files: each argument is one source's."""

    def run(*sources, out=None):
        table = {f"s{i}": source for i, source in enumerate(sources)}
        monkeypatch.setattr(building, "ALL", table)
        out = out or tmp_path / "out.catalogue"
        return build([(kind, tmp_path) for kind in table], out), open_catalogue(out)

    return run


def test_the_same_input_gives_the_same_bytes_in_any_order(plain, tmp_path):
    sources = [("plain_csv", plain(MINE)), ("plain_csv", plain(YOURS, "yours.csv"))]
    made = []
    for number, order in enumerate([*permutations(sources), sources]):
        out = tmp_path / f"{number}.catalogue"
        build(order, out)
        made.append(out.read_bytes())
    assert len(set(made)) == 1


def test_the_report_counts_foods_by_source_and_names_the_digest(plain, tmp_path):
    out = tmp_path / "out.catalogue"
    report = build([("plain_csv", plain(MINE)), ("plain_csv", plain(YOURS, "yours.csv"))], out)
    assert report.foods == {"csv-mine": 2, "csv-yours": 1}
    assert report.digest == open_catalogue(out).digest
    assert (report.superseded, report.quarantined, report.problems) == ({}, {}, ())


def test_the_latest_revision_of_a_food_wins_whichever_comes_first(publish):
    old, new = food(MG=1.0), replace(food(MG=2.0), id="t:2", source_id="2")
    revisions = [Revision(new, "almonds", "2024-10-31"), Revision(old, "almonds", "2019-04-01")]
    for order in permutations(revisions):
        report, catalogue = publish(published(*order))
        assert catalogue.ids() == ["t:2"]
        assert report.superseded == {"t": 1}


def test_the_latest_revision_wins_across_two_sources_of_one_publisher(publish):
    old = published(Revision(food(MG=1.0), "almonds", "2019"), release="2019")
    new = published(Revision(replace(food(MG=2.0), id="t:2"), "almonds", "2024"), release="2024")
    for order in permutations([old, new]):
        _, catalogue = publish(*order)
        assert catalogue.ids() == ["t:2"]
        assert [n.release for n in catalogue.sources] == ["2024"]


def test_two_foods_of_one_id_leave_one_whatever_the_order(publish):
    one, two = published(food(MG=1.0)), published(food(MG=2.0))
    digests = {publish(*order)[0].digest for order in permutations([one, two])}
    assert len(digests) == 1


def test_an_id_met_under_two_names_is_kept_once_in_its_later_revision(publish):
    renamed = replace(food(MG=2.0), name="Renamed")
    for order in permutations([Revision(food(MG=1.0), "a", "2019"), Revision(renamed, "b", "2024")]):
        _, catalogue = publish(published(*order))
        assert catalogue.names() == ["Renamed"]


def test_foods_with_releases_of_their_own_keep_them_and_the_newest_is_the_sources(publish):
    foods = [replace(food(), release="2019"), replace(food(), id="t:2", release="2024")]
    _, catalogue = publish(published(*foods, release=""))
    assert [catalogue.food_at(i).release for i in (0, 1)] == ["2019", "2024"]
    assert catalogue.sources[0].release == "2024"


def test_problems_are_counted_in_full_and_kept_up_to_a_thousand(publish):
    problems = [Problem("f.csv", line, "MG", "x", "expected a number") for line in range(1, 1501)]
    report, _ = publish(published(food(), *problems))
    assert report.quarantined == {"t": 1500}
    assert len(report.problems) == 1000
    assert str(report.problems[0]) == "f.csv line 1, MG: found “x”; expected a number"


def test_progress_is_told_every_five_hundred_foods_and_at_the_end(plain, tmp_path):
    rows = "".join(f"{i},Food {i}\n" for i in range(1200))
    told = []
    build([("plain_csv", plain("id,name\n" + rows))], tmp_path / "o", progress=lambda *a: told.append(a))
    assert told == [("Foods of mine.csv", n, None) for n in (500, 1000, 1200)]


def test_text_no_page_or_database_can_hold_is_cleaned(publish):
    odd = replace(food(), name=" Crème\x00 \ud800brûlée\n\u202e x ", brand="A\tB", kind="branded", category="C\u00a0D")
    _, catalogue = publish(published(odd))
    found = catalogue.food("t:1")
    assert (found.name, found.brand, found.category) == ("Crème brûlée x", "A B", "C D")


def test_the_joiners_inside_words_of_persian_and_hindi_stay(publish):
    _, catalogue = publish(published(replace(food(), name="نان‌وایی")))
    assert catalogue.names() == ["نان‌وایی"]


@pytest.mark.parametrize(
    ("composition", "left"),
    [
        ({"ENERC_KCAL": 902.1}, {}),
        ({"ENERC_KCAL": 902.0}, {"ENERC_KCAL": 902.0}),
        ({"ENERC_KJ": 3774.0}, {"ENERC_KJ": 3774.0}),
        ({"ENERC_KJ": 3800.0}, {}),
        ({"MG": -0.1, "CA": 5.0}, {"CA": 5.0}),
        ({"MG": float("nan")}, {}),
        ({"MG": float("inf")}, {}),
        ({"MG": 0.0}, {"MG": 0.0}),
        ({"SE": 1.06e8}, {}),
        ({"NA": 38758.0}, {"NA": 38758.0}),
        ({"LEU_G": 106.0}, {}),
        ({"VITA_IU": 100_000.0}, {"VITA_IU": 100_000.0}),
        ({"FAT": 200.0, "PROCNT": 20.0, "CHOCDF": 70.0}, {"PROCNT": 20.0, "CHOCDF": 70.0}),
        ({"FAT": 50.0, "PROCNT": 20.0, "CHOCDF": 36.0, "MG": 1.0}, {"MG": 1.0}),
        ({"FAT": 50.0, "PROCNT": 20.0, "CHOCDF": 35.0}, {"FAT": 50.0, "PROCNT": 20.0, "CHOCDF": 35.0}),
        ({"FAT": 99.0, "ALC": 7.0, "FIBTG": 3.0}, {"FIBTG": 3.0}),
        ({"NO_SUCH": 1.0, "MG": 1.0}, {"MG": 1.0}),
    ],
)
def test_impossible_values_are_left_out_and_counted(composition, left):
    found, problems = plausible(food(**composition))
    assert found.composition == left
    assert len(problems) == len(composition) - len(left)


def test_an_impossible_value_is_unknown_afterwards_and_the_food_stays(publish):
    report, catalogue = publish(published(food(MG=-5.0, CA=3.0)))
    assert catalogue.food("t:1").composition == {"CA": 3.0}
    assert report.quarantined == {"t": 1}
    assert str(report.problems[0]) == "t:1, MG: found “-5”; a composition cannot be negative or infinite"


@pytest.mark.parametrize("portion", [Portion(1, "cup", 0.0), Portion(1, "cup", float("nan")), Portion(0, "cup", 5.0),
                                     Portion(float("inf"), "cup", 5.0), Portion(1, "tun", 1e6)])  # fmt: skip
def test_an_impossible_portion_is_left_out_and_the_others_stay(portion):
    slice_ = Portion(1.0, "slice", 30.0)
    found, problems = plausible(replace(food(), portions=(portion, slice_)))
    assert found.portions == (slice_,)
    assert [p.column for p in problems] == ["portion"]


def test_a_food_with_nothing_wrong_is_handed_on_untouched():
    good = replace(food(MG=1.0), portions=(Portion(1.0, "serving", None),))
    assert plausible(good) == (good, [])


def test_a_portion_without_a_mass_is_not_written(publish):
    _, catalogue = publish(published(replace(food(), portions=(Portion(1.0, "serving", None),))))
    assert catalogue.food("t:1").portions == ()


def test_no_source_is_a_named_error(tmp_path):
    with pytest.raises(SourceError, match="found no source"):
        build([], tmp_path / "out")


def test_an_unknown_kind_is_named_with_those_there_are(tmp_path):
    with pytest.raises(SourceError, match=r"'usda', expected one of: fdc, fndds, off, plain_csv, sr"):
        build([("usda", tmp_path)], tmp_path / "out")


def test_a_source_without_one_food_is_refused_and_says_the_first_problem(plain, tmp_path):
    with pytest.raises(SourceError, match=r"not one food in .*mine\.csv; the first problem: mine\.csv line 2, name"):
        build([("plain_csv", plain("id,name\n1,\n"))], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_source_is_refused(plain, tmp_path):
    with pytest.raises(SourceError, match="not one food"):
        build([("plain_csv", plain("id,name\n"))], tmp_path / "out")


def fails_with(number):
    def fail(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return fail


class Full:
    """A file on a disk that fills up with the second block."""

    def __init__(self, file):
        self.file, self.blocks = file, 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, block):
        self.blocks += 1
        if self.blocks > 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.file.write(block)


@pytest.mark.parametrize("at", ["write", "fsync", "replace", "mkstemp"])
def test_a_full_disk_leaves_the_old_catalogue_and_nothing_half_written(monkeypatch, plain, tmp_path, at):
    folder = tmp_path / "catalogues"
    out = folder / "out.catalogue"
    build([("plain_csv", plain(MINE))], out)
    before = out.read_bytes()
    if at == "write":
        opened = os.fdopen
        monkeypatch.setattr("provender.catalogue.writing.os.fdopen", lambda *a: Full(opened(*a)))
    elif at == "fsync":
        monkeypatch.setattr("provender.catalogue.writing.os.fsync", fails_with(errno.ENOSPC))
    elif at == "mkstemp":
        monkeypatch.setattr("provender.catalogue.writing.tempfile.mkstemp", fails_with(errno.EROFS))
    else:
        monkeypatch.setattr("pathlib.Path.replace", fails_with(errno.EROFS))
    with pytest.raises(ArtifactError, match=r"cannot be written: .*untouched.*disk full or the folder read-only"):
        build([("plain_csv", plain(YOURS))], out)
    assert out.read_bytes() == before
    assert os.listdir(folder) == ["out.catalogue"]


def test_a_read_only_folder_is_a_named_error(monkeypatch, plain, tmp_path):
    folder = tmp_path / "sealed"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write to any folder")
    with pytest.raises(ArtifactError, match="read-only"):
        build([("plain_csv", plain(MINE))], folder / "out.catalogue")


def test_an_interrupted_build_leaves_nothing_half_written(monkeypatch, plain, tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("provender.catalogue.writing.os.fsync", stop)
    folder = tmp_path / "catalogues"
    with pytest.raises(KeyboardInterrupt):
        build([("plain_csv", plain(MINE))], folder / "out.catalogue")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_made(plain, tmp_path):
    out = tmp_path / "a" / "b" / "out.catalogue"
    build([("plain_csv", plain(MINE))], out)
    assert len(open_catalogue(out)) == 2


def test_everyone_may_read_a_catalogue(plain, tmp_path):
    out = tmp_path / "out.catalogue"
    build([("plain_csv", plain(MINE))], out)
    assert out.stat().st_mode & 0o777 == 0o644


def test_the_table_of_sources_is_the_folder():
    folder = building.__file__.replace("build.py", "sources")
    names = {n.removesuffix(".py") for n in os.listdir(folder) if n.endswith(".py")} - {"__init__"}
    assert set(ALL) == names


def test_every_nutrient_can_be_written_and_read(publish):
    every = dict.fromkeys(NUTRIENTS, 0.5)
    _, catalogue = publish(published(food(**every)))
    assert catalogue.food("t:1").composition == every
