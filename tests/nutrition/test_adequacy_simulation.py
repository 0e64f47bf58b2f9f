"""The promises of ``benchmarks/adequacy.py`` on fewer diaries: whoever changes the method learns it here."""

import sys
from pathlib import Path

import pytest

BENCHMARKS = str(Path(__file__).resolve().parents[2] / "benchmarks")
sys.path.insert(0, BENCHMARKS)
try:
    from adequacy_simulation.judges import PROPOSED, RIVALS, simulate
finally:
    sys.path.remove(BENCHMARKS)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[3, 14, 60])
def result(request):
    return simulate(request.param, 250, seed=5)


def test_the_interval_holds_nine_in_ten_usual_intakes(result):
    assert 0.85 <= result.coverage <= 0.95


def test_the_method_beats_percent_of_rda_and_the_method_of_2000(result):
    for name in ("mean >= RDA", "mean >= EAR", "percent of RDA", "IOM z, all days"):
        assert result.brier[PROPOSED] < result.brier[name], name


def test_screened_days_do_not_help_the_method_of_2000_past_ours(result):
    assert result.brier[PROPOSED] < result.brier["IOM z, complete days"] + 0.001
    assert set(result.brier) == {*RIVALS, PROPOSED}
