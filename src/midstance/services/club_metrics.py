"""Load metrics of many runners at once: arrays of (day, runner), day-major, float64.

The definitions, bounds and sources are those of ``metrics``; here they are only written for arrays, and a property
test holds both to the same numbers. Where the scalar function gives None there is NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from midstance.metrics.decayed_load import ACUTE_TAU_D, CHRONIC_TAU_D, Alpha
from midstance.metrics.ewma_load import ACUTE_DAYS, CHRONIC_DAYS
from midstance.metrics.monotony import DAYS
from midstance.metrics.rolling_load import PRIOR_WEEKS

Loads = npt.NDArray[np.float64]


def ewma_loads(daily: Loads, *, days: int = ACUTE_DAYS, start: Loads | None = None) -> Loads:
    """Smooth daily load of many runners, as ``metrics.ewma_load``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
        days: Span of the average [d], at least 1.
        start: Average on the day before the first, one value per runner [AU]; None: the first day stands for it.
    Returns: Smoothed load [AU], same shape.
    Raises: ValueError: ``days`` is less than 1, or the loads are not two-dimensional, finite and at least 0.

    >>> ewma_loads(np.array([[100.0], [0.0], [0.0]]), days=3).ravel().tolist()
    [100.0, 50.0, 25.0]
    """
    _require(daily, days)
    weight = 2 / (days + 1)
    fed = weight * daily
    if len(daily):
        fed[0] += (1 - weight) * (daily[0] if start is None else start)
    return _faded_sum(fed, 1 - weight)


def decayed_loads(daily: Loads, *, tau_d: float = CHRONIC_TAU_D, alpha: Alpha = Alpha.DECAY) -> Loads:
    """Smooth daily load with a time constant, from nothing before the first day, as ``metrics.decayed_load``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
        tau_d: Time constant [d], at least 1.
        alpha: Weight of a new day.
    Returns: Smoothed load [AU], same shape.
    Raises: ValueError: ``tau_d`` is less than 1, or the loads are not two-dimensional, finite and at least 0.
    """
    _require(daily, tau_d)
    weight = 1 - np.exp(-1 / tau_d) if alpha is Alpha.DECAY else 1 / tau_d
    return _faded_sum(weight * daily, 1 - weight)


def load_balances(daily: Loads, *, alpha: Alpha = Alpha.DECAY) -> Loads:
    """Subtract acute from chronic load of each day, as ``metrics.load_balance``; arguments as ``decayed_loads``."""
    chronic = decayed_loads(daily, tau_d=CHRONIC_TAU_D, alpha=alpha)
    chronic -= decayed_loads(daily, tau_d=ACUTE_TAU_D, alpha=alpha)
    return chronic


def ewma_ratios(daily: Loads) -> Loads:
    """Divide acute by chronic smoothed load of each day, as ``metrics.ewma_ratio``; NaN where chronic load is 0."""
    return _divided(ewma_loads(daily, days=ACUTE_DAYS), ewma_loads(daily, days=CHRONIC_DAYS))


def rolling_loads(daily: Loads, *, days: int = 7) -> Loads:
    """Add up the load of the days that end with each day, as ``metrics.rolling_load``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
        days: Length of the span [d], at least 1.
    Returns: Sums [AU], same shape; NaN before a full span is known.
    Raises: ValueError: ``days`` is less than 1, or the loads are not two-dimensional, finite and at least 0.

    >>> rolling_loads(np.array([[10.0], [20.0], [30.0]]), days=2).ravel().tolist()
    [nan, 30.0, 50.0]
    """
    _require(daily, days)
    out = np.full(daily.shape, np.nan)
    if len(daily) >= days:
        out[days - 1:] = _window_sum(daily, days)
    return out


def coupled_ratios(daily: Loads) -> Loads:
    """Divide each week by the mean of the four weeks that end with it, as ``metrics.coupled_ratio``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
    Returns: Ratios, same shape; NaN in the first 27 days and where four weeks are empty.
    Raises: ValueError: The loads are not two-dimensional, finite and at least 0.
    """
    weeks = PRIOR_WEEKS + 1
    return _divided(rolling_loads(daily, days=DAYS), rolling_loads(daily, days=DAYS * weeks) / weeks)


def monotonies(daily: Loads) -> Loads:
    """Divide mean by spread of the seven days that end with each day, as ``metrics.monotony``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
    Returns: Ratios, same shape; NaN in the first six days and where all seven are alike.
    Raises: ValueError: The loads are not two-dimensional, finite and at least 0.
    """
    return _mean_and_monotony(daily)[1]


def strains(daily: Loads) -> Loads:
    """Multiply the load of the seven days that end with each day by their monotony, as ``metrics.strain``.

    Args:
        daily: Session load [AU], shape (day, runner), oldest day first, finite and at least 0.
    Returns: Strain [AU], same shape; NaN where monotony is.
    Raises: ValueError: The loads are not two-dimensional, finite and at least 0.
    """
    mean, same = _mean_and_monotony(daily)
    return DAYS * mean * same


def _mean_and_monotony(daily: Loads) -> tuple[Loads, Loads]:
    """Spread is summed from deviations, in a second pass: exact also where a week is nearly even."""
    mean = rolling_loads(daily, days=DAYS) / DAYS
    spread = np.zeros_like(mean)
    alike = np.ones(mean.shape, dtype=bool)
    if len(daily) >= DAYS:
        full, squares, same = mean[DAYS - 1:], spread[DAYS - 1:], alike[DAYS - 1:]
        for back in range(DAYS):
            day = daily[back:back + len(full)]
            squares += (day - full) ** 2
            same &= day == daily[:len(full)]
    return mean, _divided(mean, np.where(alike, 0.0, np.sqrt(spread / DAYS)))


def _window_sum(daily: Loads, days: int) -> Loads:
    """Add whole rows, not differences of running totals: those lose digits over years."""
    total = daily[:len(daily) - days + 1].copy()
    for later in range(1, days):
        total += daily[later:later + len(total)]
    return total


def _faded_sum(fed: Loads, keep: float) -> Loads:
    """Solve out[t] = fed[t] + keep * out[t-1] by doubling the reach: log2(days) passes over the whole array.

    A span of 2s days is the span of s days now plus the faded span of s days before.
    """
    out = fed
    reach = 1
    while reach < len(out):
        out[reach:] += keep**reach * out[:-reach]
        reach *= 2
    return out


def _divided(top: Loads, bottom: Loads) -> Loads:
    out = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out


def _require(daily: Loads, span: float) -> None:
    if span < 1:
        msg = f"days: {span:g} given; it must be at least 1"
        raise ValueError(msg)
    if daily.ndim != 2 or not np.all((daily >= 0) & (daily < np.inf)):
        msg = "daily load [AU]: it must be an array of (day, runner) of finite numbers, each at least 0"
        raise ValueError(msg)
