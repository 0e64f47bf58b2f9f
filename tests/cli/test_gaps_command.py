import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cast import EGG
from typer.testing import CliRunner

from provender.cli.main import app
from provender.diary.entries import Meal

pytestmark = pytest.mark.django_db(transaction=True)
BREAD = "usda-sr24:18060"


def run(*words):
    found = CliRunner().invoke(app, ["gaps", *[str(w) for w in words]])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


@pytest.fixture
def short_of_magnesium(alice):
    from provender.store import days, services
    from provender.store.members import change_profile

    change_profile(alice, sex="female", birth_date=date(1984, 5, 31))
    for back in range(1, 6):
        for food, grams in ((EGG, "250"), (BREAD, "350")):
            day = days.today(alice.zone) - timedelta(days=back)
            services.log_food(alice, food, day=day, meal=Meal.LUNCH, amount=Decimal(grams), unit="g")
    return ("--member", alice.email)


def test_proposals_are_told_in_sentences_with_the_confidence_they_bring(short_of_magnesium):
    told = run("mg", *short_of_magnesium).stdout
    assert told.startswith("Magnesium: ")
    assert "kcal more a day. Confidence then" in told


def test_the_answer_as_json_holds_foods_and_amounts(short_of_magnesium):
    (found,) = json.loads(run("MG", *short_of_magnesium, "--json").stdout)
    best = found["alternatives"][0]
    assert found["aim"] > found["mean"]
    assert best["probability_after"] > found["probability"]
    assert all(food["grams"] > 0 for food in best["foods"])


def test_without_a_nutrient_every_open_gap_is_looked_at(short_of_magnesium):
    found = {one["nutrient"] for one in json.loads(run(*short_of_magnesium, "--json").stdout)}
    assert {"MG", "VITC"} <= found
    assert "NA" not in found


def test_what_is_sure_already_says_that_food_would_not_make_it_surer(short_of_magnesium):
    assert "No gap to close" in run("PROCNT", *short_of_magnesium).stdout


def test_why_not_is_answered_for_one_nutrient(short_of_magnesium):
    assert "not among the everyday foods" in run("MG", "--why", "espresso", *short_of_magnesium).stdout
    assert "expected one" in run("MG", "CA", "--why", "espresso", *short_of_magnesium).stderr
    assert json.loads(run("MG", "--why", "espresso", "--json", *short_of_magnesium).stdout)["food"] == "espresso"


def test_a_nutrient_that_is_none_is_refused(short_of_magnesium):
    assert "expected an id such as MG" in run("XYZ", *short_of_magnesium).stderr


def test_an_empty_diary_has_no_gaps_to_tell(alice):
    assert "No gap that food could close" in run("--member", alice.email).stdout
    assert run("MG", "--member", alice.email).exit_code == 1
