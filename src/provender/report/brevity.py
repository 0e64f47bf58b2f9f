"""How much of a person's words a report takes, so that it stays within its pages; what is left out is counted."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Brevity:
    """How much is shown; all are counts, 1 or more.

    Attributes:
        words: Letters of a person's words in one place.
        note: Letters of a dated note.
        notes: Dated notes of one sort.
        second: Secondary outcomes.
        asked: Letters of a question or a source.
        sentences: Whether checks that passed are told in sentences, or by name alone.
        most: Letters of any text at all; sentences of Provender stay well below, unless names in them are very long.
        tight: Whether the type is a little smaller and its lines closer.
    """

    words: int = 420
    note: int = 180
    notes: int = 8
    second: int = 6
    asked: int = 200
    sentences: bool = True
    most: int = 4000
    tight: bool = False


ROOMY: Final = Brevity()
STEPS: Final = (
    ROOMY,
    Brevity(words=240, note=110, notes=6, second=5, asked=110, sentences=False, most=1200),
    Brevity(words=130, note=70, notes=4, second=3, asked=70, sentences=False, most=600, tight=True),
    Brevity(words=80, note=40, notes=3, second=2, asked=40, sentences=False, most=300, tight=True),
    Brevity(words=60, note=40, notes=2, second=1, asked=30, sentences=False, most=150, tight=True),
)
"""From the one that takes most to the one that takes least."""
