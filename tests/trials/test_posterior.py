"""The posterior of a trial: against long MCMC runs, and what any posterior must keep."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.evaluation import Parts, exposure
from provender.trials.mixture import Mixture
from provender.trials.posterior import posterior
from provender.trials.priors import Priors, priors_for

GIVEN = json.loads(Path(__file__).with_name("reference_posteriors.json").read_text(encoding="utf-8"))
WEEKS = np.repeat([0, 1, 1, 0, 0, 1, 1, 0], 7).astype(float)
"""Four pairs of weeks."""


def lived(seed=1, *, effect=-1.0, sigma=1.2, seen=0.9, assigned=WEEKS):
    """A trial with a lingering residual: observed days and outcomes."""
    rng = np.random.default_rng(seed)
    slow = np.zeros(len(assigned))
    for t in range(1, len(slow)):
        slow[t] = 0.6 * slow[t - 1] + 0.8 * rng.normal()
    y = 5 + effect * exposure(assigned, np.array([2.0]))[:, 0] + sigma * (0.8 * slow + 0.6 * rng.normal(size=len(slow)))
    day = np.flatnonzero(rng.random(len(assigned)) < seen)
    return day, y[day], assigned


# ---- golden ----


@pytest.mark.parametrize("reference", GIVEN["references"], ids=lambda r: f"{r['case']} {r['variant']}")
def test_every_given_posterior_is_within_its_own_monte_carlo_error(reference):
    """NUTS of numpyro 0.22.0, four chains; |ours - value| <= 4 MCSE + 0.002 sd, or 0.001 for a probability."""
    data, variant = GIVEN["datasets"][reference["case"]], reference["variant"]
    simple = variant.startswith("simple")
    priors = Priors(intercept=(5.0, 3.0), phi=(2.0, 2.0), conjugate="nig" in variant)
    found = posterior(data["t"], data["y"], data["a"], priors, parts=Parts(lag=not simple, white=not simple))
    sd = reference["delta"]["sd"]["value"]
    for name, value in reference["delta"].items():
        if name.startswith("P("):
            ours, tolerance = found.effect.cdf(float(name[8:-1])), 0.001
        elif name.startswith("q"):
            ours, tolerance = found.effect.quantile(float(name[1:])), 0.002 * sd
        else:
            ours, tolerance = getattr(found.effect, name), 0.002 * sd
        assert abs(ours - value["value"]) <= 4 * value["mcse"] + tolerance, name
    for name, value in reference["nuisance"].items():
        ours = getattr(found, name).mean
        assert abs(ours - value["value"]) <= 4 * value["mcse"] + 0.002 * abs(value["value"]), name


# ---- what a posterior must keep ----


def test_the_same_trial_gives_the_same_answer_bit_for_bit():
    one, other = posterior(*lived()), posterior(*lived())
    assert (one.effect.mean, one.effect.sd, one.log_evidence) == (
        other.effect.mean,
        other.effect.sd,
        other.log_evidence,
    )
    assert np.array_equal(one.weight, other.weight)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sigma", [0.3, 1.5])
def test_finer_lattices_change_less_than_a_thousandth_of_a_standard_deviation(seed, sigma):
    found = posterior(*lived(seed, effect=(0.0, -1.0, -4.0)[seed % 3], sigma=sigma), verified=True)
    assert found.quadrature_error < 0.001


def test_no_data_returns_the_prior():
    found = posterior([], [], WEEKS)
    assert (found.effect.mean, found.effect.sd) == (pytest.approx(0.0, abs=1e-9), pytest.approx(1.5, rel=1e-6))
    assert (found.phi.mean, found.nu.mean) == (pytest.approx(2 / 3, abs=2e-3), pytest.approx(0.5, abs=2e-3))
    assert found.tau.quantile(0.5) == pytest.approx(3.0, rel=0.01)
    assert found.tau.cdf(3.0 * np.exp(0.7 * 1.6449)) == pytest.approx(0.95, abs=5e-4)
    assert not found.informed


def test_a_day_without_an_observation_changes_nothing():
    """Baseline days at the end of the calendar are not the same model: the trend is over the whole trial."""
    day, y, assigned = lived()
    one = posterior(day, y, assigned, parts=Parts(trend=False))
    other = posterior(day, y, np.append(assigned, 0.0), parts=Parts(trend=False))
    assert (one.effect.mean, one.effect.sd) == (other.effect.mean, other.effect.sd)


def test_swapping_the_labels_flips_the_sign():
    day, y, assigned = lived()
    parts = Parts(lag=False)
    one, other = posterior(day, y, assigned, parts=parts), posterior(day, y, 1 - assigned, parts=parts)
    assert other.effect.mean == pytest.approx(-one.effect.mean, abs=2e-2)
    assert other.effect.sd == pytest.approx(one.effect.sd, rel=1e-2)


def test_shifting_the_outcome_and_the_prior_of_its_level_shifts_nothing():
    day, y, assigned = lived()
    one = posterior(day, y, assigned)
    other = posterior(day, y + 1000.0, assigned, Priors(intercept=(1005.0, 10.0)))
    assert other.effect.mean == pytest.approx(one.effect.mean, abs=1e-6)
    assert other.effect.sd == pytest.approx(one.effect.sd, rel=1e-6)


@given(st.floats(0.01, 1000.0))
@settings(max_examples=10, deadline=None)
def test_another_unit_of_the_outcome_scales_the_answer(unit):
    day, y, assigned = lived(3)
    scaled = Priors(
        intercept=(5 * unit, 10 * unit),
        effect=(0.0, 1.5 * unit),
        trend_sd=2 * unit,
        weekday_sd=0.4 * unit,
        sigma_scale=2 * unit,
    )
    one, other = posterior(day, y, assigned), posterior(day, y * unit, assigned, scaled)
    assert other.effect.mean == pytest.approx(one.effect.mean * unit, rel=1e-5, abs=1e-6 * unit)
    assert other.effect.sd == pytest.approx(one.effect.sd * unit, rel=1e-5)


def test_time_reversed_the_simple_model_sees_the_same_effect():
    day, y, assigned = lived(4)
    last, parts = len(assigned) - 1, Parts(lag=False, weekday=False)
    one = posterior(day, y, assigned, parts=parts)
    other = posterior((last - day)[::-1], y[::-1], assigned[::-1], parts=parts)
    assert other.effect.mean == pytest.approx(one.effect.mean, abs=1e-6)


def test_more_weeks_of_the_same_make_it_surer():
    long = np.tile(WEEKS, 3)
    assert posterior(*lived(5, assigned=long)).effect.sd < posterior(*lived(5)).effect.sd


def test_a_strong_effect_in_little_noise_does_not_fall_off_the_lattice():
    found = posterior(*lived(6, effect=-6.0, sigma=0.05, seen=1.0), Priors(effect=(0.0, 1.5)))
    assert found.effect.mean == pytest.approx(-6.0, abs=0.25)
    assert found.edge < 0.01
    assert found.effect.cdf(-4) > 0.999


def test_the_contrast_as_run_is_smaller_than_the_steady_state_when_periods_are_short():
    daily = np.tile([0.0, 1.0, 1.0, 0.0], 14)
    found = posterior(*lived(7, assigned=daily))
    assert abs(found.as_run.mean) < 0.5 * abs(found.effect.mean)
    assert found.as_run.sd < found.effect.sd


def test_days_of_run_in_are_left_out_of_the_contrast():
    assigned = np.concatenate([np.zeros(14), WEEKS])
    counted = np.concatenate([np.zeros(14, bool), np.ones(len(WEEKS), bool)])
    day, y, _ = lived(8, assigned=assigned)
    with_run_in, without = posterior(day, y, assigned), posterior(day, y, assigned, counted=counted)
    assert with_run_in.effect.mean == without.effect.mean
    assert with_run_in.as_run.mean != without.as_run.mean


# ---- hostile trials ----


@pytest.mark.parametrize(
    ("day", "y", "assigned"),
    [
        (np.arange(56), np.full(56, 5.0), WEEKS),
        ([0], [5.0], WEEKS),
        ([0, 1], [5.0, 5.0], WEEKS),
        (np.arange(7), np.arange(7.0), WEEKS),
        (np.arange(56), np.arange(56.0) * 1e6, WEEKS),
        (np.arange(0, 56, 7), np.arange(8.0), WEEKS),
        ([0, 1, 430, 431], [5.0, 6.0, 4.0, 5.0], np.repeat([0.0, 1.0], 216)),
        ([0], [5.0], [1.0]),
    ],
    ids=["constant", "one day", "two days", "one arm", "huge", "one weekday", "gap", "one day in all"],
)
def test_a_poor_trial_gets_an_answer_that_is_no_surer_than_the_prior(day, y, assigned):
    found = posterior(day, y, assigned)
    assert np.isfinite([found.effect.mean, found.effect.sd, found.as_run.mean, found.log_evidence]).all()
    assert found.effect.sd < 1.5 * 1.001
    assert 0 <= found.effect.cdf(0) <= 1


def test_an_arm_that_was_never_observed_is_told_and_leaves_the_prior():
    found = posterior(np.arange(7), [5.0, 6, 5, 4, 5, 6, 5], WEEKS)
    assert not found.informed
    assert (found.effect.mean, found.effect.sd) == (pytest.approx(0, abs=1e-6), pytest.approx(1.5, rel=1e-4))


def test_ten_years_are_answered():
    day, y, assigned = lived(9, assigned=np.tile(WEEKS, 65))
    assert posterior(day, y, assigned).effect.sd < 0.2


@pytest.mark.parametrize(
    ("day", "y", "assigned", "said"),
    [
        ([0, 0], [1, 2], WEEKS, "each observed day once"),
        ([1, 0], [1, 2], WEEKS, "each observed day once"),
        ([-1], [1], WEEKS, "each observed day once"),
        ([56], [1], WEEKS, "each observed day once"),
        ([0], [np.nan], WEEKS, "no number"),
        ([0], [np.inf], WEEKS, "no number"),
        ([0.5], [1], WEEKS, "no whole number"),
        ([0, 1], [1], WEEKS, "found 2 days and 1 outcomes"),
        ([0], [1], [0.5], "neither arm|of neither"),
        ([], [], [], "found a trial of 0 days"),
        ([], [], np.zeros(4001), "found a trial of 4,001 days"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(day, y, assigned, said):
    with pytest.raises(InputError, match=said):
        posterior(day, y, assigned)


def test_counted_days_must_be_those_of_the_trial():
    with pytest.raises(InputError, match="found 3 counted days"):
        posterior([0], [1.0], WEEKS, counted=[True, True, False])


# ---- parts ----


def test_exposure_comes_and_goes_with_its_time_constant():
    found = exposure(np.array([1.0, 1, 1, 0, 0]), np.array([0.0, 2.0]))
    assert found[:, 0].tolist() == [1, 1, 1, 0, 0]
    kept = np.exp(-0.5)
    up = [1 - kept, 1 - kept**2, 1 - kept**3]
    assert found[:, 1] == pytest.approx([*up, up[2] * kept, up[2] * kept**2])


def test_a_mixture_is_what_its_parts_are():
    found = Mixture(np.array([0.25, 0.75]), np.array([-2.0, 1.0]), np.array([0.5, 0.0]))
    assert found.mean == pytest.approx(0.25)
    assert found.sd == pytest.approx(np.sqrt(0.25 * 0.25 + 0.25 * 2.25**2 + 0.75 * 0.75**2))
    assert found.cdf(0.999) == pytest.approx(0.25)
    assert found.cdf(1.0) == pytest.approx(1.0)
    assert found.quantile(0.125) == pytest.approx(-2.0, abs=1e-6)
    grid = np.linspace(-6, 2, 4001)
    assert np.trapezoid(found.density(grid), grid) == pytest.approx(0.25, abs=1e-4)


@given(st.floats(0.01, 0.99))
def test_a_quantile_is_where_the_probability_is_reached(p):
    found = Mixture(np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 0.1]))
    assert found.cdf(found.quantile(p)) == pytest.approx(p, abs=1e-6)


class Scale:
    def __init__(self, low, high):
        self.low, self.high = low, high


def test_priors_of_another_scale_are_those_of_pain_stretched():
    assert priors_for(Scale(0.0, 10.0)) == Priors()
    assert priors_for(Scale(0.0, 100.0)).effect == (0.0, 15.0)
    assert priors_for(Scale(20.0, 40.0)).intercept == (30.0, 20.0)
    assert priors_for(Scale(None, None), unit=2.0).sigma_scale == 4.0


@pytest.mark.parametrize("wrong", [{"effect": (0.0, 0.0)}, {"phi": (0.0, 2.0)}, {"sigma_scale": float("inf")}])
def test_a_prior_without_spread_is_refused(wrong):
    with pytest.raises(InputError, match="not above 0"):
        Priors(**wrong)


@pytest.mark.parametrize(
    ("low", "high", "unit"), [(None, 10.0, None), (0.0, None, None), (5.0, 5.0, None), (0, 1, -1.0)]
)
def test_a_scale_that_says_too_little_is_refused(low, high, unit):
    with pytest.raises(InputError):
        priors_for(Scale(low, high), unit=unit)
