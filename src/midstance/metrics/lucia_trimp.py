"""Lucia's training impulse: minutes below, between and above the two thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONES = 3


@metric(
    title="Training impulse by three zones",
    unit="TRIMP",
    aggregate=Aggregate.SUM,
    validity=Validity.UNCLEAR,
    cites=("R5",),
)
def lucia_trimp(zone_minutes: Sequence[float]) -> float:
    """Add up minutes below, between and above the two ventilatory thresholds, weighted 1 to 3.

    Args:
        zone_minutes: Minutes below the first, between both, above the second threshold [min], three values of
            at least 0.
    Returns: Training impulse [TRIMP].
    Raises: ValueError: Not three values, or one below 0.
    Source: R5, after Lucia 1999 and 2003 (validity: unclear).

    >>> lucia_trimp([40, 15, 5])
    85
    """
    if len(zone_minutes) != ZONES:
        msg = f"{len(zone_minutes)} zones given; there must be {ZONES}"
        raise ValueError(msg)
    require_each("minutes in a zone", zone_minutes)
    return sum(weight * minutes for weight, minutes in enumerate(zone_minutes, start=1))
