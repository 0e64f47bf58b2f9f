"""Body-weight dynamics of adults: what a body weighs, stores and spends as its intake changes, for many at once.

The model is that of Hall 2011 in the form of the program ``hallmodel`` (MIT): four Runge-Kutta stages a day,
fat tied to lean tissue by Forbes' curve, the energy of glycogen counted in the balance. Every function takes
arrays of one leading shape, float64; a number broadcasts. A value that is NaN stays NaN for its person alone.

Source: Hall KD, Sacks G et al. (2011), Lancet 378:826-837, DOI 10.1016/S0140-6736(11)60812-X.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from provender.energy.body import (
    BETA_AT,
    BETA_TEF,
    CARBOHYDRATE_MG_D,
    FORBES_KG,
    GAMMA_FAT,
    GAMMA_LEAN,
    GLYCOGEN_KG,
    KG_PER_GLYCOGEN_KG,
    RHO_FAT,
    RHO_GLYCOGEN,
    RHO_LEAN,
    SODIUM_MG_PER_L,
    SODIUM_MG_PER_L_D,
    TAU_AT_D,
    Array,
    Baseline,
    Values,
    laying_down_kcal_per_kg,
    moving_kcal_per_kg,
)
from provender.terms.errors import InputError

_AT_RATE, _ECF_RATE = -1 / TAU_AT_D, -SODIUM_MG_PER_L_D / SODIUM_MG_PER_L
PERSONS_A_CHUNK: Final = 4096
"""Persons advanced together, so that what they need stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class State:
    """Bodies at one moment; arrays of one shape, or numbers.

    Attributes:
        fat_kg: Fat in kg.
        lean_kg: Lean tissue without glycogen and extracellular fluid, kg.
        glycogen_kg: Glycogen in kg, without its water.
        ecf_kg: Extracellular fluid in kg.
        at_kcal: Adaptive thermogenesis, kcal a day; 0 at baseline.
    """

    fat_kg: Values
    lean_kg: Values
    glycogen_kg: Values
    ecf_kg: Values
    at_kcal: Values

    @property
    def weight_kg(self) -> Values:
        """Body mass in kg, glycogen's water included."""
        return self.fat_kg + self.lean_kg + self.ecf_kg + KG_PER_GLYCOGEN_KG * self.glycogen_kg


@dataclass(frozen=True, slots=True)
class Day:
    """What is taken in on one day; arrays that broadcast against the bodies, or numbers.

    Attributes:
        kcal: Energy eaten, kcal.
        carbohydrate_kcal: Energy of carbohydrate, kcal; None takes the baseline's share of ``kcal``.
        sodium_mg: Sodium above (or below) the baseline's, mg.
    """

    kcal: Values
    carbohydrate_kcal: Values | None = None
    sodium_mg: Values = 0.0


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Bodies day by day, each array (P, D + 1): column 0 is the start, column d the end of day d.

    Attributes:
        weight_kg: Body mass in kg.
        fat_kg: Fat in kg.
        lean_kg: Lean tissue in kg.
        glycogen_kg: Glycogen in kg.
        ecf_kg: Extracellular fluid in kg.
        at_kcal: Adaptive thermogenesis, kcal a day.
        expenditure_kcal: Energy spent in the day that ends here: eaten less stored; column 0 is the baseline's.
    """

    weight_kg: Array
    fat_kg: Array
    lean_kg: Array
    glycogen_kg: Array
    ecf_kg: Array
    at_kcal: Array
    expenditure_kcal: Array


def at_rest(base: Baseline) -> State:
    """The state in which these bodies begin: at their baseline, unadapted."""
    nothing = np.zeros_like(np.asarray(base.weight_kg, dtype=np.float64))
    return State(base.fat_kg, base.lean_kg, nothing + GLYCOGEN_KG, base.ecf_kg, nothing)


def step(state: State, base: Baseline, day: Day, then: Day | None = None) -> State:
    """The bodies one day later: a pure function, of any leading shape.

    ``balance = kcal - spent``, where ``spent = expenditure_kcal + 3.107 * (fat - fat0) + 21.99 * (lean - lean0)
    + delta * (weight - weight0) + 0.1 * change + at + 4206.5 * dglycogen``, ``change = kcal - expenditure_kcal``
    and ``delta = (0.9 * expenditure_kcal - resting_kcal) / weight0``;
    ``dlean = balance / (1816.4 + 229.4 + (9440.7 + 179.3) * fat / 10.4)`` and ``fat`` follows as
    ``fat * exp(lean gained / 10.4)``. ``at`` moves towards ``0.14 * change`` over 14 days; glycogen and
    extracellular fluid follow carbohydrate and sodium.

    Nothing is kept between calls and nothing changed in place. A filter may hold ``fat_kg``, ``lean_kg``,
    ``at_kcal`` and its own guess of ``expenditure_kcal`` as a state of shape (S,) or (P, S), and hand
    ``glycogen_kg`` and ``ecf_kg`` through from the last call.

    Args:
        state: Where the bodies are.
        base: What their changes are counted from.
        day: What they eat on this day.
        then: What they eat on the day after, which ``hallmodel`` looks up at the last stage of its step; None
            keeps to ``day``, so that no day reads the next.

    Returns:
        The state at the end of the day; its weight is ``weight_kg``. No bounds are set: hunger to the end of
        all fat is not what the model is for, and where energy eaten and spent pass some 5,800 kcal a day (half
        of it carbohydrate) a day is too long a step for glycogen.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X; the form of ``hallmodel`` 2026.10.21.16.
    """
    fixed = _fixed(base)
    now = _fed(day, fixed)
    fat, lean, glycogen, fluid, at = _advanced(
        (state.fat_kg, state.lean_kg, state.glycogen_kg, state.ecf_kg - base.ecf_kg, state.at_kcal),
        fixed,
        now,
        now if then is None else _fed(then, fixed),
    )
    return State(fat, lean, glycogen, fluid + base.ecf_kg, at)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What does not change from day to day.

    Attributes:
        spent: Expenditure at baseline, kcal a day.
        delta: Cost of moving about, kcal a kg a day.
        fat_rate: What a kg of fat spends, moving included, kcal a day.
        lean_rate: What a kg of lean tissue spends, moving included, kcal a day.
        constant: What the baseline's own tissue spends, kcal a day: changes are counted from it.
        share: Share of energy from carbohydrate.
        carbohydrate: Carbohydrate at baseline, kcal a day.
        burning: Glycogen burnt, kg a day for each kg squared.
    """

    spent: Values
    delta: Values
    fat_rate: Values
    lean_rate: Values
    constant: Values
    share: Values
    carbohydrate: Values
    burning: Values


@dataclass(slots=True)
class _Fed:
    """What one day's food does.

    Attributes:
        kcal: Energy eaten, kcal.
        net: Energy above the baseline's less its own digestion, and the baseline's own tissue's, kcal a day.
        adapting: Drive of adaptation, kcal a day squared.
        glycogen: Glycogen the carbohydrate would make, kg a day.
        fluid: Drive of extracellular fluid, kg a day.
    """

    kcal: Values
    net: Values
    adapting: Values
    glycogen: Values
    fluid: Values


_Held = tuple[Values, Values, Values, Values, Values]
"""Fat, lean, glycogen, fluid above the baseline's (kg), adaptation (kcal a day)."""


def _fixed(base: Baseline) -> _Fixed:
    spent = base.expenditure_kcal
    delta = moving_kcal_per_kg(base)
    carbohydrate = base.carbohydrate_share * spent
    return _Fixed(
        spent=spent,
        delta=delta,
        fat_rate=GAMMA_FAT + delta,
        lean_rate=GAMMA_LEAN + delta,
        constant=GAMMA_FAT * base.fat_kg + GAMMA_LEAN * base.lean_kg + delta * (base.weight_kg - base.ecf_kg),
        share=base.carbohydrate_share,
        carbohydrate=carbohydrate,
        burning=carbohydrate / (GLYCOGEN_KG**2 * RHO_GLYCOGEN),
    )


def _fed(day: Day, fixed: _Fixed) -> _Fed:
    change = day.kcal - fixed.spent
    carbohydrate = fixed.share * day.kcal if day.carbohydrate_kcal is None else day.carbohydrate_kcal
    held_back = CARBOHYDRATE_MG_D * (1 - carbohydrate / fixed.carbohydrate)
    return _Fed(
        kcal=day.kcal,
        net=(1 - BETA_TEF) * change + fixed.constant,
        adapting=BETA_AT / TAU_AT_D * change,
        glycogen=carbohydrate / RHO_GLYCOGEN,
        fluid=(day.sodium_mg - held_back) / SODIUM_MG_PER_L,
    )


def _advanced(held: _Held, fixed: _Fixed, now: _Fed, then: _Fed) -> _Held:
    """One day on: the slow parts first, then lean tissue between their beginning, middle and end, as ``hallmodel``."""
    fat, lean, glycogen, fluid, at = held
    at_after = _driven(at, _AT_RATE, now.adapting, then.adapting)
    fluid_after = _driven(fluid, _ECF_RATE, now.fluid, then.fluid)
    made, glycogen_after = _glycogen(glycogen, fixed.burning, now.glycogen, then.glycogen)
    # energy left for lean tissue and fat before what these spend themselves, kcal a day
    drag = at + fixed.delta * (fluid + KG_PER_GLYCOGEN_KG * glycogen)
    drag_after = at_after + fixed.delta * (fluid_after + KG_PER_GLYCOGEN_KG * glycogen_after)
    halfway = 0.5 * (glycogen + glycogen_after)
    made_halfway = now.glycogen - fixed.burning * (halfway * halfway)
    made_after = then.glycogen - fixed.burning * (glycogen_after * glycogen_after)
    supply = (
        now.net - drag - RHO_GLYCOGEN * made,
        now.net - 0.5 * (drag + drag_after) - RHO_GLYCOGEN * made_halfway,
        then.net - drag_after - RHO_GLYCOGEN * made_after,
    )
    gained = _lean_gained(fat, lean, fixed, supply)
    return fat * np.exp(gained / FORBES_KG), lean + gained, glycogen_after, fluid_after, at_after


def _driven(value: Values, rate: float, drive: Values, drive_then: Values) -> Values:
    """Four Runge-Kutta stages of ``dvalue/dt = rate * value + drive``, in closed form."""
    kept = 1 + rate + rate**2 / 2 + rate**3 / 6 + rate**4 / 24
    return kept * value + ((kept - 1) / rate - 1 / 6) * drive + drive_then / 6


def _glycogen(glycogen: Values, burning: Values, eaten: Values, eaten_then: Values) -> tuple[Values, Values]:
    """Four Runge-Kutta stages of ``dglycogen/dt = eaten - burning * glycogen**2``: the first rate, and the end, kg."""
    k1 = eaten - burning * (glycogen * glycogen)
    on = glycogen + 0.5 * k1
    k2 = eaten - burning * (on * on)
    on = glycogen + 0.5 * k2
    k3 = eaten - burning * (on * on)
    on = glycogen + k3
    k4 = eaten_then - burning * (on * on)
    return k1, glycogen + (k1 + 2 * (k2 + k3) + k4) / 6


def _lean_gained(fat: Values, lean: Values, fixed: _Fixed, supply: tuple[Values, Values, Values]) -> Values:
    """Four Runge-Kutta stages of lean tissue in kg; the fat that goes along with it follows Forbes."""
    first, middle, last = supply

    def rate(supplied: Values, gained: Values, fat: Values) -> Values:
        balance = supplied - fixed.fat_rate * fat - fixed.lean_rate * (lean + gained)
        return balance / laying_down_kcal_per_kg(fat)

    k1 = rate(first, 0.0, fat)
    k2 = rate(middle, 0.5 * k1, fat * np.exp((0.5 / FORBES_KG) * k1))
    k3 = rate(middle, 0.5 * k2, fat * np.exp((0.5 / FORBES_KG) * k2))
    k4 = rate(last, k3, fat * np.exp((1 / FORBES_KG) * k3))
    return (k1 + 2 * (k2 + k3) + k4) / 6


def simulate(
    base: Baseline,
    intake_kcal: Values,
    *,
    carbohydrate_kcal: Values | None = None,
    sodium_mg: Values | None = None,
    days: int | None = None,
    reads_ahead: bool = True,
) -> Trajectory:
    """What P bodies become over D days.

    Args:
        base: The bodies, each array (P,) or a number for all.
        intake_kcal: Energy eaten, kcal a day: (P, D), (D,) for all alike, or a number with ``days``.
        carbohydrate_kcal: Energy of carbohydrate, of the same shapes; None takes the baseline's share.
        sodium_mg: Sodium above the baseline's, mg a day, of the same shapes; None is no change.
        days: D, where the intake is a number or one column.
        reads_ahead: As ``hallmodel``, whose last stage of a day looks up the next day's intake, so that a sixth
            of it is eaten the day before; False keeps each day to itself. The two agree while intake is constant.

    Returns:
        Arrays (P, D + 1). A NaN of intake makes the rest of its person's days NaN: fill gaps before.

    Raises:
        InputError: Shapes that do not fit one another.

    Source: Hall 2011, DOI 10.1016/S0140-6736(11)60812-X; equal to ``hallmodel`` 2026.10.21.16.
    """
    persons = _each(base)
    many = len(np.asarray(persons.weight_kg))
    intake = _by_day((intake_kcal, carbohydrate_kcal, sodium_mg), many, days)
    length = max(0 if values is None else values.shape[1] for values in intake)
    kept = [np.empty((length + 1, many)) for _ in range(7)]
    for begin in range(0, many, PERSONS_A_CHUNK):
        part = slice(begin, begin + PERSONS_A_CHUNK)
        _run(_part(persons, part), [_cut(values, part) for values in intake], [k[:, part] for k in kept], reads_ahead)
    return Trajectory(*(values.T for values in kept))


def _each(base: Baseline) -> Baseline:
    """The baseline with every value an array (P,)."""
    found = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(getattr(base, f.name), dtype=np.float64)) for f in fields(base))
    )
    if found[0].ndim != 1:
        raise InputError(f"found bodies of shape {found[0].shape}, expected one row of persons: (P,)")
    return Baseline(*found)


def _part(base: Baseline, part: slice) -> Baseline:
    return Baseline(*(np.ascontiguousarray(getattr(base, f.name)[part]) for f in fields(base)))


def _by_day(given: tuple[Values | None, ...], many: int, days: int | None) -> list[Array | None]:
    """Each of intake, carbohydrate and sodium as (P or 1, D), or None."""
    found = [None if values is None else np.atleast_2d(np.asarray(values, dtype=np.float64)) for values in given]
    lengths = {values.shape[1] for values in found if values is not None} - {1} | (
        {days} if days is not None else set()
    )
    rows = {values.shape[0] for values in found if values is not None} - {1, many}
    if len(lengths) > 1 or rows or min(lengths, default=1) < 1:
        shapes = [None if values is None else values.shape for values in found]
        raise InputError(
            f"found intakes of shapes {shapes} for {many} persons and {days} days, expected (P, D), (D,) or a number"
        )
    length = lengths.pop() if lengths else 1
    return [None if values is None else np.broadcast_to(values, (len(values), length)) for values in found]


def _cut(values: Array | None, part: slice) -> Array | None:
    """One chunk's intake with its days first: (D, p), or (D, 1) where all eat alike."""
    if values is None:
        return None
    return np.ascontiguousarray((values if len(values) == 1 else values[part]).T)


def _days(intake: list[Array | None], fixed: _Fixed) -> Iterator[_Fed]:
    kcal, carbohydrate, sodium = intake
    for day, eaten in enumerate(() if kcal is None else kcal):
        starch = None if carbohydrate is None else carbohydrate[day]
        yield _fed(Day(eaten, starch, 0.0 if sodium is None else sodium[day]), fixed)


def _run(base: Baseline, intake: list[Array | None], kept: list[Array], reads_ahead: bool) -> None:
    """Advance one chunk and write what it becomes into ``kept``, each (D + 1, p)."""
    fixed = _fixed(base)
    begin = at_rest(base)
    held: _Held = (begin.fat_kg, begin.lean_kg, begin.glycogen_kg, np.zeros_like(base.ecf_kg), begin.at_kcal)
    _write(kept, 0, held, base)
    kept[6][0] = base.expenditure_kcal
    fed = _days(intake, fixed)
    then = next(fed)
    for day in range(1, len(kept[0])):
        now, then = then, next(fed, then)
        seen = then if reads_ahead else now
        after = _advanced(held, fixed, now, seen)
        _write(kept, day, after, base)
        eaten = (5 * now.kcal + seen.kcal) / 6  # as the stages weigh the two days
        stored = RHO_FAT * (after[0] - held[0]) + RHO_LEAN * (after[1] - held[1])
        kept[6][day] = eaten - stored - RHO_GLYCOGEN * (after[2] - held[2])
        held = after


def _write(kept: list[Array], day: int, held: _Held, base: Baseline) -> None:
    fat, lean, glycogen, fluid, at = held
    fluid = fluid + base.ecf_kg
    kept[0][day] = fat + lean + fluid + KG_PER_GLYCOGEN_KG * glycogen
    kept[1][day], kept[2][day], kept[3][day], kept[4][day], kept[5][day] = fat, lean, glycogen, fluid, at
