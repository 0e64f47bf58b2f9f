"""How fast many bodies are followed for a year: one call of ours, one of hallmodel, the same persons and days.

Promises: the same kilograms to 1e-6, and 10,000 persons over 365 days at least as fast as ``hallmodel`` (compiled C++).
Usage: python benchmarks/dynamics.py [--persons 10000] [--days 365] [--times 5] [--json]
"""

import argparse
import json
import platform
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

import hallmodel
import numpy as np

from provender.energy.body import baseline
from provender.energy.dynamics import Day, at_rest, simulate, step
from provender.energy.plan import Goal, Person, plan
from provender.energy.projection import project

TOLERANCE_KG = 1e-6


def seconds(what: Callable[[], Any], times: int) -> float:
    """The median of several runs, in seconds."""
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        what()
        spent.append(time.perf_counter() - begun)
    return median(spent)


def measured(persons: int, days: int, times: int) -> dict[str, float]:
    """Seconds of each, their ratio, and how far their weights differ."""
    rng = np.random.default_rng(20_261_123)
    height = rng.uniform(1.5, 1.95, persons)
    weight = rng.uniform(19, 42, persons) * height**2
    age = rng.uniform(19, 75, persons)
    female = rng.integers(0, 2, persons) == 1
    pal = rng.uniform(1.35, 2.1, persons)
    change = rng.normal(-250, 450, (persons, days))
    base = baseline(female, age, height, weight, pal=pal)
    eaten = np.asarray(base.expenditure_kcal)[:, None] + change
    sex = ["female" if woman else "male" for woman in female]
    salt = np.zeros_like(change)

    def theirs() -> Any:
        return hallmodel.adult_weight(weight, height, age, sex, EIchange=change, NAchange=salt, PAL=pal, days=days)

    apart = float(np.abs(simulate(base, eaten).weight_kg[:, :-1] - np.asarray(theirs()["Body_Weight"])).max())
    ours_s = seconds(lambda: simulate(base, eaten), times)
    theirs_s = seconds(theirs, times)
    state, day = at_rest(base), Day(eaten[:, 0])
    sam = plan(Person(sex="female", age_y=42, height_m=1.68, weight_kg=78), Goal(-0.45, 68))
    return {
        "persons": persons,
        "days": days,
        "apart_kg": apart,
        "ours_s": ours_s,
        "hallmodel_s": theirs_s,
        "times_as_fast": theirs_s / ours_s,
        "step_ms": 1e3 * seconds(lambda: step(state, base, day), 20 * times),
        "plan_curve_ms": 1e3 * seconds(lambda: project(sam, date(2026, 1, 1)), times),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--persons", type=int, default=10_000)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--times", type=int, default=5)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    found = measured(given.persons, given.days, given.times)
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        print(f"{platform.processor() or platform.machine()}, numpy {np.__version__}, one thread")
        print(
            f"{given.persons:,} persons, {given.days} days: ours {found['ours_s']:.3f} s,"
            f" hallmodel {found['hallmodel_s']:.3f} s, {found['times_as_fast']:.1f} times as fast;"
            f" weights at most {found['apart_kg']:.1e} kg apart"
        )
        print(
            f"one step of all of them {found['step_ms']:.2f} ms; the curve of one plan {found['plan_curve_ms']:.0f} ms"
        )
    if found["apart_kg"] > TOLERANCE_KG or found["times_as_fast"] < 1:
        raise SystemExit("a promise is not kept")


if __name__ == "__main__":
    main()
