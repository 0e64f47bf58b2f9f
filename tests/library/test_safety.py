"""The screen of a substance: every row acts, what is unknown is never "go on", more risk is never milder."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.medicines import interactions_with, is_known, one_slip, typed_medicines
from provender.library.safety import screen
from provender.library.safety_doses import amount_range
from provender.library.safety_values import Decision, Dose, Person
from provender.library.shelf import shelf
from provender.library.triage import Said
from provender.terms.errors import InputError

SUBSTANCES = shelf().substances
MAGNESIUM = SUBSTANCES["magnesium"]


def well(substance, **changes):
    """A person to whom nothing applies."""
    no = {one.id: Said.NO for one in (*substance.stops, *substance.ask_first)}
    return replace(Person(40.0, pregnant=False, kidneys="normal", answers=no, medicines=()), **changes)


def small(substance):
    """A dose within every limit."""
    return Dose(1.0, "mg" if substance.nutrient != "VITD" else "µg", others=0.0)


ROWS = [
    (name, kind, row)
    for name, one in SUBSTANCES.items()
    for kind in ("stops", "ask_first")
    for row in getattr(one, kind)
]
PAIRS = [(name, row) for name, one in SUBSTANCES.items() for row in one.interactions]


@pytest.mark.parametrize("name", SUBSTANCES)
def test_a_well_person_with_a_small_dose_may_go_on(name):
    found = screen(SUBSTANCES[name], well(SUBSTANCES[name]), small(SUBSTANCES[name]))
    assert (found.decision, found.reasons, found.asks) == (Decision.GO_ON, (), ())
    assert not found.clinician_unlocks


@pytest.mark.parametrize(("name", "kind", "row"), ROWS, ids=lambda value: getattr(value, "id", value))
def test_every_condition_acts_and_names_its_source(name, kind, row):
    one = SUBSTANCES[name]
    person = well(one)
    found = screen(one, replace(person, answers={**person.answers, row.id: Said.YES}), small(one))
    reason = next(reason for reason in found.reasons if reason.id == row.id)
    assert found.decision is (Decision.STOP if kind == "stops" else Decision.ASK_FIRST)
    assert (reason.sources, reason.unverified) == (row.source, row.unverified)
    assert reason.sources
    assert found.clinician_unlocks is (kind == "ask_first")


@pytest.mark.parametrize(("name", "kind", "row"), ROWS, ids=lambda value: getattr(value, "id", value))
def test_not_sure_asks_first(name, kind, row):
    one = SUBSTANCES[name]
    if row.id in ("pregnancy", "old-and-kidneys", "renal-failure", "reduced-kidneys"):
        pytest.skip("what was told of the person stands")
    person = well(one)
    found = screen(one, replace(person, answers={**person.answers, row.id: Said.NOT_SURE}), small(one))
    assert found.decision is Decision.ASK_FIRST
    assert found.reasons[0].sentence.startswith("You are not sure about this")


@pytest.mark.parametrize(("name", "row"), PAIRS, ids=lambda value: getattr(value, "id", value))
def test_every_medicine_of_a_row_is_recognised(name, row):
    one = SUBSTANCES[name]
    for medicine in row.with_:
        found = screen(one, well(one, medicines=(f"{medicine.title()} 50 mg",)), small(one))
        said = [*found.reasons, *found.spacing, *found.notes]
        assert any(reason.id.removeprefix("space:") == row.id for reason in said), medicine
        expected = {"stop": Decision.STOP, "ask": Decision.ASK_FIRST}.get(row.kind)
        if expected is not None:
            assert found.decision >= expected


def test_levothyroxine_is_kept_four_hours_apart_and_does_not_stop():
    found = screen(MAGNESIUM, well(MAGNESIUM, medicines=("levothyroxin",)), small(MAGNESIUM))
    assert found.decision is Decision.GO_ON
    assert "4 hours apart" in found.spacing[0].do


def test_an_unknown_medicine_is_for_a_pharmacist():
    found = screen(MAGNESIUM, well(MAGNESIUM, medicines=("zorblaxine",)), small(MAGNESIUM), known=SUBSTANCES.values())
    assert found.decision is Decision.ASK_FIRST
    assert "pharmacist" in found.reasons[0].do


def test_a_medicine_known_from_elsewhere_is_noted():
    found = screen(MAGNESIUM, well(MAGNESIUM, medicines=("warfarin",)), small(MAGNESIUM), known=SUBSTANCES.values())
    assert found.decision is Decision.GO_ON
    assert found.notes[0].id == "no-interaction"


@pytest.mark.parametrize(
    ("change", "decision"),
    [
        ({"age_y": None}, Decision.STOP),
        ({"age_y": 17.9}, Decision.STOP),
        ({"age_y": 71.0}, Decision.ASK_FIRST),
        ({"pregnant": True}, Decision.ASK_FIRST),
        ({"kidneys": "failure"}, Decision.STOP),
        ({"kidneys": "reduced"}, Decision.ASK_FIRST),
        ({"egfr": 29.0}, Decision.STOP),
        ({"egfr": 45.0}, Decision.ASK_FIRST),
        ({"egfr": 90.0}, Decision.GO_ON),
        ({"medicines": None}, Decision.ASK_FIRST),
    ],
)
def test_what_is_known_of_the_person_counts(change, decision):
    assert screen(MAGNESIUM, well(MAGNESIUM, **change), small(MAGNESIUM)).decision is decision


def test_nothing_told_is_never_go_on():
    found = screen(MAGNESIUM, Person(), Dose(None))
    assert found.decision is Decision.STOP
    assert {one.id for one in found.asks} >= {"heart-block", "renal-failure", "pregnancy"}
    assert not found.clinician_unlocks
    assert found.values()["decision"] == "stop"


def test_unknown_kidneys_are_asked_about_and_no_clinician_unlocks_what_is_unanswered():
    person = replace(well(MAGNESIUM), kidneys="unknown", answers={})
    found = screen(MAGNESIUM, person, small(MAGNESIUM))
    assert {"renal-failure", "reduced-kidneys"} <= {one.id for one in found.asks}
    assert found.decision is Decision.ASK_FIRST
    assert not found.clinician_unlocks


@pytest.mark.parametrize(
    ("dose", "authority", "decision"),
    [
        (Dose(350, "mg", others=0), "NASEM", Decision.GO_ON),
        (Dose(0.35, "g", others=0), "NASEM", Decision.GO_ON),
        (Dose(351, "mg", others=0), "NASEM", Decision.STOP),
        (Dose(300, "mg", others=100), "NASEM", Decision.STOP),
        (Dose(300, "mg", others=0), "EFSA", Decision.ASK_FIRST),
        (Dose(None, "mg", others=0), "NASEM", Decision.ASK_FIRST),
        (Dose(2000, "mg", "magnesium citrate", 0), "NASEM", Decision.GO_ON),
        (Dose(2400, "mg", "magnesium citrate", 0), "NASEM", Decision.STOP),
        (Dose(1500, "mg", "magnesium chloride", 0), "NASEM", Decision.STOP),
    ],
)
def test_all_sources_together_are_held_against_the_limit(dose, authority, decision):
    assert screen(MAGNESIUM, well(MAGNESIUM), dose, authority=authority).decision is decision


def test_a_salt_that_may_hold_water_gives_a_range():
    low, high = amount_range(MAGNESIUM, Dose(1000, "mg", "magnesium chloride"))
    assert (round(low), round(high)) == (120, 255)


def test_what_else_is_taken_is_said_to_be_unknown():
    assert [one.id for one in screen(MAGNESIUM, well(MAGNESIUM), Dose(100, "mg")).notes] == ["others-unknown"]


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(1, "tablets"), "unit “tablets”"),
        (Dose(0, "mg"), "dose of 0"),
        (Dose(float("nan"), "mg"), "dose of nan"),
        (Dose(1, "mg", "iron fumarate"), "expected a salt of magnesium"),
        (Dose(1, "mg", "zinc oxide"), "expected a salt of magnesium"),
    ],
)
def test_a_dose_that_cannot_be_is_refused(dose, words):
    with pytest.raises(InputError, match=words):
        screen(MAGNESIUM, well(MAGNESIUM), dose)


MEDICINES = sorted({name for one in SUBSTANCES.values() for row in one.interactions for name in row.with_})
PEOPLE = st.builds(
    Person,
    age_y=st.none() | st.floats(1, 100),
    pregnant=st.none() | st.booleans(),
    kidneys=st.sampled_from(["normal", "reduced", "failure", "unknown"]),
    egfr=st.none() | st.floats(5, 120),
    answers=st.dictionaries(st.sampled_from(sorted({row.id for _, _, row in ROWS})), st.sampled_from(list(Said))),
    medicines=st.none() | st.lists(st.sampled_from([*MEDICINES, "aspirin"]), max_size=3).map(tuple),
)
DOSES = st.builds(
    Dose,
    st.none() | st.floats(0.1, 9000),
    st.sampled_from(["mg", "g", "µg"]),
    st.just(""),
    st.none() | st.floats(0, 900),
)
ONES = st.sampled_from(sorted(SUBSTANCES))


@given(ONES, PEOPLE, DOSES, st.sampled_from(MEDICINES), st.sampled_from([row.id for _, _, row in ROWS]))
def test_one_more_risk_never_makes_it_milder(name, person, dose, medicine, condition):
    one = SUBSTANCES[name]
    before = screen(one, person, dose, known=SUBSTANCES.values()).decision
    for more in (
        replace(person, medicines=(*(person.medicines or ()), medicine)) if person.medicines is not None else person,
        replace(person, answers={**person.answers, condition: Said.YES}),
    ):
        assert screen(one, more, dose, known=SUBSTANCES.values()).decision >= before


@given(ONES, PEOPLE, DOSES, st.floats(1, 50))
def test_a_larger_dose_is_never_milder(name, person, dose, times):
    if dose.amount is not None:
        one = SUBSTANCES[name]
        more = replace(dose, amount=dose.amount * times)
        assert screen(one, person, more).decision >= screen(one, person, dose).decision


@given(ONES, PEOPLE, DOSES)
def test_unknown_is_never_milder_than_known_to_be_well(name, person, dose):
    one = SUBSTANCES[name]
    calm = screen(one, well(one), dose).decision
    for unknown in (
        replace(well(one), kidneys="unknown", egfr=None),
        replace(well(one), pregnant=None),
        replace(well(one), medicines=None),
        replace(well(one), age_y=None),
        replace(well(one), answers={}),
    ):
        assert screen(one, unknown, dose).decision >= calm


def test_typed_medicines_are_parted():
    assert typed_medicines("Levothyroxine 50 µg, ramipril; aspirin and\nomeprazole") == (
        "Levothyroxine 50 µg",
        "ramipril",
        "aspirin",
        "omeprazole",
    )
    assert typed_medicines(" None ") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("warfarin", "warfarim", True),
        ("warfarin", "wafrarin", True),
        ("warfarin", "warfrin", True),
        ("warfarin", "warfarrin", True),
        ("warfarin", "warfarin", True),
        ("warfarin", "varfarim", False),
        ("warfarin", "warf", False),
    ],
)
def test_one_slip_of_the_finger_is_forgiven(one, other, same):
    assert one_slip(one, other) is same
    assert one_slip(other, one) is same


def test_a_limit_of_pregnancy_is_for_the_pregnant_alone():
    limit = MAGNESIUM.limits[0].model_copy(update={"pregnant": True, "amount": 10.0})
    one = MAGNESIUM.model_copy(update={"limits": (limit,), "ask_first": ()})
    assert screen(one, well(one), Dose(100, others=0)).decision is Decision.GO_ON
    assert screen(one, well(one, pregnant=True), Dose(100, others=0)).decision is Decision.STOP


def test_a_brand_with_an_ending_is_the_same_medicine():
    assert interactions_with(MAGNESIUM, "digoxine")


def test_short_names_must_be_exact():
    assert not interactions_with(MAGNESIUM, "ion")
    assert interactions_with(MAGNESIUM, "iron tablets")
    assert not is_known(SUBSTANCES.values(), "lithum oxide")
