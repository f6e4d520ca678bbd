"""What a trial found, in numbers that cannot be mistaken for one runner's risk."""

from __future__ import annotations

from dataclasses import dataclass

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """Difference between two groups of a trial.

    Attributes:
        relative_risk: Rate of the treated over that of the others.
        fewer_points: How many percentage points fewer; below 0 for more.
        needed_to_treat: How many are treated for one event fewer; None when there are not fewer.
    """

    relative_risk: float
    fewer_points: float
    needed_to_treat: float | None


@metric(
    title="Effect in groups",
    unit="ratio, points, people",
    aggregate=Aggregate.LAST,
    validity=Validity.HIGH,
    cites=("R75",),
)
def group_effect(control_percent: float, treated_percent: float) -> GroupEffect:
    """Compare how often something happened in two groups.

    Args:
        control_percent: Rate without treatment [%], above 0, up to 100.
        treated_percent: Rate with treatment [%], 0 to 100.
    Returns: Relative risk, points and number needed to treat; the intervals around them are the trial's to give.
    Raises: ValueError: A rate outside its bounds.
    Source: R75, arithmetic (validity: high).

    >>> round(group_effect(32.8, 14.0).relative_risk, 3)
    0.427
    """
    require("rate without treatment [%]", control_percent, 0, 100)
    require_above("rate without treatment [%]", control_percent)
    require("rate with treatment [%]", treated_percent, 0, 100)
    fewer = control_percent - treated_percent
    return GroupEffect(
        relative_risk=treated_percent / control_percent,
        fewer_points=fewer,
        needed_to_treat=100 / fewer if fewer > 0 else None,
    )
