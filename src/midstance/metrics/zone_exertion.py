"""Exertion of a whole run, estimated from minutes in five zones, on the scale on which runners are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

ZONE_RPE = (1.0, 2.0, 3.0, 6.0, 9.5)
"""Exertion of a run all in one zone: R1's words up to moderate, R14's 4, 6 and 7 as bounds, R16's race at the top."""
POWER = 4   # of the mean: runners rate a run nearer to its hardest part; midstance default


@metric(
    title="Exertion estimated from zones",
    unit="RPE, 0 to 10",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    cites=("R1", "R14", "R16"),
)
def zone_exertion(zone_minutes: Sequence[float]) -> float:
    """Estimate the exertion of a whole run from its minutes in five zones.

    It is the fourth-power mean of the zones' exertion (1, 2, 3, 6, 9.5), because a run is rated nearer to its
    hardest part than to its average: a plain mean would give intervals little more than an easy run. With these
    values an easy run comes out at 3, intervals with two fifths of their minutes above threshold at 7.6, an all-out
    race at 9.5, which are the planner's own exertions of such runs (R16: 3, 7.5, 9.5), within R14's bounds of the
    zones. On rated runs of six people (docs/reports/pmdata.md) it agreed with the rating better than the plain mean;
    it was chosen with them in sight, so that is no test of it. Heat, hills, sleep and a long way are not seen: what a
    runner says comes before any estimate.

    Args:
        zone_minutes: Minutes in the five zones of ``_effort`` [min], five values of at least 0, easiest first.
    Returns: Exertion, 1 to 9.5; 0 for no minutes.
    Raises: ValueError: Not five values, or one below 0.
    Source: values within R1, R14 and R16, the mean a midstance default (validity: unclear).

    >>> round(zone_exertion([0, 0, 30, 0, 20]), 1)
    7.6
    """
    if len(zone_minutes) != len(ZONE_RPE):
        msg = f"{len(zone_minutes)} zones given; there must be {len(ZONE_RPE)}"
        raise ValueError(msg)
    require_each("minutes in a zone", zone_minutes)
    total = sum(zone_minutes)
    if total == 0:
        return 0.0
    powers = (minutes / total * rpe**POWER for minutes, rpe in zip(zone_minutes, ZONE_RPE, strict=True))
    return float(sum(powers) ** (1 / POWER))
