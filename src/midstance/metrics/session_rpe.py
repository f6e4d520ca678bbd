"""Session load from perceived exertion: the common currency of runs and sessions."""

from __future__ import annotations

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

CR10_WORDS = {
    0: "rest", 1: "very easy", 2: "easy", 3: "moderate", 4: "somewhat hard", 5: "hard", 7: "very hard", 10: "maximal",
}
ASK_AFTER_MINUTES = 30   # sooner, the last minutes colour the answer; evidence R1


@metric(
    title="Session load",
    unit="AU",
    aggregate=Aggregate.SUM,
    validity=Validity.USEFUL,
    source="foster-2001",
    cites=("R1",),
)
def session_rpe(rpe_cr10: float, minutes: float) -> float:
    """Multiply the exertion of a whole session by its length.

    The scale must stay the same over time (``CR10_WORDS``); the question is best asked half an hour after the end.

    Args:
        rpe_cr10: Exertion of the session as a whole, 0 (rest) to 10 (maximal).
        minutes: Length [min], at least 0.
    Returns: Session load [AU]; 0 for no minutes.
    Raises: ValueError: Exertion outside 0 to 10, or minutes below 0.
    Source: R1, Foster 1998 and 2001 (validity: useful).

    >>> session_rpe(7, 60)
    420
    """
    require("exertion (0-10)", rpe_cr10, 0, 10)
    require("minutes", minutes, 0)
    return rpe_cr10 * minutes
