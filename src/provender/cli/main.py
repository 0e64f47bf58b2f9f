"""The commands of ``provender``."""

from typing import Annotated

import typer

from provender import __version__
from provender.cli.adequacy import adequacy_of
from provender.cli.article import read_article
from provender.cli.catalogue import catalogue_app
from provender.cli.diary import day, log, weigh
from provender.cli.expending import expenditure_of
from provender.cli.foods import foods_app
from provender.cli.gaps import gaps_of
from provender.cli.importing import import_file
from provender.cli.library import library_app
from provender.cli.members import members_app
from provender.cli.planning import plan
from provender.cli.said import AsJson, plainly
from provender.cli.supplements import supplements_app
from provender.cli.trials import trial_app

HELP = "From a health claim to your own answer."
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=HELP)


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
        str, typer.Option(help="Address to listen on; this machine only, unless you say otherwise.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    *,
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the pages in a browser once they answer.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Serve the pages on this machine until Ctrl-C."""
    from provender.cli.serving import serve as run  # noqa: PLC0415 - the server is loaded only to serve

    run(host, port, browser=browser, json=json)


app.command()(plan)
app.command("expenditure")(expenditure_of)
app.command("adequacy")(adequacy_of)
app.command("gaps")(gaps_of)
app.command("import")(import_file)
app.command("read")(read_article)
app.command()(log)
app.command()(weigh)
app.command()(day)
app.add_typer(foods_app, name="foods")
app.add_typer(supplements_app, name="supplements")
app.add_typer(trial_app, name="trial")
app.add_typer(library_app, name="library")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(members_app, name="members")
