"""What a slope costs: energy per metre by gradient, and the flat speed that costs as much."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

STEEPEST = 0.45                                            # the curve was fitted up to here, evidence R7
CURVE = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)             # from the fifth power down to the constant
FLAT = CURVE[-1]


@metric(
    title="Energy cost of a slope",
    unit="J/kg/m",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    cites=("R7",),
)
def slope_cost(grade: float) -> float:
    """Give the energy that a metre costs on a slope; gentle downhill is cheapest, steep downhill is not.

    Args:
        grade: Rise over distance, -0.45 to 0.45; 0.1 climbs 10 m in 100 m.
    Returns: Energy per body mass and metre [J/kg/m].
    Raises: ValueError: Steeper than the curve was measured.
    Source: R7, after Minetti 2002 (validity: unclear).

    >>> round(slope_cost(0.1), 6)
    5.968214
    """
    require("grade", grade, -STEEPEST, STEEPEST)
    cost = 0.0
    for factor in CURVE:
        cost = cost * grade + factor
    return cost


@metric(
    title="Grade-adjusted speed",
    unit="m/s",
    aggregate=Aggregate.MEAN,
    validity=Validity.UNCLEAR,
    cites=("R6", "R7"),
)
def flat_speed(speed_m_s: float, grade: float) -> float:
    """Turn a speed on a slope into the flat speed of the same energy cost.

    Args:
        speed_m_s: Speed along the slope [m/s], at least 0.
        grade: Rise over distance, -0.45 to 0.45.
    Returns: Speed on the flat [m/s].
    Raises: ValueError: A number outside its bounds.
    Source: R7, after Minetti 2002 (validity: unclear).

    >>> round(flat_speed(2.5, 0.1), 2)
    4.14
    """
    require("speed [m/s]", speed_m_s, 0)
    return speed_m_s * slope_cost(grade) / FLAT
