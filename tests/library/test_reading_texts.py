"""What the reader finds in the texts that have answers; the locked half is measured by the benchmark only."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import reading as benchmark  # noqa: E402

sys.path.pop(0)


@pytest.fixture(scope="module")
def measured():
    return benchmark.measured("tuning")


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("parts", 0.97, 0.97),
        ("sentences", 0.98, 0.98),
        ("detection", 0.95, 0.96),
        ("typing", 0.93, 0.94),
        ("matching", 0.95, 0.82),
    ],
)
def test_what_was_found_in_the_tuning_half_is_still_found(measured, name, precision, recall):
    score = measured[0][name]
    assert score.precision >= precision, score.examples
    assert score.recall >= recall, score.examples


def test_no_denied_claim_is_shown_as_made(measured):
    assert measured[2] == []


def test_plain_sentences_are_matched_as_they_should_be():
    scores, _, shown_as_made = benchmark.measured("fresh")
    assert scores["matching"].precision >= 0.95, scores["matching"].examples
    assert scores["detection"].f1 >= 0.95
    assert shown_as_made == []


def test_half_of_the_texts_are_locked_and_every_layout_is_among_them():
    halves = {half: [wanted["layout"] for _, _, wanted in benchmark.texts(half)] for half in ("tuning", "locked")}
    assert min(map(len, halves.values())) >= 15
    assert len(set(halves["tuning"]) | set(halves["locked"])) == 10
