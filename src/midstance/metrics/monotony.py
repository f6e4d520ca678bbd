"""Monotony and strain of a week: how alike its days are, and how heavy that makes its load."""

from __future__ import annotations

from math import fsum, sqrt
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = 7
MONOTONOUS_ABOVE = 2.0   # flag, evidence R2; the link with injury is weak


@metric(
    title="Spread of a week's daily loads",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    cites=("R2",),
)
def load_spread(daily: Sequence[float], *, sample: bool = False) -> float:
    """Give the standard deviation of a week's daily loads.

    Args:
        daily: Session load of seven days [AU], each at least 0, rest days as 0.
        sample: Divide by 6, as some programs do; by 7 otherwise, a midstance default, since the paper names neither.
    Returns: Standard deviation [AU]; exactly 0 when all days are alike.
    Raises: ValueError: Not seven days, or a load below 0.
    Source: R2, Foster 1998 (validity: useful).

    >>> round(load_spread([300, 0, 420, 240, 0, 360, 600]), 3)
    202.474
    """
    if len(daily) != DAYS:
        msg = f"{len(daily)} days given; a week has {DAYS}"
        raise ValueError(msg)
    require_each("daily load [AU]", daily)
    if min(daily) == max(daily):
        return 0.0
    mean = fsum(daily) / DAYS
    return sqrt(fsum((load - mean) ** 2 for load in daily) / (DAYS - sample))


@metric(
    title="Monotony",
    unit="ratio",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    source="foster-1998",
    cites=("R2",),
)
def monotony(daily: Sequence[float], *, sample: bool = False) -> float | None:
    """Divide a week's mean daily load by its spread; above 2 the days are much alike.

    Args:
        daily: Session load of seven days [AU], each at least 0, rest days as 0.
        sample: As in ``load_spread``.
    Returns: Ratio; None when all days are alike, also all empty, where nothing can be divided.
    Raises: ValueError: Not seven days, or a load below 0.
    Source: R2, Foster 1998; the kind of spread is a midstance default (validity: unclear).

    >>> round(monotony([0, 600, 0, 600, 0, 600, 0]), 4)
    0.866
    """
    spread = load_spread(daily, sample=sample)
    return fsum(daily) / DAYS / spread if spread else None


@metric(
    title="Strain",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    source="foster-1998",
    cites=("R2",),
)
def strain(daily: Sequence[float], *, sample: bool = False) -> float | None:
    """Multiply a week's load by its monotony.

    Args:
        daily: Session load of seven days [AU], each at least 0, rest days as 0.
        sample: As in ``load_spread``.
    Returns: Strain [AU]; None where monotony is.
    Raises: ValueError: Not seven days, or a load below 0.
    Source: R2, Foster 1998 (validity: unclear).

    >>> round(strain([300, 0, 420, 240, 0, 360, 600]), 2)
    2600.96
    """
    same = monotony(daily, sample=sample)
    return None if same is None else fsum(daily) * same
