"""Planned doses against the most a day, summed with what else is taken."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.salts import elemental_share
from provender.library.ceilings import ceilings
from provender.library.planned_doses import dose_range, dose_reasons
from provender.library.safety import OtherSource, Person, Plan, screen
from provender.library.shelf import shelf
from provender.terms.errors import InputError, UnitError

SHELF = shelf()
MAGNESIUM = SHELF.substances["magnesium"]
VITAMIN_D = SHELF.substances["vitamin-d"]
WELL = Person(
    age_y=40.0, sex="female", pregnant=False, breastfeeding=False, kidney="normal", conditions=(), medicines=()
)
FOOD = OtherSource(name="food", amounts={"VITD": 5.0, "MG": 300.0}, kind="food")
AMOUNTS = st.floats(0.1, 1e4)


def screened(amount, unit="mg", form="elemental", *, name="magnesium", sources=(FOOD,), **more):
    return screen(SHELF, name, WELL, Plan(amount=amount, unit=unit, form=form), sources, **more)


def ids(found):
    return [one.id for one in found.reasons]


@pytest.mark.parametrize(
    ("form", "formulae"),
    [
        ("magnesium citrate", ("Mg3(C6H5O7)2·9H2O", "Mg3(C6H5O7)2")),
        ("magnesium chloride", ("MgCl2·6H2O", "MgCl2")),
        ("Epsom salt", None),
        ("magnesium sulphate", ("MgSO4·7H2O", "MgSO4")),
        ("magnesium lactate", ("Mg(C3H5O3)2·2H2O", "Mg(C3H5O3)2")),
        ("magnesium oxide", ("MgO", "MgO")),
    ],
)
def test_a_salt_whose_water_is_not_known_is_a_range(form, formulae):
    found = dose_range(MAGNESIUM, Plan(amount=1000.0, form=form), "mg")
    if formulae is None:
        assert found.low < found.high == 1000.0
        return
    assert found.low == pytest.approx(1000 * elemental_share(formulae[0], "Mg"))
    assert found.high == pytest.approx(1000 * elemental_share(formulae[1], "Mg"))


def test_the_range_of_the_citrate_is_that_of_the_published_shares():
    found = dose_range(MAGNESIUM, Plan(amount=100.0, form="magnesium citrate"), "mg")
    assert (round(found.low, 2), round(found.high, 2)) == (11.89, 16.16)


def test_a_mass_that_is_neither_elemental_nor_a_salt_may_be_all_mineral():
    found = dose_range(MAGNESIUM, Plan(amount=100.0), "mg")
    assert found.low < 10
    assert found.high == 100.0


def test_a_salt_of_another_mineral_is_not_taken_for_one_of_this():
    assert dose_range(MAGNESIUM, Plan(amount=100.0, form="zinc citrate"), "mg").high == 100.0


@given(AMOUNTS, st.sampled_from([None, "elemental", *(one.salt for one in MAGNESIUM.forms)]))
def test_a_range_scales_and_never_exceeds_its_mass(amount, form):
    found = dose_range(MAGNESIUM, Plan(amount=amount, form=form), "mg")
    twice = dose_range(MAGNESIUM, Plan(amount=2 * amount, form=form), "mg")
    assert 0 < found.low <= found.high <= amount
    assert twice.high == pytest.approx(2 * found.high)


@pytest.mark.parametrize(("amount", "unit", "ug"), [(1000.0, "IU", 25.0), (25.0, "mcg", 25.0), (0.025, "mg", 25.0)])
def test_vitamin_d_is_read_in_its_units(amount, unit, ug):
    assert dose_range(VITAMIN_D, Plan(amount=amount, unit=unit), "µg").high == pytest.approx(ug)


def test_the_upper_level_itself_may_be_taken():
    assert screened(350.0).decision == "go on"


def test_above_the_upper_level_needs_a_clinician():
    found = screened(351.0)
    assert found.decision == "ask first"
    assert not found.may_start(clinician_agreed=False)
    assert found.may_start(clinician_agreed=True)
    assert found.reasons[0].sources == ("iom1997",)
    assert found.reasons[0].sources[0] in SHELF.sources


def test_a_range_that_reaches_above_is_above():
    found = screened(2500.0, form="magnesium citrate")
    assert found.decision == "ask first"
    assert "297 mg to 404 mg a day" in found.reasons[0].says


def test_supplements_and_medicines_are_summed():
    sources = [
        OtherSource(name="multivitamin", amounts={"MG": 100.0}),
        OtherSource(name="antacid", amounts={"MG": 60.0}, kind="medicine"),
    ]
    found = screened(200.0, sources=sources)
    assert found.decision == "ask first"
    assert "360 mg a day, 160 mg of it from what you take already" in found.reasons[0].says


def test_food_does_not_count_towards_the_limit_of_magnesium():
    assert screened(300.0).decision == "go on"


def test_food_counts_towards_the_limit_of_vitamin_d():
    plan = {"amount": 98.0, "unit": "µg", "name": "vitamin-d"}
    assert screened(**plan).decision == "ask first"
    assert screened(**plan, sources=()).decision == "go on"


def test_it_is_said_where_food_is_not_known():
    assert "food-not-counted" in ids(screened(20.0, "µg", name="vitamin-d", sources=()))
    assert "food-not-counted" not in ids(screened(20.0, "µg", name="vitamin-d"))


def test_the_other_continents_limit_is_told_and_does_not_bind():
    found = screened(300.0)
    assert "above-other-limit" in ids(found)
    assert screened(300.0, authority="EFSA").decision == "ask first"


def test_a_supplement_whose_contents_are_not_known_is_asked_about():
    for amounts in (None, {"MG": math.nan}):
        found = screened(100.0, sources=[OtherSource(name="powder", amounts=amounts)])
        assert found.decision == "ask first"
        assert "It is not known how much powder holds." in [one.says for one in found.reasons]


def test_other_sources_that_were_not_asked_for_are_asked_about():
    assert "other-sources" in ids(screened(100.0, sources=None))


def test_a_dose_that_is_not_known_is_not_unlocked_by_agreement():
    found = screened(None)
    assert (found.decision, found.unlocks) == ("ask first", False)


def test_what_is_taken_already_can_be_above_by_itself():
    found = screened(None, sources=[OtherSource(name="powder", amounts={"MG": 400.0})])
    assert "above-limit" in ids(found)


def test_iron_in_a_supplement_is_kept_apart_as_a_medicine_is():
    found = screened(100.0, sources=[OtherSource(name="multivitamin", amounts={"FE": 14.0})])
    assert [one.medicine for one in found.spacing] == ["iron"]


@pytest.mark.parametrize(
    ("name", "most", "unit", "source"),
    [
        ("omega-3", 1000.0, "mg", ("gencer2021",)),
        ("curcumin", 1000.0, "mg", ("zeng2021",)),
        ("glucosamine", 1500.0, "mg", ("wilkens2010",)),
        ("capsaicin", 4.0, "applications", ()),
    ],
)
def test_a_substance_that_is_no_nutrient_has_a_limit_of_its_own(name, most, unit, source):
    assert screened(most, unit, name=name).decision == "go on"
    found = screened(most * 1.01, unit, name=name)
    assert found.decision == "ask first"
    assert found.reasons[0].sources == source


def test_other_capsules_of_the_same_substance_are_summed_by_its_name():
    sources = [OtherSource(name="krill oil", amounts={"omega-3": 600.0})]
    assert screened(600.0, name="omega-3", sources=sources).decision == "ask first"


def test_one_application_is_read_as_applications():
    assert screened(1.0, "application", name="capsaicin").decision == "go on"


def test_where_nobody_named_a_limit_a_clinician_must():
    bare = SHELF.substances["curcumin"].model_copy(update={"limits": ()})
    found = [one.id for one in dose_reasons("curcumin", bare, WELL, Plan(amount=1.0), (), "NASEM")]
    assert found == ["no-limit"]


def test_the_lowest_limit_holds_where_age_sex_and_life_stage_are_not_known():
    known = ceilings(MAGNESIUM, WELL, "NASEM")
    assert [(one.amount, one.binds) for one in known] == [(350.0, True), (250.0, False)]
    assert [one.amount for one in ceilings(MAGNESIUM, Person(), "NASEM")] == [350.0, 250.0]


def test_an_infant_has_no_upper_level_of_magnesium():
    assert ceilings(MAGNESIUM, Person(age_y=0.3, sex="male"), "NASEM") == ()


@pytest.mark.parametrize(
    ("row", "person", "holds"),
    [
        ({"age_low": 50.0}, {"age_y": 40.0}, False),
        ({"age_low": 50.0}, {"age_y": None}, True),
        ({"age_low": 18.0}, {"age_y": 10.0}, True),
        ({"age_high": 30.0}, {"age_y": 40.0}, False),
        ({"sex": "male"}, {"sex": "female"}, False),
        ({"sex": "male"}, {"sex": None}, True),
        ({"pregnant": True}, {"pregnant": False}, False),
        ({"pregnant": True}, {"pregnant": None}, True),
        ({"pregnant": False}, {"pregnant": True}, False),
    ],
)
def test_a_limit_holds_for_everyone_it_may_be_meant_for(row, person, holds):
    curcumin = SHELF.substances["curcumin"]
    limit = curcumin.limits[0].model_copy(update={"age_low": None} | row)
    who = Person(**({"age_y": 40.0, "sex": "female", "pregnant": False} | person))
    assert bool(ceilings(curcumin.model_copy(update={"limits": (limit,)}), who, "NASEM")) is holds


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"amount": 0.0}, InputError, "found 0 mg"),
        ({"amount": math.inf}, InputError, "found inf mg"),
        ({"amount": math.nan}, InputError, "found nan mg"),
        ({"amount": 1.0, "unit": "drops"}, UnitError, "drops"),
        ({"amount": 1.0, "unit": "IU"}, InputError, "IU of Magnesium"),
        ({"amount": 1.0, "authority": "FDA"}, InputError, "expected one of NASEM, EFSA"),
        ({"amount": 1.0, "sources": [OtherSource(name="x", amounts={"MG": -1.0})]}, InputError, "found -1 of MG in x"),
    ],
)
def test_what_cannot_be_is_refused(changes, error, said):
    with pytest.raises(error, match=said):
        screened(**changes)
