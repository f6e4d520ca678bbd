"""From running economy to speed and time: at fast speeds only part of a gain in economy becomes speed."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric

SLOW_M_S, FAST_M_S = 3.0, 5.5     # between them the part falls evenly, a midstance default; evidence R18
SLOW_PART, FAST_PART = 1.0, 0.66


@metric(
    title="Gain in speed from economy",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R18",),
)
def economy_to_speed(economy_gain_percent: float, speed_m_s: float) -> float:
    """Estimate how much faster the same effort becomes when running costs less.

    Trials report 2-4 % better economy on average after 8-14 weeks of strength training; some people see nothing.

    Args:
        economy_gain_percent: How much less energy running costs [%], -50 to 50.
        speed_m_s: Speed before [m/s], above 0.
    Returns: Gain in speed [%]: all of it up to 3 m/s, 66 % from 5.5 m/s on, evenly between.
    Raises: ValueError: A number outside its bounds.
    Source: R18, ends after Kipp 2019, the line between is a midstance default (validity: unclear).

    >>> round(economy_to_speed(3, 5.67), 2)
    1.98
    """
    require("gain in economy [%]", economy_gain_percent, -50, 50)
    require_above("speed [m/s]", speed_m_s)
    way = min(max((speed_m_s - SLOW_M_S) / (FAST_M_S - SLOW_M_S), 0.0), 1.0)
    return economy_gain_percent * (SLOW_PART + way * (FAST_PART - SLOW_PART))


@metric(
    title="Time after a gain in speed",
    unit="s",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R18",),
)
def time_after_gain(time_s: float, speed_gain_percent: float) -> float:
    """Give the time for the same distance at a higher speed.

    Args:
        time_s: Time before [s], at least 0.
        speed_gain_percent: Gain in speed [%], -50 to 50.
    Returns: Time after [s].
    Raises: ValueError: A number outside its bounds.
    Source: R18, example of Kipp 2019 (validity: unclear).

    >>> round(time_after_gain(7440, 1.97), 1)
    7296.3
    """
    require("time [s]", time_s, 0)
    require("gain in speed [%]", speed_gain_percent, -50, 50)
    return time_s / (1 + speed_gain_percent / 100)
