import json
from decimal import Decimal

import pytest
from cast import DAY, EGG, PASSWORD
from typer.testing import CliRunner

from provender.catalogue.artifact import starter_path
from provender.cli import tables
from provender.cli.main import app
from provender.store import selectors
from provender.store.models import Member

ISO = DAY.isoformat()


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch):
    monkeypatch.setattr(tables, "migrated", lambda: 0)


def run(*words, typed=None):
    found = CliRunner().invoke(app, [str(w) for w in words], input=typed)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def answer(*words):
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_a_food_is_found_by_its_words():
    assert EGG in [f["id"] for f in answer("foods", "search", "egg", "raw")]


def test_nothing_found_is_said_and_fails():
    found = run("foods", "search", "zzqx")
    assert found.exit_code == 1
    assert "No food like" in found.stderr


def test_a_shown_food_has_null_for_no_nutrient_and_leaves_the_unknown_out():
    shown = answer("foods", "show", "usda-sr24:15037")
    assert shown["composition"]["MG"] == 28
    assert None not in shown["composition"].values()
    assert "unknown" in run("foods", "show", "usda-sr24:15037").stdout


def test_an_unknown_food_is_one_clear_line():
    found = run("foods", "show", "usda-sr24:99999")
    assert found.exit_code == 1
    assert found.stderr.startswith("provender: there is no food")
    assert len(found.stderr.splitlines()) == 1


PERSON = ("--sex", "female", "--age", "42", "--height", "5 ft 6 in", "--weight", "150 lb")


def test_a_plan_needs_no_account_and_says_its_equation():
    found = answer("plan", *PERSON, "--rate", "-1 lb")
    assert 1200 < found["daily_kcal"] < found["maintenance_kcal"]
    assert "EER 2023" in found["equation"]


def test_a_plan_that_was_held_says_by_which_guard():
    assert "floor" in run("plan", *PERSON, "--rate", "-2 lb").stdout


def test_a_height_nobody_has_is_refused():
    found = run("plan", "--sex", "male", "--age", "42", "--height", "12 ft", "--weight", "80 kg")
    assert found.exit_code == 1
    assert "272" in found.stderr


@pytest.mark.parametrize("rate", ["fast", "-1 stone", "-9 kg"])
def test_a_rate_that_is_none_is_refused(rate):
    assert run("plan", *PERSON, "--rate", rate).exit_code == 1


def test_a_line_is_logged_and_the_day_shows_it(alice):
    kept = answer("log", "2 large eggs, 30 g almonds", "--day", ISO, "--meal", "lunch")
    assert [e["meal"] for e in kept] == ["lunch", "lunch"]
    day = answer("day", ISO)
    assert len(day["entries"]) == 2
    assert day["eaten_kcal"] == pytest.approx(sum(e["energy_kcal"] for e in kept))
    assert 0 < next(n for n in day["nutrients"] if n["nutrient"] == "MG")["coverage"] <= 1
    assert "almonds" in run("day", ISO, "--nutrients").stdout


def test_before_keeping_it_asks_and_no_keeps_nothing(alice):
    found = run("log", "30 g almonds", "--day", ISO, typed="n\n")
    assert found.exit_code == 1
    assert "almonds" in found.stdout
    assert selectors.day(alice, DAY).entries == ()
    assert run("log", "30 g almonds", "--day", ISO, typed="y\n").exit_code == 0
    assert len(selectors.day(alice, DAY).entries) == 1


def test_what_is_unclear_is_asked_and_never_kept(alice):
    found = run("log", "2 eggs, a glass of zzqx", "--day", ISO, "--yes")
    assert found.exit_code == 1
    assert "zzqx" in found.stderr
    assert selectors.day(alice, DAY).entries == ()


def test_quick_calories_are_logged_from_the_terminal(alice):
    answer("log", "cake 300 kcal", "--day", ISO)
    assert selectors.day(alice, DAY).balance.eaten == 300


@pytest.mark.parametrize(
    "words", [("log", ""), ("log", "1 egg", "--meal", "brunch"), ("day", "2026-02-31"), ("log", "x" * 3000)]
)
def test_bad_words_are_one_clear_line(alice, words):
    found = run(*words)
    assert found.exit_code == 1
    assert "found" in found.stderr


def test_several_members_must_be_told_apart(alice, bob):
    assert "--member" in run("day").stderr
    assert run("day", "--member", bob.email).exit_code == 0


def test_without_any_member_it_says_how_to_make_one(db):
    assert "members add" in run("day").stderr


def test_an_account_is_opened_and_its_password_set_without_mail(db):
    assert run("members", "add", "new@example.org", "--password", PASSWORD, "--zone", "Europe/Paris").exit_code == 0
    assert answer("members", "list")[0]["zone"] == "Europe/Paris"
    assert run("members", "password", "new@example.org", "--password", "another long one").exit_code == 0
    assert Member.objects.get().check_password("another long one")


@pytest.mark.parametrize(
    "words", [("nonsense", PASSWORD), ("a@example.org", "short"), ("a@example.org", PASSWORD, "--zone", "Mars")]
)
def test_a_bad_account_is_refused(db, words):
    email, password, *more = words
    assert run("members", "add", email, "--password", password, *more).exit_code == 1
    assert not Member.objects.exists()


def test_a_second_account_of_one_address_is_refused(alice):
    assert run("members", "add", alice.email.upper(), "--password", PASSWORD).exit_code == 1


def test_a_catalogue_is_built_and_verified(tmp_path):
    source = tmp_path / "mine.csv"
    source.write_text("id,name,ENERC_KCAL,MG\n1,Bread,250,\n2,Spread,9999,1\n")
    out = tmp_path / "mine.catalogue"
    built = answer("catalogue", "build", "--source", f"plain_csv:{source}", "--out", out)
    assert sum(built["foods"].values()) == 2
    assert sum(built["quarantined"].values()) == 1
    assert "9999" in built["problems"][0]
    assert answer("catalogue", "verify", out)["digest"] == built["digest"]
    assert answer("catalogue", "verify")["foods"] == 7907


@pytest.mark.parametrize("source", ["nothing", "nothing:here", "plain_csv:", "plain_csv:/not/there.csv"])
def test_a_source_that_is_none_is_one_clear_line(tmp_path, source):
    found = run("catalogue", "build", "--source", source, "--out", tmp_path / "x")
    assert found.exit_code == 1
    assert found.stderr.startswith("provender: ")
    assert not (tmp_path / "x").exists()


def test_a_damaged_catalogue_fails_with_both_digests(tmp_path):
    broken = bytearray(starter_path().read_bytes())
    broken[-100] ^= 1
    path = tmp_path / "broken.catalogue"
    path.write_bytes(broken)
    found = run("catalogue", "verify", path)
    assert found.exit_code == 1
    assert "expected" in found.stderr


def test_the_version_is_said():
    assert run("--version").stdout.strip().count(".") == 2


def test_amounts_come_back_as_they_were_typed(alice):
    answer("log", "0.5 cup cooked lentils", "--day", ISO)
    assert selectors.day(alice, DAY).entries[0].amount == Decimal("0.5")
