"""A whole trial that nobody lived: its file, for trying things out and for teaching."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from provender.trials.design import Design, assigned_days
from provender.trials.power import Noise, simulated
from provender.trials.priors import priors_for
from provender.trials.randomise import sequence_from_seed
from provender.trials.scale import PAIN, Scale
from provender.trials.seal import commitment
from provender.trials.trial_file import FENCE
from provender.trials.trial_header import Header, header_text
from provender.trials.trial_rows import Row, rows_text

SEED_BYTES: Final = 32


def simulated_file(
    design: Design,
    first_day: date,
    effect: float,
    *,
    rng: np.random.Generator,
    noise: Noise | None = None,
    scale: Scale = PAIN,
) -> bytes:
    """A trial file as it might have been kept, with a known effect, days missing by chance, sealed and revealed.

    Args:
        design: Its design.
        first_day: Date of its first day, of the run-in if there is one.
        effect: The true steady effect, in the scale's unit.
        rng: Where chance comes from: the order, the days, and which of them are missing.
        noise: What the days are like; None takes a pain diary's.
        scale: What is measured; with both ends.

    Raises:
        InputError: A scale without both ends.
    """
    days = noise or Noise()
    seed = rng.bytes(SEED_BYTES)
    order = sequence_from_seed(design, seed)
    assigned = assigned_days(design, order)
    lived = simulated(assigned, effect, days, priors_for(scale), rng)
    seen = rng.random(len(assigned)) < days.seen
    rows = tuple(
        Row(first_day + timedelta(days=int(t)), (_on(scale, float(lived[t])),), taken=float(assigned[t]))
        for t in np.flatnonzero(seen)
    )
    header = Header(
        outcomes=(scale,),
        title=f"A simulated trial with a true effect of {effect:g}",
        first_day=first_day,
        comparison="without",
        treatment="the simulated treatment",
        design=design,
        sequence=order,
        seed=seed,
        commitment=commitment(design, seed),
    )
    return f"{FENCE}\n{header_text(header)}{FENCE}\n{rows_text(rows, 1)}".encode()


def _on(scale: Scale, value: float) -> float:
    low, high = scale.low, scale.high
    step = scale.step or 0.01
    start = low or 0.0
    near = start + step * round((value - start) / step)
    if low is not None:
        near = max(near, low)
    return near if high is None else min(near, high)
