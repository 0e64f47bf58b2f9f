"""The posterior of a personal trial: how fast, against NUTS; how often it claims what is not there, against Welch.

Promises: a trial of 56, 112 or 365 days within 8, 10 or 40 ms, 95 times in 100, on one thread, and at least 1,000 times
as fast as NUTS (numpyro, 4 chains of 1,000 + 1,000) on the same model and days; 1,000 trials of 112 days within 8 s;
without an effect a benefit is claimed at most 6 times in 100 whatever the noise; 95 % intervals hold at least 92 times
in 100 off the prior.

Usage: python benchmarks/trials.py [--json] [--quick]

``--quick``: without NUTS, and a tenth of the simulated trials.
"""

import json
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy as np
from scipy import stats

from provender.trials.looks import CLAIM, evidence
from provender.trials.posterior import many, posterior
from provender.trials.power import Noise, pairs_at_random, simulated
from provender.trials.priors import Priors

MS = {56: 8.0, 112: 10.0, 365: 40.0}
PERIOD = {56: 7, 112: 14, 365: 14}
MANY_S, RATIO, FALSE, HOLDS = 8.0, 1000.0, 0.06, 0.92
SEED = 20261124
PHI, NU = (0.0, 0.4, 0.65, 0.9), (0.05, 0.35, 1.0)
TRIALS = 2000


def a_trial(days: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    length = PERIOD[days]
    assigned = np.zeros(days)
    pairs = pairs_at_random(days // (2 * length), length, rng, 1)[0]
    assigned[-len(pairs) :] = pairs
    y = simulated(assigned, -1.0, Noise(), Priors(), rng)
    seen = np.flatnonzero(rng.random(days) < 0.85)
    return seen, y[seen], assigned


def speed() -> dict[str, dict[str, float]]:
    found = {}
    for days in MS:
        trials = [a_trial(days, SEED + i) for i in range(60)]
        posterior(*trials[0])
        took = []
        for trial in trials:
            begun = time.perf_counter()
            posterior(*trial)
            took.append(time.perf_counter() - begun)
        p50, p95 = np.quantile(took, (0.5, 0.95)) * 1e3
        found[str(days)] = {"p50_ms": float(p50), "p95_ms": float(p95)}
    return found


def together() -> float:
    rng = np.random.default_rng(SEED)
    seen, _, assigned = a_trial(112, SEED)
    rows = np.array([simulated(assigned, -1.0, Noise(), Priors(), rng) for _ in range(1000)]).T[seen]
    begun = time.perf_counter()
    for answer in many(seen, rows, assigned):
        answer.as_run.cdf(0.0)
    return time.perf_counter() - begun


def nuts(seen: np.ndarray, y: np.ndarray, assigned: np.ndarray) -> tuple[float, float, float]:
    """Seconds, mean and sd of the effect, by numpyro; a dense covariance, the coefficients integrated out."""
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist
    from numpyro.infer import MCMC, NUTS

    numpyro.enable_x64()
    numpyro.set_host_device_count(1)
    lag = jnp.abs(seen[:, None] - seen[None, :]).astype(float)
    gap = jnp.abs(jnp.arange(len(assigned))[:, None] - jnp.arange(len(assigned))[None, :])
    ordinary = jnp.column_stack(
        [
            jnp.ones(len(seen)) * 10.0,
            2.0 * (seen / (len(assigned) - 1) - 0.5),
            0.4 * (seen[:, None] % 7 == jnp.arange(7)),
        ]
    )

    def model() -> None:
        phi = numpyro.sample("phi", dist.Beta(2.0, 1.0))
        nu = numpyro.sample("nu", dist.Uniform(0.0, 1.0))
        sigma = numpyro.sample("sigma", dist.FoldedDistribution(dist.StudentT(4.0, 0.0, 2.0)))
        tau = numpyro.sample("tau", dist.LogNormal(jnp.log(3.0), 0.7))
        effect = numpyro.sample("effect", dist.Normal(0.0, 1.5))
        keep = jnp.exp(-1.0 / tau)
        kernel = jnp.where(jnp.tril(jnp.ones_like(gap)) > 0, (1 - keep) * keep**gap, 0.0)
        reached = (kernel @ assigned)[seen]
        covariance = sigma**2 * ((1 - nu) * phi**lag + nu * jnp.eye(len(seen))) + ordinary @ ordinary.T
        numpyro.sample("y", dist.MultivariateNormal(5.0 + effect * reached, covariance), obs=y)

    run = MCMC(
        NUTS(model, target_accept_prob=0.9),
        num_warmup=1000,
        num_samples=1000,
        num_chains=4,
        chain_method="sequential",
        progress_bar=False,
    )
    begun = time.perf_counter()
    run.run(jax.random.PRNGKey(SEED))
    drawn = np.asarray(run.get_samples()["effect"])
    return time.perf_counter() - begun, float(drawn.mean()), float(drawn.std())


def rivals() -> dict[str, dict[str, float]]:
    found = {}
    for days in (56, 112):
        trial = a_trial(days, SEED)
        seconds, mean, sd = nuts(*trial)
        ours = posterior(*trial, verified=True)
        found[str(days)] = {
            "nuts_s": seconds,
            "nuts_mean": mean,
            "nuts_sd": sd,
            "mean": ours.effect.mean,
            "sd": ours.effect.sd,
        }
    return found


def operating(trials: int) -> list[dict[str, float]]:
    """False claims and coverage over the grid of noises; 4 pairs of fortnights, tau a quarter of the period."""
    found = []
    for phi in PHI:
        for nu in NU:
            noise = Noise(phi=phi, nu=nu, tau=3.5)
            rng = np.random.default_rng(SEED)
            claims, welch, inside, seen_trials = 0, 0, 0, 0
            for _ in range(20):
                assigned = pairs_at_random(4, 14, rng, 1)[0]
                seen = np.flatnonzero(rng.random(len(assigned)) < 0.85)
                size = trials // 20
                for effect in (0.0, -1.0):
                    rows = np.array([simulated(assigned, effect, noise, Priors(), rng) for _ in range(size)]).T[seen]
                    answers = list(many(seen, rows, assigned))
                    if effect:
                        inside += sum(0.025 <= one.effect.cdf(effect) <= 0.975 for one in answers)
                        continue
                    claims += sum(one.as_run.cdf(0.0) > 0.95 for one in answers)
                    on = assigned[seen] == 1
                    p = stats.ttest_ind(rows[on], rows[~on], equal_var=False, alternative="less").pvalue
                    welch += int((p < 0.05).sum())
                    seen_trials += size
            found.append(
                {
                    "phi": phi,
                    "nu": nu,
                    "claims": claims / seen_trials,
                    "welch": welch / seen_trials,
                    "holds": inside / seen_trials,
                }
            )
    return found


def peeking(trials: int) -> dict[str, float]:
    """Eight pairs of weeks without an effect, looked at after each pair from the second: how often one is claimed.

    Either way, at 0.95 and at 0.99; by betting at E of 20; and how often betting finds an effect of -2 in fortnights.
    """
    rng, claims, bets, found = np.random.default_rng(SEED), {0.95: 0, 0.99: 0}, 0, 0
    groups = 20
    for _ in range(groups):
        size = trials // groups
        assigned = pairs_at_random(8, 7, rng, 1)[0]
        seen = np.flatnonzero(rng.random(len(assigned)) < 0.85)
        rows = np.array([simulated(assigned, 0.0, Noise(), Priors(), rng) for _ in range(size)]).T
        surest = np.zeros(size)
        for pair in range(2, 9):
            now = seen[seen < 14 * pair]
            told = many(now, rows[now], assigned[: 14 * pair])
            surest = np.maximum(surest, [abs(one.as_run.cdf(0.0) - 0.5) + 0.5 for one in told])
        for level in claims:
            claims[level] += int((surest > level).sum())
        bets += sum(_evidence(assigned, row, seen, 7).max() >= CLAIM for row in rows.T)
        long = pairs_at_random(8, 14, rng, 1)[0]
        watched = np.flatnonzero(rng.random(len(long)) < 0.85)
        helped = [simulated(long, -2.0, Noise(), Priors(), rng) for _ in range(size)]
        found += sum(_evidence(long, row, watched, 14).max() >= CLAIM for row in helped)
    total = groups * (trials // groups)
    return {
        "trials": total,
        "claims_at_95": claims[0.95] / total,
        "claims_at_99": claims[0.99] / total,
        "bets_without_effect": bets / total,
        "bets_find_minus_2": found / total,
    }


def _evidence(assigned: np.ndarray, outcome: np.ndarray, seen: np.ndarray, period: int) -> np.ndarray:
    differences = []
    for start in range(0, len(assigned), 2 * period):
        days = seen[(seen >= start) & (seen < start + 2 * period)]
        on = assigned[days] == 1
        told = on.any() and not on.all()
        differences.append(outcome[days][on].mean() - outcome[days][~on].mean() if told else np.nan)
    return evidence(differences)


def main() -> int:
    quick = "--quick" in sys.argv
    found = {"speed": speed(), "many_s": together(), "nuts": {} if quick else rivals()}
    found["peeking"] = peeking(60 if quick else 600)
    found["operating"] = operating(TRIALS // 10 if quick else TRIALS)
    ratios = {days: row["nuts_s"] * 1e3 / found["speed"][days]["p95_ms"] for days, row in found["nuts"].items()}
    error = 3 * (FALSE * (1 - FALSE) / (TRIALS // 10 if quick else TRIALS)) ** 0.5
    promises = {
        **{
            f"{days} days within {most:.0f} ms": found["speed"][str(days)]["p95_ms"] <= most
            for days, most in MS.items()
        },
        "1,000 trials of 112 days within 8 s": found["many_s"] <= MANY_S,
        **{f"1,000 times as fast as NUTS, {days} days": ratio >= RATIO for days, ratio in ratios.items()},
        "false claims at most 6 % (within 3 s.e.)": max(row["claims"] for row in found["operating"]) <= FALSE + error,
        "95 % intervals hold at least 92 % of the time": min(row["holds"] for row in found["operating"])
        >= HOLDS - error,
    }
    if "--json" in sys.argv:
        print(json.dumps(found | {"promises": promises}, indent=1))
        return 0 if all(promises.values()) else 1
    for days, row in found["speed"].items():
        print(f"{days} days: p50 {row['p50_ms']:.1f} ms, p95 {row['p95_ms']:.1f} ms")
    print(f"1,000 trials of 112 days together: {found['many_s']:.1f} s")
    for days, row in found["nuts"].items():
        print(
            f"{days} days: NUTS {row['nuts_s']:.0f} s, {ratios[days]:,.0f} times as long;"
            f" effect {row['nuts_mean']:.3f} ({row['nuts_sd']:.3f}), ours {row['mean']:.3f} ({row['sd']:.3f})"
        )
    print("phi   nu    claims  Welch   95 % interval holds")
    for row in found["operating"]:
        print(f"{row['phi']:.2f}  {row['nu']:.2f}  {row['claims']:.3f}   {row['welch']:.3f}   {row['holds']:.3f}")
    print("Looked at after every pair, no effect: " + ", ".join(f"{k} {v:.3g}" for k, v in found["peeking"].items()))
    for promise, held in promises.items():
        print(f"{promise}: {'yes' if held else 'NO'}")
    return 0 if all(promises.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
