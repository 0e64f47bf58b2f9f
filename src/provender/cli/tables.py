"""Bringing the database up to date before the terminal uses it."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from provender.terms.errors import SettingError


def migrated() -> int:
    """Apply the migrations that are missing; how many that were.

    Raises:
        SettingError: The database cannot be reached or written.
    """
    try:
        if connection.vendor == "sqlite":
            Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, ImproperlyConfigured, OSError) as error:
        raise SettingError(_advice(error)) from error
    return missing


def _advice(error: Exception) -> str:
    where = settings.DATABASES["default"]
    said = " ".join(str(error).split()).rstrip(".")
    if where["ENGINE"].endswith("sqlite3"):
        return (
            f"the database {where['NAME']} cannot be used: {said}. Is its folder writable, and the disk not full?"
            " PROVENDER_DATA_DIR chooses another folder."
        )
    return (
        f"the database {where['NAME']} at {where.get('HOST') or 'this machine'} cannot be used: {said}."
        " PROVENDER_DATABASE_URL says where it is."
    )


def let_go() -> None:
    """Close this process's connections, so that a child process cannot inherit them."""
    connections.close_all()
