"""Text as a page can show it: nothing invisible, and what no font holds is named, never dropped in silence.

Words reach the page as values, never as markup, so nothing need be escaped; this is about glyphs alone.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

LATIN_ENDS: Final = 0x250
"""Below this code point every font of the report holds what can be seen."""
PIECE: Final = 8
"""Characters after which a word too long for a line may break."""
_LONG: Final = re.compile(r"[^\s\u200b]{25,}")
_MAY_BREAK: Final = "\u200b"
_MISSING: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_ZERO_WIDTH_NON_JOINER: Final = "\u200c"
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Me"})
_UNKNOWN: Final = frozenset({"Co", "Cn"})
_SIGNS: Final = frozenset({"So", "Sk", "Sm", "Sc"})


def clipped(text: str, most: int) -> str:
    """A text of at most about so many characters; what is left out is counted.

    Args:
        text: Any.
        most: Characters kept, 1 or more.
    """
    if len(text) <= most:
        return text
    head = text[:most]
    head = (head.rsplit(maxsplit=1)[0] if re.search(r"\S\s+\S*$", head) else head).rstrip()
    return f"{head} … ({len(text) - len(head):,} more characters in the diary)"


def short(name: str, most: int = 48) -> str:
    """A name of at most so many characters, cut with an ellipsis."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def seen(text: str) -> str:
    """A text without what cannot be seen: controls, direction overrides, variation selectors, private characters.

    Line ends become spaces; characters of private or unassigned code points become ``□``; a word too long for a line
    may break anywhere between its pieces.
    """
    kept = "".join(_seen_of(char) for char in unicodedata.normalize("NFC", text))
    return _LONG.sub(lambda word: _MAY_BREAK.join(re.findall(f".{{1,{PIECE}}}", word[0])), kept)


def _seen_of(char: str) -> str:
    kind = unicodedata.category(char)
    if char.isspace():
        return "\u00a0" if char in "\u00a0\u202f" else " "
    if kind in _UNKNOWN:
        return "□"
    if char == _ZERO_WIDTH_NON_JOINER:
        return char
    unseen = kind in _UNSEEN or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF
    return "" if unseen or ord(char) in _SKIN_TONES else char


def missing(diagnostic: str) -> frozenset[str]:
    """The characters beyond ASCII that a compiler's message says no font holds.

    Args:
        diagnostic: The message.
    """
    found = (_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return frozenset(char for text in found for char in text if ord(char) > 127)


def without(text: str, lacking: Collection[str]) -> str:
    """A text in which what no font holds is named: signs by name, letters by their number.

    Args:
        text: From ``seen``.
        lacking: The characters that no font holds.
    """
    if not any(char in lacking for char in text):
        return text
    signs = "".join(_named(char) if char in lacking and _is_sign(char) else char for char in text)
    letters = re.escape("".join(sorted(char for char in lacking if not _is_sign(char))))
    if not letters:
        return signs
    return re.sub(f"[{letters}](?:[ {letters}]*[{letters}])?", _counted, signs)


def _counted(found: re.Match[str]) -> str:
    number = sum(not char.isspace() for char in found[0])
    return f"[{number:,} character{'s' * (number != 1)} this page has no font for]"


def beyond_latin(text: str) -> frozenset[str]:
    """The characters of a text that lie beyond Latin: what is named when nothing else is known of the fonts."""
    return frozenset(char for char in text if ord(char) >= LATIN_ENDS)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) in _SIGNS


def _named(char: str) -> str:
    return f"[{unicodedata.name(char, 'sign').lower()}]"


def mapped(values: Any, change: Callable[[str], str]) -> Any:
    """The same values with every text in them changed; keys stay.

    Args:
        values: Texts, numbers, None, sequences and mappings of them.
        change: What each text becomes.
    """
    if isinstance(values, str):
        return change(values)
    if isinstance(values, Mapping):
        return {key: mapped(value, change) for key, value in values.items()}
    if isinstance(values, Sequence):
        return [mapped(value, change) for value in values]
    return values
