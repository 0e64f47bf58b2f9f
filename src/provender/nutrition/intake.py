"""What was eaten amounts to: sums over entries, each with how much of the diary it rests on.

A nutrient that an entry does not know is **absent from its snapshot**: it adds nothing to the sum and lowers
the coverage. A sum with coverage below 1 is therefore a lower bound, and a nutrient known in no entry has no
sum at all (NaN), never 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError

ENERGY: Final = "ENERC_KCAL"
UNKNOWN_WEIGHT_KCAL: Final = 200.0
LEAST_WEIGHT_KCAL: Final = 1.0
"""How an entry without energy counts towards coverage, and the least any counts (own)."""
Composition = Mapping[str, float]
"""Nutrient id to amount; unknown is absent (a NaN counts as absent), a measured zero is 0.0."""
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """One nutrient of an intake.

    Attributes:
        nutrient: Its id.
        amount: The known sum in its own unit; None when no entry knows it.
        daily_mean: The amount a logged day; None likewise.
        coverage: Share of what was eaten that the sum rests on, 0 to 1.
        known: How many entries know it.
        entries: How many entries there are.
    """

    nutrient: str
    amount: float | None
    daily_mean: float | None
    coverage: float
    known: int
    entries: int


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """What some entries amount to, over an axis of n nutrients.

    Attributes:
        nutrients: The axis: n nutrient ids.
        amount: (n,) sum over entries that know the nutrient, in its own unit; NaN where none does. A lower
            bound where ``coverage`` is below 1.
        coverage: (n,) share of what was eaten that the sum rests on, 0 to 1, by energy (see ``total``).
        known: (n,) how many entries know the nutrient.
        entries: How many entries there are.
    """

    nutrients: tuple[str, ...]
    amount: Floats
    coverage: Floats
    known: Counts
    entries: int

    def of(self, nutrient: str) -> float | None:
        """The known sum of one nutrient; None when no entry knows it, or it is not on the axis."""
        return _one(self.nutrients, self.amount, nutrient)

    def coverage_of(self, nutrient: str) -> float:
        """The coverage of one nutrient; 0 when it is not on the axis."""
        return _one(self.nutrients, self.coverage, nutrient) or 0.0

    def lines(self, days: int = 1) -> tuple[Line, ...]:
        """The intake nutrient by nutrient, in the order of the axis; ``days`` is what the mean divides by."""
        return tuple(
            Line(name, amount, None if amount is None else amount / days, coverage, known, self.entries)
            for name, amount, coverage, known in zip(
                self.nutrients,
                [None if np.isnan(a) else a for a in self.amount.tolist()],
                self.coverage.tolist(),
                self.known.tolist(),
                strict=True,
            )
        )


@dataclass(frozen=True, slots=True, eq=False)
class RangeIntake:
    """What a range of days amounts to, over an axis of n nutrients and d logged days.

    Attributes:
        nutrients: The axis: n nutrient ids.
        days: The d days with at least one entry, in order; days without entries are not days of fasting.
        amount: (d, n) sums of each day; NaN where no entry of the day knows the nutrient.
        coverage: (d, n) coverage of each day.
        total: The whole range taken together.
        mean: (n,) amount a logged day: the sum over the range divided by d; NaN where nothing is known.
    """

    nutrients: tuple[str, ...]
    days: tuple[date, ...]
    amount: Floats
    coverage: Floats
    total: Intake
    mean: Floats

    def mean_of(self, nutrient: str) -> float | None:
        """The amount a logged day of one nutrient; None when no entry knows it, or it is not on the axis."""
        return _one(self.nutrients, self.mean, nutrient)

    def lines(self) -> tuple[Line, ...]:
        """The range nutrient by nutrient, in the order of the axis."""
        return self.total.lines(max(1, len(self.days)))


def _one(axis: tuple[str, ...], values: Floats, nutrient: str) -> float | None:
    if nutrient not in axis:
        return None
    value = float(values[axis.index(nutrient)])
    return None if np.isnan(value) else value


def _matrix(snapshots: Sequence[Composition], nutrients: tuple[str, ...]) -> Floats:
    """(entries, n) amounts, NaN where unknown."""
    rows = [[s.get(n, np.nan) for n in nutrients] for s in snapshots]
    return np.array(rows, dtype=np.float64).reshape(len(snapshots), len(nutrients))


def _weights(snapshots: Sequence[Composition]) -> Floats:
    """(entries,) how much of what was eaten each entry is, in kcal (see ``total``)."""
    energy = np.array([s.get(ENERGY, np.nan) for s in snapshots], dtype=np.float64)
    return np.where(np.isfinite(energy), np.maximum(energy, LEAST_WEIGHT_KCAL), UNKNOWN_WEIGHT_KCAL)


def _intake(amounts: Floats, weights: Floats, nutrients: tuple[str, ...]) -> Intake:
    known = np.isfinite(amounts)
    count = known.sum(axis=0)
    whole = weights.sum()
    covered = (known * weights[:, None]).sum(axis=0)
    coverage = np.minimum(covered / whole, 1.0) if whole > 0 else np.zeros(len(nutrients))
    sums = np.where(count > 0, np.where(known, amounts, 0.0).sum(axis=0), np.nan)
    return Intake(nutrients, sums, coverage, count.astype(np.int64), len(amounts))


def total(snapshots: Sequence[Composition], nutrients: Sequence[str]) -> Intake:
    """What these entries amount to.

    The coverage of a nutrient is the share of the energy eaten that comes from entries which know it: an
    unknown lettuce leaf matters less than an unknown dinner. An entry whose own energy is unknown counts as
    200 kcal, and no entry as less than 1 kcal, so that one more unknown entry always lowers the coverage.

    Args:
        snapshots: What was eaten, one mapping an entry: nutrient id to amount eaten; unknown is absent.
        nutrients: The axis wanted, n ids.
    """
    axis = tuple(nutrients)
    return _intake(_matrix(snapshots, axis), _weights(snapshots), axis)


def per_day(days: Mapping[date, Sequence[Composition]], nutrients: Sequence[str]) -> RangeIntake:
    """What each logged day and the whole range amount to.

    Days without entries are left out: nobody knows what was eaten on them.

    Args:
        days: Day to its entries' snapshots.
        nutrients: The axis wanted, n ids.
    """
    axis = tuple(nutrients)
    logged = tuple(sorted(day for day, entries in days.items() if entries))
    entries = [snapshot for day in logged for snapshot in days[day]]
    amounts, weights = _matrix(entries, axis), _weights(entries)
    ends = np.cumsum([len(days[day]) for day in logged]).tolist()
    each = [
        _intake(amounts[first:last], weights[first:last], axis)
        for first, last in zip([0, *ends][:-1], ends, strict=True)
    ]
    whole = _intake(amounts, weights, axis)
    shape = (len(logged), len(axis))
    return RangeIntake(
        axis,
        logged,
        np.array([i.amount for i in each], dtype=np.float64).reshape(shape),
        np.array([i.coverage for i in each], dtype=np.float64).reshape(shape),
        whole,
        whole.amount / len(logged) if logged else np.full(len(axis), np.nan),
    )


def scale(composition: Composition, factor: float) -> dict[str, float]:
    """The composition of ``factor`` times as much; what is unknown stays absent.

    Args:
        composition: Nutrient id to amount.
        factor: How many times, 0 or more.

    Raises:
        InputError: A factor that is negative or not a number.
    """
    if not (np.isfinite(factor) and factor >= 0):
        raise InputError(f"found {factor} times a food, expected 0 or more", field="amount")
    return {n: v * factor for n, v in composition.items() if np.isfinite(v)}


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient of a recipe.

    Attributes:
        composition: Nutrient id to amount per basis; unknown is absent.
        share: How many times the basis goes into the dish (80 g of a food known per 100 g is 0.8).
        mass_g: Its mass in grams.
    """

    composition: Composition
    share: float
    mass_g: float


@dataclass(frozen=True, slots=True)
class RecipeComposition:
    """What a whole recipe holds.

    Attributes:
        whole: Nutrient id to amount in the whole dish; a nutrient unknown in any ingredient is absent.
        mass_g: Mass of the whole dish as eaten, in grams.
        coverage: Nutrient id to the coverage of the ingredients (see ``total``), also where absent.
    """

    whole: dict[str, float]
    mass_g: float
    coverage: dict[str, float]

    @property
    def per_100_g(self) -> dict[str, float]:
        """Nutrient id to amount in 100 g of the dish as eaten."""
        return scale(self.whole, 100 / self.mass_g)

    def per_serving(self, servings: float) -> dict[str, float]:
        """Nutrient id to amount in one of so many equal servings.

        Raises:
            InputError: Not a number above 0.
        """
        if not (np.isfinite(servings) and servings > 0):
            raise InputError(f"found {servings} servings, expected a number above 0", field="servings")
        return scale(self.whole, 1 / servings)


def recipe_composition(ingredients: Sequence[Ingredient], *, cooked_mass_g: float | None = None) -> RecipeComposition:
    """What a dish of these ingredients holds.

    A nutrient is known in the dish **only if it is known in every ingredient** that was put in. A sum over
    some of them would be kept in every diary that logs the dish and look like a measurement, since a
    snapshot cannot say that it is a lower bound; so it is left out; ``coverage`` says how near it came. An
    ingredient with a share of 0 is not in the dish. Only water is lost in cooking: losses of vitamins are not
    modelled.

    Args:
        ingredients: At least one.
        cooked_mass_g: Mass of the finished dish; None takes the sum of the ingredients.

    Raises:
        InputError: No ingredients, a negative or unknown share or mass, or a dish that weighs nothing.
    """
    used = [i for i in ingredients if i.share != 0]
    if not used:
        raise InputError("found no ingredients, expected at least one", field="ingredients")
    mass = sum(i.mass_g for i in used) if cooked_mass_g is None else cooked_mass_g
    if not (np.isfinite(mass) and mass > 0):
        raise InputError(
            f"found a dish of {mass:g} g, expected more than 0; weigh the dish, or its ingredients",
            field="cooked_mass_g",
        )
    axis = tuple(dict.fromkeys(n for i in used for n in i.composition))
    found = total([scale(i.composition, i.share) for i in used], axis)
    whole = {n: float(found.amount[k]) for k, n in enumerate(axis) if found.known[k] == len(used)}
    return RecipeComposition(whole, float(mass), dict(zip(axis, found.coverage.tolist(), strict=True)))
