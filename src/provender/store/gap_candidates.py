"""Foods that would close a member's gap: their diary and wishes in, the core's proposals out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final
from uuid import UUID, uuid5

from provender.catalogue.food import Food
from provender.diary.entries import Meal
from provender.nutrition.adequacy import adequacy
from provender.nutrition.familiar_foods import AVOIDABLE, USUAL, Candidate, familiar_foods
from provender.nutrition.folate import with_folate_equivalents
from provender.nutrition.gaps import Gap, GapAnswer, GapRequest, close_gaps, why
from provender.nutrition.reference_intakes import Scope
from provender.nutrition.verdicts import FAIRLY_SURE, Adequacy, Verdict
from provender.nutrition.wording import inside
from provender.store.adequacies import Assessment
from provender.store.catalogue_in_use import catalogue
from provender.store.days import today
from provender.store.foods import USUAL_WINDOW, find_foods, food, usual_foods
from provender.store.members import change_profile
from provender.store.models import Member
from provender.store.selectors import entry as entry_of
from provender.store.services import food_entry, keep
from provender.store.undo import Kept
from provender.terms.errors import InputError, NotFoundError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

ENERGIES_KCAL: Final = (150, 300, 450)
USUAL_ENERGY_KCAL: Final = 300
SWAP_KCAL: Final = 25
"""What an exchange may bring more than it takes away: nothing that anybody would notice (own)."""
SWAPPED_TIMES: Final = 12
"""A food eaten so often in sixty days, every fifth day, can be given up for another (own)."""
LEAST_SWAPPED_KCAL: Final = 40.0
DAILY: Final = 0.8
"""Eaten on so large a share of days counts as every day."""
LEAST_TIMES: Final = 5
"""A food logged so often in sixty days is usual for the person."""
LEAST_ROOM: Final[Mapping[str, float]] = {"NA": 140.0, "FASAT": 2.0}
"""Room that is always left, or nothing could be proposed. Source: "low sodium" of 21 CFR 101.61; saturated fat own."""
SATURATED_SHARE: Final = 0.10
KCAL_PER_G_FAT: Final = 9.0
"""At most 10 % of energy from saturated fat. Source: WHO (2023), ISBN 978-92-4-007366-1."""
AIMED_AT: Final = 0.90
"""The confidence that a proposal aims at: well within "probably enough" (own)."""
MOST_TIMES: Final = 3.0
"""No proposal aims beyond so many times what nearly all need (own)."""
HALVINGS: Final = 9
NEAR_UL: Final = 0.5
"""An upper level is watched from an intake of this share of it on."""
MOST_DISLIKES: Final = 500


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be proposed to a member for one nutrient.

    Attributes:
        found: What is known of the nutrient.
        aim: The amount a day to aim at, supplements included; None when food alone would not make it surer.
        answer: The foods; None without an aim.
    """

    found: Adequacy
    aim: float | None
    answer: GapAnswer | None

    @property
    def enough(self) -> bool:
        """Whether it is as sure already as a proposal would make it."""
        return (self.found.probability or 0.0) >= AIMED_AT


def offer(
    member: Member,
    assessed: Assessment,
    nutrient: str,
    energy_kcal: float = USUAL_ENERGY_KCAL,
    *,
    swap: bool = False,
) -> Offer:
    """Foods that would close the gap of one nutrient.

    Args:
        member: Whose.
        assessed: Their diary against their references.
        nutrient: Its id.
        energy_kcal: The most energy the foods may bring a day.
        swap: Whether something usually eaten is given up for them, so that they bring no more energy than that had.

    Raises:
        NotFoundError: Nothing is known to compare this nutrient with.
        InputError: Energy that is no positive number.
    """
    found = _known(assessed, nutrient)
    aim = aim_of(assessed, found)
    if aim is None:
        return Offer(found, None, None)
    request = _request(member, assessed, found, aim, SWAP_KCAL if swap else energy_kcal)
    if swap:
        request = replace(request, eaten=usually_eaten(member))
    return Offer(found, aim, close_gaps(request, candidates(member)))


def reason(member: Member, assessed: Assessment, nutrient: str, words: str, energy_kcal: float) -> str:
    """Why the food that these words mean is, or is not, proposed: one sentence.

    Raises:
        NotFoundError: Nothing is known to compare this nutrient with.
        InputError: No words.
    """
    if not words.strip():
        raise InputError("found no food; which one do you mean?", field="food")
    found = _known(assessed, nutrient)
    aim = aim_of(assessed, found)
    hits = find_foods(member, words[:200], limit=8)
    if not hits or aim is None:
        return f"No food here is called “{words.strip()[:40]}”." if aim else "There is no gap to close by food."
    offered = candidates(member)
    known = {one.id: one for one in offered}
    meant = next((known[hit.id] for hit in hits if hit.id in known), None)
    request = _request(member, assessed, found, aim, energy_kcal)
    if meant is not None:
        return why(request, meant, offered)
    return f"{hits[0].name} is not among the everyday foods that are proposed. {_brings(hits[0], request.gaps[0])}"


def open_gaps(assessed: Assessment) -> tuple[Adequacy, ...]:
    """The nutrients that are uncertain or too low, in the order of nutrients; sodium is no goal."""
    return tuple(
        found
        for found in assessed.found
        if found.reference.cdrr is None
        and (
            found.verdict in (Verdict.UNCERTAIN, Verdict.PROBABLY_TOO_LOW, Verdict.VERY_LIKELY_TOO_LOW)
            or (found.verdict is Verdict.AI_REACHED and (found.probability or 0.0) < FAIRLY_SURE)
        )
    )


def avoided(member: Member) -> tuple[str, ...]:
    """What is left out of proposals: what the member said, and meat and fish for one who eats none."""
    said = {*member.avoids, *(["vegetarian"] if member.vegetarian else [])}
    return tuple(word for word in AVOIDABLE if word in said)


def aim_of(assessed: Assessment, found: Adequacy) -> float | None:
    """The amount a day, supplements included, at which it would be enough with 90 % confidence.

    None where it is so already, where there is no verdict, or where no sensible amount makes it so: then more days of
    diary help, not food.
    """
    now = (found.mean or 0.0) + found.supplement
    reference = found.reference
    needed = reference.rda if reference.rda is not None else reference.ai
    if found.mean is None or found.probability is None or found.probability >= AIMED_AT or needed is None:
        return None
    low, high = now, MOST_TIMES * max(needed, now)
    if reference.ul is not None and reference.ul_scope is Scope.TOTAL:
        high = min(high, reference.ul)
    if high <= low or (_chance(assessed, found, high) or 0.0) < AIMED_AT:
        return None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        enough = (_chance(assessed, found, middle) or 0.0) >= AIMED_AT
        low, high = (low, middle) if enough else (middle, high)
    return high


def _chance(assessed: Assessment, found: Adequacy, amount: float) -> float | None:
    """The probability that this much a day, supplements included, is enough.

    What is added every day counts like a fixed dose, for it does not vary; None for less than is eaten now.
    """
    more = amount - (found.mean or 0.0)
    if assessed.group is None or more < 0:
        return None
    one = {found.nutrient: found.reference}
    doses = {**assessed.doses, found.nutrient: more}
    return adequacy(assessed.counted, one, group=assessed.group, supplements=doses)[0].probability


def candidates(member: Member) -> tuple[Candidate, ...]:
    """Everyday foods, those that this person eats anyhow ahead of the others."""
    usual = {one.food_id for one in usual_foods(member, limit=60) if one.times >= LEAST_TIMES}
    return tuple(
        replace(
            one,
            familiarity=USUAL if one.id in usual else one.familiarity,
            per_serving=with_folate_equivalents(one.per_serving),
        )
        for one in familiar_foods(catalogue())
    )


def usually_eaten(member: Member) -> tuple[Candidate, ...]:
    """What a member eats often enough to give it up for something else: a day's share of the helping of the last time.

    Food of unknown mass or energy is left out, and what is eaten without energy to spare.
    """
    often = [one for one in usual_foods(member, limit=30) if one.times >= SWAPPED_TIMES]
    found = []
    for one in often:
        entry = entry_of(member, one.entry_id)
        a_day = min(1.0, one.times / USUAL_WINDOW.days)
        intake = {n: v * a_day for n, v in entry.intake.items()}
        if entry.mass_g is None or intake.get("ENERC_KCAL", 0.0) < LEAST_SWAPPED_KCAL:
            continue
        each = (
            f"usual helping of {one.name}" if a_day > DAILY else f"usual helping of {one.name}, as often as you eat it"
        )
        found.append(
            Candidate(
                id=one.food_id,
                amount=1.0,
                one=each,
                many=each,
                mass_g=float(entry.mass_g) * a_day,
                step=1.0,
                familiarity=USUAL,
                kind="eaten",
                contains=None,
                per_serving=with_folate_equivalents(intake),
            )
        )
    return tuple(found)


def eat(member: Member, portions: Sequence[tuple[str, Decimal]], *, meal: Meal, key: UUID) -> Kept:
    """Keep the foods of a proposal in today's diary; sending it twice keeps it once.

    Args:
        member: Whose.
        portions: Food ids with grams.
        meal: Which meal.
        key: Made by the form.

    Raises:
        InputError: No food, or grams that are no positive number.
        NotFoundError: No such food.
    """
    if not portions:
        raise InputError("found no food to add", field="food")
    on = today(member.zone)
    entries = [
        food_entry(
            member, food(member, food_id), day=on, meal=meal, amount=grams, unit="g", key=uuid5(key, str(number))
        )
        for number, (food_id, grams) in enumerate(portions)
    ]
    return keep(member, entries)


def dislike(member: Member, food_id: str, *, again: bool = False) -> None:
    """Never propose this food, or propose it again.

    Raises:
        NotFoundError: No such food.
        InputError: More foods than anybody dislikes.
    """
    kept = [one for one in member.dislikes if one != food_id]
    if not again:
        food(member, food_id)
        kept.append(food_id)
    if len(kept) > MOST_DISLIKES:
        raise InputError(
            f"found {len(kept)} foods never to be proposed, expected at most {MOST_DISLIKES}", field="food"
        )
    change_profile(member, dislikes=kept)


def disliked(member: Member) -> list[tuple[str, str]]:
    """The foods never to be proposed, as id and name; one that is gone goes by its id."""
    return [(food_id, _name(member, food_id)) for food_id in member.dislikes]


def avoid(member: Member, words: Sequence[str]) -> None:
    """Keep which diets and allergens a member leaves out.

    Raises:
        InputError: A word that foods are not marked with.
    """
    unknown = [word for word in words if word not in AVOIDABLE]
    if unknown:
        raise InputError(f"found {unknown[0][:40]!r}, expected one of {', '.join(AVOIDABLE)}", field="avoids")
    change_profile(member, avoids=[word for word in AVOIDABLE if word in words])


def _name(member: Member, food_id: str) -> str:
    try:
        return food(member, food_id).name
    except NotFoundError:
        return food_id


def _known(assessed: Assessment, nutrient: str) -> Adequacy:
    found = assessed.of(nutrient)
    if found is None:
        raise NotFoundError(f"found no reference intake of {nutrient[:20]!r} for you; nothing can be proposed for it")
    return found


def _request(member: Member, assessed: Assessment, found: Adequacy, aim: float, energy_kcal: float) -> GapRequest:
    def chance(amount: float) -> float | None:
        return _chance(assessed, found, amount + found.supplement)

    mean = found.mean or 0.0
    return GapRequest(
        gaps=(Gap(found.nutrient, mean, aim - mean - found.supplement, chance),),
        energy_kcal=energy_kcal,
        room=_room(assessed, found.nutrient),
        avoids=avoided(member),
        dislikes=frozenset(member.dislikes),
    )


def _room(assessed: Assessment, nutrient: str) -> dict[str, float]:
    """How much more there may be of sodium, saturated fat, and what comes near its upper level."""
    room: dict[str, float] = {}
    sodium = assessed.of("NA")
    if sodium is not None and sodium.mean is not None and sodium.reference.cdrr is not None:
        room["NA"] = max(LEAST_ROOM["NA"], sodium.reference.cdrr - sodium.mean)
    energy, saturated = assessed.intake.mean_of("ENERC_KCAL"), assessed.intake.mean_of("FASAT")
    if energy is not None and saturated is not None:
        room["FASAT"] = max(LEAST_ROOM["FASAT"], SATURATED_SHARE * energy / KCAL_PER_G_FAT - saturated)
    for found in assessed.found:
        level, scope = found.reference.ul, found.reference.ul_scope
        if level is not None and scope is Scope.TOTAL and (found.high or 0.0) > NEAR_UL * level:
            room[found.nutrient] = max(0.0, level - (found.mean or 0.0) - found.supplement)
    return {name: left for name, left in room.items() if name != nutrient or name not in LEAST_ROOM}


def _brings(found: Food, gap: Gap) -> str:
    """What an ordinary measure of any food would do, in words."""
    portion = next((p for p in found.portions if p.mass_g), None)
    mass_g = 100.0 if portion is None or not portion.mass_g else portion.mass_g
    measure = "100 g" if portion is None else f"{portion.label} ({amount_text(mass_g)} g)"
    per_basis = with_folate_equivalents(found.composition).get(gap.nutrient)
    if found.basis_g is None or per_basis is None:
        return f"How much {inside(gap.nutrient)} it holds is unknown."
    unit = NUTRIENTS[gap.nutrient].unit
    brought = amount_text(per_basis * mass_g / found.basis_g, unit)
    return f"{measure[:1].upper()}{measure[1:]} of it brings {brought} of the {amount_text(gap.missing, unit)} missing."
