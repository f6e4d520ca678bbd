"""Left against right as a camera measured them, and the tempo of a repetition.

Formulas of ``metrics.limb_symmetry``; a difference within the camera's error is called noise. Twin:
``web/static/mirror/sides.js``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.metrics.limb_symmetry import SideVerdict, limb_symmetry, side_difference, side_verdict
from midstance.motion.smoothing import steady

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.measures import Measure
    from midstance.motion.reps import Rep

# Smallest real difference of two values with a known error: 1.96 times the root of two (Weir 2005).
NOISE_TIMES: Final = 1.96 * math.sqrt(2)
# Share of the way within which a repetition counts as turned, or as at rest; midstance default.
NEAR_SHARE: Final = 0.05
# Share of its time that a leg with an eased way (half a cosine) spends within that at each end.
_EASED: Final = math.acos(1 - 2 * NEAR_SHARE) / math.pi
FEWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A difference between sides.

    Attributes:
        difference: Right less left [unit of the measure].
        noise_below: Size below which it is noise [same unit]; None where the error is not known.
        noise: Whether it lies within the noise; None where the error is not known.
        percent: Of the larger side [%], above 0 when the right is the larger; None where a value is below 0 or both 0.
        weaker_percent: Weaker side as part of the stronger [%]; None as above.
        verdict: What a difference asks for; ``ignore`` inside the noise; None where it cannot be told.
    """

    difference: float
    noise_below: float | None
    noise: bool | None
    percent: float | None
    weaker_percent: float | None
    verdict: SideVerdict | None


def sides(left: Measure, right: Measure) -> Sides | str:
    """Compare both sides of one measure.

    Raises: ValueError: They are of different kinds.
    Returns: The difference, or in words why there is none.
    """
    if left.id != right.id:
        raise ValueError(f"{left.id} and {right.id} cannot be compared")
    if left.value is None or right.value is None:
        return left.reason or right.reason
    difference = right.value - left.value
    below = None if left.error is None else NOISE_TIMES * left.error
    noise = None if below is None else abs(difference) < below
    least, most = sorted((left.value, right.value))
    if least < 0 or most == 0:
        return Sides(difference=difference, noise_below=below, noise=noise, percent=None, weaker_percent=None,
                     verdict=SideVerdict.IGNORE if noise else None)
    return Sides(
        difference=difference, noise_below=below, noise=noise, percent=side_difference(left.value, right.value),
        weaker_percent=limb_symmetry(left.value, right.value),
        verdict=None if noise is None else SideVerdict.IGNORE if noise else side_verdict(left.value, right.value),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """How a repetition was paced; whether away is lowering or lifting tells the record.

    Attributes:
        away_s: From leaving rest to the turn [s].
        pause_s: At the turn [s].
        back_s: From the turn to rest [s].
    """

    away_s: float
    pause_s: float
    back_s: float


def tempo(times_s: Array, values: Array, rep: Rep) -> Tempo | None:
    """Split a repetition into away, pause and back.

    Rest and turn are where the value lies within 5 % of the way of either end. An eased movement spends 14 % of each
    leg there at each end without pausing, which is given back to the legs; at constant speed the legs come out longer
    by a quarter and a short pause is lost. No surer than two frames.

    Args:
        times_s: Times of all frames, some beyond the repetition's end [s], (n,).
        values: The watched value, (n,), NaN where not seen.
        rep: The repetition.
    Returns: None where fewer than five frames of it were seen, or its return not to the end.
    """
    there = np.isfinite(values)
    inside = there & (times_s >= rep.start_s) & (times_s <= rep.end_s)
    if inside.sum() < FEWEST or rep.turn == rep.rest:
        return None
    quiet = steady(times_s, values)[there]
    times, share = times_s[there], (quiet - rep.rest) / (rep.turn - rep.rest)
    most = float(share[inside[there]].max())
    turned = np.flatnonzero(inside[there] & (share >= most - NEAR_SHARE))
    first, last = int(turned[0]), int(turned[-1])
    before, after = np.flatnonzero(share[:first] <= NEAR_SHARE), np.flatnonzero(share[last:] <= NEAR_SHARE)
    if not len(before) or not len(after):
        return None
    away = float(times[first] - times[before[-1]]) / (1 - 2 * _EASED)
    back = float(times[last + after[0]] - times[last]) / (1 - 2 * _EASED)
    pause = float(times[last] - times[first]) - _EASED * (away + back)
    return Tempo(away_s=away, pause_s=max(0.0, pause), back_s=back)
