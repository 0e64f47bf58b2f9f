"""Members: who they are, what they plan, and the simulated ones of the demo."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from provender.energy.plan import Goal, Person, Plan, plan
from provender.store.days import checked_zone, today
from provender.store.models import Budget
from provender.store.models import Member as Member  # noqa: PLC0414 - doors name members through this module
from provender.store.selectors import latest_weight
from provender.terms.errors import InputError, NotFoundError

PROFILE_FIELDS = (
    "sex",
    "birth_date",
    "height_m",
    "activity",
    "life_stage",
    "goal_kg_per_week",
    "own_budget_kcal",
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


def keep_plan(member: Member, kept: dict[str, str]) -> None:
    """Being written."""
