"""What a trial can show before it begins, and what more of it would: simulated, the same noise for each design."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError
from provender.trials.evaluation import WEEK, exposure
from provender.trials.posterior import Answer, Posterior, many
from provender.trials.priors import Priors
from provender.trials.verdict import SURE, Kind, kind_of
from provender.trials.whitening import Floats

Assignments = NDArray[np.float64]
PATTERNS: Final = 16
"""So many sequences and patterns of missing days are simulated; the trials are shared out among them."""
SETTLED: Final = 0.8
"""Chance of an answer from which more pairs would probably settle it."""
MOST_PAIRS_MORE: Final = 12
Z95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Noise:
    """What a person's days are like without anything being tried.

    Attributes:
        sigma: Sd of the outcome about its trend, in its unit.
        phi: Correlation of the lingering part from one day to the next.
        nu: White share of the variance.
        tau: Days in which an effect would come and go.
        seen: Share of days that are observed.
    """

    sigma: float = 1.5
    phi: float = 0.65
    nu: float = 0.35
    tau: float = 3.0
    seen: float = 0.85

    def __post_init__(self) -> None:
        fits = self.sigma > 0 and 0 <= self.phi < 1 and 0 <= self.nu <= 1 and self.tau >= 0 and 0 < self.seen <= 1
        if not (fits and np.isfinite([self.sigma, self.tau]).all()):
            raise InputError(f"found {self}, expected sigma above 0, shares and phi within 0 to 1", field="noise")


@dataclass(frozen=True, slots=True)
class Assurance:
    """What a design would show.

    Attributes:
        trials: How many were simulated.
        helped: Share that would be called helped.
        worse: Share that would be called worse.
        no_difference: Share that would be called without a difference worth having.
        width: Mean width of the 95 % interval, in the outcome's unit.
        error: Monte Carlo standard error of ``helped``.
    """

    trials: int
    helped: float
    worse: float
    no_difference: float
    width: float
    error: float

    @property
    def told(self) -> float:
        """Share that would end with an answer of any kind."""
        return self.helped + self.worse + self.no_difference


def assurance(
    sequences: Assignments,
    effect: float | tuple[float, float],
    noise: Noise | Sequence[Noise],
    *,
    rng: np.random.Generator,
    mcid: float = 1.0,
    lower_is_better: bool = True,
    trials: int = 400,
    priors: Priors | None = None,
    sure: float = SURE,
    progress: Callable[[int, int], None] | None = None,
) -> Assurance:
    """What a design would show of an effect, by simulation.

    The same generator state gives the same noise whatever the design, so that designs differ by what they are and not
    by luck.

    Args:
        sequences: (s, T) ways in which the days may be assigned; each as likely as the others.
        effect: The true steady effect, or mean and sd of what it may be.
        noise: What the days are like; several stand for what is not known of it, each as likely.
        rng: Where chance comes from.
        mcid: The smallest change that would matter.
        lower_is_better: Whether less of the outcome is better.
        trials: How many to simulate.
        priors: What the analysis believes beforehand.
        sure: Probability from which it claims something.
        progress: Told how many are done, of how many.

    Raises:
        InputError: No sequence, no noise, or fewer than one trial.
    """
    days = np.atleast_2d(np.asarray(sequences, dtype=np.float64))
    noises = [noise] if isinstance(noise, Noise) else list(noise)
    if not days.size or not noises or trials < 1:
        raise InputError(
            f"found {len(days)} sequences, {len(noises)} noises and {trials} trials, expected some of each"
        )
    believed = priors or Priors()
    kinds: list[Kind] = []
    widths: list[float] = []
    for batch in _batches(days, effect, noises, rng, trials, believed):
        for answer in many(*batch, believed):
            kinds.append(_kind(answer, mcid, sure, lower_is_better=lower_is_better))
            widths.append(2 * Z95 * answer.as_run.sd)
        if progress:
            progress(len(kinds), trials)
    helped = kinds.count(Kind.HELPED) / trials
    return Assurance(
        trials=trials,
        helped=helped,
        worse=kinds.count(Kind.WORSE) / trials,
        no_difference=kinds.count(Kind.NO_DIFFERENCE) / trials,
        width=float(np.mean(widths)),
        error=float(np.sqrt(helped * (1 - helped) / trials)),
    )


def _kind(answer: Answer, mcid: float, sure: float, *, lower_is_better: bool) -> Kind:
    below = answer.as_run.cdf(0.0)
    benefit = below if lower_is_better else 1 - below
    same = min(one.cdf(mcid) - one.cdf(-mcid) for one in (answer.as_run, answer.effect))
    return kind_of(benefit, 1 - benefit, same, sure)


def _batches(
    days: Assignments,
    effect: float | tuple[float, float],
    noises: Sequence[Noise],
    rng: np.random.Generator,
    trials: int,
    priors: Priors,
) -> Iterator[tuple[NDArray[np.int64], Floats, Assignments]]:
    """Observed days, outcomes and assignment of the trials, those of one sequence and missing pattern together."""
    length = days.shape[1]
    groups = min(PATTERNS, trials)
    for group, size in enumerate(np.diff(np.linspace(0, trials, groups + 1).round().astype(int))):
        stream = np.random.default_rng(rng.integers(2**63))
        assigned = days[int(stream.integers(len(days)))]
        seen = np.flatnonzero(stream.random(length) < noises[group % len(noises)].seen)
        rows = [simulated(assigned, effect, noises[(group + i) % len(noises)], priors, stream) for i in range(size)]
        yield seen, np.array(rows).T[seen], assigned


def simulated(
    assigned: Floats, effect: float | tuple[float, float], noise: Noise, priors: Priors, rng: np.random.Generator
) -> Floats:
    """(T,) outcomes of one simulated trial, its trend and weekdays milder than the prior's.

    Args:
        assigned: (T,) 1 with treatment, 0 without.
        effect: The true steady effect, or mean and sd of what it may be.
        noise: What the days are like.
        priors: Where the level and the scale of trend and weekdays come from.
        rng: Where chance comes from.
    """
    length = len(assigned)
    shocks, white = rng.normal(size=length), rng.normal(size=length)
    weekday, trend, draw = rng.normal(size=WEEK), rng.normal(), rng.normal()
    size = effect if isinstance(effect, float | int) else effect[0] + effect[1] * draw
    slow = np.empty(length)
    level = shocks[0]
    for t in range(length):
        level = shocks[0] if t == 0 else noise.phi * level + np.sqrt(1 - noise.phi**2) * shocks[t]
        slow[t] = level
    along = np.arange(length) / max(length - 1, 1) - 0.5
    ordinary = priors.intercept[0] + 0.25 * priors.trend_sd * trend * along
    ordinary = ordinary + 0.5 * priors.weekday_sd * weekday[np.arange(length) % WEEK]
    reached = exposure(assigned, np.array([noise.tau]))[:, 0]
    lingering = np.sqrt(1 - noise.nu) * slow + np.sqrt(noise.nu) * white
    return np.asarray(ordinary + size * reached + noise.sigma * lingering)


def noises_of(found: Posterior, rng: np.random.Generator, *, count: int = 16, seen: float = 0.85) -> tuple[Noise, ...]:
    """What a person's days may be like, drawn from a posterior of a run-in or of a trial so far.

    Args:
        found: The posterior.
        rng: Where chance comes from.
        count: How many.
        seen: Share of days that will be observed.
    """
    drawn = []
    for p in rng.random((count, 4)):
        phi, nu, tau, sigma = (
            one.quantile(float(at)) for one, at in zip((found.phi, found.nu, found.tau, found.sigma), p, strict=True)
        )
        drawn.append(Noise(max(sigma, 1e-6), min(phi, 0.995), min(max(nu, 0.0), 1.0), tau, seen))
    return tuple(drawn)


@dataclass(frozen=True, slots=True)
class Longer:
    """What more pairs of periods would bring: how many more, and the chance that they end with an answer."""

    pairs: int
    told: float


def pairs_to_settle(
    found: Posterior,
    period_days: int,
    pairs: int,
    *,
    rng: np.random.Generator,
    mcid: float = 1.0,
    lower_is_better: bool = True,
    trials: int = 160,
    priors: Priors | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Longer | None:
    """How many more pairs would probably settle it: the fewest after which four trials in five have an answer.

    Whole trials of that length are simulated with effects and noise drawn from what is believed now; what was seen so
    far is in those draws.

    Args:
        found: What is believed now.
        period_days: Days of a period.
        pairs: Pairs so far.
        rng: Where chance comes from.
        mcid: The smallest change that would matter.
        lower_is_better: Whether less of the outcome is better.
        trials: How many to simulate for each length.
        priors: What the analysis believes beforehand.
        progress: Told how many lengths are done, of how many.

    Returns:
        The answer, or None when even twelve more pairs would probably not settle it.

    Raises:
        InputError: Fewer than one pair or day.
    """
    if period_days < 1 or pairs < 1:
        raise InputError(f"found {pairs} pairs of {period_days} days, expected at least one each", field="pairs")
    seed = int(rng.integers(2**63))
    noises = noises_of(found, np.random.default_rng(seed))
    effect = (found.effect.mean, found.effect.sd)
    steps = sorted({1, 2, 3, 4, 6, 8, MOST_PAIRS_MORE})
    for done, more in enumerate(steps, start=1):
        sequences = pairs_at_random(pairs + more, period_days, np.random.default_rng(seed))
        shown = assurance(
            sequences,
            effect,
            noises,
            rng=np.random.default_rng(seed),
            mcid=mcid,
            lower_is_better=lower_is_better,
            trials=trials,
            priors=priors,
        )
        if progress:
            progress(done, len(steps))
        if shown.told >= SETTLED:
            return Longer(more, shown.told)
    return None


def best_period(
    days: int,
    periods: Sequence[int],
    effect: float,
    noise: Noise,
    *,
    rng: np.random.Generator,
    trials: int = 200,
    priors: Priors | None = None,
    mcid: float = 1.0,
) -> tuple[tuple[int, Assurance], ...]:
    """How well each period length would use the same number of days, in the order given; the same noise for all.

    Args:
        days: Of the whole trial.
        periods: Lengths to compare, in days; those of which no pair fits are left out.
        effect: The true steady effect.
        noise: What the days are like.
        rng: Where chance comes from.
        trials: How many to simulate for each.
        priors: What the analysis believes beforehand.
        mcid: The smallest change that would matter.
    """
    seed = int(rng.integers(2**63))
    found = []
    for length in periods:
        pairs = days // (2 * length)
        if pairs < 1:
            continue
        sequences = pairs_at_random(pairs, length, np.random.default_rng(seed))
        padded = np.concatenate([sequences, np.zeros((len(sequences), days - sequences.shape[1]))], axis=1)
        stream = np.random.default_rng(seed)
        found.append((length, assurance(padded, effect, noise, rng=stream, trials=trials, priors=priors, mcid=mcid)))
    return tuple(found)


def pairs_at_random(pairs: int, period_days: int, rng: np.random.Generator, count: int = PATTERNS) -> Assignments:
    """(count, T) assignments of pairs of periods, each pair in either order."""
    first = rng.integers(0, 2, size=(count, pairs))
    periods = np.stack([first, 1 - first], axis=2).reshape(count, 2 * pairs)
    return np.repeat(periods, period_days, axis=1).astype(np.float64)
