"""The cast: Alice owns, Bob is shared with (nothing yet), Charlie may see nothing."""

import os
import tempfile

os.environ.setdefault("PROVENDER_DATA_DIR", tempfile.mkdtemp(prefix="provender-tests-"))
os.environ.setdefault("PROVENDER_SECRET_KEY", "a key for tests only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from decimal import Decimal

import pytest
from cast import DAY, EGG, new_member
from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A file, as in real life: SQLite's databases in memory lock differently between threads."""
    from django.conf import settings
    from django.db import connections

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("db") / "test.sqlite3")
        connections["default"].settings_dict["TEST"]["NAME"] = name


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice(db):
    return new_member("alice@example.org")


@pytest.fixture
def bob(db):
    return new_member("bob@example.org")


@pytest.fixture
def charlie(db):
    return new_member("charlie@example.org")


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def as_charlie(charlie):
    from django.test import Client

    client = Client()
    client.force_login(charlie)
    return client


@pytest.fixture
def log_eggs(alice):
    """Two large eggs at breakfast."""
    from provender.diary.entries import Meal
    from provender.store import services

    def log(day=DAY, amount="2", meal=Meal.BREAKFAST):
        return services.log_food(alice, EGG, day=day, meal=meal, amount=Decimal(amount), unit="1 large").entries[0]

    return log
