"""Rounded, censored scores against numpyro 0.22.0 (NUTS, explicit latent states); see ``rounded_references.json``.

The references serve sensitivity only (A56 had 204 divergences in 10,000 draws), so their Monte Carlo errors are wide:
4 of them are allowed, as for the Gaussian references. Measured: none above 2.2, root mean square 1.2 and 1.4.
"""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from provender.trials.latent_posterior import latent_posterior
from provender.trials.likelihoods import scores
from provender.trials.priors import Priors

CASES = json.loads((Path(__file__).parent / "rounded_references.json").read_text())["cases"]
PRIORS = replace(Priors(), intercept=(5.0, 3.0), phi=(2.0, 2.0))
PAIN = SimpleNamespace(low=0.0, high=10.0, step=1.0)


@pytest.mark.parametrize("name", ["A56", "B112"])
def test_scores_have_the_posterior_of_a_long_sampler(name):
    case = CASES[name]
    day, assigned = np.array(case["day"]), np.array(case["assigned"], dtype=float)
    found = latent_posterior(day, assigned, scores(np.array(case["score"], dtype=float), PAIN), PRIORS)
    effect = found.level_effect
    told = {"mean": effect.mean, "sd": effect.sd, **{f"P(delta<{x})": effect.cdf(x) for x in (0, -1, -2)}}
    told |= {f"q{q}": effect.quantile(q) for q in (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)}
    assert set(told) == set(case["effect"])
    for quantity, (value, error) in case["effect"].items():
        assert abs(told[quantity] - value) <= 4 * error, quantity
    assert found.unsettled < 1e-6
