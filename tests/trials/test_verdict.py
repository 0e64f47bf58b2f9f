"""Each sentence is true of the numbers beside it."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.mixture import Mixture
from provender.trials.verdict import Asked, Doubt, Kind, percent, verdict

PAIN = Asked("magnesium", "back pain", "points", 1.0)


def normal(mean, sd):
    return Mixture(np.ones(1), np.array([mean]), np.array([sd]))


@pytest.mark.parametrize(
    ("mean", "sd", "kind"),
    [
        (-2.0, 0.5, Kind.HELPED),
        (2.0, 0.5, Kind.WORSE),
        (0.1, 0.3, Kind.NO_DIFFERENCE),
        (-0.6, 0.6, Kind.CANNOT_TELL),
        (0.0, 1.5, Kind.CANNOT_TELL),
    ],
)
def test_the_four_answers(mean, sd, kind):
    assert verdict(normal(mean, sd), PAIN).kind is kind


def test_more_is_better_turns_it_round():
    sleep = Asked("magnesium", "sleep", "h", 0.5, lower_is_better=False)
    assert verdict(normal(1.2, 0.3), sleep).kind is Kind.HELPED
    assert verdict(normal(-1.2, 0.3), sleep).kind is Kind.WORSE


def test_the_sentence_of_the_handbook():
    found = verdict(normal(-0.6, 0.51), PAIN, pairs_more=3)
    assert found.sentence == (
        "In your diary, back pain with magnesium was 0.6 points lower than without (1.6 lower to 0.4 higher)."
        " This could be chance; your data cannot tell yet."
    )
    assert found.would_settle == "3 more pairs of periods would probably settle it."


def test_a_small_sure_benefit_is_said_to_be_small():
    found = verdict(normal(-0.7, 0.4), Asked("magnesium", "pain", "points", 1.0))
    assert found.kind is Kind.HELPED
    assert "though probably less than would matter to you" in found.sentence


def test_no_difference_is_not_said_when_short_periods_could_hide_one():
    small, slow = normal(-0.3, 0.3), normal(-1.4, 0.9)
    assert verdict(small, PAIN).kind is Kind.NO_DIFFERENCE
    assert verdict(small, PAIN, steady=slow).kind is Kind.CANNOT_TELL
    assert verdict(small, PAIN, steady=normal(-0.4, 0.3)).kind is Kind.NO_DIFFERENCE


def test_a_look_before_the_end_claims_only_what_is_surer():
    assert verdict(normal(-2.0, 1.0), PAIN).kind is Kind.HELPED
    assert verdict(normal(-2.0, 1.0), PAIN, ended=False).kind is Kind.CANNOT_TELL
    assert verdict(normal(-2.5, 1.0), PAIN, ended=False).kind is Kind.HELPED


def test_what_spoils_a_trial_leaves_no_verdict():
    found = verdict(normal(-3.0, 0.3), PAIN, doubts=[Doubt("One arm was never observed.", spoils=True), Doubt("b")])
    assert found.kind is Kind.CANNOT_TELL
    assert found.could_be_wrong == ("One arm was never observed.", "b")
    assert found.would_settle.startswith("More days do not mend this")


def test_what_would_matter_must_be_something():
    with pytest.raises(InputError, match="smallest change"):
        verdict(normal(0, 1), Asked("x", "y", "", 0.0))


@given(st.floats(-4, 4), st.floats(0.05, 3), st.floats(0.2, 2), st.booleans())
def test_every_number_in_the_sentences_is_the_one_beside_it(mean, sd, mcid, lower):
    asked = Asked("magnesium", "pain", "points", mcid, lower_is_better=lower)
    found = verdict(normal(mean, sd), asked)
    shown = re.search(
        r"was (?:no different|([\d.]+) points (lower|higher)) than without \((.*) to (.*)\)", found.sentence
    )
    middle = 0.0 if shown[1] is None else float(shown[1]) * (-1 if shown[2] == "lower" else 1)
    assert middle == pytest.approx(mean, abs=0.0501)
    for said, value in ((shown[3], found.low), (shown[4], found.high)):
        number, _, side = said.partition(" ")
        assert float(number) * (-1 if side == "lower" else 1) == pytest.approx(value, abs=0.0501)
    assert found.benefit + found.harm == pytest.approx(1)
    assert found.beyond <= found.benefit
    assert found.worse <= found.harm
    assert found.same == pytest.approx(1 - found.beyond - found.worse)
    assert percent(found.benefit) in found.chances
    assert percent(found.worse) in found.chances
    assert (found.kind is Kind.CANNOT_TELL) == ("cannot tell" in found.sentence)


@given(st.floats(0, 1))
def test_a_percentage_never_says_never(p):
    said = percent(p)
    assert said not in ("0 %", "100 %")
    if said[0].isdigit():
        assert float(said.split()[0]) / 100 == pytest.approx(p, abs=0.00501)
