"""The sealed seed: commit, reveal, verify."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.terms.errors import InputError
from provender.trials.design import Design
from provender.trials.randomise import sequence_from_seed
from provender.trials.seal import checked_commitment, commitment, committed_text, seed_from_text, verify

SEED = bytes(range(32))
DESIGN = Design(6, 14, run_in_days=14)
seeds = st.binary(min_size=32, max_size=32)


@given(seeds)
def test_an_honest_reveal_is_verified(seed):
    revealed = verify(commitment(DESIGN, seed), DESIGN, seed, sequence_from_seed(DESIGN, seed))
    assert revealed
    assert "are those sealed before the trial" in revealed.sentence


@given(seeds, seeds)
def test_another_seed_is_found_out(seed, other):
    revealed = verify(commitment(DESIGN, seed), DESIGN, other, sequence_from_seed(DESIGN, other))
    assert bool(revealed) == (seed == other)


@pytest.mark.parametrize("change", [{"pairs": 7}, {"period_days": 13}, {"run_in_days": 0}, {"washout_days": 1}])
def test_another_design_is_found_out(change):
    other = replace(DESIGN, **change)
    revealed = verify(commitment(DESIGN, SEED), other, SEED, sequence_from_seed(other, SEED))
    assert not revealed.seed_holds
    assert "is not what was sealed" in revealed.sentence


@given(st.integers(0, 11))
def test_a_changed_period_is_found_out(at):
    sequence = list(sequence_from_seed(DESIGN, SEED))
    sequence[at] = 1 - sequence[at]
    revealed = verify(commitment(DESIGN, SEED), DESIGN, SEED, sequence)
    assert revealed.seed_holds
    assert not revealed.sequence_follows
    assert not revealed


def test_a_stranger_computes_the_commitment_from_the_documented_text():
    text = (
        '{"design":{"pairs":6,"period_days":14,"run_in_days":14,"scheme":"pairs","washout_days":0},'
        f'"seed":"{SEED.hex()}","tag":"provender trial commitment 1"}}'
    )
    assert committed_text(DESIGN, SEED) == text
    assert commitment(DESIGN, SEED) == hashlib.sha256(text.encode()).hexdigest()


def test_a_design_with_its_usual_options_written_out_has_the_same_commitment():
    spelt = Design(6, scheme="blocks", block_periods=4)
    assert commitment(Design(6, scheme="blocks"), SEED) == commitment(spelt, SEED)


def test_a_commitment_may_carry_the_name_of_its_hash():
    committed = commitment(DESIGN, SEED)
    assert verify(f"sha256:{committed.upper()}", DESIGN, SEED, sequence_from_seed(DESIGN, SEED))
    assert checked_commitment(committed) == committed


@pytest.mark.parametrize("text", ["", "12", "g" * 64])
def test_a_commitment_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        verify(text, DESIGN, SEED, sequence_from_seed(DESIGN, SEED))


def test_a_seed_in_digits_reads_back():
    assert seed_from_text(f" {SEED.hex().upper()} ") == SEED


@pytest.mark.parametrize("text", ["", "ab", "z" * 64])
def test_a_seed_that_is_not_64_digits_is_refused(text):
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        seed_from_text(text)


def test_a_seed_that_is_not_32_bytes_cannot_be_committed_to():
    with pytest.raises(InputError, match="32 bytes"):
        commitment(DESIGN, b"short")
