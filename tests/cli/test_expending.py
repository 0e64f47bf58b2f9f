import json
from datetime import date, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

from provender.cli.main import app

HER = ("--sex", "female", "--age", "40", "--height", "168 cm", "--activity", "low_active")


def run(*words):
    found = CliRunner().invoke(app, ["expenditure", *[str(w) for w in words]])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


@pytest.fixture
def diary(tmp_path):
    """Sixty days near 78 kg, 1,900 kcal a day, a fifth of it missing."""
    rng = np.random.default_rng(7)
    lines = ["day,weight_kg,energy_kcal"]
    for t in range(60):
        kg = f"{78 - 0.02 * t + 0.6 * rng.standard_normal():.1f}" if rng.random() > 0.2 else ""
        kcal = f"{1900 + 200 * rng.standard_normal():.0f}" if rng.random() > 0.2 else ""
        lines.append(f"{date(2026, 3, 1) + timedelta(days=t)},{kg},{kcal}")
    path = tmp_path / "diary.csv"
    path.write_text("\n".join(lines))
    return path


def test_a_csv_of_sixty_days_is_answered_in_sentences(diary):
    told = run(diary, *HER).stdout
    assert "by your own way of logging" in told
    assert "In truth you probably spend about" in told
    assert "fully logged days were used" in told


def test_the_answer_as_json_holds_every_day_and_nothing_but_numbers(diary):
    found = json.loads(run(diary, *HER, "--json").stdout)
    assert found["known"] is True
    assert len(found["days"]) == 60
    assert found["maintenance_kcal"]["low"] < found["maintenance_kcal"]["middle"] < found["maintenance_kcal"]["high"]
    assert found["target"] is None


def test_a_rate_brings_a_proposal(diary):
    found = json.loads(run(diary, *HER, "--rate=-1 lb", "--target", "2100", "--json").stdout)
    assert found["target"]["new_kcal"] < 2100
    assert f"{found['target']['new_kcal']:,} kcal a day" in run(diary, *HER, "--rate=-1 lb", "--target", "2100").stdout


def test_a_weight_in_pounds_is_asked_about(diary):
    diary.write_text(diary.read_text() + "\n2026-05-03,172,1900")
    assert "question: found 172 on 3 May beside" in run(diary, *HER).stdout


def test_a_file_without_its_columns_is_refused_by_name(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("date,weight\n2026-03-01,78\n")
    found = run(path, *HER)
    assert found.exit_code == 1
    assert "x.csv: found no column day, weight_kg, energy_kcal" in found.stderr


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-01,7O,1900,", "line 2, column weight_kg: found “7O”"),
        ("1 March,70,1900,", "line 2, column day: found “1 March”"),
        ("2026-03-01,70,1900,perhaps", "line 2, column complete: found “perhaps”"),
        ("2026-03-01,70,-5,", "found energy_kcal -5 on 2026-03-01"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_line_and_column(tmp_path, row, said):
    path = tmp_path / "x.csv"
    path.write_text(f"day,weight_kg,energy_kcal,complete\n{row}\n")
    found = run(path, *HER)
    assert found.exit_code == 1
    assert said in found.stderr


def test_an_empty_file_and_one_without_weights_say_what_they_need(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("day,weight_kg,energy_kcal\n")
    assert "found no days" in run(path, *HER).stderr
    path.write_text("day,weight_kg,energy_kcal\n2026-03-01,,1900\n")
    assert "found no weight" in run(path, *HER).stderr
    assert "Cannot tell yet" in run(path, *HER, "--weight", "78 kg").stdout


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"day,weight_kg,energy_kcal\n\xff\xfe,1,2\n")
    found = run(path, *HER)
    assert found.exit_code == 1
    assert "cannot be read as CSV in UTF-8" in found.stderr


def test_a_day_of_change_is_read(diary):
    assert run(diary, *HER, "--changed", "2026-04-01").exit_code == 0
    assert "--changed: found “soon”" in run(diary, *HER, "--changed", "soon").stderr
