"""From a trial's file to its answer, with what could be wrong."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from provender.terms.errors import InputError
from provender.trials.answer import answer
from provender.trials.design import Design
from provender.trials.modelled import Model, modelled
from provender.trials.scale import Scale
from provender.trials.simulate import simulated_file
from provender.trials.trial_file import read_trial
from provender.trials.verdict import Kind

TODAY = date(2026, 6, 1)
EXAMPLE = read_trial(Path(__file__).with_name("example.trial").read_bytes(), today=TODAY)


def plain(rows, **scale):
    lines = "\n".join(f"2026-01-{day:02d},{outcome},{assigned}" for day, outcome, assigned in rows)
    scales = (Scale("pain", low=0.0, high=10.0, mcid=1.0, **scale),) if scale else ()
    return read_trial(f"day,outcome,assigned\n{lines}\n".encode(), today=TODAY, scales=scales)


def weeks(on, off):
    return [(day + 1, on if (day // 7) % 2 else off, int((day // 7) % 2)) for day in range(28)]


def test_the_example_is_answered_with_its_doubts():
    found = answer(EXAMPLE)
    assert found.verdict.kind is Kind.HELPED
    assert found.verdict.sentence.startswith("In your diary, pain with 300 mg magnesium in the evening was")
    assert any("looked at 1 time" in doubt for doubt in found.verdict.could_be_wrong)
    assert found.posterior.quadrature_error < 0.001


def test_another_outcome_has_its_own_answer_and_direction():
    found = answer(EXAMPLE, "sleep")
    assert not found.series.scale.lower_is_better
    assert found.verdict.benefit == pytest.approx(1 - found.posterior.as_run.cdf(0.0))


def test_the_priors_of_the_file_are_used():
    assert answer(EXAMPLE).priors.tau == (3.0, 0.7)


def test_the_contrast_leaves_the_run_in_out():
    found = answer(EXAMPLE)
    assert (found.series.period < 0).sum() == 14
    assert found.posterior.observed == len(found.series.day)


def test_an_arm_that_was_never_observed_spoils_the_answer():
    found = answer(plain([(day, 5, 0) for day in range(1, 8)] + [(8, "", 1), (9, "", 1)]))
    assert found.verdict.kind is Kind.CANNOT_TELL
    assert "No day of the treatment was observed" in found.verdict.could_be_wrong[0]


def test_outcomes_that_never_change_spoil_the_answer():
    found = answer(plain(weeks(5, 5)))
    assert found.verdict.kind is Kind.CANNOT_TELL
    assert "Every outcome is the same" in found.verdict.could_be_wrong[0]
    assert found.verdict.sentence.startswith("Your data cannot tell: every outcome is the same")
    assert found.verdict.chances == ""


def test_scores_heaped_at_the_floor_are_read_as_cut_off_there():
    heaped = plain([(day, outcome if day % 3 else 0, a) for day, outcome, a in weeks(1, 2)])
    found = answer(heaped)
    assert found.model is Model.CUT_OFF
    assert any("read as “at least that far”" in one.sentence for one in found.checks)
    as_normal = modelled(found.series, {}, model=Model.NORMAL)
    assert found.posterior.level_effect.sd > as_normal.posterior.effect.sd


def test_an_answer_that_rests_on_the_prior_says_so():
    noisy = [(day + 1, 4 + (day * 7 % 5) - (day // 7) % 2 * 2, int((day // 7) % 2)) for day in range(28)]
    found = answer(plain(noisy))
    kinds = {found.verdict.kind, *(one.kind for one in found.others)}
    assert (len(kinds) > 1) == any("Other beliefs beforehand" in doubt for doubt in found.verdict.could_be_wrong)


def test_an_unknown_outcome_is_named_with_the_known_ones():
    with pytest.raises(InputError, match="expected one of pain, sleep"):
        answer(EXAMPLE, "mood")


def counted(rate_without, rate_with, *, high=None, pairs=6, seed=1, mcid=0.2):
    rng = np.random.default_rng(seed)
    rows = []
    for day in range(14 * pairs):
        arm = int((day // 7) % 2)
        count = rng.poisson(rate_with if arm else rate_without)
        rows.append(f"{date(2026, 1, 5) + timedelta(days=day)},{min(count, high or count)},{arm}")
    scale = Scale("cramps", mcid=mcid, kind="count", high=high)
    return read_trial(("day,outcome,assigned\n" + "\n".join(rows)).encode(), today=TODAY, scales=(scale,))


def test_counts_are_told_by_the_week():
    found = answer(counted(1.2, 0.3))
    assert found.model is Model.COUNT
    assert found.verdict.kind is Kind.HELPED
    assert -7 * 1.4 < found.posterior.as_run.mean < -7 * 0.4
    assert found.asked.mcid == pytest.approx(7 * 0.2)
    assert "a week lower" in found.verdict.sentence


def test_days_on_which_it_happened_are_told_by_the_week_and_never_exceed_it():
    found = answer(counted(0.9, 0.9, high=1))
    assert found.model is Model.HAPPENED
    assert found.verdict.kind is not Kind.WORSE
    assert -7 < found.verdict.low < found.verdict.high < 7
    assert "days a week" in found.verdict.sentence


def test_ordered_categories_are_always_read_as_intervals():
    levels = Scale("mood", low=1, high=5, mcid=0.5, kind="ordinal", lower_is_better=False)
    rows = "\n".join(f"2026-01-{day:02d},{2 + day % 3},{int(day > 14)}" for day in range(1, 29))
    found = answer(read_trial(f"day,outcome,assigned\n{rows}\n".encode(), today=TODAY, scales=(levels,)))
    assert found.model is Model.CUT_OFF
    with pytest.raises(InputError, match="three categories"):
        Scale("mood", low=0, high=1, mcid=0.5, kind="ordinal")


def test_before_the_end_only_whole_pairs_count_and_claims_are_stricter():
    """Eleven weeks into twelve: five pairs are over."""
    whole = answer(EXAMPLE)
    day = EXAMPLE.calendar.first_day + timedelta(days=14 + 28 * 4 + 20)
    early = answer(EXAMPLE, today=day)
    assert (whole.ended, early.ended) == (True, False)
    assert early.series.days == 14 + 28 * 4
    assert len(early.evidence) == 4
    assert early.verdict.kind is not Kind.HELPED or early.verdict.benefit >= 0.99


def test_a_look_before_the_first_pair_is_over_is_refused():
    with pytest.raises(InputError, match="none of its pairs is over"):
        answer(EXAMPLE, today=EXAMPLE.calendar.first_day + timedelta(days=20))


def test_published_studies_are_shown_beside_and_change_nothing_else():
    plainly, beside = answer(EXAMPLE), answer(EXAMPLE, published=(0.0, 0.05))
    assert beside.verdict == plainly.verdict
    assert beside.published.kind is Kind.NO_DIFFERENCE
    with pytest.raises(InputError, match="published effect with sd 0"):
        answer(EXAMPLE, published=(0.0, 0.0))


def test_what_would_settle_it_is_reckoned_when_asked_for():
    rng = np.random.default_rng(5)
    undecided = read_trial(simulated_file(Design(2, 7), date(2026, 1, 5), -1.0, rng=rng), today=TODAY, name="undecided")
    assert "pairs of periods" in answer(undecided, more=True).verdict.would_settle


def test_a_measure_without_ends_takes_its_spread_for_its_unit():
    rows = "\n".join(f"2026-01-{day:02d},{1000 + 50 * (day % 4)},{int(day > 10)}" for day in range(1, 21))
    found = answer(
        read_trial(
            f"day,outcome,assigned\n{rows}\n".encode(),
            today=TODAY,
            scales=(Scale("steps", mcid=20.0, lower_is_better=False, kind="measure"),),
        )
    )
    assert found.priors.intercept[0] == pytest.approx(1075, abs=30)
    assert found.priors.effect[1] > 20
