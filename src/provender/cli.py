"""The terminal's door: the same selectors and services as the pages; every command answers ``--json`` too."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar
from uuid import UUID

import django
import typer

from provender import __version__
from provender.terms.errors import InputError, ProvenderError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provender.settings")

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="From a health claim to your own answer.")
foods_app = typer.Typer(no_args_is_help=True, help="Find foods and read them.")
catalogue_app = typer.Typer(no_args_is_help=True, help="Build a catalogue, or check one.")
members_app = typer.Typer(no_args_is_help=True, help="Members of this installation.")
app.add_typer(foods_app, name="foods")
app.add_typer(catalogue_app, name="catalogue")
app.add_typer(members_app, name="members")
