"""Members: who they are, what they plan, and the simulated ones of the demo."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from provender.diary.entries import Kind
from provender.energy.plan import Goal, Person, Plan, plan
from provender.store.days import checked_zone, today
from provender.store.models import Budget, TargetProposal
from provender.store.models import Member as Member  # noqa: PLC0414 - doors name members through this module
from provender.store.selectors import latest_weight
from provender.store.services import log_measure
from provender.store.undo import Kept
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
    "goal_weight_kg",
    "hides_calories",
    "weighs_everything",
    "authority",
    "menstruates",
    "contraceptive",
    "vegetarian",
    "smokes",
    "avoids",
    "dislikes",
)
TARGET_FIELDS = ("goal_kg_per_week", "goal_weight_kg", "eating_disorder", "life_stage", "sex")
"""Once one of these changes, daily calories that were proposed before do not hold any more."""
PROPOSED_D = 7
SAME_KG = Decimal("0.05")
"""Two weights closer than this are one weighing: they look the same with one decimal."""


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
        "there is no member yet; sign up in the browser, or run `provender members add EMAIL`"
        if not several
        else "there are several members; say which one with --member EMAIL"
    )


def members() -> list[Member]:
    """Every real member, in the order they joined."""
    return list(Member.objects.filter(is_simulated=False).order_by("joined_at"))


@transaction.atomic
def open_account(email: str, password: str, *, zone: str = "UTC") -> Member:
    """Open an account without the sign-up page.

    Raises:
        InputError: No e-mail address, one that is taken, a weak password, or an unknown zone.
    """
    try:
        validate_email(email)
    except ValidationError as error:
        raise InputError(f"found {email!r}, expected an e-mail address", field="email") from error
    if Member.objects.filter(email__iexact=email).exists():
        raise InputError(f"{email} has an account already; `provender members password` sets a new password")
    _strong(password, None)
    return Member.objects.create_user(email, password, zone=checked_zone(zone))


def new_password(email: str, password: str) -> None:
    """Set a member's password.

    Raises:
        NotFoundError: No such member.
        InputError: A weak password.
    """
    member = member_by_email(email)
    _strong(password, member)
    member.set_password(password)
    member.save(update_fields=["password"])


def _strong(password: str, member: Member | None) -> None:
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise InputError(" ".join(error.messages), field="password") from error


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
    before = member.own_budget_kcal
    changed = any(name in fields and getattr(member, name) != fields[name] for name in TARGET_FIELDS)
    for name, value in fields.items():
        setattr(member, name, value)
    if changed and _forget_proposals(member, before):
        member.own_budget_kcal = None
    member.save(update_fields=[*fields, "own_budget_kcal"])
    renew_budget(member)
    return member


def _forget_proposals(member: Member, before_kcal: int | None) -> bool:
    """Proposals made for another goal go; whether the daily calories were one of them, and still are."""
    made = TargetProposal.objects.filter(member=member)
    last = made.filter(accepted=True).order_by("-day", "-pk").first()
    proposed = last is not None and last.new_kcal == before_kcal == member.own_budget_kcal
    made.filter(day__gt=today(member.zone) - timedelta(days=PROPOSED_D)).delete()
    return proposed


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
    wanted = None if member.goal_weight_kg is None else float(member.goal_weight_kg)
    return None if who is None else plan(who, Goal(float(member.goal_kg_per_week or 0), wanted))


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
def keep_plan(member: Member, kept: Mapping[str, str]) -> None:
    """Make a plan, drawn up before or without an account, the member's own from today.

    An age without a birth date becomes the first of July of the year that fits, which is at most half a year off;
    the person can correct it under Me. The weight is kept as today's weighing unless the last one says the same;
    their own number of daily calories gives way to the plan's.

    Args:
        member: Whose plan.
        kept: ``sex``, ``birth_date`` or ``age_y``, ``height_m``, ``weight_kg``, ``activity``, ``life_stage``,
            ``goal_kg_per_week``, ``goal_weight_kg``, ``system``, and ``eating_disorder`` (``yes`` or not); all text.
    """
    on = today(member.zone)
    born = date.fromisoformat(kept["birth_date"]) if kept["birth_date"] else _born(on, float(kept["age_y"]))
    for name in ("sex", "activity", "life_stage", "system"):
        setattr(member, name, kept[name])
    member.birth_date = born
    member.height_m = Decimal(kept["height_m"])
    member.goal_kg_per_week = Decimal(kept["goal_kg_per_week"])
    member.goal_weight_kg = Decimal(kept["goal_weight_kg"]) if kept.get("goal_weight_kg") else None
    member.eating_disorder = kept.get("eating_disorder") == "yes"
    member.own_budget_kcal = None
    member.save()
    _forget_proposals(member, None)
    unit = "lb" if member.system == "us" else "kg"
    kg = Decimal(kept["weight_kg"])
    last = latest_weight(member, on)
    if last is None or last.mass_g is None or abs(last.mass_g / 1000 - kg) >= SAME_KG:
        weigh(member, kg, day=on, unit=unit)
    renew_budget(member)


@transaction.atomic
def weigh(member: Member, kg: Decimal, *, day: date, unit: str, key: UUID | None = None) -> Kept:
    """Keep a weighing; the daily calories follow when there was no plan for want of a weight.

    Args:
        member: Whose.
        kg: Body mass in kilograms, already checked.
        day: On which day.
        unit: ``kg``, ``lb`` or ``st``, as it was typed.
        key: The same key is never kept twice.
    """
    amount = convert(kg, "kg", unit).quantize(Decimal("0.01"))
    mass_g = (kg * 1000).quantize(Decimal("0.0001"))
    kept = log_measure(member, Kind.WEIGHT, day=day, amount=amount, unit=unit, name="Weight", mass_g=mass_g, key=key)
    if not member.budgets.exists():
        renew_budget(member, on=day)
    return kept


def _born(on: date, age_y: float) -> date:
    """The first of July that makes someone this old on the day."""
    return date(on.year - int(age_y) - ((on.month, on.day) < (7, 1)), 7, 1)
