"""How surely what an upper level counts is below it: all of a nutrient, only supplements, or one of its forms."""

import math
from typing import Final

from provender.nutrition.case import FORMS, Case
from provender.nutrition.reference_intakes import Reference, Scope

ALL_RETINOL_NOTE: Final = "Retinol is not known apart, so carotene is counted towards the upper level too."
FORTIFIED_NOTE: Final = "Fortified foods are not known apart, so only supplements are counted towards the upper level."


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def below(case: Case, k: int, limit: float) -> float | None:
    """Probability that food and supplement together stay below a limit; None without enough days and coverage."""
    if case.dose[k] >= limit:
        return 0.0
    if not case.judged[k]:
        return None
    return _known(case.estimates.below(k, limit - float(case.dose[k])))


def below_ul(case: Case, k: int, reference: Reference) -> tuple[float | None, tuple[str, ...]]:
    """Probability that what the upper level counts is below it, and what must be said about that."""
    limit, scope, dose = reference.ul, reference.ul_scope, float(case.dose[k])
    if limit is None:
        return None, ()
    if scope is Scope.TOTAL:
        return below(case, k, limit), ()
    by_dose = None if dose == 0 else float(dose <= limit)
    if scope is Scope.SUPPLEMENTS:
        return by_dose, ()
    form = FORMS.get(case.axis[k])
    place = case.axis.index(form) if form in case.axis else None
    if place is not None and (case.judged[place] or case.dose[place] >= limit):
        return below(case, place, limit), ()
    if scope is Scope.RETINOL:
        return below(case, k, limit), (ALL_RETINOL_NOTE,)
    by_form = float(case.dose[place] <= limit) if place is not None and dose > 0 else by_dose
    return by_form, (FORTIFIED_NOTE,) if by_form is not None else ()
