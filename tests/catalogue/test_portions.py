"""Portions as publishers write them become a count, a measure in plain words and a mass, or stay as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.catalogue.portions import Measured, measured
from provender.terms.numbers import parse_number

SAID = {
    "1 cup, chopped": ("1", "cup, chopped", None),
    "2 ONZ": ("2", "oz", None),
    "1 ONZ": ("1", "oz", None),
    "8 OZA": ("8", "fl oz", None),
    "240 MLT": ("240", "ml", None),
    "100 ml": ("100", "ml", None),
    "1 LBR": ("1", "lb", None),
    "30 GRM": ("1", "", 30.0),
    "30g": ("1", "", 30.0),
    "1 kg": ("1", "", 1000.0),
    "1 TBSP": ("1", "tbsp", None),
    "2 Tbsp. (32 g)": ("2", "tbsp", 32.0),
    "1 TBSP. PACKED": ("1", "tbsp packed", None),
    "1 tsp.": ("1", "tsp", None),
    "3 pieces (28g)": ("3", "pieces", 28.0),
    "0.25 cup": ("0.25", "cup", None),
    "1/2 cup": ("0.5", "cup", None),
    "1 1/2 cups": ("1.5", "cups", None),
    "½ cup": ("0.5", "cup", None),
    "1½ cups": ("1.5", "cups", None),
    "1,5 cup": ("1.5", "cup", None),
    "3 1/2 oz": ("3.5", "oz", None),
    "1/8 pizza (140 g)": ("0.125", "pizza", 140.0),
    "1 BOTTLE": ("1", "bottle", None),
    "1 PACKAGE (85 g)": ("1", "package", 85.0),
    "1 PKG.": ("1", "package", None),
    "1 biscuit (12,5 g)": ("1", "biscuit", 12.5),
    "1 Bar (40g)": ("1", "bar", 40.0),
    "2 slices / 56 g": ("2", "slices", 56.0),
    "1 cup (240 mL)": ("1", "cup", None),
    "1 can (12 fl oz)": ("1", "can", None),
    "1 portion (250 ml)": ("1", "portion", None),
    "2 cookies (about 30 g)": ("2", "cookies", 30.0),
    "about 15 chips": ("15", "chips", None),
    "15 chips | about": ("15", "chips", None),
    "16 PIECES|ABOUT": ("16", "pieces", None),
    "approx. 5 olives": ("5", "olives", None),
    "8 fl oz": ("8", "fl oz", None),
    "8 FL. OZ.": ("8", "fl oz", None),
    "12 oz bottle": ("1", "bottle, 12 oz", None),
    "16 fl oz bottle": ("1", "bottle, 16 fl oz", None),
    "5 ONZ cooked": ("5", "oz cooked", None),
    "Serving": ("1", "serving", None),
    "1.0 serving": ("1.0", "serving", None),
    "2-3 pieces": ("1", "2-3 pieces", None),
    "a handful": ("1", "a handful", None),
    "abc": ("1", "abc", None),
    "0 cup": ("1", "0 cup", None),
    "1": ("1", "", None),
    "": ("1", "", None),
    "   ": ("1", "", None),
    "(30 g)": ("1", "", 30.0),
    "1 pouch [90 g]": ("1", "pouch", 90.0),
    "1 slice\N{NO-BREAK SPACE}(28 g)": ("1", "slice", 28.0),
    "2 pcs.": ("2", "pieces", None),
    "1 ounce": ("1", "oz", None),
    "4 ounces": ("4", "oz", None),
    "1 CNTR (150 g)": ("1", "container", 150.0),
    "1 c. cooked": ("1", "cup cooked", None),
    "250 millilitres": ("250", "ml", None),
    "1 egg (50 grams)": ("1", "egg", 50.0),
}


@pytest.mark.parametrize("text", SAID)
def test_a_portions_words_are_read(text):
    assert measured(text) == Measured(*SAID[text])


@given(st.text(max_size=60))
def test_whatever_a_publisher_writes_is_read_or_kept(text):
    found = measured(text)
    assert parse_number(found.amount) > 0
    assert found.mass_g is None or found.mass_g > 0


@given(st.sampled_from(sorted(SAID)))
def test_plain_words_are_read_as_they_are(text):
    first = measured(text)
    again = measured(f"{first.amount} {first.measure}") if first.measure else first
    assert again.measure == first.measure
