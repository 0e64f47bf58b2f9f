"""Days drawn from what is believed after the trial: do they look like those that were lived?"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.trials.latent_case import Nodes
from provender.trials.scale import Scale
from provender.trials.whitening import Floats

DRAWS: Final = 2000
SLOW_WAVES: Final = 3
HIGHEST: Final = 12.0
"""Log of the highest rate that is drawn."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the lived days compare with drawn ones in one respect.

    Attributes:
        name: Which, in words.
        seen: Of the lived days.
        drawn: Median of the drawn ones.
        p: Share of drawn trials at least as extreme, either way, 0 to 1.
    """

    name: str
    seen: float
    drawn: float
    p: float


def drawn_scores(
    day: NDArray[np.int64], regular: Floats, weight: Floats, nodes: Nodes, scale: Scale, rng: np.random.Generator
) -> Floats:
    """(n, r) outcomes drawn from the posterior, on the scale's steps and within its ends.

    Each draw takes a node by its weight and new lingering and white noise about what is regularly expected. The
    coefficients keep their means, so that drawn days scatter a little less than they might.

    Args:
        day: (n,) observed days.
        regular: (n, k) what is expected of those days at each node, without the lingering part; or (n, 1) at all.
        weight: (k,) of the nodes.
        nodes: Where they are.
        scale: Ends and steps.
        rng: Where chance comes from.
    """
    expected, slow, white = _drawn(day, regular, weight, nodes, rng)
    return _on_scale(expected + slow + white, scale)


def drawn_counts(
    day: NDArray[np.int64],
    regular: Floats,
    weight: Floats,
    nodes: Nodes,
    rng: np.random.Generator,
    *,
    happened: bool = False,
) -> Floats:
    """(n, r) counts, or whether it happened, drawn likewise; ``regular`` is then the log of a rate."""
    expected, slow, white = _drawn(day, regular, weight, nodes, rng)
    lived = rng.poisson(np.exp(np.minimum(expected + slow + white, HIGHEST)))
    return np.asarray(np.minimum(lived, 1) if happened else lived, dtype=np.float64)


def likenesses(day: NDArray[np.int64], outcome: Floats, drawn: Floats) -> tuple[Likeness, ...]:
    """The lived days held against drawn ones in five respects, all of them departures from what is drawn on average.

    Args:
        day: (n,) observed days.
        outcome: (n,) what was observed.
        drawn: (n, r) what was drawn.

    Source: Gelman, Meng & Stern 1996, Statistica Sinica 6, 733-760.
    """
    names = ("largest departure", "likeness of neighbours", "slow waves", "lopsidedness", "weight of the tails")
    expected = drawn.mean(axis=1, keepdims=True)
    seen = _statistics(day, outcome[:, None] - expected)[:, 0]
    others = _statistics(day, drawn - expected)
    draws = drawn.shape[1]
    below = (np.sum(others <= seen[:, None], axis=1) + 1) / (draws + 1)
    above = (np.sum(others >= seen[:, None], axis=1) + 1) / (draws + 1)
    return tuple(
        Likeness(name, float(at), float(np.median(row)), float(min(1.0, 2 * min(lo, hi))))
        for name, at, row, lo, hi in zip(names, seen, others, below, above, strict=True)
    )


def _drawn(
    day: NDArray[np.int64], regular: Floats, weight: Floats, nodes: Nodes, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """What is regularly expected at drawn nodes, (n, r) or (n, 1), and their lingering and white noise, (n, r)."""
    picks = rng.choice(len(weight), size=DRAWS, p=weight)
    expected = regular if regular.shape[1] == 1 else regular[:, picks]
    slow, white = _noise(day, nodes.part(picks), rng)
    return expected, slow, white


def _noise(day: NDArray[np.int64], nodes: Nodes, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(n, r) lingering and white noise, one column a node."""
    kept = nodes.phi ** np.diff(day, prepend=day[0]).astype(np.float64)[:, None]
    shocks = rng.normal(size=(2, len(day), len(nodes)))
    slow = np.empty((len(day), len(nodes)))
    level = shocks[0, 0]
    for t in range(len(day)):
        level = level if t == 0 else kept[t] * level + np.sqrt(1 - kept[t] ** 2) * shocks[0, t]
        slow[t] = level
    return nodes.sigma * np.sqrt(1 - nodes.nu) * slow, nodes.sigma * np.sqrt(nodes.nu) * shocks[1]


def _on_scale(values: Floats, scale: Scale) -> Floats:
    low = -np.inf if scale.low is None else scale.low
    high = np.inf if scale.high is None else scale.high
    if scale.step is not None:
        start = scale.low or 0.0
        values = start + scale.step * np.round((values - start) / scale.step)
    return np.clip(values, low, high)


def _statistics(day: NDArray[np.int64], away: Floats) -> Floats:
    """(5, r) of departures (n, r): largest, product of neighbours, slow waves, third and fourth moment."""
    centred = away - away.mean(axis=0)
    sd = np.maximum(centred.std(axis=0), 1e-12)
    z = centred / sd
    together = np.flatnonzero(np.diff(day) == 1)
    neighbours = (z[together] * z[together + 1]).mean(axis=0) if len(together) else np.zeros(away.shape[1])
    along = (day - day[0]) / max(int(day[-1] - day[0]), 1)
    waves = np.cos(np.pi * np.arange(1, SLOW_WAVES + 1)[:, None] * along) @ z / len(day)
    return np.array(
        [np.abs(z).max(axis=0), neighbours, (waves**2).sum(axis=0), (z**3).mean(axis=0), (z**4).mean(axis=0)]
    )
