"""The screen of a substance: every row of every substance, and that worse news never makes it milder."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.library.medicines import MEDICINES
from provender.library.safety import Person, Plan, questions, screen
from provender.library.safety_answers import DECISIONS
from provender.library.safety_records import Condition, Interaction, Substance
from provender.library.screened_medicines import NOT_READ
from provender.library.shelf import shelf
from provender.terms.errors import InputError, NotFoundError

SHELF = shelf()
SUBSTANCES = ("capsaicin", "curcumin", "glucosamine", "magnesium", "omega-3", "vitamin-d")
ROWS = [(name, row) for name in SUBSTANCES for row in questions(SHELF.substances[name])]
INTERACTIONS = [(name, row) for name in SUBSTANCES for row in SHELF.substances[name].interactions]
WELL = Person(
    age_y=40.0, sex="female", pregnant=False, breastfeeding=False, kidney="normal", conditions=(), medicines=()
)
PLANS = {
    "magnesium": Plan(amount=200.0, form="elemental"),
    "vitamin-d": Plan(amount=1000.0, unit="IU"),
    "omega-3": Plan(amount=500.0),
    "curcumin": Plan(amount=500.0),
    "glucosamine": Plan(amount=1500.0),
    "capsaicin": Plan(amount=3.0, unit="applications"),
}
FACTS = {
    "under-18": {"age_y": 17.9},
    "aged-70": {"age_y": 70.0},
    "pregnant": {"pregnant": True},
    "breastfeeding": {"breastfeeding": True},
    "kidney-failure": {"kidney": "failure"},
    "kidney-reduced": {"kidney": "reduced"},
}
TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            "levothyroxine",
            "Warfarin 3 mg",
            "warfarn",
            "ramipril",
            "milk of magnesia",
            "asthma",
            "dialysis",
            "hay fever",
        ]
    ),
    st.text("abcdefg ,", max_size=12),
)
PEOPLE = st.builds(
    Person,
    age_y=st.none() | st.floats(0, 100),
    sex=st.sampled_from([None, "female", "male"]),
    pregnant=st.sampled_from([None, False, True]),
    breastfeeding=st.sampled_from([None, False, True]),
    kidney=st.sampled_from(["normal", "reduced", "failure", "unknown"]) | st.floats(0, 200),
    conditions=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
    medicines=st.none() | st.lists(TEXTS, max_size=2).map(tuple),
)
NAMES = st.sampled_from(SUBSTANCES)


def screened(name, person=WELL, plan=None, sources=()):
    return screen(SHELF, name, person, plan or PLANS[name], sources)


def reason(found, row_id):
    return next(one for one in found.reasons if one.id == row_id)


def at_least_as_strict(after, before):
    return DECISIONS.index(after.decision) <= DECISIONS.index(before.decision) and all(
        after.may_start(clinician_agreed=agreed) <= before.may_start(clinician_agreed=agreed)
        for agreed in (True, False)
    )


def ids(rows):
    return [f"{name}-{row.id}" for name, row in rows]


@pytest.mark.parametrize("name", SUBSTANCES)
def test_a_healthy_adult_without_medicines_at_a_usual_dose_may_go_on(name):
    found = screened(name)
    assert found.decision == "go on"
    assert found.may_start(clinician_agreed=False)
    assert not found.unlocks


@pytest.mark.parametrize(("name", "row"), ROWS, ids=ids(ROWS))
def test_yes_to_a_row_stops_or_asks_first_and_says_why(name, row):
    found = screened(name, replace(WELL, answers={row.id: "yes"}))
    is_stop = row in SHELF.substances[name].stops
    told = reason(found, row.id)
    assert found.decision == told.decision == ("stop" if is_stop else "ask first")
    assert row.why in told.says
    assert told.sources == row.source
    assert found.unlocks == (row.unlocks if is_stop else True)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=ids(ROWS))
def test_not_sure_of_a_row_is_never_to_go_on(name, row):
    found = screened(name, replace(WELL, answers={row.id: "not sure"}))
    assert found.decision == "ask first"
    assert row.asks in reason(found, row.id).says


@pytest.mark.parametrize(
    ("name", "row", "word"), [(name, row, word) for name, row in ROWS for word in row.words], ids=str
)
def test_an_illness_as_people_call_it_is_the_row(name, row, word):
    found = screened(name, replace(WELL, conditions=(f"my {word.replace('*', '')} since 2019",)))
    assert reason(found, row.id).kind == "state"


@pytest.mark.parametrize(
    ("name", "row"), [one for one in ROWS if one[1].fact], ids=ids([one for one in ROWS if one[1].fact])
)
def test_what_the_person_told_settles_the_row(name, row):
    found = screened(name, replace(WELL, **FACTS[row.fact]))
    assert reason(found, row.id).kind == "state"


@pytest.mark.parametrize(("name", "row"), INTERACTIONS, ids=ids(INTERACTIONS))
def test_every_medicine_of_a_row_is_answered_as_the_row_says(name, row):
    expected = {"stop": "stop", "ask": "ask first", "space": "go on", "note": "go on"}[row.kind]
    for medicine in (one for one in MEDICINES.values() if one.is_one_of(row.with_)):
        found = screened(name, replace(WELL, medicines=(medicine.name,)))
        told = reason(found, row.id)
        assert told.decision == expected
        assert (told.do, told.sources, told.unverified) == (row.do, row.source, row.unverified)
        spaced = [one for one in found.spacing if one.medicine == medicine.name]
        assert bool(spaced) == (row.kind == "space")


@pytest.mark.parametrize(("name", "row"), INTERACTIONS, ids=ids(INTERACTIONS))
def test_every_name_in_a_row_is_a_medicine_or_a_group(name, row):
    assert name
    assert all(any(one.is_one_of([term]) for one in MEDICINES.values()) for term in row.with_)


@pytest.mark.parametrize("group", sorted({group for one in MEDICINES.values() for group in one.groups}))
def test_every_group_is_used_by_a_row(group):
    assert any(group in row.with_ for _, row in INTERACTIONS)


@pytest.mark.parametrize(("name", "row"), ROWS + INTERACTIONS, ids=ids(ROWS + INTERACTIONS))
def test_every_row_rests_on_a_source_or_says_that_it_does_not(name, row):
    assert name
    assert bool(row.source) != (row.unverified or row.own_rule)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_ids_of_rows_are_there_once(name):
    each = [row.id for row in questions(SHELF.substances[name])]
    assert len(each) == len(set(each))


def test_what_is_not_verified_says_so():
    found = screened("magnesium", replace(WELL, medicines=("digoxin",)))
    assert NOT_READ in reason(found, "digoxin").says
    assert reason(found, "digoxin").unverified


def test_a_row_without_any_ground_is_refused():
    with pytest.raises(ValueError, match="found no source"):
        Condition(id="x", when="x", asks="x?", why="x")
    with pytest.raises(ValueError, match="found no source"):
        Interaction.model_validate({"id": "x", "with": ["x"], "kind": "ask", "does": "x", "do": "x"})


@pytest.mark.parametrize(
    ("kidney", "decision"),
    [(120.0, "go on"), (60.0, "go on"), (59.9, "ask first"), (30.0, "ask first"), (29.9, "stop"), (0.0, "stop")],
)
def test_a_measured_kidney_value_decides_for_magnesium(kidney, decision):
    assert screened("magnesium", replace(WELL, kidney=kidney)).decision == decision


def test_kidney_failure_is_not_unlocked_by_agreement():
    found = screened("magnesium", replace(WELL, kidney="failure"))
    assert not found.may_start(clinician_agreed=True)


def test_an_answered_no_settles_a_kidney_that_is_not_known():
    answers = {"kidney-failure": "no", "kidney-reduced": "no"}
    assert screened("magnesium", replace(WELL, kidney="unknown", answers=answers)).decision == "go on"


def test_an_answered_no_does_not_undo_what_was_measured():
    found = screened("magnesium", replace(WELL, kidney=20.0, answers={"kidney-failure": "no"}))
    assert found.decision == "stop"


@pytest.mark.parametrize("name", SUBSTANCES)
def test_nobody_under_18_may_start(name):
    found = screened(name, replace(WELL, age_y=17.0))
    assert found.decision == "stop"
    assert not found.may_start(clinician_agreed=True)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_an_age_that_is_not_known_is_not_unlocked_by_agreement(name):
    found = screened(name, replace(WELL, age_y=None))
    assert (found.decision, found.unlocks) == ("ask first", False)


@pytest.mark.parametrize("name", SUBSTANCES)
def test_pregnancy_needs_a_clinician(name):
    found = screened(name, replace(WELL, pregnant=True))
    assert found.decision == "stop"
    assert found.may_start(clinician_agreed=True)
    assert not found.may_start(clinician_agreed=False)


@pytest.mark.parametrize("changes", [{"sex": "male"}, {"age_y": 60.0}])
def test_pregnancy_is_not_asked_where_it_cannot_be(changes):
    found = screened("magnesium", replace(WELL, pregnant=None, breastfeeding=None, **changes))
    assert found.decision == "go on"


@pytest.mark.parametrize(
    "changes",
    [{"pregnant": None}, {"breastfeeding": None}, {"kidney": "unknown"}, {"conditions": None}, {"medicines": None}],
)
def test_what_was_not_told_is_never_to_go_on(changes):
    assert screened("magnesium", replace(WELL, **changes)).decision == "ask first"


def test_a_medicine_that_is_not_known_is_for_a_pharmacist():
    found = screened("magnesium", replace(WELL, medicines=("frobnizol 5 mg",)))
    told = reason(found, "medicine-unknown")
    assert found.decision == "ask first"
    assert "frobnizol" in told.says
    assert "pharmacist" in told.do


def test_a_misspelt_medicine_is_asked_about_and_acts():
    found = screened("glucosamine", replace(WELL, medicines=("warfarn",)))
    assert found.decision == "stop"
    assert "“warfarn” for warfarin" in reason(found, "medicine-unsure").says


def test_a_misspelt_medicine_to_be_spaced_is_not_simply_to_go_on():
    found = screened("magnesium", replace(WELL, medicines=("levothyroxn",)))
    assert found.decision == "ask first"
    assert found.spacing[0].medicine == "levothyroxine"


def test_a_known_medicine_without_a_row_is_said_to_be_without_one():
    found = screened("magnesium", replace(WELL, medicines=("ramipril",)))
    assert "It is not complete." in reason(found, "medicine-not-listed").says


def test_levothyroxine_is_kept_four_hours_apart_by_any_of_its_names():
    for name in ("levothyroxine", "Eltroxin 50", "thyroxine", "Euthyrox"):
        (spacing,) = screened("magnesium", replace(WELL, medicines=(name,))).spacing
        assert spacing.says == "Take magnesium at least 4 hours apart from levothyroxine."
        assert "mersebach1999" in spacing.sources


def test_a_medicine_with_other_hours_before_than_after_says_both():
    (spacing,) = screened("magnesium", replace(WELL, medicines=("Cipro",))).spacing
    assert spacing.says == "Take ciprofloxacin at least 2 hours before or at least 6 hours after magnesium."


def test_a_medicine_named_twice_is_told_once():
    found = screened("magnesium", replace(WELL, medicines=("iron", "iron")))
    assert len(found.spacing) == 1


def test_an_illness_that_no_row_is_about_is_asked_about():
    found = screened("magnesium", replace(WELL, conditions=("hay fever",)))
    assert found.decision == "ask first"
    assert "hay fever" in reason(found, "condition-unknown").says


def test_what_it_is_tried_for_is_no_illness_to_ask_about():
    assert screened("magnesium", replace(WELL, conditions=("low back pain", "leg cramps", " "))).decision == "go on"


@pytest.mark.parametrize("text", ["none", "None", "nothing"])
def test_none_is_no_illness(text):
    assert screened("magnesium", replace(WELL, conditions=(text,))).decision == "go on"


def test_an_illness_in_another_script_is_asked_about():
    assert screened("magnesium", replace(WELL, conditions=("диализ",))).decision == "ask first"


def test_an_age_that_is_not_known_is_one_reason():
    found = screened("magnesium", replace(WELL, age_y=None))
    assert [one.id for one in found.reasons if one.decision != "go on"] == ["age"]


def test_a_row_that_is_there_twice_is_refused():
    fields = SHELF.substances["curcumin"].model_dump(by_alias=True)
    fields["stops"] = [*fields["stops"], fields["ask_first"][0]]
    with pytest.raises(ValueError, match="found the id gallstones 2 times"):
        Substance.model_validate(fields)


def test_a_misspelt_illness_is_the_illness():
    assert screened("magnesium", replace(WELL, conditions=("miasthenia gravis",))).decision == "stop"


def test_two_reasons_unlock_only_if_both_do():
    found = screened("magnesium", replace(WELL, pregnant=True, conditions=("heart block",)))
    assert not found.unlocks


def test_reasons_come_with_the_strictest_first():
    person = replace(WELL, kidney="failure", medicines=("frobnizol", "ramipril"))
    each = [DECISIONS.index(one.decision) for one in screened("magnesium", person).reasons]
    assert each == sorted(each)
    assert set(each) == {0, 1, 2}


def test_no_reason_holds_a_probability():
    found = screened("curcumin", replace(WELL, conditions=("hepatitis",), medicines=("warfarin",)))
    assert not any("%" in one.says or "percent" in one.says for one in found.reasons)


@given(NAMES, PEOPLE, TEXTS)
def test_another_medicine_never_makes_it_milder(name, person, text):
    more = replace(person, medicines=(*(person.medicines or ()), text)) if person.medicines is not None else person
    assert at_least_as_strict(screened(name, more), screened(name, person))


@given(NAMES, PEOPLE, TEXTS)
def test_another_illness_never_makes_it_milder(name, person, text):
    more = replace(person, conditions=(*(person.conditions or ()), text)) if person.conditions is not None else person
    assert at_least_as_strict(screened(name, more), screened(name, person))


@given(NAMES, PEOPLE)
def test_what_is_not_known_is_never_milder_than_the_known_good(name, person):
    good = replace(
        person, age_y=40.0, pregnant=False, breastfeeding=False, kidney="normal", conditions=(), medicines=()
    )
    for field, unknown in (
        *(("age_y", None), ("pregnant", None), ("breastfeeding", None)),
        *(("kidney", "unknown"), ("conditions", None), ("medicines", None)),
    ):
        assert at_least_as_strict(screened(name, replace(good, **{field: unknown})), screened(name, good))
    assert at_least_as_strict(screened(name, good, sources=None), screened(name, good))


@given(NAMES, PEOPLE, st.data())
def test_a_worse_answer_to_a_row_never_makes_it_milder(name, person, data):
    row = data.draw(st.sampled_from(questions(SHELF.substances[name])))
    milder, worse = data.draw(st.sampled_from([("no", "not sure"), ("not sure", "yes"), ("no", "yes")]))
    one, other = (replace(person, answers={row.id: said}) for said in (milder, worse))
    if worse == "yes" and row.unlocks is False:
        assert at_least_as_strict(screened(name, other), screened(name, one))
    assert DECISIONS.index(screened(name, other).decision) <= DECISIONS.index(screened(name, one).decision)


@given(NAMES, PEOPLE, st.floats(1e-3, 1e5), st.floats(1.0, 100.0))
def test_a_higher_dose_never_makes_it_milder(name, person, amount, times):
    low, high = (replace(PLANS[name], amount=one) for one in (amount, amount * times))
    assert at_least_as_strict(screened(name, person, high), screened(name, person, low))


@given(NAMES, PEOPLE)
def test_the_same_person_is_answered_the_same(name, person):
    assert screened(name, person) == screened(name, person)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"age_y": -1.0}, "found an age of -1"),
        ({"age_y": float("nan")}, "found an age of nan"),
        ({"kidney": "great"}, "found kidney 'great'"),
        ({"kidney": 300.0}, "expected normal, reduced, failure, unknown or an eGFR"),
        ({"kidney": float("nan")}, "found kidney nan"),
        ({"answers": {"colour": "yes"}}, "found an answer to 'colour'"),
        ({"answers": {"heart-block": "maybe"}}, "expected yes, no or not sure"),
    ],
)
def test_what_cannot_be_is_refused(changes, said):
    with pytest.raises(InputError, match=said):
        screened("magnesium", replace(WELL, **changes))


def test_a_substance_that_is_not_there_is_told():
    with pytest.raises(NotFoundError, match="did you mean magnesium"):
        screen(SHELF, "magnesum", WELL, Plan(amount=1.0), ())
