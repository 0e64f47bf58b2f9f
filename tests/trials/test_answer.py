"""From a trial's file to its answer, with what could be wrong."""

from datetime import date
from pathlib import Path

import pytest

from provender.terms.errors import InputError
from provender.trials.answer import answer
from provender.trials.scale import Scale
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


def test_scores_at_the_floor_are_told_to_be_understated():
    found = answer(plain([(day, outcome if day % 3 else 0, a) for day, outcome, a in weeks(1, 2)]))
    assert any("at an end of the scale" in doubt for doubt in found.verdict.could_be_wrong)


def test_an_answer_that_rests_on_the_prior_says_so():
    noisy = [(day + 1, 4 + (day * 7 % 5) - (day // 7) % 2 * 2, int((day // 7) % 2)) for day in range(28)]
    found = answer(plain(noisy))
    kinds = {found.verdict.kind, found.others[0].kind, found.others[1].kind}
    assert (len(kinds) > 1) == any("believed beforehand" in doubt for doubt in found.verdict.could_be_wrong)


def test_an_unknown_outcome_is_named_with_the_known_ones():
    with pytest.raises(InputError, match="expected one of pain, sleep"):
        answer(EXAMPLE, "mood")


def test_a_count_is_refused_in_words():
    counted = read_trial(
        b"day,outcome,assigned\n2026-01-01,1,0\n2026-01-02,0,1\n",
        today=TODAY,
        scales=(Scale("cramps", mcid=1.0, kind="count"),),
    )
    with pytest.raises(InputError, match="counts are not answered here yet"):
        answer(counted)


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
