"""The shelves: every record of the library, read from its files and checked against one another."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from provender.library.finding import Finding, ShelfError
from provender.library.front_matter import article_of
from provender.library.holdings import ENDINGS, Lines, Shelf
from provender.library.marked import Marked, marked_json, marked_yaml, text_of
from provender.library.record import ID_PATTERN
from provender.library.records import Article, Claim, FrontMatter, Hub, RedFlags, Source, Study, Substance
from provender.library.references import reference_findings
from provender.library.refusals import nearest, refusals
from provender.terms.errors import InputError

MODELS: Final[Mapping[str, type[BaseModel]]] = MappingProxyType(
    {
        "sources": Source,
        "studies": Study,
        "claims": Claim,
        "substances": Substance,
        "redflags": RedFlags,
        "hubs": Hub,
        "articles": FrontMatter,
    }
)
"""Folders of the shelves and the model of what stands in them."""
PICTURES: Final = "pictures"


def shelf(root: Traversable | FilePath | None = None) -> Shelf:
    """The shelves under a folder; those that come with Provender by default.

    Raises:
        ShelfError: Files that cannot be used; it tells every one of them.
        InputError: There is no such folder.
    """
    found, findings = reading(root)
    if findings:
        raise ShelfError(findings)
    return found


def reading(root: Traversable | FilePath | None = None) -> tuple[Shelf, tuple[Finding, ...]]:
    """What could be read of the shelves, and what is wrong with the rest.

    Raises:
        InputError: There is no such folder.
    """
    place: Traversable | FilePath = files("provender.library").joinpath("shelves") if root is None else root
    if not place.is_dir():
        raise InputError(f"found no folder {place}, expected the shelves there; name the folder that holds claims/")
    folders = {one.name: one for one in place.iterdir() if one.is_dir()}
    findings = list(_strange_folders(folders))
    lines: dict[str, Lines] = {}
    records: dict[str, dict[str, Any]] = {}
    for name in MODELS:
        records[name] = {}
        for stem, record, where, found in _records(folders.get(name), name):
            lines[f"{name}/{stem}{ENDINGS[name]}"] = where
            findings.extend(found)
            if record is not None:
                records[name][stem] = record
    pictures = {one.name: one for one in _files(folders.get(PICTURES))}
    views = {name: MappingProxyType(found) for name, found in records.items()}
    made = Shelf(**views, pictures=MappingProxyType(pictures), lines=MappingProxyType(lines))
    findings.extend(reference_findings(made))
    return made, tuple(sorted(findings, key=lambda one: (one.file, one.line or 0)))


def _files(folder: Traversable | FilePath | None) -> list[Traversable]:
    if folder is None:
        return []
    found = [one for one in folder.iterdir() if one.is_file() and not one.name.startswith(".")]
    return sorted(found, key=lambda one: one.name)


def _strange_folders(folders: Mapping[str, Any]) -> Iterator[Finding]:
    for name in sorted(folders):
        if name not in MODELS and name != PICTURES and not name.startswith((".", "_")):
            remedy = nearest(name, [*MODELS, PICTURES])
            yield Finding("file", "error", name, None, "", "a folder that is not known", "one of the shelves", remedy)


Read = tuple[str, Any, Lines, list[Finding]]


def _records(folder: Traversable | FilePath | None, name: str) -> Iterator[Read]:
    ending, model = ENDINGS[name], MODELS[name]
    seen: dict[str, str] = {}
    for file in _files(folder):
        where = f"{name}/{file.name}"
        stem = file.name.removesuffix(ending)
        findings = list(_names(file.name, where, ending, seen))
        if any(one.level == "error" for one in findings):
            yield stem, None, {}, findings
            continue
        record, lines, more = _record(file, where, model)
        yield stem, record, lines, more


def _names(name: str, where: str, ending: str, seen: dict[str, str]) -> Iterator[Finding]:
    stem, _, _ = name.rpartition(".")
    if not name.endswith(ending):
        yield Finding("file", "error", where, None, "", f"“{name}”", f"a name that ends in {ending}", "rename it")
    elif not ID_PATTERN.fullmatch(stem):
        expected = "small letters, digits and single hyphens before the ending"
        yield Finding("file", "error", where, None, "", f"“{name}”", expected, "rename it")
    if stem.casefold() in seen:
        twin = seen[stem.casefold()]
        yield Finding("file", "error", where, None, "", f"the id of {twin} again", "each id once", "rename one of them")
    seen.setdefault(stem.casefold(), name)


def _record(file: Traversable, where: str, model: type[BaseModel]) -> tuple[Any, Lines, list[Finding]]:
    lines: Lines = {}
    try:
        text = text_of(file.read_bytes(), where)
        if model is FrontMatter:
            marked, body = article_of(text, where)
        else:
            marked, body = _marked(text, where), None
        lines = marked.lines
        if not isinstance(marked.value, dict):
            remedy = "write name: value; see docs/library.md"
            return None, lines, [Finding("file", "error", where, 1, "", "no fields", "a record", remedy)]
        if body is None:
            return model.model_validate(marked.value), lines, []
        return Article.model_validate(marked.value | body), lines, []
    except ShelfError as error:
        return None, lines, list(error.findings)
    except ValidationError as error:
        return None, lines, refusals(error, model, where, lines)


def _marked(text: str, where: str) -> Marked:
    return marked_json(text, where) if where.endswith(".json") else marked_yaml(text, where)
