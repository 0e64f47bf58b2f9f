"""Is it enough, and how sure is that: from the days of a diary to a stated confidence for each nutrient.

Two methods: Provender's (complete days, weekday weights, shrunk variance, a prior, supplements apart) and the
Institute of Medicine's of 2000, as printed. Equations, constants and a simulation of both are in
``docs/methods/adequacy.md``.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.case import Case, Options, case_of
from provender.nutrition.daily_intakes import DailyIntakes
from provender.nutrition.reference_intakes import Reference, Scope
from provender.nutrition.upper_levels import below, below_ul
from provender.nutrition.variation import Group, Variation, variations
from provender.nutrition.verdicts import EVEN, Adequacy, Method, UpperScenario, Verdict, verdict_of
from provender.nutrition.wording import LEAST_DAYS, amdr_sentence, cdrr_sentence, sentence, ul_sentence
from provender.terms.errors import InputError

Floats = NDArray[np.float64]


def _optional(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else round(value)


def _checked(supplements: Mapping[str, float], least_days: int, under_logging: float | None) -> None:
    wrong = {name: dose for name, dose in supplements.items() if not (np.isfinite(dose) and dose >= 0)}
    if wrong:
        name, dose = next(iter(wrong.items()))
        raise InputError(f"found a daily dose of {dose:g} of {name}, expected 0 or more", field="supplements")
    if least_days < 1:
        raise InputError(f"found {least_days} least days, expected 1 or more", field="least_days")
    if under_logging is not None and not 0 <= under_logging <= 2:
        raise InputError(
            f"found under-logging of {under_logging:g}, expected the logarithm of eaten over logged, 0 to 2",
            field="under_logging",
        )


def adequacy(
    days: DailyIntakes,
    references: Mapping[str, Reference],
    *,
    group: Group,
    supplements: Mapping[str, float] = MappingProxyType({}),
    method: Method = Method.PROVENDER,
    prior: bool = True,
    under_logging: float | None = None,
    least_days: int = LEAST_DAYS,
    variation: Mapping[str, Variation] | None = None,
) -> tuple[Adequacy, ...]:
    """Whether each nutrient is enough, how sure that is, and what would make it surer.

    Args:
        days: What was eaten each day; energy (``ENERC_KCAL``) on its axis finds partly logged days, and folic
            acid (``FOLAC``) and retinol (``RETOL``) what upper levels count.
        references: Nutrient id to what it is compared with.
        group: Whom the person is compared with for variation.
        supplements: Nutrient id to a fixed daily dose in the nutrient's unit; it is not in ``days``.
        method: Provender's, or the Institute of Medicine's of 2000.
        prior: Whether to use how usual intake is spread among people; Provender's method only.
        under_logging: ``ln(eaten / logged)`` of energy for an upper scenario; None leaves it out.
        least_days: Complete days below which there is no verdict.
        variation: Instead of the table's variation of the group: nutrient id to variation.

    Returns:
        One for each reference, in their order. Fewer than ``least_days`` complete days on which a nutrient is
        known, or coverage below 0.80 of energy: amounts, no verdict.

    Raises:
        InputError: A negative dose or unknown group (see ``variations``), or an option outside its range.

    Source: ``docs/methods/adequacy.md``; IOM 2000, DOI 10.17226/9956.
    """
    _checked(supplements, least_days, under_logging)
    spread = variations(group) if variation is None else variation
    options = Options(supplements, Method(method), prior, under_logging, least_days, spread)
    case = case_of(days, references, options)
    return tuple(_adequacy(case, k, reference) for k, reference in enumerate(references.values()))


def _allowed(reference: Reference, mean: float | None) -> float | None:
    """A mean to aim at; None where it lies above the upper level of the total."""
    above = reference.ul is not None and reference.ul_scope is Scope.TOTAL and mean is not None and mean > reference.ul
    return None if above else mean


def _judgement(case: Case, k: int, reference: Reference) -> tuple[float | None, Verdict]:
    """The probability that the requirement is met, or the AI reached, and the verdict; None without verdict."""
    if not case.judged[k]:
        return None, Verdict.NO_VERDICT
    if reference.requirement is not None:
        probability = _optional(case.estimates.probability[k])
        return probability, verdict_of(probability)
    if reference.ai is None:
        return None, Verdict.NO_VERDICT
    reached = _reached(case, k, reference.ai)
    if reached is None:
        return None, Verdict.NO_VERDICT
    return reached, Verdict.AI_REACHED if reached >= EVEN else Verdict.BELOW_AI


def _adequacy(case: Case, k: int, reference: Reference) -> Adequacy:
    found, judged = case.estimates, bool(case.judged[k])

    def known(values: Floats) -> float | None:
        return _optional(values[k]) if judged else None

    required = reference.requirement is not None
    probability, verdict = _judgement(case, k, reference)
    over, ul_notes = below_ul(case, k, reference)
    upper_usual = known(found.upper_usual)
    bare = Adequacy(
        nutrient=reference.nutrient,
        method=case.method,
        days=round(case.days[k]),
        complete_days=case.complete_days,
        excluded=case.excluded,
        mean=_optional(case.mean[k]),
        supplement=float(case.dose[k]),
        usual=known(found.usual),
        low=known(found.low),
        high=known(found.high),
        coverage=float(case.coverage[k]),
        reference=reference,
        probability=probability,
        probability_low=known(found.probability_low) if required else None,
        probability_high=known(found.probability_high) if required else None,
        days_for_fairly_sure=_whole(found.days_for_fairly_sure[k]) if judged else None,
        days_for_sure=_whole(found.days_for_sure[k]) if judged else None,
        mean_needed=_allowed(reference, known(found.mean_needed)),
        mean_needed_7=_allowed(reference, known(found.mean_needed_7)),
        below_ul=over,
        below_cdrr=None if reference.cdrr is None else below(case, k, reference.cdrr),
        energy_share=_optional(case.energy_share[k]) if judged and reference.amdr_low is not None else None,
        verdict=verdict,
        upper=None if upper_usual is None else UpperScenario(upper_usual, known(found.upper_probability)),
        notes=(*case.notes[k], *ul_notes, *reference.notes),
    )
    return replace(
        bare,
        sentence=sentence(bare),
        ul_sentence=ul_sentence(bare),
        cdrr_sentence=cdrr_sentence(bare),
        amdr_sentence=amdr_sentence(bare),
    )


def _reached(case: Case, k: int, ai: float) -> float | None:
    """Probability that the usual intake is at or above an AI, supplement included."""
    rest = ai - float(case.dose[k])
    below = case.estimates.below(k, rest) if rest > 0 else 0.0
    return _optional(1.0 - below)
