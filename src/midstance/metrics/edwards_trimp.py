"""Edwards' training impulse: minutes in five heart-rate zones, weighted one to five."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONES = (0.5, 0.6, 0.7, 0.8, 0.9)   # lower ends, share of the highest heart rate, evidence R4


@metric(
    title="Training impulse by five zones",
    unit="TRIMP",
    aggregate=Aggregate.SUM,
    validity=Validity.UNCLEAR,
    cites=("R4",),
)
def edwards_trimp(zone_minutes: Sequence[float]) -> float:
    """Add up minutes in five heart-rate zones, weighted 1 to 5.

    One beat across a border changes the weight of a minute by a whole step: a weakness of all zone scores.

    Args:
        zone_minutes: Minutes in 50-60, 60-70, 70-80, 80-90 and 90-100 % of the highest heart rate [min], five
            values of at least 0, easiest first.
    Returns: Training impulse [TRIMP].
    Raises: ValueError: Not five values, or one below 0.
    Source: R4, after Edwards 1993 (validity: unclear).

    >>> edwards_trimp([10, 20, 20, 8, 2])
    152
    """
    if len(zone_minutes) != len(ZONES):
        msg = f"{len(zone_minutes)} zones given; there must be {len(ZONES)}"
        raise ValueError(msg)
    require_each("minutes in a zone", zone_minutes)
    return sum(weight * minutes for weight, minutes in enumerate(zone_minutes, start=1))
