"""What a member's diary says to what an article states of intakes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from provender.store.days import today
from provender.store.models import Member
from provender.store.selectors import range_intake

WINDOW_DAYS: Final = 28
"""The last days of a diary that an average is taken over."""


def intake_of(member: Member) -> Callable[[str], float | None]:
    """A function from a nutrient's tagname to what the member took in on an average logged day of the last four weeks.

    It answers in the nutrient's unit, and with None where nothing is logged or known.
    """
    last = today(member.zone)
    found = range_intake(member, last - timedelta(days=WINDOW_DAYS - 1), last)
    return found.mean_of
