"""The chart of repetitions and exertion as it is printed, with half steps; where it ends, nothing is made up.

``e1rm.share_of_one_rm`` reads the same chart by whole repetitions in reserve and goes on beyond its end.
"""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric
from midstance.metrics.e1rm import CHART

HALF_CHART = (97.8, 93.9, 90.7, 87.8, 85.0, 82.4, 79.9, 77.4, 75.1, 72.3, 69.4, 66.7)   # exertion 9.5, evidence R23
HEAVY_PERCENT = 80.0


@metric(
    title="Share of the one-rep maximum by exertion",
    unit="% of 1RM",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R22", "R23"),
)
def rpe_chart(reps: int, rpe: float) -> float | None:
    """Read the chart: what share of the one-rep maximum a set of given repetitions and exertion usually is.

    It starts a first weight; runners differ widely, from 6 to 26 squats at the same share.

    Args:
        reps: Repetitions of the set, 1 to 12.
        rpe: Exertion of the set in halves, 5 to 10; 10 leaves nothing in reserve, 8 leaves two.
    Returns: Share [% of 1RM]; None where the chart has no cell (more than 12 with the reserve).
    Raises: ValueError: A number outside its bounds, or an exertion that is no half.
    Source: R23, a chart in wide use (validity: unclear).

    >>> rpe_chart(5, 8), rpe_chart(5, 8.5)
    (81.1, 82.4)
    """
    require("repetitions", reps, 1, len(CHART))
    require("exertion", rpe, 5, 10)
    if rpe * 2 % 1:
        msg = f"exertion: {rpe:g} given; it must be whole or a half"
        raise ValueError(msg)
    reserve = 10 - rpe
    row = reps + int(reserve)
    column = HALF_CHART if reserve % 1 else CHART
    return column[row - 1] if row <= len(column) else None


@metric(
    title="Whether a set is heavy",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R21", "R23"),
)
def heavy_set(reps: int, rir: int) -> bool:
    """Tell whether a set is heavy by the chart: 80 % of the one-rep maximum or more.

    With whole numbers this means that repetitions and reserve make 7 or fewer.

    Args:
        reps: Repetitions of the set, at least 1.
        rir: Repetitions in reserve, at least 0.
    Returns: True for 80 % or more.
    Raises: ValueError: A number outside its bounds.
    Source: R21 and R23, the border is a midstance default (validity: unclear).

    >>> heavy_set(5, 2), heavy_set(6, 2)
    (True, False)
    """
    require("repetitions", reps, 1)
    require("repetitions in reserve", rir, 0)
    possible = reps + rir
    return possible <= len(CHART) and CHART[possible - 1] >= HEAVY_PERCENT
