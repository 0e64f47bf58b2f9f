"""The orders a design can produce: counted exactly, listed, numbered and drawn, each equally likely.

Every scheme is a small automaton that reads a sequence from left to right: a state and an arm give the next
state, or none where the scheme forbids it. Counting completions of each state backwards gives the exact number of
admissible sequences, their lexicographic rank (A before B), and a draw that is uniform over all of them. The first
periods are shuffled like all others: nothing but ``abab`` fixes any period.

Source: own; counting by automaton as in Nijenhuis & Wilf 1978, Combinatorial Algorithms, chapter 13.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.terms.errors import InputError
from provender.trials.design import (
    COMPARISON,
    LETTERS,
    TREATMENT,
    Design,
    Order,
    Scheme,
    checked_sequence,
    sequence_text,
)

MOST_LISTED: Final = 4096
"""Above so many admissible sequences they are drawn, not listed."""
SEED_BYTES: Final = 32
SEQUENCE_TAG: Final = b"provender trial sequence 1\n"
SPARE_BITS: Final = 128
"""Bits beyond those of the count: a remainder is then uniform within 2^-128."""

Sequences = NDArray[np.int8]
State = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Admissible:
    """The sequences a design can produce.

    Attributes:
        sequences: (m, periods), 0 comparison, 1 treatment; all of them in lexicographic order, or ``m`` drawn.
        count: How many there are, exactly.
        complete: Whether ``sequences`` holds all of them.
    """

    sequences: Sequences
    count: int
    complete: bool

    @property
    def resolution(self) -> float:
        """The smallest value a one-sided randomisation test over these can give, 0 to 1."""
        return 1.0 / (self.count if self.complete else len(self.sequences) + 1)


def sequence_count(design: Design) -> int:
    """How many sequences the design can produce, exactly; 1 for ``abab``."""
    return _counts(design)[0][_start(design)]


def admissible(
    design: Design, *, rng: np.random.Generator | None = None, most: int = MOST_LISTED, drawn: int | None = None
) -> Admissible:
    """All sequences a design can produce, or with more than ``most`` a uniform draw of them.

    Args:
        design: The design.
        rng: Where a draw comes from; not needed up to ``most`` sequences.
        most: How many are listed, at most.
        drawn: How many are drawn above that, with replacement; None draws ``most``.

    Raises:
        InputError: More than ``most`` without ``rng``.
    """
    count = sequence_count(design)
    if count <= most:
        return Admissible(_listed(design), count, complete=True)
    if rng is None:
        raise InputError(
            f"found {count:,} admissible sequences and no random generator, expected one above {most:,};"
            " pass rng=numpy.random.default_rng(seed)",
            field="rng",
        )
    return Admissible(draws(design, rng, most if drawn is None else drawn), count, complete=False)


def draws(design: Design, rng: np.random.Generator, size: int) -> Sequences:
    """Sequences drawn with replacement, each admissible one equally likely: (size, periods)."""
    counts = _counts(design)
    found = np.zeros((size, design.periods), dtype=np.int8)
    states = [_start(design)]
    at = np.zeros(size, dtype=np.int64)
    for position in range(design.periods):
        after = counts[position + 1]
        next_states = sorted(after)
        number = {state: k for k, state in enumerate(next_states)}
        step = np.zeros((len(states), 2), dtype=np.int64)
        share = np.zeros(len(states))
        for k, state in enumerate(states):
            ways = [_ways(design, position, state, arm, after) for arm in (COMPARISON, TREATMENT)]
            share[k] = ways[1][1] / max(ways[0][1] + ways[1][1], 1)
            step[k] = [number.get(way[0], 0) if way[0] is not None else 0 for way in ways]
        arm = (rng.random(size) < share[at]).astype(np.int8)
        found[:, position] = arm
        at = step[at, arm]
        states = next_states
    return found


def sequence_at(design: Design, index: int) -> tuple[int, ...]:
    """The admissible sequence of this number in lexicographic order, A before B.

    Raises:
        InputError: An index that is not 0 to ``sequence_count(design) - 1``.
    """
    counts = _counts(design)
    count = counts[0][_start(design)]
    if not 0 <= index < count:
        raise InputError(f"found sequence number {index}, expected 0 to {count - 1}", field="index")
    state, arms = _start(design), []
    for position in range(design.periods):
        first, ways = _ways(design, position, state, COMPARISON, counts[position + 1])
        arm = COMPARISON if index < ways else TREATMENT
        if arm == TREATMENT:
            index -= ways
            first, _ = _ways(design, position, state, TREATMENT, counts[position + 1])
        state = first or ()
        arms.append(arm)
    return tuple(arms)


def rank(design: Design, sequence: Order) -> int:
    """The number of a sequence among the admissible ones, in lexicographic order from 0.

    Raises:
        InputError: A sequence that the design cannot produce; the message says where it leaves the scheme.
    """
    arms = checked_sequence(design, sequence).tolist()
    counts = _counts(design)
    state, index = _start(design), 0
    for position, arm in enumerate(arms):
        after = counts[position + 1]
        reached, ways = _ways(design, position, state, arm, after)
        if not ways or reached is None:
            raise InputError(_why_not(design, arms, position), field="sequence")
        if arm == TREATMENT:
            index += _ways(design, position, state, COMPARISON, after)[1]
        state = reached
    return index


def is_admissible(design: Design, sequence: Order) -> bool:
    """Whether the design can produce the sequence."""
    try:
        rank(design, sequence)
    except InputError:
        return False
    return True


def checked_seed(seed: bytes) -> bytes:
    """The seed itself.

    Raises:
        InputError: Anything but 32 bytes.
    """
    if not isinstance(seed, bytes) or len(seed) != SEED_BYTES:
        found = f"{len(seed)} bytes" if isinstance(seed, bytes) else type(seed).__name__
        raise InputError(f"found a seed of {found}, expected {SEED_BYTES} bytes (64 hexadecimal digits)", field="seed")
    return seed


def sequence_from_seed(design: Design, seed: bytes) -> tuple[int, ...]:
    """The sequence a seed stands for: its number is a SHA-256 number modulo the count of admissible sequences.

    ``number = int(SHA-256(tag + seed + k as 8 bytes) for k = 0, 1, ... joined, big-endian)``, of as many hashes as
    hold 128 bits more than the count; ``index = number mod count``. With a uniform seed each sequence is equally
    likely within 2^-128. ``docs/trial_file.md`` derives it again in five lines.

    Args:
        design: The design.
        seed: 32 random bytes from outside; the core has no source of chance.

    Raises:
        InputError: A seed of another length.
    """
    count = sequence_count(design)
    hashes = -(-(count.bit_length() + SPARE_BITS) // 256)
    content = SEQUENCE_TAG + checked_seed(seed)
    number = b"".join(sha256(content + k.to_bytes(8, "big")).digest() for k in range(hashes))
    return sequence_at(design, int.from_bytes(number, "big") % count)


def _listed(design: Design) -> Sequences:
    counts = _counts(design)
    growing: dict[State, Sequences] = {_start(design): np.zeros((1, 0), dtype=np.int8)}
    for position in range(design.periods):
        grown: dict[State, list[Sequences]] = {}
        for state, prefixes in growing.items():
            for arm in (COMPARISON, TREATMENT):
                reached, ways = _ways(design, position, state, arm, counts[position + 1])
                if ways and reached is not None:
                    column = np.full((len(prefixes), 1), arm, dtype=np.int8)
                    grown.setdefault(reached, []).append(np.hstack([prefixes, column]))
        growing = {state: np.vstack(parts) for state, parts in grown.items()}
    found = np.vstack(list(growing.values()))
    return np.ascontiguousarray(found[np.lexsort(found.T[::-1])])


def _start(design: Design) -> State:
    return (0, -1, 0) if design.scheme is Scheme.STRATIFIED else (0,)


def _counts(design: Design) -> list[dict[State, int]]:
    """For each position the states that can be reached, each with the number of its completions."""
    reached: list[set[State]] = [{_start(design)}]
    for position in range(design.periods):
        nexts = (_next(design, position, state, arm) for state in reached[-1] for arm in (COMPARISON, TREATMENT))
        reached.append({state for state in nexts if state is not None})
    counts: list[dict[State, int]] = [dict.fromkeys(reached[-1], 1)]
    for position in reversed(range(design.periods)):
        after = counts[-1]
        here = {
            state: sum(_ways(design, position, state, arm, after)[1] for arm in (COMPARISON, TREATMENT))
            for state in reached[position]
        }
        counts.append({state: ways for state, ways in here.items() if ways})
    return counts[::-1]


def _ways(design: Design, position: int, state: State, arm: int, after: dict[State, int]) -> tuple[State | None, int]:
    """The state an arm leads to and the number of its completions; None and 0 where it is forbidden."""
    reached = _next(design, position, state, arm)
    return (None, 0) if reached is None else (reached, after.get(reached, 0))


def _next(design: Design, position: int, state: State, arm: int) -> State | None:
    if design.scheme is Scheme.STRATIFIED:
        return _next_stratified(design, position, state, arm)
    if design.scheme is Scheme.ABAB:
        return (0,) if arm == position % 2 else None
    return _next_in_set(design.set_periods, position, state[0], arm)


def _next_in_set(size: int, position: int, treated: int, arm: int) -> State | None:
    """Treatment periods in the set so far; a full set must hold as many of each arm."""
    inside = position % size + 1
    treated += arm
    if treated > size // 2 or inside - treated > size // 2:
        return None
    return (0,) if inside == size else (treated,)


def _next_stratified(design: Design, position: int, state: State, arm: int) -> State | None:
    """Treatment periods so far, the arm before, and its run."""
    treated, before, run = state[0] + arm, state[1], state[2]
    run = run + 1 if arm == before else 1
    if run > (design.longest_run or 1):
        return None
    done = position + 1
    if done == design.pairs and treated not in (design.pairs // 2, -(-design.pairs // 2)):
        return None
    if done == design.periods and treated != design.pairs:
        return None
    return (treated, arm, run)


def _why_not(design: Design, arms: list[int], position: int) -> str:
    """What in a sequence the scheme cannot produce, what it can, and what to do."""
    text = sequence_text(arms)
    size = design.set_periods
    first = position // size * size
    part = text[first : first + size]
    expected = {
        Scheme.PAIRS: f"pair {first // 2 + 1} (periods {first + 1} and {first + 2}) is {part}, expected AB or BA",
        Scheme.BLOCKS: f"block {first // size + 1} (periods {first + 1} to {first + size}) is {part},"
        f" expected {size // 2} A and {size // 2} B",
        Scheme.STRATIFIED: f"period {position + 1} cannot be {LETTERS[arms[position]]} after"
        f" {text[:position] or 'nothing'}, expected at most {design.longest_run} of one arm in a row and both"
        " equally often in each half",
        Scheme.ABAB: f"period {position + 1} is {LETTERS[arms[position]]}, expected A and B in turn",
    }[design.scheme]
    return (
        f'found the sequence {text}, which scheme "{design.scheme}" cannot produce: {expected};'
        " correct the sequence, or name the scheme by which it was drawn"
    )
