"""Rules for what foods hold, what people get and need, and how common something is."""

import re
from typing import Final

from provender.library.reading import cues
from provender.library.reading.lexicon import ACTIVITY, COMPLAINT, FOOD, PEOPLE, SUBSTANCE
from provender.library.reading.said import Said, all_of, either

_PRODUCT: Final = re.compile(
    r"\b(?:capsules?|tablets?|softgels?|servings?|bowl|each|every|teaspoon|soils?|pill|drops?|gumm(?:y|ies))\b",
    re.IGNORECASE,
)


_DENIED_LACK: Final = re.compile(
    r"\b(?:half|most|everyone|everybody|all|they|you|many) (?:\w+ )?(?:is|are|be) deficient\b", re.IGNORECASE
)


def composition(said: Said) -> tuple[str, ...]:
    """The words by which a clause says what a food or product holds; empty where it does not."""
    table = cues.TABLE.search(said.text)
    if table:
        return (table[0],)
    held = cues.HOLDS.search(said.text)
    of = either(
        _PRODUCT.search(said.text),
        FOOD.search(said.text),
        re.match(r"(?:because |since |as )?(?:they|it|these|those|contains)\b", said.text, re.IGNORECASE),
    )
    what = either(
        SUBSTANCE.search(said.whole),
        cues.AMOUNT.search(said.text),
        re.search(r"^contains|sources?$|[- ]free$|no added", held[0] if held else "", re.IGNORECASE),
    )
    if held and of and what and (_of_a_food(said) or not _of_people(said)):
        return all_of(held, of)
    amount = cues.AMOUNT.search(said.text)
    if (
        amount
        and of
        and re.search(r"\b(?:has|have|of magnesium|mg of|per 100|tops|at)\b", said.text, re.IGNORECASE)
        and not _of_people(said)
    ):
        return all_of(amount, of)
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


def intake(said: Said) -> tuple[str, ...]:
    """The words by which a clause says how much people get or need; empty where it does not."""
    nutrient = SUBSTANCE.search(said.whole)
    limit = re.search(
        r"\b(?:upper (?:limit|level|intake)|rda|recommended (?:daily|dietary) (?:allowance|intake"
        r"|amount)|daily (?:value|requirement)|estimated average requirement)\b",
        said.text,
        re.IGNORECASE,
    )
    if limit:
        return (limit[0],)
    who = either(PEOPLE.search(said.text), re.search(r"\b(?:us|we|you|body)\b", said.text, re.IGNORECASE))
    gets = cues.GETS.search(said.text)
    how_much = either(
        cues.AMOUNT.search(said.text),
        cues.HOW_COMMON.search(said.text),
        cues.PERCENT.search(said.text),
        re.search(r"\b(?:enough|short|less|low|half|most|too little)\b", said.text, re.IGNORECASE),
    )
    if nutrient and who and gets and how_much and not COMPLAINT.search(gets[0]) and not cues.EFFECT.search(said.text):
        return all_of(who, gets, how_much)
    return ()


def prevalence(said: Said) -> tuple[str, ...]:
    """The words by which a clause says how common something is; empty where it does not."""
    if cues.COURSE.search(said.text) and COMPLAINT.search(said.whole) and not SUBSTANCE.search(said.text):
        return all_of(cues.COURSE.search(said.text))
    common = either(cues.HOW_COMMON.search(said.text), cues.PERCENT.search(said.text))
    of = either(COMPLAINT.search(said.whole), SUBSTANCE.search(said.whole), cues.LACK.search(said.text))
    who = either(
        PEOPLE.search(said.text),
        re.search(
            r"\b(?:common\w*|uncommon|rare\w*|widespread|prevalen\w+|worldwide|globally|world|clinic"
            r"|cities|complaint)\b",
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
        and not is_an_effect(said)
        and not re.search(
            r"\b(?:in (?:very )?rare cases|rarely caus\w+|group|placebo|side effects?|adverse|versus)\b",
            said.text,
            re.IGNORECASE,
        )
    ):
        return all_of(common, who)
    return ()


def is_an_effect(said: Said) -> bool:
    """Whether something that is taken or done changes what ails."""
    treated = either(SUBSTANCE.search(said.text), ACTIVITY.search(said.text))
    return bool(
        treated and cues.EFFECT.search(said.text) and COMPLAINT.search(said.text) and not cues.LACK.search(said.text)
    )
