"""Estimated one-rep maximum, and the share of it that a set of given repetitions asks for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_REPS = 10
FORMULAS: dict[str, Callable[[float], float]] = {
    "epley": lambda n: 1 + n / 30,
    "brzycki": lambda n: 36 / (37 - n),
    "lombardi": lambda n: n**0.10,
    "wathan": lambda n: 100 / (48.8 + 53.8 * math.exp(-0.075 * n)),
    "mayhew": lambda n: 100 / (52.2 + 41.9 * math.exp(-0.055 * n)),
    "oconner": lambda n: 1 + 0.025 * n,
    "lander": lambda n: 100 / (101.3 - 2.67123 * n),
}
DEFAULT_FORMULAS = ("epley", "brzycki", "wathan")
CHART = (100.0, 95.5, 92.2, 89.2, 86.3, 83.7, 81.1, 78.6, 76.2, 73.9, 70.7, 68.0)


@metric(
    title="Estimated one-rep maximum",
    unit="kg",
    aggregate=Aggregate.MAX,
    validity=Validity.USEFUL,
    cites=("R22", "R24"),
)
def e1rm(weight_kg: float, reps: int, *, rir: int = 0, formulas: tuple[str, ...] = DEFAULT_FORMULAS) -> float:
    """Estimate the weight that could be lifted once, as the mean of some formulas [kg].

    Args:
        weight_kg: Weight of the set [kg], at least 0.
        reps: Repetitions done, at least 1.
        rir: Repetitions that were left in reserve.
        formulas: Names out of ``FORMULAS``.
    Returns: Estimated one-rep maximum [kg]; the weight itself when reps and reserve make one.
    Raises: ValueError: Less than one repetition, or more than 10 with the reserve, where no formula can be trusted;
        a weight below 0.
    Source: R24 (validity: useful; error 2-5 % at best).

    >>> round(e1rm(100, 5, rir=2, formulas=("epley",)), 3)
    123.333
    """
    require("weight [kg]", weight_kg, 0)
    possible = reps + rir
    if reps < 1 or not 1 <= possible <= MOST_REPS:
        msg = f"{reps} repetitions with {rir} in reserve; together they must lie between 1 and {MOST_REPS}"
        raise ValueError(msg)
    if possible == 1:
        return weight_kg
    return weight_kg * sum(FORMULAS[name](possible) for name in formulas) / len(formulas)


@metric(
    title="Share of the one-rep maximum",
    unit="share",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R23",),
)
def share_of_one_rm(reps: int, rir: int = 0) -> float:
    """Give the share of the one-rep maximum that allows so many repetitions with so many in reserve, 0 to 1.

    Up to 12 possible repetitions the chart counts; beyond, Epley's curve runs on from its last value.

    Args:
        reps: Repetitions of the set, at least 1.
        rir: Repetitions in reserve.
    Returns: Share, falling with every repetition.
    Source: R23 (validity: unclear; runners differ widely).

    >>> share_of_one_rm(5, 2)
    0.811
    """
    possible = max(1, reps + rir)
    if possible <= len(CHART):
        return round(CHART[possible - 1] / 100, 4)
    last = len(CHART)
    return CHART[-1] / 100 * (1 + last / 30) / (1 + possible / 30)
