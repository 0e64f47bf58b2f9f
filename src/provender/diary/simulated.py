"""A diary nobody wrote: a plausible person for the demo and for tests, the same for the same seed.

Sam eats from a small set of plain meals, more at weekends, forgets some days and finishes others half,
walks, weighs herself on most mornings and scores her back pain in the evening. Her weight follows what she
*really* ate, which is more than she wrote down. No food and no treatment acts on her pain: there is nothing
to be found in it.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from itertools import groupby
from typing import Final

import numpy as np

from provender.catalogue.food import Food
from provender.diary.activities import ACTIVITIES, energy_kcal
from provender.diary.entries import Kind, Meal, Snapshot, eaten_mass_g, energy_of, snapshot_of
from provender.terms.errors import NotFoundError
from provender.terms.units import without_dust

SOURCE: Final = "usda-sr24"
PAIN: Final = "pain-0-10"
UNLOGGED_SHARE: Final = 0.10
"""She eats a tenth more than she writes down (people log 10 to 25 % less than they eat)."""
SPENT_KCAL: Final = 2170.0
"""What she spends at her first weight without exercise: EER 2023 for her, inactive."""
KCAL_PER_KG: Final = 9_990.0
SPENT_LESS_PER_KG: Final = 22.6
"""Energy of a kilogram for her fat mass, and how much less a lighter body spends; Hall's linearised model."""


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """Who the simulated diary is about: ``energy.plan.Person`` without a day, and a goal in kg a week."""

    name: str
    sex: str
    birth_date: date
    height_m: float
    weight_kg: float
    activity: str
    goal_kg_per_week: float


@dataclass(frozen=True, slots=True)
class SimulatedEntry:
    """One line of a simulated diary.

    Attributes:
        day: Its day.
        minute: Minutes after midnight, on the person's own clock.
        kind: What it records.
        name: The food, activity or instrument.
        meal: Which meal, for food and quick calories.
        food_id: Catalogue id of a food, ``compendium:`` and a code for exercise; "" otherwise.
        amount: How many of ``unit``; None for a note.
        unit: A portion's label or ``g``; ``kcal``, ``min``, ``ml``, ``kg``, or the instrument of a score.
        mass_g: Eaten mass, or body mass; None when there is none.
        energy_kcal: Eaten, or spent net of rest; None when unknown.
        text: The words of a note.
    """

    day: date
    minute: int
    kind: Kind
    name: str
    meal: Meal | None = None
    food_id: str = ""
    amount: Decimal | None = None
    unit: str = ""
    mass_g: Decimal | None = None
    energy_kcal: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated diary: who, every entry in order of day and time, and the days marked complete."""

    person: SimulatedPerson
    entries: tuple[SimulatedEntry, ...]
    complete_days: tuple[date, ...]


_Item = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class _Dish:
    """How likely a dish is on a weekday and at a weekend, and its foods: NDB number, unit, usual amount."""

    weekday: float
    weekend: float
    items: tuple[_Item, ...]


def _read_dishes() -> dict[Meal, tuple[_Dish, ...]]:
    text = files("provender.diary").joinpath("simulated_meals.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    dishes: dict[Meal, list[_Dish]] = {meal: [] for meal in Meal}
    for (meal, _), lines in groupby(rows, key=lambda row: (row["meal"], row["dish"])):
        foods = list(lines)
        items = tuple((row["ndb"], row["unit"], float(row["amount"])) for row in foods)
        dishes[Meal(meal)].append(_Dish(float(foods[0]["weekday"]), float(foods[0]["weekend"]), items))
    return {meal: tuple(found) for meal, found in dishes.items()}


_DISHES: Final = _read_dishes()
_DRINKS: Final = (("14209", "1 cup (8 fl oz)"), ("14355", "1 cup (8 fl oz)"))
_HOURS: Final = ((Meal.BREAKFAST, 7.3), (Meal.LUNCH, 12.6), (Meal.SNACKS, 16.0), (Meal.DINNER, 19.1))
_EXERCISE: Final = (
    (0, "02150", 30.0, 0.6),
    (1, "17200", 35.0, 0.7),
    (2, "08245", 45.0, 0.25),
    (3, "17200", 35.0, 0.7),
    (5, "17082", 70.0, 0.5),
    (6, "18310", 40.0, 0.3),
)
"""Day of the week (Monday is 0), code of the activity, usual minutes, how likely."""
_NOTES: Final = (
    "Slept badly.",
    "Long day at the desk.",
    "Long drive, back stiff in the evening.",
    "Dinner with friends.",
    "Good walk by the river.",
    "Back better today.",
)


def simulate(rng: np.random.Generator, *, days: int, last_day: date, foods: Callable[[str], Food]) -> Simulated:
    """A simulated diary of so many days up to and including the last one, which is still under way.

    Args:
        rng: The only source of chance: the same state gives the same diary.
        days: How many days, at least 1.
        last_day: The last day; it holds a morning and a lunch.
        foods: Reads a food by id (``usda-sr24:NNNNN``) and raises NotFoundError for one that is not there;
            such foods are left out.
    """
    first = last_day - timedelta(days=days - 1)
    person = SimulatedPerson("Sam", "female", _years_before(last_day, 42), 1.68, 78.4, "inactive", -0.4536)
    sam = _Sam(rng, foods, person.weight_kg)
    entries: list[SimulatedEntry] = []
    complete: list[date] = []
    for day in (first + timedelta(days=i) for i in range(days)):
        written, finished = sam.live(day, under_way=day == last_day)
        entries += sorted(written, key=lambda e: e.minute)
        complete += [day] if finished else []
    return Simulated(person, tuple(entries), tuple(complete))


def _years_before(day: date, years: int) -> date:
    """A 14th of March that makes someone this old on the day."""
    return date(day.year - years - ((day.month, day.day) < (3, 14)), 3, 14)


class _Sam:
    """The state that goes from day to day: body, water, pain, and the foods read so far."""

    def __init__(self, rng: np.random.Generator, foods: Callable[[str], Food], weight_kg: float) -> None:
        self.rng = rng
        self.foods = foods
        self.read: dict[str, tuple[str, Snapshot] | None] = {}
        self.weight_kg = self.first_kg = weight_kg
        self.water_kg = 0.0
        self.pain = 0.0

    def live(self, day: date, *, under_way: bool) -> tuple[list[SimulatedEntry], bool]:
        """One day: what was written down, and whether it was marked complete."""
        meals = self.meals(day)
        moved = self.exercise(day)
        body = self.body(day)
        rest = self.drinks(day) + self.evening(day)
        eaten = sum(e.energy_kcal or 0.0 for e in meals) * (1 + UNLOGGED_SHARE)
        spent = SPENT_KCAL - SPENT_LESS_PER_KG * (self.first_kg - self.weight_kg)
        spent += sum(e.energy_kcal or 0.0 for e in moved)
        self.weight_kg += (eaten - spent) / KCAL_PER_KG
        chance = self.rng.random()
        if under_way:
            return [e for e in meals + moved + body + rest if e.minute < 14 * 60], False
        if chance < 0.06:
            return body, False
        if chance < 0.15:
            return [e for e in meals if e.meal is not Meal.DINNER][:6] + body + rest, False
        return meals + moved + body + rest, chance < 0.93

    def chosen(self, meal: Meal, *, weekend: bool) -> tuple[_Item, ...]:
        """One dish, as likely as it is on such a day."""
        dishes = _DISHES[meal]
        likely = np.array([d.weekend if weekend else d.weekday for d in dishes], dtype=np.float64)
        return dishes[int(self.rng.choice(len(dishes), p=likely / likely.sum()))].items

    def meals(self, day: date) -> list[SimulatedEntry]:
        """Everything she ate on a day."""
        weekend = day.weekday() >= 5
        found: list[SimulatedEntry] = []
        for meal, hour in _HOURS:
            minute = int((hour + self.rng.normal(0, 0.35) + (0.8 if weekend else 0)) * 60)
            if meal is Meal.LUNCH and self.rng.random() < (0.2 if weekend else 0.08):
                kcal = Decimal(int(self.rng.integers(10, 16)) * 50)
                found.append(
                    SimulatedEntry(day, minute, Kind.ENERGY, "Lunch out", meal, "", kcal, "kcal", None, float(kcal))
                )
                continue
            for ndb, unit, amount in self.items(meal, weekend=weekend):
                found += self.eaten(day, minute, meal, ndb, unit, self.varied(unit, amount))
        return found

    def items(self, meal: Meal, *, weekend: bool) -> tuple[_Item, ...]:
        """The foods of one meal."""
        dish = self.chosen(meal, weekend=weekend)
        if meal is Meal.BREAKFAST:
            return (*dish, (*_DRINKS[0], 1), ("01079", "1 fl oz", 1))
        if meal is not Meal.SNACKS:
            return dish
        more = self.rng.random() < (0.6 if weekend else 0.35)
        second = self.chosen(meal, weekend=weekend) if more else ()
        return (*dict.fromkeys(dish + second), (*_DRINKS[int(self.rng.random() < 0.6)], 1))

    def varied(self, unit: str, amount: float) -> Decimal:
        """Today's amount: grams to the nearest 5, portions now and then half as much or more."""
        if unit == "g":
            return Decimal(max(5, 5 * round(amount * float(self.rng.normal(1.0, 0.12)) / 5)))
        factor = float(self.rng.choice([0.5, 1.0, 1.5], p=[0.08, 0.80, 0.12]))
        return without_dust(Decimal(str(max(0.25, round(amount * factor * 4) / 4))))

    def eaten(self, day: date, minute: int, meal: Meal, ndb: str, unit: str, amount: Decimal) -> list[SimulatedEntry]:
        """The entry for a food, or none when the catalogue does not hold it."""
        known = self.food(f"{SOURCE}:{ndb}")
        if known is None:
            return []
        name, snapshot = known
        mass = eaten_mass_g(snapshot, amount, unit)
        kcal = energy_of(snapshot, amount, mass)
        return [SimulatedEntry(day, minute, Kind.FOOD, name, meal, snapshot.food_id, amount, unit, mass, kcal)]

    def food(self, food_id: str) -> tuple[str, Snapshot] | None:
        """The name and snapshot of a food, read once; None when it is not there."""
        if food_id not in self.read:
            try:
                found = self.foods(food_id)
            except NotFoundError:
                self.read[food_id] = None
            else:
                self.read[food_id] = (found.name, snapshot_of(found, ""))
        return self.read[food_id]

    def exercise(self, day: date) -> list[SimulatedEntry]:
        """What she did on a day, net of rest."""
        found = []
        for weekday, code, minutes, chance in _EXERCISE:
            if weekday != day.weekday() or self.rng.random() >= chance:
                continue
            activity = next(a for a in ACTIVITIES if a.id == code)
            took = 5 * max(2, round(minutes * float(self.rng.normal(1, 0.15)) / 5))
            found.append(
                SimulatedEntry(
                    day,
                    int(self.rng.integers(17 * 60, 18 * 60 + 30)),
                    Kind.EXERCISE,
                    activity.name,
                    food_id=f"compendium:{code}",
                    amount=Decimal(took),
                    unit="min",
                    energy_kcal=round(energy_kcal(activity.met, self.weight_kg, took), 1),
                )
            )
        return found

    def body(self, day: date) -> list[SimulatedEntry]:
        """The morning's weighing, on two days of three: trend, slow water and the scale's own noise."""
        self.water_kg = 0.8 * self.water_kg + float(self.rng.normal(0, 0.25))
        shown = round(self.weight_kg + self.water_kg + float(self.rng.normal(0, 0.15)), 1)
        if self.rng.random() >= 0.67:
            return []
        kg = Decimal(str(shown))
        minute = int(self.rng.integers(6 * 60 + 30, 7 * 60))
        return [SimulatedEntry(day, minute, Kind.WEIGHT, "Weight", amount=kg, unit="kg", mass_g=kg * 1000)]

    def drinks(self, day: date) -> list[SimulatedEntry]:
        """Glasses of water through the day."""
        minutes = np.sort(self.rng.integers(8 * 60, 21 * 60, size=int(self.rng.integers(2, 6)))).tolist()
        ml = Decimal(250)
        return [SimulatedEntry(day, m, Kind.WATER, "Water", amount=ml, unit="ml") for m in minutes]

    def evening(self, day: date) -> list[SimulatedEntry]:
        """The evening's pain score, which stays like yesterday's, and now and then a note."""
        self.pain = 0.7 * self.pain + float(self.rng.normal(0, 1.1))
        note = int(self.rng.integers(0, len(_NOTES))) if self.rng.random() < 0.12 else None
        worse = {2: 1.5, 5: -1.0}.get(-1 if note is None else note, 0.0)
        score = Decimal(int(np.clip(round(4.2 + self.pain + worse), 0, 10)))
        found = []
        if self.rng.random() < 0.93:
            found.append(SimulatedEntry(day, 21 * 60, Kind.OBSERVATION, "Back pain", amount=score, unit=PAIN))
        if note is not None:
            found.append(SimulatedEntry(day, 21 * 60 + 5, Kind.NOTE, "Note", text=_NOTES[note]))
        return found
