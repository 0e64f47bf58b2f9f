"""Which medicines a typed text names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.medicines import LONGEST, MEDICINES, NONE_TAKEN, medicines_in
from provender.library.plain_words import plain
from provender.terms.errors import InputError

EVERY_NAME = sorted({(name, one.name) for one in MEDICINES.values() for name in (one.name, *one.also)})


def names(text):
    return [one.medicine.name if one.medicine else None for one in medicines_in(text)]


@pytest.mark.parametrize(("name", "medicine"), EVERY_NAME)
def test_every_name_of_the_table_is_found_exactly(name, medicine):
    found = medicines_in(name)
    assert medicine in [one.medicine.name for one in found]
    assert all(one.sure for one in found)


@pytest.mark.parametrize("name", sorted({name for pair in EVERY_NAME for name in pair}))
def test_every_name_of_the_table_is_written_plain(name):
    assert name == plain(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eltroxin 50 mcg", ["levothyroxine"]),
        ("Thyroxine, 100 micrograms in the morning; Ramipril 5mg", ["levothyroxine", "ramipril"]),
        ("co-codamol 8/500", ["co codamol"]),
        ("warfarin and aspirin 75 mg daily", ["warfarin", "aspirin"]),
        ("tetracyclines", ["tetracycline"]),
        ("milk of magnesia after meals", ["magnesium"]),
        ("vitamin D3 1000 IU", ["vitamin d"]),
        ("ACETYLSALICYLIC ACID", ["aspirin"]),
        ("voltarol gel", ["diclofenac gel"]),
        ("voltarol", ["diclofenac"]),
        ("metformin 500mg BD", ["metformin"]),
        ("levothyroxine 50 \u00b5g", ["levothyroxine"]),
    ],
)
def test_names_brands_and_groups_are_found_among_doses(text, found):
    assert names(text) == found


@pytest.mark.parametrize("text", ["", "  ", "none", "None.", "no medicines", "nothing"])
def test_none_is_no_medicine(text):
    assert medicines_in(text) == ()


@pytest.mark.parametrize("text", ["levothyroxn", "levothyroxien", "levothyr"])
def test_a_beginning_or_a_wrong_letter_is_taken_for_the_name_but_not_surely(text):
    (found,) = medicines_in(text)
    assert (found.medicine.name, found.sure) == ("levothyroxine", False)


def test_a_wrong_letter_in_a_short_word_is_not_forgiven():
    (found,) = medicines_in("irom")
    assert found.medicine is None


def test_what_is_not_known_comes_back_in_its_own_words():
    (found,) = medicines_in("St John's wort 300 mg")
    assert (found.said, found.medicine) == ("st johns wort", None)


def test_strange_words_beside_a_medicine_are_not_passed_over():
    assert names("ramipril frobnizol") == ["ramipril", None]


def test_what_a_medicine_is_for_is_no_medicine_when_it_stands_alone():
    (found,) = medicines_in("blood pressure tablets")
    assert found.medicine is None


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(InputError, match="expected at most 2000"):
        medicines_in("a" * (LONGEST + 1))


@given(st.text(max_size=60))
def test_no_text_is_lost_silently(text):
    assert medicines_in(text) or plain(text) in ("", *NONE_TAKEN)


def test_a_name_in_another_script_is_not_known_and_not_lost():
    assert names("ramipril, варфарин") == ["ramipril", None]


@given(st.lists(st.sampled_from([name for name, _ in EVERY_NAME if " and " not in name]), max_size=4))
def test_a_list_names_at_least_what_each_of_its_parts_names(parts):
    whole = {one.medicine for one in medicines_in(", ".join(parts))}
    assert all({one.medicine for one in medicines_in(part)} & whole for part in parts)
