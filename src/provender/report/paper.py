"""A template and its values as a page: PDF, tagged for screen readers and for keeping, the same bytes each time."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, Literal

import typst

from provender.report.legible import beyond_latin, mapped, missing, seen, without
from provender.terms.errors import InputError

Paper = Literal["a4", "us-letter"]
PAPERS: Final = ("a4", "us-letter")
STANDARDS: Final = ("ua-1", "a-2a")
"""PDF/UA-1: tags, title, language, alternative texts. PDF/A-2a: everything embedded, for keeping."""
PASSES: Final = 3
"""How often characters without a font are named before everything beyond Latin is."""
_PAGES: Final = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")
ROOM: Final = Path(__file__).parent
NOWHERE: Final = ROOM / "no-packages"
"""Where packages would be looked for; it does not exist, and no template asks for any."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def checked_paper(paper: str) -> None:
    """Raise unless the paper is known.

    Raises:
        InputError: Another paper.
    """
    if paper not in PAPERS:
        raise InputError(f"found paper “{paper[:20]}”, expected one of {', '.join(PAPERS)}", field="paper")


def checked_time(written_at: datetime) -> None:
    """Raise unless the time says its zone.

    Raises:
        InputError: A time without a zone.
    """
    if written_at.utcoffset() is None:
        raise InputError(f"found {written_at} without a zone, expected one such as +01:00", field="written_at")


def pdf(template: str, values: Mapping[str, Any], paper: Paper, written_at: datetime) -> bytes:
    """A template filled with values, as PDF/UA-1 and PDF/A-2a.

    Args:
        template: Name of a template of this room, without its ending.
        values: What it shows; texts are shown as they are, whatever they hold.
        paper: Its size.
        written_at: When it was written, with its zone; kept in the file, so that the same input gives the same bytes.

    Raises:
        InputError: An unknown paper, or a time without a zone.
    """
    checked_paper(paper)
    checked_time(written_at)
    return bytes(_compiled(template, values, paper, written_at, "pdf"))


def page_count(made: bytes) -> int:
    """How many pages a PDF of this room has.

    Args:
        made: From ``pdf``.
    """
    found = _PAGES.search(made)
    return int(found[1]) if found else 0


def pictures(template: str, values: Mapping[str, Any], paper: Paper, *, ppi: float = 110) -> list[bytes]:
    """The same pages as PNG, one each: to look at.

    Args:
        template, values, paper: As ``pdf``.
        ppi: Dots an inch.
    """
    made = _compiled(template, values, paper, None, "png", ppi)
    return [made] if isinstance(made, bytes) else list(made)


def _compiled(
    template: str,
    values: Mapping[str, Any],
    paper: Paper,
    written_at: datetime | None,
    form: Literal["pdf", "png"],
    ppi: float | None = None,
) -> Any:
    shown: Any = mapped({**values, "paper": paper}, seen)
    lacking: frozenset[str] = frozenset()
    for left in range(PASSES, -1, -1):
        try:
            return typst.compile(
                ROOM / f"{template}.typ",
                root=ROOM,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format=form,
                ppi=ppi,
                sys_inputs={"values": json.dumps(shown)},
                pdf_standards=[*STANDARDS] if form == "pdf" else [],
                package_path=NOWHERE,
                package_cache_path=NOWHERE,
                timestamp=int(written_at.timestamp()) if written_at else None,
            )
        except typst.TypstError as error:
            found = missing(str(error.diagnostic))
            if not left or not found:
                raise
            lacking |= found if left > 1 else beyond_latin(json.dumps(shown, ensure_ascii=False))
            shown = mapped(shown, partial(without, lacking=lacking))
    raise AssertionError
