"""How far a week's kilometres rise above the week before."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTABLE_PERCENT, LARGE_PERCENT = 20, 30   # evidence R11
REMEMBERED_DAYS = 21
LEAST_KM = 20.0                           # midstance default: after fewer kilometres every step looks large
LEAST_SHARE = 0.6                         # midstance default: of the mean of four weeks; below it the week was reduced
MEAN_WEEKS = 4


@metric(
    title="Step in weekly kilometres",
    unit="%",
    aggregate=Aggregate.MAX,
    validity=Validity.UNCLEAR,
    source="damsted-2019",
    cites=("R9", "R11"),
)
def weekly_step(weeks_km: Sequence[float]) -> float | None:
    """Compare the last week's kilometres with the week before; no step has support as a hard limit.

    A week that follows fewer than 20 km, or less than 60 % of the mean of the four weeks up to then, is not judged.

    Args:
        weeks_km: Kilometres per calendar week [km], oldest first, each at least 0, the week in question last; may be
            empty.
    Returns: Rise [%], below 0 for a fall; None when there is no week before, or it is not judged.
    Raises: ValueError: Kilometres below 0.
    Source: R11, Damsted 2019; what is not judged is a midstance default (validity: unclear).

    >>> weekly_step([40, 40, 50])
    25.0
    """
    require_each("kilometres of a week", weeks_km)
    if len(weeks_km) < 2:
        return None
    before = weeks_km[-2]
    known = weeks_km[:-1][-MEAN_WEEKS:]
    if before < LEAST_KM or before < LEAST_SHARE * fsum(known) / len(known):
        return None
    return 100 * (weeks_km[-1] / before - 1)
