"""``provender log``, ``weigh`` and ``day``: writing the diary and reading it back."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from provender.cli.said import AsJson, DayOption, MemberOption, as_json, django_ready, plainly, table
from provender.diary.entries import Meal
from provender.terms.errors import InputError
from provender.terms.numbers import parse_number

if TYPE_CHECKING:
    from provender.cli.keeping import Understood


@plainly
def log(
    words: Annotated[list[str] | None, typer.Argument(help="What was eaten: “2 eggs, 30 g almonds”.")] = None,
    kcal: Annotated[str, typer.Option(help="Calories without a food; the words are then a name.")] = "",
    day: DayOption = "today",
    meal: Annotated[Meal | None, typer.Option(help="Else the meal in the words, else by the hour.")] = None,
    member: MemberOption = "",
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Keep without asking; what is unclear is still refused.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Log what was eaten. Shows what was understood first; with --json it is kept only with --yes."""
    django_ready()
    from provender.cli.keeping import calories, understood  # noqa: PLC0415 - needs Django set up
    from provender.cli.reading import entry_row, entry_values  # noqa: PLC0415

    said = " ".join(words or ())
    number = _number(kcal)
    found = understood(member, said, day, meal) if number is None else calories(member, number, said, day, meal)
    if json:
        entries = found.keep().entries if yes and not found.questions else found.entries
        kept = yes and not found.questions
        as_json({"kept": kept, "questions": found.questions, "entries": [entry_values(e) for e in entries]})
    if found.questions:
        asked = "\n  ".join(found.questions)
        raise InputError(f"nothing was kept, because this is not clear:\n  {asked}", field="words")
    if not json:
        table((e.meal or "", *entry_row(e)) for e in found.entries)
        _asked_and_kept(found, yes=yes)


def _number(typed: str) -> Decimal | None:
    return parse_number(typed, field="kcal") if typed else None


def _asked_and_kept(found: "Understood", *, yes: bool) -> None:
    try:
        agreed = yes or typer.confirm("Keep?", default=True)
    except typer.Abort:
        typer.echo(err=True)
        agreed = False
    if not agreed:
        typer.echo("Nothing was kept; --yes keeps without asking.", err=True)
        raise typer.Exit(1)
    on = found.entries[0].day
    typer.echo(f"{found.keep().sentence.rstrip('.')} on {on:%A %-d %B %Y}.")


@plainly
def weigh(
    weight: Annotated[list[str], typer.Argument(help="68 kg, 150 lb, or a bare number in your own unit.")],
    day: DayOption = "today",
    member: MemberOption = "",
    *,
    json: AsJson = False,
) -> None:
    """Keep a weighing."""
    django_ready()
    from provender.cli.keeping import weighed  # noqa: PLC0415 - needs Django set up
    from provender.cli.reading import entry_row, entry_values  # noqa: PLC0415

    kept = weighed(member, " ".join(weight), day)
    if json:
        return as_json([entry_values(e) for e in kept])
    return typer.echo(f"Kept {entry_row(kept[0])[0]} on {kept[0].day:%A %-d %B %Y}.")


@plainly
def day(
    on: Annotated[str, typer.Argument(metavar="[DAY]", help="2026-11-22, today or yesterday.")] = "today",
    member: MemberOption = "",
    *,
    nutrients: Annotated[bool, typer.Option("--nutrients", help="Every nutrient with its coverage.")] = False,
    json: AsJson = False,
) -> None:
    """Show a day of the diary: calories, entries, nutrients."""
    django_ready()
    from provender.cli import reading  # noqa: PLC0415 - needs Django set up

    found = reading.day_of(member, on)
    if json:
        return as_json(reading.day_values(found))
    typer.echo(f"{found.day:%A %-d %B %Y}{', complete' if found.complete else ''}")
    table(reading.sums(found), indent="  ")
    for name, rows in reading.parts(found):
        typer.echo(name)
        table(rows, indent="  ")
    if nutrients:
        typer.echo("nutrients")
        table(reading.nutrient_rows(found), indent="  ")
    return None
