"""``provender foods``: find foods and read them."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

import typer

from provender.catalogue.food import Food
from provender.catalogue.search import Hit
from provender.catalogue.words import NOT
from provender.cli.said import (
    AsJson,
    MemberOption,
    as_json,
    decimal_text,
    django_ready,
    plainly,
    settings_named,
    table,
)
from provender.diary.entries import Snapshot, eaten_mass_g, share_of_basis, snapshot_of, units_for
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

HUNDREDTH = 0.005
"""Points that would be shown as 0.00."""

foods_app = typer.Typer(no_args_is_help=True, help="Find foods and read them.")


@foods_app.command("search")
@plainly
def search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 10,
    member: MemberOption = "",
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Say which evidence placed each food.")] = False,
    json: AsJson = False,
) -> None:
    """Find foods by words, best first; with a member, their own and usual foods too."""
    said = " ".join(words)
    found = _found(member, said, limit, explain=explain)
    if json:
        return as_json([food_values(food) | _hit_values(hit, explain=explain) for food, hit in found])
    if not found:
        typer.echo(f"No food like “{said}”; try fewer or plainer words.", err=True)
        raise typer.Exit(1)
    if explain:
        for food, hit in found:
            typer.echo(f"{hit.score:6.2f}  {_named(food)}  [{food.id}]")
            for line in evidence_lines(hit):
                typer.echo(f"        {line}")
        return None
    return table((food.id, _energy(food), _named(food), hit.why) for food, hit in found)


def _named(food: Food) -> str:
    return food.name + (f" ({food.brand})" if food.brand else "")


def _hit_values(hit: Hit, *, explain: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"score": hit.score, "why": hit.why}
    return told | ({"evidence": asdict(hit.evidence)} if explain and hit.evidence else {})


def evidence_lines(hit: Hit) -> list[str]:
    """Which evidence placed a food, a line each, with the points it gave or took."""
    told = hit.evidence
    if told is None:
        return []
    lines = [f"read: {hit.why}"] if hit.why else []
    for word in told.words:
        met = f"met {_spoken(word.found)}" if word.found else "met nothing"
        lines.append(f"“{_spoken((word.word,))}” {met}: match {word.match:.2f}, {word.share:.0%} of the query")
    parts = (
        (told.matched, f"the words, {told.sureness:.0%} sure of the reading"),
        (told.order, "the order of the words"),
        (told.surprise, f"not asked for: {_spoken(told.surprising)}" if told.surprising else "not asked for"),
        (told.prior, "plain food, dish or brand; everyday use; popularity"),
        (told.meant, "what most people mean by this"),
        (told.favour, "you log it often"),
        (told.again, "the same words as before"),
    )
    return [*lines, *(f"{points:+6.2f}  {what}" for points, what in parts if abs(points) >= HUNDREDTH)]


def _energy(food: Food) -> str:
    kcal = amount_text(food.composition.get("ENERC_KCAL"), "kcal")
    return f"{kcal}/{'serving' if food.basis_g is None else f'{food.basis_g:g} g'}"


def _spoken(terms: Sequence[str]) -> str:
    return ", ".join(f"without {term[1:]}" if term.startswith(NOT) else term for term in terms)


def _found(member: str, words: str, limit: int, *, explain: bool) -> Sequence[tuple[Food, Hit]]:
    """Without a member only the catalogue is opened, not the database."""
    if member:
        django_ready()
        from provender.store.foods import finder  # noqa: PLC0415 - needs Django set up
        from provender.store.members import member_by_email  # noqa: PLC0415

        return finder(member_by_email(member), limit=limit, explain=explain)(words)
    settings_named()
    from provender.store.catalogue_in_use import catalogue, food_index  # noqa: PLC0415 - needs the settings named

    here = catalogue()
    return [(here.food(hit.id), hit) for hit in food_index().search(words, limit=limit, explain=explain)]


@foods_app.command("show")
@plainly
def show(
    food_id: Annotated[str, typer.Argument(help="As `foods search` prints it.")],
    amount: Annotated[str, typer.Option(help="How many of the unit; grams when no unit is given.")] = "",
    unit: Annotated[str, typer.Option(help="One of the food's measures, or g, oz, kg, lb.")] = "",
    member: MemberOption = "",
    *,
    json: AsJson = False,
) -> None:
    """Show one food: its measures and every nutrient, unknown as unknown."""
    found, axis = _one(member, food_id)
    many, of = _asked(found, amount, unit)
    mass_g, share = _share(snapshot_of(found, ""), many, of)
    eaten = {} if share is None else {n: v * share for n, v in found.composition.items()}
    if json:
        here = {"amount": many, "unit": of, "mass_g": mass_g, "nutrients": {n: eaten.get(n) for n in axis}}
        return as_json({**food_values(found), "shown": here})
    lines = [f"{found.name}" + (f" ({found.brand})" if found.brand else "")]
    lines.append(f"{found.source} release {found.release}, {found.category or 'no category'}")
    typer.echo("\n".join(lines))
    if found.portions:
        typer.echo("\nmeasures")
        table(((p.label, amount_text(p.mass_g, "g")) for p in found.portions), indent="  ")
    weight = "" if mass_g is None or of == "g" else f", {amount_text(mass_g, 'g')}"
    typer.echo(f"\nin {decimal_text(many)} {'×' if of not in ('g', 'oz', 'kg', 'lb') else ''} {of}{weight}")
    return table(
        ((NUTRIENTS[n].name, amount_text(eaten.get(n), NUTRIENTS[n].unit)) for n in NUTRIENTS if n in axis),
        indent="  ",
    )


def _one(member: str, food_id: str) -> tuple[Food, set[str]]:
    """A food, and the nutrients that can be known of it."""
    if member or food_id.startswith("own:"):
        django_ready()
        from provender.store.foods import food  # noqa: PLC0415 - needs Django set up
        from provender.store.members import member_by_email  # noqa: PLC0415

        found = food(member_by_email(member), food_id)
    else:
        settings_named()
        found = None
    from provender.store.catalogue_in_use import catalogue  # noqa: PLC0415 - needs the settings named

    here = catalogue()
    found = found or here.food(food_id)
    return found, {*here.nutrients, *found.composition}


def _asked(food: Food, amount: str, unit: str) -> tuple[Decimal, str]:
    """How much of the food to show: 100 g (or a serving) unless something was asked."""
    units = units_for(snapshot_of(food, ""))
    if not unit:
        by_mass = "g" in units
        number = parse_number(amount, field="amount") if amount else Decimal(100 if by_mass else 1)
        return number, "g" if by_mass else units[0]
    number = parse_number(amount, field="amount") if amount else Decimal(1)
    return number, f"1 {unit}" if unit not in units and f"1 {unit}" in units else unit


def _share(snapshot: Snapshot, amount: Decimal, unit: str) -> tuple[Decimal | None, float | None]:
    mass_g = eaten_mass_g(snapshot, amount, unit)
    return mass_g, share_of_basis(snapshot, amount, mass_g)


def food_values(food: Food) -> dict[str, Any]:
    """A food as JSON; a nutrient that is not in ``composition`` is unknown."""
    names = ("id", "name", "brand", "kind", "category", "source", "source_id", "release", "barcode", "basis_g")
    return {
        **{name: getattr(food, name) for name in names},
        "composition": dict(food.composition),
        "portions": [{"label": p.label, "mass_g": p.mass_g} for p in food.portions],
    }
