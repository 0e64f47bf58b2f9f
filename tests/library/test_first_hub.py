"""The first hub: what its files promise a reader, checked without the code that shows them."""

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

SHELVES = files("provender.library") / "shelves"
MARK = re.compile(r"(?:\[\[[a-z0-9-]+\]\])+")
ANSWERED = (
    *("back-pain-common", "thirty-one-million", "back-pain-range", "magnesium-back-pain", "magnesium-abundant"),
    *("magnesium-energy-heart", "magnesium-300-enzymes", "magnesium-halibut", "magnesium-leafy-greens"),
    *("magnesium-nuts", "magnesium-intake-low", "low-magnesium-muscle", "low-magnesium-headache"),
    *("low-magnesium-anxiety", "low-magnesium-insomnia", "low-magnesium-backache", "magnesium-atp"),
    *("low-magnesium-fatigue", "low-magnesium-depression", "magnesium-chronic-pain-book"),
    *("studies-confirm-magnesium", "magnesium-crps", "crps-any-part", "doctors-patients-magnesium"),
    *("magnesium-some-relief", "chronic-back-pain-sign", "never-self-treat"),
)
"""Claims of the founding article, in its order; two of its lists are two claims each."""
VERDICTS = {"supported": 7, "partly": 11, "outdated": 2, "misdescribed": 1, "contradicted": 2, "unverifiable": 4}


def _records(folder: str) -> dict[str, Any]:
    return {
        one.name.rpartition(".")[0]: (json.loads if one.name.endswith("json") else yaml.safe_load)(
            one.read_text(encoding="utf-8")
        )
        for one in (SHELVES / folder).iterdir()
    }


def _articles() -> dict[str, tuple[dict[str, Any], str]]:
    found = {}
    for one in (SHELVES / "articles").iterdir():
        _, front, body = one.read_text(encoding="utf-8").split("---\n", 2)
        found[one.name.removesuffix(".md")] = (yaml.safe_load(front), body)
    return found


CLAIMS = _records("claims")
STUDIES = _records("studies")
SOURCES = _records("sources")
ARTICLES = _articles()


def _sentences(text: str) -> set[str]:
    plain = MARK.sub(" ", text).replace("\n", " ")
    return {" ".join(one.casefold().split()) for one in re.split(r"(?<=[.!?])\s+", plain)}


def test_every_claim_of_the_founding_article_has_an_answer() -> None:
    assert set(ANSWERED) <= CLAIMS.keys()


def test_every_answered_claim_can_be_recognised_in_a_foreign_sentence() -> None:
    assert [one for one in ANSWERED if not CLAIMS[one]["recognise"]] == []


def test_the_founding_article_is_not_answered_with_one_verdict_for_all() -> None:
    given = [CLAIMS[one]["verdict"] for one in ANSWERED]
    assert {one: given.count(one) for one in VERDICTS} == VERDICTS


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_every_claim_rests_on_a_source_that_is_on_the_shelf(claim: str) -> None:
    evidence = CLAIMS[claim]["evidence"]
    assert evidence
    assert {one["source"] for one in evidence} <= SOURCES.keys()
    assert {one["study"] for one in evidence if one["study"]} <= STUDIES.keys()


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_the_certainty_falls_by_the_steps_that_are_given(claim: str) -> None:
    record = CLAIMS[claim]
    if record["certainty"] is None:
        assert record["downgrades"] == []
    else:
        levels = ("high", "moderate", "low", "very-low")
        assert record["certainty"] == levels[min(sum(one["steps"] for one in record["downgrades"]), 3)]


def test_the_hub_lists_every_article_once() -> None:
    hub = _records("hubs")["back-pain"]
    assert sorted(hub["articles"]) == sorted(ARTICLES)
    assert set(hub["claims_first"]) <= CLAIMS.keys()


@pytest.mark.parametrize("article", sorted(ARTICLES))
def test_an_article_is_neither_a_scrap_nor_a_book(article: str) -> None:
    assert 500 <= len(MARK.sub(" ", ARTICLES[article][1]).split()) <= 1100


@pytest.mark.parametrize("article", sorted(ARTICLES))
def test_every_mark_of_an_article_is_a_claim_of_the_shelf(article: str) -> None:
    marks = {one for one in re.findall(r"\[\[([a-z0-9-]+)\]\]", ARTICLES[article][1]) if one != "-"}
    assert marks <= CLAIMS.keys()


@pytest.mark.parametrize("article", sorted(ARTICLES))
def test_every_line_of_text_ends_with_a_mark(article: str) -> None:
    lines = [one for one in ARTICLES[article][1].splitlines() if one and not one.startswith(("#", "{{"))]
    assert [one for one in lines if not one.endswith("]]")] == []


@pytest.mark.parametrize("picture", sorted(one.name for one in (SHELVES / "pictures").iterdir()))
def test_a_picture_has_a_title_and_no_script(picture: str) -> None:
    drawn = (SHELVES / "pictures" / picture).read_text(encoding="utf-8")
    assert "<title" in drawn
    assert "viewBox" in drawn
    assert "currentColor" in drawn
    assert not re.search(r"<script|<text|<image|href|\bon[a-z]+=", drawn)


@pytest.mark.parametrize("article", sorted(ARTICLES))
def test_the_picture_of_an_article_is_there_with_words_for_those_who_cannot_see_it(article: str) -> None:
    picture = ARTICLES[article][0]["picture"]
    assert (SHELVES / "pictures" / picture["file"]).is_file()
    assert picture["alternative"]
    assert picture["credit"]


def test_no_sentence_of_the_founding_article_ships() -> None:
    shared = Path(os.environ.get("PROVENDER_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    founding = shared / "articles" / "magnesium_for_back_pain.txt"
    if not founding.is_file():
        pytest.skip(f"the founding article is not at {founding}")
    theirs = {one for one in _sentences(founding.read_text(encoding="utf-8")) if len(one.split()) >= 5}
    ours = {one for _, body in ARTICLES.values() for one in _sentences(body)}
    ours |= {
        one
        for record in CLAIMS.values()
        for field in ("says", "seen_as", "because")
        for one in _sentences(record[field])
    }
    assert theirs & ours == set()
