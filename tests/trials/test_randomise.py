"""Admissible sequences: counted, listed, numbered and drawn, each equally likely."""

from hashlib import sha256
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from provender.terms.errors import InputError
from provender.trials.design import Design, sequence_from_text, sequence_text
from provender.trials.randomise import (
    admissible,
    draws,
    is_admissible,
    rank,
    sequence_at,
    sequence_count,
    sequence_from_seed,
)

SMALL = [
    Design(1),
    Design(3),
    Design(4, scheme="blocks"),
    Design(3, scheme="blocks", block_periods=6),
    Design(4, scheme="stratified"),
    Design(3, scheme="stratified", longest_run=1),
    Design(5, scheme="stratified", longest_run=3),
    Design(1, scheme="stratified"),
    Design(3, scheme="abab"),
]
RANDOM = [design for design in SMALL if design.randomised]


def by_hand(design):
    """Every admissible sequence by trying all of them against the scheme's definition."""
    size = design.periods

    def longest_run(arms):
        return max(len(run) for run in "".join(map(str, arms)).replace("01", "0 1").replace("10", "1 0").split())

    def fits(arms):
        if design.scheme == "abab":
            return list(arms) == [0, 1] * design.pairs
        if design.scheme == "stratified":
            half = sum(arms[: design.pairs])
            whole = sum(arms) == design.pairs and abs(2 * half - design.pairs) <= 1
            return whole and longest_run(arms) <= design.longest_run
        block = 2 if design.scheme == "pairs" else design.block_periods
        return all(2 * sum(arms[k : k + block]) == block for k in range(0, size, block))

    return [arms for arms in product((0, 1), repeat=size) if fits(arms)]


@pytest.mark.parametrize("design", SMALL, ids=str)
def test_the_listed_sequences_are_those_found_by_trying_all(design):
    found = admissible(design)
    assert [tuple(row) for row in found.sequences.tolist()] == by_hand(design)
    assert found.count == len(found.sequences) == sequence_count(design)
    assert found.complete
    assert found.sequences.dtype == np.int8
    assert found.resolution == 1 / found.count


@pytest.mark.parametrize("design", SMALL, ids=str)
def test_a_sequence_and_its_number_lead_to_each_other(design):
    for number, arms in enumerate(by_hand(design)):
        assert sequence_at(design, number) == arms
        assert rank(design, arms) == number


@pytest.mark.parametrize("design", SMALL, ids=str)
def test_only_listed_sequences_are_admissible(design):
    allowed = set(by_hand(design))
    for arms in product((0, 1), repeat=design.periods):
        assert is_admissible(design, arms) == (arms in allowed)


@pytest.mark.parametrize("pairs", [1, 4, 12, 40])
def test_pairs_have_two_to_their_number_of_orders(pairs):
    assert sequence_count(Design(pairs)) == 2**pairs


def test_blocks_have_the_product_of_their_binomials():
    assert sequence_count(Design(9, scheme="blocks", block_periods=6)) == comb(6, 3) ** 3


@pytest.mark.parametrize("design", RANDOM, ids=str)
def test_every_admissible_sequence_is_drawn_equally_often(design):
    allowed = by_hand(design)
    size = 200 * len(allowed)
    drawn = draws(design, np.random.default_rng(11), size)
    seen = np.zeros(len(allowed))
    for row, times in zip(*np.unique(drawn, axis=0, return_counts=True), strict=True):
        seen[allowed.index(tuple(row.tolist()))] += times
    assert seen.min() > 0
    assert chisquare(seen).pvalue > 0.001


@pytest.mark.parametrize("design", [Design(4), Design(4, scheme="blocks"), Design(4, scheme="stratified")], ids=str)
def test_every_admissible_sequence_follows_equally_often_from_seeds(design):
    count = sequence_count(design)
    seeds = np.random.default_rng(5).bytes(32 * 150 * count)
    seen = np.zeros(count)
    for k in range(150 * count):
        seen[rank(design, sequence_from_seed(design, seeds[32 * k : 32 * k + 32]))] += 1
    assert seen.min() > 0
    assert chisquare(seen).pvalue > 0.001


@pytest.mark.parametrize("design", RANDOM, ids=str)
def test_the_first_periods_are_shuffled_like_all_others(design):
    """StudyU's generator leaves the first cycle alone; here both arms come first equally often."""
    first = admissible(design).sequences[:, 0]
    assert first.mean() == 0.5


@pytest.mark.parametrize("design", RANDOM, ids=str)
def test_exchanging_the_arms_of_an_admissible_sequence_gives_another(design):
    assert all(is_admissible(design, (1 - row).tolist()) for row in admissible(design).sequences)


def test_above_4096_orders_they_are_drawn_and_counted_exactly():
    design = Design(30, 7, scheme="stratified")
    found = admissible(design, rng=np.random.default_rng(3), drawn=500)
    assert not found.complete
    assert found.sequences.shape == (500, 60)
    assert found.count == sequence_count(design) > 2**38
    assert found.resolution == 1 / 501
    assert all(is_admissible(design, row) for row in found.sequences[:50])


def test_4096_orders_are_still_listed():
    assert admissible(Design(12)).sequences.shape == (4096, 24)


def test_a_draw_needs_a_random_generator():
    with pytest.raises(InputError, match=r"8,192 admissible.*rng="):
        admissible(Design(13))


def test_the_same_generator_draws_the_same_sequences():
    one, two = (draws(Design(20), np.random.default_rng(1), 50) for _ in range(2))
    assert (one == two).all()


@pytest.mark.parametrize("index", [-1, 16])
def test_a_number_beyond_the_count_is_refused(index):
    with pytest.raises(InputError, match="expected 0 to 15"):
        sequence_at(Design(4), index)


@pytest.mark.parametrize(
    ("design", "text", "said"),
    [
        (Design(2), "ABBB", "pair 2 (periods 3 and 4) is BB, expected AB or BA"),
        (Design(4, scheme="blocks"), "ABABAAAB", "block 2 (periods 5 to 8) is AAAB, expected 2 A and 2 B"),
        (Design(3, scheme="stratified"), "ABBBAA", "period 4 cannot be B after ABB"),
        (Design(2, scheme="abab"), "ABBA", "period 3 is B, expected A and B in turn"),
    ],
)
def test_a_sequence_outside_the_scheme_is_told_where_it_leaves_it(design, text, said):
    with pytest.raises(InputError) as caught:
        rank(design, sequence_from_text(text))
    assert said in str(caught.value)
    assert "correct the sequence" in str(caught.value)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.sampled_from(["pairs", "stratified", "abab"]), st.binary(min_size=32, max_size=32))
def test_the_sequence_of_any_seed_is_admissible(pairs, scheme, seed):
    design = Design(pairs, 1, scheme)
    sequence = sequence_from_seed(design, seed)
    assert sequence_at(design, rank(design, sequence)) == sequence


def test_a_stranger_derives_the_sequence_in_five_lines():
    seed = bytes.fromhex("c0ffee" + "00" * 29)
    design = Design(pairs=6, period_days=14)

    number = int.from_bytes(sha256(b"provender trial sequence 1\n" + seed + bytes(8)).digest(), "big")
    index = number % 2**6
    text = "".join("BA" if index >> k & 1 else "AB" for k in range(5, -1, -1))

    assert sequence_text(sequence_from_seed(design, seed)) == text


def test_the_sequence_of_a_seed_never_changes_between_releases():
    seed = bytes(range(32))
    texts = [
        sequence_text(sequence_from_seed(design, seed))
        for design in (Design(6), Design(6, scheme="blocks"), Design(6, scheme="stratified"))
    ]
    assert texts == GOLDEN


GOLDEN = ["BABAABABABBA", "BAABABBAABAB", "BBAABAABBABA"]


def test_a_trial_of_ten_years_in_single_days_follows_from_one_seed():
    design = Design(1826, 1)
    assert is_admissible(design, sequence_from_seed(design, bytes(32)))


@pytest.mark.parametrize("seed", [b"", bytes(31), "00" * 32, None])
def test_a_seed_that_is_not_32_bytes_is_refused(seed):
    with pytest.raises(InputError, match="32 bytes"):
        sequence_from_seed(Design(4), seed)
