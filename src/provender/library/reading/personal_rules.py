"""Rules for what a clause tells its reader to do, and for what somebody saw in themselves or in their patients."""

import re
from typing import Final

from provender.library.reading import cues
from provender.library.reading.lexicon import COMPLAINT, SUBSTANCE
from provender.library.reading.said import Said, all_of, topic

_NEED: Final = re.compile(
    r"\b(?:adults?|people|women|men|you|children|athletes|everyone)\b[^.;]{0,30}\b(?:needs?|requires?"
    r"|should (?:get|have|aim for|consume))\b[^.;]{0,40}\b\d[\d,.]*(?: to \d[\d,.]*|-\d+)? ?(?:mg|mcg"
    r"|µg|micrograms?|iu|g|milligrams?)\b",
    re.IGNORECASE,
)


_STRONG: Final = re.compile(
    r"(?:take|avoid|consult|use|store|keep|ask|stop|never|best taken|best used)\b", re.IGNORECASE
)
"""Commands that need no word of health beside them."""


_NOUN_TOO: Final = re.compile(
    r"(?:massage|exercise|sleep|rest|stretch|walk|drink|ice|heat|rub|watch|look|return|report|support"
    r"|plan|space|place|set|increase|pick|visit|start|wash|contact|limit|use|mix|focus)\b",
    re.IGNORECASE,
)


_AFTER_VERB: Final = re.compile(
    r"\w+ (?:your|the|it|them|this|that|these|for|daily|regularly|gently|more|less|at|well|on|in|to"
    r"|up|down|out|with|within|and|or|twice|plenty|only|no|a|an|both|any|each|every|after|before"
    r"|against|as|if|when|by|\d+|one|two|three|alcohol|magnesium)\b",
    re.IGNORECASE,
)


_FORBIDDEN: Final = re.compile(
    r"(?:do not|don['’]t) (?:ever |just |simply |be |let |try to )?(?:take|use|exceed|stop|drink|eat"
    r"|give|start|ignore|rely|expect|wait|stay|lie|forget|combine|mix|put|apply|self|let|go|skip|buy"
    r"|swallow|bend|twist|worry|assume|overdo|smoke|sit|lift|share|double"
    r"|add|chew|crush|try|rush|panic|push|drive|leave|keep|be|get|have|make|do|fool|tempted|afraid"
    r"|trust|wash|rub|touch|cut|replace|change|delay)\b",
    re.IGNORECASE,
)


def advice(said: Said) -> tuple[str, ...]:
    """The words by which a clause tells its reader what to do; empty where it does not."""
    if _NEED.search(said.text):
        return ()
    bare = cues.without_opening(said.text)
    order = _order(bare) if not said.bullet or len(bare.split()) > 3 else None
    if order and (topic(said) or _STRONG.match(bare)):
        return (order[0],)
    if re.search(r"\b(?:never|do not|don['’]t) (?:take|use|exceed|self|stop)\b", bare, re.IGNORECASE) and not re.search(
        r"\b(?:we|they|i|people|doctors) (?:don['’]t|do not|never)\b", bare, re.IGNORECASE
    ):
        return ("never",)
    return all_of(cues.MODAL.search(said.text), topic(said))


def _order(bare: str) -> re.Match[str] | None:
    """The verb of a command; none where the word is a noun (“massage beat usual care”) or the clause is no command."""
    found = cues.IMPERATIVE.match(bare)
    if not found:
        return None
    if _NOUN_TOO.match(bare) and not _AFTER_VERB.match(bare):
        return None
    return (
        None
        if re.match(r"(?:do not|don['’]t) (?!never)", bare, re.IGNORECASE) and not _FORBIDDEN.match(bare)
        else found
    )


def anecdote(said: Said) -> tuple[str, ...]:
    """The words by which a clause tells what somebody saw in themselves or others; empty where it does not."""
    if re.search(r"\bi (?:found|know of|could find|saw) no (?:trial|stud|evidence)", said.text, re.IGNORECASE):
        return ()
    mine = cues.SELF.search(said.text)
    if (
        re.search(r"\b(?:i|i['’]ve|my|me)\b(?!\.)", said.text, re.IGNORECASE)
        and SUBSTANCE.search(said.whole)
        and COMPLAINT.search(said.text)
        and not re.search(r"\b(?:ask|tell|said|read up|try|found no)\b", said.text, re.IGNORECASE)
    ):
        return all_of(mine)
    if mine and not _told_of_patients_in_a_study(said):
        return all_of(
            mine,
            cues.SAW.search(said.text),
            topic(said) or re.search(r"\b(?:patients?|clients?|customers?)\b", said.text, re.IGNORECASE),
        )
    return ()


def _told_of_patients_in_a_study(said: Said) -> bool:
    return bool(
        re.search(
            r"\b(?:trial|study|randomi[sz]ed|placebo|reported in|than|percent|per cent|dummy)\b",
            said.text,
            re.IGNORECASE,
        )
    ) and not re.search(r"\b(?:my|our|i)\b", said.text, re.IGNORECASE)
