"""What the plan page asks, read into a person and a goal: typed words in, values or a sentence a field out."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from provender.energy.plan import Goal, Person
from provender.energy.requirement import ACTIVITY_LEVELS, LIFE_STAGES, SEXES
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number
from provender.terms.units import amount_text, convert, parse_height, parse_mass, without_dust

FIELDS = (
    "system",
    "sex",
    "age",
    "birth_date",
    "feet",
    "inches",
    "pounds",
    "centimetres",
    "kilograms",
    "activity",
    "life_stage",
    "rate",
    "kg_per_week",
    "goal_weight",
    "eating_disorder",
)
RATES_LB = ("2", "1.5", "1", "0.5", "0", "-0.5", "-1", "-1.5", "-2")
LONGEST_SHOWN = 200
FIRST_YEAR = 1900
TENTH = Decimal("0.1")
SAME_RATE_KG = Decimal("0.0005")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan as asked for.

    Attributes:
        person: Who it is for.
        goal: What they want.
        values: The same as plain strings, as ``store.members.keep_plan`` takes them.
    """

    person: Person
    goal: Goal
    values: dict[str, str]


def typed_words(sent: Mapping[str, str]) -> dict[str, str]:
    """Every field of the form as it was sent, at most 200 characters each; "" where nothing was."""
    return {name: str(sent.get(name) or "").replace("\x00", "").strip()[:LONGEST_SHOWN] for name in FIELDS}


def read_plan(typed: Mapping[str, str], on: date) -> tuple[Asked | None, dict[str, str]]:
    """The plan that was asked for, or what is wrong with each field.

    Args:
        typed: Every one of ``FIELDS``, "" where nothing was typed.
        on: The day it is asked on.

    Returns:
        The plan and no problems, or None and one sentence for each field that has a problem.
    """
    problems: dict[str, str] = {}

    def read(what: Callable[[Mapping[str, str]], Read]) -> Read | None:
        try:
            return what(typed)
        except InputError as error:
            problems[error.field or "form"] = _sentence(error)
            return None

    sex = read(lambda words: _one_of(words, "sex", SEXES))
    born = read(lambda words: _birth_date(words["birth_date"], on))
    age = None if typed["birth_date"] else read(_age_y)
    height = read(_height_m)
    weight = read(_weight_kg)
    activity = read(lambda words: _one_of(words, "activity", tuple(level.id for level in ACTIVITY_LEVELS)))
    stage = "none" if sex == "male" else read(lambda words: _one_of(words, "life_stage", tuple(LIFE_STAGES), "none"))
    rate = read(_rate_kg)
    wanted = read(_goal_weight_kg)
    if problems or not (sex and height and weight and activity and stage) or rate is None:
        return None, problems
    unwell = typed["eating_disorder"] == "yes"
    person = Person(
        sex=sex,
        height_m=float(height),
        weight_kg=float(weight),
        activity=activity,
        age_y=None if age is None else float(age),
        birth_date=born,
        on=on,
        life_stage=stage,
        eating_disorder=unwell,
    )
    values = {
        "system": "us" if typed["system"] == "us" else "metric",
        "sex": sex,
        "birth_date": born.isoformat() if born else "",
        "age_y": "" if age is None else str(age),
        "height_m": _kept(height),
        "weight_kg": _kept(weight),
        "activity": activity,
        "life_stage": stage,
        "goal_kg_per_week": _kept(rate),
        "goal_weight_kg": "" if wanted is None else _kept(wanted),
        "eating_disorder": "yes" if unwell else "",
    }
    return Asked(person, Goal(float(rate), None if wanted is None else float(wanted)), values), problems


def _kept(number: Decimal) -> str:
    return f"{without_dust(number.quantize(Decimal('0.0001'))):f}"


def _sentence(error: InputError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def _one_of(typed: Mapping[str, str], field: str, allowed: tuple[str, ...], otherwise: str = "") -> str:
    found = typed[field] or otherwise
    if found in allowed:
        return found
    named = f"found “{found[:40]}”" if found else "nothing is chosen yet"
    raise InputError(f"{named}; choose one of these", field=field)


def _birth_date(typed: str, on: date) -> date | None:
    if not typed:
        return None
    try:
        found = date.fromisoformat(typed)
    except ValueError as error:
        raise InputError(f"found “{typed[:40]}”, expected a date such as 1984-05-31", field="birth_date") from error
    if not found.year >= FIRST_YEAR or found > on:
        raise InputError(f"found {found}, expected a date from {FIRST_YEAR} until today", field="birth_date")
    return found


def _age_y(typed: Mapping[str, str]) -> int:
    if not typed["age"]:
        raise InputError("found no age; give your age in years or your birth date", field="age")
    found = parse_number(typed["age"], field="age")
    if not 0 <= found <= 120:
        raise InputError(f"found {found:f} years, expected an age from 0 to 120", field="age")
    return int(found)


def _height_m(typed: Mapping[str, str]) -> Decimal:
    feet, inches, metric = typed["feet"], typed["inches"], typed["centimetres"]
    if (typed["system"] == "us" and (feet or inches)) or not metric:
        if feet and inches:
            return parse_height(f"{feet} ft {inches} in" if feet[-1].isdigit() else f"{feet} {inches} in")
        return parse_height(feet, "ft") if feet or not inches else parse_height(inches, "in")
    with suppress(InputError):
        return parse_height(metric)  # 1.70 is in metres, 170 in centimetres
    return parse_height(metric, "cm")


def _weight_kg(typed: Mapping[str, str]) -> Decimal:
    pounds, metric = typed["pounds"], typed["kilograms"]
    if (typed["system"] == "us" and pounds) or not metric:
        return parse_mass(pounds, "lb")
    return parse_mass(metric, "kg")


def _goal_weight_kg(typed: Mapping[str, str]) -> Decimal | None:
    if not typed["goal_weight"]:
        return None
    try:
        return parse_mass(typed["goal_weight"], "lb" if typed["system"] == "us" else "kg")
    except InputError as error:
        raise InputError(str(error), field="goal_weight") from error


def _rate_kg(typed: Mapping[str, str]) -> Decimal:
    """One's own number goes before the list, so that neither is silently lost."""
    if typed["kg_per_week"]:
        return parse_number(typed["kg_per_week"].replace("\N{MINUS SIGN}", "-"), field="goal")
    return convert(Decimal(_one_of(typed, "rate", RATES_LB, "0")), "lb", "kg")


def words_for(values: Mapping[str, str]) -> dict[str, str]:
    """The form as it would have been typed for kept values.

    Args:
        values: Plain strings as in ``Asked.values``; "" or absent where not known.
    """
    known = {name: value for name, value in values.items() if value}
    typed = typed_words({**known, "age": known.get("age_y", ""), "kg_per_week": ""})
    if "height_m" in known:
        metres = Decimal(known["height_m"])
        feet, inches = divmod(convert(metres, "m", "in").quantize(TENTH), 12)
        typed["centimetres"] = _shown(metres * 100)
        typed["feet"], typed["inches"] = f"{feet:f}", _shown(inches)
    if "weight_kg" in known:
        kilograms = Decimal(known["weight_kg"])
        typed["kilograms"], typed["pounds"] = _shown(kilograms), _shown(convert(kilograms, "kg", "lb"))
    if "goal_kg_per_week" in known:
        typed["rate"], typed["kg_per_week"] = _goal_words(Decimal(known["goal_kg_per_week"]))
    if "goal_weight_kg" in known:
        unit = "lb" if typed["system"] == "us" else "kg"
        typed["goal_weight"] = f"{_shown(convert(Decimal(known['goal_weight_kg']), 'kg', unit))} {unit}"
    return typed


def _shown(number: Decimal) -> str:
    return f"{without_dust(number.quantize(TENTH)):f}"


def _goal_words(kg: Decimal) -> tuple[str, str]:
    for rate in RATES_LB:
        if abs(convert(Decimal(rate), "lb", "kg") - kg) < SAME_RATE_KG:
            return rate, ""
    return "0", f"{without_dust(kg):f}"


def rates() -> list[tuple[str, str]]:
    """The choices of the goal, from gaining to losing: what is sent, and its words."""
    found = []
    for rate in RATES_LB:
        pounds = abs(Decimal(rate))
        kg = amount_text(convert(pounds, "lb", "kg").quantize(Decimal("0.01")))
        verb = "lose" if rate.startswith("-") else "gain"
        found.append((rate, f"{verb} {pounds:f} lb ({kg} kg) a week" if pounds else "keep my weight"))
    return found
