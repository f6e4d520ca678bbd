"""Acute and chronic load by rolling sums, coupled and uncoupled: to look at, never a gate (evidence R8).

In 5,205 runners the ratio pointed the other way, and part of what it shows is arithmetic: the last week stands in
both parts of the coupled ratio, so even random weeks correlate with it.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

PRIOR_WEEKS = 3


@metric(
    title="Load of the last days",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R8",),
)
def rolling_load(daily: Sequence[float], *, days: int = 7) -> list[float | None]:
    """Add up the load of the days that end with each day.

    Args:
        daily: Session load per calendar day [AU], oldest first, each at least 0, rest days as 0; may be empty.
        days: Length of the span [d], at least 1.
    Returns: One sum per day [AU], same length as ``daily``; None before a full span is known.
    Raises: ValueError: ``days`` is less than 1, or a load below 0.
    Source: R8 (validity: useful).

    >>> rolling_load([10, 20, 30], days=2)
    [None, 30.0, 50.0]
    """
    require("days", days, 1)
    require_each("daily load [AU]", daily)
    return [fsum(daily[k + 1 - days:k + 1]) if k + 1 >= days else None for k in range(len(daily))]


@metric(
    title="Acute over chronic load, coupled",
    unit="ratio",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    source="frandsen-2025",
    cites=("R8",),
)
def coupled_ratio(week: float, prior_weeks: Sequence[float]) -> float | None:
    """Divide a week's load by the mean of four weeks that include it; it can never exceed 4.

    Args:
        week: Load of the last seven days [AU], at least 0.
        prior_weeks: Loads of the three weeks before [AU], each at least 0.
    Returns: Ratio; None when all four weeks are empty.
    Raises: ValueError: Not three weeks before, or a load below 0.
    Source: R8, Frandsen 2025 found a negative relation with injury (validity: unreliable).

    >>> round(coupled_ratio(400, [300, 320, 280]), 6)
    1.230769
    """
    total = week + _prior(week, prior_weeks)
    return week / (total / (PRIOR_WEEKS + 1)) if total else None


@metric(
    title="Acute over chronic load, uncoupled",
    unit="ratio",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R8",),
)
def uncoupled_ratio(week: float, prior_weeks: Sequence[float]) -> float | None:
    """Divide a week's load by the mean of the three weeks before it.

    Args:
        week: Load of the last seven days [AU], at least 0.
        prior_weeks: Loads of the three weeks before [AU], each at least 0.
    Returns: Ratio; None when the three weeks are empty.
    Raises: ValueError: Not three weeks before, or a load below 0.
    Source: R8 (validity: unreliable).

    >>> round(uncoupled_ratio(400, [300, 320, 280]), 6)
    1.333333
    """
    before = _prior(week, prior_weeks)
    return week / (before / PRIOR_WEEKS) if before else None


@metric(
    title="Coupled ratio of an uncoupled one",
    unit="ratio",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R8",),
)
def coupled_of_uncoupled(uncoupled: float) -> float:
    """Turn an uncoupled into a coupled ratio: both tell the same, on another scale.

    Args:
        uncoupled: Uncoupled ratio, at least 0.
    Returns: Coupled ratio, below 4.
    Raises: ValueError: A ratio below 0.
    Source: R8, by algebra (validity: unreliable).

    >>> coupled_of_uncoupled(3)
    2.0
    """
    require("uncoupled ratio", uncoupled, 0)
    return (PRIOR_WEEKS + 1) / (1 + PRIOR_WEEKS / uncoupled) if uncoupled else 0.0


def _prior(week: float, prior_weeks: Sequence[float]) -> float:
    if len(prior_weeks) != PRIOR_WEEKS:
        msg = f"{len(prior_weeks)} weeks before given; there must be {PRIOR_WEEKS}"
        raise ValueError(msg)
    require_each("weekly load [AU]", (week, *prior_weeks))
    return fsum(prior_weeks)
