"""Was the difference larger than the other orders that chance could have chosen would show? No model, no prior."""

from typing import Final

import numpy as np

from provender.trials.check import Check, Passed
from provender.trials.design import Design, assigned_days, checked_sequence
from provender.trials.randomise import admissible
from provender.trials.series import Series
from provender.trials.verdict import percent

NAME: Final = "randomisation test"
SEED: Final = 20261123
"""For designs with too many orders to list, the same are drawn every time."""
LEAST_ORDERS: Final = 20
"""With fewer orders than this no result can be below 1 in 20."""
NEAR: Final = 1e-9


def difference(series: Series, assigned: np.ndarray) -> float:
    """Mean outcome of the counted days of one arm less that of the other; NaN without one of them."""
    counted = series.period[series.day] >= 0
    y, on = series.outcome[counted], assigned[series.day][counted] == 1
    return float(y[on].mean() - y[~on].mean()) if on.any() and not on.all() else float("nan")


def randomisation_test(series: Series, design: Design | None, sequence: tuple[int, ...] | None) -> Check:
    """The share of admissible orders whose difference is at least as good as the one seen, that one among them.

    Lingering days and slow onset do not harm it: without any effect every order was as likely, whatever else went on.
    Where the orders are too many to list, 4,096 are drawn and the one that was chosen is counted with them.

    Args:
        series: The outcome on its days.
        design: Which orders chance could have chosen; None when that is not known.
        sequence: The order it chose.

    Source: Edgington and Onghena 2007, Randomization Tests, 4th ed., ISBN 978-1-58488-589-4.
    """
    if design is None or sequence is None:
        return Check(NAME, Passed.NO_VERDICT, "The design is not known, so there is nothing to compare the order with.")
    seen = difference(series, assigned_days(design, checked_sequence(design, sequence)))
    orders = admissible(design, rng=np.random.default_rng(SEED))
    if orders.count < LEAST_ORDERS or not np.isfinite(seen):
        return Check(
            NAME,
            Passed.NO_VERDICT,
            f"Chance chose among {orders.count:,} orders, so no difference could be rarer than 1 in {orders.count:,}.",
            {"orders": float(orders.count)},
        )
    others = np.array([difference(series, assigned_days(design, order)) for order in orders.sequences])
    sign = 1.0 if series.scale.lower_is_better else -1.0
    others = others[np.isfinite(others)]
    if not orders.complete:
        others = np.append(others, seen)
    as_good = float(np.mean(sign * others <= sign * seen + NEAR))
    either = float(np.mean(np.abs(others) >= abs(seen) - NEAR))
    told = "lower" if series.scale.lower_is_better else "higher"
    return Check(
        NAME,
        Passed.PASSED if as_good <= 1 / LEAST_ORDERS else Passed.NO_VERDICT,
        f"Of the orders that chance could have chosen, {percent(as_good)} would show a difference at least as far"
        f" {told} by themselves; {percent(either)} one as large either way.",
        {"p": as_good, "p_either": either, "orders": float(orders.count), "difference": seen},
    )
