"""Whether a diary is of one diet: after a lasting change only the days since speak for what is usual now."""

from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provender.nutrition.usual_intake import positive, summary

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
RECENT: Final = timedelta(days=30)
LEAST_RECENT, LEAST_BEFORE = 14, 10
CHANGED_Z: Final = 3.5
"""Standard errors between the two means that are called a change: by chance 1 nutrient in 2,000 (own)."""


def recent_where_changed(
    days: tuple[date, ...], amount: Floats, known: Flags, weekend: Flags, cv_within: Floats, group_mean: Floats
) -> tuple[Flags, Flags]:
    """Which days speak for each nutrient: all, or the last 30 where they differ clearly from those before.

    Two means differ clearly when ``|ln(recent / before)|`` exceeds 3.5 standard errors; both need enough
    days (14 and 10), and the CV is that around each part's own mean.

    Args:
        days: The d days, in order.
        amount: (d, n) amounts; NaN where not known.
        known: (d, n) days to use.
        weekend: (d) Saturdays and Sundays.
        cv_within: (n) the group's day-to-day CV.
        group_mean: (n) the group's mean; NaN where unknown.

    Returns:
        (d, n) days to use now; (n) where the diet changed.
    """
    if not days or days[-1] - days[0] < RECENT:
        return known, np.zeros(known.shape[1], dtype=np.bool_)
    late = np.array([day > days[-1] - RECENT for day in days], dtype=np.bool_)[:, None]
    now = summary(amount, known & late, weekend, cv_within, group_mean)
    before = summary(amount, known & ~late, weekend, cv_within, group_mean)
    cv2 = (now.cv2 * now.df + before.cv2 * before.df) / (now.df + before.df)
    ratio = np.log(positive(now.mean, group_mean) / positive(before.mean, group_mean))
    error = np.sqrt(cv2 * (1 / np.maximum(now.effective_days, 1e-9) + 1 / np.maximum(before.effective_days, 1e-9)))
    changed = (now.days >= LEAST_RECENT) & (before.days >= LEAST_BEFORE) & (np.abs(ratio) > CHANGED_Z * error)
    return known & (late | ~changed), changed
