"""The published schemas: equal to the models, and of use to a writer."""

import json
from importlib.resources import files

import pytest

from provender.library.schemas import KINDS, published, schema, schema_text, write_schemas
from provender.terms.errors import NotFoundError


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_published_schema_is_the_model_s(kind):
    assert published(kind) == schema_text(kind), "write it anew: see docs/library.md"


def test_there_is_no_schema_of_what_is_not_read():
    folder = files("provender.library").joinpath("schema")
    assert {one.name for one in folder.iterdir()} == {f"{kind}.json" for kind in KINDS}


def test_a_schema_forbids_unknown_fields_and_uses_the_names_of_the_files():
    found = schema("substance")
    assert found["additionalProperties"] is False
    assert {"with", "hours_before"} <= set(found["$defs"]["Interaction"]["properties"])
    assert "container-title" in schema("source")["properties"]
    assert json.loads(published("claim"))["required"][:2] == ["hub", "kind"]


@pytest.mark.parametrize("ask", [schema, published])
def test_an_unknown_kind_comes_with_the_nearest(ask):
    with pytest.raises(NotFoundError, match=r"did you mean claim\?"):
        ask("claims")


def test_schemas_are_written_as_they_are_published(tmp_path):
    write_schemas(tmp_path)
    assert {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()} == {
        f"{kind}.json": published(kind) for kind in KINDS
    }
