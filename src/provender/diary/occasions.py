"""When something was eaten, as people say it: ``for breakfast``, ``lunch: ...``, ``at 8am``."""

import re

from provender.diary.entries import Meal, usual_meal

_MEALS: dict[str, Meal | None] = {
    "breakfast": Meal.BREAKFAST,
    "brekkie": Meal.BREAKFAST,
    "brunch": None,
    "lunch": Meal.LUNCH,
    "dinner": Meal.DINNER,
    "supper": Meal.DINNER,
    "elevenses": Meal.SNACKS,
    "snack": Meal.SNACKS,
    "snacks": Meal.SNACKS,
}
"""What a word for a meal means; None for one that may be either."""
_MEAL = r"(?:(?:morning|afternoon|evening|midnight|late) (?=snack))?(?P<meal>" + "|".join(_MEALS) + ")"
_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\b\.?|(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
_FIRST = [
    re.compile(rf"(?:for |at )?{_MEAL}(?:(?P<colon> ?[:=–—-] ?)|(?= [\d½¼¾]|$))", re.IGNORECASE),
    re.compile(rf"(?:for|at) {_MEAL}\b,? ?", re.IGNORECASE),
    re.compile(rf"(?:at |@ ?|around )?(?:{_CLOCK})(?: ?[:,–—-] ?| |$)", re.IGNORECASE),
]
_LAST = [
    re.compile(rf" ?[(\[](?:for |at )?{_MEAL}[)\]]$", re.IGNORECASE),
    re.compile(rf" ?\b(?:for|at|as)(?: my| a| an)? {_MEAL}[.!]?$", re.IGNORECASE),
    re.compile(rf"(?: at| @| around|,)? ?\b(?:{_CLOCK})[.!]?$", re.IGNORECASE),
]
_LEAD_IN = re.compile(
    r"(?:(?:today|yesterday|this morning|then),? )?(?:(?:i|we)(?:['’]ve)? )?(?:also |just |only )*"
    r"(?:had|ate|drank|eaten|having) ",
    re.IGNORECASE,
)


def occasion_of(piece: str) -> tuple[Meal | None, Meal | None, str]:
    """The meal said before the foods of a piece, the one said after them, and the rest.

    A time of day stands for the meal people have at that hour, unless a meal is named as well.
    """
    first, piece = _taken(piece, _FIRST)
    if match := _LEAD_IN.match(piece):
        piece = piece[match.end() :]
    last, piece = _taken(piece, _LAST)
    return first, last, piece.strip()


def _taken(piece: str, patterns: list[re.Pattern[str]]) -> tuple[Meal | None, str]:
    named: Meal | None = None
    timed: Meal | None = None
    for _ in range(2):
        match = next((m for p in patterns if (m := p.search(piece) if patterns is _LAST else p.match(piece))), None)
        if match is None:
            break
        said = match.groupdict()
        if said.get("meal"):
            named = _MEALS[said["meal"].lower()]
        elif (hour := _hour(said)) is not None:
            timed = usual_meal(hour)
        else:
            break
        piece = (piece[: match.start()] if patterns is _LAST else piece[match.end() :]).strip()
    return named or timed, piece


def _hour(said: dict[str, str | None]) -> int | None:
    """The hour from 0 to 23; None when there is no such time."""
    if said["h"]:
        return int(said["h"])
    hour = int(said["hour"] or 0)
    if not 1 <= hour <= 12 or int(said["minute"] or 0) > 59:
        return None
    return hour % 12 + 12 * ((said["half"] or "").lower() == "p")
