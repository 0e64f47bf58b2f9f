"""The commands of ``provender``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from provender import __version__
from provender.cli.said import AsJson, MemberOption, as_json, django_ready, plainly, table
from provender.terms.errors import InputError
from provender.terms.units import amount_text

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="From a health claim to your own answer.",
)
foods_app = typer.Typer(no_args_is_help=True, help="Find foods and read them.")
catalogue_app = typer.Typer(no_args_is_help=True, help="Build a catalogue, or check one.")
members_app = typer.Typer(no_args_is_help=True, help="Members of this installation.")
app.add_typer(foods_app, name="foods")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(members_app, name="members")


def main() -> None:
    """What the ``provender`` command runs."""
    app(prog_name="provender")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def provender(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """From a health claim to your own answer."""


@app.command()
@plainly
def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; the own machine only, unless you say otherwise.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the pages on this machine."""
    from provender.cli.serving import serve as run  # noqa: PLC0415 - the server is loaded only to serve

    run(host, port)


@foods_app.command("search")
@plainly
def foods_search(
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200)] = 10,
    *,
    json: AsJson = False,
) -> None:
    """Find foods by words, best first."""
    django_ready()
    from provender.store.foods import find_foods  # noqa: PLC0415 - needs Django set up

    found = find_foods(None, " ".join(words), limit=limit)
    if json:
        return as_json([{"id": f.id, "name": f.name, "brand": f.brand, "kind": f.kind} for f in found])
    if not found:
        typer.echo(f"No food like “{' '.join(words)}”; try fewer or plainer words.", err=True)
        raise typer.Exit(1)
    return table(
        (
            f.id,
            amount_text(f.composition.get("ENERC_KCAL"), "kcal/100 g"),
            f.name + (f" ({f.brand})" if f.brand else ""),
        )
        for f in found
    )


@foods_app.command("show")
@plainly
def foods_show(
    food_id: Annotated[str, typer.Argument(help="As `foods search` prints it.")], *, json: AsJson = False
) -> None:
    """Show one food: measures and every nutrient, unknown as unknown."""
    django_ready()
    from provender.cli.shapes import food_values  # noqa: PLC0415 - needs Django set up
    from provender.store.catalogue_in_use import catalogue  # noqa: PLC0415

    here = catalogue()
    found = here.food(food_id)
    if json:
        return as_json(food_values(found))
    typer.echo(f"{found.name}\n{found.source} release {found.release}, {found.category or 'no category'}\n")
    table((p.label, amount_text(p.mass_g, "g")) for p in found.portions)
    from provender.terms.nutrients import NUTRIENTS  # noqa: PLC0415

    typer.echo("\nper 100 g")
    return table((NUTRIENTS[n].name, amount_text(found.composition.get(n), NUTRIENTS[n].unit)) for n in here.nutrients)


@app.command()
@plainly
def plan(
    sex: Annotated[str, typer.Option(help="female or male.")],
    height: Annotated[str, typer.Option(help="As in “170 cm” or “5 ft 7 in”.")],
    weight: Annotated[str, typer.Option(help="As in “68 kg” or “150 lb”.")],
    age: Annotated[float | None, typer.Option(help="In years.")] = None,
    birth_date: Annotated[str, typer.Option(help="Instead of an age: 1984-05-31.")] = "",
    activity: Annotated[str, typer.Option(help="inactive, low_active, active or very_active.")] = "inactive",
    rate: Annotated[str, typer.Option(help="A week: “-1 lb”, “-0.5 kg”, “0”, “1 lb”.")] = "0",
    life_stage: Annotated[str, typer.Option(help="none, pregnant-1 to -3, lactating-0-6, lactating-7-12.")] = "none",
    *,
    json: AsJson = False,
) -> None:
    """Daily calories for a person and a goal; nothing is kept."""
    from provender.cli.shapes import plan_text, plan_values, planned  # noqa: PLC0415

    found = planned(sex, height, weight, age, birth_date, activity, rate, life_stage)
    return as_json(plan_values(found)) if json else typer.echo(plan_text(found))


@app.command()
@plainly
def log(
    words: Annotated[list[str], typer.Argument(help="What was eaten: “2 eggs, 30 g almonds”.")],
    day: Annotated[str, typer.Option(help="2026-11-22, today or yesterday.")] = "today",
    meal: Annotated[str, typer.Option(help="breakfast, lunch, dinner or snacks; else by the hour.")] = "",
    member: MemberOption = "",
    *,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Keep without asking; what is unclear is still refused.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Log what was eaten; shows what was understood first."""
    django_ready(tables=True)
    from provender.cli.logging import keep, understood  # noqa: PLC0415 - needs Django set up

    entries, shown, questions = understood(member, " ".join(words), day, meal)
    if questions:
        raise InputError("not kept, because this is not clear: " + "; ".join(questions))
    if not json:
        table(shown)
    if not yes and not json and not typer.confirm("Keep?", default=True):
        raise typer.Exit(1)
    kept = keep(member, entries)
    return as_json(kept) if json else typer.echo(f"Kept {len(entries)} in the diary.")


@app.command()
@plainly
def day(
    on: Annotated[str, typer.Argument(help="2026-11-22, today or yesterday.")] = "today",
    member: MemberOption = "",
    *,
    nutrients: Annotated[bool, typer.Option("--nutrients", help="Every nutrient with its coverage.")] = False,
    json: AsJson = False,
) -> None:
    """Show a day of the diary: calories, entries, nutrients."""
    django_ready(tables=True)
    from provender.cli.logging import day_lines, day_values  # noqa: PLC0415 - needs Django set up

    if json:
        return as_json(day_values(member, on))
    return table(day_lines(member, on, nutrients=nutrients))


@catalogue_app.command("build")
@plainly
def catalogue_build(
    out: Annotated[Path, typer.Option(help="The artifact to write.")],
    source: Annotated[list[str], typer.Option(help="KIND:PATH; may be given several times.")],
    *,
    json: AsJson = False,
) -> None:
    """Build a catalogue from publishers' files (see docs/data.md)."""
    from provender.catalogue.build import build  # noqa: PLC0415 - the builder is loaded only to build

    pairs = []
    for given in source:
        kind, colon, path = given.partition(":")
        if not colon or not path:
            raise InputError(f"found --source {given}, expected KIND:PATH such as fdc:FoodData_Central_csv.zip")
        pairs.append((kind, Path(path).expanduser()))

    def progress(name: str, done: int, total: int | None) -> None:
        typer.echo(f"{name}: {done:,}{f' of {total:,}' if total else ''} foods", err=True)

    report = build(pairs, out, progress=None if json else progress)
    values = {
        "path": report.path,
        "digest": report.digest,
        "foods": report.foods,
        "superseded": report.superseded,
        "quarantined": report.quarantined,
        "problems": [str(p) for p in report.problems],
    }
    if json:
        return as_json(values)
    for problem in report.problems[:20]:
        typer.echo(f"left out: {problem}", err=True)
    if len(report.problems) > 20:
        typer.echo(f"... and {sum(report.quarantined.values()) - 20:,} more; --json lists a thousand", err=True)
    return typer.echo(f"{out}: {sum(report.foods.values()):,} foods, digest {report.digest}")


@catalogue_app.command("verify")
@plainly
def catalogue_verify(
    path: Annotated[Path | None, typer.Argument(help="An artifact; else the one in use.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """Check every section of a catalogue against its digest."""
    from provender.catalogue.artifact import open_catalogue  # noqa: PLC0415

    if path is None:
        django_ready()
        from provender.store.catalogue_in_use import catalogue_path  # noqa: PLC0415 - needs Django set up

        path = catalogue_path()
    found = open_catalogue(path)
    sources = [{"key": s.key, "name": s.name, "release": s.release, "foods": s.foods} for s in found.sources]
    if json:
        return as_json({"path": path, "digest": found.digest, "foods": len(found), "sources": sources})
    return typer.echo(f"{path} is whole: {len(found):,} foods, {len(found.nutrients)} nutrients, digest {found.digest}")


@members_app.command("list")
@plainly
def members_list(*, json: AsJson = False) -> None:
    """List the members."""
    django_ready(tables=True)
    from provender.store.members import members  # noqa: PLC0415 - needs Django set up

    found: list[dict[str, Any]] = [{"email": m.email, "zone": m.zone, "joined": m.joined_at} for m in members()]
    return as_json(found) if json else table((m["email"], m["zone"]) for m in found)


Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked when not given.")
]


@members_app.command("add")
@plainly
def members_add(
    email: str, password: Password, zone: Annotated[str, typer.Option()] = "UTC", *, json: AsJson = False
) -> None:
    """Open an account without a mail server."""
    django_ready(tables=True)
    from provender.store.members import open_account  # noqa: PLC0415 - needs Django set up

    member = open_account(email, password, zone=zone)
    return as_json({"email": member.email}) if json else typer.echo(f"{member.email} can sign in now.")


@members_app.command("password")
@plainly
def members_password(email: str, password: Password, *, json: AsJson = False) -> None:
    """Set a member's password anew."""
    django_ready(tables=True)
    from provender.store.members import new_password  # noqa: PLC0415 - needs Django set up

    new_password(email, password)
    return as_json({"email": email}) if json else typer.echo(f"{email} has a new password.")
