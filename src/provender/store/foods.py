"""Foods a person can log: the catalogue's, and their own foods and recipes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from provender.catalogue.barcode import barcode
from provender.catalogue.food import Food, Portion
from provender.catalogue.search import FoodIndex, Hit
from provender.diary.entries import Kind, snapshot_of
from provender.nutrition.intake import Ingredient, recipe_composition
from provender.store.catalogue_in_use import catalogue, food_index
from provender.store.days import today
from provender.store.models import DiaryEntry, Member, OwnFood
from provender.store.rows import OWN, food_from_row, portions_to_json
from provender.terms.errors import InputError, NotFoundError

USUAL_WINDOW = timedelta(days=60)
MOST_INGREDIENTS = 60


@dataclass(frozen=True, slots=True)
class UsualFood:
    """A food a person logs, with the amount of the last time.

    Attributes:
        food_id: Its id, in the catalogue or among the person's own.
        name: The name it was logged under.
        times: How often in the last 60 days.
        amount: Last amount, in ``unit``.
        unit: Last unit.
        meal: Last meal.
        energy_kcal: Energy of the last time; None when unknown.
        entry_id: The last entry, which can be logged again as it was.
    """

    food_id: str
    name: str
    times: int
    amount: Decimal | None
    unit: str
    meal: str
    energy_kcal: float | None
    entry_id: int


def food(member: Member | None, food_id: str) -> Food:
    """One food, from the catalogue or among this person's own.

    Raises:
        NotFoundError: No such food, or it is another person's, or it was deleted.
    """
    source, _, number = food_id.partition(":")
    if source != OWN:
        return catalogue().food(food_id)
    return food_from_row(own_food_row(member, number))


def own_food_row(member: Member | None, number: str | int) -> OwnFood:
    """The row of a person's own food.

    Raises:
        NotFoundError: No such food, or it is another person's, or it was deleted.
    """
    found = None
    if member is not None and str(number).isascii() and str(number).isdigit() and len(str(number)) < 18:
        found = OwnFood.objects.filter(member=member, pk=int(number), deleted_at=None).first()
    if found is None:
        raise NotFoundError("That food is not among yours; it may have been deleted. Your diary keeps what you logged.")
    return found


def own_foods(member: Member, *, recipes: bool | None = None) -> list[OwnFood]:
    """A person's own foods by name; ``recipes`` chooses only recipes or only foods."""
    rows = OwnFood.objects.filter(member=member, deleted_at=None).order_by("name")
    return list(rows if recipes is None else rows.filter(is_recipe=recipes))


def food_by_barcode(member: Member | None, typed: str) -> Food | None:
    """The food with this barcode: a person's own first, then the catalogue's; None when there is none.

    Raises:
        InputError: No barcode, or a digit was misread.
    """
    code = barcode(typed)
    mine = [] if member is None else own_foods(member)
    for row in mine:
        if row.barcode and row.barcode.zfill(len(code)) == code:
            return food_from_row(row)
    return catalogue().by_barcode(code)


def find_foods(member: Member | None, words: str, *, limit: int = 20) -> list[Food]:
    """Foods for these words, best first: a person's own and usual foods are favoured."""
    return [found for found, _ in finder(member, limit=limit)(words)]


def finder(member: Member | None, *, limit: int, explain: bool = False) -> Callable[[str], list[tuple[Food, Hit]]]:
    """Finds foods for one person many times, with their own and usual foods read once.

    Args:
        member: Who is searching; None knows the catalogue only.
        limit: Most foods for one search.
        explain: Whether each hit says which evidence placed it.

    Returns:
        From words to foods, best first, each with the hit that says what was read differently.
    """
    here, index = catalogue(), food_index()
    favour = {} if member is None else {u.food_id: min(1.0, u.times / 10) for u in usual_foods(member, limit=200)}
    mine = {} if member is None else {row.food_id: row for row in own_foods(member)}
    own = FoodIndex.build((key, row.name, OWN) for key, row in mine.items()) if mine else None

    def find(words: str) -> list[tuple[Food, Hit]]:
        hits = index.search(words, limit=limit, favour=favour, explain=explain)
        if own:
            more = own.search(words, limit=limit, favour=favour, explain=explain)
            hits = sorted([*hits, *more], key=lambda hit: -hit.score)
        return [(food_from_row(mine[h.id]) if h.id in mine else here.food(h.id), h) for h in hits[:limit]]

    return find


def usual_foods(
    member: Member, *, limit: int = 12, meal: str | None = None, until: date | None = None
) -> list[UsualFood]:
    """What this person logged often in the sixty days up to a day (today when none is named), most often first."""
    last = until or today(member.zone)
    rows = DiaryEntry.objects.filter(
        member=member, kind=Kind.FOOD.value, day__gte=last - USUAL_WINDOW, day__lte=last, deleted_at=None
    ).exclude(food_id="")
    if meal:
        rows = rows.filter(meal=meal)
    counted = list(
        rows.values("food_id").annotate(times=Count("pk"), last=Max("pk")).order_by("-times", "-last")[:limit]
    )
    latest = DiaryEntry.objects.only("name", "amount", "unit", "meal", "energy_kcal").in_bulk(
        [c["last"] for c in counted]
    )
    return [
        UsualFood(c["food_id"], e.name, c["times"], e.amount, e.unit, e.meal, e.energy_kcal, e.pk)
        for c in counted
        for e in [latest[c["last"]]]
    ]


@transaction.atomic
def keep_own_food(
    member: Member,
    *,
    name: str,
    basis_g: Decimal | None,
    composition: Mapping[str, float],
    portions: Sequence[Portion] = (),
    brand: str = "",
    code: str = "",
    number: int | None = None,
) -> Food:
    """Keep a food a person described, or change one; entries already logged stay as they were.

    Args:
        member: Whose food.
        name: What to call it.
        basis_g: Mass the composition refers to; None: per serving of unknown mass.
        composition: Nutrient id to amount per basis; unknown is absent.
        portions: Its measures.
        brand: Brand, if any.
        code: Barcode as typed, if any; kept in its one form.
        number: The number of the food to change.

    Raises:
        InputError: No name, or a barcode that is none.
        NotFoundError: The food to change is not this person's.
    """
    if not name.strip():
        raise InputError("found no name; what do you call this food?", field="name")
    row = OwnFood(member=member) if number is None else own_food_row(member, number)
    row.name, row.brand, row.barcode = name.strip()[:200], brand.strip()[:120], barcode(code) if code.strip() else ""
    row.basis_g, row.composition, row.portions = basis_g, dict(composition), portions_to_json(tuple(portions))
    row.save()
    return food_from_row(row)


@transaction.atomic
def keep_recipe(
    member: Member,
    *,
    name: str,
    ingredients: Sequence[tuple[str, Decimal, str, Decimal]],
    servings: Decimal,
    cooked_mass_g: Decimal | None = None,
    number: int | None = None,
) -> Food:
    """Keep a recipe: its composition is computed now and kept with it.

    Args:
        member: Whose recipe.
        name: What to call it.
        ingredients: Food id, amount, unit and grams of each.
        servings: How many servings it makes; above 0.
        cooked_mass_g: Mass of the whole dish when cooked; None when it was not weighed (then raw mass is used).
        number: The number of the recipe to change.

    Raises:
        InputError: No name, no ingredients, too many, or servings of 0.
        NotFoundError: An ingredient that is not there.
    """
    if not ingredients or len(ingredients) > MOST_INGREDIENTS:
        raise InputError(f"found {len(ingredients)} ingredients, expected 1 to {MOST_INGREDIENTS}", field="ingredients")
    if not servings.is_finite() or servings <= 0:
        raise InputError(f"found {servings} servings, expected a number above 0", field="servings")
    kept: list[dict[str, Any]] = []
    parts: list[Ingredient] = []
    for food_id, amount, unit, mass_g in ingredients:
        item = food(member, food_id)
        snapshot = snapshot_of(item, catalogue().digest)
        basis = float(snapshot.basis_g) if snapshot.basis_g is not None else None
        share = float(mass_g) / basis if basis else float(amount)
        parts.append(Ingredient(composition=item.composition, share=share, mass_g=float(mass_g)))
        kept.append(
            {
                "food_id": food_id,
                "name": item.name,
                "amount": str(amount),
                "unit": unit,
                "mass_g": str(mass_g),
            }
        )
    result = recipe_composition(parts, cooked_mass_g=None if cooked_mass_g is None else float(cooked_mass_g))
    serving_g = round(result.mass_g / float(servings), 2)
    made = keep_own_food(
        member,
        name=name,
        basis_g=Decimal(100),
        composition=result.per_100_g,
        portions=(Portion(1.0, "serving", serving_g), Portion(1.0, "whole dish", round(result.mass_g, 2))),
        number=number,
    )
    row = own_food_row(member, made.source_id)
    row.is_recipe, row.ingredients, row.servings, row.cooked_mass_g = True, kept, servings, cooked_mass_g
    row.save()
    return food_from_row(row)


def delete_own_food(member: Member, number: int) -> None:
    """Take a food out of a person's own; what was logged with it stays in the diary."""
    row = own_food_row(member, number)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at"])


def restore_own_food(member: Member, number: int) -> None:
    """Bring a deleted food back."""
    OwnFood.objects.filter(member=member, pk=number).update(deleted_at=None)
