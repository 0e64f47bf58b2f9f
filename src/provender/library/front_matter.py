"""An article's file in two: the front matter between two lines of three hyphens, and the text below."""

from typing import Any, Final

from provender.library.finding import Finding, ShelfError
from provender.library.marked import Marked, marked_yaml

FENCE: Final = "---"


def article_of(text: str, file: str) -> tuple[Marked, dict[str, Any]]:
    """The front matter with its lines, and ``body`` with ``body_line``.

    Raises:
        ShelfError: There is no front matter, no end of it, nothing below it, or it is no YAML.
    """
    rows = text.split("\n")
    if rows[0].rstrip() != FENCE:
        raise _refused(file, 1, "no front matter", "a first line of ---", "begin with ---, the fields, ---")
    end = next((i for i, row in enumerate(rows[1:], start=1) if row.rstrip() == FENCE), None)
    if end is None:
        raise _refused(file, 1, "front matter without an end", "a second line of ---", "close it with ---")
    body = "\n".join(rows[end + 1 :])
    if not body.strip():
        raise _refused(file, end + 1, "no text", "an article below the front matter", "write it, or delete the file")
    return marked_yaml("\n".join(rows[1:end]), file, first_line=2), {"body": body, "body_line": end + 2}


def _refused(file: str, line: int, found: str, expected: str, remedy: str) -> ShelfError:
    return ShelfError([Finding("file", "error", file, line, "", found, expected, remedy)])
