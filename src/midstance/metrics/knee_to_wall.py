"""Knee to wall: how far the ankle bends, in centimetres of toe to wall, and as an angle."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric
from midstance.metrics._screen import ScreenVerdict

DEGREES_PER_CM = 3.6
LIMITED_BELOW_CM = 9.0
APART_ABOVE_CM = 2.0    # what two tests of one person differ by is about 1.5 cm
MOST_CM = 30.0


@metric(
    title="Ankle angle of knee to wall",
    unit="°",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    source="bennell-1998",
    cites=("R53",),
)
def knee_to_wall(distance_cm: float) -> float:
    """Turn the distance from big toe to wall into an angle; 1 cm is about 3.6 degrees.

    Args:
        distance_cm: Distance at which the knee just touches the wall with the heel down [cm], 0 to 30.
    Returns: Angle of the shin from upright [degrees].
    Raises: ValueError: A distance outside its bounds.
    Source: R53, Bennell 1998 as quoted by others (validity: useful).

    >>> knee_to_wall(10)
    36.0
    """
    require("distance [cm]", distance_cm, 0, MOST_CM)
    return DEGREES_PER_CM * distance_cm


@metric(
    title="Knee to wall on both sides",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R48", "R53"),
)
def knee_to_wall_verdict(left_cm: float, right_cm: float) -> ScreenVerdict:
    """Flag an ankle below 9 cm, or sides more than 2 cm apart: loaded squats and deep calf raises come first.

    Args:
        left_cm: Distance of the left side [cm], 0 to 30.
        right_cm: Distance of the right side [cm], 0 to 30.
    Returns: Flag or ok; small differences between sides are normal.
    Raises: ValueError: A distance outside its bounds.
    Source: R53, borders in common use (validity: unclear).

    >>> knee_to_wall_verdict(8, 9).value
    'flag'
    """
    require("left [cm]", left_cm, 0, MOST_CM)
    require("right [cm]", right_cm, 0, MOST_CM)
    limited = min(left_cm, right_cm) < LIMITED_BELOW_CM
    return ScreenVerdict.FLAG if limited or abs(left_cm - right_cm) > APART_ABOVE_CM else ScreenVerdict.OK
