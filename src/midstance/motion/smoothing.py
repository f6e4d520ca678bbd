"""Quiet a noisy measurement without shifting it in time: even steps, a low-pass there and back, a running median.

Twin: ``web/static/mirror/smoothing.js``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.motion.body import Array

    Mask = NDArray[np.bool_]

# Running twice lowers the frequency at which half the power is left; dividing by this keeps it where it was asked.
# Source: Winter, Biomechanics and Motor Control of Human Movement: (2^(1/2) - 1)^(1/4) for two passes.
TWICE: Final = 0.802
# Points mirrored at each end so that the ends are not bent: three times the filter's length.
EDGE: Final = 9


def evenly(times_s: Array, values: Array, rate_hz: float) -> Array:
    """Read values at even steps, on straight lines between those that are seen.

    Args:
        times_s: Rising times [s], (n,).
        values: (n,), NaN where not seen.
        rate_hz: Steps a second of the result.
    Returns: Values from the first to the last time; empty where nothing was seen.
    """
    seen = np.isfinite(values)
    if not seen.any():
        return np.empty(0)
    count = math.floor((times_s[-1] - times_s[0]) * rate_hz + 1e-9) + 1
    steps = times_s[0] + np.arange(count) / rate_hz
    return np.asarray(np.interp(steps, times_s[seen], values[seen]))


def low_pass(values: Array, rate_hz: float, cut_hz: float) -> Array:
    """Take out what is faster than a frequency: fourth-order Butterworth without delay (second order, there and back).

    Args:
        values: Evenly spaced, none missing, (n,).
        rate_hz: Values a second.
        cut_hz: Where half the power is left; at half the rate or above nothing is done.
    Source: Winter, Biomechanics and Motor Control of Human Movement.
    """
    if len(values) <= EDGE or cut_hz / TWICE >= rate_hz / 2:
        return values.copy()
    padded = np.concatenate((
        2 * values[0] - values[EDGE:0:-1], values, 2 * values[-1] - values[-2:-EDGE - 2:-1],
    ))
    there = _one_way(padded, rate_hz, cut_hz / TWICE)
    back = _one_way(there[::-1], rate_hz, cut_hz / TWICE)[::-1]
    return np.asarray(back[EDGE:-EDGE])


def _one_way(values: Array, rate_hz: float, cut_hz: float) -> Array:
    """Run a second-order Butterworth forward, begun as if the first value had always been there."""
    w = math.tan(math.pi * cut_hz / rate_hz)
    norm = 1 / (1 + math.sqrt(2) * w + w * w)
    b0, b1 = w * w * norm, 2 * w * w * norm
    a1, a2 = 2 * (w * w - 1) * norm, (1 - math.sqrt(2) * w + w * w) * norm
    found = np.empty(len(values))
    one = values[0] * (1 - b0)
    two = values[0] * (b0 - a2)
    for k, value in enumerate(values.tolist()):
        out = b0 * value + one
        one = b1 * value - a1 * out + two
        two = b0 * value - a2 * out
        found[k] = out
    return found


def steady(times_s: Array, values: Array, within_s: float = 0.1) -> Array:
    """Replace each value by the median of what is seen close by in time, so that one wild frame changes nothing.

    Args:
        times_s: Rising times [s], (n,).
        values: (n,), NaN where not seen.
        within_s: How far to look before and after [s]; midstance default.
    Returns: (n,), NaN where the value itself was not seen.
    """
    found = np.full(len(values), np.nan)
    low = np.searchsorted(times_s, times_s - within_s - 1e-9, side="left")
    high = np.searchsorted(times_s, times_s + within_s + 1e-9, side="right")
    for k in np.flatnonzero(np.isfinite(values)):
        near = values[low[k]:high[k]]
        found[k] = np.median(near[np.isfinite(near)])
    return found


def longest_gap(times_s: Array, seen: Mask) -> float:
    """Find the longest time without a seen frame [s]; infinite where nothing is seen.

    Args:
        times_s: Rising times [s], (n,).
        seen: Whether each frame is seen, (n,).
    """
    chosen = times_s[seen]
    if not len(chosen):
        return math.inf
    marks = np.concatenate((times_s[:1], chosen, times_s[-1:]))
    return float(np.max(np.diff(marks)))
