"""What is wrong with a file of the shelves: where, what was found, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from provender.terms.errors import InputError

Level = Literal["error", "warning"]
Path = tuple[str | int, ...]
"""Where in a record something stands: names of fields and places in lists, the outermost first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        check: Which check found it; ``file``, ``field`` and ``reference`` are those of reading.
        level: An error keeps the shelves from being used; a warning does not.
        file: Under the root of the shelves, e.g. ``claims/magnesium-cramps.yaml``.
        line: From 1; None where it is about the whole file.
        field: Such as ``evidence[0].source``; empty where it is about the whole file.
        found, expected, remedy: Parts of the sentence.
    """

    check: str
    level: Level
    file: str
    line: int | None
    field: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file} line {self.line}"
        place = f"{where}, {self.field}" if self.field else where
        return f"{place}: found {self.found}, expected {self.expected}; {self.remedy}"

    def fields(self) -> dict[str, Any]:
        """Every part by name, and the whole as ``sentence``."""
        return {**asdict(self), "sentence": str(self)}


class ShelfError(InputError):
    """Files of the shelves that cannot be used.

    Args:
        findings: Every one, of every file; at least one.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(one) for one in self.findings))


def field_name(path: Path) -> str:
    """A path as one writes it: ``evidence[0].source``."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return said.removeprefix(".")


def shown(value: Any, longest: int = 60) -> str:
    """A value as a message shows it, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple | dict):
        kind = "fields" if isinstance(value, dict) else "a list"
        return kind if value else f"{kind} without anything in it"
    said = " ".join(str(value).split())
    said = said if len(said) <= longest else said[: longest - 1] + "…"
    return f"“{said}”" if isinstance(value, str) else said
