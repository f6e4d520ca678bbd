"""Acute and chronic load by exponentially weighted averages: to look at, never a gate (evidence R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

ACUTE_DAYS, CHRONIC_DAYS = 7, 28


@metric(
    title="Smoothed daily load",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R8",),
)
def ewma_load(daily: Sequence[float], *, days: int = ACUTE_DAYS, start: float | None = None) -> list[float]:
    """Smooth daily training load so that recent days weigh most.

    A new day weighs 2 / (days + 1). Without ``start`` the first day stands for all days before it, which colours the
    first weeks of a record.

    Args:
        daily: Session load per calendar day [AU], oldest first, each at least 0, rest days as 0; may be empty.
        days: Span of the average [d], at least 1; 7 for acute and 28 for chronic load.
        start: Average on the day before the first [AU], at least 0, or None.
    Returns: One value per day [AU], same length as ``daily``.
    Raises: ValueError: ``days`` is less than 1, or a load below 0.
    Source: R8, after Williams 2017 (validity: unclear).

    >>> ewma_load([100, 0, 0], days=3)
    [100.0, 50.0, 25.0]
    """
    require("days", days, 1)
    require_each("daily load [AU]", daily)
    require("start [AU]", start or 0, 0)
    weight = 2 / (days + 1)
    out: list[float] = []
    before = start if start is not None or not daily else daily[0]
    for load in daily:
        before = weight * load + (1 - weight) * (before or 0.0)
        out.append(before)
    return out


@metric(
    title="Acute over chronic load, smoothed",
    unit="ratio",
    aggregate=Aggregate.LAST,
    validity=Validity.UNRELIABLE,
    cites=("R8",),
)
def ewma_ratio(daily: Sequence[float], *, start: float | None = None) -> list[float | None]:
    """Divide acute by chronic load day by day: a picture of change, no forecast of injury.

    Args:
        daily: Session load per calendar day [AU], oldest first, each at least 0; may be empty.
        start: Average on the day before the first [AU], at least 0, or None.
    Returns: One ratio per day; None where the chronic load is 0.
    Raises: ValueError: A load below 0.
    Source: R8, after Williams 2017; as a risk model not supported (validity: unreliable).

    >>> [round(ratio, 6) for ratio in ewma_ratio([200], start=100)]
    [1.169355]
    """
    acute = ewma_load(daily, days=ACUTE_DAYS, start=start)
    chronic = ewma_load(daily, days=CHRONIC_DAYS, start=start)
    return [a / c if c else None for a, c in zip(acute, chronic, strict=True)]
