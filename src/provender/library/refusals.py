"""What a model refused, as findings that a writer of a file understands."""

import difflib
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, ValidationError

from provender.library.finding import Finding, Path, field_name, shown

_READ: Final = "see docs/library.md"
_EXPECTED: Final = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "fields",
    "model_type": "fields",
    "model_attributes_type": "fields",
    "finite_number": "a number that is not infinite",
    "string_too_short": "text that is not empty",
}
_PATTERNS: Final = {
    r"^[a-z0-9]": "an id: small letters, digits and single hyphens",
    r"^10": "a DOI such as 10.1111/anae.12107",
    r"^https?": "an address that begins with https://",
    r"^\d{4}-": "a month such as 2027-11",
    r"^\d{1,8}": "the number of PubMed alone",
}
"""Beginnings of the patterns of the models, in words."""


def refusals(error: ValidationError, model: type[BaseModel], file: str, lines: Mapping[Path, int]) -> list[Finding]:
    """Every refusal of one file, each field once, with its line."""
    found: dict[str, Finding] = {}
    for one in error.errors(include_url=False):
        path = known_path(one["loc"], lines, missing=one["type"] == "missing")
        finding = _finding(one, path, model, file, line_of(path, lines))
        found.setdefault(finding.field, finding)
    return list(found.values())


def known_path(loc: Sequence[str | int], lines: Mapping[Path, int], *, missing: bool = False) -> Path:
    """Where pydantic points, without the names of the kinds of value that it tried."""
    path: Path = ()
    for part in loc:
        if (*path, part) in lines:
            path = (*path, part)
    return (*path, loc[-1]) if missing and (not path or path[-1] != loc[-1]) else path


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of a field, or of the nearest thing around it that stands in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest of the known words, or a few of them."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"there are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}" if names else "there is none yet"


def _finding(error: Any, path: Path, model: type[BaseModel], file: str, line: int | None) -> Finding:
    kind, value = error["type"], error["input"]
    found, remedy = shown(value), _READ
    if kind == "missing":
        found, expected, remedy = "nothing", f"{path[-1]}", f"add {path[-1]}; {_READ}"
    elif kind == "extra_forbidden":
        found, expected, remedy = "a field that is not known", *_unknown(path, model)
    elif kind == "literal_error":
        choices = [str(choice) for choice in _choices(error["ctx"]["expected"])]
        expected, remedy = f"one of {', '.join(choices)}", nearest(str(value), choices)
    elif kind == "value_error":
        said = str(error["ctx"]["error"])
        before, _, after = said.rpartition("expected ")
        expected, found = after, before.removeprefix("found ").rstrip(", ") or found
    elif kind == "string_type" and isinstance(value, int | float):
        expected, remedy = "text", "put it in quotation marks"
    else:
        expected = _expected(error)
    return Finding("field", "error", file, line, field_name(path), found, expected, remedy)


def _expected(error: Any) -> str:
    pattern = error.get("ctx", {}).get("pattern", "")
    for begin, words in _PATTERNS.items():
        if str(pattern).startswith(begin):
            return words
    said = _EXPECTED.get(error["type"]) or error["msg"][0].lower() + error["msg"][1:]
    return said.removeprefix("input should be ").removeprefix("string should ")


def _choices(expected: str) -> list[str]:
    return [part.strip(" '\"") for part in expected.replace(" or ", ", ").split(",")]


def _unknown(path: Path, model: type[BaseModel]) -> tuple[str, str]:
    inner = model_at(model, path[:-1])
    names = [field.alias or name for name, field in inner.model_fields.items()] if inner else []
    return "only the fields of the schema", f"{nearest(str(path[-1]), names)} Otherwise delete it."


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model of the record at a path inside another; None where there is none."""
    if not path:
        return model
    if isinstance(path[0], int):
        return model_at(model, path[1:])
    for name, field in model.model_fields.items():
        if path[0] in (name, field.alias):
            inner = _model_in(field.annotation)
            return model_at(inner, path[1:]) if inner else None
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    if get_origin(annotation) is None:
        return None
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
