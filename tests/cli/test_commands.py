import json
from datetime import date
from decimal import Decimal

import pytest
from cast import DAY, EGG, PASSWORD
from typer.testing import CliRunner

from provender.catalogue.artifact import starter_path
from provender.cli import members, tables
from provender.cli.main import app
from provender.cli.planning import kg_per_week
from provender.diary.entries import Kind, Meal
from provender.store import selectors
from provender.store.days import today
from provender.store.foods import keep_own_food
from provender.store.members import change_profile
from provender.store.models import Member
from provender.store.services import log_food, log_note, mark_day

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


def test_a_search_explains_on_demand_which_evidence_placed_each_food():
    told = run("foods", "search", "brocolli without salt", "--explain", "--limit", "2").stdout
    assert "“brocolli” read as “broccoli”" in told
    assert "“without salt” met without salt" in told
    assert "not asked for: " in told
    first = answer("foods", "search", "brocolli", "--explain", "--limit", "1")[0]
    assert first["evidence"]["words"][0]["found"] == ["broccoli"]
    assert first["why"] == "“brocolli” read as “broccoli”"
    assert "evidence" not in answer("foods", "search", "brocolli", "--limit", "1")[0]


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


def test_a_food_is_shown_in_its_own_measure():
    shown = answer("foods", "show", EGG, "--amount", "2", "--unit", "large")["shown"]
    assert shown["mass_g"] == 100
    assert shown["nutrients"]["ENERC_KCAL"] == pytest.approx(143)
    assert "2 × 1 large, 100 g" in run("foods", "show", EGG, "--amount", "2", "--unit", "1 large").stdout
    assert answer("foods", "show", EGG, "--amount", "30")["shown"]["unit"] == "g"


def test_a_measure_the_food_does_not_have_is_refused():
    found = run("foods", "show", EGG, "--unit", "bucket")
    assert found.exit_code == 1
    assert "bucket" in found.stderr


def test_a_members_own_food_is_found_and_shown_to_them_only(alice, bob):
    made = keep_own_food(alice, name="Grandmother's bar", basis_g=None, composition={"ENERC_KCAL": 210.0})
    assert made.id in [f["id"] for f in answer("foods", "search", "grandmother", "--member", alice.email)]
    assert made.id not in run("foods", "search", "grandmother", "--member", bob.email).stdout
    assert made.id not in run("foods", "search", "grandmother").stdout
    assert "210 kcal" in run("foods", "show", made.id, "--member", alice.email).stdout
    assert run("foods", "show", made.id, "--member", bob.email).exit_code == 1


PERSON = ("--sex", "female", "--age", "42", "--height", "5 ft 6 in", "--weight", "150 lb")


def test_a_plan_needs_no_account_and_says_its_equation():
    found = answer("plan", *PERSON, "--rate", "-1 lb")
    assert 1200 < found["daily_kcal"] < found["maintenance_kcal"]
    assert "EER 2023" in found["equation"]


def test_a_plan_that_was_held_says_by_which_guard():
    assert "floor" in run("plan", *PERSON, "--rate", "-2 lb").stdout


def test_a_plan_from_a_birth_date_names_the_macronutrients_in_words():
    person = [*PERSON[:2], "--birth-date", "1984-05-31", *PERSON[4:], "--goal-weight", "60 kg"]
    shown = run("plan", *person).stdout
    assert "protein" in shown
    assert "kcal a day" in shown


def test_a_child_too_young_for_any_equation_gets_no_number():
    shown = run("plan", "--sex", "male", "--age", "2", "--height", "86 cm", "--weight", "12 kg")
    assert "No equation covers" in shown.stdout
    assert "kcal a day\n" not in shown.stdout


@pytest.mark.parametrize("more", [("--birth-date", "1984-05-31"), ("--birth-date", "May")])
def test_two_ages_or_no_date_are_refused(more):
    assert run("plan", *PERSON, *more).exit_code == 1


@pytest.mark.parametrize(
    ("typed", "kg"),
    [
        ("-1 lb", -0.45359237),
        ("−0.5 kg", -0.5),
        ("0", 0),
        ("1/2 lb", 0.226796185),
        ("+1lb a week", 0.45359237),
        (".5", 0.5),
    ],
)
def test_a_rate_is_read_in_both_systems(typed, kg):
    assert kg_per_week(typed) == pytest.approx(kg)


def test_a_height_nobody_has_is_refused():
    found = run("plan", "--sex", "male", "--age", "42", "--height", "12 ft", "--weight", "80 kg")
    assert found.exit_code == 1
    assert "272" in found.stderr


@pytest.mark.parametrize("rate", ["fast", "-1 stone", "-9 kg"])
def test_a_rate_that_is_none_is_refused(rate):
    assert run("plan", *PERSON, "--rate", rate).exit_code == 1


def test_a_line_is_logged_and_the_day_shows_it(alice):
    said = answer("log", "2 large eggs, 30 g almonds", "--day", ISO, "--meal", "lunch", "--yes")
    kept = said["entries"]
    assert said["kept"]
    assert [e["meal"] for e in kept] == ["lunch", "lunch"]
    day = answer("day", ISO)
    assert len(day["entries"]) == 2
    assert day["eaten_kcal"] == pytest.approx(sum(e["energy_kcal"] for e in kept))
    assert 0 < next(n for n in day["nutrients"] if n["nutrient"] == "MG")["coverage"] <= 1
    assert "almonds" in run("day", ISO, "--nutrients").stdout


def test_json_without_yes_shows_what_was_understood_and_keeps_nothing(alice):
    said = answer("log", "30 g almonds", "--day", ISO)
    assert not said["kept"]
    assert said["entries"][0]["mass_g"] == 30
    assert selectors.day(alice, DAY).entries == ()


def test_nobody_there_to_answer_keeps_nothing(alice):
    found = run("log", "30 g almonds", "--day", ISO, typed="")
    assert found.exit_code == 1
    assert "--yes" in found.stderr
    assert selectors.day(alice, DAY).entries == ()


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
    in_json = run("log", "2 eggs, a glass of zzqx", "--day", ISO, "--yes", "--json")
    assert in_json.exit_code == 1
    assert not json.loads(in_json.stdout)["kept"]
    assert "zzqx" in json.loads(in_json.stdout)["questions"][0]
    assert selectors.day(alice, DAY).entries == ()


def test_quick_calories_are_logged_from_the_terminal(alice):
    answer("log", "cake 300 kcal", "--day", ISO, "--yes")
    answer("log", "--kcal", "120", "birthday", "cake", "--day", ISO, "--yes")
    day = selectors.day(alice, DAY)
    assert day.balance.eaten == 420
    assert day.entries[1].name == "birthday cake"


@pytest.mark.parametrize("kcal", ["-1", "0", "a lot", "1e9"])
def test_calories_that_are_none_are_refused(alice, kcal):
    found = run("log", "--kcal", kcal, "--day", ISO, "--yes")
    assert found.exit_code == 1
    assert "found" in found.stderr
    assert selectors.day(alice, DAY).entries == ()


@pytest.mark.parametrize(("system", "typed", "unit"), [("metric", "150 lb", "kg"), ("us", "150", "lb")])
def test_a_weighing_is_kept_in_the_members_own_unit(alice, system, typed, unit):
    alice.system = system
    alice.save()
    assert run("weigh", *typed.split(), "--day", ISO).exit_code == 0
    (entry,) = selectors.day(alice, DAY).entries
    assert entry.unit == unit
    assert float(entry.mass_g) == pytest.approx(68038.8555)


def test_the_first_weighing_gives_a_full_profile_its_daily_calories(alice):
    change_profile(alice, sex="female", birth_date=date(1984, 5, 31), height_m=Decimal("1.70"))
    answer("weigh", "68 kg", "--day", "today")
    assert 1200 < answer("day")["budget_kcal"] < 3000


@pytest.mark.parametrize("typed", ["1 kg", "heavy", "68 cm"])
def test_a_weight_nobody_has_is_refused(alice, typed):
    assert run("weigh", *typed.split()).exit_code == 1
    assert not selectors.entries_of_kind(alice, Kind.WEIGHT, date(1900, 1, 1), date(2199, 1, 1))


def test_a_day_without_food_has_unknown_calories_and_not_zero(alice):
    assert answer("day", ISO)["eaten_kcal"] is None
    assert "nothing logged" in run("day", ISO).stdout


def test_an_entry_of_unknown_calories_makes_the_sum_a_lower_bound(alice):
    food = keep_own_food(alice, name="Bar", basis_g=None, composition={})
    log_food(alice, food.id, day=DAY, meal=Meal.LUNCH, amount=Decimal(1), unit="serving")
    assert "at least" in run("day", ISO).stdout
    assert answer("day", ISO)["entries_of_unknown_energy"] == 1


def test_the_day_shows_what_is_left_and_what_is_no_meal(alice):
    change_profile(alice, own_budget_kcal=2000)
    run("log", "--kcal", "500", "--yes")
    run("weigh", "70")
    log_note(alice, "slept badly", day=today(alice.zone))
    mark_day(alice, today(alice.zone), complete=True)
    shown = run("day").stdout
    assert "1,500 kcal" in shown
    assert "70 kg" in shown
    assert "slept badly" in shown
    assert ", complete" in shown


def test_one_member_cannot_be_read_as_another(alice, bob):
    run("log", "--kcal", "500", "--day", ISO, "--yes", "--member", alice.email)
    assert answer("day", ISO, "--member", bob.email)["entries"] == []


@pytest.mark.parametrize(
    "words", [("log", ""), ("log",), ("log", "1 egg", "--day", "soon"), ("day", "2026-02-31"), ("log", "x" * 3000)]
)
def test_bad_words_are_one_clear_line(alice, words):
    found = run(*words)
    assert found.exit_code == 1
    assert "found" in found.stderr


@pytest.mark.parametrize("words", [("log", "1 egg", "--meal", "brunch"), ("foods", "search"), ("serve", "--port", "0")])
def test_a_wrong_way_of_asking_is_exit_code_two(words):
    assert run(*words).exit_code == 2


def test_several_members_must_be_told_apart(alice, bob):
    assert "--member" in run("day").stderr
    assert run("day", "--member", bob.email).exit_code == 0


def test_without_any_member_it_says_how_to_make_one(db):
    assert "members add" in run("day").stderr


def add(email, password=PASSWORD, *more):
    return run("members", "add", email, *more, typed=f"{password}\n")


def test_an_account_is_opened_and_its_password_set_without_mail(db):
    assert add("new@example.org", PASSWORD, "--zone", "Europe/Paris").exit_code == 0
    assert answer("members", "list")[0]["zone"] == "Europe/Paris"
    assert "new@example.org" in run("members", "list").stdout
    assert run("members", "password", "new@example.org", typed="another long one\n").exit_code == 0
    assert Member.objects.get().check_password("another long one")


def test_a_new_account_lives_in_the_zone_of_the_machine(db, monkeypatch):
    monkeypatch.setattr(members, "own_zone", lambda: "Asia/Tokyo")
    assert add("new@example.org").exit_code == 0
    assert Member.objects.get().zone == "Asia/Tokyo"


def test_the_zone_of_the_machine_is_where_its_clock_points(tmp_path):
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert members.own_zone(tmp_path / "localtime") == "Europe/Berlin"
    assert members.own_zone(tmp_path / "nothing") == "UTC"


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense", PASSWORD),
        ("a@example.org", "short"),
        ("a@example.org", PASSWORD, "--zone", "Mars"),
        ("a@b.org", ""),
    ],
)
def test_a_bad_account_is_refused(db, words):
    assert add(*words).exit_code == 1
    assert not Member.objects.exists()


def test_a_second_account_of_one_address_is_refused(alice):
    assert add(alice.email.upper()).exit_code == 1


def test_the_password_of_nobody_is_not_asked_for(db):
    found = run("members", "password", "nobody@example.org", typed="")
    assert found.exit_code == 1
    assert "nobody@example.org" in found.stderr


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
    assert "is whole" in run("catalogue", "verify", out).stdout


def test_a_build_tells_its_progress_and_what_it_left_out(tmp_path):
    source = tmp_path / "mine.csv"
    source.write_text("id,name,ENERC_KCAL\n" + "".join(f"{i},Bread {i},{9999 if i % 2 else 250}\n" for i in range(60)))
    found = run("catalogue", "build", "--source", f"plain_csv:{source}", "--out", tmp_path / "mine.catalogue")
    assert found.exit_code == 0
    assert "60" in found.stderr
    assert "left out: " in found.stderr
    assert "and 10 more" in found.stderr
    assert "30 problems" in found.stdout


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
    answer("log", "0.5 cup cooked lentils", "--day", ISO, "--yes")
    assert selectors.day(alice, DAY).entries[0].amount == Decimal("0.5")
