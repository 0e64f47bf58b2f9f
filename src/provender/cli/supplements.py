"""``provender supplements``: what a member takes, and taking it."""

from decimal import Decimal
from typing import Annotated, Any

import typer

from provender.cli.said import AsJson, DayOption, MemberOption, as_json, django_ready, plainly, table
from provender.terms.numbers import parse_number
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

supplements_app = typer.Typer(no_args_is_help=True, help="Supplements: what is in them, and taking a dose.")


@supplements_app.command("list")
@plainly
def listed(member: MemberOption = "", *, json: AsJson = False) -> None:
    """List what a member takes, with what one dose holds."""
    django_ready()
    from provender.store.members import member_by_email  # noqa: PLC0415 - needs Django set up
    from provender.store.supplements import supplements  # noqa: PLC0415

    found = supplements(member_by_email(member))
    return (
        as_json([values(one) for one in found]) if json else table((str(one.id), one.name, held(one)) for one in found)
    )


@supplements_app.command("add")
@plainly
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    label: Annotated[list[str], typer.Option(help="What one dose holds: “Magnesium 100 mg”. May be repeated.")],
    unit: Annotated[str, typer.Option(help="What one dose is.")] = "tablet",
    brand: Annotated[str, typer.Option(help="The maker.")] = "",
    a_day: Annotated[str, typer.Option(help="How many doses a day are usual.")] = "",
    member: MemberOption = "",
    *,
    sure: Annotated[bool, typer.Option("--sure", help="The amounts are right, however large.")] = False,
    json: AsJson = False,
) -> None:
    """Describe a supplement from its label; of a salt only its mineral counts, and that is said."""
    django_ready()
    from provender.store.members import member_by_email  # noqa: PLC0415 - needs Django set up
    from provender.store.supplements import keep_supplement  # noqa: PLC0415

    one, notes = keep_supplement(
        member_by_email(member),
        name=name,
        label="\n".join(label),
        unit=unit,
        brand=brand,
        doses_a_day=parse_number(a_day, field="a_day") if a_day else None,
        sure=sure,
    )
    if json:
        return as_json(values(one) | {"notes": list(notes)})
    typer.echo(f"{one.id}  {one.name}: {held(one)}")
    return table((note,) for note in notes)


@supplements_app.command("take")
@plainly
def take(
    number: Annotated[int, typer.Argument(help="As `supplements list` prints it.")],
    doses: Annotated[str, typer.Option(help="How many.")] = "1",
    day: DayOption = "today",
    member: MemberOption = "",
    *,
    json: AsJson = False,
) -> None:
    """Keep that doses were taken."""
    django_ready()
    from provender.store.days import day_from_text  # noqa: PLC0415 - needs Django set up
    from provender.store.members import member_by_email  # noqa: PLC0415
    from provender.store.supplements import take as keep_dose  # noqa: PLC0415

    who = member_by_email(member)
    on = day_from_text(day, who.zone)
    kept = keep_dose(who, number, day=on, doses=parse_number(doses, field="doses"))
    if json:
        return as_json({"sentence": kept.sentence, "day": on, "doses": kept.entries[0].doses})
    return typer.echo(f"{kept.sentence.rstrip('.')} on {on:%A %-d %B %Y}.")


def held(one: Any) -> str:
    """What one dose holds, in words."""
    contents = ", ".join(f"{NUTRIENTS[n].name} {amount_text(v, NUTRIENTS[n].unit)}" for n, v in one.composition.items())
    usually = f"; usually {Decimal(one.doses_a_day).normalize():f} a day" if one.doses_a_day else ""
    return f"{contents or 'contents not known'} in one {one.unit}{usually}"


def values(one: Any) -> dict[str, Any]:
    """A supplement as JSON; what its label does not say is left out."""
    fields = ("id", "name", "brand", "barcode", "unit", "doses_a_day")
    return {name: getattr(one, name) for name in fields} | {"composition": dict(one.composition)}
