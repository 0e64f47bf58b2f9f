"""Rules for what does good or harm, what a complaint feels like, and how a body works."""

import re
from typing import Final

from provender.library.reading import cues
from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FOOD, SUBSTANCE
from provender.library.reading.said import Said, all_of, either

_CLEARS: Final = re.compile(r"\b(?:works? by|acts? by|rid of|excretes?|flush(?:es)? out|filters? out)\b", re.IGNORECASE)


_LISTS_SIGNS: Final = re.compile(r"\b(?:signs?|symptoms?|running low|deficien)", re.IGNORECASE)


_LISTS_USES: Final = re.compile(
    r"\b(?:benefits?|about this item|features?|why (?:you|we)|what it does|uses|good for)\b", re.IGNORECASE
)


_SUBJECT_IS_A_REMEDY: Final = re.compile(
    r"^(?:\W*(?:\w+ ){0,4}?)(?:supplements?|tablets?|capsules?|pills?|medicines?|drugs?|doses?"
    r"|infusions?|quinine|diuretics|statins|aspirin|ibuprofen)\b",
    re.IGNORECASE,
)


def harm(said: Said) -> tuple[str, ...]:
    """The words by which a clause says what harm a remedy does; empty where it does not."""
    remedy = either(SUBSTANCE.search(said.whole), ACTIVITY.search(said.whole))
    harm = cues.HARM.search(said.text)
    effects = re.search(r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?))\b", said.text, re.IGNORECASE)
    if effects:
        return (effects[0],)
    if not remedy or _CLEARS.search(said.text):
        return ()
    if harm and not _relieves(said, harm) and not _lack_first(said, harm):
        return all_of(remedy, harm)
    caused = cues.CAUSES.search(said.text)
    if caused and (_relieves_before(said, caused) or re.match("s(?:igns|ymptoms) of", caused[0], re.IGNORECASE)):
        return ()
    bad = COMPLAINT.search(said.text, caused.end()) if caused else None
    if (
        caused
        and (bad or COMPLAINT.search(said.text))
        and _remedy_before(said, caused)
        and not _lack_first(said, caused)
    ):
        return all_of(remedy, caused)
    return all_of(
        _SUBJECT_IS_A_REMEDY.match(said.text),
        re.search(r"\b(?:can|may|could) (?:lower|raise|reduce) the \w+ in\b", said.text, re.IGNORECASE),
    ) or _drained(said)


def _drained(said: Said) -> tuple[str, ...]:
    return all_of(
        re.search(r"\b(?:medicines?|drugs?|pills?|diuretics?|antacids?|alcohol|coffee)\b", said.text, re.IGNORECASE),
        re.search(
            r"\b(?:lower|deplete|drain|rob|flush)\w*\b(?! (?:the |your )?(?:risk|pain|inflam))",
            said.text,
            re.IGNORECASE,
        ),
    )


def _relieves(said: Said, harm: re.Match[str]) -> bool:
    """Whether the bad thing is what is relieved: “eases headaches” is no harm."""
    effect = cues.EFFECT.search(said.text[: harm.start()])
    mild = re.match(
        r"risk|headaches?|heartburn|constipat|burns?|injur|allerg|nausea|itch|rash|diarrh|vomit|inflam",
        harm[0],
        re.IGNORECASE,
    )
    return bool(mild and effect is not None)


def _relieves_before(said: Said, place: re.Match[str]) -> bool:
    """Whether something is relieved before a place, so that what follows is what ails."""
    return bool(cues.EFFECT.search(said.text[: place.start()])) and not cues.OVERDOSE.search(said.text)


def _lack_first(said: Said, place: re.Match[str]) -> bool:
    lack = cues.LACK.search(said.whole)
    return (
        bool(lack)
        and not re.search(r"\b(?:medicines?|drugs?|excess|too much)\b", said.text, re.IGNORECASE)
        and not re.match(r"side|adverse|toxic", place[0], re.IGNORECASE)
    )


def _remedy_before(said: Said, place: re.Match[str]) -> bool:
    before = said.text[: place.start()]
    carried = said.whole[: len(said.whole) - len(said.text)] if len(before.split()) < 3 else ""
    return bool(SUBSTANCE.search(before) or SUBSTANCE.search(carried) or cues.OVERDOSE.search(before))


def efficacy(said: Said) -> tuple[str, ...]:
    """The words by which a clause says that something helps, or does not; empty where it does not."""
    effect = cues.EFFECT.search(said.text)
    remedy = either(
        SUBSTANCE.search(said.whole),
        ACTIVITY.search(said.whole),
        FOOD.search(said.whole),
        re.search(r"\b(?:trials?|stud(?:y|ies)|placebo|treatments?|product)\b", said.text, re.IGNORECASE),
    )
    complaint = either(
        COMPLAINT.search(said.whole),
        re.search(
            r"\b(?:falls? asleep|fell asleep|works? (?:for|well)|placebo|benefits?|points on|them)\b",
            said.text,
            re.IGNORECASE,
        ),
    )
    if _only_body_work(said) or (cues.LACK.search(said.text) and cues.CAUSES.search(said.text)):
        return ()
    if effect and complaint and (remedy or said.bullet or _LISTS_USES.search(said.heading)):
        return all_of(effect, complaint)
    plain = re.search(
        r"\bno (?:\w+ ){0,2}(?:effect|difference|change|improvement|benefit|advantage)\b|\b(?:both"
        r"|two) groups\b.*\b(?:better|improved|same)\b",
        said.text,
        re.IGNORECASE,
    )
    if plain and (complaint or re.search(r"groups|scores?", said.text)):
        return (plain[0],)
    outcome = re.search(
        r"\b(?:pain|scores?|cramps?|intensity|symptoms?)\b.{0,40}\b(?:fell|dropped|declined|went down"
        r"|decreased|rose)\b|\b(?:fewer|less|more) .{0,30}\b(?:than (?:those|people|placebo"
        r"|controls?)|with magnesium|in the .{3,20} group)",
        said.text,
        re.IGNORECASE,
    )
    if outcome and (remedy or re.search(r"\b(?:group|patients|weeks|months)\b", said.text, re.IGNORECASE)):
        return (outcome[0],)
    return ()


def _only_body_work(said: Said) -> bool:
    """How a body works, and not that something is changed by taking something."""
    work = re.search(
        r"\b(?:normal|healthy) [\w ]{0,30}function\w*|\bhelps? (?:to )?(?:manufacture|regulate"
        r"|produce|make|maintain|convert|transport|the body|your body (?:to )?(?:absorb|use|make"
        r"|produce))\b|\benzym\w+|\b(?:muscles?|nerves?|cells?|bones?|bod(?:y|ies)|brain"
        r"|heart) (?:\w+ )?needs? |\bnerve signals?\b|\bhelps? (?:in|with) more than\b"
        r"|\bplays? an? (?:\w+ )?(?:role|part) in\b",
        said.text,
        re.IGNORECASE,
    )
    return bool(work)


def symptom(said: Said) -> tuple[str, ...]:
    """The words by which a clause says what a complaint or a lack brings; empty where it does not."""
    listed = _LISTS_SIGNS.search(said.heading)
    if listed and said.bullet:
        return (listed[0],)
    caused = cues.CAUSES.search(said.text)
    if caused and cues.OVERDOSE.search(said.text):
        return ()
    if caused and COMPLAINT.search(said.whole):
        return all_of(caused)
    sign = cues.SYMPTOM.search(said.text)
    complaint = COMPLAINT.search(said.whole)
    if sign and complaint and not _only_body_work(said):
        return all_of(sign, complaint)
    return ()


def mechanism(said: Said) -> tuple[str, ...]:
    """The words by which a clause says how a body or a substance works; empty where it does not."""
    of = either(
        SUBSTANCE.search(said.whole),
        COMPLAINT.search(said.whole),
        FOOD.search(said.whole),
        re.search(r"\b(?:body|cells?|enzymes?)\b", said.text, re.IGNORECASE),
    )
    return all_of(either(_only(said), cues.BODY_WORK.search(said.text)), of)


def _only(said: Said) -> re.Match[str] | None:
    return re.search(r"\b(?:normal|healthy) [\w ]{0,30}function\w*", said.text, re.IGNORECASE)
