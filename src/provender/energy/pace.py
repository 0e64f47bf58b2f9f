"""Whether weight falls faster than is good for anybody."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from provender.energy.body import Array
from provender.energy.plan import Guard

TOO_FAST_SHARE_A_WEEK: Final = 0.015
"""Loss of the trend, as a share of body weight a week, that is too fast when it lasts (own)."""
WEEKS: Final = 3
_NEAR_D: Final = 7
"""A trend is read on a day only between two of its values no further apart than this."""
_NAME: Final = "losing too fast"


def losing_too_fast(days: Sequence[date], trend_kg: Sequence[float] | Array) -> Guard:
    """Whether the trend fell by more than 1.5 % of itself in each of its last three weeks.

    The trend is read on its last day and 7, 14 and 21 days before, between its neighbours where a day is missing.

    Args:
        days: n days in rising order.
        trend_kg: n values of a smoothed weight in kg; NaN where it is not known. One's raw weighings would make
            water count as loss.

    Returns:
        The guard, ``acted`` when the loss is too fast; its sentence says so too when too little is known.
    """
    known = [(day, float(kg)) for day, kg in zip(days, trend_kg, strict=True) if np.isfinite(kg)]
    losses = _losses([day for day, _ in known], np.array([kg for _, kg in known]))
    if losses is None:
        return Guard(_NAME, False, "Three weeks of weight with no week left out are needed to see how fast it falls.")
    said = ", ".join(f"{100 * loss:.1f} %" for loss in losses)
    if all(loss > TOO_FAST_SHARE_A_WEEK for loss in losses):
        return Guard(
            _NAME,
            True,
            f"Your weight fell by {said} in the last three weeks, more than 1.5 % in each. Eating more is the first"
            " thing now; if you did not mean to lose, or feel unwell, let a doctor look at it.",
        )
    return Guard(_NAME, False, "Your weight did not fall by more than 1.5 % in each of the last three weeks.")


def _losses(days: list[date], trend_kg: Array) -> list[float] | None:
    """Loss in each of the last weeks as a share of the weight it began with, oldest first; None when not known."""
    if not days:
        return None
    at = np.array([(day - days[0]).days for day in days], dtype=np.float64)
    wanted = [(days[-1] - timedelta(weeks=week) - days[0]).days for week in range(WEEKS, -1, -1)]
    if wanted[0] < 0:
        return None
    inside = at[at.searchsorted(wanted[0], side="right") - 1 :]
    if np.diff(inside).max(initial=0) > _NEAR_D:
        return None
    kg = np.interp(wanted, at, trend_kg)
    return [float(1 - after / before) for before, after in pairwise(kg)]
