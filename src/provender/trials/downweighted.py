"""The same trial with far-off days counted less, as if its noise were Student's t: is a single day the answer?"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from provender.trials.fitted import Fitted
from provender.trials.whitening import Floats

DF: Final = 4.0
"""Degrees of freedom: heavy tails, yet a variance. Source: Lange, Little & Taylor 1989, DOI 10.2307/2290063."""


def downweighted(outcome: ArrayLike, fit: Fitted) -> Floats:
    """Outcomes drawn towards what was expected of them, the further off the more; ordinary days stay as they are.

    A day ``z`` sds off counts ``w = min(1, (df + 1) / (df + z²))`` in the t likelihood; a normal model gives it the
    same pull when it lies ``w z`` sds off instead.

    Args:
        outcome: (n,) in its unit.
        fit: The fitted curve; its ``surprise`` and ``aside`` say how far each day lies from what those before it led to
            expect.

    Returns:
        (n,) outcomes.
    """
    y = np.asarray(outcome, dtype=np.float64)
    share = np.minimum(1.0, (DF + 1) / (DF + fit.surprise**2))
    return np.asarray(y - (1 - share) * fit.surprise * fit.aside)
