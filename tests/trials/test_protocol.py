"""What is decided before day 1: it reads back as it was, and every day of it asks for one thing."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.diary.instruments import INSTRUMENTS, instrument, instrument_of, unit_of
from provender.terms.errors import InputError, NotFoundError
from provender.trials.design import Design, Scheme
from provender.trials.protocol import (
    Chosen,
    Looks,
    Phase,
    Protocol,
    Taken,
    day_of,
    instruction,
    periods_of,
    protocol_of,
    whole_pairs,
)
from provender.trials.scale import OutcomeKind

FIRST = date(2026, 3, 2)
ORDER = (0, 1, 1, 0)


def plan(**more):
    fields = {
        "title": "Magnesium",
        "kind": "supplement",
        "treatment": "magnesium",
        "comparison": "nothing",
        "outcomes": (Chosen("pain", 1.0), Chosen("cramps", 0.2)),
        "design": Design(2, 7, washout_days=2, run_in_days=3),
        "first_day": FIRST,
        "zone": "Europe/Berlin",
    }
    return Protocol(**{**fields, **more})


@given(
    st.sampled_from(list(Scheme)),
    st.integers(2, 6),
    st.integers(1, 20),
    st.booleans(),
    st.sampled_from(list(Looks)),
    st.none()
    | st.builds(Taken, st.floats(0.1, 900), st.sampled_from(["mg", "g"]), st.sampled_from(["", "magnesium oxide"])),
)
def test_a_protocol_reads_back_as_it_was(scheme, pairs, days, blinded, looks, dose):
    design = Design(2 * pairs, days, scheme)
    made = plan(design=design, blinded=blinded, looks=looks, dose=dose, kept_stable=("coffee",), onset_days=5.0)
    assert protocol_of(made.values()) == made


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "title"),
        ({"treatment": "x" * 201}, "treatment of 201"),
        ({"kind": "spell"}, "kind 'spell'"),
        ({"outcomes": ()}, "0 outcomes"),
        ({"outcomes": (Chosen("pain", 1), Chosen("pain", 2))}, "each once"),
        ({"outcomes": (Chosen("pain", 0),)}, "above 0"),
        ({"dose": Taken(0, "mg")}, "dose of 0"),
    ],
)
def test_what_cannot_be_decided_is_refused(more, words):
    with pytest.raises(InputError, match=words):
        plan(**more)


def test_an_outcome_nobody_knows_is_refused():
    with pytest.raises(NotFoundError, match="no instrument"):
        plan(outcomes=(Chosen("luck", 1),))


def test_each_day_asks_for_one_thing():
    made = plan()
    asked = [day_of(made, ORDER, FIRST + timedelta(days=n)) for n in range(-1, made.design.days + 1)]
    phases = [one.phase for one in asked]
    assert phases == [
        Phase.BEFORE,
        *[Phase.RUN_IN] * 3,
        *([Phase.PERIOD] * 7 + [Phase.WASHOUT] * 2) * 3,
        *[Phase.PERIOD] * 7,
        Phase.OVER,
    ]
    assert [one.letter for one in asked if one.day == 1] == ["A", "B", "B", "A"]
    assert asked[1].changes_on == FIRST + timedelta(days=3)
    assert asked[-1].changes_on is None


def test_equal_neighbours_change_only_by_what_lies_between():
    made = plan(design=Design(2, 7))
    assert day_of(made, ORDER, FIRST + timedelta(days=7)).changes_on == FIRST + timedelta(days=21)
    assert day_of(made, None, FIRST + timedelta(days=7)).changes_on == FIRST + timedelta(days=14)


def test_the_instruction_says_what_to_do():
    made = plan()
    said = [instruction(made, day_of(made, ORDER, FIRST + timedelta(days=n))) for n in (-3, 0, 3, 10, 12, 99)]
    assert said[0].startswith("It begins on 2 March")
    assert said[1].startswith("Only record")
    assert said[2] == "Today: nothing."
    assert said[3].startswith("A pause between periods")
    assert said[4] == "Today: magnesium."
    assert said[5] == "The trial is over."
    assert instruction(made, day_of(made, None, FIRST + timedelta(days=3))).startswith("Take from packet 1")


def test_periods_follow_one_another_to_the_last_day():
    made = plan()
    periods = periods_of(made, ORDER)
    assert [one[3] for one in periods] == ["A", "B", "B", "A"]
    assert periods[-1][2] == made.last_day
    assert all(a[2] < b[1] for a, b in itertools.pairwise(periods))


def test_pairs_are_whole_on_the_morning_after_their_last_day():
    made = plan(design=Design(2, 7))
    assert [whole_pairs(made, FIRST + timedelta(days=n)) for n in (0, 13, 14, 27, 28, 90)] == [0, 0, 1, 1, 2, 2]


def test_the_header_holds_the_scales_and_another_onset():
    made = plan(onset_days=9.0)
    header = made.header(ORDER)
    assert header.priors == {"tau": (9.0, 0.7)}
    assert [one.kind for one in header.outcomes] == [OutcomeKind.SCORE, OutcomeKind.COUNT]
    assert plan().header(None).priors == {}
    assert plan().header(None).sequence is None


def test_clock_changes_move_nothing():
    made = plan(first_day=date(2026, 3, 23), design=Design(2, 7))
    assert day_of(made, ORDER, date(2026, 3, 30)).day == 1


@pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=lambda one: one.id)
def test_every_instrument_may_be_used_and_says_what_would_matter(one):
    assert one.question
    assert one.licence
    assert one.mcid_source
    assert 0 < one.mcid <= (one.high - one.low) / 2
    assert one.checked(one.low) == one.low
    assert one.checked(one.high) == one.high
    with pytest.raises(InputError, match="expected"):
        one.checked(one.high + 1)
    assert instrument_of(unit_of(one.id)) == one.id
    plan(outcomes=(Chosen(one.id, one.mcid),)).header(ORDER)


def test_values_between_the_steps_are_refused():
    with pytest.raises(InputError, match="steps of 1"):
        instrument("pain").checked(4.5)
    assert instrument("peg").checked(4.5) == 4.5


def test_what_can_be_tapped():
    assert instrument("pain").values == tuple(range(11))
    assert instrument("headache-day").values == (0, 1)
    assert instrument("headache-day").yes_or_no
    assert instrument("cramps").values == ()
    assert instrument("peg").values == ()


def test_a_unit_of_no_instrument_is_none():
    assert instrument_of("kcal") is None
    assert instrument_of("instrument:luck") is None
    assert replace(instrument("pain"), name="x").id == "pain"
