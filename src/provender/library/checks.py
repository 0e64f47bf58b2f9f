"""Every check of the shelves, in the order in which they are told."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from provender.library import article_checks, claim_checks
from provender.library.finding import Finding
from provender.library.holdings import Shelf

Check = Callable[[Shelf, date], Iterator[Finding]]
CHECKS: Final[tuple[Check, ...]] = (
    claim_checks.claims_sourced,
    claim_checks.verbs_rated,
    claim_checks.words_forbidden,
    claim_checks.figures_borne_out,
    claim_checks.doses_elemental,
    claim_checks.p_reproduced,
    claim_checks.effects_coherent,
    claim_checks.arms_known,
    claim_checks.certainty_reasoned,
    claim_checks.rating_coherent,
    claim_checks.checks_due,
    claim_checks.sources_standing,
    article_checks.sentences_marked,
    article_checks.claims_cited,
    article_checks.facts_claimed,
    article_checks.article_verbs,
    article_checks.article_words,
    article_checks.article_figures,
    article_checks.fronts_claimed,
    article_checks.nothing_superseded,
    article_checks.articles_standing,
    article_checks.live_parts_known,
    article_checks.text_plain,
    article_checks.hubs_complete,
    article_checks.pictures_safe,
)
"""One function a check; its docstring says what it holds the shelves to."""


def findings(shelf: Shelf, *, today: date) -> tuple[Finding, ...]:
    """What every check found, errors and warnings, by file and line; empty if all is well.

    Args:
        shelf: The shelves, as read.
        today: For what is stale.
    """
    every = [one for check in CHECKS for one in check(shelf, today)]
    return tuple(sorted(every, key=lambda one: (one.file, one.line or 0, one.check, one.field)))
