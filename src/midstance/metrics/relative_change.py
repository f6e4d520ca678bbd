"""Change as a part of what was before."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above
from midstance.metrics._metric import Aggregate, metric


@metric(
    title="Relative change",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.HIGH,
    cites=("R39",),
)
def relative_change(before: float, after: float) -> float:
    """Give how much a value changed, as a part of what it was.

    Args:
        before: Value before, above 0.
        after: Value after, in the same unit.
    Returns: Change [%]; below 0 for a fall.
    Raises: ValueError: Nothing before, or a value that is no finite number.
    Source: R39, arithmetic (validity: high).

    >>> round(relative_change(335.4, 237.8), 2)
    -29.1
    """
    require_above("before", before)
    require("after", after)
    return 100 * (after / before - 1)
