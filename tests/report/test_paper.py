"""Any words on any paper: whole, tagged, the same each time."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from report_cast import WRITTEN, words_of

from provender.report import paper
from provender.report.blocks import Column, facts, items, section, sheet, small, table, text
from provender.report.paper import PAPERS, ROOM, pdf, pictures
from provender.terms.errors import InputError

A4_PT, LETTER_PT = (595, 842), (612, 792)


def a_sheet(words="words", title="A title"):
    return sheet(
        title=title,
        kicker="KICKER",
        subtitle=words,
        footer="footer",
        version="0.1.0",
        keywords=(),
        opening=[text(words)],
        sections=[
            section(
                "Heading",
                text(words),
                small(words),
                items([words]),
                facts([("Label", words)]),
                table([Column("Head", 1)], [[words]]),
            )
        ],
    )


def made(words="words", on="a4"):
    return pdf("sheet", a_sheet(words), on, WRITTEN)


def test_the_same_input_gives_the_same_bytes():
    assert made() == made()


def test_another_time_gives_other_bytes():
    assert made() != pdf("sheet", a_sheet(), "a4", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(("on", "size"), [("a4", A4_PT), ("us-letter", LETTER_PT)])
def test_the_page_has_the_size_of_its_paper(on, size):
    box = PdfReader(BytesIO(made(on=on))).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size


def test_the_file_says_its_title_language_and_that_it_is_tagged():
    root = PdfReader(BytesIO(made())).trailer["/Root"]
    assert str(root["/Lang"]).startswith("en")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert PdfReader(BytesIO(made())).metadata.title == "A title"


def test_the_file_says_that_it_is_pdf_ua_1_and_pdf_a_2a():
    told = PdfReader(BytesIO(made())).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part[^0-9]*1", told)
    assert re.search(r"pdfaid:part[^0-9]*2", told)
    assert re.search(r"pdfaid:conformance[^A-Z]*A", told)


def roles(pdf_bytes):
    """The roles of the tags of a file."""
    found, todo = [], [PdfReader(BytesIO(pdf_bytes)).trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif hasattr(node, "get"):
            found.append(str(node.get("/S", "")))
            todo += [node["/K"]] if "/K" in node else []
    return found


def test_headings_lists_and_table_headers_are_tagged():
    assert {"/H1", "/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= set(roles(made()))


def test_every_font_is_embedded():
    page = PdfReader(BytesIO(made("Grüße ∑ שלום سلام"))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    parts = [one["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for one in fonts]
    assert parts
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in parts)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
@example("#set page(fill: red) $x$ *b* _i_ @label <label> `code` // no /* no \\ ~ [ ] #panic()")
@example("= Heading\n- item\n+ item\n/ term: x")
@example("😀 👨\u200d👩\u200d👧 🏳️\u200d🌈 🇩🇪 1️⃣ ☀️")
@example("שלום سلام می‌خواهم ไทย हिन्दी 中文 日本語 한국어 \U0001d54f")
@example("x\u0301\u0489 \x00\x07 \ue000 \U0010ffff \u202e\u2066")
def test_any_words_make_a_page(words):
    assert made(words).startswith(b"%PDF")


@settings(max_examples=30, deadline=None)
@given(st.text("abc #*$_<>@\\`~[]{}()=+-/\"'%&|^;:,.!?", min_size=1, max_size=24))
def test_signs_of_the_template_language_are_printed_as_they_are(words):
    shown = words_of(made(f"begin{words}end")).replace(" ", "").replace("\u200b", "")
    assert f"begin{words}end".replace(" ", "") in shown


def test_a_note_of_five_thousand_characters_is_whole():
    words = " ".join(f"w{k}" for k in range(1000))
    assert "w999" in words_of(made(words))


def test_emoji_are_named():
    assert "[grinning face]" in words_of(made("😀"))


def test_a_script_without_a_font_is_said_to_be_missing():
    assert "[2 characters this page has no font for]" in words_of(made("中文"))


def test_when_naming_the_missing_does_not_help_everything_beyond_latin_is_named(monkeypatch):
    monkeypatch.setattr(paper, "missing", lambda _: frozenset({"\u0378"}))
    assert "no font for]" in words_of(made("中文"))


def test_a_broken_template_says_so(monkeypatch, tmp_path):
    (tmp_path / "sheet.typ").write_text("#panic()")
    monkeypatch.setattr(paper, "ROOM", tmp_path)
    with pytest.raises(typst.TypstError):
        made()


def test_another_paper_is_refused():
    with pytest.raises(InputError, match="expected one of a4, us-letter"):
        made(on="a5")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(InputError, match="without a zone"):
        pdf("sheet", a_sheet(), "a4", datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_pages_can_be_looked_at():
    assert [one[:4] for one in pictures("sheet", a_sheet(), "a4", ppi=30)] == [b"\x89PNG"]
    assert len(pictures("sheet", a_sheet("word " * 4000), "a4", ppi=20)) > 1


def test_no_template_asks_for_a_package_of_the_net():
    assert [one.name for one in ROOM.glob("*.typ") if "@preview" in one.read_text()] == []
    assert PAPERS == ("a4", "us-letter")
