"""Units convert exactly, refuse to guess, and read what people write."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.terms.errors import InputError, UnitError
from provender.terms.units import (
    ENERGY_KJ,
    LENGTH_M,
    MASS_G,
    VOLUME_ML,
    amount_text,
    canonical_unit,
    convert,
    dimension,
    format_height,
    format_mass_kg,
    parse_height,
    parse_mass,
    without_dust,
)

TABLES = [MASS_G, VOLUME_ML, LENGTH_M, ENERGY_KJ]
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=6)
PAIRS = st.sampled_from([(a, b) for table in TABLES for a in table for b in table])


@given(AMOUNTS, PAIRS)
def test_there_and_back_again_gives_exactly_what_was_typed(amount, pair):
    there, back = pair
    assert convert(convert(amount, there, back), back, there) == amount


@given(AMOUNTS, AMOUNTS, PAIRS)
def test_conversion_keeps_order(a, b, pair):
    assert (a <= b) == (convert(a, *pair) <= convert(b, *pair))


@given(AMOUNTS, PAIRS)
def test_ten_times_as_much_is_ten_times_as_much_in_any_unit(amount, pair):
    assert math.isclose(convert(amount * 10, *pair), convert(amount, *pair) * 10, rel_tol=1e-25)


@pytest.mark.parametrize(
    ("amount", "frm", "to", "expected"),
    [
        ("150", "lb", "kg", "68.0388555"),
        ("1", "oz", "g", "28.349523125"),
        ("16", "oz", "lb", "1"),
        ("14", "lb", "st", "1"),
        ("1", "cup", "tbsp", "16"),
        ("1", "tbsp", "tsp", "3"),
        ("1", "cup", "fl oz", "8"),
        ("1", "gallon", "ml", "3785.411784"),
        ("1", "quart", "pint", "2"),
        ("1", "ft", "in", "12"),
        ("100", "kcal", "kJ", "418.4"),
        ("418.4", "kJ", "kcal", "100"),
        ("0.4", "mg", "µg", "400"),
        ("0", "kg", "lb", "0"),
        ("-1", "kg", "g", "-1000"),
    ],
)
def test_published_ratios_are_exact(amount, frm, to, expected):
    assert convert(Decimal(amount), frm, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("ounces", "oz"),
        ("Pounds", "lb"),
        ("lbs.", "lb"),
        ("mcg", "\N{MICRO SIGN}g"),
        ("ug", "\N{MICRO SIGN}g"),
        ("\N{MICRO SIGN}g", "\N{MICRO SIGN}g"),
        ("\N{GREEK SMALL LETTER MU}g", "\N{MICRO SIGN}g"),
        ("Fluid  ounces", "fl oz"),
        ("fl. oz.", "fl oz"),
        ("KJ", "kJ"),
        ("Calories", "kcal"),
        ("L", "l"),
        ("litre", "l"),
        ("stone", "st"),
        ("feet", "ft"),
    ],
)
def test_everyday_spellings_are_understood(spelling, unit):
    assert canonical_unit(spelling) == unit


@pytest.mark.parametrize("unit", ["", "smidgen", "🍎", "IU", "x" * 10_000])
def test_an_unknown_unit_is_named_and_the_known_ones_are_listed(unit):
    with pytest.raises(UnitError, match="kcal") as caught:
        canonical_unit(unit)
    assert len(str(caught.value)) < 300


def test_a_volume_never_becomes_a_mass_and_the_advice_says_what_to_do():
    with pytest.raises(UnitError, match=r"depends on the food.*give grams"):
        convert(Decimal(1), "cup", "g")


def test_energy_never_becomes_a_mass():
    with pytest.raises(UnitError, match="kcal is an energy and g a mass"):
        convert(Decimal(1), "kcal", "g")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_not_converted(value):
    with pytest.raises(InputError, match="expected a number"):
        convert(Decimal(value), "g", "kg")


def test_every_unit_has_one_dimension():
    assert [dimension(next(iter(t))) for t in TABLES] == ["mass", "volume", "length", "energy"]
    assert len({u for t in TABLES for u in t}) == sum(len(t) for t in TABLES)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("5 ft 7 in", "1.7018"),
        ("5'7\"", "1.7018"),
        ("5' 7", "1.7018"),
        ("5’7”", "1.7018"),
        ("5ft7", "1.7018"),
        ("5 feet 7.5 inches", "1.7145"),
        ("6 ft", "1.8288"),
        ("67 in", "1.7018"),
        ("170 cm", "1.7"),
        ("170", "1.7"),
        ("170,5 cm", "1.705"),
        ("1.70 m", "1.7"),
        ("1,70", "1.7"),
        ("1 m 70", "1.7"),
        ("1m70", "1.7"),
        ("50 cm", "0.5"),
        ("272 cm", "2.72"),
    ],
)
def test_a_height_is_read_as_people_write_it(text, metres):
    assert parse_height(text) == Decimal(metres)


def test_a_bare_number_takes_the_unit_of_its_form_field():
    assert parse_height("67", "in") == Decimal("1.7018")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "found nothing"),
        ("tall", "expected a height"),
        ("5.7", "without a unit"),
        ("67", "without a unit"),
        ("49.9 cm", "which is 49.9 cm; expected a height from 50 to 272 cm"),
        ("273 cm", "from 50 to 272 cm"),
        ("5 ft 13 in", "less than 12"),
        ("170 kg", "unit of length"),
        ("170 cm 3 in", "do not belong together"),
        ("5 ft 7 cm", "do not belong together"),
        ("5 ft 7 in 3", "expected a height"),
        ("-170", "expected a height"),
        ("1e999", "unit of length"),
        ("NaN", "expected a height"),
        ("9" * 1000, "expected a height"),
        ("🍎" * 100_000, "expected a height"),
    ],
)
def test_a_height_nobody_has_is_refused_in_plain_words(text, complaint):
    with pytest.raises(InputError, match=complaint) as caught:
        parse_height(text)
    assert caught.value.field == "height"
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("150 lb", "68.0388555"),
        ("150#", "68.0388555"),
        ("11 st 4", "71.66759446"),
        ("11st 4lb", "71.66759446"),
        ("10 lb 6 oz", "4.70602083875"),
        ("68 kg", "68"),
        ("68,5", "68.5"),
        ("2", "2"),
        ("650 kg", "650"),
    ],
)
def test_a_body_mass_is_read_as_people_write_it(text, kilograms):
    assert parse_mass(text) == Decimal(kilograms)


def test_a_bare_body_mass_takes_the_default_unit():
    assert parse_mass("150", "lb") == Decimal("68.0388555")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "found nothing"),
        ("1.9 kg", "from 2 to 650 kg"),
        ("651", "which is 651 kg"),
        ("68 cm", "unit of mass"),
        ("11 st 14", "less than 14"),
        ("68 foo", "unit of mass"),
        ("150 lb 3 st", "do not belong together"),
    ],
)
def test_a_body_mass_nobody_has_is_refused_in_plain_words(text, complaint):
    with pytest.raises(InputError, match=complaint) as caught:
        parse_mass(text)
    assert caught.value.field == "weight"


@given(st.text(max_size=60))
def test_any_text_is_a_size_or_an_input_error(text):
    for parse in (parse_height, parse_mass):
        try:
            found = parse(text)
        except InputError:
            continue
        assert Decimal("0.5") <= found <= 650


@given(st.integers(20, 107))
def test_a_height_in_feet_and_inches_reads_back_as_itself(inches):
    height = convert(Decimal(inches), "in", "m")
    assert parse_height(format_height(height, "us")) == height


@given(st.decimals(min_value=2, max_value=650, places=1))
def test_a_body_mass_shown_in_its_own_unit_reads_back_as_itself(kilograms):
    assert parse_mass(format_mass_kg(kilograms, "metric")) == kilograms


def test_inches_that_round_up_to_twelve_become_a_foot():
    assert format_height(Decimal("1.8285"), "us") == "6 ft 0 in"


def test_sizes_are_shown_without_dust():
    assert format_height(Decimal("1.7018"), "metric") == "170 cm"
    assert format_mass_kg(Decimal("68.0388555"), "us") == "150 lb"
    assert format_mass_kg(Decimal("68.04"), "metric") == "68 kg"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "unknown"),
        (math.nan, "unknown"),
        (math.inf, "unknown"),
        (0, "0 mg"),
        (0.10000001, "0.1 mg"),
        (91.6499999, "91.6 mg"),
        (99.96, "100 mg"),
        (12.345, "12.3 mg"),
        (280.4, "280 mg"),
        (1234.5, "1,235 mg"),
        (0.00123456, "0.00123 mg"),
        (1e-9, "under 0.0001 mg"),
        (-1e-9, "just below 0 mg"),
        (-3.14159, "-3.14 mg"),
        (Decimal("2.50"), "2.5 mg"),
        (1e21, "1,000,000,000,000,000,000,000 mg"),
    ],
)
def test_an_amount_is_shown_without_float_dust_and_unknown_is_not_zero(value, text):
    assert amount_text(value, "mg") == text


def test_an_amount_without_a_unit_has_no_trailing_space():
    assert amount_text(1.5) == "1.5"


@given(st.floats(min_value=1e-4, max_value=1e12))
def test_a_shown_amount_is_within_half_a_percent_of_the_truth(value):
    assert math.isclose(float(amount_text(value).replace(",", "")), value, rel_tol=0.00502)


def test_a_number_without_dust_has_no_exponent():
    assert str(without_dust(Decimal("1.2E+3"))) == "1200"
    assert str(without_dust(Decimal("0.500"))) == "0.5"
