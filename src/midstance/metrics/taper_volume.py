"""Running volume in a taper: how it falls day by day, and how much that cuts in all."""

from __future__ import annotations

from math import exp, fsum
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_above, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

CUT_PERCENT = (41.0, 60.0)                                        # what helped most, evidence R97
TAU_PER_DAY = 8 / 14                                              # midstance default: half the volume in all
DAYS = {"5k": 8, "10k": 10, "half-marathon": 12, "marathon": 17}  # midstance default, inside the spans of R97


@metric(
    title="Volume in an exponential taper",
    unit="share",
    aggregate=Aggregate.MEAN,
    validity=Validity.USEFUL,
    cites=("R97",),
)
def taper_volume(days: int, *, tau_d: float | None = None) -> list[float]:
    """Let volume fall exponentially over a taper; intensity and frequency stay.

    Args:
        days: Length of the taper [d], at least 0.
        tau_d: Time constant [d], above 0; None takes 8/14 of the length, which cuts about half at any length.
    Returns: Share of the normal volume for each day, 1 on the first; empty for no days.
    Raises: ValueError: A number outside its bounds.
    Source: R97, the form after Bosquet 2007, the time constant a midstance default (validity: useful).

    >>> [round(share, 3) for share in taper_volume(3, tau_d=8)]
    [1.0, 0.882, 0.779]
    """
    require("days", days, 0)
    tau = tau_d if tau_d is not None else max(days, 1) * TAU_PER_DAY
    require_above("time constant [d]", tau)
    return [exp(-day / tau) for day in range(days)]


@metric(
    title="Volume in a linear taper",
    unit="share",
    aggregate=Aggregate.MEAN,
    validity=Validity.USEFUL,
    cites=("R97",),
)
def linear_taper(days: int, *, last: float) -> list[float]:
    """Let volume fall by the same step each day, from the normal one to a last share.

    Args:
        days: Length of the taper [d], at least 0.
        last: Share of the normal volume on the last day, 0 to 1.
    Returns: Share for each day, 1 on the first; empty for no days.
    Raises: ValueError: A number outside its bounds.
    Source: R97, for comparison (validity: useful).

    >>> linear_taper(4, last=0.25)
    [1.0, 0.75, 0.5, 0.25]
    """
    require("days", days, 0)
    require("last share", last, 0, 1)
    return [1 - (1 - last) * day / max(days - 1, 1) for day in range(days)]


@metric(
    title="Cut of a taper",
    unit="%",
    aggregate=Aggregate.LAST,
    validity=Validity.USEFUL,
    source="bosquet-2007",
    cites=("R97",),
)
def taper_cut(shares: Sequence[float]) -> float:
    """Tell how much volume a taper takes away in all; 41 to 60 % helped most (``CUT_PERCENT``).

    Args:
        shares: Share of the normal volume for each day, each at least 0; at least one.
    Returns: Cut [%]; below 0 when the days hold more than normal.
    Raises: ValueError: No day, or a share below 0.
    Source: R97, Bosquet 2007 (validity: useful).

    >>> round(taper_cut(taper_volume(14)), 2)
    49.77
    """
    if not shares:
        msg = "shares: none given; a taper has at least one day"
        raise ValueError(msg)
    require_each("share of the normal volume", shares)
    return 100 * (1 - fsum(shares) / len(shares))
