"""What an amount of one food weighs, by the food's own measures: a volume never becomes a mass by guess."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from provender.catalogue.food import Food, Portion
from provender.catalogue.words import fold, stem, tokens
from provender.diary.amounts import LARGEST_NUMBER, Amount
from provender.diary.entries import LARGEST_MASS_G
from provender.diary.unit_words import IMPERIAL_PINT_ML, SIZES, VAGUE, VAGUE_OF_DRINKS, unit_of
from provender.terms.numbers import parse_number
from provender.terms.units import MASS_G, VOLUME_ML, convert

ONE = Decimal(1)
MOST_IN_ONE_PORTION_KCAL = 450.0
"""A measure with more is not what somebody means who gives no amount (a cup of butter). Source: own."""
LEAST_IN_ONE_PORTION_G, MOST_IN_ONE_PORTION_G = 10.0, 500.0
VERY_SALTY_MG = 5000.0
"""Sodium in 100 g above which a food is a seasoning."""
HUGE_KCAL = 10_000.0

_USUAL_SIZE = {"egg": "large"}
"""The size meant by a bare count, where it is not medium. Source: USDA, the standard egg is the large one."""
_STAND_INS = {
    "can": ("can", "bottle"),
    "bottle": ("bottle", "can"),
    "glass": ("glass", "serving"),
    "mug": ("mug", "cup"),
    "shot": ("shot", "jigger"),
    "strip": ("strip", "slice"),
    "container": ("container", "package"),
    "packet": ("packet", "package", "bag", "envelope"),
    "package": ("package", "packet"),
    "bowl": ("bowl",),
    "patty": ("patty", "burger"),
}
_LONGEST_FIRST = sorted(SIZES, key=len, reverse=True)
_LOOSELY = frozenset({"cup", "package"})
"""Stand-ins that are worth a question."""
_WHOLE_PACKS = frozenset({"bag", "box", "jar", "package", "loaf", "head", "bunch", "container", "bottle"})
_LARGE_PACKS = frozenset({"bag", "box", "jar", "package", "loaf"})
"""Packs that are worth a question when something is only counted: ``3 crisps`` are not three bags."""
_TAKEN_AS = "each is taken as"
_NOT_EATEN_SO = frozenset({"yield", "recipe", "pr", "nlea", "cubic", "unit", "rack"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """An amount of one food, weighed.

    Attributes:
        quantity: How many of ``portion``, or grams when that is None.
        portion: The food's own measure; None for grams.
        mass_g: Grams; None when it cannot be known without asking, or the food is counted in servings.
        question: What must be asked first; None when nothing.
        may_be: What it may be when it must be asked, smallest first; empty when nobody can tell.
        said: The amount in words when this is one of those, such as ``1/4 cup`` or ``2.5``; else "".
    """

    quantity: Decimal
    portion: Portion | None = None
    mass_g: Decimal | None = None
    question: str | None = None
    may_be: tuple["Weighed", ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Measure:
    """A portion understood: ``cup, sliced`` has the unit cup and the word sliced."""

    portion: Portion
    unit: str | None
    size: str | None
    words: frozenset[str]
    note: frozenset[str]

    @property
    def grams(self) -> Decimal:
        """Grams in one measure, e.g. in one breast when the portion is half a breast."""
        return Decimal(str(self.portion.mass_g)) / Decimal(str(self.portion.amount))


def weigh(food: Food, amount: Amount, *, us: bool = False) -> Weighed:
    """What an amount of a food weighs.

    Args:
        food: The food.
        amount: What was written; a doubt in it becomes the question.
        us: Whether a pint is known to be the American one; otherwise it is asked about.

    Returns:
        Mass exactly for a unit of mass; by the food's own measure for anything else; with ``mass_g`` None and
        a question when the food has no such measure.
    """
    number = amount.quantity
    if number is None and amount.doubt:
        return Weighed(ONE, None, None, amount.doubt)
    if number is not None and not 0 < number <= LARGEST_NUMBER:
        return Weighed(ONE, None, None, amount.doubt or f"found {number:f}; how much was it?")
    found = _weigh(food, amount)
    if found.mass_g is not None and found.mass_g > LARGEST_MASS_G:
        heavy = f"that comes to {found.mass_g / 1000:,.1f} kg of {food.name}; how much was it?"
        return Weighed(ONE, None, None, heavy)
    if found.mass_g == 0:
        return Weighed(ONE, None, None, f"found next to nothing of {food.name}; how much was it?")
    question = amount.doubt or found.question or _huge(food, found.mass_g)
    choices = _choices(food, amount, found, us=us)
    if question is None and choices:
        question = "a pint is 473 ml in the US and 568 ml in Britain; which was it?"
    elif choices and not amount.doubt:
        what = f"{amount.unit} one" if amount.unit in SIZES else amount.unit
        question = f"a {what} has no fixed size; how much was it?"
    return replace(found, question=question, may_be=choices)


def _choices(food: Food, amount: Amount, found: Weighed, *, us: bool) -> tuple[Weighed, ...]:
    """What a doubtful amount may be: each number of a range, each volume of a handful; none that cannot be weighed."""
    unit = amount.unit or ""
    if amount.may_be:
        listed = [(n, amount.unit, f"{n:f} {unit}".strip()) for n in amount.may_be]
    elif unit == "pint" and not us:
        number = amount.quantity or ONE
        named = (("US", VOLUME_ML["pint"]), ("British", IMPERIAL_PINT_ML))
        listed = [(number * ml, "ml", f"{number:f} {which} pint") for which, ml in named]
    elif found.mass_g is None:
        vague = VAGUE.get(unit, VAGUE_OF_DRINKS.get(unit, "") if _is_drink(food) else "")
        listed = [_times_said(said, amount.quantity or ONE) for said in vague.split(", ") if said]
    else:
        return ()
    weighed = [(_weigh(food, replace(amount, quantity=n, unit=u, size=None)), said) for n, u, said in listed]
    return tuple(
        replace(w, question=None, said=said)
        for w, said in weighed
        if w.mass_g and w.mass_g <= LARGEST_MASS_G and not (w.question or "").startswith(_TAKEN_AS)
    )


def _times_said(said: str, times: Decimal) -> tuple[Decimal, str, str]:
    number, _, unit = said.rpartition(" ")
    return parse_number(number) * times, unit, said if times == 1 else f"{times:f} × {said}"


def _is_drink(food: Food) -> bool:
    """Whether a food is measured in fluid ounces."""
    return any("fl oz" in portion.measure or "fluid" in portion.measure for portion in food.portions)


def _weigh(food: Food, amount: Amount) -> Weighed:
    measures = [m for m in map(_understood, food.portions) if m is not None]
    number, unit = amount.quantity, amount.unit
    if food.basis_g is None and not measures:
        portion = food.portions[0] if food.portions else Portion(1.0, "serving", None)
        return Weighed(number or ONE, portion)
    if unit is None:
        return _counted(food, measures, number, amount.words)
    how_many = ONE if number is None else number
    if unit in MASS_G:
        grams = convert(how_many, unit, "g")
        return Weighed(grams, None, grams)
    if unit in VOLUME_ML:
        return _poured(food, measures, how_many, unit, amount.words)
    return _measured(food, measures, how_many, amount)


def _huge(food: Food, mass_g: Decimal | None) -> str | None:
    energy = _energy_kcal(food, None if mass_g is None else float(mass_g))
    if energy is None or energy <= HUGE_KCAL:
        return None
    return f"that comes to {energy:,.0f} kcal of {food.name}; is that right?"


def _energy_kcal(food: Food, mass_g: float | None) -> float | None:
    density = food.composition.get("ENERC_KCAL")
    return None if density is None or mass_g is None or not food.basis_g else density * mass_g / food.basis_g


def _understood(portion: Portion) -> _Measure | None:
    """A portion's words understood; None when it has no usable mass."""
    if portion.mass_g is None or not portion.mass_g > 0 or not portion.amount > 0:
        return None
    main, _, note = portion.measure.partition("(")
    words = [word for word in tokens(main) if not word.isdigit()]
    unit = next((u for u in (unit_of(" ".join(words[:n])) for n in (2, 1)) if u is not None), None)
    size = next((s for s in _LONGEST_FIRST if s in " ".join(words)), None)
    if unit == "cup" and "size" in words:
        unit = "container"
    spare = {stem(word) for word in words} - {unit or "", *(size or "").split()}
    return _Measure(portion, unit, size, frozenset(spare), frozenset(stem(w) for w in tokens(note)))


def _times(measure: _Measure, number: Decimal, question: str | None = None) -> Weighed:
    quantity = number / Decimal(str(measure.portion.amount))
    mass = (quantity * Decimal(str(measure.portion.mass_g))).quantize(Decimal("0.0001")).normalize()
    return Weighed(_tidy(quantity), measure.portion, _tidy(mass), question)


def _tidy(number: Decimal) -> Decimal:
    short = number.quantize(Decimal("0.0001")) if number < LARGEST_MASS_G * 1000 else number
    bare = short.normalize()
    return bare.quantize(ONE) if bare == bare.to_integral_value() else bare


def _ask(food: Food, what: str) -> Weighed:
    return Weighed(ONE, None, None, f"how many grams is {what} of {food.name}? It has no such measure")


def _poured(food: Food, measures: Sequence[_Measure], number: Decimal, unit: str, words: str) -> Weighed:
    """A volume, by the food's measure in that unit, or by the density its other volume measures give."""
    same = [m for m in measures if m.unit == unit]
    if same:
        best, question = _told_apart(same, words)
        return _times(best, number, question)
    volumes = sorted((m for m in measures if m.unit in VOLUME_ML), key=lambda m: m.unit != "cup")
    if not volumes:
        return _ask(food, f"{number:f} {unit}")
    best, question = _told_apart([m for m in volumes if m.unit == volumes[0].unit], words)
    measured = convert(number, unit, str(best.unit))
    grams = _tidy(measured * best.grams)
    return Weighed(grams, None, grams, question)


def _measured(food: Food, measures: Sequence[_Measure], number: Decimal, amount: Amount) -> Weighed:
    """A household measure or a size, by the food's own measure of that name."""
    unit = str(amount.unit)
    if unit in SIZES:
        sized = [m for m in measures if m.size == unit and m.unit in {None, "piece", "container"}]
        return _times(_told_apart(sized, amount.words)[0], number) if sized else _ask(food, f"a {unit} one")
    for name in _STAND_INS.get(unit, (unit,)):
        named = [m for m in measures if name == m.unit or name in m.words]
        if name == "serving" and unit == "glass":
            named = [m for m in named if "fl" in m.words or "oz" in m.words]
        if named:
            sized = [m for m in named if (amount.size and (m.size or "") == amount.size) or amount.size in m.words]
            best = _told_apart(sized or named, amount.words)[0]
            asked = f"a {unit} is taken as {best.portion.label}; is that right?" if name in _LOOSELY else None
            return _times(best, number, asked)
    if unit == "piece":
        natural = _natural(food, measures, amount.words)
        if natural is not None and natural.unit not in VOLUME_ML:
            return _times(natural, number)
    if unit == "serving" and measures:
        return _times(_usual(food, measures, amount.words), number)
    return _ask(food, f"a {unit}")


def _told_apart(measures: Sequence[_Measure], words: str) -> tuple[_Measure, str | None]:
    """The measure, of several in one unit, that the words mean, else the plainest; a question if unsure."""
    said = {stem(w) for w in tokens(words)}
    best = max(measures, key=lambda m: (len(m.words & said), _plain(m), -measures.index(m)))
    masses = [m.grams for m in measures]
    if best.words & said or _plain(best) or max(masses) <= min(masses) * Decimal("1.1"):
        return best, None
    listed = ", ".join(f"{m.portion.measure} {m.portion.mass_g:g} g" for m in measures[:4])
    return best, f"which measure: {listed}?"


def _plain(measure: _Measure) -> int:
    if measure.note & _NOT_EATEN_SO or measure.words & _NOT_EATEN_SO:
        return 0
    if measure.size not in {None, "medium"}:
        return 1
    return 2 if not measure.words or measure.words & {"regular"} else int(bool(measure.words & {"whole", "medium"}))


def _counted(food: Food, measures: Sequence[_Measure], number: Decimal | None, words: str) -> Weighed:
    """A bare count, or no number at all: one usual portion."""
    if not measures:
        return _ask(food, "that" if number is None else f"{number:f}")
    if number is None:
        usual = _usual(food, measures, words)
        return _times(usual, Decimal(str(usual.portion.amount)))
    natural = _natural(food, measures, words)
    if natural is None:
        usual = _usual(food, measures, words)
        asked = f"{_TAKEN_AS} {usual.portion.label}; is that right?"
        return _times(usual, number * Decimal(str(usual.portion.amount)), asked)
    uncountable = natural.unit in _LARGE_PACKS or (natural.unit in VOLUME_ML and not _is_drink(food))
    return _times(natural, number, f"{_TAKEN_AS} {natural.portion.label}; is that right?" if uncountable else None)


def _natural(food: Food, measures: Sequence[_Measure], words: str) -> _Measure | None:
    """The measure in which one counts this food: the egg, the slice, the medium banana."""
    named = {stem(w) for w in tokens(food.name)}
    said = {stem(w) for w in tokens(words)}
    ranked = [(_rank(m, named, said), -_plain(m), n, m) for n, m in enumerate(measures)]
    best = min((r for r in ranked if r[0] < _LAST), default=None, key=lambda r: r[:3])
    return None if best is None else best[3]


_LAST = 90


def _rank(measure: _Measure, named: set[str], said: set[str]) -> int:
    """Order in which measures are meant by a bare count; ``_LAST`` for never."""
    if measure.unit in MASS_G or (measure.words | measure.note) & _NOT_EATEN_SO or measure.words == {"skin"}:
        return _LAST
    usual = next((size for food, size in _USUAL_SIZE.items() if food in named), "medium")
    own_noun = bool(measure.words & named)
    tests = (
        bool(measure.words & said - named) and measure.unit is None,
        measure.unit is None and measure.size == usual and (own_noun or not measure.words - {"whole"}),
        own_noun and measure.size is None and measure.unit not in VOLUME_ML,
        bool(measure.words & {"fruit", "whole", "item"}) and measure.unit is None and measure.size is None,
        measure.unit is None and measure.size is not None,
        measure.unit == "piece",
        measure.unit == "slice" and "regular" in measure.words,
        measure.unit is not None and measure.unit not in VOLUME_ML and measure.unit not in _WHOLE_PACKS | {"serving"},
        measure.unit is None,
        measure.unit == "serving",
        measure.unit == "cup",
        measure.unit in VOLUME_ML,
    )
    return next((rank for rank, true in enumerate(tests) if true), 50)


def _usual(food: Food, measures: Sequence[_Measure], words: str) -> _Measure:
    """One portion as people eat it when they say no amount: about 10 to 500 g and at most 450 kcal."""
    if (food.composition.get("NA") or 0.0) > VERY_SALTY_MG or food.name.startswith("Spices,"):
        return min(measures, key=lambda m: m.portion.mass_g or 0.0)
    named = {stem(w) for w in tokens(food.name)}
    said = {stem(w) for w in tokens(words)}
    fitting = [m for m in measures if _fits(food, m)]
    ranked = [(_rank(m, named, said), -_plain(m), n, m) for n, m in enumerate(fitting)]
    ranked = [r if r[0] < _LAST else (_LAST + (r[3].unit != "oz"), *r[1:]) for r in ranked]
    if ranked:
        return min(ranked, key=lambda r: r[:3])[3]
    return min(measures, key=lambda m: abs((m.portion.mass_g or 0.0) - 30.0))


def _fits(food: Food, measure: _Measure) -> bool:
    mass_g = measure.portion.mass_g or 0.0
    energy = _energy_kcal(food, mass_g)
    small_enough = mass_g <= MOST_IN_ONE_PORTION_G and (energy is None or energy <= MOST_IN_ONE_PORTION_KCAL)
    return small_enough and mass_g >= LEAST_IN_ONE_PORTION_G and fold(measure.portion.measure) != "lb"
