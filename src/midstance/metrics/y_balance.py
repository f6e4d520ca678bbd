"""Y-balance: three reaches on one leg as a part of leg length; an optional test with half the weight of others."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric
from midstance.metrics._screen import ScreenVerdict

APART_FROM_CM = 4.0   # forward reach; nearly a third of healthy service members pass it, evidence R54


@metric(
    title="Y-balance composite",
    unit="% of leg length",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R54",),
)
def y_balance(forward_cm: float, back_in_cm: float, back_out_cm: float, leg_cm: float) -> float:
    """Average three reaches of one leg as a part of its length.

    Args:
        forward_cm: Reach to the front [cm], at least 0.
        back_in_cm: Reach back and inwards [cm], at least 0.
        back_out_cm: Reach back and outwards [cm], at least 0.
        leg_cm: Length of the leg [cm], above 0.
    Returns: Composite [% of leg length].
    Raises: ValueError: A length outside its bounds.
    Source: R54 (validity: unclear).

    >>> y_balance(65, 105, 100, 90)
    100.0
    """
    reaches = forward_cm, back_in_cm, back_out_cm
    for reach in reaches:
        require("reach [cm]", reach, 0)
    require_above("leg length [cm]", leg_cm)
    return 100 * sum(reaches) / (3 * leg_cm)


@metric(
    title="Y-balance, forward reach of both sides",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R48", "R54"),
)
def y_balance_verdict(left_cm: float, right_cm: float) -> ScreenVerdict:
    """Flag forward reaches that are 4 cm or more apart; studies contradict each other on what it means.

    Args:
        left_cm: Reach to the front on the left leg [cm], at least 0.
        right_cm: The same on the right leg [cm], at least 0.
    Returns: Flag or ok.
    Raises: ValueError: A reach below 0.
    Source: R54, a border in common use (validity: unreliable).

    >>> y_balance_verdict(60, 64).value
    'flag'
    """
    require("left [cm]", left_cm, 0)
    require("right [cm]", right_cm, 0)
    return ScreenVerdict.FLAG if abs(left_cm - right_cm) >= APART_FROM_CM else ScreenVerdict.OK
