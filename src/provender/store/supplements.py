"""A member's supplements: describing them from the label, and keeping doses as entries of the diary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from provender.catalogue.barcode import barcode as read_barcode
from provender.diary.doses_meant import doses_by_name, doses_by_nutrient
from provender.diary.entries import Entry, Kind, Snapshot, checked_doses
from provender.diary.labels import composition_of, read_label
from provender.nutrition.recipient import Recipient
from provender.nutrition.reference_intakes import references
from provender.store.days import now
from provender.store.doses import SUPPLEMENT
from provender.store.models import Member, Supplement
from provender.store.services import keep
from provender.store.undo import Kept
from provender.terms.errors import InputError, NotFoundError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import MASS_G, amount_text

UNITS = ("tablet", "capsule", "softgel", "drop", "scoop", "ml", "teaspoon", "sachet", "gummy", "spray", "injection")
MOST_A_DAY = Decimal(50)
LONGEST_LABEL = 5000
BEYOND = 100
"""So many times what is recommended asks whether the unit is right."""
BEYOND_G = Decimal(100)
"""So much of one nutrient asks it too, whether or not an intake is recommended."""
JUDGED_AS = MappingProxyType({"FOLAC": "FOLDFE", "FOL": "FOLDFE", "RETOL": "VITA_RAE"})
"""Forms of a nutrient, and the nutrient whose recommended intake they are held against."""


@dataclass(frozen=True, slots=True)
class Described:
    """A supplement as its member described it.

    Attributes:
        id: The store's number.
        name, brand, barcode: As on the pack; "" where not said.
        unit: What one dose is.
        composition: Nutrient id to elemental amount in one dose; what the label does not name is absent.
        doses_a_day: How many are usual; None when nobody said.
    """

    id: int
    name: str
    brand: str
    barcode: str
    unit: str
    composition: Mapping[str, float]
    doses_a_day: Decimal | None

    @property
    def label(self) -> str:
        """The label in words that ``diary.labels.read_label`` reads again; vitamin A is told as what it is made of."""
        made_of = {"RETOL", "CARTB"} & set(self.composition)
        return "\n".join(_told(n, v) for n, v in self.composition.items() if n != "VITA_RAE" or not made_of)


def _told(nutrient: str, amount: float) -> str:
    known = NUTRIENTS[nutrient]
    number = f"{amount:.6f}".rstrip("0").rstrip(".")
    if len(number.partition(".")[2]) == len("000"):
        number += "0"  # three digits behind a point could be thousands
    return f"{known.name.partition(', ')[0]} {number} {known.unit}{' DFE' if nutrient == 'FOLDFE' else ''}"


def supplements(member: Member) -> tuple[Described, ...]:
    """A member's supplements by name, without the removed ones."""
    return tuple(
        _value(row) for row in Supplement.objects.filter(member=member, deleted_at=None).order_by("name", "pk")
    )


def supplement(member: Member, number: int) -> Described:
    """One supplement.

    Raises:
        NotFoundError: No such supplement of this member.
    """
    return _value(_row(member, number))


def _value(row: Supplement) -> Described:
    held = MappingProxyType({n: float(v) for n, v in row.composition.items() if n in NUTRIENTS})
    return Described(row.pk, row.name, row.brand, row.barcode, row.unit, held, row.doses_a_day)


def _row(member: Member, number: int, *, removed: bool = False) -> Supplement:
    found = Supplement.objects.filter(member=member, pk=number, deleted_at__isnull=not removed).first()
    if found is None:
        raise NotFoundError("That supplement is not in your list; it may have been removed.")
    return found


def meant(mine: Sequence[Described], words: str) -> tuple[Described, Decimal] | None:
    """The supplement that words of the quick log mean, and how many doses; None when they mean none, or may mean two.

    Args:
        mine: The member's own, as ``supplements`` gives them.
        words: One thing a person wrote, such as ``magnesium citrate 1 tablet`` or ``vitamin d 1000 iu``.
    """
    named = [
        (one, doses)
        for one in mine
        if (doses := doses_by_name(words, (one.name, f"{one.brand} {one.name}", f"{one.name} {one.brand}"), one.unit))
    ]
    found = named or [
        (one, doses) for one in mine if (doses := doses_by_nutrient(words, one.unit, one.composition)) is not None
    ]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def keep_supplement(
    member: Member,
    *,
    name: str,
    label: str,
    unit: str = "tablet",
    brand: str = "",
    barcode: str = "",
    doses_a_day: Decimal | None = None,
    number: int | None = None,
    sure: bool = False,
) -> tuple[Described, tuple[str, ...]]:
    """Describe a supplement, or change one; doses that are logged keep what they held then.

    Args:
        member: Whose.
        name: What to call it.
        label: A line for each nutrient in one dose; empty when none of it is a nutrient.
        unit: What one dose is.
        brand: The maker, if any.
        barcode: The pack's code, if any.
        doses_a_day: How many are usual; None when that is not so.
        number: The supplement to change.
        sure: Whether amounts far beyond what is recommended were said to be right.

    Returns:
        The supplement, and what to know of how the label was read.

    Raises:
        NotFoundError: No such supplement of this member.
        InputError: No name or one that is there already, a label that cannot be read, a code that is none, or amounts
            of over a hundred times what is recommended that nobody said are right.
    """
    named = " ".join(name.split())
    if not 1 <= len(named) <= 200:
        raise InputError(f"found a name of {len(named)} characters, expected 1 to 200", field="name")
    _only_one(member, named, brand.strip(), number)
    if len(label) > LONGEST_LABEL:
        raise InputError(f"found {len(label):,} characters, expected at most {LONGEST_LABEL:,}", field="label")
    if doses_a_day is not None and not 0 < doses_a_day <= MOST_A_DAY:
        raise InputError(f"found {doses_a_day} doses a day, expected above 0 to {MOST_A_DAY}", field="doses_a_day")
    lines = read_label(label)
    composition = composition_of(lines)
    if not sure:
        _questioned(member, composition)
    row = _row(member, number) if number is not None else Supplement(member=member)
    row.name, row.brand, row.unit = named, brand.strip()[:120], " ".join(unit.split())[:40] or "dose"
    row.barcode = read_barcode(barcode) if barcode.strip() else ""
    row.composition, row.doses_a_day = composition, doses_a_day
    row.save()
    return _value(row), tuple(f"“{line.said}”: {line.note}" for line in lines if line.note)


def _only_one(member: Member, name: str, brand: str, number: int | None) -> None:
    others = Supplement.objects.filter(member=member, name__iexact=name, brand__iexact=brand, deleted_at=None)
    if others.exclude(pk=number or 0).exists():
        raise InputError(
            f"“{name}” is in your list already; change that one, or add the strength to the name", field="name"
        )


def _questioned(member: Member, composition: Mapping[str, float]) -> None:
    """Ask about amounts that hardly any label holds; a wrong unit is the usual reason."""
    adult = references(Recipient(member.sex or "female", 40.0))
    for nutrient, amount in composition.items():
        found, known = adult.get(JUDGED_AS.get(nutrient, nutrient)), NUTRIENTS[nutrient]
        usual = found and (found.rda or found.ai)
        much = ""
        if usual and amount > BEYOND * usual:
            much = f"{amount / usual:,.0f} times what is recommended for a day"
        elif known.unit in MASS_G and amount * float(MASS_G[known.unit]) > BEYOND_G:
            much = "more than a dose can weigh"
        if much:
            raise InputError(
                f"{known.name}: found {amount_text(amount, known.unit)} in one dose, {much}. Is the unit right? If it"
                " is, say so and keep it.",
                field="sure",
            )


def remove_supplement(member: Member, number: int) -> Described:
    """Take a supplement out of the list; doses that are logged stay.

    Raises:
        NotFoundError: No such supplement of this member.
    """
    row = _row(member, number)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at"])
    return _value(row)


def restore_supplement(member: Member, number: int) -> Described:
    """Bring a removed supplement back.

    Raises:
        NotFoundError: No such removed supplement of this member.
        InputError: Another one has its name by now.
    """
    row = _row(member, number, removed=True)
    _only_one(member, row.name, row.brand, row.pk)
    row.deleted_at = None
    row.save(update_fields=["deleted_at"])
    return _value(row)


def take(member: Member, number: int, *, day: date, doses: Decimal = Decimal(1), key: UUID | None = None) -> Kept:
    """Keep that doses of a supplement were taken on a day; what is in them is kept along.

    Raises:
        NotFoundError: No such supplement of this member.
        InputError: Not a number above 0 up to 100.
    """
    return keep(member, [dose_entry(member, number, day=day, doses=doses, key=key)])


def dose_entry(
    member: Member, number: int, *, day: date, doses: Decimal = Decimal(1), key: UUID | None = None
) -> Entry:
    """An entry of doses taken, not yet kept; what is in them is kept along.

    Raises:
        NotFoundError: No such supplement of this member.
        InputError: Not a number above 0 up to 100.
    """
    found = supplement(member, number)
    return Entry(
        key=key or uuid4(),
        day=day,
        zone=member.zone,
        at=now(),
        kind=Kind.DOSE,
        name=found.name,
        amount=checked_doses(doses),
        unit=found.unit,
        snapshot=Snapshot(food_id=f"{SUPPLEMENT}{found.id}", basis_g=None, composition=dict(found.composition)),
    )
