"""``provender adequacy``: whether what was eaten is enough, from a CSV file or from a member's diary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
import typer

from provender.cli.said import AsJson, MemberOption, as_json, django_ready, plainly
from provender.diary.cells import NutrientColumn, Row, day_cell, nutrient_column, said_cell
from provender.diary.cells import table as cells_of
from provender.terms.errors import InputError
from provender.terms.nutrients import NUTRIENTS

if TYPE_CHECKING:
    from provender.nutrition.daily_intakes import DailyIntakes
    from provender.nutrition.verdicts import Adequacy

LONGEST_RANGE_DAYS: Final = 3660
VALUES: Final = (
    *("nutrient", "days", "complete_days", "mean", "supplement", "usual", "low", "high", "coverage", "probability"),
    *("probability_low", "probability_high", "days_for_fairly_sure", "days_for_sure", "mean_needed"),
    *("mean_needed_7", "below_ul", "below_cdrr", "energy_share", "sentence", "ul_sentence", "cdrr_sentence"),
    "amdr_sentence",
)
OF_REFERENCE: Final = ("authority", "ear", "rda", "ai", "ul", "cdrr", "amdr_low", "amdr_high")


@plainly
def adequacy_of(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="CSV: day, complete (yes, no) if known, and a column for each nutrient, named by id (MG) or name with"
            " its unit (Magnesium, mg). An empty cell is missing. Without a file: a member’s diary."
        ),
    ] = None,
    sex: Annotated[str, typer.Option(help="female or male; for a file.")] = "",
    age: Annotated[float | None, typer.Option(help="In years; for a file.")] = None,
    weight: Annotated[str, typer.Option(help="As in “68 kg”, for protein.")] = "",
    life_stage: Annotated[str, typer.Option(help="none, pregnant-1 to -3, lactating-0-6, lactating-7-12.")] = "none",
    authority: Annotated[str, typer.Option(help="NASEM or EFSA; for a file.")] = "NASEM",
    days: Annotated[int, typer.Option(min=1, max=LONGEST_RANGE_DAYS, help="The last days of the diary.")] = 14,
    member: MemberOption = "",
    *,
    json: AsJson = False,
) -> None:
    """Whether each nutrient is enough, and how sure that is. Nothing is kept."""
    if file is None:
        found = _of_diary(member, days)
    else:
        if not sex or age is None:
            raise InputError("a file does not say whose it is; add --sex and --age", field="sex" if not sex else "age")
        found = _of_file(file, _Person(sex, age, weight, life_stage, authority))
    return as_json([values(one) for one in found]) if json else show(found)


@dataclass(frozen=True, slots=True)
class _Person:
    sex: str
    age_y: float
    weight: str
    life_stage: str
    authority: str


def _of_file(file: Path, person: _Person) -> "Sequence[Adequacy]":
    from provender.nutrition.adequacy import adequacy  # noqa: PLC0415 - brings SciPy
    from provender.nutrition.recipient import Recipient  # noqa: PLC0415
    from provender.nutrition.reference_intakes import references  # noqa: PLC0415
    from provender.nutrition.variation import Group  # noqa: PLC0415
    from provender.terms.units import parse_mass  # noqa: PLC0415

    weight_kg = float(parse_mass(person.weight)) if person.weight else None
    who = Recipient(person.sex, person.age_y, person.life_stage, weight_kg)
    compared = references(who, authority=person.authority)
    group = Group("female" if person.sex == "female" else "male", person.age_y)
    return adequacy(intakes_from(file), compared, group=group)


def _of_diary(email: str, days: int) -> "Sequence[Adequacy]":
    django_ready()
    from provender.store.adequacies import latest_assessment  # noqa: PLC0415 - needs Django set up
    from provender.store.members import member_by_email  # noqa: PLC0415

    found = latest_assessment(member_by_email(email), days)
    if found.lacking:
        named = " and ".join(name.replace("_", " ") for name in found.lacking)
        raise InputError(f"found no {named} in the profile; say it under Me in the browser", field=found.lacking[0])
    if found.refused:
        raise InputError(found.refused)
    return found.found


def intakes_from(file: Path) -> "DailyIntakes":
    """Daily intakes from a CSV file.

    Args:
        file: A column ``day``, perhaps ``complete``, and nutrients by id (``MG``) or name with unit (``Magnesium, mg``,
            ``Vitamin C (mg)``), in any order. An empty cell is missing, 0 is a measured zero. All that a row holds
            counts as fully known.

    Raises:
        InputError: No such columns, a unit of another kind, a cell that is no number or date; it names line and column.
    """
    from provender.nutrition.daily_intakes import DailyIntakes  # noqa: PLC0415 - brings NumPy's slower parts

    found = cells_of(file.read_bytes(), file.name)
    columns = _columns(file.name, found.titles)
    if not found.rows:
        raise InputError(f"{file.name}: found no day, expected one row a day", field="file")
    rows = sorted((_row(row, columns, f"{file.name} line {line}") for line, row in found.rows), key=itemgetter(0))
    amount = np.array([row[2] for row in rows], dtype=np.float64)
    covered = np.isfinite(amount).astype(np.float64)
    nutrients = tuple(column.nutrient.id for column in columns)
    return DailyIntakes(nutrients, tuple(r[0] for r in rows), amount, covered, tuple(r[1] for r in rows))


def _columns(name: str, titles: Sequence[str]) -> list[NutrientColumn]:
    if "day" not in titles:
        raise InputError(f"{name}: found no column day, expected a first line such as day,complete,MG,CA", field="file")
    found = [_column(title, name) for title in titles if title not in ("day", "complete")]
    named = [column.nutrient.id for column in found]
    twice = next((n for n in named if named.count(n) > 1), None)
    if twice or not found:
        what = f"{twice} in two columns" if twice else "no nutrient"
        raise InputError(f"{name}: found {what}, expected each nutrient in one column", field="file")
    return found


def _column(title: str, name: str) -> NutrientColumn:
    try:
        found = nutrient_column(title)
    except InputError as error:
        raise InputError(f"{name}, {error}", field="file") from error
    if found is None:
        raise InputError(
            f"{name}: found the column “{title}”, expected day, complete, or a nutrient by id or name with its unit,"
            " such as MG or “Magnesium, mg”",
            field="file",
        )
    return found


def _row(row: Row, columns: Sequence[NutrientColumn], where: str) -> tuple[date, bool | None, list[float]]:
    cells = [column.amount(row, where) for column in columns]
    return day_cell(row, where), said_cell(row, where), [np.nan if cell is None else cell for cell in cells]


def values(found: "Adequacy") -> dict[str, Any]:
    """One nutrient as JSON; what is unknown is null."""
    return {
        **{name: getattr(found, name) for name in VALUES},
        "unit": NUTRIENTS[found.nutrient].unit,
        "verdict": str(found.verdict),
        "excluded": [{"day": left.day, "reason": str(left.reason)} for left in found.excluded],
        "reference": {name: getattr(found.reference, name) for name in OF_REFERENCE},
        "ul_counts": str(found.reference.ul_scope) if found.reference.ul is not None else None,
        "notes": list(found.notes),
    }


def show(found: "Sequence[Adequacy]") -> None:
    """Print the verdicts: by kind, each with its sentence, then what lies above a limit and the days left out."""
    by_verdict: dict[str, list[str]] = {}
    for one in found:
        by_verdict.setdefault(str(one.verdict), []).append(one.sentence)
    for verdict, sentences in by_verdict.items():
        typer.echo(verdict.capitalize())
        typer.echo("\n".join(f"  {sentence}" for sentence in sentences))
    limits = [s for one in found for s in (one.ul_sentence, one.cdrr_sentence, one.amdr_sentence) if s]
    if limits:
        typer.echo("Limits and shares")
        typer.echo("\n".join(f"  {sentence}" for sentence in limits))
    for left in found[0].excluded if found else ():
        typer.echo(f"left out: {left.day}, {left.reason}")
