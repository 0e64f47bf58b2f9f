"""``provender trial``: design a trial of one's own, see what it could show, and read what it says."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provender.cli.said import AsJson, as_json, plainly
from provender.terms.errors import InputError
from provender.trials.check import Passed

if TYPE_CHECKING:
    from provender.trials.answer import Answer

trial_app = typer.Typer(no_args_is_help=True, help="Trials of one's own: design, power, answer. Nothing is kept.")
Pairs = Annotated[int, typer.Option(min=1, max=200, help="Pairs of periods.")]
Days = Annotated[int, typer.Option("--period", min=1, max=366, help="Days of a period.")]
WIDE = 61
BLOCKS = " ▁▂▃▄▅▆▇█"


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
    trials: Annotated[int, typer.Option(min=20, max=20_000, help="How many to simulate.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same answer.")] = 1,
    *,
    json: AsJson = False,
) -> None:
    """How often such a trial would find such an effect, by simulating it."""
    import numpy as np  # noqa: PLC0415 - the command alone needs it

    from provender.trials.power import Noise, assurance, pairs_at_random  # noqa: PLC0415
    from provender.trials.verdict import percent  # noqa: PLC0415

    sequences = pairs_at_random(pairs, period, np.random.default_rng(seed))
    with typer.progressbar(length=trials, label="Simulating", file=typer.get_text_stream("stderr"), hidden=json) as bar:
        found = assurance(
            sequences,
            effect,
            Noise(sigma=sigma),
            rng=np.random.default_rng(seed),
            mcid=mcid,
            trials=trials,
            progress=lambda done, _: bar.update(done - bar.pos),
        )
    if json:
        names = ("trials", "helped", "worse", "no_difference", "told", "width", "error")
        return as_json({name: getattr(found, name) for name in names})
    typer.echo(f"{pairs} pairs of {period} days, a true effect of {effect:g}: helped {percent(found.helped)},")
    typer.echo(f"no difference worth having {percent(found.no_difference)}, made it worse {percent(found.worse)},")
    return typer.echo(
        f"cannot tell {percent(1 - found.told)}. The 95 % interval would be about {found.width:.1f} wide."
    )


@trial_app.command("analyse")
@plainly
def analyse(
    file: Annotated[Path, typer.Argument(help="A trial file, or a CSV with day, outcome and assigned.")],
    outcome: Annotated[str, typer.Option(help="Which outcome; else the primary one.")] = "",
    *,
    json: AsJson = False,
) -> None:
    """What a trial says: helped, no difference, worse or cannot tell, and what could be wrong."""
    from provender.trials.answer import answer  # noqa: PLC0415 - brings SciPy
    from provender.trials.trial_file import read_trial  # noqa: PLC0415

    trial = read_trial(file.read_bytes(), today=datetime.now(tz=UTC).astimezone().date(), name=file.name)
    found = answer(trial, outcome)
    if json:
        return as_json(values(found) | {"assumed": list(trial.assumed)})
    return show(found, trial.assumed)


def values(found: "Answer") -> dict[str, Any]:
    """An answer as JSON."""
    names = ("sentence", "chances", "would_settle", "benefit", "beyond", "harm", "worse", "same", "low", "high")
    one = found.posterior
    return {
        "outcome": found.series.scale.name,
        "verdict": str(found.verdict.kind),
        **{name: getattr(found.verdict, name) for name in names},
        "could_be_wrong": list(found.verdict.could_be_wrong),
        "checks": [
            {"name": c.name, "verdict": str(c.verdict), "sentence": c.sentence, "numbers": dict(c.numbers)}
            for c in found.checks
        ],
        "as_run": {"mean": one.as_run.mean, "sd": one.as_run.sd},
        "steady_state": {"mean": one.effect.mean, "sd": one.effect.sd},
        **{
            name: {"median": curve.quantile(0.5), "low": curve.quantile(0.05), "high": curve.quantile(0.95)}
            for name, curve in (("phi", one.phi), ("nu", one.nu), ("tau", one.tau), ("sigma", one.sigma))
        },
        "observed": one.observed,
        "quadrature_error": one.quadrature_error,
        "under_half_the_prior": str(found.others[0].kind),
        "under_double_the_prior": str(found.others[1].kind),
    }


def show(found: "Answer", assumed: tuple[str, ...]) -> None:
    """Print an answer: the sentence, a picture of where the effect probably lies, what could be wrong."""
    told = found.verdict
    typer.echo(f"{str(told.kind).capitalize()}.\n\n{told.sentence}\n{told.chances}\n")
    typer.echo("\n".join(picture(found)))
    if told.could_be_wrong:
        typer.echo("\nWhat could be wrong:\n" + "\n".join(f"  {doubt}" for doubt in told.could_be_wrong))
    others = [one for one in found.checks if one.verdict is not Passed.FAILED]
    typer.echo("\nAlso checked:\n" + "\n".join(f"  {one.verdict}: {one.sentence}" for one in others))
    if told.would_settle:
        typer.echo(f"\n{told.would_settle}")
    for sentence in assumed:
        typer.echo(f"assumed: {sentence}")


def picture(found: "Answer") -> list[str]:
    """Where the effect as run probably lies, as a row of blocks over its scale; ``|`` is no effect."""
    run, mcid = found.posterior.as_run, found.series.scale.mcid
    reach = max(abs(run.quantile(0.005)), abs(run.quantile(0.995)), 1.5 * mcid)
    at = [reach * (2 * i / (WIDE - 1) - 1) for i in range(WIDE)]
    density = run.density(at)
    top = float(density.max())
    bars = "".join(BLOCKS[round(8 * float(height) / top)] for height in density)
    marks = [" "] * WIDE
    for value, mark in ((0.0, "|"), (-mcid, "'"), (mcid, "'")):
        marks[round((value / reach + 1) / 2 * (WIDE - 1))] = mark
    lower, higher = ("better", "worse") if found.series.scale.lower_is_better else ("worse", "better")
    ends = f"{lower} {-reach:.1f}".ljust(WIDE - len(f"{reach:.1f} {higher}")) + f"{reach:.1f} {higher}"
    return [bars, "".join(marks), ends]
