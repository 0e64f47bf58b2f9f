"""The terminal's door: the same selectors and services as the pages; every command answers ``--json`` too."""

import os

import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="From a health claim to your own answer.")
foods_app = typer.Typer(no_args_is_help=True, help="Find foods and read them.")
catalogue_app = typer.Typer(no_args_is_help=True, help="Build a catalogue, or check one.")
members_app = typer.Typer(no_args_is_help=True, help="Members of this installation.")
app.add_typer(foods_app, name="foods")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(members_app, name="members")
