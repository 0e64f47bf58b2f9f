"""Each migration on a filled database."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.fixture
def at():
    """Takes the tables to a migration and gives the models of that time; afterwards to the newest."""

    def to(name):
        executor = MigrationExecutor(connection)
        executor.migrate([("store", name)])
        return MigrationExecutor(connection).loader.project_state([("store", name)]).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_a_member_of_the_first_tables_keeps_all_and_has_answered_nothing(at):
    old = at("0001_the_first_tables")
    alice = old.get_model("store", "Member").objects.create(email="alice@example.org", sex="female")
    new = at("0002_doses_answers_and_proposals")
    kept = new.get_model("store", "Member").objects.get(pk=alice.pk)
    assert (kept.email, kept.sex, kept.authority) == ("alice@example.org", "female", "NASEM")
    assert (kept.menstruates, kept.smokes, kept.goal_weight_kg, kept.avoids) == (None, None, None, [])
