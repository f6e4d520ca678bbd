"""How often a warning is right: rare events make even fair tests wrong most of the time."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric


@metric(
    title="Positive predictive value",
    unit="share",
    aggregate=Aggregate.LAST,
    validity=Validity.HIGH,
    cites=("R48", "R91"),
)
def predictive_value(sensitivity: float, specificity: float, prevalence: float) -> float | None:
    """Tell which part of a test's warnings come true.

    Args:
        sensitivity: Part of the cases that the test finds, 0 to 1.
        specificity: Part of the others that it leaves alone, 0 to 1.
        prevalence: Part of cases among all, 0 to 1.
    Returns: Part of the warnings that are right, 0 to 1; None when the test never warns.
    Raises: ValueError: A part outside 0 to 1.
    Source: R91, by Bayes' rule (validity: high).

    >>> round(predictive_value(0.584, 0.741, 0.014), 4)
    0.031
    """
    require("sensitivity", sensitivity, 0, 1)
    require("specificity", specificity, 0, 1)
    require("prevalence", prevalence, 0, 1)
    right = sensitivity * prevalence
    warned = right + (1 - specificity) * (1 - prevalence)
    return right / warned if warned else None
