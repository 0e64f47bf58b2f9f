"""Simulation-based calibration: parameters drawn from the prior are found where the posterior says.

Talts 2018, arXiv:1804.06788. What is ranked: the effect, phi, sigma, tau, and the log-likelihood with the coefficients
integrated out. Three designs, 1,400 trials each.
"""

import numpy as np
import pytest
from scipy import linalg, stats

from provender.trials.evaluation import Parts, Trial, evaluated, exposure
from provender.trials.lattice import first_lattice
from provender.trials.posterior import posterior
from provender.trials.priors import Priors

DESIGNS = {
    "8 weeks in pairs": (7, 4, 0.85),
    "16 weeks in fortnights": (14, 4, 0.85),
    "4 weeks of two days": (2, 7, 0.7),
}
DRAWS = 1400
NAMES = ("effect", "as_run", "phi", "sigma", "tau", "log_likelihood")
PRIORS = Priors()


def drawn(rng, period_days, pairs, seen):
    """A truth from the prior and a trial of it."""
    phi = rng.beta(*PRIORS.phi)
    nu = rng.beta(*PRIORS.nu)
    tau = PRIORS.tau[0] * np.exp(PRIORS.tau[1] * rng.normal())
    sigma = abs(stats.t.rvs(PRIORS.sigma_df, random_state=rng)) * PRIORS.sigma_scale
    effect = rng.normal(*PRIORS.effect)
    assigned = np.concatenate(
        [np.repeat(pair, period_days) for pair in rng.permuted(np.tile([0.0, 1.0], (pairs, 1)), axis=1)]
    )
    days = len(assigned)
    slow = np.empty(days)
    slow[0] = rng.normal()
    for t in range(1, days):
        slow[t] = phi * slow[t - 1] + np.sqrt(1 - phi**2) * rng.normal()
    ordinary = rng.normal(*PRIORS.intercept) + PRIORS.trend_sd * rng.normal() * (np.arange(days) / (days - 1) - 0.5)
    ordinary += (PRIORS.weekday_sd * rng.normal(size=7))[np.arange(days) % 7]
    reached = exposure(assigned, np.array([tau]))[:, 0]
    noise = sigma * (np.sqrt(1 - nu) * slow + np.sqrt(nu) * rng.normal(size=days))
    day = np.flatnonzero(rng.random(days) < seen)
    y = (ordinary + effect * reached + noise)[day]
    contrast = reached[assigned == 1].mean() - reached[assigned == 0].mean()
    truth = {"effect": effect, "as_run": effect * contrast, "phi": phi, "nu": nu, "sigma": sigma, "tau": tau}
    return day, y, assigned, truth


def log_likelihood(day, y, assigned, truth):
    """Of the data at the truth's phi, nu, tau and sigma, coefficients integrated out; by a dense covariance."""
    lag = np.abs(day[:, None] - day[None, :])
    noise = truth["sigma"] ** 2 * ((1 - truth["nu"]) * truth["phi"] ** lag + truth["nu"] * np.eye(len(day)))
    columns = np.column_stack(
        [
            np.ones(len(day)),
            day / (len(assigned) - 1) - 0.5,
            day[:, None] % 7 == np.arange(7),
            exposure(assigned, np.array([truth["tau"]]))[day],
        ]
    ).astype(float)
    sds = np.array([PRIORS.intercept[1], PRIORS.trend_sd, *[PRIORS.weekday_sd] * 7, PRIORS.effect[1]])
    covariance = noise + (columns * sds**2) @ columns.T
    root = np.linalg.cholesky(covariance)
    white = linalg.solve_triangular(root, y - PRIORS.intercept[0], lower=True)
    return -0.5 * white @ white - np.log(np.diag(root)).sum() - 0.5 * len(day) * np.log(2 * np.pi)


def ranks(seed, design, draws):
    rng = np.random.default_rng(seed)
    rows, z2 = [], []
    for _ in range(draws):
        day, y, assigned, truth = drawn(rng, *design)
        found = posterior(day, y, assigned, PRIORS)
        below = found.log_likelihood <= log_likelihood(day, y, assigned, truth)
        told = [getattr(found, name).cdf(truth[name]) for name in NAMES[:5]]
        rows.append([*told, float(found.weight @ below)])
        z2.append(((truth["effect"] - found.effect.mean) / found.effect.sd) ** 2)
    return np.array(rows), np.array(z2)


def test_the_likelihood_of_a_node_is_the_dense_one():
    day, y, assigned, truth = drawn(np.random.default_rng(1), 7, 4, 0.85)
    lattice = first_lattice(lag=True, white=True)
    found = evaluated(Trial(day, y, assigned, assigned >= 0), PRIORS, Parts(), lattice)
    for m, k, s in ((10, 1, 3), (24, 2, 5), (30, 3, 6), (40, 4, 8)):
        at = truth | {"phi": found.phi[m], "nu": found.nu[m], "tau": found.tau[k], "sigma": found.sigma[m, s]}
        assert found.log_likelihood[m, k, s] == pytest.approx(log_likelihood(day, y, assigned, at), abs=1e-6)


@pytest.mark.slow
def test_parameters_are_found_where_the_posterior_says():
    found = [ranks(20261123 + i, design, DRAWS) for i, design in enumerate(DESIGNS.values())]
    every, z2 = np.concatenate([rank for rank, _ in found]), np.concatenate([z for _, z in found])
    n = len(every)
    assert n >= 4000
    for name, rank in zip(NAMES, every.T, strict=True):
        assert stats.kstest(rank, "uniform").pvalue > 0.005, name
        counts = np.histogram(rank, bins=20, range=(0, 1))[0]
        assert stats.chisquare(counts).pvalue > 0.005, name
        for level in (0.5, 0.8, 0.9, 0.95):
            inside = np.mean(np.abs(rank - 0.5) <= level / 2)
            assert abs(inside - level) <= 3 * np.sqrt(level * (1 - level) / n), (name, level)
    assert z2.mean() == pytest.approx(1.0, abs=3 * np.sqrt(2 / n))


def test_a_rank_is_a_probability():
    rank, z2 = ranks(5, (7, 2, 0.9), 3)
    assert ((rank >= 0) & (rank <= 1)).all()
    assert np.isfinite(z2).all()
