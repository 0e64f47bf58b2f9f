"""The index inside the artifact is the one that building anew would give."""

import json

import numpy as np
import pytest

from provender.catalogue import indexed
from provender.catalogue.artifact import ALIGNMENT, open_catalogue, starter_path
from provender.catalogue.food import Food
from provender.catalogue.indexed import index_of
from provender.catalogue.publisher import Published
from provender.catalogue.search import FoodIndex
from provender.catalogue.writing import packed, write
from provender.terms.errors import ArtifactError

QUERIES = ("banana", "chiken brest", "skim milk", "b", "porridge", "cheerios", "yogurt without sugar")


@pytest.fixture(scope="module")
def starter():
    return open_catalogue(starter_path())


@pytest.fixture(scope="module")
def made_anew(starter):
    return FoodIndex.build(zip(starter.ids(), starter.names(), starter.kinds(), strict=True))


def test_the_starters_index_is_the_one_that_todays_rules_make(starter, made_anew):
    """Fails when the rules have changed: raise INDEX_RULES and run ``make starter``."""
    held, expected = index_of(starter).arrays(), made_anew.arrays()
    assert held.keys() == expected.keys()
    for name, array in expected.items():
        np.testing.assert_array_equal(held[name], array, err_msg=name)


@pytest.mark.parametrize("query", QUERIES)
def test_the_mapped_index_answers_as_one_made_in_memory(starter, made_anew, query):
    assert index_of(starter).search(query) == made_anew.search(query)


def test_a_persons_usual_foods_are_found_by_their_ids_in_a_mapped_index(starter):
    plain = index_of(starter).search("banana", limit=20)
    lifted = index_of(starter).search("banana", limit=20, favour={plain[-1].id: 1.0, "t:gone": 1.0})
    assert [h.id for h in lifted].index(plain[-1].id) < 3


def test_an_index_made_by_other_rules_is_made_anew(starter, monkeypatch):
    monkeypatch.setattr(indexed, "INDEX_RULES", "other")
    found = index_of(starter)
    assert isinstance(found.ids, list)
    assert found.search("banana")[0].id == "usda-sr24:09040"


def test_nothing_is_found_with_a_damaged_index(tmp_path):
    whole = starter_path().read_bytes()
    start, length = whole.index(b"\n") + 1, int(whole.split(maxsplit=4)[3])
    note = json.loads(whole[start : start + length])["sections"]["search.postings.prior"]
    at = start + length + (-(start + length)) % ALIGNMENT + note["offset"]
    damaged = tmp_path / "damaged.catalogue"
    damaged.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with pytest.raises(ArtifactError, match=r"section search\.postings\.prior"):
        index_of(open_catalogue(damaged))


@pytest.mark.parametrize("rules", [indexed.INDEX_RULES, "other"])
def test_of_two_products_of_one_name_the_one_that_people_scan_comes_first(tmp_path, monkeypatch, rules):
    foods = [
        Food(f"off:{n}", "Oat bar", "off", str(n), "1", kind="branded", popularity=often)
        for n, often in enumerate((None, 12.0, 9000.0))
    ]
    path = tmp_path / "popular.catalogue"
    write({f.id: packed(f) for f in foods}, {"off": [Published("off", "Test", "1", "none", ())]}, path)
    monkeypatch.setattr(indexed, "INDEX_RULES", rules)
    catalogue = open_catalogue(path)
    assert [hit.id for hit in index_of(catalogue).search("oat bar")] == ["off:2", "off:1", "off:0"]
    assert [catalogue.food(f"off:{n}").popularity for n in range(3)] == [None, 12.0, 9000.0]
