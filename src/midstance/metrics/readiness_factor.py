"""Sleep, life and whatever else cuts a week, combined by the strongest cut and never multiplied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

FLOOR = 0.5   # midstance default, evidence R65


@metric(
    title="What all of it leaves of the sets",
    unit="share",
    aggregate=Aggregate.LAST,
    validity=Validity.UNKNOWN,
    cites=("R65",),
)
def readiness_factor(factors: Sequence[float]) -> float:
    """Combine factors by their minimum: bad weeks sleep badly, and what hangs together must not count twice.

    Sets give way first, then hops, then the second quality run, then volume; the weight on the bar stays.

    Args:
        factors: Shares of the sets, each 0 to 1; may be empty.
    Returns: The smallest, at least 0.5; 1 when there is none.
    Raises: ValueError: A share outside 0 to 1.
    Source: R65, midstance defaults (validity: unknown).

    >>> readiness_factor([0.75, 0.9])
    0.75
    """
    require_each("share of the sets", factors, 0, 1)
    return max(FLOOR, min(factors, default=1.0))
