"""Foods to build small catalogues from, and the publishers' real files where they lie beside the repository."""

import os
from pathlib import Path

import pytest

from provender.catalogue.food import Food, Portion

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture
def shared_data():
    """Where a publisher's files lie; the test is skipped where they do not."""

    def folder(name):
        found = Path(os.environ.get("PROVENDER_SHARED_DATA", BESIDE)) / name
        if not found.exists():
            pytest.skip(f"the publisher's files are not at {found}; set PROVENDER_SHARED_DATA to where {name} lies")
        return found

    return folder


@pytest.fixture
def almonds():
    return Food(
        id="csv-mine:almonds",
        name="Almonds, dry roasted",
        source="csv-mine",
        source_id="almonds",
        release="1",
        category="Nuts",
        composition={"ENERC_KCAL": 598.0, "MG": 279.0, "VITC": 0.0},
        portions=(Portion(1.0, "cup whole kernels", 138.0), Portion(0.5, "handful", 14.0)),
    )


@pytest.fixture
def plain(tmp_path):
    """Writes a plain CSV and says where."""

    def write(text, name="mine.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write
