"""Is it enough, for a member and a range of days: rows in, the core's answers out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast

from provender.diary.entries import Kind, Snapshot, share_of_basis
from provender.nutrition.adequacy import adequacy
from provender.nutrition.daily_intakes import DailyIntakes, screening
from provender.nutrition.daily_intakes import ExcludedDay as ExcludedDay  # noqa: PLC0414 - doors name it from here
from provender.nutrition.folate import EQUIVALENTS, dose_with_folate_equivalents, with_folate_equivalents
from provender.nutrition.intake import RangeIntake, per_day
from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import Question, questions, references
from provender.nutrition.variation import Group
from provender.nutrition.verdicts import Adequacy
from provender.store.days import today
from provender.store.doses import Taken, a_day, taken
from provender.store.models import DiaryEntry, Member
from provender.store.selectors import checked_range, complete_days, latest_weight, nutrient_axis
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import convert

ASKED = ("menstruates", "contraceptive", "vegetarian", "smokes")
"""The answers a member may give for the sake of reference intakes; all optional."""
WATER = "WATER"
DAYS_A_YEAR = 365.25
FOLATE_NOTE = "Reckoned from total folate; where folic acid was added to a food, the true amount is higher."
_COLUMNS = ("day", "kind", "amount", "unit", "mass_g", "energy_kcal", "basis_g", "as_text")


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """A range of a member's diary against their reference intakes.

    Attributes:
        first: First day asked for.
        last: Last day asked for.
        intake: What was logged in the range, today included.
        found: One for each nutrient with a reference, in the order of nutrients; empty without ``who``.
        who: The person the references are for; None while sex or birth date is missing.
        lacking: The profile fields that are missing for it: ``sex``, ``birth_date``.
        refused: Why the tables do not speak of this person; None when they do.
        questions: What could still be asked that would change a reference.
        answered: What was asked and told, with the answer.
        taken: The supplements that were counted.
        complete_days: Complete days used.
        excluded: Days left out, each with its reason.
        open_today: Whether today lies in the range, holds something, and is not counted yet.
        counted: The days that could be judged by, before partly logged ones were left out.
        group: Whom the person is compared with for variation; None without ``who``.
        doses: Nutrient id to what supplements bring a day.
    """

    first: date
    last: date
    intake: RangeIntake
    found: tuple[Adequacy, ...]
    who: Recipient | None
    lacking: tuple[str, ...]
    refused: str | None
    questions: tuple[Question, ...]
    answered: tuple[tuple[Question, bool], ...]
    taken: tuple[Taken, ...]
    complete_days: int
    excluded: tuple[ExcludedDay, ...]
    open_today: bool
    counted: DailyIntakes
    group: Group | None
    doses: Mapping[str, float]

    def of(self, nutrient: str) -> Adequacy | None:
        """What is known of one nutrient; None where there is nothing to compare it with."""
        return next((one for one in self.found if one.nutrient == nutrient), None)


def assessment(member: Member, first: date, last: date) -> Assessment:
    """What a range of days amounts to, and whether it is enough.

    Today counts only once it is marked complete: it is not over. Days marked complete without any entry are fasts.
    Water that was logged by itself counts towards total water.

    Args:
        member: Whose diary.
        first: First day.
        last: Last day, included.

    Raises:
        InputError: A reversed or absurdly long range.
    """
    checked_range(first, last)
    eaten, water_ml = _eaten(member, first, last)
    axis = tuple(n for n in NUTRIENTS if n in {*nutrient_axis(), EQUIVALENTS})
    intake = per_day(eaten, axis)
    days, open_today = _counted(member, intake, water_ml, first, last)
    doses = taken(member, first, min(last, today(member.zone)))
    who, lacking = recipient(member)
    answers = _Answers() if who is None else _answers(member, who, days, doses)
    screened = screening(days)
    return Assessment(
        first,
        last,
        intake,
        answers.found,
        who,
        lacking,
        answers.refused,
        answers.questions,
        answers.answered,
        doses,
        int(screened.used.sum()),
        screened.excluded,
        open_today,
        days,
        None if who is None else _group(who),
        _known(a_day(doses)),
    )


def latest_assessment(member: Member, days: int) -> Assessment:
    """The assessment of the last days, up to today.

    Args:
        member: Whose diary.
        days: How many, at least 1.

    Raises:
        InputError: More than ten years.
    """
    last = today(member.zone)
    return assessment(member, last - timedelta(days=days - 1), last)


def recipient(member: Member) -> tuple[Recipient | None, tuple[str, ...]]:
    """The member as reference intakes know people, and the profile fields that are missing for it.

    The weight is the last weighing, but not in pregnancy, where the one before it is meant.
    """
    now = today(member.zone)
    lacking = tuple(name for name in ("sex", "birth_date") if not getattr(member, name))
    if lacking or member.birth_date is None:
        return None, lacking
    stage = (member.life_stage or "none") if member.sex == "female" else "none"
    weighing = None if stage.startswith("pregnant") else latest_weight(member, now)
    who = Recipient(
        sex=member.sex,
        age_y=_age_y(member.birth_date, now),
        life_stage=stage,
        weight_kg=float(weighing.mass_g) / 1000 if weighing and weighing.mass_g else None,
        menstruates=member.menstruates,
        contraceptive=member.contraceptive,
        vegetarian=member.vegetarian,
        smokes=member.smokes,
    )
    return who, ()


@dataclass(frozen=True, slots=True)
class _Answers:
    found: tuple[Adequacy, ...] = ()
    questions: tuple[Question, ...] = ()
    answered: tuple[tuple[Question, bool], ...] = ()
    refused: str | None = None


def _answers(member: Member, who: Recipient, days: DailyIntakes, doses: tuple[Taken, ...]) -> _Answers:
    authority = member.authority or "NASEM"
    try:
        compared = references(who, authority=authority)
        found = adequacy(days, compared, group=_group(who), supplements=_known(a_day(doses)))
        asked = tuple(q for q in questions(who, authority=authority) if q.field in ASKED)
        answered = _answered(who, authority)
    except InputError as error:
        return _Answers(refused=str(error))
    in_order = sorted((_noted(one) for one in found), key=lambda one: NUTRIENTS[one.nutrient].rank)
    return _Answers(tuple(in_order), asked, answered)


def _answered(who: Recipient, authority: str) -> tuple[tuple[Question, bool], ...]:
    """What was told of the questions that matter to this person, in their order."""
    told = []
    for name in ASKED:
        answer: bool | None = getattr(who, name)
        unsaid: dict[str, Any] = {name: None}
        again = questions(replace(who, **unsaid), authority=authority) if answer is not None else ()
        told += [(question, bool(answer)) for question in again if question.field == name]
    return tuple(told)


def _group(who: Recipient) -> Group:
    return Group("female" if who.sex == "female" else "male", who.age_y)


def _noted(found: Adequacy) -> Adequacy:
    if found.nutrient != EQUIVALENTS or EQUIVALENTS in nutrient_axis():
        return found
    return replace(found, notes=(*found.notes, FOLATE_NOTE))


def _known(doses: Mapping[str, float]) -> Mapping[str, float]:
    """Of the doses, those that can be counted."""
    return dose_with_folate_equivalents(
        {n: v for n, v in doses.items() if n in NUTRIENTS and np.isfinite(v) and v >= 0}
    )


def _age_y(born: date, on: date) -> float:
    """Age in whole years; in the first year its fraction."""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return float(years) if years >= 1 else max(0.0, (on - born).days / DAYS_A_YEAR)


def _eaten(member: Member, first: date, last: date) -> tuple[dict[date, list[Mapping[str, float]]], dict[date, float]]:
    """Day to what was eaten, an entry at a time, and day to millilitres of water logged by itself."""
    kinds = [Kind.FOOD.value, Kind.ENERGY.value, Kind.WATER.value]
    rows = DiaryEntry.objects.filter(
        member=member, kind__in=kinds, day__gte=first, day__lte=last, deleted_at=None
    ).order_by("day", "position", "pk")
    rows = rows.annotate(as_text=Cast("composition", TextField()))
    eaten: dict[date, list[Mapping[str, float]]] = {}
    water: dict[date, float] = {}
    read = cache(_composition)  # people eat the same foods again: each is read once
    for day, kind, amount, unit, mass_g, energy_kcal, basis_g, as_text in rows.values_list(*_COLUMNS):
        if kind == Kind.WATER.value:
            if amount:
                water[day] = water.get(day, 0.0) + float(convert(amount, unit, "ml"))
        elif kind == Kind.ENERGY.value:
            eaten.setdefault(day, []).append({} if energy_kcal is None else {"ENERC_KCAL": energy_kcal})
        else:
            factor = share_of_basis(Snapshot(basis_g=basis_g), amount, mass_g)
            known = {} if factor is None else {n: v * factor for n, v in read(as_text).items()}
            eaten.setdefault(day, []).append(known)
    return eaten, water


def _composition(as_text: str) -> Mapping[str, float]:
    return with_folate_equivalents(json.loads(as_text))


def _counted(
    member: Member, intake: RangeIntake, water_ml: Mapping[date, float], first: date, last: date
) -> tuple[DailyIntakes, bool]:
    """The days that may be judged by, with the water drunk; and whether today was left out of them."""
    now = today(member.zone)
    marked = {day for day in complete_days(member, first, last) if day <= now}
    days = DailyIntakes.of(intake, dict.fromkeys(marked, True))
    over = np.array([day < now or day in marked for day in days.days], dtype=np.bool_)
    kept = tuple(day for day, keep in zip(days.days, over.tolist(), strict=True) if keep)
    amount = days.amount[over].copy()
    if WATER in days.nutrients:
        at = days.nutrients.index(WATER)
        drunk = np.array([water_ml.get(day, 0.0) for day in kept])
        amount[:, at] = np.where(drunk > 0, np.nan_to_num(amount[:, at]) + drunk, amount[:, at])
    complete = tuple(True if day in marked else None for day in kept)
    counted = replace(days, days=kept, amount=amount, coverage=days.coverage[over], complete=complete)
    return counted, now in intake.days and now not in marked
