"""Foods that would close a gap: at most three, familiar, in real portions, within what may be eaten.

A mixed-integer programme on HiGHS: see ``docs/methods/gaps.md``. The same request gives the same answer.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from provender.nutrition.familiar_foods import Candidate, left_out
from provender.nutrition.gap_programme import Programme, Solution
from provender.nutrition.intake import ENERGY
from provender.terms.errors import InputError

MOST_FOODS: Final = 3
MOST_ALTERNATIVES: Final = 4
CLOSED: Final = 0.95
"""Share of a gap that counts as closed."""
WORTH_SHOWING: Final = 0.5
"""Share of what the first alternative closes that a later one must close."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing of one nutrient.

    Attributes:
        nutrient: Its id.
        mean: What is eaten now, in its unit a day.
        missing: How much more a day would be enough, above 0.
        chance: From an amount a day to the probability that it is enough; None where nobody can say.
    """

    nutrient: str
    mean: float
    missing: float
    chance: Callable[[float], float | None] | None = None


@dataclass(frozen=True, slots=True)
class GapRequest:
    """What to close, and within what.

    Attributes:
        gaps: What is missing.
        energy_kcal: How much energy the foods may bring, above 0.
        room: Nutrient id to how much more of it there may be a day (sodium, saturated fat, upper levels), 0 or more.
        avoids: Diets and allergens, keys of ``familiar_foods.AVOIDABLE``.
        dislikes: Food ids never to be proposed.
        eaten: Foods of which up to one serving a day may be given up in exchange.
    """

    gaps: tuple[Gap, ...]
    energy_kcal: float = 300.0
    room: Mapping[str, float] = field(default_factory=dict)
    avoids: tuple[str, ...] = ()
    dislikes: frozenset[str] = frozenset()
    eaten: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """So many servings of a food; negative servings are given up."""

    food: Candidate
    servings: float

    @property
    def words(self) -> str:
        """As one would say it."""
        return self.food.words(abs(self.servings))


@dataclass(frozen=True, slots=True)
class Closed:
    """What an alternative does for one nutrient.

    Attributes:
        nutrient: Its id.
        before: Amount a day now.
        after: Amount a day with the foods; a lower bound where ``unknown``.
        share: How much of what is missing it brings, 0 to 1.
        chance_before: Probability that it is enough; None where nobody can say.
        chance_after: The same with the foods.
        unknown: Whether one of the foods does not know the nutrient.
    """

    nutrient: str
    before: float
    after: float
    share: float
    chance_before: float | None
    chance_after: float | None
    unknown: bool

    @property
    def is_closed(self) -> bool:
        """Whether nothing worth naming is missing any more."""
        return self.share >= CLOSED


@dataclass(frozen=True, slots=True)
class Alternative:
    """Some foods, and what they bring.

    Attributes:
        portions: At most three foods, and what is given up for them.
        energy_kcal: Energy they bring, net of what is given up.
        closed: What they do for each gap.
        sentence: The same in words.
    """

    portions: tuple[Portion, ...]
    energy_kcal: float
    closed: tuple[Closed, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """What can be proposed.

    Attributes:
        alternatives: At most four, the best first, without a food in common; empty when nothing helps.
        not_closed: Nutrients that even the best leaves short within the energy allowed.
        energy_needed_kcal: Energy of the leanest foods that close everything; None when the best does already, or
            no three foods can.
        note: What else must be said; "" for nothing.
    """

    alternatives: tuple[Alternative, ...]
    not_closed: tuple[str, ...]
    energy_needed_kcal: float | None
    note: str


def close_gaps(request: GapRequest, candidates: Sequence[Candidate]) -> GapAnswer:
    """Foods that close the gaps: at most three together, four alternatives that share no food.

    Args:
        request: What to close, and within what.
        candidates: Foods that may be proposed; one whose energy, or whose amount of a nutrient with limited room,
            is unknown is left out, for it could break what it must keep.

    Raises:
        InputError: No gap, a gap or room that is negative or no number, or no energy to spend.
    """
    _check(request)
    foods = [food for food in candidates if not refusal(request, food)]
    if not foods:
        return GapAnswer((), tuple(g.nutrient for g in request.gaps), None, "No food is left after what you avoid.")
    programme = Programme.of(request.gaps, foods, request.eaten, request.room, MOST_FOODS)
    found: list[Alternative] = []
    banned: set[str] = set()
    while len(found) < MOST_ALTERNATIVES:
        solution = programme.solve(request.energy_kcal, banned=banned)
        made = None if solution is None else _alternative(request, solution)
        if made is None or (found and _total(made) < WORTH_SHOWING * _total(found[0])):
            break
        found.append(made)
        banned |= {portion.food.family for portion in made.portions if portion.servings > 0}
    short = tuple(c.nutrient for c in found[0].closed if not c.is_closed) if found else ()
    needed = programme.leanest(CLOSED) if short else None
    return GapAnswer(tuple(found), short, needed, "" if found else "No familiar food brings any of it here.")


def why(request: GapRequest, food: Candidate, candidates: Sequence[Candidate]) -> str:
    """Why a food is, or is not, proposed: one sentence.

    Raises:
        InputError: As ``close_gaps``.
    """
    _check(request)
    if said := refusal(request, food):
        return said
    foods = [other for other in candidates if not refusal(request, other)]
    if food.id not in {other.id for other in foods}:
        foods.append(food)
    programme = Programme.of(request.gaps, foods, request.eaten, request.room, MOST_FOODS, also=food.id)
    best, with_it = programme.solve(request.energy_kcal), programme.solve(request.energy_kcal, forced=food.id)
    if with_it is None or best is None:
        return f"{_capital(food.many)} cannot be eaten within the energy and room that are left."
    mine, others = (_alternative(request, solution) for solution in (with_it, best))
    if mine is None or others is None:
        return f"{_capital(food.many)} bring none of it."
    if any(portion.food.id == food.id for portion in others.portions):
        return f"{_capital(food.many)} are in the first proposal."
    return (
        f"The best with {food.many} is {_list([p.words for p in mine.portions])}: it brings"
        f" {_total(mine) / len(mine.closed):.0%} of what is missing for {mine.energy_kcal:.0f} kcal; the first proposal"
        f" brings {_total(others) / len(others.closed):.0%} for {others.energy_kcal:.0f} kcal."
    )


def refusal(request: GapRequest, food: Candidate) -> str:
    """Why a food may not be proposed at all; "" when it may."""
    name = _capital(food.many)
    out = left_out(request.avoids)
    if food.id in request.dislikes:
        return f"{name}: you asked not to be offered it."
    if out and food.contains is None:
        return f"{name}: nobody said what it contains, and you avoid {_list(request.avoids)}."
    if food.contains and (found := sorted(food.contains & out)):
        return f"{name}: it contains {_list(found)}, which you leave out."
    if ENERGY not in food.per_serving:
        return f"{name}: its energy is unknown."
    for nutrient in request.room:
        if nutrient not in food.per_serving:
            return f"{name}: how much {nutrient} it holds is unknown, and there is little room for it."
    return ""


def _check(request: GapRequest) -> None:
    if not request.gaps:
        raise InputError("found no gap, expected at least one nutrient that is short", field="gaps")
    for gap in request.gaps:
        if not (gap.missing > 0 and math.isfinite(gap.missing) and gap.mean >= 0 and math.isfinite(gap.mean)):
            raise InputError(
                f"found {gap.missing:g} missing beside {gap.mean:g} of {gap.nutrient}, expected more than 0",
                field="gaps",
            )
    if not (request.energy_kcal > 0 and math.isfinite(request.energy_kcal)):
        raise InputError(f"found {request.energy_kcal:g} kcal to spend, expected more than 0", field="energy_kcal")
    for nutrient, left in request.room.items():
        if not (left >= 0 and math.isfinite(left)):
            raise InputError(f"found room for {left:g} of {nutrient}, expected 0 or more", field="room")


def _alternative(request: GapRequest, solution: Solution) -> Alternative | None:
    """What a solution brings, in words; None when it brings nothing."""
    portions = tuple(Portion(food, servings) for food, servings in solution.servings)
    closed = tuple(_closed(gap, portions) for gap in request.gaps)
    if not portions or not any(c.share > 0 for c in closed):
        return None
    energy = sum(p.food.per_serving.get(ENERGY, 0.0) * p.servings for p in portions)
    eaten = [p.words for p in portions if p.servings > 0]
    given_up = [p.words for p in portions if p.servings < 0]
    instead = f", in place of {_list(given_up)}" if given_up else ""
    return Alternative(portions, energy, closed, f"{_capital(_list(eaten))}{instead}: {energy:.0f} kcal more a day.")


def _closed(gap: Gap, portions: Sequence[Portion]) -> Closed:
    known = [p.food.brings(gap.nutrient) for p in portions]
    added = sum(amount * p.servings for amount, p in zip(known, portions, strict=True) if amount is not None)
    after = gap.mean + added
    return Closed(
        gap.nutrient,
        gap.mean,
        after,
        min(1.0, max(0.0, added / gap.missing)),
        None if gap.chance is None else gap.chance(gap.mean),
        None if gap.chance is None else gap.chance(after),
        None in known,
    )


def _total(made: Alternative) -> float:
    return sum(c.share for c in made.closed)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
