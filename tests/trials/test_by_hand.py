"""The worked example of the handbook says what the code says."""

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "trials_by_hand.md"


def test_the_page_runs_as_it_is_printed():
    lines = re.sub(r"^```.*$", "", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    page = doctest.DocTestParser().get_doctest(lines, {}, PAGE.name, str(PAGE), 0)
    assert len(page.examples) > 30
    report: list[str] = []
    doctest.DocTestRunner().run(page, out=report.append)
    assert not report, "".join(report)
