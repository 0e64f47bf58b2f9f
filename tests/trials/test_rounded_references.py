"""Rounded, censored scores against numpyro 0.22.0 (NUTS, explicit latent states); see ``rounded_references.json``.

The references serve sensitivity only (A56 had 204 divergences in 10,000 draws), so their Monte Carlo errors are wide:
4 of them are allowed, as for the Gaussian references. Measured: none above 2.2, root mean square 1.2 and 1.4.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import beta, norm, t

from provender.trials.latent import expectation
from provender.trials.latent_case import Nodes
from provender.trials.likelihoods import scores

CASES = json.loads((Path(__file__).parent / "rounded_references.json").read_text())["cases"]
PRIORS = SimpleNamespace(intercept=(5.0, 3.0), effect=(0.0, 1.5), trend_sd=2.0, weekday_sd=0.4)
PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)


def lattice(low, high):
    """13 x 13 x 15 x 11 nodes: normal scores of phi, nu and tau, and log sigma."""
    z = [np.linspace(-w, w, k) for w, k in ((2.6, 13), (3.0, 13), (2.8, 11))]
    p, n, s, k = (
        v.ravel() for v in np.meshgrid(z[0], z[1], np.linspace(np.log(low), np.log(high), 15), z[2], indexing="ij")
    )
    at = Nodes(beta(2, 2).ppf(norm.cdf(p)), norm.cdf(n), np.exp(s), 3.0 * np.exp(0.7 * k))
    return at, norm.logpdf(p) + norm.logpdf(n) + norm.logpdf(k) + t(4).logpdf(at.sigma / 2) + s


def quantities(share, mean, sd):
    def below(x):
        return (share * norm.cdf((x - mean) / sd)).sum()

    centre = (share * mean).sum()
    width = np.sqrt((share * (sd**2 + (mean - centre) ** 2)).sum())
    found = {"mean": centre, "sd": width, **{f"P(delta<{x})": below(x) for x in (0, -1, -2)}}
    for q in (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975):
        found[f"q{q}"] = brentq(lambda x, q=q: below(x) - q, centre - 9 * width, centre + 9 * width)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "low", "high"), [("A56", 0.9, 5.5), ("B112", 0.7, 4.0)])
def test_scores_have_the_posterior_of_a_long_sampler(name, low, high):
    case = CASES[name]
    (at, log), parts = lattice(low, high), []
    day, assigned = np.array(case["day"]), np.array(case["assigned"], dtype=float)
    likelihood = scores(np.array(case["score"], dtype=float), PAIN)
    for start in range(0, len(at), 2000):
        fits = expectation(day, assigned, PRIORS, likelihood, at.part(slice(start, start + 2000)))
        parts.append((fits.log_marginal, fits.effect_mean, fits.effect_sd, fits.settled))
    marginal, mean, sd, settled = (np.concatenate(part) for part in zip(*parts, strict=True))
    share = np.exp(marginal + log - (marginal + log).max())
    share /= share.sum()
    assert share[~settled].sum() < 1e-6
    found = quantities(share, mean, sd)
    assert set(found) == set(case["effect"])
    for quantity, (value, error) in case["effect"].items():
        assert abs(found[quantity] - value) <= 4 * error, quantity
