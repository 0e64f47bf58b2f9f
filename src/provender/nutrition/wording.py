"""Adequacy in plain words: pure functions of the numbers, so that every number in a sentence is one beside it."""

from typing import Final

from provender.nutrition.reference_intakes import Scope
from provender.nutrition.verdicts import SURE, Adequacy, Verdict
from provender.terms.nutrients import NUTRIENTS
from provender.terms.units import amount_text

WEEK: Final = 7
LEAST_DAYS: Final = 3
LEAST_COVERAGE: Final = 0.80
EFFECTS: Final = {
    "MG": "cause diarrhoea",
    "VITC": "cause diarrhoea",
    "NIA": "cause flushing",
    "VITB6A": "harm the nerves",
    "FOL": "hide a lack of vitamin B12",
    "FOLDFE": "hide a lack of vitamin B12",
    "CHOLN": "lower the blood pressure",
    "VITA_RAE": "harm the liver or an unborn child",
    "VITD": "raise calcium in the blood",
    "TOCPHA": "cause bleeding",
    "CA": "cause kidney stones",
    "P": "raise phosphate in the blood",
    "FE": "upset the stomach",
    "ZN": "lower copper in the body",
    "CU": "harm the liver",
    "SE": "make hair and nails brittle",
    "ID": "disturb the thyroid",
    "FLD": "harm bones and teeth",
    "MN": "harm the nerves",
}
"""What the upper level guards against. Source: critical effects in Otten JJ et al. (2006), Dietary Reference
Intakes: The Essential Guide, DOI 10.17226/11537; calcium and vitamin D: IOM (2011), DOI 10.17226/13050."""
TOO_FEW: Final = "Three complete days are needed to say whether that is enough."
TOO_LITTLE_KNOWN: Final = "Too little of it is known to say whether that is enough."
NOTHING_TO_COMPARE: Final = "No requirement is known to compare it with."


def percent(share: float) -> str:
    """A probability as ``84 %``; never 0 or 100, which nothing here can be."""
    if share >= 0.995:
        return "more than 99 %"
    return "less than 1 %" if share < 0.005 else f"{round(100 * share)} %"


def inside(nutrient: str) -> str:
    """The nutrient's name within a sentence: ``magnesium``, but ``EPA``."""
    name = NUTRIENTS[nutrient].name
    return name if name[1:2].isupper() else name[0].lower() + name[1:]


def _amount(found: Adequacy, value: float) -> str:
    return amount_text(value, NUTRIENTS[found.nutrient].unit)


def _days(count: int) -> str:
    return "1 complete day averages" if count == 1 else f"{count} complete days average"


def _opening(found: Adequacy) -> str:
    name = NUTRIENTS[found.nutrient].name
    added = f"{_amount(found, found.supplement)} a day from supplements" if found.supplement > 0 else ""
    if found.mean is None:
        reason = "not known in what you ate on complete days" if found.complete_days else "no complete day yet"
        unknown = f"{name}: {reason}"
        return f"{unknown}; {added}" if added else unknown
    least = "at least " if found.coverage < LEAST_COVERAGE else ""
    opening = f"{name}: {_days(found.days)} {least}{_amount(found, found.mean)}"
    return f"{opening}, and {added}" if added else opening


def _more_days(found: Adequacy) -> str:
    """What to do where no sensible mean of these days would make it sure."""
    if found.days < WEEK and found.mean_needed_7 is not None:
        plural = "day is" if found.days == 1 else "days are"
        week = _amount(found, found.mean_needed_7)
        return f" {found.days} {plural} too few to be 97.5 % sure; 7 days at {week} would do."
    if found.days_for_sure is not None:
        return f" {found.days_for_sure} complete days like these would make it 97.5 % sure."
    return ""


def _needed(found: Adequacy) -> str:
    if found.probability is None or found.probability >= SURE:
        return ""
    if found.mean_needed is None:
        return _more_days(found)
    plural = "day" if found.days == 1 else "days"
    text = (
        f" To be 97.5 % sure at {found.days} {plural} you would need {_amount(found, found.mean_needed)}"
        f"{' in all' if found.supplement > 0 else ''}"
    )
    if found.days < WEEK and found.mean_needed_7 is not None:
        text += f"; 7 days at {_amount(found, found.mean_needed_7)} would also do"
    return text + "."


def _no_verdict(found: Adequacy) -> str:
    reference = found.reference
    if reference.requirement is None and reference.ai is None:
        return NOTHING_TO_COMPARE
    if found.usual is not None:
        return "The method chosen has no answer for it."
    if found.mean is not None and found.coverage < LEAST_COVERAGE:
        return f"That is known for {percent(found.coverage)} of the energy you ate. {TOO_LITTLE_KNOWN}"
    return TOO_FEW if found.mean is not None or not found.complete_days else TOO_LITTLE_KNOWN


def sentence(found: Adequacy) -> str:
    """The verdict in plain words."""
    opening = _opening(found)
    if found.verdict is Verdict.BELOW_AI:
        return f"{opening}: below the AI; cannot say it is too little."
    if found.probability is None:
        return f"{opening}. {_no_verdict(found)}"
    if found.verdict is Verdict.AI_REACHED:
        return f"{opening}. You can be {percent(found.probability)} confident you reach the AI."
    return (
        f"{opening}. You can be {percent(found.probability)} confident your usual intake meets your own requirement."
        f"{_needed(found)}"
    )


def ul_sentence(found: Adequacy) -> str | None:
    """The upper level in plain words; None where nothing can be said."""
    if found.below_ul is None or found.reference.ul is None:
        return None
    effect = EFFECTS.get(found.nutrient)
    level = f"the level that can {effect}" if effect else "the upper level"
    only = found.reference.ul_scope is Scope.SUPPLEMENTS
    what = f"supplement {inside(found.nutrient)}" if only else inside(found.nutrient)
    if only and found.below_ul < 0.5:
        dose, limit = _amount(found, found.supplement), _amount(found, found.reference.ul)
        return f"Your {what}, {dose} a day, is above {level} ({limit})."
    return f"You can be {percent(found.below_ul)} confident your usual {what} is below {level}."


def cdrr_sentence(found: Adequacy) -> str | None:
    """The chronic disease risk reduction intake in plain words; None where nothing can be said.

    Source: NASEM (2019), Dietary Reference Intakes for Sodium and Potassium, DOI 10.17226/25353.
    """
    if found.below_cdrr is None or found.reference.cdrr is None:
        return None
    return (
        f"You can be {percent(found.below_cdrr)} confident your usual {inside(found.nutrient)} is below"
        f" {_amount(found, found.reference.cdrr)}, above which eating less of it lowers the risk of chronic disease."
    )


def amdr_sentence(found: Adequacy) -> str | None:
    """The share of energy in plain words; None where it is unknown or has no range."""
    low, high = found.reference.amdr_low, found.reference.amdr_high
    if found.energy_share is None or low is None or high is None:
        return None
    place = "below" if found.energy_share < low else "above" if found.energy_share > high else "within"
    share = amount_text(100 * found.energy_share)
    return (
        f"{NUTRIENTS[found.nutrient].name} gives {share} % of your energy, {place} the acceptable range of"
        f" {amount_text(100 * low)} to {amount_text(100 * high)} %."
    )
