"""A trial's answer on the terminal: as JSON, and as a page with a picture."""

from typing import TYPE_CHECKING, Any

import typer

from provender.trials.check import Passed

if TYPE_CHECKING:
    from provender.trials.answer import Answer
    from provender.trials.together import Together
    from provender.trials.verdict import Verdict

WIDE = 61
BLOCKS = " ▁▂▃▄▅▆▇█"
NAMES = ("sentence", "chances", "would_settle", "benefit", "beyond", "harm", "worse", "same", "low", "high")


def values(found: "Answer") -> dict[str, Any]:
    """An answer as JSON."""
    one = found.posterior
    return {
        "outcome": found.series.scale.name,
        **_told(found.verdict),
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
        "model": str(found.model),
        "ended": found.ended,
        "quadrature_error": one.quadrature_error,
        "under_other_beliefs": {other.name: other.kind and str(other.kind) for other in found.others},
        "under_published": found.published and found.published.verdict and _told(found.published.verdict),
        "evidence_by_pairs": [round(float(value), 4) for value in found.evidence],
        "density": _density(found),
    }


def _told(one: "Verdict") -> dict[str, Any]:
    return {"verdict": str(one.kind)} | {name: getattr(one, name) for name in NAMES}


def _density(found: "Answer") -> dict[str, list[float]]:
    """101 values of the effect as run with their density, for a picture."""
    run = found.posterior.as_run
    low, high = run.quantile(0.001), run.quantile(0.999)
    at = [low + (high - low) * i / 100 for i in range(101)]
    return {"effect": at, "density": [float(value) for value in run.density(at)]}


def pooled_values(found: "Together") -> dict[str, Any]:
    """Several trials together, as JSON."""
    return _told(found.verdict) | {
        "mean": found.pooled.mean,
        "sd": found.pooled.sd,
        "between_occasions": found.pooled.between_mean,
        "likelihoods": [
            {"mean": one.mean, "sd": one.sd} if one.sd < float("inf") else None for one in found.likelihoods
        ],
    }


def show(found: "Answer", assumed: tuple[str, ...]) -> None:
    """Print an answer: the sentence, a picture of where the effect probably lies, what could be wrong."""
    told = found.verdict
    if not found.ended:
        typer.echo("A look before the end: only whole pairs count, and a claim needs 99 %.\n")
    typer.echo(f"{str(told.kind).capitalize()}.\n\n{told.sentence}\n{told.chances}\n")
    typer.echo("\n".join(picture(found)))
    if told.could_be_wrong:
        typer.echo("\nWhat could be wrong:\n" + "\n".join(f"  {doubt}" for doubt in told.could_be_wrong))
    others = [one for one in found.checks if one.verdict is not Passed.FAILED]
    typer.echo("\nAlso checked:\n" + "\n".join(f"  {one.verdict}: {one.sentence}" for one in others))
    if found.published is not None and found.published.verdict is not None:
        typer.echo(f"\nWith {found.published.name} as the belief beforehand:\n  {found.published.verdict.sentence}")
    if told.would_settle:
        typer.echo(f"\n{told.would_settle}")
    for sentence in assumed:
        typer.echo(f"assumed: {sentence}")


def picture(found: "Answer") -> list[str]:
    """Where the effect as run probably lies, as a row of blocks over its scale; ``|`` is no effect."""
    run, mcid = found.posterior.as_run, found.asked.mcid
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
