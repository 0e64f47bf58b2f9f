"""What a page can show of any text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from provender.report.legible import beyond_latin, clipped, mapped, missing, seen, short, without


def test_a_short_text_is_not_clipped():
    assert clipped("as it is", 20) == "as it is"


def test_a_clipped_text_ends_at_a_word_and_counts_the_rest():
    assert clipped("one two three four", 9) == "one two … (11 more characters in the diary)"


def test_a_clipped_word_without_a_space_is_cut_anywhere():
    assert clipped("abcdefghij", 4) == "abcd … (6 more characters in the diary)"


@given(st.text(), st.integers(1, 300))
def test_a_clipped_text_is_hardly_longer_than_asked(text, most):
    assert len(clipped(text, most)) <= most + 45


def test_a_name_is_cut_with_an_ellipsis_only_where_it_is_too_long():
    assert short("pain", 4) == "pain"
    assert short("pains", 4) == "pai…"


@given(st.text())
def test_what_is_seen_holds_no_control_and_no_direction_override(text):
    kinds = {unicodedata.category(char) for char in seen(text) if char not in "\u200b\u200c"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20))
def test_plain_words_are_seen_as_they_are(text):
    assert seen(text) == text


def test_a_word_too_long_for_a_line_may_break():
    broken = seen("a" * 64)
    assert broken.replace("\u200b", "") == "a" * 64
    assert max(map(len, broken.split("\u200b"))) <= 8


def test_a_direction_override_is_dropped():
    assert seen("abc\u202egnp.exe") == "abcgnp.exe"


def test_private_characters_become_a_box():
    assert seen("a\ue000b") == "a□b"


def test_the_characters_a_compiler_misses_are_read_from_its_message():
    message = 'the text `"中"` could not be displayed with font `"X"`\nthe text `"\\u{200d}"` could not be displayed'
    assert missing(message) == {"中", "\u200d"}


def test_another_message_misses_nothing():
    assert missing("error: file not found") == frozenset()


def test_signs_without_a_font_are_named():
    assert without("so 😀!", {"😀"}) == "so [grinning face]!"


def test_letters_without_a_font_are_counted_as_one_run():
    assert without("say 中文 字 now", {"中", "文", "字"}) == "say [3 characters this page has no font for] now"


def test_one_letter_is_counted_in_the_singular():
    assert without("中", {"中"}) == "[1 character this page has no font for]"


def test_a_text_with_nothing_missing_stays():
    assert without("abc", {"中"}) == "abc"


def test_beyond_latin_are_greek_and_later():
    assert beyond_latin("aéŁα中") == {"α", "中"}


def test_texts_are_changed_wherever_they_stand():
    values = {"a": ["x", 1, None, {"b": "y"}], "c": True}
    assert mapped(values, str.upper) == {"a": ["X", 1, None, {"b": "Y"}], "c": True}
