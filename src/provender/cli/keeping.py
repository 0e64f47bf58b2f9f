"""What was understood from the terminal, and keeping it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from provender.diary.entries import Entry, Meal, usual_meal
from provender.diary.quick_log import Proposal, propose
from provender.store import foods, services
from provender.store.days import day_from_text, now
from provender.store.members import Member, member_by_email, weigh
from provender.store.undo import Kept
from provender.terms.errors import InputError
from provender.terms.units import parse_mass

CHOICES_NAMED = 4


@dataclass(frozen=True)
class Understood:
    """What the words mean: entries not yet kept, or what must be asked first.

    Attributes:
        member: Whose diary.
        entries: Not yet kept; empty while there is a question.
        questions: One sentence each; empty when everything is clear.
    """

    member: Member
    entries: tuple[Entry, ...]
    questions: tuple[str, ...]

    def keep(self) -> Kept:
        """Keep the entries, all or none."""
        return services.keep(self.member, self.entries)


def understood(email: str, words: str, day: str, meal: Meal | None) -> Understood:
    """What the words mean.

    Args:
        email: The member's; "" for the only one.
        words: As in the quick-log box.
        day: A date, ``today`` or ``yesterday``.
        meal: At which meal; None takes the one in the words, else the one of this hour.

    Raises:
        InputError: Nothing was written, too much was, or no date.
        NotFoundError: No such member.
    """
    member = member_by_email(email)
    on = day_from_text(day, member.zone)
    found = propose(words, foods.finder(member, limit=8), us=member.system == "us")
    if not found:
        raise InputError("found nothing to log; write it like “2 eggs, 30 g almonds”", field="words")
    questions = tuple(_question(p) for p in found if p.question or _nothing_found(p))
    if questions:
        return Understood(member, (), questions)
    usual = _meal_now(member)
    return Understood(member, tuple(_entry(member, p, on, meal or p.item.meal or usual) for p in found), ())


def calories(email: str, kcal: Decimal, name: str, day: str, meal: Meal | None) -> Understood:
    """Calories without a food, not yet kept.

    Raises:
        InputError: Not a positive number up to 10,000, or no date.
        NotFoundError: No such member.
    """
    member = member_by_email(email)
    on = day_from_text(day, member.zone)
    entry = services.energy_entry(member, kcal, day=on, meal=meal or _meal_now(member), name=name)
    return Understood(member, (entry,), ())


def _meal_now(member: Member) -> Meal:
    return usual_meal(now().astimezone(ZoneInfo(member.zone)).hour)


def _nothing_found(found: Proposal) -> bool:
    return found.food is None and found.item.energy_kcal is None


def _question(found: Proposal) -> str:
    """The question, with the foods it may be."""
    asked = found.question or "no food found; try plainer words, or --kcal"
    named = "; ".join(food.name for food in found.choices[:CHOICES_NAMED])
    return f"“{found.item.text}”: {asked}" + (f" (it may be: {named})" if named else "")


def _entry(member: Member, found: Proposal, on: date, meal: Meal) -> Entry:
    if found.food is None:
        kcal = found.item.energy_kcal or Decimal(0)
        return services.energy_entry(member, kcal, day=on, meal=meal, name=found.item.words)
    by_portion = found.portion is not None or found.mass_g is None
    amount = found.quantity if by_portion or found.mass_g is None else found.mass_g
    unit = "g" if found.portion is None else found.portion.label
    return services.food_entry(member, found.food, day=on, meal=meal, amount=amount, unit=unit)


def weighed(email: str, typed: str, day: str) -> Sequence[Entry]:
    """Keep a weighing; the daily calories follow when there was no plan for want of a weight.

    Raises:
        InputError: Not a weight from 2 to 650 kg, or no date.
        NotFoundError: No such member.
    """
    member = member_by_email(email)
    on = day_from_text(day, member.zone)
    unit = "lb" if member.system == "us" else "kg"
    return weigh(member, parse_mass(typed, unit), day=on, unit=unit).entries
