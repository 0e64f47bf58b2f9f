"""A copy of the small shelf that a test may spoil."""

import shutil
from datetime import date
from pathlib import Path

from provender.library.checks import findings
from provender.library.shelf import reading

SHELF = Path(__file__).parent / "shelf"
TODAY = date(2026, 11, 23)


class CopiedShelf:
    """The small shelf under a folder of a test's own."""

    def __init__(self, folder):
        self.root = folder / "shelf"
        shutil.copytree(SHELF, self.root)

    def edit(self, file, old, new):
        """Replace a text of a file that stands there once."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return self

    def write(self, file, content):
        """Write a file anew; text or bytes."""
        path = self.root / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return self

    def problems(self):
        """What reading finds wrong."""
        return reading(self.root)[1]

    def found(self, check, today=TODAY):
        """What one check finds, the others aside."""
        return [one for one in findings(reading(self.root)[0], today=today) if one.check == check]
