"""From numbers to sentences: helped, no difference worth having, made it worse, or cannot tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf
from typing import Final, Protocol

from provender.terms.errors import InputError

SURE: Final = 0.95
"""Probability from which the end of a trial says helped or worse."""
SURE_AT_A_LOOK: Final = 0.99
"""The same at a look before the end, after a pair. Source: own simulation, docs/methods/trials.md."""
SURE_OF_NOTHING: Final = 0.90
"""Probability that the effect is smaller than what matters from which no difference worth having is said."""
LEVEL: Final = 0.95


class Kind(StrEnum):
    """What a trial says."""

    HELPED = "helped"
    NO_DIFFERENCE = "made no difference worth having"
    WORSE = "made it worse"
    CANNOT_TELL = "cannot tell"


class Effect(Protocol):
    """The posterior of one number: treatment less comparison, in the outcome's unit."""

    @property
    def mean(self) -> float:
        """Its mean."""

    def cdf(self, x: float) -> float:
        """Probability that it is at most ``x``."""

    def quantile(self, p: float) -> float:
        """The value below which it lies with probability ``p``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was tried, and what would matter.

    Attributes:
        treatment: What was tried, as in a sentence: ``magnesium``.
        outcome: What was measured: ``back pain``.
        unit: Of the outcome: ``points``; "" for none.
        mcid: The smallest change that would matter to the person, above 0.
        lower_is_better: Whether less of the outcome is better.
        digits: Decimals shown.
    """

    treatment: str
    outcome: str
    unit: str
    mcid: float
    lower_is_better: bool = True
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """What could be wrong: a check that did not pass.

    Attributes:
        sentence: What is the matter.
        spoils: Whether no verdict can stand beside it.
    """

    sentence: str
    spoils: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the trial says.

    Attributes:
        kind: Which of the four.
        sentence: The answer with its numbers.
        chances: Probabilities in words; empty where nothing could be compared.
        could_be_wrong: What speaks against believing it.
        would_settle: What would make it clear; "" when it is.
        benefit: P(better than the comparison), 0 to 1.
        beyond: P(better by at least what matters).
        harm: P(worse than the comparison).
        worse: P(worse by at least what matters).
        same: P(neither better nor worse by as much).
        low, high: 95 % interval of treatment less comparison, in the outcome's unit.
    """

    kind: Kind
    sentence: str
    chances: str
    could_be_wrong: tuple[str, ...]
    would_settle: str
    benefit: float
    beyond: float
    harm: float
    worse: float
    same: float
    low: float
    high: float


def verdict(
    effect: Effect,
    asked: Asked,
    *,
    steady: Effect | None = None,
    doubts: Sequence[Doubt] = (),
    ended: bool = True,
    pairs_more: float | None = None,
) -> Verdict:
    """What a trial says of its effect.

    Args:
        effect: The posterior of treatment less comparison, as the trial ran.
        asked: What was tried, and what would matter.
        steady: The same as it would settle. That there is no difference worth having is only said when this is as
            small too: short periods hide what comes slowly. None for an effect that comes at once.
        doubts: What could be wrong, the gravest first.
        ended: Whether the trial is over; before that only the stricter rule of a look claims anything.
        pairs_more: How many more pairs would probably settle it; infinity when no number that was tried would, None
            where nobody reckoned.

    Raises:
        InputError: What would matter is not above 0.
    """
    if not asked.mcid > 0:
        raise InputError(f"found {asked.mcid:g} as the smallest change that matters, expected above 0", field="mcid")
    p = _probabilities(effect, asked)
    settled = p["same"] if steady is None else min(p["same"], _probabilities(steady, asked)["same"])
    low, high = effect.quantile((1 - LEVEL) / 2), effect.quantile((1 + LEVEL) / 2)
    spoilt = [doubt.sentence for doubt in doubts if doubt.spoils]
    kind = Kind.CANNOT_TELL if spoilt else kind_of(p["benefit"], p["harm"], settled, SURE if ended else SURE_AT_A_LOOK)
    return Verdict(
        kind=kind,
        sentence=_spoilt(spoilt[0]) if spoilt else f"{_measured(effect, asked, low, high)} {_said(kind, p, asked)}",
        chances="" if spoilt else _chances(p, asked),
        could_be_wrong=tuple(doubt.sentence for doubt in doubts),
        would_settle=_would_settle(kind, pairs_more, spoilt),
        low=low,
        high=high,
        **p,
    )


def _probabilities(effect: Effect, asked: Asked) -> dict[str, float]:
    below, above = effect.cdf(0.0), 1 - effect.cdf(0.0)
    far_below, far_above = effect.cdf(-asked.mcid), 1 - effect.cdf(asked.mcid)
    benefit, harm = (below, above) if asked.lower_is_better else (above, below)
    beyond, worse = (far_below, far_above) if asked.lower_is_better else (far_above, far_below)
    return {"benefit": benefit, "beyond": beyond, "harm": harm, "worse": worse, "same": 1 - far_below - far_above}


def kind_of(benefit: float, harm: float, same: float, sure: float = SURE) -> Kind:
    """The answer that these probabilities bear.

    Args:
        benefit: P(better).
        harm: P(worse).
        same: P(neither by as much as matters), of the effect as run and as it would settle, whichever is smaller.
        sure: Probability from which better or worse is said.
    """
    if benefit >= sure:
        return Kind.HELPED
    if harm >= sure:
        return Kind.WORSE
    return Kind.NO_DIFFERENCE if same >= SURE_OF_NOTHING else Kind.CANNOT_TELL


def _measured(effect: Effect, asked: Asked, low: float, high: float) -> str:
    """``In your diary, days with magnesium were 0.6 points lower in back pain (1.6 lower to 0.4 higher).``"""
    middle = _size(effect.mean, asked)
    size = "no different" if middle == 0 else f"{_amount(middle, asked)} {_direction(middle)}"
    ends = f"{_end(low, asked)} to {_end(high, asked)}"
    return f"In your diary, {asked.outcome} with {asked.treatment} was {size} than without ({ends})."


def _said(kind: Kind, p: Mapping[str, float], asked: Asked) -> str:
    if kind is Kind.HELPED:
        much = "" if p["beyond"] >= 0.5 else ", though probably less than would matter to you"
        return f"It helped{much}."
    if kind is Kind.WORSE:
        return "It made it worse."
    if kind is Kind.NO_DIFFERENCE:
        return f"It made no difference worth having: probably less than {_amount(asked.mcid, asked)} either way."
    return "This could be chance; your data cannot tell yet."


def _spoilt(doubt: str) -> str:
    return f"Your data cannot tell: {doubt[0].lower()}{doubt[1:]}"


def _chances(p: Mapping[str, float], asked: Asked) -> str:
    return (
        f"It is better with {asked.treatment} with {percent(p['benefit'])}, by at least {_amount(asked.mcid, asked)}"
        f" with {percent(p['beyond'])}; worse by as much with {percent(p['worse'])}."
    )


def _would_settle(kind: Kind, pairs_more: float | None, spoilt: Sequence[str]) -> str:
    if spoilt:
        return "More days do not mend this; a new trial without it would."
    if kind is not Kind.CANNOT_TELL:
        return ""
    if pairs_more is None:
        return "More pairs of periods would tell."
    if pairs_more == inf:
        return "Even many more pairs of periods would probably not settle it: the days differ too much."
    return f"{pairs_more:.0f} more pair{'s' * (pairs_more != 1)} of periods would probably settle it."


def percent(p: float) -> str:
    """A probability in words that never says never: ``less than 1 %``, ``86 %``, ``over 99 %``."""
    if p < 0.01:
        return "less than 1 %"
    return "over 99 %" if p > 0.99 else f"{p * 100:.0f} %"


def _size(value: float, asked: Asked) -> float:
    return round(value, asked.digits)


def _amount(value: float, asked: Asked) -> str:
    number = f"{abs(value):.{asked.digits}f}"
    return f"{number} {asked.unit}".rstrip()


def _direction(value: float) -> str:
    return "lower" if value < 0 else "higher"


def _end(value: float, asked: Asked) -> str:
    shown = _size(value, asked)
    return f"{abs(shown):.{asked.digits}f}" + ("" if shown == 0 else f" {_direction(shown)}")
