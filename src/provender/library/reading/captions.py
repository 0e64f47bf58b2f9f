"""What stands under a picture, and whose picture it is."""

import re
from typing import Final

_KEYWORD: Final = (
    r"(?:photo(?:graph)?|image|picture|illustration)(?:\s+(?:credits?|by|courtesy(?: of)?|source)\b\s*:?|\s*:)"
    r"|photo(?:graphy|graphed) by:?|credits?\s*:|photographer\s*:"
)
_CREDIT: Final = re.compile(
    rf"^(?P<caption>.*?)\s*[\[(|–—-]?\s*(?<![\w])(?:{_KEYWORD})\s*(?P<credit>[^.].{{1,90}}?)[\])]?$", re.IGNORECASE
)
_AGENCY: Final = re.compile(
    r"^(?P<caption>.*?[.!?])\s*[\[(]?(?P<credit>[^.!?]{0,50}?\b(?:getty images|shutterstock|istock"
    r"|unsplash|pexels|reuters|alamy|afp)\b[^.!?]{0,40})[\])]?$",
    re.IGNORECASE,
)
LONGEST: Final = 320


def caption_and_credit(line: str) -> tuple[str, str] | None:
    """The caption and the credit of a line that names a photographer or an agency; the caption may be empty."""
    if len(line) > LONGEST:
        return None
    found = _CREDIT.match(line) or _AGENCY.match(line)
    if not found or len(found["credit"].split()) > 10:
        return None
    caption = found["caption"].strip()
    if len(re.findall(r"[.!?](?:\s|$)", caption)) > 2:
        return None
    return caption, found["credit"].strip()
