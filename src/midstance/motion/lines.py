"""Values that a measure is taken from, frame by frame: angles of lines in the picture against level and upright.

Everything is measured in the plane of the picture, because a camera's depth is a guess. Degrees; (n,) with NaN where a
place that is needed was not seen. Twin: ``web/static/mirror/lines.js``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from midstance.motion.landmarks import AT, INDEX, SEEN, angles
from midstance.motion.smoothing import steady

if TYPE_CHECKING:
    from midstance.motion.body import Array
    from midstance.motion.landmarks import Series

Mask = NDArray[np.bool_]

# A bone points out of the picture when this share of its length is depth: more than 40 degrees; midstance default.
OUT_OF_PLANE: Final = 0.64
# A heel counts as lifted from this share of the shin above its lowest place on; midstance default.
HEEL_LIFT: Final = 0.08
# Share of its longest that a thigh must look long for the angle of the knee from the front; midstance default.
LEAST_THIGH: Final = 0.6


def seen(series: Series, names: tuple[str, ...]) -> Mask:
    """Tell in which frames all these places are seen, (n,)."""
    sure = series.visibility[:, [INDEX[name] for name in names]] >= SEEN
    return np.asarray(np.all(sure, axis=1), dtype=np.bool_)


def place(series: Series, name: str) -> Array:
    """Follow a place in the picture, (n, 2)."""
    return np.asarray(series.points[:, INDEX[name], :2])


def middle(series: Series, joint: str) -> Array:
    """Follow the middle between the left and the right of a joint, (n, 2)."""
    return np.asarray((place(series, f"left_{joint}") + place(series, f"right_{joint}")) / 2)


def other(side: str) -> str:
    """Name the other side."""
    return "right" if side == "left" else "left"


def bend(series: Series, side: str, joint: str) -> Array:
    """Angle inside a joint in the picture [degrees], as the record's watch words mean it; a straight knee is 180."""
    flat = series.points.copy()
    flat[:, :, 2] = 0
    return angles(replace(series, points=flat), f"{side} {joint}")


def out_of_plane(series: Series, side: str, joint: str) -> float:
    """Share of the frames in which a bone of this joint points far towards or away from the camera; 0 without depth."""
    one, at, two = (f"{side}_{name}" for name in AT[joint])
    there = seen(series, (one, at, two))
    if not there.any():
        return 0.0
    points = series.points[there]
    bones = np.stack([points[:, INDEX[end]] - points[:, INDEX[at]] for end in (one, two)])
    lengths = np.sqrt((bones ** 2).sum(axis=2))
    return float((np.abs(bones[:, :, 2]) > OUT_OF_PLANE * lengths).any(axis=0).mean())


def ahead(series: Series, side: str) -> float:
    """Tell where the toes point in the picture: 1 to the right, -1 to the left."""
    steps = (place(series, f"{side}_foot_index") - place(series, f"{side}_heel"))[:, 0]
    steps = steps[seen(series, (f"{side}_foot_index", f"{side}_heel"))]
    return -1.0 if len(steps) and float(np.median(steps)) < 0 else 1.0


def shin_forward(series: Series, side: str) -> Array:
    """Lean of the shin over the foot from upright [degrees], positive forward; NaN while the heel is lifted."""
    shin = place(series, f"{side}_knee") - place(series, f"{side}_ankle")
    lean = np.degrees(np.arctan2(shin[:, 0] * ahead(series, side), -shin[:, 1]))
    needed = (f"{side}_knee", f"{side}_ankle", f"{side}_heel", f"{side}_foot_index")
    return np.where(seen(series, needed) & ~heel_lifted(series, side), lean, np.nan)


def heel_lifted(series: Series, side: str) -> Mask:
    """Tell in which frames the heel is off the ground, by its height over its own lowest place, (n,)."""
    there = seen(series, (f"{side}_heel", f"{side}_knee", f"{side}_ankle"))
    height = steady(series.times_s, np.where(there, place(series, f"{side}_heel")[:, 1], np.nan))
    if not np.isfinite(height).any():
        return np.zeros(len(series), dtype=bool)
    shin = _distance(series, f"{side}_knee", f"{side}_ankle")
    return np.asarray(np.nanmax(height) - height > HEEL_LIFT * np.median(shin[there]), dtype=np.bool_)


def thigh_over_level(series: Series, side: str) -> Array:
    """Angle of the thigh against level [degrees]: 90 standing, 0 level, below 0 with the hip under the knee."""
    thigh = place(series, f"{side}_knee") - place(series, f"{side}_hip")
    found = np.degrees(np.arctan2(thigh[:, 1], np.abs(thigh[:, 0])))
    return np.where(seen(series, (f"{side}_hip", f"{side}_knee")), found, np.nan)


def trunk_forward(series: Series, side: str) -> Array:
    """Lean of the trunk from upright [degrees], positive towards the toes, by the shoulder and hip of one side."""
    up = place(series, f"{side}_shoulder") - place(series, f"{side}_hip")
    found = np.degrees(np.arctan2(up[:, 0] * ahead(series, side), -up[:, 1]))
    return np.where(seen(series, (f"{side}_shoulder", f"{side}_hip")), found, np.nan)


def trunk_sideways(series: Series, side: str) -> Array:
    """Lean of the trunk towards one side from upright [degrees], seen from the front or back."""
    up = middle(series, "shoulder") - middle(series, "hip")
    found = np.degrees(np.arctan2(up[:, 0] * outward(series, side), -up[:, 1]))
    return np.where(seen(series, _TRUNK), found, np.nan)


def pelvic_drop(series: Series, side: str) -> Array:
    """Slope of the hips while standing on one side [degrees], positive with the free side lower."""
    line = place(series, f"{other(side)}_hip") - place(series, f"{side}_hip")
    found = np.degrees(np.arctan2(line[:, 1], np.abs(line[:, 0])))
    return np.where(seen(series, ("left_hip", "right_hip")), found, np.nan)


def outward(series: Series, side: str) -> Array:
    """Tell frame by frame where a side's outside is in the picture: 1 to the right, -1 to the left, (n,)."""
    return np.where((place(series, f"{side}_hip") - place(series, f"{other(side)}_hip"))[:, 0] < 0, -1.0, 1.0)


def knee_inward(series: Series, side: str) -> Array:
    """Angle by which the knee leaves the line from hip to ankle [degrees], positive inward; from front or back only.

    The frontal-plane projection angle. NaN while the thigh looks shorter than three fifths of its longest: a deeply
    bent knee points at the camera, and a centimetre then makes many degrees.
    """
    away = _inward(series, side) * (180 - bend(series, side, "knee"))
    there = _leg_seen(series, side)
    if not there.any():
        return np.full(len(series), np.nan)
    thigh = _distance(series, f"{side}_hip", f"{side}_knee")
    longest = np.nanmax(steady(series.times_s, np.where(there, thigh, np.nan)))
    return np.where(there & (thigh >= LEAST_THIGH * longest), away, np.nan)


def knee_inward_share(series: Series, side: str) -> Array:
    """Distance of the knee from the line from hip to ankle [% of the leg's length], positive inward.

    The leg's length is the longest that was seen: bent legs look short from the front.
    """
    there = _leg_seen(series, side)
    if not there.any():
        return np.full(len(series), np.nan)
    leg = _distance(series, f"{side}_hip", f"{side}_knee") + _distance(series, f"{side}_knee", f"{side}_ankle")
    longest = np.nanmax(steady(series.times_s, np.where(there, leg, np.nan)))
    off = np.sqrt((_off_line(series, side) ** 2).sum(axis=1))
    return np.where(there, _inward(series, side) * off / longest * 100, np.nan)


def _inward(series: Series, side: str) -> Array:
    """Tell frame by frame whether the knee lies inward of the line from hip to ankle: 1, -1 outward, 0 on it, (n,)."""
    return np.asarray(np.sign(-_off_line(series, side)[:, 0] * outward(series, side)))


def _distance(series: Series, one: str, two: str) -> Array:
    return np.asarray(np.sqrt(((place(series, one) - place(series, two)) ** 2).sum(axis=1)))


def _off_line(series: Series, side: str) -> Array:
    """Way from the line between hip and ankle to the knee, at a right angle, (n, 2)."""
    hip, knee, ankle = (place(series, f"{side}_{name}") for name in ("hip", "knee", "ankle"))
    leg = ankle - hip
    with np.errstate(invalid="ignore", divide="ignore"):
        share = ((knee - hip) * leg).sum(axis=1) / (leg ** 2).sum(axis=1)
    return np.asarray(knee - hip - share[:, None] * leg)


def _leg_seen(series: Series, side: str) -> Mask:
    return seen(series, (*(f"{side}_{name}" for name in ("hip", "knee", "ankle")), f"{other(side)}_hip"))


_TRUNK: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
