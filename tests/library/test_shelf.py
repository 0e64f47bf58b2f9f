"""The shelves: read as they are, and refused with file, line, field and remedy where they are wrong."""

import tempfile
import time
from pathlib import Path

import pytest
from copied_shelf import SHELF, TODAY, CopiedShelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provender.library.checks import findings
from provender.library.finding import ShelfError, shown
from provender.library.shelf import reading, shelf
from provender.terms.errors import InputError, NotFoundError


def only(problems):
    assert len(problems) == 1, [str(one) for one in problems]
    return str(problems[0])


def test_the_small_shelf_is_whole():
    found = shelf(SHELF)
    assert {name: len(found.folder(name)) for name in ("sources", "studies", "claims", "articles")} == {
        "sources": 6,
        "studies": 5,
        "claims": 4,
        "articles": 2,
    }
    assert found.claims["magnesium-cramps"].checked.on.year == 2026
    assert found.articles["cramps"].body_line == 12
    assert found.sources["yousef2013"].year == 2013
    assert found.sources["nhs-back-pain"].year is None
    assert found.studies["barna2021"].outcome("none") is None
    assert list(found.pictures) == ["calendar.svg"]


def test_the_library_that_comes_along_is_whole():
    found, problems = reading()
    assert [str(one) for one in problems] == []
    assert found.claims


def test_it_is_read_in_less_than_a_second():
    began = time.perf_counter()
    reading()
    assert time.perf_counter() - began < 1


def test_a_missing_field_is_told_where_it_belongs(tmp_path):
    copy = CopiedShelf(tmp_path).edit("claims/numbness.yaml", "verdict: contradicted\n", "")
    assert only(copy.problems()) == (
        "claims/numbness.yaml line 1, verdict: found nothing, expected verdict; add verdict; see docs/library.md"
    )


def test_a_missing_field_inside_another_has_the_line_of_that(tmp_path):
    copy = CopiedShelf(tmp_path).edit("claims/numbness.yaml", "by: The Provender developers, ", "")
    assert "line 12, checked.by: found nothing" in only(copy.problems())


def test_an_unknown_field_comes_with_the_nearest_name(tmp_path):
    copy = CopiedShelf(tmp_path).edit(
        "claims/magnesium-cramps.yaml", "    locator: abstract\n", "    locater: abstract\n"
    )
    said = only(copy.problems())
    assert "line 19, evidence[0].locater: found a field that is not known" in said
    assert "did you mean locator?" in said


def test_an_unknown_field_like_no_other_is_to_be_deleted(tmp_path):
    copy = CopiedShelf(tmp_path).edit("hubs/back-pain.yaml", "title:", "zzzz: 1\ntitle:")
    assert "there are articles, checked, claims_first" in only(copy.problems())
    copy = CopiedShelf(tmp_path / "again").edit(
        "redflags/back-pain.yaml", "title: Call now", "zzzz: 1, title: Call now"
    )
    assert "Otherwise delete it." in only(copy.problems())


def test_a_word_that_is_none_of_a_list_comes_with_the_list(tmp_path):
    copy = CopiedShelf(tmp_path).edit("claims/magnesium-cramps.yaml", "certainty: moderate", "certainty: modrate")
    said = only(copy.problems())
    assert "found “modrate”, expected one of high, moderate, low, very-low; did you mean moderate?" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("studies/barna2021.yaml", "analysed: 175", "analysed: 17O", "found “17O”, expected a whole number"),
        ("studies/barna2021.yaml", "analysed: 175", "analysed: -1", "found -1, expected greater than or equal to 0"),
        ("studies/barna2021.yaml", "value: -0.8", "value: true", "found True, expected a number"),
        (
            "claims/numbness.yaml",
            "says: New",
            "says: ''\nunverified: [x]\n#",
            "found “”, expected text that is not empty",
        ),
        ("claims/numbness.yaml", "hub: back-pain", "hub: 12", "found 12, expected text; put it in quotation marks"),
        (
            "claims/numbness.yaml",
            "on: 2026-11-22",
            "on: 22.11.2026",
            "found “22.11.2026”, expected a day such as 2026-11-22",
        ),
        ("claims/numbness.yaml", "on: 2026-11-22", "on: 2026-02-30", "found “2026-02-30”"),
        ("claims/numbness.yaml", "due: 2027-11", "due: soon", "found “soon”, expected a month such as 2027-11"),
        ("claims/numbness.yaml", "possible: false", "possible: no", "found “no”, expected true or false"),
        ("claims/numbness.yaml", ", why: nobody should wait and see", "", "expected why, as possible is false"),
        ("claims/numbness.yaml", "kind: advice", "kind: harm", "expected a certainty: high, moderate, low or very-low"),
        ("claims/magnesium-cramps.yaml", ", outcome: cramps a week}\nsynthesis", "}\nsynthesis", "expected an outcome"),
        (
            "claims/magnesium-cramps.yaml",
            "- all: [[magnesium], [cramp*], [help*, stop*]]",
            "- all: []",
            "recognise[0].all",
        ),
        ("claims/magnesium-cramps.yaml", "why: wide intervals", "why: [x]", "found a list, expected text"),
        (
            "studies/garrison2011.yaml",
            "low: -3.1",
            "low: 3.1",
            "found -0.7 outside 3.1 to 1.7, expected low <= value <= high",
        ),
        (
            "studies/roguinmaor2017.yaml",
            ", {mean: -3.03, sd: 4.53, n: 46}",
            "",
            "expected two sides to compare, or none",
        ),
        ("substances/magnesium.yaml", "low: 200", "low: 400", "found 400 to 350, expected low <= high"),
        ("substances/magnesium.yaml", ", hours_before: 4, hours_after: 4", "", "expected hours_before or hours_after"),
        (
            "sources/yousef2013.json",
            '"family": "Yousef",',
            '"family": "Y", "literal": "Y",',
            "either family (and given) or literal",
        ),
        ("sources/yousef2013.json", "2013\n", "2013, 1, 1, 1\n", "[[year, month, day]]"),
        (
            "sources/yousef2013.json",
            '"10.1111',
            '"doi:10.1111',
            "sources/yousef2013.json line 17, DOI: found “doi:10.1111/anae.12107”, expected a DOI such as 10.1111/anae.12107",
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_was_expected(tmp_path, file, old, new, said):
    found = only(CopiedShelf(tmp_path).edit(file, old, new).problems())
    assert found.startswith(f"{file} line ")
    assert said in found


def test_a_record_that_is_a_list_or_text_is_told(tmp_path):
    copy = CopiedShelf(tmp_path).write("studies/barna2021.yaml", "- source: barna2021\n")
    assert "studies/barna2021.yaml line 1: found no fields, expected a record" in str(copy.problems()[0])
    copy.edit("studies/yousef2013.yaml", "  - {id: placebo, name: placebo, n: 40}", "  - placebo")
    assert "arms[1]: found “placebo”, expected fields" in "\n".join(map(str, copy.problems()))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("claims/numbness.yaml", "source: nhs-back-pain", "source: nhs-bak-pain", "did you mean nhs-back-pain?"),
        ("claims/numbness.yaml", "hub: back-pain", "hub: head-pain", "the id of one of hubs"),
        ("claims/magnesium-cramps.yaml", "substance: magnesium", "substance: magnesia", "did you mean magnesium?"),
        ("claims/magnesium-cramps.yaml", "{study: frusso1999, ", "{study: frusso, ", "synthesis.studies[0].study"),
        (
            "claims/magnesium-cramps.yaml",
            "{study: frusso1999, outcome: cramps}",
            "{study: frusso1999, outcome: cramp}",
            "an outcome of frusso1999; did you mean cramps?",
        ),
        (
            "claims/magnesium-cramps.yaml",
            "{study: barna2021, outcome: cramps}",
            "{study: yousef2013, outcome: bending}",
            "“bending” without an effect and its se",
        ),
        (
            "claims/magnesium-cramps.yaml",
            "composition: null",
            "composition: {nutrient: MAG, food: halibut, per_100_g: 28}",
            "composition.nutrient: found “MAG”",
        ),
        ("claims/magnesium-cramps.yaml", "intake: null", "intake: {nutrient: MAG}", "intake.nutrient: found “MAG”"),
        (
            "claims/magnesium-cramps-older.yaml",
            "superseded_by: magnesium-cramps",
            "superseded_by: newer",
            "superseded_by",
        ),
        ("studies/barna2021.yaml", "source: barna2021", "source: barna2012", "did you mean barna2021?"),
        ("substances/magnesium.yaml", "salt: magnesium oxide", "salt: magnesium oxid", "did you mean magnesium oxide?"),
        ("substances/magnesium.yaml", "nutrient: MG", "nutrient: MGX", "the id of one of nutrients"),
        ("substances/magnesium.yaml", "source: [nhs-back-pain]", "source: [nhs]", "stops[0].source"),
        ("redflags/back-pain.yaml", "source: nhs-back-pain", "source: nhs", "questions[0].source"),
        ("hubs/back-pain.yaml", "articles: [cramps, ", "articles: [cramp, ", "hubs/back-pain.yaml line 3, articles[0]"),
        ("hubs/back-pain.yaml", "claims_first: [magnesium-cramps]", "claims_first: [magnesium]", "claims_first[0]"),
        ("hubs/back-pain.yaml", "substances: [magnesium]", "substances: [zinc]", "there are magnesium"),
        ("articles/cramps.md", "file: calendar.svg", "file: calender.svg", "did you mean calendar.svg?"),
        (
            "articles/cramps.md",
            "substances: [magnesium]",
            "substances: [zinc]",
            "articles/cramps.md line 9, substances[0]",
        ),
    ],
)
def test_a_reference_to_what_is_not_there_is_told(tmp_path, file, old, new, said):
    found = only(CopiedShelf(tmp_path).edit(file, old, new).problems())
    assert found.startswith(f"{file} line ")
    assert said in found


def test_a_file_that_cannot_be_read_is_told_once_and_not_by_all_who_name_it(tmp_path):
    copy = CopiedShelf(tmp_path).write("claims/magnesium-cramps.yaml", "a: [")
    assert only(copy.problems()).startswith("claims/magnesium-cramps.yaml line 2: found what is no YAML")


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.edit("claims/numbness.yaml", "kind: advice", "kind: advise").edit("claims/numbness.yaml", "hub:", "hubb:")
    copy.edit("studies/barna2021.yaml", "better: lower", "better: less").write("articles/cramps.md", b"")
    with pytest.raises(ShelfError) as error:
        shelf(copy.root)
    files = [one.file for one in error.value.findings]
    assert files == sorted(files)
    assert [files.count(name) for name in ("articles/cramps.md", "claims/numbness.yaml", "studies/barna2021.yaml")] == [
        1,
        3,
        1,
    ]
    assert str(error.value).count("\n") == 4


def test_one_stem_in_two_cases_is_one_id_twice(tmp_path):
    copy = CopiedShelf(tmp_path)
    copy.write("claims/Numbness.yaml", (copy.root / "claims/numbness.yaml").read_bytes())
    said = [str(one) for one in copy.problems()]
    assert any("found the id of Numbness.yaml again, expected each id once" in one for one in said)
    assert any("claims/Numbness.yaml: found “Numbness.yaml”, expected small letters" in one for one in said)


@pytest.mark.parametrize("field", ["DOI", "PMID"])
def test_one_publication_in_two_sources_is_told(tmp_path, field):
    copy = CopiedShelf(tmp_path)
    other = (
        (copy.root / "sources/barna2021.json").read_text().replace("10.1186/s12937-021-00747-9", "10.1111/ANAE.12107")
    )
    if field == "PMID":
        other = other.replace('"DOI": "10.1111/ANAE.12107"', '"PMID": "23384256"')
    found = only(copy.write("sources/zz2021.json", other).problems())
    assert found.startswith(f"sources/zz2021.json line 17, {field}")
    assert "yousef2013 has it: use that one, delete the other" in found


def test_a_circle_of_supersession_is_told_once(tmp_path):
    copy = CopiedShelf(tmp_path).edit(
        "claims/magnesium-cramps.yaml", "superseded_by: null", "superseded_by: magnesium-cramps-older"
    )
    said = only(copy.problems())
    assert (
        "found a circle: magnesium-cramps-older → magnesium-cramps → magnesium-cramps-older, expected the newest to end"
        in said
    )


def test_a_claim_that_supersedes_itself_is_a_circle(tmp_path):
    copy = CopiedShelf(tmp_path).edit(
        "claims/magnesium-cramps.yaml", "superseded_by: null", "superseded_by: magnesium-cramps"
    )
    assert "magnesium-cramps → magnesium-cramps" in only(copy.problems())


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("claims/notes.txt", "a name that ends in .yaml; rename it"),
        ("claims/two words.yaml", "small letters, digits and single hyphens"),
        ("claim/x.yaml", "found a folder that is not known, expected one of the shelves; did you mean claims?"),
    ],
)
def test_files_and_folders_that_are_not_known_are_told(tmp_path, file, said):
    assert said in only(CopiedShelf(tmp_path).write(file, "a: 1").problems())


def test_hidden_files_are_no_records(tmp_path):
    assert CopiedShelf(tmp_path).write("claims/.DS_Store", b"\0").problems() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello.[[-]]\n", "line 1: found no front matter"),
        ("---\nhub: back-pain\n", "line 1: found front matter without an end"),
        ("---\nhub: back-pain\n---\n\n", "line 3: found no text"),
        ("---\nhub: [\n---\ntext\n", "line 3: found"),
    ],
)
def test_an_article_in_the_wrong_shape_is_told(tmp_path, text, said):
    copy = CopiedShelf(tmp_path).write("articles/cramps.md", text)
    assert f"articles/cramps.md {said}" in only(copy.problems())


def test_no_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="expected the shelves there"):
        shelf(tmp_path / "nowhere")


def test_an_empty_folder_is_an_empty_shelf(tmp_path):
    assert shelf(tmp_path).claims == {}


FILES = sorted(str(path.relative_to(SHELF)) for path in SHELF.rglob("*.*"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(FILES), st.integers(0, 40), st.sampled_from(["delete", "twice", "null", "junk", "bytes"]))
def test_whatever_befalls_a_line_of_a_file_is_told_and_breaks_nothing(tmp_path, name, line, how):
    copy = CopiedShelf(Path(tempfile.mkdtemp(dir=tmp_path)))
    rows = (copy.root / name).read_bytes().splitlines(keepends=True)
    at = line % len(rows)
    befallen = {
        "delete": [],
        "twice": [rows[at]] * 2,
        "null": [b"null\n"],
        "junk": [b"  ]}: [{\n"],
        "bytes": [b"\xff\xfe\0\n"],
    }
    copy.write(name, b"".join([*rows[:at], *befallen[how], *rows[at + 1 :]]))
    found, problems = reading(copy.root)
    for one in (*problems, *findings(found, today=TODAY)):
        assert str(one).startswith(one.file)
        assert one.level in {"error", "warning"}


def test_a_record_that_is_not_there_is_not_found():
    with pytest.raises(NotFoundError, match="did you mean magnesium-cramps"):
        shelf(SHELF).record("claims", "magnesium-cramp")


def test_a_line_is_not_known_for_a_file_that_is_not():
    assert shelf(SHELF).line("claims/other.yaml", ("says",)) is None


def test_a_shelf_cannot_be_changed():
    found = shelf(SHELF)
    with pytest.raises(TypeError):
        found.claims["x"] = None
    with pytest.raises(ValueError, match="frozen"):
        found.claims["numbness"].says = "other"


def test_values_are_shown_short():
    assert [shown(v) for v in (None, [], [1], {}, {"a": 1}, 3.5)] == [
        "nothing",
        "a list without anything in it",
        "a list",
        "fields without anything in it",
        "fields",
        "3.5",
    ]
    assert shown("x" * 80) == f"“{'x' * 59}…”"
