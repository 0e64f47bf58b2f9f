"""YAML and JSON as plain values, with the line of every field.

Of YAML only what a person needs to write a record: mappings, lists, text, numbers, true, false and null as YAML 1.2
knows them (``on`` and ``no`` are text); no anchors, no tags, no second document. Nothing here recurses.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from provender.library.finding import Finding, Path, ShelfError, field_name, shown

LARGEST: Final = 1_000_000
"""Bytes of the largest file that is read."""
DEEPEST: Final = 40
_PARSER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_FLAGS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER: Final = re.compile(r"[-+]?\d+")
_FLOAT: Final = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """A value and the line of each of its parts, from 1."""

    value: Any
    lines: dict[Path, int]


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    file: str
    first_line: int
    stack: list[_Frame] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    top: Any = None

    def problem(self, mark: Any, found: str, expected: str, remedy: str, path: Path = ()) -> ShelfError:
        line = mark.line + self.first_line
        return ShelfError([Finding("file", "error", self.file, line, field_name(path), found, expected, remedy)])

    def take(self, event: Any) -> None:
        """Take one event of the parser."""
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise self.problem(
                event.start_mark,
                "an anchor, an alias or a tag",
                "plain values",
                "write the value out, in quotation marks if it begins with & * or !",
            )
        if isinstance(event, yaml.ScalarEvent):
            self.put(_scalar(event) if self.expects_value() else event.value, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            made: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.stack.append(_Frame(made, self.put(made, event)))
            if len(self.stack) > DEEPEST:
                raise self.problem(event.start_mark, "too many brackets in one another", "a record", "close them")
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def expects_value(self) -> bool:
        """Whether what comes next is a value and no key."""
        return not self.stack or isinstance(self.stack[-1].value, list) or self.stack[-1].key is not None

    def put(self, value: Any, event: Any) -> Path:
        """Put a value, or a key, where it belongs; its path."""
        line = event.start_mark.line + self.first_line
        if not self.stack:
            self.top = value
            self.lines[()] = line
            return ()
        frame = self.stack[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
            path: Path = (*frame.path, len(frame.value) - 1)
            self.lines[path] = line
            return path
        if frame.key is None:
            return self.begin(frame, value, event)
        frame.value[frame.key] = value
        path = (*frame.path, frame.key)
        frame.key = None
        return path

    def begin(self, frame: _Frame, key: Any, event: Any) -> Path:
        """Begin a field by its name."""
        if not isinstance(key, str):
            raise self.problem(event.start_mark, shown(key), "the name of a field", "write name: value", frame.path)
        path = (*frame.path, key)
        if key in frame.value:
            raise self.problem(event.start_mark, f"“{key}” a second time", "each field once", "delete one", path)
        frame.key = key
        self.lines[path] = event.start_mark.line + self.first_line
        return path


def marked_yaml(text: str, file: str, first_line: int = 1) -> Marked:
    """YAML as plain values with lines; ``file`` and ``first_line`` are what errors and lines say.

    Raises:
        ShelfError: It is no YAML, or of a kind that is not read here.
    """
    builder = _Builder(file, first_line)
    try:
        for number, event in enumerate(_events(text)):
            if isinstance(event, yaml.DocumentStartEvent) and number > 1:
                raise builder.problem(event.start_mark, "a second document", "one record a file", "delete the ---")
            builder.take(event)
    except yaml.YAMLError as error:
        raise ShelfError([_not_yaml(error, file, first_line)]) from error
    return Marked(builder.top, builder.lines)


def marked_json(text: str, file: str) -> Marked:
    """JSON as plain values with lines.

    Raises:
        ShelfError: It is no JSON.
    """
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ShelfError(
            [_file_finding(file, error.lineno, error.msg, "JSON", "look for a comma or quotation mark")]
        ) from error
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, ValueError) else "too many brackets in one another"
        raise ShelfError([_file_finding(file, None, said, "plain JSON", "correct it")]) from error
    try:
        lines = marked_yaml(text, file).lines  # JSON is YAML but for some escapes, and those are not needed for lines
    except ShelfError:
        lines = {}
    return Marked(value, lines)


def text_of(content: bytes, file: str) -> str:
    """A file's bytes as text.

    Raises:
        ShelfError: They are none: too many, none at all, binary, or in another encoding than UTF-8.
    """
    if len(content) > LARGEST:
        found = f"{len(content):,} bytes"
        raise ShelfError([_file_finding(file, None, found, f"at most {LARGEST:,}", "is this the right file?")])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ShelfError([_file_finding(file, 1, "UTF-16", "UTF-8", "save it again as UTF-8")])
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise ShelfError([_file_finding(file, line, "a binary file", "text in UTF-8", "is this the right file?")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"the byte {content[error.start]:#04x}"
        raise ShelfError([_file_finding(file, line, found, "text in UTF-8", "save it again as UTF-8")]) from error
    if not text.strip():
        raise ShelfError([_file_finding(file, None, "an empty file", "a record", "write it, or delete the file")])
    return text.replace("\r\n", "\n")


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=_PARSER)


def _scalar(event: Any) -> Any:
    """A scalar as YAML 1.2's core schema reads it; whatever stands in quotation marks is text."""
    said = event.value
    if not event.implicit[0]:
        return said
    if said in _WORDS:
        return None
    if said in _FLAGS:
        return _FLAGS[said]
    if _INTEGER.fullmatch(said) and len(said) < 20:
        return int(said)
    return float(said) if _FLOAT.fullmatch(said) else said


def _not_yaml(error: yaml.YAMLError, file: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "a character that YAML does not know"
    line = None if mark is None else mark.line + first_line
    remedy = "look for a missing quotation mark, a colon inside a text, or a line indented unlike its neighbours"
    return _file_finding(file, line, f"what is no YAML ({said})", "YAML", remedy)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        twice = next(key for key in made if [k for k, _ in pairs].count(key) > 1)
        raise ValueError(f"“{twice}” a second time")
    return made


def _refuse(word: str) -> Any:
    raise ValueError(f"the number {word}")


def _file_finding(file: str, line: int | None, found: str, expected: str, remedy: str) -> Finding:
    return Finding("file", "error", file, line, "", found, expected, remedy)
