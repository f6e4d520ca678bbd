"""How much a body sways: the same formulas for a force plate and for what a camera sees of a balance.

On a force plate the point is the centre of pressure; ``benchmarks/mirror_measures.py`` compares the results with the
table of Santos and Duarte (2016). A camera sees no pressure: it sees the hips move over the standing foot. That is a
stand-in (a proxy), named so wherever it is shown. Twin: ``web/static/mirror/sway.js``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midstance.motion.lines import Mask, middle, place, seen
from midstance.motion.smoothing import evenly, longest_gap, low_pass

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series

LEAST_POINTS: Final = 20                # midstance default: fewer say nothing about how a body sways
# The camera proxy. All midstance defaults, tried on made sway with noise (docs/reports/mirror-measures.md).
CAMERA_RATE_HZ: Final = 25.0
CAMERA_CUT_HZ: Final = 2.0
LEAST_SECONDS: Final = 5.0
LONGEST_GAP_S: Final = 0.5
LEAST_RATE_HZ: Final = 8.0
# Shoulder joint to ankle as a share of body height: 0.818 - 0.039, Drillis and Contini (1966).
SHOULDER_TO_ANKLE: Final = 0.779


@dataclass(frozen=True, slots=True, kw_only=True)
class Sway:
    """What a path over the ground, or over a picture, amounts to.

    Attributes:
        path_per_s: Length of the path each second [unit/s].
        rms: Root of the mean squared distance from the middle [unit].
        ellipse_area: Ellipse that the next point falls into with 95 in 100 [unit^2].
        mean_frequency_hz: Mean frequency of the power of both directions together [Hz].
        seconds: How long it was watched [s].
    """

    path_per_s: float
    rms: float
    ellipse_area: float
    mean_frequency_hz: float
    seconds: float


def sway(path: Array, rate_hz: float) -> Sway:
    """Measure the sway of a path.

    Args:
        path: Evenly spaced places, none missing, (n, 2), any unit of length.
        rate_hz: Places a second.
    Raises: ValueError: Fewer than 20 places.
    Source: Formulas that reproduce the table of Santos and Duarte 2016 (PeerJ 4:e2648); see the single functions.
    """
    if len(path) < LEAST_POINTS:
        raise ValueError(f"{len(path)} places are too few to tell sway")
    return Sway(
        path_per_s=path_per_second(path, rate_hz),
        rms=rms(path),
        ellipse_area=ellipse_area(path),
        mean_frequency_hz=mean_frequency(path, rate_hz),
        seconds=(len(path) - 1) / rate_hz,
    )


def path_per_second(path: Array, rate_hz: float) -> float:
    """Mean speed along the path [unit/s]: mean length of a step times steps a second.

    Source: Prieto et al. 1996. ``COPvelo`` of Santos and Duarte 2016 divides by one more: 0.017 % less at 6,000 places.

    >>> path_per_second(np.array([[0.0, 0.0], [3.0, 4.0]]), 10.0)
    50.0
    """
    steps = np.sqrt((np.diff(path, axis=0) ** 2).sum(axis=1))
    return float(steps.mean()) * rate_hz


def rms(path: Array) -> float:
    """Root of the mean squared distance from the middle [unit].

    Source: Prieto et al. 1996 (RDIST).

    >>> rms(np.array([[-1.0, 0.0], [1.0, 0.0]]))
    1.0
    """
    return float(np.sqrt(((path - path.mean(axis=0)) ** 2).sum(axis=1).mean()))


def ellipse_area(path: Array) -> float:
    """Area of the ellipse into which the next place falls with 95 in 100 [unit^2].

    The share of the F distribution with 2 and n - 2 degrees has the closed form used here. A path on a line has 0.
    Source: Schubert and Kirchner 2014; equal to ``COParea`` of Santos and Duarte 2016 to twelve digits.
    """
    count = len(path)
    spread = np.cov(path[:, 0], path[:, 1])
    least = max(float(spread[0, 0] * spread[1, 1] - spread[0, 1] ** 2), 0.0)
    reach = (count * count - 1) / count * (math.pow(0.05, -2 / (count - 2)) - 1)
    return math.pi * reach * math.sqrt(least)


def mean_frequency(path: Array, rate_hz: float) -> float:
    """Mean frequency of the power of both directions together [Hz]; 0 for a path that does not move.

    Welch's estimate: parts of half the length, overlapping by half, each about its own mean, under a Hann window;
    power integrated over frequency by trapezes.
    Source: Santos and Duarte 2016; their program is not public in full, this is the combination that reproduces
    ``COPmfreq`` closest, found by trying (docs/reports/mirror-measures.md).
    """
    part = math.ceil(len(path) / 2)
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(part) / part)
    power = np.zeros(part // 2 + 1)
    for start in range(0, len(path) - part + 1, part - part // 2):
        piece = path[start:start + part]
        piece = (piece - piece.mean(axis=0)) * window[:, None]
        power += (np.abs(np.fft.rfft(piece, axis=0)) ** 2).sum(axis=1)
    last = None if part % 2 else -1
    power[1:last] *= 2
    frequencies = np.arange(len(power)) * rate_hz / part
    total = float(np.trapezoid(power, frequencies))
    return float(np.trapezoid(power * frequencies, frequencies)) / total if total > 0 else 0.0


def hips_over_foot(series: Series, stance: str) -> Array:
    """Follow the middle of the hips against the standing foot, in shares of body height.

    Args:
        series: What was seen.
        stance: ``left`` or ``right``, the leg stood on.
    Returns: Right and down in the picture, (n, 2), NaN where hips or foot are not seen. Body height is taken as the
        standing shoulder-to-ankle length over 0.779 (Drillis and Contini 1966), so no centimetres are needed.
    """
    feet = tuple(f"{stance}_{name}" for name in ("ankle", "heel", "foot_index"))
    there = seen(series, ("left_hip", "right_hip", *feet))
    foot = (place(series, feet[0]) + place(series, feet[1]) + place(series, feet[2])) / 3
    found = (middle(series, "hip") - foot) / _height(series, stance)
    return np.where(there[:, None], found, np.nan)


def _height(series: Series, stance: str) -> float:
    """Body height in the picture's unit; NaN where shoulders and standing ankle are never seen together."""
    there = seen(series, ("left_shoulder", "right_shoulder", f"{stance}_ankle"))
    if not there.any():
        return math.nan
    up = (middle(series, "shoulder") - place(series, f"{stance}_ankle"))[there]
    return float(np.median(np.sqrt((up ** 2).sum(axis=1)))) / SHOULDER_TO_ANKLE


def camera_sway(series: Series, stance: str) -> Sway | str:
    """Measure the sway of a balance from a camera: a stand-in, not what a force plate measures.

    The hips' place over the standing foot, read 25 times a second, what is faster than 2 Hz taken out.

    Args:
        series: What was seen while standing on one leg, and nothing else.
        stance: ``left`` or ``right``, the leg stood on.
    Returns: Sway in per cent of body height (area in per cent squared), or in words why it cannot be told.
    """
    path = hips_over_foot(series, stance) * 100
    why = _unfit(series, np.asarray(np.all(np.isfinite(path), axis=1), dtype=np.bool_))
    if why:
        return why
    even = np.stack([
        low_pass(evenly(series.times_s, path[:, axis], CAMERA_RATE_HZ), CAMERA_RATE_HZ, CAMERA_CUT_HZ)
        for axis in (0, 1)
    ], axis=1)
    return sway(even, CAMERA_RATE_HZ)


def _unfit(series: Series, there: Mask) -> str:
    """Say why a balance cannot be measured from what was seen; empty where it can."""
    if not len(series) or series.times_s[-1] - series.times_s[0] < LEAST_SECONDS:
        return "Balance for 5 seconds or longer; less says little about sway."
    if longest_gap(series.times_s, there) > LONGEST_GAP_S:
        return "Hips or the standing foot were out of sight for more than half a second."
    if (len(series) - 1) / (series.times_s[-1] - series.times_s[0]) < LEAST_RATE_HZ:
        return "Fewer than 8 pictures a second; sway needs more."
    return ""
