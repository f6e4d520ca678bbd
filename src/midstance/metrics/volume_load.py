"""Volume load of lifting: sets times repetitions times weight."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric


@metric(
    title="Volume load",
    unit="kg",
    aggregate=Aggregate.SUM,
    validity=Validity.USEFUL,
    cites=("R16",),
)
def volume_load(sets: int, reps: int, weight_kg: float) -> float:
    """Multiply sets, repetitions and weight; compare it only within one exercise of one person.

    Args:
        sets: Sets of equal repetitions and weight, at least 0; both sides of a set count as two.
        reps: Repetitions of each set, at least 0.
        weight_kg: Weight moved [kg], at least 0, of both hands together.
    Returns: Volume load [kg]; 0 for body weight alone.
    Raises: ValueError: A number below 0.
    Source: R16 (validity: useful).

    >>> volume_load(3, 8, 40)
    960
    """
    require("sets", sets, 0)
    require("repetitions", reps, 0)
    require("weight [kg]", weight_kg, 0)
    return sets * reps * weight_kg
