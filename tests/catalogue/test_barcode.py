import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.barcode import barcode, check_digit, is_in_store, looks_like_barcode
from provender.terms.errors import InputError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("4006381333931", "4006381333931"),  # an EAN-13 often used as an example
        ("4006381 333931", "4006381333931"),
        ("036000291452", "0036000291452"),  # the UPC-A of the standard's own example
        ("0036000291452", "0036000291452"),
        ("00036000291452", "0036000291452"),
        ("96385074", "0000096385074"),  # EAN-8
        ("04252614", "0042100005264"),  # UPC-E of 042100005264
    ],
)
def test_one_product_has_one_code_however_it_is_written(typed, meant):
    assert barcode(typed) == meant


@pytest.mark.parametrize("typed", ["4006381333932", "036000291453", "96385075", "04252615"])
def test_a_misread_digit_is_told_from_the_check_digit(typed):
    with pytest.raises(InputError, match="misread"):
        barcode(typed)


@pytest.mark.parametrize(
    "typed", ["", "123", "12345678901", "40063813339311111", "abc", "4006381-33393x", "٤٠٠٦٣٨١٣٣٣٩٣١"]
)
def test_what_is_no_barcode_is_refused_in_words(typed):
    with pytest.raises(InputError, match="digits under the bars"):
        barcode(typed)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_every_code_with_its_check_digit_is_read_as_itself(body):
    whole = body + check_digit(body)
    assert barcode(whole) == whole


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(body, place, by):
    whole = body + check_digit(body)
    wrong = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    with pytest.raises(InputError):
        barcode(wrong)


def test_a_shops_own_code_is_known_as_such():
    assert is_in_store("2012345678903")
    assert not is_in_store("4006381333931")


@pytest.mark.parametrize(
    ("text", "is_one"), [("4006381333931", True), ("96385074", True), ("2 eggs", False), ("100", False)]
)
def test_words_are_not_taken_for_a_barcode(text, is_one):
    assert looks_like_barcode(text) is is_one
