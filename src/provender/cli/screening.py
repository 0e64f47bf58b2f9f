"""``provender library screen``: whether a person may try a substance at a dose, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly, table
from provender.terms.errors import InputError

if TYPE_CHECKING:
    from provender.library.safety import Answer, OtherSource

Several = list[str] | None


@plainly
def screen(
    substance: Annotated[str, typer.Option(help="Such as magnesium.")],
    amount: Annotated[float | None, typer.Option(help="How much a day; left out: not known.")] = None,
    unit: Annotated[str, typer.Option(help="mg, µg, IU, g or applications.")] = "mg",
    form: Annotated[str, typer.Option(help="elemental, or the salt whose mass it is; left out: not known.")] = "",
    age: Annotated[float | None, typer.Option(help="Years.")] = None,
    sex: Annotated[str, typer.Option(help="female or male.")] = "",
    kidney: Annotated[str, typer.Option(help="normal, reduced, failure, unknown or a measured eGFR.")] = "unknown",
    condition: Annotated[Several, typer.Option(help="An illness; may be repeated; “none” for none.")] = None,
    medicine: Annotated[Several, typer.Option(help="A medicine; may be repeated; “none” for none.")] = None,
    source: Annotated[
        Several,
        typer.Option(help="What else is taken: “multivitamin: magnesium 100 mg; iron 14 mg”, or “none”."),
    ] = None,
    yes: Annotated[Several, typer.Option(help="Id of a question that is answered yes; may be repeated.")] = None,
    no: Annotated[Several, typer.Option(help="Id of a question that is answered no; may be repeated.")] = None,
    authority: Annotated[str, typer.Option(help="Whose upper level binds: NASEM or EFSA.")] = "NASEM",
    shelves: Annotated[Path | None, typer.Option(help="The folder that holds substances/; else our own.")] = None,
    *,
    pregnant: Annotated[bool | None, typer.Option("--pregnant/--not-pregnant", help="Left out: not known.")] = None,
    breastfeeding: Annotated[
        bool | None, typer.Option("--breastfeeding/--not-breastfeeding", help="Left out: not known.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Screen a substance for a person: stop, ask first or go on, with every reason. What is left out is not known."""
    from provender.library.safety import Person, Plan, Said  # noqa: PLC0415 - brings the models
    from provender.library.safety import screen as screened  # noqa: PLC0415
    from provender.library.shelf import shelf  # noqa: PLC0415

    if sex not in ("", "female", "male"):
        raise InputError(f"found --sex {sex}, expected female or male", field="sex")
    answers: dict[str, Said] = {**dict.fromkeys(yes or (), "yes"), **dict.fromkeys(no or (), "no")}
    twice = sorted({*(yes or ())} & {*(no or ())})
    if twice:
        raise InputError(f"found {twice[0]} answered yes and no, expected one of them", field="yes")
    person = Person(
        age_y=age,
        sex="female" if sex == "female" else "male" if sex == "male" else None,
        pregnant=pregnant,
        breastfeeding=breastfeeding,
        kidney=_kidney(kidney),
        conditions=_listed(condition),
        medicines=_listed(medicine),
        answers=answers,
    )
    plan = Plan(amount=amount, unit=unit, form=form or None)
    found = screened(shelf(shelves), substance, person, plan, _sources(source), authority=authority)
    return as_json(asdict(found)) if json else _tell(found)


def _kidney(said: str) -> str | float:
    try:
        return float(said)
    except ValueError:
        return said


def _listed(said: Sequence[str] | None) -> tuple[str, ...] | None:
    """What was typed; empty for "none", None where nothing was said."""
    return None if said is None else tuple(one for one in said if one.strip().casefold() != "none")


def _sources(said: Sequence[str] | None) -> "tuple[OtherSource, ...] | None":
    from provender.diary.labels import composition_of, read_label  # noqa: PLC0415 - brings the models
    from provender.library.safety import OtherSource  # noqa: PLC0415

    if said is None:
        return None
    found = []
    for name, colon, label in (one.partition(":") for one in _listed(said) or ()):
        amounts = composition_of(read_label(label)) if colon else None
        found.append(OtherSource(name=name.strip(), amounts=amounts))
    return tuple(found)


def _tell(found: "Answer") -> None:
    typer.echo(f"{found.substance}: {found.decision}")
    if found.decision != "go on":
        may = "may lift this" if found.unlocks else "does not lift this"
        typer.echo(f"A clinician's agreement {may}.")
    table(_rows(found))
    for one in found.spacing:
        typer.echo(one.says)


def _rows(found: "Answer") -> Iterator[tuple[Any, ...]]:
    for one in found.reasons:
        yield one.decision, one.id, f"{one.says} {one.do}".strip(), ", ".join(one.sources)
