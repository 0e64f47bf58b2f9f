import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from provender.cli.adequacy import intakes_from
from provender.cli.main import app
from provender.diary.cells import BY_NAME
from provender.terms.errors import InputError

HER = ("--sex", "female", "--age", "40")


def run(*words):
    found = CliRunner().invoke(app, ["adequacy", *[str(w) for w in words]])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def written(path, first, *lines):
    path.write_text("\n".join([first, *lines]) + "\n")
    return path


@pytest.fixture
def diary(tmp_path):
    """Three days at 320 mg of magnesium and 1,900 kcal: the example of IOM 2000."""
    days = [date(2026, 3, 2) + timedelta(days=t) for t in range(3)]
    return written(tmp_path / "eaten.csv", "day,ENERC_KCAL,MG", *(f"{day},1900,320" for day in days))


def answers(*words):
    return {one["nutrient"]: one for one in json.loads(run(*words, "--json").stdout)}


def test_three_days_are_answered_in_a_sentence_with_a_confidence(diary):
    told = run(diary, *HER).stdout
    assert "Magnesium: 3 complete days average 320 mg. You can be" in told
    assert "confident your usual intake meets your own requirement" in told


def test_the_answer_as_json_holds_the_reference_and_the_interval(diary):
    magnesium = answers(diary, *HER)["MG"]
    assert magnesium["reference"]["ear"] == 265
    assert magnesium["low"] < magnesium["usual"] < magnesium["high"]
    assert 0.5 < magnesium["probability"] < 0.9
    assert magnesium["ul_counts"] == "supplements"


def test_a_nutrient_without_a_column_is_null_and_not_zero(diary):
    calcium = answers(diary, *HER)["CA"]
    assert calcium["mean"] is None
    assert calcium["coverage"] == 0
    assert calcium["verdict"] == "no verdict"


def test_two_days_have_amounts_and_no_verdict(tmp_path):
    path = written(tmp_path / "x.csv", "day,MG", "2026-03-02,320", "2026-03-03,310")
    found = answers(path, *HER)["MG"]
    assert (found["probability"], round(found["mean"])) == (None, 315)
    assert "Three complete days are needed" in run(path, *HER).stdout


def test_a_day_that_is_not_complete_is_left_out_and_said(tmp_path):
    lines = [f"2026-03-0{d},yes,320" for d in range(2, 6)]
    path = written(tmp_path / "x.csv", "day,complete,MG", *lines, "2026-03-06,no,50")
    assert answers(path, *HER)["MG"]["days"] == 4
    assert "left out: 2026-03-06, you said that it is not complete" in run(path, *HER).stdout


def test_an_empty_cell_is_missing_and_a_zero_is_a_zero(tmp_path):
    found = intakes_from(written(tmp_path / "x.csv", "day,MG,VITC", "2026-03-02,,0"))
    assert str(found.amount[0, 0]) == "nan"
    assert found.amount[0, 1] == 0
    assert found.coverage.tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize(
    "title", ["MG", "mg", "Magnesium", "Magnesium, mg", "Magnesium (mg)", "magnesium_mg", "MG mg", "MG, mg"]
)
def test_a_column_is_known_by_id_or_name_with_its_unit(tmp_path, title):
    path = written(tmp_path / "x.csv", f'day,"{title}"', "2026-03-02,320")
    assert intakes_from(path).nutrients == ("MG",)


def test_a_column_in_another_unit_is_converted(tmp_path):
    path = written(tmp_path / "x.csv", "day,Magnesium (g)", "2026-03-02,0.32")
    assert intakes_from(path).amount[0, 0] == pytest.approx(320)


def test_days_may_stand_in_any_order(tmp_path):
    path = written(tmp_path / "x.csv", "day,MG", "2026-03-03,2", "2026-03-02,1")
    assert intakes_from(path).amount[:, 0].tolist() == [1, 2]


def test_sodium_is_read_as_sodium_and_not_as_missing():
    assert BY_NAME["na"].id == "NA"


@pytest.mark.parametrize(
    ("first", "line", "said"),
    [
        ("date,MG", "2026-03-02,1", "x.csv: found no column day"),
        ("day", "2026-03-02", "found no nutrient"),
        ("day,MG,Magnesium", "2026-03-02,1,2", "found MG in two columns"),
        ("day,Magnesia", "2026-03-02,1", "found the column “Magnesia”"),
        ("day,Magnesium (kcal)", "2026-03-02,1", "column Magnesium (kcal)"),
        ("day,MG", "2026-03-02,3O0", "x.csv line 2, column MG: found “3O0”"),
        ("day,MG", "2 March,300", "x.csv line 2, column day: found “2 March”"),
        ("day,complete,MG", "2026-03-02,perhaps,300", "x.csv line 2, column complete: found “perhaps”"),
        ("day,MG", "2026-03-02,-3", "x.csv line 2, column MG: found -3, expected 0 or more"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_and_column(tmp_path, first, line, said):
    found = run(written(tmp_path / "x.csv", first, line), *HER)
    assert found.exit_code == 1
    assert said in found.stderr


def test_a_day_twice_is_refused(tmp_path):
    found = run(written(tmp_path / "x.csv", "day,MG", "2026-03-02,1", "2026-03-02,2"), *HER)
    assert "found days out of order or twice" in found.stderr


def test_a_file_without_rows_says_so(tmp_path):
    assert "found no day" in run(written(tmp_path / "x.csv", "day,MG"), *HER).stderr


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"day,MG\n\xff\xfe,1\n")
    with pytest.raises(InputError, match="cannot be read as CSV"):
        intakes_from(path)


@pytest.mark.parametrize("words", [(), ("--sex", "female"), ("--age", "40")])
def test_a_file_needs_a_sex_and_an_age(diary, words):
    assert "add --sex and --age" in run(diary, *words).stderr


def test_another_authority_gives_other_references(diary):
    assert answers(diary, *HER, "--authority", "EFSA")["MG"]["reference"]["ai"] == 300


@pytest.mark.django_db(transaction=True)
def test_without_a_file_a_members_diary_is_read(alice, log_eggs):
    from provender.store import days
    from provender.store.members import change_profile

    assert "found no sex and birth date in the profile" in run("--member", alice.email).stderr
    change_profile(alice, sex="female", birth_date=date(1984, 5, 1))
    now = days.today(alice.zone)
    for back in range(1, 5):
        log_eggs(day=now - timedelta(days=back), amount="6")
    found = answers("--member", alice.email)
    assert found["PROCNT"]["days"] == 4
    assert found["PROCNT"]["probability"] is not None
