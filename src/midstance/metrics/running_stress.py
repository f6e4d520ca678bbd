"""Running stress: minutes weighted by the square of speed over threshold speed; one hour at threshold is 100."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric

MOST_INTENSITY = 3.0   # three times threshold speed is no running; midstance default


@metric(
    title="Speed over threshold speed",
    unit="ratio",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    cites=("R6",),
)
def intensity_factor(speed: float, threshold_speed: float) -> float:
    """Compare a speed with the runner's threshold speed.

    It is a ratio of speeds, never of paces; a pace p [s/km] is the speed 1000/p [m/s]. Threshold speed is about that
    of the best hour. On hills the speed should be grade-adjusted (``slope_cost.flat_speed``).

    Args:
        speed: Speed of the run, in any unit, at least 0.
        threshold_speed: Threshold speed in the same unit, above 0.
    Returns: Ratio; 1 at threshold.
    Raises: ValueError: A speed outside its bounds.
    Source: R6, a method of vendors whose own smoothing is not published (validity: unclear).

    >>> round(intensity_factor(1000 / 300, 1000 / 270), 6)
    0.9
    """
    require("speed", speed, 0)
    require_above("threshold speed", threshold_speed)
    return speed / threshold_speed


@metric(
    title="Running stress score",
    unit="points",
    aggregate=Aggregate.SUM,
    validity=Validity.UNCLEAR,
    cites=("R6",),
)
def running_stress(minutes: float, intensity: float) -> float:
    """Weight minutes by the square of intensity; it sees neither impact nor strength work.

    Args:
        minutes: Length [min], at least 0.
        intensity: Speed over threshold speed (``intensity_factor``), 0 to 3.
    Returns: Points; 100 for an hour at threshold, 0 for no minutes.
    Raises: ValueError: A number outside its bounds.
    Source: R6 (validity: unclear).

    >>> running_stress(60, 1.0)
    100.0
    """
    require("minutes", minutes, 0)
    require("intensity", intensity, 0, MOST_INTENSITY)
    return 100 * minutes / 60 * intensity**2
