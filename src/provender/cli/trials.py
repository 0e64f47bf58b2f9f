"""``provender trial``: design a trial of one's own, see what it could show, and read what it says."""

import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from provender.cli.said import AsJson, as_json, plainly
from provender.cli.trial_answers import pooled_values, show, values
from provender.terms.errors import InputError

trial_app = typer.Typer(no_args_is_help=True, help="Trials of one's own: design, power, answer. Nothing is kept.")
Pairs = Annotated[int, typer.Option(min=1, max=200, help="Pairs of periods.")]
Days = Annotated[int, typer.Option("--period", min=1, max=366, help="Days of a period.")]


@trial_app.command("design")
@plainly
def design(
    pairs: Pairs = 6,
    period: Days = 14,
    washout: Annotated[int, typer.Option(min=0, help="Days between periods that count for neither.")] = 0,
    run_in: Annotated[int, typer.Option(min=0, help="Days before the first period.")] = 0,
    scheme: Annotated[str, typer.Option(help="pairs, blocks, stratified or abab.")] = "pairs",
    *,
    json: AsJson = False,
) -> None:
    """A design, what it can and cannot show, and a sealed order: the seed now, its commitment to publish."""
    from provender.trials.design import Design, Scheme, sequence_text  # noqa: PLC0415 - brings NumPy
    from provender.trials.design_words import design_sentences  # noqa: PLC0415
    from provender.trials.randomise import sequence_from_seed  # noqa: PLC0415
    from provender.trials.seal import commitment  # noqa: PLC0415

    if scheme not in set(Scheme):
        raise InputError(f"found the scheme “{scheme}”, expected one of {', '.join(Scheme)}", field="scheme")
    made = Design(pairs, period, Scheme(scheme), washout, run_in)
    seed = secrets.token_bytes(32)
    order, sealed, said = sequence_text(sequence_from_seed(made, seed)), commitment(made, seed), design_sentences(made)
    if json:
        return as_json(
            {**made.fields(), "sentences": list(said), "seed": seed.hex(), "sequence": order, "commitment": sealed}
        )
    typer.echo("\n".join(said))
    typer.echo(f"\norder      {order}   (A without, B with)\nseed       {seed.hex()}")
    return typer.echo(
        f"commitment {sealed}\nPublish the commitment before day 1; keep the seed and the order to yourself."
    )


@trial_app.command("power")
@plainly
def power(
    pairs: Pairs = 6,
    period: Days = 14,
    effect: Annotated[float, typer.Option(help="The true effect, in the outcome's unit.")] = -1.0,
    sigma: Annotated[float, typer.Option(help="How far days differ, in the same unit.")] = 1.5,
    mcid: Annotated[float, typer.Option(help="The smallest change that matters.")] = 1.0,
    trials: Annotated[int, typer.Option(min=20, max=20_000, help="How many to simulate, each design.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same answer.")] = 1,
    own: Annotated[
        Path | None, typer.Option("--from", help="A trial file or CSV of your own days: how they differ is learnt.")
    ] = None,
    *,
    periods: Annotated[bool, typer.Option("--periods", help="Compare period lengths that fill the same days.")] = False,
    json: AsJson = False,
) -> None:
    """How often such a trial, and shorter and longer ones, would find such an effect, by simulating them."""
    import numpy as np  # noqa: PLC0415 - the command alone needs it

    from provender.trials.plans import plans, shapes  # noqa: PLC0415
    from provender.trials.power import Noise  # noqa: PLC0415
    from provender.trials.run_in import RunIn, learnt  # noqa: PLC0415
    from provender.trials.trial_file import read_trial  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    if own is None:
        days = RunIn(noises=(Noise(sigma=sigma),), mcid=mcid)
    else:
        days = learnt(read_trial(own.read_bytes(), today=_today(), name=own.name).primary, rng)
    compared = shapes(pairs, period, periods=periods)
    told = plans(compared, effect, days, rng=rng, trials=trials)
    where = typer.get_text_stream("stderr")
    with typer.progressbar(told, length=len(compared), label="Simulating", file=where, hidden=json) as bar:
        rows = list(bar)
    if json:
        names = ("trials", "helped", "worse", "no_difference", "told", "width", "error")
        return as_json(
            [
                {"pairs": row.pairs, "period_days": row.period_days, "days": row.days}
                | {name: getattr(row.shown, name) for name in names}
                for row in rows
            ]
        )
    from provender.trials.verdict import percent  # noqa: PLC0415

    whose = "your own days" if own is not None else f"days that differ by {sigma:g}"
    typer.echo(f"With {whose} and a true effect of {effect:g}, of {trials} trials each would be told:\n")
    for row in rows:
        found = row.shown
        bar_of = "█" * round(20 * found.helped) + "░" * round(20 * (found.told - found.helped))
        typer.echo(
            f"{row.pairs:3} pairs of {row.period_days:2} days  {row.days:4} days  {bar_of.ljust(20, '·')}"
            f"  helped {percent(found.helped)}, no difference {percent(found.no_difference)},"
            f" worse {percent(found.worse)}, cannot tell {percent(1 - found.told)}; interval {found.width:.1f} wide"
        )
    return None


@trial_app.command("simulate")
@plainly
def simulate(
    pairs: Pairs = 6,
    period: Days = 14,
    run_in: Annotated[int, typer.Option(min=0, help="Days before the first period.")] = 14,
    effect: Annotated[float, typer.Option(help="The true effect on pain from 0 to 10.")] = -1.0,
    sigma: Annotated[float, typer.Option(min=0.01, help="How far days differ.")] = 1.5,
    first_day: Annotated[str, typer.Option(help="Date of the first day.")] = "2026-01-05",
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same file.")] = 1,
    into: Annotated[Path | None, typer.Option("--into", help="A file to write; else it is printed.")] = None,
) -> None:
    """A trial file that nobody lived, with a known effect: to try things out."""
    import numpy as np  # noqa: PLC0415 - the command alone needs it

    from provender.trials.design import Design, Scheme  # noqa: PLC0415
    from provender.trials.power import Noise  # noqa: PLC0415
    from provender.trials.simulate import simulated_file  # noqa: PLC0415

    try:
        begun = date.fromisoformat(first_day)
    except ValueError:
        raise InputError(
            f"found the first day “{first_day[:20]}”, expected a date such as 2026-01-05", field="first_day"
        ) from None
    design = Design(pairs, period, Scheme.PAIRS, 0, run_in)
    content = simulated_file(design, begun, effect, rng=np.random.default_rng(seed), noise=Noise(sigma=sigma))
    if into is None:
        return typer.echo(content.decode(), nl=False)
    if into.exists():
        raise InputError(f"found {into} there already; give another name, or take it away first", field="into")
    into.write_bytes(content)
    return typer.echo(f"{into}: {pairs} pairs of {period} days, true effect {effect:g}")


@trial_app.command("analyse")
@plainly
def analyse(
    files: Annotated[
        list[Path],
        typer.Argument(help="A trial file, or a CSV with day, outcome and assigned; several of one kind are pooled."),
    ],
    outcome: Annotated[str, typer.Option(help="Which outcome; else the primary one.")] = "",
    published: Annotated[
        tuple[float, float] | None, typer.Option(help="Mean and sd of the effect in published studies, shown beside.")
    ] = None,
    *,
    more: Annotated[bool, typer.Option("--more", help="Also how many more pairs would settle it (seconds).")] = False,
    json: AsJson = False,
) -> None:
    """What a trial says: helped, no difference, worse or cannot tell, and what could be wrong.

    Before the trial's last day this is a look: only whole pairs count, and a claim needs 0.99.
    """
    from provender.trials.answer import answer  # noqa: PLC0415 - brings SciPy
    from provender.trials.together import together  # noqa: PLC0415
    from provender.trials.trial_file import check_apart, read_trial  # noqa: PLC0415

    today = _today()
    trials = [read_trial(file.read_bytes(), today=today, name=file.name) for file in files]
    check_apart(trials)
    found = [answer(trial, outcome, today=today, published=published, more=more) for trial in trials]
    pooled = together(found) if len(found) > 1 else None
    if json:
        told = [values(one) | {"assumed": list(trial.assumed)} for one, trial in zip(found, trials, strict=True)]
        return as_json(told[0] if pooled is None else {"trials": told, "together": pooled_values(pooled)})
    for one, trial, file in zip(found, trials, files, strict=True):
        if pooled is not None:
            typer.echo(f"── {trial.header.title or file.name}\n")
        show(one, trial.assumed)
        typer.echo("" if pooled is None else "\n", nl=False)
    if pooled is not None:
        typer.echo(f"── All {len(found)} together\n\n{pooled.verdict.sentence}\n{pooled.verdict.chances}")
    return None


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()
