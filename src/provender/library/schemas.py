"""The JSON Schemas of the shelves, for editors and for whoever writes records with other tools."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel

from provender.library.records import Claim, FrontMatter, Hub, RedFlags, Source, Study, Substance
from provender.library.refusals import nearest
from provender.terms.errors import NotFoundError

KINDS: Final[Mapping[str, type[BaseModel]]] = MappingProxyType(
    {
        "article": FrontMatter,
        "claim": Claim,
        "hub": Hub,
        "redflags": RedFlags,
        "source": Source,
        "study": Study,
        "substance": Substance,
    }
)
"""Kinds of records by the name of their schema; of an article it is the front matter."""
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of record, as its model makes it.

    Raises:
        NotFoundError: No such kind.
    """
    if kind not in KINDS:
        raise NotFoundError(f"found the kind {kind!r}, expected one of {', '.join(KINDS)}; {nearest(kind, KINDS)}")
    return {"$schema": DIALECT, **KINDS[kind].model_json_schema(by_alias=True)}


def schema_text(kind: str) -> str:
    """A schema as it is published.

    Raises:
        NotFoundError: No such kind.
    """
    return json.dumps(schema(kind), ensure_ascii=False, indent=1) + "\n"


def published(kind: str) -> str:
    """The schema of one kind as it stands in ``schema/``.

    Raises:
        NotFoundError: No such kind.
    """
    if kind not in KINDS:
        schema(kind)
    return files("provender.library").joinpath("schema", f"{kind}.json").read_text(encoding="utf-8")


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder, as it is published."""
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(schema_text(kind), encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(__file__).parent / "schema")
