"""The sealed seed: chance fixed before day 1, provable afterwards, unknown to whoever takes part.

Before the trial a commitment is kept (or given to a friend): a hash of the design and a secret random seed. At the
end the seed is revealed, and anyone can check that it is the one committed to and that the sequence follows from
it. The seed's 32 random bytes hide it: the commitment tells nothing about the sequence. Source: own, on SHA-256
(FIPS 180-4).
"""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from provender.terms.errors import InputError
from provender.trials.design import Design, Order, sequence_text
from provender.trials.randomise import SEED_BYTES, checked_seed, sequence_from_seed

SEAL_TAG: Final = "provender trial commitment 1"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Revealed:
    """What a revealed seed proves; true in a condition only if both hold.

    Attributes:
        seed_holds: The seed and design are those committed to.
        sequence_follows: The sequence follows from the seed and design.
        sentence: Both in words.
    """

    seed_holds: bool
    sequence_follows: bool
    sentence: str

    def __bool__(self) -> bool:
        return self.seed_holds and self.sequence_follows


def committed_text(design: Design, seed: bytes) -> str:
    """The canonical JSON that is hashed: keys in order, no spaces, the seed in lower-case hexadecimal digits.

    Raises:
        InputError: A seed that is not 32 bytes.
    """
    content = {"design": design.fields(), "seed": checked_seed(seed).hex(), "tag": SEAL_TAG}
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def commitment(design: Design, seed: bytes) -> str:
    """What is published before day 1: SHA-256 of the canonical JSON, 64 hexadecimal digits.

    Raises:
        InputError: A seed that is not 32 bytes.
    """
    return sha256(committed_text(design, seed).encode()).hexdigest()


def verify(committed: str, design: Design, seed: bytes, sequence: Order) -> Revealed:
    """Whether a revealed seed is the one committed to, and the sequence the one it stands for.

    Args:
        committed: What ``commitment`` gave before day 1.
        design: The design of the trial.
        seed: The revealed seed.
        sequence: The sequence that was used.

    Raises:
        InputError: A commitment that is not 64 hexadecimal digits, or a seed that is not 32 bytes.
    """
    holds = commitment(design, seed) == checked_commitment(committed)
    expected, found = sequence_text(sequence_from_seed(design, seed)), sequence_text(sequence)
    seed_words = (
        "The seed and design are those sealed before the trial"
        if holds
        else "The seed or the design is not what was sealed before the trial"
    )
    sequence_words = (
        f"and the sequence {found} follows from them."
        if expected == found
        else f"and the seed stands for {expected}, not for the sequence {found} that was used."
    )
    return Revealed(holds, expected == found, f"{seed_words}, {sequence_words}")


def checked_commitment(text: str) -> str:
    """A commitment as 64 lower-case hexadecimal digits; ``sha256:`` before it is dropped.

    Raises:
        InputError: Anything else.
    """
    digits = text.strip().lower().removeprefix("sha256:")
    if not _DIGEST.fullmatch(digits):
        raise InputError(f"found commitment {text!r}, expected 64 hexadecimal digits", field="commitment")
    return digits


def seed_from_text(text: str) -> bytes:
    """The seed written as 64 hexadecimal digits.

    Raises:
        InputError: Anything else.
    """
    digits = text.strip().lower()
    if not _DIGEST.fullmatch(digits):
        raise InputError(
            f"found a seed of {len(digits)} characters, expected {2 * SEED_BYTES} hexadecimal digits (0-9, a-f);"
            " copy it again in full",
            field="seed",
        )
    return bytes.fromhex(digits)
