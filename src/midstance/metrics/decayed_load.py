"""Chronic and acute load by decay in days (often called CTL and ATL), and the balance of both."""

from __future__ import annotations

from enum import StrEnum
from math import exp
from typing import TYPE_CHECKING

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require, require_each
from midstance.metrics._metric import Aggregate, metric

if TYPE_CHECKING:
    from collections.abc import Sequence

CHRONIC_TAU_D, ACUTE_TAU_D = 42.0, 7.0   # evidence R13


class Alpha(StrEnum):
    """Weight of a new day: the exact decay, midstance's choice, or the reciprocal that some programs take."""

    DECAY = "1-exp(-1/tau)"
    RECIPROCAL = "1/tau"


@metric(
    title="Load that fades with time",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R13",),
)
def decayed_load(daily: Sequence[float], *, tau_d: float = CHRONIC_TAU_D, alpha: Alpha = Alpha.DECAY) -> list[float]:
    """Smooth daily load with a time constant, from nothing before the first day.

    Both kinds of ``alpha`` differ by about 1 % and are not to be mixed. The first weeks of a record are too low,
    because training before it is unknown.

    Args:
        daily: Session load per calendar day [AU], oldest first, each at least 0, rest days as 0; may be empty.
        tau_d: Time constant [d], at least 1; 42 for chronic (CTL), 7 for acute load (ATL).
        alpha: Weight of a new day.
    Returns: One value per day [AU], that day's load included; same length as ``daily``.
    Raises: ValueError: ``tau_d`` is less than 1, or a load below 0.
    Source: R13, after Banister (validity: unclear).

    >>> round(decayed_load([50] * 42)[-1], 4)
    31.606
    """
    require("time constant [d]", tau_d, 1)
    require_each("daily load [AU]", daily)
    weight = 1 - exp(-1 / tau_d) if alpha is Alpha.DECAY else 1 / tau_d
    out: list[float] = []
    before = 0.0
    for load in daily:
        before += weight * (load - before)
        out.append(before)
    return out


@metric(
    title="Chronic minus acute load",
    unit="AU",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R13",),
)
def load_balance(daily: Sequence[float], *, alpha: Alpha = Alpha.DECAY) -> list[float]:
    """Subtract acute from chronic load of the same day: below 0 after more than usual, above 0 after less.

    Some programs show yesterday's balance instead; this one includes the day.

    Args:
        daily: Session load per calendar day [AU], oldest first, each at least 0; may be empty.
        alpha: Weight of a new day.
    Returns: One value per day [AU] (often called TSB), same length as ``daily``.
    Raises: ValueError: A load below 0.
    Source: R13 (validity: unclear).

    >>> round(load_balance([50] * 42)[-1], 4)
    -18.27
    """
    chronic = decayed_load(daily, tau_d=CHRONIC_TAU_D, alpha=alpha)
    acute = decayed_load(daily, tau_d=ACUTE_TAU_D, alpha=alpha)
    return [c - a for c, a in zip(chronic, acute, strict=True)]
