"""Bringing the database up to date before the terminal uses it."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from provender.terms.errors import SettingError


def migrated() -> int:
    """Apply what is missing; how many migrations that were.

    Raises:
        SettingError: The database cannot be reached or written.
    """
    try:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, OSError) as error:
        where = settings.DATABASES["default"]["NAME"]
        raise SettingError(
            f"the database {where} cannot be used: {error}. Is its folder {settings.DATA_DIR} writable, and the disk"
            " not full? PROVENDER_DATA_DIR or PROVENDER_DATABASE_URL choose another."
        ) from error
    return missing
