"""Members: who they are, what they plan, and the simulated ones of the demo."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from provender.diary.entries import Kind
from provender.energy.plan import Goal, Person, Plan, plan
from provender.store.days import checked_zone, today
from provender.store.models import Budget
from provender.store.models import Member as Member  # noqa: PLC0414 - doors name members through this module
from provender.store.selectors import latest_weight
from provender.store.services import log_measure
from provender.terms.errors import InputError, NotFoundError
from provender.terms.units import convert

PROFILE_FIELDS = (
    "sex",
    "birth_date",
    "height_m",
    "activity",
    "life_stage",
    "goal_kg_per_week",
    "own_budget_kcal",
    "eating_disorder",
    "exercise_counts",
    "system",
    "zone",
)


def member_by_email(email: str | None) -> Member:
    """The member of this address; without one, the only member of the installation.

    Raises:
        NotFoundError: No such member, or there are several and none was named.
    """
    real = Member.objects.filter(is_simulated=False)
    if email:
        found = real.filter(email__iexact=email).first()
        if found is None:
            raise NotFoundError(f"no member has the address {email}; `provender members` lists them")
        return found
    several = list(real[:2])
    if len(several) == 1:
        return several[0]
    raise NotFoundError(
        "there is no member yet; sign up in the browser, or run `provender member add EMAIL`"
        if not several
        else "there are several members; say which one with --member EMAIL"
    )


@transaction.atomic
def change_profile(member: Member, **fields: Any) -> Member:
    """Change what a person told us of themselves; their budget follows from today on.

    Raises:
        InputError: An unknown time zone.
        TypeError: A field that is not in the profile.
    """
    unknown = set(fields) - set(PROFILE_FIELDS)
    if unknown:
        raise TypeError(f"not in the profile: {', '.join(sorted(unknown))}")
    if "zone" in fields:
        checked_zone(fields["zone"])
    for name, value in fields.items():
        setattr(member, name, value)
    member.save(update_fields=list(fields))
    renew_budget(member)
    return member


def person(member: Member, weight_kg: Decimal | None = None) -> Person | None:
    """The member as the energy equations know people; None while something they need is missing.

    Args:
        member: Who.
        weight_kg: Body mass; None takes the last weighing.
    """
    if weight_kg is None:
        weighing = latest_weight(member, today(member.zone))
        weight_kg = weighing.mass_g / 1000 if weighing and weighing.mass_g else None
    if weight_kg is None or member.birth_date is None or member.height_m is None or not member.sex:
        return None
    return Person(
        sex=member.sex,
        birth_date=member.birth_date,
        on=today(member.zone),
        height_m=float(member.height_m),
        weight_kg=float(weight_kg),
        activity=member.activity or "inactive",
        life_stage=member.life_stage or "none",
        eating_disorder=member.eating_disorder,
    )


def member_plan(member: Member) -> Plan | None:
    """The plan behind the member's goal; None while something it needs is missing.

    Raises:
        InputError: What the profile holds is impossible.
    """
    who = person(member)
    return None if who is None else plan(who, Goal(float(member.goal_kg_per_week or 0)))


def renew_budget(member: Member, *, on: date | None = None) -> int | None:
    """Set the daily calories from a day on: the person's own number, else the plan's; None when neither is known."""
    day = on or today(member.zone)
    kcal = member.own_budget_kcal
    if kcal is None:
        found = _plan_or_none(member)
        kcal = None if found is None or found.daily_kcal is None else round(found.daily_kcal)
    if kcal is not None:
        Budget.objects.update_or_create(member=member, from_day=day, defaults={"daily_kcal": kcal})
    return kcal


def _plan_or_none(member: Member) -> Plan | None:
    try:
        return member_plan(member)
    except InputError:
        return None


@transaction.atomic
@transaction.atomic
def keep_plan(member: Member, kept: Mapping[str, str]) -> None:
    """Keep the answers of the plan page: the profile, the weighing when it is news, and the daily calories.

    Args:
        member: Whose plan it is.
        kept: Plain strings, "" or absent where not known: ``system``, ``sex``, ``birth_date`` (ISO) or
            ``age_y`` (whole years), ``height_m``, ``weight_kg``, ``activity``, ``life_stage`` and
            ``goal_kg_per_week``. From an age alone the birth date becomes a 1 July (see ``born_about``).
            One's own number of daily calories gives way to the plan's.
    """
    known = {name: value for name, value in kept.items() if value}
    fields: dict[str, Any] = {name: known[name] for name in ("system", "sex", "activity") if name in known}
    fields |= {name: Decimal(known[name]) for name in ("height_m", "goal_kg_per_week") if name in known}
    for name in fields.keys() & _STEPS.keys():
        fields[name] = fields[name].quantize(_STEPS[name])
    if "birth_date" in known:
        fields["birth_date"] = date.fromisoformat(known["birth_date"])
    elif "age_y" in known:
        fields["birth_date"] = born_about(int(known["age_y"]), today(member.zone))
    if "weight_kg" in known:
        _keep_weighing(member, Decimal(known["weight_kg"]), known.get("system", member.system))
    change_profile(member, **fields, life_stage=known.get("life_stage", ""), own_budget_kcal=None)


_STEPS = {"height_m": Decimal("0.0001"), "goal_kg_per_week": Decimal("0.0001")}
_SAME_KG = Decimal("0.05")


def born_about(age_y: int, on: date) -> date:
    """The 1 July on which somebody of this age may have been born: the latest that makes them this old.

    Args:
        age_y: Age in whole years.
        on: The day they are that old.
    """
    year = on.year - age_y
    return date(year if (on.month, on.day) >= (7, 1) else year - 1, 7, 1)


def _keep_weighing(member: Member, mass_kg: Decimal, system: str) -> None:
    """Keep the weight as today's weighing, unless the last weighing says the same."""
    day = today(member.zone)
    last = latest_weight(member, day)
    if last is not None and last.mass_g is not None and abs(last.mass_g / 1000 - mass_kg) < _SAME_KG:
        return
    unit = "lb" if system == "us" else "kg"
    log_measure(
        member,
        Kind.WEIGHT,
        day=day,
        amount=convert(mass_kg, "kg", unit).quantize(Decimal("0.01")),
        unit=unit,
        name="Weight",
        mass_g=(mass_kg * 1000).quantize(Decimal("0.0001")),
    )
