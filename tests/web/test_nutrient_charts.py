from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.nutrition.reference_intakes import Reference, Scope
from provender.web.nutrient_charts import bar, name_of

AMOUNTS = st.floats(0.1, 1e5)


def answer(low=230.0, usual=280.0, high=336.0, **reference):
    given_ = {"ear": 265.0, "rda": 320.0, **reference}
    made = Reference(nutrient="MG", authority=given_.pop("authority", "NASEM"), sources={}, **given_)
    return SimpleNamespace(nutrient="MG", low=low, usual=usual, high=high, reference=made)


def marks(found):
    return {mark.kind: mark for mark in found.marks}


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_everything_drawn_lies_within_the_picture(low, between, above, ear, ul):
    found = bar(answer(low, low + between, low + between + above, ear=ear, rda=ear * 1.2, ul=ul))
    places = [found.low, found.middle, *(mark.at for mark in found.marks)]
    assert all(0 <= place <= 100 for place in places)
    assert found.low <= found.middle
    assert found.low + found.width <= 100.9


@given(AMOUNTS)
def test_the_picture_does_not_depend_on_the_unit(times):
    one, other = bar(answer()), bar(answer(230 * times, 280 * times, 336 * times, ear=265 * times, rda=320 * times))
    assert (one.low, one.middle) == pytest.approx((other.low, other.middle), abs=0.02)
    assert [m.at for m in one.marks] == pytest.approx([m.at for m in other.marks], abs=0.02)


def test_what_most_people_need_stands_right_of_what_half_need():
    found = marks(bar(answer()))
    assert found["ear"].at < found["rda"].at
    assert (found["ear"].before, found["rda"].before) == (True, False)


def test_an_upper_level_far_off_does_not_squeeze_the_picture():
    assert "ul" not in marks(bar(answer(ul=2500.0)))
    assert "ul" in marks(bar(answer(ul=450.0)))


def test_an_upper_level_of_supplements_is_not_drawn_against_food():
    assert "ul" not in marks(bar(answer(ul=350.0, ul_scope=Scope.SUPPLEMENTS)))


def test_a_nutrient_without_a_usual_intake_or_without_a_reference_has_no_picture():
    assert bar(answer(low=None, usual=None, high=None)) is None
    assert bar(answer(ear=None, rda=None)) is None


def test_a_label_without_room_is_left_out_but_its_mark_stays():
    found = marks(bar(answer(low=4000.0, usual=4500.0, high=5000.0)))
    assert found["ear"].said == ""
    assert found["ear"].at > 0


def test_a_certain_intake_can_still_be_seen():
    assert bar(answer(280.0, 280.0, 280.0)).width == pytest.approx(0.8)


def test_europe_calls_its_values_by_other_names():
    assert [name_of(kind, "EFSA") for kind in ("ear", "rda", "ai", "ul")] == ["AR", "PRI", "AI", "UL"]
    assert name_of("ear", "NASEM") == "EAR"
