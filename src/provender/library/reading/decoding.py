"""Bytes or text as pasted, made into clean text: its encoding found, what is surely broken mended."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from provender.terms.errors import InputError

LARGEST_BYTES: Final = 2_000_000
"""More is refused: an article is some kilobytes, a page with everything around it seldom more than one megabyte."""
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BINARY: Final = (
    (b"%PDF", "a PDF file; open it, select its text, and paste that"),
    (b"PK\x03\x04", "a zip or office file; open it, select its text, and paste that"),
    (b"\x89PNG", "a picture; paste the text of the article"),
    (b"\xff\xd8\xff", "a picture; paste the text of the article"),
    (b"GIF8", "a picture; paste the text of the article"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
)
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE
)
_CODECS: Final = frozenset(
    {"utf-8", "utf8", "iso-8859-1", "iso-8859-15", "windows-1252", "cp1252", "us-ascii", "latin1"}
)
_HIGH: Final = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0))
_CLASS: Final = re.escape(_HIGH)
_BROKEN: Final = re.compile(f"[\u00c2-\u00df][{_CLASS}]|[\u00e0-\u00ef][{_CLASS}]{{2}}|[\u00f0-\u00f4][{_CLASS}]{{3}}")
_BYTE_OF: Final = {**{chr(b): b for b in range(0x80, 0x100)}, **{c: 0x80 + i for i, c in enumerate(_HIGH)}}
_NEW_LINES: Final = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_NOTHING: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_SPACES: Final = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURES: Final = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}


@dataclass(frozen=True)
class Decoded:
    """Clean text and how it was come by.

    Attributes:
        text: Lines end in a line feed; no control, zero-width or soft characters; spaces are plain.
        encoding: The encoding the bytes were in; None where text was given.
        mended: What was changed, in sentences; empty where nothing was.
    """

    text: str
    encoding: str | None
    mended: tuple[str, ...] = ()


def decoded(content: bytes | str) -> Decoded:
    """What was pasted as clean text.

    Raises:
        InputError: Empty, too large, binary or in an encoding that cannot be told.
    """
    text, encoding = (content, None) if isinstance(content, str) else _text_of(content)
    _refuse_size(len(text) if encoding is None else len(content))
    text, mended = _mended(text)
    lines = _SPACES.sub(" ", _NEW_LINES.sub("\n", text))
    clean = unicodedata.normalize("NFC", _NOTHING.sub("", lines).translate(_LIGATURES))
    if not clean.strip():
        raise InputError("found nothing to read, expected the text of an article; paste it whole, title and all")
    said = (f"{mended} broken characters (UTF-8 once read as Windows-1252) were mended.",) if mended else ()
    return Decoded(clean, encoding, said)


def _refuse_size(size: int) -> None:
    if size > LARGEST_BYTES:
        raise InputError(
            f"found {size / 1e6:,.1f} MB, expected at most {LARGEST_BYTES / 1e6:.0f} MB; paste only"
            f" the text of the article"
        )


def _text_of(content: bytes) -> tuple[str, str]:
    _refuse_size(len(content))
    for start, what in _BINARY:
        if content.startswith(start):
            raise InputError(f"found {what}")
    for bom, codec in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(codec, "replace"), codec
    wide = _wide(content)
    if wide is not None:
        return content.decode(wide, "replace"), wide
    _refuse_binary(content)
    return _narrow(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of English text is then zero."""
    head = content[:4000]
    if len(head) < 8:
        return None
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.1 * half else None


def _refuse_binary(content: bytes) -> None:
    head = content[:20_000]
    odd = sum(head.count(b) for b in range(32) if b not in (9, 10, 11, 12, 13, 26, 27))
    if head.count(0) or odd > 0.02 * len(head):
        raise InputError(
            f"found {odd} bytes in the first {len(head):,} that stand in no text, so this is a binary"
            f" file; expected text"
            " or HTML; open the file in its program, select its text, and paste that"
        )


def _narrow(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        declared = _DECLARED.search(content[:4000])
        name = declared[1].decode("ascii").lower() if declared else ""
        if name in _CODECS - {"utf-8", "utf8"} and "8859-15" in name:
            return content.decode(name, "replace"), name
        return content.decode("cp1252", "replace"), "cp1252"


def _mended(text: str) -> tuple[str, int]:
    """Text with UTF-8 that was read as Windows-1252 put right; certain, as such runs make no word of any language."""
    found = _BROKEN.findall(text)
    certain = len(found) > 1 or any(len(run) > 2 for run in found)
    if not certain:
        return text, 0
    count = 0

    def right(match: re.Match[str]) -> str:
        nonlocal count
        try:
            mended = bytes(_BYTE_OF[c] for c in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        count += 1
        return mended

    return _BROKEN.sub(right, text), count
