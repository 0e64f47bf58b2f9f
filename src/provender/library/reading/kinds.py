"""What kind of claim a clause makes, told by its words; most clauses of a page make none."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from provender.library.reading import cues
from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FOOD, PEOPLE, SUBSTANCE

Kind = Literal["efficacy", "harm", "prevalence", "composition", "intake", "mechanism", "symptom", "anecdote", "advice"]


@dataclass(frozen=True)
class Said:
    """A clause and what stands around it.

    Attributes:
        text: Its own words.
        whole: The same with what was carried into it.
        heading: The heading over it; empty where there is none.
        bullet: Whether it is an item of a list.
        quoted: Whether its sentence is someone's words in quotation marks.
    """

    text: str
    whole: str
    heading: str = ""
    bullet: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Typed:
    """The kind of a clause and the words by which it was told."""

    kind: Kind
    words: tuple[str, ...]


_PRODUCT: Final = re.compile(
    r"\b(?:capsules?|tablets?|softgels?|servings?|bowl|each|every|teaspoon|soils?|pill|drops?|gumm(?:y|ies))\b",
    re.IGNORECASE,
)
_NEED: Final = re.compile(
    r"\b(?:adults?|people|women|men|you|children|athletes|everyone)\b[^.;]{0,30}\b(?:needs?|requires?|should (?:get|have|aim for|consume))\b[^.;]{0,40}\b\d[\d,.]*(?: to \d[\d,.]*|-\d+)? ?(?:mg|mcg|µg|micrograms?|iu|g|milligrams?)\b",
    re.IGNORECASE,
)
_CLEARS: Final = re.compile(r"\b(?:works? by|acts? by|rid of|excretes?|flush(?:es)? out|filters? out)\b", re.IGNORECASE)
_LISTS_SIGNS: Final = re.compile(r"\b(?:signs?|symptoms?|running low|deficien)", re.IGNORECASE)
_LISTS_USES: Final = re.compile(
    r"\b(?:benefits?|about this item|features?|why (?:you|we)|what it does|uses|good for)\b", re.IGNORECASE
)
_RECIPE: Final = re.compile(
    r"\b(?:ingredients|method|directions|instructions|steps|preparation|you will need|serves)\b", re.IGNORECASE
)
_DENIED_LACK: Final = re.compile(
    r"\b(?:half|most|everyone|everybody|all|they|you|many) (?:\w+ )?(?:is|are|be) deficient\b", re.IGNORECASE
)
_SUBJECT_IS_A_REMEDY: Final = re.compile(
    r"^(?:\W*(?:\w+ ){0,4}?)(?:supplements?|tablets?|capsules?|pills?|medicines?|drugs?|doses?|infusions?|quinine|diuretics|statins|aspirin|ibuprofen)\b",
    re.IGNORECASE,
)


def kind_of(said: Said) -> Typed | None:
    """The kind of claim a clause makes; None where it makes none.

    The rules are asked in a fixed order, the first that says yes decides.
    """
    if _no_claim(said):
        return None
    for kind, rule in _RULES:
        found = rule(said)
        if found:
            return Typed(kind, tuple(dict.fromkeys(word.strip().lower() for word in found)))
    return None


def _no_claim(said: Said) -> bool:
    text = said.text.strip()
    if text.rstrip("\"”'’)*").endswith("?") or len(text.split()) < 2:
        return True
    if cues.NO_CLAIM.search(text) and not cues.OUTCOME.search(text):
        return True
    if _RECIPE.search(said.heading) and not _about_health(said):
        return True
    return bool(cues.INGREDIENT.match(text) and said.bullet) or bool(
        cues.KITCHEN.match(text) and not _about_health(said)
    )


def _about_health(said: Said) -> bool:
    return bool(
        COMPLAINT.search(said.text)
        or cues.HOLDS.search(said.text)
        or re.search(r"\b(?:capsule|tablet|softgel|dose|doctor|children|meal|supplement|day)", said.text, re.IGNORECASE)
    )


Rule = Callable[[Said], tuple[str, ...]]


def _words(*found: re.Match[str] | None) -> tuple[str, ...]:
    """The words of matches, when all of them matched; else nothing."""
    return tuple(match[0] for match in found if match) if all(found) else ()


def _either(*found: re.Match[str] | None) -> re.Match[str] | None:
    return next((match for match in found if match), None)


def _advice(said: Said) -> tuple[str, ...]:
    if _NEED.search(said.text):
        return ()
    bare = cues.without_opening(said.text)
    order = cues.IMPERATIVE.match(bare) if not said.bullet or len(bare.split()) > 3 else None
    if order and _topic(said):
        return (order[0],)
    if re.search(r"\b(?:never|do not|don['’]t) (?:take|use|exceed|self|stop)\b", bare, re.IGNORECASE) and not re.search(
        r"\b(?:we|they|i|people|doctors) (?:don['’]t|do not|never)\b", bare, re.IGNORECASE
    ):
        return ("never",)
    return _words(cues.MODAL.search(said.text), _topic(said))


def _topic(said: Said) -> re.Match[str] | None:
    """A word about the body, a remedy or food, or one about doctors and doses."""
    medical = re.search(
        r"\b(?:doctor|physician|pharmacist|g\.?p\.?|dietitian|er|ambulance|hospital|dose|meal|children|bed|moving|treat\w*|spine|self-\w+|twice|hours?|minutes|broken skin|eyes|medical|surgery)\b",
        said.text,
        re.IGNORECASE,
    )
    return _either(
        medical,
        SUBSTANCE.search(said.whole),
        COMPLAINT.search(said.text),
        ACTIVITY.search(said.text),
        FOOD.search(said.text),
    )


def _anecdote(said: Said) -> tuple[str, ...]:
    if re.search(r"\bi (?:found|know of|could find|saw) no (?:trial|stud|evidence)", said.text, re.IGNORECASE):
        return ()
    mine = cues.SELF.search(said.text)
    if mine and not _told_of_patients_in_a_study(said):
        return _words(
            mine,
            cues.SAW.search(said.text),
            _topic(said) or re.search(r"\b(?:patients?|clients?|customers?)\b", said.text, re.IGNORECASE),
        )
    return ()


def _told_of_patients_in_a_study(said: Said) -> bool:
    return bool(
        re.search(r"\b(?:trial|study|randomi[sz]ed|placebo|reported in)\b", said.text, re.IGNORECASE)
    ) and not re.search(r"\b(?:my|our|i)\b", said.text, re.IGNORECASE)


def _composition(said: Said) -> tuple[str, ...]:
    table = cues.TABLE.search(said.text)
    if table:
        return (table[0],)
    held = cues.HOLDS.search(said.text)
    of = _either(
        _PRODUCT.search(said.text),
        FOOD.search(said.text),
        re.match(r"(?:because |since |as )?(?:they|it|these|those|contains)\b", said.text, re.IGNORECASE),
    )
    what = _either(
        SUBSTANCE.search(said.whole), cues.AMOUNT.search(said.text), re.match("contains", said.text, re.IGNORECASE)
    )
    if held and of and what and (_of_a_food(said) or not _of_people(said)):
        return _words(held, of)
    amount = cues.AMOUNT.search(said.text)
    if (
        amount
        and of
        and re.search(r"\b(?:has|have|of magnesium|mg of|per 100|tops|at)\b", said.text, re.IGNORECASE)
        and not _of_people(said)
    ):
        return _words(amount, of)
    return ()


def _of_a_food(said: Said) -> bool:
    """Whether a food or a product is what it is said of: it stands among the first words."""
    first = " ".join(said.text.split()[:4])
    return bool(_PRODUCT.search(first) or FOOD.search(first)) and not PEOPLE.search(first)


def _of_people(said: Said) -> bool:
    """Whether it is said of what people get, and not of what foods hold."""
    return bool(PEOPLE.search(said.text) and cues.GETS.search(said.text)) or bool(
        cues.EFFECT.search(said.text) and COMPLAINT.search(said.text) and not cues.AMOUNT.search(said.text)
    )


def _intake(said: Said) -> tuple[str, ...]:
    nutrient = SUBSTANCE.search(said.whole)
    limit = re.search(
        r"\b(?:upper (?:limit|level|intake)|rda|recommended (?:daily|dietary) (?:allowance|intake|amount)|daily (?:value|requirement)|estimated average requirement)\b",
        said.text,
        re.IGNORECASE,
    )
    if limit:
        return (limit[0],)
    who = _either(PEOPLE.search(said.text), re.search(r"\b(?:us|we|you|body)\b", said.text, re.IGNORECASE))
    gets = cues.GETS.search(said.text)
    how_much = _either(
        cues.AMOUNT.search(said.text),
        cues.HOW_COMMON.search(said.text),
        cues.PERCENT.search(said.text),
        re.search(r"\b(?:enough|short|less|low|half|most|too little)\b", said.text, re.IGNORECASE),
    )
    if nutrient and who and gets and how_much and not COMPLAINT.search(gets[0]) and not cues.EFFECT.search(said.text):
        return _words(who, gets, how_much)
    return ()


def _prevalence(said: Said) -> tuple[str, ...]:
    if cues.COURSE.search(said.text) and COMPLAINT.search(said.whole) and not SUBSTANCE.search(said.text):
        return _words(cues.COURSE.search(said.text))
    common = _either(cues.HOW_COMMON.search(said.text), cues.PERCENT.search(said.text))
    of = _either(COMPLAINT.search(said.whole), SUBSTANCE.search(said.whole), cues.LACK.search(said.text))
    who = _either(
        PEOPLE.search(said.text),
        re.search(
            r"\b(?:common\w*|uncommon|rare\w*|widespread|prevalen\w+|worldwide|globally|world|clinic|cities|complaint)\b",
            said.text,
            re.IGNORECASE,
        ),
    )
    if _DENIED_LACK.search(said.text):
        return ("deficient",)
    if (
        common
        and of
        and who
        and not _an_effect(said)
        and not re.search(
            r"\b(?:in (?:very )?rare cases|rarely caus\w+|group|placebo|side effects?|adverse|versus)\b",
            said.text,
            re.IGNORECASE,
        )
    ):
        return _words(common, who)
    return ()


def _an_effect(said: Said) -> bool:
    treated = _either(SUBSTANCE.search(said.text), ACTIVITY.search(said.text))
    return bool(
        treated and cues.EFFECT.search(said.text) and COMPLAINT.search(said.text) and not cues.LACK.search(said.text)
    )


def _harm(said: Said) -> tuple[str, ...]:
    remedy = _either(SUBSTANCE.search(said.whole), ACTIVITY.search(said.whole))
    harm = cues.HARM.search(said.text)
    effects = re.search(r"\b(?:side[- ]effects?|adverse (?:events?|effects?|reactions?))\b", said.text, re.IGNORECASE)
    if effects:
        return (effects[0],)
    if not remedy or _CLEARS.search(said.text):
        return ()
    if harm and not _relieves(said, harm) and not _lack_first(said, harm):
        return _words(remedy, harm)
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
        return _words(remedy, caused)
    return _words(
        _SUBJECT_IS_A_REMEDY.match(said.text),
        re.search(r"\b(?:can|may|could) (?:lower|raise|reduce) the \w+ in\b", said.text, re.IGNORECASE),
    ) or _drained(said)


def _drained(said: Said) -> tuple[str, ...]:
    return _words(
        re.search(r"\b(?:medicines?|drugs?|pills?|diuretics?|antacids?|alcohol|coffee)\b", said.text, re.IGNORECASE),
        re.search(
            r"\b(?:lower|deplete|drain|rob|flush)\w*\b(?! (?:the |your )?(?:risk|pain|inflam))",
            said.text,
            re.IGNORECASE,
        ),
    )


def _relieves(said: Said, harm: re.Match[str]) -> bool:
    """Whether the bad thing is what is relieved: “eases headaches” is no harm."""
    before = said.text[: harm.start()]
    effect = None
    for effect in cues.EFFECT.finditer(before):
        pass
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


def _efficacy(said: Said) -> tuple[str, ...]:
    effect = cues.EFFECT.search(said.text)
    remedy = _either(
        SUBSTANCE.search(said.whole),
        ACTIVITY.search(said.whole),
        FOOD.search(said.whole),
        re.search(r"\b(?:trials?|stud(?:y|ies)|placebo|treatments?|product)\b", said.text, re.IGNORECASE),
    )
    complaint = _either(
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
        return _words(effect, complaint)
    outcome = re.search(
        r"\b(?:pain|scores?|cramps?|intensity|symptoms?)\b.{0,40}\b(?:fell|dropped|declined|went down|decreased|rose)\b|\b(?:fewer|less|more) .{0,30}\b(?:than (?:those|people|placebo|controls?)|with magnesium|in the .{3,20} group)",
        said.text,
        re.IGNORECASE,
    )
    if outcome and (remedy or re.search(r"\b(?:group|patients|weeks|months)\b", said.text, re.IGNORECASE)):
        return (outcome[0],)
    return ()


def _only_body_work(said: Said) -> bool:
    """How a body works, and not that something is changed by taking something."""
    work = re.search(
        r"\b(?:normal|healthy) [\w ]{0,30}function\w*|\bhelps? (?:to )?(?:manufacture|regulate|produce|make|maintain|convert|transport|the body|your body (?:to )?(?:absorb|use|make|produce))\b|\benzym\w+|\bnerve signals?\b|\bhelps? (?:in|with) more than\b|\bplays? an? (?:\w+ )?(?:role|part) in\b",
        said.text,
        re.IGNORECASE,
    )
    return bool(work)


def _symptom(said: Said) -> tuple[str, ...]:
    listed = _LISTS_SIGNS.search(said.heading)
    if listed and said.bullet:
        return (listed[0],)
    caused = cues.CAUSES.search(said.text)
    if caused and COMPLAINT.search(said.whole):
        return _words(caused)
    sign = cues.SYMPTOM.search(said.text)
    complaint = COMPLAINT.search(said.whole)
    if sign and complaint and not _only_body_work(said):
        return _words(sign, complaint)
    return ()


def _mechanism(said: Said) -> tuple[str, ...]:
    of = _either(
        SUBSTANCE.search(said.whole),
        COMPLAINT.search(said.whole),
        FOOD.search(said.whole),
        re.search(r"\b(?:body|cells?|enzymes?)\b", said.text, re.IGNORECASE),
    )
    return _words(_either(_only(said), cues.BODY_WORK.search(said.text)), of)


def _only(said: Said) -> re.Match[str] | None:
    return re.search(r"\b(?:normal|healthy) [\w ]{0,30}function\w*", said.text, re.IGNORECASE)


_RULES: Final[tuple[tuple[Kind, Rule], ...]] = (
    ("advice", _advice),
    ("anecdote", _anecdote),
    ("composition", _composition),
    ("intake", _intake),
    ("prevalence", _prevalence),
    ("harm", _harm),
    ("efficacy", _efficacy),
    ("symptom", _symptom),
    ("mechanism", _mechanism),
)
