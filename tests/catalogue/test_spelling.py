import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.spelling import Spelling, sound

WORDS = {
    "broccoli": 40, "chicken": 900, "chive": 5, "coffee": 80, "cafe": 3, "banana": 30, "spaghetti": 25, "salmon": 40,
    "yogurt": 70, "zucchini": 20, "strawberry": 40, "egg": 200, "lettuce": 30, "sandwich": 200, "tomato": 150,
}  # fmt: skip


@pytest.fixture(scope="module")
def spelling():
    return Spelling.build(WORDS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("brocolli", "broccoli"), ("cofee", "coffee"), ("chiken", "chicken"), ("chickne", "chicken"),
        ("bannana", "banana"), ("spagetti", "spaghetti"), ("sammon", "salmon"), ("yoghert", "yogurt"),
        ("zuchini", "zucchini"), ("lettus", "lettuce"), ("sandwhich", "sandwich"), ("egs", "egg"),
    ],
)  # fmt: skip
def test_a_misspelt_word_means_the_one_that_it_sounds_or_looks_like(spelling, written, meant):
    assert spelling.near(written)[0][0] == meant


@pytest.mark.parametrize(
    ("written", "meant"), [("brocol", "broccoli"), ("strwb", "strawberry"), ("spagett", "spaghetti")]
)
def test_a_misspelt_beginning_means_the_word_that_begins_nearly_so(spelling, written, meant):
    assert meant in [word for word, _, _ in spelling.near(written, begun=True)]


def test_consonants_alone_are_short_for_a_word(spelling):
    assert spelling.short_for("chkn")[0][0] == "chicken"
    assert spelling.short_for("sndwch")[0][0] == "sandwich"
    assert spelling.short_for("cheese") == []


@pytest.mark.parametrize("written", ["", "ab", "2%", "m3", "xqzxqzxqz", "牛乳", "🍎"])
def test_what_is_no_word_is_near_nothing(spelling, written):
    assert spelling.near(written) == []


def test_nothing_is_near_when_no_word_is_known():
    assert Spelling.build({}).near("banana", begun=True) == []


@given(st.text(alphabet="abcdefghij", min_size=4, max_size=14), st.data())
def test_one_slip_of_any_kind_is_forgiven(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghij"))
    kinds = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    for written in (*kinds, swapped):
        if len(written) > 3:
            assert word in [meant for meant, _, _ in Spelling.build({word: 1}).near(written)]


@given(st.text(max_size=40))
def test_any_text_has_a_sound_of_at_most_twelve_letters(text):
    assert len(sound(text)) <= 12


def test_a_sure_word_is_never_surer_than_the_word_itself(spelling):
    found = [sure for written in WORDS for _, sure, _ in spelling.near(written[:-1] + "x")]
    assert found
    assert np.all(np.array(found) < 1.0)
