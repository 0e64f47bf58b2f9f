"""``provender expenditure``: what weighings and logs in a CSV file say of a person's expenditure."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from provender.cli.planning import LEVELS, kg_per_week
from provender.cli.said import AsJson, as_json, plainly, table
from provender.diary.cells import Row, day_cell, day_of, number_cell, said_cell
from provender.diary.cells import table as cells_of
from provender.energy.expenditure_model import Body
from provender.energy.expenditure_series import Series
from provender.terms.errors import InputError
from provender.terms.units import parse_height, parse_mass

if TYPE_CHECKING:
    from provender.energy.expenditure import Curve, Expenditure
    from provender.energy.weekly_target import TargetUpdate

COLUMNS: Final = ("day", "weight_kg", "energy_kcal")
_ESTIMATES: Final = ("maintenance_kcal", "true_kcal", "unlogged_share", "weight_kg", "weight_ahead_kg")


@plainly
def expenditure_of(
    file: Annotated[Path, typer.Argument(help="CSV: day, weight_kg, energy_kcal, and complete (yes, no) if known.")],
    sex: Annotated[str, typer.Option(help="female or male.")],
    age: Annotated[float, typer.Option(help="In years.")],
    height: Annotated[str, typer.Option(help="As in “170 cm” or “5 ft 7 in”.")],
    activity: Annotated[str, typer.Option(help=f"{LEVELS}; leave it out when not known.")] = "",
    weight: Annotated[str, typer.Option(help="As in “68 kg”, for a file without weights.")] = "",
    rate: Annotated[str, typer.Option(help="Also propose a target for this change a week: “-1 lb”, “0”.")] = "",
    target: Annotated[int | None, typer.Option(help="The target so far, kcal a day.")] = None,
    changed: Annotated[
        list[str] | None, typer.Option(help="A day from which you live differently: 2026-11-22. May be repeated.")
    ] = None,
    *,
    weighs_everything: Annotated[bool, typer.Option("--weighs-everything", help="All food is weighed.")] = False,
    json: AsJson = False,
) -> None:
    """What your weight and your log say you spend; nothing is kept. Empty cells are missing, not 0."""
    from provender.energy.expenditure import expenditure  # noqa: PLC0415 - brings SciPy
    from provender.energy.weekly_target import weekly_target  # noqa: PLC0415

    person = Body(
        sex=sex,
        age_y=age,
        height_m=float(parse_height(height)),
        activity=activity or None,
        weight_kg=float(parse_mass(weight)) if weight else None,
        weighs_everything=weighs_everything,
    )
    found = expenditure(series_from(file, tuple(day_of(day, "--changed") for day in changed or ())), person)
    update = weekly_target(found, kg_per_week(rate), old_kcal=target) if rate else None
    return as_json(values(found, update)) if json else show(found, update)


def series_from(file: Path, changed: tuple[date, ...] = ()) -> Series:
    """A series from a CSV file.

    Args:
        file: Columns day, weight_kg, energy_kcal, and complete if known, in any order; an empty cell is missing.
        changed: Days from which the person lives differently.

    Raises:
        InputError: No such columns, a cell that is no number or date; the message names line and column.
    """
    found = cells_of(file.read_bytes(), file.name)
    missing = [name for name in COLUMNS if name not in found.titles]
    if missing:
        raise InputError(
            f"{file.name}: found no column {', '.join(missing)}, expected a first line {','.join(COLUMNS)}",
            field="file",
        )
    rows = [_row(row, f"{file.name} line {line}") for line, row in found.rows]
    days, weights, energies, complete = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Series(days, weights, energies, complete, changed)


def _row(row: Row, where: str) -> tuple[date, float | None, float | None, bool | None]:
    whole = said_cell(row, where)
    return day_cell(row, where), _number(row, "weight_kg", where), _number(row, "energy_kcal", where), whole


def _number(row: Row, column: str, where: str) -> float | None:
    found = number_cell(row, where, column)
    return None if found is None else float(found)


def values(found: "Expenditure", update: "TargetUpdate | None") -> dict[str, Any]:
    """An expenditure as JSON; what is unknown is null."""
    return {
        "known": found.known,
        **{name: asdict(getattr(found, name)) for name in _ESTIMATES},
        "logged_kcal": found.logged_kcal,
        "scale_sd_kg": found.scale_sd_kg,
        "weighings_used": found.weighings_used,
        "logs_used": found.logs_used,
        "sentences": list(found.sentences),
        "questions": [asdict(question) for question in found.questions],
        "ignored": [asdict(left) for left in found.ignored],
        "target": None if update is None else asdict(update),
        "days": [
            {
                "day": day,
                "trend_kg": _on(found.trend_kg, t),
                "maintenance_kcal": _on(found.maintenance_by_day_kcal, t),
                "true_kcal": _on(found.true_by_day_kcal, t),
            }
            for t, day in enumerate(found.days)
        ],
    }


def _on(curve: "Curve", t: int) -> dict[str, float]:
    return {"low": float(curve.low[t]), "middle": float(curve.middle[t]), "high": float(curve.high[t])}


def show(found: "Expenditure", update: "TargetUpdate | None") -> None:
    """Print what was learnt: sentences first, then what was asked and left out."""
    typer.echo("\n".join(found.sentences))
    if update is not None:
        typer.echo(f"\n{update.sentence}")
    typer.echo(f"\n{found.weighings_used} weighings and {found.logs_used} fully logged days were used.")
    for question in found.questions:
        typer.echo(f"question: {question.sentence}")
    table(("left out or doubted:" if i == 0 else "", left.reason) for i, left in enumerate(found.ignored))
