"""``provender gaps``: foods that would close a gap of a member's diary."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provender.cli.said import AsJson, MemberOption, as_json, django_ready, plainly
from provender.nutrition.wording import inside, percent
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

if TYPE_CHECKING:
    from provender.store.gap_candidates import Offer


@plainly
def gaps_of(
    nutrients: Annotated[
        list[str] | None, typer.Argument(help="Ids such as MG; without any, all that are uncertain or too low.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3660, help="The last days of the diary.")] = 14,
    kcal: Annotated[float, typer.Option(min=1, help="The most energy the foods may bring a day.")] = 300,
    why: Annotated[str, typer.Option(help="A food: say why it is, or is not, proposed for one nutrient.")] = "",
    member: MemberOption = "",
    *,
    swap: Annotated[
        bool, typer.Option("--swap", help="In exchange for something you often eat, without more energy.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Foods that would make a nutrient enough: at most three together, in real portions. Nothing is kept."""
    django_ready()
    from provender.store import gap_candidates  # noqa: PLC0415 - needs Django set up
    from provender.store.adequacies import latest_assessment  # noqa: PLC0415
    from provender.store.members import member_by_email  # noqa: PLC0415

    who = member_by_email(member)
    assessed = latest_assessment(who, days)
    wanted = [_id(name) for name in nutrients or ()] or [found.nutrient for found in gap_candidates.open_gaps(assessed)]
    if why:
        if len(wanted) != 1:
            raise InputError(f"found {len(wanted)} nutrients beside --why, expected one", field="nutrients")
        said = gap_candidates.reason(who, assessed, wanted[0], why, kcal)
        return as_json({"nutrient": wanted[0], "food": why, "sentence": said}) if json else typer.echo(said)
    offers = [gap_candidates.offer(who, assessed, name, kcal, swap=swap) for name in wanted]
    if json:
        return as_json([values(one) for one in offers])
    if not offers:
        return typer.echo("No gap that food could close is known from these days.")
    return typer.echo("\n\n".join(lines(one) for one in offers))


def _id(typed: str) -> str:
    found = next((n for n in NUTRIENTS if n.casefold() == typed.strip().casefold()), None)
    if found is None:
        raise InputError(f"found the nutrient {typed[:40]!r}, expected an id such as MG or FIBTG", field="nutrients")
    return found


def values(offer: "Offer") -> dict[str, Any]:
    """An offer as JSON; what is unknown is null."""
    answer = offer.answer
    return {
        "nutrient": offer.found.nutrient,
        "unit": NUTRIENTS[offer.found.nutrient].unit,
        "mean": offer.found.mean,
        "supplement": offer.found.supplement,
        "aim": offer.aim,
        "probability": offer.found.probability,
        "not_closed": [] if answer is None else list(answer.not_closed),
        "energy_needed_kcal": None if answer is None else answer.energy_needed_kcal,
        "note": "" if answer is None else answer.note,
        "alternatives": [
            {
                "sentence": made.sentence,
                "energy_kcal": made.energy_kcal,
                "foods": [
                    {"food_id": p.food.id, "words": p.words, "grams": p.food.mass_g * p.servings} for p in made.portions
                ],
                "after": made.closed[0].after,
                "after_is_lower_bound": made.closed[0].unknown,
                "share": made.closed[0].share,
                "probability_after": made.closed[0].chance_after,
            }
            for made in (() if answer is None else answer.alternatives)
        ],
    }


def lines(offer: "Offer") -> str:
    """An offer as the terminal shows it."""
    unit = NUTRIENTS[offer.found.nutrient].unit
    if offer.aim is None or offer.answer is None:
        said = "No gap to close." if offer.enough else "Food alone would not make this surer."
        return f"{offer.found.sentence}\n  {said}"
    now = amount_text((offer.found.mean or 0.0) + offer.found.supplement, unit)
    name = inside(offer.found.nutrient)
    told = [f"{name[:1].upper()}{name[1:]}: {now} a day now; {amount_text(offer.aim, unit)} would do."]
    for made in offer.answer.alternatives:
        after = made.closed[0].chance_after
        told.append(f"  {made.sentence}{'' if after is None else f' Confidence then {percent(after)}.'}")
    if offer.answer.note:
        told.append(f"  {offer.answer.note}")
    if offer.answer.not_closed:
        needed = offer.answer.energy_needed_kcal
        told.append("  Even the best leaves some of it missing" + (f"; {needed:.0f} kcal would do." if needed else "."))
    return "\n".join(told)
