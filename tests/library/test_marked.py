"""YAML and JSON with lines, and every way in which a file is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.finding import ShelfError
from provender.library.marked import LARGEST, marked_json, marked_yaml, text_of


def refused(text):
    with pytest.raises(ShelfError) as error:
        marked_yaml(text, "claims/x.yaml")
    assert len(error.value.findings) == 1
    return str(error.value)


def test_every_field_and_item_knows_its_line():
    found = marked_yaml("a: 1\nb:\n  - c: x\n    d: |\n      long\n      text\n  - e\n", "x.yaml")
    assert found.value == {"a": 1, "b": [{"c": "x", "d": "long\ntext\n"}, "e"]}
    lines = {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 0, "c"): 3, ("b", 0, "d"): 4, ("b", 1): 7}
    assert {path: found.lines[path] for path in lines} == lines


def test_words_that_older_yaml_takes_for_truth_are_text():
    assert marked_yaml("{on: no, yes: off, y: n}", "x").value == {"on": "no", "yes": "off", "y": "n"}


def test_days_times_and_octal_numbers_are_not_guessed():
    assert marked_yaml("[2026-11-22, 1:30, 010, 1e3, .5, -2]", "x").value == ["2026-11-22", "1:30", 10, 1000.0, 0.5, -2]


def test_what_stands_in_quotation_marks_is_text():
    assert marked_yaml('["1", \'null\', "true"]', "x").value == ["1", "null", "true"]


def test_nothing_is_null():
    assert marked_yaml("a:\nb: ~\nc: null", "x").value == {"a": None, "b": None, "c": None}


def test_a_field_that_is_there_twice_is_told_with_its_line():
    assert refused("a: 1\nb: 2\na: 3") == (
        "claims/x.yaml line 3, a: found “a” a second time, expected each field once; delete one"
    )


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x", "a: !!python/name:os.system 1", "- &x [*x]"])
def test_anchors_and_tags_are_refused(text):
    assert "anchor" in refused(text)


def test_a_hundred_thousand_brackets_are_refused_and_not_followed():
    assert "too many brackets" in refused("[" * 100_000)


def test_a_second_document_is_refused():
    assert "second document" in refused("a: 1\n---\nb: 2\n")


@pytest.mark.parametrize(("text", "line"), [("a: [1,\n}", 2), ("a: b: c", 1), ("a: 1\n\tb: 2", 2)])
def test_what_is_no_yaml_is_told_with_its_line(text, line):
    assert f"line {line}" in refused(text)


def test_a_character_that_yaml_does_not_know_is_told():
    assert "a character that YAML does not know" in refused("a: \x01")


def test_a_name_of_a_field_must_be_text():
    assert "the name of a field" in refused("? [1]\n: 2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,}', "JSON"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1, "a": 2}', "“a” a second time"),
        ("[" * 100_000, "too many brackets"),
    ],
)
def test_what_is_no_json_is_told(text, said):
    with pytest.raises(ShelfError, match=r"sources/x\.json") as error:
        marked_json(text, "sources/x.json")
    assert said in str(error.value)


def test_json_has_lines_too():
    found = marked_json('{\n "a": 1,\n "b": [\n  "c"\n ]\n}', "x.json")
    assert (found.lines[("a",)], found.lines[("b", 0)]) == (2, 4)


def test_json_that_yaml_cannot_read_is_read_without_lines():
    found = marked_json('{"a": "\\ud83d\\ude00", "b": 1, "c": "x\\/y"}', "x.json")
    assert found.value["a"] == "😀"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (b" \n\n", "an empty file"),
        (b"a: 1\nb: \0", "line 2: found a binary file"),
        (b"a: 1\nb: caf\xe9", "line 2: found the byte 0xe9"),
        ("a: 1".encode("utf-16"), "found UTF-16"),
        (b"x" * (LARGEST + 1), "1,000,001 bytes"),
    ],
)
def test_bytes_that_are_no_text_are_told(content, said):
    with pytest.raises(ShelfError, match=r"claims/x\.yaml") as error:
        text_of(content, "claims/x.yaml")
    assert said in str(error.value)


def test_a_mark_of_byte_order_and_carriage_returns_are_no_content():
    assert text_of(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x") == "a: 1\nb: 2\n"


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.text(st.characters(codec="ascii", min_codepoint=32), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(plain)
def test_json_is_read_the_same_as_yaml(value):
    text = json.dumps(value)
    if "\x7f" not in text:
        assert marked_yaml(text, "x").value == marked_json(text, "x").value == value
