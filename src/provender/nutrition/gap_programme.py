"""The mixed-integer programme behind ``gaps``: which foods, and how many servings of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from provender.nutrition.familiar_foods import USUAL, Candidate
from provender.nutrition.intake import ENERGY

Floats = NDArray[np.float64]
MOST_SERVINGS: Final = 2.0
GAP_COST: Final = 10.0
"""Of leaving a whole gap open."""
FOOD_COST: Final = 0.3
UNFAMILIAR_COST: Final = 0.25
"""Of each food, and for each step by which it is less familiar than what the person eats anyhow."""
SERVING_COST: Final = 0.1
ENERGY_COST: Final = 0.2
"""Of each serving, and of 100 kcal."""
GIVING_UP_COST: Final = 0.8
"""Of giving up a food that is eaten anyhow (own, as all of these: chosen by reading the proposals)."""


class Wanted(Protocol):
    """What is missing of a nutrient."""

    @property
    def nutrient(self) -> str:
        """Its id."""
        ...

    @property
    def missing(self) -> float:
        """How much, above 0."""
        ...


BEST_FOR_EACH: Final = 8
"""Foods looked at for each gap, by what a serving brings and again by what 100 kcal bring."""


def _promising(gaps: Sequence[Wanted], foods: Sequence[Candidate], also: str | None = None) -> list[Candidate]:
    """Foods that are among the best for some gap, a little in favour of the familiar, in the order given."""
    kept = {food.id for food in foods if food.id == also}
    for gap in gaps:
        worth = [min(1.0, (food.brings(gap.nutrient) or 0.0) / gap.missing) * food.familiarity for food in foods]
        dense = [w / max(20.0, food.per_serving[ENERGY]) for w, food in zip(worth, foods, strict=True)]
        for by in (worth, dense):
            best = sorted(range(len(foods)), key=lambda j: (-by[j], j))[:BEST_FOR_EACH]
            kept |= {foods[j].id for j in best if by[j] > 0}
    return [food for food in foods if food.id in kept]


@dataclass(frozen=True, slots=True)
class Solution:
    """Foods with servings, in the order of the candidates; negative servings are given up."""

    servings: tuple[tuple[Candidate, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """m foods, of which the last are those that may be given up, against k gaps.

    Attributes:
        foods: The m foods.
        gain: (k, m) share of each gap that one step of a food closes; 0 where unknown; negative for giving up.
        energy: (m) kcal of a step.
        used: (r, m) of what has limited room, one step's part of that room.
        steps: (m) the most steps of each food.
        cost: (m) of choosing a food.
        step_cost: (m) of each step.
        proposed: How many of the foods are proposed, not given up.
        most: Foods at most.
    """

    foods: tuple[Candidate, ...]
    gain: Floats
    energy: Floats
    used: Floats
    steps: Floats
    cost: Floats
    step_cost: Floats
    proposed: int
    most: int

    @classmethod
    def of(
        cls,
        gaps: Sequence[Wanted],
        foods: Sequence[Candidate],
        eaten: Sequence[Candidate],
        room: Mapping[str, float],
        most: int,
        *,
        also: str | None = None,
    ) -> "Programme":
        """The programme for these gaps, over the foods that are among the best for one of them; see ``gaps``."""
        foods = _promising(gaps, foods, also)
        given_up = [food for food in eaten if ENERGY in food.per_serving]
        everything = (*foods, *given_up)
        sign = np.array([1.0] * len(foods) + [-1.0] * len(given_up))
        step = np.array([food.step for food in everything]) * sign

        def of_step(amounts: Sequence[float | None]) -> Floats:
            known = np.array([amount or 0.0 for amount in amounts], dtype=np.float64)
            return np.asarray(known * step)

        energy = of_step([food.per_serving[ENERGY] for food in everything])
        gain = [of_step([food.brings(gap.nutrient) for food in everything]) / gap.missing for gap in gaps]
        used = [of_step([food.per_serving.get(n) for food in everything]) / max(left, 1e-9) for n, left in room.items()]
        unfamiliar = np.array([USUAL - food.familiarity for food in everything])
        return cls(
            everything,
            np.array(gain).reshape(len(gaps), len(everything)),
            energy,
            np.array(used).reshape(len(room), len(everything)),
            np.where(sign > 0, MOST_SERVINGS, 1.0) / np.abs(step),
            np.where(sign > 0, FOOD_COST + UNFAMILIAR_COST * unfamiliar, GIVING_UP_COST),
            SERVING_COST * np.abs(step) + ENERGY_COST * np.maximum(energy, 0.0) / 100,
            len(foods),
            most,
        )

    def solve(self, energy_kcal: float, *, banned: Collection[str] = (), forced: str | None = None) -> Solution | None:
        """The best foods within this energy; None when there are none.

        Args:
            energy_kcal: The most they may bring.
            banned: Families that may not be among them.
            forced: Id of a food that must be.
        """
        objective = np.concatenate([self.step_cost, self.cost, np.full(len(self.gain), GAP_COST)])
        within = replace(self, steps=self._steps_within(energy_kcal))
        return self._solved(objective, within.rows(energy_kcal), within.bounds(banned, forced, 1.0))

    def leanest(self, share: float) -> float | None:
        """The least energy in kcal for which foods close so much of every gap; None when no foods do."""
        gaps, m = self.gain.shape
        objective = np.concatenate([self.energy, np.full(m, 0.01), np.zeros(gaps)])
        found = self._solved(objective, self.rows(np.inf), self.bounds((), None, 1 - share))
        if found is None:
            return None
        return float(sum(food.per_serving[ENERGY] * servings for food, servings in found.servings))

    def _steps_within(self, energy_kcal: float) -> Floats:
        """(m) the most steps of each food alone; what is given up could make room for more."""
        if self.proposed < len(self.foods):
            return self.steps
        fit = np.floor(energy_kcal / np.maximum(self.energy, 1e-9) + 1e-9)
        return np.asarray(np.minimum(self.steps, fit))

    def rows(self, energy_kcal: float) -> LinearConstraint:
        """Variables: m steps (whole numbers), m choices (0 or 1), k shares that stay open."""
        gaps, m = self.gain.shape
        no_steps, no_gaps = np.zeros((1, m)), np.zeros((1, gaps))
        chosen = np.zeros((1, m))
        chosen[0, : self.proposed] = 1
        families = self._families()
        blank = np.zeros((len(families), gaps))
        parts: list[tuple[Any, float, float]] = [
            (np.hstack([self.gain, np.zeros((gaps, m)), np.eye(gaps)]), 1.0, np.inf),
            (np.hstack([self.energy[None], no_steps, no_gaps]), -np.inf, energy_kcal),
            (np.hstack([self.used, np.zeros((len(self.used), m + gaps))]), -np.inf, 1.0),
            (np.hstack([np.eye(m), -np.diag(self.steps), np.zeros((m, gaps))]), -np.inf, 0.0),
            (np.hstack([np.eye(m), -np.eye(m), np.zeros((m, gaps))]), 0.0, np.inf),
            (np.hstack([no_steps, chosen, no_gaps]), -np.inf, float(self.most)),
            (np.hstack([no_steps, 1 - chosen, no_gaps]), -np.inf, 1.0),
            (np.hstack([np.zeros((len(families), m)), families, blank]), -np.inf, 1.0),
        ]
        parts = [part for part in parts if len(part[0])]
        low = np.concatenate([np.full(len(rows), least) for rows, least, _ in parts])
        high = np.concatenate([np.full(len(rows), top) for rows, _, top in parts])
        return LinearConstraint(np.vstack([rows for rows, _, _ in parts]), low, high)

    def _families(self) -> Floats:
        """(f, m) which foods are of one family, for families of several."""
        names = [food.family for food in self.foods]
        several = sorted({name for name in names if names.count(name) > 1})
        rows = [[1.0 if name == family else 0.0 for name in names] for family in several]
        return np.array(rows, dtype=np.float64).reshape(len(several), len(names))

    def bounds(self, banned: Collection[str], forced: str | None, most_open: float) -> Bounds:
        """The least and most of every variable, in the order of ``rows``."""
        gaps, m = self.gain.shape
        may = np.array([food.family not in banned for food in self.foods], dtype=np.float64)
        may[self.proposed :] = 1.0
        must = np.array([food.id == forced for food in self.foods], dtype=np.float64)
        must[self.proposed :] = 0.0
        low = np.concatenate([np.zeros(m), must, np.zeros(gaps)])
        return Bounds(low, np.concatenate([self.steps * may, np.maximum(may, must), np.full(gaps, most_open)]))

    def _solved(self, objective: Floats, rows: LinearConstraint, bounds: Bounds) -> Solution | None:
        gaps, m = self.gain.shape
        whole = np.concatenate([np.ones(2 * m), np.zeros(gaps)])
        found = milp(objective, constraints=rows, bounds=bounds, integrality=whole, options={"mip_rel_gap": 0.05})
        if found.x is None:
            return None
        steps = np.round(found.x[:m])
        sign = np.where(np.arange(m) < self.proposed, 1.0, -1.0)
        return Solution(
            tuple((self.foods[j], float(steps[j] * self.foods[j].step * sign[j])) for j in np.flatnonzero(steps > 0))
        )
