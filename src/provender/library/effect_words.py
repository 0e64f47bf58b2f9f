"""The words by which a sentence speaks of an effect: verbs, hedges, sizes; and words that are never ours."""

import re
from typing import Final

_STEMS: Final = "reduc|lower|improv|reliev|eas|help|prevent|increas|rais|shorten|lessen|sooth|decreas|caus|worsen"
_EFFECT: Final = f"(?:{_STEMS}|boost|treat|speed|protect|work)"
_MODALS: Final = "to|not|probably|likely|may|might|could|can|will|would|did|does|n[o’']t"


def any_of(*words: str) -> re.Pattern[str]:
    """A pattern for any of these words or phrases, each of which may be a pattern itself."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


PRESENT: Final = any_of(rf"{_EFFECT}e?s", r"makes? (?:[\w-]+ ){1,5}(?:difference|change)")
"""An effect asserted in the present tense."""
ASKED: Final = re.compile(r"\b(?:whether|if|what|which|who|how)\b(?:\W+[\w-]+){0,5}\W*$", re.IGNORECASE)
"""Before an effect: it is asked for, not asserted."""
PLAIN: Final = any_of(rf"(?:{_MODALS}) (?:\w+ly )?{_EFFECT}e?", r"make (?:[\w-]+ ){1,5}(?:difference|change)")
"""An effect behind another verb: may improve."""
LITTLE: Final = any_of("(?:little or no|no) (?:useful |real )?(?:difference|effect)")
VERY_UNCERTAIN: Final = any_of(
    "(?:very|too|highly) (?:uncertain|unsure|little|few|small|weak)",
    "(?:cannot|can not|nobody can|no one can|impossible to) (?:tell|say|know)",
    "(?:not|is un|un)\\s?known",
    "nobody knows",
    "unclear",
    "no (?:good )?(?:trial|evidence)",
)
PROBABLY: Final = any_of("probably", "likely")
MAY: Final = re.compile(r"\b(?:may|might)\b(?! (?:19|20)\d\d)")
COULD: Final = any_of("could")
"""A hedge only beside an effect: "we could read" is none."""
NO_DIFFERENCE: Final = any_of(
    "little or no",
    r"no (?:\w+ )?(?:difference|effect|better|more|less|benefit|sooner)",
    "not",
    "was gone",
    "the same",
)
SMALL: Final = any_of("slightly", "slight", "a little", "a bit", "small", "smaller", "somewhat", "modestly?", "briefly")
LARGE: Final = any_of(
    "greatly",
    "strongly",
    "dramatically",
    "a lot",
    "a great deal",
    "large",
    "largely",
    "huge",
    "hugely",
    "substantially",
    "markedly",
    "sharply",
    "far",
)
FORBIDDEN: Final = any_of(
    "proven",
    "proves?",
    "proved",
    "confirm(?:ed|s)?",
    "cure[sd]?",
    "works for you",
    "clinically (?:shown|tested)",
    "miracles?",
    "guarantee[ds]?",
    "(?:perfectly|completely|totally|absolutely|is|are) safe",
    "no side effects",
    "doctors recommend",
)
"""Words that promise; denied or quoted they may stand."""
DENIED: Final = re.compile(
    r"(?:\b(?:not|no|never|nothing|nobody|without|neither|nor|hardly|cannot)\b|n[’']t)(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
"""A denial at most three words before the end."""
QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
