"""Labels of supplements: elemental amounts, salts by their formulae, units as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.labels import composition_of, read_label
from provender.diary.salts import ATOMIC_WEIGHT, SALTS, atoms, elemental_share, salt_named
from provender.terms.errors import InputError


def held(text):
    return composition_of(read_label(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Magnesium 100 mg", {"MG": 100.0}),
        ("Magnesium (as magnesium citrate) 100 mg 27 %", {"MG": 100.0}),
        ("magnesium: 0.1 g", {"MG": 100.0}),
        ("100 mg magnesium per tablet", {"MG": 100.0}),
        ("Vitamin D3 1000 IU", {"VITD": 25.0}),
        ("Vitamin D 25 mcg (1000 IU)", {"VITD": 25.0}),
        ("Vitamin D 25 μg", {"VITD": 25.0}),
        ("Vitamin A 3000 IU", {"RETOL": 900.0, "VITA_RAE": 900.0}),
        ("Beta-carotene 6 mg", {"CARTB": 6000.0, "VITA_RAE": 3000.0}),
        ("Vitamin E (d-alpha) 100 IU", {"TOCPHA": 67.0}),
        ("Vitamin E synthetic 100 IU", {"TOCPHA": 45.0}),
        ("Folate 400 mcg DFE", {"FOLDFE": 400.0}),
        ("Folic acid 400 µg", {"FOLAC": 400.0}),
        ("Vitamin B12 (methylcobalamin) 1,000 mcg", {"VITB12": 1000.0}),
        ("B6 1,4 mg; B12 2.5 µg", {"VITB6A": 1.4, "VITB12": 2.5}),
        ("EPA 500 mg\nDHA 250 mg", {"F20D5": 0.5, "F22D6": 0.25}),
        ("Vitamin A (as beta-carotene) 900 mcg RAE", {"CARTB": 1800.0, "VITA_RAE": 900.0}),
        ("Vitamin A 5000 IU (50% as beta-carotene)", {"RETOL": 750.0, "CARTB": 1500.0, "VITA_RAE": 1500.0}),
        ("Vitamin A (retinyl palmitate, beta-carotene) 900 µg", {"RETOL": 900.0, "VITA_RAE": 900.0}),
        ("Beta-carotene 10000 IU", {"CARTB": 6000.0, "VITA_RAE": 3000.0}),
        ("Retinyl palmitate 1.65 mg", {"RETOL": 900.5, "VITA_RAE": 900.5}),
        ("Vitamin A palmitate 3000 IU", {"RETOL": 900.0, "VITA_RAE": 900.0}),
        ("Retinol 400 µg\nBeta-carotene 2 mg", {"RETOL": 400.0, "CARTB": 2000.0, "VITA_RAE": 1400.0}),
        ("Folate 665 mcg DFE (400 mcg folic acid)", {"FOLDFE": 665.0, "FOLAC": 400.0}),
        ("Folate 680 µg DFE (400 µg folic acid)", {"FOLDFE": 680.0, "FOLAC": 400.0}),
        ("Vitamin E 15 mg (22 IU)", {"TOCPHA": 15.0}),
        ("Vitamin K2 (MK-4) 45 µg", {"MK4": 45.0}),
        ("Vitamin B-12 500 mcg", {"VITB12": 500.0}),
        ("Vitamin B 12 500 µg", {"VITB12": 500.0}),
        ("Vitamin D3 1 000 IU", {"VITD": 25.0}),
        ("Vitamin D3 10 µg / 400 IE", {"VITD": 10.0}),
        ("Vitamin D 10 µg = 200 %", {"VITD": 10.0}),
        ("Vitamin D (25 µg)", {"VITD": 25.0}),
        ("Magnesium 375 mg 100% NRV*", {"MG": 375.0}),
        ("Magnesium as magnesium citrate 100 mg", {"MG": 100.0}),
        ("Magnesium 1/2 g", {"MG": 500.0}),
        ("Magnesium citrate 500 mg (providing 80 mg magnesium)", {"MG": 80.0}),
        ("Calcium 1.0000 mg", {"CA": 1.0}),
        ("", {}),
    ],
)
def test_a_label_is_read_as_it_is_printed(text, expected):
    assert held(text) == pytest.approx(expected, rel=1e-3)


def test_two_salts_of_a_mineral_add_up():
    assert held("zinc oxide 5 mg\nzinc citrate 20 mg")["ZN"] == pytest.approx(4.02 + 6.83, abs=0.01)


def test_retinol_and_carotene_of_unknown_shares_are_told_to_count_as_retinol():
    (line,) = read_label("Vitamin A (retinyl palmitate, beta-carotene) 900 µg")
    assert "counted as retinol, to be safe" in line.note


@pytest.mark.parametrize("text", ["Vitamin K2 (MK-7) 100 µg", "Vitamin K2 100 µg", "Lactobacillus 10 billion CFU"])
def test_what_no_amount_can_be_given_of_counts_towards_none(text):
    (line,) = read_label(text)
    assert line.amounts == {}
    assert "counts towards none" in line.note


@given(st.sampled_from(["mg", "g", "µg"]), st.decimals("0.001", "999", places=2))
def test_an_amount_is_the_same_in_every_unit(unit, number):
    in_mg = {"mg": 1.0, "g": 1000.0, "µg": 0.001}[unit] * float(number)
    assert held(f"Magnesium {number:f}00 {unit}")["MG"] == pytest.approx(in_mg)


def test_of_a_salt_only_its_mineral_counts_and_that_is_said():
    (line,) = read_label("500 mg magnesium citrate")
    assert line.amounts["MG"] == pytest.approx(80.8, abs=0.05)
    assert "16.2 % magnesium: 80.8 mg" in line.note
    assert "write “magnesium 500 mg”" in line.note


def test_what_is_no_nutrient_counts_towards_none_and_says_so():
    (line,) = read_label("Curcumin 500 mg")
    assert line.amounts == {}
    assert "“curcumin” is no nutrient" in line.note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("magnesium", "“magnesium”: found no amount with its unit"),
        ("100 mg", "found no name beside the amount"),
        ("Vitamin E 400 IU", "without its form"),
        ("Zinc 15 IU", "found IU, expected mg, µg or g"),
        ("Calcium 0 mg", "found 0, expected an amount above 0"),
        ("Calcium -5 mg", "found -5, expected an amount above 0"),
        ("Zinc 5 mg\nzinc citrate 30 mg", "found Zinc in “Zinc 5 mg” and in “zinc citrate 30 mg”"),
        ("Energy 5 mg", "mg"),
        ("Calcium 1.000 mg", "found 1.000, which may be 1 or 1,000"),
        ("Vitamin D 25 µg (10,000 IU)", "found 25 µg and 10000 IU, which is 250 µg"),
        ("Zinc oxide 5 mg\nzinc oxide 5 mg", "expected it once"),
        ("Vitamin A 400 µg\nRetinol 400 µg", "expected it once"),
        ("Zinc 5", "found no amount with its unit"),
        ("Calcium 1/0 mg", "expected a number"),
        ("zinc oxide 0 mg", "expected an amount above 0"),
        ("\n".join(f"thing{i} 1 mg" for i in range(81)), "found 81 lines"),
    ],
)
def test_what_cannot_be_meant_is_asked_about(text, said):
    with pytest.raises(InputError) as raised:
        read_label(text)
    assert said in str(raised.value)
    assert raised.value.field == "label"


@pytest.mark.parametrize(
    ("salt", "percent"),
    [
        ("magnesium oxide", 60.3),
        ("magnesium citrate", 16.2),
        ("magnesium bisglycinate", 14.1),
        ("magnesium malate", 15.5),
        ("calcium carbonate", 40.0),
        ("zinc gluconate", 14.35),
        ("ferrous sulfate", 20.1),
        ("ferrous fumarate", 32.9),
        ("potassium chloride", 52.4),
    ],
)
def test_the_share_of_a_salt_is_the_one_in_the_tables(salt, percent):
    assert SALTS[salt].share * 100 == pytest.approx(percent, abs=0.05)


def test_every_salt_holds_its_mineral_and_is_not_all_mineral():
    assert all(0.04 < salt.share < 0.85 for salt in SALTS.values())


def test_atoms_are_counted_with_brackets_and_water():
    assert atoms("Mg3(C6H5O7)2") == {"Mg": 3, "C": 12, "H": 10, "O": 14}
    assert atoms("MgSO4·7H2O") == {"Mg": 1, "S": 1, "O": 11, "H": 14}


@pytest.mark.parametrize("formula", ["Xx2", "Mg(", "mg", "Mg)2"])
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(InputError, match="found the formula"):
        elemental_share(formula, "Mg")


@given(st.dictionaries(st.sampled_from(sorted(ATOMIC_WEIGHT)), st.integers(1, 9), min_size=1, max_size=5))
def test_the_shares_of_all_elements_come_to_one(parts):
    formula = "".join(f"{element}{count}" for element, count in parts.items())
    assert sum(elemental_share(formula, element) for element in parts) == pytest.approx(1)


def test_a_salt_is_found_as_people_spell_it():
    assert salt_named("Iron Sulphate").name == "ferrous sulfate"
    assert salt_named("magnesium") is None
