"""What sets a food found apart from what was asked: words read otherwise, words its name lacks."""

from dataclasses import dataclass
from enum import StrEnum


class Differs(StrEnum):
    """What differs; the value is the sentence."""

    READ_AS = "“{asked}” read as “{found}”"
    UNKNOWN = "no food knows “{asked}”: left out"
    LACKS = "without “{asked}”"
    HAS = "with “{asked}”"
    SILENT = "its name does not say “without {asked}”"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a food found is not what was asked.

    Attributes:
        kind: ``READ_AS``: words were taken for others; ``UNKNOWN``: no food has the word; ``LACKS``: this food has
            not; ``HAS``: it has what should be absent; ``SILENT``: its name does not say whether it has.
        asked: The words of the query.
        found: What they were taken for; "" of the other kinds.
    """

    kind: Differs
    asked: str
    found: str = ""

    def __str__(self) -> str:
        return self.kind.value.format(asked=self.asked, found=self.found)
