"""What weight and log say: properties, edge cases, words."""

import math
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.energy.expenditure import LEAST_WEIGHINGS, expenditure, prior_of, weight_ahead
from provender.energy.expenditure_model import Body
from provender.energy.expenditure_series import LONGEST_D, Series
from provender.energy.requirement import requirement
from provender.terms.errors import InputError
from provender.terms.units import convert

SHE = Body(sex="female", age_y=40, height_m=1.68, activity="low_active")
FIRST = date(2026, 1, 5)


def diary(days=56, *, logs=1900.0, start_kg=78.0, slope=-0.02, noise=0.5, seed=1, missing=0.2, first=FIRST):
    """A diary by day: weights falling steadily with noise, logs with noise, some of each missing."""
    rng = np.random.default_rng(seed)
    t = np.arange(days)
    kg = start_kg + slope * t + noise * rng.standard_normal(days)
    kcal = logs * rng.lognormal(0, 0.15, days)
    kg[rng.random(days) < missing], kcal[rng.random(days) < missing] = np.nan, np.nan
    return Series([first + timedelta(days=int(d)) for d in t], kg.tolist(), kcal.tolist())


def width(estimate):
    return estimate.high - estimate.low


def changed(series, **places):
    """The series with single values changed: ``weight_kg={10: 170.0}``."""
    made = {name: list(getattr(series, name)) for name in places}
    for name, at in places.items():
        for place, value in at.items():
            made[name][place] = value
    return replace(series, **made)


def test_the_estimates_are_ordered_and_inside_their_intervals():
    found = expenditure(diary(), SHE)
    for name in ("maintenance_kcal", "true_kcal", "unlogged_share", "weight_kg", "weight_ahead_kg"):
        estimate = getattr(found, name)
        assert estimate.low < estimate.middle < estimate.high
    assert found.known


def test_losing_weight_on_the_log_means_maintenance_lies_above_the_log():
    losing, gaining = expenditure(diary(slope=-0.08), SHE), expenditure(diary(slope=0.05), SHE)
    assert losing.maintenance_kcal.middle > losing.logged_kcal
    assert gaining.maintenance_kcal.middle < losing.maintenance_kcal.middle


def test_true_expenditure_is_less_certain_than_maintenance_as_logged():
    found = expenditure(diary(days=120), SHE)
    assert width(found.true_kcal) > width(found.maintenance_kcal)


@given(shift=st.integers(-9000, 9000))
@settings(max_examples=8, deadline=None)
def test_shifting_all_dates_changes_nothing(shift):
    here = expenditure(diary(days=30), SHE)
    there = expenditure(diary(days=30, first=FIRST + timedelta(days=shift)), SHE)
    assert there.maintenance_kcal == here.maintenance_kcal
    assert there.weight_ahead_kg == here.weight_ahead_kg


@given(order=st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_rows_may_come_in_any_order(order):
    series = diary(days=30)
    rows = list(zip(series.days, series.weight_kg, series.energy_kcal, strict=True))
    order.shuffle(rows)
    assert expenditure(Series(*zip(*rows, strict=True)), SHE).maintenance_kcal == (
        expenditure(series, SHE).maintenance_kcal
    )


def test_a_row_without_values_is_the_same_as_no_row():
    series = diary(days=40, missing=0.4)
    blank = [math.isnan(kg) and math.isnan(kcal) for kg, kcal in zip(series.weight_kg, series.energy_kcal, strict=True)]
    full = [i for i in range(40) if not blank[i] or i in (0, 39)]
    sparse = Series(*([values[i] for i in full] for values in (series.days, series.weight_kg, series.energy_kcal)))
    assert len(full) < 40
    assert expenditure(sparse, SHE).maintenance_kcal == expenditure(series, SHE).maintenance_kcal


def test_none_and_nan_are_both_missing():
    series = diary(days=40)
    with_none = replace(
        series,
        weight_kg=[None if math.isnan(v) else v for v in series.weight_kg],
        energy_kcal=[None if math.isnan(v) else v for v in series.energy_kcal],
    )
    assert expenditure(with_none, SHE).maintenance_kcal == expenditure(series, SHE).maintenance_kcal


@given(days=st.integers(1, 20))
@settings(max_examples=8, deadline=None)
def test_days_without_anything_at_the_end_add_no_information(days):
    series = diary(days=40)
    more = [series.days[-1] + timedelta(days=d + 1) for d in range(days)]
    longer = Series([*series.days, *more], [*series.weight_kg, *[None] * days], [*series.energy_kcal, *[None] * days])
    before, after = expenditure(series, SHE), expenditure(longer, SHE)
    assert width(after.maintenance_kcal) >= width(before.maintenance_kcal)
    assert width(after.weight_kg) > width(before.weight_kg)


def test_taking_weighings_away_widens_the_answer_on_average():
    widths = []
    for seed in range(6):
        series = diary(days=56, seed=seed)
        thin = changed(series, weight_kg=dict.fromkeys(range(1, 56, 2), None))
        widths.append(
            (width(expenditure(series, SHE).maintenance_kcal), width(expenditure(thin, SHE).maintenance_kcal))
        )
    assert np.mean([a for a, _ in widths]) < np.mean([b for _, b in widths])


def test_more_weeks_narrow_the_answer():
    widths = [width(expenditure(diary(days=days), SHE).maintenance_kcal) for days in (14, 28, 56, 112)]
    assert widths == sorted(widths, reverse=True)


def test_the_same_weights_by_way_of_pounds_give_the_same_answer():
    series = diary(days=30)
    pounds = [None if math.isnan(v) else convert(Decimal(repr(v)), "kg", "lb") for v in series.weight_kg]
    back = [None if v is None else float(convert(v, "lb", "kg")) for v in pounds]
    here, there = expenditure(series, SHE), expenditure(replace(series, weight_kg=back), SHE)
    assert there.maintenance_kcal.middle == pytest.approx(here.maintenance_kcal.middle, abs=0.01)


def test_the_answer_is_the_same_each_time():
    assert expenditure(diary(), SHE).sentences == expenditure(diary(), SHE).sentences


def test_the_days_end_where_the_answer_stands():
    found = expenditure(diary(), SHE)
    assert len(found.days) == found.trend_kg.middle.size == found.maintenance_by_day_kcal.low.size == 56
    assert found.maintenance_by_day_kcal.middle[-1] == pytest.approx(found.maintenance_kcal.middle, abs=5)
    assert found.trend_kg.middle[-1] == pytest.approx(found.weight_kg.middle, abs=0.02)


def test_the_trend_is_smoother_and_surer_in_the_middle_than_at_the_end():
    found = expenditure(diary(missing=0.0), SHE)
    spread = found.trend_kg.high - found.trend_kg.low
    assert spread[28] < spread[-1]
    assert np.abs(np.diff(found.trend_kg.middle, 2)).max() < 0.5


# too little


@pytest.mark.parametrize("days", [1, 2, 9])
def test_too_few_days_give_the_prior_and_say_so(days):
    found = expenditure(diary(days=days, missing=0), SHE)
    assert not found.known
    assert found.sentences[0].startswith("Cannot tell yet")
    assert found.true_kcal.middle == pytest.approx(prior_of(found).expenditure_kcal, abs=1)
    assert "People like you" in found.sentences[1]


def test_one_weight_alone_is_answered_with_the_prior():
    found = expenditure(Series([FIRST], [78.0], [None]), SHE)
    assert not found.known
    assert found.logged_kcal is None
    assert found.weighings_used == 1
    assert "if you eat about what you spend" in found.sentences[-1]
    assert found.weight_ahead_kg.middle == pytest.approx(78, abs=0.5)


def test_weights_without_a_log_tell_nothing_of_expenditure():
    series = diary(days=60)
    found = expenditure(replace(series, energy_kcal=[None] * 60), SHE)
    assert not found.known
    assert found.weight_kg.middle == pytest.approx(78 - 0.02 * 59, abs=0.6)


def test_a_log_without_any_weight_needs_a_stated_one():
    series = replace(diary(days=30), weight_kg=[None] * 30)
    with pytest.raises(InputError, match="found no weight that can be used"):
        expenditure(series, SHE)
    assert not expenditure(series, replace(SHE, weight_kg=78)).known


def test_the_prior_is_near_the_published_requirement():
    found = prior_of(expenditure(Series([FIRST], [78.0], [None]), SHE))
    published = requirement("female", 40, 1.68, 78, "low_active").kcal
    assert found.expenditure_kcal == pytest.approx(published, rel=0.05)
    assert found.expenditure_sd_kcal == pytest.approx(0.9 * 241)


def test_an_unknown_activity_widens_the_prior():
    found = prior_of(expenditure(Series([FIRST], [78.0], [None]), replace(SHE, activity=None)))
    assert found.expenditure_sd_kcal == pytest.approx(0.9 * 241 * 1.25)


# what was not used, and what is asked


def test_a_weight_in_pounds_is_asked_about_and_does_not_move_the_answer():
    series = diary(missing=0)
    with_slip = changed(series, weight_kg={20: 170.0})
    without = changed(series, weight_kg={20: None})
    found = expenditure(with_slip, SHE)
    assert [q.kind for q in found.questions] == ["pounds"]
    assert re.match(r"found 170 on 25 January beside 7\d\.\d+; is this in pounds\?", found.questions[0].sentence)
    assert found.maintenance_kcal == expenditure(without, SHE).maintenance_kcal


def test_a_log_in_kilojoules_is_asked_about():
    series = diary(missing=0)
    found = expenditure(changed(series, energy_kcal={20: 8000.0}), SHE)
    assert [q.kind for q in found.questions] == ["kilojoules"]
    assert found.logs_used == 55


def test_an_impossible_log_is_asked_about():
    assert expenditure(changed(diary(missing=0), energy_kcal={20: 90_000.0}), SHE).questions[0].what == "energy"


def test_a_slip_of_the_finger_is_left_out_with_a_reason():
    found = expenditure(changed(diary(missing=0), weight_kg={20: 58.0}), SHE)
    assert [i.found for i in found.ignored if "left out" in i.reason] == [58.0]


def test_a_surprising_weight_counts_for_less_and_is_told():
    found = expenditure(changed(diary(missing=0, noise=0.2), weight_kg={40: 81.5}), SHE)
    assert any("surprise" in i.reason for i in found.ignored)
    calm = expenditure(diary(missing=0, noise=0.2), SHE)
    assert found.maintenance_kcal.middle == pytest.approx(calm.maintenance_kcal.middle, abs=60)


def test_a_day_with_little_logged_is_taken_as_partial_unless_said_to_be_complete():
    series = changed(diary(missing=0), energy_kcal={20: 500.0})
    guessed = expenditure(series, SHE)
    assert any("looks partly logged (500 kcal)" in i.reason for i in guessed.ignored)
    said = [None] * 56
    said[20] = True
    whole = expenditure(replace(series, complete=said), SHE)
    assert not any("partly" in i.reason for i in whole.ignored)
    assert whole.logs_used == guessed.logs_used + 1
    assert whole.maintenance_kcal.middle < guessed.maintenance_kcal.middle


def test_a_day_marked_partial_is_not_counted_as_logged():
    said = [None] * 56
    said[20] = False
    found = expenditure(replace(diary(missing=0), complete=said), SHE)
    assert found.logs_used == 55
    assert any("marked as partly logged" in i.reason for i in found.ignored)


def test_a_fast_logged_as_zero_and_complete_counts_as_zero():
    said = [None] * 56
    said[20] = True
    found = expenditure(replace(changed(diary(missing=0), energy_kcal={20: 0.0}), complete=said), SHE)
    assert found.logs_used == 56


def test_a_zero_that_is_not_marked_complete_is_no_log():
    series = diary(missing=0)
    zero, none = changed(series, energy_kcal={20: 0.0}), changed(series, energy_kcal={20: None})
    assert expenditure(zero, SHE).maintenance_kcal == expenditure(none, SHE).maintenance_kcal


@pytest.mark.parametrize("kcal", [0.0, 50.0, 19_000.0])
def test_a_log_that_no_body_can_live_on_is_questioned_not_believed(kcal):
    days = [FIRST + timedelta(days=t) for t in range(30)]
    found = expenditure(Series(days, [78.0] * 30, [kcal] * 30, [True] * 30), SHE)
    assert [q.kind for q in found.questions] == ["contradiction"]
    assert not found.known
    assert found.sentences[0].startswith("Cannot tell: about")
    assert found.true_kcal.middle == pytest.approx(prior_of(found).expenditure_kcal, abs=1)


def test_a_gap_of_months_widens_the_answer_and_is_told():
    before = diary(days=40)
    after = diary(days=12, first=FIRST + timedelta(days=160), start_kg=84, seed=2)
    both = Series(
        [*before.days, *after.days],
        [*before.weight_kg, *after.weight_kg],
        [*before.energy_kcal, *after.energy_kcal],
    )
    found = expenditure(both, SHE)
    assert found.weight_kg.middle == pytest.approx(84, abs=0.8)
    assert width(found.maintenance_kcal) > 1.05 * width(expenditure(diary(days=52), SHE).maintenance_kcal)
    assert any("long gaps" in i.reason for i in found.ignored)
    assert not found.questions


def test_what_lies_more_than_three_years_back_is_left_out():
    series = diary(days=30)
    old = Series(
        [FIRST - timedelta(days=LONGEST_D), *series.days], [90.0, *series.weight_kg], [2500.0, *series.energy_kcal]
    )
    found = expenditure(old, SHE)
    assert found.maintenance_kcal == expenditure(series, SHE).maintenance_kcal or len(found.days) <= LONGEST_D
    assert any("more than three years" in i.reason for i in found.ignored)


def test_saying_that_activity_changed_reopens_the_answer():
    series = diary(days=60)
    told = replace(series, activity_changed=[FIRST + timedelta(days=50)])
    assert width(expenditure(told, SHE).maintenance_kcal) > 1.2 * width(expenditure(series, SHE).maintenance_kcal)


def test_weighing_everything_makes_the_bias_small_and_true_expenditure_surer():
    plain, weighed = expenditure(diary(), SHE), expenditure(diary(), replace(SHE, weighs_everything=True))
    assert weighed.unlogged_share.middle < plain.unlogged_share.middle
    assert width(weighed.true_kcal) < width(plain.true_kcal)


def test_a_stated_fat_share_is_used():
    lean, fat = (expenditure(diary(slope=-0.1), replace(SHE, fat_share=share)) for share in (0.15, 0.5))
    assert lean.maintenance_kcal.middle != fat.maintenance_kcal.middle


# refused


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sex": "x"}, "expected one of female, male"),
        ({"activity": "lazy"}, "expected one of inactive"),
        ({"age_y": 16}, "expected 19 to 120"),
        ({"height_m": 168}, "is the unit right"),
        ({"life_stage": "pregnant-2"}, "pregnancy or breastfeeding"),
        ({"fat_share": 30}, "expected 0.02 to 0.75"),
    ],
)
def test_a_body_the_model_does_not_cover_is_refused(change, said):
    with pytest.raises(InputError, match=said):
        expenditure(diary(), replace(SHE, **change))


def test_a_body_no_equation_covers_is_refused():
    with pytest.raises(InputError, match="no equation covers such a body"):
        expenditure(Series([FIRST], [10.0], [None]), SHE)


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (Series([], [], []), "found no days"),
        (Series([FIRST], [78.0, 79.0], [None]), "each day needs its weight"),
        (Series([FIRST, FIRST], [78.0, 79.0], [None, None]), "2026-01-05 twice"),
        (Series([FIRST], [78.0], [-5.0]), "found energy_kcal -5"),
        (Series([FIRST], [math.inf], [None]), "found weight_kg inf"),
    ],
)
def test_a_series_that_makes_no_sense_is_refused_with_advice(series, said):
    with pytest.raises(InputError, match=said):
        expenditure(series, SHE)


# words


def test_every_sentence_is_true_of_its_numbers():
    found = expenditure(diary(), SHE)
    maintenance, true, bias, ahead = found.sentences
    assert f"about {round(found.maintenance_kcal.middle, -1):,.0f} kcal" in maintenance
    assert f"({round(found.true_kcal.low, -1):,.0f} to {round(found.true_kcal.high, -1):,.0f})" in true
    share = found.unlogged_share
    assert f"about {round(share.middle * 100)} % less" in bias
    assert f"({round(share.low * 100)} to {round(share.high * 100)} %)" in bias
    assert f"about {found.weight_ahead_kg.middle:.1f} kg" in ahead


def test_someone_who_logs_more_than_they_eat_is_told_so():
    found = expenditure(diary(days=365, logs=2400, slope=0.0), replace(SHE, weighs_everything=True))
    assert found.unlogged_share.middle < 0
    assert "more than you eat" in found.sentences[2]


def test_eating_more_leads_to_a_higher_weight_ahead():
    found = expenditure(diary(), SHE)
    light, heavy = (weight_ahead(found.standing, kcal).middle for kcal in (1400.0, 2400.0))
    assert light < found.weight_ahead_kg.middle < heavy


def test_four_weighings_within_ten_days_are_too_few_days():
    assert LEAST_WEIGHINGS == 4
    assert not expenditure(diary(days=10, missing=0), SHE).known
    assert expenditure(diary(days=11, missing=0), SHE).known
