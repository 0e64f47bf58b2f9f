"""Simulated members: 90 days of a diary nobody wrote, one for each visitor, apart from real accounts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from secrets import token_hex
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction

from provender.catalogue.artifact import Catalogue, open_catalogue, starter_path
from provender.catalogue.food import Food
from provender.diary.entries import Entry, Kind, Snapshot, snapshot_of
from provender.diary.simulated import Simulated, SimulatedEntry, simulate
from provender.store.days import now, today
from provender.store.demo_trials import three_trials
from provender.store.members import Member, renew_budget
from provender.store.models import DayMark, DiaryEntry
from provender.store.rows import row_from_entry
from provender.store.supplements import dose_entry, keep_supplement

DAYS = 90
SEED = 20_240_601
LIFETIME = timedelta(days=2)
TAKEN = ("Vitamin D3", "Vitamin D3 1000 IU", "tablet")
"""The supplement that the simulated member takes: name, label, unit."""
FORGOTTEN_EVERY = 6
"""So many days of the diary lie between those on which it was forgotten."""


@cache
def starter() -> Catalogue:
    """The starter catalogue, which the simulated diary eats from whatever catalogue is in use."""
    return open_catalogue(starter_path())


@transaction.atomic
def new_simulated(*, zone: str, seed: int = SEED) -> Member:
    """A fresh simulated member with 90 days of diary up to today; forgotten ones are removed on the way.

    Args:
        zone: IANA zone of the visitor.
        seed: The same seed gives the same diary.
    """
    Member.objects.filter(is_simulated=True, joined_at__lt=now() - LIFETIME).delete()
    member = Member.objects.create_user(
        f"sam-{token_hex(8)}@simulated.invalid",
        is_simulated=True,
        zone=zone,
    )
    fill(member, simulate(np.random.default_rng(seed), days=DAYS, last_day=today(zone), foods=starter().food))
    three_trials(member, np.random.default_rng(seed))
    return member


def drop_simulated(number: int) -> None:
    """Remove a simulated member with everything of theirs; a real member is never touched."""
    Member.objects.filter(pk=number, is_simulated=True).delete()


def fill(member: Member, simulated: Simulated) -> None:
    """Write a simulated diary."""
    who = simulated.person
    member.sex, member.birth_date, member.height_m = who.sex, who.birth_date, Decimal(str(who.height_m))
    member.activity, member.goal_kg_per_week = who.activity, Decimal(str(who.goal_kg_per_week))
    member.save()
    foods = cache(starter().food)
    rows = [
        row_from_entry(_entry(item, position, member.zone, foods), member.pk)
        for position, item in enumerate(simulated.entries)
    ]
    rows += [row_from_entry(entry, member.pk) for entry in _doses(member, simulated)]
    DiaryEntry.objects.bulk_create(rows, batch_size=200)
    DayMark.objects.bulk_create(DayMark(member=member, day=d, complete=True) for d in simulated.complete_days)
    renew_budget(member, on=min((e.day for e in simulated.entries), default=today(member.zone)))


def _doses(member: Member, simulated: Simulated) -> list[Entry]:
    """A dose on most mornings but the last, which the visitor may take; no chance in it, so nothing else changes."""
    name, label, unit = TAKEN
    made, _ = keep_supplement(member, name=name, label=label, unit=unit)
    *past, last = sorted({item.day for item in simulated.entries})
    dose, morning = dose_entry(member, made.id, day=last), time(7, 30, tzinfo=ZoneInfo(member.zone))
    return [
        replace(dose, key=uuid4(), day=day, at=datetime.combine(day, morning), position=len(simulated.entries) + i)
        for i, day in enumerate(past)
        if i % FORGOTTEN_EVERY
    ]


def _entry(item: SimulatedEntry, position: int, zone: str, foods: Callable[[str], Food]) -> Entry:
    midnight = datetime.combine(item.day, time(), tzinfo=ZoneInfo(zone))
    snapshot = Snapshot(food_id=item.food_id)
    if item.kind is Kind.FOOD:
        snapshot = snapshot_of(foods(item.food_id), starter().digest)
    return Entry(
        key=uuid4(),
        day=item.day,
        zone=zone,
        at=midnight + timedelta(minutes=item.minute),
        kind=item.kind,
        name=item.name,
        meal=item.meal,
        position=position,
        amount=item.amount,
        unit=item.unit,
        mass_g=item.mass_g,
        energy_kcal=item.energy_kcal,
        text=item.text,
        snapshot=snapshot,
    )
