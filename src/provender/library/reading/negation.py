"""Where a clause denies: “does not help”, “no better than placebo”, “no trial has shown”."""

import re
from typing import Final

DENIALS: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't"
    r"|wasn't|weren't|hasn't"
    r"|haven't|hadn't|wouldn't|shouldn't|couldn't|without|fails? to|failed to|unlikely"
    r"|little (?:proof|evidence|or no|effect|benefit|for)"
    r"|does little|do little|did little|nothing|untested|equivocal|unproven|doubtful|a myth|rubbish"
    r"|lack(?:s|ed)? (?:of )?(?:proof|evidence)"
    r"|no (?:good |sound |clear |convincing )?(?:proof|evidence))\b",
    re.IGNORECASE,
)
_NOT_DENYING: Final = re.compile(
    r"\b(?:not only|not just|no doubt|no wonder|no matter|not to mention|without (?:side effects"
    r"|delay|doubt)|nothing but|no longer|no more than"
    r"|why not|or not|can't wait|couldn't wait|not always|not all|nobody knows (?:why|how)"
    r"|no side effects|no known|not a reason|never looked back"
    r"|without medical advice|without (?:a|an|your) )",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    r"\b(?:fails? to|failed to|unlikely|little (?:proof|evidence|or no|effect|benefit|for)"
    r"|does little|do little|did little|untested|equivocal|unproven|doubtful|a myth|rubbish"
    r"|lack(?:s|ed)? (?:of )?(?:proof|evidence)|(?:no|not|without|never|any|neither"
    r"|nor)\b(?:\W+\w+){0,4}?\W+(?:evidence|proof|differen\w+|better|benefits?|effect\w*|effective"
    r"|trials?|stud(?:y|ies)|improvement"
    r"|help\w*|reliev\w+|relief|eas(?:e|es|ed)|reduc\w+|improv\w+|prevent\w*|treat\w*|cure\w*|heal\w*"
    r"|work\w*|cause\w*|lead|linked|contain\w*|shown|proven|do|change\w*|lower\w*|relax\w*|mean"
    r"|absorbed)"
    r"|\w*n't\b(?:\W+\w+){0,3}?\W+(?:help\w*|relieve|ease|reduce|improve|prevent|treat|cure|heal|work"
    r"|cause|lead|linked|contain|been|shown|do|change|lower|mean|make|any|absorb\w*)"
    r"|cannot (?:\w+ )?(?:help|relieve|ease|reduce|improve|prevent|treat|cure|heal|cause|replace|do))\b",
    re.IGNORECASE,
)


def denials(clause: str) -> tuple[str, ...]:
    """The words that deny in a clause, as they stand; empty where nothing is denied."""
    plain = clause.replace("’", "'")
    plain = _NOT_DENYING.sub(lambda match: " " * len(match[0]), plain)
    return tuple(match[0] for match in DENIALS.finditer(plain))


def denies(clause: str) -> bool:
    """Whether a clause surely denies that something helps, causes or holds something."""
    plain = clause.replace("’", "'")
    return bool(_STRONG.search(_NOT_DENYING.sub(lambda match: " " * len(match[0]), plain)))
