"""The artifact: what goes in comes out, and nothing is served from a file that is not whole."""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.catalogue.artifact import ADVICE, MAGIC, open_catalogue
from provender.catalogue.food import Food, Portion
from provender.catalogue.plausible import plausible
from provender.catalogue.publisher import Published
from provender.catalogue.writing import packed, write
from provender.terms.errors import ArtifactError, NotFoundError
from provender.terms.nutrients import NUTRIENTS


def written(path, *foods):
    keys = {food.source for food in foods}
    sources = {key: [Published(key, "Test foods", "1", "public domain", ())] for key in keys}
    write({food.id: packed(food) for food in foods}, sources, path)
    return path


def a_food(source_id, source="t", **fields):
    return Food(id=f"{source}:{source_id}", name=fields.pop("name", source_id), source=source, source_id=source_id,
                release="1", **fields)  # fmt: skip


@pytest.fixture
def artifact(tmp_path, almonds):
    beans = a_food("beans", name="Haricots verts, “Bonduelle”", kind="branded", brand="Bonduelle", barcode="0030000123")
    return written(tmp_path / "small.catalogue", almonds, beans, a_food("air"))


def test_a_food_comes_out_as_it_went_in(artifact, almonds):
    assert open_catalogue(artifact).food("csv-mine:almonds") == almonds


def test_text_beyond_ascii_and_the_barcode_come_out_as_they_went_in(artifact):
    found = open_catalogue(artifact).food("t:beans")
    assert (found.name, found.brand, found.barcode) == ("Haricots verts, “Bonduelle”", "Bonduelle", "0030000123")


def test_foods_stand_sorted_by_id_whatever_the_order_they_came_in(artifact):
    catalogue = open_catalogue(artifact)
    assert catalogue.ids() == ["csv-mine:almonds", "t:air", "t:beans"]
    assert catalogue.kinds() == ["generic", "generic", "branded"]
    assert [catalogue.position(i) for i in catalogue.ids()] == [0, 1, 2]


def test_an_unknown_nutrient_is_nan_and_a_measured_zero_is_zero(artifact):
    found = open_catalogue(artifact).composition([0, 1], ["VITC", "MG", "FE"])
    assert np.array_equal(found, [[0.0, 279.0, np.nan], [np.nan, np.nan, np.nan]], equal_nan=True)


def test_the_axis_holds_only_nutrients_that_some_food_has_in_display_order(artifact):
    assert open_catalogue(artifact).nutrients == ("ENERC_KCAL", "MG", "VITC")


def test_each_source_is_noted_with_its_foods(artifact):
    notes = open_catalogue(artifact).sources
    assert [(n.key, n.release, n.licence, n.foods) for n in notes] == [
        ("csv-mine", "1", "public domain", 1),
        ("t", "1", "public domain", 2),
    ]


@pytest.mark.parametrize("code", ["0030000123", "30000123", " 0000030000123 "])
def test_a_barcode_is_found_whatever_its_leading_zeros(artifact, code):
    assert open_catalogue(artifact).by_barcode(code).id == "t:beans"


def test_an_unknown_barcode_finds_nothing(artifact):
    for code in ("4000", "99999999999", "", "0", "abc", "²", "9" * 30):
        assert open_catalogue(artifact).by_barcode(code) is None


@pytest.mark.parametrize("food_id", ["t:none", "", "zzz", "csv-mine:almondsX"])
def test_a_food_that_is_not_there_is_a_named_error(artifact, food_id):
    with pytest.raises(NotFoundError, match="no food"):
        open_catalogue(artifact).food(food_id)


def test_a_catalogue_without_a_single_value_can_be_read(tmp_path):
    catalogue = open_catalogue(written(tmp_path / "empty.catalogue", a_food("air")))
    assert catalogue.food("t:air").composition == {}
    assert catalogue.composition([0], ["MG"]).shape == (1, 1)


def test_nothing_of_an_open_catalogue_can_be_changed(artifact):
    section = open_catalogue(artifact)._sections["values.amount"]
    with pytest.raises(ValueError, match="read-only"):
        section[0] = 1.0


amounts = (
    st.floats(0, 100, allow_subnormal=False, width=32)
    .map(lambda v: float(f"{v:.6g}"))
    .filter(lambda v: v == 0 or v > 1e-30)
)
compositions = st.dictionaries(st.sampled_from(sorted(NUTRIENTS)), amounts, max_size=40)
lines = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs", "Cf", "Co", "Cn"]), min_size=1, max_size=30
)
portions = st.builds(Portion, st.floats(0.015625, 50, width=32).map(lambda v: float(f"{v:.6g}")), lines,
                     st.floats(0.015625, 9999, width=32).map(lambda v: float(f"{v:.6g}")))  # fmt: skip


@settings(deadline=None)  # writes a file: how long depends on the disk
@given(composition=compositions, name=lines, portions=st.lists(portions, max_size=4).map(tuple))
def test_any_food_comes_out_as_it_went_in_unknown_unknown_and_zero_zero(tmp_path_factory, composition, name, portions):
    path = tmp_path_factory.mktemp("any") / "any.catalogue"
    food = a_food("x", name=name, composition=composition, portions=portions)
    assert open_catalogue(written(path, food)).food("t:x") == food


@settings(deadline=None)
@given(st.lists(compositions, min_size=1, max_size=6))
def test_the_matrix_and_the_foods_say_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("any") / "any.catalogue"
    catalogue = open_catalogue(written(path, *(a_food(str(i), composition=c) for i, c in enumerate(rows))))
    axis = sorted(NUTRIENTS)
    matrix = catalogue.composition(range(len(rows)), axis)
    for row, composition in zip(matrix, rows, strict=True):
        known = {n: v for n, v in zip(axis, row.tolist(), strict=True) if not np.isnan(v)}
        assert known == pytest.approx(composition, rel=1e-6)


@given(st.dictionaries(st.sampled_from(sorted(NUTRIENTS)), st.floats(), max_size=10))
def test_whatever_a_publisher_writes_what_is_kept_is_finite_and_not_negative(composition):
    food, problems = plausible(a_food("x", composition=composition))
    assert all(np.isfinite(np.float32(v)) and v >= 0 for v in food.composition.values())
    assert len(food.composition) + len(problems) == len(composition)


def refused(path, *words):
    with pytest.raises(ArtifactError) as error:
        open_catalogue(path, verify=True)
    message = str(error.value)
    assert str(path) in message
    assert ADVICE in message
    for word in words:
        assert word in message


def test_a_missing_catalogue_is_named(tmp_path):
    refused(tmp_path / "none.catalogue", "No such file")


def test_a_folder_is_no_catalogue(tmp_path):
    refused(tmp_path, "cannot be read")


def test_an_empty_file_is_no_catalogue(tmp_path):
    path = tmp_path / "empty.catalogue"
    path.write_bytes(b"")
    refused(path, "an empty file")


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\0" * 100, b"\xff\xfe\x00", b"\n\n", b"x" * 5000])
def test_another_kind_of_file_is_no_catalogue(tmp_path, content):
    path = tmp_path / "other.catalogue"
    path.write_bytes(content)
    refused(path, "not a Provender catalogue")


def test_another_format_version_is_named_with_the_one_expected(artifact):
    artifact.write_bytes(artifact.read_bytes().replace(MAGIC + b" 2 ", MAGIC + b" 7 ", 1))
    refused(artifact, "format version 7, expected 2")


def test_a_catalogue_of_only_its_first_word_is_refused(artifact):
    artifact.write_bytes(MAGIC + b"\n")
    refused(artifact, "format version")


@pytest.mark.parametrize("length", [b"x", b"-1", b"999999999999999999999"])
def test_a_header_length_that_cannot_be_is_refused(artifact, length):
    line, rest = artifact.read_bytes().split(b"\n", 1)
    artifact.write_bytes(b" ".join([*line.split()[:3], length]) + b"\n" + rest)
    refused(artifact, "header has digest", "expected")


def test_one_flipped_byte_of_the_header_is_found_with_both_digests(artifact):
    content = artifact.read_bytes()
    start = content.index(b"\n") + 1
    broken = bytearray(content)
    broken[start + 30] ^= 1
    artifact.write_bytes(broken)
    header = bytes(broken[start : start + int(content.split()[3])])
    refused(artifact, sha256(header).hexdigest()[:16], content.split()[2].decode()[:16])


def sections_of(path):
    content = path.read_bytes()
    start = content.index(b"\n") + 1
    length = int(content.split()[3])
    body = start + length + (-(start + length)) % 64
    return [(n, s, body + s["offset"]) for n, s in json.loads(content[start : start + length])["sections"].items()]


def test_one_flipped_byte_of_any_section_is_found_with_both_digests(artifact):
    content = artifact.read_bytes()
    sections = [s for s in sections_of(artifact) if s[1]["bytes"]]
    assert len(sections) > 20
    for name, note, start in sections:
        for place in (start, start + note["bytes"] - 1):
            broken = bytearray(content)
            broken[place] ^= 128
            artifact.write_bytes(broken)
            found = sha256(bytes(broken[start : start + note["bytes"]])).hexdigest()
            refused(artifact, f"section {name}", found[:16], note["sha256"][:16])


def test_a_catalogue_cut_short_anywhere_is_refused(artifact):
    content = artifact.read_bytes()
    _, last, start = max(sections_of(artifact), key=lambda s: s[2] + s[1]["bytes"])
    for length in [*range(0, start + last["bytes"], 97), start + last["bytes"] - 1]:
        artifact.write_bytes(content[:length])
        refused(artifact)


def test_a_catalogue_cut_short_says_how_long_it_is_and_should_be(artifact):
    content = artifact.read_bytes()
    artifact.write_bytes(content[:-300])
    refused(artifact, f"found {len(content) - 300:,} bytes", "cut short")


def test_opening_checks_the_header(artifact):
    broken = bytearray(artifact.read_bytes())
    broken[200] ^= 1
    artifact.write_bytes(broken)
    with pytest.raises(ArtifactError, match="header"):
        open_catalogue(artifact)


def test_a_damaged_section_is_found_before_anything_is_served_from_it(artifact, almonds):
    (start,) = (start for name, _, start in sections_of(artifact) if name == "values.amount")
    broken = bytearray(artifact.read_bytes())
    broken[start] ^= 1
    artifact.write_bytes(broken)
    catalogue = open_catalogue(artifact)
    assert catalogue.names()[0] == almonds.name
    for _ in range(2):
        with pytest.raises(ArtifactError, match=r"section values\.amount"):
            catalogue.food(almonds.id)


def test_a_catalogue_never_says_where_it_was_built(artifact):
    assert str(Path.home()).encode() not in artifact.read_bytes()


def test_a_catalogue_in_other_units_is_refused(artifact, monkeypatch):
    monkeypatch.setattr("provender.catalogue.artifact.NUTRIENTS", {})
    with pytest.raises(ArtifactError, match="expected no such nutrient"):
        open_catalogue(artifact)


def test_the_matrix_and_the_food_say_the_same_amount_to_the_digit(artifact):
    here = open_catalogue(artifact)
    for position in range(len(here)):
        composition = here.food_at(position).composition
        row = here.composition([position], list(composition))[0]
        assert row.tolist() == list(composition.values())
