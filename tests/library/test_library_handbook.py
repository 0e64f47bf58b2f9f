"""The page for authors says what the code does."""

import inspect
import re
from pathlib import Path

import pytest

from provender.library import article_checks, claim_checks
from provender.library.checks import CHECKS
from provender.library.shelf import MODELS
from provender.library.verbs import statement

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "library.md").read_text(encoding="utf-8")
CERTAINTIES = ("high", "moderate", "low", "very-low")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_stands_in_the_table_with_its_own_sentence(check):
    assert f"| {inspect.getdoc(check).splitlines()[0]} |" in PAGE


@pytest.mark.parametrize("module", [claim_checks, article_checks])
def test_every_name_that_a_finding_can_bear_is_told(module):
    names = re.findall(r'"([a-z][a-z-]+)", "(?:error|warning)"', inspect.getsource(module))
    assert names
    assert [name for name in names if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize(
    ("size", "direction"),
    [
        ("large", "benefit"),
        ("moderate", "benefit"),
        ("small", "benefit"),
        ("trivial", "no-difference"),
        ("unclear", "unclear"),
    ],
)
def test_the_table_of_verbs_is_what_the_code_says(size, direction):
    said = " | ".join(statement(one, size, direction, what="X", outcome="pain") for one in CERTAINTIES)
    assert f"| {said} |" in PAGE


@pytest.mark.parametrize("folder", list(MODELS))
def test_every_folder_is_told(folder):
    assert f"{folder}/<id>" in PAGE
