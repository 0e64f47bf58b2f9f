"""Is it enough, and how sure is that: the method against those in use, on simulated diaries whose truth is known.

Promises: Brier score at 3/7/14/30/60 days at most .166/.139/.123/.105/.092 and below every rival in the same
run; the 90 % interval holds 87 to 93 % of usual intakes at every length; 40 nutrients over 90 days in 20 ms.
Usage: python benchmarks/adequacy.py [--diaries 600] [--seed 1] [--json]
"""

import argparse
import json
import sys
import time
from datetime import timedelta

import numpy as np
from adequacy_simulation.judges import PROPOSED, RIVALS, Result, simulate
from adequacy_simulation.truth import GROUP, MONDAY, Normal

from provender.nutrition.adequacy import adequacy
from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.reference_intakes import Reference
from provender.nutrition.variation import variations

LENGTHS = (3, 7, 14, 30, 60)
LARGEST_BRIER = dict(zip(LENGTHS, (0.166, 0.139, 0.123, 0.105, 0.092), strict=True))
COVERAGE = (0.87, 0.93)
LONGEST_MS = 20.0


def speed_ms(days: int = 90, repeats: int = 50) -> tuple[float, float]:
    """Median and 95th percentile of judging 40 nutrients over these days, in milliseconds."""
    table = variations(GROUP)
    names = tuple(table)
    rng = np.random.default_rng(1)
    mean = np.array([v.mean for v in table.values()])
    cv = np.array([v.cv_within for v in table.values()])
    amount = rng.gamma(1 / cv**2, mean * cv**2, (days, len(names)))
    dates = tuple(MONDAY + timedelta(days=k) for k in range(days))
    diary = DailyIntakes(names, dates, amount, np.ones_like(amount), (None,) * days)
    wanted = {
        name: Reference(nutrient=name, authority="test", ear=m, rda=1.2 * m, requirement=Normal(m, 0.1 * m), sources={})
        for name, m in zip(names, (0.9 * mean).tolist(), strict=True)
    }
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        adequacy(diary, wanted, group=GROUP)
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times)), float(np.quantile(times, 0.95))


def broken(results: list[Result], median_ms: float) -> list[str]:
    """The promises that do not hold."""
    said = []
    for r in results:
        if r.brier[PROPOSED] > LARGEST_BRIER[r.days]:
            said.append(f"{r.days} days: Brier {r.brier[PROPOSED]:.4f}, at most {LARGEST_BRIER[r.days]}")
        said += [f"{r.days} days: not below {name}" for name in RIVALS if r.brier[PROPOSED] >= r.brier[name]]
        if not COVERAGE[0] <= r.coverage <= COVERAGE[1]:
            said.append(f"{r.days} days: 90 % interval holds {r.coverage:.3f}")
    if median_ms > LONGEST_MS:
        said.append(f"{median_ms:.1f} ms, at most {LONGEST_MS}")
    return said


def table(results: list[Result]) -> str:
    names = (*RIVALS, PROPOSED)
    lines = ["| days | " + " | ".join(names) + " | 90 % interval holds |", "| --- |" + " --- |" * (len(names) + 1)]
    lines += [
        f"| {r.days} | " + " | ".join(f"{r.brier[name]:.3f}" for name in names) + f" | {r.coverage:.3f} |"
        for r in results
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--diaries", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    results = [simulate(days, asked.diaries, asked.seed) for days in LENGTHS]
    median, p95 = speed_ms()
    wrong = broken(results, median)
    if asked.json:
        figures = [{"days": r.days, "diaries": r.diaries, **r.brier, "coverage": r.coverage} for r in results]
        print(json.dumps({"lengths": figures, "median_ms": median, "p95_ms": p95, "broken": wrong}))
        return 1 if wrong else 0
    print(table(results))
    for r in results:
        print(f"{r.days} days: " + ", ".join(f"{name} {share:.2f}" for name, share in r.coverage_each.items()))
    print(f"40 nutrients over 90 days: median {median:.1f} ms, p95 {p95:.1f} ms")
    print("\n".join(wrong) if wrong else "every promise kept")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
