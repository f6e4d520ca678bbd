"""Autoregulated progressive resistance: the third set decides the weight of the fourth and of next week."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric


class Apre(StrEnum):
    """Protocols, named by the repetitions aimed at in the third set."""

    APRE10 = "APRE10"
    APRE6 = "APRE6"
    APRE3 = "APRE3"


# Least repetitions of the second to the fifth band; APRE3 has no second one. Evidence R27.
BORDERS = {Apre.APRE10: (7, 9, 12, 17), Apre.APRE6: (3, 5, 8, 13), Apre.APRE3: (3, 3, 5, 7)}
CHANGES_LB = ((-10.0, -5.0), (-5.0, 0.0), (0.0, 0.0), (5.0, 10.0), (10.0, 15.0))
CHANGES_KG = ((-5.0, -2.5), (-2.5, 0.0), (0.0, 0.0), (2.5, 5.0), (5.0, 7.5))


@metric(
    title="Change of weight by the third set",
    unit="kg",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R27",),
)
def apre(protocol: Apre, reps: int, *, in_pounds: bool = False) -> tuple[float, float]:
    """Read by how much the weight changes after the third set.

    As published the sets go to failure. Runners stop one repetition before it, use it in the off-season only, and
    only when well trained in lifting.

    Args:
        protocol: APRE10, APRE6 or APRE3.
        reps: Repetitions of the third set, at least 0; fewer than the table has count as its lowest band.
        in_pounds: Give pounds, as the table was printed, instead of kilograms.
    Returns: Least and most change of weight [kg, or lb]; below 0 means lighter.
    Raises: ValueError: Repetitions below 0.
    Source: R27, after Mann 2010 as quoted by others (validity: unclear).

    >>> apre(Apre.APRE3, 7), apre(Apre.APRE3, 7, in_pounds=True)
    ((5.0, 7.5), (10.0, 15.0))
    """
    require("repetitions", reps, 0)
    changes = CHANGES_LB if in_pounds else CHANGES_KG
    return changes[bisect_right(BORDERS[protocol], reps)]
